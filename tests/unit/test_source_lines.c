/* test_source_lines.c -- JSON Lines, arrays of objects, and their faults. */
#include "tests/unit/read_case.h"

#define SAMPLE "tests/cases/read/articles.jsonl"

static void aliases_and_shapes_are_read(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, SAMPLE, NULL);
    assert_int_equal(r.count, 3);
    assert_text(r.articles[0].id, "17");
    assert_text(r.articles[0].body,
                "  Two  blanks stay.\n\nAnd \xef\xbf\xbd does not; "
                "nor \xef\xbf\xbd alone.");
    assert_text(r.articles[0].url, "https://courier.example/1");
    assert_date(&r.articles[0].published, "2024-05-03T10:15:00+01:00");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_RECORD);
    assert_int_equal(r.articles[0].offset, 3);
    assert_string_equal(r.articles[0].lang.code, "en");
    assert_text(r.articles[1].title, "Second");
    assert_text(r.articles[1].body, "One.\n\nTwo.");
    assert_text(r.articles[1].lead, "Above.");
    assert_text(r.articles[1].source, "Bote");
    assert_string_equal(r.articles[1].lang.code, "de");
    assert_int_equal(r.articles[1].authors.count, 2);
    assert_text(r.articles[1].authors.items[1], "Bo Sample");
    assert_int_equal(r.articles[1].tags.count, 2);
    assert_int_equal(r.articles[1].record, 2);
    assert_date(&r.articles[1].published, "2024-05-03T09:15:00Z");
    assert_text(r.articles[2].title, "Last");
    reading_release(&r);
}

static void bad_lines_cost_themselves_and_say_where(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, SAMPLE, NULL);
    assert_int_equal(r.failed, 4);
    assert_non_null(strstr(r.errors[0].message, SAMPLE ":4: "));
    assert_string_equal(r.errors[1].message,
                        SAMPLE ":5: no title and no body");
    assert_non_null(strstr(r.errors[2].message, SAMPLE ":6: "));
    assert_non_null(strstr(r.errors[3].message, "behind the JSON value"));
    reading_release(&r);
}

static void long_lines_are_passed_over(void **state)
{
    struct source_options options = SOURCE_OPTIONS_INIT;
    struct buffer b = BUFFER_INIT;
    struct reading r;

    (void)state;
    options.max_record = 1000;
    buffer_put_str(&b, "{\"title\": \"a\"}\n{\"title\": \"");
    for (int i = 0; i < 300000; i++)
        buffer_put_u8(&b, 'x');
    buffer_put_str(&b, "\"}\n{\"title\": \"b\"}\n");
    read_bytes(&r, buffer_bytes(&b), ".jsonl", &options);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 1);
    assert_int_equal(r.errors[0].code, ERR_LIMIT);
    assert_non_null(strstr(r.errors[0].message, ":2: over 1000 bytes"));
    assert_text(r.articles[1].title, "b");
    assert_int_equal(r.articles[1].offset, b.len - 15);
    assert_int_equal(source_consumed(r.source), b.len);
    reading_release(&r);
    buffer_release(&b);
}

static void markup_is_taken_where_there_is_no_text(void **state)
{
    static const char lines[] =
        "{\"title\":\"a\",\"content_html\":\"<p>One &amp; two.</p>"
        "<p>Three.\"}\n"
        "{\"body\":\"<b>\",\"html\":\"<p>no</p>\"}\n"
        "{\"html\":\"<script>x</script>\"}\n";
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str(lines), ".jsonl", NULL);
    assert_int_equal(r.count, 2);
    assert_text(r.articles[0].body, "One & two.\n\nThree.");
    assert_text(r.articles[1].body, "<b>");
    assert_int_equal(r.failed, 1);
    reading_release(&r);
}

static void an_array_is_read_too(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("[\n {\"title\": \"a\"},\n {\"x\": 1},\n"
                             " {\"title\": \"c\"}\n]\n"), ".json", NULL);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "record 2: no title"));
    reading_release(&r);
    read_bytes(&r, bytes_str("{\n \"title\": \"one\",\n \"body\": \"b\"\n}\n"),
               ".json", NULL);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.failed, 0);
    reading_release(&r);
}

