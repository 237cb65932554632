/* plan.c -- from words to stems, and from a tree to cursors.
 *
 * A word means the stems that it became in any segment, as strings, and in
 * each segment those of them that it has:
 *
 *   "leaves"   segment 1: leav (en)   segment 2: leaves (sv)
 *   group      { leav, leaves }, both looked up in both segments
 *
 * A word that no segment has ever seen means itself and its stems under the
 * languages of the index, as far as they are there.
 */
#include "searcher/query/plan.h"

#include <stdlib.h>

enum { GROUP_MAX = 10000 };

/* --- Languages ---------------------------------------------------------- */

static bool has_lang(const struct plan *p, struct lang lang)
{
    for (size_t i = 0; i < p->lang_count; i++)
        if (lang_equal(p->langs[i], lang))
            return true;
    return false;
}

static void add_langs(struct plan *p, const struct names *names)
{
    for (uint32_t i = 0; i < names->count; i++) {
        struct lang lang = lang_parse(names->items[i]);

        if (lang.code[0] && !has_lang(p, lang))
            p->langs[p->lang_count++] = lang;
    }
}

void plan_init(struct plan *p, struct snapshot *snapshot, float k1, float b,
               struct analyzer *analyzer, struct arena *arena)
{
    size_t room = 0;

    *p = (struct plan){ .snapshot = snapshot, .analyzer = analyzer,
                        .arena = arena };
    p->bm25 = bm25_of(k1, b, snapshot->sum_lengths, snapshot->doc_count);
    for (uint32_t i = 0; i < snapshot->count; i++)
        room += snapshot->segments[i]->values.langs.count;
    p->langs = arena_alloc(arena, room * sizeof(*p->langs));
    for (uint32_t i = 0; i < snapshot->count; i++)
        add_langs(p, &snapshot->segments[i]->values.langs);
}

/* --- The stems of a word ------------------------------------------------ */

/* Stems on their way into a group: sorted, each once. */
struct stem_set {
    struct bytes *items;
    size_t count, room;
};

