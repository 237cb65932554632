/* plan_match.c -- which algorithm finds the documents of a tree.
 *
 * The k best, where every leaf that scores is a word and counts wherever it
 * is in a document that matches:
 *
 *   any word                      bulk_any
 *   all words                     bulk_all
 *   beside them, what only        either, and a mask of bits says which
 *   filters or excludes           documents may be kept
 *   groups of words to have       words that need not be there, and the
 *   any of beside those           groups once more in the mask
 *
 * Every other tree is a cursor that is walked from end to end.  How many
 * documents there are is another question, which bits answer without scores:
 * both together take less than scoring everything.
 */
#include "searcher/query/plan_match.h"

#include "searcher/match/bits.h"
#include "searcher/match/bulk.h"

/* --- Trees as bits ------------------------------------------------------ */

static bool is_word(const struct query *q)
{
    return q->kind == QUERY_WORD && !q->title;
}

static struct bits *plan_bits(const struct plan *p, const struct query *q,
                              uint32_t segment, struct matching *m);

static struct bits *part_bits(const struct plan *p, const struct query *q,
                              uint32_t segment, struct matching *m)
{
    struct bits *b;

    if (q->kind != QUERY_NOT)
        return plan_bits(p, q, segment, m);
    b = plan_bits(p, q->parts[0], segment, m);
    b->excluded = true;
    return b;
}

static struct bits *node_bits(const struct plan *p, const struct query *q,
                              uint32_t segment, struct matching *m)
{
    struct bits **parts = arena_alloc(m->arena, q->count * sizeof(*parts));

    for (size_t i = 0; i < q->count; i++)
        parts[i] = q->kind == QUERY_AND
            ? part_bits(p, q->parts[i], segment, m)
            : plan_bits(p, q->parts[i], segment, m);
    return q->kind == QUERY_AND ? bits_all(m, parts, q->count)
                                : bits_any(m, parts, q->count);
}

static struct bits *meta_bits(const struct query *q, struct matching *m)
{
    struct stem stem;
    uint32_t ordinal;
    bool there = terms_find_stem(&m->segment->terms, q->key, &stem, &ordinal);

    return bits_word(m, &stem, there);
}

static struct bits *plan_bits(const struct plan *p, const struct query *q,
                              uint32_t segment, struct matching *m)
{
    const struct plan_group *g;
    struct bits *one;

    switch (q->kind) {
    case QUERY_WORD:
        if (!is_word(q))
            break;
        g = plan_group(p, &q->words[0]);
        return bits_word(m, g->segments[segment].stems,
                         g->segments[segment].count);
    case QUERY_AND:
    case QUERY_OR:
        return node_bits(p, q, segment, m);
    case QUERY_NOT:
        one = part_bits(p, q, segment, m);
        return bits_all(m, &one, 1);
    case QUERY_META:
        return meta_bits(q, m);
    case QUERY_DATE:
        return bits_range(m, q->dates.from, q->dates.to);
    case QUERY_ALL:
        return bits_every(m);
    default:
        break;
    }
    return bits_cursor(m, plan_cursor(p, q, segment, m));
}

/* --- Trees as words ----------------------------------------------------- */

/* A tree that a kernel can take. */
struct shape {
    struct bulk_word *words;    /* in the order of the query */
    size_t count, required;
    const struct query **masks; /* what documents must match besides */
    size_t mask_count;
};

/* No leaf of it scores. */
static bool is_silent(const struct query *q)
{
    if (q->kind != QUERY_AND && q->kind != QUERY_OR)
        return !query_scores(q);
    for (size_t i = 0; i < q->count; i++)
        if (!is_silent(q->parts[i]))
            return false;
    return true;
}

static bool is_words(const struct query *q)
{
    for (size_t i = 0; q->kind == QUERY_OR && i < q->count; i++)
        if (!is_word(q->parts[i]))
            return false;
    return q->kind == QUERY_OR || is_word(q);
}

static void take_word(struct shape *s, const struct plan *p,
                      const struct query *q, uint32_t segment, bool optional)
{
    const struct plan_group *g = plan_group(p, &q->words[0]);

    s->words[s->count++] = (struct bulk_word){
        g->segments[segment].stems, g->segments[segment].count,
        plan_idf(p, q) * q->boost, optional
    };
    s->required += !optional;
}

