/* source_feed.c -- RSS 0.9x, 1.0, 2.0, Atom, and WordPress's export (WXR),
 * which is RSS: one article an entry.
 *
 *   <rss><channel>            title, language: of all entries
 *     <item>                  guid, link, title, pubDate, dc:creator
 *       <content:encoded>     the body, as HTML inside
 *   <feed>                    title
 *     <entry>                 id, link@href, title, published, author/name
 *       <content type=html>   the body
 *
 * A feed that is not well-formed is mended in its text and parsed once more;
 * if that fails too, the whole entries before the fault are given and the
 * fault is told behind them.
 */
#include <strings.h>

#include "common/base/url.h"
#include "indexer/read/feed_tidy.h"
#include "indexer/read/html.h"
#include "indexer/read/prose.h"
#include "indexer/read/source_member.h"
#include "indexer/read/wordpress.h"
#include "indexer/read/xml.h"

enum { TEASER_MOST = 600 };

struct feed {
    xmlDoc *doc;
    const xmlNode *entry;       /* the next to give */
    struct arena arena;         /* what follows lives as long as the feed */
    struct bytes title, base, author;
    struct lang lang;
    uint64_t count;
    struct error fault;         /* to tell when the entries are through */
    bool degraded;
};

static void feed_close(struct source *s)
{
    struct feed *feed = s->state;

    if (!feed)
        return;
    xmlFreeDoc(feed->doc);
    arena_release(&feed->arena);
}

/* --- Elements ----------------------------------------------------------- */

enum space { SPACE_CORE, SPACE_CONTENT, SPACE_DC, SPACE_WP, SPACE_OTHER };

/* By the prefix that everybody uses where it was not declared. */
static enum space space_of(const xmlNode *node)
{
    static const struct { const char *part; enum space space; } known[] = {
        { "purl.org/rss/1.0/modules/content", SPACE_CONTENT },
        { "wordpress.org/export/1", SPACE_WP },
        { "purl.org/dc/", SPACE_DC }, { "w3.org/2005/Atom", SPACE_CORE },
        { "purl.org/atom/ns", SPACE_CORE }, { "purl.org/rss/1.0/", SPACE_CORE },
        { "my.netscape.com", SPACE_CORE }, { "backend.userland", SPACE_CORE },
        { "blogs.law.harvard", SPACE_CORE }, { "w3.org/1999/02", SPACE_CORE },
        { "channel.netscape.com", SPACE_CORE },
    };
    const char *href = node->ns ? (const char *)node->ns->href : NULL;
    const char *name = (const char *)node->name;

    if (!href) {
        if (strncmp(name, "content:", 8) == 0)
            return SPACE_CONTENT;
        if (strncmp(name, "dc:", 3) == 0)
            return SPACE_DC;
        return strchr(name, ':') ? SPACE_OTHER : SPACE_CORE;
    }
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strstr(href, known[i].part))
            return known[i].space;
    return SPACE_OTHER;
}

static bool is(const xmlNode *node, enum space space, const char *name)
{
    const char *own, *colon;

    if (node->type != XML_ELEMENT_NODE)
        return false;
    own = (const char *)node->name;
    colon = strchr(own, ':');
    return strcasecmp(colon ? colon + 1 : own, name) == 0 &&
           space_of(node) == space;
}

static const xmlNode *child(const xmlNode *of, enum space space,
                            const char *name)
{
    for (const xmlNode *at = of ? of->children : NULL; at; at = at->next)
        if (is(at, space, name))
            return at;
    return NULL;
}

static const char *attribute(const xmlNode *node, const char *name)
{
    if (!node || node->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *at = node->properties; at; at = at->next)
        if (strcasecmp((const char *)at->name, name) == 0 && at->children)
            return (const char *)at->children->content;
    return NULL;
}

