/* bits_leaf.c -- words, dates and cursors as bits of a window.
 *
 * A word that is asked about few documents looks each of them up; about
 * many, it goes through all that it has in the window:
 *
 *   look up     5 documents    word: 900 of the window     5 steps
 *   go through  800 documents  word: 900 of the window     900 cheap steps
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

struct bits_leaf {
    struct bits base;
    struct matching *m;
    struct stream stream;       /* of a word */
    struct cursor *cursor;      /* or a cursor */
    int64_t from, to;           /* or a range of dates */
};

static void word_fill(struct bits *b, uint32_t from, uint64_t *out)
{
    struct stream *s = &((struct bits_leaf *)b)->stream;
    uint32_t end = end_of(from), at = from;

    while (at < end && (at < s->end || stream_load(s, at))) {
        uint32_t i;

        if (s->at < s->count && s->docs[s->at] < at)
            stream_advance(s, at);
        for (i = s->at; i < s->count && s->docs[i] < end; i++)
            set_bit(out, s->docs[i] - from);
        s->at = i;
        at = s->end;
    }
}

static void word_keep(struct bits *b, uint32_t from, uint64_t *bits,
                      uint32_t ones)
{
    struct bits_leaf *leaf = (struct bits_leaf *)b;
    uint64_t there[BITS_WORDS] = { 0 };
    uint64_t going = (uint64_t)leaf->stream.df * BITS_WINDOW
        / leaf->m->segment->doc_count;

    if ((uint64_t)ones * LOOK_UP >= going) {
        word_fill(b, from, there);
        for (size_t i = 0; i < BITS_WORDS; i++)
            bits[i] &= there[i];
        return;
    }
    for (uint32_t i = 0; i < BITS_WORDS; i++)
        for (uint64_t left = bits[i]; left; left &= left - 1) {
            uint32_t at = (uint32_t)__builtin_ctzll(left);

            if (!stream_has(&leaf->stream, from + i * 64 + at))
                bits[i] &= ~(UINT64_C(1) << at);
        }
}

static const struct bits_ops WORD = { word_fill, word_keep };

struct bits *bits_word(struct matching *m, struct word word)
{
    struct bits_leaf *leaf = arena_alloc(m->arena, sizeof(*leaf));

    leaf->m = m;
    stream_init(&leaf->stream, m, word);
    leaf->base = (struct bits){ &WORD, leaf->stream.df, false, false };
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

static const struct bits_ops CURSOR = { cursor_fill, cursor_keep };

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

static const struct bits_ops RANGE = { range_fill, range_keep };

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

static const struct bits_ops EVERY = { every_fill, every_keep };

struct bits *bits_every(struct matching *m)
{
    struct bits_leaf *leaf = arena_alloc(m->arena, sizeof(*leaf));

    leaf->m = m;
    leaf->base = (struct bits){ &EVERY, m->segment->doc_count, false, false };
    return &leaf->base;
}
