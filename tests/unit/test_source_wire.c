/* test_source_wire.c -- NITF, NewsML-G2 and NewsML 1. */
#include "tests/unit/read_case.h"

static void read_xml(struct reading *r, const char *text)
{
    read_bytes(r, bytes_str(text), ".xml", NULL);
}

static void fields_of_nitf_are_found(void **state)
{
    struct reading r;

    (void)state;
    read_xml(&r,
        "<?xml version=\"1.0\"?><!DOCTYPE nitf SYSTEM \"nitf-3-6.dtd\">"
        "<nitf xml:lang=\"en\"><head><title>No</title>"
        "<tobject><tobject.subject tobject.subject.type=\"Finance\"/></tobject>"
        "<docdata management-status=\"usable\"><doc-id id-string=\"EW.17\""
        " regsrc=\"EW\"/><date.issue norm=\"20151210T191044Z\"/>"
        "<key-list><keyword key=\"grain\"/></key-list>"
        "<doc.copyright holder=\"Example Wire\"/></docdata></head>"
        "<body><body.head><hedline><hl1>Wheat &amp; corn</hl1><hl2>Sub</hl2>"
        "</hedline><byline>By <person>Ann Author</person> and <person>Bo "
        "Sample</person><byttl>Editor</byttl></byline>"
        "<abstract><p>What it is about.</p></abstract></body.head>"
        "<body.content><media><media-caption><p>A field.</p></media-caption>"
        "</media><p>First, with <em>stress</em>.</p><hl2>Between</hl2>"
        "<p>Second &lt;.</p><ul><li>One</li><li>Two</li></ul>"
        "<nitf-table><table><tr><td>a</td><td>1</td></tr></table></nitf-table>"
        "</body.content><body.end><tagline><p>END</p></tagline></body.end>"
        "</body></nitf>");
    assert_int_equal(r.count, 1);
    assert_int_equal(r.failed, 0);
    assert_text(r.articles[0].id, "EW.17");
    assert_text(r.articles[0].title, "Wheat & corn");
    assert_text(r.articles[0].lead, "What it is about.");
    assert_text(r.articles[0].body, "First, with stress.\n\nBetween\n\n"
                "Second <.\n\nOne\n\nTwo\n\na 1");
    assert_text(r.articles[0].captions, "A field.");
    assert_text(r.articles[0].source, "Example Wire");
    assert_int_equal(r.articles[0].authors.count, 2);
    assert_text(r.articles[0].authors.items[1], "Bo Sample");
    assert_int_equal(r.articles[0].tags.count, 2);
    assert_date(&r.articles[0].published, "2015-12-10T19:10:44Z");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_RECORD);
    assert_string_equal(r.articles[0].lang.code, "en");
    assert_int_equal(r.articles[0].flags, 0);
    reading_release(&r);
}

/* The New York Times' corpus has the text twice and names turned round. */
static void the_full_text_is_read_once(void **state)
{
    struct reading r;

    (void)state;
    read_xml(&r,
        "<nitf><head><meta name=\"publication_year\" content=\"2007\"/>"
        "<meta name=\"publication_month\" content=\"2\"/>"
        "<meta name=\"publication_day_of_month\" content=\"1\"/></head><body>"
        "<body.head><hedline><hl1>T</hl1></hedline>"
        "<byline class=\"print_byline\">By ANN AUTHOR</byline>"
        "<byline class=\"normalized_byline\">Author, Ann; Sample, Bo</byline>"
        "</body.head><body.content><block class=\"lead_paragraph\"><p>One.</p>"
        "</block><block class=\"full_text\"><p>One.</p><p>Two.</p></block>"
        "</body.content></body></nitf>");
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].body, "One.\n\nTwo.");
    assert_date(&r.articles[0].published, "2007-02-01");
    assert_int_equal(r.articles[0].authors.count, 2);
    assert_text(r.articles[0].authors.items[0], "Ann Author");
    reading_release(&r);
}

#define G2(attributes, meta, content, set) \
    "<newsItem xmlns=\"http://iptc.org/std/nar/2006-10-01/\" " attributes ">" \
    "<itemMeta><itemClass qcode=\"ninat:text\"/><provider literal=\"EW\">" \
    "<name>Example Wire</name></provider>" meta "</itemMeta><contentMeta>" \
    content "</contentMeta><contentSet>" set "</contentSet></newsItem>"

