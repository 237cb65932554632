/* cursor_title.c -- the documents that have a word in their title.
 *
 * Positions say how many occurrences are in the title; they are read for
 * every document that has the word at all.
 */
#include "searcher/match/cursor.h"

struct cursor_title {
    struct cursor base;
    struct matching *matching;
    struct cursor *word;
    float weight;
    uint32_t tf;                /* in the document it stands on */
};

static uint32_t count_here(struct cursor_title *t)
{
    struct buffer *found = &t->matching->found;
    uint32_t title = 0;

    buffer_clear(found);
    return t->word->ops->positions(t->word, found, &title) ? title : 0;
}

/* From where the word stands to where it is in the title. */
static void settle(struct cursor_title *t)
{
    uint32_t doc = t->word->doc;

    while (doc != NO_DOC && (t->tf = count_here(t)) == 0)
        doc = cursor_seek(t->word, doc + 1);
    t->base.doc = doc;
}

static void title_seek(struct cursor *c, uint32_t target)
{
    struct cursor_title *t = (struct cursor_title *)c;

    cursor_seek(t->word, target);
    settle(t);
}

static uint32_t title_freq(struct cursor *c)
{
    return ((struct cursor_title *)c)->tf;
}

static float title_score(struct cursor *c, float sum)
{
    struct cursor_title *t = (struct cursor_title *)c;

    return matching_score(t->matching, t->weight, c->doc, t->tf, sum);
}

static const struct cursor_ops TITLE = {
    title_seek, title_score, title_freq, NULL
};

struct cursor *cursor_title(struct matching *m, struct cursor *word,
                            float weight)
{
    struct cursor_title *t = arena_alloc(m->arena, sizeof(*t));

    t->base = (struct cursor){ word->doc, word->cost, &TITLE };
    t->matching = m;
    t->word = word;
    t->weight = weight;
    t->tf = 0;
    settle(t);
    return &t->base;
}
