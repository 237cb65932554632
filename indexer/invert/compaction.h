/* compaction.h -- neighbouring segments become one, without their dead
 * documents.
 */
#ifndef LEDE_INVERT_COMPACTION_H
#define LEDE_INVERT_COMPACTION_H

#include "common/index/manifest.h"

struct compaction {
    struct snapshot *snapshot;  /* of the manifest that changes */
    uint32_t first, count;      /* its segments that become one */
    size_t memory;              /* bytes: a cap for the process */
};

/* Writes the new segment, durable but not yet committed, into `dir`, and puts
 * it in the place of the others in `m`, which names the segments of the
 * snapshot; without a living document, or a mark of a withdrawal, none is
 * written.  Living documents
 * keep their order.  The caller commits `m`.  ERR_IO; ERR_CORRUPT: a segment
 * is damaged; ERR_LIMIT: more documents than `memory` is enough for.  Then
 * `m` is as it was, and what was written is for the sweep. */
enum status compaction_run(const struct compaction *c, const char *dir,
                           struct manifest *m, struct error *err);

/* Makes the segments of `m`, whose files are there, few (tiers.h), or, with
 * `whole`, one.  Where `memory` is not enough they stay.  ERR_IO,
 * ERR_CORRUPT. */
enum status compaction_settle(const char *dir, struct manifest *m,
                              size_t memory, bool whole, struct error *err);

#endif
