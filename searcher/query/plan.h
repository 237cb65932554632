/* plan.h -- what a query means in one snapshot: which stems its words stand
 * for, and the cursors of one segment that find its documents.
 */
#ifndef LEDE_QUERY_PLAN_H
#define LEDE_QUERY_PLAN_H

#include "common/index/manifest.h"
#include "searcher/match/cursor.h"
#include "searcher/query/query.h"

/* The stems that one word means, over all segments. */
struct plan_group {
    struct query_word word;
    struct bytes *stems;        /* sorted */
    size_t count;
    uint64_t df;                /* summed over stems; at most doc_count */
    float idf;
    struct word *segments;      /* what it is in each of them */
};

struct plan {
    struct snapshot *snapshot;
    struct analyzer *analyzer;
    struct arena *arena;
    struct bm25 bm25;
    struct lang *langs;         /* that the index has used */
    size_t lang_count;
    struct plan_group **groups; /* sorted by word */
    size_t group_count, group_room;
};

/* All of a plan is in the arena. */
void plan_init(struct plan *p, struct snapshot *snapshot, float k1, float b,
               struct analyzer *analyzer, struct arena *arena);

/* Looks up every word of a tree.  ERR_LIMIT: a prefix means more than
 * 10,000 stems. */
enum status plan_words(struct plan *p, const struct query *q,
                       struct error *err);

/* What a word of such a tree means. */
const struct plan_group *plan_group(const struct plan *p,
                                    const struct query_word *word);

struct word plan_word(const struct plan *p, const struct query_word *word,
                      uint32_t segment);

/* The idf of a scoring leaf: of its words, added up. */
float plan_idf(const struct plan *p, const struct query *leaf);

/* A cursor over the documents of the tree in the segment of `m`, which is
 * number `segment` of the snapshot. */
struct cursor *plan_cursor(const struct plan *p, const struct query *q,
                           uint32_t segment, struct matching *m);

/* As plan_cursor, for the whole of what scores. */
struct cursor *plan_root(const struct plan *p, const struct query *q,
                         uint32_t segment, struct matching *m);

#endif
