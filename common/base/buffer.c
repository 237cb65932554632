/* buffer.c -- growable bytes; room doubles, so appending is O(1) amortised. */
#include "common/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/error.h"

void buffer_release(struct buffer *b)
{
    free(b->data);
    *b = (struct buffer)BUFFER_INIT;
}

uint8_t *buffer_reserve(struct buffer *b, size_t more)
{
    if (more > b->room - b->len) {
        size_t room = b->room ? b->room : 64;

        if (more > SIZE_MAX / 2 - b->len)
            out_of_memory();
        while (room - b->len < more)
            room *= 2;
        b->data = must_realloc(b->data, room);
        b->room = room;
    }
    return b->data + b->len;
}

void buffer_put(struct buffer *b, const void *data, size_t len)
{
    if (len == 0)
        return;
    memcpy(buffer_reserve(b, len), data, len);
    b->len += len;
}

void buffer_put_bytes(struct buffer *b, struct bytes bytes)
{
    buffer_put(b, bytes.data, bytes.len);
}

void buffer_put_str(struct buffer *b, const char *text)
{
    buffer_put(b, text, strlen(text));
}

void buffer_put_u8(struct buffer *b, uint8_t value)
{
    *buffer_reserve(b, 1) = value;
    b->len++;
}

static void put_le(struct buffer *b, uint64_t value, unsigned width)
{
    uint8_t *to = buffer_reserve(b, width);

    for (unsigned i = 0; i < width; i++)
        to[i] = (uint8_t)(value >> (8 * i));
    b->len += width;
}

void buffer_put_le16(struct buffer *b, uint16_t value)
{
    put_le(b, value, 2);
}

void buffer_put_le32(struct buffer *b, uint32_t value)
{
    put_le(b, value, 4);
}

void buffer_put_le64(struct buffer *b, uint64_t value)
{
    put_le(b, value, 8);
}

void buffer_put_varint(struct buffer *b, uint64_t value)
{
    uint8_t *to = buffer_reserve(b, 10);
    size_t used = 0;

    while (value >= 0x80) {
        to[used++] = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    to[used++] = (uint8_t)value;
    b->len += used;
}

void buffer_put_string(struct buffer *b, struct bytes bytes)
{
    buffer_put_varint(b, bytes.len);
    buffer_put_bytes(b, bytes);
}

void buffer_printf(struct buffer *b, const char *format, ...)
{
    va_list args, again;
    int need;

    va_start(args, format);
    va_copy(again, args);
    need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need > 0) {
        char *to = (char *)buffer_reserve(b, (size_t)need + 1);

        vsnprintf(to, (size_t)need + 1, format, again);
        b->len += (size_t)need;
    }
    va_end(again);
}

void buffer_put_grouped(struct buffer *b, uint64_t number)
{
    char digits[24];
    int len = snprintf(digits, sizeof(digits), "%llu",
                       (unsigned long long)number);

    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0)
            buffer_put_u8(b, ',');
        buffer_put_u8(b, (uint8_t)digits[i]);
    }
}

void buffer_set_le32(struct buffer *b, size_t at, uint32_t value)
{
    for (unsigned i = 0; i < 4; i++)
        b->data[at + i] = (uint8_t)(value >> (8 * i));
}

const char *buffer_cstr(struct buffer *b)
{
    *buffer_reserve(b, 1) = '\0';
    return (const char *)b->data;
}
