/* source_lines.c -- JSON Lines: one article a line; also an array of objects,
 * and objects over several lines; in each an article, or a list of them.
 *
 * Lines and values are streamed: no more than the longest one is in memory.
 * A bad one costs itself.
 *
 *   read -> [....{"id": 1, ...}\n{"id": 2, ...}\n{"id": 3, ..]
 *            taken  ^ one line, parsed, given; then forgotten
 */
#include "indexer/read/source_member.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>

#include "indexer/read/json_article.h"
#include "indexer/read/json_scan.h"

enum { DEPTH_MAX = 64 };

struct lines {
    struct json_tokener *tokener;
    struct json_object *whole;  /* an object with a list of records in it */
    struct json_object *list;   /* that list; or NULL */
    size_t item;                /* its next one */
    uint64_t offset, first;     /* where it stands, and its first number */
    size_t taken;               /* bytes of `ahead` behind us */
    uint64_t number;            /* lines or values behind us */
    bool document;              /* values, and no lines */
    bool array;                 /* inside the array around them */
    struct buffer decoded;      /* the line, where --encoding says what it is */
};

static void lines_close(struct source *s)
{
    struct lines *lines = s->state;

    if (!lines)
        return;
    json_object_put(lines->whole);
    json_tokener_free(lines->tokener);
    buffer_release(&lines->decoded);
}

/* Parses one text that must be one value; NULL with `why` set. */
static struct json_object *parse(struct json_tokener *tokener,
                                 struct bytes text, const char **why)
{
    struct json_object *value;
    size_t end;

    json_tokener_reset(tokener);
    /* A number at the end would be taken for the beginning of a longer one. */
    *why = "no JSON object";
    if (text.len && (isdigit(text.data[0]) || text.data[0] == '-'))
        return NULL;
    value = json_tokener_parse_ex(tokener, (const char *)text.data,
                                  (int)text.len);
    end = json_tokener_get_parse_end(tokener);
    *why = json_tokener_error_desc(json_tokener_get_error(tokener));
    if (json_tokener_get_error(tokener) == json_tokener_continue)
        *why = "the JSON is cut short";
    else if (json_tokener_get_error(tokener) == json_tokener_success)
        *why = "this is null";
    for (; value && end < text.len; end++)
        if (text.data[end] > ' ') {
            json_object_put(value);
            *why = "something stands behind the JSON value";
            return NULL;
        }
    return value;
}

static struct bytes decode(const struct source *s, struct lines *lines,
                           struct bytes text)
{
    buffer_clear(&lines->decoded);
    charset_decode_as(&lines->decoded, text, CHARSET_PLAIN,
                      s->options.charset);
    return buffer_bytes(&lines->decoded);
}

/* --- Records ------------------------------------------------------------ */

static enum status record_article(struct source *s, struct lines *lines,
                                  struct json_object *object,
                                  struct article *out, struct arena *arena,
                                  struct error *err)
{
    const struct source_map *map = s->options.map;

    if (lines->whole && json_feed_is(lines->whole))
        return json_feed_article(out, lines->whole, object, arena, err);
    if (map)
        return json_article(out, object, map, arena, err);
    object = json_unwrapped(object);
    return ninjs_is(object) ? ninjs_article(out, object, arena, err)
                            : json_article(out, object, NULL, arena, err);
}

/* The next record of the list at hand; END: it has no more. */
static enum status next_item(struct source *s, struct lines *lines,
                             struct article *out, struct arena *arena,
                             struct error *err)
{
    size_t at = lines->item++;

    if (at >= json_object_array_length(lines->list)) {
        json_object_put(lines->whole);
        lines->whole = lines->list = NULL;
        return END;
    }
    out->offset = lines->offset;
    out->record = lines->first + at;
    return record_article(s, lines,
                          json_object_array_get_idx(lines->list, at), out,
                          arena, err);
}

/* An object is a record, or has a list of them, which is then at hand. */
static enum status give(struct source *s, struct lines *lines,
                        struct json_object *object, struct article *out,
                        struct arena *arena, struct error *err)
{
    enum status rc;

