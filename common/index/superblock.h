/* superblock.h -- the way to the blocks of a long list of postings: what
 * each of them can be worth, and where it is (FORMAT.md section 4).
 */
#ifndef LEDE_INDEX_SUPERBLOCK_H
#define LEDE_INDEX_SUPERBLOCK_H

#include "common/index/sealed.h"

/* What is kept of a block. */
struct superblock_entry {
    uint32_t first;             /* no document is before it */
    uint32_t last;              /* its last document */
    uint32_t largest_freq;      /* no frequency is larger */
    uint32_t least_len;         /* no document is shorter */
    float bound;
    uint64_t at, len;           /* its bytes, from the file's beginning */
    uint64_t where, where_len;  /* its positions, from the stem's */
};

/* A bound as it is kept: in 256 steps, rounded up. */
static inline uint8_t superblock_step(float bound)
{
    float steps = bound * 256;
    int whole = (int)steps;

    if (whole > 255)
        return 255;
    return (uint8_t)((float)whole == steps && whole ? whole - 1 : whole);
}

static inline float superblock_bound(uint8_t step)
{
    return (float)(step + 1) / 256;
}

/* --- Writing --- */

struct superblock_writer {
    bool meta;
    struct buffer directory;    /* of the superblocks that are full */
    struct buffer bytes;        /* they themselves */
    struct buffer blocks;       /* of the one that is not */
    uint32_t filled;
    uint32_t lasts[FORMAT_SUPERBLOCK];
    uint64_t ends[FORMAT_SUPERBLOCK], wheres[FORMAT_SUPERBLOCK];
    uint8_t steps[FORMAT_SUPERBLOCK], largest[FORMAT_SUPERBLOCK];
    uint32_t least_len;
    uint32_t first;             /* document that it may begin with */
    uint64_t where;             /* where its positions begin */
};

/* Begins a list. */
void superblock_begin(struct superblock_writer *w, bool meta);
void superblock_release(struct superblock_writer *w);

/* Where the bytes of the next block are to be appended. */
static inline struct buffer *superblock_room(struct superblock_writer *w)
{
    return &w->blocks;
}

/* The block that was appended: last, largest_freq, least_len, bound count;
 * its positions end at `where_end`, from the stem's. */
void superblock_put(struct superblock_writer *w,
                    const struct superblock_entry *entry, uint64_t where_end);

/* Writes the list. */
void superblock_finish(struct superblock_writer *w,
                       struct sealed_writer *file);

/* --- Reading --- */

struct superblocks {
    struct sealed *file;
    uint64_t at, len;           /* of the list, in the file */
    uint64_t where_len;         /* of the stem's positions; 0: metadata */
    uint32_t doc_count, count;  /* count: blocks */
    uint32_t super_count;
    const uint8_t *directory;   /* NULL for one superblock */
    /* The one at hand. */
    uint32_t super;             /* NO_DOC: none */
    uint32_t filled, first, least_len;
    unsigned last_width, end_width, where_width;
    const uint8_t *steps, *largest, *lasts, *ends, *wheres;
    uint64_t blocks_at, where;
};

/* Opens a list of `count` blocks.  False: damage, which the file tells. */
bool superblocks_open(struct superblocks *s, struct sealed *file, uint64_t at,
                      uint64_t len, uint64_t where_len, uint32_t doc_count,
                      uint32_t count);

/* The last document of all. */
uint32_t superblocks_last(const struct superblocks *s);

/* The first block, not before `from`, whose last document is >= target;
 * `count`: there is none, or damage. */
uint32_t superblocks_find(struct superblocks *s, uint32_t from,
                          uint32_t target);

/* What is kept of a block; false: damage. */
bool superblocks_entry(struct superblocks *s, uint32_t block,
                       struct superblock_entry *entry);

/* The largest bound of a superblock, and its last document.  False: damage */
bool superblocks_bound(struct superblocks *s, uint32_t super, float *bound,
                       uint32_t *last);

#endif
