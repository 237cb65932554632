/* dictionary.c -- strings to numbers: a table of hashes over entries in
 * large chunks.
 *
 *   slots   [hash|where] [empty] [hash|where] ...     open addressing
 *                 |                    |
 *   chunks  [ value tag len key... | value tag len key... | ...     1 MiB ]
 *
 * `where` counts units of 4 bytes over all chunks, plus 1, so that 0 is an
 * empty slot.  A look-up is one probe and one comparison as a rule: 32 bits
 * of the hash are compared before the key is touched.  Entries never move.
 */
#define XXH_INLINE_ALL
#include "indexer/invert/dictionary.h"

#include <stdlib.h>
#include <xxhash.h>

#include "common/base/error.h"

enum { CHUNK = 1 << 20, UNIT = 4, FIRST_SLOTS = 1 << 10 };

struct slot {
    uint32_t hash, where;
};

static uint32_t hash_of(struct bytes key, uint16_t tag)
{
    return (uint32_t)XXH3_64bits_withSeed(key.data, key.len, tag);
}

static struct entry *entry_at(const struct dictionary *d, uint32_t where)
{
    uint64_t offset = (uint64_t)(where - 1) * UNIT;

    return (struct entry *)(void *)(d->chunks[offset / CHUNK] +
                                    offset % CHUNK);
}

static void put_slot(struct slot *slots, uint32_t mask, struct slot slot)
{
    uint32_t at = slot.hash & mask;

    while (slots[at].where)
        at = (at + 1) & mask;
    slots[at] = slot;
}

/* Full at three quarters. */
static bool is_full(const struct dictionary *d)
{
    return !d->slots || d->count >= d->mask - d->mask / 4;
}

static void grow(struct dictionary *d)
{
    uint32_t old = d->slots ? d->mask + 1 : 0;
    uint32_t size = old ? old * 2 : FIRST_SLOTS;
    struct slot *slots = must_calloc(size, sizeof(*slots));

    for (uint32_t i = 0; i < old; i++) {
        if (d->slots[i].where)
            put_slot(slots, size - 1, d->slots[i]);
    }
    free(d->slots);
    d->slots = slots;
    d->mask = size - 1;
    d->bytes += (size - old) * sizeof(*slots);
}

static void add_chunk(struct dictionary *d)
{
    size_t count = d->chunk_count + 1;

    d->chunks = must_realloc(d->chunks, count * sizeof(*d->chunks));
    d->chunks[d->chunk_count++] = must_alloc(CHUNK);
    d->chunk_used = 0;
    d->bytes += CHUNK;
}

static struct entry *new_entry(struct dictionary *d, struct bytes key,
                               uint16_t tag, uint32_t *where)
{
    size_t size = (sizeof(struct entry) + key.len + UNIT - 1) / UNIT * UNIT;
    uint64_t offset;
    struct entry *e;

    if (!d->chunk_count || d->chunk_used + size > CHUNK)
        add_chunk(d);
    offset = (uint64_t)(d->chunk_count - 1) * CHUNK + d->chunk_used;
    *where = (uint32_t)(offset / UNIT) + 1;
    d->chunk_used += (uint32_t)size;
    e = entry_at(d, *where);
    e->value = 0;
    e->tag = tag;
    e->len = (uint16_t)key.len;
    if (key.len)
        memcpy(e->key, key.data, key.len);
    d->count++;
    return e;
}

struct entry *dictionary_entry(struct dictionary *d, struct bytes key,
                               uint16_t tag, bool *fresh)
{
    uint32_t hash = hash_of(key, tag), at;
    struct entry *e;

    if (is_full(d))
        grow(d);
    *fresh = false;
    for (at = hash & d->mask; d->slots[at].where; at = (at + 1) & d->mask) {
        if (d->slots[at].hash != hash)
            continue;
        e = entry_at(d, d->slots[at].where);
        if (e->tag == tag && bytes_equal(entry_key(e), key))
            return e;
    }
    *fresh = true;
    d->slots[at].hash = hash;
    return new_entry(d, key, tag, &d->slots[at].where);
}

size_t dictionary_growth(const struct dictionary *d)
{
    size_t slots = d->slots ? (size_t)d->mask + 1 : FIRST_SLOTS;

    return CHUNK + (is_full(d) ? slots * 2 * sizeof(struct slot) : 0);
}

/* An entry and the first bytes of its key, so that most comparisons do not
 * leave the array. */
struct sortable {
    uint64_t prefix;
    struct entry *entry;
};

static uint64_t prefix_of(const struct entry *e)
{
    uint64_t prefix = 0;

    for (unsigned i = 0; i < 8; i++)
        prefix = prefix << 8 | (i < e->len ? e->key[i] : 0);
    return prefix;
}

static int by_key(const void *a, const void *b)
{
    const struct sortable *left = a, *right = b;

    if (left->prefix != right->prefix)
        return left->prefix < right->prefix ? -1 : 1;
    return bytes_compare(entry_key(left->entry), entry_key(right->entry));
}

void dictionary_sorted(const struct dictionary *d, struct entry **entries)
{
    struct sortable *all = must_alloc((d->count + 1) * sizeof(*all));
    uint32_t count = 0;

    for (uint32_t i = 0; d->slots && i <= d->mask; i++) {
        if (d->slots[i].where) {
            struct entry *e = entry_at(d, d->slots[i].where);

            all[count++] = (struct sortable){ prefix_of(e), e };
        }
    }
    qsort(all, count, sizeof(*all), by_key);
    for (uint32_t i = 0; i < count; i++)
        entries[i] = all[i].entry;
    free(all);
}

void dictionary_release(struct dictionary *d)
{
    for (uint32_t i = 0; i < d->chunk_count; i++)
        free(d->chunks[i]);
    free(d->chunks);
    free(d->slots);
    *d = (struct dictionary)DICTIONARY_INIT;
}
