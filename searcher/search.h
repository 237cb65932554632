/* search.h -- request to answer: parse, plan, match, collect, present.
 */
#ifndef LEDE_SEARCH_H
#define LEDE_SEARCH_H

#include "common/article.h"
#include "common/index/manifest.h"
#include "searcher/query/query.h"

enum sort_order { SORT_BEST, SORT_NEWEST, SORT_OLDEST };

struct request {
    struct bytes text;
    struct query_options reading;
    uint32_t from, n;           /* hits to skip, hits to give */
    enum sort_order sort;
    float k1, b;
    bool count;                 /* answer.total must be exact, not only as
                                 * far as from + n; by date it always is */
};

#define REQUEST_INIT { { NULL, 0 }, \
                       { QUERY_MODE_DEFAULT, false, { NULL, 0 } }, 0, 10, \
                       SORT_BEST, 1.2f, 0.75f, true }

struct hit {
    uint32_t doc;               /* in the snapshot's numbers */
    float score;
    uint8_t tier;               /* 1: holds all; 2: holds some */
};

/* The stems that the query's words mean in this snapshot, sorted by bytes:
 * what a snippet marks.  Words under NOT are not among them. */
struct marks {
    struct bytes *stems;
    size_t count;
};

struct answer {
    struct query_parsed query;
    struct marks marks;
    struct hit *hits;           /* `count` of them, from request.from on */
    uint32_t count;
    uint64_t total;             /* of the first tier */
    uint64_t second_total;      /* of the second; 0 when it was not needed */
    bool relaxed;               /* the second tier was asked */
    bool partial;               /* damage was met: hits are incomplete */
    double seconds;
};

/* Answers the request; everything of the answer is in `arena`.  Exact: the
 * same hits in the same order with the same scores as the oracle.  ERR_INPUT
 * and ERR_LIMIT for the query; damage gives what could be found, `partial`,
 * and ERR_CORRUPT. */
enum status search(struct answer *out, struct snapshot *snapshot,
                   const struct request *request, struct analyzer *analyzer,
                   struct arena *arena, struct error *err);

/* One leaf's part in the score of a document; a leaf that does not match
 * there has tf 0 and score 0. */
struct explain_part {
    const char *leaf;           /* as query_print writes it */
    struct marks stems;         /* what it means here */
    uint32_t tf;                /* weighted */
    uint64_t df;                /* of a word; 0 for a phrase */
    float idf, boost, norm, score;
};

struct explanation {
    struct explain_part *parts; /* in the order of the query */
    size_t count;
    uint32_t len;               /* words of the document */
    float average;
    uint64_t doc_count;
    float score;                /* the sum of the parts, to the bit */
};

/* Why a hit of `answer` scores what it scores; the parts are in `arena`.
 * ERR_LIMIT as search; ERR_CORRUPT after damage, which may have cost parts. */
enum status search_explain(struct explanation *out, struct snapshot *snapshot,
                           const struct request *request,
                           const struct answer *answer,
                           const struct hit *hit, struct analyzer *analyzer,
                           struct arena *arena, struct error *err);

#endif
