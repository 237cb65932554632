/* printer.h -- where the result goes: standard output, or a pager before it.
 */
#ifndef LEDE_PRESENT_PRINTER_H
#define LEDE_PRESENT_PRINTER_H

#include <sys/types.h>

#include "common/base/buffer.h"
#include "common/base/error.h"

/* Sticky: after the first failure it does nothing, and printer_close tells.
 * A reader that has gone away (EPIPE) is no failure, only the end. */
struct printer {
    int fd;
    const char *command;        /* of a pager to start; NULL: none */
    pid_t pager;                /* 0: none */
    struct buffer paged;        /* all that the pager was given */
    struct buffer *kept;        /* where all goes instead; NULL: nowhere */
    bool closed;                /* nobody reads any more */
    int failure;                /* errno, or 0 */
};

/* Writes to standard output; with `page`, through LEDE_PAGER, else PAGER,
 * else "less -FRX" where it is installed.  One that is empty or "cat" is
 * none.  It starts when there is something to show.  The caller ignores
 * SIGPIPE. */
void printer_open(struct printer *p, bool page);

/* Writes all of the buffer and empties it. */
void printer_put(struct printer *p, struct buffer *b);

/* Whether writing on is of no use. */
static inline bool printer_done(const struct printer *p)
{
    return p->closed || p->failure;
}

/* Waits for the pager; what one that could not be run should have shown is
 * written without it.  ERR_IO. */
enum status printer_close(struct printer *p, struct error *err);

#endif
