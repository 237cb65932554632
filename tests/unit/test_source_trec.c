/* test_source_trec.c -- TREC and Reuters-21578 SGML. */
#include "tests/unit/read_case.h"

static void read_sgml(struct reading *r, const char *text)
{
    read_bytes(r, bytes_str(text), "", NULL);
}

static void fields_of_trec_are_found(void **state)
{
    struct reading r;

    (void)state;
    read_sgml(&r,
        "<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR-02-12-88 "
        "2344EST</FILEID>\n<FIRST>u i AM-X 02-12 0398</FIRST>\n"
        "<HEAD>Ships &AMP; Grain</HEAD>\n<BYLINE>By ANN AUTHOR and BO "
        "SAMPLE</BYLINE>\n<DATELINE>ODESA (AP) </DATELINE>\n<TEXT>\n"
        "   The first ship left port&hyph;side\non Friday.\n"
        "   The second did not.\n</TEXT>\n<TEXT>\n   A second text.\n</TEXT>\n"
        "</DOC>\n"
        "<DOC>\n<DOCNO>FT911-1</DOCNO>\n<HEADLINE>\nFT 14 MAY 91 / Gas\n"
        "</HEADLINE>\n<DATE>910514\n</DATE>\n<PUB>The Example\n</PUB>\n<TEXT>"
        "\n<P>Gas rose.</P>\n<p>Oil fell.\n</TEXT></DOC>\n"
        "<DOC id=\"XIN_ENG_20040101.0001\" type=\"story\">\n<HEADLINE>Year"
        "</HEADLINE>\n<TEXT>\n<P>\nIt began.\n</P>\n</TEXT>\n</DOC>\n"
        "<DOC id=XIN_ENG_20040101.0002 type=advis><TEXT>Note.</TEXT></DOC>\n"
        "<doc><docno>LA010189-0001</docno><date><p>January 1, 1989, Sunday, "
        "Home Edition</p></date><text><p>Rain.</p></text></doc>\n"
        "<DOC><DOCNO>WSJ</DOCNO><DD>11/28/88</DD><HL>Steel</HL><LP>Up.</LP>"
        "<TEXT>More.</TEXT></DOC>\n");
    assert_int_equal(r.count, 5);
    assert_text(r.articles[0].id, "AP880212-0001");
    assert_text(r.articles[0].title, "Ships & Grain");
    assert_text(r.articles[0].body, "ODESA (AP) The first ship left port-side "
                "on Friday.\n\nThe second did not.\n\nA second text.");
    assert_date(&r.articles[0].published, "1988-02-12");
    assert_int_equal(r.articles[0].authors.count, 2);
    assert_text(r.articles[0].authors.items[0], "ANN AUTHOR");
    assert_int_equal(r.articles[0].flags, 0);
    assert_text(r.articles[1].body, "Gas rose.\n\nOil fell.");
    assert_text(r.articles[1].source, "The Example");
    assert_date(&r.articles[1].published, "1991-05-14");
    assert_text(r.articles[2].id, "XIN_ENG_20040101.0001");
    assert_text(r.articles[2].body, "It began.");
    assert_date(&r.articles[2].published, "2004-01-01");
    assert_date(&r.articles[3].published, "1989-01-01");
    assert_text(r.articles[4].body, "Up.\n\nMore.");
    assert_date(&r.articles[4].published, "1988-11-28");
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "note to editors"));
    reading_release(&r);
}

static void broken_documents_keep_their_text(void **state)
{
    struct reading r;

    (void)state;
    read_sgml(&r,
        "<DOC><DOCNO>1</DOCNO><TEXT>\nNo end of its own.\n"
        "<DOC><DOCNO>2</DOCNO>\n<HEAD>Open\n<TEXT>\nA head without an end."
        "\n</TEXT></DOC><!-- between -->\n<DOC>\n</DOC>\n"
        "<DOC><DOCNO>4</DOCNO><DOCHDR>http://x</DOCHDR><html><title>Web"
        "</title><p>A page of the web.</html></DOC>\n"
        "<DOC><DOCNO>5</DOCNO><TEXT>\nThe file ends he");
    assert_int_equal(r.count, 4);
    assert_text(r.articles[0].body, "No end of its own.");
    assert_int_equal(r.articles[0].flags, ARTICLE_DEGRADED);
    assert_text(r.articles[1].title, "Open");
    assert_text(r.articles[1].body, "A head without an end.");
    assert_text(r.articles[2].title, "Web");
    assert_text(r.articles[3].body, "The file ends he");
    assert_int_equal(r.articles[3].flags, ARTICLE_DEGRADED);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, ": byte "));
    assert_non_null(strstr(r.errors[0].message, "no title and no body"));
    reading_release(&r);
}

