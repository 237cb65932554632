/* quote_page_text.c -- who said what, for people.
 *
 *   Sergei Lavrov, Russian Foreign Minister
 *
 *   14 Mar 2026  "Central Asia remains our common neighbourhood."
 *                told                            direct . attribution sure
 *                TASS 07:58 (first) . Reuters . 10 more       quote 8f21ab44
 *                other wording: Interfax "..."
 *                news/tass.jsonl#12, body bytes 1204-1297
 *
 * Words in [ ] are the article's, not the speaker's.  An attribution that is
 * not sure says so.
 */
#include "common/text/escape.h"
#include "searcher/present/block.h"
#include "searcher/present/columns.h"
#include "searcher/present/moment.h"
#include "searcher/present/quote_page.h"

enum { INDENT = 13, SURE = 90, LIKELY = 70, ID_SHOWN = 8, SOURCES_SHOWN = 5 };

static const char DOT[] = " \xc2\xb7 ";

/* --- Lines -------------------------------------------------------------- */

static void put_block(struct quote_page *p, const char *style,
                      struct buffer *text)
{
    struct block block = { &p->options->colours, style, p->options->width,
                           INDENT };
    struct snippet plain = { buffer_bytes(text), NULL, 0 };

    block_put(p->out, &block, &plain);
    buffer_clear(text);
}

/* The left part, and the right one at the edge where there is room. */
static void put_sides(struct quote_page *p, struct buffer *left,
                      const char *right)
{
    uint64_t used = INDENT + columns_of(buffer_bytes(left));
    uint64_t need = columns_of(bytes_str(right));
    unsigned width = p->options->width;

    block_indent(p->out, INDENT);
    if (*right) {
        if (used + need + 2 <= width)
            block_indent(left, (unsigned)(width - used - need));
        else
            buffer_put_str(left, DOT);
        buffer_put_str(left, right);
    }
    put_block(p, p->options->colours.info, left);
}

static const char *certainty(const struct quotation_record *q)
{
    return q->by_hand ? "corrected by hand"
         : q->percent >= SURE ? "attribution sure"
         : q->percent >= LIKELY ? "attribution likely" : "attribution unsure";
}

/* --- The head ----------------------------------------------------------- */

static void put_count(struct buffer *b, uint64_t count, const char *what)
{
    buffer_put_grouped(b, count);
    buffer_printf(b, " %s%s", what, count == 1 ? "" : "s");
}

static void put_names(struct quote_page *p, const struct asked_speaker *s)
{
    struct buffer line = BUFFER_INIT;

    buffer_put_bytes(&line, s->asked);
    buffer_put_str(&line, " is here: ");
    for (size_t i = 0; i < s->count && i < 20; i++) {
        buffer_put_str(&line, i ? ", " : "");
        buffer_put_bytes(&line, s->names[i]);
    }
    if (s->count > 20)
        buffer_printf(&line, " and %zu more", s->count - 20);
    colour_begin(p->out, p->options->colours.info, "");
    escape_terminal(p->out, buffer_bytes(&line));
    colour_end(p->out, p->options->colours.info, "");
    buffer_put_u8(p->out, '\n');
    buffer_release(&line);
}

static void put_span(struct buffer *b, const struct quotes_answer *a, bool utc)
{
    if (a->oldest == DATE_UNDATED)
        return;
    buffer_put_str(b, ", ");
    moment_put_day(b, a->oldest, utc);
    buffer_put_str(b, " \xe2\x80\xa6 ");
    moment_put_day(b, a->newest, utc);
}

static void text_begin(struct quote_page *p)
{
    const struct quotes_answer *a = p->answer;
    struct buffer words = BUFFER_INIT;

    if (!a->match_count)
        return;
    render_words(&words, a->query.root);
    put_count(p->out, a->count, "statement");
    if (words.len) {
        buffer_put_str(p->out, " on ");
        escape_terminal(p->out, buffer_bytes(&words));
    }
    buffer_put_str(p->out, ", ");
    put_count(p->out, a->articles, "article");
    put_span(p->out, a, p->options->utc);
    if (a->partial)
        buffer_put_str(p->out, ", incomplete: the index is damaged");
    if (p->options->seconds)
        buffer_printf(p->out, "  %.3f s", a->seconds);
    buffer_put_u8(p->out, '\n');
    for (size_t i = 0; i < a->speaker_count; i++)
        put_names(p, &a->speakers[i]);
    buffer_release(&words);
}

