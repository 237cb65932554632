/* reuters.c -- a <REUTERS> of Reuters-21578 to an article.
 *
 *   <REUTERS TOPICS="YES" OLDID="5544" NEWID="1">
 *   <DATE>26-FEB-1987 15:01:01.79</DATE>   sometimes with more behind it
 *   <TOPICS><D>cocoa</D></TOPICS>
 *   <TEXT>&#2; <TITLE>..</TITLE> <DATELINE>.. - </DATELINE>
 *   <BODY>...  Reuter &#3;</BODY></TEXT>
 *
 * Of TYPE="UNPROC" the text stands in TEXT itself, its title first; of
 * TYPE="BRIEF" there is a title only.
 */
#include "indexer/read/sgml.h"

#include <strings.h>

#include "indexer/read/prose.h"
#include "indexer/read/text_lines.h"

enum { TAGS_MOST = 256 };

/* Control characters are written as references, "&#3;", which no text has;
 * with the word of the house that stands before the last one. */
static void without_controls(struct buffer *out, struct bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t end = i + 2;
        unsigned code = 0;

        if (text.data[i] == '&' && i + 3 < text.len &&
            text.data[i + 1] == '#') {
            while (end < text.len && text.data[end] >= '0' &&
                   text.data[end] <= '9' && end < i + 5)
                code = code * 10 + text.data[end++] - '0';
            if (end < text.len && text.data[end] == ';' && code < 32) {
                i = end;
                continue;
            }
        }
        buffer_put_u8(out, text.data[i]);
    }
}

static struct bytes without_end(struct bytes body)
{
    static const char end[] = "reuter";
    size_t len = sizeof(end) - 1, at;

    body = text_trim(body);
    for (at = body.len; at && body.data[at - 1] == '.';)
        at--;
    if (at > len && body.data[at - len - 1] <= ' ' &&
        strncasecmp((const char *)body.data + at - len, end, len) == 0)
        return text_trim(bytes_part(body, 0, at - len));
    return body;
}

/* The date may have more behind it, and a time that is none. */
static void take_date(struct article *a, struct bytes record,
                      struct arena *arena)
{
    static const char *const tags[] = { "DATE", NULL };
    struct bytes line = sgml_line(record, tags, arena);
    const uint8_t *dot = line.len ? memchr(line.data, '.', line.len) : NULL;

    if (dot)
        line.len = (size_t)(dot - line.data);
    while (line.len && !date_parse(&a->published, line, 0))
        do
            line.len--;
        while (line.len && line.data[line.len] != ' ');
    if (line.len)
        a->published_from = DATE_FROM_RECORD;
}

static void take_tags(struct article *a, struct bytes record,
                      struct arena *arena)
{
    static const char *const lists[] = { "TOPICS", "PLACES", "PEOPLE", "ORGS",
                                         "EXCHANGES", "COMPANIES", NULL };
    struct bytes list, inside, attributes;

    for (unsigned i = 0; lists[i]; i++) {
        size_t from = 0, at = 0;

        if (!sgml_field(&list, &attributes, record, lists[i], &from))
            continue;
        for (int n = 0; n < TAGS_MOST &&
             sgml_field(&inside, &attributes, list, "D", &at); n++)
            list_add(&a->tags, arena, prose_keep(arena, inside));
    }
}

/* Text without marks: its first line is the title. */
static void take_unmarked(struct article *a, struct bytes text,
                          struct arena *arena)
{
    struct buffer body = BUFFER_INIT, title = BUFFER_INIT;
    const uint8_t *end;
    size_t len;

    text = without_end(text);
    end = text.len ? memchr(text.data, '\n', text.len) : NULL;
    len = end ? (size_t)(end - text.data) : text.len;
    prose_unescape(&title, bytes_part(text, 0, len));
    a->title = prose_keep(arena, buffer_bytes(&title));
    sgml_prose(&body, bytes_part(text, len, text.len - len));
    a->body = arena_copy(arena, buffer_bytes(&body));
    buffer_release(&body);
    buffer_release(&title);
}

/* "By A, Reuters": without the house. */
static void take_authors(struct article *a, struct bytes line,
                         struct arena *arena)
{
    struct bytes_list names = { NULL, 0 };

    prose_byline(&names, line, arena);
    for (size_t i = 0; i < names.count; i++)
        if (names.items[i].len != a->source.len ||
            strncasecmp((const char *)names.items[i].data, "reuters",
                        a->source.len) != 0)
            list_add(&a->authors, arena, names.items[i]);
}

static void take_text(struct article *a, struct bytes record,
                      struct arena *arena)
{
    static const char *const title[] = { "TITLE", NULL };
    static const char *const author[] = { "AUTHOR", NULL };
    static const char *const dateline[] = { "DATELINE", NULL };
    struct bytes text = BYTES_NONE, body, attributes;
    struct buffer out = BUFFER_INIT;
    size_t from = 0;

    sgml_field(&text, &attributes, record, "TEXT", &from);
    a->title = sgml_line(text, title, arena);
    take_authors(a, sgml_line(text, author, arena), arena);
    from = 0;
    if (sgml_field(&body, &attributes, text, "BODY", &from)) {
        sgml_prose(&out, without_end(body));
        a->body = sgml_join(sgml_line(text, dateline, arena),
                            arena_copy(arena, buffer_bytes(&out)), arena);
    } else if (a->title.len == 0) {
        take_unmarked(a, text, arena);
    }
    buffer_release(&out);
}

enum status reuters_article(struct article *a, struct bytes record,
                            struct arena *arena, struct error *err)
{
    struct bytes inside, attributes = BYTES_NONE;
    struct buffer clean = BUFFER_INIT;
    size_t from = 0;

    without_controls(&clean, record);
    record = buffer_bytes(&clean);
    sgml_field(&inside, &attributes, record, "REUTERS", &from);
    a->id = prose_keep(arena, sgml_attribute(attributes, "NEWID"));
    a->source = bytes_str("Reuters");
    a->lang = lang_parse(bytes_str("en"));
    take_date(a, record, arena);
    take_tags(a, record, arena);
    take_text(a, record, arena);
    buffer_release(&clean);
    if (a->title.len == 0 && a->body.len == 0)
        return error_set(err, ERR_INPUT, "no title and no body");
    return OK;
}
