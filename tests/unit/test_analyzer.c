/* test_analyzer.c -- words and stems, languages, and what is remembered. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <libstemmer.h>

#include "common/text/analyzer.h"
#include "tests/unit/cases.h"

/* The only token of `text`, analyzed. */
static struct analyzed analyze(struct analyzer *a, struct bytes text,
                               struct lang lang)
{
    struct tokenizer t;
    struct token token, more;

    tokenizer_init(&t, text);
    if (!tokenizer_next(&t, &token))
        fail_msg("no token in %.*s", (int)text.len, text.data);
    if (tokenizer_next(&t, &more))
        fail_msg("two tokens in %.*s", (int)text.len, text.data);
    return analyzer_apply(a, text, &token, lang);
}

static bool same(const struct cases *c, const char *what, struct bytes got,
                 struct bytes want)
{
    if (bytes_equal(got, want))
        return true;
    print_error("%s:%u: %s %.*s, not %.*s\n", c->path, c->line, what,
                (int)got.len, got.data, (int)want.len, want.data);
    return false;
}

/* Two rounds: the second finds everything remembered. */
static void words_and_stems_are_those_of_the_table(void **state)
{
    struct analyzer *a = analyzer_new();
    unsigned failed = 0;

    (void)state;
    for (int round = 0; round < 2; round++) {
        struct cases c;

        cases_open(&c, "tests/cases/words.txt");
        while (cases_next(&c)) {
            struct lang lang = lang_parse(cases_field(&c, 0));
            struct analyzed got = analyze(a, cases_field(&c, 1), lang);

            failed += !same(&c, "word", got.word, cases_field(&c, 2));
            failed += !same(&c, "stem", got.stem, cases_field(&c, 3));
        }
    }
    analyzer_free(a);
    assert_int_equal(failed, 0);
}

/* In every language that the table has, each of its words is one word. */
static void words_do_not_depend_on_the_language(void **state)
{
    struct analyzer *a = analyzer_new();
    struct cases c;
    unsigned failed = 0;

    (void)state;
    cases_open(&c, "tests/cases/words.txt");
    while (cases_next(&c)) {
        static const char *const langs[] = { "", "en", "tr", "sr", "ar" };

        for (int i = 0; i < 5; i++) {
            struct lang lang = lang_parse(bytes_str(langs[i]));
            struct analyzed got = analyze(a, cases_field(&c, 1), lang);

            failed += !same(&c, langs[i], got.word, cases_field(&c, 2));
        }
    }
    analyzer_free(a);
    assert_int_equal(failed, 0);
}

/* What is in its word form already stays, in any language. */
static void words_are_words_of_themselves(void **state)
{
    struct analyzer *a = analyzer_new();
    struct cases c;

    (void)state;
    cases_open(&c, "tests/cases/words.txt");
    while (cases_next(&c)) {
        struct bytes word = cases_field(&c, 2);

        if (word.len)
            assert_true(same(&c, "again",
                             analyze(a, word, LANG_NONE).word, word));
    }
    analyzer_free(a);
}

static void tokens_of_points_only_come_to_nothing(void **state)
{
    struct analyzer *a = analyzer_new();
    struct analyzed got = analyze(a, bytes_str("\xD9\x80\xD9\x80"),
                                  lang_parse(bytes_str("ar")));

    (void)state;
    assert_int_equal(got.word.len, 0);
    assert_int_equal(got.stem.len, 0);
    analyzer_free(a);
}

static void query_words_are_stemmed_as_written(void **state)
{
    struct analyzer *a = analyzer_new();
    struct lang en = lang_parse(bytes_str("en"));
    struct bytes got;

    (void)state;
    got = analyzer_stem(a, bytes_str("elections"), en);
    assert_true(bytes_equal(got, bytes_str("elect")));
    got = analyzer_stem(a, bytes_str("at&t"), en);
    assert_true(bytes_equal(got, bytes_str("at&t")));
    got = analyzer_stem(a, bytes_str("1990s"), en);
    assert_true(bytes_equal(got, bytes_str("1990s")));
    got = analyzer_stem(a, bytes_str("elections"), LANG_NONE);
    assert_true(bytes_equal(got, bytes_str("elections")));
    got = analyzer_stem(a, BYTES_NONE, en);
    assert_int_equal(got.len, 0);
    analyzer_free(a);
    analyzer_free(NULL);
}

