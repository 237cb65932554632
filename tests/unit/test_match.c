/* test_match.c -- every operator over two small segments with deletions,
 * against a loop over all documents.
 *
 * Queries are made of the stems and words of sample.h; the naive side takes
 * the parsed tree, and everything else from the sample itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/search.h"
#include "searcher/match/bm25.h"
#include "tests/unit/sample.h"

enum { SEGMENTS = 2, DOCS = SEGMENTS * SAMPLE_DOCS, QUERIES = 600 };

static struct sample samples[SEGMENTS];
static bool dead[DOCS];
static char *dir;
static struct snapshot *snapshot;
static struct analyzer *analyzer;
static struct arena arena;
static uint64_t chance = 42;

/* --- The index ---------------------------------------------------------- */

static void kill_some(struct segment_info *info, uint32_t number)
{
    struct error err = ERROR_INIT;
    struct live live;
    char *path;

    live_init(&live, SAMPLE_DOCS);
    for (uint32_t d = 0; d < SAMPLE_DOCS; d += 1 + sample_below(&chance, 20))
        dead[number * SAMPLE_DOCS + d] = live_kill(&live, d);
    path = segment_path(dir, 1, info->id, KIND_LIVE);
    assert_int_equal(live_save(&live, path, 9, info->id, &info->live_size,
                               &err), OK);
    info->live_generation = 1;
    info->live_count = live.live_count;
    live_release(&live);
    free(path);
}

static int set_up(void **state)
{
    struct manifest m = { .uuid = 9, .title_weight = SAMPLE_WEIGHT };
    struct error err = ERROR_INIT;

    (void)state;
    dir = tmp_folder();
    m.segments = must_calloc(SEGMENTS, sizeof(*m.segments));
    m.segment_count = SEGMENTS;
    for (uint32_t i = 0; i < SEGMENTS; i++) {
        sample_fill(&samples[i], SAMPLE_DOCS, 1000 + i);
        assert_int_equal(sample_write(&samples[i], dir, 9, 1, 70 + i,
                                      &m.segments[i], &err), OK);
        kill_some(&m.segments[i], i);
    }
    assert_int_equal(manifest_commit(&m, dir, &err), OK);
    manifest_release(&m);
    assert_int_equal(snapshot_open(&snapshot, dir, &err), OK);
    analyzer = analyzer_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    snapshot_close(snapshot);
    analyzer_free(analyzer);
    arena_release(&arena);
    tmp_remove(dir);
    return 0;
}

/* --- The naive side ----------------------------------------------------- */

/* Whether the word of a query means this stem; see sample_put_words. */
static bool means(const struct query_word *word, uint32_t stem)
{
    uint32_t number = (uint32_t)strtoul((const char *)word->word.data + 4,
                                        NULL, 10);

    if (word->word.data[0] == 's')
        return number == stem;
    return stem + 1 == number % 7
        || (number % 2 && stem + 1 == number % 7 + 1 + number % 3);
}

static bool stands_at(const struct sample *s, uint32_t d, uint32_t at,
                      const struct query *q)
{
    uint32_t title = s->docs[d].title;

    for (uint32_t i = 0; i < q->count; i++)
        if (at + i >= s->docs[d].len
            || !means(&q->words[i], s->docs[d].stems[at + i])
            || (i && at + i == title))
            return false;
    return true;
}

static uint32_t leaf_tf(const struct query *q, uint32_t doc)
{
    const struct sample *s = &samples[doc / SAMPLE_DOCS];
    uint32_t d = doc % SAMPLE_DOCS, tf = 0, title = s->docs[d].title;

    for (uint32_t at = 0; at < s->docs[d].len; at++)
        if (stands_at(s, d, at, q))
            tf += q->title ? at < title : at < title ? SAMPLE_WEIGHT : 1;
    return tf;
}

/* Documents that hold a stem, one stem after the other; a word is counted
 * once. */