static size_t set_place(const struct stem_set *set, struct bytes stem)
{
    size_t low = 0, high = set->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (bytes_compare(set->items[middle], stem) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void set_add(struct plan *p, struct stem_set *set, struct bytes stem)
{
    size_t at = set_place(set, stem);

    if (at < set->count && bytes_equal(set->items[at], stem))
        return;
    if (set->count == set->room) {
        size_t room = set->room ? set->room * 2 : 4;
        struct bytes *items = arena_alloc(p->arena, room * sizeof(*items));

        if (set->count)
            memcpy(items, set->items, set->count * sizeof(*items));
        set->items = items;
        set->room = room;
    }
    memmove(set->items + at + 1, set->items + at,
            (set->count - at) * sizeof(*set->items));
    set->items[at] = arena_copy(p->arena, stem);
    set->count++;
}

/* Adds the stems of these ordinals (u32 each) of a segment. */
static void add_ordinals(struct plan *p, struct stem_set *set,
                         struct terms *terms, const struct buffer *ordinals)
{
    struct buffer key = BUFFER_INIT;

    for (size_t at = 0; at + 4 <= ordinals->len; at += 4) {
        struct stem stem;
        uint32_t ordinal;

        memcpy(&ordinal, ordinals->data + at, sizeof(ordinal));
        buffer_clear(&key);
        if (terms_stem_at(terms, ordinal, &stem, &key))
            set_add(p, set, buffer_bytes(&key));
    }
    buffer_release(&key);
}

/* What a word became in one segment; false: never seen there. */
static bool add_word(struct plan *p, struct stem_set *set,
                     struct terms *terms, struct bytes word)
{
    struct buffer ordinals = BUFFER_INIT;
    bool seen = terms_find_word(terms, word, &ordinals);

    add_ordinals(p, set, terms, &ordinals);
    buffer_release(&ordinals);
    return seen;
}

static bool has_prefix(struct bytes word, struct bytes prefix)
{
    return word.len >= prefix.len
        && memcmp(word.data, prefix.data, prefix.len) == 0;
}

static int ordinal_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* Sorts ordinals and keeps each once. */
static void settle_ordinals(struct buffer *ordinals)
{
    uint32_t *items = (uint32_t *)(void *)ordinals->data;
    size_t count = ordinals->len / sizeof(*items), kept = 0;

    if (count)
        qsort(items, count, sizeof(*items), ordinal_order);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || items[kept - 1] != items[i])
            items[kept++] = items[i];
    ordinals->len = kept * sizeof(*items);
}

/* What the words that begin with `prefix` became in one segment. */
static void add_prefix(struct plan *p, struct stem_set *set,
                       struct terms *terms, struct bytes prefix)
{
    struct buffer ordinals = BUFFER_INIT;
    struct terms_walk walk;

    terms_walk_start(&walk, terms, TERMS_WORDS, prefix);
    while (terms_walk_next(&walk)
           && has_prefix(buffer_bytes(&walk.key), prefix))
        buffer_put_bytes(&ordinals, buffer_bytes(&walk.ordinals));
    terms_walk_release(&walk);
    settle_ordinals(&ordinals);
    if (ordinals.len / sizeof(uint32_t) > GROUP_MAX)
        set->count = GROUP_MAX + 1;
    else
        add_ordinals(p, set, terms, &ordinals);
    buffer_release(&ordinals);
}

static void add_unseen(struct plan *p, struct stem_set *set,
                       struct bytes word)
{
    set_add(p, set, word);
    for (size_t i = 0; i < p->lang_count; i++)
        set_add(p, set, analyzer_stem(p->analyzer, word, p->langs[i]));
}

static struct stem_set stems_of(struct plan *p, const struct query_word *w)
{
    struct stem_set set = { NULL, 0, 0 };
    bool seen = w->prefix;

    for (uint32_t i = 0; i < p->snapshot->count; i++) {
        struct terms *terms = &p->snapshot->segments[i]->terms;

        if (!w->prefix)
            seen |= add_word(p, &set, terms, w->word);
        else if (set.count <= GROUP_MAX)
            add_prefix(p, &set, terms, w->word);
    }
    if (!seen)
        add_unseen(p, &set, w->word);
    return set;
}

/* --- Groups ------------------------------------------------------------- */

/* The stems of the set that a segment has; says which in `there`. */
static void find_stems(struct plan *p, struct plan_group *g,
                       const struct stem_set *set, uint32_t segment,
                       bool *there)
{
    struct terms *terms = &p->snapshot->segments[segment]->terms;
    struct stem *found =
        arena_alloc(p->arena, set->count * sizeof(*found));
    size_t count = 0;
    uint32_t ordinal;

    for (size_t i = 0; i < set->count; i++) {
        if (!terms_find_stem(terms, set->items[i], &found[count], &ordinal))
            continue;
        there[i] = true;
        g->df += found[count++].df;
    }
    g->segments[segment] = (struct word){ found, count };
}

static struct plan_group *group_new(struct plan *p,
                                    const struct query_word *word,
                                    const struct stem_set *set)
{
    struct plan_group *g = arena_calloc(p->arena, 1, sizeof(*g));
    bool *there = arena_calloc(p->arena, set->count, sizeof(*there));

    g->word = *word;
    g->segments = arena_calloc(p->arena, p->snapshot->count,
                               sizeof(*g->segments));
    for (uint32_t i = 0; i < p->snapshot->count; i++)
        find_stems(p, g, set, i, there);
    if (g->df > p->snapshot->doc_count)
        g->df = p->snapshot->doc_count;
    g->idf = bm25_idf(p->snapshot->doc_count, g->df);
    g->stems = arena_alloc(p->arena, set->count * sizeof(*g->stems));
    for (size_t i = 0; i < set->count; i++)
        if (there[i])
            g->stems[g->count++] = set->items[i];
    return g;
}

static int word_order(const struct query_word *a, const struct query_word *b)
{
    return a->prefix != b->prefix ? a->prefix - b->prefix
        : bytes_compare(a->word, b->word);
}

static size_t group_place(const struct plan *p, const struct query_word *word)
{
    size_t low = 0, high = p->group_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (word_order(&p->groups[middle]->word, word) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct plan_group *plan_group(const struct plan *p,
                                    const struct query_word *word)
{
    size_t at = group_place(p, word);

    return at < p->group_count
        && word_order(&p->groups[at]->word, word) == 0 ? p->groups[at] : NULL;
}

static void keep_group(struct plan *p, struct plan_group *g)
{
    size_t at = group_place(p, &g->word);

    if (p->group_count == p->group_room) {
        size_t room = p->group_room ? p->group_room * 2 : 16;
        struct plan_group **groups =
            arena_alloc(p->arena, room * sizeof(*groups));

        if (p->group_count)
            memcpy(groups, p->groups, p->group_count * sizeof(*groups));
        p->groups = groups;
        p->group_room = room;
    }
    memmove(p->groups + at + 1, p->groups + at,
            (p->group_count - at) * sizeof(*p->groups));
    p->groups[at] = g;
    p->group_count++;
}

static enum status look_up(struct plan *p, const struct query_word *word,
                           struct error *err)
{
    struct stem_set set;

    if (plan_group(p, word))
        return OK;
    set = stems_of(p, word);
    if (set.count > GROUP_MAX)
        return error_set(err, ERR_LIMIT, "\"%.*s\" begins more than %d "
                         "words; ask for longer ones", (int)word->word.len,
                         (const char *)word->word.data, GROUP_MAX);
    keep_group(p, group_new(p, word, &set));
    return OK;
}

enum status plan_words(struct plan *p, const struct query *q,
                       struct error *err)
{
    enum status status = OK;

    for (size_t i = 0; i < q->count && status == OK; i++)
        status = query_scores(q) ? look_up(p, &q->words[i], err)
            : plan_words(p, q->parts[i], err);
    return status;
}

struct word plan_word(const struct plan *p, const struct query_word *word,
                      uint32_t segment)
{
    return plan_group(p, word)->segments[segment];
}

float plan_idf(const struct plan *p, const struct query *leaf)
{
    float idf = 0.0f;

    for (size_t i = 0; i < leaf->count; i++)
        idf += plan_group(p, &leaf->words[i])->idf;
    return idf;
}

/* --- Cursors ------------------------------------------------------------ */

static struct cursor *leaf_cursor(const struct plan *p, const struct query *q,
                                  uint32_t segment, struct matching *m)
{
    float weight = plan_idf(p, q) * q->boost;
    struct word *words;

    if (q->kind == QUERY_WORD && !q->title)
        return cursor_word(m, plan_word(p, &q->words[0], segment), weight);
    words = arena_alloc(m->arena, q->count * sizeof(*words));
    for (size_t i = 0; i < q->count; i++)
        words[i] = plan_word(p, &q->words[i], segment);
    return cursor_phrase(m, words, q->count, q->title, weight);
}

static struct cursor *meta_cursor(const struct query *q, struct matching *m)
{
    struct stem stem;
    uint32_t ordinal;

    return terms_find_stem(&m->segment->terms, q->key, &stem, &ordinal)
        ? cursor_word(m, (struct word){ &stem, 1 }, 0.0f)
        : cursor_none(m);
}

/* The parts of kind NOT, or the others, in the order of the query; those of
 * kind MAYBE are optional. */
static size_t part_cursors(struct cursor **out, const struct plan *p,
                           const struct query *q, bool excluded,
                           uint32_t segment, struct matching *m)
{
    size_t count = 0;

    for (size_t i = 0; i < q->count; i++) {
        const struct query *part = q->parts[i];

        if ((part->kind == QUERY_NOT) != excluded)
            continue;
        out[count] = plan_cursor(p, excluded ? part->parts[0] : part,
                                 segment, m);
        out[count++]->optional = part->kind == QUERY_MAYBE;
    }
    return count;
}

static struct cursor *all_cursor(const struct plan *p, const struct query *q,
                                 uint32_t segment, struct matching *m)
{
    struct cursor **parts =
        arena_alloc(m->arena, 2 * q->count * sizeof(struct cursor *));
    size_t count = part_cursors(parts, p, q, false, segment, m);
    struct cursor **out = parts + count;
    size_t excluded = part_cursors(out, p, q, true, segment, m);
    struct cursor *all = count == 0 ? cursor_all(m)
        : count == 1 ? parts[0] : cursor_and(m, parts, count);

    if (excluded == 0)
        return all;
    return cursor_not(m, all, excluded == 1 ? out[0]
                                            : cursor_or(m, out, excluded));
}

static struct cursor *any_cursor(const struct plan *p, const struct query *q,
                                 uint32_t segment, struct matching *m,
                                 bool root)
{
    struct cursor **parts =
        arena_alloc(m->arena, q->count * sizeof(struct cursor *));

    for (size_t i = 0; i < q->count; i++)
        parts[i] = plan_cursor(p, q->parts[i], segment, m);
    return root ? cursor_window(m, parts, q->count)
                : cursor_or(m, parts, q->count);
}

struct cursor *plan_cursor(const struct plan *p, const struct query *q,
                           uint32_t segment, struct matching *m)
{
    switch (q->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        return leaf_cursor(p, q, segment, m);
    case QUERY_AND:
        return all_cursor(p, q, segment, m);
    case QUERY_OR:
        return any_cursor(p, q, segment, m, false);
    case QUERY_NOT:
        return cursor_not(m, cursor_all(m),
                          plan_cursor(p, q->parts[0], segment, m));
    case QUERY_MAYBE:
        return plan_cursor(p, q->parts[0], segment, m);
    case QUERY_META:
        return meta_cursor(q, m);
    case QUERY_DATE:
        return cursor_range(m, q->dates.from, q->dates.to);
    case QUERY_SET:
        return cursor_set(m, q->sets[segment].docs, q->sets[segment].count);
    case QUERY_ALL:
        return cursor_all(m);
    case QUERY_NONE:
        break;
    }
    return cursor_none(m);
}

struct cursor *plan_root(const struct plan *p, const struct query *q,
                         uint32_t segment, struct matching *m)
{
    return q->kind == QUERY_OR ? any_cursor(p, q, segment, m, true)
        : plan_cursor(p, q, segment, m);
}
