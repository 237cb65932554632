/* test_source_archive.c -- WARC and ARC: what crawlers keep, how they pack and
 * break it, and what is news in it. */
#include <zlib.h>
#include <zstd.h>

#include "tests/unit/read_case.h"

#define PROSE "<p>A sentence of news that is long enough to be taken for a " \
              "paragraph, and says so.</p>"

/* --- Making archives ---------------------------------------------------- */

static void put_record(struct buffer *b, const char *type, const char *url,
                       const char *kind, struct bytes body)
{
    buffer_printf(b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
                  "WARC-Date: 2024-05-03T09:15:00Z\r\nContent-Type: %s\r\n"
                  "Content-Length: %zu\r\n\r\n", type, url, kind, body.len);
    buffer_put_bytes(b, body);
    buffer_put_str(b, "\r\n\r\n");
}

/* An HTTP response in a record. */
static void put_response(struct buffer *b, const char *url, const char *head,
                         struct bytes body)
{
    struct buffer http = BUFFER_INIT;

    buffer_put_str(&http, head);
    buffer_put_bytes(&http, body);
    put_record(b, "response", url, "application/http; msgtype=response",
               buffer_bytes(&http));
    buffer_release(&http);
}

#define OK_HTML "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"

static void put_page(struct buffer *b, const char *name)
{
    struct buffer page = BUFFER_INIT, url = BUFFER_INIT;

    buffer_printf(&url, "https://a.example/%s", name);
    buffer_printf(&page, "<html><title>%s</title><body>" PROSE "</body>"
                  "</html>", name);
    put_response(b, buffer_cstr(&url), OK_HTML, buffer_bytes(&page));
    buffer_release(&page);
    buffer_release(&url);
}

static void gzip_to(struct buffer *b, struct bytes text, int window)
{
    z_stream z = { 0 };
    size_t room = text.len + 1024;

    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, window, 8, 0), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.data;
    z.avail_in = (uInt)text.len;
    z.next_out = buffer_reserve(b, room);
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    b->len += z.total_out;
    deflateEnd(&z);
}

static void read_archive(struct reading *r, struct buffer *b)
{
    read_bytes(r, buffer_bytes(b), ".warc", NULL);
    buffer_release(b);
}

/* --- Records ------------------------------------------------------------ */

static void pages_are_read_and_the_rest_is_passed_over(void **state)
{
    static const char *const not_read[] = {
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: application/javascript\r\n\r\n",
    };
    struct buffer b = BUFFER_INIT;
    struct bytes page = bytes_str("<html><title>No</title>" PROSE "</html>");
    struct reading r;
    size_t offset;

    (void)state;
    put_record(&b, "warcinfo", "", "application/warc-fields",
               bytes_str("software: x\r\n"));
    put_record(&b, "request", "https://a.example/1", "application/http",
               bytes_str("GET /1 HTTP/1.1\r\n\r\n"));
    for (size_t i = 0; i < sizeof(not_read) / sizeof(*not_read); i++)
        put_response(&b, "https://a.example/0", not_read[i], page);
    put_response(&b, "https://a.example/robots.txt",
                 "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n",
                 bytes_str("User-agent: *\nDisallow: /x\n"));
    put_response(&b, "https://a.example/data",
                 "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
                 bytes_str("{\"title\": \"not news\"}"));
    put_record(&b, "revisit", "https://a.example/1", "application/http",
               bytes_str(OK_HTML));
    put_record(&b, "metadata", "https://a.example/1", "text/html", page);
    put_record(&b, "future", "https://a.example/1", "text/html", page);
    put_record(&b, "resource", "urn:pageinfo:x", "text/html", page);
    offset = b.len;
    put_page(&b, "one");
    put_record(&b, "resource", "<https://a.example/two>", "text/html",
               bytes_str("<html><title>two</title>" PROSE "</html>"));
    put_record(&b, "conversion", "https://a.example/three", "text/plain",
               bytes_str("three\n\nThe text of a page, without its marks."));
    read_archive(&r, &b);
    assert_int_equal(r.failed, 0);
    assert_int_equal(r.count, 3);
    assert_text(r.articles[0].title, "one");
    assert_text(r.articles[0].url, "https://a.example/one");
    assert_int_equal(r.articles[0].offset, offset);
    assert_int_equal(r.articles[0].record, 0);
    assert_int_equal(r.articles[0].flags, 0);
    /* The day of the crawl is not the day of the news. */
    assert_int_equal(r.articles[0].published_from, DATE_FROM_NONE);
    assert_text(r.articles[1].url, "https://a.example/two");
    assert_text(r.articles[2].title, "three");
    assert_int_equal(r.articles[2].record, 2);
    reading_release(&r);
}

