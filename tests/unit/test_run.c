/* test_run.c -- one sorted run: what is written comes back, and what is cut
 * is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/invert/run.h"
#include "tests/unit/tmp.h"

/* "a" in documents 0, 7 and a thousand more; source "x" in 7; words. */
static char *write_sample(void)
{
    const uint32_t where[] = { 0, 1, 300, 70000, 16000000 };
    const uint32_t ordinals[] = { 0, 1 };
    char *path = path_join(tmp_dir, "tmp-0.run");
    struct error err = ERROR_INIT;
    struct run_writer w;

    run_create(&w, path);
    run_put_stem(&w, bytes_str("\x01sx"));
    run_put_doc(&w, 7, NULL, 0, 0);
    run_end_stem(&w);
    run_put_stem(&w, bytes_str("a"));
    run_put_doc(&w, 0, where, 5, 2);
    run_put_doc(&w, 7, where + 2, 1, 0);
    for (uint32_t doc = 4000000000; doc < 4000001000; doc++)
        run_put_doc(&w, doc, where, 5, 5);
    run_end_stem(&w);
    run_end_stems(&w);
    run_put_word(&w, bytes_str("a"), ordinals + 1, 1);
    run_put_word(&w, bytes_str("aa"), ordinals, 2);
    assert_int_equal(run_finish(&w, &err), OK);
    return path;
}

static const uint32_t *numbers(const struct buffer *b)
{
    return (const uint32_t *)(const void *)b->data;
}

static void check_stems(struct run *r)
{
    struct buffer where = BUFFER_INIT;
    uint32_t count, title;

    assert_true(input_next_key(&r->in));
    assert_true(bytes_equal(r->in.key, bytes_str("\x01sx")));
    assert_true(r->in.meta);
    assert_true(input_next_doc(&r->in, &where, &count, &title));
    assert_int_equal(r->in.doc, 7);
    assert_int_equal(count, 0);
    assert_false(input_next_doc(&r->in, &where, &count, &title));
    assert_true(input_next_key(&r->in));
    assert_true(bytes_equal(r->in.key, bytes_str("a")));
    assert_false(r->in.meta);
    assert_true(input_next_doc(&r->in, &where, &count, &title));
    assert_int_equal(r->in.doc, 0);
    assert_int_equal(count, 5);
    assert_int_equal(title, 2);
    assert_int_equal(numbers(&where)[4], 16000000);
    assert_true(input_next_doc(&r->in, &where, &count, &title));
    assert_int_equal(r->in.doc, 7);
    assert_int_equal(numbers(&where)[5], 300);
    for (uint32_t doc = 4000000000; doc < 4000001000; doc++) {
        assert_true(input_next_doc(&r->in, &where, &count, &title));
        assert_true(r->in.doc == doc);
    }
    assert_false(input_next_doc(&r->in, &where, &count, &title));
    assert_false(input_next_key(&r->in));
    buffer_release(&where);
}

static void check_words(struct run *r)
{
    struct buffer ordinals = BUFFER_INIT;

    assert_true(input_next_key(&r->in));
    assert_true(bytes_equal(r->in.key, bytes_str("a")));
    input_ordinals(&r->in, &ordinals);
    assert_int_equal(ordinals.len, 4);
    assert_int_equal(numbers(&ordinals)[0], 1);
    assert_true(input_next_key(&r->in));
    assert_true(bytes_equal(r->in.key, bytes_str("aa")));
    input_ordinals(&r->in, &ordinals);
    assert_int_equal(ordinals.len, 12);
    assert_int_equal(numbers(&ordinals)[1], 0);
    assert_int_equal(numbers(&ordinals)[2], 1);
    assert_false(input_next_key(&r->in));
    assert_int_equal(r->in.failure.code, OK);
    buffer_release(&ordinals);
}

static void a_run_comes_back_through_any_buffer(void **state)
{
    const size_t rooms[] = { 16, 17, 64, 4096, 1 << 20 };
    char *path = write_sample();

    (void)state;
    for (size_t i = 0; i < sizeof(rooms) / sizeof(*rooms); i++) {
        struct run r;

        run_open(&r, path, 0, rooms[i]);
        check_stems(&r);
        check_words(&r);
        run_close(&r);
        run_close(&r);
    }
    unlink(path);
    free(path);
}

/* Reads all there is; how it ended. */
static enum status read_all(const char *path)
{
    struct buffer numbers_read = BUFFER_INIT;
    uint32_t count, title;
    enum status code;
    struct run r;

    run_open(&r, path, 0, 64);
    while (input_next_key(&r.in)) {
        while (input_next_doc(&r.in, &numbers_read, &count, &title))
            buffer_clear(&numbers_read);
    }
    while (input_next_key(&r.in))
        input_ordinals(&r.in, &numbers_read);
    code = r.in.failure.code;
    run_close(&r);
    buffer_release(&numbers_read);
    return code;
}

static void a_cut_run_is_told(void **state)
{
    char *path = write_sample();
    struct error err = ERROR_INIT;
    struct mapping map;
    size_t size;

    (void)state;
    assert_int_equal(mapping_open(&map, path, &err), OK);
    size = map.bytes.len;
    mapping_close(&map);
    assert_int_equal(read_all(path), OK);
    for (size_t cut = size; cut-- > 0;) {
        if (cut > 200 && cut < size - 200)
            continue;
        assert_int_equal(truncate(path, (off_t)cut), 0);
        assert_int_equal(read_all(path), ERR_CORRUPT);
    }
    unlink(path);
    assert_int_equal(read_all(path), ERR_IO);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_comes_back_through_any_buffer),
        cmocka_unit_test(a_cut_run_is_told),
    };

    return cmocka_run_group_tests_name("run", tests, tmp_set_up,
                                       tmp_tear_down_empty);
}
