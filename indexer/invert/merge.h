/* merge.h -- sorted runs to a segment's terms, postings and positions. */
#ifndef LEDE_INVERT_MERGE_H
#define LEDE_INVERT_MERGE_H

#include "common/index/segment.h"

struct merge_options {
    char *const *paths;         /* of the runs; documents ascend over them */
    uint32_t count;
    const char *scratch;        /* path for a temporary file */
    const uint32_t *lengths;    /* words of each document */
    float average;              /* of lengths */
    uint32_t title_weight;
    size_t memory;              /* bytes for buffers */
};

/* Writes the bodies of the three files, which stay open.  ERR_IO,
 * ERR_CORRUPT for a run that is not what was written; failures to write the
 * segment stick to its files. */
enum status merge_runs(struct segment_writer *segment,
                       const struct merge_options *options,
                       struct error *err);

#endif