static uint32_t word_df(const struct query_word *word)
{
    static uint32_t known[2][1000];     /* by first letter and number, + 1 */
    uint32_t df = 0, where[SAMPLE_WORDS], title;
    uint32_t *there = &known[word->word.data[0] == 's'][strtoul(
        (const char *)word->word.data + 4, NULL, 10) % 1000];

    if (*there)
        return *there - 1;

    for (uint32_t stem = 0; stem < SAMPLE_STEMS; stem++)
        for (uint32_t doc = 0; means(word, stem) && doc < DOCS; doc++)
            df += sample_positions(&samples[doc / SAMPLE_DOCS],
                                   doc % SAMPLE_DOCS, stem, where,
                                   &title) > 0;
    df = df < DOCS ? df : DOCS;
    *there = df + 1;
    return df;
}

static float leaf_score(const struct query *q, uint32_t doc, uint32_t tf,
                        float sum)
{
    struct bm25 bm25 = bm25_of(1.2f, 0.75f, snapshot->sum_lengths, DOCS);
    uint32_t len = samples[doc / SAMPLE_DOCS].docs[doc % SAMPLE_DOCS].len;
    float idf = 0;

    for (size_t i = 0; i < q->count; i++)
        idf += bm25_idf(DOCS, word_df(&q->words[i]));
    return sum + bm25_score(idf * q->boost, tf, bm25_norm(&bm25, len));
}

static bool holds(const struct query *q, uint32_t doc, float *sum)
{
    float inner = *sum, none = 0;
    size_t held = 0;
    uint32_t tf;

    switch (q->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        tf = leaf_tf(q, doc);
        *sum = tf ? leaf_score(q, doc, tf, *sum) : *sum;
        return tf > 0;
    case QUERY_NOT:
        return !holds(q->parts[0], doc, &none);
    case QUERY_MAYBE:
        holds(q->parts[0], doc, sum);
        return true;
    case QUERY_META:
        return bytes_equal(q->key, bytes_str("\x01stimes"))
            && doc % SAMPLE_DOCS % 2 == 0;
    case QUERY_AND:
    case QUERY_OR:
        for (size_t i = 0; i < q->count; i++)
            held += holds(q->parts[i], doc, &inner);
        if (q->kind == QUERY_AND ? held < q->count : !held)
            return false;
        *sum = inner;
        return true;
    default:
        return q->kind == QUERY_ALL;
    }
}

struct found {
    uint32_t doc;
    float score;
};

