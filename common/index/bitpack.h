/* bitpack.h -- blocks of numbers of a few bits each, one behind the other.
 *
 * The scalar kernel is the specification; the others are tested equal to it.
 * Readers may look at up to 32 bytes behind the last number.
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

/* Appends for each number as many zeros as it says, and a one. */
void bitpack_put_unary(struct buffer *b, const uint32_t *numbers,
                       uint32_t count);

/* Reading, into room for BITPACK_ROOM numbers; what is behind the first
 * `count` of them is then anything. */
struct bitpack_kernel {
    /* What bitpack_put has put. */
    void (*take)(uint32_t *numbers, const uint8_t *from, uint32_t count,
                 unsigned width);
    /* Where the first `count` ones of these bytes are, ascending, counted
     * from `first`, modulo 2^32.  False: there are fewer. */
    bool (*ones)(uint32_t *places, struct bytes bytes, uint32_t count,
                 uint32_t first);
    /* Adds to each number, modulo 2^32, those before it, as many as these
     * are, and `first`. */
    void (*sum)(uint32_t *numbers, uint32_t count, uint32_t first);
    /* Puts above the low k bits, which the numbers are, how many zeros stand
     * before each of the ones at ones[1], ones[2] ..., and adds `more`;
     * modulo 2^32.  ones[0] is -1; there is room for BITPACK_ROOM + 1. */
    void (*join)(uint32_t *numbers, const uint32_t *ones, uint32_t count,
                 unsigned k, uint32_t more);
};

extern const struct bitpack_kernel BITPACK_SCALAR;
#if defined(__x86_64__)
extern const struct bitpack_kernel BITPACK_AVX2;
#endif

/* The one for this processor. */
const struct bitpack_kernel *bitpack_kernel(void);

#endif
