/* ninjs.c -- ninjs 1 to 3 (IPTC), news in JSON, to an article.
 *
 *   1    headline, body_html, byline, firstcreated, pubstatus
 *   2    headlines [{role, value}], bodies [{role, contenttype, value}], by
 *   3    the same in camelCase: versionCreated, contentType
 *
 * What is embedded (associations) is no part of the text.
 */
#include <strings.h>

#include "indexer/read/json_article.h"
#include "indexer/read/prose.h"
#include "indexer/read/wire.h"

static const char *const uri_names[] = { "uri", "guid", NULL };
static const char *const status_names[] = { "pubstatus", "pubStatus", NULL };
static const char *const type_names[] = { "type", NULL };

/* The first value whose name begins so: "body_" in "body_xhtml". */
static struct json_object *begins_so(struct json_object *object,
                                     const char *start)
{
    json_object_object_foreach(object, name, value) {
        if (strncasecmp(name, start, strlen(start)) == 0 &&
            value_bytes(value).len)
            return value;
    }
    return NULL;
}

bool ninjs_is(struct json_object *object)
{
    static const char *const marks[] = {
        "versioncreated", "versionCreated", "pubstatus", "pubStatus",
        "firstcreated", "firstCreated", "headlines", "bodies",
        "contentcreated", "contentCreated", "representationtype",
        "representationType", "usageterms", NULL };

    return value_field(object, uri_names) &&
           (value_field(object, marks) || begins_so(object, "body_") ||
            begins_so(object, "headline_"));
}

/* Of a list of {role, value} the main one, else the first; no role that is
 * refused. */
static struct json_object *main_of(struct json_object *list)
{
    static const char *const role_names[] = { "role", NULL };
    static const char *const value_names[] = { "value", NULL };
    struct json_object *first = NULL;

    for (size_t i = 0; json_object_is_type(list, json_type_array) &&
         i < json_object_array_length(list); i++) {
        struct json_object *item = json_object_array_get_idx(list, i);
        struct bytes role = value_bytes(value_field(item, role_names));
        struct json_object *value = value_field(item, value_names);

        if (value && bytes_equal(role, bytes_str("main")))
            return value;
        if (value && !first)
            first = value;
    }
    return first;
}

static void take_title(struct article *a, struct json_object *item,
                       struct arena *arena)
{
    static const char *const lists[] = { "headlines", NULL };
    static const char *const names[] = { "headline", "headline_main",
                                         "headline_extended", NULL };
    static const char *const labels[] = { "title", "name", NULL };
    struct json_object *title = main_of(value_field(item, lists));

    if (!title)
        title = value_field(item, names);
    if (!title)
        title = begins_so(item, "headline");
    if (!title)
        title = value_field(item, labels);
    a->title = value_line(title, arena);
}

/* A body is HTML if it says so, or has the look of it. */
static struct bytes prose_of(struct json_object *value, struct arena *arena)
{
    struct bytes text = value_text(value, "\n\n", arena);

    if (text.len && memchr(text.data, '<', text.len))
        return value_prose(value, arena);
    return text;
}

static void take_body(struct article *a, struct json_object *item,
                      struct arena *arena)
{
    static const char *const lists[] = { "bodies", NULL };
    static const char *const names[] = { "body_html", "body_xhtml",
                                         "body_text", "body_main", "body",
                                         NULL };
    static const char *const leads[] = { "descriptions", NULL };
    static const char *const lead_names[] = { "description_text",
        "description_html", "description_main", "abstract", NULL };
    struct json_object *body = main_of(value_field(item, lists));
    struct json_object *lead = main_of(value_field(item, leads));

    if (!body)
        body = value_field(item, names);
    if (!body)
        body = begins_so(item, "body_");
    if (!lead)
        lead = value_field(item, lead_names);
    if (!lead)
        lead = begins_so(item, "description_");
    a->body = prose_of(body, arena);
    a->lead = prose_of(lead, arena);
    if (a->lead.len && a->body.len >= a->lead.len &&
        memcmp(a->lead.data, a->body.data, a->lead.len) == 0)
        a->lead = BYTES_NONE;
}

static void take_labels(struct article *a, struct json_object *item,
                        struct arena *arena)
{
    static const char *const byline[] = { "byline", "by", "authors", NULL };
    static const char *const source[] = { "source", "infosource",
        "infosources", "infoSources", "provider", "copyrightholder",
        "copyrightHolder", NULL };
    static const char *const lang[] = { "language", NULL };
    static const char *const section[] = { "service", "anpa_category", NULL };
    static const char *const subjects[] = { "subject", "subjects", NULL };
    static const char *const keywords[] = { "keywords", NULL };
    static const char *const url[] = { "url", "link", "canonical", NULL };
    static const char *const version[] = { "version", NULL };
    struct bytes_list sources = value_list(value_field(item, source), arena);
    struct bytes_list words = value_list(value_field(item, keywords), arena);

    a->id = value_line(value_field(item, uri_names), arena);
    a->version = value_number(value_field(item, version), arena);
    a->url = value_address(value_field(item, url), arena);
    if (sources.count)
        a->source = sources.items[0];
    a->lang = lang_parse(value_line(value_field(item, lang), arena));
    a->section = value_line(value_field(item, section), arena);
    a->tags = value_list(value_field(item, subjects), arena);
    for (size_t i = 0; i < words.count; i++)
        list_add(&a->tags, arena, words.items[i]);
    prose_byline(&a->authors, value_line(value_field(item, byline), arena),
                 arena);
}

static void take_dates(struct article *a, struct json_object *item,
                       struct arena *arena)
{
    static const char *const first[] = { "firstpublished", "firstcreated",
        "firstPublished", "firstCreated", "contentcreated", "contentCreated",
        "versioncreated", "versionCreated", NULL };
    static const char *const last[] = { "versioncreated", "versionCreated",
        "contentmodified", "contentModified", NULL };

    a->published = value_date(value_field(item, first), arena);
    a->modified = value_date(value_field(item, last), arena);
    if (a->published.precision != DATE_NONE)
        a->published_from = DATE_FROM_RECORD;
}

/* Types are open; these have no text. */
static bool is_text(struct bytes type)
{
    static const char *const others[] = {
        "picture", "image", "graphic", "video", "audio", "composite",
        "package", "planning", "event", "component", NULL };

    for (unsigned i = 0; others[i]; i++)
        if (bytes_equal(type, bytes_str(others[i])))
            return false;
    return true;
}

enum status ninjs_article(struct article *a, struct json_object *item,
                          struct arena *arena, struct error *err)
{
    static const char *const embargo[] = { "embargoed", "embargoedUntil",
                                           "embargoeduntil", NULL };
    struct bytes type = value_line(value_field(item, type_names), arena);

    if (wire_withdrawn(value_line(value_field(item, status_names), arena)))
        a->flags |= ARTICLE_WITHDRAWN;
    if (wire_embargoed(value_line(value_field(item, embargo), arena)))
        return error_set(err, ERR_INPUT, "under embargo");
    if (!is_text(type) && !(a->flags & ARTICLE_WITHDRAWN))
        return error_set(err, ERR_INPUT, "an item of type %.*s, not text",
                         (int)type.len, (const char *)type.data);
    take_title(a, item, arena);
    take_body(a, item, arena);
    take_labels(a, item, arena);
    take_dates(a, item, arena);
    wire_authors(a, arena);
    if (a->title.len == 0 && a->body.len == 0 &&
        !(a->flags & ARTICLE_WITHDRAWN))
        return error_set(err, ERR_INPUT, "no title and no body");
    return OK;
}
