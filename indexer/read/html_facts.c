/* html_facts.c -- what a page says about its article: title, date, authors.
 *
 * Every fact has its witnesses in order of how often they are right: JSON-LD,
 * the meta elements, then the visible page; the address may tell the date.
 *
 *   title      headline, og:title, first h1, <title>; without " | Site"
 *   published  datePublished, article:published_time, ..., <time>, /2024/05/03/
 */
#include <strings.h>

#include "common/base/url.h"
#include "indexer/read/html.h"
#include "indexer/read/prose.h"

enum { TRIES_MOST = 64, NAMES_MOST = 2000, LABEL_MOST = 119,
       H1_MOST = 8, INITIALS_MOST = 6 };

struct gathering {
    struct html_facts *facts;
    const struct html *page;
    struct arena *arena;
    struct bytes og_title, og_url, og_description, site, page_title, byline;
    struct bytes meta_author;
    struct bytes h1[H1_MOST];
    size_t h1_count;
    struct date meta_date, meta_modified;
    unsigned tries;             /* at texts that may be long */
};

static struct bytes keep(struct arena *arena, const char *text)
{
    struct buffer plain = BUFFER_INIT;
    struct bytes kept;

    prose_unescape(&plain, bytes_str(text));
    kept = prose_keep(arena, buffer_bytes(&plain));
    buffer_release(&plain);
    return kept;
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; name && *list; list++)
        if (strcasecmp(name, *list) == 0)
            return true;
    return false;
}

/* --- Meta elements ------------------------------------------------------ */

static const char *const date_metas[] = {
    "article:published_time", "article:published", "og:article:published_time",
    "date", "pubdate", "publishdate", "publish-date", "publish_date",
    "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date",
    "datePublished", "sailthru.date", "parsely-pub-date", "article.published",
    "publication_date", "published_time", "originalpublicationdate",
    "cXenseParse:recs:publishtime", "date.created", "article_date_original",
    "dcterms.issued", "dc.date.created", "published-date", "timestamp",
    "release_date", "citation_publication_date", "DC.date.published",
    "shareaholic:article_published_time", "created", NULL };
static const char *const modified_metas[] = {
    "article:modified_time", "og:updated_time", "lastmod", "dateModified",
    "last-modified", "dcterms.modified", "article:modified", NULL };
static const char *const author_metas[] = {
    "author", "article:author", "parsely-author", "byl", "dc.creator",
    "sailthru.author", "article:author_name", "authors", "dcterms.creator",
    NULL };
static const char *const tag_metas[] = { "article:tag", "news_keywords",
                                         "keywords", NULL };

static void first(struct bytes *field, struct bytes value)
{
    if (field->len == 0)
        *field = value;
}

static void first_date(struct date *field, struct bytes value)
{
    if (field->precision < DATE_DAY &&
        (!date_parse(field, value, 0) || field->precision < DATE_DAY))
        *field = UNDATED;
}

static void take_meta(struct gathering *g, const struct html_node *node)
{
    static const char *const og_title[] = { "og:title", "twitter:title",
                                            NULL };
    static const char *const words[] = { "description", "og:description",
                                         NULL };
    const char *name = html_attribute(node, "property");
    const char *content = html_attribute(node, "content");
    struct bytes value;

    name = name ? name : html_attribute(node, "name");
    name = name ? name : html_attribute(node, "itemprop");
    if (!name || !content || !*content)
        return;
    value = keep(g->arena, content);
    if (is_one_of(name, og_title))
        first(&g->og_title, value);
    else if (is_one_of(name, words))
        first(&g->og_description, value);
    else if (strcasecmp(name, "og:url") == 0)
        first(&g->og_url, value);
    else if (strcasecmp(name, "og:site_name") == 0)
        first(&g->site, value);
    else if (strcasecmp(name, "article:content_tier") == 0)
        g->facts->flags |= strcasecmp(content, "locked") ? 0
                                                         : ARTICLE_PAYWALL;
    else if (strcasecmp(name, "article:section") == 0)
        first(&g->facts->section, value);
    else if (is_one_of(name, date_metas) || strcasestr(name, "pubdate"))
        first_date(&g->meta_date, value);
    else if (is_one_of(name, modified_metas))
        first_date(&g->meta_modified, value);
    else if (is_one_of(name, author_metas) &&
             strncasecmp(content, "http", 4) != 0)
        first(&g->meta_author, value);
    else if (is_one_of(name, tag_metas))
        list_add(&g->facts->tags, g->arena, value);
}

