/* positions.c -- where a stem stands in a document; and all of a stem,
 * checked.
 *
 * A phrase asks for few documents, so nothing is decoded before it is asked
 * for: the directory of the postings says where a block of 128 documents
 * begins here, frequencies say how many numbers each of them has, and those
 * that are not wanted are stepped over eight bytes at a time, by counting the
 * bytes that end a number.  Document 9, the third of its block:
 *
 *   0 12 | 1 0 6 | 0 40 | ...      count = freq - (weight - 1) x title
 *   ^-- skip --^   ^title 0, position 40
 *
 * Invariant: positions of a document rise and are below 2^24 - 1.
 */
#include "common/index/postings.h"

enum { ENTRY = 32 };

static bool damaged(struct postings *p, const char *what)
{
    sealed_damaged(p->positions_file, p->stem.positions, what);
    p->where_block = NO_DOC;
    return false;
}

/* Where the positions of a block of documents end. */
static uint64_t block_end(const struct postings *p, uint32_t block)
{
    if (!p->directory.len)
        return p->stem.positions_len;
    return load_le64(p->directory.data + (size_t)ENTRY * block + 24);
}

/* Stands before the first document of the cursor's block. */
static bool block_enter(struct postings *p)
{
    uint64_t start = p->block ? block_end(p, p->block - 1) : 0;
    uint64_t end = block_end(p, p->block);
    struct bytes bytes;

    if (start >= end || end > p->stem.positions_len ||
        (p->block + 1 == p->block_count && end != p->stem.positions_len))
        return damaged(p, "a block of positions cannot be there");
    bytes = sealed_at(p->positions_file, p->stem.positions + start,
                      end - start);
    if (!bytes.data)
        return false;
    p->where = scan_of(bytes);
    p->where_block = p->block;
    p->where_at = 0;
    return true;
}

/* How many positions the document has that is next; its title count is
 * taken.  0 on damage. */
static uint32_t take_count(struct postings *p, uint32_t *title)
{
    uint32_t freq = p->freqs[p->where_at];
    uint64_t extra;

    *title = scan_varint32(&p->where);
    extra = (uint64_t)(p->title_weight - 1) * *title;
    if (p->where.bad || freq == UINT32_MAX || extra >= freq ||
        freq - extra < *title || freq - extra > scan_left(&p->where))
        return 0;
    return (uint32_t)(freq - extra);
}

/* Steps over `count` varints. */
static void skip_numbers(struct scan *s, uint32_t count)
{
    const uint64_t tops = UINT64_C(0x8080808080808080);

    while (count >= 8 && s->end - s->at >= 8) {
        count -= (uint32_t)__builtin_popcountll(~load_le64(s->at) & tops);
        s->at += 8;
    }
    for (; count; s->at++) {
        if (s->at == s->end) {
            s->bad = true;
            return;
        }
        count -= *s->at < 0x80;
    }
}

/* Steps over the documents of the block before the one that is wanted. */
static bool skip_documents(struct postings *p)
{
    uint32_t title, count;

    while (p->where_at < p->at) {
        count = take_count(p, &title);
        if (count == 0)
            return damaged(p, "occurrences do not fit the frequency");
        skip_numbers(&p->where, count);
        p->where_at++;
    }
    return !p->where.bad || damaged(p, "positions are cut short");
}

static bool take_positions(struct postings *p, uint32_t *to, uint32_t count)
{
    uint64_t position = 0;

    for (uint32_t i = 0; i < count; i++) {
        struct scan *s = &p->where;

        position += s->at < s->end && *s->at < 0x80 ? *s->at++
                                                    : scan_varint32(s);
        to[i] = (uint32_t)position;
        position++;
    }
    /* 2^24 numbers below 2^32 do not overflow; the last one is the largest. */
    return !p->where.bad && position <= FORMAT_WORDS_MAX;
}

