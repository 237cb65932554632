/* batch.h -- many queries from a file, one a line.
 */
#ifndef LEDE_BATCH_H
#define LEDE_BATCH_H

#include "searcher/reply.h"

/* Answers each line of the file ("-": standard input): a name, a tab, a
 * query; without a tab, the line's number is the name.  A query that cannot
 * be read is reported on standard error with its place, and the others go
 * on.  The worst that happened comes back: ERR_CORRUPT, ERR_INPUT, or OK;
 * ERR_IO when the file cannot be read. */
enum status batch_run(struct desk *d, const char *path, struct error *err);

#endif
