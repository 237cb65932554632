/* bitpack.h -- blocks of numbers of a few bits each, one behind the other.
 *
 * The scalar code is the specification; vector code beside it is tested equal
 * to it.  Readers may look at up to 32 bytes behind the last number.
 */
#ifndef LEDE_INDEX_BITPACK_H
#define LEDE_INDEX_BITPACK_H

#include "common/base/buffer.h"

enum {
    BITPACK_MOST = 128,         /* numbers */
    BITPACK_ROOM = BITPACK_MOST,        /* that unpacking may write */
};

/* The bytes of `count` numbers of `width` bits, 0 to 32. */
static inline size_t bitpack_len(uint32_t count, unsigned width)
{
    return ((size_t)count * width + 7) / 8;
}

/* Appends the low `width` bits of each of at most BITPACK_MOST numbers, the
 * low bits first. */
void bitpack_put(struct buffer *b, const uint32_t *numbers, uint32_t count,
                 unsigned width);

/* The numbers at `from`, into room for BITPACK_ROOM. */
void bitpack_take(uint32_t *numbers, const uint8_t *from, uint32_t count,
                  unsigned width);

/* Appends for each number as many zeros as it says, and a one. */
void bitpack_put_unary(struct buffer *b, const uint32_t *numbers,
                       uint32_t count);

/* Where the first `count` ones of these bytes are, ascending.  False: there
 * are fewer. */
bool bitpack_ones(uint32_t *places, struct bytes bytes, uint32_t count);

#endif
