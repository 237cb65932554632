/* test_forms.c -- what is put under a token and a tag is found there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "indexer/invert/forms.h"

enum { COUNT = 20000 };

static struct form *get(struct forms *f, struct bytes text, uint16_t tag,
                        bool *fresh)
{
    struct form_key key = form_key_of(text, 0, (uint32_t)text.len, tag);

    forms_expect(f, &key);
    return forms_get(f, &key, fresh);
}

static void what_is_put_is_found(void **state)
{
    struct forms forms = FORMS_INIT;
    char text[32];
    bool fresh;

    (void)state;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < COUNT; i++) {
            struct bytes bytes;
            struct form *form;

            snprintf(text, sizeof(text), "%0*u", 1 + (int)(i % 24), i);
            bytes = bytes_str(text);
            form = get(&forms, bytes, (uint16_t)(i % 3), &fresh);
            if (round == 0 && fresh)
                form->value = i + 1;
            /* Numbers of one text and tag share their form. */
            snprintf(text, sizeof(text), "%0*u", 1 + (int)(i % 24),
                     form->value - 1);
            assert_memory_equal(text, bytes.data, bytes.len);
            assert_int_equal((form->value - 1) % 3, i % 3);
            assert_true(round == 0 || !fresh);
        }
    assert_true(forms_bytes(&forms) >= forms.count * sizeof(struct form));
    forms_release(&forms);
    assert_int_equal(forms.count, 0);
}

/* The same bytes, wherever they stand and whatever is behind them. */
static void what_is_around_does_not_count(void **state)
{
    struct forms forms = FORMS_INIT;
    struct bytes text = bytes_str("gas xx gas yyyyyyyyyyyyyyyyyyyyyyyy gas");
    uint32_t places[] = { 0, 7, (uint32_t)text.len - 3 };
    bool fresh;

    (void)state;
    for (int i = 0; i < 3; i++) {
        struct form_key key = form_key_of(text, places[i], places[i] + 3, 5);

        forms_get(&forms, &key, &fresh);
        assert_int_equal(fresh, i == 0);
    }
    get(&forms, bytes_str("ga"), 5, &fresh);
    assert_true(fresh);
    get(&forms, bytes_str("gas"), 6, &fresh);
    assert_true(fresh);
    get(&forms, bytes_of((const uint8_t *)"gas\0", 4), 5, &fresh);
    assert_true(fresh);
    assert_int_equal(forms.count, 4);
    forms_release(&forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_found),
        cmocka_unit_test(what_is_around_does_not_count),
    };

    return cmocka_run_group_tests_name("forms", tests, NULL, NULL);
}
