/* json_value.c -- values of JSON as text, lists, dates and addresses.
 *
 *   "A"                     A
 *   {"name": "A"}           A
 *   ["A", {"name": "B"}]    A, B
 */
#include "indexer/read/json_value.h"

#include <ctype.h>
#include <inttypes.h>

#include "common/base/url.h"
#include "common/text/unicode.h"
#include "indexer/read/prose.h"

enum { DEPTH_MAX = 4, PATH_PART = 128 };

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

struct json_object *value_field(struct json_object *object,
                                const char *const *names)
{
    struct json_object *value;

    if (!json_object_is_type(object, json_type_object))
        return NULL;
    for (; *names; names++)
        if (json_object_object_get_ex(object, *names, &value) &&
            !is_empty(value))
            return value;
    return NULL;
}

static struct json_object *part_of(struct json_object *value,
                                   const char *name)
{
    struct json_object *inside = NULL;

    if (json_object_is_type(value, json_type_object))
        json_object_object_get_ex(value, name, &inside);
    else if (json_object_is_type(value, json_type_array) &&
             isdigit((unsigned char)*name))
        inside = json_object_array_get_idx(value,
                                           strtoul(name, NULL, 10));
    return inside;
}

struct json_object *value_at(struct json_object *object, const char *path)
{
    char name[PATH_PART];

    while (object && *path) {
        size_t len = strcspn(path, ".");

        if (len >= sizeof(name))
            return NULL;
        memcpy(name, path, len);
        name[len] = '\0';
        object = part_of(object, name);
        path += len + (path[len] == '.');
    }
    return is_empty(object) ? NULL : object;
}

struct bytes value_bytes(struct json_object *value)
{
    if (!json_object_is_type(value, json_type_string))
        return BYTES_NONE;
    return bytes_of(json_object_get_string(value),
                    (size_t)json_object_get_string_len(value));
}

/* What an object of a list says: its name, or its text. */
static struct json_object *name_of(struct json_object *value)
{
    static const char *const names[] = { "name", "content", "text", "title",
                                         "#text", "value", "html", NULL };

    for (int depth = 0; depth < DEPTH_MAX; depth++) {
        if (!json_object_is_type(value, json_type_object))
            return value;
        value = value_field(value, names);
    }
    return NULL;
}

/* Appends a string or number; 1 2 and 1.5 as they are written. */
static void put_scalar(struct buffer *b, struct json_object *value)
{
    value = name_of(value);
    switch (json_object_get_type(value)) {
    case json_type_string:
        utf8_repair(b, value_bytes(value));
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

struct bytes value_text(struct json_object *value, const char *between,
                        struct arena *arena)
{
    struct buffer b = BUFFER_INIT;
    struct bytes kept;

    put_text(&b, value, between);
    kept = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

struct bytes value_line(struct json_object *value, struct arena *arena)
{
    return prose_keep(arena, value_text(value, ", ", arena));
}

static void add_scalar(struct bytes_list *list, struct json_object *value,
                       struct arena *arena)
{
    struct buffer b = BUFFER_INIT;

    put_scalar(&b, value);
    list_add(list, arena, prose_keep(arena, buffer_bytes(&b)));
    buffer_release(&b);
}

struct bytes_list value_list(struct json_object *value, struct arena *arena)
{
    struct bytes_list items = { NULL, 0 };

    if (!json_object_is_type(value, json_type_array)) {
        add_scalar(&items, value, arena);
        return items;
    }
    for (size_t i = 0; i < json_object_array_length(value); i++)
        add_scalar(&items, json_object_array_get_idx(value, i), arena);
    return items;
}

struct date value_date(struct json_object *value, struct arena *arena)
{
    struct date found = UNDATED;

    date_parse(&found, value_line(value, arena), 0);
    return found;
}

uint64_t value_number(struct json_object *value, struct arena *arena)
{
    struct bytes text = value_line(value, arena);
    uint64_t number = 0;

    if (text.len == 0 || text.len > 18)
        return 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!isdigit(text.data[i]))
            return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return number;
}

struct bytes value_address(struct json_object *value, struct arena *arena)
{
    struct buffer b = BUFFER_INIT;
    struct bytes kept = BYTES_NONE;

    if (url_canonical(&b, value_line(value, arena)))
        kept = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

static bool has_tags(struct bytes text)
{
    for (size_t i = 0; i + 2 < text.len; i++)
        if (text.data[i] == '<' && (isalpha(text.data[i + 1]) ||
                                    text.data[i + 1] == '/'))
            return true;
    return false;
}

struct bytes value_prose(struct json_object *value, struct arena *arena)
{
    struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    struct bytes kept;

    prose_strip_tags(&once, value_text(value, "\n", arena));
    if (has_tags(buffer_bytes(&once)))
        prose_strip_tags(&twice, buffer_bytes(&once));
    kept = arena_copy(arena, buffer_bytes(twice.len ? &twice : &once));
    buffer_release(&once);
    buffer_release(&twice);
    return kept;
}
