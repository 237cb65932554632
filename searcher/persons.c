/* persons.c -- who is who among the speakers.
 *
 *   asked  lavrov     ->  Sergei Lavrov, Sergey Lavrov, Lavrov
 *   settle, by last word, those that say most first:
 *          ben s bernanke   a person
 *          ben bernanke     may be the one before, and nobody else: the same
 *          bernanke         the same
 *          bill clinton, hillary clinton   two
 *          clinton          may be either: a third
 */
#include "searcher/persons.h"

#include <stdlib.h>

#include "searcher/person.h"

struct bytes persons_key(struct persons *p, struct bytes name)
{
    struct buffer key = BUFFER_INIT;
    struct bytes kept;

    person_key(&key, name);
    kept = arena_copy(p->arena, buffer_bytes(&key));
    buffer_release(&key);
    return kept;
}

void persons_init(struct persons *p, struct snapshot *quotes,
                  const struct people *people, struct arena *arena)
{
    *p = (struct persons){ .quotes = quotes, .arena = arena };
    p->names = arena_calloc(arena, quotes->count, sizeof(*p->names));
    for (uint32_t i = 0; i < quotes->count; i++)
        p->names[i] = arena_calloc(arena,
                                   quotes->segments[i]->values.sources.count,
                                   sizeof(**p->names));
    p->groups = arena_calloc(arena, people->group_count, sizeof(*p->groups));
    p->group_count = people->group_count;
    for (size_t i = 0; i < p->group_count; i++) {
        const struct people_group *from = &people->groups[i];

        p->groups[i].count = from->count;
        p->groups[i].name = from->names[0];
        p->groups[i].keys = arena_calloc(arena, from->count,
                                         sizeof(*p->groups[i].keys));
        for (size_t k = 0; k < from->count; k++)
            p->groups[i].keys[k] = persons_key(p, from->names[k]);
    }
}

static struct person_name *name_new(struct persons *p, struct bytes name)
{
    struct person_name *n = arena_calloc(p->arena, 1, sizeof(*n));

    n->name = name;
    n->key = n->person = persons_key(p, name);
    return n;
}

struct person_name *persons_name(struct persons *p, uint32_t segment,
                                 uint64_t ordinal)
{
    const struct names *known = &p->quotes->segments[segment]->values.sources;
    struct person_name **n;

    if (ordinal >= known->count || !known->items[ordinal].len)
        return NULL;
    n = &p->names[segment][ordinal];
    if (!*n)
        *n = name_new(p, known->items[ordinal]);
    return *n;
}

/* Appends to an array in the arena. */
static void put(struct persons *p, struct person_name ***items, size_t *count,
                size_t *room, struct person_name *n)
{
    if (*count == *room) {
        size_t more = *room ? *room * 2 : 64;
        struct person_name **moved =
            arena_alloc(p->arena, more * sizeof(*moved));

        if (*count)
            memcpy(moved, *items, *count * sizeof(*moved));
        *items = moved;
        *room = more;
    }
    (*items)[(*count)++] = n;
}

struct person_name *persons_other(struct persons *p, struct bytes name)
{
    if (!name.len)
        return NULL;
    for (size_t i = 0; i < p->other_count; i++)
        if (bytes_equal(p->others[i]->name, name))
            return p->others[i];
    put(p, &p->others, &p->other_count, &p->other_room, name_new(p, name));
    return p->others[p->other_count - 1];
}

static bool is_one_word(struct bytes key)
{
    return !key.len || !memchr(key.data, ' ', key.len);
}

/* A name that was given by hand is taken at its word when it is one word. */
static bool fits_known(struct bytes known, struct bytes key)
{
    return is_one_word(known) ? bytes_equal(known, key)
                              : person_fits(known, key);
}

static bool fits_group(const struct person_group *g, struct bytes asked,
                       struct bytes key)
{
    bool meant = false, named = false;

    for (size_t i = 0; i < g->count; i++) {
        meant |= bytes_equal(asked, g->keys[i]) ||
                 person_fits(asked, g->keys[i]);
        named |= fits_known(g->keys[i], key);
    }
    return meant && named;
}

/* Names begin with capitals; "analysts" are not Goldman analysts. */
static bool is_name(const struct person_name *n)
{
    return n->name.len && !(n->name.data[0] >= 'a' && n->name.data[0] <= 'z');
}

bool persons_fit(const struct persons *p, struct bytes asked,
                 const struct person_name *name)
{
    /* "the minister" alone is not everybody's minister. */
    bool vague = is_one_word(name->key) && !is_name(name);

    if (person_fits(asked, name->key) && (!vague || is_one_word(asked)))
        return true;
    for (size_t i = 0; i < p->group_count; i++)
        if (fits_group(&p->groups[i], asked, name->key))
            return true;
    return false;
}

