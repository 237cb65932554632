/* block.c -- lines of a page.
 *
 * First the text is escaped piece by piece, so that the marks move along;
 * then the places are found where a line begins; then each line is written,
 * its marks between sequences.
 *
 *   " 1  Lavrov opens Central Asia"
 *   "    tour"
 */
#include "searcher/present/block.h"

#include <stdlib.h>

#include "common/base/error.h"
#include "common/text/escape.h"
#include "searcher/present/columns.h"

enum { NARROWEST = 20 };        /* columns that a line has at least */

/* Escaped text and its marks; the marks are the block's own. */
struct shown {
    struct buffer text;
    struct snippet_mark *marks;
    size_t count;
};

static void show(struct shown *shown, const struct snippet *s)
{
    uint32_t at = 0;

    *shown = (struct shown){ BUFFER_INIT, NULL, s->count };
    shown->marks = must_calloc(s->count, sizeof(*shown->marks));
    for (size_t i = 0; i < s->count; i++) {
        const struct snippet_mark *mark = &s->marks[i];

        escape_terminal(&shown->text,
                        bytes_part(s->text, at, mark->start - at));
        shown->marks[i].start = (uint32_t)shown->text.len;
        escape_terminal(&shown->text, bytes_part(s->text, mark->start,
                                                 mark->end - mark->start));
        shown->marks[i].end = (uint32_t)shown->text.len;
        at = mark->end;
    }
    escape_terminal(&shown->text, bytes_part(s->text, at, s->text.len - at));
}

static void put_styled(struct buffer *out, const struct block *block,
                       struct bytes text, bool marked)
{
    const char *more = marked ? block->colours->match : "";

    if (!text.len)
        return;
    colour_begin(out, block->style, more);
    buffer_put_bytes(out, text);
    colour_end(out, block->style, more);
}

/* The bytes [from, to); *next is the first mark that may be in them. */
static void put_line(struct buffer *out, const struct block *block,
                     const struct shown *shown, size_t *next, size_t from,
                     size_t to)
{
    struct bytes text = buffer_bytes(&shown->text);

    while (*next < shown->count && shown->marks[*next].start < to) {
        const struct snippet_mark *mark = &shown->marks[*next];
        size_t start = mark->start > from ? mark->start : from;
        size_t end = mark->end < to ? mark->end : to;

        put_styled(out, block, bytes_part(text, from, start - from), false);
        put_styled(out, block, bytes_part(text, start, end - start), true);
        from = end;
        if (mark->end > to)
            break;
        ++*next;
    }
    put_styled(out, block, bytes_part(text, from, to - from), false);
    buffer_put_u8(out, '\n');
}

static size_t without_blanks(struct bytes text, size_t from, size_t to)
{
    while (to > from && text.data[to - 1] == ' ')
        to--;
    return to;
}

void block_indent(struct buffer *out, unsigned count)
{
    while (count--)
        buffer_put_u8(out, ' ');
}

void block_put(struct buffer *out, const struct block *block,
               const struct snippet *snippet)
{
    unsigned width = block->width > block->indent + NARROWEST
        ? block->width - block->indent : NARROWEST;
    struct shown shown;
    struct bytes text;
    size_t from = 0, next = 0;
    bool *breaks;

    show(&shown, snippet);
    text = buffer_bytes(&shown.text);
    breaks = must_calloc(text.len, sizeof(*breaks));
    columns_break(breaks, text, block->width ? width : 0);
    for (size_t at = 1; at < text.len; at++) {
        if (!breaks[at])
            continue;
        put_line(out, block, &shown, &next, from,
                 without_blanks(text, from, at));
        block_indent(out, block->indent);
        from = at;
    }
    put_line(out, block, &shown, &next, from,
             without_blanks(text, from, text.len));
    free(breaks);
    free(shown.marks);
    buffer_release(&shown.text);
}
