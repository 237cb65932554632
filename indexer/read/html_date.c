/* html_date.c -- a date that only the visible page tells.
 *
 * Candidates are days written out with their year, in an element that is
 * called a date or on a line that is little else; the one that costs least
 * wins.  Each costs its distance from the headline, above it twice, and a line
 * more than an element.  A day inside a sentence is what the article tells of,
 * one among links or furniture belongs to another article, and one far
 * from the headline to nobody knows whom: those are none, and a page
 * that has no other stays undated.
 *
 *   <h1>Bridge falls</h1> <p class="date">12 May 2023</p> ... (c) 2019
 *                                 ^ named, next to the headline
 */
#include "indexer/read/html.h"

enum { LINE_MOST = 240, BEFORE_MOST = 26, BEHIND_MOST = 28, EDGES_MOST = 24,
       YEARS_MOST = 60, BARE_COST = 12, NEAR_MOST = 40,
       ABOVE_MOST = 1 };

struct dating {
    const struct html *page;
    uint32_t title;             /* the block of the headline */
    struct date best;
    uint32_t cost;              /* of the best */
    unsigned years;             /* looked at so far */
};

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static int class_of(uint8_t c)
{
    if (is_digit(c))
        return 1;
    return c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z') ? 2 : 3;
}

/* Whether a word, a number or a mark begins or ends before byte `at`. */
static bool is_edge(struct bytes text, size_t at)
{
    if (at == 0 || at == text.len)
        return true;
    if ((text.data[at] & 0xc0) == 0x80)
        return false;
    return class_of(text.data[at - 1]) != class_of(text.data[at]) ||
           class_of(text.data[at]) == 3;
}

static bool is_year(struct bytes text, size_t at)
{
    const uint8_t *year = text.data + at;

    return at + 4 <= text.len && (year[0] == '1' || year[0] == '2') &&
           is_digit(year[1]) && is_digit(year[2]) && is_digit(year[3]) &&
           (memcmp(year, "199", 3) == 0 || memcmp(year, "20", 2) == 0) &&
           (at == 0 || !is_digit(text.data[at - 1]));
}

/* The longest date around the year at `at`. */
static bool date_around(struct date *out, struct bytes text, size_t at,
                        size_t *len)
{
    size_t from = at > BEFORE_MOST ? at - BEFORE_MOST : 0;
    size_t most = text.len - at > BEHIND_MOST ? at + BEHIND_MOST : text.len;

    for (; from <= at; from++) {
        if (!is_edge(text, from) || class_of(text.data[from]) == 3)
            continue;
        for (size_t to = most; to >= at + 4; to--)
            if (is_edge(text, to) && class_of(text.data[to - 1]) != 3 &&
                date_parse(out, bytes_part(text, from, to - from), 0) &&
                out->precision >= DATE_DAY) {
                *len = to - from;
                return true;
            }
    }
    return false;
}

static bool date_in(struct dating *d, struct date *out, struct bytes text,
                    size_t *len)
{
    for (size_t at = 0; at + 4 <= text.len && d->years < YEARS_MOST; at++) {
        if (!is_year(text, at))
            continue;
        d->years++;
        if (date_around(out, text, at, len))
            return true;
    }
    return false;
}

static uint32_t distance(const struct dating *d, uint32_t block)
{
    return block >= d->title ? block - d->title : 2 * (d->title - block);
}

static void offer(struct dating *d, const struct date *date, uint32_t cost)
{
    if (cost >= d->cost)
        return;
    d->cost = cost;
    d->best = *date;
}

static bool is_called_date(const struct html_node *node)
{
    static const char *const attributes[] = { "class", "id", "itemprop" };
    static const char *const names[] = { "date", "datum", "fecha", "publish",
                                         "pubd", "posted", "timestamp",
                                         "created", "authored" };

    for (size_t i = 0; i < 3; i++) {
        const char *value = html_attribute(node, attributes[i]);

        for (size_t j = 0; value && j < sizeof(names) / sizeof(*names); j++)
            if (strcasestr(value, names[j]))
                return true;
    }
    return false;
}

/* What an element called a date says in its attributes, or shows. */
static void look_at_node(struct dating *d, uint32_t i)
{
    static const char *const said[] = { "datetime", "content", "title" };
    const struct html_node *node = &d->page->nodes[i];
    uint32_t cost = distance(d, node->block_from);
    struct buffer text = BUFFER_INIT;
    struct date date;
    size_t len;

    if (node->tag == TAG_META || node->dropped || cost > NEAR_MOST ||
        cost >= d->cost || !is_called_date(node))
        return;
    for (size_t j = 0; j < 3; j++) {
        const char *value = html_attribute(node, said[j]);

        if (value && date_parse(&date, bytes_str(value), 0) &&
            date.precision >= DATE_DAY)
            offer(d, &date, cost);
    }
    if (node->block_to > node->block_from + 4)
        return;
    html_text_of(&text, d->page, i);
    if (text.len <= LINE_MOST &&
        date_in(d, &date, buffer_bytes(&text), &len) && len * 3 >= text.len)
        offer(d, &date, cost);
    buffer_release(&text);
}

/* A line of links, or an item of a list that links elsewhere. */
static bool is_about_another(const struct html_block *block)
{
    return block->links * 2 > block->chars ||
           (block->tag == TAG_LI && block->links > 0);
}

static void look_at_block(struct dating *d, uint32_t i)
{
    const struct html_block *block = &d->page->blocks[i];
    struct bytes text = html_block_text(d->page, block);
    uint32_t cost = distance(d, i) + BARE_COST;
    struct date date;
    size_t len;

    if (d->page->nodes[block->node].dropped || text.len > LINE_MOST ||
        is_about_another(block) || cost >= d->cost ||
        i + ABOVE_MOST < d->title || distance(d, i) > NEAR_MOST)
        return;
    if (date_in(d, &date, text, &len) && len * 3 >= text.len)
        offer(d, &date, cost);
}

/* The headline's block: what equals the title, else the first h1. */
static uint32_t title_block(const struct html *page, struct bytes title)
{
    uint32_t first = page->block_count;

    for (uint32_t i = 0; i < page->block_count; i++) {
        bool h1 = page->blocks[i].tag == TAG_H1;

        if ((h1 || page->blocks[i].tag == TAG_H2) &&
            bytes_equal(html_block_text(page, &page->blocks[i]), title))
            return i;
        if (h1 && first == page->block_count)
            first = i;
    }
    return first < page->block_count ? first : 0;
}

bool html_date_find(struct date *out, const struct html *page,
                    struct bytes title)
{
    struct dating d = { page, title_block(page, title), UNDATED, UINT32_MAX,
                        0 };

    for (uint32_t i = 0; i < page->node_count; i++)
        if (page->nodes[i].xml->properties)
            look_at_node(&d, i);
    d.years = 0;
    for (uint32_t i = d.title; i < page->block_count; i++)
        look_at_block(&d, i);
    for (uint32_t i = d.title; i-- > 0;)
        look_at_block(&d, i);
    if (d.cost < UINT32_MAX)
        *out = d.best;
    return d.cost < UINT32_MAX;
}
