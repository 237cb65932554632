/* spoken.c -- who spoke about it: the statements of an answer, by person.
 *
 *   sergei lavrov   Sergei Lavrov (12)  Lavrov (3)   -> 15 statements
 *
 * A last name alone is counted with the one full name that it may be, when
 * there is only one.
 */
#include "searcher/quotes.h"

#include <stdlib.h>

#include "searcher/person.h"

/* One name of a person, in one statement. */
struct voice {
    struct bytes person, name;
    const struct statement *statement;
};

static int by_person(const void *a, const void *b)
{
    const struct voice *x = a, *y = b;
    int order = bytes_compare(x->person, y->person);

    return order ? order : bytes_compare(x->name, y->name);
}

static int by_count(const void *a, const void *b)
{
    const struct spoken *x = a, *y = b;

    if (x->statements != y->statements)
        return x->statements > y->statements ? -1 : 1;
    return bytes_compare(x->person, y->person);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void date(struct spoken *s, int64_t when)
{
    if (when == DATE_UNDATED)
        return;
    if (s->first == DATE_UNDATED || when < s->first)
        s->first = when;
    if (when > s->last)
        s->last = when;
}

/* The outlets of the statements of voices [0, n). */
static uint64_t count_sources(const struct voice *v, size_t n,
                              struct snapshot *snapshot, struct arena *arena)
{
    uint64_t *sources, count = 0, room = 0, kept = 0;

    for (size_t i = 0; i < n; i++)
        room += v[i].statement->count;
    sources = arena_alloc(arena, room * sizeof(*sources));
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < v[i].statement->count; k++) {
            uint32_t doc = v[i].statement->matches[k].doc;
            struct segment *s = snapshot_segment(snapshot->quotes, doc);
            uint32_t of = (uint32_t)docvalues_get(&s->values, COLUMN_MODIFIED,
                                                  doc - s->base);
            struct docvalues *values = &s->articles->values;
            uint64_t ordinal = docvalues_get(values, COLUMN_SOURCE, of);
            struct bytes name = ordinal < values->sources.count
                ? values->sources.items[ordinal] : BYTES_NONE;
            uint64_t hash = 0xcbf29ce484222325u;

            for (size_t b = 0; b < name.len; b++)
                hash = (hash ^ name.data[b]) * 0x100000001b3u;
            sources[count++] = hash;
        }
    }
    if (count)
        qsort(sources, count, sizeof(*sources), by_number);
    for (size_t i = 0; i < count; i++)
        kept += !i || sources[i] != sources[i - 1];
    return kept;
}

/* The name that most statements of voices [0, n) have. */
static struct bytes usual_name(const struct voice *v, size_t n)
{
    struct bytes best = v[0].name;
    size_t most = 0;

    for (size_t i = 0, from = 0; i < n; i++) {
        if (!bytes_equal(v[i].name, v[from].name))
            from = i;
        if (i - from + 1 > most) {
            most = i - from + 1;
            best = v[i].name;
        }
    }
    return best;
}

static size_t collect(struct voice *voices, const struct quotes_answer *answer)
{
    size_t count = 0;

    for (size_t i = 0; i < answer->all_count; i++) {
        const struct statement *s = &answer->all[i];

        if (s->matches->person.len && s->shown)
            voices[count++] = (struct voice){ s->matches->person,
                                              s->matches->speaker, s };
    }
    return count;
}

/* Gives voices with a last name alone the one full name that ends in it. */
static void complete(struct voice *voices, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct voice *full = NULL;
        bool several = false;

        if (memchr(voices[i].person.data, ' ', voices[i].person.len))
            continue;
        for (size_t k = 0; k < count && !several; k++) {
            if (!memchr(voices[k].person.data, ' ', voices[k].person.len) ||
                !person_fits(voices[i].person, voices[k].person))
                continue;
            several = full && !bytes_equal(full->person, voices[k].person);
            full = &voices[k];
        }
        if (full && !several)
            voices[i].person = full->person;
    }
}

enum { COMPLETED_MOST = 4000 };

struct spoken *quotes_speakers(const struct quotes_answer *answer,
                               struct snapshot *snapshot, size_t *count,
                               struct arena *arena)
{
    struct voice *voices = arena_alloc(arena, answer->all_count *
                                       sizeof(*voices));
    size_t n = collect(voices, answer), to;
    struct spoken *all = arena_alloc(arena, n * sizeof(*all));

    *count = 0;
    if (n <= COMPLETED_MOST)
        complete(voices, n);
    if (n)
        qsort(voices, n, sizeof(*voices), by_person);
    for (size_t from = 0; from < n; from = to) {
        struct spoken *s = &all[(*count)++];

        for (to = from; to < n && bytes_equal(voices[to].person,
                                              voices[from].person); to++)
            ;
        *s = (struct spoken){ .name = usual_name(voices + from, to - from),
            .person = voices[from].person, .statements = to - from,
            .first = DATE_UNDATED, .last = DATE_UNDATED };
        s->sources = count_sources(voices + from, to - from, snapshot, arena);
        for (size_t i = from; i < to; i++)
            for (size_t k = 0; k < voices[i].statement->count; k++)
                date(s, voices[i].statement->matches[k].date);
    }
    if (*count)
        qsort(all, *count, sizeof(*all), by_count);
    return all;
}
