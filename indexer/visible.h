/* visible.h -- lines for people, on standard output or error. */
#ifndef LEDE_VISIBLE_H
#define LEDE_VISIBLE_H

#include <stdio.h>

#include "common/base/buffer.h"

/* Prints the prefix as it is, a NUL-ended text as escape_terminal shows it,
 * and a line end. */
void visible_print(FILE *to, const char *prefix, const char *text);

/* Prints what is in the buffer, if anything. */
void visible_flush(FILE *to, const struct buffer *b);

#endif
