/* test_prose.c -- white space, character references, tags, charsets; and an
 * article printed as JSON. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "indexer/read/charset.h"
#include "indexer/read/dump.h"
#include "indexer/read/prose.h"

static void check(void (*function)(struct buffer *, struct bytes),
                  const char *text, const char *expected)
{
    struct buffer b = BUFFER_INIT;

    function(&b, bytes_str(text));
    assert_string_equal(buffer_cstr(&b), expected);
    buffer_release(&b);
}

static void white_space_is_squeezed(void **state)
{
    (void)state;
    check(prose_squeeze, "  a\n\tb\xc2\xa0 \xe3\x80\x80" "c ", "a b c");
    check(prose_squeeze, "\xef\xbb\xbf\xe2\x80\x8b", "");
    check(prose_squeeze, "a\xc2\xad" "b\x01" "c", "ab c");
    /* The joiner belongs to the spelling of Persian. */
    check(prose_squeeze, "\xd9\x85\xe2\x80\x8c\xd8\xb4",
          "\xd9\x85\xe2\x80\x8c\xd8\xb4");
}

static void references_are_decoded(void **state)
{
    (void)state;
    check(prose_unescape, "a &amp; b&lt;c&gt; &quot;&apos;",
          "a & b<c> \"'");
    check(prose_unescape, "&#8217;&#x2019;&#146;&rsquo;",
          "\xe2\x80\x99\xe2\x80\x99\xe2\x80\x99\xe2\x80\x99");
    check(prose_unescape, "A&B &unknown; &; &# &#; &#x; &amp",
          "A&B &unknown; &; &# &#; &#x; &amp");
    check(prose_unescape, "&#0;&#xd800;&#99999999999;",
          "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

static void tags_are_stripped_to_paragraphs(void **state)
{
    (void)state;
    check(prose_strip_tags, "<p>a <b>b</b></p><div>c<br>d</div>",
          "a b\n\nc\n\nd");
    check(prose_strip_tags, "<script>x<p>y</script>z<!-- <p>q --> w", "z w");
    check(prose_strip_tags, "1 < 2 &lt; 3", "1 < 2 < 3");
    check(prose_strip_tags, "a<style>", "a");
    check(prose_strip_tags, "a<b", "a");
    check(prose_strip_tags, "<p>en</p><p> </p>", "en");
}

static void check_charset(const char *raw, size_t len,
                          enum charset_habit habit, const char *expected,
                          size_t replaced)
{
    struct buffer b = BUFFER_INIT;

    assert_int_equal(charset_decode(&b, bytes_of(raw, len), habit), replaced);
    assert_string_equal(buffer_cstr(&b), expected);
    buffer_release(&b);
}

#define CHARSET(raw, habit, expected, replaced) \
    check_charset(raw, sizeof(raw) - 1, habit, expected, replaced)

static void charsets_are_told(void **state)
{
    (void)state;
    CHARSET("\xef\xbb\xbf" "caf\xc3\xa9", CHARSET_PLAIN, "caf\xc3\xa9", 0);
    CHARSET("\xff\xfe" "a\0\xe9\0", CHARSET_PLAIN, "a\xc3\xa9", 0);
    CHARSET("\xfe\xff\0a\0\xe9", CHARSET_PLAIN, "a\xc3\xa9", 0);
    CHARSET("caf\xe9 \x80 \x93q\x94", CHARSET_PLAIN,
            "caf\xc3\xa9 \xe2\x82\xac \xe2\x80\x9cq\xe2\x80\x9d", 0);
    CHARSET("a\0b", CHARSET_PLAIN, "a\xef\xbf\xbd" "b", 1);
    CHARSET("a\0b", CHARSET_MARKUP, "a\xef\xbf\xbd" "b", 1);
    CHARSET("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xff", CHARSET_PLAIN,
            "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xef\xbf\xbd", 1);
    CHARSET("<?xml version='1.0' encoding='koi8-r'?>\xc1", CHARSET_MARKUP,
            "<?xml version='1.0' encoding='koi8-r'?>\xd0\xb0", 0);
    CHARSET("<html lang=ru>\xe0", CHARSET_MARKUP, "<html lang=ru>\xd0\xb0",
            0);
    CHARSET("<meta charset='text/html; charset=windows-1251'>\xe0",
            CHARSET_MARKUP,
            "<meta charset='text/html; charset=windows-1251'>\xd0\xb0", 0);
    CHARSET("<meta charset=nonsense>\xe9", CHARSET_MARKUP,
            "<meta charset=nonsense>\xc3\xa9", 0);
    CHARSET("", CHARSET_MARKUP, "", 0);
}

static void a_charset_that_is_said_wins(void **state)
{
    static const char page[] = "<meta charset=windows-1252>\xe0";
    struct buffer b = BUFFER_INIT;

    (void)state;
    charset_decode_as(&b, bytes_str(page), CHARSET_MARKUP, "cp1251");
    assert_string_equal(buffer_cstr(&b),
                        "<meta charset=windows-1252>\xd0\xb0");
    buffer_clear(&b);
    charset_decode_as(&b, bytes_str("\xef\xbb\xbf\xc3\xa9"), CHARSET_PLAIN,
                      "cp1251");
    assert_string_equal(buffer_cstr(&b), "\xc3\xa9");
    buffer_release(&b);
    assert_true(charset_known("latin1"));
    assert_true(charset_known("KOI8-R"));
    assert_false(charset_known("nonsense"));
    assert_false(charset_known(""));
}

static void names_are_cut_apart(void **state)
{
    static const char *const cases[][2] = {
        { "A Day, B und C и Д | E with F", "A Day/B/C/Д/E/F/" },
        { "Ada Example og Bo Sample", "Ada Example/Bo Sample/" },
        { "Ada Example y Bo Sample", "Ada Example/Bo Sample/" },
        { "Ada Example e Bo Sample e Cy Third",
          "Ada Example/Bo Sample/Cy Third/" },
        { "Jan Voorbeeld en Piet Proef", "Jan Voorbeeld/Piet Proef/" },
        /* Joints that are inside a name. */
        { "José Ortega y Gasset", "José Ortega y Gasset/" },
        { "António Costa e Silva, B", "António Costa e Silva/B/" },
        { "Corresponsal en Madrid", "Corresponsal en Madrid/" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct bytes names = bytes_str(cases[i][0]), name;
        struct buffer b = BUFFER_INIT;

        while (prose_next_name(&name, &names)) {
            buffer_put_bytes(&b, name);
            buffer_put_u8(&b, '/');
        }
        assert_string_equal(buffer_cstr(&b), cases[i][1]);
        buffer_release(&b);
        assert_false(prose_next_name(&name, &names));
    }
}

static void dumps_escape_what_could_harm(void **state)
{
    struct bytes names[] = { bytes_str("A"), bytes_str("B \"b\"") };
    struct article a;
    char *text = NULL;
    size_t len = 0;
    FILE *to = open_memstream(&text, &len);

    (void)state;
    article_init(&a);
    a.path = bytes_str("in/\xff\n.html");
    a.title = bytes_str("T\x1b[31m\xe2\x80\xa8\\");
    a.body = bytes_str("p\n\nq");
    a.authors = (struct bytes_list){ names, 2 };
    date_parse(&a.published, bytes_str("2024-05-03"), 0);
    a.published_from = DATE_FROM_FEED;
    a.flags = ARTICLE_DEGRADED | ARTICLE_TEASER;
    dump_article(to, &a);
    fclose(to);
    assert_string_equal(text,
        "{\"file\":\"in/\xef\xbf\xbd\\n.html\",\"offset\":0,\"id\":null,"
        "\"url\":null,\"title\":\"T\\u001b[31m\\u2028\\\\\",\"lead\":null,"
        "\"body\":\"p\\n\\nq\",\"authors\":[\"A\",\"B \\\"b\\\"\"],"
        "\"date\":\"2024-05-03\",\"date_from\":\"feed\",\"modified\":null,"
        "\"source\":null,\"section\":null,\"tags\":[],\"lang\":null,"
        "\"captions\":null,\"flags\":[\"degraded\",\"teaser\"]}\n");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_is_squeezed),
        cmocka_unit_test(references_are_decoded),
        cmocka_unit_test(tags_are_stripped_to_paragraphs),
        cmocka_unit_test(charsets_are_told),
        cmocka_unit_test(a_charset_that_is_said_wins),
        cmocka_unit_test(names_are_cut_apart),
        cmocka_unit_test(dumps_escape_what_could_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
