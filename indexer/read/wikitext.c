/* wikitext.c -- the markup of MediaWiki to running text.
 *
 *   '''[[Aral Sea|The sea]]''' {{cite|x}} shrinks<ref>y</ref>.
 *   The sea shrinks.
 *
 * One pass over the text makes lines of plain text, a second one paragraphs.
 * Kept parts of links and templates are passed over again, to a depth.
 */
#include "indexer/read/wikitext.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "indexer/read/prose.h"
#include "indexer/read/text_lines.h"

enum { DEPTH_MOST = 8, SPAN_MOST = 200000, TAG_MOST = 1000,
       PATIENCE_LEAST = 1 << 20 };

/* A text on its way.  What is looked at in vain, for the end of something
 * that has none, is taken from `patience`; without any left, marks are text. */
struct way {
    struct buffer *out;
    const struct bytes *names;
    size_t patience;
};

static void put(struct way *w, struct bytes text, int depth);

static bool begins(struct bytes text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len &&
           strncasecmp((const char *)text.data, word, len) == 0;
}

static struct bytes behind(struct bytes text, size_t len)
{
    return bytes_part(text, len, text.len - len);
}

static void lose_patience(struct way *w, size_t len)
{
    w->patience -= len < w->patience ? len : w->patience;
}

/* The length of a span from its opening to behind its close, nested ones
 * counted; 0: it is not balanced. */
static size_t span(struct way *w, struct bytes text, const char *open,
                   const char *close)
{
    size_t most = text.len < SPAN_MOST ? text.len : SPAN_MOST;
    unsigned depth = 0;

    most = most < w->patience ? most : w->patience;

    for (size_t i = 0; i + 1 < most; i++) {
        if (memcmp(text.data + i, open, 2) == 0) {
            depth++;
            i++;
        } else if (memcmp(text.data + i, close, 2) == 0) {
            i++;
            if (--depth == 0)
                return i + 1;
        }
    }
    lose_patience(w, most);
    return 0;
}

/* What is not balanced: to the next blank line. */
static size_t to_blank_line(struct bytes text)
{
    const uint8_t *at = memmem(text.data, text.len, "\n\n", 2);

    return at ? (size_t)(at - text.data) : text.len;
}

/* The part behind the last "|" that is in no span inside, and the part
 * before the first one. */
static void divide(struct bytes text, struct bytes *first, struct bytes *last)
{
    size_t from = 0, depth = 0;
    bool any = false;

    *first = text;
    for (size_t i = 0; i < text.len; i++) {
        if (i + 1 < text.len && (memcmp(text.data + i, "[[", 2) == 0 ||
                                 memcmp(text.data + i, "{{", 2) == 0))
            depth++;
        if (i + 1 < text.len && depth &&
            (memcmp(text.data + i, "]]", 2) == 0 ||
             memcmp(text.data + i, "}}", 2) == 0))
            depth--;
        if (text.data[i] == '|' && depth == 0) {
            if (!any)
                first->len = i;
            any = true;
            from = i + 1;
        }
    }
    *last = behind(text, from);
}

/* --- Links -------------------------------------------------------------- */

/* Whether a target is a picture or a category. */
static bool is_furniture(struct bytes target, const struct bytes *names)
{
    static const char *const english[] = { "file:", "image:", "category:",
                                           "media:", NULL };

    target = text_trim(target);
    for (unsigned i = 0; english[i]; i++)
        if (begins(target, english[i]))
            return true;
    for (; names && names->len; names++)
        if (target.len > names->len && target.data[names->len] == ':' &&
            memcmp(target.data, names->data, names->len) == 0)
            return true;
    return false;
}

static size_t put_link(struct way *w, struct bytes text, int depth)
{
    size_t len = span(w, text, "[[", "]]");
    struct bytes first, last;

    if (!len)
        return 2;
    divide(bytes_part(text, 2, len - 4), &first, &last);
    if (is_furniture(first, w->names))
        return len;
    if (last.len && last.data[0] == ':')
        last = behind(last, 1);
    put(w, last, depth + 1);
    return len;
}

/* "[https://a.example text]": the text. */
static size_t put_address(struct way *w, struct bytes text, int depth)
{
    size_t most = text.len < TAG_MOST ? text.len : TAG_MOST, len = 0;
    const uint8_t *blank;

    while (len < most && text.data[len] != ']' && text.data[len] != '\n')
        len++;
    if (len == most || text.data[len] != ']')
        return 1;
    blank = memchr(text.data, ' ', len);
    if (blank)
        put(w, bytes_of(blank + 1, (size_t)(text.data + len - blank) - 1),
            depth + 1);
    return len + 1;
}

/* --- Templates ---------------------------------------------------------- */

