/* cursor_and.c -- the documents of all parts.
 *
 * The rarest part leads; each document it offers is asked of the next ones,
 * and the first that is further away says where to go on.  Two parts ordered
 * by cost, and where each stands:
 *
 *   rare     5 ------> 90 ---------> 204      target   5  17  90 ... 204
 *   common      17 ------> 95 -----> 204
 *
 * Scores are added in the order of the query, not of the cost.
 */
#include "searcher/match/cursor.h"

struct cursor_and {
    struct cursor base;
    struct cursor **parts;      /* in the order of the query */
    struct cursor **ordered;    /* the rarest first */
    size_t count;
};

static void and_seek(struct cursor *c, uint32_t target)
{
    struct cursor_and *and = (struct cursor_and *)c;
    size_t agreed = 0;

    while (agreed < and->count) {
        uint32_t doc = cursor_seek(and->ordered[agreed], target);

        agreed = doc == target ? agreed + 1 : 0;
        target = doc;
    }
    c->doc = target;
}

static float and_score(struct cursor *c, float sum)
{
    struct cursor_and *and = (struct cursor_and *)c;

    for (size_t i = 0; i < and->count; i++)
        sum = cursor_score(and->parts[i], sum);
    return sum;
}

static const struct cursor_ops AND = { and_seek, and_score, NULL };

static void order_parts(struct cursor_and *and)
{
    for (size_t i = 0; i < and->count; i++) {
        size_t at = i;

        for (; at && and->ordered[at - 1]->cost > and->parts[i]->cost; at--)
            and->ordered[at] = and->ordered[at - 1];
        and->ordered[at] = and->parts[i];
    }
}

struct cursor *cursor_and(struct matching *m, struct cursor **parts,
                          size_t count)
{
    struct cursor_and *and = arena_alloc(m->arena, sizeof(*and));

    and->parts = parts;
    and->count = count;
    and->ordered = arena_alloc(m->arena, count * sizeof(*and->ordered));
    order_parts(and);
    and->base = (struct cursor){ 0, and->ordered[0]->cost, &AND };
    and_seek(&and->base, 0);
    return &and->base;
}
