/* mail.c -- a message to an article.
 *
 *   multipart/alternative
 *     text/plain            the text, where the page has less than half of it
 *     text/html             through the reader of pages
 *
 *   multipart/related       MHTML: the first page, by its Content-Location;
 *     text/html             its own title and date, not those of the saving
 */
#include "indexer/read/mail.h"

#include <ctype.h>
#include <inttypes.h>
#include <strings.h>

#include "indexer/read/headers.h"
#include "indexer/read/http.h"
#include "indexer/read/prose.h"
#include "indexer/read/text_lines.h"

enum { DEPTH_MOST = 8, PARTS_MOST = 200 };

/* What was found in the parts of a message. */
struct message {
    struct headers headers;
    struct buffer plain;        /* paragraphs */
    struct buffer html;         /* as bytes */
    struct envelope page;
    unsigned parts;
    bool cut, replaced;
};

static bool is_word(struct bytes text, const char *word)
{
    return text.len == strlen(word) &&
           strncasecmp((const char *)text.data, word, text.len) == 0;
}

static bool begins(struct bytes text, const char *word)
{
    return text.len >= strlen(word) &&
           strncasecmp((const char *)text.data, word, strlen(word)) == 0;
}

/* --- Parts -------------------------------------------------------------- */

/* Takes the marks of a quotation, "> > ", off a line. */
static bool unquote(struct bytes *line)
{
    bool quoted = false;

    while (line->len && line->data[0] == '>') {
        *line = text_trim(bytes_part(*line, 1, line->len - 1));
        quoted = true;
    }
    return quoted;
}

/* Blank lines divide paragraphs, and so does where a quotation begins or ends;
 * what stands behind "-- " is a signature. */
static void put_plain(struct message *m, struct bytes text)
{
    struct buffer paragraph = BUFFER_INIT;
    bool quoted = false;

    while (text.len) {
        const uint8_t *end = memchr(text.data, '\n', text.len);
        size_t len = end ? (size_t)(end - text.data) : text.len;
        struct bytes line = bytes_part(text, 0, len);
        bool marked;

        if (line.len && line.data[line.len - 1] == '\r')
            line.len--;
        if (line.len == 3 && memcmp(line.data, "-- ", 3) == 0)
            break;
        line = text_trim(line);
        marked = unquote(&line);
        if (marked != quoted || line.len == 0) {
            prose_paragraph(&m->plain, buffer_bytes(&paragraph));
            buffer_clear(&paragraph);
        }
        quoted = marked;
        buffer_put_bytes(&paragraph, line);
        buffer_put_u8(&paragraph, ' ');
        text = bytes_part(text, len + (end != NULL),
                          text.len - len - (end != NULL));
    }
    prose_paragraph(&m->plain, buffer_bytes(&paragraph));
    buffer_release(&paragraph);
}

static void take_plain(struct message *m, struct bytes body,
                       struct bytes charset)
{
    struct buffer text = BUFFER_INIT;

    m->replaced |= charset_decode_told(&text, body, CHARSET_PLAIN, NULL,
                                       charset) > 0;
    put_plain(m, buffer_bytes(&text));
    buffer_release(&text);
}

static void take_part(struct message *m, struct bytes raw, int depth,
                      struct arena *arena);

static void take_leaf(struct message *m, const struct headers *headers,
                      const struct envelope *e, struct bytes body, int depth,
                      struct arena *arena)
{
    struct bytes coding = header_word(
        headers_get(headers, "content-transfer-encoding"), arena);
    struct buffer text = BUFFER_INIT;

    if (begins(headers_get(headers, "content-disposition"), "attachment"))
        return;
    mime_decode(&text, body, coding);
    if (is_word(e->type, "message/rfc822")) {
        take_part(m, buffer_bytes(&text), depth + 1, arena);
    } else if (e->type.len == 0 || is_word(e->type, "text/plain")) {
        take_plain(m, buffer_bytes(&text), e->charset);
    } else if ((is_word(e->type, "text/html") ||
                is_word(e->type, "application/xhtml+xml")) &&
               m->html.len == 0) {
        m->page = *e;
        m->page.url = headers_get(headers, "content-location");
        buffer_put_bytes(&m->html, buffer_bytes(&text));
    }
    buffer_release(&text);
}

/* A part, or the message itself; its parts, to a depth. */
static void take_part(struct message *m, struct bytes raw, int depth,
                      struct arena *arena)
{
    struct bytes body, type, boundary, part;
    struct headers headers;
    struct envelope e = { 0 };
    size_t len = headers_read(&headers, raw, arena);

    if (depth == 0)
        m->headers = headers;
    if (m->parts++ >= PARTS_MOST || depth > DEPTH_MOST)
        return;
    body = len ? bytes_part(raw, len, raw.len - len) : BYTES_NONE;
    type = headers_get(&headers, "content-type");
    envelope_type(&e, type, arena);
    if (!begins(e.type, "multipart/")) {
        take_leaf(m, &headers, &e, body, depth, arena);
        return;
    }
    boundary = header_parameter(type, "boundary", arena);
    if (boundary.len == 0)
        return;
    m->cut |= !memmem(body.data ? body.data : (const uint8_t *)"", body.len,
                      arena_printf(arena, "%.*s--", (int)boundary.len,
                                   (const char *)boundary.data),
                      boundary.len + 2);
    while (mime_part(&part, &body, boundary))
        take_part(m, part, depth + 1, arena);
}

