/* test_search.c -- the engine equals the oracle: random queries over random
 * corpora give the same documents in the same order, with scores equal to
 * the bit, and the same totals.
 *
 * A corpus is built as an index is built: some commits, each through the
 * builder with little memory, with articles that replace others and with
 * deletions.  Which reading became which document is asked of the index (the
 * record number of the stored article); everything else of the oracle comes
 * from the articles as they were made.
 *
 *   LEDE_SEED      of everything; random and printed unless given
 *   LEDE_QUERIES   how many, over both tests
 *
 * A failure prints the seed of its corpus; LEDE_CORPUS=that runs it alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/invert/builder.h"
#include "tests/naive/naive.h"
#include "tests/naive/news.h"
#include "tests/property/compact.h"

/* One article as it was made, and what became of it. */
struct reading {
    struct article article;
    bool current;               /* the live version of its key */
    bool found;
};

struct corpus {
    uint64_t seed;
    struct chance chance;
    struct news_plan plan;
    struct arena arena;
    struct reading *readings;
    uint32_t count;
    bool again;                 /* the last reading is still to be added */
    char dir[64];
    struct index_lock lock;
    struct builder_options options;
    struct analyzer *analyzer;
    struct snapshot *snapshot;
    struct naive *naive;
    struct error err;
};

static uint64_t first_seed(void)
{
    const char *given = getenv("LEDE_SEED");
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return given ? strtoull(given, NULL, 0)
        : (uint64_t)t.tv_sec * 1000003u + (uint64_t)t.tv_nsec;
}

static uint32_t query_count(void)
{
    const char *given = getenv("LEDE_QUERIES");
    const char *deep = getenv("LEDE_TORTURE");

    return given ? (uint32_t)strtoul(given, NULL, 10)
        : deep && *deep ? 200000 : 20000;
}

static void must(struct corpus *c, enum status rc)
{
    if (rc != OK)
        fail_msg("corpus %#lx: status %d: %s", (unsigned long)c->seed, rc,
                 c->err.message);
}

/* --- Building ----------------------------------------------------------- */

/* The next reading: a new article, or one with the id of an earlier one. */
static struct reading *next_reading(struct corpus *c)
{
    struct reading *r = &c->readings[c->count];
    const struct article *before = NULL;
    uint32_t number = c->count;

    memset(r, 0, sizeof(*r));
    if (c->count > 0 && chance_of(&c->chance, 6))
        before = &c->readings[chance_below(&c->chance, c->count)].article;
    news_article(&r->article, &c->plan, &c->chance, &c->arena);
    if (before) {
        r->article.id = before->id;
        r->article.source = before->source;
    } else {
        r->article.id = bytes_str(arena_printf(&c->arena, "n%u", number));
    }
    r->article.path = bytes_str("-");
    r->article.record = number;
    c->count++;
    return r;
}

/* Two readings of one article; the id says it, because the source follows. */
static bool same_article(const struct article *a, const struct article *b)
{
    return bytes_equal(a->id, b->id) && bytes_equal(a->source, b->source);
}

/* Follows what the builder says; its rules have tests of their own. */
static void note_outcome(struct corpus *c, struct reading *r,
                         enum outcome outcome)
{
    bool lived = false;

    r->current = outcome == OUTCOME_ADDED || outcome == OUTCOME_UPDATED;
    for (struct reading *old = c->readings; old < r; old++) {
        if (!old->current || !same_article(&old->article, &r->article))
            continue;
        lived = true;
        old->current = outcome != OUTCOME_UPDATED;
    }
    if (outcome == OUTCOME_UPDATED || outcome == OUTCOME_OLDER)
        assert_true(lived);
    if (outcome == OUTCOME_ADDED)
        assert_false(lived);
}

/* Takes some documents out, as `rm` would. */
static void delete_some(struct corpus *c, struct snapshot *s,
                        struct manifest *m)
{
    uint32_t percent = chance_from(&c->chance, 1, 30);

    for (uint32_t i = 0; i < s->count; i++) {
        struct segment *segment = s->segments[i];
        struct segment_info *info = &m->segments[i];
        struct live live;
        char *path;

        live_copy(&live, &segment->live);
        for (uint32_t d = 0; d < segment->doc_count; d++) {
            struct article a;
            struct bytes record;

            if (!chance_of(&c->chance, percent) || !live_kill(&live, d))
                continue;
            must(c, docstore_get(&segment->store, d, &record, &c->err));
            must(c, article_unpack(&a, record, &c->arena, &c->err));
            assert_true(a.record < c->count);
            c->readings[a.record].current = false;
        }
        path = segment_path(c->dir, m->generation + 1, info->id, KIND_LIVE);
        must(c, live_save(&live, path, m->uuid, info->id, &info->live_size,
                          &c->err));
        info->live_generation = m->generation + 1;
        info->live_count = live.live_count;
        live_release(&live);
        free(path);
    }
}