static void an_archive_without_pages_says_so(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct reading r;

    (void)state;
    put_record(&b, "request", "https://a.example/1", "application/http",
               bytes_str("GET /1 HTTP/1.1\r\n\r\n"));
    read_archive(&r, &b);
    assert_int_equal(r.count, 0);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "none of its 1 records"));
    reading_release(&r);
}

static void the_server_says_what_the_page_does_not(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct reading r;

    (void)state;
    put_response(&b, "https://a.example/2024/05/03/ru", "HTTP/1.1 200\r\n"
                 "content-type:   Text/HTML;  charset=\"windows-1251\"\r\n"
                 "Content-Language: ru\r\n\r\n",
                 bytes_str("<html><title>\xcc\xee\xf1\xea\xe2\xe0</title>"
                           "<p>\xcc\xee\xf1\xea\xe2\xe0.</p></html>"));
    put_response(&b, "https://a.example/feed",
                 "HTTP/2 200\nContent-Type: application/rss+xml\n\n",
                 bytes_str("<rss><channel><item><title>a</title></item><item>"
                           "<title>b</title></item></channel></rss>"));
    read_archive(&r, &b);
    assert_int_equal(r.failed, 0);
    assert_int_equal(r.count, 3);
    assert_text(r.articles[0].title, "Москва");
    assert_string_equal(r.articles[0].lang.code, "ru");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_URL);
    assert_date(&r.articles[0].published, "2024-05-03");
    assert_text(r.articles[2].title, "b");
    reading_release(&r);
}

/* --- Bodies ------------------------------------------------------------- */

#define PACKED_PAGE "<html><title>Packed</title><body>" PROSE "</body></html>"

static void read_body(struct reading *r, const char *header,
                      struct bytes body)
{
    struct buffer b = BUFFER_INIT, head = BUFFER_INIT;

    buffer_printf(&head, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
                  "Content-Length: 7\r\n%s\r\n\r\n", header);
    put_response(&b, "https://a.example/packed", buffer_cstr(&head), body);
    put_page(&b, "next");
    buffer_release(&head);
    read_archive(r, &b);
}

static void expect_body(const char *header, struct bytes body, uint32_t flags)
{
    struct reading r;

    read_body(&r, header, body);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 0);
    assert_text(r.articles[0].title, "Packed");
    assert_true(r.articles[0].body.len > 60);
    assert_int_equal(r.articles[0].flags, flags);
    assert_text(r.articles[1].title, "next");
    reading_release(&r);
}

static void codings_are_taken_off(void **state)
{
    /* "<title>Packed</title>" and a paragraph. */
    static const char brotli[] =
        "\x1b\x81\x00\xc0\x44\xb7\x79\xbd\x3b\x3e\x8f\x47\x84\xae\x73\x92"
        "\x55\x10\x28\x92\x53\x0e\xd8\x5b\x2d\x81\x34\x3a\x1e\xf1\x86\x07"
        "\xdd\x58\x88\xcf\xaf\x47\x4c\xea\x40\x41\x68\xe4\x31\xe9\xd4\x98"
        "\x2a\x62\x2d\x8d\x96\x0d\x70\x44\x71\x7f\x61\x79\xe7\x7f\x77\xb7"
        "\xc8\x4d\x36\x1e\x00\x96\x3c\x44\xb1\xb9\x9b\x75\x90\xeb\x35\x39"
        "\x87\x4a\x59\x08";
    static const struct { const char *header; int window; } deflates[] = {
        { "Content-Encoding: gzip", 31 }, { "content-encoding: X-GZIP", 31 },
        { "Content-Encoding: deflate", 15 },
        { "Content-Encoding: deflate", -15 },
    };
    struct bytes page = bytes_str(PACKED_PAGE);
    struct buffer b = BUFFER_INIT, twice = BUFFER_INIT;
    char room[1000];

    (void)state;
    for (size_t i = 0; i < sizeof(deflates) / sizeof(*deflates); i++) {
        gzip_to(&b, page, deflates[i].window);
        expect_body(deflates[i].header, buffer_bytes(&b), 0);
        buffer_clear(&b);
    }
    expect_body("Content-Encoding: br",
                bytes_of(brotli, sizeof(brotli) - 1), 0);
    expect_body("Content-Encoding: zstd",
                bytes_of(room, ZSTD_compress(room, sizeof(room), page.data,
                                             page.len, 3)), 0);
    gzip_to(&b, page, 15);
    gzip_to(&twice, buffer_bytes(&b), 31);
    expect_body("Content-Encoding: deflate, gzip", buffer_bytes(&twice), 0);
    buffer_release(&b);
    buffer_release(&twice);
}