static void reuters_is_read(void **state)
{
    struct reading r;

    (void)state;
    read_sgml(&r,
        "<!DOCTYPE lewis SYSTEM \"lewis.dtd\">\n"
        "<REUTERS TOPICS=\"YES\" LEWISSPLIT=\"TRAIN\" OLDID=\"5544\" "
        "NEWID=\"1\">\n<DATE>26-FEB-1987 15:01:01.79</DATE>\n<TOPICS><D>grain"
        "</D><D>wheat</D></TOPICS>\n<PLACES><D>usa</D></PLACES>\n<UNKNOWN> \n"
        "&#5;&#5;&#5;C T\n</UNKNOWN>\n<TEXT>&#2;\n<TITLE>GRAIN &lt;GRN> UP"
        "</TITLE>\n<AUTHOR>    By Ann Author, Reuters</AUTHOR>\n<DATELINE>"
        "    CHICAGO, Feb 26 - </DATELINE><BODY>Wheat rose\na little.\n"
        "    Corn did not.\n Reuter\n&#3;</BODY></TEXT>\n</REUTERS>\n"
        "<REUTERS TOPICS=\"NO\" NEWID=\"2\">\n<DATE> 3-APR-1987 605:12:19.12"
        "</DATE>\n<TEXT TYPE=\"BRIEF\">&#2;\n******<TITLE>FED SETS REPOS"
        "</TITLE>\nBlah blah blah.\n&#3;\n</TEXT>\n</REUTERS>\n"
        "<REUTERS NEWID=\"3\">\n<DATE>8-APR-1987 10:00:00.00hello</DATE>\n"
        "<TEXT TYPE=\"UNPROC\">&#2;\nLONDON GOLD - APRIL 8\n"
        "    Gold was fixed at 418 dlrs.\n REUTER...\n&#3;\n</TEXT>\n"
        "</REUTERS>\n"
        "<REUTERS NEWID=\"4\">\n<TEXT TYPE=\"UNPROC\">&#2;\n&#3;\n\n</TEXT>\n"
        "</REUTERS>\n");
    assert_int_equal(r.count, 3);
    assert_text(r.articles[0].id, "1");
    assert_text(r.articles[0].title, "GRAIN <GRN> UP");
    assert_text(r.articles[0].body, "CHICAGO, Feb 26 - Wheat rose a little."
                "\n\nCorn did not.");
    assert_text(r.articles[0].source, "Reuters");
    assert_int_equal(r.articles[0].authors.count, 1);
    assert_text(r.articles[0].authors.items[0], "Ann Author");
    assert_int_equal(r.articles[0].tags.count, 3);
    assert_date(&r.articles[0].published, "1987-02-26T15:01:01Z");
    assert_text(r.articles[1].title, "FED SETS REPOS");
    assert_date(&r.articles[1].published, "1987-04-03");
    assert_text(r.articles[2].title, "LONDON GOLD - APRIL 8");
    assert_text(r.articles[2].body, "Gold was fixed at 418 dlrs.");
    assert_date(&r.articles[2].published, "1987-04-08T10:00:00Z");
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "no title and no body"));
    reading_release(&r);
}

static void harm_is_bounded(void **state)
{
    struct source_options options = SOURCE_OPTIONS_INIT;
    struct buffer b = BUFFER_INIT;
    struct reading r;
    unsigned seed = 9;

    (void)state;
    options.max_record = 100000;
    buffer_put_str(&b, "<DOC><DOCNO>1</DOCNO><TEXT>first</TEXT></DOC><DOC>");
    for (int i = 0; i < 60000; i++)
        buffer_put_str(&b, "<TEXT <D");
    buffer_put_str(&b, "</DOC><DOC><DOCNO>3</DOCNO><TEXT>third</TEXT></DOC>");
    read_bytes(&r, buffer_bytes(&b), "", &options);
    assert_int_equal(r.articles[0].id.len, 1);
    assert_text(r.articles[r.count - 1].body, "third");
    assert_true(r.failed > 0);
    assert_int_equal(r.errors[0].code, ERR_LIMIT);
    reading_release(&r);
    /* 50,000 fields that do not end. */
    buffer_clear(&b);
    buffer_put_str(&b, "<DOC>");
    for (int i = 0; i < 50000; i++)
        buffer_put_str(&b, "<TEXT>x\n");
    read_bytes(&r, buffer_bytes(&b), "", NULL);
    assert_int_equal(r.count + r.failed, 1);
    reading_release(&r);
    buffer_clear(&b);
    buffer_put_str(&b, "<REUTERS NEWID=\"1\"><DATE>26-FEB-1987</DATE><TEXT>"
                   "<TITLE>T</TITLE><BODY>B&#3;</BODY></TEXT></REUTERS>");
    for (int i = 0; i < 300; i++) {
        size_t at = (seed = seed * 1103515245 + 12345) / 65536 % b.len;
        uint8_t kept = b.data[at];

        b.data[at] = (uint8_t)(seed >> 9);
        read_bytes(&r, buffer_bytes(&b), "", NULL);
        reading_release(&r);
        b.data[at] = kept;
    }
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_of_trec_are_found),
        cmocka_unit_test(broken_documents_keep_their_text),
        cmocka_unit_test(reuters_is_read),
        cmocka_unit_test(harm_is_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
