/* source_warc.c -- WARC 0.17 to 1.1 (ISO 28500), streamed: the articles in
 * the pages, feeds and texts that a crawler has kept.
 *
 *   WARC/1.0\r\n
 *   WARC-Type: response\r\n            response, resource, conversion are read
 *   WARC-Target-URI: https://..\r\n
 *   Content-Length: 1234\r\n
 *   \r\n
 *   HTTP/1.1 200 OK ...                1234 bytes
 *   \r\n\r\n
 *
 * Where the length is wrong, the next record is looked for by its first
 * bytes, inside what was taken and behind it.
 */
#include <strings.h>

#include "common/base/url.h"
#include "indexer/read/archive.h"
#include "indexer/read/headers.h"
#include "indexer/read/http.h"

enum { HEADER_MOST = 1 << 16, NEAR = 64 };

/* The record at hand. */
struct warc_record {
    struct bytes type, content_type, url;
    struct lang lang;
    uint64_t length;
    bool truncated;
};

/* --- Finding records ---------------------------------------------------- */

/* "WARC/1." at the start of a line, from `from` on; or the window's length. */
static size_t find_record(struct bytes window, size_t from)
{
    for (; from + 7 <= window.len; from++) {
        const uint8_t *at = memmem(window.data + from, window.len - from,
                                   "WARC/", 5);

        if (!at)
            break;
        from = (size_t)(at - window.data);
        if (from + 7 <= window.len && (at[5] == '1' || at[5] == '0') &&
            at[6] == '.' && (from == 0 || at[-1] == '\n'))
            return from;
    }
    return window.len;
}

/* Passes over the blank lines and zeros between two records. */
static enum status skip_blanks(struct bytes *window, struct source *s,
                               struct error *err)
{
    enum status rc;

    do {
        size_t at = 0;

        rc = source_window(window, s, NEAR, err);
        while (at < window->len && (window->data[at] <= ' '))
            at++;
        source_take(s, at);
        *window = bytes_part(*window, at, window->len - at);
        if (window->len)
            return rc;
    } while (rc == OK && !s->ended);
    return rc;
}

/* Goes to the next record, whatever stands before it. */
static enum status resynchronise(struct archive *a, struct source *s,
                                 const char *what, struct error *err)
{
    uint64_t from = s->consumed;
    struct bytes window;

    archive_fail(a, s, ERR_INPUT, err, what);
    for (;;) {
        struct error io = ERROR_INIT;
        size_t at;

        if (source_window(&window, s, HEADER_MOST, &io) != OK)
            return ERR_IO;
        at = find_record(window, s->consumed == from ? 1 : 0);
        if (at < window.len || s->ended) {
            source_take(s, at);
            return ERR_INPUT;
        }
        source_take(s, window.len > NEAR ? window.len - NEAR : window.len);
    }
}

/* --- The record --------------------------------------------------------- */

/* Old writers put angle brackets around it. */
static struct bytes without_brackets(struct bytes url)
{
    if (url.len >= 2 && url.data[0] == '<' && url.data[url.len - 1] == '>')
        return bytes_part(url, 1, url.len - 2);
    return url;
}

static bool read_header(struct warc_record *r, struct bytes window,
                        size_t *len, struct arena *arena)
{
    struct headers headers;
    const uint8_t *line = memchr(window.data, '\n', window.len);
    size_t first = line ? (size_t)(line - window.data) + 1 : 0;
    struct bytes lang;

    *r = (struct warc_record){ 0 };
    *len = !first ? 0 : headers_read(&headers,
                                     bytes_part(window, first,
                                                window.len - first), arena);
    if (!*len)
        return false;
    *len += first;
    r->type = header_word(headers_get(&headers, "warc-type"), arena);
    r->content_type = headers_get(&headers, "content-type");
    r->url = without_brackets(headers_get(&headers, "warc-target-uri"));
    r->truncated = headers_get(&headers, "warc-truncated").len > 0;
    lang = headers_get(&headers, "warc-identified-content-language");
    if (lang.len < 9)
        r->lang = lang_parse(lang);
    return header_number(&r->length, headers_get(&headers,
                                                 "content-length"));
}

static bool is_type(const struct warc_record *r, const char *name)
{
    return bytes_equal(r->type, bytes_str(name));
}

static bool is_wanted(const struct warc_record *r)
{
    return is_type(r, "response") || is_type(r, "resource") ||
           is_type(r, "conversion");
}

