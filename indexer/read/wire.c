/* wire.c -- what the formats of newswires share: dates, status, bylines. */
#include "indexer/read/wire.h"

#include <ctype.h>
#include <strings.h>
#include <time.h>

#include "common/base/url.h"
#include "indexer/read/prose.h"

void wire_date(struct date *date, struct bytes text)
{
    if (date->precision == DATE_NONE)
        date_parse(date, text, 0);
}

bool wire_withdrawn(struct bytes status)
{
    static const char *const gone[] = { "canceled", "cancelled", "withheld",
                                        "killed" };

    for (size_t i = 0; i < status.len; i++)
        if (status.data[i] == ':') {
            status = bytes_part(status, i + 1, status.len - i - 1);
            break;
        }
    for (size_t i = 0; i < sizeof(gone) / sizeof(*gone); i++)
        if (status.len == strlen(gone[i]) &&
            strncasecmp((const char *)status.data, gone[i], status.len) == 0)
            return true;
    return false;
}

/* Whether there are elements inside, or only text. */
static bool has_elements(const xmlNode *node)
{
    for (const xmlNode *at = node->children; at; at = at->next)
        if (at->type == XML_ELEMENT_NODE)
            return true;
    return false;
}

/* Whether text holds tags that were escaped, and not only "<" by itself. */
static bool has_tags(struct bytes text)
{
    for (size_t i = 0; i + 2 < text.len; i++)
        if (text.data[i] == '<' && (isalpha(text.data[i + 1]) ||
                                    text.data[i + 1] == '/') &&
            memchr(text.data + i, '>', text.len - i))
            return true;
    return false;
}

/* Lines of plain text: a blank line, or a line by itself, is a paragraph. */
static void put_lines(struct buffer *out, struct bytes text)
{
    while (text.len) {
        const uint8_t *end = memchr(text.data, '\n', text.len);
        size_t len = end ? (size_t)(end - text.data) : text.len;

        prose_paragraph(out, bytes_part(text, 0, len));
        text = bytes_part(text, len + (end != NULL),
                          text.len - len - (end != NULL));
    }
}

struct bytes wire_text(const xmlNode *node, struct arena *arena)
{
    static const char *const skip[] = {
        "head", "header", "media", "script", "style", "media-caption",
        "virtloc",
        "media-metadata", "media-reference", "media-producer", NULL };
    struct buffer out = BUFFER_INIT, again = BUFFER_INIT;
    struct bytes text;

    if (!node)
        return BYTES_NONE;
    if (has_elements(node)) {
        xml_prose(&out, node, skip);
        if (has_tags(buffer_bytes(&out)))
            prose_strip_tags(&again, buffer_bytes(&out));
    } else {
        text = xml_content(node, arena);
        if (has_tags(text))
            prose_strip_tags(&out, text);
        else
            put_lines(&out, text);
    }
    text = arena_copy(arena, buffer_bytes(again.len ? &again : &out));
    buffer_release(&out);
    buffer_release(&again);
    return text;
}

bool wire_embargoed(struct bytes until)
{
    struct date date = UNDATED;

    return date_parse(&date, until, 0) && date.seconds > (int64_t)time(NULL);
}

/* A name has a capital, or is in a script without them, and no digit. */
static bool is_name(struct bytes name)
{
    bool capital = false;

    for (size_t i = 0; i < name.len; i++) {
        if (isdigit(name.data[i]) || name.data[i] == '@')
            return false;
        capital |= isupper(name.data[i]) || name.data[i] >= 0x80;
    }
    return capital;
}

void wire_authors(struct article *a, struct arena *arena)
{
    struct bytes_list kept = { NULL, 0 };

    for (size_t i = 0; i < a->authors.count; i++) {
        struct bytes name = a->authors.items[i];
        bool house = a->source.len && name.len >= a->source.len &&
                     strncasecmp((const char *)name.data,
                                 (const char *)a->source.data,
                                 a->source.len) == 0;

        if (!house && is_name(name))
            list_add(&kept, arena, name);
    }
    a->authors = kept;
}

uint64_t wire_number(struct bytes text)
{
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

struct bytes wire_address(struct bytes text, struct arena *arena)
{
    struct buffer b = BUFFER_INIT;
    struct bytes kept = BYTES_NONE;

    if (text.len && url_canonical(&b, text))
        kept = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}
