/* html_tree.c -- an HTML page to flat arrays, with libxml2 for the parsing.
 *
 * One walk without recursion enters and leaves every element.  Text gathers
 * in the current block; entering or leaving a block element, and a double
 * line break, closes it.
 *
 *   enter p: close block | text: gather | enter b: - | leave p: close block
 */
#include <stdlib.h>
#include <strings.h>

#include "common/text/unicode.h"
#include "indexer/read/html.h"
#include "indexer/read/prose.h"

enum { NODES_MOST = 1 << 20, NAMINGS = 128 };

/* What the name of an element came to. */
struct naming {
    const xmlChar *name;
    uint8_t tag, kind;
};

struct indexing {
    struct html *page;
    uint32_t node_room, block_room;
    uint32_t current;           /* node that we are in */
    unsigned links;             /* <a> around us */
    unsigned breaks;            /* <br> since the last text */
    bool blank;                 /* white space since the last text */
    bool open;                  /* the last block still grows */
    struct naming namings[NAMINGS];
};

/* --- Names -------------------------------------------------------------- */

enum { BLOCK = 1, SKIP = 2 };

static const struct { const char *name; uint8_t tag, kind; } tags[] = {
    { "a", TAG_A, 0 }, { "address", TAG_OTHER, BLOCK },
    { "article", TAG_ARTICLE, BLOCK }, { "aside", TAG_ASIDE, BLOCK },
    { "audio", TAG_OTHER, SKIP }, { "blockquote", TAG_BLOCKQUOTE, BLOCK },
    { "body", TAG_BODY, BLOCK }, { "br", TAG_BR, 0 },
    { "button", TAG_OTHER, SKIP }, { "canvas", TAG_OTHER, SKIP },
    { "caption", TAG_FIGCAPTION, BLOCK }, { "center", TAG_DIV, BLOCK },
    { "dd", TAG_DD, BLOCK }, { "details", TAG_OTHER, BLOCK },
    { "dialog", TAG_OTHER, SKIP }, { "div", TAG_DIV, BLOCK },
    { "dl", TAG_OTHER, BLOCK }, { "dt", TAG_OTHER, BLOCK },
    { "embed", TAG_OTHER, SKIP },
    { "figcaption", TAG_FIGCAPTION, BLOCK }, { "figure", TAG_FIGURE, BLOCK },
    { "footer", TAG_FOOTER, BLOCK }, { "form", TAG_FORM, BLOCK },
    { "h1", TAG_H1, BLOCK }, { "h2", TAG_H2, BLOCK }, { "h3", TAG_H3, BLOCK },
    { "h4", TAG_H4, BLOCK }, { "h5", TAG_H5, BLOCK }, { "h6", TAG_H6, BLOCK },
    { "head", TAG_HEAD, BLOCK }, { "header", TAG_HEADER, BLOCK },
    { "hr", TAG_OTHER, BLOCK }, { "html", TAG_HTML, BLOCK },
    { "iframe", TAG_OTHER, SKIP }, { "input", TAG_OTHER, SKIP },
    { "li", TAG_LI, BLOCK }, { "link", TAG_LINK, 0 },
    { "main", TAG_MAIN, BLOCK }, { "map", TAG_OTHER, SKIP },
    { "math", TAG_OTHER, SKIP },
    { "meta", TAG_META, 0 }, { "nav", TAG_NAV, BLOCK },
    { "noscript", TAG_OTHER, SKIP }, { "object", TAG_OTHER, SKIP },
    { "ol", TAG_OTHER, BLOCK }, { "option", TAG_OTHER, SKIP },
    { "p", TAG_P, BLOCK }, { "pre", TAG_PRE, BLOCK },
    { "script", TAG_SCRIPT, SKIP }, { "section", TAG_SECTION, BLOCK },
    { "select", TAG_OTHER, SKIP }, { "style", TAG_OTHER, SKIP },
    { "summary", TAG_OTHER, BLOCK }, { "svg", TAG_OTHER, SKIP },
    { "table", TAG_TABLE, BLOCK }, { "tbody", TAG_OTHER, BLOCK },
    { "td", TAG_TD, BLOCK }, { "template", TAG_OTHER, SKIP },
    { "textarea", TAG_OTHER, SKIP }, { "th", TAG_TD, BLOCK },
    { "time", TAG_TIME, 0 }, { "title", TAG_TITLE, SKIP },
    { "tr", TAG_OTHER, BLOCK }, { "ul", TAG_OTHER, BLOCK },
    { "video", TAG_OTHER, SKIP },
};

