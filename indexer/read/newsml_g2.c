/* newsml_g2.c -- an item of NewsML-G2 (IPTC) to an article.
 *
 *   <newsItem guid version>
 *     <itemMeta>      itemClass, provider, versionCreated, pubStatus
 *     <contentMeta>   headline, by, creator, language, subject, slugline
 *     <contentSet>    inlineXML: XHTML or NITF; inlineData; remoteContent
 */
#include <strings.h>

#include "indexer/read/prose.h"
#include "indexer/read/wire.h"

static bool ends_in(struct bytes text, const char *ending)
{
    size_t len = strlen(ending);

    return text.len >= len &&
           memcmp(text.data + text.len - len, ending, len) == 0;
}

/* Behind the last colon of a code, "icls:text". */
static struct bytes code_of(const xmlNode *node)
{
    struct bytes code = xml_attribute(node, "qcode");

    for (size_t i = code.len; i-- > 0;)
        if (code.data[i] == ':')
            return bytes_part(code, i + 1, code.len - i - 1);
    return code;
}

/* A name, else a literal, else an address. */
static struct bytes name_of(const xmlNode *node, struct arena *arena)
{
    struct bytes name = xml_line(xml_child(node, "name"), arena);

    if (name.len == 0)
        name = prose_keep(arena, xml_attribute(node, "literal"));
    if (name.len == 0)
        name = prose_keep(arena, code_of(node));
    return name;
}

/* --- Fields ------------------------------------------------------------- */

/* The headline of no role, or of the main one. */
static struct bytes headline(const xmlNode *meta, struct arena *arena)
{
    const xmlNode *best = NULL;

    for (const xmlNode *at = meta ? meta->children : NULL; at; at = at->next)
    {
        struct bytes role = xml_attribute(at, "role");

        if (!xml_is(at, "headline"))
            continue;
        if (!best || role.len == 0 || ends_in(role, "main"))
            best = at;
        if (role.len == 0 || ends_in(role, "main"))
            break;
    }
    return xml_line(best, arena);
}

static void take_authors(struct article *a, const xmlNode *meta,
                         struct arena *arena)
{
    for (const xmlNode *at = meta ? meta->children : NULL; at; at = at->next)
        if (xml_is(at, "by"))
            prose_byline(&a->authors, xml_line(at, arena), arena);
    if (a->authors.count)
        return;
    for (const xmlNode *at = meta ? meta->children : NULL; at; at = at->next)
        if (xml_is(at, "creator") || xml_is(at, "contributor")) {
            struct bytes name = xml_line(xml_child(at, "name"), arena);

            if (name.len == 0 && xml_is(at, "creator"))
                name = prose_keep(arena, xml_attribute(at, "literal"));
            if (!bytes_equal(name, a->source))
                list_add(&a->authors, arena, name);
        }
}

static void take_dates(struct article *a, const xmlNode *item,
                       struct arena *arena)
{
    const xmlNode *meta = xml_child(item, "itemMeta");
    const xmlNode *content = xml_child(item, "contentMeta");

    wire_date(&a->published, xml_line(xml_child(meta, "firstCreated"),
                                      arena));
    wire_date(&a->published, xml_line(xml_child(content, "contentCreated"),
                                      arena));
    wire_date(&a->modified, xml_line(xml_child(meta, "versionCreated"),
                                     arena));
    wire_date(&a->modified, xml_line(xml_child(content, "contentModified"),
                                     arena));
    if (a->published.precision == DATE_NONE)
        a->published = a->modified;
    if (a->published.precision != DATE_NONE)
        a->published_from = DATE_FROM_RECORD;
}

static void take_tags(struct article *a, const xmlNode *meta,
                      struct arena *arena)
{
    for (const xmlNode *at = meta ? meta->children : NULL; at; at = at->next)
        if (xml_is(at, "subject"))
            list_add(&a->tags, arena, xml_line(xml_child(at, "name"), arena));
        else if (xml_is(at, "keyword") || xml_is(at, "slugline"))
            list_add(&a->tags, arena, xml_line(at, arena));
}

