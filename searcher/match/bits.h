/* bits.h -- a tree of a query as bits, a window of 4,096 documents at a time:
 * for counting, and for what filters without scoring.
 *
 * Windows begin at multiples of 4,096 and come in ascending order.  Bits say
 * nothing of which documents live.
 */
#ifndef LEDE_MATCH_BITS_H
#define LEDE_MATCH_BITS_H

#include "searcher/match/cursor.h"

enum { BITS_WINDOW = 4096, BITS_WORDS = BITS_WINDOW / 64 };

struct bits;

struct bits_ops {
    /* Sets the bits of the documents of the window that match; `out` is all
     * zeros, unless `adds`: then other bits may be set, and stay. */
    void (*fill)(struct bits *b, uint32_t from, uint64_t *out);
    /* Of the bits that are set, clears those of documents that do not match;
     * `ones`: how many are set. */
    void (*keep)(struct bits *b, uint32_t from, uint64_t *bits,
                 uint32_t ones);
    bool adds;
};

struct bits {
    const struct bits_ops *ops;
    uint32_t cost;              /* about how many documents it goes through */
    bool excluded;              /* in bits_all: what it matches is left out */
    bool walks;                 /* asks a cursor, a document at a time */
};

/* --- Leaves (bits_leaf.c) --- */

/* The documents of a word, as cursor_word. */
struct bits *bits_word(struct matching *m, struct word word);

/* Published at `from` or later and before `to`. */
struct bits *bits_range(struct matching *m, int64_t from, int64_t to);

/* The documents of a cursor, for what has no better way. */
struct bits *bits_cursor(struct matching *m, struct cursor *c);

/* Every document. */
struct bits *bits_every(struct matching *m);

/* --- Nodes (bits_node.c) --- */

/* The documents of all parts but the excluded ones; and of any part. */
struct bits *bits_all(struct matching *m, struct bits **parts, size_t count);
struct bits *bits_any(struct matching *m, struct bits **parts, size_t count);

/* How many live documents of the segment the tree has. */
uint64_t bits_count(struct matching *m, struct bits *b);

/* --- A filter for those that score --- */

/* Which documents may be kept: those that live and are in a tree. */
struct mask {
    const struct live *live;
    struct bits *tree;          /* NULL: every document */
    uint64_t end;               /* of the window that is filled */
    uint64_t bits[BITS_WORDS];
};

void mask_init(struct mask *mask, struct matching *m, struct bits *tree);
void mask_fill(struct mask *mask, uint32_t doc);

/* Never backwards into an earlier window. */
static inline bool mask_has(struct mask *mask, uint32_t doc)
{
    if (!live_has(mask->live, doc))
        return false;
    if (!mask->tree)
        return true;
    if (doc >= mask->end)
        mask_fill(mask, doc);
    return mask->bits[doc % BITS_WINDOW / 64] >> doc % 64 & 1;
}

#endif
