/* test_unicode.c -- UTF-8, lower case, folding, scripts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "common/text/unicode.h"
#include "tests/unit/cases.h"

static void code_points_come_back(void **state)
{
    (void)state;
    for (uint32_t code = 1; code <= 0x10FFFF; code++) {
        struct buffer b = BUFFER_INIT;
        const uint8_t *at;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        utf8_put(&b, code);
        at = b.data;
        assert_int_equal(utf8_next(&at, b.data + b.len), code);
        assert_true(at == b.data + b.len);
        buffer_release(&b);
    }
}

/* Table 3-8 of the standard, and its neighbours: the invalid bytes, and how
 * many replacements come out. */
static void invalid_sequences_go_by_maximal_subparts(void **state)
{
    static const struct { const char *raw, *repaired; } cases[] = {
        { "\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41", "########A" },
        { "\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41", "########A" },
        { "\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42", "#####A##B" },
        { "\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41", "####A" },
        { "a\xE2\x82", "a#" }, { "\xF0\x9F\x98", "#" }, { "\xC3", "#" },
        { "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", NULL },
        { "\xEF\xBF\xBD", NULL }, { "plain ASCII of some length", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct bytes raw = bytes_str(cases[i].raw);
        struct buffer got = BUFFER_INIT, want = BUFFER_INIT;
        const char *repaired = cases[i].repaired;
        size_t replaced = 0;

        for (; repaired && *repaired; repaired++) {
            utf8_put(&want, *repaired == '#' ? 0xFFFD : (uint8_t)*repaired);
            replaced += *repaired == '#';
        }
        if (!repaired)
            buffer_put_bytes(&want, raw);
        assert_int_equal(utf8_repair(&got, raw), replaced);
        assert_true(bytes_equal(buffer_bytes(&got), buffer_bytes(&want)));
        assert_int_equal(utf8_valid(raw), replaced == 0);
        buffer_release(&got);
        buffer_release(&want);
    }
}

static void nul_is_repaired_though_it_is_valid(void **state)
{
    struct bytes raw = bytes_of("ab\0cdefghijkl\0", 14);
    struct buffer got = BUFFER_INIT;

    (void)state;
    assert_true(utf8_valid(raw));
    assert_int_equal(utf8_repair(&got, raw), 2);
    assert_string_equal(buffer_cstr(&got),
                        "ab\xEF\xBF\xBD" "cdefghijkl\xEF\xBF\xBD");
    buffer_release(&got);
}

/* Every three bytes (a sample of the third) as the library judges them. */
static void validity_is_that_of_the_library(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < 1 << 19; i++) {
        uint8_t raw[4] = { (uint8_t)(i >> 11), (uint8_t)(i >> 3),
                           (uint8_t)((i & 7) * 37), 0x80 };

        for (size_t len = 2; len <= 4; len++)
            assert_int_equal(utf8_valid(bytes_of(raw, len)),
                             u8_check(raw, len) == NULL);
    }
}

/* One code point, alone and between letters, as the library lowers it. */
static void check_lower(uint32_t code, uint32_t before, uint32_t after)
{
    struct buffer text = BUFFER_INIT, got = BUFFER_INIT;
    size_t len = 0;
    uint8_t *normal, *want;

    if (before)
        utf8_put(&text, before);
    utf8_put(&text, code);
    if (after)
        utf8_put(&text, after);
    unicode_lower(&got, buffer_bytes(&text), false);
    normal = u8_normalize(UNINORM_NFC, text.data, text.len, NULL, &len);
    want = u8_tolower(normal, len, NULL, NULL, NULL, &len);
    if (len != got.len || memcmp(want, got.data, len) != 0)
        print_error("U+%04X behind U+%04X\n", code, before);
    assert_int_equal(len, got.len);
    assert_memory_equal(want, got.data, len);
    free(want);
    free(normal);
    buffer_release(&got);
    buffer_release(&text);
}

static void lower_case_is_that_of_the_library(void **state)
{
    static const uint32_t marks[] = { 0x300, 0x307, 0x308, 0x93C, 0x3099 };

    (void)state;
    for (uint32_t code = 1; code < 0x1F000; code++) {
        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        check_lower(code, 0, 0);
        check_lower(code, 'x', 0);
        check_lower(code, 0x3B1, 0x627);
        if (code < 0x3100)
            check_lower(code, 'A', marks[code % 5]);
    }
    check_lower(0x3A3, 0x391, 0);
    check_lower(0x3A3, 0x391, 0x391);
    check_lower(0x3A3, 0, 0);
    check_lower(0x3A3, '\'', 0x391);
}

