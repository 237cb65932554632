/* cursor_not.c -- what is required, without what is excluded. */
#include "searcher/match/cursor.h"

struct cursor_not {
    struct cursor base;
    struct cursor *required, *excluded;
};

static void not_seek(struct cursor *c, uint32_t target)
{
    struct cursor_not *not = (struct cursor_not *)c;
    uint32_t doc = cursor_seek(not->required, target);

    while (doc != NO_DOC && cursor_seek(not->excluded, doc) == doc)
        doc = cursor_seek(not->required, doc + 1);
    c->doc = doc;
}

static float not_score(struct cursor *c, float sum)
{
    return cursor_score(((struct cursor_not *)c)->required, sum);
}

static const struct cursor_ops NOT = { not_seek, not_score, NULL };

struct cursor *cursor_not(struct matching *m, struct cursor *required,
                          struct cursor *excluded)
{
    struct cursor_not *not = arena_alloc(m->arena, sizeof(*not));

    not->required = required;
    not->excluded = excluded;
    not->base = (struct cursor){ 0, required->cost, &NOT, false };
    not_seek(&not->base, 0);
    return &not->base;
}
