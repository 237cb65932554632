/* wordpress.h -- what WordPress stores of a post, to HTML. */
#ifndef LEDE_READ_WORDPRESS_H
#define LEDE_READ_WORDPRESS_H

#include "common/base/arena.h"

/* Blank lines begin paragraphs, as its wpautop has it; shortcodes go, what
 * they stand around stays. */
struct bytes wordpress_html(struct bytes content, struct arena *arena);

#endif
