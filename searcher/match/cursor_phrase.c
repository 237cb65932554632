/* cursor_phrase.c -- words at consecutive positions.
 *
 * An AND of the words finds the documents; there, the places where the
 * phrase could begin are those of its rarest word, moved back by its number
 * in the phrase, and each other word crosses out where it is not.
 *
 *   "central asia"    asia     at  8 20 41   begins at  7 19 40
 *                     central  at  7 33 40   left       7    40
 *   a paragraph begins at 41                 left       7
 */
#include "searcher/match/cursor.h"

struct cursor_phrase {
    struct cursor base;
    struct matching *matching;
    struct cursor *all;         /* the AND of the words */
    struct cursor **words;      /* the rarest first */
    uint32_t *offsets;          /* of each in the phrase */
    uint32_t count;
    bool title;
    float weight;
    uint32_t tf;                /* in the document it stands on */
};

static uint32_t *numbers_of(const struct buffer *b, size_t *count)
{
    *count = b->len / sizeof(uint32_t);
    return (uint32_t *)(void *)b->data;
}

/* Where the phrase could begin, from the places of one word. */
static void shift(struct buffer *b, uint32_t offset)
{
    size_t count, kept = 0;
    uint32_t *at = numbers_of(b, &count);

    for (size_t i = 0; i < count; i++)
        if (at[i] >= offset)
            at[kept++] = at[i] - offset;
    b->len = kept * sizeof(uint32_t);
}

/* Keeps the starts that the places of another word agree with. */
static void intersect(struct buffer *b, const struct buffer *other,
                      uint32_t offset)
{
    size_t starts, places, kept = 0, j = 0;
    uint32_t *start = numbers_of(b, &starts);
    const uint32_t *place = numbers_of(other, &places);

    for (size_t i = 0; i < starts; i++) {
        while (j < places && place[j] < start[i] + offset)
            j++;
        if (j < places && place[j] == start[i] + offset)
            start[kept++] = start[i];
    }
    b->len = kept * sizeof(uint32_t);
}

/* Where the words stand one behind the other; empty on damage. */
static void find_starts(struct cursor_phrase *p)
{
    struct buffer *starts = &p->matching->starts;
    struct buffer *found = &p->matching->found;
    uint32_t title;

    buffer_clear(starts);
    if (!p->words[0]->ops->positions(p->words[0], starts, &title))
        buffer_clear(starts);
    shift(starts, p->offsets[0]);
    for (uint32_t i = 1; i < p->count && starts->len; i++) {
        buffer_clear(found);
        if (!p->words[i]->ops->positions(p->words[i], found, &title))
            buffer_clear(found);
        intersect(starts, found, p->offsets[i]);
    }
}

/* Whether a part of the document begins behind `start`, up to `last`. */
static bool is_cut(const struct bounds *b, uint32_t start, uint32_t last)
{
    uint32_t body = b->title_len + b->lead_len;
    size_t low = 0, high = b->count;

    if ((start < b->title_len && b->title_len <= last)
        || (start < body && body <= last))
        return true;
    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (b->sentences[middle] <= start)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < b->count && b->sentences[low] <= last; low++)
        if (b->paragraph[low])
            return true;
    return false;
}

static uint32_t count_here(struct cursor_phrase *p)
{
    struct segment *segment = p->matching->segment;
    uint32_t once = p->title ? 1 : segment->terms.title_weight;
    uint64_t tf = 0;
    struct bounds bounds;
    size_t count;
    const uint32_t *start;

    find_starts(p);
    start = numbers_of(&p->matching->starts, &count);
    if (!count || !bounds_get(&segment->bounds, p->all->doc, &bounds))
        return 0;
    for (size_t i = 0; i < count; i++) {
        bool in_title = start[i] < bounds.title_len;

        if ((p->title && !in_title)
            || is_cut(&bounds, start[i], start[i] + p->count - 1))
            continue;
        tf += in_title ? once : 1;
    }
    return tf < UINT32_MAX ? (uint32_t)tf : UINT32_MAX;
}

/* From where all words are to where they are the phrase. */
static void settle(struct cursor_phrase *p)
{
    uint32_t doc = p->all->doc;

    while (doc != NO_DOC && (p->tf = count_here(p)) == 0)
        doc = cursor_seek(p->all, doc + 1);
    p->base.doc = doc;
}

static void phrase_seek(struct cursor *c, uint32_t target)
{
    struct cursor_phrase *p = (struct cursor_phrase *)c;

    cursor_seek(p->all, target);
    settle(p);
}

static uint32_t phrase_freq(struct cursor *c)
{
    return ((struct cursor_phrase *)c)->tf;
}

static float phrase_score(struct cursor *c, float sum)
{
    struct cursor_phrase *p = (struct cursor_phrase *)c;

    return matching_score(p->matching, p->weight, c->doc, p->tf, sum);
}

static const struct cursor_ops PHRASE = {
    phrase_seek, phrase_score, phrase_freq, NULL
};

/* The words in the order of their cost, each with its place. */
static void order_words(struct cursor_phrase *p, struct cursor **words)
{
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t at = i;

        for (; at && p->words[at - 1]->cost > words[i]->cost; at--) {
            p->words[at] = p->words[at - 1];
            p->offsets[at] = p->offsets[at - 1];
        }
        p->words[at] = words[i];
        p->offsets[at] = i;
    }
}

struct cursor *cursor_phrase(struct matching *m, struct cursor **words,
                             size_t count, bool title, float weight)
{
    struct cursor_phrase *p = arena_calloc(m->arena, 1, sizeof(*p));

    p->matching = m;
    p->all = cursor_and(m, words, count);
    p->words = arena_alloc(m->arena, count * sizeof(*p->words));
    p->offsets = arena_alloc(m->arena, count * sizeof(*p->offsets));
    p->count = (uint32_t)count;
    p->title = title;
    p->weight = weight;
    order_words(p, words);
    p->base = (struct cursor){ p->all->doc, p->all->cost, &PHRASE };
    settle(p);
    return &p->base;
}
