/* best.h -- the k best documents by score, for algorithms that skip what
 * cannot be among them.
 *
 * A document competes by the pair (score, document number), which is kept as
 * one number, so that a comparison is one instruction.  Scores are >= 0.
 */
#ifndef LEDE_COLLECT_BEST_H
#define LEDE_COLLECT_BEST_H

#include "common/base/arena.h"

struct best {
    /* Only a score above it can still be kept: documents come in ascending
     * order, so that of two equal ones the later is the worse.  -1 while
     * everything is. */
    float limit;
    size_t count, k;
    uint64_t *keys;             /* a heap, or a heap of things to select of */
    uint64_t floor;             /* only a key above it is kept */
};

/* Room for the k best, in the arena. */
void best_init(struct best *b, size_t k, struct arena *arena);

/* k documents of those to come are known to reach this score: none below it
 * needs to be kept. */
void best_expect(struct best *b, float score);

/* The key of a document; larger is better. */
static inline uint64_t best_key(uint32_t doc, float score)
{
    uint32_t bits;

    memcpy(&bits, &score, sizeof(bits));
    return (uint64_t)bits << 32 | (uint32_t)~doc;
}

static inline uint32_t best_doc(uint64_t key)
{
    return ~(uint32_t)key;
}

static inline float best_score(uint64_t key)
{
    uint32_t bits = (uint32_t)(key >> 32);
    float score;

    memcpy(&score, &bits, sizeof(score));
    return score;
}

/* Takes what is known to be above the floor. */
void best_keep(struct best *b, uint64_t key);

static inline void best_offer(struct best *b, uint32_t doc, float score)
{
    uint64_t key = best_key(doc, score);

    if (key > b->floor)
        best_keep(b, key);
}

/* Puts the keys in order, the best first, into keys[0 .. count). */
void best_finish(struct best *b);

#endif