static int by_name(const void *key, const void *row)
{
    return strcasecmp(key, *(const char *const *)row);
}

/* The parser keeps every name once, so its address tells it again. */
static struct naming *slot_of(struct indexing *in, const xmlChar *name)
{
    uintptr_t address = (uintptr_t)name;

    return &in->namings[(address >> 3 ^ address >> 9) % NAMINGS];
}

static uint8_t tag_of(struct indexing *in, const xmlNode *xml, uint8_t *kind)
{
    struct naming *naming = slot_of(in, xml->name);

    if (naming->name != xml->name) {
        const void *row = bsearch(xml->name, tags,
                                  sizeof(tags) / sizeof(*tags),
                                  sizeof(*tags), by_name);
        size_t i = row ? (size_t)((const char *)row - (const char *)tags) /
                         sizeof(*tags) : 0;

        *naming = (struct naming){ xml->name, row ? tags[i].tag : TAG_OTHER,
                                   row ? tags[i].kind : 0 };
    }
    *kind = naming->kind;
    return naming->tag;
}

/* The parser gives names of attributes in lower case. */
const char *html_attribute(const struct html_node *node, const char *name)
{
    for (const xmlAttr *at = node->xml->properties; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0)
            return at->children && at->children->content
                   ? (const char *)at->children->content : "";
    return NULL;
}

/* --- Blocks ------------------------------------------------------------- */

static void close_block(struct indexing *in)
{
    in->open = false;
    in->blank = false;
    in->breaks = 0;
}

static struct html_block *open_block(struct indexing *in)
{
    struct html *page = in->page;
    uint32_t node = page->nodes[in->current].around;

    if (page->block_count == in->block_room) {
        in->block_room = in->block_room ? in->block_room * 2 : 256;
        page->blocks = must_realloc(page->blocks, in->block_room *
                                    sizeof(*page->blocks));
    }
    page->blocks[page->block_count] = (struct html_block){
        .from = (uint32_t)page->text.len, .to = (uint32_t)page->text.len,
        .node = node, .tag = page->nodes[node].tag };
    in->open = true;
    in->blank = false;
    return &page->blocks[page->block_count++];
}

static bool is_mark(uint32_t code)
{
    return code == '.' || code == '!' || code == '?' || code == 0x3002 ||
           code == 0xff01 || code == 0xff1f || code == 0x61f ||
           code == 0x6d4 || code == 0x964 || code == 0x2026 ||
           code == 0x1362;
}

static bool is_comma(uint32_t code)
{
    return code == ',' || code == 0xff0c || code == 0x3001 || code == 0x60c ||
           code == 0x1363;
}

static bool is_white(uint32_t code)
{
    return code <= ' ' || code == 0xa0 || code == 0x2009 || code == 0x202f ||
           code == 0x3000 || code == 0x2028 || code == 0x2029 ||
           code == 0x200a || code == 0x2003 || code == 0x2002;
}

/* The block that the next character goes to, with a blank if one waits. */
static struct html_block *growing_block(struct indexing *in)
{
    struct html *page = in->page;
    struct html_block *block;

    if (in->breaks > 1)
        close_block(in);
    block = in->open ? &page->blocks[page->block_count - 1] : open_block(in);
    if (in->blank) {
        buffer_put_u8(&page->text, ' ');
        block->chars++;
        block->links += in->links > 0;
    }
    in->blank = false;
    in->breaks = 0;
    return block;
}

static void count_mark(struct html_block *block, uint32_t code)
{
    block->marks = (uint16_t)(block->marks + (block->marks < UINT16_MAX &&
                                              is_mark(code)));
    block->commas = (uint16_t)(block->commas + (block->commas < UINT16_MAX &&
                                                is_comma(code)));
}

