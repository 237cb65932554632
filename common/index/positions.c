/* positions.c -- where a stem stands in a document; and all of a stem,
 * checked.
 *
 * A phrase asks for few documents, so nothing is decoded before it is asked
 * for: the directory of the postings says where a block of 128 documents
 * begins here, the block where its documents 32, 64 and 96 do, and those before
 * the one that is wanted are stepped over.  Document 70 of a block:
 *
 *   | at 32, 64, 96 | titles | 0 ... | 32 ... | 64 .. 69 | 70 | ...
 *          ^ read     ^ decoded               ^ jump, skip  ^ decoded
 *
 * How many positions a document has follows from its frequency and from how
 * often it has the stem in the title; how they are coded, from that and its
 * length.  Invariant: positions of a document rise and are below its length.
 */
#include "common/index/postings.h"

static bool damaged(struct postings *p, const char *what)
{
    sealed_damaged(p->positions_file, p->stem.positions, what);
    p->where_block = NO_DOC;
    return false;
}

/* How often each document of the block has the stem in the title. */
static bool titles_undo(struct postings *p, struct bits_reader *r)
{
    uint32_t places[FORMAT_BLOCK], could = 0, count, next = 0;

    for (uint32_t i = 0; i < p->filled; i++)
        could += p->freqs[i] >= p->title_weight;
    count = (uint32_t)bits_take(r, bits_len(could));
    memset(p->titles, 0, sizeof(p->titles));
    if (count == 0)
        return !bits_over(r);
    if (count > could || !places_take(r, places, count, could))
        return false;
    could = 0;
    for (uint32_t i = 0; i < p->filled; i++) {
        if (p->freqs[i] < p->title_weight)
            continue;
        if (next < count && places[next] == could) {
            p->titles[i] = bits_take_gamma(r);
            next++;
            if (!p->titles[i] || p->titles[i] > p->freqs[i] / p->title_weight)
                return false;
        }
        could++;
    }
    return !bits_over(r);
}

static uint32_t groups_of(const struct postings *p)
{
    return (p->filled - 1) / FORMAT_GROUP;
}

/* Stands before the first document of the cursor's block. */
static bool block_enter(struct postings *p)
{
    struct bytes bytes = bytes_of(p->inside, (size_t)p->stem.positions_len);
    uint64_t start, len;

    p->where_block = NO_DOC;
    if (!p->stem.inside) {
        if (!postings_where(p, p->block, &start, &len))
            return false;
        bytes = sealed_at(p->positions_file, p->stem.positions + start, len);
        if (!bytes.data)
            return false;
    }
    p->where = bits_reader_of(bytes);
    p->where.at = (uint64_t)groups_of(p) * bits_len(p->where.end);
    if (bits_over(&p->where) || !titles_undo(p, &p->where))
        return damaged(p, "occurrences do not fit the frequency");
    p->where_start = p->where.at;
    p->where_block = p->block;
    p->where_at = 0;
    return true;
}

/* Goes to the beginning of the group of the wanted document, if that is
 * ahead. */
static bool group_enter(struct postings *p)
{
    uint32_t group = p->at / FORMAT_GROUP;
    unsigned len = bits_len(p->where.end);
    struct bits_reader r = p->where;
    uint64_t place;

    if (group <= p->where_at / FORMAT_GROUP)
        return true;
    r.at = (uint64_t)(group - 1) * len;
    place = bits_take(&r, len);
    if (place > p->where.end - p->where_start)
        return damaged(p, "a group of positions cannot be there");
    p->where.at = p->where_start + place;
    p->where_at = group * FORMAT_GROUP;
    return true;
}

/* How many positions the document has that is next. */
static uint32_t next_count(const struct postings *p)
{
    return p->freqs[p->where_at] -
           (p->title_weight - 1) * p->titles[p->where_at];
}

static uint32_t next_len(struct postings *p)
{
    return (uint32_t)docvalues_get(p->values, COLUMN_LENGTH,
                                   p->docs[p->where_at]);
}

/* Stands before the document of the cursor. */
static bool document_enter(struct postings *p)
{
    if ((p->where_block != p->block || p->where_at > p->at) &&
        !block_enter(p))
        return false;
    if (!group_enter(p))
        return false;
    for (; p->where_at < p->at; p->where_at++)
        if (!places_skip(&p->where, next_count(p), next_len(p)))
            return damaged(p, "positions of a document cannot be");
    return true;
}