void persons_note(struct persons *p, struct person_name *name)
{
    if (name->met++)
        return;
    put(p, &p->speaking, &p->speaking_count, &p->speaking_room, name);
}

/* --- Who is one person -------------------------------------------------- */

static struct bytes last_word(struct bytes key)
{
    size_t from = key.len;

    while (from && key.data[from - 1] != ' ')
        from--;
    return bytes_part(key, from, key.len - from);
}

static size_t count_words(struct bytes key)
{
    size_t count = key.len > 0;

    for (size_t i = 0; i < key.len; i++)
        count += key.data[i] == ' ';
    return count;
}

/* By last word; those of more words first, initials behind names. */
static int by_weight(const void *a, const void *b)
{
    const struct person_name *x = *(struct person_name *const *)a;
    const struct person_name *y = *(struct person_name *const *)b;
    int order = bytes_compare(last_word(x->key), last_word(y->key));
    size_t m, n;

    if (order)
        return order;
    m = count_words(x->key);
    n = count_words(y->key);
    if (m != n)
        return m > n ? -1 : 1;
    if (x->key.len != y->key.len)
        return x->key.len > y->key.len ? -1 : 1;
    return bytes_compare(x->key, y->key);
}

/* Whether the middle names of one, if any, begin as those of the other. */
static bool middles_fit(struct bytes a, struct bytes b)
{
    size_t i = 0, j = 0;

    while (i < a.len && a.data[i] != ' ')
        i++;
    while (j < b.len && b.data[j] != ' ')
        j++;
    if (a.len - i <= last_word(a).len + 1 || b.len - j <= last_word(b).len + 1)
        return true;
    return i + 1 < a.len && j + 1 < b.len && a.data[i + 1] == b.data[j + 1];
}

/* Gives `n` the one person before it, of the same last word, that it may be.
 * Those before say at least as much. */
static void join(struct person_name **names, size_t first, size_t at)
{
    struct person_name *n = names[at];
    const struct person_name *found = NULL;

    if (at > first && bytes_equal(names[at - 1]->key, n->key)) {
        n->person = names[at - 1]->person;
        return;
    }
    for (size_t i = first; is_name(n) && i < at; i++) {
        if (!is_name(names[i]) ||
            !bytes_equal(names[i]->person, names[i]->key) ||
            !person_fits(n->key, names[i]->key) ||
            !middles_fit(n->key, names[i]->key))
            continue;
        if (found)
            return;
        found = names[i];
    }
    if (found)
        n->person = found->person;
}

/* The group that has the name, or NULL. */
static const struct person_group *group_of(const struct persons *p,
                                           struct bytes key)
{
    for (size_t i = 0; i < p->group_count; i++)
        for (size_t k = 0; k < p->groups[i].count; k++)
            if (bytes_equal(p->groups[i].keys[k], key))
                return &p->groups[i];
    return NULL;
}

static int by_person(const void *a, const void *b)
{
    const struct person_name *x = *(struct person_name *const *)a;
    const struct person_name *y = *(struct person_name *const *)b;
    int order = bytes_compare(x->person, y->person);

    if (order)
        return order;
    if (x->met != y->met)
        return x->met > y->met ? -1 : 1;
    return bytes_compare(x->name, y->name);
}

/* Of each person the name that is met most, unless one is given. */
static void choose_names(struct person_name **names, size_t count)
{
    struct bytes known = BYTES_NONE;

    if (count)
        qsort(names, count, sizeof(*names), by_person);
    for (size_t i = 0; i < count; i++) {
        if (!i || !bytes_equal(names[i]->person, names[i - 1]->person))
            known = names[i]->name;
        if (!names[i]->known.len)
            names[i]->known = known;
    }
}

void persons_settle(struct persons *p)
{
    struct person_name **names = p->speaking;
    size_t first = 0;

    if (p->speaking_count)
        qsort(names, p->speaking_count, sizeof(*names), by_weight);
    for (size_t i = 0; i < p->speaking_count; i++) {
        if (!bytes_equal(last_word(names[i]->key),
                         last_word(names[first]->key)))
            first = i;
        if (names[i]->key.len)
            join(names, first, i);
    }
    for (size_t i = 0; i < p->speaking_count; i++) {
        const struct person_group *g = group_of(p, names[i]->person);

        if (!g)
            g = group_of(p, names[i]->key);
        if (!g)
            continue;
        names[i]->person = g->keys[0];
        names[i]->known = g->name;
    }
    choose_names(names, p->speaking_count);
}
