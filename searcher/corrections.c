/* corrections.c -- quotations whose speaker was corrected by hand.
 *
 *   corrections by key       8f21.. -> Dmitry Peskov     (few)
 *   and by what copies share 77c0.. -> Dmitry Peskov
 *     | every quotation: is its key, or what it shares, among them?
 *   corrected by number      1204 -> Dmitry Peskov, 9001 -> Dmitry Peskov
 *
 * Of one that is named itself and is a copy of another, the first counts.
 */
#include "searcher/corrections.h"

#include <stdlib.h>

struct finding {
    const struct people *people;
    const struct people_correction **by_copies;
    size_t copies_count;
};

static int by_copies(const void *a, const void *b)
{
    const struct people_correction *x =
        *(const struct people_correction *const *)a;
    const struct people_correction *y =
        *(const struct people_correction *const *)b;

    return (x->copies > y->copies) - (x->copies < y->copies);
}

static int by_copies_and_key(const void *a, const void *b)
{
    int order = by_copies(a, b);

    return order ? order
        : people_compare(*(const struct people_correction *const *)a,
                         *(const struct people_correction *const *)b);
}

/* Those that speak for copies, of each the first. */
static void list_copies(struct finding *f, struct arena *arena)
{
    const struct people *p = f->people;
    const struct people_correction **all;
    size_t count = 0;

    all = arena_calloc(arena, p->correction_count, sizeof(*all));
    for (size_t i = 0; i < p->correction_count; i++)
        if (p->corrections[i].copies)
            all[count++] = &p->corrections[i];
    if (count)
        qsort(all, count, sizeof(*all), by_copies_and_key);
    for (size_t i = 0; i < count; i++)
        if (!f->copies_count ||
            all[f->copies_count - 1]->copies != all[i]->copies)
            all[f->copies_count++] = all[i];
    f->by_copies = all;
}

static const struct people_correction *find_key(const struct finding *f,
                                                uint64_t high, uint64_t low)
{
    struct people_correction key = { .key_high = high, .key_low = low };

    return bsearch(&key, f->people->corrections, f->people->correction_count,
                   sizeof(key), people_compare);
}

static const struct people_correction *find_copies(const struct finding *f,
                                                   uint64_t copies)
{
    struct people_correction key = { .copies = copies }, *at = &key;
    const struct people_correction **found =
        f->copies_count ? bsearch(&at, f->by_copies, f->copies_count,
                                  sizeof(*f->by_copies), by_copies) : NULL;

    return found ? *found : NULL;
}

static void find_in(struct buffer *out, const struct finding *f,
                    struct segment *s)
{
    struct docvalues *v = &s->values;

    for (uint32_t doc = 0; doc < s->doc_count; doc++) {
        const struct people_correction *c =
            find_key(f, docvalues_get(v, COLUMN_KEY_HIGH, doc),
                     docvalues_get(v, COLUMN_KEY_LOW, doc));
        struct corrected one;

        if (!c)
            c = find_copies(f, docvalues_get(v, COLUMN_CONTENT, doc));
        if (!c)
            continue;
        one = (struct corrected){ s->base + doc, c->speaker };
        buffer_put(out, &one, sizeof(one));
    }
}

void corrections_find(struct corrections *c, struct snapshot *quotes,
                      const struct people *people, struct arena *arena)
{
    struct finding f = { .people = people };
    struct buffer found = BUFFER_INIT;

    *c = (struct corrections){ NULL, 0 };
    if (!people->correction_count)
        return;
    list_copies(&f, arena);
    for (uint32_t i = 0; i < quotes->count; i++)
        find_in(&found, &f, quotes->segments[i]);
    c->count = found.len / sizeof(*c->items);
    c->items = arena_alloc(arena, found.len + 1);
    if (found.len)
        memcpy(c->items, found.data, found.len);
    buffer_release(&found);
}

static int by_doc(const void *a, const void *b)
{
    const struct corrected *x = a, *y = b;

    return (x->doc > y->doc) - (x->doc < y->doc);
}

const struct corrected *corrections_get(const struct corrections *c,
                                        uint32_t doc)
{
    struct corrected key = { .doc = doc };

    return c->count ? bsearch(&key, c->items, c->count, sizeof(key), by_doc)
                    : NULL;
}