/* --- A statement -------------------------------------------------------- */

static void put_speaker(struct quote_page *p, const struct shown_statement *s)
{
    const struct quotation_record *q = s->first.quote;
    struct buffer line = BUFFER_INIT;
    struct bytes name = s->heading;

    if (name.len)
        buffer_put_bytes(&line, name);
    else
        buffer_put_str(&line, "speaker not named");
    if (q->role.len && name.len) {
        buffer_put_str(&line, ", ");
        buffer_put_bytes(&line, q->role);
    }
    buffer_put_u8(p->out, '\n');
    colour_begin(p->out, p->options->colours.title, "");
    escape_terminal(p->out, buffer_bytes(&line));
    colour_end(p->out, p->options->colours.title, "");
    buffer_put_u8(p->out, '\n');
    buffer_release(&line);
}

static void put_words(struct buffer *b, const struct quotation_record *q)
{
    if (q->kind == QUOTE_DIRECT) {
        buffer_put_bytes(b, q->words);
        return;
    }
    buffer_put_u8(b, '[');
    if (q->denied)
        buffer_put_str(b, "denied: ");
    buffer_put_bytes(b, q->words);
    buffer_put_u8(b, ']');
}

static void put_when(struct quote_page *p, const struct shown_quote *q)
{
    struct date day = q->article->published;
    struct buffer text = BUFFER_INIT;

    if (day.precision > DATE_DAY)
        day.precision = DATE_DAY;
    moment_put(&text, &day, p->options->utc);
    buffer_put_u8(p->out, '\n');
    buffer_put_bytes(p->out, buffer_bytes(&text));
    block_indent(p->out, text.len < INDENT - 1 ? (unsigned)(INDENT - text.len)
                                               : 1);
    buffer_release(&text);
}

static void put_source(struct buffer *b, const struct shown_quote *q,
                       bool first, bool utc)
{
    const struct article *a = q->article;

    if (a->source.len)
        buffer_put_bytes(b, a->source);
    else
        buffer_put_str(b, "source not known");
    if (first && a->published.precision == DATE_TIME) {
        struct buffer when = BUFFER_INIT;

        moment_put(&when, &a->published, utc);
        buffer_put_u8(b, ' ');
        buffer_put(b, when.data + when.len - 5, 5);
        buffer_release(&when);
    }
}

static void put_sources(struct quote_page *p, const struct shown_statement *s)
{
    struct buffer left = BUFFER_INIT;
    char right[64];

    put_source(&left, &s->first, true, p->options->utc);
    if (s->copies_all > 1)
        buffer_put_str(&left, " (first)");
    for (size_t i = 0; i < s->copy_count && i < 3; i++) {
        buffer_put_str(&left, DOT);
        put_source(&left, &s->copies[i], false, p->options->utc);
    }
    if (s->copies_all > 4)
        buffer_printf(&left, "%s%zu more", DOT, s->copies_all - 4);
    snprintf(right, sizeof(right), "quote %.*s", ID_SHOWN, s->first.id);
    put_sides(p, &left, right);
    buffer_release(&left);
}

static void put_manner(struct quote_page *p, const struct shown_statement *s)
{
    const struct quotation_record *q = s->first.quote;
    struct bytes name = quotation_speaker(q);
    struct buffer left = BUFFER_INIT;
    char right[80];

    if (s->heading.len && name.len && !bytes_equal(s->heading, name)) {
        buffer_put_str(&left, "as ");
        buffer_put_bytes(&left, name);
        buffer_put_str(&left, ": ");
    }
    if (q->percent < LIKELY && q->speaker.len) {
        buffer_put_str(&left, "as written: ");
        buffer_put_bytes(&left, q->speaker);
        buffer_put_u8(&left, ' ');
    }
    if (q->cue.len)
        buffer_put_bytes(&left, q->cue);
    else if (!left.len)
        buffer_put_str(&left, "no cue");
    snprintf(right, sizeof(right), "%s%s%s",
             q->kind == QUOTE_DIRECT ? "direct" : q->kind == QUOTE_MIXED
             ? "partly quoted" : "reported speech", DOT, certainty(q));
    put_sides(p, &left, right);
    buffer_release(&left);
}

