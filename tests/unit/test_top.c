/* test_top.c -- the k best against sorting everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/collect/top.h"

static int by_rank(const void *a, const void *b)
{
    const struct top_item *x = a, *y = b;

    if (x->rank != y->rank)
        return x->rank > y->rank ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* Offers `count` items with ranks below `ranks`, in any order, and compares
 * the k best with the first k of all. */
static void check_best(size_t count, size_t k, int ranks)
{
    struct arena arena = ARENA_INIT;
    struct top_item *all = arena_alloc(&arena, count * sizeof(*all));
    struct top top;

    top_init(&top, k, &arena);
    for (size_t i = 0; i < count; i++) {
        uint32_t doc = (uint32_t)(i * 7919 % count);

        all[i] = (struct top_item){ rand() % ranks - ranks / 2, doc,
                                    (float)doc };
        top_offer(&top, all[i].rank, all[i].doc, all[i].score);
    }
    qsort(all, count, sizeof(*all), by_rank);
    top_finish(&top);
    assert_int_equal(top.count, k < count ? k : count);
    for (size_t i = 0; i < top.count; i++) {
        assert_int_equal(top.heap[i].doc, all[i].doc);
        assert_true(top.heap[i].rank == all[i].rank);
        assert_true(top.heap[i].score == (float)all[i].doc);
    }
    arena_release(&arena);
}

static void the_best_are_those_of_sorting(void **state)
{
    const size_t counts[] = { 1, 2, 10, 100, 1000 };

    (void)state;
    srand(7);
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < 30; k++) {
            check_best(counts[i], k, 3);
            check_best(counts[i], k, 1000000);
        }
}

static void ties_go_to_the_earlier_document(void **state)
{
    struct arena arena = ARENA_INIT;
    struct top top;

    (void)state;
    top_init(&top, 2, &arena);
    top_offer(&top, 5, 30, 0);
    top_offer(&top, 5, 10, 0);
    assert_false(top_takes(&top, 5, 31));
    assert_false(top_takes(&top, 4, 1));
    assert_true(top_takes(&top, 5, 20));
    top_offer(&top, 5, 20, 0);
    top_finish(&top);
    assert_int_equal(top.heap[0].doc, 10);
    assert_int_equal(top.heap[1].doc, 20);
    arena_release(&arena);
}

static void ranks_order_dates(void **state)
{
    (void)state;
    assert_true(top_rank_newest(5) > top_rank_newest(-5));
    assert_true(top_rank_oldest(5) < top_rank_oldest(-5));
    assert_true(top_rank_newest(INT64_MIN) < top_rank_newest(-(1LL << 62)));
    assert_true(top_rank_oldest(INT64_MIN) < top_rank_oldest(1LL << 62));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_are_those_of_sorting),
        cmocka_unit_test(ties_go_to_the_earlier_document),
        cmocka_unit_test(ranks_order_dates),
    };

    return cmocka_run_group_tests_name("top", tests, NULL, NULL);
}
