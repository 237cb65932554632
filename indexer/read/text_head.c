/* text_head.c -- what stands above the text of an article.
 *
 * The head is the short lines before the first line of prose.  A line is a
 * label, a byline, a date with what is beside it, an underline, or plain;
 * the date shows which of the plain ones is the title, since sites put
 * their name and slogan above and outlets their name beside it:
 *
 *   Title: Bridge closed   |  The Daily Example    |  BRIDGE CLOSED
 *   Date: 2024-05-03       |                       |  =============
 *   By: Ada Example        |  Bridge closed        |
 *                          |                       |  Daily | 3 May 2024
 *   Engineers found ...    |  3 May 2024           |  By Ada Example
 *                          |                       |
 *                          |  Engineers found ...  |  Engineers found ...
 */
#include "indexer/read/text_head.h"

#include <ctype.h>
#include <strings.h>

#include "common/base/url.h"
#include "indexer/read/prose.h"

enum { HEAD_LINES = 16, TITLE_MOST = 300, DATE_LINE_MOST = 120,
       BYLINE_MOST = 120, PROSE_LEAST = 60, NAME_MOST = 60,
       SHORT_TITLE = 25, NAMES_MOST = 2000, DIGEST_LEAST = 8 };

enum line_kind { LINE_PLAIN, LINE_SENTENCE, LINE_BYLINE, LINE_DATE,
                 LINE_LABEL, LINE_RULE };

/* The lines of the head, each with the number of its block. */
struct head {
    struct {
        struct bytes text;
        enum line_kind kind;
        unsigned block;
    } lines[HEAD_LINES];
    unsigned count;
    unsigned date, title;       /* their lines; HEAD_LINES: none */
};

/* --- What a line says --------------------------------------------------- */

/* Cuts " in Paris" off; a name has no such part. */
static struct bytes without_place(struct bytes who)
{
    const uint8_t *in = memmem(who.data, who.len, " in ", 4);

    if (in && in + 4 < who.data + who.len &&
        (isupper(in[4]) || in[4] >= 0x80))
        who.len = (size_t)(in - who.data);
    return who;
}

/* "By Ada Example in Paris"; the names without the rest. */
static bool is_byline(struct bytes *who, struct bytes line)
{
    static const char *const words[] = {
        "By ", "BY ", "Von ", "VON ", "Par ", "Por ", "Door ", "Af ", "Av ",
        "From our correspondent ", "From our own correspondent " };

    if (line.len > BYLINE_MOST || text_ends_sentence(line))
        return false;
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        size_t len = strlen(words[i]);

        if (line.len <= len || memcmp(line.data, words[i], len) != 0)
            continue;
        *who = without_place(bytes_part(line, len, line.len - len));
        return isupper(who->data[0]) || who->data[0] >= 0x80;
    }
    return false;
}

/* A line of nothing but = - * _ ~. */
static bool is_rule(struct bytes line)
{
    for (size_t i = 0; i < line.len; i++)
        if (!strchr("=-*_~ ", line.data[i]))
            return false;
    return line.len >= 3;
}

static bool is_day(struct date *date, struct bytes text)
{
    static const char *const before[] = { "Published ", "Posted ", "On " };

    for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++) {
        size_t len = strlen(before[i]);

        if (text.len > len &&
            strncasecmp((const char *)text.data, before[i], len) == 0)
            text = bytes_part(text, len, text.len - len);
    }
    return date_parse(date, text_trim(text), 0) &&
           date->precision >= DATE_DAY;
}

/* The piece of the line before its first separator; the rest goes to
 * `rest`. */
static struct bytes next_piece(struct bytes *rest)
{
    static const char *const between[] = { " | ", " · ", " • ", " — ",
                                           " – ", " - ", " / ", "\t" };
    struct bytes whole = *rest;
    size_t cut = whole.len, skip = 0;

