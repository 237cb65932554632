/* json_article.c -- a JSON object to an article, by the names that people
 * give to its fields.
 *
 * The first name of a row that has a value wins.  A value may be a string, a
 * number, a list, or an object with a name; a body stays byte for byte as
 * the string is.
 *
 *   {"headline": "T", "author": [{"name": "A"}], "content": ["p", "q"]}
 *     title T          authors A                  body "p\n\nq"
 */
#include "indexer/read/json_article.h"

#include <inttypes.h>

#include "common/base/url.h"
#include "common/text/unicode.h"
#include "indexer/read/prose.h"

enum { NAMES_MAX = 10, DEPTH_MAX = 4 };

typedef const char *names[NAMES_MAX];

static const names title_names = { "title", "headline", "name" };
static const names body_names = { "body", "text", "content", "article",
                                  "maintext", "articleBody", "body_text",
                                  "contents" };
static const names html_names = { "content_html", "body_html", "html" };
static const names lead_names = { "lead", "description", "summary",
                                  "abstract", "standfirst" };
static const names date_names = { "date", "published", "pubDate",
                                  "date_published", "created_at",
                                  "published_at", "datePublished",
                                  "published_date", "timestamp" };
static const names modified_names = { "modified", "updated", "dateModified",
                                      "date_modified", "updated_at" };
static const names url_names = { "url", "link", "uri", "permalink" };
static const names source_names = { "source", "publisher", "site", "outlet",
                                    "domain" };
static const names lang_names = { "lang", "language", "inLanguage" };
static const names author_names = { "author", "authors", "byline",
                                    "creator" };
static const names version_names = { "version", "rev" };
static const names id_names = { "id", "guid", "_id", "docno", "uuid" };
static const names section_names = { "section", "category",
                                     "articleSection" };
static const names tag_names = { "tags", "keywords" };
static const names caption_names = { "captions" };

static bool is_empty(struct json_object *value)
{
    switch (json_object_get_type(value)) {
    case json_type_null:
        return true;
    case json_type_string:
        return json_object_get_string_len(value) == 0;
    case json_type_array:
        return json_object_array_length(value) == 0;
    case json_type_object:
        return json_object_object_length(value) == 0;
    default:
        return false;
    }
}

static struct json_object *field(struct json_object *object,
                                 const names wanted)
{
    struct json_object *value;

    for (size_t i = 0; i < NAMES_MAX && wanted[i]; i++)
        if (json_object_object_get_ex(object, wanted[i], &value) &&
            !is_empty(value))
            return value;
    return NULL;
}

static struct bytes string_of(struct json_object *value)
{
    return bytes_of(json_object_get_string(value),
                    (size_t)json_object_get_string_len(value));
}

/* What an object of a list says: its name, or its text. */
static struct json_object *name_of(struct json_object *value)
{
    static const names wanted = { "name", "content", "text", "title", "#text",
                                  "value", "html" };

    for (int depth = 0; depth < DEPTH_MAX; depth++) {
        if (!json_object_is_type(value, json_type_object))
            return value;
        value = field(value, wanted);
    }
    return NULL;
}

/* Appends a string or number; 1 2 and 1.5 as they are written. */
static void put_scalar(struct buffer *b, struct json_object *value)
{
    value = name_of(value);
    switch (json_object_get_type(value)) {
    case json_type_string:
        utf8_repair(b, string_of(value));
        break;
    case json_type_int:
        buffer_printf(b, "%" PRId64, json_object_get_int64(value));
        break;
    case json_type_double:
        buffer_printf(b, "%.15g", json_object_get_double(value));
        break;
    default:
        break;
    }
}

/* The value as one text; the items of a list with `between` between. */
static void put_text(struct buffer *b, struct json_object *value,
                     const char *between)
{
    if (!json_object_is_type(value, json_type_array)) {
        put_scalar(b, value);
        return;
    }
    for (size_t i = 0; i < json_object_array_length(value); i++) {
        size_t start = b->len, put;

        if (start)
            buffer_put_str(b, between);
        put = b->len;
        put_scalar(b, json_object_array_get_idx(value, i));
        if (b->len == put)
            b->len = start;
    }
}

