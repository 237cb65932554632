/* workers.h -- work done by several processes at once and given back in
 * order: item i is done by process i modulo their number.
 */
#ifndef LEDE_WORKERS_H
#define LEDE_WORKERS_H

#include "common/base/buffer.h"
#include "common/base/error.h"

struct workers;

/* Does item `item` into `result`, in the process of a worker; false: there
 * is no such item. */
typedef bool workers_do(void *context, uint64_t item, struct buffer *result);

/* Starts `count` processes, each with all that this one has now.  NULL where
 * the system gives none; then the work is to be done here. */
struct workers *workers_start(unsigned count, workers_do *work,
                              void *context);

/* The result of the next item, in `result`.  END: there are no more.
 * ERR_IO: its process ended before its time. */
enum status workers_next(struct workers *w, struct buffer *result,
                         struct error *err);

/* Lets them go, done or not, and waits for their end.  NULL is harmless. */
void workers_free(struct workers *w);

/* As many as processors may be used. */
unsigned workers_most(void);

#endif
