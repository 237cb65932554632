/* meta.c -- the key of a metadata value: 01, field letter, folded value.
 *
 *   's', "  Le  Figaro "  ->  01 's' "le figaro"
 */
#include "common/text/meta.h"

#include "common/text/unicode.h"

enum { VALUE_MAX = 900 };

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* Where a cut at `limit` falls on the start of a character. */
static size_t cut_at(struct bytes text, size_t limit)
{
    if (text.len <= limit)
        return text.len;
    while (limit && (text.data[limit] & 0xc0) == 0x80)
        limit--;
    return limit;
}

static void put_squeezed(struct buffer *key, struct bytes text)
{
    bool blank = false, any = false;

    for (size_t i = 0; i < text.len; i++) {
        if (is_blank(text.data[i])) {
            blank = any;
            continue;
        }
        if (blank)
            buffer_put_u8(key, ' ');
        buffer_put_u8(key, text.data[i]);
        blank = false;
        any = true;
    }
}

void meta_key(struct buffer *key, char field, struct bytes value)
{
    struct buffer lower = BUFFER_INIT, folded = BUFFER_INIT;
    size_t start = key->len;

    unicode_lower(&lower, value, false);
    unicode_fold(&folded, buffer_bytes(&lower));
    folded.len = cut_at(buffer_bytes(&folded), VALUE_MAX);
    buffer_put_u8(key, '\x01');
    buffer_put_u8(key, (uint8_t)field);
    put_squeezed(key, buffer_bytes(&folded));
    if (key->len == start + 2)
        key->len = start;
    buffer_release(&lower);
    buffer_release(&folded);
}