static void items_of_newsml_g2_are_found(void **state)
{
    struct reading r;

    (void)state;
    read_xml(&r, "<newsMessage xmlns=\"http://iptc.org/std/nar/2006-10-01/\">"
        "<header/><itemSet>"
        G2("guid=\"urn:newsml:ew:1\" version=\"12\" xml:lang=\"en\"",
           "<firstCreated>2018-02-26T21:20:36Z</firstCreated>"
           "<versionCreated>2018-02-26T22:00:00+0100</versionCreated>"
           "<pubStatus qcode=\"stat:usable\"/>",
           "<by>By Ann Author</by><headline role=\"hld:sub\">Sub</headline>"
           "<headline>Grain</headline><language tag=\"en-GB\"/><subject "
           "qcode=\"medtop:1\"><name>economy</name></subject>"
           "<description>In short.</description>",
           "<inlineXML contenttype=\"application/xhtml+xml\"><html xmlns="
           "\"http://www.w3.org/1999/xhtml\"><head><title>no</title></head>"
           "<body><p>One.</p><p>Two <b>and</b>\nmore.</p></body></html>"
           "</inlineXML>")
        G2("guid=\"urn:newsml:ew:2\" version=\"1\"", "",
           "<headline>Escaped</headline>",
           "<inlineData contenttype=\"text/plain\"><![CDATA[<p>One &amp; "
           "one.</p><p>Two.</p>]]></inlineData>")
        G2("guid=\"urn:newsml:ew:3\" version=\"1\"", "",
           "<headline>Nitf</headline>",
           "<inlineXML><nitf><body><body.content><p>Inside.</p></body.content>"
           "</body></nitf></inlineXML>")
        G2("guid=\"urn:newsml:ew:4\" version=\"2\"",
           "<pubStatus qcode=\"stat:canceled\"/>", "", "")
        G2("guid=\"urn:newsml:ew:5\" version=\"2\"",
           "<embargoed>2099-01-01T00:00:00Z</embargoed>",
           "<headline>Later</headline>", "")
        "<newsItem guid=\"6\"><itemMeta><itemClass qcode=\"ninat:picture\"/>"
        "</itemMeta></newsItem><packageItem guid=\"7\"><itemMeta/>"
        "</packageItem></itemSet></newsMessage>");
    assert_int_equal(r.count, 4);
    assert_text(r.articles[0].id, "urn:newsml:ew:1");
    assert_int_equal(r.articles[0].version, 12);
    assert_text(r.articles[0].title, "Grain");
    assert_text(r.articles[0].lead, "In short.");
    assert_text(r.articles[0].body, "One.\n\nTwo and more.");
    assert_text(r.articles[0].source, "Example Wire");
    assert_text(r.articles[0].authors.items[0], "Ann Author");
    assert_date(&r.articles[0].published, "2018-02-26T21:20:36Z");
    assert_date(&r.articles[0].modified, "2018-02-26T22:00:00+01:00");
    assert_string_equal(r.articles[0].lang.code, "en");
    assert_text(r.articles[1].body, "One & one.\n\nTwo.");
    assert_text(r.articles[2].body, "Inside.");
    assert_int_equal(r.articles[3].flags, ARTICLE_WITHDRAWN);
    assert_int_equal(r.articles[3].version, 2);
    assert_int_equal(r.failed, 3);
    assert_non_null(strstr(r.errors[0].message, "under embargo"));
    assert_non_null(strstr(r.errors[1].message, "class picture"));
    assert_non_null(strstr(r.errors[2].message, "a packageItem is no"));
    reading_release(&r);
}

