/* test_merge.c -- runs to terms, postings and positions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/invert/merge.h"
#include "indexer/invert/ordinals.h"
#include "indexer/invert/run.h"
#include "tests/unit/tmp.h"

enum { UUID = 11, OWNER = 22, DOCS = 10 };

static void put(struct run_writer *w, const char *stem, uint32_t doc,
                uint32_t position, uint32_t title)
{
    run_put_stem(w, bytes_str(stem));
    run_put_doc(w, doc, &position, stem[0] != FORMAT_META, title);
    run_end_stem(w);
}

static void put_word(struct run_writer *w, const char *word, uint32_t a,
                     uint32_t b)
{
    uint32_t ordinals[] = { a, b };

    run_put_word(w, bytes_str(word), ordinals, a == b ? 1 : 2);
}

/* Document 4 begins in run 0 and ends in run 1. */
static void write_runs(char **paths)
{
    struct error err = ERROR_INIT;
    struct run_writer w;

    run_create(&w, paths[0]);
    put(&w, "\x01sx", 4, 0, 0);
    put(&w, "gas", 4, 0, 1);
    put(&w, "ural", 2, 5, 0);
    run_end_stems(&w);
    put_word(&w, "gas", 1, 1);
    put_word(&w, "gases", 1, 2);
    run_finish(&w, &err);
    run_create(&w, paths[1]);
    put(&w, "\x01sx", 4, 0, 0);
    put(&w, "\x01sy", 5, 0, 0);
    put(&w, "gas", 4, 9, 0);
    put(&w, "oil", 9, 0, 0);
    run_end_stems(&w);
    put_word(&w, "gases", 2, 3);
    put_word(&w, "oil", 3, 3);
    assert_int_equal(run_finish(&w, &err), OK);
    assert_int_equal(err.code, OK);
}

static void check_gas(struct terms *terms, struct sealed *postings,
                      struct sealed *positions)
{
    static const uint32_t lengths[DOCS + 1] = { [4] = 10 };
    struct docvalues values = { .columns[COLUMN_LENGTH] = {
        .width = 4, .data = (const uint8_t *)lengths, .mask = UINT32_MAX
    } };
    struct buffer where = BUFFER_INIT;
    uint32_t ordinal, title;
    struct postings p;
    struct stem stem;

    assert_true(terms_find_stem(terms, bytes_str("gas"), &stem, &ordinal));
    assert_int_equal(ordinal, 2);
    assert_int_equal(stem.df, 1);
    postings_open(&p, postings, positions, &values, &stem, DOCS, 3);
    assert_int_equal(p.doc, 4);
    assert_int_equal(postings_freq(&p), 4);
    assert_true(postings_positions(&p, &where, &title));
    assert_int_equal(where.len, 8);
    assert_int_equal(load_le32(where.data + 4), 9);
    assert_int_equal(title, 1);
    assert_int_equal(postings_next(&p), NO_DOC);
    buffer_release(&where);
}

static void check_words(struct terms *terms)
{
    struct buffer ordinals = BUFFER_INIT;

    assert_int_equal(terms->stem_count, 5);
    assert_int_equal(terms->word_count, 3);
    assert_true(terms_find_word(terms, bytes_str("gases"), &ordinals));
    assert_int_equal(ordinals.len, 12);     /* gas, oil, ural */
    assert_int_equal(load_le32(ordinals.data), 2);
    assert_int_equal(load_le32(ordinals.data + 4), 3);
    assert_int_equal(load_le32(ordinals.data + 8), 4);
    buffer_release(&ordinals);
}

static void runs_become_a_lexicon(void **state)
{
    char *paths[] = { path_join(tmp_dir, "a"), path_join(tmp_dir, "b") };
    char *scratch = path_join(tmp_dir, "tmp");
    const uint32_t lengths[DOCS] = { 0, 0, 6, 0, 10, 1, 0, 0, 0, 1 };
    struct merge_options options = { NULL, 2, scratch, lengths, 1.8f, 3 };
    struct sealed files[3];
    struct segment_writer w;
    struct terms terms;
    struct error err = ERROR_INIT;

    (void)state;
    write_runs(paths);
    segment_create(&w, tmp_dir, UUID, 1, OWNER);
    assert_int_equal(merge_runs(&w, paths, &options, 1 << 20, &err), OK);
    for (int i = 0; i < 3; i++) {
        char *path = segment_path(tmp_dir, 1, OWNER, (enum file_kind)(i + 1));
        uint64_t size;

        assert_int_equal(sealed_finish(&w.files[i], &size, &err), OK);
        assert_int_equal(sealed_open(&files[i], path,
                                     (enum file_kind)(i + 1), size, &err),
                         OK);
        free(path);
    }
    assert_int_equal(terms_open(&terms, &files[0], &err), OK);
    check_gas(&terms, &files[1], &files[2]);
    check_words(&terms);
    for (int i = 0; i < 3; i++)
        sealed_close(&files[i]);
    segment_abandon(&w);
    free(paths[0]);
    free(paths[1]);
    free(scratch);
}

static void a_missing_run_is_a_failure(void **state)
{
    char *paths[] = { path_join(tmp_dir, "none") };
    char *scratch = path_join(tmp_dir, "tmp");
    const uint32_t lengths[] = { 1 };
    struct merge_options options = { NULL, 1, scratch, lengths, 1, 3 };
    struct segment_writer w;
    struct error err = ERROR_INIT;

    (void)state;
    segment_create(&w, tmp_dir, UUID, 2, OWNER);
    assert_int_equal(merge_runs(&w, paths, &options, 0, &err), ERR_IO);
    assert_non_null(strstr(err.message, paths[0]));
    segment_abandon(&w);
    free(paths[0]);
    free(scratch);
}

static void ordinals_come_back_in_any_order(void **state)
{
    char *path = path_join(tmp_dir, "ordinals");
    struct error err = ERROR_INIT;
    struct ordinals o;

    (void)state;
    ordinals_open(&o, path, 3);
    for (uint32_t i = 0; i < 5000; i++) {
        ordinals_put(&o, 0, i * 3);
        if (i % 7 == 0)
            ordinals_put(&o, 2, i);
    }
    ordinals_seal(&o);
    for (uint32_t i = 0; i < 5000; i++) {
        uint32_t local = i * 1237 % 5000;

        assert_int_equal(ordinals_get(&o, 0, local), local * 3);
        if (local % 7 == 0)
            assert_int_equal(ordinals_get(&o, 2, local / 7), local);
    }
    assert_int_equal(ordinals_close(&o, &err), OK);
    ordinals_open(&o, path, 3);
    ordinals_seal(&o);
    assert_int_equal(ordinals_get(&o, 1, 0), 0);
    assert_int_equal(ordinals_close(&o, &err), ERR_CORRUPT);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_become_a_lexicon),
        cmocka_unit_test(a_missing_run_is_a_failure),
        cmocka_unit_test(ordinals_come_back_in_any_order),
    };

    return cmocka_run_group_tests_name("merge", tests, tmp_set_up,
                                       tmp_tear_down);
}