    lines->list = json_records(object);
    if (lines->list) {
        lines->whole = object;
        lines->item = 0;
        lines->offset = out->offset;
        lines->first = out->record;
        return next_item(s, lines, out, arena, err);
    }
    rc = record_article(s, lines, object, out, arena, err);
    json_object_put(object);
    return rc;
}

/* --- Lines -------------------------------------------------------------- */

/* Skips the rest of a line that is too long, a piece at a time. */
static enum status skip_line(struct source *s, struct lines *lines,
                             struct error *err)
{
    const uint8_t *newline = NULL;

    while (!newline) {
        s->consumed += s->ahead.len - lines->taken;
        s->ahead.len = lines->taken = 0;
        if (source_fill(s, 1, err) != OK)
            return ERR_IO;
        if (s->ahead.len == 0)
            break;
        newline = memchr(s->ahead.data, '\n', s->ahead.len);
    }
    if (newline) {
        lines->taken = (size_t)(newline - s->ahead.data) + 1;
        s->consumed += lines->taken;
    }
    return error_set(err, ERR_LIMIT, "%s:%" PRIu64 ": over %zu bytes, the "
                     "most that one line may have", s->path, lines->number,
                     s->options.max_record);
}

/* The next line without its end; it lives until the next call. */
static enum status take_line(struct bytes *line, struct source *s,
                             struct lines *lines, struct error *err)
{
    size_t seen = lines->taken;

    for (;;) {
        const uint8_t *from = s->ahead.data + lines->taken, *newline = NULL;
        size_t left = s->ahead.len - lines->taken;

        if (s->ahead.len > seen)
            newline = memchr(s->ahead.data + seen, '\n', s->ahead.len - seen);
        if (newline || (s->ended && left)) {
            size_t len = newline ? (size_t)(newline - from) : left;

            *line = bytes_of(from, len);
            lines->taken += len + (newline != NULL);
            lines->number++;
            return OK;
        }
        if (s->ended)
            return END;
        if (left > s->options.max_record) {
            lines->number++;
            return skip_line(s, lines, err);
        }
        if (left)
            memmove(s->ahead.data, from, left);
        s->ahead.len = left;
        lines->taken = 0;
        seen = left;
        if (source_fill(s, left + 1, err) != OK)
            return ERR_IO;
    }
}

static bool is_blank(struct bytes line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] > ' ')
            return false;
    return true;
}

static enum status next_line(struct source *s, struct lines *lines,
                             struct article *out, struct arena *arena,
                             struct error *err)
{
    struct bytes line = BYTES_NONE;
    struct json_object *object;
    const char *why;
    enum status rc;

    do {
        out->offset = s->consumed;
        rc = take_line(&line, s, lines, err);
        if (rc != OK)
            return rc;
        s->consumed = out->offset + line.len + 1;
    } while (is_blank(line));
    if (line.len > s->options.max_record)
        return error_set(err, ERR_LIMIT, "%s:%" PRIu64 ": over %zu bytes, "
                         "the most that one line may have", s->path,
                         lines->number, s->options.max_record);
    out->record = lines->number - 1;
    if (s->options.charset)
        line = decode(s, lines, line);
    object = parse(lines->tokener, line, &why);
    if (!object)
        return error_set(err, ERR_INPUT, "%s:%" PRIu64 ": byte %zu: %s",
                         s->path, lines->number,
                         json_tokener_get_parse_end(lines->tokener) + 1, why);
    rc = give(s, lines, object, out, arena, err);
    return rc == OK ? OK : error_prefix(err, "%s:%" PRIu64, s->path,
                                        lines->number);
}

/* --- One document ------------------------------------------------------- */

/* Whether the file is one array, or its first line only begins an object. */
static bool is_document(struct source *s, struct lines *lines)
{
    struct bytes text = buffer_bytes(&s->ahead);
    const uint8_t *newline;
    struct json_object *first;
    const char *why;
    size_t at = lines->taken;

    while (at < text.len && text.data[at] <= ' ')
        at++;
    if (at == text.len)
        return false;
    if (text.data[at] == '[')
        return true;
    newline = memchr(text.data + at, '\n', text.len - at);
    if (text.data[at] != '{' || !newline)
        return false;
    first = parse(lines->tokener,
                  bytes_of(text.data + at,
                           (size_t)(newline - text.data) - at), &why);
    json_object_put(first);
    return !first && json_tokener_get_error(lines->tokener) ==
                     json_tokener_continue;
}