enum dress { DRESS_NONE, DRESS_FIRST, DRESS_LAST, DRESS_TWO };

/* Which arguments a template shows: most are furniture and show none. */
static enum dress dress_of(struct bytes name)
{
    static const struct { const char *name; enum dress dress; } known[] = {
        { "lang", DRESS_LAST }, { "w", DRESS_LAST },
        { "wikipedia", DRESS_LAST }, { "nowrap", DRESS_FIRST },
        { "nobr", DRESS_FIRST },
        { "small", DRESS_FIRST }, { "abbr", DRESS_FIRST },
        { "quote", DRESS_FIRST }, { "cquote", DRESS_FIRST },
        { "blockquote", DRESS_FIRST }, { "convert", DRESS_TWO },
        { "cvt", DRESS_TWO } };

    for (unsigned i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (name.len == strlen(known[i].name) && begins(name, known[i].name))
            return known[i].dress;
    return name.len > 5 && begins(name, "lang-") ? DRESS_LAST : DRESS_NONE;
}

/* "1=text" and "text=text" to the text. */
static struct bytes unnamed(struct bytes argument)
{
    argument = text_trim(argument);
    if (begins(argument, "1="))
        return behind(argument, 2);
    return begins(argument, "text=") ? behind(argument, 5) : argument;
}

static size_t put_template(struct way *w, struct bytes text, int depth)
{
    size_t len = span(w, text, "{{", "}}");
    struct bytes inside, name, first, second, last;
    enum dress dress;

    if (!len)
        return to_blank_line(text);
    inside = bytes_part(text, 2, len - 4);
    divide(inside, &name, &last);
    dress = dress_of(text_trim(name));
    if (dress == DRESS_NONE || name.len == inside.len)
        return len;
    divide(behind(inside, name.len + 1), &first, &last);
    put(w, unnamed(dress == DRESS_LAST ? last : first), depth + 1);
    if (dress == DRESS_TWO && last.data != first.data) {
        second = behind(inside, name.len + first.len + 2);
        divide(second, &second, &last);
        buffer_put_u8(w->out, ' ');
        put(w, second, depth + 1);
    }
    return len;
}

struct bytes wikitext_date(struct bytes text)
{
    for (size_t i = 0; i + 7 < text.len; i++)
        if (text.data[i] == '{' && begins(behind(text, i), "{{date|")) {
            struct bytes rest = behind(text, i + 7);
            size_t len = 0;

            while (len < rest.len && rest.data[len] != '}' &&
                   rest.data[len] != '|')
                len++;
            return text_trim(bytes_part(rest, 0, len));
        }
    return BYTES_NONE;
}

/* --- Tags --------------------------------------------------------------- */

/* The length of a tag; 0: it has no end. */
static size_t tag_length(struct bytes text)
{
    const uint8_t *end = memchr(text.data, '>',
                                text.len < TAG_MOST ? text.len : TAG_MOST);

    return end ? (size_t)(end - text.data) + 1 : 0;
}

/* The length from a tag to behind the end of its element. */
static size_t element_length(struct way *w, struct bytes text, size_t tag,
                             const char *name)
{
    size_t most = text.len < w->patience ? text.len : w->patience;
    char close[32];

    if (!tag || text.data[tag - 2] == '/')
        return tag ? tag : to_blank_line(text);
    snprintf(close, sizeof(close), "</%s>", name);
    for (size_t at = tag; at < most; at++)
        if (text.data[at] == '<' && begins(behind(text, at), close))
            return at + strlen(close);
    lose_patience(w, most);
    return to_blank_line(text);
}

/* The length of an element whose inside is no text; 0: it is none. */
static size_t skipped_element(struct way *w, struct bytes text)
{
    static const char *const known[] = { "ref", "math", "gallery", "score",
        "timeline", "syntaxhighlight", "source", "code", "imagemap",
        "templatestyles", NULL };

    for (unsigned i = 0; known[i]; i++) {
        size_t len = strlen(known[i]) + 1;

        if (text.len > len && begins(behind(text, 1), known[i]) &&
            !isalnum(text.data[len]))
            return element_length(w, text, tag_length(text), known[i]);
    }
    return 0;
}

static size_t put_tag(struct way *w, struct bytes text)
{
    const uint8_t *end;
    size_t len;

    if (begins(text, "<!--")) {
        end = memmem(text.data, text.len, "-->", 3);
        return end ? (size_t)(end - text.data) + 3 : text.len;
    }
    len = skipped_element(w, text);
    if (len)
        return len;
    len = tag_length(text);
    if (len && (isalpha(text.data[1]) || text.data[1] == '/')) {
        if (begins(text, "<br") || begins(text, "<p") || begins(text, "</p"))
            buffer_put_str(w->out, "\n\n");
        return len;
    }
    buffer_put_u8(w->out, '<');
    return 1;
}

/* "__NOTOC__": its length; 0: it is none. */
static size_t switch_word(struct bytes text)
{
    size_t len = 2;

    while (len < text.len && isupper(text.data[len]))
        len++;
    return len > 4 && begins(behind(text, len), "__") ? len + 2 : 0;
}

/* --- The text ----------------------------------------------------------- */

/* One mark at the start of the text; bytes taken, 0 where there is none. */
static size_t put_mark(struct way *w, struct bytes text, bool line_start,
                       int depth)
{
    size_t len;

    if (begins(text, "[["))
        return put_link(w, text, depth);
    if (begins(text, "[http") || begins(text, "[//"))
        return put_address(w, text, depth);
    if (begins(text, "{{"))
        return put_template(w, text, depth);
    if (line_start && begins(text, "{|")) {
        len = span(w, text, "{|", "|}");
        return len ? len : to_blank_line(text);
    }
    if (text.data[0] == '<')
        return put_tag(w, text);
    if (begins(text, "''")) {
        for (len = 2; len < text.len && text.data[len] == '\''; len++)
            ;
        return len;
    }
    return begins(text, "__") ? switch_word(text) : 0;
}

static void put(struct way *w, struct bytes text, int depth)
{
    bool line_start = true;

    while (text.len) {
        size_t len = 0;

        if (depth < DEPTH_MOST && w->patience && text.data[0] &&
            strchr("[{<'_", text.data[0]))
            len = put_mark(w, text, line_start, depth);
        if (!len) {
            buffer_put_u8(w->out, text.data[0]);
            len = 1;
        }
        line_start = text.data[len - 1] == '\n';
        text = behind(text, len);
    }
}

/* How deep a line is as a heading, "== Danach =="; 0: it is none. */
static size_t heading_level(struct bytes line)
{
    size_t level = 0;

    while (level < line.len && line.data[level] == '=')
        level++;
    return level < line.len && line.data[line.len - 1] == '=' ? level : 0;
}

/* A heading, a list's line: by itself, without its marks. */
static bool take_marks(struct bytes *line)
{
    size_t was = line->len;

    if (heading_level(*line))
        while (line->len && line->data[line->len - 1] == '=')
            line->len--;
    while (line->len && strchr("=*#:;", line->data[0]) && line->data[0])
        *line = behind(*line, 1);
    if (begins(*line, "----"))
        line->len = 0;
    *line = text_trim(*line);
    return line->len != was;
}

/* Paragraphs, and the headings above that have nothing below them yet. */
struct page {
    struct buffer *out;
    struct buffer headings, paragraph;
    size_t level;
};

static void end_paragraph(struct page *page)
{
    struct buffer shown = BUFFER_INIT;

    prose_paragraph(&shown, buffer_bytes(&page->paragraph));
    if (shown.len) {
        if (page->out->len && page->headings.len)
            buffer_put_str(page->out, "\n\n");
        buffer_put_bytes(page->out, buffer_bytes(&page->headings));
        buffer_clear(&page->headings);
        prose_paragraph(page->out, buffer_bytes(&page->paragraph));
    }
    buffer_clear(&page->paragraph);
    buffer_release(&shown);
}

static void put_heading(struct page *page, struct bytes line, size_t level)
{
    struct buffer text = BUFFER_INIT;

    end_paragraph(page);
    if (level <= page->level)
        buffer_clear(&page->headings);
    page->level = level;
    take_marks(&line);
    prose_unescape(&text, line);
    prose_paragraph(&page->headings, buffer_bytes(&text));
    buffer_release(&text);
}

static void put_line(struct page *page, struct bytes line)
{
    size_t level = heading_level(line);
    bool alone;

    if (level) {
        put_heading(page, line, level);
        return;
    }
    alone = take_marks(&line);
    if (alone || line.len == 0)
        end_paragraph(page);
    prose_unescape(&page->paragraph, line);
    buffer_put_u8(&page->paragraph, ' ');
    if (alone)
        end_paragraph(page);
}

void wikitext_prose(struct buffer *out, struct bytes text,
                    const struct bytes *names)
{
    struct buffer plain = BUFFER_INIT;
    struct way way = { &plain, names, PATIENCE_LEAST + 8 * text.len };
    struct page page = { .out = out };
    struct bytes rest;

    put(&way, text, 0);
    rest = buffer_bytes(&plain);
    while (rest.len) {
        const uint8_t *end = memchr(rest.data, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.data) : rest.len;

        put_line(&page, text_trim(bytes_part(rest, 0, len)));
        rest = behind(rest, len + (end != NULL));
    }
    end_paragraph(&page);
    buffer_release(&plain);
    buffer_release(&page.headings);
    buffer_release(&page.paragraph);
}
