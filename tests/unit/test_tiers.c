/* test_tiers.c -- which segments become one: few segments, little written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "indexer/invert/tiers.h"
#include "tests/unit/sample.h"

enum { ROOM = 64 };

struct index {
    struct manifest m;
    struct segment_info segments[ROOM];
    uint64_t written;           /* documents, by merges */
};

static void put(struct index *x, uint64_t docs, uint64_t live)
{
    assert_true(x->m.segment_count < ROOM);
    x->m.segments = x->segments;
    x->segments[x->m.segment_count++] =
        (struct segment_info){ .doc_count = docs, .live_count = live };
}

/* Merges until there is nothing to choose. */
static void settle(struct index *x)
{
    uint32_t first, count;

    while (tiers_choose(&x->m, &first, &count)) {
        uint64_t live = 0;

        assert_true(count >= 1 && first + count <= x->m.segment_count);
        for (uint32_t i = first; i < first + count; i++)
            live += x->segments[i].live_count;
        x->segments[first].doc_count = x->segments[first].live_count = live;
        memmove(x->segments + first + 1, x->segments + first + count,
                (x->m.segment_count - first - count) * sizeof(*x->segments));
        x->m.segment_count -= count - 1;
        x->written += live;
    }
    assert_true(x->m.segment_count <= TIERS_SEGMENTS_MAX);
}

static void commits_of_one_stay_few(void **state)
{
    struct index x = { .written = 0 };

    (void)state;
    for (int i = 0; i < 100000; i++) {
        put(&x, 1, 1);
        settle(&x);
    }
    print_message("written %.1f times\n", (double)x.written / 100000);
    assert_true(x.written < 100000 * 16);
}

static void commits_of_many_are_written_a_few_times(void **state)
{
    struct index x = { .written = 0 };
    uint64_t seed = 5, sum = 0;

    (void)state;
    for (int i = 0; i < 3000; i++) {
        uint64_t docs = 200 + sample_below(&seed, 4000);

        put(&x, docs, docs);
        sum += docs;
        settle(&x);
    }
    print_message("written %.1f times\n", (double)x.written / (double)sum);
    assert_true(x.written < sum * 8);
}

static void the_oldest_that_is_smaller_goes(void **state)
{
    struct index x = { .written = 0 };
    uint32_t first, count;

    (void)state;
    put(&x, 13000, 13000);
    for (int i = 0; i < 7; i++)
        put(&x, 1000, 1000);
    assert_false(tiers_choose(&x.m, &first, &count));
    put(&x, 10, 10);
    assert_true(tiers_choose(&x.m, &first, &count));
    assert_int_equal(first, 1);
    assert_int_equal(count, 8);
    x.m.segment_count = 0;
    for (uint64_t docs = 1 << 20; docs; docs /= 4)
        put(&x, docs, docs);
    settle(&x);
    x.m.segment_count = 0;
    for (int i = 0; i < 9; i++)
        put(&x, 0, 0);
    settle(&x);
}

static void the_half_dead_is_written_anew(void **state)
{
    struct index x = { .written = 0 };
    uint32_t first, count;

    (void)state;
    put(&x, 5000, 5000);
    put(&x, 4000, 2000);
    put(&x, 9, 4);
    assert_true(tiers_choose(&x.m, &first, &count));
    assert_int_equal(first, 2);
    assert_int_equal(count, 1);
    x.m.segment_count = 0;
    assert_false(tiers_choose(&x.m, &first, &count));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commits_of_one_stay_few),
        cmocka_unit_test(commits_of_many_are_written_a_few_times),
        cmocka_unit_test(the_oldest_that_is_smaller_goes),
        cmocka_unit_test(the_half_dead_is_written_anew),
    };

    return cmocka_run_group_tests_name("tiers", tests, NULL, NULL);
}
