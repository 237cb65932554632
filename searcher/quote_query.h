/* quote_query.h -- the tree of a query for quotations, made ready for the
 * index of them: a speaker is all names that are meant, fields of articles
 * are the quotations in those articles, and what was corrected by hand is as
 * it was corrected.
 */
#ifndef LEDE_QUOTE_QUERY_H
#define LEDE_QUOTE_QUERY_H

#include "searcher/persons.h"
#include "searcher/quotes.h"

struct quote_query {
    struct quotes *quotes;
    struct persons *persons;
    const struct request *request;
    struct analyzer *analyzer;
    struct arena *arena;
    struct asked_speaker *speakers;     /* one for each speaker: of the tree */
    size_t speaker_count;
};

/* The tree to match; `q` is changed.  ERR_LIMIT as plan_words. */
enum status quote_query_make(struct query **out, struct quote_query *maker,
                             struct query *q, struct error *err);

#endif
