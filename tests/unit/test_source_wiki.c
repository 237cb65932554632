/* test_source_wiki.c -- exports of MediaWiki and of WordPress. */
#include "tests/unit/read_case.h"

#define HEAD "<mediawiki xmlns=\"http://www.mediawiki.org/xml/export-0.10/\" " \
    "version=\"0.10\" xml:lang=\"de\">\n<siteinfo><sitename>Wikizeit" \
    "</sitename><dbname>dewikizeit</dbname><base>https://de.wiki.example/" \
    "wiki/Hauptseite</base><namespaces><namespace key=\"0\" case=\"x\" />" \
    "<namespace key=\"6\" case=\"x\">Datei</namespace><namespace key=\"1\" " \
    "case=\"x\">Diskussion</namespace></namespaces></siteinfo>\n"

#define PAGE(title, more, text) "<page><title>" title "</title><ns>0</ns>" \
    "<id>17</id>" more "<revision><id>1</id><timestamp>2024-05-04T00:00:00Z" \
    "</timestamp><model>wikitext</model><text xml:space=\"preserve\">" text \
    "</text></revision></page>\n"

static void pages_of_a_wiki_are_read(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str(HEAD
        PAGE("Gr\xc3\xbc\xc3\x9f\x65 aus Odessa", "",
             "{{date|May 3, 2024}}\n'''Das [[Schiff|erste Schiff]]''' fuhr "
             "&lt;ref&gt;x&lt;/ref&gt;ab {{zitat|{{a}}}}.\n[[Datei:x.jpg|mini"
             "|Bild]]\n\n== Danach ==\n* eins\n* [https://a.example zwei]\n"
             "{| class=\"x\"\n| Tabelle\n|}\n[[Category:X]]")
        PAGE("Alt", "<redirect title=\"Neu\" />", "#REDIRECT [[Neu]]")
        PAGE("Auch alt", "", "#WEITERLEITUNG [[Neu]]")
        "<page><title>Diskussion:Neu</title><ns>1</ns><revision><text>No"
        "</text></revision></page>"
        "<page><title>Zweimal</title><ns>0</ns><id>18</id><revision>"
        "<timestamp>2024-01-02T00:00:00Z</timestamp><text>Neu.</text>"
        "</revision><revision><timestamp>2024-01-01T00:00:00Z</timestamp>"
        "<text>Alt.</text></revision></page></mediawiki>"), "", NULL);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 0);
    assert_text(r.articles[0].title, "Grüße aus Odessa");
    assert_text(r.articles[0].body, "Das erste Schiff fuhr ab .\n\nDanach\n\n"
                "eins\n\nzwei");
    assert_text(r.articles[0].id, "dewikizeit:17");
    assert_text(r.articles[0].url, "https://de.wiki.example/wiki/"
                "Gr%C3%BC%C3%9Fe_aus_Odessa");
    assert_text(r.articles[0].source, "Wikizeit");
    assert_string_equal(r.articles[0].lang.code, "de");
    assert_date(&r.articles[0].published, "2024-05-03");
    assert_date(&r.articles[0].modified, "2024-05-04T00:00:00Z");
    assert_text(r.articles[1].body, "Neu.");
    reading_release(&r);
}

/* What templates show, if anything. */
static void templates_are_furniture_but_for_some(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str(HEAD
        PAGE("T", "", "{{Infobox|a=b|c={{d|[[e]]}}}}The {{lang|fr|''mer''}} "
             "is {{convert|5|km|mi}} away{{citation needed}}, {{w|Ann A.|Ann}}"
             " {{quote|said|1=x}} {{nowrap|1=so.}}&lt;!-- {{ --&gt;\n\n"
             "# one\n# two __NOTOC__\n----\nA &amp;lt; b &lt;br /&gt; c "
             "&lt;ref name=x /&gt;d &lt;ref&gt;[[no]]&lt;/ref&gt;e &lt; f")
        "</mediawiki>"), "", NULL);
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].body, "The mer is 5 km away, Ann said so.\n\n"
                "one\n\ntwo\n\nA < b\n\nc d e < f");
    reading_release(&r);
}

static void unbalanced_markup_ends_somewhere(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct reading r;
    unsigned seed = 4;

    (void)state;
    buffer_put_str(&b, HEAD "<page><title>T</title><ns>0</ns><revision><text>"
                   "First {{open\n\nSecond [[open\n\n{| open\n\nThird.");
    read_bytes(&r, buffer_bytes(&b), "", NULL);
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].body, "First\n\nSecond open\n\nThird.");
    assert_int_equal(r.articles[0].flags, ARTICLE_DEGRADED);
    reading_release(&r);
    for (int i = 0; i < 200; i++) {
        size_t at = (seed = seed * 1103515245 + 12345) / 65536 % b.len;
        uint8_t kept = b.data[at];

        b.data[at] = (uint8_t)(seed >> 9);
        read_bytes(&r, buffer_bytes(&b), ".xml", NULL);
        assert_true(r.count + r.failed >= 1);
        reading_release(&r);
        b.data[at] = kept;
    }
    b.len = sizeof(HEAD) - 1;
    buffer_put_str(&b, "<page><title>T</title><revision><text>");
    for (int i = 0; i < 20000; i++)
        buffer_put_str(&b, "{{[[{|");
    buffer_put_str(&b, "\n\nEnd.</text></revision></page>");
    read_bytes(&r, buffer_bytes(&b), "", NULL);
    assert_int_equal(r.count, 1);
    reading_release(&r);
    buffer_release(&b);
}

static void posts_of_wordpress_are_read(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str(
        "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/"
        "content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:wp="
        "\"http://wordpress.org/export/1.2/\"><channel><title>Blog</title>"
        "<item><title>Picture</title><wp:post_type>attachment</wp:post_type>"
        "</item><item><title>Post</title><link>https://a.example/post</link>"
        "<dc:creator>ann</dc:creator><content:encoded>"
        "<![CDATA[[drop a=1]O[/drop]"
        "ne.\n\n[gallery]\nTwo [sic].\n[caption id=\"x\"]<img> [/caption]"
        "\n<p>Three.</p>]]></content:encoded><wp:status>publish</wp:status>"
        "<wp:post_type>post</wp:post_type></item><item><title>Draft</title>"
        "<content:encoded>x</content:encoded><wp:status>draft</wp:status>"
        "<wp:post_type>post</wp:post_type></item></channel></rss>"), "", NULL);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.failed, 0);
    assert_text(r.articles[0].title, "Post");
    assert_text(r.articles[0].body, "One.\n\nTwo [sic].\n\nThree.");
    reading_release(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_of_a_wiki_are_read),
        cmocka_unit_test(templates_are_furniture_but_for_some),
        cmocka_unit_test(unbalanced_markup_ends_somewhere),
        cmocka_unit_test(posts_of_wordpress_are_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