static void what_stands_before_a_cut_is_read(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("[{\"title\": \"a]\\\"\"}, {\"title\": "
                             "\"b\", \"x\": nul}, 7,\n{\"title\": \"c\"},"
                             " {\"title\": \"d"), ".json", NULL);
    assert_int_equal(r.count, 2);
    assert_text(r.articles[0].title, "a]\"");
    assert_text(r.articles[1].title, "c");
    assert_int_equal(r.articles[1].record, 3);
    assert_int_equal(r.failed, 3);
    assert_non_null(strstr(r.errors[0].message, ": byte "));
    assert_non_null(strstr(r.errors[1].message, ": no JSON object"));
    assert_non_null(strstr(r.errors[2].message, "cut short"));
    reading_release(&r);
    /* One behind the other, over several lines. */
    read_bytes(&r, bytes_str("{\n \"title\": \"a\"\n}\n{\n \"title\": "
                             "\"b\"\n}\n"), ".json", NULL);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 0);
    reading_release(&r);
}

static void large_items_are_passed_over(void **state)
{
    struct source_options options = SOURCE_OPTIONS_INIT;
    struct buffer b = BUFFER_INIT;
    struct reading r;

    (void)state;
    options.max_record = 1000;
    buffer_put_str(&b, "[{\"title\": \"a\"}, {\"title\": \"");
    for (int i = 0; i < 300000; i++)
        buffer_put_u8(&b, i % 9 ? 'x' : ']');
    buffer_put_str(&b, "\"}, {\"title\": \"b\"}]\n");
    read_bytes(&r, buffer_bytes(&b), ".json", &options);
    assert_int_equal(r.count, 2);
    assert_text(r.articles[1].title, "b");
    assert_int_equal(r.failed, 1);
    assert_int_equal(r.errors[0].code, ERR_LIMIT);
    reading_release(&r);
    buffer_release(&b);
}

static void lists_inside_an_object_are_read(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str(
        "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": "
        "\"The Site\", \"home_page_url\": \"https://a.example/\","
        "\"language\": \"de-AT\", \"items\": [{\"id\": \"1\", \"url\": "
        "\"/one\", \"title\": \"One\", \"content_html\": \"<p>First."
        "</p><p>Second.</p>\", \"date_published\": \"2024-05-03T10:00:00Z"
        "\", \"authors\": [{\"name\": \"Ann Author\"}]}, {\"id\": \"2\","
        "\"summary\": \"Short.\"}, {\"id\": \"3\"}]}\n"), "", NULL);
    assert_int_equal(r.count, 2);
    assert_text(r.articles[0].url, "https://a.example/one");
    assert_text(r.articles[0].body, "First.\n\nSecond.");
    assert_text(r.articles[0].source, "The Site");
    assert_text(r.articles[0].authors.items[0], "Ann Author");
    assert_string_equal(r.articles[0].lang.code, "de");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_FEED);
    assert_int_equal(r.articles[1].flags, ARTICLE_TEASER);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "record 3: no title"));
    reading_release(&r);
    read_bytes(&r, bytes_str("{\"status\": \"ok\", \"articles\": [{\"title"
                             "\": \"a\"}, {\"title\": \"b\"}]}\n{\"title\":"
                             " \"c\"}\n"), "", NULL);
    assert_int_equal(r.count, 3);
    assert_int_equal(r.failed, 0);
    reading_release(&r);
    read_bytes(&r, bytes_str("{\"hits\": {\"hits\": [{\"_source\": {\"title\":"
                             " \"a\"}}]}}\n{\"item\": [{\"title\": \"b\"},"
                             " {\"data\": {\"item\": {\"title\": \"c\"}}}]}"
                             "\n"), "", NULL);
    assert_int_equal(r.count, 3);
    assert_text(r.articles[0].title, "a");
    assert_text(r.articles[2].title, "c");
    reading_release(&r);
}

