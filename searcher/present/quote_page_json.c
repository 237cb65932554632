/* quote_page_json.c -- who said what, one JSON object a line.
 *
 *   {"type":"quote","v":1,"id":"8f21...","speaker":"Lavrov",...}
 *   {"type":"speaker","v":1,"name":"Sergei Lavrov","statements":14,...}
 *   {"type":"summary","v":1,...}
 */
#include "common/text/json.h"
#include "searcher/present/quote_page.h"

static void put_head(struct buffer *b, const char *type)
{
    json_open(b, '{');
    json_text(b, "type", bytes_str(type));
    json_count(b, "v", 1);
}

static void put_tail(struct buffer *b)
{
    json_close(b, '}');
    buffer_put_u8(b, '\n');
}

static void put_date(struct buffer *b, const char *name,
                     const struct date *date)
{
    struct buffer text = BUFFER_INIT;

    date_put(&text, date);
    json_known(b, name, buffer_bytes(&text));
    buffer_release(&text);
}

static void put_seconds(struct buffer *b, const char *name, int64_t seconds)
{
    struct date date = { .seconds = seconds, .precision = DATE_TIME };

    if (seconds == DATE_UNDATED)
        json_known(b, name, BYTES_NONE);
    else
        put_date(b, name, &date);
}

/* Where it stands. */
static void put_place(struct buffer *b, const struct shown_quote *q)
{
    const struct article *a = q->article;

    json_known(b, "doc", a->id);
    json_known(b, "source", a->source);
    put_date(b, "date", &a->published);
    json_known(b, "title", a->title);
    json_known(b, "lang", bytes_str(a->lang.code));
    json_known(b, "url", a->url);
    json_known(b, "path", a->path);
    json_count(b, "record", a->record);
    json_text(b, "where", bytes_str(quotation_where_name(q->quote->where)));
    json_count(b, "start", q->quote->start);
    json_count(b, "end", q->quote->end);
}

static void put_list(struct buffer *b, const char *name,
                     const struct shown_quote *items, size_t count,
                     bool words)
{
    json_name(b, name);
    json_open(b, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(b, '{');
        json_text(b, "id", bytes_str(items[i].id));
        if (words)
            json_text(b, "text", items[i].quote->words);
        put_place(b, &items[i]);
        json_close(b, '}');
    }
    json_close(b, ']');
}

static void json_begin(struct quote_page *p)
{
    (void)p;
}

static void json_statement(struct quote_page *p,
                           const struct shown_statement *s)
{
    const struct quotation_record *q = s->first.quote;
    struct buffer *b = p->out, context = BUFFER_INIT;

    put_head(b, "quote");
    json_text(b, "id", bytes_str(s->first.id));
    json_known(b, "speaker", q->speaker);
    json_known(b, "speaker_name", q->name);
    json_known(b, "role", q->role);
    json_text(b, "text", q->words);
    json_text(b, "kind", bytes_str(quotation_kind_name(q->kind)));
    json_bool(b, "denied", q->denied);
    json_known(b, "cue", q->cue);
    json_name(b, "confidence");
    buffer_printf(b, "%u.%02u", q->percent / 100, q->percent % 100);
    json_bool(b, "by_hand", q->by_hand);
    put_place(b, &s->first);
    json_count(b, "copies", s->copies_all);
    put_list(b, "also", s->copies, s->copy_count, false);
    put_list(b, "variants", s->wordings, s->wording_count, true);
    buffer_put_bytes(&context, q->before);
    buffer_put_bytes(&context, q->words);
    buffer_put_bytes(&context, q->after);
    json_text(b, "context", buffer_bytes(&context));
    buffer_release(&context);
    put_tail(b);
}

static void json_speakers(struct quote_page *p, const struct spoken *spoken,
                          size_t count)
{
    struct buffer *b = p->out;

    for (size_t i = 0; i < count; i++) {
        put_head(b, "speaker");
        json_text(b, "name", spoken[i].name);
        json_count(b, "statements", spoken[i].statements);
        json_name(b, "sources");
        json_open(b, '[');
        for (size_t k = 0; k < spoken[i].source_count; k++) {
            json_open(b, '{');
            json_known(b, "source", spoken[i].sources[k].name);
            json_count(b, "statements", spoken[i].sources[k].statements);
            json_close(b, '}');
        }
        json_close(b, ']');
        put_seconds(b, "first", spoken[i].first);
        put_seconds(b, "last", spoken[i].last);
        put_tail(b);
    }
}

static void json_end(struct quote_page *p)
{
    const struct quotes_answer *a = p->answer;
    struct buffer *b = p->out;

    put_head(b, "summary");
    json_text(b, "query", p->query);
    json_count(b, "statements", a->count);
    if (p->speaker_count)
        json_count(b, "speaker_total", p->speaker_count);
    json_count(b, "quotations", a->match_count);
    json_count(b, "articles", a->articles);
    json_name(b, "speakers");
    json_open(b, '[');
    for (size_t i = 0; i < a->speaker_count; i++) {
        json_open(b, '{');
        json_text(b, "asked", a->speakers[i].asked);
        json_list(b, "names", a->speakers[i].names, a->speakers[i].count);
        json_close(b, '}');
    }
    json_close(b, ']');
    json_bool(b, "partial", a->partial);
    json_name(b, "took_ms");
    buffer_printf(b, "%.3f", a->seconds * 1000.0);
    put_tail(b);
}

const struct quote_page_ops QUOTE_PAGE_JSON = {
    json_begin, json_statement, json_speakers, json_end
};
