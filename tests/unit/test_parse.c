/* test_parse.c -- query text to trees and back; tests/cases/queries.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/query/query.h"

struct bench {
    struct analyzer *analyzer;
    struct arena arena;
    struct error err;
    struct query_parsed parsed;
};

static struct bench bench;

static int set_up(void **state)
{
    (void)state;
    bench = (struct bench){ .analyzer = analyzer_new() };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    analyzer_free(bench.analyzer);
    arena_release(&bench.arena);
    return 0;
}

static enum status parse(struct bytes text, enum query_mode mode, bool plain)
{
    struct query_options options = { mode, plain, BYTES_NONE };

    error_clear(&bench.err);
    return query_parse(&bench.parsed, text, &options, bench.analyzer,
                       &bench.arena, &bench.err);
}

/* --- The shape of a tree, with nothing hidden --------------------------- */

static void put_shape(struct buffer *b, const struct query *q);

static void put_words(struct buffer *b, const struct query *q)
{
    buffer_put_str(b, q->title ? "title:" : "");
    buffer_put_str(b, q->kind == QUERY_PHRASE ? "\"" : "");
    for (size_t i = 0; i < q->count; i++) {
        buffer_put_str(b, i ? " " : "");
        buffer_put_bytes(b, q->words[i].word);
        buffer_put_str(b, q->words[i].prefix ? "*" : "");
    }
    buffer_put_str(b, q->kind == QUERY_PHRASE ? "\"" : "");
    if (q->boost > 1.0f)
        buffer_printf(b, "^%g", (double)q->boost);
}

static void put_node(struct buffer *b, const struct query *q,
                     const char *name)
{
    buffer_printf(b, "%s(", name);
    for (size_t i = 0; i < q->count; i++) {
        buffer_put_str(b, i ? " " : "");
        put_shape(b, q->parts[i]);
    }
    buffer_put_str(b, ")");
}

static void put_shape(struct buffer *b, const struct query *q)
{
    switch (q->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        put_words(b, q);
        break;
    case QUERY_AND:
        put_node(b, q, "AND");
        break;
    case QUERY_OR:
        put_node(b, q, "OR");
        break;
    case QUERY_NOT:
        put_node(b, q, "NOT");
        break;
    case QUERY_MAYBE:
        put_node(b, q, "MAYBE");
        break;
    case QUERY_META:
        buffer_printf(b, "%c=", q->key.data[1]);
        buffer_put_bytes(b, bytes_part(q->key, 2, q->key.len - 2));
        assert_int_equal(q->field, q->key.data[1]);
        break;
    case QUERY_DATE:
        buffer_printf(b, "date %lld..%lld", (long long)q->dates.from,
                      (long long)q->dates.to);
        break;
    case QUERY_ALL:
        buffer_put_str(b, "ALL");
        break;
    case QUERY_SET:
    case QUERY_NONE:
        buffer_put_str(b, "NONE");
        break;
    }
}

/* What a tree prints parses to the same tree, in the mode ALL. */
static void assert_comes_back(const struct query *q)
{
    struct buffer printed = BUFFER_INIT;
    enum status status;

    query_print(&printed, q);
    status = parse(buffer_bytes(&printed), QUERY_MODE_ALL, false);
    if (status != ERR_LIMIT) {
        if (status != OK || !query_equal(q, bench.parsed.root))
            print_message("%s\n%s\n", buffer_cstr(&printed),
                          bench.err.message);
        assert_int_equal(status, OK);
        assert_true(query_equal(q, bench.parsed.root));
    }
    buffer_release(&printed);
}

/* --- The table ---------------------------------------------------------- */

/* Where the caret of a message stands. */
static long caret_of(const char *message)
{
    const char *line = strrchr(message, '\n');

    assert_non_null(line);
    return (long)(strchr(line, '^') - line) - 3;
}

/* What the parser says of a line: the tree, the second tier, or the place
 * and beginning of the failure. */
