/* test_bounds.c -- where title, lead, paragraphs and sentences begin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/bounds.h"
#include "tests/unit/sample.h"
#include "tests/unit/tmp.h"

enum { MOST = 40000 };

static struct sealed_writer file_writer;
static struct bounds_writer writer;
static struct sealed file;
static struct bounds_reader reader;

static void begin(void)
{
    unlink(tmp_file);
    sealed_create(&file_writer, tmp_file, KIND_BOUNDS, 1, 1);
    bounds_writer_init(&writer, &file_writer);
}

static void end(void)
{
    struct error err = ERROR_INIT;
    uint64_t size;

    bounds_finish(&writer);
    assert_int_equal(sealed_finish(&file_writer, &size, &err), OK);
    assert_int_equal(sealed_open(&file, tmp_file, KIND_BOUNDS, size, &err), OK);
    assert_int_equal(bounds_open(&reader, &file, &err), OK);
}

static void close_all(void)
{
    assert_int_equal(file.damage.code, OK);
    bounds_close(&reader);
    bounds_close(&reader);
    sealed_close(&file);
}

/* Starts of document `d`: seeded, so that they can be made twice. */
static struct bounds make(uint32_t d, uint32_t *starts, uint8_t *paragraph)
{
    uint64_t seed = d;
    struct bounds b = { sample_below(&seed, 30), sample_below(&seed, 50),
                        starts, paragraph, sample_below(&seed, 100) };

    if (d % 50 == 7)
        b.count = MOST;
    for (size_t i = 0; i < b.count; i++) {
        starts[i] = i ? starts[i - 1] + 1 + sample_below(&seed, 300) : 0;
        paragraph[i] = i == 0 || sample_below(&seed, 4) == 0;
    }
    return b;
}

static void what_is_put_comes_back(void **state)
{
    static uint32_t starts[MOST];
    static uint8_t paragraph[MOST];
    uint32_t counts[] = { 0, 1, 15, 16, 17, 200 };

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        begin();
        for (uint32_t d = 0; d < counts[c]; d++) {
            struct bounds b = make(d, starts, paragraph);

            bounds_put(&writer, &b);
        }
        end();
        assert_int_equal(reader.count, counts[c]);
        for (uint32_t k = 0; k < counts[c]; k++) {
            uint32_t d = (k * 7 + 3) % counts[c];
            struct bounds want = make(d, starts, paragraph), got;

            assert_true(bounds_get(&reader, d, &got));
            assert_int_equal(got.title_len, want.title_len);
            assert_int_equal(got.lead_len, want.lead_len);
            assert_int_equal(got.count, want.count ? want.count : 1);
            if (want.count == 0)
                continue;
            assert_memory_equal(got.sentences, starts, 4 * got.count);
            assert_memory_equal(got.paragraph, paragraph, got.count);
        }
        close_all();
    }
}

static void sentences_without_words_join_the_next(void **state)
{
    uint32_t starts[] = { 0, 0, 4, 4, 4, 9 };
    uint8_t paragraph[] = { 1, 1, 0, 1, 0, 0 };
    uint32_t want[] = { 0, 4, 9 };
    struct bounds b = { 0, 0, starts, paragraph, 6 };

    (void)state;
    begin();
    bounds_put(&writer, &b);
    end();
    assert_true(bounds_get(&reader, 0, &b));
    assert_int_equal(b.count, 3);
    assert_memory_equal(b.sentences, want, sizeof(want));
    assert_int_equal(b.paragraph[1], 1);
    assert_int_equal(b.paragraph[2], 0);
    close_all();
}

static void the_longest_document_is_the_limit(void **state)
{
    uint32_t starts[] = { 0, FORMAT_WORDS_MAX - 1 };
    uint8_t paragraph[] = { 1, 0 };
    struct bounds b = { 5, FORMAT_WORDS_MAX - 5, starts, paragraph, 2 };
    struct error err = ERROR_INIT;
    uint64_t size;

    (void)state;
    begin();
    bounds_put(&writer, &b);
    end();
    assert_true(bounds_get(&reader, 0, &b));
    assert_int_equal(b.sentences[1], FORMAT_WORDS_MAX - 1);
    assert_false(bounds_get(&reader, 1, &b));
    error_clear(&file.damage);
    close_all();
    starts[1]++;
    b = (struct bounds){ 0, 0, starts, paragraph, 2 };
    begin();
    bounds_put(&writer, &b);
    bounds_finish(&writer);
    assert_int_equal(sealed_finish(&file_writer, &size, &err), ERR_LIMIT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_comes_back),
        cmocka_unit_test(sentences_without_words_join_the_next),
        cmocka_unit_test(the_longest_document_is_the_limit),
    };

    return cmocka_run_group_tests_name("bounds", tests, tmp_set_up,
                                       tmp_tear_down);
}
