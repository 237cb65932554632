/* cursor_group.c -- several stems as one word.
 *
 * The stems' postings are a heap with the earliest document on top; those
 * that stand on the same document hang together from the top down, so that
 * what the word has there is found without looking at the others.
 *
 *            [7]             document 7: the top and its left child;
 *         [7]   [12]         12 and what is below it is not looked at
 *       [9] [8]
 *
 * Frequencies are whole numbers, so their order does not matter.
 */
#include "searcher/match/cursor.h"

#include <stdlib.h>

struct cursor_group {
    struct cursor base;
    struct matching *matching;
    float weight;
    size_t count;
    struct postings **heap;
};

static void sift_down(struct cursor_group *g, size_t at)
{
    struct postings *moved = g->heap[at];
    size_t child;

    while ((child = 2 * at + 1) < g->count) {
        child += child + 1 < g->count
              && g->heap[child + 1]->doc < g->heap[child]->doc;
        if (g->heap[child]->doc >= moved->doc)
            break;
        g->heap[at] = g->heap[child];
        at = child;
    }
    g->heap[at] = moved;
}

static void group_seek(struct cursor *c, uint32_t target)
{
    struct cursor_group *g = (struct cursor_group *)c;

    while (g->heap[0]->doc < target) {
        postings_seek(g->heap[0], target);
        sift_down(g, 0);
    }
    c->doc = g->heap[0]->doc;
}

static uint64_t sum_freqs(struct cursor_group *g, size_t at)
{
    if (at >= g->count || g->heap[at]->doc != g->base.doc)
        return 0;
    return postings_freq(g->heap[at]) + sum_freqs(g, 2 * at + 1)
        + sum_freqs(g, 2 * at + 2);
}

static uint32_t group_freq(struct cursor *c)
{
    uint64_t sum = sum_freqs((struct cursor_group *)c, 0);

    return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

static float group_score(struct cursor *c, float sum)
{
    struct cursor_group *g = (struct cursor_group *)c;

    return matching_score(g->matching, g->weight, c->doc, group_freq(c),
                          sum);
}

static bool put_positions(struct cursor_group *g, size_t at,
                          struct buffer *out, uint32_t *title)
{
    uint32_t here = 0;

    if (at >= g->count || g->heap[at]->doc != g->base.doc)
        return true;
    if (!postings_positions(g->heap[at], out, &here))
        return false;
    *title += here;
    return put_positions(g, 2 * at + 1, out, title)
        && put_positions(g, 2 * at + 2, out, title);
}

static int position_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static bool group_positions(struct cursor *c, struct buffer *out,
                            uint32_t *title)
{
    size_t start = out->len;

    *title = 0;
    if (!put_positions((struct cursor_group *)c, 0, out, title))
        return false;
    if (out->len > start)
        qsort(out->data + start, (out->len - start) / sizeof(uint32_t),
              sizeof(uint32_t), position_order);
    return true;
}

static const struct cursor_ops GROUP = {
    group_seek, group_score, group_freq, group_positions
};

struct cursor *cursor_group(struct matching *m, const struct stem *stems,
                            size_t count, float weight)
{
    struct cursor_group *g = arena_alloc(m->arena, sizeof(*g));
    struct postings *postings =
        arena_alloc(m->arena, count * sizeof(*postings));
    uint64_t cost = 0;

    g->matching = m;
    g->weight = weight;
    g->count = count;
    g->heap = arena_alloc(m->arena, count * sizeof(struct postings *));
    for (size_t i = 0; i < count; i++) {
        segment_postings(m->segment, &stems[i], &postings[i]);
        g->heap[i] = &postings[i];
        cost += stems[i].df;
    }
    for (size_t i = count / 2; i-- > 0;)
        sift_down(g, i);
    g->base = (struct cursor){
        g->heap[0]->doc,
        cost < m->segment->doc_count ? (uint32_t)cost : m->segment->doc_count,
        &GROUP
    };
    return &g->base;
}
