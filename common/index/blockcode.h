/* blockcode.h -- the codes of one block of postings: at most 128 documents, and
 * their frequencies (FORMAT.md section 4).
 *
 * Readers may look at up to 32 bytes behind the block.
 */
#ifndef LEDE_INDEX_BLOCKCODE_H
#define LEDE_INDEX_BLOCKCODE_H

#include "common/index/bitpack.h"
#include "common/index/format.h"

/* What is known of a block without looking into it. */
struct block_frame {
    uint32_t count;             /* 1 to FORMAT_BLOCK */
    uint32_t base;              /* no document is before it */
    uint32_t last;              /* its last document */
};

/* Appends the code of the documents: the smallest. */
void block_put_docs(struct buffer *b, const struct block_frame *block,
                    const uint32_t *docs);
void block_put_freqs(struct buffer *b, const uint32_t *freqs, uint32_t count);

/* How many bytes the documents take; 0: they cannot be. */
size_t block_docs_len(const struct block_frame *block, struct bytes bytes);

/* The documents, into room for BITPACK_ROOM: ascending, from base on, and the
 * last one is block->last.  False: they cannot be. */
bool block_take_docs(const struct block_frame *block, struct bytes bytes,
                     uint32_t *docs);

/* Sets, of `words` words whose first bit is document `from`, the bits of the
 * documents, and is quick, where the code is a run or bits.  False, and
 * nothing set: it is another, or they cannot be. */
bool block_take_bits(const struct block_frame *block, struct bytes bytes,
                     uint32_t from, uint64_t *bits, size_t words);

/* The frequencies, which fill the bytes, into room for BITPACK_ROOM.  False:
 * they cannot be. */
bool block_take_freqs(struct bytes bytes, uint32_t count, uint32_t *freqs);

#endif
