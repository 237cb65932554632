/* cursor_set.c -- documents that were found beforehand: a list that is looked
 * through by doubling steps, and halves of the last (Bentley and Yao 1976).
 */
#include "searcher/match/cursor.h"

struct cursor_set {
    struct cursor base;
    const uint32_t *docs;
    size_t count, at;
};

static void set_seek(struct cursor *c, uint32_t target)
{
    struct cursor_set *s = (struct cursor_set *)c;
    size_t step = 1, low = s->at, high;

    while (low + step < s->count && s->docs[low + step] < target) {
        low += step;
        step *= 2;
    }
    high = low + step < s->count ? low + step : s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (s->docs[middle] < target)
            low = middle + 1;
        else
            high = middle;
    }
    s->at = low;
    c->doc = low < s->count ? s->docs[low] : NO_DOC;
}

static float set_score(struct cursor *c, float sum)
{
    (void)c;
    return sum;
}

static const struct cursor_ops SET = {
    set_seek, set_score, NULL
};

struct cursor *cursor_set(struct matching *m, const uint32_t *docs,
                          size_t count)
{
    struct cursor_set *s = arena_alloc(m->arena, sizeof(*s));

    *s = (struct cursor_set){
        { count ? docs[0] : NO_DOC, (uint32_t)count, &SET, false },
        docs, count, 0 };
    return &s->base;
}
