/* stream.h -- the postings of one word in one segment, a block at a time:
 * what the algorithms work on that score many documents at once.
 *
 * A word may be several stems; their blocks are merged as they come, so that
 * nobody else sees the difference.
 */
#ifndef LEDE_MATCH_STREAM_H
#define LEDE_MATCH_STREAM_H

#include "searcher/match/cursor.h"

/* Blocks of several stems as one. */
struct merged;

enum {
    STREAM_MERGED_MAX = 8,      /* stems whose blocks are merged */
    STREAM_BLOCK_MAX = STREAM_MERGED_MAX * FORMAT_BLOCK,
};

struct stream {
    uint32_t df;                /* at most the documents of the segment */
    /* The block.  Of the documents from docs[at] on and before `end`, those
     * that are in it have the word, and no others. */
    const uint32_t *docs;
    uint32_t count, at, end;
    /* The rest belongs to the stream. */
    struct matching *m;
    struct postings *parts;     /* one for each stem */
    float *small;               /* bounds of stems that have one block */
    size_t part_count;
    const struct postings *whole;       /* the block is this one's, or NULL */
    struct merged *merged;      /* NULL for one stem */
    /* What was asked of bounds last. */
    float bound;
    uint32_t bound_from, bound_end;
};

/* The stems of a word; of none, an empty stream.  All is in m's arena. */
void stream_init(struct stream *s, struct matching *m, struct word word);

/* Makes the block current that holds the first document >= target, and
 * stands on that; never backwards.  False, with count 0 and end NO_DOC: there
 * is none. */
bool stream_load(struct stream *s, uint32_t target);

/* Stands on the first document >= target, of the block. */
static inline void stream_advance(struct stream *s, uint32_t target)
{
    uint32_t low = s->at, left = s->count - low;

    /* It is often near. */
    if (left > 16 && s->docs[low + 15] >= target)
        left = 16;
    while (left > 1) {
        uint32_t half = left / 2;

        /* No branch: which way it would go cannot be guessed. */
        low += half & -(uint32_t)(s->docs[low + half - 1] < target);
        left -= half;
    }
    if (left)
        low += s->docs[low] < target;
    s->at = low;
}

/* Whether the document has the word; then s->at is where it is.  Never
 * backwards. */
static inline bool stream_has(struct stream *s, uint32_t doc)
{
    if (doc >= s->end ? !stream_load(s, doc) : s->at == s->count)
        return false;
    if (s->docs[s->at] < doc)
        stream_advance(s, doc);
    return s->at < s->count && s->docs[s->at] == doc;
}

/* Stands on the first document >= target of all, and returns it; NO_DOC: there
 * is none.  Never backwards. */
static inline uint32_t stream_seek(struct stream *s, uint32_t target)
{
    if (target >= s->end)
        stream_load(s, target);
    else if (s->at < s->count && s->docs[s->at] < target)
        ++s->at;
    if (s->at < s->count && s->docs[s->at] < target)
        stream_advance(s, target);
    if (s->at == s->count)
        stream_load(s, s->end);
    return s->count ? s->docs[s->at] : NO_DOC;
}

/* The weighted frequencies of the documents of the block. */
const uint32_t *stream_freqs(struct stream *s);

/* Of the documents docs[places[i]], ascending, for i from `first` on and below
 * `count`, takes those before the end of the block, which is not behind the
 * first of them; returns i of the first that is not.  Those that have the word
 * stay, or with `all` every one: its place is put at places[(*kept)++], and
 * how often it has the word, or 0, at freqs[place]. */
size_t stream_pick(struct stream *s, const uint32_t *docs, uint32_t *places,
                   size_t first, size_t count, bool all, uint32_t *freqs,
                   size_t *kept);

/* An upper bound of tf / (tf + norm) in the documents from target on and
 * before *end, without decoding; 0 where none has the word. */
float stream_bound(struct stream *s, uint32_t target, uint32_t *end);

/* The same for [from, end); as tight as can be had without decoding much.
 * `from` is not before what was loaded. */
float stream_range(struct stream *s, uint32_t from, uint32_t end);

/* The same, without decoding; 1 where it takes more than so many steps. */
float stream_within(struct stream *s, uint32_t from, uint32_t end,
                    unsigned steps);

/* Where the word stands in a document that has it: as postings_positions.
 * Never backwards. */
bool stream_positions(struct stream *s, uint32_t doc, struct buffer *out,
                      uint32_t *title);

#endif
