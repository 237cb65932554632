/* test_best.c -- the k best by score against sorting everything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/collect/best.h"
#include "tests/naive/chance.h"

static int best_first(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x < y) - (x > y);
}

/* Offers `count` documents of `kinds` scores, ascending, and compares with
 * the first k of all.  What is above the limit, and only that, may be kept. */
static void check(struct chance *c, uint32_t count, size_t k, uint32_t kinds)
{
    struct arena arena = ARENA_INIT;
    uint64_t *all = arena_alloc(&arena, count * sizeof(*all));
    struct best best;

    best_init(&best, k, &arena);
    for (uint32_t i = 0; i < count; i++) {
        float score = (float)chance_below(c, kinds) / 3.0f, limit = best.limit;
        uint64_t floor = best.floor;

        all[i] = best_key(i, score);
        assert_int_equal(best_doc(all[i]), i);
        assert_true(best_score(all[i]) == score);
        best_offer(&best, i, score);
        assert_true(best.floor >= floor && best.limit >= limit);
    }
    qsort(all, count, sizeof(*all), best_first);
    best_finish(&best);
    assert_int_equal(best.count, k < count ? k : count);
    for (size_t i = 0; i < best.count; i++)
        assert_true(best.keys[i] == all[i]);
    arena_release(&arena);
}

static void any_k_of_any_number_are_the_best(void **state)
{
    static const size_t ks[] = { 0, 1, 2, 10, 63, 64, 65, 100, 128, 1000 };
    static const uint32_t kinds[] = { 1, 2, 10, 1000, 1000000 };
    struct chance c = { 7 };

    (void)state;
    for (size_t i = 0; i < sizeof(ks) / sizeof(*ks); i++)
        for (uint32_t count = 1; count < 5000; count = count * 2 + 1)
            for (size_t j = 0; j < sizeof(kinds) / sizeof(*kinds); j++)
                check(&c, count, ks[i], kinds[j]);
}

/* Rising scores are the worst case of a selection that is fed in order. */
static void rising_and_falling_scores_are_kept(void **state)
{
    (void)state;
    for (int step = -1; step <= 1; step += 2) {
        struct arena arena = ARENA_INIT;
        struct best best;

        best_init(&best, 500, &arena);
        for (uint32_t i = 0; i < 100000; i++)
            best_offer(&best, i, (float)(step > 0 ? i : 100000 - i));
        best_finish(&best);
        assert_int_equal(best.count, 500);
        for (uint32_t i = 0; i < 500; i++)
            assert_int_equal(best_doc(best.keys[i]),
                             step > 0 ? 99999 - i : i);
        arena_release(&arena);
    }
}

/* A score that k documents are known to reach is still kept itself. */
static void a_known_score_competes(void **state)
{
    struct arena arena = ARENA_INIT;
    struct best best;

    (void)state;
    best_init(&best, 2, &arena);
    best_expect(&best, 1.5f);
    best_expect(&best, 1.0f);
    best_offer(&best, 0, 1.25f);
    best_offer(&best, 1, 1.5f);
    best_offer(&best, 2, 2.0f);
    best_offer(&best, 3, 1.5f);
    best_finish(&best);
    assert_int_equal(best.count, 2);
    assert_int_equal(best_doc(best.keys[0]), 2);
    assert_int_equal(best_doc(best.keys[1]), 1);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_k_of_any_number_are_the_best),
        cmocka_unit_test(rising_and_falling_scores_are_kept),
        cmocka_unit_test(a_known_score_competes),
    };

    return cmocka_run_group_tests_name("best", tests, NULL, NULL);
}
