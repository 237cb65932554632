/* test_base.c -- bytes, buffers, arenas, files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/arena.h"
#include "common/base/file.h"
#include "tests/unit/tmp.h"

static void varints_come_back_and_are_cut_safely(void **state)
{
    uint64_t numbers[] = { 0, 1, 127, 128, 16383, 16384, UINT32_MAX,
                           (uint64_t)UINT32_MAX + 1, UINT64_MAX };

    (void)state;
    for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
        struct buffer b = BUFFER_INIT;
        struct scan s;

        buffer_put_varint(&b, numbers[i]);
        s = scan_of(buffer_bytes(&b));
        assert_true(scan_varint(&s) == numbers[i]);
        assert_false(s.bad);
        assert_int_equal(scan_left(&s), 0);
        for (size_t cut = 0; cut < b.len; cut++) {
            s = scan_of(bytes_of(b.data, cut));
            assert_int_equal(scan_varint(&s), 0);
            assert_true(s.bad);
        }
        s = scan_of(buffer_bytes(&b));
        scan_varint32(&s);
        assert_int_equal(s.bad, numbers[i] > UINT32_MAX);
        buffer_release(&b);
    }
}

static void overlong_varints_are_refused(void **state)
{
    const uint8_t padded[] = { 0x80, 0x00 };
    const uint8_t huge[] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 2 };
    struct scan s = scan_of(bytes_of(padded, sizeof(padded)));

    (void)state;
    scan_varint(&s);
    assert_true(s.bad);
    s = scan_of(bytes_of(huge, sizeof(huge)));
    scan_varint(&s);
    assert_true(s.bad);
}

static void bytes_order_like_the_lexicon(void **state)
{
    (void)state;
    assert_true(bytes_compare(bytes_str("a"), bytes_str("ab")) < 0);
    assert_true(bytes_compare(bytes_str("b"), bytes_str("ab")) > 0);
    assert_int_equal(bytes_compare(BYTES_NONE, BYTES_NONE), 0);
    assert_true(bytes_compare(bytes_str("z"), bytes_str("\xc3\xa4")) < 0);
}

static void numbers_have_their_thousands(void **state)
{
    const struct { uint64_t number; const char *text; } cases[] = {
        { 0, "0" }, { 999, "999" }, { 1000, "1,000" },
        { 412733, "412,733" }, { UINT64_MAX, "18,446,744,073,709,551,615" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct buffer b = BUFFER_INIT;

        buffer_put_grouped(&b, cases[i].number);
        assert_string_equal(buffer_cstr(&b), cases[i].text);
        buffer_release(&b);
    }
}

static void arenas_align_and_survive_large_requests(void **state)
{
    struct arena a = ARENA_INIT;
    uint8_t *small = arena_alloc(&a, 3), *large = arena_calloc(&a, 3, 1 << 22);

    (void)state;
    memset(small, 1, 3);
    assert_int_equal((uintptr_t)large % 16, 0);
    assert_int_equal(large[(3 << 22) - 1], 0);
    assert_string_equal(arena_printf(&a, "%d-%s", 7, "x"), "7-x");
    arena_reset(&a);
    assert_non_null(arena_alloc(&a, 100000));
    arena_release(&a);
    arena_release(&a);
}

static void writers_write_once_and_never_over(void **state)
{
    struct error err = ERROR_INIT;
    struct mapping map;
    struct writer w;
    char *dir = tmp_folder(), *path = path_join(dir, "file");

    (void)state;
    writer_open(&w, path);
    for (uint32_t i = 0; i < 200000; i++)
        writer_put(&w, &i, 4);
    assert_int_equal(w.written, 800000);
    assert_int_equal(writer_sync(&w, &err), OK);
    assert_int_equal(writer_close(&w, &err), OK);
    assert_int_equal(mapping_open(&map, path, &err), OK);
    assert_int_equal(map.bytes.len, 800000);
    assert_int_equal(load_le32(map.bytes.data + 4 * 123456), 123456);
    mapping_forget(&map, 0, map.bytes.len);
    assert_int_equal(load_le32(map.bytes.data + 4 * 199999), 199999);
    mapping_close(&map);
    writer_open(&w, path);
    writer_put(&w, "x", 1);
    assert_int_equal(writer_close(&w, &err), ERR_IO);
    assert_non_null(strstr(err.message, path));
    free(path);
    tmp_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(varints_come_back_and_are_cut_safely),
        cmocka_unit_test(overlong_varints_are_refused),
        cmocka_unit_test(bytes_order_like_the_lexicon),
        cmocka_unit_test(numbers_have_their_thousands),
        cmocka_unit_test(arenas_align_and_survive_large_requests),
        cmocka_unit_test(writers_write_once_and_never_over),
    };

    return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