bool postings_positions(struct postings *p, struct buffer *positions,
                        uint32_t *title)
{
    uint32_t count;

    *title = 0;
    if (p->doc == NO_DOC)
        return false;
    if (p->stem.positions_len == 0)
        return true;
    postings_freq(p);
    if (p->broken)
        return false;
    if ((p->where_block != p->block || p->where_at > p->at) &&
        !block_enter(p))
        return false;
    if (!skip_documents(p))
        return false;
    count = take_count(p, title);
    if (count == 0)
        return damaged(p, "occurrences do not fit the frequency");
    p->where_at++;
    if (!take_positions(p, (uint32_t *)buffer_reserve(positions, 4 * (size_t)
                                                      count), count))
        return damaged(p, "positions of a document cannot be");
    positions->len += 4 * (size_t)count;
    return true;
}

/* --- Verifying --- */

struct check {
    struct postings cursor;
    const uint32_t *lengths;
    float average;
    struct buffer positions;
    uint64_t total;
    /* Of the block that the cursor is in. */
    uint32_t block, largest, least;
    float bound;
};

/* What the directory says of the block just left. */
static bool block_agrees(struct check *c)
{
    const uint8_t *entry = c->cursor.directory.data + (size_t)ENTRY * c->block;
    float bound;

    if (!c->cursor.directory.len)
        return true;
    memcpy(&bound, &(uint32_t){ load_le32(entry + 12) }, 4);
    return load_le32(entry + 4) == c->largest &&
           (!c->lengths || load_le32(entry + 8) == c->least) &&
           bound <= 1 && bound >= c->bound * (1 - 0x1p-20f);
}

static void block_begin(struct check *c)
{
    c->block = c->cursor.block;
    c->largest = 0;
    c->least = UINT32_MAX;
    c->bound = 0;
}

/* Positions of the document: within its length, the title's first. */
static const char *positions_check(struct check *c, uint32_t freq,
                                   uint32_t len)
{
    struct postings *p = &c->cursor;
    uint32_t title, last;

    if (!p->stem.positions_len)
        return freq == 1 ? NULL : "metadata with a frequency above 1";
    buffer_clear(&c->positions);
    if (!postings_positions(p, &c->positions, &title))
        return "positions cannot be read";
    memcpy(&last, c->positions.data + c->positions.len - 4, 4);
    if (c->lengths && last >= len)
        return "a position lies behind the end of its document";
    if (p->at + 1 == p->filled && scan_left(&p->where))
        return "something stands behind positions";
    return NULL;
}

/* The document the cursor stands on; what is wrong, or NULL. */
static const char *doc_check(struct check *c)
{
    uint32_t freq = postings_freq(&c->cursor);
    uint32_t len = c->lengths ? c->lengths[c->cursor.doc] : 0;
    float part = 1;

    if (c->cursor.block != c->block) {
        if (!block_agrees(c))
            return "the directory does not hold for a block of postings";
        block_begin(c);
    }
    if (c->cursor.stem.positions_len)
        part = c->lengths ? postings_tf_bound(freq, len, c->average) : 0;
    c->total += freq;
    c->largest = freq > c->largest ? freq : c->largest;
    c->least = len < c->least ? len : c->least;
    c->bound = part > c->bound ? part : c->bound;
    return positions_check(c, freq, len);
}

/* Walks the whole stem; what is wrong, or NULL. */
static const char *stem_check(struct check *c)
{
    const char *wrong = NULL;
    uint32_t seen = 0;

    block_begin(c);
    while (!wrong && c->cursor.doc != NO_DOC) {
        wrong = doc_check(c);
        seen++;
        postings_next(&c->cursor);
    }
    if (!wrong && !c->cursor.broken && !block_agrees(c))
        wrong = "the directory does not hold for a block of postings";
    if (!wrong && (c->cursor.broken || seen != c->cursor.df ||
                   c->total != c->cursor.stem.total))
        wrong = "documents or frequencies are not as the lexicon says";
    return wrong;
}

enum status postings_verify(struct sealed *file, struct sealed *positions,
                            const struct stem *stem, uint32_t doc_count,
                            uint32_t title_weight, const uint32_t *lengths,
                            float average, struct error *err)
{
    struct check c = { .lengths = lengths, .average = average };
    const char *wrong;

    postings_open(&c.cursor, file, positions, stem, doc_count, title_weight);
    wrong = stem_check(&c);
    buffer_release(&c.positions);
    if (!wrong)
        return OK;
    if (positions->damage.code != OK)
        return error_set(err, ERR_CORRUPT, "%s", positions->damage.message);
    sealed_damaged(file, stem->postings, wrong);
    return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
}