static void ninjs_is_read_in_its_three_forms(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str(
        "{\"uri\": \"urn:ew:1\", \"type\": \"text\", \"version\": \"2\","
        "\"pubstatus\": \"usable\", \"versioncreated\": "
        "\"2013-07-09T10:37:00+0000\", \"headline\": \"One\", \"title\": "
        "\"label\", \"byline\": \"Von Ann Author\", \"body_html\": "
        "\"&lt;p>First.&lt;/p><p>Second.</p>\", \"associations\": {\"m\": "
        "{\"uri\": \"x\", \"body_text\": \"no\"}}}\n"
        "{\"uri\": \"urn:ew:2\", \"headlines\": [{\"role\": \"sub\", "
        "\"value\": \"no\"}, {\"role\": \"main\", \"value\": \"Two\"}],"
        "\"bodies\": [{\"contentType\": \"text/plain\", \"value\": "
        "\"Text.\"}], \"firstCreated\": \"2013-07-09T10:37:00Z\"}\n"
        "{\"uri\": \"urn:ew:1\", \"version\": \"3\", \"pubstatus\": "
        "\"canceled\"}\n"
        "{\"uri\": \"urn:ew:4\", \"type\": \"picture\", \"pubstatus\": "
        "\"usable\", \"headline\": \"P\"}\n"
        "{\"uri\": \"urn:ew:5\", \"headline\": \"E\", \"pubstatus\": "
        "\"usable\", \"embargoed\": \"2099-01-01T00:00:00Z\"}\n"), "",
        NULL);
    assert_int_equal(r.count, 3);
    assert_text(r.articles[0].id, "urn:ew:1");
    assert_text(r.articles[0].title, "One");
    assert_text(r.articles[0].body, "First.\n\nSecond.");
    assert_text(r.articles[0].authors.items[0], "Ann Author");
    assert_int_equal(r.articles[0].version, 2);
    assert_date(&r.articles[0].published, "2013-07-09T10:37:00Z");
    assert_text(r.articles[1].title, "Two");
    assert_text(r.articles[1].body, "Text.");
    assert_int_equal(r.articles[2].flags, ARTICLE_WITHDRAWN);
    assert_int_equal(r.articles[2].version, 3);
    assert_int_equal(r.failed, 2);
    assert_non_null(strstr(r.errors[0].message, "type picture"));
    assert_non_null(strstr(r.errors[1].message, "embargo"));
    reading_release(&r);
}

static void a_map_says_where_fields_are(void **state)
{
    static const struct source_map map[] = {
        { "title", "head.0.main" }, { "body", "text.plain" }, { NULL, NULL } };
    struct source_options options = SOURCE_OPTIONS_INIT;
    struct reading r;

    (void)state;
    options.map = map;
    read_bytes(&r, bytes_str("{\"head\": [{\"main\": \"T\"}], \"text\": "
                             "{\"plain\": [\"p\", \"q\"]}, \"title\": "
                             "\"no\"}\n{\"title\": \"left\"}\n"), "",
               &options);
    assert_int_equal(r.count, 2);
    assert_text(r.articles[0].title, "T");
    assert_text(r.articles[0].body, "p\n\nq");
    assert_text(r.articles[1].title, "left");
    reading_release(&r);
    read_bytes(&r, bytes_str(
        "{\"title\": \"T\", \"contents\": [{\"type\": \"title\", "
        "\"content\": \"T\"}, {\"type\": \"sanitized_html\", \"content\":"
        " \"<i>One</i>.\"}, {\"type\": \"image\"}]}\n"), "", NULL);
    assert_text(r.articles[0].body, "One.");
    reading_release(&r);
}

static void deep_json_is_refused(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct reading r;

    (void)state;
    buffer_put_str(&b, "{\"title\": ");
    for (int i = 0; i < 200000; i++)
        buffer_put_u8(&b, '[');
    buffer_put_str(&b, "\n{\"title\": \"b\"}\n");
    read_bytes(&r, buffer_bytes(&b), ".jsonl", NULL);
    assert_int_equal(r.failed, 1);
    assert_int_equal(r.count, 1);
    reading_release(&r);
    buffer_release(&b);
}

static void nothing_is_no_article_and_no_failure(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("\n\n"), ".jsonl", NULL);
    assert_int_equal(r.count + r.failed, 0);
    reading_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(aliases_and_shapes_are_read),
        cmocka_unit_test(bad_lines_cost_themselves_and_say_where),
        cmocka_unit_test(long_lines_are_passed_over),
        cmocka_unit_test(markup_is_taken_where_there_is_no_text),
        cmocka_unit_test(an_array_is_read_too),
        cmocka_unit_test(what_stands_before_a_cut_is_read),
        cmocka_unit_test(large_items_are_passed_over),
        cmocka_unit_test(lists_inside_an_object_are_read),
        cmocka_unit_test(ninjs_is_read_in_its_three_forms),
        cmocka_unit_test(a_map_says_where_fields_are),
        cmocka_unit_test(deep_json_is_refused),
        cmocka_unit_test(nothing_is_no_article_and_no_failure),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