static void commit_deletions(struct corpus *c)
{
    struct manifest m;
    struct snapshot *s;

    must(c, snapshot_open(&s, c->dir, &c->err));
    must(c, manifest_load(&m, c->dir, &c->err));
    delete_some(c, s, &m);
    must(c, manifest_commit(&m, c->dir, &c->err));
    snapshot_close(s);
    manifest_release(&m);
}

/* Gives the builder readings until it has `count` or is full; returns how
 * many it took. */
static uint32_t add_readings(struct corpus *c, struct builder *b,
                             uint32_t count)
{
    for (uint32_t taken = 0; taken < count; taken++) {
        struct reading *r = c->again ? &c->readings[c->count - 1]
            : next_reading(c);
        enum outcome outcome;
        enum status rc = builder_add(b, &r->article, &outcome, &c->err);

        c->again = rc == ERR_LIMIT && taken > 0;
        if (c->again) {
            error_clear(&c->err);
            return taken;
        }
        must(c, rc);
        note_outcome(c, r, outcome);
    }
    return count;
}

/* One commit of at most `count` readings; returns how many it took. */
static uint32_t commit_articles(struct corpus *c, uint32_t count)
{
    struct snapshot *s = NULL;
    struct builder *b;
    struct manifest m;
    enum status rc = manifest_load(&m, c->dir, &c->err);

    if (rc == OK)
        must(c, snapshot_open(&s, c->dir, &c->err));
    else
        assert_int_equal(rc, END);
    m.title_weight = c->options.title_weight;
    m.analyzer_version = analyzer_version();
    b = builder_new(c->dir, s, m.uuid, m.generation + 1, &c->options);
    count = add_readings(c, b, count);
    must(c, builder_finish(b, &m, &c->err));
    must(c, manifest_commit(&m, c->dir, &c->err));
    builder_free(b);
    snapshot_close(s);
    manifest_release(&m);
    return count;
}

/* The oracle takes the documents in the order that the index gave them. */
static void fill_naive(struct corpus *c)
{
    uint64_t live = 0;

    for (uint32_t d = 0; d < c->snapshot->doc_count; d++) {
        struct segment *s = snapshot_segment(c->snapshot, d);
        struct article stored;
        struct bytes record;
        struct reading *r;

        must(c, docstore_get(&s->store, d - s->base, &record, &c->err));
        must(c, article_unpack(&stored, record, &c->arena, &c->err));
        assert_true(stored.record < c->count);
        r = &c->readings[stored.record];
        assert_false(r->found);
        assert_true(bytes_equal(stored.id, r->article.id) &&
                    bytes_equal(stored.body, r->article.body));
        r->found = true;
        assert_int_equal(live_has(&s->live, d - s->base), r->current);
        live += r->current;
        naive_add(c->naive, &r->article, r->current);
    }
    assert_int_equal(live, c->snapshot->live_count);
    for (uint32_t i = 0; i < c->count; i++)
        assert_true(c->readings[i].found || !c->readings[i].current);
}

