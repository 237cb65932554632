/* test_folder.c -- which folder is meant when nobody says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/index/folder.h"

static void expect(const char *given, const char *want)
{
    struct error err = ERROR_INIT;
    char *dir;

    assert_int_equal(folder_choose(&dir, given, &err), OK);
    assert_string_equal(dir, want);
    free(dir);
}

/* Each time the first one that is set is taken away. */
static void what_is_said_goes_before_what_is_set(void **state)
{
    struct error err = ERROR_INIT;
    char *dir;

    (void)state;
    setenv("LEDE_INDEX", "named", 1);
    setenv("XDG_DATA_HOME", "/data", 1);
    setenv("HOME", "/home/ann", 1);
    expect("given", "given");
    expect(NULL, "named");
    setenv("LEDE_INDEX", "", 1);
    expect(NULL, "/data/lede/default");
    setenv("XDG_DATA_HOME", "", 1);
    expect(NULL, "/home/ann/.local/share/lede/default");
    unsetenv("HOME");
    assert_int_equal(folder_choose(&dir, NULL, &err), ERR_USAGE);
    assert_null(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_goes_before_what_is_set),
    };

    return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
