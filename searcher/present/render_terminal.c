/* render_terminal.c -- an answer for people.
 *
 *   23 articles, 2025-11-02 ... 2026-03-14, best first           0.018 s
 *
 *    1  Lavrov opens Central Asia tour with security pledge
 *       Reuters . 14 Mar 2026 09:12 . Olzhas Auyezov . en
 *       ... Foreign Minister Sergei Lavrov told reporters in Tashkent that
 *       Central Asia "remains our common neighbourhood" and ...
 *       https://example.com/tour
 *
 * What is no result (how to see more) goes aside.
 */
#include <stdio.h>

#include "common/text/escape.h"
#include "searcher/present/block.h"
#include "searcher/present/columns.h"
#include "searcher/present/moment.h"
#include "searcher/present/render.h"
#include "searcher/present/score_table.h"

static const char DOT[] = " \xc2\xb7 ";

static const char *order_of(enum sort_order sort)
{
    return sort == SORT_NEWEST ? "newest first"
        : sort == SORT_OLDEST ? "oldest first" : "best first";
}

/* --- The first lines ---------------------------------------------------- */

static void put_words(struct render *r, struct buffer *b)
{
    struct buffer words = BUFFER_INIT;

    render_words(&words, r->answer->query.root);
    escape_terminal(b, buffer_bytes(&words));
    buffer_release(&words);
}

/* Where the second tier begins. */
static void put_second(struct render *r, struct buffer *b, const char *no)
{
    buffer_printf(b, "no%s articles with all of: ", no);
    put_words(r, b);
    buffer_put_str(b, "; ");
    buffer_put_grouped(b, r->answer->second_total);
    buffer_put_str(b, " with some of them follow");
}

static void put_span(struct render *r, struct buffer *b)
{
    struct buffer oldest = BUFFER_INIT, newest = BUFFER_INIT;

    if (r->oldest == DATE_UNDATED || r->newest == DATE_UNDATED)
        return;
    moment_put_day(&oldest, r->oldest, r->options->utc);
    moment_put_day(&newest, r->newest, r->options->utc);
    buffer_put_str(b, ", ");
    buffer_put_bytes(b, buffer_bytes(&oldest));
    if (!bytes_equal(buffer_bytes(&oldest), buffer_bytes(&newest)))
        buffer_printf(b, " \xe2\x80\xa6 %s", buffer_cstr(&newest));
    buffer_release(&oldest);
    buffer_release(&newest);
}

static void put_totals(struct render *r, struct buffer *b)
{
    const struct answer *answer = r->answer;

    if (answer->total == 0 && answer->second_total) {
        put_second(r, b, "");
        return;
    }
    if (answer->total)
        buffer_put_grouped(b, answer->total);
    else
        buffer_put_str(b, "no");
    buffer_put_str(b, answer->total == 1 ? " article" : " articles");
    put_span(r, b);
    if (answer->count)
        buffer_printf(b, ", %s", order_of(r->request->sort));
}

/* The time stands at the right edge. */
static void put_seconds(struct render *r, struct buffer *line)
{
    char text[32];
    unsigned used = (unsigned)columns_of(buffer_bytes(line));
    unsigned need = (unsigned)snprintf(text, sizeof(text), "%.3f s",
                                       r->answer->seconds);
    unsigned width = r->options->width;

    block_indent(line, used + need + 2 <= width ? width - used - need : 2);
    buffer_put_str(line, text);
}

static void put_heading(struct render *r)
{
    colour_begin(r->out, r->options->colours.title, "");
    escape_terminal(r->out, r->qid);
    buffer_put_str(r->out, ": ");
    escape_terminal(r->out, r->request->text);
    colour_end(r->out, r->options->colours.title, "");
    buffer_put_u8(r->out, '\n');
}

static void terminal_begin(struct render *r)
{
    const struct answer *answer = r->answer;
    struct buffer line = BUFFER_INIT;

    if (r->qid.len)
        put_heading(r);
    else if (!answer->total && !answer->second_total)
        return;
    put_totals(r, &line);
    if (answer->partial)
        buffer_put_str(&line, ", incomplete: the index is damaged");
    if (r->options->seconds)
        put_seconds(r, &line);
    buffer_put_u8(&line, '\n');
    if (answer->count)
        buffer_put_u8(&line, '\n');
    buffer_put_bytes(r->out, buffer_bytes(&line));
    buffer_release(&line);
}

/* --- A hit -------------------------------------------------------------- */

/* Columns of a rank, so that those of a page stand under each other. */
static int rank_columns(const struct render *r)
{
    char last[24];
    int digits = snprintf(last, sizeof(last), "%llu", (unsigned long long)
                          r->request->from + r->answer->count);

    return digits < 2 ? 2 : digits;
}

