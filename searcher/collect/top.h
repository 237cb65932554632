/* top.h -- the k best of what is offered.
 *
 * It knows neither scores nor dates: a rank is a number, the higher the
 * better, and of two equal ones the earlier document is better.
 */
#ifndef LEDE_COLLECT_TOP_H
#define LEDE_COLLECT_TOP_H

#include "common/base/arena.h"

struct top_item {
    int64_t rank;
    uint32_t doc;
    float score;                /* kept for the one who asks */
};

struct top {
    struct top_item *heap;      /* the worst on top */
    size_t count, k;
};

/* Room for the k best, in the arena. */
void top_init(struct top *t, size_t k, struct arena *arena);

/* Whether it would be kept. */
bool top_takes(const struct top *t, int64_t rank, uint32_t doc);

void top_offer(struct top *t, int64_t rank, uint32_t doc, float score);

/* Puts the items in order, the best first, into heap[0 .. count). */
void top_finish(struct top *t);

/* Ranks of a date in seconds, newest or oldest first and INT64_MIN, undated,
 * always last. */
int64_t top_rank_newest(int64_t date);
int64_t top_rank_oldest(int64_t date);

#endif
