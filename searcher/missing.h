/* missing.h -- why nothing was found: the words that no article has.
 */
#ifndef LEDE_MISSING_H
#define LEDE_MISSING_H

#include "searcher/search.h"

/* Appends one line for people: which words and values of the answered
 * query, without those under NOT, are in no article of the snapshot. */
void missing_put(struct buffer *b, const struct query *root,
                 struct snapshot *snapshot, struct analyzer *analyzer,
                 struct arena *arena);

#endif
