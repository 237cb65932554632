/* matching.c -- what the cursors of one segment share: the segment, the
 * arena, the numbers of BM25, and two buffers for positions, which are in
 * use only inside one call of one cursor.
 */
#include "searcher/match/cursor.h"

void matching_init(struct matching *m, struct segment *segment,
                   const struct bm25 *bm25, struct arena *arena)
{
    *m = (struct matching){ .segment = segment, .arena = arena,
                            .bm25 = *bm25 };
}

void matching_release(struct matching *m)
{
    buffer_release(&m->starts);
    buffer_release(&m->found);
}