/* Crawlers keep their logs and settings as resources too, as "urn:..." and
 * "metadata:...". */
static bool is_of_the_web(struct bytes url)
{
    static const char *const schemes[] = { "http:", "https:", "ftp:",
                                           "file:" };

    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++)
        if (url.len > strlen(schemes[i]) &&
            strncasecmp((const char *)url.data, schemes[i],
                        strlen(schemes[i])) == 0)
            return true;
    return url.len == 0;
}

static void enter(struct archive *a, struct source *s,
                  const struct warc_record *r, struct bytes body)
{
    struct envelope envelope = { .url = r->url, .lang = r->lang };

    a->cut |= r->truncated;
    if (body.len > 5 && strncasecmp((const char *)body.data, "HTTP/", 5) == 0)
    {
        archive_enter_http(a, s, body, r->url);
        return;
    }
    envelope_type(&envelope, r->content_type, &a->arena);
    if (!is_type(r, "response") && is_of_the_web(r->url))
        archive_enter(a, s, body, &envelope);
}

/* Whether a record may end here: behind blank lines the next one begins, or
 * nothing does. */
static bool ends_well(struct bytes rest, bool ended)
{
    size_t at = 0;

    while (at < rest.len && rest.data[at] <= ' ')
        at++;
    rest = bytes_part(rest, at, rest.len - at);
    if (rest.len < 5)
        return ended && (rest.len == 0 || memcmp(rest.data, "WARC/", rest.len)
                         == 0);
    return memcmp(rest.data, "WARC/", 5) == 0;
}

/* The record's true length where the header's is wrong: up to the next
 * record, before or behind. */
static size_t true_length(struct bytes window, size_t length)
{
    size_t at = find_record(window, 1);

    return at < window.len || window.len < length ? at : length;
}

/* The body, as far as it is there; the window holds it. */
static enum status take_body(struct archive *a, struct source *s,
                             const struct warc_record *r, struct bytes *body,
                             struct error *err)
{
    size_t length = (size_t)r->length;
    struct bytes window;
    enum status rc = source_window(&window, s, length + NEAR, err);

    if (rc != OK)
        return rc;
    a->cut = window.len < length;
    if (a->cut || !ends_well(bytes_part(window, length, window.len - length),
                             s->ended))
    {
        /* More may stand behind it that belongs to it. */
        rc = source_window(&window, s, length + HEADER_MOST, err);
        length = true_length(window, length);
        a->cut = a->cut && length == window.len;
    }
    *body = bytes_part(window, 0, length);
    source_take(s, length);
    return rc;
}

static enum status skip_record(struct archive *a, struct source *s,
                               const struct warc_record *r,
                               struct error *err)
{
    if (r->length <= s->options.max_record) {
        struct bytes body;

        return take_body(a, s, r, &body, err);
    }
    if (source_skip(s, r->length, err) != OK)
        return ERR_IO;
    return OK;
}

/* One record; OK: it is at hand, or was none that is read.  END. */
static enum status next_record(struct archive *a, struct source *s,
                               struct error *err)
{
    struct warc_record r;
    struct bytes window, body;
    size_t len;
    enum status rc = skip_blanks(&window, s, err);

    if (rc != OK || window.len == 0)
        return rc == OK ? END : rc;
    rc = source_window(&window, s, HEADER_MOST, err);
    if (rc != OK)
        return rc;
    if (window.len < 5 || memcmp(window.data, "WARC/", 5) != 0)
        return resynchronise(a, s, "no record begins here", err);
    arena_reset(&a->arena);
    a->offset = s->consumed;
    a->records++;
    if (!read_header(&r, window, &len, &a->arena))
        return resynchronise(a, s, "the head of this record is broken, or it "
                             "has no length", err);
    /* The window moves. */
    r.url = arena_copy(&a->arena, r.url);
    r.content_type = arena_copy(&a->arena, r.content_type);
    source_take(s, len);
    if (!is_wanted(&r))
        return skip_record(a, s, &r, err);
    if (r.length > s->options.max_record) {
        archive_fail(a, s, ERR_LIMIT, err, "this record is larger than "
                     "--max-record");
        return skip_record(a, s, &r, err) == OK ? ERR_LIMIT : ERR_IO;
    }
    rc = take_body(a, s, &r, &body, err);
    if (rc == OK)
        enter(a, s, &r, body);
    return rc;
}

static enum status warc_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    return archive_read(s, out, arena, next_record, err);
}

const struct source_ops source_warc = { "warc", warc_next, archive_close };