    for (size_t i = 0; i < sizeof(between) / sizeof(*between); i++) {
        size_t len = strlen(between[i]);
        const uint8_t *at = memmem(whole.data, whole.len, between[i], len);

        if (at && (size_t)(at - whole.data) < cut) {
            cut = (size_t)(at - whole.data);
            skip = len;
        }
    }
    *rest = bytes_part(whole, cut + skip, whole.len - cut - skip);
    return text_trim(bytes_part(whole, 0, cut));
}

/* A day behind a place: "New Delhi, 3 March 2023". */
static bool is_dateline(struct date *date, struct bytes line)
{
    const uint8_t *comma = memchr(line.data, ',', line.len);
    size_t from;

    if (!comma)
        return false;
    from = (size_t)(comma - line.data) + 1;
    return is_day(date, bytes_part(line, from, line.len - from));
}

static bool has_date(struct date *date, struct bytes line)
{
    struct bytes rest = line;

    if (line.len > DATE_LINE_MOST)
        return false;
    if (is_day(date, line) || is_dateline(date, line))
        return true;
    while (rest.len)
        if (is_day(date, next_piece(&rest)))
            return true;
    return false;
}

static enum line_kind kind_of(struct bytes line)
{
    struct bytes value;
    struct date date;

    if (is_rule(line))
        return LINE_RULE;
    if (text_label(&value, line) != LABEL_NONE)
        return LINE_LABEL;
    if (is_byline(&value, line))
        return LINE_BYLINE;
    if (has_date(&date, line))
        return LINE_DATE;
    return text_ends_sentence(line) ? LINE_SENTENCE : LINE_PLAIN;
}

/* --- What an article takes from it -------------------------------------- */

static void add_names(struct article *a, struct bytes names,
                      struct arena *arena)
{
    struct bytes name;

    if (names.len >= NAMES_MOST)
        return;
    while (prose_next_name(&name, &names))
        list_add(&a->authors, arena, prose_keep(arena, name));
}

static void set_url(struct article *a, struct bytes value,
                    struct arena *arena)
{
    struct buffer b = BUFFER_INIT;

    if (url_canonical(&b, value))
        a->url = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
}

static void set_date(struct article *a, const struct date *date)
{
    a->published = *date;
    a->published_from = DATE_FROM_PAGE;
}

static void set_label(struct article *a, enum label label,
                      struct bytes value, struct arena *arena)
{
    struct bytes kept = prose_keep(arena, value);
    struct date date;

    switch (label) {
    case LABEL_TITLE:    a->title = kept; break;
    case LABEL_SOURCE:   a->source = kept; break;
    case LABEL_AUTHOR:   add_names(a, value, arena); break;
    case LABEL_URL:      set_url(a, value, arena); break;
    case LABEL_LANG:     a->lang = lang_parse(kept); break;
    case LABEL_SECTION:  a->section = kept; break;
    case LABEL_TAGS:     list_add(&a->tags, arena, kept); break;
    case LABEL_ID:       a->id = kept; break;
    case LABEL_LEAD:     a->lead = kept; break;
    case LABEL_MODIFIED: date_parse(&a->modified, value, 0); break;
    case LABEL_DATE:
        if (date_parse(&date, value, 0))
            set_date(a, &date);
        break;
    case LABEL_DIGEST:
    case LABEL_NONE:     break;
    }
}

/* What stands beside a date: the outlet, then the section. */
static void take_beside_date(struct article *a, struct bytes line,
                             struct arena *arena)
{
    struct bytes rest = line;
    struct date date;

    if (is_day(&date, line) || is_dateline(&date, line))
        return;
    while (rest.len) {
        struct bytes piece = next_piece(&rest), who;

        if (piece.len == 0 || is_day(&date, piece))
            continue;
        if (is_byline(&who, piece))
            add_names(a, who, arena);
        else if (a->source.len == 0)
            a->source = prose_keep(arena, piece);
        else if (a->section.len == 0)
            a->section = prose_keep(arena, piece);
    }
}

static void take_line(struct article *a, struct bytes line,
                      enum line_kind kind, struct arena *arena)
{
    struct bytes value;
    struct date date;

