/* cursor_and.c -- the documents of all parts.
 *
 * The rarest part leads; each document it offers is asked of the next ones,
 * and the first that is further away says where to go on.  Two parts ordered
 * by cost, and where each stands:
 *
 *   rare     5 ------> 90 ---------> 204      target   5  17  90 ... 204
 *   common      17 ------> 95 -----> 204
 *
 * Scores are added in the order of the query, not of the cost.  A part that is
 * optional has no say in where to go; it is asked when there is a score.
 */
#include "searcher/match/cursor.h"

struct cursor_and {
    struct cursor base;
    struct cursor **parts;      /* in the order of the query */
    struct cursor **ordered;    /* the required, the rarest first */
    size_t count, required;
};

static void and_seek(struct cursor *c, uint32_t target)
{
    struct cursor_and *and = (struct cursor_and *)c;
    size_t agreed = 0;

    while (agreed < and->required) {
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
        if (!and->parts[i]->optional
            || cursor_seek(and->parts[i], c->doc) == c->doc)
            sum = cursor_score(and->parts[i], sum);
    return sum;
}

static const struct cursor_ops AND = { and_seek, and_score, NULL };

static void order_parts(struct cursor_and *and)
{
    for (size_t i = 0; i < and->count; i++) {
        struct cursor *part = and->parts[i];
        size_t at = and->required;

        if (part->optional)
            continue;
        for (; at && and->ordered[at - 1]->cost > part->cost; at--)
            and->ordered[at] = and->ordered[at - 1];
        and->ordered[at] = part;
        and->required++;
    }
}

struct cursor *cursor_and(struct matching *m, struct cursor **parts,
                          size_t count)
{
    struct cursor_and *and = arena_alloc(m->arena, sizeof(*and));

    and->parts = parts;
    and->count = count;
    and->required = 0;
    and->ordered = arena_alloc(m->arena, count * sizeof(*and->ordered));
    order_parts(and);
    and->base = (struct cursor){ 0, and->ordered[0]->cost, &AND, false };
    and_seek(&and->base, 0);
    return &and->base;
}
