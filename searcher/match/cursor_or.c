/* cursor_or.c -- the documents of any part: the earliest on which one of
 * them stands.  Scores are added in the order of the query, so the parts
 * stay in it, and each step looks at all of them.
 */
#include "searcher/match/cursor.h"

struct cursor_or {
    struct cursor base;
    struct cursor **parts;
    size_t count;
};

static void or_seek(struct cursor *c, uint32_t target)
{
    struct cursor_or *or = (struct cursor_or *)c;
    uint32_t first = NO_DOC;

    for (size_t i = 0; i < or->count; i++) {
        uint32_t doc = cursor_seek(or->parts[i], target);

        first = doc < first ? doc : first;
    }
    c->doc = first;
}

static float or_score(struct cursor *c, float sum)
{
    struct cursor_or *or = (struct cursor_or *)c;

    for (size_t i = 0; i < or->count; i++)
        if (or->parts[i]->doc == c->doc)
            sum = cursor_score(or->parts[i], sum);
    return sum;
}

static const struct cursor_ops OR = { or_seek, or_score, NULL };

struct cursor *cursor_or(struct matching *m, struct cursor **parts,
                         size_t count)
{
    struct cursor_or *or = arena_alloc(m->arena, sizeof(*or));
    uint64_t cost = 0;

    or->parts = parts;
    or->count = count;
    for (size_t i = 0; i < count; i++)
        cost += parts[i]->cost;
    or->base = (struct cursor){
        0, cost < m->segment->doc_count ? (uint32_t)cost
                                        : m->segment->doc_count, &OR, false
    };
    or_seek(&or->base, 0);
    return &or->base;
}