static void put_dot(struct buffer *b)
{
    if (b->len)
        buffer_put_str(b, DOT);
}

/* The outlet, else the host of its address. */
static struct bytes source_of(const struct article *a)
{
    const uint8_t *host, *end = a->url.data + a->url.len, *slash;

    if (a->source.len || !a->url.len)
        return a->source;
    host = memmem(a->url.data, a->url.len, "://", 3);
    if (!host)
        return BYTES_NONE;
    host += 3;
    slash = memchr(host, '/', (size_t)(end - host));
    return bytes_of(host, (size_t)((slash ? slash : end) - host));
}

/* A date that may not be the article's own says where it is from. */
static bool is_guessed(enum date_from from)
{
    return from != DATE_FROM_PAGE && from != DATE_FROM_RECORD
        && from != DATE_FROM_NONE;
}

static void put_credits(struct buffer *b, const struct article *a, bool utc)
{
    buffer_put_bytes(b, source_of(a));
    put_dot(b);
    moment_put(b, &a->published, utc);
    for (size_t i = 0; i < a->authors.count; i++) {
        buffer_put_str(b, i ? ", " : DOT);
        buffer_put_bytes(b, a->authors.items[i]);
    }
    if (a->lang.code[0])
        buffer_printf(b, "%s%s", DOT, a->lang.code);
    if (is_guessed(a->published_from))
        buffer_printf(b, "%sdate from %s", DOT,
                      date_from_name(a->published_from));
}

/* The address to open: the URL, else the file and the record in it. */
static void put_place(struct buffer *b, const struct article *a)
{
    if (a->url.len) {
        buffer_put_bytes(b, a->url);
        return;
    }
    buffer_put_bytes(b, a->path);
    if (a->record)
        buffer_printf(b, "#%llu", (unsigned long long)a->record);
}

static void put_block(struct render *r, const char *style, unsigned indent,
                      const struct snippet *s)
{
    struct block block = { &r->options->colours, style, r->options->width,
                           indent };

    block_put(r->out, &block, s);
}

static void put_info(struct render *r, unsigned width, unsigned indent,
                     struct buffer *text)
{
    struct block block = { &r->options->colours, r->options->colours.info,
                           width, indent };
    struct snippet plain = { buffer_bytes(text), NULL, 0 };

    if (text->len) {
        block_indent(r->out, indent);
        block_put(r->out, &block, &plain);
    }
    buffer_clear(text);
}

static void put_title(struct render *r, const struct render_hit *hit,
                      unsigned indent)
{
    static const struct snippet untitled = { { (const uint8_t *)"(no title)",
                                               10 }, NULL, 0 };
    bool any = hit->title.text.len;

    buffer_printf(r->out, "%*llu  ", (int)indent - 2,
                  (unsigned long long)hit->rank);
    put_block(r, r->options->colours.title, indent,
              any ? &hit->title : &untitled);
}

static void enter_tier(struct render *r, uint8_t tier)
{
    if (tier == 2 && r->tier < 2 && r->answer->total) {
        buffer_put_str(r->out, r->tier ? "\n" : "");
        put_second(r, r->out, " more");
        buffer_put_str(r->out, "\n\n");
    }
    r->tier = tier;
}

static void terminal_hit(struct render *r, const struct render_hit *hit)
{
    unsigned indent = (unsigned)rank_columns(r) + 2;
    struct buffer text = BUFFER_INIT;

    enter_tier(r, hit->hit->tier);
    put_title(r, hit, indent);
    put_credits(&text, hit->article, r->options->utc);
    put_info(r, r->options->width, indent, &text);
    for (size_t i = 0; i < hit->snippet_count; i++) {
        block_indent(r->out, indent);
        put_block(r, "", indent, &hit->snippets[i]);
    }
    /* An address in two pieces cannot be opened. */
    put_place(&text, hit->article);
    put_info(r, 0, indent, &text);
    if (hit->why)
        score_table_put(r->out, hit->why, indent);
    buffer_release(&text);
}

/* --- The last lines ----------------------------------------------------- */

static void terminal_end(struct render *r)
{
    const struct answer *answer = r->answer;
    uint64_t shown = (uint64_t)r->request->from + answer->count;

    if (r->qid.len)
        buffer_put_u8(r->out, '\n');
    else if (answer->count && shown < answer->total + answer->second_total)
        buffer_printf(r->aside, "more: lede-search --from %llu \xe2\x80\xa6\n",
                      (unsigned long long)shown);
}

static void terminal_refuse(struct render *r, struct bytes message)
{
    (void)message;
    put_heading(r);
    buffer_put_str(r->out, "not asked: the query cannot be read\n\n");
}

const struct render_ops RENDER_OPS_TERMINAL = {
    terminal_begin, terminal_hit, terminal_end, terminal_refuse, true
};
