/* spoken.c -- who spoke about it: the statements of an answer, by person.
 *
 *   sergei lavrov   Sergei Lavrov (12)  Lavrov (3)   -> 15 statements
 *                   TASS 9, Reuters 8: statements that each of them has
 */
#include "searcher/quotes.h"

#include <stdlib.h>

#include "searcher/persons.h"

/* A statement, of a person under a name. */
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

/* --- Sources ------------------------------------------------------------ */

/* That a statement is in an outlet. */
struct heard {
    struct bytes source;
    const struct statement *statement;
};

static int by_source(const void *a, const void *b)
{
    const struct heard *x = a, *y = b;
    int order = bytes_compare(x->source, y->source);

    return order ? order : (x->statement > y->statement) -
                           (x->statement < y->statement);
}

static int by_statements(const void *a, const void *b)
{
    const struct spoken_source *x = a, *y = b;

    if (x->statements != y->statements)
        return x->statements > y->statements ? -1 : 1;
    return bytes_compare(x->name, y->name);
}

/* The outlet of a quotation. */
static struct bytes source_of(struct snapshot *quotes, uint32_t doc)
{
    struct segment *s = snapshot_segment(quotes, doc);
    uint32_t of = (uint32_t)docvalues_get(&s->values, COLUMN_MODIFIED,
                                          doc - s->base);
    struct docvalues *values = &s->articles->values;
    uint64_t ordinal = of < s->articles->doc_count
        ? docvalues_get(values, COLUMN_SOURCE, of) : UINT64_MAX;

    return ordinal < values->sources.count ? values->sources.items[ordinal]
                                           : BYTES_NONE;
}

static size_t count_heard(const struct statement *s)
{
    size_t count = s->count;

    for (size_t i = 0; i < s->wording_count; i++)
        count += s->wordings[i]->count;
    return count;
}

/* The outlets of one wording of a statement. */
static size_t hear(struct heard *to, const struct statement *statement,
                   const struct statement *wording, struct snapshot *quotes)
{
    for (size_t i = 0; i < wording->count; i++)
        to[i] = (struct heard){ source_of(quotes, wording->matches[i].doc),
                                statement };
    return wording->count;
}

static size_t hear_all(struct heard *to, const struct statement *s,
                       struct snapshot *quotes)
{
    size_t count = hear(to, s, s, quotes);

    for (size_t i = 0; i < s->wording_count; i++)
        count += hear(to + count, s, s->wordings[i], quotes);
    return count;
}

/* The outlets of the statements of voices [0, n). */
static void put_sources(struct spoken *to, const struct voice *v, size_t n,
                        struct snapshot *quotes, struct arena *arena)
{
    struct heard *heard;
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        count += count_heard(v[i].statement);
    heard = arena_alloc(arena, count * sizeof(*heard));
    to->sources = arena_alloc(arena, count * sizeof(*to->sources));
    count = 0;
    for (size_t i = 0; i < n; i++)
        count += hear_all(heard + count, v[i].statement, quotes);
    if (count)
        qsort(heard, count, sizeof(*heard), by_source);
    for (size_t i = 0; i < count; i++) {
        struct spoken_source *last = to->sources + to->source_count - 1;

        if (!i || !bytes_equal(heard[i].source, heard[i - 1].source))
            to->sources[to->source_count++] =
                (struct spoken_source){ heard[i].source, 1 };
        else if (heard[i].statement != heard[i - 1].statement)
            last->statements++;
    }
    if (count)
        qsort(to->sources, to->source_count, sizeof(*to->sources),
              by_statements);
}

/* --- Persons ------------------------------------------------------------ */

static size_t collect(struct voice *voices, const struct quotes_answer *answer)
{
    size_t count = 0;

    for (size_t i = 0; i < answer->all_count; i++) {
        const struct statement *s = &answer->all[i];

        if (s->matches->person.len && s->shown)
            voices[count++] = (struct voice){ s->matches->person,
                                              s->matches->name->known, s };
    }
    return count;
}

static void date(struct spoken *s, int64_t when)
{
    if (when == DATE_UNDATED)
        return;
    if (s->first == DATE_UNDATED || when < s->first)
        s->first = when;
    if (s->last == DATE_UNDATED || when > s->last)
        s->last = when;
}

static void tell(struct spoken *s, const struct voice *v, size_t n,
                 struct snapshot *quotes, struct arena *arena)
{
    *s = (struct spoken){ .name = v->name, .person = v->person,
        .statements = n, .first = DATE_UNDATED, .last = DATE_UNDATED };
    put_sources(s, v, n, quotes, arena);
    for (size_t i = 0; i < n; i++) {
        const struct statement *one = v[i].statement;

        for (size_t k = 0; k < one->count; k++)
            date(s, one->matches[k].date);
        for (size_t k = 0; k < one->wording_count; k++)
            date(s, one->wordings[k]->date);
    }
}

struct spoken *quotes_speakers(const struct quotes_answer *answer,
                               struct snapshot *snapshot, size_t *count,
                               struct arena *arena)
{
    struct voice *voices = arena_alloc(arena, answer->all_count *
                                       sizeof(*voices));
    size_t n = collect(voices, answer), to;
    struct spoken *all = arena_alloc(arena, n * sizeof(*all));

    *count = 0;
    if (n)
        qsort(voices, n, sizeof(*voices), by_person);
    for (size_t from = 0; from < n; from = to) {
        for (to = from; to < n && bytes_equal(voices[to].person,
                                              voices[from].person); to++)
            ;
        tell(&all[(*count)++], voices + from, to - from, snapshot->quotes,
             arena);
    }
    if (*count)
        qsort(all, *count, sizeof(*all), by_count);
    return all;
}
