/* test_sealed.c -- the frame of every file: what is written comes back, and
 * every cut and every flipped bit is found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/sealed.h"
#include "tests/unit/damage.h"
#include "tests/unit/sample.h"
#include "tests/unit/tmp.h"

enum { UUID = 5, OWNER = 6 };

/* Byte `at` of the body. */
static uint8_t byte_of(uint64_t at)
{
    return (uint8_t)(at * 2654435761u >> 13);
}

static uint64_t make(uint64_t len)
{
    struct sealed_writer w;
    struct error err = ERROR_INIT;
    uint64_t size, done = 0;

    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_STORE, UUID, OWNER);
    while (done < len) {
        uint8_t some[5000];
        size_t step = done % 4999 + 1;

        for (size_t i = 0; i < step; i++)
            some[i] = byte_of(done + i);
        sealed_put(&w, some, step < len - done ? step : len - done);
        done += step < len - done ? step : len - done;
    }
    assert_int_equal(sealed_tell(&w), FORMAT_HEADER + len);
    assert_int_equal(sealed_finish(&w, &size, &err), OK);
    sealed_abandon(&w);
    return size;
}

static void what_is_sealed_comes_back(void **state)
{
    enum { BLOCK = FORMAT_SEAL_BLOCK };
    uint64_t lens[] = { 0, 1, 100, BLOCK - 33, BLOCK - 32, BLOCK - 31, BLOCK,
                        2 * BLOCK - 32, 5 * BLOCK + 7 };

    (void)state;
    for (size_t i = 0; i < sizeof(lens) / sizeof(*lens); i++) {
        uint64_t size = make(lens[i]);
        struct error err = ERROR_INIT;
        struct bytes bytes;
        struct sealed s;

        assert_int_equal(sealed_open(&s, tmp_file, KIND_STORE, size, &err), OK);
        assert_int_equal(s.uuid, UUID);
        assert_int_equal(s.owner, OWNER);
        assert_int_equal(s.end, FORMAT_HEADER + lens[i]);
        bytes = sealed_at(&s, FORMAT_HEADER, lens[i]);
        assert_non_null(bytes.data);
        for (uint64_t at = 0; at < lens[i]; at++)
            if (bytes.data[at] != byte_of(at))
                fail_msg("byte %llu is another", (unsigned long long)at);
        assert_non_null(sealed_at(&s, s.end, 0).data);
        assert_int_equal(sealed_verify(&s, &err), OK);
        sealed_close(&s);
        sealed_close(&s);
    }
}

static void outside_of_the_body_is_nothing(void **state)
{
    uint64_t bad[][2] = { { 0, 1 }, { 31, 2 }, { 32, 101 }, { 132, 1 },
                          { 133, 0 }, { UINT64_MAX, 1 }, { 40, UINT64_MAX },
                          { UINT64_MAX, UINT64_MAX } };
    struct error err = ERROR_INIT;
    struct sealed s;

    (void)state;
    make(100);
    assert_int_equal(sealed_open(&s, tmp_file, KIND_STORE, 0, &err), OK);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        error_clear(&s.damage);
        assert_null(sealed_at(&s, bad[i][0], bad[i][1]).data);
        assert_int_equal(s.damage.code, ERR_CORRUPT);
    }
    sealed_close(&s);
}

/* Opening and reading all of it; OK only if nothing was found. */
static enum status read_all(uint64_t size)
{
    struct error err = ERROR_INIT;
    struct sealed s;
    enum status code = sealed_open(&s, tmp_file, KIND_STORE, size, &err);

    if (code == OK && !sealed_at(&s, FORMAT_HEADER, s.end - FORMAT_HEADER)
                           .data)
        code = s.damage.code;
    if (code == OK)
        code = s.uuid == UUID ? OK : ERR_CORRUPT;
    sealed_close(&s);
    return code;
}

static void every_cut_is_found(void **state)
{
    uint64_t size = make(66000);
    size_t step = damage_step(size, 3000);
    struct victim v;

    (void)state;
    victim_open(&v, tmp_file);
    for (size_t len = 0; len < size; len += step) {
        victim_cut(&v, len);
        assert_int_equal(read_all(0), ERR_CORRUPT);
        assert_int_equal(read_all(size), ERR_CORRUPT);
    }
    victim_restore(&v);
    buffer_put_u8(&v.bad, 0);
    victim_write(&v);
    assert_int_equal(read_all(0), ERR_CORRUPT);
    victim_close(&v);
    assert_int_equal(read_all(size), OK);
}

static void every_flipped_bit_is_found(void **state)
{
    uint64_t lens[] = { 300, 66000 };

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        uint64_t size = make(lens[i]);
        size_t step = damage_step(size * 8, 4000);
        struct victim v;

        victim_open(&v, tmp_file);
        for (size_t bit = 0; bit < size * 8; bit += step) {
            victim_flip(&v, bit);
            if (read_all(0) != ERR_CORRUPT)
                fail_msg("bit %zu was missed", bit);
        }
        victim_close(&v);
        assert_int_equal(read_all(size), OK);
    }
}

