/* html_date.c -- a date that only the visible page tells.
 *
 * Candidates are days written out with their year, in an element that is
 * called a date, on a line that is little else, as a piece of a line, or
 * behind a word like "posted"; the one that costs least wins.  Each costs its
 * distance from the headline, above it twice, and more the less it says that
 * it is a date.  A day inside a sentence is what the article tells of,
 * one among links or furniture belongs to another article, and one far
 * from the headline to nobody knows whom: those are none, and a page
 * that has no other stays undated.
 *
 *   <h1>Bridge falls</h1> <p class="date">12 May 2023</p> ... (c) 2019
 *                                 ^ named, next to the headline
 */
#include "indexer/read/html.h"

enum { LINE_MOST = 240, BEFORE_MOST = 26, BEHIND_MOST = 28, YEARS_MOST = 60,
       PIECE_MOST = 90, BARE_COST = 12, PIECE_COST = 14, TOLD_COST = 2,
       NEAR_MOST = 40, ABOVE_MOST = 4, PIECE_NEAR = 6, TITLE_LEAST = 12,
       DAY = 86400 };

struct dating {
    const struct html *page;
    uint32_t title;             /* the block of the headline */
    struct date best;
    uint32_t cost;              /* of the best */
    unsigned years;             /* looked at so far */
};

