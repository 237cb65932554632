/* test_json.c -- what is written piece by piece is JSON. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/text/json.h"

static void commas_stand_where_they_must(void **state)
{
    struct bytes names[] = { bytes_str("a"), bytes_str("b,{") };
    struct buffer b = BUFFER_INIT;

    (void)state;
    for (int line = 0; line < 2; line++) {
        json_open(&b, '{');
        json_count(&b, "v", UINT64_MAX);
        json_list(&b, "none", NULL, 0);
        json_list(&b, "two", names, 2);
        json_name(&b, "in");
        json_open(&b, '[');
        json_open(&b, '[');
        json_close(&b, ']');
        json_open(&b, '{');
        json_bool(&b, "yes", true);
        json_close(&b, '}');
        json_close(&b, ']');
        json_bool(&b, "no", false);
        json_close(&b, '}');
        buffer_put_u8(&b, '\n');
    }
#define LINE "{\"v\":18446744073709551615,\"none\":[]," \
    "\"two\":[\"a\",\"b,{\"],\"in\":[[],{\"yes\":true}],\"no\":false}\n"
    assert_string_equal(buffer_cstr(&b), LINE LINE);
    buffer_release(&b);
}

static void what_is_not_known_is_null(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    json_open(&b, '{');
    json_text(&b, "a", BYTES_NONE);
    json_known(&b, "b", BYTES_NONE);
    json_known(&b, "c", bytes_str("say \"c\":"));
    json_real(&b, "d", 0.1f);
    json_real(&b, "e", INFINITY);
    json_close(&b, '}');
    assert_string_equal(buffer_cstr(&b), "{\"a\":\"\",\"b\":null,"
                        "\"c\":\"say \\\"c\\\":\",\"d\":0.100000001,"
                        "\"e\":null}");
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_where_they_must),
        cmocka_unit_test(what_is_not_known_is_null),
    };

    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
