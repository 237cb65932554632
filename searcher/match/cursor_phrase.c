/* cursor_phrase.c -- words at consecutive positions, and words in the title:
 * the documents that have all of the words, asked one by one for where they
 * are (phrase.c).
 *
 * The rarest word leads; the first of the others that is further away says
 * where to go on.
 */
#include "searcher/match/phrase.h"

struct cursor_phrase {
    struct cursor base;
    struct phrase phrase;
    struct stream **ordered;    /* the rarest first */
    float weight;
    uint32_t tf;                /* in the document it stands on */
};

/* The first document >= target that all words have. */
static uint32_t find_all(struct cursor_phrase *p, uint32_t target)
{
    size_t agreed = 0;

    while (agreed < p->phrase.count) {
        uint32_t doc = stream_seek(p->ordered[agreed], target);

        agreed = doc == target ? agreed + 1 : 0;
        if (doc == NO_DOC)
            return NO_DOC;
        target = doc;
    }
    return target;
}

static void phrase_seek(struct cursor *c, uint32_t target)
{
    struct cursor_phrase *p = (struct cursor_phrase *)c;
    uint32_t doc = find_all(p, target);

    while (doc != NO_DOC && (p->tf = phrase_freq(&p->phrase, doc)) == 0)
        doc = find_all(p, doc + 1);
    c->doc = doc;
}

static uint32_t freq(struct cursor *c)
{
    return ((struct cursor_phrase *)c)->tf;
}

static float score(struct cursor *c, float sum)
{
    struct cursor_phrase *p = (struct cursor_phrase *)c;

    return matching_score(p->phrase.m, p->weight, c->doc, p->tf, sum);
}

static const struct cursor_ops PHRASE = { phrase_seek, score, freq };

struct cursor *cursor_phrase(struct matching *m, const struct word *words,
                             size_t count, bool title, float weight)
{
    struct cursor_phrase *p = arena_calloc(m->arena, 1, sizeof(*p));
    struct stream *streams = arena_alloc(m->arena, count * sizeof(*streams));
    struct stream **all = arena_alloc(m->arena, count * sizeof(*all));

    p->ordered = arena_alloc(m->arena, count * sizeof(*p->ordered));
    for (size_t i = 0; i < count; i++) {
        size_t at = i;

        stream_init(&streams[i], m, words[i]);
        all[i] = &streams[i];
        for (; at && p->ordered[at - 1]->df > streams[i].df; at--)
            p->ordered[at] = p->ordered[at - 1];
        p->ordered[at] = &streams[i];
    }
    phrase_init(&p->phrase, m, all, count, title);
    p->weight = weight;
    p->base = (struct cursor){ 0, p->ordered[0]->df, &PHRASE, false };
    phrase_seek(&p->base, 0);
    return &p->base;
}
