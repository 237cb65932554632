/* json_feed.c -- JSON Feed 1 (jsonfeed.org), and objects around records.
 *
 *   {"version": "https://jsonfeed.org/version/1.1", "title": "..",
 *    "items": [{"id": .., "content_html": ..}, ..]}
 *   {"status": "ok", "articles": [{..}, ..]}     an answer of an API
 */
#include "indexer/read/json_article.h"

#include "common/base/url.h"
#include "indexer/read/prose.h"

static const char *const title_names[] = { "title", NULL };
static const char *const version_names[] = { "version", NULL };

bool json_feed_is(struct json_object *object)
{
    static const char mark[] = "jsonfeed.org/version/";
    struct bytes version = value_bytes(value_field(object, version_names));

    return version.len && memmem(version.data, version.len, mark,
                                 sizeof(mark) - 1);
}

static bool is_list_of_objects(struct json_object *list)
{
    return json_object_is_type(list, json_type_array) &&
           json_object_is_type(json_object_array_get_idx(list, 0),
                               json_type_object);
}

/* Whether it has what only a record has. */
static bool is_record(struct json_object *object)
{
    static const char *const names[] = { "title", "headline", "body", "text",
                                         "content", "uri", NULL };

    return value_field(object, names) != NULL;
}

struct json_object *json_unwrapped(struct json_object *object)
{
    static const char *const paths[] = { "data.item", "_source", "item", NULL };

    for (unsigned i = 0; paths[i] && !is_record(object); i++) {
        struct json_object *inside = value_at(object, paths[i]);

        if (json_object_is_type(inside, json_type_object))
            return inside;
    }
    return object;
}

struct json_object *json_records(struct json_object *object)
{
    static const char *const paths[] = {
        "articles", "items", "docs", "response.docs", "response.results",
        "results", "hits.hits", "records", "posts", "entries", "news", "data",
        "data.items", "item", NULL };

    if (!json_object_is_type(object, json_type_object) ||
        (!json_feed_is(object) && is_record(object)))
        return NULL;
    for (unsigned i = 0; paths[i]; i++) {
        struct json_object *list = value_at(object, paths[i]);

        if (is_list_of_objects(list))
            return list;
    }
    return NULL;
}

static void take_authors(struct article *a, struct json_object *object,
                         struct arena *arena)
{
    static const char *const names[] = { "authors", "author", NULL };

    if (a->authors.count == 0)
        a->authors = value_list(value_field(object, names), arena);
}

static void take_address(struct article *a, struct json_object *feed,
                         struct json_object *item, struct arena *arena)
{
    static const char *const home[] = { "home_page_url", "feed_url", NULL };
    static const char *const url[] = { "url", NULL };
    static const char *const id[] = { "id", NULL };
    struct bytes said = value_line(value_field(item, url), arena);
    struct buffer whole = BUFFER_INIT, canonical = BUFFER_INIT;

    a->id = value_line(value_field(item, id), arena);
    /* An id is an address where it is a whole one. */
    if (said.len)
        url_resolve(&whole, value_line(value_field(feed, home), arena), said);
    else
        buffer_put(&whole, a->id.data, a->id.len);
    if (url_canonical(&canonical, buffer_bytes(&whole)))
        a->url = arena_copy(arena, buffer_bytes(&canonical));
    buffer_release(&whole);
    buffer_release(&canonical);
}

static void take_text(struct article *a, struct json_object *item,
                      struct arena *arena)
{
    static const char *const html[] = { "content_html", NULL };
    static const char *const plain[] = { "content_text", NULL };
    static const char *const summary[] = { "summary", NULL };
    struct bytes lead = value_prose(value_field(item, summary), arena);

    a->title = value_line(value_field(item, title_names), arena);
    a->body = value_prose(value_field(item, html), arena);
    if (a->body.len == 0)
        a->body = value_text(value_field(item, plain), "\n\n", arena);
    if (a->body.len == 0 && lead.len) {
        a->body = lead;
        a->flags |= ARTICLE_TEASER;
    } else if (lead.len && (lead.len > a->body.len ||
                            memcmp(lead.data, a->body.data, lead.len) != 0)) {
        a->lead = lead;
    }
}

enum status json_feed_article(struct article *a, struct json_object *feed,
                              struct json_object *item, struct arena *arena,
                              struct error *err)
{
    static const char *const published[] = { "date_published", NULL };
    static const char *const modified[] = { "date_modified", NULL };
    static const char *const language[] = { "language", NULL };
    static const char *const tags[] = { "tags", NULL };
    struct json_object *lang = value_field(item, language);

    take_text(a, item, arena);
    if (a->title.len == 0 && a->body.len == 0)
        return error_set(err, ERR_INPUT, "no title and no body");
    take_address(a, feed, item, arena);
    take_authors(a, item, arena);
    take_authors(a, feed, arena);
    a->source = value_line(value_field(feed, title_names), arena);
    a->lang = lang_parse(value_line(lang ? lang
                                    : value_field(feed, language), arena));
    a->tags = value_list(value_field(item, tags), arena);
    a->published = value_date(value_field(item, published), arena);
    a->modified = value_date(value_field(item, modified), arena);
    if (a->published.precision != DATE_NONE)
        a->published_from = DATE_FROM_FEED;
    return OK;
}