static void corpus_make(struct corpus *c, uint64_t seed, uint32_t articles)
{
    uint32_t commits;

    memset(c, 0, sizeof(*c));
    c->seed = seed;
    c->chance.state = seed;
    snprintf(c->dir, sizeof(c->dir), "%s/lede-search-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(c->dir));
    news_plan_make(&c->plan, &c->chance);
    c->options.memory = (size_t)1 << chance_from(&c->chance, 16, 24);
    c->options.title_weight = chance_of(&c->chance, 60)
        ? 3 : chance_from(&c->chance, 1, chance_of(&c->chance, 50) ? 5 : 100);
    c->options.source = bytes_str(chance_of(&c->chance, 50) ? "Wire" : "");
    c->readings = must_calloc(articles, sizeof(*c->readings));
    c->analyzer = analyzer_new();
    must(c, index_lock(&c->lock, c->dir, &c->err));
    commits = chance_from(&c->chance, 1, articles < 5 ? articles : 5);
    for (uint32_t left = articles; commits > 0; commits--) {
        uint32_t count = commits == 1 ? left
            : chance_from(&c->chance, 1, left - commits + 1);

        left -= count;
        while (count > 0)
            count -= commit_articles(c, count);
        if (chance_of(&c->chance, 30))
            commit_deletions(c);
        if (chance_of(&c->chance, 20))
            must(c, compact_some(c->dir, &c->chance, &c->err));
    }
    index_unlock(&c->lock);
    must(c, snapshot_open(&c->snapshot, c->dir, &c->err));
    c->naive = naive_new(c->analyzer, c->options.title_weight,
                         c->options.source);
    fill_naive(c);
}

static void corpus_release(struct corpus *c)
{
    char command[128];

    snapshot_close(c->snapshot);
    naive_free(c->naive);
    analyzer_free(c->analyzer);
    arena_release(&c->arena);
    free(c->readings);
    snprintf(command, sizeof(command), "rm -rf %s", c->dir);
    assert_int_equal(system(command), 0);
}

/* --- Asking ------------------------------------------------------------- */

static void request_make(struct request *r, struct corpus *c,
                         struct arena *arena)
{
    static const uint32_t froms[] = { 0, 0, 0, 0, 0, 1, 10, 127 };
    static const uint32_t sizes[] = { 1, 3, 10, 10, 10, 100, 128, 1000, 5000 };
    static const float k1s[] = { 0.0f, 0.00002f, 0.4f, 0.9f, 2.0f };
    static const float bs[] = { 0.0f, 0.3f, 0.4f, 1.0f };
    struct chance *chance = &c->chance;

    *r = (struct request)REQUEST_INIT;
    r->text = news_query(&c->plan, &c->readings[chance_below(
                             chance, c->count)].article, chance, arena);
    r->reading.mode = (enum query_mode)chance_below(chance, 3);
    r->reading.plain = chance_of(chance, 12);
    if (chance_of(chance, 12))
        r->reading.filters = news_filters(chance, arena);
    r->from = froms[chance_below(chance, 8)];
    r->n = sizes[chance_below(chance, 9)];
    if (chance_of(chance, 20))
        r->sort = chance_of(chance, 50) ? SORT_NEWEST : SORT_OLDEST;
    r->count = !chance_of(chance, 30);
    if (chance_of(chance, 25)) {
        r->k1 = k1s[chance_below(chance, 5)];
        r->b = bs[chance_below(chance, 4)];
    }
}

static uint32_t bits_of(float score)
{
    uint32_t bits;

    memcpy(&bits, &score, sizeof(bits));
    return bits;
}

static bool same_hit(const struct hit *a, const struct hit *b)
{
    return a->doc == b->doc && a->tier == b->tier &&
           bits_of(a->score) == bits_of(b->score);
}

static bool same_answer(const struct answer *a, const struct answer *b)
{
    if (a->count != b->count || a->total != b->total ||
        a->second_total != b->second_total || a->relaxed != b->relaxed)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same_hit(&a->hits[i], &b->hits[i]))
            return false;
    return true;
}

static void print_answer(const char *who, const struct answer *a,
                         const struct answer *other)
{
    uint32_t at = 0;

    printf("%s: %u hits, total %lu, second %lu, relaxed %d\n", who, a->count,
           (unsigned long)a->total, (unsigned long)a->second_total,
           a->relaxed);
    while (at < a->count && at < other->count &&
           same_hit(&a->hits[at], &other->hits[at]))
        at++;
    for (uint32_t i = at; i < a->count && i < at + 5; i++)
        printf("  %u: doc %u score %.9g (%08x) tier %u\n", i,
               a->hits[i].doc, (double)a->hits[i].score,
               bits_of(a->hits[i].score), a->hits[i].tier);
}

static void complain(struct corpus *c, const struct request *r,
                     const struct answer *got, const struct answer *want)
{
    struct buffer tree = BUFFER_INIT;

    printf("corpus %#lx, %u articles, %u documents in %u segments\n",
           (unsigned long)c->seed, c->count,
           (unsigned)c->snapshot->doc_count, c->snapshot->count);
    printf("query: %.*s\n", (int)r->text.len, (const char *)r->text.data);
    if (r->reading.filters.len)
        printf("filters: %.*s\n", (int)r->reading.filters.len,
               (const char *)r->reading.filters.data);
    if (want->query.root) {
        query_print(&tree, want->query.root);
        printf("tree:  %s\n", buffer_cstr(&tree));
    }
    printf("mode %d plain %d from %u n %u sort %d k1 %g b %g\n",
           r->reading.mode, r->reading.plain, r->from, r->n, r->sort,
           (double)r->k1, (double)r->b);
    print_answer("engine", got, want);
    print_answer("oracle", want, got);
    buffer_release(&tree);
    fail_msg("LEDE_CORPUS=%#lx: engine and oracle differ",
             (unsigned long)c->seed);
}

/* The parts of an explanation are the score, to the bit. */
static void explain_hit(struct corpus *c, const struct request *r,
                        const struct answer *got, const struct hit *hit,
                        struct arena *arena)
{
    struct explanation e;
    float sum = 0.0f;

