/* html_body.c -- the article in a page.
 *
 * First the furniture is marked: navigation, asides, and what class and id
 * call related, share, comments and so on, unless it holds real paragraphs
 * (an unguarded list of words loses more than it gains).  Then every
 * container is scored by the sum over its blocks, good text up, link lists
 * down, and the best one wins; at last its blocks are gone through one by
 * one.  The shape of the score follows Readability and jusText; prefix sums
 * make it one subtraction a container.
 *
 *   body: +9 -7      article: +9 -1  <- wins      its div: +6 -0
 */
#include <stdlib.h>

#include "indexer/read/html.h"
#include "indexer/read/prose.h"

enum { REAL_CHARS = 100, SHORT_CHARS = 25, GUARD_REAL = 3, GUARD_SHARE = 4,
       LEAD_MOST = 600, LEAD_LEAST = 40, CALLED_LEAST = 60,
       BEGUN_CHARS = 300, TAIL_MOST = 5, TEASER_LEAST = 50,
        BODY_LEAST = 250 };

/* Sums over the blocks before each; one more than there are blocks. */
struct sums {
    uint32_t title;             /* the block that shows the title */
    uint32_t *real;             /* paragraphs that look written */
    uint64_t *chars;
    double *score;
};

static double link_share(const struct html_block *block)
{
    return block->chars ? (double)block->links / block->chars : 0;
}

static bool is_real(const struct html_block *block)
{
    return block->chars >= REAL_CHARS && block->links * 3 < block->chars;
}

static bool is_prose_tag(uint8_t tag)
{
    return tag == TAG_P || tag == TAG_BLOCKQUOTE || tag == TAG_PRE ||
           tag == TAG_LI || tag == TAG_DD;
}

static bool is_heading(uint8_t tag)
{
    return tag >= TAG_H1 && tag <= TAG_H6;
}

/* --- Furniture ---------------------------------------------------------- */

static void sum_text(struct sums *sums, const struct html *page)
{
    for (uint32_t i = 0; i < page->block_count; i++) {
        sums->real[i + 1] = sums->real[i] + is_real(&page->blocks[i]);
        sums->chars[i + 1] = sums->chars[i] + page->blocks[i].chars;
    }
}

static bool is_furniture(const struct html_node *node)
{
    switch (node->tag) {
    case TAG_NAV: case TAG_ASIDE: case TAG_FOOTER: case TAG_FORM:
    case TAG_FIGURE: case TAG_FIGCAPTION: case TAG_HEAD:
        return true;
    case TAG_BODY: case TAG_HTML: case TAG_MAIN:
        return false;
    case TAG_ARTICLE:
        return (node->words & (WORD_HIDDEN | WORD_CAPTION)) ||
               (node->words & (WORD_FURNITURE | WORD_BODY)) == WORD_FURNITURE;
    default:
        return (node->words & (WORD_HIDDEN | WORD_CAPTION)) ||
               ((node->words & WORD_FURNITURE) &&
                !(node->words & WORD_BODY));
    }
}

/* A figure may be a table. */
static bool is_table(const struct html *page, const struct html_node *node)
{
    const struct html_node *at = node + 1, *end = page->nodes + node->end;

    if (node->tag != TAG_FIGURE)
        return false;
    while (at < end && at->tag != TAG_TABLE)
        at++;
    return at < end;
}

/* Whether so much is in it that the name must be wrong. */
static bool is_guarded(const struct sums *sums, const struct html *page,
                       const struct html_node *node)
{
    uint32_t real = sums->real[node->block_to] - sums->real[node->block_from];
    uint64_t chars = sums->chars[node->block_to] -
                     sums->chars[node->block_from];

    if (node->tag == TAG_HEAD)
        return false;
    if (real && node->block_from <= sums->title &&
        node->block_to > sums->title + 1)
        return true;
    if (node->tag == TAG_NAV)
        return false;
    if (node->tag == TAG_ASIDE || node->tag == TAG_FOOTER ||
        (node->words & WORD_COMMENT))
        return real >= GUARD_REAL && chars * 2 > sums->chars[page->block_count];
    return real >= GUARD_REAL ||
           (real && chars * GUARD_SHARE > sums->chars[page->block_count]);
}