static void put_char(struct indexing *in, const uint8_t *from, size_t len,
                     uint32_t code)
{
    struct html_block *block = growing_block(in);
    unsigned weight = code >= 0x2e80 ? 3 : 1;   /* ideographs say more */

    buffer_put(&in->page->text, from, len);
    block->chars += weight;
    block->links += in->links ? weight : 0;
    block->to = (uint32_t)in->page->text.len;
    count_mark(block, code);
}

static bool is_plain(uint8_t c)
{
    return c > ' ' && c < 0x7f;
}

/* A run of ASCII letters and marks at once: most of what there is. */
static const uint8_t *put_run(struct indexing *in, const uint8_t *at,
                              const uint8_t *end)
{
    struct html_block *block = growing_block(in);
    const uint8_t *from = at;
    uint32_t len;

    for (; at < end && is_plain(*at); at++)
        if (*at < '@')
            count_mark(block, *at);
    len = (uint32_t)(at - from);
    buffer_put(&in->page->text, from, len);
    block->chars += len;
    block->links += in->links ? len : 0;
    block->to = (uint32_t)in->page->text.len;
    return at;
}

static void put_text(struct indexing *in, const xmlNode *xml)
{
    const uint8_t *at = xml->content;
    const uint8_t *end = at ? at + strlen((const char *)at) : at;

    while (at < end) {
        const uint8_t *from = at;
        uint32_t code;

        if (is_plain(*at)) {
            at = put_run(in, at, end);
            continue;
        }
        code = *at < 0x80 ? *at++ : utf8_next(&at, end);
        if (is_white(code))
            in->blank = in->open;
        else if (code != 0x200b && code != 0xfeff && code != 0xad)
            put_char(in, from, (size_t)(at - from), code);
    }
}

/* --- The walk ----------------------------------------------------------- */

static uint8_t role_words(const struct html_node *node)
{
    const char *role = html_attribute(node, "role");
    const char *hidden = html_attribute(node, "aria-hidden");
    const char *style = html_attribute(node, "style");
    uint8_t words = 0;

    if (role && (!strcmp(role, "navigation") || !strcmp(role, "dialog") ||
                 !strcmp(role, "complementary") || !strcmp(role, "banner") ||
                 !strcmp(role, "contentinfo") || !strcmp(role, "search") ||
                 !strcmp(role, "alert") || !strcmp(role, "menu")))
        words |= WORD_FURNITURE;
    if (hidden && strcmp(hidden, "true") == 0)
        words |= WORD_HIDDEN;
    if (style && (strstr(style, "display:none") ||
                  strstr(style, "display: none") ||
                  strstr(style, "visibility:hidden")))
        words |= WORD_HIDDEN;
    return words;
}

static uint8_t words_of(const struct html_node *node)
{
    const char *class, *id, *prop;
    uint8_t words;

    if (!node->xml->properties)
        return 0;
    class = html_attribute(node, "class");
    id = html_attribute(node, "id");
    prop = html_attribute(node, "itemprop");
    words = role_words(node);
    if (class)
        words |= html_words(class);
    if (id)
        words |= html_words(id);
    if (prop && (!strcasecmp(prop, "articleBody") ||
                 !strcasecmp(prop, "articleText")))
        words |= WORD_BODY;
    if (html_attribute(node, "hidden"))
        words |= WORD_HIDDEN;
    /* A paragraph so called is behind the wall, not the wall. */
    if (node->tag == TAG_P && class && strcasestr(class, "paywall"))
        words |= WORD_PAID;
    if (words & WORD_PAID)
        words &= (uint8_t)~(WORD_FURNITURE | WORD_HIDDEN);
    return words;
}

/* A heading that links to its own place on the page is none. */
static bool is_link(const struct html *page, const struct html_node *node)
{
    uint8_t around = page->nodes[node->around].tag;

    return node->tag == TAG_A &&
           !(around >= TAG_H1 && around <= TAG_H6 &&
             html_attribute(node, "href"));
}