/* A date and the bytes of a line that it takes. */
struct found {
    struct date date;
    size_t from, to;
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
static bool date_around(struct found *out, struct bytes text, size_t at)
{
    size_t from = at > BEFORE_MOST ? at - BEFORE_MOST : 0;
    size_t most = text.len - at > BEHIND_MOST ? at + BEHIND_MOST : text.len;

    for (; from <= at; from++) {
        if (!is_edge(text, from) || class_of(text.data[from]) == 3)
            continue;
        for (size_t to = most; to >= at + 4; to--)
            if (is_edge(text, to) && class_of(text.data[to - 1]) != 3 &&
                date_parse(&out->date, bytes_part(text, from, to - from), 0) &&
                out->date.precision >= DATE_DAY) {
                out->from = from;
                out->to = to;
                return true;
            }
    }
    return false;
}

/* The first date behind byte `at`. */
static bool date_behind(struct dating *d, struct found *out,
                        struct bytes text, size_t at)
{
    for (; at + 4 <= text.len && d->years < YEARS_MOST; at++) {
        if (!is_year(text, at))
            continue;
        d->years++;
        if (date_around(out, text, at))
            return true;
    }
    return false;
}

static uint32_t distance(const struct dating *d, uint32_t block)
{
    return block >= d->title ? block - d->title : 2 * (d->title - block);
}

static bool is_close(const struct date *a, const struct date *b)
{
    return llabs(a->seconds - b->seconds) <= DAY;
}

/* Takes what costs less, or tells the time too. */
static void offer(struct dating *d, const struct date *date, uint32_t cost)
{
    bool known = d->cost < UINT32_MAX && is_close(date, &d->best);

    if (known && date->precision != d->best.precision
              ? date->precision > d->best.precision : cost < d->cost)
        d->best = *date;
    if (cost < d->cost)
        d->cost = cost;
}

/* --- Elements ----------------------------------------------------------- */

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

/* Whether it is in something so called that the headline is not in. */
static bool is_in(const struct dating *d, uint32_t node, uint8_t words)
{
    const struct html *page = d->page;

    for (; node; node = page->nodes[node].parent) {
        const struct html_node *at = &page->nodes[node];

        if (at->block_from <= d->title && d->title < at->block_to)
            return false;
        if (at->words & words)
            return true;
    }
    return false;
}

static bool said_date(struct date *date, const struct html_node *node)
{
    static const char *const said[] = { "datetime", "content", "title" };

    for (size_t j = 0; j < 3; j++) {
        const char *value = html_attribute(node, said[j]);

        if (value && date_parse(date, bytes_str(value), 0) &&
            date->precision >= DATE_DAY)
            return true;
    }
    return false;
}

/* The day that the element shows. */
static bool shown_date(struct dating *d, struct date *date, uint32_t i)
{
    const struct html_node *node = &d->page->nodes[i];
    struct buffer text = BUFFER_INIT;
    struct found found;
    bool shown = false;

    if (node->block_to > node->block_from + 4)
        return false;
    html_text_of(&text, d->page, i);
    if (text.len <= LINE_MOST) {
        shown = date_behind(d, &found, buffer_bytes(&text), 0);
        *date = shown ? found.date : UNDATED;
    }
    buffer_release(&text);
    return shown;
}

/* What an element called a date says in its attributes, or shows; what it
 * shows counts where the two are days apart. */
static void look_at_node(struct dating *d, uint32_t i)
{
    const struct html_node *node = &d->page->nodes[i];
    uint32_t cost = distance(d, node->block_from);
    struct date said = UNDATED, shown = UNDATED;

    if (node->tag == TAG_META ||
        (node->tag != TAG_TIME &&
         (cost > NEAR_MOST || !is_called_date(node))) ||
        is_in(d, i, WORD_COMMENT))
        return;
    said_date(&said, node);
    shown_date(d, &shown, i);
    if (said.precision && shown.precision && is_close(&said, &shown))
        shown = said;
    if (shown.precision || said.precision)
        offer(d, shown.precision ? &shown : &said, cost);
}

/* --- Lines -------------------------------------------------------------- */

/* A line of links, or an item of a list that links elsewhere. */
static bool is_about_another(const struct html_block *block)
{
    return block->links * 2 > block->chars ||
           (block->tag == TAG_LI && block->links > 0);
}

static bool is_divider(struct bytes text, size_t at)
{
    static const char *const marks[] = { "|", "·", "•", "⋅", "—", "–", "/",
                                         "»", "›", "-" };

    while (at < text.len && text.data[at] == ' ')
        at++;
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (at + strlen(marks[i]) <= text.len &&
            memcmp(text.data + at, marks[i], strlen(marks[i])) == 0)
            return true;
    return at == text.len;
}

/* Whether the date begins or ends a short line, or stands beside a mark. */
static bool is_piece(struct bytes text, const struct found *found)
{
    size_t from = found->from, to = found->to;

    while (from && text.data[from - 1] == ' ')
        from--;
    while (from && (text.data[from - 1] & 0xc0) == 0x80)
        from--;
    if (text.len > PIECE_MOST && (found->from == 0 || to == text.len))
        return false;
    return found->from == 0 || is_divider(text, to) ||
           (from && is_divider(text, from - 1));
}

static void look_at_line(struct dating *d, uint32_t i, struct bytes text,
                         const struct found *found)
{
    const struct html_block *block = &d->page->blocks[i];
    uint32_t far = distance(d, i);
    bool other = is_about_another(block);

    if (block->chars - block->links < found->to - found->from ||
        (other && block->tag == TAG_LI))
        return;
    if (html_is_dated(text, found->from, found->to))
        offer(d, &found->date, TOLD_COST + (far < NEAR_MOST ? far
                                                            : NEAR_MOST));
    if (i + ABOVE_MOST < d->title || far > NEAR_MOST ||
        (i + 1 < d->title && is_in(d, block->node, WORD_FURNITURE)))
        return;
    if (!other && (found->to - found->from) * 3 >= text.len)
        offer(d, &found->date, far + BARE_COST);
    else if (far <= PIECE_NEAR && is_piece(text, found))
        offer(d, &found->date, far + PIECE_COST);
}

static void look_at_block(struct dating *d, uint32_t i)
{
    const struct html_block *block = &d->page->blocks[i];
    struct bytes text = html_block_text(d->page, block);
    struct found found = { .to = 0 };

    if (text.len > LINE_MOST || is_in(d, block->node, WORD_COMMENT))
        return;
    while (date_behind(d, &found, text, found.to))
        look_at_line(d, i, text, &found);
}

/* --- Together ----------------------------------------------------------- */

static bool shows(struct bytes text, struct bytes title)
{
    return bytes_equal(text, title) ||
           (title.len >= TITLE_LEAST && text.len < 2 * title.len &&
            text.len > title.len &&
            memmem(text.data, text.len, title.data, title.len));
}

/* The headline's block: what shows the title, else the first h1. */
static uint32_t title_block(const struct html *page, struct bytes title)
{
    uint32_t first = page->block_count;

    for (uint32_t i = 0; i < page->block_count; i++) {
        bool h1 = page->blocks[i].tag == TAG_H1;

        if ((h1 || page->blocks[i].tag == TAG_H2) &&
            shows(html_block_text(page, &page->blocks[i]), title))
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
        if (page->nodes[i].xml->properties ||
            page->nodes[i].tag == TAG_TIME)
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
