/* matching.c -- what the cursors of one segment share: the segment, the
 * arena, the numbers of BM25, and two buffers for positions, which are in
 * use only inside one call of one cursor.
 */
#include "searcher/match/cursor.h"

/* Stored bounds are of k1 1.2, b 0.75 and the average length of the segment
 * when it was written.  Where the average has grown by r, a norm is at least
 * 1/r of what it was, and tf / (tf + norm) at most r times. */
static float scale_of(struct segment *segment, const struct bm25 *m)
{
    struct bm25 then = bm25_of(m->k1, m->b, segment->values.sum_lengths,
                               segment->values.count);

    if (m->k1 != 1.2f || m->b != 0.75f)
        return 0.0f;
    return m->average > then.average
        ? m->average / then.average * (1.0f + 0x1p-20f) : 1.0f;
}

void matching_init(struct matching *m, struct segment *segment,
                   const struct bm25 *bm25, struct arena *arena)
{
    *m = (struct matching){ .segment = segment, .arena = arena,
                            .bm25 = *bm25, .kernel = score_kernel() };
    m->lengths = lengths_of(&segment->values);
    m->bound_scale = scale_of(segment, bm25);
}

void matching_release(struct matching *m)
{
    buffer_release(&m->starts);
    buffer_release(&m->found);
}
