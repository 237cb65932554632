/* test_postings.c -- documents, frequencies, positions and bounds of a stem,
 * compared with the arrays they were made of; small, large and extreme.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <math.h>

#include "common/index/postings.h"
#include "tests/unit/sample.h"

enum { DOCS = 2000000, WEIGHT = 3 };

static char *dir, *paths[2];
static struct sealed files[2];

/* One stem, naively. */
static struct {
    uint32_t df;
    uint32_t *docs, *counts, *titles;
    uint32_t **positions;
} naive;

static uint32_t *lengths;
static struct docvalues values;

static int setup(void **state)
{
    (void)state;
    dir = tmp_folder();
    paths[0] = path_join(dir, "postings");
    paths[1] = path_join(dir, "positions");
    lengths = malloc((DOCS + 1) * sizeof(*lengths));
    for (uint32_t d = 0; d < DOCS; d++)
        lengths[d] = 300 + d % 700;
    values.count = DOCS;
    values.columns[COLUMN_LENGTH] = (struct docvalues_column){
        .width = 4, .data = (const uint8_t *)lengths, .mask = UINT32_MAX
    };
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    free(paths[0]);
    free(paths[1]);
    free(lengths);
    tmp_remove(dir);
    return 0;
}

static void naive_init(uint32_t df)
{
    naive.df = df;
    naive.docs = calloc(df, 4);
    naive.counts = calloc(df, 4);
    naive.titles = calloc(df, 4);
    naive.positions = calloc(df, sizeof(*naive.positions));
}

static void naive_release(void)
{
    for (uint32_t i = 0; i < naive.df; i++)
        free(naive.positions[i]);
    free(naive.docs);
    free(naive.counts);
    free(naive.titles);
    free(naive.positions);
}

static void naive_put(uint32_t i, uint32_t doc, uint32_t count,
                      uint32_t title)
{
    naive.docs[i] = doc;
    naive.counts[i] = count;
    naive.titles[i] = title;
    naive.positions[i] = calloc(count, 4);
    for (uint32_t k = 0; k < count; k++)
        naive.positions[i][k] = k;
}

/* Documents with random gaps below 2 * spread, now and then in clusters. */
static void naive_random(uint32_t df, uint32_t spread, uint64_t seed)
{
    uint32_t doc = sample_below(&seed, spread);

    naive_init(df);
    for (uint32_t i = 0; i < df; i++) {
        uint32_t count = 1 + (sample_below(&seed, 4) == 0
                              ? sample_below(&seed, 20) : 0), at = 0;

        naive_put(i, doc, count, sample_below(&seed, count + 1));
        for (uint32_t k = 0; k < count; k++)
            naive.positions[i][k] = at += 1 + sample_below(&seed, k % 3
                                                           ? 3 : 12);
        doc += 1 + (i / 300 % 2 ? 0 : sample_below(&seed, 2 * spread));
    }
}

static uint32_t freq_of(uint32_t i, uint32_t weight)
{
    return naive.counts[i] + (weight - 1) * naive.titles[i];
}

/* Writes it behind a few bytes of other stems, and opens both files. */
static struct stem make(uint32_t weight, float average)
{
    struct sealed_writer w[2];
    struct postings_writer postings;
    struct error err = ERROR_INIT;
    struct stem before, stem;
    uint64_t size;

    for (int f = 0; f < 2; f++) {
        unlink(paths[f]);
        sealed_create(&w[f], paths[f], KIND_POSTINGS + f, 1, 1);
    }
    postings_writer_init(&postings, &w[0], &w[1], lengths, average, weight);
    postings_begin(&postings, false);
    postings_put(&postings, 5, (uint32_t[]){ 3, 9 }, 2, 0);
    postings_end(&postings, &before);
    postings_begin(&postings, false);
    for (uint32_t i = 0; i < naive.df; i++)
        postings_put(&postings, naive.docs[i], naive.positions[i],
                     naive.counts[i], naive.titles[i]);
    postings_end(&postings, &stem);
    postings_begin(&postings, false);
    postings_end(&postings, &before);
    assert_int_equal(before.df, 0);
    postings_writer_release(&postings);
    for (int f = 0; f < 2; f++) {
        assert_int_equal(sealed_finish(&w[f], &size, &err), OK);
        assert_int_equal(sealed_open(&files[f], paths[f], KIND_POSTINGS + f,
                                     size, &err), OK);
    }
    return stem;
}

static void unmake(void)
{
    for (int f = 0; f < 2; f++) {
        assert_int_equal(files[f].damage.code, OK);
        sealed_close(&files[f]);
    }
    naive_release();
}