static void untrue_claims_are_passed_over(void **state)
{
    static const char *const claims[] = {
        "Content-Encoding: gzip", "Content-Encoding: br",
        "Content-Encoding: zstd", "Content-Encoding: utf-8",
        "Transfer-Encoding: chunked", "Content-Encoding: identity"
    };

    (void)state;
    for (size_t i = 0; i < sizeof(claims) / sizeof(*claims); i++)
        expect_body(claims[i], bytes_str(PACKED_PAGE), 0);
}

static void chunks_are_joined(void **state)
{
    struct buffer b = BUFFER_INIT, packed = BUFFER_INIT;
    struct bytes page = bytes_str(PACKED_PAGE);

    (void)state;
    buffer_printf(&b, "10\r\n%.16s\r\n%zx ;x=y\r\n%s\r\n0\r\n\r\n",
                  (const char *)page.data, page.len - 16,
                  (const char *)page.data + 16);
    expect_body("Transfer-Encoding: chunked", buffer_bytes(&b), 0);
    buffer_clear(&b);
    gzip_to(&packed, page, 31);
    buffer_printf(&b, "%zX\r\n", packed.len);
    buffer_put_bytes(&b, buffer_bytes(&packed));
    buffer_put_str(&b, "\r\n0\r\n\r\n");
    expect_body("Transfer-Encoding: chunked\r\nContent-Encoding: gzip",
                buffer_bytes(&b), 0);
    /* Broken in the middle: the rest stays as it is. */
    buffer_clear(&b);
    buffer_printf(&b, "22\r\n%.34s\r\nzz\r\n%s", (const char *)page.data,
                  (const char *)page.data + 34);
    expect_body("Transfer-Encoding: chunked", buffer_bytes(&b),
                ARTICLE_DEGRADED);
    buffer_clear(&b);
    buffer_printf(&b, "fffff\r\n%s", (const char *)page.data);
    expect_body("Transfer-Encoding: chunked", buffer_bytes(&b),
                ARTICLE_DEGRADED);
    buffer_release(&b);
    buffer_release(&packed);
}

static void cut_codings_give_what_is_there(void **state)
{
    struct buffer page = BUFFER_INIT, packed = BUFFER_INIT;
    struct reading r;
    unsigned seed = 3;

    (void)state;
    buffer_put_str(&page, "<html><title>Packed</title><body>" PROSE "<p>");
    while (page.len < 20000)
        buffer_printf(&page, "w%u ", (seed = seed * 1103515245 + 12345) >> 9);
    gzip_to(&packed, buffer_bytes(&page), 31);
    packed.len /= 2;
    expect_body("Content-Encoding: gzip", buffer_bytes(&packed),
                ARTICLE_DEGRADED);
    /* A body that swells to more than a record may have. */
    buffer_clear(&packed);
    page.len = 0;
    memset(buffer_reserve(&page, 40 << 20), ' ', 40 << 20);
    page.len = 40 << 20;
    gzip_to(&packed, buffer_bytes(&page), 31);
    read_body(&r, "Content-Encoding: gzip", buffer_bytes(&packed));
    assert_int_equal(r.count, 1);
    assert_int_equal(r.failed, 1);
    reading_release(&r);
    buffer_release(&page);
    buffer_release(&packed);
}

/* --- Broken archives ---------------------------------------------------- */

static void expect_pages(struct buffer *b, const char *names, unsigned failed)
{
    struct reading r;
    size_t at = 0;

    read_archive(&r, b);
    for (unsigned i = 0; i < r.count && i < ARTICLES_MOST; i++) {
        size_t len = strcspn(names + at, " ");

        if (!bytes_equal(r.articles[i].title, bytes_of(names + at, len)))
            fail_msg("%.*s, expected %s", (int)r.articles[i].title.len,
                     (const char *)r.articles[i].title.data, names + at);
        at += len + (names[at + len] == ' ');
    }
    assert_string_equal(names + at, "");
    assert_int_equal(r.failed, failed);
    reading_release(&r);
}

