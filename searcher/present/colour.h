/* colour.h -- which parts of a page have which colours, and whether there
 * are any.
 */
#ifndef LEDE_PRESENT_COLOUR_H
#define LEDE_PRESENT_COLOUR_H

#include "common/base/buffer.h"

enum colour_when { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

/* The parts, as SGR parameters ("1;36"); all empty: no colours. */
struct colours {
    char match[16], title[16], info[16];
};

#define COLOURS_NONE { "", "", "" }

/* The colours to print with.  AUTO: where `terminal`, but not with NO_COLOR
 * nor TERM=dumb, and wherever CLICOLOR_FORCE is set.  LEDE_COLORS changes
 * them ("match=1:title=36:info=2"); what it says of no known part, or not in
 * digits and ';', does not count. */
void colours_choose(struct colours *c, enum colour_when when, bool terminal);

/* Appends the sequence that begins the style `sgr` (with `more`, both), and
 * the one that ends all; nothing for empty styles. */
void colour_begin(struct buffer *b, const char *sgr, const char *more);
void colour_end(struct buffer *b, const char *sgr, const char *more);

#endif
