/* wording.h -- one statement in several wordings. */
#ifndef LEDE_WORDING_H
#define LEDE_WORDING_H

#include "searcher/quotes.h"

/* Puts statements under the one of the same speaker that they share most of
 * their words with, and marks them as not shown by themselves. */
void wordings_join(struct quotes_answer *answer, struct quotes *quotes,
                   struct arena *arena);

#endif
