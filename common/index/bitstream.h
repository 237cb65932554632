/* bitstream.h -- streams of bits, the low ones of a byte first, and the codes
 * that the index writes into them.
 *
 * A reader may stand up to 57 bits behind its end, where it reads what lies
 * there: the caller sees to it that 16 bytes behind the end can be read, and
 * asks bits_over before it takes more.
 */
#ifndef LEDE_INDEX_BITSTREAM_H
#define LEDE_INDEX_BITSTREAM_H

#include "common/base/buffer.h"

enum { BITS_MOST = 57 };        /* of one number */

/* How many bits a number has; 0 has none. */
static inline unsigned bits_len(uint64_t value)
{
    return value ? 64 - (unsigned)__builtin_clzll(value) : 0;
}

/* --- Writing --- */

struct bits_writer {
    struct buffer bytes;        /* the full ones */
    uint64_t held;              /* the bits that do not fill a byte yet */
    unsigned held_len;
};

static inline uint64_t bits_tell(const struct bits_writer *w)
{
    return 8 * (uint64_t)w->bytes.len + w->held_len;
}

/* The low `len` bits of a number, which has no others. */
static inline void bits_put(struct bits_writer *w, uint64_t value,
                            unsigned len)
{
    w->held |= value << w->held_len;
    w->held_len += len;
    if (w->held_len >= 8) {
        uint64_t held = w->held;
        unsigned full = w->held_len / 8;
        uint8_t *to = buffer_reserve(&w->bytes, 8);

        for (unsigned i = 0; i < 8; i++)
            to[i] = (uint8_t)(held >> 8 * i);
        w->bytes.len += full;
        w->held = full == 8 ? 0 : held >> 8 * full;
        w->held_len %= 8;
    }
}

/* Zeros up to a whole byte. */
void bits_fill(struct bits_writer *w);

/* All of another stream. */
void bits_append(struct bits_writer *w, const struct bits_writer *other);

void bits_clear(struct bits_writer *w);
void bits_release(struct bits_writer *w);

/* --- Reading --- */

struct bits_reader {
    const uint8_t *data;
    uint64_t at, end;           /* in bits */
};

static inline struct bits_reader bits_reader_of(struct bytes bytes)
{
    return (struct bits_reader){ bytes.data, 0, 8 * (uint64_t)bytes.len };
}

static inline bool bits_over(const struct bits_reader *r)
{
    return r->at > r->end;
}

/* At least the next 57 bits. */
static inline uint64_t bits_peek(const struct bits_reader *r)
{
    return load_le64(r->data + (r->at >> 3)) >> (r->at & 7);
}

static inline uint64_t bits_take(struct bits_reader *r, unsigned len)
{
    uint64_t value = bits_peek(r) & ((UINT64_C(1) << len) - 1);

    r->at += len;
    return value;
}

/* --- Elias' gamma code, of numbers from 1 to 2^32 - 1 --- */

void bits_put_gamma(struct bits_writer *w, uint32_t value);

/* 0: what is there is no such code. */
uint32_t bits_take_gamma(struct bits_reader *r);

/* --- `count` places, ascending, among `room` ones: 0 to room - 1 ---
 *
 * Each but the last is the distance from the one before, Golomb coded as Rice
 * (1979) does it with a power of two that room and count decide; the last is
 * one of those that are left, all equally likely.  1 <= count <= room. */

void places_put(struct bits_writer *w, const uint32_t *places,
                uint32_t count, uint32_t room);

/* False: no such places can be there. */
bool places_take(struct bits_reader *r, uint32_t *places, uint32_t count,
                 uint32_t room);
bool places_skip(struct bits_reader *r, uint32_t count, uint32_t room);

#endif
