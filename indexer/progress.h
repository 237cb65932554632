/* progress.h -- how far the reading is, on stderr: a bar on a terminal, else
 * a line every 30 seconds where that is wanted.
 *
 *   indexing  [█████████          ]  46 %  41,204 articles  9,180/s  ...
 */
#ifndef LEDE_PROGRESS_H
#define LEDE_PROGRESS_H

#include <stdint.h>

#include "indexer/command.h"

struct progress {
    enum { PROGRESS_OFF, PROGRESS_BAR, PROGRESS_LINES } style;
    uint64_t total;             /* bytes; 0: not known */
    double start, shown;        /* seconds */
    uint64_t calls;
    bool drawn;                 /* a bar is on the line of the cursor */
};

void progress_start(struct progress *p, const struct context *context,
                    uint64_t total);

/* Says it when the time has come. */
void progress_show(struct progress *p, uint64_t bytes, uint64_t articles,
                   uint64_t errors);

/* Says that what was read is being written, where a bar is. */
void progress_writing(struct progress *p);

/* Takes the bar away, so that a line can be written. */
void progress_clear(struct progress *p);

#endif
