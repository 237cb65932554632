/* wording.c -- one statement in several wordings.
 *
 *   A  "nobody will be allowed to turn it into a bridgehead"     TASS, 07:58
 *   B  "nobody will be permitted to turn it into a bridgehead"   Interfax
 *
 * Two quotations of one speaker within three days are one statement when at
 * least six in ten of the words in either are in both.  Sketches tell which
 * may be: of 48 bits 38 agree where six words in ten are in both, and fewer
 * than 33 in 2 of 100 such pairs, where 1 word in 10 is, 26, and more than 32
 * in 4 of 100.
 */
#include "searcher/wording.h"

#include <stdlib.h>

enum { NEIGHBOURS_MOST = 1000, WORDS_LEAST = 4, WORDS_MOST = 256,
       AGREE_LEAST = 33, DAYS = 3 * 24 * 3600 };

/* Its words are read when a sketch is like another. */
struct wording {
    struct statement *statement;
    uint32_t *words;            /* hashes, sorted, each once; NULL: not read */
    size_t count;
};

struct joining {
    struct quotes *quotes;
    struct arena *arena;
};

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static bool is_word(uint8_t c)
{
    return c >= 0x80 || (unsigned)((c | 32) - 'a') < 26 ||
           (unsigned)(c - '0') < 10;
}

static void read_words(struct wording *w, struct bytes text,
                       struct arena *arena)
{
    uint32_t hash = 0, *words = arena_alloc(arena, WORDS_MOST *
                                            sizeof(*words));
    size_t count = 0, kept = 0;

    for (size_t i = 0; i <= text.len && count < WORDS_MOST; i++) {
        if (i < text.len && is_word(text.data[i])) {
            hash = (hash ^ (text.data[i] | 32)) * 0x01000193u + 1;
        } else if (hash) {
            words[count++] = hash;
            hash = 0;
        }
    }
    if (count)
        qsort(words, count, sizeof(*words), by_value);
    for (size_t i = 0; i < count; i++)
        if (!kept || words[kept - 1] != words[i])
            words[kept++] = words[i];
    w->words = words;
    w->count = kept;
}

static bool same(const struct wording *a, const struct wording *b)
{
    size_t both = 0, i = 0, j = 0;

    if (a->count < WORDS_LEAST || b->count < WORDS_LEAST)
        return false;
    while (i < a->count && j < b->count) {
        if (a->words[i] == b->words[j]) {
            both++;
            i++;
            j++;
        } else if (a->words[i] < b->words[j]) {
            i++;
        } else {
            j++;
        }
    }
    return both * 10 >= (a->count + b->count - both) * 6;
}

static bool near(const struct statement *a, const struct statement *b)
{
    if (a->date == DATE_UNDATED || b->date == DATE_UNDATED)
        return a->date == b->date;
    return a->date - b->date <= DAYS && b->date - a->date <= DAYS;
}

/* Those of one speaker side by side, the first published first. */
static int by_speaker(const void *a, const void *b)
{
    const struct statement *x = ((const struct wording *)a)->statement;
    const struct statement *y = ((const struct wording *)b)->statement;
    int order = bytes_compare(x->matches->person, y->matches->person);

    if (order)
        return order;
    return x->date != y->date ? (x->date < y->date ? -1 : 1)
         : (x->matches->doc > y->matches->doc) -
           (x->matches->doc < y->matches->doc);
}

static void put_under(struct statement *first, struct statement *other,
                      struct arena *arena)
{
    struct statement **list = arena_alloc(arena, (first->wording_count + 1) *
                                          sizeof(*list));

    if (first->wording_count)
        memcpy(list, first->wordings, first->wording_count * sizeof(*list));
    list[first->wording_count++] = other;
    first->wordings = list;
    other->shown = false;
    if (other->score > first->score)
        first->score = other->score;
}

static void read_one(struct joining *j, struct wording *w)
{
    struct error ignored = ERROR_INIT;
    struct quotation_record r;

    if (w->words)
        return;
    if (quotes_read(&r, NULL, j->quotes, w->statement->matches->doc, j->arena,
                    &ignored) != OK)
        r.words = BYTES_NONE;
    read_words(w, r.words, j->arena);
}

static bool is_other_wording(struct joining *j, struct wording *a,
                             struct wording *b)
{
    uint64_t x = a->statement->matches->version;
    uint64_t y = b->statement->matches->version;

    if (sketch_words(x) < WORDS_LEAST || sketch_words(y) < WORDS_LEAST ||
        sketch_words(x) > 2 * sketch_words(y) ||
        sketch_words(y) > 2 * sketch_words(x) ||
        sketch_agree(x, y) < AGREE_LEAST)
        return false;
    read_one(j, a);
    read_one(j, b);
    return same(a, b);
}

static void join_one(struct joining *j, struct wording *all, size_t count)
{
    struct statement *first = all->statement;

    for (size_t i = 1; i < count && i <= NEIGHBOURS_MOST; i++) {
        struct statement *other = all[i].statement;

        if (!bytes_equal(first->matches->person, other->matches->person) ||
            !near(first, other))
            break;
        if (other->shown && is_other_wording(j, all, &all[i]))
            put_under(first, other, j->arena);
    }
}

void wordings_join(struct quotes_answer *answer, struct quotes *quotes,
                   struct arena *arena)
{
    struct joining j = { quotes, arena };
    struct wording *all = arena_calloc(arena, answer->all_count,
                                       sizeof(*all));
    size_t count = 0;

    for (size_t i = 0; i < answer->all_count; i++)
        if (answer->all[i].matches->person.len)
            all[count++].statement = &answer->all[i];
    if (count)
        qsort(all, count, sizeof(*all), by_speaker);
    for (size_t i = 0; i < count; i++)
        if (all[i].statement->shown)
            join_one(&j, all + i, count - i);
}
