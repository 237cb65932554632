/* search.c -- from a request to an answer.
 *
 *   text --parse--> tree --plan--> a cursor a segment --match--> documents
 *        --collect--> the best from + n --> hits
 *
 * Two tiers: when words side by side are not all in enough documents, those
 * with some of them follow, in a tier of their own and never mixed in.
 */
#include "searcher/search.h"

#include <stdlib.h>
#include <time.h>

#include "searcher/collect/top.h"
#include "searcher/query/plan_match.h"

/* The documents of one tree, as far as they are wanted. */
struct tier {
    struct hit *hits;           /* the best, in order */
    size_t count;
    uint64_t total;             /* at least count, if it is not asked for */
};

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* --- One tier ----------------------------------------------------------- */

/* Offers the document that the cursor stands on. */
static void offer(struct top *top, struct cursor *c, struct segment *segment,
                  enum sort_order sort)
{
    uint32_t doc = segment->base + c->doc;
    int64_t date = (int64_t)docvalues_get(&segment->values, COLUMN_PUBLISHED,
                                          c->doc);
    int64_t rank = sort == SORT_NEWEST ? top_rank_newest(date)
                                       : top_rank_oldest(date);

    if (top_takes(top, rank, doc))
        top_offer(top, rank, doc, cursor_score(c, 0.0f));
}

/* By date: every live document of the tree is looked at. */
static void tier_by_date(struct tier *t, const struct plan *p,
                         const struct query *tree, size_t k,
                         enum sort_order sort)
{
    struct top top;

    top_init(&top, k, p->arena);
    for (uint32_t i = 0; i < p->snapshot->count; i++) {
        struct segment *segment = p->snapshot->segments[i];
        struct matching m;
        struct cursor *c;

        matching_init(&m, segment, &p->bm25, p->arena);
        c = plan_root(p, tree, i, &m);
        for (; c->doc != NO_DOC; cursor_seek(c, c->doc + 1)) {
            if (!live_has(&segment->live, c->doc))
                continue;
            t->total++;
            if (k)
                offer(&top, c, segment, sort);
        }
        matching_release(&m);
    }
    top_finish(&top);
    t->hits = arena_alloc(p->arena, top.count * sizeof(*t->hits));
    for (; t->count < top.count; t->count++)
        t->hits[t->count] = (struct hit){ top.heap[t->count].doc,
                                          top.heap[t->count].score, 1 };
}

static void tier_by_score(struct tier *t, const struct plan *p,
                          const struct query *tree, size_t k, bool count)
{
    struct best best;

    best_init(&best, k, p->arena);
    for (uint32_t i = 0; i < p->snapshot->count; i++) {
        struct matching m;

        matching_init(&m, p->snapshot->segments[i], &p->bm25, p->arena);
        t->total += plan_match(p, tree, i, &m, &best, count);
        matching_release(&m);
    }
    best_finish(&best);
    t->hits = arena_alloc(p->arena, best.count * sizeof(*t->hits));
    for (; t->count < best.count; t->count++)
        t->hits[t->count] = (struct hit){ best_doc(best.keys[t->count]),
                                          best_score(best.keys[t->count]),
                                          1 };
    if (!count)
        t->total = t->count;
}

/* The `k` best documents of the tree, and how many there are. */
static void tier_find(struct tier *t, const struct plan *p,
                      const struct query *tree, uint64_t k,
                      const struct request *request)
{
    *t = (struct tier){ NULL, 0, 0 };
    if (k > p->snapshot->live_count)
        k = p->snapshot->live_count;
    if (request->sort == SORT_BEST)
        tier_by_score(t, p, tree, (size_t)k, request->count);
    else
        tier_by_date(t, p, tree, (size_t)k, request->sort);
}

static int doc_order(const void *a, const void *b)
{
    uint32_t x = ((const struct hit *)a)->doc;
    uint32_t y = ((const struct hit *)b)->doc;

    return (x > y) - (x < y);
}

/* The second tier: the best of the relaxed tree without those of the first,
 * which are all known, and all among the relaxed tree's. */
