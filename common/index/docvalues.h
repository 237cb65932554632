/* docvalues.h -- columns: one number for every document (FORMAT.md
 * section 7), the names of sources and languages, and the way from an
 * article's key to its documents.
 */
#ifndef LEDE_INDEX_DOCVALUES_H
#define LEDE_INDEX_DOCVALUES_H

#include "common/index/sealed.h"

enum column {
    COLUMN_PUBLISHED, COLUMN_MODIFIED, COLUMN_LENGTH, COLUMN_SOURCE,
    COLUMN_LANG, COLUMN_KEY_LOW, COLUMN_KEY_HIGH, COLUMN_CONTENT,
    COLUMN_VERSION, COLUMN_COUNT
};

/* One document's numbers, in the order of enum column. */
struct docvalues_row {
    uint64_t values[COLUMN_COUNT];
};

/* --- Writing --- */

/* Names in the order of their ordinals. */
struct names {
    struct bytes *items;
    uint32_t count;
};

/* What stays of a document that was replaced or withdrawn and is no longer
 * there, so that its version does not come back. */
struct grave {
    uint64_t key_high, key_low, content, version;
    int64_t date;               /* modified, else published, else
                                 * FORMAT_UNDATED */
};

struct graves {
    struct grave *items;        /* owned, by whoever has them */
    size_t count;
};

/* Sorts them and leaves out what is there twice. */
void graves_sort(struct graves *g);

/* Writes all columns of `count` rows, which may be a mapped file.  Takes 4
 * bytes of memory a row.  `graves` are sorted; NULL: none. */
void docvalues_write(struct sealed_writer *file,
                     const struct docvalues_row *rows, uint32_t count,
                     const struct names *sources, const struct names *langs,
                     const struct graves *graves);

/* --- Reading --- */
struct docvalues {
    struct sealed *file;
    uint32_t count;
    uint64_t sum_lengths;
    struct docvalues_column {
        uint64_t base, offset;
        uint8_t width;
        const uint8_t *data;    /* NULL until it was checked */
        uint64_t mask;          /* of the low `width` bytes */
    } columns[COLUMN_COUNT];
    uint64_t identity, graves;
    uint32_t grave_count;
    struct names sources, langs;        /* borrowed strings, owned arrays */
    struct {
        uint64_t key_low, key_high;
        uint32_t place;         /* of its first document, in identity */
        bool known;
    } found;                    /* the key asked for last */
};

/* Borrows the file; checks the root, the columns' places, and the names.
 * ERR_CORRUPT. */
enum status docvalues_open(struct docvalues *d, struct sealed *file,
                           struct error *err);
void docvalues_close(struct docvalues *d);

/* Checks all blocks of a column, once; after damage the column is all 0.
 * docvalues_get does it by itself. */
void docvalues_touch(struct docvalues *d, enum column column);

/* The number of a document (< count); 0 on damage, which the file tells. */
static inline uint64_t docvalues_get(struct docvalues *d, enum column column,
                                     uint32_t doc)
{
    const struct docvalues_column *c = &d->columns[column];

    if (__builtin_expect(!c->data, 0))
        docvalues_touch(d, column);
    return c->base + (load_le64(c->data + (size_t)doc * c->width) & c->mask);
}

/* The documents whose key has this hash, in ascending order: the first is
 * number `nth` 0.  NO_DOC when there is none. */
uint32_t docvalues_find(struct docvalues *d, uint64_t key_low,
                        uint64_t key_high, uint32_t nth);

/* The grave of a number; false on damage. */
bool docvalues_grave(struct docvalues *d, uint32_t number,
                     struct grave *grave);

/* The graves of a key, in their order: the first is number `nth` 0.  False
 * when there is none, and on damage. */
bool docvalues_buried(struct docvalues *d, uint64_t key_low,
                      uint64_t key_high, uint32_t nth, struct grave *grave);

/* Lengths, ordinals, identity and graves keep their rules, and of the
 * documents of one key at most one lives; reads all of it.  For verify. */
struct live;
enum status docvalues_verify(struct docvalues *d, const struct live *live,
                             struct error *err);

#endif
