/* bulk.h -- the k best of the common shapes of queries, many documents at a
 * time: any of some words, all of some words.
 *
 * They are exact: what is skipped could not have been kept, and what is kept
 * was scored by the expression of bm25.h, word by word in the order of the
 * query.
 */
#ifndef LEDE_MATCH_BULK_H
#define LEDE_MATCH_BULK_H

#include "searcher/collect/best.h"
#include "searcher/match/bits.h"
#include "searcher/match/stream.h"

/* A word of the query, in its order. */
struct bulk_word {
    const struct stem *stems;   /* that the segment has */
    size_t count;
    float weight;               /* idf times boost, above 0 */
    bool optional;              /* bulk_all: need not be there, and scores
                                 * where it is; not all words are */
};

/* (bulk_any.c, bulk_all.c)  Offers the documents of the mask that hold any
 * of the words, or all that are not optional, by the snapshot's numbers. */
void bulk_any(struct matching *m, struct best *best, struct mask *mask,
              const struct bulk_word *words, size_t count);
void bulk_all(struct matching *m, struct best *best, struct mask *mask,
              const struct bulk_word *words, size_t count);

/* What a sum of `count` bounds is multiplied by before it is compared: more
 * than the additions, in any order, and the expression itself can be off. */
static inline float bulk_slack(size_t count)
{
    return 1.0f + (float)(count + 2) * 0x1p-22f;
}

#endif
