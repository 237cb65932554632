/* nitf.c -- NITF 3 (IPTC) to an article.
 *
 *   <nitf><head><docdata>      doc-id, date.issue, date.release, copyright
 *         <body><body.head>    hedline/hl1, byline, abstract, distributor
 *               <body.content> p, hl2, lists, tables; block in the NYT's
 */
#include <strings.h>

#include "indexer/read/prose.h"
#include "indexer/read/wire.h"

static bool is_class(const xmlNode *node, const char *name)
{
    return bytes_equal(xml_attribute(node, "class"), bytes_str(name));
}

/* --- Body --------------------------------------------------------------- */

/* The New York Times has the text twice: its lead, and in full. */
static const xmlNode *full_text(const xmlNode *content)
{
    for (const xmlNode *at = content; at; at = xml_next(content, at, false))
        if (xml_is(at, "block") && is_class(at, "full_text"))
            return at;
    return content;
}

static void take_captions(struct article *a, const xmlNode *content,
                          struct arena *arena)
{
    struct buffer captions = BUFFER_INIT;

    for (const xmlNode *at = content; at; at = xml_next(content, at, false))
        if (xml_is(at, "media-caption")) {
            struct bytes line = xml_line(at, arena);

            if (line.len && captions.len)
                buffer_put_u8(&captions, '\n');
            buffer_put_bytes(&captions, line);
        }
    a->captions = arena_copy(arena, buffer_bytes(&captions));
    buffer_release(&captions);
}

void nitf_body(struct article *a, const xmlNode *nitf, struct arena *arena)
{
    const xmlNode *body = xml_is(nitf, "body") ? nitf
                                               : xml_child(nitf, "body");
    const xmlNode *head = xml_child(body, "body.head");
    const xmlNode *content = xml_child(body, "body.content");

    if (a->title.len == 0)
        a->title = xml_line(xml_at(head, "hedline/hl1"), arena);
    if (a->title.len == 0)
        a->title = xml_line(xml_child(head, "hedline"), arena);
    if (a->title.len == 0)
        a->title = xml_line(xml_at(nitf, "head/title"), arena);
    if (a->lead.len == 0)
        a->lead = wire_text(xml_child(head, "abstract"), arena);
    if (content)
        content = full_text(content);
    else
        content = head ? NULL : body;
    a->body = wire_text(content, arena);
    if (content)
        take_captions(a, content, arena);
    /* An abstract that only repeats the beginning is none. */
    if (a->lead.len && a->body.len >= a->lead.len &&
        memcmp(a->body.data, a->lead.data, a->lead.len) == 0)
        a->lead = BYTES_NONE;
    if (bytes_equal(a->lead, a->title))
        a->lead = BYTES_NONE;
}

/* --- Fields ------------------------------------------------------------- */

/* A byline is a person, or a line of text with a job behind it. */
static void take_byline(struct article *a, const xmlNode *byline,
                        struct arena *arena)
{
    struct buffer line = BUFFER_INIT;
    bool person = false;

    for (const xmlNode *at = byline; at; at = xml_next(byline, at, false))
        if (xml_is(at, "person")) {
            prose_byline(&a->authors, xml_line(at, arena), arena);
            person = true;
        }
    if (!person) {
        static const char *const skip[] = { "byttl", "virtloc", NULL };

        xml_prose(&line, byline, skip);
        prose_byline(&a->authors, buffer_bytes(&line), arena);
    }
    buffer_release(&line);
}

/* "Last, First; Last, First". */
static void add_turned(struct article *a, struct bytes line,
                       struct arena *arena)
{
    while (line.len) {
        const uint8_t *end = memchr(line.data, ';', line.len), *comma;
        size_t len = end ? (size_t)(end - line.data) : line.len;
        struct bytes name = bytes_part(line, 0, len);

        comma = memchr(name.data, ',', name.len);
        if (comma)
            name = bytes_str(arena_printf(arena, "%.*s %.*s",
                (int)(name.data + name.len - comma - 1), comma + 1,
                (int)(comma - name.data), name.data));
        list_add(&a->authors, arena, prose_keep(arena, name));
        line = bytes_part(line, len + (end != NULL),
                          line.len - len - (end != NULL));
    }
}

/* The one that was made uniform is better than the printed one. */
static void take_authors(struct article *a, const xmlNode *head,
                         struct arena *arena)
{
    const xmlNode *uniform = NULL;

