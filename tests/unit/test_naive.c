/* test_naive.c -- the oracle itself, on articles small enough to be done by
 * hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "searcher/match/bm25.h"
#include "tests/naive/naive.h"

static struct {
    struct analyzer *analyzer;
    struct naive *naive;
    struct arena arena;
} given;

static void put(const char *lang, const char *title, const char *lead,
                const char *body, int64_t day, bool live)
{
    struct article a;

    article_init(&a);
    a.lang = lang_parse(bytes_str(lang));
    a.title = bytes_str(title);
    a.lead = bytes_str(lead);
    a.body = bytes_str(body);
    a.source = bytes_str(day % 2 ? "Reuters" : "");
    a.published = day ? (struct date){ .seconds = day * 86400,
                                       .precision = DATE_DAY } : UNDATED;
    naive_add(given.naive, &a, live);
}

static int setup(void **state)
{
    (void)state;
    given.analyzer = analyzer_new();
    given.naive = naive_new(given.analyzer, 3, bytes_str("Wire"));
    put("en", "Gas prices", "", "The gas price rises.\n\nGas", 5, true);
    put("en", "Oil", "gas", "price of oil", 4, true);
    put("de", "Gas", "", "die Preise", 0, true);
    put("en", "Gas gas gas", "", "gas", 3, false);
    put("en", "", "", "", 9, true);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    naive_free(given.naive);
    analyzer_free(given.analyzer);
    arena_release(&given.arena);
    return 0;
}

/* The hits as "1 0 |2", where the bar begins the second tier. */
static const char *ask(const char *text, enum query_mode mode,
                       enum sort_order sort, struct answer *answer)
{
    struct request request = REQUEST_INIT;
    struct error err = ERROR_INIT;
    char *out = arena_alloc(&given.arena, 256);
    size_t len = 0;

    request.text = bytes_str(text);
    request.reading.mode = mode;
    request.sort = sort;
    assert_int_equal(naive_search(answer, given.naive, &request,
                                  &given.arena, &err), OK);
    out[0] = '\0';
    for (uint32_t i = 0; i < answer->count; i++)
        len += (size_t)snprintf(out + len, 256 - len, "%s%s%u",
                                i ? " " : "",
                                answer->hits[i].tier == 2 ? "|" : "",
                                answer->hits[i].doc);
    return out;
}

static const char *any(const char *text)
{
    struct answer answer;

    return ask(text, QUERY_MODE_ANY, SORT_BEST, &answer);
}

static void words_phrases_and_filters_match(void **state)
{
    (void)state;
    assert_string_equal(any("oil"), "1");
    assert_string_equal(any("xyzzy"), "");
    assert_string_equal(any("\"gas price\""), "0");
    assert_string_equal(any("\"price gas\""), "");
    assert_string_equal(any("\"rises gas\""), "");
    assert_string_equal(any("\"oil gas\""), "");
    assert_string_equal(any("title:oil"), "1");
    assert_string_equal(any("title:price"), "0");
    assert_string_equal(any("source:wire"), "1 2");
    assert_string_equal(any("lang:de"), "2");
    assert_string_equal(any("price -oil"), "0");
    assert_string_equal(any("date:1970-01-05"), "1");
    assert_string_equal(any("NOT gas"), "4");
}

static void sorting_by_date_puts_undated_last(void **state)
{
    struct answer answer;

    (void)state;
    assert_string_equal(ask("gas", QUERY_MODE_ALL, SORT_NEWEST, &answer),
                        "0 1 2");
    assert_string_equal(ask("gas", QUERY_MODE_ALL, SORT_OLDEST, &answer),
                        "1 0 2");
}

static void some_words_follow_all_words(void **state)
{
    struct answer answer;

    (void)state;
    assert_string_equal(ask("gas oil", QUERY_MODE_DEFAULT, SORT_BEST,
                            &answer), "1 |2 |0");
    assert_int_equal(answer.total, 1);
    assert_int_equal(answer.second_total, 2);
    assert_string_equal(ask("gas oil", QUERY_MODE_ALL, SORT_BEST, &answer),
                        "1");
    assert_string_equal(ask("gas AND oil", QUERY_MODE_DEFAULT, SORT_BEST,
                            &answer), "1");
}

/* Five articles with 7, 5, 3, 4 and 0 words; "oil" is in one of them, twice,
 * once in the title: tf 3 + 1. */
static void a_score_is_what_the_paper_says(void **state)
{
    struct bm25 m = bm25_of(1.2f, 0.75f, 19, 5);
    struct answer answer;
    float score;

    (void)state;
    ask("oil", QUERY_MODE_ANY, SORT_BEST, &answer);
    score = bm25_score(bm25_idf(5, 1), 4, bm25_norm(&m, 5));
    assert_memory_equal(&score, &answer.hits[0].score, sizeof(score));
    /* "gas" is in four, the deleted one included; where it is a third of the
     * words it weighs more than where it is three of seven. */
    ask("gas", QUERY_MODE_ANY, SORT_BEST, &answer);
    score = bm25_score(bm25_idf(5, 4), 3, bm25_norm(&m, 3));
    assert_int_equal(answer.hits[0].doc, 2);
    assert_memory_equal(&score, &answer.hits[0].score, sizeof(score));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_phrases_and_filters_match),
        cmocka_unit_test(sorting_by_date_puts_undated_last),
        cmocka_unit_test(some_words_follow_all_words),
        cmocka_unit_test(a_score_is_what_the_paper_says),
    };

    return cmocka_run_group_tests_name("naive", tests, setup, teardown);
}