static void mark_furniture(struct html *page, const struct sums *sums)
{
    for (uint32_t i = 1; i < page->node_count; i++) {
        struct html_node *node = &page->nodes[i];

        node->dropped = page->nodes[node->parent].dropped ||
                        (is_furniture(node) && !is_table(page, node) &&
                         !is_guarded(sums, page, node));
    }
}

/* Only navigation, the head and what is hidden stay furniture. */
static void unmark_named(struct html *page)
{
    for (uint32_t i = 1; i < page->node_count; i++) {
        struct html_node *node = &page->nodes[i];

        node->dropped = page->nodes[node->parent].dropped ||
                        node->tag == TAG_NAV || node->tag == TAG_HEAD ||
                        node->tag == TAG_FOOTER ||
                        (node->words & (WORD_HIDDEN | WORD_COMMENT));
    }
}

/* --- Choosing ----------------------------------------------------------- */

static double block_score(const struct html *page,
                          const struct html_block *block)
{
    double share = link_share(block), len = block->chars / 100.0;

    if (page->nodes[block->node].dropped)
        return 0;
    if (is_heading(block->tag))
        return share > 0.5 ? -0.7 : 0;
    if (share > 0.5)
        return block->chars > 30 ? -1 : -0.5;
    if (block->chars < SHORT_CHARS)
        return is_prose_tag(block->tag) ? 0 : -0.2;
    if (block->marks == 0 && block->chars < REAL_CHARS)
        return is_prose_tag(block->tag) ? 0.1 : -0.2;
    return (1 + (block->marks < 4 ? block->marks : 4) * 0.5 +
            (len < 3 ? len : 3)) * (1 - share) *
           (is_prose_tag(block->tag) ? 1 : 0.6);
}

static bool is_container(const struct html_node *node)
{
    return node->tag == TAG_DIV || node->tag == TAG_ARTICLE ||
           node->tag == TAG_SECTION || node->tag == TAG_MAIN ||
           node->tag == TAG_BODY || node->tag == TAG_TD ||
           node->tag == TAG_TABLE || node->tag == TAG_FORM ||
           node->tag == TAG_BLOCKQUOTE || (node->words & WORD_BODY);
}

static double prior(const struct html_node *node)
{
    double factor = 1;

    if (node->words & WORD_BODY)
        factor *= 1.25;
    if (node->tag == TAG_ARTICLE)
        factor *= 1.1;
    if (node->tag == TAG_BODY)
        factor *= 0.9;
    return factor;
}

static uint32_t choose(const struct html *page, struct sums *sums)
{
    uint32_t best = 0;
    double most = 0;

    for (uint32_t i = 0; i < page->block_count; i++)
        sums->score[i + 1] = sums->score[i] +
                             block_score(page, &page->blocks[i]);
    for (uint32_t i = 0; i < page->node_count; i++) {
        const struct html_node *node = &page->nodes[i];
        double score = sums->score[node->block_to] -
                       sums->score[node->block_from];

        if (!is_container(node) || node->dropped || score <= 0)
            continue;
        score *= prior(node);
        if (score >= most) {
            most = score;
            best = i;
        }
    }
    return best;
}

/* --- Trimming ----------------------------------------------------------- */

/* What leaked out of a script: strings and braces instead of sentences. */
static bool is_code(struct bytes text)
{
    static const char *const signs[] = { "\":\"", "\":{", "\",\"", "function(",
                                         "function (", "window.", "});",
                                         "document.", "\": \"", "var " };
    unsigned found = 0;

    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        found += text.len && memmem(text.data, text.len, signs[i],
                                    strlen(signs[i]));
    return found >= 2;
}

