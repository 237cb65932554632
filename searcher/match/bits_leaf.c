/* bits_leaf.c -- words, dates and cursors as bits of a window.
 *
 * A word that is asked about few documents looks each of them up; about
 * many, it goes through all that it has in the window:
 *
 *   look up     5 documents    word: 900 of the window     5 steps
 *   go through  800 documents  word: 900 of the window     900 cheap steps
 *
 * Going through, what is kept as bits goes over by whole words.
 */
#include "searcher/match/bits.h"

#include "searcher/match/stream.h"

/* A look-up costs about as much as going through so many postings. */
enum { LOOK_UP = 8 };

/* The last of the segment's documents needs no window beyond it. */
static uint32_t end_of(uint32_t from)
{
    return from < NO_DOC - BITS_WINDOW ? from + BITS_WINDOW : NO_DOC;
}

static inline void set_bit(uint64_t *bits, uint32_t at)
{
    bits[at / 64] |= UINT64_C(1) << at % 64;
}

/* --- Words -------------------------------------------------------------- */

/* The postings of one stem, and a block that reaches into the next window. */
struct part {
    struct postings postings;
    uint32_t block, count, at;  /* count 0: the block is not decoded */
    uint32_t docs[BITPACK_ROOM];
};

struct bits_leaf {
    struct bits base;
    struct matching *m;
    /* Of a word, each made when it is needed: */
    struct word word;
    struct part *parts;         /* to go through it */
    struct stream *stream;      /* to look up */
    struct cursor *cursor;      /* or a cursor */
    int64_t from, to;           /* or a range of dates */
};

/* Decodes the next block with documents of the window, or sets their bits;
 * false: there is none, or it reaches beyond the window. */
static bool next_block(struct part *part, uint32_t from, uint32_t end,
                       uint64_t *out)
{
    struct postings *p = &part->postings;
    struct postings_block info;

    part->block = postings_block_find(p, part->block, from);
    if (!postings_block_info(p, part->block, &info) || info.first >= end)
        return false;
    if (postings_block_bits(p, part->block, from, out, BITS_WORDS)) {
        part->block += info.last < end;
        return info.last < end;
    }
    part->count = postings_block_docs(p, part->block, part->docs);
    part->at = 0;
    return part->count > 0;
}

static void part_fill(struct part *part, uint32_t from, uint32_t end,
                      uint64_t *out)
{
    while (part->count || next_block(part, from, end, out)) {
        uint32_t at = part->at;

        while (at < part->count && part->docs[at] < from)
            at++;
        for (; at < part->count && part->docs[at] < end; at++)
            set_bit(out, part->docs[at] - from);
        part->at = at;
        if (at < part->count)
            return;
        part->block += part->count > 0;
        part->count = 0;
    }
}

static void open_parts(struct bits_leaf *leaf)
{
    struct matching *m = leaf->m;

    leaf->parts = arena_alloc(m->arena,
                              leaf->word.count * sizeof(*leaf->parts));
    for (size_t i = 0; i < leaf->word.count; i++) {
        struct part *part = &leaf->parts[i];

        segment_postings(m->segment, &leaf->word.stems[i], &part->postings);
        part->block = part->count = 0;
    }
}

static void word_fill(struct bits *b, uint32_t from, uint64_t *out)
{
    struct bits_leaf *leaf = (struct bits_leaf *)b;

    if (!leaf->parts)
        open_parts(leaf);
    for (size_t i = 0; i < leaf->word.count; i++)
        part_fill(&leaf->parts[i], from, end_of(from), out);
}

static struct stream *stream_of(struct bits_leaf *leaf)
{
    if (!leaf->stream) {
        leaf->stream = arena_alloc(leaf->m->arena, sizeof(*leaf->stream));
        stream_init(leaf->stream, leaf->m, leaf->word);
    }
    return leaf->stream;
}

static void word_keep(struct bits *b, uint32_t from, uint64_t *bits,
                      uint32_t ones)
{
    struct bits_leaf *leaf = (struct bits_leaf *)b;
    uint64_t there[BITS_WORDS] = { 0 };
    uint64_t going = (uint64_t)b->cost * BITS_WINDOW
        / leaf->m->segment->doc_count;
    struct stream *s;

    if ((uint64_t)ones * LOOK_UP >= going) {
        word_fill(b, from, there);
        for (size_t i = 0; i < BITS_WORDS; i++)
            bits[i] &= there[i];
        return;
    }
    s = stream_of(leaf);
    for (uint32_t i = 0; i < BITS_WORDS; i++)
        for (uint64_t left = bits[i]; left; left &= left - 1) {
            uint32_t at = (uint32_t)__builtin_ctzll(left);

            if (!stream_has(s, from + i * 64 + at))
                bits[i] &= ~(UINT64_C(1) << at);
        }
}

static const struct bits_ops WORD = { word_fill, word_keep, true };