/* The text of an element as it is. */
static struct bytes content(const xmlNode *node, struct arena *arena)
{
    xmlChar *text = node ? xmlNodeGetContent(node) : NULL;
    struct bytes kept = arena_copy(arena, bytes_str((const char *)text));

    xmlFree(text);
    return kept;
}

/* HTML to paragraphs; what was escaped twice is stripped twice. */
static struct bytes paragraphs(struct bytes html, struct arena *arena)
{
    struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    struct bytes kept;

    prose_strip_tags(&once, html);
    if (memmem(once.data ? once.data : (uint8_t *)"", once.len, "</p>", 4) ||
        memmem(once.data ? once.data : (uint8_t *)"", once.len, "<br", 3))
        prose_strip_tags(&twice, buffer_bytes(&once));
    kept = arena_copy(arena, buffer_bytes(twice.len ? &twice : &once));
    buffer_release(&once);
    buffer_release(&twice);
    return kept;
}

/* Without the labels at its end: "Sign up for our letter". */
static struct bytes without_labels(struct bytes body)
{
    for (;;) {
        size_t at = body.len;

        while (at && !(body.data[at - 1] == '\n'))
            at--;
        if (at < 2 || !html_is_label(bytes_part(body, at, body.len - at)))
            return body;
        body.len = at - 2;
    }
}

/* One line of text; entities and tags in it are HTML's. */
static struct bytes line(const xmlNode *node, struct arena *arena)
{
    return prose_keep(arena, paragraphs(content(node, arena), arena));
}

/* Inline XHTML is written out first, so that its tags are seen. */
static struct bytes inside(const xmlNode *node, struct arena *arena)
{
    xmlBuffer *written = xmlBufferCreate();
    struct bytes text;

    if (!written)
        out_of_memory();
    xmlNodeDump(written, node->doc, (xmlNode *)node, 0, 0);
    text = paragraphs(bytes_str((const char *)xmlBufferContent(written)),
                      arena);
    xmlBufferFree(written);
    return text;
}

static struct bytes rich(const xmlNode *node, struct arena *arena)
{
    const char *type = attribute(node, "type");

    if (type && strcasecmp(type, "xhtml") == 0)
        return inside(node, arena);
    if (!node || (type && strstr(type, "base64")))
        return BYTES_NONE;
    return paragraphs(content(node, arena), arena);
}

/* --- Fields of an entry ------------------------------------------------- */

static const xmlNode *alternate(const xmlNode *entry)
{
    for (const xmlNode *at = entry->children; at; at = at->next) {
        const char *rel = attribute(at, "rel");

        if (is(at, SPACE_CORE, "link") && attribute(at, "href") &&
            (!rel || strcasecmp(rel, "alternate") == 0))
            return at;
    }
    return NULL;
}

static struct bytes canonical(struct bytes base, struct bytes link,
                              struct arena *arena)
{
    struct buffer full = BUFFER_INIT, out = BUFFER_INIT;
    struct bytes kept = BYTES_NONE;

    if (link.len) {
        url_resolve(&full, base, link);
        if (url_canonical(&out, buffer_bytes(&full)))
            kept = arena_copy(arena, buffer_bytes(&out));
    }
    buffer_release(&full);
    buffer_release(&out);
    return kept;
}

static void take_address(struct article *a, const struct feed *feed,
                         const xmlNode *entry, struct arena *arena)
{
    const xmlNode *guid = child(entry, SPACE_CORE, "guid");
    const xmlNode *atom = alternate(entry);
    const char *permanent = attribute(guid, "isPermaLink");
    bool is_link = guid && !(permanent && strcasecmp(permanent, "false") == 0);
    struct bytes id = line(guid ? guid : child(entry, SPACE_CORE, "id"),
                           arena);
    struct bytes link = line(child(entry, SPACE_OTHER, "origLink"), arena);

    if (link.len == 0 && atom)
        link = bytes_str(attribute(atom, "href"));
    if (link.len == 0)
        link = line(child(entry, SPACE_CORE, "link"), arena);
    if (link.len == 0 && is_link)
        link = id;
    if (link.len == 0)
        link = bytes_str(attribute(entry, "about"));
    a->url = canonical(feed->base, link, arena);
    if (id.len >= 4 && strncasecmp((const char *)id.data, "http", 4) == 0 &&
        (is_link || !guid))
        return;
    a->id = id;
}

