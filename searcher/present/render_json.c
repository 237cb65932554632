/* render_json.c -- one JSON object a line: each hit, and at the end a
 * summary.  Fields are only ever added; what is not known is null.
 *
 *   {"type":"hit","v":1,"rank":1,"score":9.41,"tier":1,"id":"a1",...}
 *   {"type":"summary","v":1,"query":"gas","total":1,...}
 */
#include "common/text/json.h"
#include "searcher/present/render.h"

static void put_head(struct render *r, const char *type)
{
    json_open(r->out, '{');
    json_text(r->out, "type", bytes_str(type));
    json_count(r->out, "v", 1);
    if (r->qid.len)
        json_text(r->out, "qid", r->qid);
}

static void put_date(struct buffer *b, const struct article *a)
{
    struct buffer date = BUFFER_INIT;

    date_put(&date, &a->published);
    json_known(b, "date", buffer_bytes(&date));
    json_known(b, "date_from", a->published_from == DATE_FROM_NONE
              ? BYTES_NONE : bytes_str(date_from_name(a->published_from)));
    buffer_release(&date);
}

static void put_marks(struct buffer *b, const char *name,
                      const struct snippet *s)
{
    json_name(b, name);
    json_open(b, '[');
    for (size_t i = 0; i < s->count; i++)
        buffer_printf(b, "%s[%u,%u]", i ? "," : "", s->marks[i].start,
                      s->marks[i].end);
    json_close(b, ']');
}

static void put_snippets(struct buffer *b, const struct render_hit *hit)
{
    json_name(b, "snippets");
    json_open(b, '[');
    for (size_t i = 0; i < hit->snippet_count; i++) {
        json_open(b, '{');
        json_text(b, "text", hit->snippets[i].text);
        put_marks(b, "marks", &hit->snippets[i]);
        json_close(b, '}');
    }
    json_close(b, ']');
}

static void put_part(struct buffer *b, const struct explain_part *part)
{
    json_open(b, '{');
    json_text(b, "leaf", bytes_str(part->leaf));
    json_list(b, "stems", part->stems.stems, part->stems.count);
    json_count(b, "tf", part->tf);
    json_count(b, "df", part->df);
    json_real(b, "idf", part->idf);
    json_real(b, "boost", part->boost);
    json_real(b, "norm", part->norm);
    json_real(b, "score", part->score);
    json_close(b, '}');
}

static void put_explain(struct buffer *b, const struct explanation *why)
{
    json_name(b, "explain");
    json_open(b, '{');
    json_name(b, "parts");
    json_open(b, '[');
    for (size_t i = 0; i < why->count; i++)
        put_part(b, &why->parts[i]);
    json_close(b, ']');
    json_count(b, "length", why->len);
    json_real(b, "average_length", why->average);
    json_count(b, "articles", why->doc_count);
    json_real(b, "score", why->score);
    json_close(b, '}');
}

/* The end of the object and of its line. */
static void put_end(struct buffer *b)
{
    json_close(b, '}');
    buffer_put_u8(b, '\n');
}

static void json_begin(struct render *r)
{
    (void)r;
}

static void json_hit(struct render *r, const struct render_hit *hit)
{
    const struct article *a = hit->article;
    struct buffer *b = r->out;

    put_head(r, "hit");
    json_count(b, "rank", hit->rank);
    json_real(b, "score", hit->hit->score);
    json_count(b, "tier", hit->hit->tier);
    json_known(b, "id", a->id);
    json_text(b, "title", hit->title.text);
    put_marks(b, "title_marks", &hit->title);
    json_known(b, "source", a->source);
    json_list(b, "by", a->authors.items, a->authors.count);
    put_date(b, a);
    json_known(b, "lang", bytes_str(a->lang.code));
    json_known(b, "url", a->url);
    json_known(b, "path", a->path);
    json_count(b, "record", a->record);
    put_snippets(b, hit);
    if (hit->why)
        put_explain(b, hit->why);
    put_end(b);
}

static void json_end(struct render *r)
{
    const struct answer *answer = r->answer;
    struct buffer *b = r->out;

    put_head(r, "summary");
    json_text(b, "query", r->request->text);
    json_count(b, "total", answer->total);
    json_count(b, "second_total", answer->second_total);
    json_bool(b, "relaxed", answer->relaxed);
    json_bool(b, "partial", answer->partial);
    json_name(b, "took_ms");
    buffer_printf(b, "%.3f", answer->seconds * 1000.0);
    put_end(b);
}

static void json_refuse(struct render *r, struct bytes message)
{
    put_head(r, "error");
    json_text(r->out, "query", r->request->text);
    json_known(r->out, "message", message);
    put_end(r->out);
}

const struct render_ops RENDER_OPS_JSON = {
    json_begin, json_hit, json_end, json_refuse, true
};
