/* test_score.c -- the vector kernels equal the scalar one to the bit, and
 * that one the expressions of bm25.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/cpu.h"
#include "searcher/match/score.h"
#include "tests/naive/chance.h"

enum { DOCS = 3000, MOST = 300 };

static uint8_t data[DOCS * 4 + 40];

/* Lengths of `width` bytes; some of the numbers are the largest there are. */
static struct lengths make_lengths(struct chance *c, uint32_t width)
{
    struct lengths l = { data, chance_of(c, 50) ? chance_below(c, 900) : 0,
                         width == 4 ? UINT32_MAX : (1u << 8 * width) - 1,
                         width, DOCS };

    for (size_t i = 0; i < sizeof(data); i++)
        data[i] = (uint8_t)(chance_of(c, 2) ? 255 : chance_next(c));
    return l;
}

static uint32_t make_docs(struct chance *c, uint32_t *docs)
{
    uint32_t count = chance_below(c, MOST), doc = 0;

    for (uint32_t i = 0; i < count; i++) {
        doc += 1 + chance_below(c, 9);
        docs[i] = doc;
    }
    return count;
}

static uint32_t make_freq(struct chance *c)
{
    return chance_of(c, 2) ? UINT32_MAX - chance_below(c, 9)
        : 1 + chance_below(c, chance_of(c, 80) ? 9 : 70000);
}

static void check(const struct score_kernel *kernel, struct chance *c,
                  uint32_t width)
{
    struct lengths l = make_lengths(c, width);
    struct bm25 m = { (float)chance_below(c, 30) / 10.0f,
                      (float)chance_below(c, 11) / 10.0f,
                      1.0f + (float)chance_below(c, 9999) / 7.0f };
    uint32_t docs[MOST], freqs[MOST], places[MOST], expected = 0;
    uint32_t count = make_docs(c, docs);
    float norms[MOST], scores[MOST], weight = (float)chance_from(c, 1, 90) / 7;
    float limit;
    size_t above;

    kernel->norms(norms, &l, &m, docs, count);
    for (uint32_t i = 0; i < count; i++) {
        freqs[i] = make_freq(c);
        assert_true(norms[i] == bm25_norm(&m, lengths_get(&l, docs[i])));
    }
    kernel->scores(scores, weight, freqs, norms, count);
    for (uint32_t i = 0; i < count; i++)
        assert_true(scores[i] == bm25_score(weight, freqs[i], norms[i]));
    limit = count ? scores[count / 2] : 0;
    above = kernel->above(places, scores, limit, count);
    for (uint32_t i = 0; i < count; i++)
        if (scores[i] > limit)
            assert_int_equal(places[expected++], i);
    assert_int_equal(above, expected);
}

static void check_set_bits(const struct score_kernel *kernel)
{
    uint64_t words[64];

    for (unsigned i = 0; i < 64; i++)
        words[i] = UINT64_MAX >> i;
    assert_int_equal(kernel->ones(words, 64), 64 * 65 / 2);
    assert_int_equal(kernel->ones(words, 3), 64 + 63 + 62);
    assert_int_equal(kernel->ones(words, 0), 0);
}

static void check_many(const struct score_kernel *kernel)
{
    struct chance c = { 11 };

    for (uint32_t i = 0; i < 2000; i++)
        check(kernel, &c, 1 + i % 4);
    check_set_bits(kernel);
}

static void the_scalar_kernel_is_bm25(void **state)
{
    (void)state;
    check_many(&SCORE_SCALAR);
}

static void the_avx2_kernel_equals_it(void **state)
{
    (void)state;
#if defined(__x86_64__)
    if (cpu_level() >= CPU_AVX2) {
        check_many(&SCORE_AVX2);
        return;
    }
#endif
    print_message("no AVX2 here\n");
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scalar_kernel_is_bm25),
        cmocka_unit_test(the_avx2_kernel_equals_it),
    };

    return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
