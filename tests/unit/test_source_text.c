/* test_source_text.c -- plain text with its kinds of head. */
#include "tests/unit/read_case.h"

static void labels_make_a_head(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, "tests/cases/read/head.txt", NULL);
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].title, "Bridge stays shut");
    assert_text(r.articles[0].source, "Courier");
    assert_date(&r.articles[0].published, "2024-05-03");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_PAGE);
    assert_int_equal(r.articles[0].authors.count, 2);
    assert_text(r.articles[0].authors.items[0], "Ada Example");
    assert_text(r.articles[0].body,
                "The old bridge over the Lind will not open before June.\n\n"
                "Shopkeepers fear for their trade.");
    reading_release(&r);
}

static void bylines_and_a_source_line_bound_the_text(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, "tests/cases/read/byline.txt", NULL);
    assert_text(r.articles[0].title, "Bridge stays shut");
    assert_text(r.articles[0].authors.items[0], "Ada Example");
    assert_date(&r.articles[0].published, "2024-05-03T10:15:00+01:00");
    assert_text(r.articles[0].source, "Courier");
    assert_text(r.articles[0].body,
                "The old bridge over the Lind will not open before June, the "
                "council said.\n\n\xe2\x80\x9c We would rather be late than "
                "sorry,\" she said.");
    reading_release(&r);
}

static void what_stands_above_the_title_is_the_sites(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, "tests/cases/read/site.txt", NULL);
    assert_text(r.articles[0].title, "Bridge stays shut");
    assert_date(&r.articles[0].published, "2024-05-03T10:15:00Z");
    assert_text(r.articles[0].body,
                "The old bridge over the Lind will not open before June.\n\n"
                "Shopkeepers fear for their trade.");
    reading_release(&r);
}

/* A page of a site of other sites' articles, saved as text, and what a reader
 * takes from it: title, date, source, a blank line, lead and body. */
static void assert_dump(const char *name)
{
    struct buffer got = BUFFER_INIT;
    char path[200], want[4096];
    const struct article *a;
    FILE *file;
    size_t len;
    struct reading r;

    snprintf(path, sizeof(path), "tests/cases/read/dumps/%s.txt", name);
    read_path(&r, path, NULL);
    assert_int_equal(r.count, 1);
    a = &r.articles[0];
    buffer_put_bytes(&got, a->title);
    buffer_put_u8(&got, '\n');
    date_put(&got, &a->published);
    buffer_put_u8(&got, '\n');
    buffer_put_bytes(&got, a->source);
    buffer_put_str(&got, "\n\n");
    buffer_put_bytes(&got, a->lead);
    buffer_put_str(&got, a->lead.len ? "\n\n" : "");
    buffer_put_bytes(&got, a->body);
    buffer_put_u8(&got, '\n');
    snprintf(path, sizeof(path), "tests/cases/read/dumps/%s.want", name);
    file = fopen(path, "r");
    assert_non_null(file);
    len = fread(want, 1, sizeof(want), file);
    fclose(file);
    if (!bytes_equal(buffer_bytes(&got), bytes_of(want, len)))
        fail_msg("%s:\n%s", name, buffer_cstr(&got));
    buffer_release(&got);
    reading_release(&r);
}

static void dumps_of_pages_come_out_clean(void **state)
{
    static const char *const names[] = { "bridge", "question", "short",
                                         "nosource", "wrapped", "bullets",
                                         "french", "crlf", "marks", "bare" };

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        assert_dump(names[i]);
}

static void the_first_line_may_be_the_title(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("Bridge stays shut\r\n\r\nIt is old.\r\n"),
               "", NULL);
    assert_text(r.articles[0].title, "Bridge stays shut");
    assert_text(r.articles[0].body, "It is old.");
    reading_release(&r);
    read_bytes(&r, bytes_str("It is old, and it stays shut.\n\nSo be it.\n"),
               ".txt", NULL);
    assert_text(r.articles[0].title, "");
    assert_text(r.articles[0].body,
                "It is old, and it stays shut.\n\nSo be it.");
    reading_release(&r);
}

static void names_and_times_of_files_say_nothing(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("A title\n\nA text without a date.\n"),
               "-2024-05-03-fr.txt", NULL);
    assert_int_equal(r.articles[0].published.precision, DATE_NONE);
    assert_int_equal(r.articles[0].published_from, DATE_FROM_NONE);
    assert_string_equal(r.articles[0].lang.code, "");
    reading_release(&r);
}

static void other_charsets_are_read(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("Caf\xe9\n\nIt cost 5 \x80.\n"), ".txt", NULL);
    assert_text(r.articles[0].title, "Caf\xc3\xa9");
    assert_text(r.articles[0].body, "It cost 5 \xe2\x82\xac.");
    reading_release(&r);
    read_bytes(&r, bytes_of("\xff\xfe" "A\0\n\0\n\0B\0\xe9\0", 12), ".txt",
               NULL);
    assert_text(r.articles[0].title, "A");
    assert_text(r.articles[0].body, "B\xc3\xa9");
    reading_release(&r);
}

static void empty_and_foreign_files_are_told(void **state)
{
    static const struct { const char *bytes; size_t len; const char *why; }
    cases[] = {
        { "", 0, "empty file" }, { " \n\n ", 4, "no title and no body" },
        { "PK\x03\x04", 4, "zip" }, { "%PDF-1.4", 8, "PDF" },
        { "WARC/1.0\r\n", 10, "broken" },
        { "<xsl><head/></xsl>", 18, "markup" },
        { "\0\0\0\1\0\0\0\2\0\0", 10, "neither text" },
        /* Of a photograph. */
        { "\xff\xd8\xff\xe0\x12JFIF\x01\x01\x02\x1dH\x9a\xc4\x13\x0c",
          18, "neither text" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct reading r;

        read_bytes(&r, bytes_of(cases[i].bytes, cases[i].len), "", NULL);
        assert_int_equal(r.count, 0);
        assert_int_equal(r.failed, 1);
        assert_int_equal(r.errors[0].code, ERR_INPUT);
        if (!strstr(r.errors[0].message, cases[i].why))
            fail_msg("%s", r.errors[0].message);
        reading_release(&r);
    }
}

static void what_cannot_be_opened_is_told(void **state)
{
    struct source_options options = SOURCE_OPTIONS_INIT;
    struct reading r;

    (void)state;
    read_path(&r, "tests/cases/read/none.txt", NULL);
    assert_int_equal(r.errors[0].code, ERR_IO);
    reading_release(&r);
    read_path(&r, "tests/cases/read", NULL);
    assert_int_equal(r.errors[0].code, ERR_IO);
    reading_release(&r);
    options.from = "text";
    read_path(&r, "tests/cases/read/page.html", &options);
    assert_int_equal(r.count, 1);
    assert_non_null(memmem(r.articles[0].body.data, r.articles[0].body.len,
                           "<p>", 3));
    reading_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_make_a_head),
        cmocka_unit_test(bylines_and_a_source_line_bound_the_text),
        cmocka_unit_test(what_stands_above_the_title_is_the_sites),
        cmocka_unit_test(dumps_of_pages_come_out_clean),
        cmocka_unit_test(the_first_line_may_be_the_title),
        cmocka_unit_test(names_and_times_of_files_say_nothing),
        cmocka_unit_test(other_charsets_are_read),
        cmocka_unit_test(empty_and_foreign_files_are_told),
        cmocka_unit_test(what_cannot_be_opened_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
