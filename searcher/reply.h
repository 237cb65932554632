/* reply.h -- one query asked, and its answer printed.
 */
#ifndef LEDE_REPLY_H
#define LEDE_REPLY_H

#include "searcher/present/printer.h"
#include "searcher/quotes.h"
#include "searcher/search_options.h"

/* What answers are made with; for all queries of a run. */
struct desk {
    const struct search_options *options;
    struct render_options look;
    struct snapshot *snapshot;
    struct quotes quotes;       /* opened where the snapshot has them */
    struct analyzer *analyzer;
    struct printer printer;
    struct arena arena;         /* of one query */
    struct arena hit_arena;     /* of one hit */
    struct buffer out;          /* on its way to the printer */
    struct buffer aside;        /* for standard error */
    bool found;                 /* some query had a hit */
};

void desk_init(struct desk *d, const struct search_options *options,
               struct snapshot *snapshot);
void desk_release(struct desk *d);

/* Writes what is to be said beside the result to standard error. */
void desk_say(struct desk *d);

/* Asks, and prints.  `qid` is the query's name in a batch, or empty.  OK
 * when something was found, END when nothing was.  ERR_INPUT and ERR_LIMIT:
 * the query cannot be read.  ERR_CORRUPT: hits are missing; those that could
 * be found are printed. */
enum status reply(struct desk *d, struct bytes qid, struct bytes text,
                  struct error *err);

#endif
