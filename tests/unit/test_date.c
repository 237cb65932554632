/* test_date.c -- dates as the news writes them; the table is in
 * tests/cases/dates.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/date.h"

static void the_table_is_obeyed(void **state)
{
    FILE *table = fopen("tests/cases/dates.txt", "r");
    char line[512];
    int count = 0;

    (void)state;
    assert_non_null(table);
    while (fgets(line, sizeof(line), table)) {
        char *bar = strstr(line, " | ");
        struct buffer got = BUFFER_INIT;
        struct date date;

        if (line[0] == '#' || !bar)
            continue;
        *bar = '\0';
        bar[strcspn(bar + 3, "\n") + 3] = '\0';
        if (!date_parse(&date, bytes_str(line), 0))
            buffer_put_str(&got, "-");
        date_put(&got, &date);
        if (strcmp(buffer_cstr(&got), bar + 3) != 0)
            fail_msg("%s: %s, expected %s", line, buffer_cstr(&got), bar + 3);
        buffer_release(&got);
        count++;
    }
    fclose(table);
    assert_true(count > 60);
}

static void the_given_zone_counts_only_for_times(void **state)
{
    struct date date;

    (void)state;
    assert_true(date_parse(&date, bytes_str("2023-11-12 11:52"), 60));
    assert_int_equal(date.zone, 60);
    assert_int_equal(date.seconds, date_of_civil(2023, 11, 12) +
                                   10 * 3600 + 52 * 60);
    assert_true(date_parse(&date, bytes_str("2023-11-12"), 60));
    assert_int_equal(date.seconds, date_of_civil(2023, 11, 12));
}

static void civil_days_come_back(void **state)
{
    (void)state;
    for (int64_t day = -210000; day < 90000; day += 13) {
        int year, month, d;

        date_to_civil(day * 86400 + 86399, &year, &month, &d);
        assert_int_equal(date_of_civil(year, month, d), day * 86400);
    }
    assert_int_equal(date_of_civil(1970, 1, 1), 0);
    assert_int_equal(date_of_civil(2000, 3, 1), 951868800);
}

static void check_range(const char *text, int64_t from, int64_t to)
{
    struct error err = ERROR_INIT;
    struct date_range range;

    assert_int_equal(date_range_parse(&range, bytes_str(text), &err), OK);
    assert_int_equal(range.from, from);
    assert_int_equal(range.to, to);
}

static void ranges_include_what_they_name(void **state)
{
    struct error err = ERROR_INIT;
    struct date_range range;

    (void)state;
    check_range("2023", date_of_civil(2023, 1, 1), date_of_civil(2024, 1, 1));
    check_range("2023-12", date_of_civil(2023, 12, 1),
                date_of_civil(2024, 1, 1));
    check_range("2023-11-12", date_of_civil(2023, 11, 12),
                date_of_civil(2023, 11, 13));
    check_range("2023-11..2024-02", date_of_civil(2023, 11, 1),
                date_of_civil(2024, 3, 1));
    check_range("..2022", DATE_UNDATED + 1, date_of_civil(2023, 1, 1));
    check_range("2023-11..", date_of_civil(2023, 11, 1), INT64_MAX);
    assert_int_equal(date_range_parse(&range, bytes_str("2023..x"), &err),
                     ERR_INPUT);
    assert_non_null(strstr(err.message, "\"x\" is no date"));
    error_clear(&err);
    assert_int_equal(date_range_parse(&range, bytes_str(".."), &err),
                     ERR_INPUT);
    error_clear(&err);
    assert_int_equal(date_range_parse(&range, bytes_str("2024..2023"), &err),
                     ERR_INPUT);
    error_clear(&err);
    assert_int_equal(date_range_parse(&range, bytes_str("2023-11-"), &err),
                     ERR_INPUT);
}

static void any_bytes_are_survived(void **state)
{
    const char alphabet[] = "0123456789-/:.T Z+,aphmnov\xc3\xa9\xd0\xaf"
                            "\x00\xff";
    unsigned seed = 7;

    (void)state;
    print_message("seed %u\n", seed);
    for (int round = 0; round < 200000; round++) {
        uint8_t text[40];
        size_t len = (size_t)rand_r(&seed) % sizeof(text);
        struct date date;

        for (size_t i = 0; i < len; i++)
            text[i] = (uint8_t)alphabet[(size_t)rand_r(&seed) %
                                        (sizeof(alphabet) - 1)];
        if (!date_parse(&date, bytes_of(text, len), 0))
            assert_true(date.seconds == DATE_UNDATED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_obeyed),
        cmocka_unit_test(the_given_zone_counts_only_for_times),
        cmocka_unit_test(civil_days_come_back),
        cmocka_unit_test(ranges_include_what_they_name),
        cmocka_unit_test(any_bytes_are_survived),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
