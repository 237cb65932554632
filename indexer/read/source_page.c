/* source_page.c -- an HTML page: one article.
 *
 *   bytes -> UTF-8 -> guard -> tree -> facts, body -> article
 *                       \ too hostile: tags stripped, ARTICLE_DEGRADED
 */
#include "indexer/read/html.h"
#include "indexer/read/prose.h"
#include "indexer/read/source_member.h"

enum { BODY_LEAST = 250 };

static void set_facts(struct article *a, const struct html_facts *facts)
{
    a->title = facts->title;
    a->url = facts->canonical;
    a->authors = facts->authors;
    a->source = facts->source;
    a->section = facts->section;
    a->tags = facts->tags;
    a->lang = facts->lang;
    a->published = facts->published;
    a->published_from = facts->published_from;
    a->modified = facts->modified;
    a->flags |= facts->flags;
}

/* What the page holds elsewhere, where the text is far less; JSON-LD is often
 * cut, so it is the last resort but one. */
static void set_hidden_body(struct article *a, const struct html *page,
                            struct bytes raw, const struct html_facts *facts,
                            struct arena *arena)
{
    struct buffer state = BUFFER_INIT;
    const char *from = NULL;

    if (facts->body.len > 2 * a->body.len) {
        a->body = facts->body;
        from = "  body      from JSON-LD, the page has less than half of it\n";
    } else {
        html_state_read(&state, raw, facts, arena);
        if (state.len > 2 * a->body.len) {
            a->body = arena_copy(arena, buffer_bytes(&state));
            from = "  body      from what the page keeps for its scripts\n";
        }
    }
    if (from && page->why)
        buffer_put_str(page->why, from);
    buffer_release(&state);
}

static void set_body(struct article *a, struct html *page, struct bytes raw,
                     const struct html_facts *facts, struct arena *arena)
{
    struct buffer body = BUFFER_INIT, lead = BUFFER_INIT;
    struct buffer captions = BUFFER_INIT;
    size_t len;

    html_body_find(&body, &lead, &captions, page, facts);
    a->body = arena_copy(arena, buffer_bytes(&body));
    a->captions = arena_copy(arena, buffer_bytes(&captions));
    len = a->body.len;
    if (len < BODY_LEAST)
        set_hidden_body(a, page, raw, facts, arena);
    if (a->body.len == len && lead.len &&
        (lead.len > len || memcmp(a->body.data, lead.data, lead.len) != 0))
        a->lead = arena_copy(arena, buffer_bytes(&lead));
    buffer_release(&body);
    buffer_release(&lead);
    buffer_release(&captions);
}

/* A page that shows no date may tell one to its scripts. */
static void set_hidden_date(struct article *a, struct html_facts *facts,
                            struct bytes raw)
{
    struct date date;

    if (a->published.precision != DATE_NONE || !html_state_date(&date, raw))
        return;
    a->published = facts->published = date;
    a->published_from = DATE_FROM_PAGE;
    facts->date_why = "what the page keeps for its scripts";
}

/* The text between "<title>" and "</title>". */
static struct bytes plain_title(struct bytes text, struct arena *arena)
{
    const uint8_t *from = NULL, *to;
    struct buffer b = BUFFER_INIT;
    struct bytes kept;

    if (text.len)
        from = memmem(text.data, text.len, "<title>", 7);
    if (!from)
        return BYTES_NONE;
    from += 7;
    to = memchr(from, '<', (size_t)(text.data + text.len - from));
    prose_unescape(&b, bytes_of(from, to ? (size_t)(to - from) : 0));
    kept = prose_keep(arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

static void strip(struct article *a, struct bytes text, struct arena *arena)
{
    struct buffer body = BUFFER_INIT;

    prose_strip_tags(&body, text);
    a->title = plain_title(text, arena);
    a->body = arena_copy(arena, buffer_bytes(&body));
    a->flags |= ARTICLE_DEGRADED;
    buffer_release(&body);
}

static enum status page_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    struct error hostile = ERROR_INIT;
    struct html_facts facts;
    struct html page;
    struct bytes text;
    size_t replaced;
    enum status rc;

    s->done = true;
    rc = source_take_all(&text, &replaced, s, CHARSET_MARKUP, err);
    if (rc != OK)
        return rc;
    source_stamp(s, out);
    if (html_open(&page, text, &hostile) == OK) {
        page.url = s->envelope.url;
        page.sites = s->options.sites;
        page.why = s->options.why;
        html_facts_find(&facts, &page, arena);
        set_facts(out, &facts);
        set_hidden_date(out, &facts, text);
        set_body(out, &page, text, &facts, arena);
        html_why_facts(&page, &facts);
    } else {
        strip(out, text, arena);
    }
    html_close(&page);
    if (replaced)
        out->flags |= ARTICLE_DEGRADED;
    if (out->title.len == 0 && out->body.len == 0)
        return error_set(err, ERR_INPUT, "%s: no title and no body", s->path);
    return OK;
}

const struct source_ops source_page = { "html", page_next, NULL };