static void check_here(struct postings *p, uint32_t i, uint32_t weight)
{
    struct buffer got = BUFFER_INIT;
    uint32_t title;

    assert_int_equal(p->doc, naive.docs[i]);
    assert_int_equal(postings_freq(p), freq_of(i, weight));
    assert_true(postings_positions(p, &got, &title));
    assert_int_equal(title, naive.titles[i]);
    assert_int_equal(got.len, 4 * naive.counts[i]);
    assert_memory_equal(got.data, naive.positions[i], got.len);
    buffer_release(&got);
}

static void check_all(const struct stem *stem, uint32_t weight)
{
    struct postings p;

    postings_open(&p, &files[0], &files[1], &values, stem, DOCS, weight);
    assert_int_equal(p.df, naive.df);
    for (uint32_t i = 0; i < naive.df; i++, postings_next(&p))
        check_here(&p, i, weight);
    assert_int_equal(p.doc, NO_DOC);
    assert_int_equal(postings_next(&p), NO_DOC);
    assert_int_equal(postings_seek(&p, 0), NO_DOC);
}

/* Leaps of random length; asks for positions only now and then, twice in a
 * row or not at all. */
static void check_seeks(const struct stem *stem, uint32_t leap, uint64_t seed)
{
    struct postings p;
    uint32_t i = 0, target = 0;

    postings_open(&p, &files[0], &files[1], &values, stem, DOCS, WEIGHT);
    while (i < naive.df) {
        target += sample_below(&seed, leap);
        while (i < naive.df && naive.docs[i] < target)
            i++;
        assert_int_equal(postings_seek(&p, target),
                         i < naive.df ? naive.docs[i] : NO_DOC);
        for (uint32_t k = sample_below(&seed, 4); k > 1 && i < naive.df; k--)
            check_here(&p, i, WEIGHT);
        if (sample_below(&seed, 4) == 0 && i < naive.df) {
            i++;
            assert_int_equal(postings_next(&p),
                             i < naive.df ? naive.docs[i] : NO_DOC);
        }
    }
}

/* The bound speaks for all documents from target to upto, and the next
 * block begins behind. */
static void check_bounds(const struct stem *stem, float average)
{
    uint32_t target = 0, i = 0;
    struct postings p;

    postings_open(&p, &files[0], &files[1], &values, stem, DOCS, WEIGHT);
    for (;;) {
        struct postings_bound b = postings_bound_at(&p, target);

        if (b.upto == NO_DOC)
            break;
        assert_true(b.upto >= target && b.bound <= 1);
        for (; i < naive.df && naive.docs[i] <= b.upto; i++) {
            uint32_t len = lengths[naive.docs[i]];
            double tf = freq_of(i, WEIGHT);

            assert_true(b.bound >= tf / (tf + 1.2 * (0.25 + 0.75 * len /
                                                     (double)average)));
            assert_true(b.largest_freq >= freq_of(i, WEIGHT));
            assert_true(b.least_len <= len);
        }
        target = b.upto + 1;
    }
    assert_int_equal(i, naive.df);
    assert_int_equal(p.doc, naive.docs[0]);
}

/* Blocks, in any order, are what the arrays have there. */
static void check_blocks(const struct stem *stem, uint64_t seed)
{
    uint32_t docs[FORMAT_BLOCK], freqs[FORMAT_BLOCK], before = 0;
    struct postings_block info;
    struct postings p;
    float most = 0;

    postings_open(&p, &files[0], &files[1], &values, stem, DOCS, WEIGHT);
    assert_int_equal(p.last, naive.docs[naive.df - 1]);
    for (uint32_t i = 0; i < 2 * p.block_count; i++) {
        uint32_t block = i % 2 ? i / 2 : sample_below(&seed, p.block_count);
        uint32_t at = block * FORMAT_BLOCK;

        assert_true(postings_block_freqs(&p, block, freqs));
        assert_true(postings_block_info(&p, block, &info));
        assert_int_equal(postings_block_docs(&p, block, docs), info.count);
        assert_int_equal(info.count, naive.df - at < FORMAT_BLOCK
                                     ? naive.df - at : FORMAT_BLOCK);
        assert_memory_equal(docs, naive.docs + at, 4 * info.count);
        assert_true(info.first <= docs[0]);
        assert_int_equal(info.last, docs[info.count - 1]);
        for (uint32_t k = 0; k < info.count; k++) {
            assert_int_equal(freqs[k], freq_of(at + k, WEIGHT));
            assert_true(freqs[k] <= info.largest_freq);
        }
        assert_int_equal(postings_block_find(&p, 0, info.first), block);
        assert_int_equal(postings_block_find(&p, block, info.last), block);
        assert_int_equal(postings_block_find(&p, 0, info.last + 1),
                         block + 1);
        most = info.bound > most ? info.bound : most;
    }
    assert_true(postings_list_bound(&p) >= most);
    assert_false(postings_block_info(&p, p.block_count, &info));
    assert_int_equal(postings_block_docs(&p, p.block_count, docs), 0);
    /* Superblocks reach to the end, each at least as high as its blocks. */
    for (uint32_t block = 0; block < p.block_count; ) {
        float bound = postings_super_bound(&p, before, &before);

        while (block < p.block_count &&
               postings_block_info(&p, block, &info) && info.last <= before) {
            assert_true(bound >= info.bound);
            block++;
        }
        before += before != NO_DOC;
    }
    assert_true(postings_super_bound(&p, NO_DOC - 1, &before) == 0);
    assert_int_equal(p.doc, naive.docs[0]);
}

