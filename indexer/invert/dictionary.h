/* dictionary.h -- strings to numbers, while one run is gathered.
 *
 * A key is bytes under a tag: the same bytes under another tag are another
 * key.  Everything is counted in `bytes`, so that a run can end before its
 * memory does.
 */
#ifndef LEDE_INVERT_DICTIONARY_H
#define LEDE_INVERT_DICTIONARY_H

#include "common/base/bytes.h"

enum { DICTIONARY_KEY_MAX = 1000 };

/* Stays where it is until the dictionary is released. */
struct entry {
    uint32_t value;             /* the caller's; 0 when new */
    uint16_t tag, len;
    uint8_t key[];
};

struct dictionary {
    struct slot *slots;         /* room for mask + 1 of them, or NULL */
    uint32_t mask, count;
    uint8_t **chunks;
    uint32_t chunk_count, chunk_used;
    size_t bytes;               /* that it holds now */
};

#define DICTIONARY_INIT { NULL, 0, 0, NULL, 0, 0, 0 }

/* The entry of a key of at most DICTIONARY_KEY_MAX bytes, made if need be;
 * `fresh` says whether it was. */
struct entry *dictionary_entry(struct dictionary *d, struct bytes key,
                               uint16_t tag, bool *fresh);

/* Bytes that one more key may take on top, at the worst. */
size_t dictionary_growth(const struct dictionary *d);

/* All entries into `entries` (room for d->count), ordered by their keys'
 * bytes; for dictionaries whose tags are all equal. */
void dictionary_sorted(const struct dictionary *d, struct entry **entries);

/* Gives everything back; what is left is empty and can be used again. */
void dictionary_release(struct dictionary *d);

static inline struct bytes entry_key(const struct entry *e)
{
    return bytes_of(e->key, e->len);
}

#endif
