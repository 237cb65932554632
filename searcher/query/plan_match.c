/* plan_match.c -- which algorithm finds the documents of a tree.
 *
 * The k best, where every leaf that scores does so wherever it is in a
 * document that matches:
 *
 *   any word                      bulk_any
 *   all words                     bulk_all
 *   all, phrases among them       bulk_phrase
 *   beside them, what only        one of these, and a mask of bits says which
 *   filters or excludes           documents may be kept
 *   groups to have any of         leaves that need not be there, and the
 *   beside those                  groups once more in the mask
 *
 * Every other tree is a cursor that is walked from end to end, and so are
 * those where the mask does not fit the words (is_for_cursors).  How many
 * documents there are is another question, which bits answer without scores:
 * both together take less than scoring everything, but for phrases.
 */
#include "searcher/query/plan_match.h"

#include "searcher/match/bits.h"
#include "searcher/match/bulk.h"

enum { UNLIKE = 8 };            /* times, of costs that are far apart */

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
    size_t count = 0;

    for (size_t i = 0; i < q->count; i++)
        if (q->parts[i]->kind != QUERY_MAYBE)
            parts[count++] = q->kind == QUERY_AND
                ? part_bits(p, q->parts[i], segment, m)
                : plan_bits(p, q->parts[i], segment, m);
    return q->kind == QUERY_AND ? bits_all(m, parts, count)
                                : bits_any(m, parts, count);
}

static struct bits *meta_bits(const struct query *q, struct matching *m)
{
    struct stem stem;
    uint32_t ordinal;
    bool there = terms_find_stem(&m->segment->terms, q->key, &stem, &ordinal);

    return bits_word(m, (struct word){ &stem, there });
}

