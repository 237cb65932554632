/* test_bitstream.c -- codes in streams of bits: what was put comes back, and
 * what is cut or flipped never gives places that cannot be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/index/bitstream.h"
#include "tests/unit/sample.h"

enum { SLACK = 16 };            /* bytes that may be read behind the end */

/* What was written, with its slack behind it. */
static struct bits_reader reader_of(struct bits_writer *w)
{
    struct bits_reader r;

    bits_fill(w);
    r = bits_reader_of(buffer_bytes(&w->bytes));
    memset(buffer_reserve(&w->bytes, SLACK), 0xff, SLACK);
    r.data = w->bytes.data;
    return r;
}

/* `count` of `room` at random, each subset equally likely (Floyd would do
 * better: here every place is asked in turn). */
static void draw(uint32_t *places, uint32_t count, uint32_t room,
                 uint64_t *seed)
{
    uint32_t taken = 0;

    for (uint32_t i = 0; i < room && taken < count; i++)
        if (sample_below(seed, room - i) < count - taken)
            places[taken++] = i;
}

static void numbers_come_back(void **state)
{
    struct bits_writer w = { 0 }, all = { 0 };
    uint64_t seed = 3;
    struct bits_reader r;

    (void)state;
    bits_put(&all, 5, 3);
    for (unsigned len = 0; len <= BITS_MOST; len++)
        bits_put(&w, ~UINT64_C(0) >> 7 & ((UINT64_C(1) << len) - 1), len);
    for (unsigned i = 0; i < 5000; i++)
        bits_put_gamma(&w, (uint32_t)sample_random(&seed) >> i % 32 | 1);
    bits_put_gamma(&w, UINT32_MAX);
    bits_append(&all, &w);
    assert_int_equal(bits_tell(&all), bits_tell(&w) + 3);
    r = reader_of(&all);
    assert_int_equal(bits_take(&r, 3), 5);
    for (unsigned len = 0; len <= BITS_MOST; len++)
        assert_true(bits_take(&r, len) == (UINT64_C(1) << len) - 1);
    seed = 3;
    for (unsigned i = 0; i < 5000; i++)
        assert_int_equal(bits_take_gamma(&r),
                         (uint32_t)sample_random(&seed) >> i % 32 | 1);
    assert_int_equal(bits_take_gamma(&r), UINT32_MAX);
    assert_false(bits_over(&r));
    bits_release(&w);
    bits_release(&all);
}

static void check_places(const uint32_t *places, uint32_t count,
                         uint32_t room)
{
    uint32_t *got = malloc(4 * (size_t)count);
    struct bits_writer w = { 0 };
    struct bits_reader r, skipped;
    uint64_t end;

    bits_put(&w, 0, count % 8);
    places_put(&w, places, count, room);
    end = bits_tell(&w);
    r = skipped = reader_of(&w);
    r.at = skipped.at = count % 8;
    assert_true(places_take(&r, got, count, room));
    assert_memory_equal(got, places, 4 * (size_t)count);
    assert_int_equal(r.at, end);
    assert_true(places_skip(&skipped, count, room));
    assert_int_equal(skipped.at, end);
    bits_release(&w);
    free(got);
}

static void places_come_back(void **state)
{
    static const uint32_t rooms[] = { 1, 2, 3, 7, 64, 65, 500, 4097, 70000 };
    uint32_t *places = malloc(4 * 70000);
    uint64_t seed = 11;

    (void)state;
    for (size_t i = 0; i < sizeof(rooms) / sizeof(*rooms); i++)
        for (uint32_t count = 1; count <= rooms[i];
             count += 1 + count * sample_below(&seed, 3) / 2) {
            draw(places, count, rooms[i], &seed);
            check_places(places, count, rooms[i]);
            for (uint32_t k = 0; k < count; k++)
                places[k] = k;
            check_places(places, count, rooms[i]);
            for (uint32_t k = 0; k < count; k++)
                places[k] = rooms[i] - count + k;
            check_places(places, count, rooms[i]);
        }
    check_places((uint32_t[]){ UINT32_MAX - 1 }, 1, UINT32_MAX);
    check_places((uint32_t[]){ 0, 1, UINT32_MAX - 2, UINT32_MAX - 1 }, 4,
                 UINT32_MAX);
    check_places((uint32_t[]){ 0, UINT32_C(1) << 31 }, 2, UINT32_MAX);
    free(places);
}

/* Taking is within what is there, or says no. */
static void check_spoilt(struct bits_reader r, uint32_t count, uint32_t room)
{
    uint32_t *got = malloc(4 * (size_t)count);
    struct bits_reader skipped = r;
    bool taken = places_take(&r, got, count, room);

    assert_int_equal(places_skip(&skipped, count, room), taken);
    assert_int_equal(r.at, skipped.at);
    for (uint32_t i = 0; taken && i < count; i++)
        assert_true(got[i] < room && (i == 0 || got[i] > got[i - 1]));
    if (taken)
        assert_true(r.at <= r.end);
    free(got);
}

static void spoilt_places_stay_within(void **state)
{
    uint64_t seed = 5;

    (void)state;
    for (uint32_t i = 0; i < 300; i++) {
        uint32_t room = 1 + sample_below(&seed, 2000);
        uint32_t count = 1 + sample_below(&seed, room < 60 ? room : 60);
        struct bits_writer w = { 0 };
        uint32_t places[60];
        struct bits_reader r;

        draw(places, count, room, &seed);
        places_put(&w, places, count, room);
        r = reader_of(&w);
        for (uint64_t bit = 0; bit < r.end; bit++) {
            struct bits_reader cut = r;

            w.bytes.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
            check_spoilt(r, count, room);
            w.bytes.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
            cut.end = bit;
            check_spoilt(cut, count, room);
        }
        check_spoilt(r, count + 1, room);
        check_spoilt(r, count, room + 1);
        bits_release(&w);
    }
}

static void places_that_cannot_be_are_refused(void **state)
{
    uint8_t zeros[64] = { 0 };
    struct bits_reader r = bits_reader_of(bytes_of(zeros, 32));
    uint32_t got[8];

    (void)state;
    assert_false(places_take(&r, got, 0, 5));
    assert_false(places_take(&r, got, 1, 0));
    assert_false(places_take(&r, got, 6, 5));
    assert_false(places_skip(&r, 0, 5));
    assert_int_equal(bits_take_gamma(&r), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_back),
        cmocka_unit_test(places_come_back),
        cmocka_unit_test(spoilt_places_stay_within),
        cmocka_unit_test(places_that_cannot_be_are_refused),
    };

    return cmocka_run_group_tests_name("bitstream", tests, NULL, NULL);
}
