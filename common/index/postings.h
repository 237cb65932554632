/* postings.h -- which documents hold a stem, how often, and where: blocks
 * of 128 (FORMAT.md sections 4 and 5).
 */
#ifndef LEDE_INDEX_POSTINGS_H
#define LEDE_INDEX_POSTINGS_H

#include "common/index/bitstream.h"
#include "common/index/blockcode.h"
#include "common/index/docvalues.h"
#include "common/index/superblock.h"
#include "common/index/terms.h"

/* --- Writing (postings_write.c): one stem after the other --- */

struct postings_writer {
    struct sealed_writer *postings, *positions;
    const uint32_t *lengths;    /* words of each document of the segment;
                                 * NULL where there are only metadata */
    float average;              /* of lengths */
    uint32_t title_weight;
    /* The rest belongs to the writer: the stem that is being written. */
    struct stem stem;
    struct superblock_writer supers;
    struct bits_writer places, where;   /* of the block */
    uint64_t group_at[FORMAT_BLOCK / FORMAT_GROUP];
    uint32_t docs[FORMAT_BLOCK], freqs[FORMAT_BLOCK], titles[FORMAT_BLOCK];
    uint32_t filled;
    uint32_t last_doc;          /* of the block before; NO_DOC at first */
    uint64_t positions_start;
    bool meta;
};

void postings_writer_init(struct postings_writer *w,
                          struct sealed_writer *postings,
                          struct sealed_writer *positions,
                          const uint32_t *lengths, float average,
                          uint32_t title_weight);
void postings_writer_release(struct postings_writer *w);

/* Begins a stem; `meta`: without positions.  Stems lie in the files in the
 * order in which they are written, which need not be that of the lexicon. */
void postings_begin(struct postings_writer *w, bool meta);

/* The next document, ascending.  `positions` ascending, `count` of them, all
 * below its length, of which the first `title` ones are in the title.  For
 * metadata: NULL, 0, 0.  Occurrences that would bring the frequency to
 * 2^32 - 1 are left out. */
void postings_put(struct postings_writer *w, uint32_t doc,
                  const uint32_t *positions, uint32_t count, uint32_t title);

/* Ends the stem and says what the lexicon keeps of it; df 0 where there was
 * no document, and then it must not go into the lexicon. */
void postings_end(struct postings_writer *w, struct stem *stem);

/* --- Reading (postings_read.c) --- */

/* A cursor over the documents of one stem.  It stands on a document from
 * opening on, and on NO_DOC once there are no more or the file is damaged
 * (then file->damage tells). */
struct postings {
    uint32_t doc;               /* where it stands */
    uint32_t df, last;          /* last: its last document */
    uint32_t block_count;
    /* The rest belongs to the reader. */
    struct sealed *file, *positions_file;
    struct docvalues *values;   /* for lengths */
    struct stem stem;
    uint32_t doc_count, title_weight;
    struct superblocks supers;  /* of more than one block */
    uint32_t block;             /* the one decoded */
    uint32_t docs[BITPACK_ROOM], freqs[BITPACK_ROOM];
    uint32_t filled, at;
    bool freqs_ready;
    struct bytes freq_bytes;            /* of more than one block; */
    struct bits_reader freq_bits;       /* of one */
    /* Positions of the document `where_at` of block `where_block` are next
     * in `where`; those of its first document were at where_start. */
    struct bits_reader where;
    uint64_t where_start;
    uint32_t where_block, where_at;
    uint32_t titles[FORMAT_BLOCK];      /* of where_block */
    uint8_t inside[FORMAT_INSIDE_MAX + 16];     /* positions, readable */
    bool broken;                /* the file is damaged here: it ends */
    bool bound_ready;           /* of a stem with one block: */
    float bound;
    uint32_t largest_freq;
};

/* Opens at the first document.  `doc_count` bounds what a document may be.
 * A stem that is all zeros is an empty cursor.  Nothing is to be closed. */
