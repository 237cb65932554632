/* deletion.h -- documents of a snapshot that a writer takes out: kept beside
 * the snapshot, which does not change, until they are written.
 */
#ifndef LEDE_INVERT_DELETION_H
#define LEDE_INVERT_DELETION_H

#include "common/index/manifest.h"

struct deletions {
    struct snapshot *snapshot;  /* borrowed; NULL: an empty index */
    struct live *lives;         /* one a segment, as it will be */
    uint64_t count;             /* documents taken out */
};

void deletions_init(struct deletions *d, struct snapshot *snapshot);
void deletions_release(struct deletions *d);

/* `doc` is in the segment's own numbers, here and below. */
bool deletions_spare(const struct deletions *d, uint32_t segment,
                     uint32_t doc);

/* True if it lived. */
bool deletions_kill(struct deletions *d, uint32_t segment, uint32_t doc);

/* Writes the live files of the segments that lost documents, durable, and
 * says so in `m`, a manifest that has these segments.  ERR_IO. */
enum status deletions_save(const struct deletions *d, const char *dir,
                           uint64_t generation, struct manifest *m,
                           struct error *err);

#endif