/* Passes over what stands between two values, and the brackets of the array
 * around them.  END: there is no more. */
static enum status skip_between(struct source *s, struct lines *lines,
                                struct error *err)
{
    for (;;) {
        struct bytes window;
        size_t at = 0;
        enum status rc = source_window(&window, s, 1, err);

        if (rc != OK || window.len == 0)
            return rc == OK ? END : rc;
        for (; at < window.len; at++) {
            uint8_t c = window.data[at];

            if (c > ' ' && c != ',' && c != ']' && (c != '[' || lines->array))
                break;
            if (c == '[' || c == ']')
                lines->array = c == '[';
        }
        source_take(s, at);
        if (at < window.len)
            return OK;
    }
}

/* Passes over the rest of a value that is too long. */
static enum status skip_value(struct source *s, struct json_scan *scan,
                              struct error *err)
{
    struct error io = ERROR_INIT;
    uint64_t offset = s->consumed;
    struct bytes window;

    do {
        source_take(s, scan->at);
        scan->at = 0;
        if (source_window(&window, s, 1, &io) != OK)
            return error_set(err, ERR_IO, "%s", io.message);
    } while (window.len && !json_scan(scan, window));
    source_take(s, scan->at);
    return error_set(err, ERR_LIMIT, "%s: byte %" PRIu64 ": over %zu bytes, "
                     "the most that one record may have", s->path, offset,
                     s->options.max_record);
}

/* The next value, whole; it lives until the next call. */
static enum status take_value(struct bytes *value, struct source *s,
                              struct error *err)
{
    struct json_scan scan = { .at = 0 };

    for (;;) {
        enum status rc = source_window(value, s, scan.at + 1, err);

        if (rc != OK)
            return rc;
        if (json_scan(&scan, *value) || (s->ended && scan.at == value->len))
            break;
        if (value->len > s->options.max_record)
            return skip_value(s, &scan, err);
    }
    value->len = scan.at;
    source_take(s, scan.at);
    return OK;
}

static enum status next_value(struct source *s, struct lines *lines,
                              struct article *out, struct arena *arena,
                              struct error *err)
{
    struct json_object *object;
    struct bytes value;
    const char *why;
    enum status rc = skip_between(s, lines, err);

    if (rc != OK)
        return rc;
    out->offset = s->consumed;
    out->record = lines->number++;
    rc = take_value(&value, s, err);
    if (rc != OK)
        return rc;
    if (s->options.charset)
        value = decode(s, lines, value);
    object = parse(lines->tokener, value, &why);
    if (!object)
        return error_set(err, ERR_INPUT, "%s: byte %" PRIu64 ": %s", s->path,
                         out->offset + 1 +
                         json_tokener_get_parse_end(lines->tokener), why);
    if (give(s, lines, object, out, arena, err) == OK)
        return OK;
    return error_prefix(err, "%s: record %" PRIu64, s->path, out->record + 1);
}

static void begin(struct source *s)
{
    struct lines *lines = must_calloc(1, sizeof(*lines));

    s->state = lines;
    lines->tokener = json_tokener_new_ex(DEPTH_MAX);
    if (!lines->tokener)
        out_of_memory();
    if (s->ahead.len >= 3 && memcmp(s->ahead.data, "\xef\xbb\xbf", 3) == 0)
        s->consumed = lines->taken = 3;
    lines->document = is_document(s, lines);
    if (lines->document)
        s->taken = lines->taken;
}

static enum status lines_next(struct source *s, struct article *out,
                              struct arena *arena, struct error *err)
{
    struct lines *lines;

    enum status rc = END;

    if (!s->state)
        begin(s);
    lines = s->state;
    source_stamp(s, out);
    if (lines->list)
        rc = next_item(s, lines, out, arena, err);
    if (rc == ERR_INPUT)
        error_prefix(err, "%s: record %" PRIu64, s->path, out->record + 1);
    if (rc != END)
        return rc;
    return lines->document ? next_value(s, lines, out, arena, err)
                           : next_line(s, lines, out, arena, err);
}

const struct source_ops source_lines = { "jsonl", lines_next, lines_close };