static struct bytes raw_text(struct json_object *object, const names wanted,
                             struct arena *arena, const char *between)
{
    struct buffer b = BUFFER_INIT;
    struct bytes kept;

    put_text(&b, field(object, wanted), between);
    kept = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

static struct bytes line(struct json_object *object, const names wanted,
                         struct arena *arena)
{
    return prose_keep(arena, raw_text(object, wanted, arena, ", "));
}

static void add_scalar(struct bytes_list *list, struct json_object *value,
                       struct arena *arena)
{
    struct buffer b = BUFFER_INIT;

    put_scalar(&b, value);
    list_add(list, arena, prose_keep(arena, buffer_bytes(&b)));
    buffer_release(&b);
}

static struct bytes_list list(struct json_object *object,
                              const names wanted, struct arena *arena)
{
    struct json_object *value = field(object, wanted);
    struct bytes_list items = { NULL, 0 };

    if (!json_object_is_type(value, json_type_array)) {
        add_scalar(&items, value, arena);
        return items;
    }
    for (size_t i = 0; i < json_object_array_length(value); i++)
        add_scalar(&items, json_object_array_get_idx(value, i), arena);
    return items;
}

static struct date date(struct json_object *object, const names wanted,
                        struct arena *arena)
{
    struct date found = UNDATED;

    date_parse(&found, line(object, wanted, arena), 0);
    return found;
}

/* A whole number; anything else is no version. */
static uint64_t version(struct json_object *object, struct arena *arena)
{
    struct bytes text = line(object, version_names, arena);
    uint64_t number = 0;

    if (text.len == 0 || text.len > 18)
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return number;
}

/* "date_from" is what a dump says; any other record dates itself. */
static enum date_from provenance(struct json_object *object)
{
    struct json_object *value;

    if (json_object_object_get_ex(object, "date_from", &value))
        for (int from = DATE_FROM_NONE; from <= DATE_FROM_FILE; from++)
            if (bytes_equal(string_of(value),
                            bytes_str(date_from_name(from))))
                return from;
    return DATE_FROM_RECORD;
}

static struct bytes address(struct json_object *object, struct arena *arena)
{
    struct buffer b = BUFFER_INIT;
    struct bytes kept = BYTES_NONE;

    if (url_canonical(&b, line(object, url_names, arena)))
        kept = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

/* The body as it is, or out of markup. */
static struct bytes body(struct json_object *object, struct arena *arena)
{
    struct bytes text = raw_text(object, body_names, arena, "\n\n");
    struct buffer b = BUFFER_INIT;

    if (text.len)
        return text;
    prose_strip_tags(&b, raw_text(object, html_names, arena, "\n\n"));
    text = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
    return text;
}

enum status json_article(struct article *a, struct json_object *object,
                         struct arena *arena, struct error *err)
{
    if (!json_object_is_type(object, json_type_object))
        return error_set(err, ERR_INPUT, "no JSON object");
    a->title = line(object, title_names, arena);
    a->body = body(object, arena);
    if (a->title.len == 0 && a->body.len == 0)
        return error_set(err, ERR_INPUT, "no title and no body");
    a->id = line(object, id_names, arena);
    a->url = address(object, arena);
    a->lead = line(object, lead_names, arena);
    a->authors = list(object, author_names, arena);
    a->source = line(object, source_names, arena);
    a->section = line(object, section_names, arena);
    a->tags = list(object, tag_names, arena);
    a->captions = raw_text(object, caption_names, arena, "\n");
    a->version = version(object, arena);
    a->lang = lang_parse(line(object, lang_names, arena));
    a->published = date(object, date_names, arena);
    a->modified = date(object, modified_names, arena);
    if (a->published.precision != DATE_NONE)
        a->published_from = provenance(object);
    return OK;
}