static void mended_frames_are_read_safely(void **state)
{
    uint64_t size = make(100);
    struct victim v;

    (void)state;
    victim_open(&v, tmp_file);
    for (size_t bit = 0; bit < size * 8; bit++) {
        victim_flip_mended(&v, bit);
        read_all(0);
    }
    victim_close(&v);
}

static void one_bad_block_leaves_the_others_readable(void **state)
{
    struct error err = ERROR_INIT;
    struct sealed s;
    struct victim v;

    (void)state;
    make(200000);
    victim_open(&v, tmp_file);
    victim_flip(&v, 8 * 70000);
    assert_int_equal(sealed_open(&s, tmp_file, KIND_STORE, 0, &err), OK);
    assert_null(sealed_at(&s, 69000, 10).data);
    assert_non_null(strstr(s.damage.message, tmp_file));
    assert_non_null(strstr(s.damage.message, "byte 65536"));
    assert_non_null(sealed_at(&s, 140000, 10).data);
    assert_null(sealed_at(&s, 60000, 10000).data);
    assert_int_equal(sealed_verify(&s, &err), ERR_CORRUPT);
    sealed_close(&s);
    victim_close(&v);
}

static void kinds_and_versions_are_told_apart(void **state)
{
    struct error err = ERROR_INIT;
    struct sealed s;
    struct victim v;

    (void)state;
    make(10);
    assert_int_equal(sealed_open(&s, tmp_file, KIND_TERMS, 0, &err),
                     ERR_CORRUPT);
    assert_non_null(strstr(err.message, "kind 6, expected 1"));
    error_clear(&err);
    victim_open(&v, tmp_file);
    v.bad.data[4] = 9;
    v.bad.data[v.bad.len - FORMAT_FOOTER + 12] = 9;
    victim_mend(&v);
    assert_int_equal(sealed_open(&s, tmp_file, KIND_STORE, 0, &err),
                     ERR_CORRUPT);
    assert_non_null(strstr(err.message, "made by format 9"));
    assert_int_equal(s.version, 9);
    victim_close(&v);
    error_clear(&err);
    unlink(tmp_file);
    assert_int_equal(sealed_open(&s, tmp_file, KIND_STORE, 0, &err),
                     ERR_CORRUPT);
    assert_non_null(strstr(err.message, "is missing"));
    sealed_close(&s);
}

static void failures_stick_and_leave_no_file(void **state)
{
    struct sealed_writer w;
    struct error err = ERROR_INIT;
    uint64_t size;

    (void)state;
    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_STORE, UUID, OWNER);
    sealed_refuse(&w, "too much");
    sealed_put(&w, "x", 1);
    sealed_align(&w, 8);
    assert_int_equal(sealed_finish(&w, &size, &err), ERR_LIMIT);
    assert_non_null(strstr(err.message, "too much"));
    assert_true(access(tmp_file, F_OK) != 0);
    make(10);
    error_clear(&err);
    sealed_create(&w, tmp_file, KIND_STORE, UUID, OWNER);
    assert_int_equal(sealed_finish(&w, &size, &err), ERR_IO);
    assert_int_equal(read_all(0), OK);
    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_STORE, UUID, OWNER);
    sealed_put(&w, "x", 1);
    sealed_abandon(&w);
    assert_true(access(tmp_file, F_OK) != 0);
}

static void alignment_is_by_zeros(void **state)
{
    struct sealed_writer w;
    struct error err = ERROR_INIT;
    uint64_t size;

    (void)state;
    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_STORE, UUID, OWNER);
    sealed_put(&w, "x", 1);
    sealed_align(&w, 8);
    assert_int_equal(sealed_tell(&w), 40);
    sealed_align(&w, 64);
    sealed_align(&w, 64);
    assert_int_equal(sealed_tell(&w), 64);
    assert_int_equal(sealed_finish(&w, &size, &err), OK);
    assert_int_equal(read_all(size), OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_comes_back),
        cmocka_unit_test(outside_of_the_body_is_nothing),
        cmocka_unit_test(every_cut_is_found),
        cmocka_unit_test(every_flipped_bit_is_found),
        cmocka_unit_test(mended_frames_are_read_safely),
        cmocka_unit_test(one_bad_block_leaves_the_others_readable),
        cmocka_unit_test(kinds_and_versions_are_told_apart),
        cmocka_unit_test(failures_stick_and_leave_no_file),
        cmocka_unit_test(alignment_is_by_zeros),
    };

    return cmocka_run_group_tests_name("sealed", tests, tmp_set_up,
                                       tmp_tear_down);
}
