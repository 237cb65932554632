/* bench.h -- an index in a temporary folder, built step by step. */
#ifndef LEDE_TESTS_BENCH_H
#define LEDE_TESTS_BENCH_H

#include "indexer/invert/builder.h"
#include "tests/unit/tmp.h"

enum { SMALL = 1 << 20, LARGE = 64 << 20, SEED = 4711 };

struct bench {
    char *dir;
    struct index_lock lock;
    struct manifest manifest;
    struct snapshot *snapshot;
    struct builder *builder;
    struct error err;
};

static void begin(struct bench *b, const char *name, size_t memory)
{
    struct builder_options options = { memory, 3, BYTES_NONE, false };

    *b = (struct bench){ .lock = INDEX_LOCK_INIT };
    b->dir = path_join(tmp_dir, name);
    assert_int_equal(index_lock(&b->lock, b->dir, &b->err), OK);
    if (manifest_load(&b->manifest, b->dir, &b->err) == OK)
        assert_int_equal(snapshot_open(&b->snapshot, b->dir, &b->err), OK);
    b->manifest.title_weight = 3;
    b->manifest.analyzer_version = analyzer_version();
    b->builder = builder_new(b->dir, b->snapshot, b->manifest.uuid,
                             b->manifest.generation + 1, &options);
}

static void put_away(struct bench *b)
{
    builder_free(b->builder);
    snapshot_close(b->snapshot);
    manifest_release(&b->manifest);
    index_unlock(&b->lock);
    free(b->dir);
}

static void end(struct bench *b)
{
    uint32_t before = b->manifest.segment_count;

    if (builder_finish(b->builder, &b->manifest, &b->err) != OK)
        fail_msg("%s", b->err.message);
    if (b->manifest.segment_count > before &&
        manifest_commit(&b->manifest, b->dir, &b->err) != OK)
        fail_msg("%s", b->err.message);
    put_away(b);
}

static inline struct snapshot *open_index(const char *name)
{
    char *dir = path_join(tmp_dir, name);
    struct error err = ERROR_INIT;
    struct snapshot *s;

    if (snapshot_open(&s, dir, &err) != OK)
        fail_msg("%s", err.message);
    for (uint32_t i = 0; i < s->count; i++) {
        if (segment_verify(s->segments[i], &err) != OK)
            fail_msg("%s", err.message);
    }
    free(dir);
    return s;
}

static struct article article_of(const char *id, const char *title,
                                 const char *body)
{
    struct article a;

    article_init(&a);
    a.id = bytes_str(id);
    a.source = bytes_str("Wire");
    a.title = bytes_str(title);
    a.body = bytes_str(body);
    a.lang = (struct lang){ "en" };
    a.path = bytes_str("wire.jsonl");
    return a;
}

static enum outcome take(struct bench *b, const struct article *a)
{
    enum outcome outcome = OUTCOME_ADDED;

    if (builder_add(b->builder, a, &outcome, &b->err) != OK)
        fail_msg("%s", b->err.message);
    return outcome;
}

#endif
