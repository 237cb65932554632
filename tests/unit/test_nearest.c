/* test_nearest.c -- what was mistyped finds what was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/nearest.h"

static const char *near(const char *word)
{
    static const char *const names[] = { "add", "rm", "stats", "verify",
                                         "memory", "snippets", "b", NULL };
    const char *found = nearest_name(bytes_str(word), names);

    return found ? found : "none";
}

static void a_near_name_is_found(void **state)
{
    (void)state;
    assert_string_equal(near("verfy"), "verify");
    assert_string_equal(near("stast"), "stats");
    assert_string_equal(near("mr"), "rm");
    assert_string_equal(near("memroy"), "memory");
    assert_string_equal(near("snipets"), "snippets");
    assert_string_equal(near("snip"), "snippets");
}

static void a_far_name_is_not(void **state)
{
    (void)state;
    assert_string_equal(near("compact"), "none");
    assert_string_equal(near("axy"), "none");
    assert_string_equal(near("x"), "none");
    assert_string_equal(near(""), "none");
    assert_string_equal(near("verifyverifyverifyverifyverifyverify"), "none");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_near_name_is_found),
        cmocka_unit_test(a_far_name_is_not),
    };

    return cmocka_run_group_tests_name("nearest", tests, NULL, NULL);
}
