/* source_wiki.c -- MediaWiki export 0.3 to 0.11, streamed: one article a
 * page of the main namespace, its newest revision.
 *
 *   <mediawiki xml:lang="en">
 *     <siteinfo><sitename>, <base>, <dbname>, <namespaces>
 *     <page><title>, <ns>, <id>, <redirect/>
 *       <revision><timestamp>, <text>      '''wikitext'''
 *
 * The export is regular, so pages are cut out and scanned as they are; only
 * a dump in another encoding than UTF-8 is read at once.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "common/base/url.h"
#include "common/text/unicode.h"
#include "indexer/read/prose.h"
#include "indexer/read/sgml.h"
#include "indexer/read/source_member.h"
#include "indexer/read/text_lines.h"
#include "indexer/read/wikitext.h"

enum { HEAD_LEN = 1 << 16, NAMES_MOST = 64 };

struct wiki {
    struct arena arena;
    struct bytes site, base, dbname;
    struct lang lang;
    struct bytes names[NAMES_MOST + 1];     /* of all namespaces but 0 */
    struct bytes hidden[NAMES_MOST + 1];    /* of pictures and categories */
    uint64_t pages, given;
};

static void wiki_close(struct source *s)
{
    struct wiki *wiki = s->state;

    if (wiki)
        arena_release(&wiki->arena);
}

/* --- The site ----------------------------------------------------------- */

/* "<text deleted="deleted" />" */
static bool is_empty_tag(struct bytes attributes)
{
    return attributes.len && attributes.data[attributes.len - 1] == '/';
}

static struct bytes text_of(struct bytes record, const char *tag,
                            struct arena *arena)
{
    struct bytes inside, attributes, text = BYTES_NONE;
    struct buffer b = BUFFER_INIT;
    size_t from = 0;

    if (sgml_field(&inside, &attributes, record, tag, &from) &&
        !is_empty_tag(attributes)) {
        prose_unescape(&b, inside);
        text = prose_keep(arena, buffer_bytes(&b));
    }
    buffer_release(&b);
    return text;
}

static void take_namespaces(struct wiki *wiki, struct bytes head)
{
    struct bytes inside, attributes;
    size_t from = 0, count = 0, hidden = 0;

    while (count < NAMES_MOST &&
           sgml_field(&inside, &attributes, head, "namespace", &from)) {
        struct bytes key = sgml_attribute(attributes, "key");
        struct bytes name = prose_keep(&wiki->arena, inside);

        if (is_empty_tag(attributes)) {
            from = (size_t)(attributes.data + attributes.len - head.data);
            continue;
        }
        if (name.len == 0 || bytes_equal(key, bytes_str("0")))
            continue;
        wiki->names[count++] = name;
        if (bytes_equal(key, bytes_str("6")) ||
            bytes_equal(key, bytes_str("14")))
            wiki->hidden[hidden++] = name;
    }
}

/* Replaces what was read by UTF-8, all of it. */
static enum status recode(struct source *s, struct error *err)
{
    struct bytes text;
    size_t replaced;
    enum status rc = source_take_all(&text, &replaced, s, CHARSET_MARKUP,
                                     err);

    s->consumed = 0;
    return rc;
}

static enum status begin(struct source *s, struct error *err)
{
    struct wiki *wiki = must_calloc(1, sizeof(*wiki));
    struct bytes head, inside, attributes;
    const uint8_t *page;
    size_t from = 0;
    enum status rc = source_window(&head, s, HEAD_LEN, err);

    s->state = wiki;
    if (rc == OK && head.len > 1 && (head.data[0] == 0 || head.data[1] == 0 ||
                                     head.data[0] >= 0xfe)) {
        rc = recode(s, err);
        head = buffer_bytes(&s->ahead);
    }
    if (rc != OK)
        return rc;
    page = memmem(head.data, head.len, "<page>", 6);
    if (page)
        head.len = (size_t)(page - head.data);
    if (sgml_field(&inside, &attributes, head, "mediawiki", &from))
        wiki->lang = lang_parse(sgml_attribute(attributes, "xml:lang"));
    wiki->site = text_of(head, "sitename", &wiki->arena);
    wiki->base = text_of(head, "base", &wiki->arena);
    wiki->dbname = text_of(head, "dbname", &wiki->arena);
    take_namespaces(wiki, head);
    return OK;
}

/* --- A page ------------------------------------------------------------- */

/* Whether a title has the name of a namespace before it. */
static bool is_named(struct bytes title, const struct bytes *names)
{
    for (; names->len; names++)
        if (title.len > names->len && title.data[names->len] == ':' &&
            memcmp(title.data, names->data, names->len) == 0)
            return true;
    return false;
}

/* The newest revision of a page. */
static struct bytes newest(struct bytes page, struct date *date,
                           struct arena *arena)
{
    struct bytes inside, attributes, best = BYTES_NONE;
    size_t from = 0;

    *date = UNDATED;
    while (sgml_field(&inside, &attributes, page, "revision", &from)) {
        struct date when = UNDATED;

        date_parse(&when, text_of(inside, "timestamp", arena), 0);
        if (best.len == 0 || when.seconds >= date->seconds) {
            best = inside;
            *date = when;
        }
    }
    return best;
}

