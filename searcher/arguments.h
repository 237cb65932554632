/* arguments.h -- several arguments of a shell to one query.
 */
#ifndef LEDE_ARGUMENTS_H
#define LEDE_ARGUMENTS_H

#include "searcher/search_options.h"

/* Appends the arguments with a blank between them.  Among several, one that
 * holds white space and no sign of the query language becomes a phrase (the
 * "-" of an excluded one stays before it). */
void arguments_join(struct buffer *query, const struct argument *arguments,
                    size_t count);

#endif
