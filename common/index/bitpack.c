/* bitpack.c -- numbers of a few bits each, in plain C: what the vector code
 * must equal.
 *
 * Number i of width w begins at bit i w, so nothing waits for the number
 * before it; eight of them begin at whole bytes.  5, 1, 7 and 2 of 3 bits:
 *
 *   bit  0   3   6   9
 *        101 100 111 010  ->  bytes 0b11001101 0b00000101
 *        (low bits first)
 */
#include "common/index/bitpack.h"

#include <assert.h>

#include "common/base/cpu.h"

/* --- Writing --- */

void bitpack_put(struct buffer *b, const uint32_t *numbers, uint32_t count,
                 unsigned width)
{
    size_t len = bitpack_len(count, width);
    uint8_t *to = buffer_reserve(b, len);
    uint64_t held = 0;
    unsigned filled = 0;

    assert(count <= BITPACK_MOST && width <= 32);
    for (uint32_t i = 0; i < count; i++) {
        held |= (numbers[i] & ((UINT64_C(1) << width) - 1)) << filled;
        for (filled += width; filled >= 8; filled -= 8) {
            *to++ = (uint8_t)held;
            held >>= 8;
        }
    }
    if (filled)
        *to = (uint8_t)held;
    b->len += len;
}

void bitpack_put_unary(struct buffer *b, const uint32_t *numbers,
                       uint32_t count)
{
    uint64_t bits = count;
    size_t len;
    uint8_t *to;

    for (uint32_t i = 0; i < count; i++)
        bits += numbers[i];
    len = (size_t)(bits + 7) / 8;
    to = memset(buffer_reserve(b, len), 0, len);
    bits = 0;
    for (uint32_t i = 0; i < count; i++) {
        bits += numbers[i];
        to[bits / 8] |= (uint8_t)(1 << bits % 8);
        bits++;
    }
    b->len += len;
}

/* --- Reading --- */

static void take(uint32_t *numbers, const uint8_t *from, uint32_t count,
                 unsigned width)
{
    uint64_t mask = (UINT64_C(1) << width) - 1;
    uint32_t bit = 0;

    for (uint32_t i = 0; i < count; i++, bit += width)
        numbers[i] = (uint32_t)(load_le64(from + bit / 8) >> bit % 8 & mask);
}

static bool ones(uint32_t *places, struct bytes bytes, uint32_t count,
                 uint32_t first)
{
    uint32_t found = 0;

    for (size_t at = 0; at < bytes.len && found < count; at += 8) {
        uint64_t word = load_le64(bytes.data + at);

        if (bytes.len - at < 8)
            word &= (UINT64_C(1) << 8 * (bytes.len - at)) - 1;
        for (; word && found < count; word &= word - 1)
            places[found++] = first + (uint32_t)(8 * at) +
                              (uint32_t)__builtin_ctzll(word);
    }
    return found == count;
}

static void sum(uint32_t *numbers, uint32_t count, uint32_t first)
{
    for (uint32_t i = 0; i < count; i++) {
        numbers[i] += first;
        first = numbers[i] + 1;
    }
}

static void join(uint32_t *numbers, const uint32_t *ones, uint32_t count,
                 unsigned k, uint32_t more)
{
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = ((ones[i + 1] - ones[i] - 1) << k | numbers[i]) + more;
}

const struct bitpack_kernel BITPACK_SCALAR = { take, ones, sum, join };

const struct bitpack_kernel *bitpack_kernel(void)
{
#if defined(__x86_64__)
    if (cpu_level() >= CPU_AVX2)
        return &BITPACK_AVX2;
#endif
    return &BITPACK_SCALAR;
}
