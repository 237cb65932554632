/* source_wire.c -- NITF, NewsML-G2 and NewsML 1: one article an item.
 *
 *   <nitf>                        itself
 *   <newsMessage><itemSet>        each item in it
 *   <newsItem>                    itself
 *   <NewsML><NewsItem>            each of them
 */
#include <stdlib.h>

#include "indexer/read/source_member.h"
#include "indexer/read/wire.h"

struct wire {
    xmlDoc *doc;
    const xmlNode *root, *item; /* the next to give */
    uint64_t count;
    bool degraded;
};

static void wire_close(struct source *s)
{
    struct wire *wire = s->state;

    if (wire)
        xmlFreeDoc(wire->doc);
}

static bool is_item(const xmlNode *node)
{
    static const char *const items[] = {
        "nitf", "newsItem", "packageItem", "conceptItem", "knowledgeItem",
        "planningItem", "catalogItem", NULL };

    for (unsigned i = 0; items[i]; i++)
        if (xml_is(node, items[i]))
            return true;
    return false;
}

/* The first item at or behind a node; none inside an item. */
static const xmlNode *find_item(const xmlNode *root, const xmlNode *node)
{
    while (node && !is_item(node))
        node = xml_next(root, node, false);
    return node;
}

static enum status begin(struct source *s, struct error *err)
{
    struct wire *wire = must_calloc(1, sizeof(*wire));
    size_t replaced;
    struct bytes text;
    bool mended;
    enum status rc;

    s->state = wire;
    rc = source_take_all(&text, &replaced, s, CHARSET_MARKUP, err);
    if (rc == OK) {
        wire->doc = xml_read(text, &mended, err);
        if (!wire->doc)
            rc = error_prefix(err, "%s", s->path);
    }
    buffer_release(&s->ahead);
    if (rc != OK) {
        s->done = true;
        return rc;
    }
    wire->degraded = mended || replaced;
    wire->root = xmlDocGetRootElement(wire->doc);
    wire->item = find_item(wire->root, wire->root);
    return OK;
}

static enum status item_article(struct article *a, const xmlNode *item,
                                struct arena *arena, struct error *err)
{
    if (xml_is(item, "nitf"))
        return nitf_article(a, item, arena, err);
    if (xml_is(item, "newsItem") &&
        (xml_child(item, "NewsComponent") || xml_child(item,
                                                       "Identification")))
        return newsml_1_article(a, item, arena, err);
    return newsml_g2_article(a, item, arena, err);
}

static enum status wire_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    const xmlNode *item;
    struct wire *wire;

    if (!s->state && begin(s, err) != OK)
        return err->code;
    wire = s->state;
    item = wire->item;
    if (!item) {
        s->done = true;
        return wire->count ? END : error_set(err, ERR_INPUT, "%s: no item in "
                                             "<%s>", s->path,
                                             (const char *)wire->root->name);
    }
    wire->item = find_item(wire->root, xml_next(wire->root, item, true));
    source_stamp(s, out);
    out->record = wire->count++;
    if (item_article(out, item, arena, err) == OK)
        wire_authors(out, arena);
    else
        return error_prefix(err, "%s: line %d", s->path,
                            (int)xmlGetLineNo((xmlNode *)item));
    if (wire->degraded)
        out->flags |= ARTICLE_DEGRADED;
    return OK;
}

const struct source_ops source_wire = { "newsml", wire_next, wire_close };
