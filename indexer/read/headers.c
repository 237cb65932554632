/* headers.c -- "Name: value" lines, as mail, HTTP and WARC have them.
 *
 *   Subject: a line\r\n         name "Subject"
 *    and its fold\r\n           value "a line and its fold"
 *   \r\n
 */
#include "indexer/read/headers.h"

#include <ctype.h>
#include <strings.h>

#include "indexer/read/text_lines.h"

enum { HEADERS_MOST = 1000 };

static bool is_named(struct bytes name, const char *wanted)
{
    return name.len == strlen(wanted) &&
           strncasecmp((const char *)name.data, wanted, name.len) == 0;
}

static struct bytes take_line(struct bytes *text, bool *whole)
{
    const uint8_t *end = text->len ? memchr(text->data, '\n', text->len)
                                   : NULL;
    size_t len = end ? (size_t)(end - text->data) : text->len;
    struct bytes line = bytes_part(*text, 0, len);

    *whole = end != NULL;
    *text = bytes_part(*text, len + *whole, text->len - len - *whole);
    /* Some have gone through a program that doubles it. */
    while (line.len && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

static void add(struct headers *h, struct bytes line, struct arena *arena)
{
    const uint8_t *colon = memchr(line.data, ':', line.len);
    size_t len = colon ? (size_t)(colon - line.data) : 0;
    struct header *grown;

    if (!len || h->count >= HEADERS_MOST)
        return;
    if ((h->count & (h->count + 1)) == 0) {
        grown = arena_calloc(arena, h->count * 2 + 2, sizeof(*grown));
        if (h->count)
            memcpy(grown, h->items, h->count * sizeof(*grown));
        h->items = grown;
    }
    h->items[h->count].name = text_trim(bytes_part(line, 0, len));
    h->items[h->count++].value =
        text_trim(bytes_part(line, len + 1, line.len - len - 1));
}

/* One more line of the value before. */
static void unfold(struct headers *h, struct bytes line, struct arena *arena)
{
    struct bytes *value, more = text_trim(line);

    if (h->count == 0)
        return;
    value = &h->items[h->count - 1].value;
    *value = bytes_str(arena_printf(arena, "%.*s %.*s", (int)value->len,
                                    (const char *)value->data, (int)more.len,
                                    (const char *)more.data));
}

size_t headers_read(struct headers *h, struct bytes text, struct arena *arena)
{
    struct bytes rest = text;
    bool whole = true;

    *h = (struct headers){ NULL, 0 };
    while (rest.len) {
        struct bytes line = take_line(&rest, &whole);

        if (line.len == 0)
            return text.len - rest.len;
        if (line.data[0] == ' ' || line.data[0] == '\t')
            unfold(h, line, arena);
        else
            add(h, line, arena);
    }
    return 0;
}

struct bytes headers_get(const struct headers *h, const char *name)
{
    for (size_t i = 0; i < h->count; i++)
        if (is_named(h->items[i].name, name))
            return h->items[i].value;
    return BYTES_NONE;
}

struct bytes header_word(struct bytes value, struct arena *arena)
{
    const uint8_t *end = value.len ? memchr(value.data, ';', value.len)
                                   : NULL;
    struct bytes word = text_trim(bytes_part(value, 0, end
                                  ? (size_t)(end - value.data) : value.len));
    char *lower = arena_str(arena, word);

    for (char *at = lower; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return bytes_str(lower);
}

/* Cuts the next ";name=value" off; quotes may hold ";". */
static bool next_parameter(struct bytes *rest, struct bytes *name,
                           struct bytes *value)
{
    const uint8_t *at = rest->len ? memchr(rest->data, ';', rest->len) : NULL;
    const uint8_t *end = rest->data + rest->len, *from;

    if (!at)
        return false;
    from = ++at;
    while (at < end && *at != '=' && *at != ';')
        at++;
    *name = text_trim(bytes_of(from, (size_t)(at - from)));
    from = at < end && *at == '=' ? ++at : at;
    while (at < end && (*at == ' ' || *at == '\t'))
        from = ++at;
    if (at < end && *at == '"') {
        from = ++at;
        while (at < end && *at != '"')
            at++;
        *value = bytes_of(from, (size_t)(at - from));
    } else {
        while (at < end && *at != ';')
            at++;
        *value = text_trim(bytes_of(from, (size_t)(at - from)));
    }
    *rest = bytes_of(at, (size_t)(end - at));
    return true;
}

struct bytes header_parameter(struct bytes value, const char *name,
                              struct arena *arena)
{
    struct bytes rest = value, key, found;

    while (next_parameter(&rest, &key, &found))
        if (is_named(key, name))
            return arena_copy(arena, found);
    return BYTES_NONE;
}

bool header_number(uint64_t *number, struct bytes value)
{
    *number = 0;
    if (value.len == 0 || value.len > 18)
        return false;
    for (size_t i = 0; i < value.len; i++) {
        if (!isdigit(value.data[i]))
            return false;
        *number = *number * 10 + (uint64_t)(value.data[i] - '0');
    }
    return true;
}
