/* trec.c -- a <DOC> of the TREC collections to an article.
 *
 *   id     DOCNO, or <DOC id=...>
 *   title  HEADLINE (FT, LA), HL (WSJ), HEAD (AP), TI, TTL (FBIS), DOCTITLE
 *   body   LP, then TEXT; in a web collection the page behind DOCHDR
 *   date   DATE, DD, DATE1, DATE_TIME; else the digits of the id
 */
#include "indexer/read/sgml.h"

#include <ctype.h>
#include <stdio.h>
#include <strings.h>

#include "indexer/read/prose.h"

/* A field without an end costs a search to the record's end. */
enum { FIELDS_MOST = 64 };

static const char *const title_tags[] = { "HEADLINE", "HL", "HEAD", "TI",
                                          "H3", "TTL", "DOCTITLE", "TITLE",
                                          NULL };
static const char *const date_tags[] = { "DATE", "DD", "DATE1", "DATE_TIME",
                                         "PUBDATE", NULL };
static const char *const author_tags[] = { "BYLINE", "AUTHOR", "BY", NULL };
static const char *const source_tags[] = { "PUB", "SO", "SOURCE", NULL };
static const char *const id_tags[] = { "DOCNO", "DOCID", NULL };

/* Six or eight digits: 880212, 20040101. */
static bool digits_date(struct date *date, const uint8_t *at, size_t len)
{
    const char *d = (const char *)at;
    char text[16];

    if (len == 8)
        snprintf(text, sizeof(text), "%.4s-%.2s-%.2s", d, d + 4, d + 6);
    else if (len == 6)
        snprintf(text, sizeof(text), "19%.2s-%.2s-%.2s", d, d + 2, d + 4);
    else
        return false;
    return date_parse(date, bytes_str(text), 0);
}

/* The first run of digits in a text that is a date. */
static bool any_digits(struct date *date, struct bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t from = i;

        while (i < text.len && isdigit(text.data[i]))
            i++;
        if (i > from && digits_date(date, text.data + from, i - from))
            return true;
    }
    return false;
}

/* "January 1, 1989, Sunday, Home Edition": as far as it is one. */
static bool line_date(struct date *date, struct bytes line)
{
    while (line.len) {
        if (date_parse(date, line, 0) || any_digits(date, line))
            return true;
        do
            line.len--;
        while (line.len && line.data[line.len] != ',');
    }
    return false;
}

/* "AP880212-0001", "XIN_ENG_20040101.0001": an id that is made of its day. */
static bool id_date(struct date *date, struct bytes id)
{
    size_t at = 0, digits = 0;

    while (at < id.len && (isupper(id.data[at]) || id.data[at] == '_'))
        at++;
    while (at + digits < id.len && isdigit(id.data[at + digits]))
        digits++;
    return at > 1 && at + digits < id.len &&
           (id.data[at + digits] == '-' || id.data[at + digits] == '.') &&
           digits_date(date, id.data + at, digits);
}

static void take_date(struct article *a, struct bytes record,
                      struct arena *arena)
{
    struct bytes line = sgml_line(record, date_tags, arena);

    if (line_date(&a->published, line) || id_date(&a->published, a->id))
        a->published_from = DATE_FROM_RECORD;
}

/* A page of a web collection stands behind its header. */
static void take_page(struct article *a, struct bytes record,
                      struct arena *arena)
{
    static const char *const title[] = { "title", NULL };
    struct buffer body = BUFFER_INIT;
    struct bytes inside, attributes;
    size_t from = 0;

    if (!sgml_field(&inside, &attributes, record, "DOCHDR", &from) &&
        !sgml_field(&inside, &attributes, record, "DOCNO", &from))
        return;
    record = bytes_part(record, from, record.len - from);
    a->title = sgml_line(record, title, arena);
    prose_strip_tags(&body, record);
    a->body = arena_copy(arena, buffer_bytes(&body));
    buffer_release(&body);
}

static void take_body(struct article *a, struct bytes record,
                      struct arena *arena)
{
    static const char *const tags[] = { "LP", "LEADPARA", "TEXT", NULL };
    static const char *const dateline[] = { "DATELINE", NULL };
    struct buffer body = BUFFER_INIT;
    struct bytes inside, attributes;

    for (unsigned i = 0; tags[i]; i++) {
        size_t from = 0;

        for (int n = 0; n < FIELDS_MOST &&
             sgml_field(&inside, &attributes, record, tags[i], &from); n++)
            sgml_prose(&body, inside);
    }
    a->body = sgml_join(sgml_line(record, dateline, arena),
                        arena_copy(arena, buffer_bytes(&body)), arena);
    buffer_release(&body);
}

static void take_record(struct article *a, struct bytes record,
                        struct bytes attributes, struct arena *arena)
{
    a->id = sgml_line(record, id_tags, arena);
    if (a->id.len == 0)
        a->id = prose_keep(arena, sgml_attribute(attributes, "id"));
    take_body(a, record, arena);
    if (a->body.len == 0)
        take_page(a, record, arena);
    else
        a->title = sgml_line(record, title_tags, arena);
    a->source = sgml_line(record, source_tags, arena);
    prose_byline(&a->authors, sgml_line(record, author_tags, arena), arena);
    take_date(a, record, arena);
}

enum status trec_article(struct article *a, struct bytes record,
                         struct arena *arena, struct error *err)
{
    struct bytes inside, attributes = BYTES_NONE;
    struct buffer text = BUFFER_INIT;
    size_t from = 0;

    sgml_entities(&text, record);
    record = buffer_bytes(&text);
    sgml_field(&inside, &attributes, record, "DOC", &from);
    if (bytes_equal(sgml_attribute(attributes, "type"), bytes_str("advis")))
        error_set(err, ERR_INPUT, "a note to editors, no story");
    else
        take_record(a, record, attributes, arena);
    buffer_release(&text);
    if (err->code != OK)
        return err->code;
    if (a->title.len == 0 && a->body.len == 0)
        return error_set(err, ERR_INPUT, "no title and no body");
    return OK;
}
