/* sgml.c -- tags in a text, found by a linear scan.
 *
 *   <DOC>
 *   <DOCNO> AP880212-0001 </DOCNO>
 *   <HEAD>Reports ...</HEAD>
 *   <TEXT>
 *      A line that is set in begins a paragraph
 *   and one that is not goes on with it.
 */
#include "indexer/read/sgml.h"

#include <stdio.h>
#include <strings.h>

#include "indexer/read/prose.h"
#include "indexer/read/text_lines.h"

enum { INDENT = 2 };

/* "<tag" or "</tag" followed by ">" or a blank. */
static const uint8_t *find_tag(const uint8_t *at, const uint8_t *end,
                               const char *mark)
{
    size_t len = strlen(mark);

    while ((at = memchr(at, '<', (size_t)(end - at)))) {
        if ((size_t)(end - at) <= len)
            return NULL;
        if (strncasecmp((const char *)at, mark, len) == 0 &&
            (at[len] == '>' || at[len] <= ' '))
            return at;
        at++;
    }
    return NULL;
}

static const uint8_t *next_tag_line(const uint8_t *at, const uint8_t *end)
{
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        if (++at < end && *at == '<' && at + 1 < end && at[1] != 'P' &&
            at[1] != 'p')
            return at;
        if (at >= end)
            break;
    }
    return end;
}

bool sgml_field(struct bytes *inside, struct bytes *attributes,
                struct bytes record, const char *tag, size_t *from)
{
    const uint8_t *end = record.data + record.len, *at, *open, *close;
    char mark[48];

    if (*from >= record.len)
        return false;
    snprintf(mark, sizeof(mark), "<%s", tag);
    at = find_tag(record.data + *from, end, mark);
    open = at ? memchr(at, '>', (size_t)(end - at)) : NULL;
    if (!open)
        return false;
    at += strlen(mark);
    *attributes = bytes_of(at, (size_t)(open - at));
    open++;
    snprintf(mark, sizeof(mark), "</%s", tag);
    close = open < end ? find_tag(open, end, mark) : NULL;
    if (!close)
        close = open < end ? next_tag_line(open, end) : end;
    *inside = bytes_of(open, (size_t)(close - open));
    *from = (size_t)(close - record.data);
    return true;
}

struct bytes sgml_line(struct bytes record, const char *const *tags,
                       struct arena *arena)
{
    struct bytes inside, attributes, line = BYTES_NONE;

    for (; *tags && line.len == 0; tags++) {
        struct buffer b = BUFFER_INIT;
        size_t from = 0;

        if (sgml_field(&inside, &attributes, record, *tags, &from)) {
            prose_strip_tags(&b, inside);
            line = prose_keep(arena, buffer_bytes(&b));
        }
        buffer_release(&b);
    }
    return line;
}

struct bytes sgml_attribute(struct bytes attributes, const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i + len + 1 < attributes.len; i++) {
        const uint8_t *at = attributes.data + i;
        const uint8_t *end = attributes.data + attributes.len, *from;
        uint8_t quote;

        if ((i && at[-1] > ' ') || at[len] != '=' ||
            strncasecmp((const char *)at, name, len) != 0)
            continue;
        at += len + 1;
        quote = *at == '"' || *at == '\'' ? *at : 0;
        from = at += quote != 0;
        while (at < end && (quote ? *at != quote : *at > ' '))
            at++;
        return bytes_of(from, (size_t)(at - from));
    }
    return BYTES_NONE;
}

void sgml_entities(struct buffer *out, struct bytes record)
{
    static const struct { const char *name, *text; } known[] = {
        { "&hyph;", "-" }, { "&blank;", " " }, { "&lsqb;", "[" },
        { "&rsqb;", "]" }, { "&ast;", "*" }, { "&equals;", "=" },
        { "&plus;", "+" }, { "&dollar;", "$" }, { "&percnt;", "%" },
        { "&num;", "#" }, { "&lowbar;", "_" }, { "&cir;", "\xe2\x97\x8b" },
        { "&amp;", "&amp;" }, { "&lt;", "&lt;" }, { "&gt;", "&gt;" },
        { "&quot;", "&quot;" }, { "&apos;", "'" },
    };

    for (size_t i = 0; i < record.len; i++) {
        size_t k = 0, count = sizeof(known) / sizeof(*known);

        if (record.data[i] == '&')
            while (k < count &&
                   (record.len - i < strlen(known[k].name) ||
                    strncasecmp((const char *)record.data + i, known[k].name,
                                strlen(known[k].name)) != 0))
                k++;
        if (record.data[i] != '&' || k == count) {
            buffer_put_u8(out, record.data[i]);
            continue;
        }
        buffer_put_str(out, known[k].text);
        i += strlen(known[k].name) - 1;
    }
}

struct bytes sgml_join(struct bytes dateline, struct bytes body,
                       struct arena *arena)
{
    if (dateline.len == 0 || body.len == 0)
        return body;
    return bytes_str(arena_printf(arena, "%.*s %.*s", (int)dateline.len,
                                  (const char *)dateline.data, (int)body.len,
                                  (const char *)body.data));
}

/* --- Paragraphs --------------------------------------------------------- */

static void put_lines(struct buffer *out, struct bytes text)
{
    struct buffer paragraph = BUFFER_INIT;

    while (text.len) {
        const uint8_t *end = memchr(text.data, '\n', text.len);
        size_t len = end ? (size_t)(end - text.data) : text.len;
        struct bytes line = bytes_part(text, 0, len);
        struct bytes bare = text_trim(line);

        if (bare.len == 0 || (bare.data - line.data) >= INDENT) {
            prose_paragraph(out, buffer_bytes(&paragraph));
            buffer_clear(&paragraph);
        }
        prose_unescape(&paragraph, bare);
        buffer_put_u8(&paragraph, '\n');
        text = bytes_part(text, len + (end != NULL),
                          text.len - len - (end != NULL));
    }
    prose_paragraph(out, buffer_bytes(&paragraph));
    buffer_release(&paragraph);
}

/* Reuters' stories have "&lt;" around codes, and no tag at all. */
void sgml_prose(struct buffer *out, struct bytes text)
{
    for (size_t i = 0; i + 1 < text.len; i++)
        if (text.data[i] == '<' && (text.data[i + 1] == '/' ||
                                    (text.data[i + 1] | 32) == 'p')) {
            prose_strip_tags(out, text);
            return;
        }
    put_lines(out, text);
}