static int found_order(const void *a, const void *b)
{
    const struct found *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* All documents of a tree, the best first, without those of `except`. */
static size_t find_all(struct found *out, const struct query *q,
                       const struct query *except)
{
    size_t count = 0;

    for (uint32_t doc = 0; doc < DOCS; doc++) {
        float score = 0, none = 0;

        if (dead[doc] || !holds(q, doc, &score)
            || (except && holds(except, doc, &none)))
            continue;
        out[count++] = (struct found){ doc, score };
    }
    qsort(out, count, sizeof(*out), found_order);
    return count;
}

/* --- Queries ------------------------------------------------------------ */

/* A frequent stem, a rare one, one that is nowhere, or a group of stems. */
static void put_word(struct buffer *b)
{
    uint32_t number = sample_below(&chance, 100);

    if (sample_below(&chance, 3) || number % 7 == 0)
        buffer_printf(b, "stem%02u", sample_below(&chance, SAMPLE_STEMS));
    else
        buffer_printf(b, "word%03u", number);
}

static void put_query(struct buffer *b, unsigned depth);

static void put_leaf(struct buffer *b, unsigned depth)
{
    unsigned kind = sample_below(&chance, 14);

    buffer_put_str(b, kind == 0 ? "title:" : "");
    if (kind == 1) {
        buffer_put_str(b, "source:times");
    } else if (kind == 2 && depth < 4) {
        buffer_put_str(b, "(");
        put_query(b, depth + 1);
        buffer_put_str(b, ")");
    } else if (kind < 6) {
        buffer_put_str(b, kind == 3 ? "title:\"" : "\"");
        for (unsigned i = 1 + sample_below(&chance, 3); i > 0; i--) {
            put_word(b);
            buffer_put_str(b, " ");
        }
        buffer_put_str(b, "\"");
    } else {
        put_word(b);
    }
}

static void put_query(struct buffer *b, unsigned depth)
{
    bool operators = depth > 0 || sample_below(&chance, 2);

    for (unsigned i = 1 + sample_below(&chance, 4); i > 0; i--) {
        if (operators && sample_below(&chance, 5) == 0)
            buffer_put_str(b, sample_below(&chance, 3) ? "-" : "MAYBE ");
        put_leaf(b, operators ? depth : 9);
        if (i > 1)
            buffer_put_str(b, operators && sample_below(&chance, 3) == 0
                           ? " OR " : " ");
    }
}

/* --- Comparing ---------------------------------------------------------- */

static void check_explanation(const struct request *r,
                              const struct answer *answer,
                              const struct hit *hit)
{
    struct explanation e;
    struct error err = ERROR_INIT;
    float sum = 0;

    assert_int_equal(search_explain(&e, snapshot, r, answer, hit, analyzer,
                                    &arena, &err), OK);
    for (size_t i = 0; i < e.count; i++) {
        assert_true(e.parts[i].score
                    == (e.parts[i].tf ? bm25_score(e.parts[i].idf
                        * e.parts[i].boost, e.parts[i].tf, e.parts[i].norm)
                        : 0.0f));
        sum += e.parts[i].score;
    }
    assert_true(sum == hit->score);
    assert_true(e.score == hit->score);
}

static void check_hits(const struct request *r, const struct answer *a,
                       const struct found *all, size_t first, size_t count)
{
    size_t want = count > r->from ? count - r->from : 0;

    assert_int_equal(a->count, want < r->n ? want : r->n);
    for (uint32_t i = 0; i < a->count; i++) {
        assert_int_equal(a->hits[i].doc, all[r->from + i].doc);
        assert_true(a->hits[i].score == all[r->from + i].score);
        assert_int_equal(a->hits[i].tier, r->from + i < first ? 1 : 2);
    }
    if (a->count)
        check_explanation(r, a, &a->hits[a->count - 1]);
}

/* What the queries came to, so that nothing passes by being empty. */
static struct {
    unsigned hits, tiers, phrases, titles;
} seen;

static void note(const struct answer *a, const struct buffer *text)
{
    bool hit = a->count > 0;

    seen.hits += hit;
    seen.tiers += a->second_total > 0;
    seen.phrases += hit && memchr(text->data, '"', text->len);
    seen.titles += hit && memmem(text->data, text->len, "title:", 6);
}

static void check_query(struct buffer *text)
{
    static struct found all[2 * DOCS];
    struct request r = REQUEST_INIT;
    struct error err = ERROR_INIT;
    struct answer a;
    size_t first, second = 0;

    r.text = bytes_str(buffer_cstr(text));
    r.from = sample_below(&chance, 3) * 5;
    r.n = sample_below(&chance, 4) * 30;
    r.reading.mode = (enum query_mode)sample_below(&chance, 3);
    assert_int_equal(search(&a, snapshot, &r, analyzer, &arena, &err), OK);
    first = find_all(all, a.query.root, NULL);
    assert_int_equal(a.total, first);
    assert_int_equal(a.relaxed, a.query.relaxed && first < r.from + r.n);
    if (a.relaxed)
        second = find_all(all + first, a.query.relaxed, a.query.root);
    assert_int_equal(a.second_total, second);
    check_hits(&r, &a, all, first, first + second);
    note(&a, text);
}

static void queries_equal_a_loop_over_all_documents(void **state)
{
    (void)state;
    print_message("seed %u\n", (unsigned)chance);
    for (unsigned i = 0; i < QUERIES; i++) {
        struct buffer text = BUFFER_INIT;

        put_query(&text, 0);
        check_query(&text);
        buffer_release(&text);
        arena_reset(&arena);
    }
    print_message("%u with hits, %u tiers, %u phrases, %u titles\n",
                  seen.hits, seen.tiers, seen.phrases, seen.titles);
    assert_true(seen.hits > QUERIES / 2 && seen.tiers > QUERIES / 20);
    assert_true(seen.phrases > QUERIES / 20 && seen.titles > QUERIES / 20);
}

static void dates_order_with_the_undated_last(void **state)
{
    struct request r = REQUEST_INIT;
    struct error err = ERROR_INIT;
    struct answer a;

    (void)state;
    r.text = bytes_str("stem01 stem02");
    r.reading.mode = QUERY_MODE_ANY;
    r.sort = SORT_OLDEST;
    r.n = DOCS;
    assert_int_equal(search(&a, snapshot, &r, analyzer, &arena, &err), OK);
    assert_true(a.count > 100);
    assert_int_equal(a.count, a.total);
    for (uint32_t i = 1; i < a.count; i++) {
        uint32_t x = a.hits[i - 1].doc, y = a.hits[i].doc;
        uint32_t dx = x % SAMPLE_DOCS, dy = y % SAMPLE_DOCS;

        if (dx % 10 == 0)
            assert_true(dy % 10 == 0 && x < y);
        else
            assert_true(dy % 10 == 0 || dx < dy || (dx == dy && x < y));
    }
    r.sort = SORT_NEWEST;
    r.n = 5;
    assert_int_equal(search(&a, snapshot, &r, analyzer, &arena, &err), OK);
    for (uint32_t i = 0; i < 5; i++)
        assert_true(a.hits[i].doc % SAMPLE_DOCS > 300);
    assert_false(a.relaxed);
}

static void marks_are_the_stems_of_what_is_wanted(void **state)
{
    struct request r = REQUEST_INIT;
    struct error err = ERROR_INIT;
    struct answer a;

    (void)state;
    r.text = bytes_str("stem05 \"stem03 stem05\" -stem07 nowhere");
    assert_int_equal(search(&a, snapshot, &r, analyzer, &arena, &err), OK);
    assert_int_equal(a.marks.count, 2);
    assert_true(bytes_equal(a.marks.stems[0], bytes_str("stem03")));
    assert_true(bytes_equal(a.marks.stems[1], bytes_str("stem05")));
}

static void damage_leaves_what_could_be_found(void **state)
{
    struct request r = REQUEST_INIT;
    struct error err = ERROR_INIT;
    struct snapshot *s;
    struct answer a;

    (void)state;
    assert_int_equal(snapshot_open(&s, dir, &err), OK);
    sealed_damaged(segment_file(s->segments[0], KIND_POSTINGS), 100, "bad");
    r.text = bytes_str("stem01 \"stem02 stem01\"");
    r.n = 1000;
    assert_int_equal(search(&a, s, &r, analyzer, &arena, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "seg-"));
    assert_true(a.partial);
    assert_true(a.count > 50);
    assert_true(a.hits[0].doc < DOCS);
    snapshot_close(s);
}

static void any_bytes_can_be_asked(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        struct request r = REQUEST_INIT;
        struct error err = ERROR_INIT;
        struct answer a;
        char text[24];
        size_t len = sample_below(&chance, sizeof(text));
        enum status status;

        for (size_t j = 0; j < len; j++)
            text[j] = sample_below(&chance, 4) ? (char)sample_random(&chance)
                : "()\"-+ :sANDOR"[sample_below(&chance, 13)];
        r.text = bytes_of(text, len);
        r.reading.plain = i % 2;
        status = search(&a, snapshot, &r, analyzer, &arena, &err);
        assert_true(status == OK || (status == ERR_INPUT && i % 2 == 0));
        arena_reset(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(queries_equal_a_loop_over_all_documents),
        cmocka_unit_test(dates_order_with_the_undated_last),
        cmocka_unit_test(marks_are_the_stems_of_what_is_wanted),
        cmocka_unit_test(damage_leaves_what_could_be_found),
        cmocka_unit_test(any_bytes_can_be_asked),
    };

    return cmocka_run_group_tests_name("match", tests, set_up, tear_down);
}