static void take_labels(struct article *a, const xmlNode *item,
                        struct arena *arena)
{
    const xmlNode *meta = xml_child(item, "itemMeta");
    const xmlNode *content = xml_child(item, "contentMeta");
    struct bytes lang = xml_attribute(xml_child(content, "language"), "tag");

    a->id = prose_keep(arena, xml_attribute(item, "guid"));
    a->version = wire_number(xml_attribute(item, "version"));
    a->source = name_of(xml_child(content, "infoSource"), arena);
    if (a->source.len == 0)
        a->source = name_of(xml_child(meta, "provider"), arena);
    if (a->source.len == 0)
        a->source = xml_line(xml_child(content, "creditline"), arena);
    a->lang = lang_parse(lang.len ? lang : xml_attribute(item, "lang"));
    for (const xmlNode *at = meta ? meta->children : NULL; at; at = at->next)
        if (xml_is(at, "link") && a->url.len == 0 &&
            ends_in(xml_attribute(at, "rel"), "permalink"))
            a->url = wire_address(xml_attribute(at, "href"), arena);
    if (wire_withdrawn(xml_attribute(xml_child(meta, "pubStatus"), "qcode")))
        a->flags |= ARTICLE_WITHDRAWN;
}

/* --- Body --------------------------------------------------------------- */

static void take_content(struct article *a, const xmlNode *set,
                         struct arena *arena)
{
    for (const xmlNode *at = set ? set->children : NULL; at; at = at->next) {
        const xmlNode *inside = at;
        struct bytes text;

        if (!xml_is(at, "inlineXML") && !xml_is(at, "inlineData"))
            continue;
        if (xml_find(at, "nitf")) {
            nitf_body(a, xml_find(at, "nitf"), arena);
            continue;
        }
        if (xml_find(at, "body"))
            inside = xml_find(at, "body");
        text = wire_text(inside, arena);
        if (text.len > a->body.len)
            a->body = text;
    }
}

static void take_text(struct article *a, const xmlNode *item,
                      struct arena *arena)
{
    const xmlNode *meta = xml_child(item, "contentMeta");
    struct bytes lead = wire_text(xml_child(meta, "description"), arena);

    a->title = headline(meta, arena);
    take_content(a, xml_child(item, "contentSet"), arena);
    if (a->title.len == 0)
        a->title = xml_line(xml_at(item, "itemMeta/title"), arena);
    if (a->body.len == 0)
        a->body = lead;
    else if (a->lead.len == 0 && lead.len && (lead.len > a->body.len ||
             memcmp(lead.data, a->body.data, lead.len) != 0))
        a->lead = lead;
}

enum status newsml_g2_article(struct article *a, const xmlNode *item,
                              struct arena *arena, struct error *err)
{
    struct bytes kind = code_of(xml_at(item, "itemMeta/itemClass"));

    if (!xml_is(item, "newsItem"))
        return error_set(err, ERR_INPUT, "a %s is no article",
                         (const char *)item->name);
    if (wire_embargoed(xml_line(xml_at(item, "itemMeta/embargoed"), arena)))
        return error_set(err, ERR_INPUT, "under embargo");
    take_labels(a, item, arena);
    if (kind.len && !bytes_equal(kind, bytes_str("text")) &&
        !(a->flags & ARTICLE_WITHDRAWN))
        return error_set(err, ERR_INPUT, "an item of class %.*s, not text",
                         kind.len < 40 ? (int)kind.len : 40,
                         (const char *)kind.data);
    take_text(a, item, arena);
    take_dates(a, item, arena);
    take_tags(a, xml_child(item, "contentMeta"), arena);
    take_authors(a, xml_child(item, "contentMeta"), arena);
    if (a->title.len == 0 && a->body.len == 0 &&
        !(a->flags & ARTICLE_WITHDRAWN))
        return error_set(err, ERR_INPUT, "no title and no body");
    return OK;
}
