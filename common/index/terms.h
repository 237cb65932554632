/* terms.h -- the lexicon: stems and words, each half a sorted dictionary
 * from keys to values (FORMAT.md section 3).
 */
#ifndef LEDE_INDEX_TERMS_H
#define LEDE_INDEX_TERMS_H

#include "common/index/sealed.h"

/* What the lexicon keeps of a stem. */
struct stem {
    uint32_t df;
    uint64_t total;             /* sum of frequencies */
    uint64_t postings, postings_len;    /* offset and bytes; df 1: 0 0 */
    uint64_t positions, positions_len;  /* 0 0 for metadata */
    uint32_t doc;               /* df 1: the one */
    bool inside;                /* positions are in the next field */
    uint8_t inside_bytes[FORMAT_INSIDE_MAX];
};

/* --- Writing (terms_write.c): all stems in order, then all words --- */

struct terms_writer;

struct terms_writer *terms_writer_new(struct sealed_writer *file,
                                      uint32_t title_weight);
void terms_writer_free(struct terms_writer *w);

/* Keys must rise strictly, df is at least 1.  The ordinal of the stem comes
 * back.  A key above FORMAT_KEY_MAX makes the file fail with ERR_LIMIT. */
uint32_t terms_put_stem(struct terms_writer *w, struct bytes key,
                        const struct stem *stem);

/* `ordinals` ascending, without repetition, at least one. */
void terms_put_word(struct terms_writer *w, struct bytes key,
                    const uint32_t *ordinals, size_t count);

/* Writes directories and root.  The file is still to be sealed, the writer
 * to be freed. */
void terms_finish(struct terms_writer *w);

/* --- Reading (terms_read.c) --- */

struct terms {
    struct sealed *file;
    uint64_t stem_count, stem_directory;
    uint64_t word_count, word_directory;
    uint32_t title_weight;
};

/* Borrows the file, checks the root.  ERR_CORRUPT. */
enum status terms_open(struct terms *t, struct sealed *file,
                       struct error *err);

/* False when there is no such key, or the file is damaged there.  `ordinal`
 * may be NULL. */
bool terms_find_stem(struct terms *t, struct bytes key, struct stem *stem,
                     uint32_t *ordinal);

/* The stem of an ordinal; its key goes to `key` (may be NULL). */
bool terms_stem_at(struct terms *t, uint32_t ordinal, struct stem *stem,
                   struct buffer *key);

/* The stems that a word became here; their ordinals are appended to
 * `ordinals` as u32 in the machine's order.  False when it never occurred. */
bool terms_find_word(struct terms *t, struct bytes word,
                     struct buffer *ordinals);

/* A walk over one half in byte order, from the first key >= `from`.  It ends
 * at the last key, or where the file is damaged, which the file tells. */
enum terms_half { TERMS_STEMS, TERMS_WORDS };

struct terms_walk {
    struct terms *terms;
    enum terms_half half;
    uint64_t ordinal;           /* of the key it stands on */
    struct buffer key;
    struct stem stem;           /* of the key, in that half */
    struct buffer ordinals;     /* of the key, in that half; u32 each */
    struct bytes block;         /* what is left of the block */
    uint64_t postings, positions;       /* where those of the next begin */
    bool ended;
    bool ready;                 /* the key is found but not yet given */
};

void terms_walk_start(struct terms_walk *w, struct terms *t,
                      enum terms_half half, struct bytes from);
/* Stands on a key when it returns true. */
bool terms_walk_next(struct terms_walk *w);
/* The next key will be the first >= `from`, wherever the walk stood. */
void terms_walk_seek(struct terms_walk *w, struct bytes from);
void terms_walk_release(struct terms_walk *w);

#endif
