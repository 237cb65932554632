/* bitpack_avx2.c -- eight numbers at a time.
 *
 * Eight numbers of w bits are w bytes: the first four begin with the first of
 * them, the others with byte w / 2.  Two loads bring these; a shuffle by bytes
 * gives each lane the four bytes in which its number is, a shift and a mask
 * leave the number.  So w is at most 25; what is wider the scalar code takes.
 *
 *   w 5   bytes   0      1      2      3      4
 *         lanes  |-0-|-1-|-2-|-3-|-4-|-5-|-6-|-7-|
 *                load ^              load ^ at 2
 *
 * Sums are made within eight numbers in three steps (Hillis and Steele 1986),
 * and what came before is added to all.  Ones are found a byte at a time, in a
 * table.
 */
#include "common/index/bitpack.h"

#if defined(__x86_64__)

#pragma GCC target("avx2,bmi2,popcnt")
#include <immintrin.h>

enum { WIDTH_MOST = 25 };

/* The bytes of lane i, counted from where its half was loaded. */
#define BYTE(i, w) ((i) * (w) / 8 - ((i) > 3 ? (w) / 2 : 0))
#define LANE(i, w) BYTE(i, w), BYTE(i, w) + 1, BYTE(i, w) + 2, BYTE(i, w) + 3
#define WIDTH(w) { LANE(0, w), LANE(1, w), LANE(2, w), LANE(3, w), \
                   LANE(4, w), LANE(5, w), LANE(6, w), LANE(7, w) }

static const uint8_t BYTES[WIDTH_MOST + 1][32] = {
    WIDTH(0), WIDTH(1), WIDTH(2), WIDTH(3), WIDTH(4), WIDTH(5), WIDTH(6),
    WIDTH(7), WIDTH(8), WIDTH(9), WIDTH(10), WIDTH(11), WIDTH(12), WIDTH(13),
    WIDTH(14), WIDTH(15), WIDTH(16), WIDTH(17), WIDTH(18), WIDTH(19),
    WIDTH(20), WIDTH(21), WIDTH(22), WIDTH(23), WIDTH(24), WIDTH(25)
};

/* Where the ones of a byte are, a byte each, the lowest first. */
#define ONE(b, i) ((uint64_t)((b) >> (i) & 1) * (i) \
                   << 8 * __builtin_popcount((b) & ((1 << (i)) - 1)))
#define ONES(b) ONE(b, 1) | ONE(b, 2) | ONE(b, 3) | ONE(b, 4) | \
                ONE(b, 5) | ONE(b, 6) | ONE(b, 7)
#define ONES_4(b) ONES(b), ONES((b) + 1), ONES((b) + 2), ONES((b) + 3)
#define ONES_16(b) ONES_4(b), ONES_4((b) + 4), ONES_4((b) + 8), ONES_4((b) + 12)
#define ONES_64(b) ONES_16(b), ONES_16((b) + 16), ONES_16((b) + 32), \
                   ONES_16((b) + 48)

static const uint64_t PLACES[256] = {
    ONES_64(0), ONES_64(64), ONES_64(128), ONES_64(192)
};

static void take(uint32_t *numbers, const uint8_t *from, uint32_t count,
                 unsigned width)
{
    __m256i bytes, shifts, mask;

    if (width > WIDTH_MOST) {
        BITPACK_SCALAR.take(numbers, from, count, width);
        return;
    }
    bytes = _mm256_loadu_si256((const void *)BYTES[width]);
    shifts = _mm256_and_si256(
        _mm256_mullo_epi32(_mm256_set1_epi32((int)width),
                           _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)),
        _mm256_set1_epi32(7));
    mask = _mm256_set1_epi32((1 << width) - 1);
    for (uint32_t i = 0; i < count; i += 8, from += width) {
        __m128i low = _mm_loadu_si128((const void *)from);
        __m128i high = _mm_loadu_si128((const void *)(from + width / 2));
        __m256i eight = _mm256_shuffle_epi8(_mm256_set_m128i(high, low),
                                            bytes);

        eight = _mm256_and_si256(_mm256_srlv_epi32(eight, shifts), mask);
        _mm256_storeu_si256((void *)(numbers + i), eight);
    }
}

static bool ones(uint32_t *places, struct bytes bytes, uint32_t count,
                 uint32_t first)
{
    __m256i before = _mm256_set1_epi32((int)first);
    uint32_t found = 0;
    size_t at = 0;

    for (; at < bytes.len && found + 8 <= count; at++, first += 8) {
        uint8_t byte = bytes.data[at];
        __m256i eight = _mm256_cvtepu8_epi32(
            _mm_loadl_epi64((const void *)&PLACES[byte]));

        _mm256_storeu_si256((void *)(places + found),
                            _mm256_add_epi32(eight, before));
        before = _mm256_add_epi32(before, _mm256_set1_epi32(8));
        found += (uint32_t)__builtin_popcount(byte);
    }
    for (; at < bytes.len && found < count; at++, first += 8)
        for (unsigned byte = bytes.data[at]; byte && found < count;
             byte &= byte - 1)
            places[found++] = first + (uint32_t)__builtin_ctz(byte);
    return found == count;
}

static void sum(uint32_t *numbers, uint32_t count, uint32_t first)
{
    __m256i before = _mm256_set1_epi32((int)(first - 1));
    __m256i fourth = _mm256_set1_epi32(3), last = _mm256_set1_epi32(7);

    for (uint32_t i = 0; i < count; i += 8) {
        __m256i x = _mm256_loadu_si256((const void *)(numbers + i));

        x = _mm256_sub_epi32(x, _mm256_set1_epi32(-1));
        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 4));
        x = _mm256_add_epi32(x, _mm256_slli_si256(x, 8));
        x = _mm256_add_epi32(x, _mm256_blend_epi32(
            _mm256_setzero_si256(), _mm256_permutevar8x32_epi32(x, fourth),
            0xf0));
        _mm256_storeu_si256((void *)(numbers + i),
                            _mm256_add_epi32(x, before));
        before = _mm256_add_epi32(before,
                                  _mm256_permutevar8x32_epi32(x, last));
    }
}

static void join(uint32_t *numbers, const uint32_t *ones, uint32_t count,
                 unsigned k, uint32_t more)
{
    __m128i shift = _mm_cvtsi32_si128((int)k);
    __m256i added = _mm256_set1_epi32((int)more);
    __m256i less = _mm256_set1_epi32(-1);

    for (uint32_t i = 0; i < count; i += 8) {
        __m256i before = _mm256_loadu_si256((const void *)(ones + i));
        __m256i here = _mm256_loadu_si256((const void *)(ones + i + 1));
        __m256i low = _mm256_loadu_si256((const void *)(numbers + i));
        __m256i high = _mm256_add_epi32(_mm256_sub_epi32(here, before), less);

        low = _mm256_or_si256(_mm256_sll_epi32(high, shift), low);
        _mm256_storeu_si256((void *)(numbers + i),
                            _mm256_add_epi32(low, added));
    }
}

const struct bitpack_kernel BITPACK_AVX2 = { take, ones, sum, join };

#endif
