/* test_source_mail.c -- messages, mailboxes, and pages saved as MHTML. */
#include "tests/unit/read_case.h"

static void read_mail(struct reading *r, const char *text)
{
    read_bytes(r, bytes_str(text), "", NULL);
}

static void a_message_is_read(void **state)
{
    struct reading r;

    (void)state;
    read_mail(&r,
        "Return-Path: <ann@a.example>\r\nMessage-ID: <1@a.example>\r\n"
        "From: =?utf-8?Q?Ann_Auth=C3=B6r?= <ann@a.example>\r\n"
        "Subject: =?iso-8859-1?B?R3L8?= =?iso-8859-1?Q?=DFe?= from\r\n"
        " Odesa\r\nDate: Fri, 3 May 2024 10:15:00 +0200\r\n"
        "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        "The first ship =\r\nleft =E2=80=94 at last.\r\nIt did.\r\n\r\n"
        "The second did not.\r\n> > Why\r\n> not?\r\nWind.\r\n"
        "-- \r\nAnn\r\n");
    assert_int_equal(r.count, 1);
    assert_int_equal(r.failed, 0);
    assert_text(r.articles[0].title, "Grüße from Odesa");
    assert_text(r.articles[0].id, "1@a.example");
    assert_text(r.articles[0].authors.items[0], "Ann Authör");
    assert_text(r.articles[0].source, "a.example");
    assert_text(r.articles[0].body, "The first ship left — at last. It did."
                "\n\nThe second did not.\n\nWhy not?\n\nWind.");
    assert_date(&r.articles[0].published, "2024-05-03T10:15:00+02:00");
    assert_int_equal(r.articles[0].flags, 0);
    reading_release(&r);
}

#define HTML "<html><body><p>The page of the letter is longer than its plain " \
             "text, and says what there is to say.</p><p>And more.</p>" \
             "</body></html>"

static void the_better_part_is_taken(void **state)
{
    struct reading r;

    (void)state;
    read_mail(&r,
        "From: \"The Letter\" <letter@a.example>\nSubject: Morning\n"
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"x=_1\"\n"
        "\npreamble\n--x=_1\nContent-Type: multipart/alternative; boundary=yy"
        "\n\n--yy\nContent-Type: text/plain\n\nSee the page.\n--yy\n"
        "Content-Type: text/html; charset=utf-8\n\n" HTML "\n--yy--\n--x=_1\n"
        "Content-Type: text/html\nContent-Disposition: attachment\n\n<p>No.</p>"
        "\n--x=_1--\n");
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].title, "Morning");
    assert_non_null(memmem(r.articles[0].body.data, r.articles[0].body.len,
                           "The page of the letter", 22));
    assert_int_equal(r.articles[0].flags, 0);
    reading_release(&r);
    read_mail(&r,
        "From: Bo <b@a.example>\nSubject: Fwd\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=x\n\n--x\n"
        "Content-Type: message/rfc822\n\nSubject: No\n\nForwarded.\n"
        "--x--\n");
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].title, "Fwd");
    assert_text(r.articles[0].body, "Forwarded.");
    reading_release(&r);
    read_mail(&r,
        "From: Bo <b@a.example>\nMIME-Version: 1.0\nContent-Type: "
        "multipart/encrypted; boundary=x\n\n--x\n"
        "Content-Type: application/octet-stream\n\nabc\n--x--\n");
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "encrypted"));
    reading_release(&r);
}

static void a_saved_page_is_the_page(void **state)
{
    struct reading r;

    (void)state;
    read_mail(&r,
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: "
        "https://a.example/2024/05/03/ship\r\nSubject: Ship\r\nDate: Sat, 4 "
        "May 2024 00:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: "
        "multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"bb\"\r\n"
        "\r\n--bb\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: "
        "quoted-printable\r\nContent-Location: "
        "https://a.example/2024/05/03/ship\r\n\r\n<html><title>The ship</title"
        "><body><p class=3D\"x\">A sentence that is long enough to be taken "
        "for a paragraph of a page.</p></body></html>\r\n--bb\r\n"
        "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "iVBORw0KGgo=\r\n--bb--\r\n");
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].title, "The ship");
    assert_text(r.articles[0].url, "https://a.example/2024/05/03/ship");
    /* Not the day on which it was saved. */
    assert_date(&r.articles[0].published, "2024-05-03");
    assert_int_equal(r.articles[0].authors.count, 0);
    reading_release(&r);
}

static void mailboxes_are_streamed(void **state)
{
    struct reading r;

    (void)state;
    read_mail(&r,
        "From ann@a.example Fri May  3 10:15:00 2024\nFrom: ann@a.example\n"
        "Subject: One\nMessage-ID: <1@a>\n\nFirst.\n>From the start.\nFrom "
        "here.\n\nFrom bo@a.example Fri May  3 11:15:00 2024\nSubject: Two\n"
        "From: bo@a.example\n\n\nFrom bo@a.example Fri May  3 12:15:00 2024\n"
        "Subject: Three\n\nThird.");
    assert_int_equal(r.count, 2);
    assert_text(r.articles[0].title, "One");
    assert_text(r.articles[0].body, "First. From the start. From here.");
    assert_text(r.articles[1].title, "Three");
    assert_text(r.articles[1].body, "Third.");
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "no text in this message"));
    reading_release(&r);
}

static void damaged_messages_do_no_harm(void **state)
{
    static const char mail[] =
        "From: a@a.example\nMIME-Version: 1.0\nSubject: =?utf-8?B?R3LDvA==?=\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
        "multipart/mixed; boundary=c\n\n--c\nContent-Transfer-Encoding: base64"
        "\n\nVGV4dC4=\n--c--\n--b--\n";
    struct buffer b = BUFFER_INIT;
    struct reading r;
    unsigned seed = 11;

    (void)state;
    buffer_put_str(&b, mail);
    for (int i = 0; i < 300; i++) {
        size_t at = (seed = seed * 1103515245 + 12345) / 65536 % b.len;
        uint8_t kept = b.data[at];

        b.data[at] = (uint8_t)(seed >> 9);
        read_bytes(&r, buffer_bytes(&b), ".eml", NULL);
        assert_int_equal(r.count + r.failed, 1);
        reading_release(&r);
        b.data[at] = kept;
    }
    read_bytes(&r, bytes_part(buffer_bytes(&b), 0, b.len - 14), ".eml", NULL);
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].body, "Text.");
    assert_int_equal(r.articles[0].flags, ARTICLE_DEGRADED);
    reading_release(&r);
    /* Parts in parts without an end. */
    buffer_clear(&b);
    buffer_put_str(&b, "From: a@a.example\nMIME-Version: 1.0\n");
    for (int i = 0; i < 5000; i++)
        buffer_put_str(&b, "Content-Type: multipart/mixed; boundary=b\n\n"
                       "--b\n");
    read_bytes(&r, buffer_bytes(&b), ".eml", NULL);
    assert_int_equal(r.count + r.failed, 1);
    reading_release(&r);
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_is_read),
        cmocka_unit_test(the_better_part_is_taken),
        cmocka_unit_test(a_saved_page_is_the_page),
        cmocka_unit_test(mailboxes_are_streamed),
        cmocka_unit_test(damaged_messages_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
