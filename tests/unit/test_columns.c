/* test_columns.c -- how wide text is, and where its lines break. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/present/columns.h"

static void columns_know_wide_and_combining(void **state)
{
    (void)state;
    assert_int_equal(columns_of(bytes_str("abc")), 3);
    assert_int_equal(columns_of(bytes_str("\xe6\x97\xa5\xe6\x9c\xac")), 4);
    assert_int_equal(columns_of(bytes_str("e\xcc\x81")), 1);
    assert_int_equal(columns_of(bytes_str("\xd0\x96")), 1);
}

static void lines_break_where_they_may(void **state)
{
    const char *text = "one two \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e";
    bool breaks[17];

    (void)state;
    columns_break(breaks, bytes_str(text), 7);
    for (size_t i = 0; i < 17; i++)
        assert_int_equal(breaks[i], i == 8);
    columns_break(breaks, bytes_str(text), 4);
    assert_true(breaks[4]);
    assert_true(breaks[8]);
    assert_true(breaks[14]);
    columns_break(breaks, bytes_str(text), 0);
    for (size_t i = 0; i < 17; i++)
        assert_false(breaks[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_know_wide_and_combining),
        cmocka_unit_test(lines_break_where_they_may),
    };

    return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
