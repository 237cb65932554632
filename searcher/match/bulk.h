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

/* A leaf of the query, in its order: a word, a phrase, or either of them in
 * the title. */
struct bulk_leaf {
    const struct word *words;   /* one, or those of the phrase */
    size_t count;
    float weight;               /* idf times boost, above 0 */
    bool title;
    bool optional;              /* need not be there, and scores where it is;
                                 * of bulk_all and bulk_phrase, not all are */
};

/* Offer the documents of the mask, by the snapshot's numbers, as far as they
 * can be kept:
 * (bulk_any.c)  that hold any of the leaves, which are words;
 * (bulk_all.c)  that hold all leaves but the optional, which are words;
 * (bulk_phrase.c)  that hold all leaves but the optional. */
void bulk_any(struct matching *m, struct best *best, struct mask *mask,
              const struct bulk_leaf *leaves, size_t count);
void bulk_all(struct matching *m, struct best *best, struct mask *mask,
              const struct bulk_leaf *leaves, size_t count);
void bulk_phrase(struct matching *m, struct best *best, struct mask *mask,
                 const struct bulk_leaf *leaves, size_t count);

/* What a sum of `count` bounds is multiplied by before it is compared: more
 * than the additions, in any order, and the expression itself can be off. */
static inline float bulk_slack(size_t count)
{
    return 1.0f + (float)(count + 2) * 0x1p-22f;
}

#endif
