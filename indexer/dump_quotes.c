/* dump_quotes.c -- what an article quotes, as one JSON object a line. */
#include "indexer/dump_quotes.h"

#include "common/text/json.h"

static struct bytes field(const struct article *a, enum quotation_where where)
{
    return where == QUOTE_IN_TITLE ? a->title
         : where == QUOTE_IN_LEAD ? a->lead : a->body;
}

static void put_span(struct buffer *b, const char *name, struct bytes text,
                     uint32_t start, uint32_t end)
{
    json_known(b, name, bytes_part(text, start, end - start));
}

static void put_quote(struct buffer *b, const struct article *a,
                      const struct quotation *q)
{
    struct bytes text = field(a, q->where);

    json_open(b, '{');
    json_count(b, "start", q->start);
    json_count(b, "end", q->end);
    put_span(b, "text", text, q->start, q->end);
    json_text(b, "where", bytes_str(quotation_where_name(q->where)));
    json_text(b, "kind", bytes_str(quotation_kind_name(q->kind)));
    json_bool(b, "denied", q->denied);
    put_span(b, "cue", text, q->cue_start, q->cue_end);
    put_span(b, "speaker", text, q->speaker_start, q->speaker_end);
    json_known(b, "speaker_name", q->name);
    json_known(b, "speaker_role", q->role);
    if (q->speaker_end > q->speaker_start) {
        json_count(b, "speaker_start", q->speaker_start);
        json_count(b, "speaker_end", q->speaker_end);
    }
    json_real(b, "confidence", q->confidence);
    json_close(b, '}');
}

void dump_quotes(FILE *to, const struct article *a)
{
    struct buffer line = BUFFER_INIT;

    json_open(&line, '{');
    json_text(&line, "file", a->path);
    json_count(&line, "offset", a->offset);
    json_known(&line, "id", a->id);
    json_name(&line, "quotes");
    json_open(&line, '[');
    for (size_t i = 0; i < a->quotes.count; i++)
        put_quote(&line, a, &a->quotes.items[i]);
    json_close(&line, ']');
    json_close(&line, '}');
    buffer_put_u8(&line, '\n');
    fwrite(line.data, 1, line.len, to);
    buffer_release(&line);
}