static struct bytes address(const struct wiki *wiki, struct bytes title,
                            struct arena *arena)
{
    struct buffer url = BUFFER_INIT, out = BUFFER_INIT;
    struct bytes kept = BYTES_NONE;
    size_t stem = wiki->base.len;

    while (stem && wiki->base.data[stem - 1] != '/')
        stem--;
    buffer_put(&url, wiki->base.data, stem);
    for (size_t i = 0; i < title.len; i++) {
        uint8_t c = title.data[i];

        if (c == ' ')
            buffer_put_u8(&url, '_');
        else if (c > 0x7e || c <= ' ' || strchr("\"%&+<>?[\\]^`{|}#", c))
            buffer_printf(&url, "%%%02X", c);
        else
            buffer_put_u8(&url, c);
    }
    if (stem && url_canonical(&out, buffer_bytes(&url)))
        kept = arena_copy(arena, buffer_bytes(&out));
    buffer_release(&url);
    buffer_release(&out);
    return kept;
}

/* "#REDIRECT [[Page]]", in any language: one word, a link, and no more. */
static bool is_redirect(struct bytes text)
{
    const uint8_t *link = text.len && text.data[0] == '#'
                          ? memmem(text.data, text.len, "[[", 2) : NULL;
    const uint8_t *end = link ? memmem(link, text.len -
                                       (size_t)(link - text.data), "]]", 2)
                              : NULL;
    size_t word = 1, rest;

    if (!end)
        return false;
    while (text.data + word < link && text.data[word] > ' ' &&
           text.data[word] != ':')
        word++;
    rest = (size_t)(text.data + text.len - end) - 2;
    return word > 4 && link - (text.data + word) <= 3 && rest < 100;
}

static void take_text(struct article *a, const struct wiki *wiki,
                      struct bytes revision, struct arena *arena)
{
    struct buffer wikitext = BUFFER_INIT, body = BUFFER_INIT;
    struct bytes inside, attributes;
    size_t from = 0;

    if (sgml_field(&inside, &attributes, revision, "text", &from) &&
        !is_empty_tag(attributes)) {
        struct date written = UNDATED;

        prose_unescape(&wikitext, inside);
        if (is_redirect(text_trim(buffer_bytes(&wikitext))))
            buffer_clear(&wikitext);
        wikitext_prose(&body, buffer_bytes(&wikitext), wiki->hidden);
        if (date_parse(&written, wikitext_date(buffer_bytes(&wikitext)), 0))
            a->published = written;
    }
    a->body = arena_copy(arena, buffer_bytes(&body));
    buffer_release(&wikitext);
    buffer_release(&body);
}

/* False: a redirect, a talk page, a deleted text; no article. */
static bool read_page(struct article *a, const struct wiki *wiki,
                      struct bytes page, struct arena *arena)
{
    struct bytes inside, attributes, revision, id;
    struct bytes space = text_of(page, "ns", arena);
    struct bytes model;
    size_t from = 0;

    a->title = text_of(page, "title", arena);
    if (space.len ? !bytes_equal(space, bytes_str("0"))
                  : is_named(a->title, wiki->names))
        return false;
    if (sgml_field(&inside, &attributes, page, "redirect", &from))
        return false;
    revision = newest(page, &a->modified, arena);
    model = text_of(revision, "model", arena);
    if (model.len && !bytes_equal(model, bytes_str("wikitext")))
        return false;
    take_text(a, wiki, revision, arena);
    if (a->published.precision == DATE_NONE)
        a->published = a->modified;
    if (a->published.precision != DATE_NONE)
        a->published_from = DATE_FROM_RECORD;
    id = text_of(page, "id", arena);
    if (id.len && wiki->dbname.len)
        a->id = bytes_str(arena_printf(arena, "%.*s:%.*s",
                                       (int)wiki->dbname.len,
                                       (const char *)wiki->dbname.data,
                                       (int)id.len, (const char *)id.data));
    a->url = address(wiki, a->title, arena);
    a->source = wiki->site;
    a->lang = wiki->lang;
    return a->body.len > 0;
}

static enum status finish(struct source *s, struct wiki *wiki,
                          struct error *err)
{
    s->done = true;
    if (wiki->given || s->fault.code != OK)
        return END;
    return error_set(err, ERR_INPUT, "%s: none of its %" PRIu64 " pages is "
                     "an article", s->path, wiki->pages);
}

static enum status wiki_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    struct wiki *wiki;
    struct bytes piece;
    enum status rc;
    bool cut;

    if (!s->state && begin(s, err) != OK) {
        s->done = true;
        return err->code;
    }
    wiki = s->state;
    for (;;) {
        struct buffer text = BUFFER_INIT;
        bool taken;

        source_stamp(s, out);
        rc = source_piece(&piece, s, "<page>", "</page>", &cut, err);
        if (rc == END)
            return finish(s, wiki, err);
        out->record = wiki->pages++;
        out->offset = s->consumed - piece.len;
        if (rc != OK)
            return rc;
        utf8_repair(&text, piece);
        taken = read_page(out, wiki, buffer_bytes(&text), arena);
        buffer_release(&text);
        if (!taken)
            continue;
        wiki->given++;
        if (cut)
            out->flags |= ARTICLE_DEGRADED;
        return OK;
    }
}

const struct source_ops source_wiki = { "mediawiki", wiki_next, wiki_close };
