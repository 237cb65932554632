/* escape.c -- foreign text made harmless for where it goes.
 *
 * All three walk over the characters; each place says how one is written.
 *
 *   terminal   ESC [ 2 J      ->  \x1b[2J
 *   JSON       say "no" TAB   ->  say \"no\"\t
 *   column     LA 010189-1    ->  LA%20010189-1
 */
#include "common/text/escape.h"

#include "common/text/unicode.h"

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/* Control characters, the property Bidi_Control, the separators that break
 * a line, and the mark of byte order. */
static bool is_unsafe(uint32_t code)
{
    return is_control(code)
        || code == 0x61c || code == 0x200e || code == 0x200f
        || (code >= 0x2028 && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

/* One character: `code`, written as `raw`; U+FFFD if that is no UTF-8. */
typedef void put_code(struct buffer *b, uint32_t code, struct bytes raw);

static void walk(struct buffer *b, struct bytes text, put_code *put)
{
    const uint8_t *at = text.data, *end = at + text.len;

    while (at < end) {
        const uint8_t *from = at;
        uint32_t code = utf8_next(&at, end);

        put(b, code, bytes_of(from, (size_t)(at - from)));
    }
}

static void put_repaired(struct buffer *b, uint32_t code, struct bytes raw)
{
    if (code == 0xfffd)
        utf8_put(b, code);
    else
        buffer_put_bytes(b, raw);
}

/* Whether the bytes are no UTF-8: the prefix of a character, or a byte that
 * begins none; a U+FFFD that was written is EF BF BD. */
static bool is_broken(uint32_t code, struct bytes raw)
{
    return code == 0xfffd && (raw.len != 3 || raw.data[0] != 0xef);
}

static void put_terminal(struct buffer *b, uint32_t code, struct bytes raw)
{
    if (code >= '\t' && code <= '\r')
        buffer_put_u8(b, ' ');
    else if (is_unsafe(code))
        buffer_printf(b, code < 0x80 ? "\\x%02x" : "\\u%04x",
                      (unsigned)code);
    else if (is_broken(code, raw))
        for (size_t i = 0; i < raw.len; i++)
            buffer_printf(b, "\\x%02x", raw.data[i]);
    else
        buffer_put_bytes(b, raw);
}

void escape_terminal(struct buffer *b, struct bytes text)
{
    walk(b, text, put_terminal);
}

static void put_json(struct buffer *b, uint32_t code, struct bytes raw)
{
    static const char letters[] = "btn\0fr";

    if (code == '"' || code == '\\')
        buffer_printf(b, "\\%c", (char)code);
    else if (code >= '\b' && code <= '\r' && letters[code - '\b'])
        buffer_printf(b, "\\%c", letters[code - '\b']);
    else if (is_unsafe(code))
        buffer_printf(b, "\\u%04x", (unsigned)code);
    else
        put_repaired(b, code, raw);
}

void escape_json(struct buffer *b, struct bytes text)
{
    walk(b, text, put_json);
}

static void put_column(struct buffer *b, uint32_t code, struct bytes raw)
{
    if (!unicode_white(code) && !is_control(code)) {
        put_repaired(b, code, raw);
        return;
    }
    for (size_t i = 0; i < raw.len; i++)
        buffer_printf(b, "%%%02X", raw.data[i]);
}

void escape_column(struct buffer *b, struct bytes text)
{
    walk(b, text, put_column);
}
