/* score.h -- the score of many postings at a time: kernels that give to the
 * bit what the expressions of bm25.h give.
 */
#ifndef LEDE_MATCH_SCORE_H
#define LEDE_MATCH_SCORE_H

#include <stddef.h>

#include "common/index/docvalues.h"
#include "searcher/match/bm25.h"

/* The lengths of a segment's documents: `width` bytes each, above a base.
 * At least 36 bytes follow the last one. */
struct lengths {
    const uint8_t *data;
    uint32_t base, mask, width, count;
};

struct lengths lengths_of(struct docvalues *values);

static inline uint32_t lengths_get(const struct lengths *l, uint32_t doc)
{
    return l->base + (load_le32(l->data + (size_t)doc * l->width) & l->mask);
}

struct score_kernel {
    /* bm25_norm of the lengths of these documents. */
    void (*norms)(float *out, const struct lengths *l, const struct bm25 *m,
                  const uint32_t *docs, size_t count);
    /* bm25_score of these frequencies and norms. */
    void (*scores)(float *out, float weight, const uint32_t *freqs,
                   const float *norms, size_t count);
    /* The numbers of the values above `limit`, ascending, into out, which
     * has room for all; returns how many. */
    size_t (*above)(uint32_t *out, const float *values, float limit,
                    size_t count);
    /* How many bits of the words are set; at most 2^25 words. */
    uint32_t (*ones)(const uint64_t *words, size_t count);
};

extern const struct score_kernel SCORE_SCALAR;
#if defined(__x86_64__)
extern const struct score_kernel SCORE_AVX2;
#endif

/* The one for this processor. */
const struct score_kernel *score_kernel(void);

#endif
