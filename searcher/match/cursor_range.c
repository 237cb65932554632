/* cursor_range.c -- the documents published in a stretch of time, by a look
 * at the column of dates.  Undated documents are in no stretch.
 */
#include "searcher/match/cursor.h"

struct cursor_range {
    struct cursor base;
    struct docvalues *values;
    int64_t from, to;
};

static bool is_inside(struct cursor_range *r, uint32_t doc)
{
    int64_t date = (int64_t)docvalues_get(r->values, COLUMN_PUBLISHED, doc);

    return date != FORMAT_UNDATED && date >= r->from && date < r->to;
}

static void range_seek(struct cursor *c, uint32_t target)
{
    struct cursor_range *r = (struct cursor_range *)c;

    while (target < r->values->count && !is_inside(r, target))
        target++;
    c->doc = target < r->values->count ? target : NO_DOC;
}

static float range_score(struct cursor *c, float sum)
{
    (void)c;
    return sum;
}

static const struct cursor_ops RANGE = {
    range_seek, range_score, NULL
};

struct cursor *cursor_range(struct matching *m, int64_t from, int64_t to)
{
    struct cursor_range *r = arena_alloc(m->arena, sizeof(*r));

    r->values = &m->segment->values;
    r->from = from;
    r->to = to;
    r->base = (struct cursor){ 0, r->values->count, &RANGE, false };
    range_seek(&r->base, 0);
    return &r->base;
}