struct bits *bits_word(struct matching *m, struct word word)
{
    struct bits_leaf *leaf = arena_calloc(m->arena, 1, sizeof(*leaf));
    struct stem *stems = arena_alloc(m->arena, word.count * sizeof(*stems));
    uint64_t df = 0;

    leaf->m = m;
    leaf->word = (struct word){ stems, word.count };
    for (size_t i = 0; i < word.count; i++) {
        stems[i] = word.stems[i];
        df += stems[i].df;
    }
    if (df > m->segment->doc_count)
        df = m->segment->doc_count;
    leaf->base = (struct bits){ &WORD, (uint32_t)df, false, false };
    return &leaf->base;
}

/* --- Cursors ------------------------------------------------------------ */

static void cursor_fill(struct bits *b, uint32_t from, uint64_t *out)
{
    struct cursor *c = ((struct bits_leaf *)b)->cursor;
    uint32_t end = end_of(from);

    for (cursor_seek(c, from); c->doc < end; cursor_seek(c, c->doc + 1))
        set_bit(out, c->doc - from);
}

static void cursor_keep(struct bits *b, uint32_t from, uint64_t *bits,
                        uint32_t ones)
{
    struct cursor *c = ((struct bits_leaf *)b)->cursor;

    (void)ones;
    for (uint32_t i = 0; i < BITS_WORDS; i++)
        for (uint64_t left = bits[i]; left; left &= left - 1) {
            uint32_t at = (uint32_t)__builtin_ctzll(left);
            uint32_t doc = from + i * 64 + at;

            if (cursor_seek(c, doc) != doc)
                bits[i] &= ~(UINT64_C(1) << at);
        }
}

static const struct bits_ops CURSOR = { cursor_fill, cursor_keep, true };

struct bits *bits_cursor(struct matching *m, struct cursor *c)
{
    struct bits_leaf *leaf = arena_alloc(m->arena, sizeof(*leaf));

    leaf->m = m;
    leaf->cursor = c;
    leaf->base = (struct bits){ &CURSOR, c->cost, false, true };
    return &leaf->base;
}

/* --- Dates -------------------------------------------------------------- */

static bool is_inside(struct bits_leaf *leaf, uint32_t doc)
{
    int64_t date = (int64_t)docvalues_get(&leaf->m->segment->values,
                                          COLUMN_PUBLISHED, doc);

    return date != FORMAT_UNDATED && date >= leaf->from && date < leaf->to;
}

static void range_keep(struct bits *b, uint32_t from, uint64_t *bits,
                       uint32_t ones)
{
    (void)ones;
    for (uint32_t i = 0; i < BITS_WORDS; i++)
        for (uint64_t left = bits[i]; left; left &= left - 1) {
            uint32_t at = (uint32_t)__builtin_ctzll(left);

            if (!is_inside((struct bits_leaf *)b, from + i * 64 + at))
                bits[i] &= ~(UINT64_C(1) << at);
        }
}

static uint32_t count_in_window(const struct bits_leaf *leaf, uint32_t from)
{
    uint32_t left = leaf->m->segment->doc_count - from;

    return left < BITS_WINDOW ? left : BITS_WINDOW;
}

static void range_fill(struct bits *b, uint32_t from, uint64_t *out)
{
    struct bits_leaf *leaf = (struct bits_leaf *)b;
    uint32_t count = count_in_window(leaf, from);

    for (uint32_t at = 0; at < count; at++)
        if (is_inside(leaf, from + at))
            set_bit(out, at);
}

static const struct bits_ops RANGE = { range_fill, range_keep, true };

/* It goes through all documents, but cheaply. */
struct bits *bits_range(struct matching *m, int64_t from, int64_t to)
{
    struct bits_leaf *leaf = arena_alloc(m->arena, sizeof(*leaf));

    leaf->m = m;
    leaf->from = from;
    leaf->to = to;
    leaf->base = (struct bits){ &RANGE, m->segment->doc_count, false, false };
    return &leaf->base;
}

/* --- Every document ----------------------------------------------------- */

static void every_fill(struct bits *b, uint32_t from, uint64_t *out)
{
    uint32_t count = count_in_window((struct bits_leaf *)b, from);

    memset(out, 0xff, count / 64 * 8);
    if (count % 64)
        out[count / 64] = (UINT64_C(1) << count % 64) - 1;
}

static void every_keep(struct bits *b, uint32_t from, uint64_t *bits,
                       uint32_t ones)
{
    (void)b;
    (void)from;
    (void)bits;
    (void)ones;
}

static const struct bits_ops EVERY = { every_fill, every_keep, true };

struct bits *bits_every(struct matching *m)
{
    struct bits_leaf *leaf = arena_alloc(m->arena, sizeof(*leaf));

    leaf->m = m;
    leaf->base = (struct bits){ &EVERY, m->segment->doc_count, false, false };
    return &leaf->base;
}
