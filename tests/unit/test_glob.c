/* test_glob.c -- patterns of paths; the table is in tests/cases/globs.txt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "indexer/read/glob.h"

static void check(const char *pattern, char *below, const char *expected)
{
    struct globs globs = { &pattern, 1 };
    size_t len = strlen(below);
    bool folder = len && below[len - 1] == '/';
    char path[512];

    if (folder)
        below[len - 1] = '\0';
    snprintf(path, sizeof(path), "given/%s", below);
    if (globs_match(&globs, path, path + strlen("given"), folder) !=
        (strcmp(expected, "yes") == 0))
        fail_msg("%s, %s%s: expected %s", pattern, below, folder ? "/" : "",
                 expected);
}

static void the_table_is_obeyed(void **state)
{
    FILE *table = fopen("tests/cases/globs.txt", "r");
    char line[512];
    int count = 0;

    (void)state;
    assert_non_null(table);
    while (fgets(line, sizeof(line), table)) {
        char *first = strstr(line, " | ");
        char *second = first ? strstr(first + 3, " | ") : NULL;

        if (line[0] == '#' || !second)
            continue;
        *first = *second = '\0';
        second[strcspn(second + 3, "\n") + 3] = '\0';
        check(line, first + 3, second + 3);
        count++;
    }
    fclose(table);
    assert_true(count > 30);
}

static void none_match_nothing_and_one_is_enough(void **state)
{
    const char *patterns[] = { "*.xml", "*.html" };
    struct globs globs = { patterns, 2 }, none = { NULL, 0 };

    (void)state;
    assert_false(globs_match(&none, "a.html", "a.html", false));
    assert_true(globs_match(&globs, "a.html", "a.html", false));
    assert_false(globs_match(&globs, "a.txt", "a.txt", false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_obeyed),
        cmocka_unit_test(none_match_nothing_and_one_is_enough),
    };

    return cmocka_run_group_tests_name("glob", tests, NULL, NULL);
}