static bool ends_open(struct bytes text)
{
    static const char *const ends[] = { "…", "...", "[…]", "[...]",
                                        "(…)", "(...)" };

    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        size_t len = strlen(ends[i]);

        if (text.len > len &&
            memcmp(text.data + text.len - len, ends[i], len) == 0)
            return true;
    }
    return false;
}

/* The first words of another article, under its headline, which is a link,
 * break off. */
static bool is_teaser(const struct html *page, uint32_t at)
{
    const struct html_block *block = &page->blocks[at];

    if (block->chars < TEASER_LEAST ||
        !ends_open(html_block_text(page, block)))
        return false;
    for (uint32_t i = at > 2 ? at - 2 : 0; i < at; i++)
        if (page->blocks[i].chars > 5 && is_heading(page->blocks[i].tag) &&
            link_share(&page->blocks[i]) > 0.8)
            return true;
    return false;
}

/* Whether a heading stands among real paragraphs, not over the teaser that
 * it links to: all are children of one element. */
static bool is_among(const struct html *page, uint32_t at, uint32_t sample)
{
    const struct html_block *block = &page->blocks[at];
    uint32_t parent = page->nodes[block->node].parent;

    return at + 1 < page->block_count && is_real(block + 1) &&
           block[1].tag == TAG_P && parent &&
           page->nodes[block[1].node].parent == parent &&
           page->nodes[page->blocks[sample].node].parent == parent;
}

static bool is_wanted(const struct html *page, uint32_t at, uint32_t sample,
                      const struct html_facts *facts, bool begun)
{
    const struct html_block *block = &page->blocks[at];
    struct bytes text = html_block_text(page, block);
    double share = link_share(block);

    if (page->nodes[block->node].dropped || block->tag == TAG_H1 ||
        bytes_equal(text, facts->title) || bytes_equal(text, facts->h1))
        return false;
    if (html_is_label(text) || (block->tag != TAG_PRE && is_code(text)))
        return false;
    if (is_heading(block->tag))
        return begun && (share < 0.5 || is_among(page, at, sample));
    if (block->tag == TAG_LI)
        return share < 0.7 && (begun || is_real(block));
    if (block->tag == TAG_P || block->tag == TAG_BLOCKQUOTE ||
        block->tag == TAG_PRE)
        return (share < 0.7 || (block->chars >= REAL_CHARS && block->marks)) &&
               (begun || block->chars >= SHORT_CHARS);
    if (block->tag == TAG_TD)
        return share < 0.5 && (begun || is_real(block));
    return share < 0.5 && ((block->chars >= 40 && block->marks) ||
                           block->chars >= REAL_CHARS);
}

/* The first word of a class says what it is, the others how it looks. */
static bool same_class(const struct html_node *a, const struct html_node *b)
{
    const char *first = html_attribute(a, "class");
    const char *second = html_attribute(b, "class");
    size_t len = first ? strcspn(first, " ") : 0;

    return a->tag == b->tag &&
           (first && second ? strcspn(second, " ") == len &&
                              memcmp(first, second, len) == 0
                            : first == second);
}

/* Whether two paragraphs are in elements of one name and class, which are
 * in one element or in two of one name and class. */
static bool are_alike(const struct html *page, const struct html_block *a,
                      const struct html_block *b)
{
    const struct html_node *first = &page->nodes[page->nodes[a->node].parent];
    const struct html_node *second =
        &page->nodes[page->nodes[b->node].parent];

    return a->tag == b->tag &&
           (first == second ||
            (same_class(first, second) &&
             same_class(&page->nodes[first->parent],
                        &page->nodes[second->parent])));
}

/* Whether the article goes on behind a line that would end it: some real
 * paragraph there is where the `sample` of those before it is. */
