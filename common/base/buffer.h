/* buffer.h -- growable bytes.
 *
 * Appending never fails: out of memory ends the program (see error.h).  The
 * content belongs to the buffer and moves when it grows, so borrow it only
 * between two appends.
 */
#ifndef LEDE_BASE_BUFFER_H
#define LEDE_BASE_BUFFER_H

#include "common/base/bytes.h"

struct buffer {
    uint8_t *data;
    size_t len, room;
};

#define BUFFER_INIT { NULL, 0, 0 }

void buffer_release(struct buffer *b);

/* Room for `more` bytes behind the content; returns where they go. */
uint8_t *buffer_reserve(struct buffer *b, size_t more);

void buffer_put(struct buffer *b, const void *data, size_t len);
void buffer_put_bytes(struct buffer *b, struct bytes bytes);
void buffer_put_str(struct buffer *b, const char *text);
void buffer_put_u8(struct buffer *b, uint8_t value);
void buffer_put_le16(struct buffer *b, uint16_t value);
void buffer_put_le32(struct buffer *b, uint32_t value);
void buffer_put_le64(struct buffer *b, uint64_t value);

/* LEB128: seven bits a byte, the low ones first; 1 to 10 bytes. */
void buffer_put_varint(struct buffer *b, uint64_t value);

/* A varint length and the bytes; what scan_string reads. */
void buffer_put_string(struct buffer *b, struct bytes bytes);

void buffer_printf(struct buffer *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A number with its thousands separated: 412,733. */
void buffer_put_grouped(struct buffer *b, uint64_t number);

/* Overwrites four bytes at `at`, which were put before. */
void buffer_set_le32(struct buffer *b, size_t at, uint32_t value);

/* The content with a NUL behind it, which is not counted. */
const char *buffer_cstr(struct buffer *b);

static inline void buffer_clear(struct buffer *b)
{
    b->len = 0;
}

static inline struct bytes buffer_bytes(const struct buffer *b)
{
    return (struct bytes){ b->data, b->len };
}

#endif
