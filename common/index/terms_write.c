/* terms_write.c -- writes the lexicon, one sorted dictionary after the other.
 *
 * Keys arrive in byte order, so neighbours share their beginnings: a key is
 * written as how much it shares with the one before, and the rest.  Every
 * 32nd key is written whole and its place noted, so that a reader can find
 * by halving.  "share", "shared", "shark", each with its value:
 *
 *   +----+-----+-----+----+-+-----+----+-+-----+
 *   | 50 |share|value| 15 |d|value| 14 |k|value| ...
 *   +----+-----+-----+----+-+-----+----+-+-----+
 *     ^ low half: shared, high half: bytes of the rest
 *
 *   blocks of the stems | their offsets | blocks of the words | offsets | root
 *
 * What a stem has in other files lies mostly behind what the stem before has
 * there, so that lengths are enough; and the stems of a word mostly begin at
 * the one behind the first of the word before.
 */
#include "common/index/terms.h"

#include <assert.h>
#include <stdlib.h>

struct terms_writer {
    struct sealed_writer *file;
    uint32_t title_weight;
    bool words;                 /* the first half is complete */
    /* The half that is being written. */
    struct buffer block, directory, last, value;
    uint64_t count;
    uint64_t postings, positions;       /* where the last stem's end */
    uint64_t ordinal;                   /* first of the last word */
    /* The first half. */
    uint64_t stem_count, stem_directory;
};

struct terms_writer *terms_writer_new(struct sealed_writer *file,
                                      uint32_t title_weight)
{
    struct terms_writer *w = must_calloc(1, sizeof(*w));

    assert(title_weight >= 1);
    w->file = file;
    w->title_weight = title_weight;
    return w;
}

void terms_writer_free(struct terms_writer *w)
{
    if (!w)
        return;
    buffer_release(&w->block);
    buffer_release(&w->directory);
    buffer_release(&w->last);
    buffer_release(&w->value);
    free(w);
}

static void block_end(struct terms_writer *w)
{
    if (w->block.len == 0)
        return;
    buffer_put_le64(&w->directory, sealed_tell(w->file));
    sealed_put_buffer(w->file, &w->block);
    buffer_clear(&w->block);
}

/* Ends a half; returns where its directory begins. */
static uint64_t half_end(struct terms_writer *w)
{
    uint64_t at;

    block_end(w);
    at = sealed_tell(w->file);
    sealed_put_buffer(w->file, &w->directory);
    buffer_clear(&w->directory);
    buffer_clear(&w->last);
    return at;
}

static void stems_end(struct terms_writer *w)
{
    w->stem_directory = half_end(w);
    w->stem_count = w->count;
    w->count = 0;
    w->words = true;
}

static size_t shared_len(struct bytes a, struct bytes b)
{
    size_t least = a.len < b.len ? a.len : b.len, len = 0;

    while (len < least && a.data[len] == b.data[len])
        len++;
    return len;
}

/* Two lengths in one byte, where both are below 15. */
static void put_lengths(struct buffer *b, size_t shared, size_t rest)
{
    size_t low = shared < 15 ? shared : 15, high = rest < 15 ? rest : 15;

    buffer_put_u8(b, (uint8_t)(low | high << 4));
    if (low == 15)
        buffer_put_varint(b, shared - 15);
    if (high == 15)
        buffer_put_varint(b, rest - 15);
}

/* Before a value is made: every 32nd key begins a block, and what comes
 * before that is forgotten. */
static void begin(struct terms_writer *w)
{
    buffer_clear(&w->value);
    if (w->count % FORMAT_TERM_BLOCK)
        return;
    block_end(w);
    w->postings = w->positions = UINT64_MAX;
    w->ordinal = UINT64_MAX;
}

