/* html_state.c -- the article in what a page keeps for its scripts.
 *
 * Some pages have no text until a script has run; what it will show lies in
 * a script as JSON.  Of all that is in it, one string of prose or one list
 * whose items hold prose is the body: the one with the most, four times as
 * much where an object around it has the headline of the page.
 *
 *   <script id="__NEXT_DATA__" type="application/json">
 *   {"props": {"story": {"headline": "T", "body": [{"text": "..."}, ...]}}}
 *                                         ^ the list with the most prose
 */
#include <strings.h>

#include "indexer/read/html.h"
#include "indexer/read/json_value.h"

enum { SCRIPT_LEAST = 500, ALL_MOST = 4 << 20,
       PARSE_DEPTH = 64, PROSE_LEAST = 40, BODY_LEAST = 500, ITEM_DEPTH = 4,
       TITLED = 4, NAME_GAP = 40, DATE_MOST = 40, DATES_MOST = 64 };

struct state {
    const struct html_facts *facts;
    struct json_object *best;
    size_t most;
};

/* --- Prose -------------------------------------------------------------- */

/* How much prose a string is: none for names, addresses and code. */
static size_t prose_in(struct json_object *value)
{
    struct bytes text = value_bytes(value);
    size_t blanks = 0, wide = 0;

    if (text.len < PROSE_LEAST || memmem(text.data, 12, "://", 3) ||
        text.data[0] == '{')
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        blanks += text.data[i] == ' ';
        wide += text.data[i] >= 0xe0;
    }
    return blanks * 15 > text.len || wide * 4 > text.len ? text.len : 0;
}

/* Whether an item of a list is another article. */
static bool is_another(struct json_object *item)
{
    static const char *const names[] = { "headline", "headlines", "title",
                                         NULL };

    return json_object_is_type(item, json_type_object) &&
           value_field(item, names);
}

/* The longest prose that one item of a list holds, itself or a few levels
 * below; the depth is bounded by ITEM_DEPTH. */
static struct json_object *item_prose(struct json_object *item, int depth)
{
    struct json_object *best = NULL;

    if (json_object_is_type(item, json_type_string))
        return prose_in(item) ? item : NULL;
    if (depth == ITEM_DEPTH || is_another(item))
        return NULL;
    if (json_object_is_type(item, json_type_object)) {
        json_object_object_foreach(item, name, value) {
            struct json_object *one = item_prose(value, depth + 1);

            (void)name;
            if (one && (!best || prose_in(one) > prose_in(best)))
                best = one;
        }
    }
    for (size_t i = 0; json_object_is_type(item, json_type_array) &&
                       i < json_object_array_length(item); i++) {
        struct json_object *one =
            item_prose(json_object_array_get_idx(item, i), depth + 1);

        if (one && (!best || prose_in(one) > prose_in(best)))
            best = one;
    }
    return best;
}

static size_t prose_of(struct json_object *value)
{
    size_t sum = 0;

    if (json_object_is_type(value, json_type_string))
        return prose_in(value);
    if (!json_object_is_type(value, json_type_array))
        return 0;
    for (size_t i = 0; i < json_object_array_length(value); i++) {
        struct json_object *one =
            item_prose(json_object_array_get_idx(value, i), 0);

        sum += one ? prose_in(one) : 0;
    }
    return sum;
}

/* --- Choosing ----------------------------------------------------------- */

static bool has_title(const struct state *s, struct json_object *object)
{
    static const char *const names[] = { "headline", "title", "headlines",
                                         "name", NULL };
    struct json_object *value = value_field(object, names);
    struct bytes text;

    if (json_object_is_type(value, json_type_object))
        value = value_at(value, "basic");
    text = value_bytes(value);
    return text.len && bytes_equal(text, s->facts->title);
}

/* Looks at every string and list; the depth is that of the parser. */
static void search(struct state *s, struct json_object *value, size_t factor)
{
    size_t found = prose_of(value) * factor;

    if (found > s->most) {
        s->most = found;
        s->best = value;
    }
    if (json_object_is_type(value, json_type_object)) {
        if (has_title(s, value))
            factor = TITLED;
        json_object_object_foreach(value, name, member) {
            (void)name;
            search(s, member, factor);
        }
    }
    for (size_t i = 0; json_object_is_type(value, json_type_array) &&
                       i < json_object_array_length(value); i++)
        search(s, json_object_array_get_idx(value, i), factor);
}

static void put(struct buffer *body, struct json_object *value,
                struct arena *arena)
{
    struct bytes text = value_prose(value, arena);

    if (text.len == 0)
        return;
    if (body->len)
        buffer_put_str(body, "\n\n");
    buffer_put_bytes(body, text);
}

