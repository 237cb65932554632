/* json_article.c -- a JSON object to an article, by the names that people
 * give to its fields.
 *
 * What --map says of a field comes first, then the first name of a row that
 * has a value.  A value may be a string, a number, a list, or an object with
 * a name; a body stays byte for byte as the string is.
 *
 *   {"headline": "T", "author": [{"name": "A"}], "content": ["p", "q"]}
 *     title T          authors A                  body "p\n\nq"
 */
#include "indexer/read/json_article.h"

#include "indexer/read/prose.h"

enum { NAMES_MAX = 12 };

/* The fields of an article, as --map names them, and their usual names. */
struct field {
    const char *name, *names[NAMES_MAX];
};

enum { TITLE, BODY, LEAD, DATE, MODIFIED, URL, SOURCE, LANG, AUTHORS, VERSION,
       ID, SECTION, TAGS, CAPTIONS };

static const struct field fields[] = {
    [TITLE] = { "title", { "title", "headline", "name" } },
    [BODY] = { "body", { "body", "text", "content", "article", "maintext",
                         "articleBody", "body_text", "contents", "raw" } },
    [LEAD] = { "lead", { "lead", "description", "summary", "abstract",
                         "standfirst" } },
    [DATE] = { "date", { "date", "published", "pubDate", "date_published",
                         "published_at", "datePublished", "published_date",
                         "publish_date", "publishedAt", "created_at",
                         "timestamp" } },
    [MODIFIED] = { "modified", { "modified", "updated", "dateModified",
                                 "date_modified", "updated_at" } },
    [URL] = { "url", { "url", "link", "uri", "permalink", "article_url",
                       "canonical_url" } },
    [SOURCE] = { "source", { "source", "publisher", "site", "outlet",
                             "domain", "source_domain" } },
    [LANG] = { "lang", { "lang", "language", "inLanguage" } },
    [AUTHORS] = { "authors", { "author", "authors", "byline", "creator" } },
    [VERSION] = { "version", { "version", "rev" } },
    [ID] = { "id", { "id", "guid", "_id", "docno", "uuid", "docid" } },
    [SECTION] = { "section", { "section", "category", "articleSection" } },
    [TAGS] = { "tags", { "tags", "keywords" } },
    [CAPTIONS] = { "captions", { "captions" } },
};

const char *const source_map_fields[] = {
    "title", "body", "lead", "date", "modified", "url", "source", "lang",
    "authors", "version", "id", "section", "tags", "captions", NULL
};

struct record {
    struct json_object *object;
    const struct source_map *map;
    struct arena *arena;
};

static struct json_object *get(const struct record *r, int field)
{
    for (const struct source_map *m = r->map; m && m->field; m++)
        if (strcmp(m->field, fields[field].name) == 0) {
            struct json_object *value = value_at(r->object, m->path);

            if (value)
                return value;
        }
    return value_field(r->object, fields[field].names);
}

static struct bytes line(const struct record *r, int field)
{
    return value_line(get(r, field), r->arena);
}

/* --- Body --------------------------------------------------------------- */

static bool is_kind(struct json_object *part, const char *name,
                    const char *kind)
{
    const char *names[] = { name, NULL };

    return bytes_equal(value_bytes(value_field(part, names)),
                       bytes_str(kind));
}

/* Parts that say what they are, as the Washington Post's do: its paragraphs
 * are "sanitized_html", its title and pictures are parts too. */
static bool has_kinds(struct json_object *list)
{
    for (size_t i = 0; json_object_is_type(list, json_type_array) &&
         i < json_object_array_length(list); i++)
        if (is_kind(json_object_array_get_idx(list, i), "type",
                    "sanitized_html"))
            return true;
    return false;
}

static struct bytes parts_text(struct json_object *list, struct arena *arena)
{
    static const char *const content[] = { "content", NULL };
    struct buffer body = BUFFER_INIT;
    struct bytes kept;

    for (size_t i = 0; i < json_object_array_length(list); i++) {
        struct json_object *part = json_object_array_get_idx(list, i);

        if (is_kind(part, "type", "sanitized_html"))
            prose_strip_tags(&body, value_text(value_field(part, content),
                                               "\n", arena));
    }
    kept = arena_copy(arena, buffer_bytes(&body));
    buffer_release(&body);
    return kept;
}

/* The body as it is, or out of markup. */
static struct bytes body_of(const struct record *r)
{
    static const char *const html[] = { "content_html", "body_html", "html",
                                        NULL };
    struct json_object *body = get(r, BODY);

    if (has_kinds(body))
        return parts_text(body, r->arena);
    if (body)
        return value_text(body, "\n\n", r->arena);
    return value_prose(value_field(r->object, html), r->arena);
}

/* --- The article -------------------------------------------------------- */

/* "date_from" is what a dump says; any other record dates itself. */
static enum date_from provenance(struct json_object *object)
{
    static const char *const names[] = { "date_from", NULL };
    struct bytes said = value_bytes(value_field(object, names));

    for (int from = DATE_FROM_NONE; said.len && from <= DATE_FROM_FILE;
         from++)
        if (bytes_equal(said, bytes_str(date_from_name(from))))
            return from;
    return DATE_FROM_RECORD;
}

enum status json_article(struct article *a, struct json_object *object,
                         const struct source_map *map, struct arena *arena,
                         struct error *err)
{
    struct record r = { object, map, arena };

    if (!json_object_is_type(object, json_type_object))
        return error_set(err, ERR_INPUT, "no JSON object");
    a->title = line(&r, TITLE);
    a->body = body_of(&r);
    if (a->title.len == 0 && a->body.len == 0)
        return error_set(err, ERR_INPUT, "no title and no body");
    a->id = line(&r, ID);
    a->url = value_address(get(&r, URL), arena);
    a->lead = line(&r, LEAD);
    a->authors = value_list(get(&r, AUTHORS), arena);
    a->source = line(&r, SOURCE);
    a->section = line(&r, SECTION);
    a->tags = value_list(get(&r, TAGS), arena);
    a->captions = value_text(get(&r, CAPTIONS), "\n", arena);
    a->version = value_number(get(&r, VERSION), arena);
    a->lang = lang_parse(line(&r, LANG));
    a->published = value_date(get(&r, DATE), arena);
    a->modified = value_date(get(&r, MODIFIED), arena);
    if (a->published.precision != DATE_NONE)
        a->published_from = provenance(object);
    return OK;
}
