/* postings_write.c -- writes which documents hold a stem, how often, where.
 *
 * Documents come in ascending order and are kept in blocks of 128: first all
 * gaps, then all frequencies, so that a reader that only wants documents
 * skips the rest with one addition.  A directory before the blocks says of
 * each its last document and the best that any posting in it can score.
 * Documents 3, 4 and 9, where the stem stands once, twice and once:
 *
 *   postings   +---+---------+---------+
 *              | 3 | 3  0  4 | 0  1  0 |
 *              +---+---------+---------+
 *         bytes^    gaps - 1   freqs - 1
 *
 * (the frequencies are here those of title weight 1).  Positions go to their
 * own file, where each block begins with how they can be read from the middle
 * and which of its documents have the stem in the title (bitstream.c codes
 * both):
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
    buffer_release(&w->directory);
    buffer_release(&w->blocks);
    bits_release(&w->places);
    bits_release(&w->where);
}

void postings_begin(struct postings_writer *w, bool meta)
{
    buffer_clear(&w->directory);
    buffer_clear(&w->blocks);
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

static void put_directory(struct postings_writer *w)
{
    uint32_t largest = 0, least = UINT32_MAX, bits;
    float bound = 0;

    for (uint32_t i = 0; i < w->filled; i++) {
        uint32_t len = w->lengths ? w->lengths[w->docs[i]] : 0;
        float part = w->meta ? 1.0f :
                     postings_tf_bound(w->freqs[i], len, w->average);

        largest = w->freqs[i] > largest ? w->freqs[i] : largest;
        least = len < least ? len : least;
        bound = part > bound ? part : bound;
    }
    memcpy(&bits, &bound, 4);
    buffer_put_le32(&w->directory, w->docs[w->filled - 1]);
    buffer_put_le32(&w->directory, largest);
    buffer_put_le32(&w->directory, least);
    buffer_put_le32(&w->directory, bits);
    buffer_put_le64(&w->directory, w->blocks.len);
    buffer_put_le64(&w->directory,
                    w->meta ? 0 : sealed_tell(w->positions) -
                                  w->positions_start);
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

/* The positions of the block. */
static void positions_end(struct postings_writer *w)
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
    sealed_put_buffer(w->positions, &w->where.bytes);
    bits_clear(&w->where);
    bits_clear(&w->places);
}

enum { NUMBER_MAX = 5 };        /* bytes of a varint below 2^32 */

/* buffer_put_varint where there is room already. */
static inline uint8_t *put_number(uint8_t *to, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        *to++ = (uint8_t)(value | 0x80);
    *to++ = (uint8_t)value;
    return to;
}

static void block_end(struct postings_writer *w)
{
    uint8_t gaps[FORMAT_BLOCK * NUMBER_MAX], *at = gaps;
    uint32_t before = w->last_doc;      /* NO_DOC + 1 == 0 */

    if (w->filled == 0)
        return;
    for (uint32_t i = 0; i < w->filled; before = w->docs[i++])
        at = put_number(at, w->docs[i] - before - 1);
    buffer_put_varint(&w->blocks, (uint64_t)(at - gaps));
    buffer_put(&w->blocks, gaps, (size_t)(at - gaps));
    at = buffer_reserve(&w->blocks, sizeof(gaps));
    for (uint32_t i = 0; i < w->filled; i++)
        at = put_number(at, w->freqs[i] - 1);
    w->blocks.len = (size_t)(at - w->blocks.data);
    if (!w->meta)
        positions_end(w);
    put_directory(w);
    w->last_doc = before;
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
        block_end(w);
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
    block_end(w);
    w->stem.postings = sealed_tell(w->postings);
    if (w->stem.df > FORMAT_BLOCK)
        sealed_put_buffer(w->postings, &w->directory);
    sealed_put_buffer(w->postings, &w->blocks);
    w->stem.postings_len = sealed_tell(w->postings) - w->stem.postings;
    if (!w->meta) {
        w->stem.positions = w->positions_start;
        w->stem.positions_len =
            sealed_tell(w->positions) - w->positions_start;
    }
    *stem = w->stem;
}
