/* nearest.h -- the name that somebody may have meant. */
#ifndef LEDE_BASE_NEAREST_H
#define LEDE_BASE_NEAREST_H

#include "common/base/bytes.h"

/* The one of `names` (ended by NULL) that `word` begins, or that is the
 * fewest changes away: one, or at most a third of its letters.  NULL: none;
 * of equals the first. */
const char *nearest_name(struct bytes word, const char *const *names);

#endif
