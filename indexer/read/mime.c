/* mime.c -- the codings and parts of messages (RFC 2045 to 2047).
 *
 *   --b\r\n part \r\n--b\r\n part \r\n--b--\r\n
 */
#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "indexer/read/mail.h"
#include "indexer/read/prose.h"

enum { CHARSET_MOST = 40 };

static bool is_word(struct bytes text, const char *word)
{
    return text.len == strlen(word) &&
           strncasecmp((const char *)text.data, word, text.len) == 0;
}

static int hex_digit(uint8_t c)
{
    if (isdigit(c))
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A "=" that codes nothing stays. */
static void quoted_printable(struct buffer *out, struct bytes text,
                             bool header)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];

        if (header && c == '_') {
            buffer_put_u8(out, ' ');
        } else if (c != '=') {
            buffer_put_u8(out, c);
        } else if (i + 2 < text.len && hex_digit(text.data[i + 1]) >= 0 &&
                   hex_digit(text.data[i + 2]) >= 0) {
            buffer_put_u8(out, (uint8_t)(hex_digit(text.data[i + 1]) << 4 |
                                         hex_digit(text.data[i + 2])));
            i += 2;
        } else if (i + 1 < text.len && text.data[i + 1] == '\n') {
            i++;
        } else if (i + 2 < text.len && text.data[i + 1] == '\r' &&
                   text.data[i + 2] == '\n') {
            i += 2;
        } else {
            buffer_put_u8(out, c);
        }
    }
}

static int base64_digit(uint8_t c)
{
    if (isupper(c))
        return c - 'A';
    if (islower(c))
        return c - 'a' + 26;
    if (isdigit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

static void base64(struct buffer *out, struct bytes text)
{
    uint32_t bits = 0;
    unsigned have = 0;

    for (size_t i = 0; i < text.len; i++) {
        int digit = base64_digit(text.data[i]);

        if (digit < 0)
            continue;
        bits = bits << 6 | (uint32_t)digit;
        have += 6;
        if (have >= 8) {
            have -= 8;
            buffer_put_u8(out, (uint8_t)(bits >> have));
        }
    }
}

void mime_decode(struct buffer *out, struct bytes text, struct bytes coding)
{
    if (is_word(coding, "quoted-printable"))
        quoted_printable(out, text, false);
    else if (is_word(coding, "base64"))
        base64(out, text);
    else
        buffer_put_bytes(out, text);
}

/* --- Headers ------------------------------------------------------------ */

/* "=?charset?Q?text?=" at the start of the value: its length, or 0. */
static size_t put_encoded(struct buffer *out, struct bytes value)
{
    struct buffer raw = BUFFER_INIT;
    char charset[CHARSET_MOST];
    const uint8_t *at = value.data + 2, *end = value.data + value.len;
    const uint8_t *coding, *text, *close;

    coding = memchr(at, '?', (size_t)(end - at));
    if (!coding || end - coding < 4 || coding[2] != '?')
        return 0;
    text = coding + 3;
    close = memmem(text, (size_t)(end - text), "?=", 2);
    if (!close)
        return 0;
    if ((coding[1] | 32) == 'b')
        base64(&raw, bytes_of(text, (size_t)(close - text)));
    else
        quoted_printable(&raw, bytes_of(text, (size_t)(close - text)), true);
    /* "utf-8*en" names the language too. */
    snprintf(charset, sizeof(charset), "%.*s", (int)(coding - at), at);
    charset[strcspn(charset, "*")] = '\0';
    charset_decode_as(out, buffer_bytes(&raw), CHARSET_PLAIN,
                      charset_known(charset) ? charset : NULL);
    buffer_release(&raw);
    return (size_t)(close - value.data) + 2;
}

struct bytes mime_header(struct bytes value, struct arena *arena)
{
    struct buffer out = BUFFER_INIT, plain = BUFFER_INIT;
    size_t blanks = 0;
    bool was_encoded = false;
    struct bytes kept;

    while (value.len) {
        size_t len = value.len > 2 && value.data[0] == '=' &&
                     value.data[1] == '?' ? put_encoded(&plain, value) : 0;

        /* Blanks between two coded words are not meant. */
        if (len && was_encoded)
            blanks = 0;
        if (len || value.data[0] > ' ') {
            while (blanks) {
                buffer_put_u8(&out, ' ');
                blanks--;
            }
            if (len)
                buffer_put_bytes(&out, buffer_bytes(&plain));
            else
                buffer_put_u8(&out, value.data[0]);
            buffer_clear(&plain);
            was_encoded = len > 0;
        } else {
            blanks++;
        }
        len = len ? len : 1;
        value = bytes_part(value, len, value.len - len);
    }
    charset_decode(&plain, buffer_bytes(&out), CHARSET_PLAIN);
    kept = prose_keep(arena, buffer_bytes(&plain));
    buffer_release(&out);
    buffer_release(&plain);
    return kept;
}

/* --- Parts -------------------------------------------------------------- */

/* Where the next line with the boundary begins, and what is behind it. */
static bool find_boundary(struct bytes text, struct bytes boundary,
                          size_t *at, size_t *behind)
{
    for (size_t from = 0; from < text.len;) {
        const uint8_t *found = memmem(text.data + from, text.len - from,
                                      boundary.data, boundary.len);
        size_t start = found ? (size_t)(found - text.data) : 0;
        const uint8_t *end;

        if (!found)
            return false;
        from = start + boundary.len;
        if (start < 2 || found[-1] != '-' || found[-2] != '-' ||
            (start > 2 && found[-3] != '\n'))
            continue;
        *at = start - 2;
        if (text.len - from >= 2 && memcmp(text.data + from, "--", 2) == 0) {
            *behind = text.len;
            return true;
        }
        end = memchr(text.data + from, '\n', text.len - from);
        *behind = end ? (size_t)(end - text.data) + 1 : text.len;
        return true;
    }
    return false;
}

bool mime_part(struct bytes *part, struct bytes *rest, struct bytes boundary)
{
    size_t at, behind, end, next;

    if (!find_boundary(*rest, boundary, &at, &behind) || behind >= rest->len)
        return false;
    *rest = bytes_part(*rest, behind, rest->len - behind);
    if (!find_boundary(*rest, boundary, &end, &next))
        end = rest->len;
    *part = bytes_part(*rest, 0, end);
    *rest = bytes_part(*rest, end, rest->len - end);
    return true;
}