static bool take_date(struct date *date, const xmlNode *node,
                      struct arena *arena)
{
    return node && date_parse(date, line(node, arena), 0);
}

static void take_dates(struct article *a, const xmlNode *entry,
                       struct arena *arena)
{
    static const struct { enum space space; const char *name; } first[] = {
        { SPACE_CORE, "pubDate" }, { SPACE_CORE, "published" },
        { SPACE_CORE, "issued" }, { SPACE_DC, "date" },
        { SPACE_DC, "issued" }, { SPACE_DC, "created" },
        { SPACE_CORE, "created" }, { SPACE_OTHER, "published" },
        { SPACE_CORE, "date" },
    };

    take_date(&a->modified, child(entry, SPACE_CORE, "updated"), arena);
    if (a->modified.precision == DATE_NONE)
        take_date(&a->modified, child(entry, SPACE_CORE, "modified"), arena);
    for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++)
        if (take_date(&a->published,
                      child(entry, first[i].space, first[i].name), arena))
            break;
    if (a->published.precision == DATE_NONE)
        a->published = a->modified;
    if (a->published.precision != DATE_NONE)
        a->published_from = DATE_FROM_FEED;
}

/* "ada@news.example (Ada Example)" to the name. */
static struct bytes without_mail(struct bytes author)
{
    const uint8_t *open = author.len ? memchr(author.data, '(', author.len)
                                     : NULL;
    size_t at;

    if (!author.len || !memchr(author.data, '@', author.len))
        return author;
    if (!open || author.data[author.len - 1] != ')')
        return BYTES_NONE;
    at = (size_t)(open - author.data) + 1;
    return bytes_part(author, at, author.len - at - 1);
}

static void take_authors(struct bytes_list *authors, const xmlNode *entry,
                         struct arena *arena)
{
    for (const xmlNode *at = entry->children; at; at = at->next) {
        const xmlNode *name = child(at, SPACE_CORE, "name");

        if (is(at, SPACE_DC, "creator"))
            list_add(authors, arena, line(at, arena));
        else if (is(at, SPACE_CORE, "author"))
            list_add(authors, arena,
                     without_mail(line(name ? name : at, arena)));
    }
}

/* A child of this name, be it of the feed's own language or another's:
 * itunes:summary, media:title. */
static const xmlNode *any_child(const xmlNode *entry, const char *name)
{
    const xmlNode *found = child(entry, SPACE_CORE, name);

    if (!found)
        found = child(entry, SPACE_DC, name);
    return found ? found : child(entry, SPACE_OTHER, name);
}

/* What older feeds have in place of content:encoded: xhtml:body, and fullitem,
 * where it is escaped. */
static struct bytes old_body(const xmlNode *entry, struct arena *arena)
{
    const xmlNode *body = any_child(entry, "body");

    if (!body)
        body = child(entry, SPACE_CORE, "fullitem");
    return body && xmlFirstElementChild((xmlNode *)body)
           ? inside(body, arena) : rich(body, arena);
}

static struct bytes body_of(const xmlNode *entry, struct arena *arena)
{
    const xmlNode *encoded = child(entry, SPACE_CONTENT, "encoded");
    struct bytes body = child(entry, SPACE_WP, "post_type")
        ? paragraphs(wordpress_html(content(encoded, arena), arena), arena)
        : rich(encoded, arena);

    if (body.len == 0)
        body = rich(child(entry, SPACE_CORE, "content"), arena);
    return body.len ? body : old_body(entry, arena);
}