/* A record whose length is wrong by `by`. */
static void put_wrong(struct buffer *b, const char *name, int by)
{
    struct buffer page = BUFFER_INIT;

    buffer_printf(&page, OK_HTML "<html><title>%s</title><body>" PROSE
                  PROSE PROSE, name);
    buffer_printf(b, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: "
                  "https://a.example/%s\r\nContent-Length: %d\r\n\r\n%s"
                  "\r\n\r\n", name, (int)page.len + by, buffer_cstr(&page));
    buffer_release(&page);
}

static void wrong_lengths_cost_nothing(void **state)
{
    static const int by[] = { 1, -1, 2, 4, 30, 2000, 50000, -60, -100 };

    (void)state;
    for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++) {
        struct buffer b = BUFFER_INIT;

        put_page(&b, "a");
        put_wrong(&b, "b", by[i]);
        put_page(&b, "c");
        put_page(&b, "d");
        expect_pages(&b, "a b c d", 0);
    }
}

static void broken_heads_cost_themselves(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    put_page(&b, "a");
    buffer_put_str(&b, "WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\n");
    put_page(&b, "b");
    buffer_put_str(&b, "\r\n\r\nWARC/1.0\r\nContent-Length: -5\r\n\r\n");
    put_page(&b, "c");
    buffer_put_str(&b, "some bytes that belong to nothing\n");
    put_page(&b, "d");
    expect_pages(&b, "a b c d", 2);
}

static void old_and_odd_writers_are_read(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct bytes page = bytes_str(OK_HTML "<html><title>a</title>" PROSE);

    (void)state;
    buffer_printf(&b, "WARC/0.18\nwarc-type: response\nwarc-target-uri: "
                  "http://a.example/a\ncontent-length: %zu\n\n", page.len);
    buffer_put_bytes(&b, page);
    /* Nothing between the two. */
    put_page(&b, "b");
    buffer_printf(&b, "\n\nWARC/1.1\r\r\nWARC-Type: response\r\r\n"
                  "Content-Length: %zu\r\r\n\r\r\n", page.len);
    buffer_put_bytes(&b, page);
    expect_pages(&b, "a b a", 0);
}

static void large_records_are_passed_over(void **state)
{
    struct source_options options = SOURCE_OPTIONS_INIT;
    struct buffer b = BUFFER_INIT, big = BUFFER_INIT;
    struct reading r;

    (void)state;
    options.max_record = 2000;
    buffer_put_str(&big, OK_HTML);
    for (int i = 0; i < 20000; i++)
        buffer_put_str(&big, "<p>more</p>");
    put_page(&b, "a");
    put_record(&b, "response", "https://a.example/big", "application/http",
               buffer_bytes(&big));
    put_page(&b, "b");
    read_bytes(&r, buffer_bytes(&b), ".warc", &options);
    assert_int_equal(r.count, 2);
    assert_int_equal(r.failed, 1);
    assert_int_equal(r.errors[0].code, ERR_LIMIT);
    reading_release(&r);
    buffer_release(&b);
    buffer_release(&big);
}

/* --- Packed archives ---------------------------------------------------- */

static void any_packing_of_records_is_read(void **state)
{
    struct buffer b = BUFFER_INIT, by_record = BUFFER_INIT;
    struct buffer whole = BUFFER_INIT;

    (void)state;
    for (char name[2] = "a"; *name < 'e'; ++*name) {
        struct buffer one = BUFFER_INIT;

        put_page(&one, name);
        buffer_put_bytes(&b, buffer_bytes(&one));
        gzip_to(&by_record, buffer_bytes(&one), 31);
        buffer_release(&one);
    }
    gzip_to(&whole, buffer_bytes(&b), 31);
    buffer_release(&b);
    expect_pages(&whole, "a b c d", 0);
    expect_pages(&by_record, "a b c d", 0);
}

static void a_damaged_member_costs_its_record(void **state)
{
    struct buffer b = BUFFER_INIT, one = BUFFER_INIT;
    size_t damage = 0;

    (void)state;
    for (char name[2] = "a"; *name < 'e'; ++*name) {
        buffer_clear(&one);
        put_page(&one, name);
        if (*name == 'b')
            damage = b.len + 12;
        gzip_to(&b, buffer_bytes(&one), 31);
    }
    memset(b.data + damage, 0xff, 20);
    expect_pages(&b, "a c d", 1);
    buffer_release(&one);
}

