/* test_person.c -- one person under the many spellings of a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "searcher/person.h"
#include "tests/unit/cases.h"

static bool fits(struct bytes asked, struct bytes named)
{
    struct buffer a = BUFFER_INIT, n = BUFFER_INIT;
    bool yes;

    person_key(&a, asked);
    person_key(&n, named);
    yes = person_fits(buffer_bytes(&a), buffer_bytes(&n));
    buffer_release(&a);
    buffer_release(&n);
    return yes;
}

static void spellings_are_told_apart_and_together(void **state)
{
    unsigned wrong = 0, count = 0;
    struct cases c;

    (void)state;
    cases_open(&c, "tests/cases/persons.txt");
    for (; cases_next(&c); count++) {
        bool want = bytes_equal(cases_field(&c, 2), bytes_str("yes"));

        if (fits(cases_field(&c, 0), cases_field(&c, 1)) == want)
            continue;
        print_message("%s:%u: %s\n", c.path, c.line, want ? "no" : "yes");
        wrong++;
    }
    assert_true(count > 20);
    assert_int_equal(wrong, 0);
}

static void what_is_no_name_is_nobody(void **state)
{
    (void)state;
    assert_false(fits(bytes_str(""), bytes_str("")));
    assert_false(fits(bytes_str("..."), bytes_str("Lavrov")));
    assert_false(fits(bytes_str("\xff\xfe"), bytes_str("\xff")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_are_told_apart_and_together),
        cmocka_unit_test(what_is_no_name_is_nobody),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