static struct bytes summary_of(const xmlNode *entry, struct arena *arena)
{
    static const char *const names[] = { "description", "summary", "abstract",
                                         NULL };
    struct bytes summary = BYTES_NONE;

    for (unsigned i = 0; names[i] && summary.len == 0; i++)
        summary = rich(any_child(entry, names[i]), arena);
    return without_labels(summary);
}

static void take_text(struct article *a, const xmlNode *entry,
                      struct arena *arena)
{
    struct bytes lead = summary_of(entry, arena);

    a->body = without_labels(body_of(entry, arena));
    if (a->body.len == 0) {
        a->body = lead;
        if (lead.len < TEASER_MOST)
            a->flags |= ARTICLE_TEASER;
    } else if (lead.len && lead.len < a->body.len &&
               memcmp(lead.data, a->body.data,
                      lead.len < 60 ? lead.len : 60) != 0) {
        a->lead = lead;
    }
}

static void take_labels(struct article *a, const struct feed *feed,
                        const xmlNode *entry, struct arena *arena)
{
    const xmlNode *source = child(entry, SPACE_CORE, "source");
    const xmlNode *name = child(source, SPACE_CORE, "title");
    const char *lang = attribute(entry, "lang");

    for (const xmlNode *at = entry->children; at; at = at->next)
        if (is(at, SPACE_CORE, "category") || is(at, SPACE_DC, "subject")) {
            const char *term = attribute(at, "term");

            list_add(&a->tags, arena,
                     term ? prose_keep(arena, bytes_str(term))
                          : line(at, arena));
        }
    a->source = line(name ? name : source, arena);
    if (a->source.len == 0)
        a->source = feed->title;
    a->lang = lang_parse(lang ? bytes_str(lang)
                              : line(child(entry, SPACE_DC, "language"),
                                     arena));
    if (!a->lang.code[0])
        a->lang = feed->lang;
}

/* --- The feed ----------------------------------------------------------- */

static xmlDoc *parse_mended(struct feed *feed, struct bytes text)
{
    struct buffer mended = BUFFER_INIT, cut = BUFFER_INIT;
    struct error ignored = ERROR_INIT;
    xmlDoc *doc;

    feed_repair(&mended, text);
    doc = xml_parse(buffer_bytes(&mended), &feed->fault);
    if (doc) {
        feed->degraded = true;
        error_clear(&feed->fault);
    } else if (feed_cut(&cut, buffer_bytes(&mended))) {
        doc = xml_parse(buffer_bytes(&cut), &ignored);
    }
    buffer_release(&mended);
    buffer_release(&cut);
    return doc;
}

static bool is_entry(const xmlNode *node)
{
    return is(node, SPACE_CORE, "item") || is(node, SPACE_CORE, "entry");
}

/* In an export of WordPress, drafts and what is no post: pages, menus, the
 * pictures. */
static bool is_hidden(const xmlNode *entry, struct arena *arena)
{
    struct bytes type = line(child(entry, SPACE_WP, "post_type"), arena);
    struct bytes status = line(child(entry, SPACE_WP, "status"), arena);

    return (type.len && !bytes_equal(type, bytes_str("post"))) ||
           (status.len && !bytes_equal(status, bytes_str("publish")));
}

/* The first entry at or behind `node`. */
static const xmlNode *next_entry(const xmlNode *node, struct arena *arena)
{
    while (node && (!is_entry(node) || is_hidden(node, arena)))
        node = node->next;
    return node;
}