    switch (kind) {
    case LINE_LABEL:
        set_label(a, text_label(&value, line), value, arena);
        break;
    case LINE_BYLINE:
        if (is_byline(&value, line))
            add_names(a, value, arena);
        break;
    case LINE_DATE:
        if (a->published.precision == DATE_NONE && has_date(&date, line))
            set_date(a, &date);
        take_beside_date(a, line, arena);
        break;
    default:
        break;
    }
}

/* --- The head ----------------------------------------------------------- */

/* Whether the article's own text begins with this line. */
static bool is_prose(struct bytes line)
{
    struct bytes value;

    if (line.len > TITLE_MOST)
        return text_label(&value, line) != LABEL_DIGEST;
    return line.len >= PROSE_LEAST && text_ends_sentence(line) &&
           text_label(&value, line) == LABEL_NONE;
}

/* Wrapped prose: several plain lines that end as a sentence does. */
static bool is_wrapped_prose(const struct text_lines *lines, size_t at,
                             size_t end)
{
    if (end - at < 2 || kind_of(lines->lines[end - 1]) != LINE_SENTENCE)
        return false;
    for (; at < end; at++) {
        enum line_kind kind = kind_of(lines->lines[at]);

        if (kind != LINE_PLAIN && kind != LINE_SENTENCE)
            return false;
    }
    return true;
}

/* Whether the next block begins with a date: then this one is no prose. */
static bool is_above_date(const struct text_lines *lines, size_t end)
{
    size_t at = end, behind;

    return text_lines_block(lines, &at, &behind) &&
           kind_of(lines->lines[at]) == LINE_DATE;
}

static void head_add(struct head *h, struct bytes line, enum line_kind kind,
                     unsigned block)
{
    h->lines[h->count].text = line;
    h->lines[h->count].kind = kind;
    h->lines[h->count].block = block;
    if (h->date == HEAD_LINES && kind == LINE_DATE)
        h->date = h->count;
    h->count++;
}

static void head_collect(struct head *h, const struct text_lines *lines)
{
    size_t at = lines->at, end;
    unsigned block = 0;
    struct bytes value;

    *h = (struct head){ .date = HEAD_LINES, .title = HEAD_LINES };
    for (; text_lines_block(lines, &at, &end); block++) {
        bool digest = false, above = end == at + 1 && h->date == HEAD_LINES &&
                      lines->lines[at].len <= TITLE_MOST &&
                      is_above_date(lines, end);

        if (is_wrapped_prose(lines, at, end) &&
            text_label(&value, lines->lines[at]) != LABEL_DIGEST)
            return;
        for (; at < end; at++) {
            struct bytes line = lines->lines[at];

            if (h->count == HEAD_LINES ||
                (!digest && !above && is_prose(line)))
                return;
            /* What follows in the block of a digest is of it. */
            head_add(h, line, digest ? LINE_RULE : kind_of(line), block);
            digest = digest || text_label(&value, line) == LABEL_DIGEST;
        }
    }
}

/* The line that a digest repeats first, since machines that make one begin
 * with the title; or HEAD_LINES. */
static unsigned line_of_digest(const struct head *h)
{
    struct bytes value;

    for (unsigned i = 0; i < h->count; i++) {
        if (text_label(&value, h->lines[i].text) != LABEL_DIGEST)
            continue;
        for (unsigned j = 0; j < h->count; j++) {
            struct bytes line = h->lines[j].text;

            if (j != i && line.len >= DIGEST_LEAST && value.len > line.len &&
                memcmp(value.data, line.data, line.len) == 0)
                return j;
        }
    }
    return HEAD_LINES;
}

/* A headline may ask or shout; what stands right above the date and does
 * is one. */
static bool is_asking(struct bytes line)
{
    uint8_t last = line.len ? line.data[line.len - 1] : 0;

    if (line.len > 1 && (last == '"' || last == '\''))
        last = line.data[line.len - 2];
    return last == '?' || last == '!';
}

/* The title is what the digest repeats; else the last plain line above the
 * date's block, or the one before where that is as short as the name of an
 * outlet, unless such a name stands first; without a date, or when it comes
 * first, the first plain line. */
