/* test_inverter.c -- tokens to runs: dense positions, titles, words, and
 * documents that do not fit into one run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/format.h"
#include "indexer/invert/inverter.h"
#include "indexer/invert/run.h"
#include "tests/unit/tmp.h"

static const struct lang english = { "en" };

static uint32_t put_text(struct inverter *inv, const char *text)
{
    struct bytes bytes = bytes_str(text);
    struct tokenizer t;
    struct token token;
    uint32_t count = 0;

    tokenizer_init(&t, bytes);
    while (tokenizer_next(&t, &token)) {
        inverter_expect(inv, bytes, &token, 1);
        count += inverter_token(inv, bytes, &token);
    }
    return count;
}

static void put_article(struct inverter *inv, uint32_t doc,
                        const char *title, const char *body,
                        const char *source)
{
    struct error err = ERROR_INIT;

    inverter_begin(inv, doc, english, 0);
    put_text(inv, title);
    inverter_end_title(inv);
    put_text(inv, body);
    inverter_meta(inv, META_SOURCE, bytes_str(source));
    inverter_meta(inv, META_SOURCE, bytes_str(source));
    assert_int_equal(inverter_end(inv, &err), OK);
}

/* A run as text: "gas 0:0,2/1 1:0/0" is gas in document 0 at 0 and 2, one of
 * them in the title, and in document 1. */
static void print_run(struct buffer *b, const char *path)
{
    struct buffer where = BUFFER_INIT;
    uint32_t count, title, *numbers;
    struct run r;

    run_open(&r, path, 0, 64);
    while (input_next_key(&r.in)) {
        buffer_put_bytes(b, r.in.key);
        while (input_next_doc(&r.in, &where, &count, &title)) {
            numbers = (uint32_t *)(void *)where.data;
            buffer_printf(b, " %u:", r.in.doc);
            for (uint32_t i = 0; i < count; i++)
                buffer_printf(b, "%s%u", i ? "," : "", numbers[i]);
            buffer_printf(b, "/%u", title);
            buffer_clear(&where);
        }
        buffer_put_str(b, "\n");
    }
    while (input_next_key(&r.in)) {
        buffer_put_str(b, "= ");
        buffer_put_bytes(b, r.in.key);
        input_ordinals(&r.in, &where);
        numbers = (uint32_t *)(void *)where.data;
        for (size_t i = 0; i < where.len / 4; i++)
            buffer_printf(b, " %u", numbers[i]);
        buffer_clear(&where);
        buffer_put_str(b, "\n");
    }
    assert_int_equal(r.in.failure.code, OK);
    run_close(&r);
    buffer_release(&where);
}

static void positions_titles_words_and_metadata(void **state)
{
    struct inverter *inv = inverter_new(tmp_dir, 7, 1 << 20);
    struct buffer text = BUFFER_INIT;
    struct error err = ERROR_INIT;
    char *path;

    (void)state;
    put_article(inv, 0, "Gas, gas", "Pipeline of gas.", "Wire");
    put_article(inv, 1, "", "", "");
    put_article(inv, 5, "", "Pipelines!", "WIRE");
    assert_int_equal(inverter_finish(inv, &err), OK);
    assert_int_equal(inverter_run_count(inv), 1);
    path = inverter_run_path(inv, 0);
    print_run(&text, path);
    assert_string_equal(buffer_cstr(&text),
                        "\x01swire 0:/0 5:/0\n"
                        "gas 0:0,1,4/2\n"
                        "of 0:3/0\n"
                        "pipelin 0:2/0 5:0/0\n"
                        "= gas 1\n"
                        "= of 2\n"
                        "= pipeline 3\n"
                        "= pipelines 3\n");
    inverter_free(inv);
    assert_int_equal(access(path, F_OK), -1);
    free(path);
    buffer_release(&text);
}

static void one_word_may_have_several_stems(void **state)
{
    struct inverter *inv = inverter_new(tmp_dir, 8, 1 << 20);
    struct buffer text = BUFFER_INIT;
    struct error err = ERROR_INIT;
    char *path;

    (void)state;
    inverter_begin(inv, 0, english, 0);
    put_text(inv, "nation");
    inverter_end_title(inv);
    inverter_end(inv, &err);
    inverter_begin(inv, 1, (struct lang){ "xx" }, 1);
    inverter_end_title(inv);
    put_text(inv, "nation nations");
    inverter_end(inv, &err);
    inverter_begin(inv, 2, english, 0);
    inverter_end_title(inv);
    put_text(inv, "nations");
    inverter_end(inv, &err);
    assert_int_equal(inverter_finish(inv, &err), OK);
    path = inverter_run_path(inv, 0);
    print_run(&text, path);
    assert_string_equal(buffer_cstr(&text),
                        "nation 0:0/1 1:0/0 2:0/0\n"
                        "nations 1:1/0\n"
                        "= nation 0\n"
                        "= nations 0 1\n");
    inverter_free(inv);
    free(path);
    buffer_release(&text);
}

/* 30,000 words in one document, of which a run takes 4,096. */
static void a_long_document_goes_on_in_the_next_run(void **state)
{
    struct inverter *inv = inverter_new(tmp_dir, 9, 1 << 20);
    struct error err = ERROR_INIT;
    uint32_t next = 0, in_title = 0, runs;

    (void)state;
    inverter_begin(inv, 3, english, 0);
    for (int i = 0; i < 5000; i++)
        assert_int_equal(put_text(inv, "gas"), 1);
    inverter_end_title(inv);
    for (int i = 0; i < 25000; i++)
        put_text(inv, "gas");
    assert_int_equal(inverter_end(inv, &err), OK);
    assert_int_equal(inverter_finish(inv, &err), OK);
    runs = inverter_run_count(inv);
    assert_true(runs > 1);
    for (uint32_t n = 0; n < runs; n++) {
        struct buffer where = BUFFER_INIT;
        char *path = inverter_run_path(inv, n);
        uint32_t count, title;
        struct run r;

        run_open(&r, path, n, 4096);
        assert_true(input_next_key(&r.in));
        assert_true(input_next_doc(&r.in, &where, &count, &title));
        assert_int_equal(r.in.doc, 3);
        for (uint32_t i = 0; i < count; i++, next++)
            assert_int_equal(load_le32(where.data + 4 * i), next);
        in_title += title;
        assert_false(input_next_doc(&r.in, &where, &count, &title));
        run_close(&r);
        free(path);
        buffer_release(&where);
    }
    assert_int_equal(next, 30000);
    assert_int_equal(in_title, 5000);
    inverter_free(inv);
}

static void a_folder_that_is_gone_is_a_failure(void **state)
{
    struct inverter *inv = inverter_new("/nowhere/at/all", 1, 1 << 20);
    struct error err = ERROR_INIT;

    (void)state;
    put_article(inv, 0, "Gas", "", "");
    assert_int_equal(inverter_finish(inv, &err), ERR_IO);
    assert_non_null(strstr(err.message, "/nowhere/at/all"));
    inverter_free(inv);
    inverter_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_titles_words_and_metadata),
        cmocka_unit_test(one_word_may_have_several_stems),
        cmocka_unit_test(a_long_document_goes_on_in_the_next_run),
        cmocka_unit_test(a_folder_that_is_gone_is_a_failure),
    };

    return cmocka_run_group_tests_name("inverter", tests, tmp_set_up,
                                       tmp_tear_down_empty);
}