/* The key, with what is in w->value. */
static void put(struct terms_writer *w, struct bytes key)
{
    size_t shared = 0;

    assert(w->count == 0 || bytes_compare(key, buffer_bytes(&w->last)) > 0);
    if (key.len > FORMAT_KEY_MAX)
        sealed_refuse(w->file, "a term has more than 1000 bytes");
    if (w->count == UINT32_MAX)
        sealed_refuse(w->file, "more than 2^32 - 1 terms");
    if (w->count % FORMAT_TERM_BLOCK)
        shared = shared_len(key, buffer_bytes(&w->last));
    put_lengths(&w->block, shared, key.len - shared);
    buffer_put_bytes(&w->block, bytes_part(key, shared, key.len - shared));
    buffer_put_bytes(&w->block, buffer_bytes(&w->value));
    buffer_clear(&w->last);
    buffer_put_bytes(&w->last, key);
    w->count++;
}

/* Where the stem's bytes are, unless they lie where those of the last stem
 * end. */
static void put_places(struct terms_writer *w, const struct stem *stem,
                       bool away)
{
    struct buffer *b = &w->value;
    bool outside = stem->positions_len && !stem->inside;

    if (stem->df == 1) {
        buffer_put_varint(b, stem->doc);
    } else {
        buffer_put_varint(b, stem->postings_len);
        if (away)
            buffer_put_varint(b, stem->postings);
        w->postings = stem->postings + stem->postings_len;
    }
    buffer_put_varint(b, stem->positions_len);
    if (stem->inside)
        buffer_put(b, stem->inside_bytes, stem->positions_len);
    if (outside && away)
        buffer_put_varint(b, stem->positions);
    if (outside)
        w->positions = stem->positions + stem->positions_len;
}

uint32_t terms_put_stem(struct terms_writer *w, struct bytes key,
                        const struct stem *stem)
{
    bool away;

    assert(!w->words && stem->df >= 1 && stem->total >= stem->df);
    assert(stem->inside == (stem->df == 1 && stem->positions_len &&
                            stem->positions_len <= FORMAT_INSIDE_MAX));
    begin(w);
    away = (stem->df > 1 && stem->postings != w->postings) ||
           (stem->positions_len && !stem->inside &&
            stem->positions != w->positions);
    buffer_put_varint(&w->value, 2 * (uint64_t)stem->df + away);
    buffer_put_varint(&w->value, stem->total - stem->df);
    put_places(w, stem, away);
    put(w, key);
    return (uint32_t)(w->count - 1);
}

/* A whole number as one that is not negative: 0, -1, 1, -2 ... */
static uint64_t zigzag(int64_t number)
{
    return number < 0 ? 2 * (uint64_t)-(number + 1) + 1
                      : 2 * (uint64_t)number;
}

void terms_put_word(struct terms_writer *w, struct bytes key,
                    const uint32_t *ordinals, size_t count)
{
    if (!w->words)
        stems_end(w);
    assert(count >= 1);
    if (count > FORMAT_STEMS_MAX)
        sealed_refuse(w->file, "a word became too many stems");
    begin(w);
    buffer_put_varint(&w->value,
                      2 * zigzag((int64_t)ordinals[0] -
                                 (int64_t)(w->ordinal + 1)) + (count > 1));
    if (count > 1)
        buffer_put_varint(&w->value, count - 2);
    for (size_t i = 1; i < count; i++) {
        assert(ordinals[i] > ordinals[i - 1]);
        buffer_put_varint(&w->value, ordinals[i] - ordinals[i - 1] - 1);
    }
    w->ordinal = ordinals[0];
    put(w, key);
}

void terms_finish(struct terms_writer *w)
{
    struct buffer root = BUFFER_INIT;
    uint64_t word_directory;

    if (!w->words)
        stems_end(w);
    word_directory = half_end(w);
    buffer_put_le64(&root, w->stem_count);
    buffer_put_le64(&root, w->stem_directory);
    buffer_put_le64(&root, w->count);
    buffer_put_le64(&root, word_directory);
    buffer_put_le32(&root, w->title_weight);
    buffer_put_le32(&root, 0);
    sealed_put_buffer(w->file, &root);
    buffer_release(&root);
}