static bool goes_on(const struct html *page, uint32_t from, uint32_t to,
                    uint32_t sample)
{
    for (uint32_t i = from; i < to; i++)
        if (is_real(&page->blocks[i]) &&
            !page->nodes[page->blocks[i].node].dropped &&
            are_alike(page, &page->blocks[i], &page->blocks[sample]))
            return true;
    return false;
}

/* Where the article ends before the lines in [from, to) that are only its
 * tail; a few of them, behind enough text. */
static uint32_t cut_tail(bool *keep, const struct html *page, uint32_t from,
                         uint32_t to, uint64_t chars)
{
    unsigned cut = 0;

    for (uint32_t i = to; i-- > from && cut < TAIL_MOST;) {
        const struct html_block *block = &page->blocks[i];

        if (!keep[i])
            continue;
        if (!html_is_tail(html_block_text(page, block)) ||
            chars < block->chars + BEGUN_CHARS)
            return i + 1;
        chars -= block->chars;
        keep[i] = false;
        cut++;
    }
    return to;
}

/* Marks the blocks to keep in [from, to): wanted ones, less the headings
 * that nothing follows. */
static void trim(bool *keep, const struct html *page, uint32_t from,
                 uint32_t to, const struct html_facts *facts)
{
    uint64_t chars = 0;
    uint32_t last = from, sample = from;

    for (uint32_t i = from; i < to; i++) {
        const struct html_block *block = &page->blocks[i];

        if (chars > BEGUN_CHARS && !page->nodes[block->node].dropped &&
            html_is_closer(html_block_text(page, block))) {
            if (!goes_on(page, i + 1, to, sample))
                break;
            continue;
        }
        keep[i] = is_wanted(page, i, sample, facts, chars > 0) &&
                  !is_teaser(page, i) &&
                  !(chars < BEGUN_CHARS &&
                    html_is_byline(html_block_text(page, block), facts));
        if (!keep[i])
            continue;
        chars += block->chars;
        if (is_real(block))
            sample = i;
        if (!is_heading(block->tag))
            last = i + 1;
    }
    for (uint32_t i = last; i < to; i++)
        keep[i] = false;
    last = cut_tail(keep, page, from, last, chars);
    for (uint32_t i = last; i-- > from;)
        if (keep[i] && is_heading(page->blocks[i].tag)) {
            uint32_t next = i + 1;

            while (next < last && !keep[next] &&
                   !is_heading(page->blocks[next].tag))
                next++;
            keep[i] = next < last && keep[next];
        }
}

/* --- Giving out --------------------------------------------------------- */

static void put_captions(struct buffer *captions, const struct html *page,
                         const struct html_node *best)
{
    for (uint32_t i = best->block_from; i < best->block_to; i++) {
        uint32_t node = page->blocks[i].node, steps = 0;

        while (node && steps++ < 4 &&
               page->nodes[node].tag != TAG_FIGCAPTION &&
               !(page->nodes[node].words & WORD_CAPTION))
            node = page->nodes[node].parent;
        if (page->nodes[node].tag != TAG_FIGCAPTION &&
            !(page->nodes[node].words & WORD_CAPTION))
            continue;
        if (!page->nodes[node].dropped)
            continue;
        if (captions->len)
            buffer_put_u8(captions, '\n');
        buffer_put_bytes(captions, html_block_text(page, &page->blocks[i]));
    }
}

static bool is_called_lead(const struct html *page,
                           const struct html_block *block)
{
    const struct html_node *node = &page->nodes[block->node];
    unsigned words = node->words | page->nodes[node->parent].words;

    return (words & WORD_STANDFIRST) && !node->dropped &&
           (block->marks || block->chars >= CALLED_LEAST);
}

/* A standfirst stands above the body, or is its first paragraph, and is
 * called so; or above the body and says what the description says.  Its
 * block, or block_count. */
