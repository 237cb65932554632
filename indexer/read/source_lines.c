/* source_lines.c -- JSON Lines: one article a line; also a JSON array of
 * objects, or one object over several lines.
 *
 * Lines are streamed: no more than the longest one is in memory.  A bad line
 * costs that line.
 *
 *   read -> [....{"id": 1, ...}\n{"id": 2, ...}\n{"id": 3, ..]
 *            taken  ^ one line, parsed, given; then forgotten
 */
#include "indexer/read/source_member.h"

#include <inttypes.h>
#include <stdlib.h>

#include "indexer/read/json_article.h"

enum { DEPTH_MAX = 64 };

struct lines {
    struct json_tokener *tokener;
    struct json_object *whole;  /* of a document that is not in lines */
    size_t item;                /* next of that document's list */
    size_t taken;               /* bytes of `ahead` behind us */
    uint64_t number;            /* lines behind us */
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
    rc = json_article(out, object, arena, err);
    json_object_put(object);
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

static enum status open_document(struct source *s, struct lines *lines,
                                 struct error *err)
{
    struct bytes text;
    const char *why;

    s->done = true;
    if (source_fill_all(s, err) != OK)
        return err->code;
    text = bytes_part(buffer_bytes(&s->ahead), lines->taken,
                      s->ahead.len - lines->taken);
    if (s->options.charset)
        text = decode(s, lines, text);
    lines->whole = parse(lines->tokener, text, &why);
    if (!lines->whole)
        return error_set(err, ERR_INPUT, "%s: byte %zu: %s", s->path,
                         lines->taken + 1 +
                         json_tokener_get_parse_end(lines->tokener), why);
    buffer_release(&s->ahead);
    s->done = false;
    return OK;
}

static enum status next_item(struct source *s, struct lines *lines,
                             struct article *out, struct arena *arena,
                             struct error *err)
{
    struct json_object *item = lines->whole;
    bool array = json_object_is_type(item, json_type_array);
    size_t count = array ? json_object_array_length(item) : 1;

    if (lines->item >= count) {
        s->done = true;
        return END;
    }
    if (array)
        item = json_object_array_get_idx(item, lines->item);
    out->record = lines->item++;
    if (json_article(out, item, arena, err) == OK)
        return OK;
    return error_prefix(err, "%s: record %zu", s->path, lines->item);
}

static enum status begin(struct source *s, struct error *err)
{
    struct lines *lines = must_calloc(1, sizeof(*lines));

    s->state = lines;
    lines->tokener = json_tokener_new_ex(DEPTH_MAX);
    if (!lines->tokener)
        out_of_memory();
    if (s->ahead.len >= 3 && memcmp(s->ahead.data, "\xef\xbb\xbf", 3) == 0)
        s->consumed = lines->taken = 3;
    return is_document(s, lines) ? open_document(s, lines, err) : OK;
}

static enum status lines_next(struct source *s, struct article *out,
                              struct arena *arena, struct error *err)
{
    struct lines *lines;

    if (!s->state && begin(s, err) != OK)
        return err->code;
    lines = s->state;
    source_stamp(s, out);
    return lines->whole ? next_item(s, lines, out, arena, err)
                        : next_line(s, lines, out, arena, err);
}

const struct source_ops source_lines = { "jsonl", lines_next, lines_close };
