/* cursor_term.c -- the documents of one stem, straight from its postings. */
#include "searcher/match/cursor.h"

struct cursor_term {
    struct cursor base;
    struct matching *matching;
    float weight;
    struct postings postings;
};

static void term_seek(struct cursor *c, uint32_t target)
{
    struct cursor_term *term = (struct cursor_term *)c;

    c->doc = c->doc + 1 == target ? postings_next(&term->postings)
                                  : postings_seek(&term->postings, target);
}

static uint32_t term_freq(struct cursor *c)
{
    return postings_freq(&((struct cursor_term *)c)->postings);
}

static float term_score(struct cursor *c, float sum)
{
    struct cursor_term *term = (struct cursor_term *)c;

    return matching_score(term->matching, term->weight, c->doc,
                          postings_freq(&term->postings), sum);
}

static bool term_positions(struct cursor *c, struct buffer *out,
                           uint32_t *title)
{
    return postings_positions(&((struct cursor_term *)c)->postings, out,
                              title);
}

static float filter_score(struct cursor *c, float sum)
{
    (void)c;
    return sum;
}

static const struct cursor_ops TERM = {
    term_seek, term_score, term_freq, term_positions
};
static const struct cursor_ops FILTER = {
    term_seek, filter_score, term_freq, term_positions
};

struct cursor *cursor_term(struct matching *m, const struct stem *stem,
                           float weight)
{
    struct cursor_term *term = arena_alloc(m->arena, sizeof(*term));

    segment_postings(m->segment, stem, &term->postings);
    term->matching = m;
    term->weight = weight;
    term->base = (struct cursor){
        term->postings.doc, stem->df, weight > 0.0f ? &TERM : &FILTER
    };
    return &term->base;
}
