/* columns.c -- text on a screen of cells.
 *
 * Letters of ASCII take one cell each and need no table; the rest asks
 * libunistring, which knows the wide and the combining ones.
 */
#include "searcher/present/columns.h"

#include <stdlib.h>
#include <unilbrk.h>
#include <uniwidth.h>

#include "common/base/error.h"
#include "common/text/unicode.h"

unsigned columns_of_code(uint32_t code)
{
    int width;

    if (code < 0x80)
        return code >= 0x20 && code != 0x7f;
    width = uc_width(code, "UTF-8");
    return width > 0 ? (unsigned)width : 0;
}

uint64_t columns_of(struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;
    uint64_t columns = 0;

    while (at < end)
        columns += columns_of_code(utf8_next(&at, end));
    return columns;
}

/* The cells of a piece, with and without the blanks at its end. */
static void measure(struct bytes piece, unsigned *full, unsigned *seen)
{
    const uint8_t *at = piece.data, *end = at + piece.len;

    *full = *seen = 0;
    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        *full += columns_of_code(code);
        if (!unicode_white(code))
            *seen = *full;
    }
}

void columns_break(bool *breaks, struct bytes text, unsigned width)
{
    unsigned column = 0, full, seen;
    char *kinds;

    memset(breaks, 0, text.len * sizeof(*breaks));
    if (!width || !text.len)
        return;
    kinds = must_alloc(text.len);
    u8_possible_linebreaks(text.data, text.len, "UTF-8", kinds);
    for (size_t from = 0, to; from < text.len; from = to) {
        for (to = from + 1; to < text.len && kinds[to] != UC_BREAK_POSSIBLE
             && kinds[to] != UC_BREAK_MANDATORY; to++)
            ;
        measure(bytes_part(text, from, to - from), &full, &seen);
        breaks[from] = column && column + seen > width;
        column = breaks[from] ? full : column + full;
    }
    free(kinds);
}
