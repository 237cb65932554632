/* test_escape.c -- nothing foreign acts on a terminal, breaks a JSON line or
 * adds a column.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "common/text/escape.h"
#include "common/text/unicode.h"

typedef void escape(struct buffer *b, struct bytes text);

static void expect_bytes(escape *how, struct bytes text, const char *want)
{
    struct buffer b = BUFFER_INIT;

    how(&b, text);
    assert_string_equal(buffer_cstr(&b), want);
    buffer_release(&b);
}

static void expect(escape *how, const char *text, const char *want)
{
    expect_bytes(how, bytes_str(text), want);
}

static void a_terminal_sees_what_would_act_on_it(void **state)
{
    (void)state;
    expect(escape_terminal, "", "");
    expect(escape_terminal, "Gaz à 3 € — 天然気", "Gaz à 3 € — 天然気");
    expect(escape_terminal, "\x1b[2J\x7f\x07", "\\x1b[2J\\x7f\\x07");
    expect(escape_terminal, "\033]0;x\a", "\\x1b]0;x\\x07");
    expect(escape_terminal, "a\tb\nc\rd", "a b c d");
    expect(escape_terminal, "a\xc2\x9b" "31m", "a\\u009b31m");
    expect(escape_terminal, "\xe2\x80\xae" "fdp.exe\xe2\x81\xa9",
           "\\u202efdp.exe\\u2069");
    expect(escape_terminal, "\xd8\x9c\xe2\x80\x8f\xe2\x81\xa6",
           "\\u061c\\u200f\\u2066");
    expect(escape_terminal, "a\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf",
           "a\\u2028\\u2029\\ufeff");
    expect_bytes(escape_terminal, bytes_of("a\0b", 3), "a\\x00b");
}

/* So that the name of a file can be told. */
static void a_terminal_sees_bytes_that_are_no_text(void **state)
{
    (void)state;
    expect(escape_terminal, "\xff\xc3(\xef\xbf\xbd", "\\xff\\xc3(\xef\xbf\xbd");
    expect(escape_terminal, "\xef\xbf(\xf0\x9f\x98",
           "\\xef\\xbf(\\xf0\\x9f\\x98");
}

static void json_has_one_way_out(void **state)
{
    (void)state;
    expect(escape_json, "say \"no\"\\\t\n\b\f\r",
           "say \\\"no\\\"\\\\\\t\\n\\b\\f\\r");
    expect(escape_json, "\x0b\x1b\x7f", "\\u000b\\u001b\\u007f");
    expect(escape_json, "\xe2\x80\xa8\xe2\x80\xae", "\\u2028\\u202e");
    expect(escape_json, "\xc2\x9b\xef\xbb\xbf", "\\u009b\\ufeff");
    expect(escape_json, "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80");
    expect(escape_json, "\xed\xa0\x80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void a_column_stays_one_column(void **state)
{
    (void)state;
    expect(escape_column, "LA 010189-1", "LA%20010189-1");
    expect(escape_column, "a\tb\xc2\xa0" "c\xe3\x80\x80",
           "a%09b%C2%A0c%E3%80%80");
    expect(escape_column, "a\xff", "a\xef\xbf\xbd");
    expect(escape_column, "http://x/%20", "http://x/%20");
}

/* Every code point in one JSON string comes back from a JSON reader. */
static void every_character_comes_back_from_json(void **state)
{
    struct buffer text = BUFFER_INIT, quoted = BUFFER_INIT;
    struct json_object *read;

    (void)state;
    for (uint32_t code = 1; code < 0x110000; code += code < 0x3000 ? 1 : 97)
        if (code < 0xd800 || code > 0xdfff)
            utf8_put(&text, code);
    buffer_put_u8(&quoted, '"');
    escape_json(&quoted, buffer_bytes(&text));
    buffer_put_u8(&quoted, '"');
    read = json_tokener_parse(buffer_cstr(&quoted));
    assert_non_null(read);
    assert_int_equal(json_object_get_string_len(read), text.len);
    assert_memory_equal(json_object_get_string(read), text.data, text.len);
    json_object_put(read);
    buffer_release(&text);
    buffer_release(&quoted);
}

static void no_byte_of_c0_reaches_the_terminal(void **state)
{
    struct buffer b = BUFFER_INIT;
    uint8_t all[256];

    (void)state;
    for (unsigned i = 0; i < 256; i++)
        all[i] = (uint8_t)i;
    escape_terminal(&b, bytes_of(all, sizeof(all)));
    assert_true(utf8_valid(buffer_bytes(&b)));
    for (size_t i = 0; i < b.len; i++)
        assert_true(b.data[i] >= ' ' && b.data[i] != 0x7f);
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_sees_what_would_act_on_it),
        cmocka_unit_test(a_terminal_sees_bytes_that_are_no_text),
        cmocka_unit_test(json_has_one_way_out),
        cmocka_unit_test(a_column_stays_one_column),
        cmocka_unit_test(every_character_comes_back_from_json),
        cmocka_unit_test(no_byte_of_c0_reaches_the_terminal),
    };

    return cmocka_run_group_tests_name("escape", tests, NULL, NULL);
}
