/* html.h -- an HTML page as flat arrays: its elements, and its blocks of
 * text, both in document order.
 *
 *   <article><h1>T</h1><p>a <b>c</b></p></article>
 *   nodes:   article   h1     p      b
 *   blocks:            "T"    "a c"
 *
 * An element owns the nodes [itself, end) and the blocks [block_from,
 * block_to), so that every sum over a part of the page is a subtraction.
 */
#ifndef LEDE_READ_HTML_H
#define LEDE_READ_HTML_H

#include <libxml/HTMLparser.h>

#include "common/article.h"

enum html_tag {
    TAG_OTHER, TAG_A, TAG_ARTICLE, TAG_ASIDE, TAG_BLOCKQUOTE, TAG_BODY,
    TAG_BR, TAG_DD, TAG_DIV, TAG_FIGCAPTION, TAG_FIGURE, TAG_FOOTER,
    TAG_FORM, TAG_H1, TAG_H2, TAG_H3, TAG_H4, TAG_H5, TAG_H6, TAG_HEAD,
    TAG_HEADER, TAG_HTML, TAG_LI, TAG_LINK, TAG_MAIN, TAG_META, TAG_NAV,
    TAG_P, TAG_PRE, TAG_SCRIPT, TAG_SECTION, TAG_TABLE, TAG_TD, TAG_TIME,
    TAG_TITLE, TAG_COUNT
};

/* What class, id and role say about an element. */
enum html_word {
    WORD_BODY = 1,          /* the text of the article */
    WORD_FURNITURE = 2,     /* navigation, sharing, related, comments, ... */
    WORD_AUTHOR = 4,
    WORD_CAPTION = 8,
    WORD_HIDDEN = 16,
    WORD_STANDFIRST = 32,
    WORD_COMMENT = 64,          /* of readers; also furniture */
    WORD_PAID = 128,            /* the article, hidden from who has not paid */
};

struct html_node {
    const xmlNode *xml;
    uint32_t parent, end;           /* the root is its own parent */
    uint32_t block_from, block_to;
    uint32_t around;                /* the block element, maybe itself */
    uint8_t tag;                    /* enum html_tag */
    uint8_t words;                  /* enum html_word */
    uint8_t kind;                   /* of whoever made the index */
    bool dropped;                   /* by whoever chooses the body */
};

struct html_block {
    uint32_t from, to;              /* bytes of the text */
    uint32_t node;                  /* the block element around it */
    uint32_t chars, links;          /* characters; those inside links */
    uint16_t marks, commas;         /* that end or divide sentences */
    uint8_t tag;                    /* of that node */
};

struct html {
    xmlDoc *doc;
    struct html_node *nodes;
    struct html_block *blocks;
    uint32_t node_count, block_count;
    struct bytes url;               /* where it was served, if that is known;
                                       set behind html_open */
    struct buffer text;             /* of all blocks, squeezed */
    struct site_memory *sites;      /* as url; or NULL */
    struct buffer *why;             /* as url: takes the reasons; or NULL */
};

/* Parses valid UTF-8.  ERR_LIMIT when the page nests deeper than 1,024 or
 * has a tag with over 1,000 attributes, or over a million tags and
 * attributes, or the parser fails: such a page goes through
 * prose_strip_tags.  html_close in any case. */
enum status html_open(struct html *page, struct bytes text,
                      struct error *err);
void html_close(struct html *page);

/* Appends the page without scripts (but JSON-LD), styles, drawings, comments
 * and all attributes that nothing here asks for; the text is as it was. */
void html_slim(struct buffer *out, struct bytes text);

/* The pre-scan of html_open: one linear pass; ERR_LIMIT. */
enum status html_guard(struct bytes text, struct error *err);

/* The words of a class or id ("story-body__inner", "relatedLinks"). */
uint8_t html_words(const char *names);

static inline struct bytes html_block_text(const struct html *page,
                                           const struct html_block *block)
{
    return bytes_of(page->text.data + block->from, block->to - block->from);
}

/* An attribute's value, or NULL; lives as long as the page. */
const char *html_attribute(const struct html_node *node, const char *name);

/* Appends the text inside an element, squeezed. */
void html_text_of(struct buffer *out, const struct html *page,
                  uint32_t node);

/* Everything a page says about its article, borrowed from the arena. */
struct html_facts {
    struct bytes title, h1, description, canonical, source, section;
    struct bytes body;              /* articleBody of JSON-LD */
    struct bytes_list authors, tags;
    struct lang lang;
    struct date published, modified;
    enum date_from published_from;
    uint32_t flags;
    const char *title_why, *date_why, *authors_why;     /* or NULL */
};

void html_facts_find(struct html_facts *facts, const struct html *page,
                     struct arena *arena);

/* The title without "Site: " before it, or " | Site" and the like behind;
 * `names` are those of the site, either may be empty.  `whole`: it is the
 * head's title, where a short last part is the site even if unknown. */
struct bytes html_site_cut(struct bytes title, const struct bytes names[2],
                           bool whole);

/* The part of the head's title that the page's address or its copyright
 * agrees is the site's name, or none.  Borrows from the title. */
struct bytes html_site_find(const struct html *page, struct bytes title,
                            struct bytes url);

/* A day that the visible page writes out near its headline, in an element
 * that is called a date or on a line of its own, or behind "posted" and the
 * like; none inside sentences. */
bool html_date_find(struct date *out, const struct html *page,
                    struct bytes title);

/* Whether the words around bytes [from, to) of a line, which are a date, say
 * that the article was published then. */
bool html_is_dated(struct bytes line, size_t from, size_t to);

/* One block of JSON-LD; fills what is not filled yet. */
void html_ld_read(struct html_facts *facts, struct bytes json,
                  struct arena *arena);

/* The body that a page keeps as JSON for its scripts, if there is one, as
 * paragraphs; `raw` is the page as it came.  And the date in it, where there
 * is but one. */
void html_state_read(struct buffer *body, struct bytes raw,
                     const struct html_facts *facts, struct arena *arena);
bool html_state_date(struct date *out, struct bytes raw);

/* Whether a line is a label beside an article ("Share", "Read more: ...");
 * and whether it is one that ends it ("Comments (12)").  No sentence is. */
bool html_is_label(struct bytes text);
bool html_is_closer(struct bytes text);

/* Whether the last line of an article is not of it: asks to follow, tells who
 * else worked on it, where it appeared. */
bool html_is_tail(struct bytes text);

/* Whether a line above an article names its authors, beside a date or alone,
 * or is a date. */
bool html_is_byline(struct bytes text, const struct html_facts *facts);

/* Takes out of the blocks to keep in [from, to) what repeats another, and what
 * `sites` knows as the furniture of the site; tells it of the others. */
void html_drop_repeated(bool *keep, const struct html *page, uint32_t from,
                        uint32_t to, const struct html_facts *facts);

/* Appends to `why`, where there is one: the facts and where they are from;
 * the element that holds the body and, block by block, what became of it. */
void html_why_facts(const struct html *page, const struct html_facts *facts);
void html_why_body(const struct html *page, uint32_t best, const bool *keep);

/* Marks what is furniture, chooses the element that holds the article, and
 * appends its paragraphs to `body`, the captions to `captions`, one a line,
 * and a standfirst that stands above it to `lead`. */
void html_body_find(struct buffer *body, struct buffer *lead,
                    struct buffer *captions, struct html *page,
                    const struct html_facts *facts);

#endif
