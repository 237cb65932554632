/* test_site_memory.c -- how many pages of a site show a line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "indexer/read/site_memory.h"

static void pages_are_counted_once(void **state)
{
    struct site_memory *m = site_memory_new();
    struct bytes line = bytes_str("Read us on the train.");

    (void)state;
    assert_int_equal(site_memory_note(m, 1, 10, line), 0);
    assert_int_equal(site_memory_note(m, 1, 10, line), 0);
    assert_int_equal(site_memory_note(m, 1, 11, line), 1);
    assert_int_equal(site_memory_note(m, 1, 11, line), 1);
    assert_int_equal(site_memory_note(m, 1, 12, line), 2);
    /* Another site, another line. */
    assert_int_equal(site_memory_note(m, 2, 13, line), 0);
    assert_int_equal(site_memory_note(m, 1, 13, bytes_str("Read us.")), 0);
    site_memory_free(m);
    site_memory_free(NULL);
}

/* What many pages show outlives what one shows. */
static void the_rarest_is_forgotten(void **state)
{
    struct site_memory *m = site_memory_new();
    struct bytes often = bytes_str("Read us on the train.");
    char line[32];

    (void)state;
    for (uint64_t page = 0; page < 5; page++)
        assert_int_equal(site_memory_note(m, 1, page, often), page);
    for (unsigned i = 0; i < 1000000; i++) {
        snprintf(line, sizeof(line), "line %u", i);
        site_memory_note(m, 1, 100 + i, bytes_str(line));
    }
    assert_int_equal(site_memory_note(m, 1, 7, often), 5);
    site_memory_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_counted_once),
        cmocka_unit_test(the_rarest_is_forgotten),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