static void take_words(struct shape *s, const struct plan *p,
                       const struct query *q, uint32_t segment)
{
    if (is_word(q))
        take_word(s, p, q, segment, false);
    for (size_t i = 0; q->kind == QUERY_OR && i < q->count; i++)
        take_word(s, p, q->parts[i], segment, true);
}

static size_t count_words(const struct query *q)
{
    size_t count = 0;

    for (size_t i = 0; q->kind == QUERY_OR && i < q->count; i++)
        count += count_words(q->parts[i]);
    return q->kind == QUERY_OR ? count : 1;
}

/* False: it is none of the shapes. */
static bool shape_of(struct shape *s, const struct plan *p,
                     const struct query *q, uint32_t segment)
{
    const struct query *one[] = { q };
    const struct query *const *parts = one;
    size_t count = 1, room = 0, groups = 0;

    if (q->kind == QUERY_AND) {
        parts = (const struct query *const *)q->parts;
        count = q->count;
    }
    for (size_t i = 0; i < count; i++) {
        if (!is_silent(parts[i]) && !is_words(parts[i]))
            return false;
        room += count_words(parts[i]);
    }
    *s = (struct shape){ NULL, 0, 0, NULL, 0 };
    s->words = arena_alloc(p->arena, room * sizeof(*s->words));
    s->masks = arena_alloc(p->arena, count * sizeof(*s->masks));
    for (size_t i = 0; i < count; i++) {
        if (!is_silent(parts[i])) {
            take_words(s, p, parts[i], segment);
            groups += parts[i]->kind == QUERY_OR;
        }
        if (is_silent(parts[i]) || parts[i]->kind == QUERY_OR)
            s->masks[s->mask_count++] = parts[i];
    }
    /* What any of the words has needs not be told that it has one. */
    for (size_t i = 0, all = s->mask_count; i < all && groups == 1
         && s->required == 0; i++)
        if (!is_silent(s->masks[i])) {
            s->masks[i] = s->masks[--s->mask_count];
            break;
        }
    return s->count > 0;
}

static struct bits *mask_bits(const struct shape *s, const struct plan *p,
                              uint32_t segment, struct matching *m)
{
    struct bits **parts =
        arena_alloc(m->arena, s->mask_count * sizeof(*parts));

    if (s->mask_count == 0)
        return NULL;
    for (size_t i = 0; i < s->mask_count; i++)
        parts[i] = part_bits(p, s->masks[i], segment, m);
    return bits_all(m, parts, s->mask_count);
}

/* --- Matching ----------------------------------------------------------- */

/* Every live document of the cursor. */
static uint64_t walk(struct cursor *c, struct matching *m, struct best *best)
{
    struct segment *segment = m->segment;
    uint64_t total = 0;

    for (; c->doc != NO_DOC; cursor_seek(c, c->doc + 1)) {
        if (!live_has(&segment->live, c->doc))
            continue;
        total++;
        if (best->k)
            best_offer(best, segment->base + c->doc, cursor_score(c, 0.0f));
    }
    return total;
}

/* One word without deletions is its df. */
static uint64_t count_matches(const struct plan *p, const struct query *q,
                              uint32_t segment, struct matching *m)
{
    if (is_word(q) && !m->segment->live.bits) {
        const struct plan_group *g = plan_group(p, &q->words[0]);

        if (g->segments[segment].count <= 1)
            return g->segments[segment].count
                ? g->segments[segment].stems[0].df : 0;
    }
    return bits_count(m, plan_bits(p, q, segment, m));
}

uint64_t plan_match(const struct plan *p, const struct query *tree,
                    uint32_t segment, struct matching *m, struct best *best,
                    bool count)
{
    struct shape shape;

    if (best->k && !shape_of(&shape, p, tree, segment))
        return walk(plan_root(p, tree, segment, m), m, best);
    if (best->k) {
        struct mask mask;

        mask_init(&mask, m, mask_bits(&shape, p, segment, m));
        if (shape.required)
            bulk_all(m, best, &mask, shape.words, shape.count);
        else
            bulk_any(m, best, &mask, shape.words, shape.count);
    }
    return count ? count_matches(p, tree, segment, m) : 0;
}