/* --- Authors ------------------------------------------------------------ */

static struct bytes without_by(struct bytes name)
{
    static const char *const words[] = { "by ", "von ", "par ", "por ",
                                         "written by ", "автор: ", "di " };

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        size_t len = strlen(words[i]);

        if (name.len > len &&
            strncasecmp((const char *)name.data, words[i], len) == 0)
            return bytes_part(name, len, name.len - len);
    }
    return name;
}

/* "A Example (aex)" signs with the initials that the pieces end in. */
static struct bytes without_initials(struct bytes name)
{
    size_t open = name.len;

    if (name.len == 0 || name.data[name.len - 1] != ')')
        return name;
    while (open && name.data[open - 1] != '(' && name.data[open - 1] != ' ')
        open--;
    if (open < 3 || name.data[open - 1] != '(' || name.data[open - 2] != ' ' ||
        name.len - open > INITIALS_MOST)
        return name;
    return bytes_part(name, 0, open - 2);
}

static bool is_name(struct bytes name)
{
    size_t blanks = 0;

    for (size_t i = 0; i < name.len; i++) {
        blanks += name.data[i] == ' ';
        if (name.data[i] == '@' || name.data[i] == '/' ||
            (name.data[i] >= '0' && name.data[i] <= '9'))
            return false;
    }
    return name.len > 2 && name.len <= 80 && blanks < 6;
}

/* "By A Example and B Sample, Political editor" to its names. */
static void add_authors(struct gathering *g, struct bytes_list *to,
                        struct bytes names)
{
    struct bytes name;

    names = without_by(names);
    if (names.len > NAMES_MOST)
        return;
    while (prose_next_name(&name, &names)) {
        name = prose_keep(g->arena, without_initials(name));
        if (is_name(name) && !bytes_equal(name, g->facts->source))
            list_add(to, g->arena, name);
    }
}

static void settle_authors(struct gathering *g)
{
    struct bytes_list said = g->facts->authors, names = { NULL, 0 };

    for (size_t i = 0; i < said.count; i++)
        add_authors(g, &names, said.items[i]);
    g->facts->authors_why = "JSON-LD";
    if (names.count == 0) {
        add_authors(g, &names, g->meta_author);
        g->facts->authors_why = "meta element";
    }
    if (names.count == 0) {
        add_authors(g, &names, g->byline);
        g->facts->authors_why = "byline of the page";
    }
    g->facts->authors = names;
}

/* --- The walk over the elements ----------------------------------------- */

