/* quotes_reply.c -- a query for quotations asked, and its answer printed.
 *
 *   text -> quotes_search -> statements -> records and articles -> a page
 */
#include "searcher/quotes_reply.h"

#include "common/text/escape.h"
#include "searcher/persons.h"
#include "searcher/present/block.h"
#include "searcher/present/quote_page.h"

enum { OUT_MAX = 64 << 10, COPIES_SHOWN = 50 };

/* --- Statements --------------------------------------------------------- */

static enum status read_one(struct desk *d, struct shown_quote *shown,
                            const struct quote_match *m, struct error *err)
{
    struct quotation_record *quote = arena_alloc(&d->hit_arena,
                                                 sizeof(*quote));
    struct article *article = arena_alloc(&d->hit_arena, sizeof(*article));

    shown->quote = quote;
    shown->article = article;
    shown->date = m->date;
    quotes_id(shown->id, d->snapshot, m->doc);
    return quotes_read(quote, article, &d->quotes, m->doc, &d->hit_arena,
                       err);
}

static enum status read_statement(struct desk *d, struct shown_statement *to,
                                  const struct statement *s,
                                  struct error *err)
{
    size_t copies = s->count - 1;
    size_t shown = copies < COPIES_SHOWN ? copies : COPIES_SHOWN;
    struct shown_quote *items;
    enum status code = read_one(d, &to->first, &s->matches[0], err);

    items = arena_alloc(&d->hit_arena, (shown + s->wording_count) *
                        sizeof(*items));
    for (size_t i = 0; i < shown && code == OK; i++)
        code = read_one(d, &items[i], &s->matches[i + 1], err);
    for (size_t i = 0; i < s->wording_count && code == OK; i++)
        code = read_one(d, &items[shown + i], &s->wordings[i]->matches[0],
                        err);
    to->copies = items;
    to->copy_count = shown;
    to->copies_all = s->count;
    to->wordings = items + shown;
    to->wording_count = s->wording_count;
    return code;
}

static bool another(const struct statement *a, const struct statement *b)
{
    return !a || !bytes_equal(a->matches->person, b->matches->person);
}

static void put_more(struct desk *d, size_t count,
                     const struct request *request)
{
    if (d->options->format == RENDER_TEXT && request->n &&
        count > request->n + (uint64_t)request->from)
        buffer_printf(&d->aside, "\nmore: --from %u\n", request->from +
                      request->n);
}

static enum status put_statements(struct desk *d, struct quote_page *p,
                                  const struct request *request,
                                  struct error *err)
{
    const struct quote_page_ops *ops = quote_page_ops_of(d->options->format);
    const struct statement *before = NULL;
    const struct quotes_answer *a = p->answer;
    struct bytes heading = BYTES_NONE;
    enum status code = OK;

    for (size_t i = request->from; i < a->count &&
         i - request->from < request->n && !printer_done(&d->printer); i++) {
        const struct statement *s = a->statements[i];
        struct shown_statement shown = { .new_speaker = another(before, s) };
        enum status one = read_statement(d, &shown, s, err);

        if (shown.new_speaker)
            heading = s->matches->name ? s->matches->name->known
                                       : BYTES_NONE;
        shown.heading = heading;
        if (one == OK)
            ops->statement(p, &shown);
        else
            code = one;
        before = s;
        arena_reset(&d->hit_arena);
        if (d->out.len > OUT_MAX)
            printer_put(&d->printer, &d->out);
    }
    put_more(d, a->count, request);
    return code;
}

static void put_speakers(struct desk *d, struct quote_page *p,
                         const struct request *request)
{
    const struct quote_page_ops *ops = quote_page_ops_of(d->options->format);
    size_t count, from, n;
    struct spoken *spoken = quotes_speakers(p->answer, d->snapshot, &count,
                                            &d->arena);

    from = request->from < count ? request->from : count;
    n = request->n < count - from ? request->n : count - from;
    p->speaker_count = count;
    if (d->options->format != RENDER_CSV)
        ops->begin(p);
    ops->speakers(p, spoken + from, n);
    put_more(d, count, request);
}

static enum status put_page(struct desk *d, struct quote_page *p,
                            const struct request *request, struct error *err)
{
    const struct quote_page_ops *ops = quote_page_ops_of(d->options->format);
    enum status code = OK;

    if (d->options->speakers) {
        put_speakers(d, p, request);
    } else {
        ops->begin(p);
        code = put_statements(d, p, request, err);
    }
    ops->end(p);
    return code;
}

