/* bytes.h -- borrowed bytes, little-endian loads, and a scanner that cannot
 * overrun.
 *
 * A scanner is sticky: the first read past the end, or the first number that
 * cannot be, marks it bad, and from then on it yields zeros.  A decoder
 * reads all its fields and asks once, at the end: `if (scan.bad) ...`.
 */
#ifndef LEDE_BASE_BYTES_H
#define LEDE_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes that belong to somebody else.  data may be NULL where len is 0. */
struct bytes {
    const uint8_t *data;
    size_t len;
};

#define BYTES_NONE ((struct bytes){ NULL, 0 })

static inline struct bytes bytes_of(const void *data, size_t len)
{
    return (struct bytes){ data, len };
}

/* The bytes of a C string, without its NUL; none for NULL. */
static inline struct bytes bytes_str(const char *text)
{
    return (struct bytes){ (const uint8_t *)text, text ? strlen(text) : 0 };
}

static inline bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* Order by unsigned bytes, a prefix first: the order of the lexicon. */
static inline int bytes_compare(struct bytes a, struct bytes b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.data, b.data, least) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* The part [from, from + len); the caller knows that it is inside. */
static inline struct bytes bytes_part(struct bytes whole, size_t from,
                                      size_t len)
{
    return (struct bytes){ whole.data + from, len };
}

static inline uint16_t load_le16(const void *at)
{
    const uint8_t *b = at;

    return (uint16_t)(b[0] | b[1] << 8);
}

static inline uint32_t load_le32(const void *at)
{
    uint32_t value;

    memcpy(&value, at, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap32(value);
#endif
    return value;
}

static inline uint64_t load_le64(const void *at)
{
    uint64_t value;

    memcpy(&value, at, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

/* A cursor over borrowed bytes. */
struct scan {
    const uint8_t *at, *end;
    bool bad;
};

static inline struct scan scan_of(struct bytes bytes)
{
    return (struct scan){ bytes.data, bytes.data + bytes.len, false };
}

static inline size_t scan_left(const struct scan *s)
{
    return s->bad ? 0 : (size_t)(s->end - s->at);
}

/* The next len bytes, or none and a bad scanner. */
static inline struct bytes scan_take(struct scan *s, uint64_t len)
{
    struct bytes taken = { s->at, 0 };

    if (s->bad || len > (uint64_t)(s->end - s->at)) {
        s->bad = true;
        return taken;
    }
    taken.len = (size_t)len;
    s->at += len;
    return taken;
}

static inline uint8_t scan_u8(struct scan *s)
{
    struct bytes b = scan_take(s, 1);

    return b.len ? b.data[0] : 0;
}

static inline uint32_t scan_le32(struct scan *s)
{
    struct bytes b = scan_take(s, 4);

    return b.len ? load_le32(b.data) : 0;
}

static inline uint64_t scan_le64(struct scan *s)
{
    struct bytes b = scan_take(s, 8);

    return b.len ? load_le64(b.data) : 0;
}

/* LEB128, at most 10 bytes; an overlong or overflowing number is bad. */
static inline uint64_t scan_varint(struct scan *s)
{
    uint64_t value = 0;

    if (!s->bad && s->at < s->end && *s->at < 0x80)
        return *s->at++;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t byte = scan_u8(s);

        if (shift == 63 && byte > 1)
            s->bad = true;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (!(byte & 0x80)) {
            if (byte == 0 && shift)
                s->bad = true;
            return s->bad ? 0 : value;
        }
    }
    s->bad = true;
    return 0;
}

/* A varint that must be below 2^32. */
static inline uint32_t scan_varint32(struct scan *s)
{
    uint64_t value = scan_varint(s);

    if (value > UINT32_MAX)
        s->bad = true;
    return s->bad ? 0 : (uint32_t)value;
}

/* A varint length and as many bytes. */
static inline struct bytes scan_string(struct scan *s)
{
    return scan_take(s, scan_varint(s));
}

#endif