static void put_result(struct buffer *b, struct bytes text,
                       enum query_mode mode, bool plain)
{
    if (parse(text, mode, plain) != OK) {
        buffer_printf(b, "error at %ld: %.*s", caret_of(bench.err.message),
                      (int)strcspn(bench.err.message, "\n"),
                      bench.err.message);
        return;
    }
    put_shape(b, bench.parsed.root);
    if (bench.parsed.relaxed) {
        buffer_put_str(b, " / ");
        put_shape(b, bench.parsed.relaxed);
    }
}

static bool case_holds(struct buffer *query, const char *want)
{
    struct buffer got = BUFFER_INIT;
    bool holds;
    const char *text = buffer_cstr(query);
    enum query_mode mode = QUERY_MODE_DEFAULT;
    bool plain = strncmp(text, "plain ", 6) == 0;

    text += plain ? 6 : 0;
    if (strncmp(text, "any ", 4) == 0)
        mode = QUERY_MODE_ANY;
    else if (strncmp(text, "all ", 4) == 0)
        mode = QUERY_MODE_ALL;
    text += mode == QUERY_MODE_DEFAULT ? 0 : 4;
    put_result(&got, bytes_str(text), mode, plain);
    holds = strcmp(buffer_cstr(&got), want) == 0;
    if (!holds)
        print_message("? %s\n= %s\n  not: %s\n", buffer_cstr(query),
                      buffer_cstr(&got), want);
    if (bench.err.code == OK)
        assert_comes_back(bench.parsed.root);
    buffer_release(&got);
    return holds;
}

static void every_case_of_the_table_holds(void **state)
{
    FILE *file = fopen("tests/cases/queries.txt", "r");
    struct buffer query = BUFFER_INIT;
    char line[4096];
    unsigned cases = 0, wrong = 0;

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof(line), file)) {
        size_t len = strcspn(line, "\n");

        line[len] = '\0';
        if (line[0] == '?') {
            buffer_clear(&query);
            buffer_put(&query, line + 2, len > 2 ? len - 2 : 0);
        } else if (line[0] == '=') {
            wrong += !case_holds(&query, line + 2);
            cases++;
        }
    }
    fclose(file);
    buffer_release(&query);
    assert_int_equal(wrong, 0);
    assert_true(cases > 50);
}

/* --- Limits and noise --------------------------------------------------- */

static void queries_over_a_limit_are_refused(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    for (unsigned i = 0; i < 1001; i++)
        buffer_put_str(&b, "a ");
    assert_int_equal(parse(buffer_bytes(&b), QUERY_MODE_ALL, false),
                     ERR_LIMIT);
    b.len -= 2;
    assert_int_equal(parse(buffer_bytes(&b), QUERY_MODE_ALL, false), OK);
    assert_true(bench.parsed.root->boost == 1000.0f);
    while (b.len <= 4096)
        buffer_put_u8(&b, ' ');
    assert_int_equal(parse(buffer_bytes(&b), QUERY_MODE_ALL, false),
                     ERR_LIMIT);
    buffer_clear(&b);
    for (unsigned i = 0; i < 16; i++)
        buffer_put_u8(&b, '(');
    buffer_put_u8(&b, 'a');
    for (unsigned i = 0; i < 16; i++)
        buffer_put_u8(&b, ')');
    assert_int_equal(parse(buffer_bytes(&b), QUERY_MODE_ALL, false), OK);
    memmove(buffer_reserve(&b, 1) - b.len + 1, b.data, b.len);
    b.len++;
    buffer_put_u8(&b, ')');
    assert_int_equal(parse(buffer_bytes(&b), QUERY_MODE_ALL, false),
                     ERR_LIMIT);
    buffer_release(&b);
}

static void the_caret_is_shown_in_a_long_query(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    for (unsigned i = 0; i < 300; i++)
        buffer_put_str(&b, "long ");
    buffer_put_str(&b, "\"open ");
    for (unsigned i = 0; i < 300; i++)
        buffer_put_str(&b, "end ");
    assert_int_equal(parse(buffer_bytes(&b), QUERY_MODE_ALL, false),
                     ERR_INPUT);
    assert_non_null(strstr(bench.err.message, "..."));
    assert_true(strlen(bench.err.message) < 300);
    buffer_release(&b);
}

