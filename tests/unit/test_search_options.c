/* test_search_options.c -- what a command line asks for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/search_options.h"

enum { ARGUMENTS_MAX = 16 };

/* The words of `line`, at each '|', as arguments. */
static enum status read_line(struct search_options *o, struct error *err,
                             char *line)
{
    char *argv[ARGUMENTS_MAX] = { "lede-search" };
    int argc = 1;

    *err = (struct error)ERROR_INIT;
    for (char *word = strtok(line, "|"); word; word = strtok(NULL, "|"))
        argv[argc++] = word;
    return search_options_read(o, argc, argv, err);
}

static void expect_query(const char *text, const char *want)
{
    struct search_options o;
    struct error err;
    char line[200];

    strcpy(line, text);
    assert_int_equal(read_line(&o, &err, line), OK);
    assert_string_equal(buffer_cstr(&o.query), want);
    search_options_release(&o);
}

static void expect_filters(const char *text, const char *want)
{
    struct search_options o;
    struct error err;
    char line[200];

    strcpy(line, text);
    assert_int_equal(read_line(&o, &err, line), OK);
    assert_string_equal(buffer_cstr(&o.filters), want);
    search_options_release(&o);
}

static void expect_wrong(const char *text, const char *message)
{
    struct search_options o;
    struct error err;
    char line[200];

    strcpy(line, text);
    assert_int_equal(read_line(&o, &err, line), ERR_USAGE);
    if (!strstr(err.message, message))
        fail_msg("\"%s\" is not in \"%s\"", message, err.message);
    search_options_release(&o);
}

static void arguments_are_one_query(void **state)
{
    (void)state;
    expect_query("Lavrov|Central Asia", "Lavrov \"Central Asia\"");
    expect_query("Central Asia", "Central Asia");
    expect_query("a|b c OR d", "a b c OR d");
    expect_query("a|(b c)", "a (b c)");
    expect_query("a|title:b c", "a title:b c");
    expect_query("a|b: c", "a \"b: c\"");
    expect_query("a|b -c", "a b -c");
    expect_query("a|b ", "a b ");
    expect_query("a|-bad", "a -bad");
    expect_query("a|-very bad", "a -\"very bad\"");
    expect_query("-very bad", "-\"very bad\"");
    expect_query("-e|x y|z", "x y z");
    expect_query("-n|3|--|-n|--all", "-n --all");
    expect_query("-n5|-n5x", "-n5x");
}

static void filters_are_query_language(void **state)
{
    (void)state;
    expect_filters("--source|Le \"Figaro\"|x", "(source:\"Le  Figaro \") ");
    expect_filters("--source=A|--source=B|--lang|English|x",
                   "(source:\"A\" OR source:\"B\") (lang:\"en\") ");
    expect_filters("--since|2023|--until=2023-11|x", "date:2023..2023-11");
    expect_filters("--until|2023|x", "date:..2023");
}

static void a_run_implies_plain_words(void **state)
{
    struct search_options o;
    struct error err;
    char run[] = "--format|trec|x";
    char lede[] = "--syntax|lede|-n|5|--format=trec|x";

    (void)state;
    assert_int_equal(read_line(&o, &err, run), OK);
    assert_true(o.request.reading.plain);
    assert_int_equal(o.request.reading.mode, QUERY_MODE_ANY);
    assert_int_equal(o.request.n, 1000);
    search_options_release(&o);
    assert_int_equal(read_line(&o, &err, lede), OK);
    assert_false(o.request.reading.plain);
    assert_int_equal(o.request.n, 5);
    search_options_release(&o);
}

static void what_is_wrong_is_said(void **state)
{
    (void)state;
    expect_wrong("--sourc|x", "--source");
    expect_wrong("--colour|never", "did you mean --color?");
    expect_wrong("--widht|20", "did you mean --width?");
    expect_wrong("--lnag|en", "did you mean --lang?");
    expect_wrong("--zzzzzz", "no such option: --zzzzzz (see -h)");
    expect_wrong("-x", "no such option: -x");
    expect_wrong("-n", "-n wants a value");
    expect_wrong("-n|x", "not \"x\"");
    expect_wrong("-n|4294967296", "not \"4294967296\"");
    expect_wrong("--any=1|x", "takes no value");
    expect_wrong("--sort|up|x", "best, date, -date");
    expect_wrong("--k1|nan|x", "not \"nan\"");
    expect_wrong("--b|1.5|x", "from 0 to 1");
    expect_wrong("--since|yesterdy|x", "yesterdy");
    expect_wrong("--since|2022..2023|x", "wants a date");
    expect_wrong("--since|2024|--until|2023-11|x",
                 "--until 2023-11 is before --since 2024");
    expect_wrong("--lang|??|x", "no language");
    expect_wrong("--batch|f|x", "--batch");
    expect_wrong("-n|3", "nothing to search for");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_are_one_query),
        cmocka_unit_test(filters_are_query_language),
        cmocka_unit_test(a_run_implies_plain_words),
        cmocka_unit_test(what_is_wrong_is_said),
    };

    return cmocka_run_group_tests_name("search_options", tests, NULL, NULL);
}
