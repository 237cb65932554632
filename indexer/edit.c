/* edit.c -- one writer's change of an index.
 *
 *   lock -> manifest, snapshot -> ...changes... -> commit -> unlock
 */
#include "indexer/edit.h"

#include "common/text/analyzer.h"

/* Without this rm and the like would make a folder for the lock. */
static enum status must_exist(const char *dir, struct error *err)
{
    struct manifest m = { 0 };
    enum status code = manifest_need(&m, dir, err);

    manifest_release(&m);
    return code;
}

static enum status load(struct edit *e, struct error *err)
{
    enum status code = manifest_load(&e->manifest, e->dir, err);

    if (code == END)
        return OK;
    if (code != OK)
        return code;
    if (e->manifest.analyzer_version != analyzer_version())
        return error_set(err, ERR_CORRUPT, "%s: its words were analyzed by "
                         "version %08x, this program has %08x; index the "
                         "articles anew into another folder", e->dir,
                         e->manifest.analyzer_version, analyzer_version());
    return snapshot_open(&e->snapshot, e->dir, err);
}

enum status edit_open(struct edit *e, const char *dir, bool create,
                      struct error *err)
{
    enum status code = OK;

    *e = (struct edit)EDIT_INIT;
    e->dir = dir;
    if (!create)
        code = must_exist(dir, err);
    if (code == OK)
        code = index_lock(&e->lock, dir, err);
    if (code == OK)
        code = load(e, err);
    return code;
}

enum status edit_commit(struct edit *e, struct error *err)
{
    return manifest_commit(&e->manifest, e->dir, err);
}

static void forget(struct edit *e)
{
    snapshot_close(e->snapshot);
    e->snapshot = NULL;
    manifest_release(&e->manifest);
}

enum status edit_reopen(struct edit *e, struct error *err)
{
    forget(e);
    return load(e, err);
}

void edit_close(struct edit *e)
{
    if (!e->dir)
        return;
    forget(e);
    index_unlock(&e->lock);
    e->dir = NULL;
}
