/* merge.h -- inputs (runs, or segments) to a segment's terms, postings and
 * positions.
 */
#ifndef LEDE_INVERT_MERGE_H
#define LEDE_INVERT_MERGE_H

#include "common/index/segment.h"
#include "indexer/invert/input.h"

struct merge_options {
    struct input **inputs;      /* numbers 0, 1, ...; documents ascend over
                                 * them, and one may go on in the next */
    uint32_t count;
    const char *scratch;        /* path for a temporary file */
    const uint32_t *lengths;    /* words of each document */
    float average;              /* of lengths */
    uint32_t title_weight;
};

/* Writes the bodies of the three files, which stay open.  A stem without a
 * document is left out, and so is a word without a stem.  ERR_IO, ERR_CORRUPT
 * for an input that is not what was written; failures to write the segment
 * stick to its files. */
enum status merge_inputs(struct segment_writer *segment,
                         const struct merge_options *options,
                         struct error *err);

/* The same for the runs at `paths`, as options->inputs (which is not read),
 * through buffers of `memory` bytes in all. */
enum status merge_runs(struct segment_writer *segment, char *const *paths,
                       struct merge_options *options, size_t memory,
                       struct error *err);

#endif
