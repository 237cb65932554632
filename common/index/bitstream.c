/* bitstream.c -- codes in streams of bits.
 *
 * Places of a word in a document are the largest part of an index, so their
 * code leans on what is known anyway: how many there are and how many there
 * could be.  If c of r places are taken at random, gaps are about r / c; the
 * best power of two for Rice's code of them is near r ln 2 / c.  No parameter
 * is stored.  Places 5, 9 and 40 of 100: 2^4 is the largest power of two that
 * is at most 69 / 3, the last one is 31st of the 90 that are left:
 *
 *   1 0101   1 0011   0011110
 *   q=0  5   q=0  3   30 of 90: 7 bits, for the first 38 of them 6
 *
 * (q zeros, a one, four bits, low ones first).  24 zeros mean that a whole
 * distance follows, in as many bits as 99 has.  One occurrence, as most
 * postings have, costs log2 of the length, which is all that can be had.
 *
 * Measured on 21.2 million words of Reuters: 8.11 bits a word; the bound for
 * places at random is 8.06.
 */
#include "common/index/bitstream.h"

#include <assert.h>

enum { ZEROS_MAX = 24 };

void bits_fill(struct bits_writer *w)
{
    if (w->held_len)
        bits_put(w, 0, 8 - w->held_len);
}

void bits_append(struct bits_writer *w, const struct bits_writer *other)
{
    size_t at = 0, len = other->bytes.len;

    if (w->held_len == 0) {
        buffer_put(&w->bytes, other->bytes.data, len);
        at = len;
    }
    for (; len - at >= 7; at += 7) {
        uint64_t seven = 0;

        memcpy(&seven, other->bytes.data + at, 7);
        bits_put(w, load_le64(&seven), 56);
    }
    for (; at < len; at++)
        bits_put(w, other->bytes.data[at], 8);
    bits_put(w, other->held, other->held_len);
}

void bits_clear(struct bits_writer *w)
{
    buffer_clear(&w->bytes);
    w->held = 0;
    w->held_len = 0;
}

void bits_release(struct bits_writer *w)
{
    buffer_release(&w->bytes);
    w->held = 0;
    w->held_len = 0;
}

void bits_put_gamma(struct bits_writer *w, uint32_t value)
{
    unsigned more = bits_len(value) - 1;

    bits_put(w, UINT64_C(1) << more, more + 1);
    bits_put(w, value & ((UINT64_C(1) << more) - 1), more);
}

uint32_t bits_take_gamma(struct bits_reader *r)
{
    uint64_t next = bits_peek(r);
    unsigned more = next ? (unsigned)__builtin_ctzll(next) : 64;

    if (bits_over(r) || more > 31)
        return 0;
    r->at += more + 1;
    return (uint32_t)(UINT64_C(1) << more | bits_take(r, more));
}

/* The exponent of the power of two for the gaps: the largest k with
 * count * 2^k <= room * 177 / 256. */
static inline unsigned rice_of(uint32_t count, uint32_t room)
{
    uint64_t share = (uint64_t)room * 177 >> 8;
    unsigned k;

    if (count > share)
        return 0;
    k = bits_len(share) - bits_len(count);
    return (uint64_t)count << k > share ? k - 1 : k;
}

static inline void gap_put(struct bits_writer *w, uint32_t gap, unsigned k,
                           unsigned whole_len)
{
    uint32_t zeros = gap >> k;

    if (zeros >= ZEROS_MAX) {
        bits_put(w, 0, ZEROS_MAX);
        bits_put(w, gap, whole_len);
        return;
    }
    bits_put(w, UINT64_C(1) << zeros, zeros + 1);
    bits_put(w, gap & ((UINT64_C(1) << k) - 1), k);
}

static inline uint64_t gap_take(struct bits_reader *r, unsigned k,
                                unsigned whole_len)
{
    uint64_t next = bits_peek(r);
    uint64_t mask = (UINT64_C(1) << k) - 1;
    unsigned zeros;

    if (!(next & ((1 << ZEROS_MAX) - 1))) {
        r->at += ZEROS_MAX + whole_len;
        return next >> ZEROS_MAX & ((UINT64_C(1) << whole_len) - 1);
    }
    zeros = (unsigned)__builtin_ctzll(next);
    r->at += zeros + 1 + k;
    return (uint64_t)zeros << k | (next >> (zeros + 1) & mask);
}

/* One of `left` values, all equally likely: the first few of them have one
 * bit less than the others. */
static inline void last_put(struct bits_writer *w, uint32_t value,
                            uint32_t left)
{
    unsigned len = bits_len(left - 1);
    uint32_t few = (uint32_t)((UINT64_C(1) << len) - left);

    if (len == 0)
        return;
    if (value < few) {
        bits_put(w, value, len - 1);
        return;
    }
    value += few;
    bits_put(w, value >> 1, len - 1);
    bits_put(w, value & 1, 1);
}

static inline uint32_t last_take(struct bits_reader *r, uint32_t left)
{
    unsigned len = bits_len(left - 1);
    uint32_t few = (uint32_t)((UINT64_C(1) << len) - left);
    uint64_t next = bits_peek(r);
    uint32_t value;

    if (len == 0)
        return 0;
    value = (uint32_t)next & ((UINT32_C(1) << (len - 1)) - 1);
    r->at += len - 1;
    if (value < few)
        return value;
    r->at++;
    return (value << 1 | (uint32_t)(next >> (len - 1) & 1)) - few;
}

void places_put(struct bits_writer *w, const uint32_t *places,
                uint32_t count, uint32_t room)
{
    unsigned k = rice_of(count, room), whole_len = bits_len(room - 1);
    uint32_t next = 0;

    assert(count >= 1 && count <= room);
    for (uint32_t i = 0; i + 1 < count; i++) {
        assert(places[i] >= next && places[i] < room);
        gap_put(w, places[i] - next, k, whole_len);
        next = places[i] + 1;
    }
    assert(places[count - 1] >= next && places[count - 1] < room);
    last_put(w, places[count - 1] - next, room - next);
}

bool places_take(struct bits_reader *r, uint32_t *places, uint32_t count,
                 uint32_t room)
{
    unsigned k = rice_of(count, room), whole_len = bits_len(room - 1);
    uint64_t next = 0;

    if (count - 1 >= room || bits_over(r))
        return false;
    for (uint32_t i = 0; i + 1 < count; i++) {
        next += gap_take(r, k, whole_len);
        places[i] = (uint32_t)next++;
        if (next >= room || bits_over(r))
            return false;
    }
    places[count - 1] = (uint32_t)next + last_take(r, room - (uint32_t)next);
    return !bits_over(r);
}

bool places_skip(struct bits_reader *r, uint32_t count, uint32_t room)
{
    unsigned k = 0, whole_len = bits_len(room - 1);
    uint64_t next = 0;

    if (count - 1 >= room || bits_over(r))
        return false;
    if (count > 1)
        k = rice_of(count, room);
    for (uint32_t i = 0; i + 1 < count; i++) {
        next += gap_take(r, k, whole_len) + 1;
        if (next >= room || bits_over(r))
            return false;
    }
    last_take(r, room - (uint32_t)next);
    return !bits_over(r);
}
