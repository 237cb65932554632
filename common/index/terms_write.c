/* terms_write.c -- writes the lexicon, one sorted dictionary after the other.
 *
 * Keys arrive in byte order, so neighbours share their beginnings: a key is
 * written as how much it shares with the one before, and the rest.  Every
 * 32nd key is written whole and its place noted, so that a reader can find
 * by halving.  "share", "shared", "shark", each with its value:
 *
 *   +---+---+-----+-----+---+---+-+-----+---+---+-+-----+
 *   | 0 | 5 |share|value| 5 | 1 |d|value| 4 | 1 |k|value| ...
 *   +---+---+-----+-----+---+---+-+-----+---+---+-+-----+
 *   shared, string rest, string value
 *
 *   blocks of the stems | their offsets | blocks of the words | offsets | root
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

/* The key, with what is in w->value. */
static void put(struct terms_writer *w, struct bytes key)
{
    size_t shared = 0;

    assert(w->count == 0 || bytes_compare(key, buffer_bytes(&w->last)) > 0);
    if (key.len > FORMAT_KEY_MAX)
        sealed_refuse(w->file, "a term has more than 1000 bytes");
    if (w->value.len > FORMAT_TERM_VALUE_MAX)
        sealed_refuse(w->file, "a word became too many stems");
    if (w->count == UINT32_MAX)
        sealed_refuse(w->file, "more than 2^32 - 1 terms");
    if (w->count % FORMAT_TERM_BLOCK == 0)
        block_end(w);
    else
        shared = shared_len(key, buffer_bytes(&w->last));
    buffer_put_varint(&w->block, shared);
    buffer_put_string(&w->block, bytes_part(key, shared, key.len - shared));
    buffer_put_string(&w->block, buffer_bytes(&w->value));
    buffer_clear(&w->last);
    buffer_put_bytes(&w->last, key);
    w->count++;
}

uint32_t terms_put_stem(struct terms_writer *w, struct bytes key,
                        const struct stem *stem)
{
    assert(!w->words && stem->df >= 1 && stem->total >= stem->df);
    buffer_clear(&w->value);
    buffer_put_varint(&w->value, stem->df);
    buffer_put_varint(&w->value, stem->total - stem->df);
    buffer_put_varint(&w->value, stem->postings);
    buffer_put_varint(&w->value, stem->postings_len);
    buffer_put_varint(&w->value, stem->positions);
    buffer_put_varint(&w->value, stem->positions_len);
    put(w, key);
    return (uint32_t)(w->count - 1);
}

void terms_put_word(struct terms_writer *w, struct bytes key,
                    const uint32_t *ordinals, size_t count)
{
    if (!w->words)
        stems_end(w);
    assert(count >= 1);
    buffer_clear(&w->value);
    buffer_put_varint(&w->value, ordinals[0]);
    for (size_t i = 1; i < count; i++) {
        assert(ordinals[i] > ordinals[i - 1]);
        buffer_put_varint(&w->value, ordinals[i] - ordinals[i - 1] - 1);
    }
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
