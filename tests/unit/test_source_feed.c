/* test_source_feed.c -- RSS and Atom, whole and broken. */
#include "tests/unit/read_case.h"

static void rss_entries_are_articles(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, "tests/cases/read/rss.xml", NULL);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 0);
    assert_text(r.articles[0].title, "Ferry timetable & fares");
    assert_text(r.articles[0].id, "courier-17");
    assert_text(r.articles[0].url, "https://courier.example/ferry");
    assert_text(r.articles[0].lead, "Walkers cross for free.");
    assert_text(r.articles[0].body,
                "The ferry runs every twenty minutes & takes bicycles.\n\n"
                "Walkers cross for free until June.");
    assert_text(r.articles[0].authors.items[0], "Ada Example");
    assert_text(r.articles[0].source, "The Lindmouth Courier");
    assert_string_equal(r.articles[0].lang.code, "en");
    assert_date(&r.articles[0].published, "2024-05-03T10:15:00+01:00");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_FEED);
    assert_text(r.articles[1].url, "https://courier.example/short");
    assert_text(r.articles[1].id, "");
    assert_text(r.articles[1].body, "Only a description.");
    assert_text(r.articles[1].authors.items[0], "Bo Sample");
    assert_int_equal(r.articles[1].flags, ARTICLE_TEASER);
    assert_int_equal(r.articles[1].record, 1);
    reading_release(&r);
}

static void atom_entries_are_articles(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, "tests/cases/read/atom.xml", NULL);
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].title, "Br\xc3\xbc" "cke gesperrt");
    assert_text(r.articles[0].id, "tag:bote.example,2024:9");
    assert_text(r.articles[0].url, "https://bote.example/bruecke");
    assert_text(r.articles[0].body,
                "Die alte Br\xc3\xbc" "cke bleibt bis Juni zu.\n\n"
                "Eine F\xc3\xa4hre f\xc3\xa4hrt.");
    assert_text(r.articles[0].lead, "Bis Juni.");
    assert_text(r.articles[0].authors.items[0], "Redaktion");
    assert_string_equal(r.articles[0].lang.code, "de");
    assert_date(&r.articles[0].published, "2024-05-03T11:15:00+02:00");
    reading_release(&r);
}

static void broken_feeds_give_what_is_whole(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, "tests/cases/read/malformed.xml", NULL);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 1);
    assert_text(r.articles[0].title, "Fish & chips");
    assert_text(r.articles[0].url, "https://b.example/?a=1&c=2");
    assert_text(r.articles[1].title, "Second");
    assert_non_null(strstr(r.errors[0].message, "malformed.xml: line "));
    reading_release(&r);
}

static void entities_of_ones_own_are_refused(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a "
                             "'b'>]><rss><channel><item><title>&a;</title>"
                             "</item></channel></rss>"), ".xml", NULL);
    assert_int_equal(r.count, 0);
    assert_non_null(strstr(r.errors[0].message, "DOCTYPE"));
    reading_release(&r);
    read_bytes(&r, bytes_str("<!DOCTYPE rss SYSTEM 'file:///etc/passwd'><rss>"
                             "<channel><item><title>a</title></item>"
                             "</channel></rss>"), ".xml", NULL);
    assert_int_equal(r.count, 1);
    reading_release(&r);
}

static void a_feed_without_entries_is_told(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("<rss><channel><title>t</title></channel></rss>"),
               ".xml", NULL);
    assert_int_equal(r.failed, 1);
    reading_release(&r);
}

static void labels_at_the_end_are_not_the_article(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("<rss><channel><item><title>T</title>"
                             "<link>https://a.example/1</link><description>"
                             "&lt;p&gt;Signs fell.&lt;/p&gt;"
                             "&lt;p&gt;Sign up for our letter&lt;/p&gt;"
                             "</description></item></channel></rss>"),
               ".xml", NULL);
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].body, "Signs fell.");
    reading_release(&r);
}

static void older_names_are_known(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str(
        "<rss xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media="
        "'http://search.yahoo.com/mrss/'><channel><item><title>a</title><body "
        "xmlns='http://www.w3.org/1999/xhtml'>One<p>two</p></body></item>"
        "<item><dc:title>b</dc:title><fullitem>&lt;p>Full&lt;/p></fullitem>"
        "</item><item><media:title>c</media:title><media:description>Said."
        "</media:description></item></channel></rss>"), "", NULL);
    assert_int_equal(r.count, 3);
    assert_text(r.articles[0].body, "One\n\ntwo");
    assert_text(r.articles[1].title, "b");
    assert_text(r.articles[1].body, "Full");
    assert_text(r.articles[2].title, "c");
    assert_text(r.articles[2].body, "Said.");
    reading_release(&r);
    read_bytes(&r, bytes_str(
        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><feed xmlns=\""
        "http://www.w3.org/2005/Atom\"><entry><title>d</title></entry><entry>"
        "<title>e</title></entry></feed></body></html>"), "", NULL);
    assert_int_equal(r.count, 2);
    reading_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(older_names_are_known),
        cmocka_unit_test(rss_entries_are_articles),
        cmocka_unit_test(atom_entries_are_articles),
        cmocka_unit_test(broken_feeds_give_what_is_whole),
        cmocka_unit_test(entities_of_ones_own_are_refused),
        cmocka_unit_test(a_feed_without_entries_is_told),
        cmocka_unit_test(labels_at_the_end_are_not_the_article),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