    must(c, search_explain(&e, c->snapshot, r, got, hit, c->analyzer, arena,
                           &c->err));
    for (size_t i = 0; i < e.count; i++) {
        const struct explain_part *p = &e.parts[i];

        assert_true(p->tf > 0 || bits_of(p->score) == 0);
        if (p->tf > 0)
            assert_int_equal(bits_of(p->score), bits_of(
                p->idf * p->boost * ((float)p->tf / ((float)p->tf +
                                                     p->norm))));
        if (p->tf > 0)
            sum += p->score;
    }
    if (bits_of(sum) != bits_of(e.score) ||
        bits_of(sum) != bits_of(hit->score)) {
        printf("the parts sum to %.9g, explained %.9g, the hit %.9g\n",
               (double)sum, (double)e.score, (double)hit->score);
        complain(c, r, got, got);
    }
    assert_int_equal(e.len, naive_length(c->naive, hit->doc));
    assert_int_equal(e.doc_count, c->snapshot->doc_count);
}

/* What totals become that need not be exact: the hits that are known. */
static void forget_totals(struct answer *a, const struct request *r)
{
    uint64_t k = (uint64_t)r->from + r->n;

    if (r->count || r->sort != SORT_BEST)
        return;
    a->total = a->total < k ? a->total : k;
    a->second_total = a->second_total < k - a->total ? a->second_total
        : k - a->total;
}

/* One query; true when it had hits. */
static bool ask(struct corpus *c, struct arena *arena)
{
    struct answer got = { .count = 0 }, want;
    struct error err = ERROR_INIT;
    struct request request;
    enum status rc;

    request_make(&request, c, arena);
    rc = naive_search(&want, c->naive, &request, arena, &c->err);
    error_clear(&c->err);
    assert_int_equal(search(&got, c->snapshot, &request, c->analyzer, arena,
                            &err), rc);
    if (rc != OK)
        return false;
    assert_false(got.partial);
    forget_totals(&got, &request);
    forget_totals(&want, &request);
    if (!same_answer(&got, &want))
        complain(c, &request, &got, &want);
    if (got.count > 0 && chance_of(&c->chance, 5)) {
        explain_hit(c, &request, &got, &got.hits[0], arena);
        explain_hit(c, &request, &got, &got.hits[got.count - 1], arena);
    }
    return got.count > 0;
}

/* Asks a corpus of that many articles; returns how many had hits. */
static uint32_t try_corpus(uint64_t seed, uint32_t articles, uint32_t queries)
{
    struct arena arena = ARENA_INIT;
    struct corpus c;
    uint32_t with_hits = 0;

    corpus_make(&c, seed, articles);
    for (uint32_t i = 0; i < queries; i++) {
        with_hits += ask(&c, &arena);
        arena_reset(&arena);
    }
    arena_release(&arena);
    corpus_release(&c);
    return with_hits;
}

/* Corpora until the queries are used up; the size of a corpus follows from
 * its seed, so that a failing one can be made again. */
static void try_many(uint32_t queries, uint32_t each,
                     uint32_t (*size_of)(struct chance *))
{
    const char *only = getenv("LEDE_CORPUS");
    struct chance seeds = { first_seed() };
    uint32_t asked = 0, with_hits = 0, corpora = 0;

    printf("seed LEDE_SEED=%#lx\n", (unsigned long)seeds.state);
    while (asked < queries) {
        uint64_t seed = only ? strtoull(only, NULL, 0)
            : chance_next(&seeds);
        struct chance first = { ~seed };

        with_hits += try_corpus(seed, size_of(&first), each);
        asked += each;
        corpora++;
        if (only)
            return;
    }
    printf("%u queries over %u corpora, %u with hits\n", asked, corpora,
           with_hits);
    assert_true(with_hits > asked / 4);
}

static uint32_t small(struct chance *c)
{
    return chance_of(c, 20) ? chance_from(c, 1, 8) : chance_from(c, 9, 300);
}

static uint32_t large(struct chance *c)
{
    return chance_from(c, 800, 3000);
}

/* More than one window of whatever looks at documents by windows. */
static uint32_t huge(struct chance *c)
{
    return chance_from(c, 9000, 15000);
}

static void small_corpora_equal_the_oracle(void **state)
{
    (void)state;
    try_many(query_count() * 70 / 100, 100, small);
}

static void large_corpora_equal_the_oracle(void **state)
{
    (void)state;
    try_many(query_count() * 25 / 100, 500, large);
}

static void huge_corpora_equal_the_oracle(void **state)
{
    (void)state;
    try_many(query_count() * 5 / 100, 200, huge);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_corpora_equal_the_oracle),
        cmocka_unit_test(large_corpora_equal_the_oracle),
        cmocka_unit_test(huge_corpora_equal_the_oracle),
    };

    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