static void turkish_has_two_letters_i(void **state)
{
    struct buffer got = BUFFER_INIT;

    (void)state;
    unicode_lower(&got, bytes_str("I\xC4\xB0" "Ii"), true);
    assert_string_equal(buffer_cstr(&got), "\xC4\xB1" "i\xC4\xB1i");
    buffer_clear(&got);
    unicode_lower(&got, bytes_str("I\xCC\x87"), true);
    assert_string_equal(buffer_cstr(&got), "i");
    buffer_release(&got);
}

static void folding_goes_as_the_table_says(void **state)
{
    struct buffer lower = BUFFER_INIT, got = BUFFER_INIT;
    struct cases c;
    unsigned failed = 0;

    (void)state;
    cases_open(&c, "tests/cases/folds.txt");
    while (cases_next(&c)) {
        buffer_clear(&lower);
        buffer_clear(&got);
        unicode_lower(&lower, cases_field(&c, 0), false);
        unicode_fold(&got, buffer_bytes(&lower));
        if (bytes_equal(buffer_bytes(&got), cases_field(&c, 1)))
            continue;
        print_error("%s:%u: %s, not %s\n", c.path, c.line,
                    buffer_cstr(&got), buffer_cstr(&c.fields[1]));
        failed++;
    }
    buffer_release(&lower);
    buffer_release(&got);
    assert_int_equal(failed, 0);
}

/* A folded word is a key: folding it again must not change it. */
static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    for (uint32_t code = 1; code < 0x1F000; code++) {
        struct buffer one = BUFFER_INIT, lower = BUFFER_INIT;
        struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        utf8_put(&one, code);
        unicode_lower(&lower, buffer_bytes(&one), false);
        unicode_fold(&once, buffer_bytes(&lower));
        unicode_fold(&twice, buffer_bytes(&once));
        if (!bytes_equal(buffer_bytes(&once), buffer_bytes(&twice)))
            print_error("U+%04X\n", code);
        assert_true(bytes_equal(buffer_bytes(&once), buffer_bytes(&twice)));
        buffer_release(&one);
        buffer_release(&lower);
        buffer_release(&once);
        buffer_release(&twice);
    }
}

static void scripts_are_told_apart(void **state)
{
    (void)state;
    assert_int_equal(unicode_script('a'), SCRIPT_LATIN);
    assert_int_equal(unicode_script('1'), SCRIPT_OTHER);
    assert_int_equal(unicode_script(0xE9), SCRIPT_LATIN);
    assert_int_equal(unicode_script(0xD7), SCRIPT_OTHER);
    assert_int_equal(unicode_script(0x451), SCRIPT_CYRILLIC);
    assert_int_equal(unicode_script(0x430), SCRIPT_CYRILLIC);
    assert_int_equal(unicode_script(0x3B1), SCRIPT_GREEK);
    assert_int_equal(unicode_script(0x627), SCRIPT_ARABIC);
    assert_int_equal(unicode_script(0x640), SCRIPT_OTHER);
    assert_int_equal(unicode_script(0x5D0), SCRIPT_HEBREW);
    assert_int_equal(unicode_script(0x928), SCRIPT_DEVANAGARI);
    assert_int_equal(unicode_script(0x65E5), SCRIPT_HAN);
    assert_int_equal(unicode_script(0x3042), SCRIPT_KANA);
    assert_int_equal(unicode_script(0x30A2), SCRIPT_KANA);
    assert_int_equal(unicode_script(0xC11C), SCRIPT_HANGUL);
    assert_int_equal(unicode_script(0xE01), SCRIPT_THAI);
    assert_int_equal(unicode_script(0xE81), SCRIPT_LAO);
    assert_int_equal(unicode_script(0x1780), SCRIPT_KHMER);
    assert_int_equal(unicode_script(0x1000), SCRIPT_MYANMAR);
    assert_int_equal(unicode_script(0x10FFFF), SCRIPT_OTHER);
}

static void white_space_is_that_of_the_library(void **state)
{
    (void)state;
    for (uint32_t code = 0; code < 0x110000; code++)
        assert_int_equal(unicode_white(code),
                         uc_is_property_white_space(code));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_points_come_back),
        cmocka_unit_test(invalid_sequences_go_by_maximal_subparts),
        cmocka_unit_test(nul_is_repaired_though_it_is_valid),
        cmocka_unit_test(validity_is_that_of_the_library),
        cmocka_unit_test(lower_case_is_that_of_the_library),
        cmocka_unit_test(turkish_has_two_letters_i),
        cmocka_unit_test(folding_goes_as_the_table_says),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(white_space_is_that_of_the_library),
        cmocka_unit_test(scripts_are_told_apart),
    };

    return cmocka_run_group_tests_name("unicode", tests, NULL, NULL);
}
