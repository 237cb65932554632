/* phrase.c -- how often words stand in a row in one document.
 *
 * The places where the phrase could begin are those of the word that is
 * there least often, moved back by its number in the phrase, and each other
 * word, the next rarest first, crosses out where it is not.
 *
 *   "central asia"    asia     at  8 20 41   begins at  7 19 40
 *                     central  at  7 33 40   left       7    40
 *   a paragraph begins at 41                 left       7
 */
#include "searcher/match/phrase.h"

void phrase_init(struct phrase *p, struct matching *m, struct stream **words,
                 size_t count, bool title)
{
    *p = (struct phrase){ m, words, count, title, NULL };
    p->order = arena_alloc(m->arena, count * sizeof(*p->order));
}

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

/* Only in the title, there is nothing to look for behind what a word has in
 * it. */
static void cut_to_title(struct buffer *b, uint32_t title)
{
    if (b->len > title * sizeof(uint32_t))
        b->len = title * sizeof(uint32_t);
}

static uint32_t freq_of(struct stream *s)
{
    return stream_freqs(s)[s->at];
}

static void order_words(struct phrase *p)
{
    for (uint32_t i = 0; i < p->count; i++) {
        uint32_t freq = freq_of(p->words[i]), at = i;

        for (; at && freq_of(p->words[p->order[at - 1]]) > freq; at--)
            p->order[at] = p->order[at - 1];
        p->order[at] = i;
    }
}

/* Where the words stand one behind the other; none on damage. */
static uint32_t *find_starts(struct phrase *p, uint32_t doc, size_t *count)
{
    struct buffer *starts = &p->m->starts, *found = &p->m->found;
    uint32_t title;

    order_words(p);
    buffer_clear(starts);
    if (!stream_positions(p->words[p->order[0]], doc, starts, &title))
        buffer_clear(starts);
    if (p->title)
        cut_to_title(starts, title);
    shift(starts, p->order[0]);
    for (size_t i = 1; i < p->count && starts->len; i++) {
        buffer_clear(found);
        if (!stream_positions(p->words[p->order[i]], doc, found, &title))
            buffer_clear(found);
        intersect(starts, found, p->order[i]);
    }
    return numbers_of(starts, count);
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

/* How often the word is in the title; 0 on damage. */
static uint32_t title_freq(struct phrase *p, uint32_t doc)
{
    uint32_t title = 0;

    buffer_clear(&p->m->found);
    return stream_positions(p->words[0], doc, &p->m->found, &title) ? title
                                                                    : 0;
}

uint32_t phrase_most(const struct phrase *p, uint32_t freq)
{
    uint32_t weight = p->m->segment->terms.title_weight;

    /* An occurrence in the title weighs that much in the frequency. */
    return p->title && weight > 1 ? freq / weight : freq;
}

uint32_t phrase_freq(struct phrase *p, uint32_t doc)
{
    struct segment *segment = p->m->segment;
    uint32_t once = p->title ? 1 : segment->terms.title_weight;
    uint64_t tf = 0;
    struct bounds bounds;
    size_t count;
    const uint32_t *start;

    if (p->count == 1)
        return title_freq(p, doc);
    start = find_starts(p, doc, &count);
    if (!count || !bounds_get(&segment->bounds, doc, &bounds))
        return 0;
    for (size_t i = 0; i < count; i++) {
        bool in_title = start[i] < bounds.title_len;

        if ((p->title && !in_title)
            || is_cut(&bounds, start[i], start[i] + (uint32_t)p->count - 1))
            continue;
        tf += in_title ? once : 1;
    }
    return tf < UINT32_MAX ? (uint32_t)tf : UINT32_MAX;
}