static void describe(struct feed *feed, const xmlNode *root)
{
    const xmlNode *channel = child(root, SPACE_CORE, "channel");
    const xmlNode *link;
    const char *lang = attribute(root, "lang");
    struct bytes_list authors = { NULL, 0 };

    channel = channel ? channel : root;
    feed->title = line(child(channel, SPACE_CORE, "title"), &feed->arena);
    link = alternate(channel);
    feed->base = canonical(BYTES_NONE, link ? bytes_str(attribute(link, "href"))
                           : line(child(channel, SPACE_CORE, "link"),
                                  &feed->arena), &feed->arena);
    if (attribute(root, "base"))
        feed->base = canonical(BYTES_NONE, bytes_str(attribute(root, "base")),
                               &feed->arena);
    feed->lang = lang_parse(lang ? bytes_str(lang)
                            : line(child(channel, SPACE_CORE, "language"),
                                   &feed->arena));
    take_authors(&authors, channel, &feed->arena);
    if (authors.count && is(root, SPACE_CORE, "feed"))
        feed->author = authors.items[0];
    /* RSS 1.0 has its entries beside the channel. */
    feed->entry = next_entry(channel->children, &feed->arena);
    if (!feed->entry)
        feed->entry = next_entry(root->children, &feed->arena);
}

/* The feed in a document; some sites put a page around it. */
static const xmlNode *feed_root(const xmlNode *root)
{
    static const char *const around[] = { "html", "body", NULL };

    for (unsigned i = 0; around[i] && root &&
         strcasecmp((const char *)root->name, around[i]) == 0; i++)
        root = xmlLastElementChild((xmlNode *)root);
    return root;
}

static enum status begin(struct source *s, struct error *err)
{
    struct feed *feed = must_calloc(1, sizeof(*feed));
    struct buffer xml = BUFFER_INIT;
    struct bytes text;
    size_t replaced;
    enum status rc;

    s->state = feed;
    rc = source_take_all(&text, &replaced, s, CHARSET_MARKUP, err);
    if (rc == OK && feed_behead(&xml, text, err) == OK &&
        html_guard(buffer_bytes(&xml), err) == OK) {
        feed->doc = xml_parse(buffer_bytes(&xml), &feed->fault);
        if (!feed->doc)
            feed->doc = parse_mended(feed, buffer_bytes(&xml));
        feed->degraded |= replaced > 0;
        if (feed->doc && xmlDocGetRootElement(feed->doc))
            describe(feed, feed_root(xmlDocGetRootElement(feed->doc)));
    } else if (rc == OK) {
        rc = error_prefix(err, "%s", s->path);
    }
    buffer_release(&xml);
    buffer_release(&s->ahead);
    s->done = rc != OK;
    return rc;
}

/* Behind the last entry: the fault, once; or END. */
static enum status finish(struct source *s, struct feed *feed,
                          struct error *err)
{
    s->done = true;
    if (feed->fault.code == OK && feed->count)
        return END;
    if (feed->fault.code == OK)
        return error_set(err, ERR_INPUT, "%s: no entry in this feed",
                         s->path);
    return error_set(err, ERR_INPUT, "%s: %s", s->path, feed->fault.message);
}

static enum status feed_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    const xmlNode *entry;
    struct feed *feed;

    if (!s->state && begin(s, err) != OK)
        return err->code;
    feed = s->state;
    if (!feed->entry)
        return finish(s, feed, err);
    entry = feed->entry;
    feed->entry = next_entry(entry->next, arena);
    source_stamp(s, out);
    out->record = feed->count++;
    out->title = line(any_child(entry, "title"), arena);
    take_address(out, feed, entry, arena);
    take_dates(out, entry, arena);
    take_text(out, entry, arena);
    take_labels(out, feed, entry, arena);
    take_authors(&out->authors, entry, arena);
    if (out->authors.count == 0)
        list_add(&out->authors, arena, feed->author);
    if (feed->degraded)
        out->flags |= ARTICLE_DEGRADED;
    if (out->title.len == 0 && out->body.len == 0)
        return error_set(err, ERR_INPUT, "%s: line %d: no title and no body",
                         s->path, (int)xmlGetLineNo((xmlNode *)entry));
    return OK;
}

const struct source_ops source_feed = { "feed", feed_next, feed_close };