/* More words than are remembered, twice, against an analyzer that has seen
 * none of them. */
static void what_is_remembered_is_what_was_worked_out(void **state)
{
    struct analyzer *a = analyzer_new();
    struct lang langs[] = { LANG_NONE, lang_parse(bytes_str("en")),
                            lang_parse(bytes_str("de")) };

    (void)state;
    for (unsigned i = 0; i < 60000; i++) {
        struct lang lang = langs[i % 3];
        char text[64];
        struct analyzed got;

        snprintf(text, sizeof(text), "Wo%xrdings", i % 20011 * 7919);
        got = analyze(a, bytes_str(text), lang);
        if (i % 97 == 0) {
            struct analyzer *fresh = analyzer_new();
            struct analyzed want = analyze(fresh, bytes_str(text), lang);

            assert_true(bytes_equal(got.word, want.word));
            assert_true(bytes_equal(got.stem, want.stem));
            analyzer_free(fresh);
        }
    }
    analyzer_free(a);
}

static void languages_are_known_by_code_and_name(void **state)
{
    static const char *const cases[][2] = {
        { "en", "en" }, { "EN-us", "en" }, { "pt_BR", "pt" }, { "eng", "en" },
        { "English", "en" }, { "ger", "de" }, { "deu", "de" }, { "fra", "fr" },
        { "fre", "fr" }, { "zh-Hans-CN", "zh" }, { "chi", "zh" },
        { "fas", "fa" }, { "pcm", "pcm" }, { "xx", "xx" }, { "und", "" },
        { "mul", "" }, { "", "" }, { "e", "" }, { "no idea", "" },
        { "12", "" }, { "Klingonese", "" }, { " ru \n", "ru" },
        { "de_DE.UTF-8", "de" }, { "Portuguese", "pt" }, { "nob", "nb" },
        { "averylongwordthatisnolanguage", "" }, { "\xC3\xA9n", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        assert_string_equal(lang_parse(bytes_str(cases[i][0])).code,
                            cases[i][1]);
}

/* Each algorithm of the library serves a language. */
static void every_stemmer_has_its_language(void **state)
{
    unsigned served = 0, listed = 0;

    (void)state;
    for (const char **at = sb_stemmer_list(); *at; at++) {
        struct lang lang = lang_parse(bytes_str(*at));

        /* Algorithms of historical interest are no language's. */
        if (strstr(*at, "porter") || strcmp(*at, "lovins") == 0)
            continue;
        listed++;
        served += analyzer_has_stemmer(lang);
    }
    assert_int_equal(served, listed);
    assert_true(listed > 20);
    assert_true(analyzer_has_stemmer(lang_parse(bytes_str("nb"))));
    assert_false(analyzer_has_stemmer(lang_parse(bytes_str("ja"))));
    assert_false(analyzer_has_stemmer(LANG_NONE));
    assert_true(analyzer_version() >> 16 > 0);
    assert_int_equal(analyzer_version(), analyzer_version());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_stems_are_those_of_the_table),
        cmocka_unit_test(words_do_not_depend_on_the_language),
        cmocka_unit_test(words_are_words_of_themselves),
        cmocka_unit_test(tokens_of_points_only_come_to_nothing),
        cmocka_unit_test(query_words_are_stemmed_as_written),
        cmocka_unit_test(what_is_remembered_is_what_was_worked_out),
        cmocka_unit_test(languages_are_known_by_code_and_name),
        cmocka_unit_test(every_stemmer_has_its_language),
    };

    return cmocka_run_group_tests_name("analyzer", tests, NULL, NULL);
}
