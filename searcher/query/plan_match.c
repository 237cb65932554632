/* plan_match.c -- which algorithm finds the documents of a tree.
 *
 *   one word, any word     k best: bulk_any     how many: bulk_count_any
 *   every other tree       a cursor, walked from end to end: both at once
 *
 * The k best and their number are two questions: the best are found by
 * skipping what cannot be among them, and counting needs no scores, so both
 * together take less than scoring everything.
 */
#include "searcher/query/plan_match.h"

#include "searcher/match/bulk.h"

/* A tree that a kernel can take: its words, in the order of the query. */
struct shape {
    struct bulk_word *words;
    size_t count;
};

static bool is_word(const struct query *q)
{
    return q->kind == QUERY_WORD && !q->title;
}

static struct bulk_word word_of(const struct plan *p, const struct query *q,
                                uint32_t segment)
{
    const struct plan_group *g = plan_group(p, &q->words[0]);

    return (struct bulk_word){ g->segments[segment].stems,
                               g->segments[segment].count,
                               plan_idf(p, q) * q->boost };
}

/* A word, or words joined by OR; false: something else. */
static bool take_any(struct shape *s, const struct plan *p,
                     const struct query *q, uint32_t segment)
{
    if (!is_word(q) && q->kind != QUERY_OR)
        return false;
    s->count = is_word(q) ? 1 : q->count;
    for (size_t i = 0; !is_word(q) && i < q->count; i++)
        if (!is_word(q->parts[i]))
            return false;
    s->words = arena_alloc(p->arena, s->count * sizeof(*s->words));
    for (size_t i = 0; i < s->count; i++)
        s->words[i] = word_of(p, is_word(q) ? q : q->parts[i], segment);
    return true;
}

/* Every live document of the cursor. */
static uint64_t walk(struct cursor *c, struct matching *m, struct best *best)
{
    struct segment *segment = m->segment;
    uint64_t total = 0;

    for (; c->doc != NO_DOC; cursor_seek(c, c->doc + 1)) {
        if (!live_has(&segment->live, c->doc))
            continue;
        total++;
        if (best->k)
            best_offer(best, segment->base + c->doc, cursor_score(c, 0.0f));
    }
    return total;
}

uint64_t plan_match(const struct plan *p, const struct query *tree,
                    uint32_t segment, struct matching *m, struct best *best,
                    bool count)
{
    struct shape shape;

    if (!take_any(&shape, p, tree, segment))
        return walk(plan_root(p, tree, segment, m), m, best);
    if (best->k)
        bulk_any(m, best, shape.words, shape.count);
    return count ? bulk_count_any(m, shape.words, shape.count) : 0;
}
