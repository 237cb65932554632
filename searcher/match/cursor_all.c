/* cursor_all.c -- every document. */
#include "searcher/match/cursor.h"

struct cursor_all {
    struct cursor base;
    uint32_t count;
};

static void all_seek(struct cursor *c, uint32_t target)
{
    c->doc = target < ((struct cursor_all *)c)->count ? target : NO_DOC;
}

static float all_score(struct cursor *c, float sum)
{
    (void)c;
    return sum;
}

static const struct cursor_ops ALL = { all_seek, all_score, NULL };

struct cursor *cursor_all(struct matching *m)
{
    struct cursor_all *all = arena_alloc(m->arena, sizeof(*all));

    all->count = m->segment->doc_count;
    all->base = (struct cursor){ 0, all->count, &ALL, false };
    all_seek(&all->base, 0);
    return &all->base;
}
