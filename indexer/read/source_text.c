/* source_text.c -- plain text: one article a file, a head if it has one
 * (text_head), then paragraphs, until a line that names the source ends the
 * article; what stands below it is the site's.
 */
#include "common/text/unicode.h"
#include "indexer/read/html.h"
#include "indexer/read/prose.h"
#include "indexer/read/source_member.h"
#include "indexer/read/text_head.h"

enum { WRAPPED_MOST = 100, SOURCE_LINE_MOST = 120, DIGEST_WITHIN = 800 };

/* A line that holds nothing but quotation marks. */
static bool is_lone_quote(struct bytes line)
{
    const uint8_t *at = line.data, *end = at + line.len;

    if (line.len > 8)
        return false;
    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (code != 0xab && code != 0xbb && code != '"' && code != '\'' &&
            (code < 0x2018 || code > 0x201f) && code != ' ')
            return false;
    }
    return line.len > 0;
}

/* What opens goes to the paragraph behind it; what closes is dropped. */
static void put_quote(struct buffer *open_quote, struct bytes line)
{
    static const char *const closing[] = { "»", "”", "’", "›" };

    for (size_t i = 0; i < sizeof(closing) / sizeof(*closing); i++)
        if (bytes_equal(line, bytes_str(closing[i])))
            return;
    buffer_put_bytes(open_quote, line);
    buffer_put_u8(open_quote, ' ');
}

/* --- Body --------------------------------------------------------------- */

/* Lines that were wrapped by hand are one paragraph; longer lines are
 * paragraphs by themselves. */
static bool is_wrapped(const struct text_lines *lines, size_t at, size_t end)
{
    for (; at < end; at++)
        if (lines->lines[at].len > WRAPPED_MOST)
            return false;
    return true;
}

static void put_block(struct buffer *body, struct buffer *open_quote,
                      const struct text_lines *lines, size_t at, size_t end)
{
    struct buffer paragraph = BUFFER_INIT;
    bool wrapped = is_wrapped(lines, at, end);

    for (; at < end; at++) {
        buffer_put_bytes(&paragraph, buffer_bytes(open_quote));
        buffer_clear(open_quote);
        if (is_lone_quote(lines->lines[at])) {
            put_quote(open_quote, lines->lines[at]);
            continue;
        }
        buffer_put_bytes(&paragraph, lines->lines[at]);
        buffer_put_u8(&paragraph, ' ');
        if (!wrapped || at + 1 == end) {
            prose_paragraph(body, buffer_bytes(&paragraph));
            buffer_clear(&paragraph);
        }
    }
    prose_paragraph(body, buffer_bytes(&paragraph));
    buffer_release(&paragraph);
}

/* Lists of other articles and the like, by themselves: "You may like",
 * "All news articles on 2023-11-12", "(c) 2024 Example". */
static bool is_footer(struct bytes line)
{
    static const char *const begins[] = { "All news articles on ", "©",
                                          "Copyright ©", "(c) " };

    if (line.len > SOURCE_LINE_MOST)
        return false;
    for (size_t i = 0; i < sizeof(begins) / sizeof(*begins); i++)
        if (line.len > strlen(begins[i]) &&
            memcmp(line.data, begins[i], strlen(begins[i])) == 0)
            return true;
    return html_is_closer(line);
}

/* A line that names where the text came from ends the article. */
static bool is_end(struct article *a, struct bytes line, struct arena *arena)
{
    struct bytes value;

    if (line.len > SOURCE_LINE_MOST ||
        text_label(&value, line) != LABEL_SOURCE || value.len == 0)
        return false;
    if (a->source.len == 0)
        a->source = prose_keep(arena, value);
    return true;
}

/* The line of [at, end) that ends the article, or `end`; an article that has
 * not begun does not end. */
static size_t find_end(struct article *a, const struct text_lines *lines,
                       size_t at, size_t end, bool begun,
                       struct arena *arena)
{
    size_t from = at;

    for (; at < end; at++)
        if ((begun || at > from) &&
            (is_end(a, lines->lines[at], arena) ||
             (end == from + 1 && is_footer(lines->lines[at]))))
            break;
    return at;
}

static void take_body(struct article *a, struct text_lines *lines,
                      struct arena *arena)
{
    struct buffer body = BUFFER_INIT, open_quote = BUFFER_INIT;
    size_t at = lines->at, end;
    struct bytes value;

    while (text_lines_block(lines, &at, &end)) {
        size_t upto = find_end(a, lines, at, end, body.len > 0, arena);

        if (body.len > DIGEST_WITHIN ||
            text_label(&value, lines->lines[at]) != LABEL_DIGEST)
            put_block(&body, &open_quote, lines, at, upto);
        if (upto < end)
            break;
        at = end;
    }
    a->body = arena_copy(arena, buffer_bytes(&body));
    buffer_release(&body);
    buffer_release(&open_quote);
}

static enum status text_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    struct text_lines lines = { NULL, 0, 0 };
    struct bytes text;
    size_t replaced;
    enum status rc;

    s->done = true;
    rc = source_take_all(&text, &replaced, s, CHARSET_PLAIN, err);
    if (rc != OK)
        return rc;
    source_stamp(s, out);
    if (text.len == 0)
        return error_set(err, ERR_INPUT, "%s: empty file", s->path);
    text_lines_split(&lines, text, arena);
    text_head_take(out, &lines, arena);
    take_body(out, &lines, arena);
    if (out->title.len == 0 && out->body.len == 0)
        return error_set(err, ERR_INPUT, "%s: no title and no body", s->path);
    if (replaced)
        out->flags |= ARTICLE_DEGRADED;
    return OK;
}

const struct source_ops source_text = { "text", text_next, NULL };