/* --- The article -------------------------------------------------------- */

/* "Ada Example" <ada@example.org> to the name; none for a bare address. */
static struct bytes name_of(struct bytes value, struct arena *arena)
{
    struct bytes text = mime_header(value, arena);
    const uint8_t *open = text.len ? memchr(text.data, '<', text.len) : NULL;
    const uint8_t *paren = text.len ? memchr(text.data, '(', text.len) : NULL;

    if (open)
        text.len = (size_t)(open - text.data);
    else if (paren && text.data[text.len - 1] == ')')
        text = bytes_of(paren + 1,
                        (size_t)(text.data + text.len - paren) - 2);
    text = text_trim(text);
    while (text.len > 1 && (text.data[0] == '"' || text.data[0] == '\'') &&
           text.data[text.len - 1] == text.data[0])
        text = text_trim(bytes_part(text, 1, text.len - 2));
    return text.len && memchr(text.data, '@', text.len) ? BYTES_NONE : text;
}

/* Where a sender is at home: ada@example.org to example.org. */
static struct bytes domain_of(struct bytes sender, struct arena *arena)
{
    struct bytes text = mime_header(sender, arena);
    const uint8_t *at = text.len ? memrchr(text.data, '@', text.len) : NULL;
    size_t len = 0;

    if (!at)
        return BYTES_NONE;
    text = bytes_of(at + 1, text.len - (size_t)(at + 1 - text.data));
    while (len < text.len && (isalnum(text.data[len]) || text.data[len] == '-'
                              || text.data[len] == '.'))
        len++;
    return bytes_part(text, 0, len);
}

static void take_headers(struct article *a, const struct headers *headers,
                         struct arena *arena)
{
    struct bytes id = headers_get(headers, "message-id");
    struct bytes date = headers_get(headers, "date");
    struct bytes sender = headers_get(headers, "from");

    a->title = mime_header(headers_get(headers, "subject"), arena);
    if (id.len > 2 && id.data[0] == '<' && id.data[id.len - 1] == '>')
        id = bytes_part(id, 1, id.len - 2);
    a->id = prose_keep(arena, mime_header(id, arena));
    list_add(&a->authors, arena, name_of(sender, arena));
    a->source = name_of(headers_get(headers, "list-id"), arena);
    if (a->source.len == 0)
        a->source = domain_of(sender, arena);
    if (date_parse(&a->published, mime_header(date, arena), 0))
        a->published_from = DATE_FROM_RECORD;
}

/* The article of the page inside; false: it has none. */
static bool read_page(struct article *page, struct message *m,
                      struct source *s, uint64_t offset, struct arena *arena)
{
    struct error ignored = ERROR_INIT;
    struct source *inner;
    bool found;

    m->page.cut = m->cut;
    if (m->html.len == 0 ||
        source_within(&inner, s, offset, buffer_bytes(&m->html), &m->page,
                      arena) != OK)
        return false;
    found = source_next(inner, page, arena, &ignored) == OK;
    /* It borrows from the source inside. */
    page->place = bytes_str(s->place);
    source_close(inner);
    return found;
}

/* Chrome and Firefox say where a saved page came from. */
static bool is_saved_page(const struct message *m)
{
    return headers_get(&m->headers, "snapshot-content-location").len ||
           begins(headers_get(&m->headers, "from"), "<saved by") ||
           (begins(m->page.url, "http") &&
            begins(headers_get(&m->headers, "content-type"),
                   "multipart/related"));
}

static void merge(struct article *a, const struct article *page,
                  const struct message *m)
{
    if (page->body.len * 2 >= m->plain.len) {
        a->body = page->body;
        a->captions = page->captions;
        a->flags |= page->flags;
    }
    if (a->title.len == 0)
        a->title = page->title;
    a->lang = page->lang;
}

enum status mail_article(struct article *a, struct source *s,
                         uint64_t offset, struct bytes raw,
                         struct arena *arena, struct error *err)
{
    struct message m = { 0 };
    struct article page;
    struct bytes type;
    bool found;

    take_part(&m, raw, 0, arena);
    if (m.page.url.len == 0)
        m.page.url = headers_get(&m.headers, "snapshot-content-location");
    type = headers_get(&m.headers, "content-type");
    found = read_page(&page, &m, s, offset, arena);
    if (found && is_saved_page(&m)) {
        *a = page;
        if (a->title.len == 0)
            a->title = mime_header(headers_get(&m.headers, "subject"), arena);
    } else {
        take_headers(a, &m.headers, arena);
        a->body = arena_copy(arena, buffer_bytes(&m.plain));
        if (found)
            merge(a, &page, &m);
    }
    if (m.replaced || m.cut)
        a->flags |= ARTICLE_DEGRADED;
    buffer_release(&m.plain);
    buffer_release(&m.html);
    if (a->body.len == 0)
        return error_set(err, ERR_INPUT, "%s: byte %" PRIu64 ": no text in "
                         "this message%s", s->path, offset,
                         begins(type, "multipart/encrypted") ||
                         begins(type, "application/pkcs7-mime")
                         ? ", which is encrypted" : "");
    return OK;
}