enum status quotes_reply(struct desk *d, struct bytes text, struct error *err)
{
    struct request request = d->options->request;
    struct quotes_answer answer;
    struct quote_page page = { .options = &d->look, .answer = &answer,
        .query = text, .out = &d->out, .aside = &d->aside };
    enum status code, shown = OK;

    request.text = text;
    if (!d->options->sort_given)
        request.sort = SORT_NEWEST;
    code = quotes_search(&answer, &d->quotes, &request, d->analyzer,
                         &d->arena, err);
    if (code != OK && code != ERR_CORRUPT)
        return code;
    d->found |= answer.match_count > 0;
    if (d->options->count && d->options->format == RENDER_TEXT)
        buffer_printf(&d->out, "%zu\n", answer.count);
    else if (!d->options->quiet)
        shown = put_page(d, &page, &request, err);
    if (!answer.match_count && d->options->format == RENDER_TEXT &&
        !d->options->count && !d->options->quiet)
        buffer_put_str(&d->aside, "lede-search: nobody is quoted so\n");
    printer_put(&d->printer, &d->out);
    if (code != OK || shown != OK)
        return ERR_CORRUPT;
    return answer.match_count ? OK : END;
}

/* --- One quotation ------------------------------------------------------ */

static void put_paragraphs(struct desk *d, struct bytes text, uint32_t start,
                           uint32_t end)
{
    struct block block = { &d->look.colours, "", d->look.width, 0 };

    for (size_t at = 0; at < text.len;) {
        const uint8_t *line = memchr(text.data + at, '\n', text.len - at);
        size_t to = line ? (size_t)(line - text.data) : text.len;
        struct snippet_mark mark = { 0, 0 };
        struct snippet s = { bytes_part(text, at, to - at), &mark, 0 };

        if (start < to && end > at) {
            mark.start = start > at ? start - (uint32_t)at : 0;
            mark.end = (uint32_t)((end < to ? end : to) - at);
            s.count = 1;
        }
        block_put(&d->out, &block, &s);
        at = to + 1;
    }
}

static void put_opened(struct desk *d, const struct shown_quote *q)
{
    const struct quotation_record *r = q->quote;
    const struct article *a = q->article;
    struct bytes name = quotation_speaker(r);

    colour_begin(&d->out, d->look.colours.title, "");
    escape_terminal(&d->out, a->title);
    colour_end(&d->out, d->look.colours.title, "");
    buffer_put_str(&d->out, "\n");
    escape_terminal(&d->out, a->url.len ? a->url : a->path);
    buffer_printf(&d->out, "\n%s bytes %u-%u, %s, ",
                  quotation_where_name(r->where), r->start, r->end,
                  quotation_kind_name(r->kind));
    if (r->by_hand)
        buffer_put_str(&d->out, "corrected by hand: ");
    else
        buffer_printf(&d->out, "confidence %u.%02u: ", r->percent / 100,
                      r->percent % 100);
    escape_terminal(&d->out, name.len ? name : bytes_str("not named"));
    buffer_put_str(&d->out, "\n\n");
    put_paragraphs(d, a->lead, r->where == QUOTE_IN_LEAD ? r->start : 0,
                   r->where == QUOTE_IN_LEAD ? r->end : 0);
    put_paragraphs(d, a->body, r->where == QUOTE_IN_BODY ? r->start : 0,
                   r->where == QUOTE_IN_BODY ? r->end : 0);
}

enum status quotes_show(struct desk *d, struct error *err)
{
    const struct quote_page_ops *ops = quote_page_ops_of(d->options->format);
    struct quotes_answer none = { .oldest = DATE_UNDATED };
    struct quote_page page = { .options = &d->look, .answer = &none,
        .query = bytes_str(d->options->show), .out = &d->out,
        .aside = &d->aside };
    struct quote_match match = { .doc = quotes_find(d->snapshot,
                                      bytes_str(d->options->show)) };
    struct shown_statement shown = { .copies_all = 1, .new_speaker = true };
    enum status code;

    if (match.doc == NO_DOC) {
        error_set(err, ERR_INPUT, "no quotation, or several, have an "
                  "identity that begins with %s", d->options->show);
        return END;
    }
    code = read_one(d, &shown.first, &match, err);
    if (code != OK)
        return code;
    d->found = true;
    if (d->options->format == RENDER_TEXT)
        put_opened(d, &shown.first);
    else
        ops->statement(&page, &shown);
    printer_put(&d->printer, &d->out);
    return OK;
}
