/* quotes_reply.h -- a query for quotations asked, and its answer printed. */
#ifndef LEDE_QUOTES_REPLY_H
#define LEDE_QUOTES_REPLY_H

#include "searcher/reply.h"

/* As reply; the desk's snapshot has its quotes open. */
enum status quotes_reply(struct desk *d, struct bytes text,
                         struct error *err);

/* Prints the article of the quotation whose identity begins with
 * options->show, with the quotation marked.  END: there is none. */
enum status quotes_show(struct desk *d, struct error *err);

#endif
