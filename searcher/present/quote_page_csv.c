/* quote_page_csv.c -- who said what, as RFC 4180: a line a quotation, copies
 * and other wordings too, with the statement that they belong to.
 */
#include "searcher/present/quote_page.h"

static const char header[] = "statement,id,date,source,speaker,speaker_name,"
    "role,kind,denied,confidence,by_hand,cue,text,lang,title,url,path,record,"
    "where,start,end\r\n";

/* A value between marks; one that a spreadsheet would run gets a ' before
 * it, and of NUL and escape sequences nothing comes through. */
static void put(struct buffer *b, struct bytes value)
{
    if (b->len && b->data[b->len - 1] != '\n')
        buffer_put_u8(b, ',');
    buffer_put_u8(b, '"');
    if (value.len && strchr("=+-@", value.data[0]))
        buffer_put_u8(b, '\'');
    for (size_t i = 0; i < value.len; i++) {
        uint8_t c = value.data[i];

        if (c == '"')
            buffer_put_u8(b, '"');
        buffer_put_u8(b, c < ' ' || c == 0x7f ? ' ' : c);
    }
    buffer_put_u8(b, '"');
}

static void put_number(struct buffer *b, uint64_t number)
{
    buffer_printf(b, ",%llu", (unsigned long long)number);
}

static void put_quote(struct buffer *b, const char *statement,
                      const struct shown_quote *shown)
{
    const struct quotation_record *q = shown->quote;
    const struct article *a = shown->article;
    struct buffer date = BUFFER_INIT;

    date_put(&date, &a->published);
    put(b, bytes_str(statement));
    put(b, bytes_str(shown->id));
    put(b, buffer_bytes(&date));
    put(b, a->source);
    put(b, q->speaker);
    put(b, q->name);
    put(b, q->role);
    put(b, bytes_str(quotation_kind_name(q->kind)));
    put_number(b, q->denied);
    buffer_printf(b, ",%u.%02u", q->percent / 100, q->percent % 100);
    put_number(b, q->by_hand);
    put(b, q->cue);
    put(b, q->words);
    put(b, bytes_str(a->lang.code));
    put(b, a->title);
    put(b, a->url);
    put(b, a->path);
    put_number(b, a->record);
    put(b, bytes_str(quotation_where_name(q->where)));
    put_number(b, q->start);
    put_number(b, q->end);
    buffer_put_str(b, "\r\n");
    buffer_release(&date);
}

static void csv_begin(struct quote_page *p)
{
    buffer_put_str(p->out, header);
}

static void csv_statement(struct quote_page *p,
                          const struct shown_statement *s)
{
    put_quote(p->out, s->first.id, &s->first);
    for (size_t i = 0; i < s->copy_count; i++)
        put_quote(p->out, s->first.id, &s->copies[i]);
    for (size_t i = 0; i < s->wording_count; i++)
        put_quote(p->out, s->first.id, &s->wordings[i]);
}

static void put_day(struct buffer *b, int64_t seconds)
{
    struct date day = { .seconds = seconds, .precision = DATE_DAY };
    struct buffer text = BUFFER_INIT;

    if (seconds != DATE_UNDATED)
        date_put(&text, &day);
    put(b, buffer_bytes(&text));
    buffer_release(&text);
}

static void csv_speakers(struct quote_page *p, const struct spoken *spoken,
                         size_t count)
{
    struct buffer *b = p->out, sources = BUFFER_INIT;

    buffer_put_str(b, "name,statements,sources,first,last\r\n");
    for (size_t i = 0; i < count; i++) {
        put(b, spoken[i].name);
        put_number(b, spoken[i].statements);
        buffer_clear(&sources);
        for (size_t k = 0; k < spoken[i].source_count; k++) {
            buffer_put_str(&sources, k ? "; " : "");
            buffer_put_bytes(&sources, spoken[i].sources[k].name);
        }
        put(b, buffer_bytes(&sources));
        put_day(b, spoken[i].first);
        put_day(b, spoken[i].last);
        buffer_put_str(b, "\r\n");
    }
    buffer_release(&sources);
}

static void csv_end(struct quote_page *p)
{
    (void)p;
}

const struct quote_page_ops QUOTE_PAGE_CSV = {
    csv_begin, csv_statement, csv_speakers, csv_end
};