    for (const xmlNode *at = head ? head->children : NULL; at; at = at->next)
        if (xml_is(at, "byline") && is_class(at, "normalized_byline"))
            uniform = at;
    if (uniform) {
        add_turned(a, xml_line(uniform, arena), arena);
        return;
    }
    for (const xmlNode *at = head ? head->children : NULL; at; at = at->next)
        if (xml_is(at, "byline"))
            take_byline(a, at, arena);
}

static struct bytes meta(const xmlNode *head, const char *name)
{
    for (const xmlNode *at = head ? head->children : NULL; at; at = at->next)
        if (xml_is(at, "meta") &&
            bytes_equal(xml_attribute(at, "name"), bytes_str(name)))
            return xml_attribute(at, "content");
    return BYTES_NONE;
}

static unsigned small_number(struct bytes text)
{
    return text.len < 5 ? (unsigned)wire_number(text) : 0;
}

static void take_dates(struct article *a, const xmlNode *nitf,
                       const xmlNode *head, struct arena *arena)
{
    const xmlNode *data = xml_child(head, "docdata");
    const xmlNode *story = xml_at(nitf, "body/body.head/dateline/story.date");
    unsigned year = small_number(meta(head, "publication_year"));

    wire_date(&a->published, xml_attribute(xml_child(data, "date.release"),
                                           "norm"));
    wire_date(&a->published, xml_attribute(xml_child(data, "date.issue"),
                                           "norm"));
    wire_date(&a->published, xml_attribute(story, "norm"));
    wire_date(&a->published, xml_attribute(xml_child(head, "pubdata"),
                                           "date.publication"));
    if (year)
        wire_date(&a->published, bytes_str(arena_printf(
            arena, "%04u-%02u-%02u", year,
            small_number(meta(head, "publication_month")),
            small_number(meta(head, "publication_day_of_month")))));
    wire_date(&a->published, xml_line(story, arena));
    if (a->published.precision != DATE_NONE)
        a->published_from = DATE_FROM_RECORD;
}

static void take_tags(struct article *a, const xmlNode *head,
                      struct arena *arena)
{
    for (const xmlNode *at = head; at; at = xml_next(head, at, false)) {
        if (xml_is(at, "keyword"))
            list_add(&a->tags, arena,
                     prose_keep(arena, xml_attribute(at, "key")));
        if (xml_is(at, "tobject.subject")) {
            struct bytes matter = xml_attribute(at, "tobject.subject.matter");

            list_add(&a->tags, arena, prose_keep(arena, matter.len ? matter
                     : xml_attribute(at, "tobject.subject.type")));
        }
    }
}

static void take_labels(struct article *a, const xmlNode *nitf,
                        const xmlNode *head, struct arena *arena)
{
    const xmlNode *data = xml_child(head, "docdata");
    const xmlNode *publisher = xml_child(head, "pubdata");
    struct bytes lang = xml_attribute(nitf, "lang");

    a->id = prose_keep(arena, xml_attribute(xml_child(data, "doc-id"),
                                            "id-string"));
    a->source = xml_line(xml_at(nitf, "body/body.head/distributor"), arena);
    if (a->source.len == 0)
        a->source = prose_keep(arena, xml_attribute(publisher, "name"));
    if (a->source.len == 0)
        a->source = prose_keep(arena, xml_attribute(
                        xml_child(data, "doc.copyright"), "holder"));
    if (a->source.len == 0)
        a->source = prose_keep(arena, xml_attribute(xml_child(data, "doc-id"),
                                                    "regsrc"));
    a->section = prose_keep(arena, xml_attribute(publisher,
                                                 "position.section"));
    a->url = wire_address(xml_attribute(publisher, "ex-ref"), arena);
    a->lang = lang_parse(lang.len ? lang : xml_attribute(nitf, "baselang"));
    if (wire_withdrawn(xml_attribute(data, "management-status")))
        a->flags |= ARTICLE_WITHDRAWN;
}

enum status nitf_article(struct article *a, const xmlNode *nitf,
                         struct arena *arena, struct error *err)
{
    const xmlNode *head = xml_child(nitf, "head");
    struct bytes status = xml_attribute(xml_child(head, "docdata"),
                                        "management-status");

    if (bytes_equal(status, bytes_str("embargoed")))
        return error_set(err, ERR_INPUT, "under embargo");
    nitf_body(a, nitf, arena);
    take_authors(a, xml_at(nitf, "body/body.head"), arena);
    take_dates(a, nitf, head, arena);
    take_tags(a, head ? head : nitf, arena);
    take_labels(a, nitf, head, arena);
    if (a->title.len == 0 && a->body.len == 0 &&
        !(a->flags & ARTICLE_WITHDRAWN))
        return error_set(err, ERR_INPUT, "no title and no body");
    return OK;
}
