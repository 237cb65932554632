/* plan_match.h -- which algorithm finds the documents of a tree in one
 * segment: the common shapes go to the kernels of match/bulk.h, every other
 * tree to cursors.
 */
#ifndef LEDE_QUERY_PLAN_MATCH_H
#define LEDE_QUERY_PLAN_MATCH_H

#include "searcher/collect/best.h"
#include "searcher/query/plan.h"

/* Offers the live documents of the tree in the segment of `m`, which is
 * number `segment` of the snapshot, to `best` with their scores, as far as
 * they can be kept.  Segments come in ascending order.  Returns how many
 * there are if `count` says so, else any number. */
uint64_t plan_match(const struct plan *p, const struct query *tree,
                    uint32_t segment, struct matching *m, struct best *best,
                    bool count);

#endif
