/* test_language.c -- sentences of the news and the language they are in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "indexer/enrich/language.h"
#include "tests/unit/cases.h"

/* "und" in the table: nothing is sure enough. */
static void sentences_tell_their_language(void **state)
{
    struct cases c;
    unsigned wrong = 0, count = 0;

    (void)state;
    cases_open(&c, "tests/cases/languages.txt");
    for (; cases_next(&c); count++) {
        struct lang got = language_of_text(cases_field(&c, 1));
        const char *code = got.code[0] ? got.code : "und";

        if (bytes_equal(cases_field(&c, 0), bytes_str(code)))
            continue;
        print_message("%s:%u: told to be %s\n", c.path, c.line, code);
        wrong++;
    }
    assert_true(count > 70);
    assert_int_equal(wrong, 0);
}

static void what_is_declared_comes_first(void **state)
{
    struct article a;

    (void)state;
    article_init(&a);
    a.body = bytes_str("Der Rat sagte, dass die Brücke nicht offen ist.");
    a.lang = lang_parse(bytes_str("nl"));
    language_detect(&a, lang_parse(bytes_str("fr")));
    assert_string_equal(a.lang.code, "nl");
    a.lang = LANG_NONE;
    language_detect(&a, lang_parse(bytes_str("fr")));
    assert_string_equal(a.lang.code, "fr");
    a.lang = LANG_NONE;
    language_detect(&a, LANG_NONE);
    assert_string_equal(a.lang.code, "de");
    a.lang = LANG_NONE;
    a.title = a.body;
    a.body = BYTES_NONE;
    language_detect(&a, LANG_NONE);
    assert_string_equal(a.lang.code, "de");
}

/* The language found for a text of this sentence, ten times over or once,
 * that declares `said`. */
static void assert_declared(const char *said, const char *sentence,
                            unsigned times, const char *expected)
{
    struct buffer text = BUFFER_INIT;
    struct article a;

    article_init(&a);
    for (unsigned i = 0; i < times; i++) {
        buffer_put_str(&text, sentence);
        buffer_put_u8(&text, '\n');
    }
    a.body = buffer_bytes(&text);
    a.lang = lang_parse(bytes_str(said));
    language_detect(&a, LANG_NONE);
    assert_string_equal(a.lang.code, expected);
    buffer_release(&text);
}

static void a_long_text_may_know_better(void **state)
{
    const char *german = "Der Rat sagte, dass die Brücke nicht vor dem "
                         "Sommer geöffnet wird und dass es für eine neue "
                         "kein Geld gibt, aber das ist nicht alles.";
    const char *norwegian = "Kommunen sa fredag at broen ikke åpner før "
                            "juni, og at det ikke er penger til en ny etter "
                            "flommen, men det er ikke alt.";

    (void)state;
    assert_declared("en", german, 10, "de");
    assert_declared("he", german, 10, "de");
    assert_declared("en", german, 1, "en");
    /* Near languages, and those that we would not know if we saw them. */
    assert_declared("da", norwegian, 10, "da");
    assert_declared("lb", german, 10, "lb");
    assert_declared("en", "Kxzq wvrt bnmp fghj qrst plmk zxcv dfgh.", 30,
                    "en");
}

static void foreign_names_do_not_change_it(void **state)
{
    struct lang got = language_of_text(bytes_str(
        "Il ministro Сергей Лавров ha detto che l'accordo con 北京 non è "
        "ancora stato firmato, ma che sarà discusso nel corso dell'anno."));

    (void)state;
    assert_string_equal(got.code, "it");
}

static void long_texts_are_cut_at_a_character(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    for (size_t shift = 0; shift < 3; shift++) {
        buffer_clear(&b);
        for (size_t i = 0; i < shift; i++)
            buffer_put_u8(&b, ' ');
        while (b.len < 20000)
            buffer_put_str(&b, "市议会周五表示");
        assert_string_equal(language_of_text(buffer_bytes(&b)).code, "zh");
    }
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_tell_their_language),
        cmocka_unit_test(what_is_declared_comes_first),
        cmocka_unit_test(a_long_text_may_know_better),
        cmocka_unit_test(foreign_names_do_not_change_it),
        cmocka_unit_test(long_texts_are_cut_at_a_character),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
