/* postings_write.c -- writes which documents hold a stem, how often, where.
 *
 * Documents come in ascending order and are kept in blocks of 128; blockcode.c
 * codes them.  Heads before the blocks say of each its last document and the
 * best that any posting in it can score (superblock_write.c).  A stem of no
 * more than 128 documents has no head, and its documents are places among
 * those up to its last (bitstream.c); the sums of its frequencies are places
 * among those up to their total.  One document has no postings at all: it
 * stands in the lexicon, with its positions if they are few.
 *
 * Positions go to their own file, where each block begins with how they can be
 * read from the middle and which of its documents have the stem in the title:
 *
 *   positions  | at 32, 64, 96 | titles | doc 0 | doc 1 | ...  | doc 127 |
 *                bits from doc 0 on              of the lengths known
 */
#include "common/index/postings.h"

#include <assert.h>
#include <math.h>

void postings_writer_init(struct postings_writer *w,
                          struct sealed_writer *postings,
                          struct sealed_writer *positions,
                          const uint32_t *lengths, float average,
                          uint32_t title_weight)
{
    assert(title_weight >= 1);
    *w = (struct postings_writer){
        .postings = postings, .positions = positions, .lengths = lengths,
        .average = average, .title_weight = title_weight
    };
}

void postings_writer_release(struct postings_writer *w)
{
    superblock_release(&w->supers);
    bits_release(&w->places);
    bits_release(&w->where);
}

void postings_begin(struct postings_writer *w, bool meta)
{
    superblock_begin(&w->supers, meta);
    bits_clear(&w->places);
    bits_clear(&w->where);
    w->stem = (struct stem){ 0 };
    w->filled = 0;
    w->last_doc = NO_DOC;
    w->positions_start = sealed_tell(w->positions);
    w->meta = meta;
}

float postings_tf_bound(uint32_t freq, uint32_t len, float average)
{
    double ratio = average > 0 ? (double)len / (double)average : 0;
    double tf = freq;
    double part = tf / (tf + 1.2 * (1 - 0.75 + 0.75 * ratio));

    return fminf(nextafterf((float)part, 2.0f), 1.0f);
}

/* Which documents of the block have the stem in the title, and how often:
 * only those can whose frequency is not below the title weight. */
static void put_titles(struct postings_writer *w)
{
    uint32_t places[FORMAT_BLOCK], could = 0, count = 0;

    for (uint32_t i = 0; i < w->filled; i++) {
        if (w->titles[i])
            places[count++] = could;
        could += w->freqs[i] >= w->title_weight;
    }
    bits_put(&w->where, count, bits_len(could));
    if (count)
        places_put(&w->where, places, count, could);
    for (uint32_t i = 0; i < w->filled; i++)
        if (w->titles[i])
            bits_put_gamma(&w->where, w->titles[i]);
}

/* How many bits a place in the block needs, when they are counted too: as
 * many as the number of its bits, in whole bytes. */
static unsigned place_len(uint64_t bits, uint32_t places)
{
    unsigned len = 0, before;

    do {
        before = len;
        len = bits_len((bits + places * len + 7) / 8 * 8);
    } while (len != before);
    return len;
}

/* The positions of the block; `only`: of the only document. */
static void positions_end(struct postings_writer *w, bool only)
{
    uint32_t groups = (w->filled - 1) / FORMAT_GROUP;
    unsigned len;

    put_titles(w);
    /* Of documents of one word, titles apart, there is nothing to say. */
    if (bits_tell(&w->where) + bits_tell(&w->places) == 0)
        bits_put(&w->places, 0, 1);
    len = place_len(bits_tell(&w->where) + bits_tell(&w->places), groups);
    bits_clear(&w->where);
    for (uint32_t i = 1; i <= groups; i++)
        bits_put(&w->where, w->group_at[i], len);
    put_titles(w);
    bits_append(&w->where, &w->places);
    bits_fill(&w->where);
    w->stem.inside = only && w->where.bytes.len <= FORMAT_INSIDE_MAX;
    if (w->stem.inside)
        memcpy(w->stem.inside_bytes, w->where.bytes.data, w->where.bytes.len);
    else
        sealed_put_buffer(w->positions, &w->where.bytes);
    w->stem.positions_len += w->where.bytes.len;
    bits_clear(&w->where);
    bits_clear(&w->places);
}

/* --- Documents and frequencies --- */

