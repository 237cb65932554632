/* cursor_none.c -- no document at all: a word that this segment has not. */
#include "searcher/match/cursor.h"

static void none_seek(struct cursor *c, uint32_t target)
{
    (void)target;
    c->doc = NO_DOC;
}

static float none_score(struct cursor *c, float sum)
{
    (void)c;
    return sum;
}

static uint32_t none_freq(struct cursor *c)
{
    (void)c;
    return 0;
}

static const struct cursor_ops NONE = {
    none_seek, none_score, none_freq
};

struct cursor *cursor_none(struct matching *m)
{
    struct cursor *c = arena_alloc(m->arena, sizeof(*c));

    *c = (struct cursor){ NO_DOC, 0, &NONE, false };
    return c;
}