/* Whether to go into the element's children. */
static bool enter(struct indexing *in, const xmlNode *xml)
{
    struct html *page = in->page;
    struct html_node *node;
    uint8_t kind, tag = tag_of(in, xml, &kind);

    if (page->node_count == in->node_room) {
        in->node_room = in->node_room ? in->node_room * 2 : 1024;
        page->nodes = must_realloc(page->nodes, in->node_room *
                                   sizeof(*page->nodes));
    }
    if (kind == BLOCK)
        close_block(in);
    if (tag == TAG_BR) {
        in->breaks++;
        in->blank = in->open;
    }
    node = &page->nodes[page->node_count];
    *node = (struct html_node){ .xml = xml, .parent = in->current,
                                .block_from = page->block_count,
                                .tag = tag, .kind = kind };
    node->around = kind == BLOCK ? page->node_count
                                 : page->nodes[in->current].around;
    node->words = words_of(node);
    in->links += is_link(page, node);
    in->current = page->node_count++;
    return kind != SKIP;
}

static void leave(struct indexing *in)
{
    struct html *page = in->page;
    struct html_node *node = &page->nodes[in->current];

    if (node->kind == BLOCK)
        close_block(in);
    in->links -= is_link(page, node);
    node->end = page->node_count;
    node->block_to = page->block_count;
    in->current = node->parent;
}

static void index_tree(struct html *page, const xmlNode *root)
{
    struct indexing in = { .page = page };
    const xmlNode *at = root;

    while (at) {
        bool inside = false, element = at->type == XML_ELEMENT_NODE;

        if (element && page->node_count < NODES_MOST)
            inside = enter(&in, at);
        else if (at->type == XML_TEXT_NODE ||
                 at->type == XML_CDATA_SECTION_NODE)
            put_text(&in, at);
        if (inside && at->children) {
            at = at->children;
            continue;
        }
        /* Elements past the limit were not entered, so are not left. */
        if (element && page->node_count &&
            page->nodes[in.current].xml == at)
            leave(&in);
        while (at != root && !at->next) {
            at = at->parent;
            leave(&in);
        }
        at = at == root ? NULL : at->next;
    }
}

/* --- Parsing ------------------------------------------------------------ */

static void say_nothing(void *context, xmlErrorPtr error)
{
    (void)context;
    (void)error;
}

static xmlDoc *parse(struct bytes text)
{
    htmlParserCtxt *context = htmlNewParserCtxt();
    xmlDoc *doc;

    if (!context)
        out_of_memory();
    context->sax->serror = say_nothing;
    /* HUGE: without it 2.9.14 drops what lies deeper than 256 elements and
     * behind 10 MB of text; html_guard keeps the depth bounded. */
    doc = htmlCtxtReadMemory(context, (const char *)text.data,
                             (int)text.len, NULL, "UTF-8",
                             HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                             HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                             HTML_PARSE_COMPACT | HTML_PARSE_NODEFDTD |
                             XML_PARSE_HUGE);
    htmlFreeParserCtxt(context);
    return doc;
}

enum status html_open(struct html *page, struct bytes text,
                      struct error *err)
{
    struct buffer slim = BUFFER_INIT;
    const xmlNode *root;

    *page = (struct html){ .text = BUFFER_INIT };
    if (html_guard(text, err) == OK)
        html_slim(&slim, text);
    /* What looked like a comment to the first may hold tags for the second. */
    if (err->code == OK && html_guard(buffer_bytes(&slim), err) == OK)
        page->doc = parse(buffer_bytes(&slim));
    buffer_release(&slim);
    if (err->code != OK)
        return err->code;
    root = page->doc ? xmlDocGetRootElement(page->doc) : NULL;
    if (!root)
        return error_set(err, ERR_LIMIT, "the parser finds no element");
    index_tree(page, root);
    return OK;
}

void html_close(struct html *page)
{
    xmlFreeDoc(page->doc);
    free(page->nodes);
    free(page->blocks);
    buffer_release(&page->text);
    *page = (struct html){ .text = BUFFER_INIT };
}

void html_text_of(struct buffer *out, const struct html *page,
                  uint32_t node)
{
    const struct html_node *n = &page->nodes[node];
    uint32_t first = n->block_from;

    /* An inline element's text shares its block with what is around it. */
    if (n->kind != BLOCK && n->block_to <= first + 1 && n->xml) {
        xmlChar *content = xmlNodeGetContent(n->xml);

        prose_squeeze(out, bytes_str((const char *)content));
        xmlFree(content);
        return;
    }
    for (; first < n->block_to; first++) {
        if (out->len)
            buffer_put_u8(out, ' ');
        buffer_put_bytes(out, html_block_text(page, &page->blocks[first]));
    }
}
