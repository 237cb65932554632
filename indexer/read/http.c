/* http.c -- a stored HTTP response, as crawlers keep it.
 *
 *   HTTP/1.1 200 OK\r\n
 *   Content-Type: text/html; charset=utf-8\r\n
 *   Content-Encoding: gzip\r\n      maybe; maybe untrue
 *   Transfer-Encoding: chunked\r\n  maybe; maybe untrue
 *   \r\n
 *   5\r\nhello\r\n0\r\n\r\n
 */
#include "indexer/read/http.h"

#include <ctype.h>
#include <strings.h>

#include "indexer/read/headers.h"
#include "indexer/read/text_lines.h"
#include "indexer/read/unpack_body.h"

enum { CODINGS_MOST = 2, LANGUAGE_MOST = 12 };

/* --- Chunks ------------------------------------------------------------- */

static int hex_digit(uint8_t c)
{
    if (isdigit(c))
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "1a;ext\r\n": its size and length; false: it is no chunk's line. */
static bool chunk_line(uint64_t *size, size_t *len, struct bytes text)
{
    size_t digits = 0;

    *size = 0;
    while (digits < text.len && digits < 15 &&
           hex_digit(text.data[digits]) >= 0)
        *size = *size << 4 | (uint64_t)hex_digit(text.data[digits++]);
    *len = digits;
    while (*len < text.len && text.data[*len] != '\n' &&
           *len < digits + 200)
        ++*len;
    if (digits == 0 || *len >= text.len || text.data[*len] != '\n')
        return false;
    for (size_t i = digits; i < *len; i++)
        if (text.data[i] != ' ' && text.data[i] != '\r') {
            if (text.data[i] != ';')
                return false;
            break;
        }
    ++*len;
    return true;
}

/* Appends what the chunks hold; where one is broken, the rest as it is. */
static bool put_chunks(struct buffer *out, struct bytes text)
{
    uint64_t size;
    size_t len;

    while (chunk_line(&size, &len, text)) {
        text = bytes_part(text, len, text.len - len);
        if (size == 0)
            return true;
        if (size > text.len) {
            buffer_put_bytes(out, text);
            return false;
        }
        buffer_put(out, text.data, (size_t)size);
        text = bytes_part(text, (size_t)size, text.len - (size_t)size);
        for (int i = 0; i < 2 && text.len &&
             (text.data[0] == '\r' || text.data[0] == '\n'); i++)
            text = bytes_part(text, 1, text.len - 1);
    }
    buffer_put_bytes(out, text);
    return text.len == 0;
}

static bool is_chunked(struct bytes value, struct bytes body)
{
    uint64_t size;
    size_t len;

    return value.len >= 7 &&
           strncasecmp((const char *)value.data + value.len - 7, "chunked",
                       7) == 0 && chunk_line(&size, &len, body);
}

/* --- Codings ------------------------------------------------------------ */

static struct bytes last_word(struct bytes *list)
{
    size_t at = list->len;
    struct bytes word;

    while (at && list->data[at - 1] != ',')
        at--;
    word = text_trim(bytes_part(*list, at, list->len - at));
    list->len = at ? at - 1 : 0;
    return word;
}

/* Takes the codings off, the last one first. */
static bool put_body(struct buffer *out, struct bytes body,
                     struct bytes codings, size_t limit)
{
    struct buffer from = BUFFER_INIT;
    bool sound = true;

    buffer_put_bytes(&from, body);
    for (int i = 0; i < CODINGS_MOST && codings.len; i++) {
        struct buffer to = BUFFER_INIT;

        sound &= unpack_body(&to, buffer_bytes(&from),
                             coding_named(last_word(&codings)), limit);
        buffer_release(&from);
        from = to;
    }
    *out = from;
    return sound;
}

/* --- The response ------------------------------------------------------- */

void envelope_type(struct envelope *e, struct bytes value,
                   struct arena *arena)
{
    e->type = header_word(value, arena);
    e->charset = header_parameter(value, "charset", arena);
}

/* "HTTP/1.1 200 OK", "HTTP/2 200". */
static unsigned status_of(struct bytes text)
{
    size_t at = 5;
    unsigned status = 0;

    while (at < text.len && text.data[at] > ' ')
        at++;
    while (at < text.len && text.data[at] == ' ')
        at++;
    for (unsigned i = 0; i < 3 && at < text.len && isdigit(text.data[at]);
         i++)
        status = status * 10 + (unsigned)(text.data[at++] - '0');
    return status;
}

bool http_read(struct http *http, struct bytes raw, size_t limit,
               struct arena *arena)
{
    struct buffer unchunked = BUFFER_INIT;
    struct headers headers;
    struct bytes body, lang;
    const uint8_t *line;
    size_t taken;

    *http = (struct http){ 0 };
    if (raw.len < 9 || strncasecmp((const char *)raw.data, "HTTP/", 5) != 0)
        return false;
    http->status = status_of(raw);
    line = memchr(raw.data, '\n', raw.len);
    taken = line ? (size_t)(line - raw.data) + 1 : raw.len;
    raw = bytes_part(raw, taken, raw.len - taken);
    taken = headers_read(&headers, raw, arena);
    body = taken ? bytes_part(raw, taken, raw.len - taken) : BYTES_NONE;
    envelope_type(&http->envelope, headers_get(&headers, "content-type"),
                  arena);
    lang = headers_get(&headers, "content-language");
    if (lang.len <= LANGUAGE_MOST)
        http->envelope.lang = lang_parse(lang);
    if (is_chunked(headers_get(&headers, "transfer-encoding"), body)) {
        http->envelope.cut |= !put_chunks(&unchunked, body);
        body = buffer_bytes(&unchunked);
    }
    http->envelope.cut |= !put_body(&http->body, body,
                                    headers_get(&headers, "content-encoding"),
                                    limit);
    buffer_release(&unchunked);
    return true;
}

void http_release(struct http *http)
{
    buffer_release(&http->body);
}