static struct bits *plan_bits(const struct plan *p, const struct query *q,
                              uint32_t segment, struct matching *m)
{
    struct bits *one;

    switch (q->kind) {
    case QUERY_WORD:
        if (!is_word(q))
            break;
        return bits_word(m, plan_word(p, &q->words[0], segment));
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

/* --- Trees as leaves ---------------------------------------------------- */

/* A tree that a kernel can take. */
struct shape {
    struct bulk_leaf *leaves;   /* in the order of the query */
    size_t count, required, placed;     /* placed: not words */
    size_t groups, maybe;       /* parts of more leaves; of kind MAYBE */
    const struct query **masks; /* what documents must match besides */
    size_t mask_count;
};

/* No leaf of it scores. */
static bool is_silent(const struct query *q)
{
    if (q->kind != QUERY_AND && q->kind != QUERY_OR
        && q->kind != QUERY_MAYBE)
        return !query_scores(q);
    for (size_t i = 0; i < q->count; i++)
        if (!is_silent(q->parts[i]))
            return false;
    return true;
}

/* A leaf that scores, or any of some. */
static bool is_leaves(const struct query *q)
{
    for (size_t i = 0; q->kind == QUERY_OR && i < q->count; i++)
        if (!query_scores(q->parts[i]))
            return false;
    return q->kind == QUERY_OR || query_scores(q);
}

static void take_leaf(struct shape *s, const struct plan *p,
                      const struct query *q, uint32_t segment, bool optional)
{
    struct word *words = arena_alloc(p->arena, q->count * sizeof(*words));

    for (size_t i = 0; i < q->count; i++)
        words[i] = plan_word(p, &q->words[i], segment);
    s->leaves[s->count++] = (struct bulk_leaf){
        words, q->count, plan_idf(p, q) * q->boost, q->title, optional
    };
    s->required += !optional;
    s->placed += !is_word(q);
}

/* What is behind a MAYBE. */
static const struct query *inner(const struct query *q)
{
    return q->kind == QUERY_MAYBE ? q->parts[0] : q;
}

static void take_leaves(struct shape *s, const struct plan *p,
                        const struct query *part, uint32_t segment)
{
    const struct query *q = inner(part);

    if (query_scores(q))
        take_leaf(s, p, q, segment, q != part);
    for (size_t i = 0; q->kind == QUERY_OR && i < q->count; i++)
        take_leaf(s, p, q->parts[i], segment, true);
}

static void take_part(struct shape *s, const struct plan *p,
                      const struct query *part, uint32_t segment)
{
    bool silent = is_silent(part), maybe = part->kind == QUERY_MAYBE;

    if (!silent)
        take_leaves(s, p, part, segment);
    s->groups += !silent && part->kind == QUERY_OR;
    s->maybe += maybe;
    if (!maybe && (silent || part->kind == QUERY_OR))
        s->masks[s->mask_count++] = part;
}

/* What any of the leaves has needs not be told that it has one. */
static void drop_group(struct shape *s)
{
    for (size_t i = 0; i < s->mask_count; i++)
        if (!is_silent(s->masks[i])) {
            s->masks[i] = s->masks[--s->mask_count];
            return;
        }
}

/* False: it is none of the shapes. */
static bool shape_of(struct shape *s, const struct plan *p,
                     const struct query *q, uint32_t segment)
{
    const struct query *one[] = { q };
    const struct query *const *parts = one;
    size_t count = 1, room = 0;

    if (q->kind == QUERY_AND) {
        parts = (const struct query *const *)q->parts;
        count = q->count;
    }
    for (size_t i = 0; i < count; i++) {
        const struct query *part = inner(parts[i]);

        if (!is_silent(part) && !is_leaves(part))
            return false;
        room += part->kind == QUERY_OR ? part->count : 1;
    }
    *s = (struct shape){ .count = 0 };
    s->leaves = arena_alloc(p->arena, room * sizeof(*s->leaves));
    s->masks = arena_alloc(p->arena, count * sizeof(*s->masks));
    for (size_t i = 0; i < count; i++)
        take_part(s, p, parts[i], segment);
    if (s->groups == 1 && s->required == 0)
        drop_group(s);
    return s->count && (s->required || (!s->placed && !s->maybe));
}

/* `all`: what its parts cost together; 0, and NULL, for no mask. */
static struct bits *mask_bits(const struct shape *s, const struct plan *p,
                              uint32_t segment, struct matching *m,
                              uint64_t *all)
{
    struct bits **parts =
        arena_alloc(m->arena, s->mask_count * sizeof(*parts));

    *all = 0;
    if (s->mask_count == 0)
        return NULL;
    for (size_t i = 0; i < s->mask_count; i++) {
        parts[i] = part_bits(p, s->masks[i], segment, m);
        *all += parts[i]->cost;
    }
    return bits_all(m, parts, s->mask_count);
}

static uint64_t df_of(const struct word *word)
{
    uint64_t df = 0;

    for (size_t i = 0; i < word->count; i++)
        df += word->stems[i].df;
    return df;
}

/* About how many documents the leaves go through: those of the rarest word
 * that is required, else of all. */
static uint64_t leaves_cost(const struct shape *s)
{
    uint64_t least = UINT64_MAX, sum = 0;

    for (size_t i = 0; i < s->count; i++) {
        const struct bulk_leaf *leaf = &s->leaves[i];

        for (size_t j = 0; j < leaf->count; j++) {
            uint64_t df = df_of(&leaf->words[j]);

            sum += df;
            if (!leaf->optional && df < least)
                least = df;
        }
    }
    return s->required ? least : sum;
}

/* Whether a cursor does less.  A mask is asked for documents that were
 * scored, 4,096 at a time, and cannot lead: so it is not for what is much
 * rarer than the words, nor much more frequent, nor read by positions.  And
 * phrases are read once for both the best and the total. */
static bool is_for_cursors(const struct shape *s, const struct bits *mask,
                           uint64_t all, bool count)
{
    uint64_t cost = leaves_cost(s);

    if (count && s->placed && s->required == s->count)
        return true;
    return mask && (mask->walks || mask->cost < cost / UNLIKE ||
                    cost < all / UNLIKE);
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

/* The part that decides alone what matches, beside what is behind MAYBE; or
 * the tree itself. */
static const struct query *decisive(const struct query *q)
{
    const struct query *only = NULL;

    for (size_t i = 0; q->kind == QUERY_AND && i < q->count; i++) {
        if (q->parts[i]->kind == QUERY_MAYBE)
            continue;
        if (only || q->parts[i]->kind == QUERY_NOT)
            return q;
        only = q->parts[i];
    }
    return only ? only : q;
}

/* One word without deletions is its df. */
static uint64_t count_matches(const struct plan *p, const struct query *tree,
                              uint32_t segment, struct matching *m)
{
    const struct query *q = decisive(tree);

    if (is_word(q) && !m->segment->live.bits) {
        struct word word = plan_word(p, &q->words[0], segment);

        if (word.count <= 1)
            return word.count ? word.stems[0].df : 0;
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
        uint64_t all;

        mask_init(&mask, m, mask_bits(&shape, p, segment, m, &all));
        if (is_for_cursors(&shape, mask.tree, all, count))
            return walk(plan_root(p, tree, segment, m), m, best);
        if (shape.placed)
            bulk_phrase(m, best, &mask, shape.leaves, shape.count);
        else if (shape.required)
            bulk_all(m, best, &mask, shape.leaves, shape.count);
        else
            bulk_any(m, best, &mask, shape.leaves, shape.count);
    }
    return count ? count_matches(p, tree, segment, m) : 0;
}
