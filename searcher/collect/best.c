/* best.c -- the k best documents by score.
 *
 * Up to 64 of them are a heap with the worst on top.  More are a flat buffer
 * of twice as many, of which the better half is selected when it is full
 * (Hoare's FIND, 1961): a document then costs a store and, spread over k of
 * them, one more look, where a heap would take log k steps.
 *
 *   k = 3   kept 9 7 5 | 8 2 6   full: select   9 8 7 | . . .   floor 7
 */
#include "searcher/collect/best.h"

#include <math.h>
#include <stdlib.h>

enum { HEAP_MAX = 64, SORTED_BY_HAND = 16 };

void best_init(struct best *b, size_t k, struct arena *arena)
{
    *b = (struct best){ .k = k, .limit = -1.0f };
    b->keys = arena_alloc(arena, (k > HEAP_MAX ? 2 * k : k)
                          * sizeof(*b->keys));
    if (k == 0) {
        b->limit = INFINITY;
        b->floor = UINT64_MAX;
    }
}

void best_expect(struct best *b, float score)
{
    /* All documents with this very score still compete. */
    float below = score > 0.0f ? nextafterf(score, 0.0f) : 0.0f;

    if (b->k == 0 || below <= b->limit || below == 0.0f)
        return;
    b->limit = below;
    b->floor = best_key(0, below);
}

static void raise_floor(struct best *b, uint64_t key)
{
    if (key <= b->floor)
        return;
    b->floor = key;
    b->limit = best_score(key);
}

/* --- A heap, the worst on top ------------------------------------------- */

static void sift_up(uint64_t *keys, size_t at, uint64_t key)
{
    for (; at && keys[(at - 1) / 2] > key; at = (at - 1) / 2)
        keys[at] = keys[(at - 1) / 2];
    keys[at] = key;
}

static void sift_down(uint64_t *keys, size_t count, uint64_t key)
{
    size_t at = 0, child;

    while ((child = 2 * at + 1) < count) {
        child += child + 1 < count && keys[child + 1] < keys[child];
        if (key <= keys[child])
            break;
        keys[at] = keys[child];
        at = child;
    }
    keys[at] = key;
}

static void heap_keep(struct best *b, uint64_t key)
{
    if (b->count < b->k)
        sift_up(b->keys, b->count++, key);
    else
        sift_down(b->keys, b->count, key);
    if (b->count == b->k)
        raise_floor(b, b->keys[0]);
}

/* --- A flat buffer ------------------------------------------------------ */

static uint64_t middle_of_three(uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t low = a < b ? a : b, high = a < b ? b : a;

    return c < low ? low : c > high ? high : c;
}

/* Splits so that [0, place) are above `pivot` and the rest are not; keys are
 * all different, and one is the pivot. */
static size_t split(uint64_t *keys, size_t count, uint64_t pivot)
{
    size_t place = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t key = keys[i];

        keys[i] = keys[place];
        keys[place] = key;
        place += key > pivot;
    }
    return place;
}

/* The `want` largest come first, in any order. */
static void select_best(uint64_t *keys, size_t count, size_t want)
{
    while (want < count && want) {
        uint64_t pivot = middle_of_three(keys[0], keys[count / 2],
                                         keys[count - 1]);
        size_t above = split(keys, count, pivot);

        if (above >= want) {
            count = above;
            continue;
        }
        /* The pivot is the best of the rest: it comes next. */
        for (size_t i = above; keys[above] != pivot; i++)
            if (keys[i] == pivot) {
                keys[i] = keys[above];
                keys[above] = pivot;
            }
        keys += above + 1;
        count -= above + 1;
        want -= above + 1;
    }
}

static uint64_t least_of(const uint64_t *keys, size_t count)
{
    uint64_t least = UINT64_MAX;

    for (size_t i = 0; i < count; i++)
        least = keys[i] < least ? keys[i] : least;
    return least;
}

static void flat_keep(struct best *b, uint64_t key)
{
    b->keys[b->count++] = key;
    if (b->count == b->k) {
        raise_floor(b, least_of(b->keys, b->k));
    } else if (b->count == 2 * b->k) {
        select_best(b->keys, b->count, b->k);
        b->count = b->k;
        raise_floor(b, least_of(b->keys, b->k));
    }
}

void best_keep(struct best *b, uint64_t key)
{
    if (b->k > HEAP_MAX)
        flat_keep(b, key);
    else if (b->k)
        heap_keep(b, key);
}

/* --- In order ----------------------------------------------------------- */

static void sort_few(uint64_t *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        uint64_t key = keys[i];
        size_t at = i;

        for (; at && keys[at - 1] < key; at--)
            keys[at] = keys[at - 1];
        keys[at] = key;
    }
}

static int key_order(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x < y) - (x > y);
}

/* Quicksort; what does not get smaller fast enough goes to the library. */
static void sort_keys(uint64_t *keys, size_t count, unsigned depth)
{
    while (count > SORTED_BY_HAND) {
        uint64_t pivot = middle_of_three(keys[0], keys[count / 2],
                                         keys[count - 1]);
        size_t above;

        if (depth-- == 0) {
            qsort(keys, count, sizeof(*keys), key_order);
            return;
        }
        /* Not below the pivot, which is among them. */
        above = split(keys, count, pivot - 1);
        sort_keys(keys + above, count - above, depth);
        count = above;
    }
    sort_few(keys, count);
}

void best_finish(struct best *b)
{
    if (b->count > b->k) {
        select_best(b->keys, b->count, b->k);
        b->count = b->k;
    }
    sort_keys(b->keys, b->count, 40);
}
