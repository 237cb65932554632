/* source_arc.c -- ARC 1 and 2, from before WARC.
 *
 *   filedesc://x.arc 0.0.0.0 20040101 text/plain 77\n...     version block
 *   http://a.example/ 192.0.2.1 20040101120000 text/html 612\n
 *   HTTP/1.1 200 OK ...                                      612 bytes
 *   \n
 *
 * The line has five fields, in version 2 ten; the length is the last.  Where
 * it is wrong, the record goes to the next line that is a record's.
 */

#include "indexer/read/archive.h"
#include "indexer/read/headers.h"
#include "indexer/read/http.h"

enum { LINE_MOST = 1 << 14, FIELDS_LEAST = 5 };

/* A moment: 8 to 18 digits. */
static bool is_moment(struct bytes field)
{
    uint64_t number;

    return field.len >= 8 && header_number(&number, field);
}

static struct bytes next_field(struct bytes *line)
{
    const uint8_t *blank = memchr(line->data, ' ', line->len);
    size_t len = blank ? (size_t)(blank - line->data) : line->len;
    struct bytes field = bytes_part(*line, 0, len);

    *line = bytes_part(*line, len + (blank != NULL),
                       line->len - len - (blank != NULL));
    return field;
}

/* The address and the length of a record's line; false: it is none.  Blanks
 * in addresses occur. */
static bool read_line(struct bytes *url, uint64_t *length, struct bytes line)
{
    struct bytes field = BYTES_NONE;
    size_t fields = 0, moments = 0;

    while (line.len && line.data[line.len - 1] <= ' ')
        line.len--;
    if (line.len > LINE_MOST)
        return false;
    for (; line.len; fields++) {
        field = next_field(&line);
        if (fields == 0)
            *url = field;
        else
            moments += line.len && is_moment(field);
    }
    return fields >= FIELDS_LEAST && moments && url->len &&
           memchr(url->data, ':', url->len) && header_number(length, field);
}

/* Where, from `from` on, a line begins that is a record's; or the window's
 * length. */
static size_t find_record(struct bytes window, size_t from)
{
    while (from < window.len) {
        const uint8_t *at = window.data + from, *end;
        struct bytes url;
        uint64_t length;

        end = memchr(at, '\n', window.len - from);
        if (!end)
            return window.len;
        if (read_line(&url, &length, bytes_of(at, (size_t)(end - at))))
            return from;
        from = (size_t)(end - window.data) + 1;
    }
    return window.len;
}

/* Whether the record may end at `at`: behind blank lines the next begins, or
 * nothing does. */
static bool ends_well(struct bytes window, size_t at)
{
    while (at < window.len && window.data[at] <= ' ')
        at++;
    return at == window.len || (at && window.data[at - 1] == '\n' &&
                                find_record(window, at) == at);
}

/* To the next line that is a record's. */
static enum status resynchronise(struct archive *a, struct source *s,
                                 struct error *err)
{
    struct error io = ERROR_INIT;
    struct bytes window;

    archive_fail(a, s, ERR_INPUT, err, "no record begins here");
    for (;;) {
        const uint8_t *end;
        size_t at;

        if (source_window(&window, s, 2 * LINE_MOST, &io) != OK)
            return ERR_IO;
        end = window.len ? memchr(window.data, '\n', window.len) : NULL;
        at = find_record(window, end ? (size_t)(end - window.data) + 1
                                     : window.len);
        if (at < window.len || s->ended) {
            source_take(s, at);
            return ERR_INPUT;
        }
        source_take(s, window.len > LINE_MOST ? window.len - LINE_MOST
                                              : window.len);
    }
}

static enum status take_record(struct archive *a, struct source *s,
                               struct bytes url, uint64_t length,
                               struct error *err)
{
    struct bytes body;
    size_t len = (size_t)length;
    enum status rc;

    if (length > s->options.max_record) {
        archive_fail(a, s, ERR_LIMIT, err, "this record is larger than "
                     "--max-record");
        return source_skip(s, length, err) == OK ? ERR_LIMIT : ERR_IO;
    }
    rc = source_window(&body, s, len + LINE_MOST, err);
    if (rc != OK)
        return rc;
    a->cut = body.len < len;
    if (a->cut || !ends_well(body, len)) {
        size_t next = find_record(body, 0);

        len = next < body.len || a->cut ? next : len;
    }
    body.len = len;
    source_take(s, body.len);
    if (memmem(url.data, url.len, "http", 4) == url.data)
        archive_enter_http(a, s, body, url);
    return OK;
}

static enum status next_record(struct archive *a, struct source *s,
                               struct error *err)
{
    struct bytes window, url;
    const uint8_t *end;
    uint64_t length;
    enum status rc;

    do {
        rc = source_window(&window, s, LINE_MOST, err);
        if (rc != OK || window.len == 0)
            return rc == OK ? END : rc;
        if (window.data[0] > ' ')
            break;
        source_take(s, 1);
    } while (true);
    a->offset = s->consumed;
    end = memchr(window.data, '\n', window.len);
    if (!end || !read_line(&url, &length,
                           bytes_of(window.data,
                                    (size_t)(end - window.data))))
        return resynchronise(a, s, err);
    arena_reset(&a->arena);
    a->records++;
    url = arena_copy(&a->arena, url);
    source_take(s, (size_t)(end - window.data) + 1);
    return take_record(a, s, url, length, err);
}

static enum status arc_next(struct source *s, struct article *out,
                            struct arena *arena, struct error *err)
{
    return archive_read(s, out, arena, next_record, err);
}

const struct source_ops source_arc = { "arc", arc_next, archive_close };