static void check_verified(const struct stem *stem, uint32_t weight,
                           float average)
{
    struct error err = ERROR_INIT;

    if (postings_verify(&files[0], &files[1], &values, stem, DOCS, weight,
                        average, &err) != OK)
        fail_msg("%s", err.message);
}

static void stems_of_all_sizes_come_back(void **state)
{
    uint32_t dfs[] = { 1, 2, 127, 128, 129, 255, 256, 257, 5000, 100000 };

    (void)state;
    for (size_t i = 0; i < sizeof(dfs) / sizeof(*dfs); i++) {
        float average = 650.25f;
        struct stem stem;

        naive_random(dfs[i], dfs[i] > 9999 ? 10 : 100, i);
        stem = make(WEIGHT, average);
        assert_int_equal(stem.df, dfs[i]);
        check_all(&stem, WEIGHT);
        check_seeks(&stem, 50, i);
        check_seeks(&stem, 3000, i + 1);
        check_seeks(&stem, DOCS / 4, i + 2);
        check_bounds(&stem, average);
        check_blocks(&stem, i);
        check_verified(&stem, WEIGHT, average);
        unmake();
    }
}

static void seeking_alone_leaves_positions_untouched(void **state)
{
    struct postings p;
    struct stem stem;

    (void)state;
    naive_random(100000, 10, 1);
    stem = make(WEIGHT, 650);
    assert_true(files[1].end > 2 * FORMAT_SEAL_BLOCK);
    postings_open(&p, &files[0], &files[1], &values, &stem, DOCS, WEIGHT);
    while (p.doc != NO_DOC)
        postings_seek(&p, p.doc + 1000);
    /* Opening checks block 0 only. */
    assert_int_equal(files[1].checked[0], 1);
    unmake();
}

static void extremes_come_back(void **state)
{
    struct stem stem;

    (void)state;
    for (uint32_t d = 0; d < 6; d++)
        lengths[d * 1000] = 300000;
    naive_init(6);
    naive_put(0, 0, 300000, 0);
    naive_put(1, 1000, 300000, 300000);
    naive_put(2, 2000, 1, 0);
    naive_put(3, 3000, 256, 255);
    naive_put(4, 4000, 70000, 3);
    naive_put(5, DOCS - 1, 1, 1);
    naive.positions[5][0] = 0;
    naive.positions[2][0] = 299999;
    stem = make(WEIGHT, 1000);
    assert_true(stem.positions_len > FORMAT_SEAL_BLOCK);
    check_all(&stem, WEIGHT);
    check_seeks(&stem, 999, 3);
    check_bounds(&stem, 1000);
    check_verified(&stem, WEIGHT, 1000);
    unmake();
    for (uint32_t d = 0; d < 6; d++)
        lengths[d * 1000] = 300;
}

/* The title weighs so much that frequencies reach their maximum: what would
 * bring them there is left out. */
static void frequencies_stop_below_their_maximum(void **state)
{
    static const struct {
        uint32_t weight, count, title, want_count, want_title;
    } cases[] = {
        { 1u << 30, 5, 3, 5, 3 },
        { 1u << 30, 9, 4, 3, 3 },
        { UINT32_MAX, 2, 1, 1, 0 },
        { UINT32_MAX - 1, 2, 1, 1, 1 },
        { UINT32_MAX - 3, 7, 1, 3, 1 },
        { UINT32_MAX, 7, 0, 7, 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct stem stem;

        naive_init(1);
        naive_put(0, 7, cases[i].count, cases[i].title);
        stem = make(cases[i].weight, 500);
        naive.counts[0] = cases[i].want_count;
        naive.titles[0] = cases[i].want_title;
        assert_true(freq_of(0, cases[i].weight) < UINT32_MAX);
        check_all(&stem, cases[i].weight);
        check_verified(&stem, cases[i].weight, 500);
        unmake();
    }
}

/* Sums of frequencies about 2^32, where they are written in another way. */
static void large_sums_come_back(void **state)
{
    static const uint32_t others[] = { 1, 2, 3, 4, 300 };

    (void)state;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
        struct stem stem;

        naive_init(2);
        naive_put(0, 7, 1, 1);
        naive_put(1, 9, others[i], 0);
        stem = make(UINT32_MAX - 1, 500);
        assert_true(stem.total == (uint64_t)UINT32_MAX - 1 + others[i]);
        check_all(&stem, UINT32_MAX - 1);
        check_verified(&stem, UINT32_MAX - 1, 500);
        unmake();
    }
}