bool postings_positions(struct postings *p, struct buffer *positions,
                        uint32_t *title)
{
    uint32_t count, len, *to;

    *title = 0;
    if (p->doc == NO_DOC)
        return false;
    if (p->stem.positions_len == 0)
        return true;
    postings_freq(p);
    if (p->broken || !document_enter(p))
        return false;
    count = next_count(p);
    len = next_len(p);
    if (count - 1 >= len || len > FORMAT_WORDS_MAX)
        return damaged(p, "a document has more positions than words");
    to = (uint32_t *)(void *)buffer_reserve(positions, 4 * (size_t)count);
    if (!places_take(&p->where, to, count, len))
        return damaged(p, "positions of a document cannot be");
    *title = p->titles[p->at];
    p->where_at++;
    positions->len += 4 * (size_t)count;
    return true;
}

/* --- Verifying --- */

struct check {
    struct postings cursor;
    float average;
    struct buffer positions;
    uint64_t total;
    /* Of the block that the cursor is in. */
    uint32_t block, largest, least;
    float bound;
    uint32_t super_least;       /* of the superblock that it is in */
};

/* What is kept of the block just left, neither too low nor too high. */
static bool block_agrees(struct check *c)
{
    struct postings *p = &c->cursor;
    struct postings_block info;
    uint32_t large = c->largest < 255 ? c->largest : UINT32_MAX;

    if (p->block_count == 1)
        return true;
    if (c->block % FORMAT_SUPERBLOCK == 0)
        c->super_least = UINT16_MAX;
    if (c->least < c->super_least)
        c->super_least = c->least;
    if (!postings_block_info(p, c->block, &info))
        return false;
    if (!p->stem.positions_len)
        return true;
    return info.largest_freq == large && info.least_len <= c->least &&
           info.bound >= c->bound * (1 - 0x1p-20f) &&
           info.bound <= c->bound * (1 + 0x1p-20f) + 1 / 256.0f &&
           ((c->block + 1) % FORMAT_SUPERBLOCK ||
            info.least_len == c->super_least);
}

static void block_begin(struct check *c)
{
    c->block = c->cursor.block;
    c->largest = 0;
    c->least = UINT32_MAX;
    c->bound = 0;
}

/* Nothing but zeros up to a whole byte stands behind the positions. */
static bool ends_here(const struct bits_reader *r)
{
    uint64_t left = r->end - r->at;

    return (left < 8 || r->end == 8) &&
           !(bits_peek(r) & ((UINT64_C(1) << left) - 1));
}

static const char *positions_check(struct check *c, uint32_t freq)
{
    struct postings *p = &c->cursor;
    uint32_t title;

    if (!p->stem.positions_len)
        return freq == 1 ? NULL : "metadata with a frequency above 1";
    buffer_clear(&c->positions);
    if (!postings_positions(p, &c->positions, &title))
        return "positions cannot be read";
    if (p->at + 1 == p->filled && !ends_here(&p->where))
        return "something stands behind positions";
    return NULL;
}

/* The document the cursor stands on; what is wrong, or NULL. */
static const char *doc_check(struct check *c)
{
    uint32_t freq = postings_freq(&c->cursor);
    uint32_t len = (uint32_t)docvalues_get(c->cursor.values, COLUMN_LENGTH,
                                           c->cursor.doc);
    float part = 1;

    if (c->cursor.block != c->block) {
        if (!block_agrees(c))
            return "what is kept of a block of postings does not hold";
        block_begin(c);
    }
    if (c->cursor.stem.positions_len)
        part = postings_tf_bound(freq, len, c->average);
    c->total += freq;
    c->largest = freq > c->largest ? freq : c->largest;
    c->least = len < c->least ? len : c->least;
    c->bound = part > c->bound ? part : c->bound;
    return positions_check(c, freq);
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
        wrong = "what is kept of a block of postings does not hold";
    if (!wrong && (c->cursor.broken || seen != c->cursor.df ||
                   c->total != c->cursor.stem.total))
        wrong = "documents or frequencies are not as the lexicon says";
    return wrong;
}

enum status postings_verify(struct sealed *file, struct sealed *positions,
                            struct docvalues *values,
                            const struct stem *stem, uint32_t doc_count,
                            uint32_t title_weight, float average,
                            struct error *err)
{
    struct check c = { .average = average };
    const char *wrong;

    postings_open(&c.cursor, file, positions, values, stem, doc_count,
                  title_weight);
    wrong = stem_check(&c);
    buffer_release(&c.positions);
    if (!wrong)
        return OK;
    if (positions->damage.code != OK)
        return error_set(err, ERR_CORRUPT, "%s", positions->damage.message);
    sealed_damaged(file, stem->postings, wrong);
    return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
}
