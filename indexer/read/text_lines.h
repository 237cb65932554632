/* text_lines.h -- a plain text as lines, and as blocks: the runs of lines
 * between blank lines.
 */
#ifndef LEDE_READ_TEXT_LINES_H
#define LEDE_READ_TEXT_LINES_H

#include "common/base/arena.h"

/* The lines, trimmed; an empty one is a blank line. */
struct text_lines {
    struct bytes *lines;
    size_t count;
    size_t at;                  /* the first line that is not used yet */
};

/* The text's lines borrow from it. */
void text_lines_split(struct text_lines *out, struct bytes text,
                      struct arena *arena);

/* The lines [at, end) of the next block, from *at on; false at the end of
 * the text. */
bool text_lines_block(const struct text_lines *lines, size_t *at,
                      size_t *end);

/* Without white space at both ends. */
struct bytes text_trim(struct bytes text);

/* Whether a line ends as sentences do. */
bool text_ends_sentence(struct bytes line);

#endif
