/* edit.h -- one writer's change of an index: the lock, the index as it is,
 * the manifest as it will be.
 */
#ifndef LEDE_EDIT_H
#define LEDE_EDIT_H

#include "common/index/manifest.h"

struct edit {
    const char *dir;            /* borrowed */
    struct index_lock lock;
    struct manifest manifest;   /* to be changed */
    struct snapshot *snapshot;  /* NULL: the index is new */
};

#define EDIT_INIT { NULL, INDEX_LOCK_INIT, { 0 }, NULL }

/* Takes the lock and opens what is there; `create`: there need not be an
 * index.  ERR_BUSY, ERR_CORRUPT (no index, damaged, of another version or
 * analyzer), ERR_IO. */
enum status edit_open(struct edit *e, const char *dir, bool create,
                      struct error *err);

/* Commits the manifest.  After a failure the process must end. */
enum status edit_commit(struct edit *e, struct error *err);

/* Opens what was committed, for the next change under the same lock. */
enum status edit_reopen(struct edit *e, struct error *err);

/* Harmless when it was not opened. */
void edit_close(struct edit *e);

#endif
