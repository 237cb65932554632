/* top.c -- the k best of what is offered, as a heap whose top is the worst
 * that is kept: what is not better than it need not be looked at.
 *
 *   k = 3, offered 5 9 2 7:   [2 9 5]  ->  7 replaces 2  ->  [5 9 7]
 */
#include "searcher/collect/top.h"

#include <stdlib.h>

static bool is_better(const struct top_item *a, const struct top_item *b)
{
    return a->rank != b->rank ? a->rank > b->rank : a->doc < b->doc;
}

void top_init(struct top *t, size_t k, struct arena *arena)
{
    t->heap = arena_alloc(arena, k * sizeof(*t->heap));
    t->count = 0;
    t->k = k;
}

bool top_takes(const struct top *t, int64_t rank, uint32_t doc)
{
    struct top_item item = { rank, doc, 0.0f };

    return t->count < t->k || (t->k && is_better(&item, &t->heap[0]));
}

static void sift_up(struct top *t, size_t at)
{
    struct top_item moved = t->heap[at];

    for (; at && is_better(&t->heap[(at - 1) / 2], &moved);
         at = (at - 1) / 2)
        t->heap[at] = t->heap[(at - 1) / 2];
    t->heap[at] = moved;
}

static void sift_down(struct top *t)
{
    struct top_item moved = t->heap[0];
    size_t at = 0, child;

    while ((child = 2 * at + 1) < t->count) {
        child += child + 1 < t->count
              && is_better(&t->heap[child], &t->heap[child + 1]);
        if (!is_better(&moved, &t->heap[child]))
            break;
        t->heap[at] = t->heap[child];
        at = child;
    }
    t->heap[at] = moved;
}

void top_offer(struct top *t, int64_t rank, uint32_t doc, float score)
{
    if (!top_takes(t, rank, doc))
        return;
    if (t->count < t->k) {
        t->heap[t->count] = (struct top_item){ rank, doc, score };
        sift_up(t, t->count++);
    } else {
        t->heap[0] = (struct top_item){ rank, doc, score };
        sift_down(t);
    }
}

static int item_order(const void *a, const void *b)
{
    return is_better(a, b) ? -1 : is_better(b, a);
}

void top_finish(struct top *t)
{
    if (t->count)
        qsort(t->heap, t->count, sizeof(*t->heap), item_order);
}

int64_t top_rank_newest(int64_t date)
{
    return date;
}

int64_t top_rank_oldest(int64_t date)
{
    return date == INT64_MIN ? INT64_MIN : -date;
}
