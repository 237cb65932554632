/* ordinals.h -- for each run, what its own stem ordinals are in the segment:
 * written while stems are merged, read while words are, kept in a file.
 */
#ifndef LEDE_INVERT_ORDINALS_H
#define LEDE_INVERT_ORDINALS_H

#include "common/base/buffer.h"
#include "common/base/error.h"

struct ordinals {
    int fd;
    char *path;                 /* owned; for messages */
    struct lane *lanes;         /* one a run */
    uint32_t lane_count, page_count;
    struct error failure;
};

/* A file at `path`, which must not exist and is unlinked at once. */
void ordinals_open(struct ordinals *o, const char *path, uint32_t runs);

/* The next ordinal of a run is `ordinal` in the segment. */
void ordinals_put(struct ordinals *o, uint32_t run, uint32_t ordinal);

/* Ends the putting, before the first get. */
void ordinals_seal(struct ordinals *o);

/* 0 for one that was never put: a failure. */
uint32_t ordinals_get(struct ordinals *o, uint32_t run, uint32_t local);

/* Frees, and gives the first failure of all: ERR_IO, ERR_CORRUPT. */
enum status ordinals_close(struct ordinals *o, struct error *err);

#endif
