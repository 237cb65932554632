/* xml.c -- XML of news, mended where it is broken, as a tree.
 *
 *   text -> prolog off, subsets refused -> guard -> parser -> tree
 *                                             \ mended text -/
 */
#include "indexer/read/xml.h"

#include <libxml/parser.h>
#include <strings.h>

#include "indexer/read/feed_tidy.h"
#include "indexer/read/html.h"
#include "indexer/read/prose.h"

static void say_nothing(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

/* Never NOENT, DTDLOAD, HUGE or RECOVER; the text has no DOCTYPE. */
xmlDoc *xml_parse(struct bytes text, struct error *fault)
{
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *doc;

    if (!context)
        out_of_memory();
    context->sax->serror = say_nothing;
    doc = xmlCtxtReadMemory(context, (const char *)text.data, (int)text.len,
                            NULL, "UTF-8",
                            XML_PARSE_NONET | XML_PARSE_NOERROR |
                            XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
    if (!doc) {
        const char *why = context->lastError.message;
        int len = why ? (int)strcspn(why, "\n") : 0;

        error_clear(fault);
        error_set(fault, ERR_INPUT, "line %d: %.*s", context->lastError.line,
                  len < 200 ? len : 200, why ? why : "");
    }
    xmlFreeParserCtxt(context);
    return doc;
}

xmlDoc *xml_read(struct bytes text, bool *mended, struct error *err)
{
    struct buffer xml = BUFFER_INIT, better = BUFFER_INIT;
    struct error fault = ERROR_INIT;
    xmlDoc *doc = NULL;

    *mended = false;
    if (feed_behead(&xml, text, err) == OK &&
        html_guard(buffer_bytes(&xml), err) == OK) {
        doc = xml_parse(buffer_bytes(&xml), &fault);
        if (!doc) {
            feed_repair(&better, buffer_bytes(&xml));
            doc = xml_parse(buffer_bytes(&better), &fault);
            *mended = doc != NULL;
        }
        if (!doc)
            error_set(err, ERR_INPUT, "%s", fault.message);
    }
    buffer_release(&xml);
    buffer_release(&better);
    return doc;
}

/* --- Elements ----------------------------------------------------------- */

/* A prefix that was not declared is part of the name. */
static const char *local(const xmlChar *name)
{
    const char *colon = strchr((const char *)name, ':');

    return colon ? colon + 1 : (const char *)name;
}

bool xml_is(const xmlNode *node, const char *name)
{
    return node && node->type == XML_ELEMENT_NODE &&
           strcasecmp(local(node->name), name) == 0;
}

const xmlNode *xml_child(const xmlNode *of, const char *name)
{
    for (const xmlNode *at = of ? of->children : NULL; at; at = at->next)
        if (xml_is(at, name))
            return at;
    return NULL;
}

const xmlNode *xml_at(const xmlNode *of, const char *path)
{
    char name[64];

    while (of && *path) {
        size_t len = strcspn(path, "/");

        if (len >= sizeof(name))
            return NULL;
        memcpy(name, path, len);
        name[len] = '\0';
        of = xml_child(of, name);
        path += len + (path[len] == '/');
    }
    return of;
}

const xmlNode *xml_next(const xmlNode *root, const xmlNode *at,
                        bool without_inside)
{
    if (!without_inside && at->type == XML_ELEMENT_NODE && at->children)
        return at->children;
    while (at && at != root && !at->next)
        at = at->parent;
    return at && at != root ? at->next : NULL;
}

const xmlNode *xml_find(const xmlNode *root, const char *name)
{
    for (const xmlNode *at = root; at; at = xml_next(root, at, false))
        if (at != root && xml_is(at, name))
            return at;
    return NULL;
}

struct bytes xml_attribute(const xmlNode *node, const char *name)
{
    if (!node || node->type != XML_ELEMENT_NODE)
        return BYTES_NONE;
    for (const xmlAttr *at = node->properties; at; at = at->next)
        if (strcasecmp(local(at->name), name) == 0 && at->children)
            return bytes_str((const char *)at->children->content);
    return BYTES_NONE;
}

struct bytes xml_content(const xmlNode *node, struct arena *arena)
{
    xmlChar *text = node ? xmlNodeGetContent(node) : NULL;
    struct bytes kept = arena_copy(arena, bytes_str((const char *)text));

    xmlFree(text);
    return kept;
}

struct bytes xml_line(const xmlNode *node, struct arena *arena)
{
    return prose_keep(arena, xml_content(node, arena));
}

/* --- Paragraphs --------------------------------------------------------- */

static bool is_one_of(const xmlNode *node, const char *const *names)
{
    for (; names && *names; names++)
        if (xml_is(node, *names))
            return true;
    return false;
}

static bool is_block(const xmlNode *node)
{
    static const char *const blocks[] = {
        "p", "hl2", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "pre",
        "div", "section", "block", "bq", "blockquote", "table", "dt", "dd",
        "br", "ul", "ol", "body", "hr", "fn", "caption", "datasource",
        "figure", "article", NULL };

    return node->type == XML_ELEMENT_NODE && is_one_of(node, blocks);
}

static bool is_cell(const xmlNode *node)
{
    static const char *const cells[] = { "td", "th", NULL };

    return node->type == XML_ELEMENT_NODE && is_one_of(node, cells);
}

static void flush(struct buffer *out, struct buffer *paragraph)
{
    prose_paragraph(out, buffer_bytes(paragraph));
    buffer_clear(paragraph);
}

/* The blocks that end between one node and the next one in order: all that
 * hold the first and not the second. */
static bool leaves_block(const xmlNode *root, const xmlNode *from,
                         const xmlNode *to, bool skipped)
{
    const xmlNode *at = from;

    if (!skipped && from->type == XML_ELEMENT_NODE && from->children)
        return false;
    if (from->type != XML_ELEMENT_NODE)
        at = from->parent;
    for (; at && at != root && at != (to ? to->parent : root);
         at = at->parent)
        if (is_block(at))
            return true;
    return false;
}

void xml_prose(struct buffer *out, const xmlNode *node,
               const char *const *skip)
{
    struct buffer paragraph = BUFFER_INIT;
    const xmlNode *at = node, *next;

    for (; at; at = next) {
        bool skipped = at != node && is_one_of(at, skip);

        if (!skipped && is_block(at))
            flush(out, &paragraph);
        else if (is_cell(at))
            buffer_put_u8(&paragraph, ' ');
        if ((at->type == XML_TEXT_NODE ||
             at->type == XML_CDATA_SECTION_NODE) && at->content)
            buffer_put_str(&paragraph, (const char *)at->content);
        next = xml_next(node, at, skipped);
        if (leaves_block(node, at, next, skipped))
            flush(out, &paragraph);
    }
    flush(out, &paragraph);
    buffer_release(&paragraph);
}