static void put_all(struct buffer *body, struct json_object *value,
                    struct arena *arena)
{
    if (json_object_is_type(value, json_type_string))
        put(body, value, arena);
    for (size_t i = 0; json_object_is_type(value, json_type_array) &&
                       i < json_object_array_length(value); i++) {
        struct json_object *one =
            item_prose(json_object_array_get_idx(value, i), 0);

        if (one)
            put(body, one, arena);
    }
}

/* --- Scripts ------------------------------------------------------------ */

/* The JSON in a script: all of it, or what a known name is set to. */
static struct bytes json_in(struct bytes tag, struct bytes script)
{
    static const char *const names[] = {
        "__NEXT_DATA__", "__APOLLO_STATE__", "__INITIAL_STATE__",
        "__PRELOADED_STATE__", "globalContent", "__INITIAL_DATA__",
        "__STATE__", "__data" };

    if (memmem(tag.data, tag.len, "application/json", 16))
        return script;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        size_t len = strlen(names[i]);
        const uint8_t *at = memmem(script.data, script.len, names[i], len);
        const uint8_t *end = script.data + script.len, *open;

        if (!at)
            continue;
        open = memchr(at, '{', (size_t)(end - at));
        if (open && open - at < (ptrdiff_t)len + NAME_GAP)
            return bytes_of(open, (size_t)(end - open));
    }
    return BYTES_NONE;
}

/* The next script; false at the end. */
static bool next_script(struct bytes *tag, struct bytes *script,
                        struct bytes *rest)
{
    const uint8_t *end = rest->data + rest->len, *from, *close, *stop;

    if (rest->len == 0 || !(from = memmem(rest->data, rest->len, "<script", 7)))
        return false;
    close = memchr(from, '>', (size_t)(end - from));
    if (!close)
        return false;
    stop = memmem(close, (size_t)(end - close), "</script", 8);
    stop = stop ? stop : end;
    *tag = bytes_of(from, (size_t)(close - from));
    *script = bytes_of(close + 1, (size_t)(stop - close - 1));
    *rest = bytes_of(stop, (size_t)(end - stop));
    return true;
}

static void read_script(struct buffer *body, size_t *most, struct bytes json,
                        const struct html_facts *facts, struct arena *arena)
{
    struct json_tokener *tokener = json_tokener_new_ex(PARSE_DEPTH);
    struct state s = { facts, NULL, *most };
    struct json_object *value;

    if (!tokener)
        out_of_memory();
    value = json_tokener_parse_ex(tokener, (const char *)json.data,
                                  (int)json.len);
    search(&s, value, 1);
    if (s.best) {
        buffer_clear(body);
        put_all(body, s.best, arena);
        *most = s.most;
    }
    json_object_put(value);
    json_tokener_free(tokener);
}

void html_state_read(struct buffer *body, struct bytes raw,
                     const struct html_facts *facts, struct arena *arena)
{
    struct bytes tag, script, rest = raw;
    size_t most = BODY_LEAST, all = 0;

    while (next_script(&tag, &script, &rest)) {
        struct bytes json = BYTES_NONE;

        if (script.len >= SCRIPT_LEAST && script.len <= ALL_MOST - all)
            json = json_in(tag, script);
        if (json.len == 0)
            continue;
        all += json.len;
        read_script(body, &most, json, facts, arena);
    }
}

/* --- Dates -------------------------------------------------------------- */

/* The date in quotes behind `name` at `at`; false when there is none. */
static bool quoted_date(struct date *date, struct bytes text)
{
    size_t from = 0, to;

    while (from < text.len && (text.data[from] == ' ' ||
                               text.data[from] == ':' ||
                               text.data[from] == '='))
        from++;
    if (from == text.len || text.data[from] != '"')
        return false;
    for (to = ++from; to < text.len && text.data[to] != '"' &&
                      to - from < DATE_MOST;)
        to++;
    return date_parse(date, bytes_part(text, from, to - from), 0) &&
           date->precision >= DATE_DAY;
}

bool html_state_date(struct date *out, struct bytes raw)
{
    static const char *const names[] = {
        "dc:date", "\"datePublished\"", "\"published_at\"", "\"publishedAt\"",
        "\"publishDate\"", "\"publish_date\"", "\"date_published\"",
        "\"publicationDate\"", "\"first_publish_date\"" };
    unsigned found = 0;

    for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !found; i++) {
        size_t len = strlen(names[i]), at = 0;
        const uint8_t *hit;

        while (at < raw.len && found < DATES_MOST &&
               (hit = memmem(raw.data + at, raw.len - at, names[i], len))) {
            struct date date;

            at = (size_t)(hit - raw.data) + len;
            if (!quoted_date(&date, bytes_part(raw, at, raw.len - at)))
                continue;
            if (found++ && llabs(date.seconds - out->seconds) > 86400)
                return false;
            *out = found == 1 ? date : *out;
        }
    }
    return found > 0;
}
