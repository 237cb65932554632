/* newsml_1.c -- a NewsItem of NewsML 1 (IPTC, 2000) to an article.
 *
 *   <NewsItem>
 *     <Identification>   NewsIdentifier: ids, revision, public identifier
 *     <NewsManagement>   FirstCreated, ThisRevisionCreated, Status
 *     <NewsComponent>    NewsLines; metadata; ContentItem/DataContent; or
 *                        components again, one for each part
 */
#include "indexer/read/prose.h"
#include "indexer/read/wire.h"

/* The revision is the last part of the public identifier; it must not be
 * part of which article this is. */
static struct bytes without_revision(struct bytes urn, uint64_t *revision)
{
    size_t at = urn.len;

    while (at && urn.data[at - 1] >= '0' && urn.data[at - 1] <= '9')
        at--;
    if (at < 2 || at == urn.len || urn.data[at - 1] != ':')
        return urn;
    if (*revision == 0)
        *revision = wire_number(bytes_part(urn, at, urn.len - at));
    return bytes_part(urn, 0, at - 1);
}

static void take_identity(struct article *a, const xmlNode *item,
                          struct arena *arena)
{
    const xmlNode *id = xml_at(item, "Identification/NewsIdentifier");

    a->version = wire_number(xml_line(xml_child(id, "RevisionId"), arena));
    a->id = without_revision(xml_line(xml_child(id, "PublicIdentifier"),
                                      arena), &a->version);
    if (a->id.len == 0)
        a->id = xml_line(xml_child(id, "NewsItemId"), arena);
    if (wire_withdrawn(xml_attribute(xml_at(item, "NewsManagement/Status"),
                                     "FormalName")))
        a->flags |= ARTICLE_WITHDRAWN;
}

static void take_dates(struct article *a, const xmlNode *item,
                       struct arena *arena)
{
    const xmlNode *management = xml_child(item, "NewsManagement");

    wire_date(&a->published, xml_line(xml_child(management, "FirstCreated"),
                                      arena));
    wire_date(&a->published, xml_line(xml_find(item, "DateLineDate"), arena));
    wire_date(&a->published,
              xml_line(xml_at(item, "Identification/NewsIdentifier/DateId"),
                       arena));
    wire_date(&a->modified,
              xml_line(xml_child(management, "ThisRevisionCreated"), arena));
    if (a->published.precision != DATE_NONE)
        a->published_from = DATE_FROM_RECORD;
}

static void take_labels(struct article *a, const xmlNode *item,
                        struct arena *arena)
{
    const xmlNode *language = xml_find(item, "Language");
    const xmlNode *provider = xml_find(item, "Provider");
    const xmlNode *party = xml_child(provider, "Party");
    struct bytes lang = xml_attribute(language, "FormalName");
    const xmlNode *at;

    a->lang = lang_parse(lang.len ? lang : xml_attribute(item, "lang"));
    a->source = prose_keep(arena, xml_attribute(party, "FormalName"));
    if (a->source.len == 0)
        a->source = xml_line(xml_at(item, "Identification/NewsIdentifier/"
                                          "ProviderId"), arena);
    for (at = item; at; at = xml_next(item, at, false)) {
        if (xml_is(at, "ByLine"))
            prose_byline(&a->authors, xml_line(at, arena), arena);
        if (xml_is(at, "KeywordLine") || xml_is(at, "SlugLine"))
            list_add(&a->tags, arena, xml_line(at, arena));
        if (xml_is(at, "Property") &&
            bytes_equal(xml_attribute(at, "FormalName"),
                        bytes_str("Keyword")))
            list_add(&a->tags, arena,
                     prose_keep(arena, xml_attribute(at, "Value")));
    }
}

/* Whether a component, or one around it, is the caption of a picture. */
static bool is_caption(const xmlNode *content, const xmlNode *item)
{
    for (const xmlNode *at = content; at && at != item; at = at->parent) {
        struct bytes role = xml_attribute(xml_child(at, "Role"),
                                          "FormalName");

        if (bytes_equal(role, bytes_str("Caption")) ||
            bytes_equal(role, bytes_str("Picture")))
            return true;
    }
    return false;
}

static void take_content(struct article *a, const xmlNode *content,
                         struct arena *arena)
{
    const xmlNode *nitf = xml_find(content, "nitf"), *body;
    struct bytes text;

    if (nitf) {
        nitf_body(a, nitf, arena);
        return;
    }
    body = xml_find(content, "body.content");
    if (!body)
        body = xml_find(content, "body");
    text = wire_text(body ? body : content, arena);
    if (text.len > a->body.len)
        a->body = text;
}

enum status newsml_1_article(struct article *a, const xmlNode *item,
                             struct arena *arena, struct error *err)
{
    a->title = xml_line(xml_find(item, "HeadLine"), arena);
    for (const xmlNode *at = item; at; at = xml_next(item, at, false))
        if (xml_is(at, "DataContent") && !is_caption(at, item))
            take_content(a, at, arena);
    if (a->title.len == 0)
        a->title = xml_line(xml_find(item, "NameLabel"), arena);
    take_identity(a, item, arena);
    take_dates(a, item, arena);
    take_labels(a, item, arena);
    if (a->body.len == 0 && !(a->flags & ARTICLE_WITHDRAWN) &&
        (a->title.len == 0 || !xml_find(item, "DataContent")))
        return error_set(err, ERR_INPUT, "no text in this item");
    return OK;
}
