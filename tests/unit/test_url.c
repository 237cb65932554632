/* test_url.c -- addresses that mean the same page become equal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/url.h"

static void check(const char *url, const char *expected)
{
    struct buffer b = BUFFER_INIT;

    assert_int_equal(url_canonical(&b, bytes_str(url)), expected != NULL);
    assert_string_equal(buffer_cstr(&b), expected ? expected : "");
    buffer_release(&b);
}

static void addresses_become_canonical(void **state)
{
    (void)state;
    check(" HTTPS://User@News.Example:443/A/b?x=1&utm_medium=m&y=2#top ",
          "https://news.example/A/b?x=1&y=2");
    check("http://news.example", "http://news.example/");
    check("http://news.example:80?a", "http://news.example/?a");
    check("http://news.example:8080/a/", "http://news.example:8080/a/");
    check("https://news.example/a?fbclid=1", "https://news.example/a");
    check("https://news.example/a b", "https://news.example/a%20b");
    check("ftp://news.example/", NULL);
    check("//news.example/", NULL);
    check("https://", NULL);
    check("https:///a", NULL);
    check("https://news.example/a\nb", NULL);
    check("", NULL);
}

static void check_from(const char *reference, const char *expected)
{
    struct buffer b = BUFFER_INIT;

    url_resolve(&b, bytes_str("https://news.example/a/b/c?q#f"),
                bytes_str(reference));
    assert_string_equal(buffer_cstr(&b), expected);
    buffer_release(&b);
}

static void references_are_resolved(void **state)
{
    (void)state;
    check_from("/x", "https://news.example/x");
    check_from("x", "https://news.example/a/b/x");
    check_from("../x", "https://news.example/a/x");
    check_from("../../../x", "https://news.example/x");
    check_from("./x", "https://news.example/a/b/x");
    check_from("//other.example/x", "https://other.example/x");
    check_from("http://other.example/x", "http://other.example/x");
    check_from("?p=2", "https://news.example/a/b/c?p=2");
    check_from("mailto:a@b", "mailto:a@b");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_become_canonical),
        cmocka_unit_test(references_are_resolved),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
