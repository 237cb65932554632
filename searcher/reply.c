/* reply.c -- one query asked, and its answer printed.
 *
 *   text -> search -> hits -> for each: record -> article -> snippets
 *                                       -> renderer -> printer
 *
 * The words of an answer die with its query, those of a hit with the hit.
 */
#include "searcher/reply.h"

#include <unistd.h>

#include "searcher/missing.h"

/* Dates of more articles than this are not worth looking at, only to tell
 * the first and the last. */
enum { SPAN_MAX = 100000, OUT_MAX = 64 << 10 };

void desk_init(struct desk *d, const struct search_options *options,
               struct snapshot *snapshot)
{
    *d = (struct desk){ .options = options, .snapshot = snapshot,
                        .printer = { .fd = STDOUT_FILENO } };
    d->analyzer = analyzer_new();
}

void desk_release(struct desk *d)
{
    analyzer_free(d->analyzer);
    quotes_close(&d->quotes);
    arena_release(&d->arena);
    arena_release(&d->hit_arena);
    buffer_release(&d->out);
    buffer_release(&d->aside);
}

void desk_say(struct desk *d)
{
    struct printer to = { .fd = STDERR_FILENO };

    printer_put(&to, &d->aside);
}

/* --- Dates -------------------------------------------------------------- */

/* The date of the first hit in this order. */
static int64_t date_at_end(struct desk *d, const struct request *request,
                           enum sort_order sort)
{
    struct request one = *request;
    struct error ignored = ERROR_INIT;
    struct answer answer;
    struct segment *segment;

    one.sort = sort;
    one.from = 0;
    one.n = 1;
    if (search(&answer, d->snapshot, &one, d->analyzer, &d->arena, &ignored)
            != OK || !answer.count)
        return DATE_UNDATED;
    segment = snapshot_segment(d->snapshot, answer.hits[0].doc);
    return (int64_t)docvalues_get(&segment->values, COLUMN_PUBLISHED,
                                  answer.hits[0].doc - segment->base);
}

static void find_span(struct desk *d, struct render *r)
{
    r->oldest = r->newest = DATE_UNDATED;
    if (d->options->format != RENDER_TEXT || r->qid.len || !r->answer->total
        || r->answer->total > SPAN_MAX || r->answer->partial)
        return;
    r->oldest = date_at_end(d, r->request, SORT_OLDEST);
    r->newest = date_at_end(d, r->request, SORT_NEWEST);
}

/* --- Hits --------------------------------------------------------------- */

static enum status read_article(struct desk *d, const struct hit *hit,
                                struct article *article, struct error *err)
{
    struct segment *segment = snapshot_segment(d->snapshot, hit->doc);
    struct bytes record;
    enum status status =
        docstore_get(&segment->store, hit->doc - segment->base, &record, err);

    if (status != OK)
        return status;
    return article_unpack(article, record, &d->hit_arena, err);
}

static void take_snippets(struct desk *d, const struct render *r,
                          struct render_hit *shown)
{
    struct snippet_maker maker = { &r->answer->marks, d->analyzer,
                                   &d->hit_arena, SNIPPET_COLUMNS };
    size_t want = d->options->snippets;
    struct snippet *snippets;

    /* No article has more passages than bytes. */
    if (want > shown->article->body.len + shown->article->lead.len)
        want = shown->article->body.len + shown->article->lead.len;
    snippets = arena_alloc(&d->hit_arena, want * sizeof(*snippets));
    shown->title = snippet_whole(&maker, shown->article->title,
                                 shown->article->lang);
    shown->snippet_count = snippets_take(snippets, want, &maker,
                                         shown->article);
    shown->snippets = snippets;
}

static enum status reply_hit(struct desk *d, struct render *r, uint32_t at,
                             struct error *err)
{
    const struct render_ops *ops = render_ops_of(d->options->format);
    const struct hit *hit = &r->answer->hits[at];
    struct article article;
    struct explanation why;
    struct render_hit shown = { .hit = hit, .article = &article,
                                .rank = (uint64_t)r->request->from + at + 1 };
    enum status status = read_article(d, hit, &article, err);

    if (status == OK && d->options->explain) {
        status = search_explain(&why, d->snapshot, r->request, r->answer,
                                hit, d->analyzer, &d->hit_arena, err);
        shown.why = &why;
    }
    if (status == OK && ops->shows_text)
        take_snippets(d, r, &shown);
    if (status == OK)
        ops->hit(r, &shown);
    arena_reset(&d->hit_arena);
    if (d->out.len > OUT_MAX)
        printer_put(&d->printer, &d->out);
    return status;
}

/* --- Answers ------------------------------------------------------------ */

/* The count alone, on a line. */
static void put_count(struct desk *d, const struct render *r)
{
    if (r->qid.len) {
        buffer_put_bytes(&d->out, r->qid);
        buffer_put_u8(&d->out, '\t');
    }
    buffer_printf(&d->out, "%llu\n", (unsigned long long)r->answer->total);
}

/* Prints the answer; the first hit that cannot be read is the status, and
 * the others are still printed. */
static enum status put_answer(struct desk *d, struct render *r,
                              struct answer *answer, struct error *err)
{
    const struct render_ops *ops = render_ops_of(d->options->format);
    enum status status = OK;

    if (d->options->count && d->options->format != RENDER_JSON) {
        put_count(d, r);
        return OK;
    }
    ops->begin(r);
    for (uint32_t i = 0; i < answer->count && !printer_done(&d->printer); i++) {
        enum status one = reply_hit(d, r, i, err);

        if (one != OK) {
            answer->partial = true;
            status = one;
        }
    }
    ops->end(r);
    return status;
}

static void explain_nothing(struct desk *d, const struct render *r)
{
    if (r->qid.len || d->options->format != RENDER_TEXT || d->options->count)
        return;
    buffer_put_str(&d->aside, "lede-search: ");
    missing_put(&d->aside, r->answer->query.root, d->snapshot, d->analyzer,
                &d->arena);
}

static enum status refuse(struct desk *d, struct render *r,
                          const struct error *err)
{
    if (r->qid.len && !d->options->quiet && !d->options->count)
        render_ops_of(d->options->format)->refuse(r, bytes_str(err->message));
    printer_put(&d->printer, &d->out);
    return err->code;
}

static enum status show(struct desk *d, struct render *r,
                        struct answer *answer, struct error *err)
{
    enum status status = OK;

    if (!d->options->quiet) {
        find_span(d, r);
        status = put_answer(d, r, answer, err);
        if (!answer->total && !answer->second_total && !answer->partial)
            explain_nothing(d, r);
    }
    printer_put(&d->printer, &d->out);
    return status;
}

enum status reply(struct desk *d, struct bytes qid, struct bytes text,
                  struct error *err)
{
    struct request request = d->options->request;
    struct answer answer;
    struct render r = { .options = &d->look, .request = &request,
                        .answer = &answer, .qid = qid,
                        .out = &d->out, .aside = &d->aside };
    bool damaged;
    enum status status;

    request.text = text;
    request.count = d->options->count || d->options->format != RENDER_TREC;
    arena_reset(&d->arena);
    status = search(&answer, d->snapshot, &request, d->analyzer, &d->arena,
                    err);
    if (status != OK && status != ERR_CORRUPT)
        return refuse(d, &r, err);
    damaged = status != OK;
    answer.partial |= damaged;
    d->found |= answer.total || answer.second_total;
    if (show(d, &r, &answer, err) != OK || damaged)
        return ERR_CORRUPT;
    return answer.total || answer.second_total ? OK : END;
}