static void tier_second(struct tier *t, const struct plan *p,
                        const struct query *tree, const struct tier *first,
                        uint64_t k, const struct request *request)
{
    size_t size = first->count * sizeof(*first->hits), kept = 0;
    struct hit *known = arena_alloc(p->arena, size);

    tier_find(t, p, tree, k, request);
    if (first->count) {
        memcpy(known, first->hits, size);
        qsort(known, first->count, sizeof(*known), doc_order);
    }
    for (size_t i = 0; i < t->count; i++) {
        if (first->count && bsearch(&t->hits[i], known, first->count,
                                    sizeof(*known), doc_order))
            continue;
        t->hits[kept] = t->hits[i];
        t->hits[kept++].tier = 2;
    }
    t->count = kept;
    if (!request->count || t->total < first->count + kept)
        t->total = first->count + kept;     /* the latter after damage */
    t->total -= first->count;
}

/* --- What the words mean ------------------------------------------------ */

static int stem_order(const void *a, const void *b)
{
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

static void marks_add(struct marks *marks, const struct plan *p,
                      const struct query *leaf)
{
    for (size_t i = 0; i < leaf->count; i++) {
        const struct plan_group *g = plan_group(p, &leaf->words[i]);

        memcpy(marks->stems + marks->count, g->stems,
               g->count * sizeof(*g->stems));
        marks->count += g->count;
    }
}

static size_t count_stems(const struct plan *p, const struct query *leaf)
{
    size_t count = 0;

    for (size_t i = 0; i < leaf->count; i++)
        count += plan_group(p, &leaf->words[i])->count;
    return count;
}

/* The stems of these leaves, sorted, each once. */
static struct marks marks_of(const struct plan *p,
                             const struct query_list *leaves)
{
    struct marks marks = { NULL, 0 };
    size_t room = 0, kept = 0;

    for (size_t i = 0; i < leaves->count; i++)
        room += count_stems(p, leaves->items[i]);
    marks.stems = arena_alloc(p->arena, room * sizeof(*marks.stems));
    for (size_t i = 0; i < leaves->count; i++)
        marks_add(&marks, p, leaves->items[i]);
    if (marks.count)
        qsort(marks.stems, marks.count, sizeof(*marks.stems), stem_order);
    for (size_t i = 0; i < marks.count; i++)
        if (!kept || !bytes_equal(marks.stems[kept - 1], marks.stems[i]))
            marks.stems[kept++] = marks.stems[i];
    marks.count = kept;
    return marks;
}

/* The scoring leaves that are not under a NOT, in the order of the query. */
static void positive_leaves(struct query_list *out, struct query *q,
                            struct arena *arena)
{
    if (query_scores(q)) {
        query_push(arena, out, q);
        return;
    }
    for (size_t i = 0; q->kind != QUERY_NOT && i < q->count; i++)
        positive_leaves(out, q->parts[i], arena);
}

static struct marks query_marks(const struct plan *p, struct query *root)
{
    struct query_list leaves = { NULL, 0, 0 };

    positive_leaves(&leaves, root, p->arena);
    return marks_of(p, &leaves);
}

/* --- Search ------------------------------------------------------------- */

static bool wants_second(const struct answer *a, const struct request *r)
{
    return a->query.relaxed && r->sort == SORT_BEST
        && a->total < (uint64_t)r->from + r->n;
}

/* The hits from `from` on, of the first tier and then of the second. */
static void take_hits(struct answer *out, const struct request *r,
                      const struct tier *first, const struct tier *second,
                      struct arena *arena)
{
    size_t all = first->count + second->count;
    size_t from = r->from < all ? r->from : all;

    out->count = all - from < r->n ? (uint32_t)(all - from) : r->n;
    out->hits = arena_alloc(arena, out->count * sizeof(*out->hits));
    for (uint32_t i = 0; i < out->count; i++) {
        size_t at = from + i;

        out->hits[i] = at < first->count ? first->hits[at]
                                         : second->hits[at - first->count];
    }
}

enum status search(struct answer *out, struct snapshot *snapshot,
                   const struct request *request, struct analyzer *analyzer,
                   struct arena *arena, struct error *err)
{
    uint64_t k = (uint64_t)request->from + request->n;
    struct tier first, second = { NULL, 0, 0 };
    double started = now();
    enum status status;
    struct plan plan;

    memset(out, 0, sizeof(*out));
    status = query_parse(&out->query, request->text, &request->reading,
                         analyzer, arena, err);
    if (status != OK)
        return status;
    plan_init(&plan, snapshot, request->k1, request->b, analyzer, arena);
    status = plan_words(&plan, out->query.root, err);
    if (status != OK)
        return status;
    tier_find(&first, &plan, out->query.root, k, request);
    out->total = first.total;
    out->relaxed = wants_second(out, request);
    if (out->relaxed)
        tier_second(&second, &plan, out->query.relaxed, &first, k, request);
    out->second_total = second.total;
    take_hits(out, request, &first, &second, arena);
    out->marks = query_marks(&plan, out->query.root);
    status = snapshot_damage(snapshot, err);
    out->partial = status != OK;
    out->seconds = now() - started;
    return status;
}

/* --- Explain ------------------------------------------------------------ */

/* What a document's score is made of. */
struct account {
    struct explanation *out;
    struct plan plan;
    struct matching matching;
    uint32_t segment, doc;      /* document of the segment */
};

static const char *leaf_text(const struct query *leaf, struct arena *arena)
{
    struct buffer text = BUFFER_INIT;
    const char *copy;

    query_print(&text, leaf);
    copy = arena_str(arena, buffer_bytes(&text));
    buffer_release(&text);
    return copy;
}

static void explain_leaf(struct account *a, struct query *leaf, bool counts)
{
    struct explain_part *part = &a->out->parts[a->out->count++];
    struct query_list one = { &leaf, 1, 1 };
    struct cursor *c = plan_cursor(&a->plan, leaf, a->segment, &a->matching);

    part->leaf = leaf_text(leaf, a->plan.arena);
    part->stems = marks_of(&a->plan, &one);
    part->df = leaf->kind == QUERY_WORD
        ? plan_group(&a->plan, &leaf->words[0])->df : 0;
    part->idf = plan_idf(&a->plan, leaf);
    part->boost = leaf->boost;
    part->norm = bm25_norm(&a->plan.bm25, a->out->len);
    if (!counts || cursor_seek(c, a->doc) != a->doc)
        return;
    part->tf = c->ops->freq(c);
    part->score = cursor_score(c, 0.0f);
    a->out->score = cursor_score(c, a->out->score);
}

/* Leaves count where every node above them matches. */
static void explain_node(struct account *a, struct query *q, bool counts)
{
    struct cursor *c;

    if (query_scores(q)) {
        explain_leaf(a, q, counts);
        return;
    }
    if (q->kind == QUERY_NOT)
        return;
    c = plan_cursor(&a->plan, q, a->segment, &a->matching);
    counts = counts && cursor_seek(c, a->doc) == a->doc;
    for (size_t i = 0; i < q->count; i++)
        explain_node(a, q->parts[i], counts);
}

static uint32_t segment_number(const struct snapshot *s, uint32_t doc)
{
    uint32_t at = 0;

    while (at + 1 < s->count && s->segments[at + 1]->base <= doc)
        at++;
    return at;
}

enum status search_explain(struct explanation *out, struct snapshot *snapshot,
                           const struct request *request,
                           const struct answer *answer,
                           const struct hit *hit, struct analyzer *analyzer,
                           struct arena *arena, struct error *err)
{
    struct account a = { .out = out };
    struct query *tree =
        hit->tier == 2 ? answer->query.relaxed : answer->query.root;
    struct query_list leaves = { NULL, 0, 0 };
    struct segment *segment;
    enum status status;

    memset(out, 0, sizeof(*out));
    plan_init(&a.plan, snapshot, request->k1, request->b, analyzer, arena);
    status = plan_words(&a.plan, answer->query.root, err);
    if (status != OK)
        return status;
    positive_leaves(&leaves, tree, arena);
    out->parts = arena_calloc(arena, leaves.count, sizeof(*out->parts));
    a.segment = segment_number(snapshot, hit->doc);
    segment = snapshot->segments[a.segment];
    a.doc = hit->doc - segment->base;
    out->len = (uint32_t)docvalues_get(&segment->values, COLUMN_LENGTH,
                                       a.doc);
    out->average = a.plan.bm25.average;
    out->doc_count = snapshot->doc_count;
    matching_init(&a.matching, segment, &a.plan.bm25, arena);
    explain_node(&a, tree, true);
    matching_release(&a.matching);
    return snapshot_damage(snapshot, err);
}