/* Never broken, so that it can be copied. */
static void put_place(struct quote_page *p, const struct shown_quote *q)
{
    struct buffer line = BUFFER_INIT;

    buffer_put_bytes(&line, q->article->path);
    if (q->article->record)
        buffer_printf(&line, "#%llu", (unsigned long long)q->article->record);
    buffer_printf(&line, ", %s bytes %u-%u",
                  quotation_where_name(q->quote->where), q->quote->start,
                  q->quote->end);
    block_indent(p->out, INDENT);
    colour_begin(p->out, p->options->colours.info, "");
    escape_terminal(p->out, buffer_bytes(&line));
    colour_end(p->out, p->options->colours.info, "");
    buffer_put_u8(p->out, '\n');
    buffer_release(&line);
}

static void put_wordings(struct quote_page *p,
                         const struct shown_statement *s)
{
    for (size_t i = 0; i < s->wording_count; i++) {
        struct buffer left = BUFFER_INIT;

        buffer_put_str(&left, "also: ");
        put_source(&left, &s->wordings[i], false, p->options->utc);
        buffer_put_u8(&left, ' ');
        put_words(&left, s->wordings[i].quote);
        put_sides(p, &left, "");
        buffer_release(&left);
    }
}

static void text_statement(struct quote_page *p,
                           const struct shown_statement *s)
{
    struct buffer text = BUFFER_INIT;

    if (s->new_speaker)
        put_speaker(p, s);
    put_when(p, &s->first);
    put_words(&text, s->first.quote);
    put_block(p, "", &text);
    put_manner(p, s);
    put_sources(p, s);
    put_place(p, &s->first);
    put_wordings(p, s);
    buffer_release(&text);
}

/* --- Speakers ----------------------------------------------------------- */

static void put_day(struct buffer *b, int64_t seconds, bool utc)
{
    if (seconds == DATE_UNDATED)
        buffer_put_str(b, "undated   ");
    else
        moment_put_day(b, seconds, utc);
}

static void put_spoken_sources(struct buffer *b, const struct spoken *s)
{
    buffer_put_str(b, "  (");
    for (size_t i = 0; i < s->source_count && i < SOURCES_SHOWN; i++) {
        const struct spoken_source *one = &s->sources[i];

        buffer_put_str(b, i ? ", " : "");
        buffer_put_bytes(b, one->name.len ? one->name
                            : bytes_str("source not known"));
        buffer_put_u8(b, ' ');
        buffer_put_grouped(b, one->statements);
    }
    if (s->source_count > SOURCES_SHOWN)
        buffer_printf(b, ", %zu more", s->source_count - SOURCES_SHOWN);
    buffer_put_u8(b, ')');
}

static void text_speakers(struct quote_page *p, const struct spoken *spoken,
                          size_t count)
{
    struct buffer line = BUFFER_INIT;

    if (!count)
        return;
    buffer_put_str(p->out, "\nstatements  first       last        speaker\n");
    for (size_t i = 0; i < count; i++) {
        const struct spoken *s = &spoken[i];

        buffer_printf(p->out, "%10llu  ", (unsigned long long)s->statements);
        put_day(p->out, s->first, p->options->utc);
        buffer_put_str(p->out, "  ");
        put_day(p->out, s->last, p->options->utc);
        buffer_put_str(p->out, "  ");
        escape_terminal(p->out, s->name);
        put_spoken_sources(&line, s);
        escape_terminal(p->out, buffer_bytes(&line));
        buffer_put_u8(p->out, '\n');
        buffer_clear(&line);
    }
    buffer_release(&line);
}

static void text_end(struct quote_page *p)
{
    (void)p;
}

const struct quote_page_ops QUOTE_PAGE_TEXT = {
    text_begin, text_statement, text_speakers, text_end
};

const struct quote_page_ops *quote_page_ops_of(enum render_format format)
{
    return format == RENDER_JSON ? &QUOTE_PAGE_JSON
         : format == RENDER_CSV ? &QUOTE_PAGE_CSV : &QUOTE_PAGE_TEXT;
}
