/* compact.h -- segments of an index become one, as `compact` and a commit do
 * it, for the property tests.
 */
#ifndef LEDE_TESTS_COMPACT_H
#define LEDE_TESTS_COMPACT_H

#include "indexer/invert/compaction.h"
#include "tests/naive/chance.h"

enum { COMPACT_MEMORY = 8 << 20 };

/* `chance` says which neighbours; NULL: all. */
static inline enum status compact_some(const char *dir, struct chance *chance,
                                       struct error *err)
{
    struct compaction c = { .memory = COMPACT_MEMORY };
    struct manifest m = { 0 };
    enum status rc = snapshot_open(&c.snapshot, dir, err);

    if (rc == OK)
        rc = manifest_load(&m, dir, err);
    if (chance && m.segment_count)
        c.first = chance_below(chance, m.segment_count);
    c.count = m.segment_count - c.first;
    if (chance && c.count)
        c.count = chance_from(chance, 1, c.count);
    if (rc == OK && c.count)
        rc = compaction_run(&c, dir, &m, err);
    if (rc == OK && c.count)
        rc = manifest_commit(&m, dir, err);
    snapshot_close(c.snapshot);
    manifest_release(&m);
    return rc;
}

static inline enum status compact_all(const char *dir, struct error *err)
{
    return compact_some(dir, NULL, err);
}

#endif
