/* test_zone.c -- --tz: zones by offset and by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/zone.h"

static void check(const char *name, const char *written, const char *expected)
{
    struct buffer got = BUFFER_INIT;
    struct error err = ERROR_INIT;
    struct zone zone;
    struct date date;

    assert_int_equal(zone_parse(&zone, name, &err), OK);
    assert_true(date_parse(&date, bytes_str(written), 0));
    zone_settle(&zone, &date);
    date_put(&got, &date);
    assert_string_equal(buffer_cstr(&got), expected);
    buffer_release(&got);
}

static void offsets_shift_what_has_no_zone(void **state)
{
    (void)state;
    check("+03:00", "2024-07-01 10:00", "2024-07-01T10:00:00+03:00");
    check("-0530", "2024-07-01 10:00", "2024-07-01T10:00:00-05:30");
    check("+5", "2024-07-01 10:00", "2024-07-01T10:00:00+05:00");
    check("utc", "2024-07-01 10:00", "2024-07-01T10:00:00Z");
    check("+03:00", "2024-07-01 10:00 GMT", "2024-07-01T10:00:00Z");
    check("+03:00", "2024-07-01T10:00:00+01:00", "2024-07-01T10:00:00+01:00");
    check("+03:00", "2024-07-01", "2024-07-01");
    check("+03:00", "2024", "2024");
}

static void names_know_summer(void **state)
{
    struct error err = ERROR_INIT;
    struct zone zone;

    (void)state;
    if (zone_parse(&zone, "Europe/Berlin", &err) != OK)
        skip();
    check("Europe/Berlin", "2024-07-01 10:00", "2024-07-01T10:00:00+02:00");
    check("Europe/Berlin", "2024-01-01 10:00", "2024-01-01T10:00:00+01:00");
    check("Asia/Kolkata", "1999-01-01 10:00", "1999-01-01T10:00:00+05:30");
    check("America/New_York", "2024-07-01 10:00",
          "2024-07-01T10:00:00-04:00");
}

static void what_is_no_zone_is_refused(void **state)
{
    (void)state;
    for (const char *const *bad = (const char *const[]){ "", "Berlin!",
         "../etc/passwd", "/etc/localtime", "+", "+3:7", "+17:00", "+03:60",
         "+03:00x", "Europe/Atlantis", "Europe", "zone.tab",
         NULL }; *bad; bad++) {
        struct error err = ERROR_INIT;
        struct zone zone;

        if (zone_parse(&zone, *bad, &err) != ERR_USAGE)
            fail_msg("%s was taken", *bad);
        assert_non_null(strstr(err.message, "--tz is a zone such as"));
    }
}

static void undated_stays_undated(void **state)
{
    struct zone zone = { ZONE_FIXED, 180 }, none = { ZONE_NONE, 0 };
    struct date date = UNDATED, time;

    (void)state;
    zone_settle(&zone, &date);
    assert_true(date.seconds == DATE_UNDATED);
    assert_true(date_parse(&time, bytes_str("2024-07-01 10:00"), 0));
    date = time;
    zone_settle(&none, &date);
    assert_true(date.seconds == time.seconds && date.zone == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets_shift_what_has_no_zone),
        cmocka_unit_test(names_know_summer),
        cmocka_unit_test(what_is_no_zone_is_refused),
        cmocka_unit_test(undated_stays_undated),
    };

    return cmocka_run_group_tests_name("zone", tests, NULL, NULL);
}
