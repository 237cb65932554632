/* html_ld.c -- JSON-LD: what a page says about its article to machines.
 *
 * The objects of a block are looked through to a small depth; the one whose
 * type is that of an article speaks.  Pages put raw line breaks into strings
 * and comments around the whole, so control characters become blanks first
 * and the text is cut to its outermost brackets.
 *
 *   <!-- {"@graph": [{"@type": "WebSite"},
 *                    {"@type": "NewsArticle", "headline": "T"}]} -->
 */
#include <json-c/json.h>
#include <strings.h>

#include "common/text/unicode.h"
#include "indexer/read/html.h"
#include "indexer/read/prose.h"

enum { PARSE_DEPTH = 64, SEARCH_DEPTH = 6 };

static struct json_object *get(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;

    if (json_object_is_type(object, json_type_object))
        json_object_object_get_ex(object, name, &value);
    return value;
}

static struct json_object *first_of(struct json_object *value)
{
    if (json_object_is_type(value, json_type_array))
        return json_object_array_length(value)
               ? json_object_array_get_idx(value, 0) : NULL;
    return value;
}

/* A string, or the name of an object, as plain text: pages put entities,
 * and sometimes tags, into their strings. */
static struct bytes text_of(struct json_object *value, struct arena *arena)
{
    struct buffer valid = BUFFER_INIT, plain = BUFFER_INIT;
    struct bytes kept;

    value = first_of(value);
    if (json_object_is_type(value, json_type_object))
        value = first_of(get(value, "name") ? get(value, "name")
                                            : get(value, "@id"));
    if (!json_object_is_type(value, json_type_string))
        return BYTES_NONE;
    utf8_repair(&valid, bytes_of(json_object_get_string(value),
                                 (size_t)json_object_get_string_len(value)));
    prose_unescape(&plain, buffer_bytes(&valid));
    if (memchr(plain.data ? plain.data : (uint8_t *)"", '<', plain.len)) {
        buffer_clear(&valid);
        prose_strip_tags(&valid, buffer_bytes(&plain));
        kept = arena_copy(arena, buffer_bytes(&valid));
    } else {
        kept = prose_keep(arena, buffer_bytes(&plain));
    }
    buffer_release(&valid);
    buffer_release(&plain);
    return kept;
}

static bool ends_with(struct json_object *type, const char *ending)
{
    const char *name = json_object_get_string(type);
    size_t len = name ? strlen(name) : 0, tail = strlen(ending);

    return len >= tail && strcasecmp(name + len - tail, ending) == 0;
}

static bool is_article(struct json_object *object)
{
    struct json_object *type = get(object, "@type");
    size_t count = json_object_is_type(type, json_type_array)
                   ? json_object_array_length(type) : 1;

    for (size_t i = 0; i < count && type; i++) {
        struct json_object *one = json_object_is_type(type, json_type_array)
                                  ? json_object_array_get_idx(type, i) : type;

        if (json_object_is_type(one, json_type_string) &&
            (ends_with(one, "Article") || ends_with(one, "Posting") ||
             ends_with(one, "Report") || ends_with(one, "Review") ||
             ends_with(one, "ReportageNewsArticle")))
            return true;
    }
    return false;
}

static void set_text(struct bytes *field, struct json_object *value,
                     struct arena *arena)
{
    if (field->len == 0 && value)
        *field = text_of(value, arena);
}

static void set_date(struct date *field, struct json_object *value,
                     struct arena *arena)
{
    if (field->precision == DATE_NONE && value)
        date_parse(field, text_of(value, arena), 0);
}

static void add_all(struct bytes_list *list, struct json_object *value,
                    struct arena *arena)
{
    if (!json_object_is_type(value, json_type_array)) {
        list_add(list, arena, text_of(value, arena));
        return;
    }
    for (size_t i = 0; i < json_object_array_length(value); i++)
        list_add(list, arena,
                 text_of(json_object_array_get_idx(value, i), arena));
}

static void read_article(struct html_facts *facts, struct json_object *object,
                         struct arena *arena)
{
    struct json_object *free_to_read = get(object, "isAccessibleForFree");

    set_text(&facts->title, get(object, "headline"), arena);
    set_text(&facts->description, get(object, "description"), arena);
    set_text(&facts->body, get(object, "articleBody"), arena);
    set_text(&facts->source, get(object, "publisher"), arena);
    set_text(&facts->section, get(object, "articleSection"), arena);
    if (facts->published.precision == DATE_NONE) {
        set_date(&facts->published, get(object, "datePublished"), arena);
        facts->published_from = facts->published.precision ? DATE_FROM_PAGE
                                                           : DATE_FROM_NONE;
    }
    set_date(&facts->modified, get(object, "dateModified"), arena);
    if (facts->authors.count == 0)
        add_all(&facts->authors, get(object, "author"), arena);
    if (facts->tags.count == 0)
        add_all(&facts->tags, get(object, "keywords"), arena);
    if (ends_with(first_of(get(object, "@type")), "LiveBlogPosting"))
        facts->flags |= ARTICLE_LIVE;
    if (free_to_read &&
        strcasecmp(json_object_get_string(free_to_read), "false") == 0)
        facts->flags |= ARTICLE_PAYWALL;
}

/* Depth first; the depth is bounded by SEARCH_DEPTH. */
static bool search(struct html_facts *facts, struct json_object *value,
                   struct arena *arena, int depth)
{
    static const char *const inside[] = { "@graph", "mainEntity",
                                          "mainEntityOfPage" };

    if (depth > SEARCH_DEPTH)
        return false;
    if (json_object_is_type(value, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(value); i++)
            if (search(facts, json_object_array_get_idx(value, i), arena,
                       depth + 1))
                return true;
        return false;
    }
    if (is_article(value)) {
        read_article(facts, value, arena);
        return true;
    }
    for (size_t i = 0; i < 3; i++)
        if (search(facts, get(value, inside[i]), arena, depth + 1))
            return true;
    return false;
}

/* From the first bracket to the last, without control characters. */
static void put_tidied(struct buffer *out, struct bytes json)
{
    size_t from = 0, to = json.len;

    while (from < to && json.data[from] != '{' && json.data[from] != '[')
        from++;
    while (to > from && json.data[to - 1] != '}' && json.data[to - 1] != ']')
        to--;
    for (; from < to; from++)
        buffer_put_u8(out, json.data[from] < ' ' ? ' ' : json.data[from]);
}

void html_ld_read(struct html_facts *facts, struct bytes json,
                  struct arena *arena)
{
    struct json_tokener *tokener = json_tokener_new_ex(PARSE_DEPTH);
    struct buffer tidied = BUFFER_INIT;
    struct json_object *value;

    if (!tokener)
        out_of_memory();
    put_tidied(&tidied, json);
    value = json_tokener_parse_ex(tokener, buffer_cstr(&tidied),
                                  (int)tidied.len + 1);
    search(facts, value, arena, 0);
    json_object_put(value);
    json_tokener_free(tokener);
    buffer_release(&tidied);
}