static void head_find_title(struct head *h)
{
    unsigned upto = h->date < h->count ? h->lines[h->date].block : 0;
    unsigned first = HEAD_LINES;
    bool below_name = h->count && h->lines[0].kind == LINE_PLAIN &&
                      h->lines[0].text.len < SHORT_TITLE;
    struct bytes value;

    h->title = line_of_digest(h);
    if (h->title < HEAD_LINES)
        return;
    for (unsigned i = 0; i < h->count; i++) {
        bool asks = h->lines[i].kind == LINE_SENTENCE && i + 1 == h->date &&
                    h->lines[i].block < upto && is_asking(h->lines[i].text);

        if (text_label(&value, h->lines[i].text) == LABEL_TITLE)
            return;
        if (h->lines[i].kind != LINE_PLAIN && !asks)
            continue;
        if (first == HEAD_LINES)
            first = i;
        if (h->lines[i].block < upto &&
            (h->title == HEAD_LINES || asks ||
             h->lines[i].text.len >= SHORT_TITLE ||
             (below_name && h->title > 0) ||
             h->lines[h->title].text.len < SHORT_TITLE))
            h->title = i;
    }
    if (h->title == HEAD_LINES)
        h->title = first;
}

/* Whether there is a head at all, and not just a text of short lines: a
 * date, byline or label, or one plain line before a blank one. */
static bool head_is_there(const struct head *h,
                          const struct text_lines *lines)
{
    size_t at = lines->at, end;

    for (unsigned i = 0; i < h->count; i++)
        if (h->lines[i].kind != LINE_PLAIN &&
            h->lines[i].kind != LINE_SENTENCE)
            return true;
    return text_lines_block(lines, &at, &end) && h->count &&
           h->lines[0].kind == LINE_PLAIN &&
           (end == at + 1 || is_prose(lines->lines[at + 1]));
}

/* The plain lines that are not the title: beside the date, or above the
 * title, the outlet; sentences between title and date the standfirst. */
static void take_plain(struct article *a, const struct head *h,
                       struct arena *arena)
{
    bool dated = h->date < h->count;

    for (unsigned i = 0; i < h->count; i++) {
        struct bytes line = h->lines[i].text;
        bool beside = dated && h->lines[i].block == h->lines[h->date].block;

        if (i == h->title)
            continue;
        if (h->lines[i].kind == LINE_PLAIN && line.len <= NAME_MOST &&
            a->source.len == 0 && (beside || (dated && i > h->title)))
            a->source = prose_keep(arena, line);
        if (h->lines[i].kind == LINE_SENTENCE && i > h->title && dated &&
            i < h->date)
            a->lead = prose_keep(arena, line);
    }
}

/* How many lines of the head are the head's: without a date, label or
 * byline behind them, lines below the title are text. */
static unsigned head_length(const struct head *h)
{
    unsigned last = h->title < h->count ? h->title + 1 : 0;

    for (unsigned i = 0; i < h->count; i++)
        if (h->lines[i].kind != LINE_PLAIN &&
            h->lines[i].kind != LINE_SENTENCE && i + 1 > last)
            last = i + 1;
    /* An outlet's name under the date. */
    while (last < h->count && h->date < h->count &&
           h->lines[last].kind == LINE_PLAIN &&
           h->lines[last].block == h->lines[h->date].block)
        last++;
    return last;
}

void text_head_take(struct article *a, struct text_lines *lines,
                    struct arena *arena)
{
    struct head h;
    unsigned taken;

    head_collect(&h, lines);
    if (!head_is_there(&h, lines))
        return;
    head_find_title(&h);
    taken = head_length(&h);
    for (unsigned i = 0; i < taken; i++)
        take_line(a, h.lines[i].text, h.lines[i].kind, arena);
    h.count = taken;
    if (a->title.len == 0 && h.title < h.count)
        a->title = prose_keep(arena, h.lines[h.title].text);
    take_plain(a, &h, arena);
    for (size_t end; taken; taken--, lines->at++)
        text_lines_block(lines, &lines->at, &end);
}