static void newsml_1_is_read_too(void **state)
{
    struct reading r;

    (void)state;
    read_xml(&r,
        "<NewsML Version=\"1.2\"><NewsEnvelope/><NewsItem><Identification>"
        "<NewsIdentifier><ProviderId>ew.example</ProviderId><NewsItemId>9"
        "</NewsItemId><RevisionId PreviousRevision=\"0\" Update=\"N\">3"
        "</RevisionId><PublicIdentifier>urn:newsml:ew.example:20180404:9:3"
        "</PublicIdentifier></NewsIdentifier></Identification>"
        "<NewsManagement><FirstCreated>20180404T175859+0300</FirstCreated>"
        "<Status FormalName=\"Usable\"/></NewsManagement><NewsComponent>"
        "<NewsLines><HeadLine>Wages</HeadLine><ByLine>By Ann Author</ByLine>"
        "</NewsLines><DescriptiveMetadata><Language FormalName=\"el\"/>"
        "</DescriptiveMetadata><ContentItem><DataContent><p>One.</p>"
        "<p>Two.</p></DataContent></ContentItem></NewsComponent></NewsItem>"
        "<NewsItem><Identification><NewsIdentifier><PublicIdentifier>"
        "urn:newsml:ew.example:20180404:9:4</PublicIdentifier>"
        "</NewsIdentifier></Identification><NewsManagement><Status "
        "FormalName=\"Canceled\"/></NewsManagement></NewsItem></NewsML>");
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 0);
    assert_text(r.articles[0].id, "urn:newsml:ew.example:20180404:9");
    assert_int_equal(r.articles[0].version, 3);
    assert_text(r.articles[0].title, "Wages");
    assert_text(r.articles[0].body, "One.\n\nTwo.");
    assert_string_equal(r.articles[0].lang.code, "el");
    assert_date(&r.articles[0].published, "2018-04-04T17:58:59+03:00");
    assert_text(r.articles[1].id, "urn:newsml:ew.example:20180404:9");
    assert_int_equal(r.articles[1].version, 4);
    assert_int_equal(r.articles[1].flags, ARTICLE_WITHDRAWN);
    reading_release(&r);
}

static void broken_items_are_mended_or_told(void **state)
{
    struct reading r;

    (void)state;
    read_xml(&r, "\n <nitf><body><body.head><hedline><hl1>A &nbsp; B & C</hl1>"
             "</hedline></body.head><body.content><p>One.</p></body.content>"
             "</body></nitf>");
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].title, "A B & C");
    assert_int_equal(r.articles[0].flags, ARTICLE_DEGRADED);
    reading_release(&r);
    read_xml(&r, "<nitf><body><body.content><p>One.</p>");
    assert_int_equal(r.count, 0);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "line 1: "));
    reading_release(&r);
    read_xml(&r, "<nitf><head/></nitf>");
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "no title and no body"));
    reading_release(&r);
}

static void harm_is_refused(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct reading r;
    unsigned seed = 5;

    (void)state;
    read_xml(&r, "<!DOCTYPE nitf [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
             "<nitf><body><body.content><p>&b;</p></body.content></body>"
             "</nitf>");
    assert_int_equal(r.count, 0);
    assert_int_equal(r.failed, 1);
    reading_release(&r);
    buffer_put_str(&b, "<nitf><body><body.content>");
    for (int i = 0; i < 200000; i++)
        buffer_put_str(&b, "<p>");
    read_bytes(&r, buffer_bytes(&b), ".xml", NULL);
    assert_int_equal(r.failed, 1);
    reading_release(&r);
    buffer_clear(&b);
    buffer_put_str(&b, "<newsMessage><itemSet>" G2("guid=\"1\"", "", "<headline"
                   ">H</headline>", "<inlineData>x</inlineData>")
                   "</itemSet></newsMessage>");
    for (int i = 0; i < 500; i++) {
        size_t at = (seed = seed * 1103515245 + 12345) / 65536 % b.len;
        uint8_t kept = b.data[at];

        b.data[at] = (uint8_t)(seed >> 9);
        read_bytes(&r, buffer_bytes(&b), ".xml", NULL);
        assert_true(r.count + r.failed >= 1);
        reading_release(&r);
        b.data[at] = kept;
    }
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_nitf_are_found),
        cmocka_unit_test(the_full_text_is_read_once),
        cmocka_unit_test(items_of_newsml_g2_are_found),
        cmocka_unit_test(newsml_1_is_read_too),
        cmocka_unit_test(broken_items_are_mended_or_told),
        cmocka_unit_test(harm_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