void postings_open(struct postings *p, struct sealed *file,
                   struct sealed *positions_file, struct docvalues *values,
                   const struct stem *stem, uint32_t doc_count,
                   uint32_t title_weight);

/* Moves to the first document >= target and returns it; never backwards. */
uint32_t postings_seek(struct postings *p, uint32_t target);
uint32_t postings_next(struct postings *p);

/* Weighted frequency in the document it stands on; 1 on damage, and then
 * the cursor ends with the next move. */
uint32_t postings_freq(struct postings *p);

/* Where it occurs in the document it stands on: appended to `positions` as
 * u32 in the machine's order, ascending; `title`: how many of them are in
 * the title.  Metadata have none.  False, and nothing appended, on damage.
 * The positions file is first touched here. */
bool postings_positions(struct postings *p, struct buffer *positions,
                        uint32_t *title);

/* The largest bound, frequency and the least length of the block that holds
 * the first document >= target, and the last document that they speak for.
 * Does not move the cursor.  A stem of at most 128 documents keeps none: its
 * bound is that of its largest frequency in a document without words.
 * Behind the last document: zeros, up to NO_DOC. */
struct postings_bound {
    float bound;
    uint32_t largest_freq, least_len, upto;
};

struct postings_bound postings_bound_at(struct postings *p, uint32_t target);

/* --- Blocks: for what works on many documents at a time --- */

/* They are numbered from 0 to block_count - 1.  Nothing of this moves the
 * cursor, decodes into it, or depends on where it stands. */
struct postings_block {
    uint32_t first;             /* no document of it is before this */
    uint32_t last;              /* its last document */
    uint32_t count;
    uint32_t largest_freq;      /* no frequency is larger; UINT32_MAX where
                                 * it is above 254 */
    uint32_t least_len;         /* no document is shorter */
    float bound;                /* as postings_bound_at */
};

/* The first block, not before `from`, with a document >= target;
 * block_count: there is none. */
uint32_t postings_block_find(struct postings *p, uint32_t from,
                             uint32_t target);

/* What is known of a block without decoding it; false: there is no such
 * block, or damage. */
bool postings_block_info(struct postings *p, uint32_t block,
                         struct postings_block *info);

/* The documents of a block, ascending; returns how many, 0 on damage.  What
 * is behind them in `docs` is then anything. */
uint32_t postings_block_docs(struct postings *p, uint32_t block,
                             uint32_t docs[BITPACK_ROOM]);

/* Sets, of `words` words whose first bit is document `from`, the bits of the
 * block's documents.  False, and nothing set: it is not kept in a way that is
 * as bits, or damaged; then postings_block_docs tells. */
bool postings_block_bits(struct postings *p, uint32_t block, uint32_t from,
                         uint64_t *bits, size_t words);

/* Their weighted frequencies; the documents need not have been decoded.
 * False: damage. */
bool postings_block_freqs(struct postings *p, uint32_t block,
                          uint32_t freqs[BITPACK_ROOM]);

/* The largest bound of the FORMAT_SUPERBLOCK blocks among which is the first
 * document >= target, and the last document that it speaks for.  0 and
 * NO_DOC behind the last document. */
float postings_super_bound(struct postings *p, uint32_t target,
                           uint32_t *upto);

/* The largest bound of all. */
float postings_list_bound(struct postings *p);

/* Where the positions of a block are in those of the stem, for positions.c.
 * False: damage. */
bool postings_where(struct postings *p, uint32_t block, uint64_t *start,
                    uint64_t *len);

/* Decodes everything and checks it: ascending, within doc_count, positions
 * within lengths, bounds that hold at this average length, df and total as
 * the lexicon says.  For verify. */
enum status postings_verify(struct sealed *file, struct sealed *positions,
                            struct docvalues *values,
                            const struct stem *stem, uint32_t doc_count,
                            uint32_t title_weight, float average,
                            struct error *err);

/* The part of BM25 that a frequency and a length make, k1 1.2, b 0.75, as
 * the bounds of blocks are computed: not below the true number. */
float postings_tf_bound(uint32_t freq, uint32_t len, float average);

#endif