static void put_noise(struct buffer *b)
{
    static const char *const pieces[] = {
        "(", ")", "\"", " ", " ", " ", "-", "+", " AND ", " OR ", " NOT ",
        "title:", "source:", "lang:", "date:", "2023-11", "gas", "oil",
        "Putin's", "COVID-19", "U.S.", "l'Europe", "C++", "a.b@c.org", ",",
        ":", "\xe6\x9d\xb1\xe4\xba\xac\xe5\xa4\xa7", "\xe6\x9d\xb1", "&",
        "\xc3\x89t\xc3\xa9", "\xff", "\xe2\x82", "\t", "12:30", "*", "#x",
        "\xe0\xb9\x84\xe0\xb8\x97\xe0\xb8\xa2", "stra\xc3\x9f" "e", "1,200",
    };
    unsigned count = 1 + (unsigned)rand() % 12;

    for (unsigned i = 0; i < count; i++) {
        if (rand() % 16 == 0)
            buffer_put_u8(b, (uint8_t)rand());
        else
            buffer_put_str(b, pieces[(unsigned)rand()
                                     % (sizeof(pieces) / sizeof(*pieces))]);
    }
}

static void any_bytes_parse_or_fail_and_trees_come_back(void **state)
{
    unsigned seed = 20231112, good = 0;

    (void)state;
    print_message("seed %u\n", seed);
    srand(seed);
    for (unsigned i = 0; i < 30000; i++) {
        struct buffer b = BUFFER_INIT;
        enum query_mode mode = (enum query_mode)(rand() % 3);

        put_noise(&b);
        if (parse(buffer_bytes(&b), mode, rand() % 4 == 0) == OK) {
            good++;
            assert_comes_back(bench.parsed.root);
        } else {
            assert_non_null(strchr(bench.err.message, '^'));
        }
        buffer_release(&b);
        arena_reset(&bench.arena);
    }
    assert_true(good > 5000);
}

static void expect_filtered(const char *text, enum query_mode mode,
                            bool plain, const char *filters,
                            const char *want)
{
    struct query_options options = { mode, plain, bytes_str(filters) };
    struct buffer b = BUFFER_INIT;

    error_clear(&bench.err);
    assert_int_equal(query_parse(&bench.parsed, bytes_str(text), &options,
                                 bench.analyzer, &bench.arena, &bench.err),
                     OK);
    put_shape(&b, bench.parsed.root);
    buffer_put_str(&b, " ");
    if (bench.parsed.relaxed)
        put_shape(&b, bench.parsed.relaxed);
    assert_string_equal(buffer_cstr(&b), want);
    buffer_release(&b);
}

static void filters_hold_beside_any_text(void **state)
{
    (void)state;
    expect_filtered("a OR b", QUERY_MODE_DEFAULT, false, "title:x",
                    "AND(OR(a b) title:x) ");
    expect_filtered("a b", QUERY_MODE_DEFAULT, false, "title:x",
                    "AND(a b title:x) AND(OR(a b) title:x)");
    expect_filtered("a OR b", QUERY_MODE_ANY, true, "title:x",
                    "AND(OR(a or b) title:x) ");
    expect_filtered("", QUERY_MODE_ANY, true, "title:x", "title:x ");
    expect_filtered("&", QUERY_MODE_ANY, true, "title:x", "NONE ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_of_the_table_holds),
        cmocka_unit_test(queries_over_a_limit_are_refused),
        cmocka_unit_test(the_caret_is_shown_in_a_long_query),
        cmocka_unit_test(filters_hold_beside_any_text),
        cmocka_unit_test(any_bytes_parse_or_fail_and_trees_come_back),
    };

    return cmocka_run_group_tests_name("parse", tests, set_up, tear_down);
}