static uint32_t find_lead(const struct html *page, uint32_t first,
                          const struct html_facts *facts)
{
    for (uint32_t i = 0; i <= first && i < page->block_count; i++) {
        const struct html_block *block = &page->blocks[i];
        struct bytes text = html_block_text(page, block);

        if (text.len > LEAD_MOST || block->chars < LEAD_LEAST ||
            link_share(block) > 0.3 || block->tag == TAG_H1 ||
            bytes_equal(text, facts->title))
            continue;
        if ((i < first && bytes_equal(text, facts->description)) ||
            is_called_lead(page, block))
            return i;
    }
    return page->block_count;
}

static uint32_t first_kept(const bool *keep, uint32_t from, uint32_t to)
{
    while (from < to && !keep[from])
        from++;
    return from;
}

/* Takes the standfirst out of the blocks to keep, unless it is all there
 * is. */
static void put_lead(struct buffer *lead, bool *keep, const struct html *page,
                     const struct html_node *node,
                     const struct html_facts *facts)
{
    uint32_t first = first_kept(keep, node->block_from, node->block_to);
    uint32_t at;

    if (first == node->block_to)
        return;
    at = find_lead(page, first, facts);
    if (at == page->block_count ||
        (at == first &&
         first_kept(keep, first + 1, node->block_to) == node->block_to))
        return;
    keep[at] = false;
    buffer_put_bytes(lead, html_block_text(page, &page->blocks[at]));
}

static void give(struct buffer *body, struct buffer *lead,
                 struct buffer *captions, const struct html *page,
                 uint32_t best, const struct html_facts *facts)
{
    const struct html_node *node = &page->nodes[best];
    bool *keep = must_calloc(page->block_count + 1, sizeof(*keep));
    trim(keep, page, node->block_from, node->block_to, facts);
    put_lead(lead, keep, page, node, facts);
    html_drop_repeated(keep, page, node->block_from, node->block_to, facts);
    for (uint32_t i = node->block_from; i < node->block_to; i++)
        if (keep[i])
            prose_paragraph(body, html_block_text(page, &page->blocks[i]));
    put_captions(captions, page, node);
    html_why_body(page, best, keep);
    free(keep);
}

/* The first block that is the headline, or block_count. */
static uint32_t title_of(const struct html *page,
                         const struct html_facts *facts)
{
    for (uint32_t i = 0; i < page->block_count; i++) {
        struct bytes text = html_block_text(page, &page->blocks[i]);

        if (is_heading(page->blocks[i].tag) && text.len &&
            (bytes_equal(text, facts->title) || bytes_equal(text, facts->h1)))
            return i;
    }
    return page->block_count;
}

static void find(struct buffer *body, struct buffer *lead,
                 struct buffer *captions, struct html *page,
                 struct sums *sums, const struct html_facts *facts)
{
    buffer_clear(body);
    buffer_clear(lead);
    buffer_clear(captions);
    give(body, lead, captions, page, choose(page, sums), facts);
}

void html_body_find(struct buffer *body, struct buffer *lead,
                    struct buffer *captions, struct html *page,
                    const struct html_facts *facts)
{
    size_t room = (size_t)page->block_count + 1;
    struct sums sums = { title_of(page, facts),
                         must_calloc(room, sizeof(*sums.real)),
                         must_calloc(room, sizeof(*sums.chars)),
                         must_calloc(room, sizeof(*sums.score)) };
    size_t first;

    sum_text(&sums, page);
    mark_furniture(page, &sums);
    find(body, lead, captions, page, &sums, facts);
    first = body->len;
    /* So little: the article itself may be called furniture. */
    if (first < BODY_LEAST) {
        unmark_named(page);
        find(body, lead, captions, page, &sums, facts);
    }
    if (first < BODY_LEAST && body->len < 2 * first) {
        mark_furniture(page, &sums);
        find(body, lead, captions, page, &sums, facts);
    }
    free(sums.real);
    free(sums.chars);
    free(sums.score);
}