static void every_cut_gives_what_is_before_it(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct reading r;
    size_t first;

    (void)state;
    put_page(&b, "a");
    first = b.len;
    put_page(&b, "b");
    for (size_t len = 0; len < b.len; len += 7) {
        read_bytes(&r, bytes_part(buffer_bytes(&b), 0, len), ".warc", NULL);
        assert_true(r.count <= 2 && r.count >= (len > first));
        assert_true(r.count + r.failed >= 1);
        if (len > first)
            assert_int_equal(r.articles[0].flags, 0);
        if (r.count == 2 && len + 8 < b.len)
            assert_int_equal(r.articles[1].flags, ARTICLE_DEGRADED);
        reading_release(&r);
    }
    buffer_release(&b);
}

static void damaged_bytes_do_no_harm(void **state)
{
    struct buffer b = BUFFER_INIT;
    unsigned seed = 20240503;

    (void)state;
    for (char name[2] = "a"; *name < 'e'; ++*name)
        put_page(&b, name);
    for (int i = 0; i < 300; i++) {
        struct buffer copy = BUFFER_INIT;
        struct reading r;

        buffer_put_bytes(&copy, buffer_bytes(&b));
        for (int n = 0; n < 8; n++) {
            seed = seed * 1103515245 + 12345;
            copy.data[seed / 65536 * 31 % copy.len] = (uint8_t)(seed >> 8);
        }
        read_bytes(&r, buffer_bytes(&copy), ".warc", NULL);
        reading_release(&r);
        buffer_release(&copy);
    }
    buffer_release(&b);
}

/* --- ARC ---------------------------------------------------------------- */

static void put_arc(struct buffer *b, const char *name, int by)
{
    struct buffer page = BUFFER_INIT;

    buffer_printf(&page, OK_HTML "<html><title>%s</title><body>" PROSE, name);
    buffer_printf(b, "http://a.example/%s 192.0.2.1 20040101120000 text/html "
                  "%d\n%s\n", name, (int)page.len + by, buffer_cstr(&page));
    buffer_release(&page);
}

static void arc_is_read_too(void **state)
{
    struct buffer b = BUFFER_INIT, packed = BUFFER_INIT;
    struct reading r;

    (void)state;
    buffer_put_str(&b, "filedesc://x.arc 0.0.0.0 20040101 text/plain 77\n"
                   "1 0 Some Archive\nURL IP-address Archive-date "
                   "Content-type Archive-length\n\n");
    put_arc(&b, "a", 0);
    put_arc(&b, "b", 40);
    put_arc(&b, "c", -40);
    buffer_put_str(&b, "dns:a.example 192.0.2.1 20040101120000 text/dns 5\n"
                   "xxxx\n\nno record at all\n");
    put_arc(&b, "d", 0);
    gzip_to(&packed, buffer_bytes(&b), 31);
    read_bytes(&r, buffer_bytes(&packed), "", NULL);
    assert_int_equal(r.count, 4);
    assert_text(r.articles[1].title, "b");
    assert_text(r.articles[2].url, "http://a.example/c");
    assert_text(r.articles[3].title, "d");
    assert_int_equal(r.failed, 0);
    reading_release(&r);
    memcpy(b.data, "filedesc: x.arc", 15);
    read_bytes(&r, bytes_part(buffer_bytes(&b), 15, b.len - 15), ".arc", NULL);
    assert_int_equal(r.count, 4);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "no record begins here"));
    reading_release(&r);
    for (size_t len = 30; len < b.len; len += 7) {
        read_bytes(&r, bytes_part(buffer_bytes(&b), 0, len), ".arc", NULL);
        assert_true(r.count + r.failed >= 1);
        reading_release(&r);
    }
    buffer_release(&b);
    buffer_release(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_read_and_the_rest_is_passed_over),
        cmocka_unit_test(an_archive_without_pages_says_so),
        cmocka_unit_test(the_server_says_what_the_page_does_not),
        cmocka_unit_test(codings_are_taken_off),
        cmocka_unit_test(untrue_claims_are_passed_over),
        cmocka_unit_test(chunks_are_joined),
        cmocka_unit_test(cut_codings_give_what_is_there),
        cmocka_unit_test(wrong_lengths_cost_nothing),
        cmocka_unit_test(broken_heads_cost_themselves),
        cmocka_unit_test(old_and_odd_writers_are_read),
        cmocka_unit_test(large_records_are_passed_over),
        cmocka_unit_test(any_packing_of_records_is_read),
        cmocka_unit_test(a_damaged_member_costs_its_record),
        cmocka_unit_test(every_cut_gives_what_is_before_it),
        cmocka_unit_test(damaged_bytes_do_no_harm),
        cmocka_unit_test(arc_is_read_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
