/* test_compact.c -- making one segment of many changes no answer: the same
 * documents with scores equal to the bit, where nothing was deleted.
 *
 *   LEDE_SEED   of everything; random and printed unless given
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/invert/builder.h"
#include "searcher/search.h"
#include "tests/naive/news.h"
#include "tests/property/compact.h"
#include "tests/unit/tmp.h"

enum { ROUNDS = 10, QUERIES = 80 };

struct bench {
    char *dir;
    struct chance chance;
    struct news_plan plan;
    struct article sample;
    struct arena arena;
    struct analyzer *analyzer;
    struct error err;
};

static void must(const struct bench *b, enum status code)
{
    if (code != OK)
        fail_msg("%s", b->err.message);
}

/* A commit of `count` new articles, numbered from `first`. */
static void commit(struct bench *b, uint32_t first, uint32_t count)
{
    struct builder_options options = { (size_t)1 << 20, 3, BYTES_NONE, false };
    struct snapshot *s = NULL;
    struct manifest m;
    struct builder *builder;
    enum outcome outcome;

    if (manifest_load(&m, b->dir, &b->err) == OK)
        must(b, snapshot_open(&s, b->dir, &b->err));
    m.title_weight = 3;
    m.analyzer_version = analyzer_version();
    builder = builder_new(b->dir, s, m.uuid, m.generation + 1, &options);
    for (uint32_t i = first; i < first + count; i++) {
        news_article(&b->sample, &b->plan, &b->chance, &b->arena);
        b->sample.id = bytes_str(arena_printf(&b->arena, "n%u", i));
        b->sample.path = bytes_str("-");
        must(b, builder_add(builder, &b->sample, &outcome, &b->err));
        assert_int_equal(outcome, OUTCOME_ADDED);
    }
    must(b, builder_finish(builder, &m, &b->err));
    must(b, manifest_commit(&m, b->dir, &b->err));
    builder_free(builder);
    snapshot_close(s);
    manifest_release(&m);
}

static void begin(struct bench *b, uint64_t seed, unsigned round)
{
    uint32_t next = 0;
    char name[32];

    *b = (struct bench){ .chance = { seed }, .arena = ARENA_INIT };
    snprintf(name, sizeof(name), "index-%u", round);
    b->dir = path_join(tmp_dir, name);
    must(b, dir_make(b->dir, &b->err));
    b->analyzer = analyzer_new();
    news_plan_make(&b->plan, &b->chance);
    for (uint32_t commits = 2 + round % 4; commits; commits--) {
        uint32_t count = chance_from(&b->chance, 1, 60 * (round + 1));

        commit(b, next, count);
        next += count;
    }
}

static void ask(struct bench *b, struct snapshot *s, struct answer *answers)
{
    for (uint32_t i = 0; i < QUERIES; i++) {
        struct request r = REQUEST_INIT;

        answers[i] = (struct answer){ .count = 0 };
        r.text = news_query(&b->plan, &b->sample, &b->chance, &b->arena);
        r.reading.mode = (enum query_mode)(i % 3);
        r.n = i % 5 ? 10 : 1000;
        if (i % 7 == 0)
            r.sort = SORT_NEWEST;
        search(&answers[i], s, &r, b->analyzer, &b->arena, &b->err);
        error_clear(&b->err);
    }
}

static void check_same(const struct answer *a, const struct answer *b)
{
    assert_int_equal(a->count, b->count);
    assert_true(a->total == b->total);
    for (uint32_t i = 0; i < a->count; i++) {
        assert_int_equal(a->hits[i].doc, b->hits[i].doc);
        assert_int_equal(a->hits[i].tier, b->hits[i].tier);
        assert_memory_equal(&a->hits[i].score, &b->hits[i].score,
                            sizeof(float));
    }
}

/* Returns how many queries had hits. */
static uint32_t try_index(uint64_t seed, unsigned round)
{
    struct answer before[QUERIES], after[QUERIES];
    struct snapshot *many, *one;
    struct chance chance;
    uint32_t with_hits = 0;
    struct bench b;

    begin(&b, seed, round);
    must(&b, snapshot_open(&many, b.dir, &b.err));
    assert_int_equal(many->count, 2 + round % 4);
    chance = b.chance;
    ask(&b, many, before);
    must(&b, compact_all(b.dir, &b.err));
    must(&b, snapshot_open(&one, b.dir, &b.err));
    assert_int_equal(one->count, 1);
    must(&b, segment_verify(one->segments[0], &b.err));
    b.chance = chance;
    ask(&b, one, after);
    for (uint32_t i = 0; i < QUERIES; i++) {
        check_same(&before[i], &after[i]);
        with_hits += after[i].count > 0;
    }
    snapshot_close(many);
    snapshot_close(one);
    analyzer_free(b.analyzer);
    arena_release(&b.arena);
    free(b.dir);
    return with_hits;
}

static void compacting_changes_no_answer(void **state)
{
    const char *given = getenv("LEDE_SEED");
    struct chance seeds = { given ? strtoull(given, NULL, 0)
                                  : (uint64_t)time(NULL) };
    uint32_t with_hits = 0;

    (void)state;
    printf("seed LEDE_SEED=%#lx\n", (unsigned long)seeds.state);
    for (unsigned round = 0; round < ROUNDS; round++)
        with_hits += try_index(chance_next(&seeds), round);
    printf("%u of %d queries with hits\n", with_hits, ROUNDS * QUERIES);
    assert_true(with_hits > ROUNDS * QUERIES / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compacting_changes_no_answer),
    };

    return cmocka_run_group_tests_name("compact", tests, tmp_set_up,
                                       tmp_tear_down);
}
