/* score_avx2.c -- the score of eight postings at a time.
 *
 * The same additions, multiplications and divisions as in bm25.h, in the
 * same order, none fused and none approximated: so each lane is the scalar
 * result to the bit.  Lengths are gathered; where a number would not be the
 * same as a signed one (2^31 and above, in damaged files only), and for the
 * last few, the scalar code does it.
 */
#include "searcher/match/score.h"

#if defined(__x86_64__)

#pragma GCC target("avx2,bmi2,popcnt")
#include <immintrin.h>

static __m256 norm_of(const struct bm25 *m, __m256 len)
{
    __m256 ratio = _mm256_div_ps(len, _mm256_set1_ps(m->average));
    __m256 part = _mm256_mul_ps(_mm256_set1_ps(m->b), ratio);

    part = _mm256_add_ps(_mm256_set1_ps(1.0f - m->b), part);
    return _mm256_mul_ps(_mm256_set1_ps(m->k1), part);
}

static void norms(float *out, const struct lengths *l, const struct bm25 *m,
                  const uint32_t *docs, size_t count)
{
    __m256i width = _mm256_set1_epi32((int)l->width);
    __m256i mask = _mm256_set1_epi32((int)l->mask);
    __m256i base = _mm256_set1_epi32((int)l->base);
    size_t at = 0, whole = count;

    /* What is gathered from must be in reach of a signed number. */
    if ((uint64_t)l->count * l->width > INT32_MAX)
        whole = 0;
    for (; at + 8 <= whole; at += 8) {
        __m256i doc = _mm256_loadu_si256((const void *)(docs + at));
        __m256i len = _mm256_i32gather_epi32(
            (const void *)l->data, _mm256_mullo_epi32(doc, width), 1);

        len = _mm256_add_epi32(base, _mm256_and_si256(len, mask));
        if (_mm256_movemask_ps(_mm256_castsi256_ps(len)))
            SCORE_SCALAR.norms(out + at, l, m, docs + at, 8);
        else
            _mm256_storeu_ps(out + at, norm_of(m, _mm256_cvtepi32_ps(len)));
    }
    SCORE_SCALAR.norms(out + at, l, m, docs + at, count - at);
}

static void scores(float *out, float weight, const uint32_t *freqs,
                   const float *norm, size_t count)
{
    size_t at = 0;

    for (; at + 8 <= count; at += 8) {
        __m256i freq = _mm256_loadu_si256((const void *)(freqs + at));
        __m256 tf = _mm256_cvtepi32_ps(freq);
        __m256 below = _mm256_add_ps(tf, _mm256_loadu_ps(norm + at));

        if (_mm256_movemask_ps(_mm256_castsi256_ps(freq)))
            SCORE_SCALAR.scores(out + at, weight, freqs + at, norm + at, 8);
        else
            _mm256_storeu_ps(out + at,
                             _mm256_mul_ps(_mm256_set1_ps(weight),
                                           _mm256_div_ps(tf, below)));
    }
    SCORE_SCALAR.scores(out + at, weight, freqs + at, norm + at, count - at);
}

static size_t above(uint32_t *out, const float *values, float limit,
                    size_t count)
{
    __m256 least = _mm256_set1_ps(limit);
    size_t at = 0, kept = 0;

    for (; at + 32 <= count; at += 32) {
        uint32_t bits = 0;

        for (unsigned i = 0; i < 4; i++) {
            __m256 some = _mm256_loadu_ps(values + at + 8 * i);
            __m256 is = _mm256_cmp_ps(some, least, _CMP_GT_OQ);

            bits |= (uint32_t)_mm256_movemask_ps(is) << 8 * i;
        }
        for (; bits; bits &= bits - 1)
            out[kept++] = (uint32_t)at + (uint32_t)__builtin_ctz(bits);
    }
    for (; at < count; at++) {
        out[kept] = (uint32_t)at;
        kept += values[at] > limit;
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

const struct score_kernel SCORE_AVX2 = { norms, scores, above, ones };

#endif
