/* score.c -- the score of many postings at a time, in plain C: what the
 * vector kernels beside it must equal to the bit.
 */
#include "searcher/match/score.h"

#include "common/base/cpu.h"

struct lengths lengths_of(struct docvalues *values)
{
    const struct docvalues_column *c = &values->columns[COLUMN_LENGTH];

    docvalues_touch(values, COLUMN_LENGTH);
    return (struct lengths){ c->data, (uint32_t)c->base, (uint32_t)c->mask,
                             c->width, values->count };
}

static void norms(float *out, const struct lengths *l, const struct bm25 *m,
                  const uint32_t *docs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = bm25_norm(m, lengths_get(l, docs[i]));
}

static void scores(float *out, float weight, const uint32_t *freqs,
                   const float *norm, size_t count)
{
    for (size_t i = 0; i < count; i++)
        out[i] = bm25_score(weight, freqs[i], norm[i]);
}

static size_t above(uint32_t *out, const float *values, float limit,
                    size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        out[kept] = (uint32_t)i;
        kept += values[i] > limit;
    }
    return kept;
}

static uint32_t ones(const uint64_t *words, size_t count)
{
    uint32_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += (uint32_t)__builtin_popcountll(words[i]);
    return sum;
}

const struct score_kernel SCORE_SCALAR = { norms, scores, above, ones };

const struct score_kernel *score_kernel(void)
{
#if defined(__x86_64__)
    if (cpu_level() >= CPU_AVX2)
        return &SCORE_AVX2;
#endif
    return &SCORE_SCALAR;
}
