/* render_trec.c -- a run for trec_eval: "qid Q0 document rank score lede".
 *
 *   301 Q0 FBIS3-10082 1 9.41230011 lede
 */
#include "common/text/escape.h"
#include "searcher/present/render.h"

static void put_document(struct buffer *b, const struct article *a)
{
    if (a->id.len) {
        escape_column(b, a->id);
    } else if (a->url.len) {
        escape_column(b, a->url);
    } else {
        escape_column(b, a->path);
        buffer_printf(b, "#%llu", (unsigned long long)a->record);
    }
}

static void trec_hit(struct render *r, const struct render_hit *hit)
{
    if (r->qid.len)
        escape_column(r->out, r->qid);
    else
        buffer_put_u8(r->out, '1');
    buffer_put_str(r->out, " Q0 ");
    put_document(r->out, hit->article);
    buffer_printf(r->out, " %llu %.9g lede\n", (unsigned long long)hit->rank,
                  (double)hit->hit->score);
}

static void trec_nothing(struct render *r)
{
    (void)r;
}

static void trec_refuse(struct render *r, struct bytes message)
{
    (void)r;
    (void)message;
}

const struct render_ops RENDER_OPS_TREC = {
    trec_nothing, trec_hit, trec_nothing, trec_refuse, false
};
