/* block.h -- lines of a page: marked text, made harmless, coloured, and
 * wrapped under an indent.
 */
#ifndef LEDE_PRESENT_BLOCK_H
#define LEDE_PRESENT_BLOCK_H

#include "searcher/present/colour.h"
#include "searcher/present/snippet.h"

struct block {
    const struct colours *colours;
    const char *style;          /* SGR of the whole, or "" */
    unsigned width;             /* of the screen; 0: never wrap */
    unsigned indent;            /* columns before each line but the first,
                                 * which the caller has begun */
};

/* Appends the snippet and a newline. */
void block_put(struct buffer *out, const struct block *block,
               const struct snippet *snippet);

/* Appends `count` blanks. */
void block_indent(struct buffer *out, unsigned count);

#endif
