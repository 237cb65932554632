/* test_options.c -- the values of options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "indexer/options.h"

static void sizes_have_units_and_limits(void **state)
{
    struct error err = ERROR_INIT;
    uint64_t bytes;

    (void)state;
    assert_int_equal(options_size(&bytes, "64k", "memory", &err), OK);
    assert_int_equal(bytes, 65536);
    assert_int_equal(options_size(&bytes, "3G", "memory", &err), OK);
    assert_true(bytes == UINT64_C(3) << 30);
    assert_int_equal(options_size(&bytes, "77", "memory", &err), OK);
    assert_int_equal(bytes, 77);
    for (const char *const *bad = (const char *const[]){ "", "K", "-1", "1KB",
         "1.5G", " 1", "99999999999G", "99999999999999999999", NULL }; *bad;
         bad++) {
        error_clear(&err);
        assert_int_equal(options_size(&bytes, *bad, "memory", &err),
                         ERR_USAGE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_have_units_and_limits),
    };

    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
