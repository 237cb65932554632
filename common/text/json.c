/* json.c -- JSON (RFC 8259) written piece by piece.
 *
 * Whether a comma is due shows in the last byte: none behind an opening
 * bracket, a colon, or the end of the line before.  Text ends with a quote,
 * so its bytes are never taken for one of them.
 */
#include "common/text/json.h"

#include <math.h>

#include "common/text/escape.h"

static void put_comma(struct buffer *b)
{
    if (b->len && !strchr("{[:\n", b->data[b->len - 1]))
        buffer_put_u8(b, ',');
}

void json_open(struct buffer *b, char bracket)
{
    put_comma(b);
    buffer_put_u8(b, (uint8_t)bracket);
}

void json_close(struct buffer *b, char bracket)
{
    buffer_put_u8(b, (uint8_t)bracket);
}

void json_string(struct buffer *b, struct bytes text)
{
    put_comma(b);
    buffer_put_u8(b, '"');
    escape_json(b, text);
    buffer_put_u8(b, '"');
}

void json_name(struct buffer *b, const char *name)
{
    json_string(b, bytes_str(name));
    buffer_put_u8(b, ':');
}

void json_text(struct buffer *b, const char *name, struct bytes text)
{
    json_name(b, name);
    json_string(b, text);
}

void json_known(struct buffer *b, const char *name, struct bytes text)
{
    json_name(b, name);
    if (text.len)
        json_string(b, text);
    else
        buffer_put_str(b, "null");
}

void json_count(struct buffer *b, const char *name, uint64_t number)
{
    json_name(b, name);
    buffer_printf(b, "%llu", (unsigned long long)number);
}

void json_real(struct buffer *b, const char *name, float number)
{
    json_name(b, name);
    if (isfinite(number))
        buffer_printf(b, "%.9g", (double)number);
    else
        buffer_put_str(b, "null");
}

void json_bool(struct buffer *b, const char *name, bool value)
{
    json_name(b, name);
    buffer_put_str(b, value ? "true" : "false");
}

void json_list(struct buffer *b, const char *name, const struct bytes *items,
               size_t count)
{
    json_name(b, name);
    json_open(b, '[');
    for (size_t i = 0; i < count; i++)
        json_string(b, items[i]);
    json_close(b, ']');
}
