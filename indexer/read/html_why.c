/* html_why.c -- why a page was read as it was, for people.
 *
 * The facts with their witnesses, the element that holds the body, and every
 * line of the page with what became of it.
 *
 *   title     Bridge falls -- JSON-LD and og:title agree
 *   body      in <div class="story">, 2 of 5 lines
 *     outside   Home
 *     kept      The bridge fell on Monday.
 *     furniture Share -- <div class="share">
 */
#include "indexer/read/html.h"

enum { SHOWN_MOST = 60 };

static void put_text(struct buffer *out, struct bytes text)
{
    size_t len = text.len;

    if (len > SHOWN_MOST) {
        len = SHOWN_MOST;
        while (len && (text.data[len] & 0xc0) == 0x80)
            len--;
    }
    buffer_put(out, text.data, len);
    if (len < text.len)
        buffer_put_str(out, "...");
}

/* <div class="story" id="a"> */
static void put_element(struct buffer *out, const struct html_node *node)
{
    static const char *const names[] = { "class", "id", "itemprop", "role" };

    buffer_put_u8(out, '<');
    buffer_put_str(out, (const char *)node->xml->name);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        const char *value = html_attribute(node, names[i]);

        if (!value || !*value)
            continue;
        buffer_put_u8(out, ' ');
        buffer_put_str(out, names[i]);
        buffer_put_str(out, "=\"");
        put_text(out, bytes_str(value));
        buffer_put_u8(out, '"');
    }
    buffer_put_u8(out, '>');
}

static void put_row(struct buffer *out, const char *name, struct bytes value,
                    const char *reason)
{
    char head[32];

    snprintf(head, sizeof(head), "  %-9s ", name);
    buffer_put_str(out, head);
    if (value.len)
        buffer_put_bytes(out, value);
    else
        buffer_put_str(out, "none");
    if (value.len && reason) {
        buffer_put_str(out, " -- ");
        buffer_put_str(out, reason);
    }
    buffer_put_u8(out, '\n');
}

void html_why_facts(const struct html *page, const struct html_facts *facts)
{
    struct buffer text = BUFFER_INIT;

    if (!page->why)
        return;
    put_row(page->why, "title", facts->title, facts->title_why);
    date_put(&text, &facts->published);
    put_row(page->why, "date", buffer_bytes(&text), facts->date_why);
    buffer_clear(&text);
    for (size_t i = 0; i < facts->authors.count; i++) {
        buffer_put_str(&text, i ? ", " : "");
        buffer_put_bytes(&text, facts->authors.items[i]);
    }
    put_row(page->why, "authors", buffer_bytes(&text), facts->authors_why);
    put_row(page->why, "source", facts->source, NULL);
    put_row(page->why, "url", facts->canonical, NULL);
    buffer_release(&text);
}

/* The outermost element that was dropped around a block. */
static const struct html_node *dropped_around(const struct html *page,
                                              const struct html_block *block)
{
    uint32_t node = block->node;

    while (page->nodes[page->nodes[node].parent].dropped)
        node = page->nodes[node].parent;
    return &page->nodes[node];
}

/* What became of a block that is not kept. */
static const char *fate(const struct html *page, const struct html_node *best,
                        uint32_t i)
{
    const struct html_block *block = &page->blocks[i];
    struct bytes text = html_block_text(page, block);

    if (page->nodes[block->node].dropped)
        return "furniture";
    if (i < best->block_from || i >= best->block_to)
        return "outside";
    if (html_is_closer(text))
        return "closer";
    if (html_is_label(text))
        return "label";
    if (block->links * 2 > block->chars)
        return "links";
    return html_is_tail(text) ? "tail" : "trimmed";
}

void html_why_body(const struct html *page, uint32_t best, const bool *keep)
{
    const struct html_node *node = &page->nodes[best];
    unsigned kept = 0;
    char counts[64];

    if (!page->why || page->node_count == 0)
        return;
    buffer_clear(page->why);
    for (uint32_t i = 0; i < page->block_count; i++)
        kept += keep[i];
    buffer_put_str(page->why, "  body      in ");
    put_element(page->why, node);
    snprintf(counts, sizeof(counts), ", %u of %u lines\n", kept,
             page->block_count);
    buffer_put_str(page->why, counts);
    for (uint32_t i = 0; i < page->block_count; i++) {
        const char *what = keep[i] ? "kept" : fate(page, node, i);

        snprintf(counts, sizeof(counts), "    %-9s ", what);
        buffer_put_str(page->why, counts);
        put_text(page->why, html_block_text(page, &page->blocks[i]));
        if (!keep[i] && page->nodes[page->blocks[i].node].dropped) {
            buffer_put_str(page->why, " -- ");
            put_element(page->why, dropped_around(page, &page->blocks[i]));
        }
        buffer_put_u8(page->why, '\n');
    }
}