static void metadata_have_no_positions(void **state)
{
    struct sealed_writer w[2];
    struct postings_writer writer;
    struct error err = ERROR_INIT;
    struct buffer got = BUFFER_INIT;
    struct stem stem;
    struct postings p;
    uint32_t title;
    uint64_t size;

    (void)state;
    for (int f = 0; f < 2; f++) {
        unlink(paths[f]);
        sealed_create(&w[f], paths[f], KIND_POSTINGS + f, 1, 1);
    }
    postings_writer_init(&writer, &w[0], &w[1], lengths, 1, WEIGHT);
    postings_begin(&writer, true);
    for (uint32_t d = 0; d < 1000; d++)
        postings_put(&writer, d * 3, NULL, 0, 0);
    postings_end(&writer, &stem);
    postings_writer_release(&writer);
    assert_int_equal(stem.positions_len, 0);
    assert_int_equal(stem.total, 1000);
    for (int f = 0; f < 2; f++) {
        assert_int_equal(sealed_finish(&w[f], &size, &err), OK);
        assert_int_equal(sealed_open(&files[f], paths[f], KIND_POSTINGS + f,
                                     size, &err), OK);
    }
    postings_open(&p, &files[0], &files[1], &values, &stem, DOCS, WEIGHT);
    assert_int_equal(postings_seek(&p, 1000), 1002);
    assert_int_equal(postings_freq(&p), 1);
    assert_true(postings_positions(&p, &got, &title));
    assert_int_equal(got.len, 0);
    assert_true(postings_bound_at(&p, 1000).bound == 1.0f);
    check_verified(&stem, WEIGHT, 1);
    for (int f = 0; f < 2; f++)
        sealed_close(&files[f]);
}

static void what_the_lexicon_says_wrongly_is_damage(void **state)
{
    struct stem stem, bad[9];
    size_t count = sizeof(bad) / sizeof(*bad);

    (void)state;
    naive_random(500, 10, 4);
    stem = make(WEIGHT, 650);
    for (size_t i = 0; i < count; i++)
        bad[i] = stem;
    bad[0].df++;
    bad[1].df = 12;
    bad[2].df = UINT32_MAX;
    bad[3].postings_len--;
    bad[4].postings++;
    bad[5].postings = UINT64_MAX;
    bad[6].positions_len++;
    bad[7].positions = UINT64_MAX - 3;
    bad[8].total++;
    for (size_t i = 0; i < count; i++) {
        struct error err = ERROR_INIT;

        error_clear(&files[0].damage);
        error_clear(&files[1].damage);
        assert_int_equal(postings_verify(&files[0], &files[1], &values,
                                         &bad[i], DOCS, WEIGHT, 650, &err),
                         ERR_CORRUPT);
    }
    error_clear(&files[0].damage);
    error_clear(&files[1].damage);
    check_verified(&stem, WEIGHT, 650);
    unmake();
}

static void bounds_are_never_below_the_truth(void **state)
{
    uint64_t seed = 8;

    (void)state;
    for (unsigned i = 0; i < 100000; i++) {
        uint32_t freq = 1 + sample_below(&seed, i % 2 ? 20 : 100000);
        uint32_t len = sample_below(&seed, 300000);
        float average = 1 + (float)sample_below(&seed, 2000);
        long double tf = freq;
        long double part = tf / (tf + 1.2L * (0.25L + 0.75L * len / average));
        float bound = postings_tf_bound(freq, len, average);

        assert_true(bound >= part);
        assert_true(bound <= part * (1 + 0x1p-21L));
    }
    assert_true(postings_tf_bound(UINT32_MAX, 0, 0) == 1.0f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stems_of_all_sizes_come_back),
        cmocka_unit_test(seeking_alone_leaves_positions_untouched),
        cmocka_unit_test(extremes_come_back),
        cmocka_unit_test(frequencies_stop_below_their_maximum),
        cmocka_unit_test(large_sums_come_back),
        cmocka_unit_test(metadata_have_no_positions),
        cmocka_unit_test(what_the_lexicon_says_wrongly_is_damage),
        cmocka_unit_test(bounds_are_never_below_the_truth),
    };

    return cmocka_run_group_tests_name("postings", tests, setup, teardown);
}
