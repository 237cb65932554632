/* reread.h -- a segment that is there, read again as an input of a merge
 * (input.h), under new document numbers and without its dead documents.
 */
#ifndef LEDE_INVERT_REREAD_H
#define LEDE_INVERT_REREAD_H

#include "common/index/segment.h"
#include "indexer/invert/input.h"

struct reread {
    struct input in;
    struct segment *segment;    /* borrowed */
    const uint32_t *numbers;    /* new one of each document; NO_DOC: gone */
    struct terms_walk walk;
    struct postings postings;
    bool words;                 /* it is in the second half */
    size_t read;                /* bytes, since pages were given back */
};

/* `numbers` rise, borrowed.  Damage that is met becomes a failure. */
void reread_open(struct reread *r, struct segment *segment,
                 const uint32_t *numbers, uint32_t number);
void reread_close(struct reread *r);

#endif
