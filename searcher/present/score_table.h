/* score_table.h -- why a hit scores what it scores, as a table for people.
 */
#ifndef LEDE_PRESENT_SCORE_TABLE_H
#define LEDE_PRESENT_SCORE_TABLE_H

#include "searcher/search.h"

/* Appends a line with the score and one for each part of the query, all of
 * them under `indent`; numbers have the digits that bring them back. */
void score_table_put(struct buffer *b, const struct explanation *why,
                     unsigned indent);

#endif
