/* cursor.h -- the members of a query's tree as cursors over the documents
 * of one segment: one interface, one algorithm a file.
 *
 * A cursor stands on a document from birth, goes on in ascending order, and
 * stands on NO_DOC once there are no more.  It does not know which documents
 * were deleted; whoever walks the outermost cursor leaves those out.
 *
 * Cursors do not fail: on damage they end, and the segment remembers it.
 */
#ifndef LEDE_MATCH_CURSOR_H
#define LEDE_MATCH_CURSOR_H

#include "common/base/arena.h"
#include "common/index/segment.h"
#include "searcher/match/score.h"

struct cursor;

struct cursor_ops {
    /* To the first document >= target, which is behind the one it is on. */
    void (*seek)(struct cursor *c, uint32_t target);
    /* The sum with the scores of the leaves that match in this document
     * added to it, one after the other in the order of the query: so the
     * additions are the same however the tree is nested. */
    float (*score)(struct cursor *c, float sum);
    /* Leaves: the weighted frequency in this document. */
    uint32_t (*freq)(struct cursor *c);
};

struct cursor {
    uint32_t doc;
    uint32_t cost;              /* about how many documents it goes through */
    const struct cursor_ops *ops;
    bool optional;              /* in an AND: need not match */
};

/* To the first document >= target; never backwards. */
static inline uint32_t cursor_seek(struct cursor *c, uint32_t target)
{
    if (c->doc < target)
        c->ops->seek(c, target);
    return c->doc;
}

static inline float cursor_score(struct cursor *c, float sum)
{
    return c->ops->score(c, sum);
}

/* What all cursors of one segment share, for one query. */
struct matching {
    struct segment *segment;
    struct arena *arena;        /* where the cursors are */
    struct bm25 bm25;
    const struct score_kernel *kernel;
    struct lengths lengths;
    /* What stored bounds are multiplied by, because the average length is
     * another now; 0 where they are of another k1 or b. */
    float bound_scale;
    struct buffer starts, found;        /* positions, within one call */
};

void matching_init(struct matching *m, struct segment *segment,
                   const struct bm25 *bm25, struct arena *arena);
void matching_release(struct matching *m);

/* The sum plus the score of a leaf of this weight (idf times boost). */
static inline float matching_score(struct matching *m, float weight,
                                   uint32_t doc, uint32_t tf, float sum)
{
    uint32_t len = lengths_get(&m->lengths, doc);

    return sum + bm25_score(weight, tf, bm25_norm(&m->bm25, len));
}

/* --- Leaves ------------------------------------------------------------- */

/* What a word of the query is in the segment. */
struct word {
    const struct stem *stems;
    size_t count;
};

/* A word: one stem, or several whose frequencies add up; of none, nothing.
 * A weight of 0 is for filters, which score nothing. */
struct cursor *cursor_word(struct matching *m, struct word word,
                           float weight);

/* Words at consecutive positions inside one paragraph; `title`: inside the
 * title only, where each counts once, and then it may be one word. */
struct cursor *cursor_phrase(struct matching *m, const struct word *words,
                             size_t count, bool title, float weight);

/* Published at `from` or later and before `to`. */
struct cursor *cursor_range(struct matching *m, int64_t from, int64_t to);

/* These documents, which rise. */
struct cursor *cursor_set(struct matching *m, const uint32_t *docs,
                          size_t count);

struct cursor *cursor_all(struct matching *m);
struct cursor *cursor_none(struct matching *m);

/* --- Nodes -------------------------------------------------------------- */

/* The parts in the order of the query; at least one, of an AND one that is not
 * optional. */
struct cursor *cursor_and(struct matching *m, struct cursor **parts,
                          size_t count);
struct cursor *cursor_or(struct matching *m, struct cursor **parts,
                         size_t count);

/* As cursor_or, faster where all documents are wanted; nothing may score
 * before it in the query. */
struct cursor *cursor_window(struct matching *m, struct cursor **parts,
                             size_t count);

/* What is required, without what is excluded. */
struct cursor *cursor_not(struct matching *m, struct cursor *required,
                          struct cursor *excluded);

#endif