static void block_put(struct postings_writer *w)
{
    struct block_frame block = {            /* NO_DOC + 1 is 0 */
        w->filled, w->last_doc + 1, w->docs[w->filled - 1]
    };
    struct superblock_entry entry = {
        .last = block.last, .least_len = UINT32_MAX
    };

    for (uint32_t i = 0; i < w->filled; i++) {
        uint32_t len = w->meta ? 0 : w->lengths[w->docs[i]];
        float part = w->meta ? 1.0f :
                     postings_tf_bound(w->freqs[i], len, w->average);

        if (w->freqs[i] > entry.largest_freq)
            entry.largest_freq = w->freqs[i];
        if (len < entry.least_len)
            entry.least_len = len;
        entry.bound = part > entry.bound ? part : entry.bound;
    }
    block_put_docs(superblock_room(&w->supers), &block, w->docs);
    block_put_freqs(superblock_room(&w->supers), w->freqs, w->filled);
    superblock_put(&w->supers, &entry, w->stem.positions_len);
}

/* The frequencies of a small list: sums up to each but the last, less 1, are
 * places among total - 1. */
static void small_freqs_put(struct postings_writer *w)
{
    uint32_t sums[FORMAT_BLOCK];
    uint64_t sum = 0;

    if (w->stem.total == w->stem.df)
        return;
    if (w->stem.total - 1 > UINT32_MAX) {
        for (uint32_t i = 0; i < w->filled; i++)
            bits_put(&w->where, w->freqs[i], 32);
        return;
    }
    for (uint32_t i = 0; i + 1 < w->filled; i++) {
        sum += w->freqs[i];
        sums[i] = (uint32_t)sum - 1;
    }
    places_put(&w->where, sums, w->filled - 1, (uint32_t)w->stem.total - 1);
}

/* All documents are in one block. */
static void small_put(struct postings_writer *w)
{
    uint32_t last = w->docs[w->filled - 1];

    if (w->filled == 1) {
        w->stem.doc = last;
        return;
    }
    buffer_put_varint(&w->where.bytes, last);
    places_put(&w->where, w->docs, w->filled - 1, last);
    small_freqs_put(w);
    bits_fill(&w->where);
    sealed_put_buffer(w->postings, &w->where.bytes);
    bits_clear(&w->where);
}

static void block_end(struct postings_writer *w, bool last)
{
    if (w->filled == 0)
        return;
    if (!w->meta)
        positions_end(w, last && w->stem.df == 1);
    if (last && w->stem.df <= FORMAT_BLOCK)
        small_put(w);
    else
        block_put(w);
    w->last_doc = w->docs[w->filled - 1];
    w->filled = 0;
}

/* Leaves out occurrences from the end until the frequency is below its
 * maximum, where it would no longer say how many positions there are. */
static uint32_t weigh(const struct postings_writer *w, uint32_t *count,
                      uint32_t *title)
{
    uint64_t most = UINT32_MAX - 1;
    uint64_t in_title = (uint64_t)w->title_weight * *title;

    if (in_title > most) {
        *title = (uint32_t)(most / w->title_weight);
        *count = *title ? *title : 1;
        in_title = (uint64_t)w->title_weight * *title;
    }
    if (*count - *title > most - in_title)
        *count = *title + (uint32_t)(most - in_title);
    return (uint32_t)in_title + (*count - *title);
}

static void put_positions(struct postings_writer *w, uint32_t doc,
                          const uint32_t *positions, uint32_t count)
{
    if (w->filled % FORMAT_GROUP == 0)
        w->group_at[w->filled / FORMAT_GROUP] = bits_tell(&w->places);
    if (w->lengths[doc] > FORMAT_WORDS_MAX)
        sealed_refuse(w->positions, "a document has more than 2^24 - 1 words");
    else
        places_put(&w->places, positions, count, w->lengths[doc]);
}

void postings_put(struct postings_writer *w, uint32_t doc,
                  const uint32_t *positions, uint32_t count, uint32_t title)
{
    uint32_t freq = 1;

    assert(w->stem.df == 0 || doc > (w->filled ? w->docs[w->filled - 1]
                                               : w->last_doc));
    assert(doc < NO_DOC && title <= count && (w->meta || count >= 1));
    if (w->filled == FORMAT_BLOCK)
        block_end(w, false);
    if (!w->meta) {
        freq = weigh(w, &count, &title);
        put_positions(w, doc, positions, count);
    }
    w->docs[w->filled] = doc;
    w->freqs[w->filled] = freq;
    w->titles[w->filled] = title;
    w->filled++;
    w->stem.df++;
    w->stem.total += freq;
}

void postings_end(struct postings_writer *w, struct stem *stem)
{
    uint64_t start = sealed_tell(w->postings);

    block_end(w, true);
    if (w->stem.df > FORMAT_BLOCK)
        superblock_finish(&w->supers, w->postings);
    w->stem.postings_len = sealed_tell(w->postings) - start;
    w->stem.postings = w->stem.postings_len ? start : 0;
    if (!w->meta && !w->stem.inside)
        w->stem.positions = w->positions_start;
    *stem = w->stem;
}
