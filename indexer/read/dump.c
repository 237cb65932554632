/* dump.c -- an article as one JSON object a line.
 *
 *   {"file":"a.html","offset":0,"id":null,...,"flags":["degraded"]}
 */
#include "indexer/read/dump.h"

#include "common/text/json.h"

static void put_date(struct buffer *b, const char *name,
                     const struct date *date)
{
    struct buffer text = BUFFER_INIT;

    date_put(&text, date);
    json_known(b, name, buffer_bytes(&text));
    buffer_release(&text);
}

static void put_list(struct buffer *b, const char *name,
                     struct bytes_list list)
{
    json_list(b, name, list.items, list.count);
}

static void put_flags(struct buffer *b, uint32_t flags)
{
    static const char *const names[] = { "degraded", "paywall", "live",
                                         "teaser", "withdrawn" };

    json_name(b, "flags");
    json_open(b, '[');
    for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (flags & 1u << i)
            json_string(b, bytes_str(names[i]));
    json_close(b, ']');
}

static void put_article(struct buffer *b, const struct article *a)
{
    json_open(b, '{');
    json_text(b, "file", a->path);
    json_count(b, "offset", a->offset);
    json_known(b, "id", a->id);
    json_known(b, "url", a->url);
    json_text(b, "title", a->title);
    json_known(b, "lead", a->lead);
    json_text(b, "body", a->body);
    put_list(b, "authors", a->authors);
    put_date(b, "date", &a->published);
    json_known(b, "date_from", a->published.precision == DATE_NONE
               ? BYTES_NONE : bytes_str(date_from_name(a->published_from)));
    put_date(b, "modified", &a->modified);
    json_known(b, "source", a->source);
    json_known(b, "section", a->section);
    put_list(b, "tags", a->tags);
    json_known(b, "lang", bytes_str(a->lang.code));
    json_known(b, "captions", a->captions);
    put_flags(b, a->flags);
    json_close(b, '}');
    buffer_put_u8(b, '\n');
}

void dump_article(FILE *to, const struct article *a)
{
    struct buffer line = BUFFER_INIT;

    put_article(&line, a);
    fwrite(line.data, 1, line.len, to);
    buffer_release(&line);
}