/* The text of an element; none when it is longer than what we look for. */
static struct bytes node_text(struct gathering *g, uint32_t node,
                              size_t most)
{
    struct buffer b = BUFFER_INIT;
    struct bytes kept = BYTES_NONE;

    html_text_of(&b, g->page, node);
    if (b.len <= most)
        kept = arena_copy(g->arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

static void take_link(struct gathering *g, const struct html_node *node)
{
    const char *rel = html_attribute(node, "rel");
    const char *href = html_attribute(node, "href");

    if (rel && href && strcasecmp(rel, "canonical") == 0)
        first(&g->facts->canonical, keep(g->arena, href));
}

static void take_script(struct gathering *g, const struct html_node *node)
{
    const char *type = html_attribute(node, "type");
    xmlChar *content;

    if (!type || strncasecmp(type, "application/ld+json", 19) != 0)
        return;
    content = xmlNodeGetContent(node->xml);
    html_ld_read(g->facts, bytes_str((const char *)content), g->arena);
    xmlFree(content);
}

static bool is_author(const struct html_node *node)
{
    const char *prop = html_attribute(node, "itemprop");
    const char *rel = html_attribute(node, "rel");

    return node->tag != TAG_META &&
           ((node->words & WORD_AUTHOR) ||
            (prop && strcasecmp(prop, "author") == 0) ||
            (rel && strcasecmp(rel, "author") == 0));
}

static bool is_innermost(const struct html *page, uint32_t i)
{
    for (uint32_t j = i + 1; j < page->nodes[i].end; j++)
        if (is_author(&page->nodes[j]))
            return false;
    return true;
}

/* The innermost elements inside that are called the same; or nothing. */
static struct bytes inner_names(struct gathering *g, uint32_t i)
{
    const struct html *page = g->page;
    const char *class = NULL;
    struct buffer names = BUFFER_INIT;
    struct bytes kept = BYTES_NONE;

    for (uint32_t j = i + 1; j < page->nodes[i].end; j++) {
        const char *here = html_attribute(&page->nodes[j], "class");
        struct bytes text;

        if (!is_author(&page->nodes[j]) || !is_innermost(page, j) ||
            (class && (!here || strcmp(here, class) != 0)) ||
            g->tries++ > TRIES_MOST)
            continue;
        text = without_by(node_text(g, j, LABEL_MOST));
        if (text.len <= 3)
            continue;
        if (names.len)
            buffer_put_str(&names, " | ");
        buffer_put_bytes(&names, text);
        class = here ? here : "";
    }
    if (names.len)
        kept = arena_copy(g->arena, buffer_bytes(&names));
    buffer_release(&names);
    return kept;
}

static void take_byline(struct gathering *g, uint32_t i)
{
    const struct html_node *node = &g->page->nodes[i];
    struct bytes text;

    if (g->byline.len || !is_author(node) ||
        node->block_to > node->block_from + 4 || g->tries++ > TRIES_MOST)
        return;
    text = inner_names(g, i);
    if (text.len == 0)
        text = node_text(g, i, LABEL_MOST);
    if (text.len > 3)
        g->byline = text;
}

static void take_title(struct gathering *g, uint32_t i)
{
    const struct html_node *node = &g->page->nodes[i];

    if (node->tag == TAG_TITLE && g->page_title.len == 0 &&
        strcasecmp((const char *)node->xml->name, "title") == 0)
        g->page_title = node_text(g, i, NAMES_MOST);
    if (node->tag == TAG_H1 && g->h1_count < H1_MOST) {
        g->h1[g->h1_count] = node_text(g, i, NAMES_MOST);
        g->h1_count += g->h1[g->h1_count].len > 0;
    }
}

static void gather(struct gathering *g)
{
    for (uint32_t i = 0; i < g->page->node_count; i++) {
        const struct html_node *node = &g->page->nodes[i];

        switch (node->tag) {
        case TAG_META:   take_meta(g, node); break;
        case TAG_LINK:   take_link(g, node); break;
        case TAG_SCRIPT: take_script(g, node); break;
        case TAG_TITLE:
        case TAG_H1:     take_title(g, i); break;
        case TAG_HTML: {
            const char *lang = html_attribute(node, "lang");

            if (!lang)
                lang = html_attribute(node, "xml:lang");
            g->facts->lang = lang_parse(bytes_str(lang));
            break;
        }
        default:
            break;
        }
        if (node->xml->properties)
            take_byline(g, i);
    }
}

/* --- Settling ----------------------------------------------------------- */

static bool same_letters(struct bytes a, struct bytes b)
{
    return a.len == b.len && a.len &&
           strncasecmp((const char *)a.data, (const char *)b.data, a.len) == 0;
}

static bool is_h1(const struct gathering *g, struct bytes title)
{
    for (size_t i = 0; i < g->h1_count; i++)
        if (same_letters(g->h1[i], title))
            return true;
    return false;
}

/* What the page shows as a headline is whole, whatever dash is in it. */
static struct bytes without_site(struct gathering *g, struct bytes title)
{
    struct bytes names[] = { g->facts->source, g->site };

    return html_site_cut(title, names, bytes_equal(title, g->page_title) &&
                                       !is_h1(g, title));
}

static bool is_of_site(const struct gathering *g, struct bytes name)
{
    return same_letters(name, g->site) || same_letters(name, g->facts->source);
}

/* The visible headline that one of the witnesses agrees with; else one that
 * the head's title holds; else the first that is not the site's name.  Tells
 * whether it was agreed with. */
static bool settle_h1(struct gathering *g, const struct bytes said[3])
{
    struct bytes page = g->page_title, *h1 = &g->facts->h1;

    for (size_t i = 0; i < g->h1_count; i++)
        for (size_t j = 0; j < 3; j++)
            if (same_letters(g->h1[i], said[j]) &&
                !is_of_site(g, g->h1[i])) {
                *h1 = g->h1[i];
                return true;
            }
    for (size_t i = 0; i < g->h1_count; i++)
        if (g->h1[i].len > 10 && page.len >= g->h1[i].len &&
            !is_of_site(g, g->h1[i]) &&
            memmem(page.data, page.len, g->h1[i].data, g->h1[i].len)) {
            *h1 = g->h1[i];
            return true;
        }
    for (size_t i = 0; i < g->h1_count && h1->len == 0; i++)
        if (!is_of_site(g, g->h1[i]))
            *h1 = g->h1[i];
    return false;
}

/* What JSON-LD and og:title agree on, else the visible headline where a
 * witness agrees with it. */
static void settle_title(struct gathering *g)
{
    struct html_facts *facts = g->facts;
    struct bytes said[] = { without_site(g, facts->title),
                            without_site(g, g->og_title),
                            without_site(g, g->page_title) };
    bool agreed = settle_h1(g, said);

    if (same_letters(said[0], said[1])) {
        facts->title = same_letters(said[0], facts->h1) ? facts->h1 : said[0];
        facts->title_why = "JSON-LD and og:title agree";
    } else if (agreed) {
        facts->title = facts->h1;
        facts->title_why = "headline of the page, with a witness";
    } else if (said[0].len || said[1].len) {
        facts->title = said[0].len ? said[0] : said[1];
        facts->title_why = said[0].len ? "JSON-LD" : "og:title";
    } else {
        facts->title = facts->h1.len ? facts->h1 : said[2];
        facts->title_why = facts->h1.len ? "headline of the page" : "<title>";
    }
}

static bool digits(const uint8_t *at, size_t len, int *value)
{
    *value = 0;
    for (; len; at++, len--) {
        if (*at < '0' || *at > '9')
            return false;
        *value = *value * 10 + (*at - '0');
    }
    return true;
}

/* /2024/05/03/, /2024-05-03 or /20240503 in the path of the address. */
static bool date_of_url(struct date *date, struct bytes url)
{
    struct bytes path = url_path(url);

    for (size_t i = 1; i + 8 <= path.len; i++) {
        const uint8_t *at = path.data + i;
        int year, month, day;
        size_t gap = i + 10 <= path.len && at[4] == at[7] &&
                     (at[4] == '/' || at[4] == '-' || at[4] == '_') ? 1 : 0;
        char text[16];

        if ((at[-1] >= '0' && at[-1] <= '9') || !digits(at, 4, &year) ||
            !digits(at + 4 + gap, 2, &month) ||
            !digits(at + 6 + 2 * gap, 2, &day) || year < 1990 || year > 2099 ||
            month < 1 || month > 12 || day < 1 || day > 31)
            continue;
        if (i + 8 + 2 * gap < path.len && path.data[i + 8 + 2 * gap] >= '0' &&
            path.data[i + 8 + 2 * gap] <= '9')
            continue;
        snprintf(text, sizeof(text), "%04d-%02d-%02d", year, month, day);
        return date_parse(date, bytes_str(text), 0);
    }
    return false;
}

static void settle_dates(struct gathering *g)
{
    struct html_facts *facts = g->facts;

    facts->date_why = "JSON-LD";
    if (facts->published.precision < DATE_DAY) {
        facts->published = g->meta_date;
        facts->date_why = "meta element";
    }
    facts->published_from = facts->published.precision ? DATE_FROM_PAGE
                                                       : DATE_FROM_NONE;
    if (facts->published.precision == DATE_NONE &&
        date_of_url(&facts->published, facts->canonical)) {
        facts->published_from = DATE_FROM_URL;
        facts->date_why = "address";
    }
    if (facts->modified.precision == DATE_NONE)
        facts->modified = g->meta_modified;
    if (facts->published.precision == DATE_NONE &&
        html_date_find(&facts->published, g->page, facts->title)) {
        facts->published_from = DATE_FROM_PAGE;
        facts->date_why = "shown near the headline";
    }
}

/* The canonical address; the home page is none. */
static void settle_url(struct gathering *g)
{
    struct bytes said[] = { g->facts->canonical, g->og_url, g->page->url };

    g->facts->canonical = BYTES_NONE;
    for (size_t i = 0; i < 3 && g->facts->canonical.len == 0; i++) {
        struct buffer b = BUFFER_INIT;

        if (url_canonical(&b, said[i]) && url_path(buffer_bytes(&b)).len > 1)
            g->facts->canonical = arena_copy(g->arena, buffer_bytes(&b));
        buffer_release(&b);
    }
}

void html_facts_find(struct html_facts *facts, const struct html *page,
                     struct arena *arena)
{
    struct gathering g = { .facts = facts, .page = page, .arena = arena,
                           .meta_date = UNDATED,
                           .meta_modified = UNDATED };

    *facts = (struct html_facts){ .published = UNDATED, .modified = UNDATED };
    gather(&g);
    settle_url(&g);
    first(&facts->source, g.site);
    if (facts->source.len == 0)
        facts->source = html_site_find(page, g.page_title, facts->canonical);
    first(&facts->description, g.og_description);
    settle_title(&g);
    settle_dates(&g);
    settle_authors(&g);
}
