/* test_source_hostile.c -- bytes that mean harm: no crash, no hang, bounded
 * time, and no text lost without a flag. */
#include <time.h>

#include "tests/unit/read_case.h"

enum { SECONDS_MOST = 20 };     /* under sanitizers, on a busy machine */

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void repeat(struct buffer *b, const char *part, int times)
{
    while (times--)
        buffer_put_str(b, part);
}

static bool holds(struct bytes text, const char *part)
{
    return text.len && memmem(text.data, text.len, part, strlen(part));
}

/* Reads a page that must come out with `marker` in its text. */
static void survive(struct buffer *b, const char *marker, uint32_t flags)
{
    double start = now();
    struct reading r;

    read_bytes(&r, buffer_bytes(b), ".html", NULL);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.articles[0].flags & ARTICLE_DEGRADED, flags);
    if (!holds(r.articles[0].body, marker))
        fail_msg("%s is lost: %.*s", marker,
                 (int)(r.articles[0].body.len < 200 ? r.articles[0].body.len
                                                    : 200),
                 (const char *)r.articles[0].body.data);
    if (now() - start > SECONDS_MOST)
        fail_msg("%.1f s", now() - start);
    reading_release(&r);
    buffer_release(b);
}

#define SENTENCE "<p>The marker stands behind all that, in a sentence that " \
                 "is long enough to be taken for one.</p>"

static void deep_pages_keep_their_text(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    repeat(&b, "<div>", 900);
    buffer_put_str(&b, SENTENCE);
    survive(&b, "The marker stands", 0);
    repeat(&b, "<div>", 400000);
    buffer_put_str(&b, SENTENCE);
    survive(&b, "The marker stands", ARTICLE_DEGRADED);
    buffer_put_str(&b, "<html><title>t</title>");
    repeat(&b, "<span>", 20000);
    repeat(&b, "</i>", 200000);
    buffer_put_str(&b, SENTENCE);
    survive(&b, "The marker stands", ARTICLE_DEGRADED);
}

static void what_costs_the_square_is_stripped(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    buffer_put_str(&b, "<html><title>t</title>");
    repeat(&b, "<tr><li>", 100000);
    repeat(&b, "</i>", 100000);
    buffer_put_str(&b, SENTENCE);
    survive(&b, "The marker stands", ARTICLE_DEGRADED);
    buffer_put_str(&b, "<html><title>t</title>");
    repeat(&b, "<b>x</b>", 1 << 20);
    buffer_put_str(&b, SENTENCE);
    survive(&b, "The marker stands", ARTICLE_DEGRADED);
    buffer_put_str(&b, "<html><title>t</title><p>");
    repeat(&b, "<span class=author>", 1000);
    repeat(&b, "word, ", 300000);
    buffer_put_str(&b, "the marker.");
    survive(&b, "the marker.", 0);
}

static void attribute_floods_are_stripped(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    buffer_put_str(&b, "<html><title>t</title><p");
    for (int i = 0; i < 100000; i++)
        buffer_printf(&b, " a%d=1", i);
    buffer_put_str(&b, ">" SENTENCE);
    survive(&b, "The marker stands", ARTICLE_DEGRADED);
}

static void long_paragraphs_are_whole(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    buffer_put_str(&b, "<html><title>t</title><body><p>");
    repeat(&b, "word, ", 2000000);
    buffer_put_str(&b, "the marker.</p></body></html>");
    survive(&b, "the marker.", 0);
}

static void unclosed_things_end_with_the_page(void **state)
{
    static const char *const tails[] = { "<!-- x", "<script> x", "<style> x",
                                         "<p title=\"x", "<", "</", "&#",
                                         "<![CDATA[", "<!DOCTYPE", "<?x" };

    (void)state;
    for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
        struct buffer b = BUFFER_INIT;

        buffer_put_str(&b, "<html><title>t</title><body>" SENTENCE);
        buffer_put_str(&b, tails[i]);
        survive(&b, "The marker stands", 0);
    }
}

static void many_links_and_tags_stay_linear(void **state)
{
    static const char *const parts[] = {
        "<a href=x>y</a> ", "<p class='share related a-b-c'>x", "<li>x",
        "<table><tr><td>x</td></tr></table>", "<br><br>x", "<!--x-->",
        "<meta name=author content='A B'>", "<time>x</time>", "<b><p>x",
        "<h1>x</h1>", "<script type=application/ld+json>{}</script>" };

    (void)state;
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        struct buffer b = BUFFER_INIT;
        double start = now();
        struct reading r;

        buffer_put_str(&b, "<html><title>t</title><body>");
        repeat(&b, parts[i], 50000);
        read_bytes(&r, buffer_bytes(&b), ".html", NULL);
        if (now() - start > SECONDS_MOST)
            fail_msg("%s: %.1f s", parts[i], now() - start);
        reading_release(&r);
        buffer_release(&b);
    }
}

static void bad_bytes_are_replaced(void **state)
{
    struct reading r;
    static const char page[] =
        "<html><title>t</title><body><p>caf\xc3\xa9 \xc3\xa9\xc3\xa9\xc3\xa9"
        "\xc3\xa9 then \xff bad, then a \0 zero, and it goes on with enough "
        "text to be one.</p></body></html>";

    (void)state;
    read_bytes(&r, bytes_of(page, sizeof(page) - 1), ".html", NULL);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.articles[0].flags, ARTICLE_DEGRADED);
    assert_true(holds(r.articles[0].body, "caf\xc3\xa9"));
    assert_true(holds(r.articles[0].body, "then \xef\xbf\xbd bad"));
    assert_true(holds(r.articles[0].body, "goes on"));
    reading_release(&r);
}

static void feeds_may_not_grow(void **state)
{
    struct buffer b = BUFFER_INIT;
    struct reading r;
    double start = now();

    (void)state;
    buffer_put_str(&b, "<rss><channel>");
    repeat(&b, "<item>", 100000);
    read_bytes(&r, buffer_bytes(&b), ".xml", NULL);
    assert_true(r.failed > 0);
    reading_release(&r);
    buffer_clear(&b);
    buffer_put_str(&b, "<rss><channel><item");
    for (int i = 0; i < 100000; i++)
        buffer_printf(&b, " a%d='1'", i);
    buffer_put_str(&b, "/></channel></rss>");
    read_bytes(&r, buffer_bytes(&b), ".xml", NULL);
    assert_int_equal(r.failed, 1);
    reading_release(&r);
    buffer_clear(&b);
    buffer_put_str(&b, "<rss><channel>");
    repeat(&b, "<item><title>a & b &nbsp; &lt; &bogus; </title></item>", 20000);
    read_bytes(&r, buffer_bytes(&b), ".xml", NULL);
    assert_int_equal(r.count, 20000);
    reading_release(&r);
    buffer_release(&b);
    assert_true(now() - start < SECONDS_MOST);
}

static struct buffer file_of(const char *path)
{
    struct buffer b = BUFFER_INIT;
    FILE *file = fopen(path, "r");
    size_t got;

    assert_non_null(file);
    do {
        got = fread(buffer_reserve(&b, 4096), 1, 4096, file);
        b.len += got;
    } while (got);
    fclose(file);
    return b;
}

static const char *const samples[][2] = {
    { "tests/cases/read/page.html", ".html" },
    { "tests/cases/read/rss.xml", ".xml" },
    { "tests/cases/read/atom.xml", ".xml" },
    { "tests/cases/read/articles.jsonl", ".jsonl" },
    { "tests/cases/read/byline.txt", ".txt" },
};

static void cut_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        struct buffer b = file_of(samples[i][0]);

        for (size_t len = 0; len < b.len; len += 1 + b.len / 300) {
            struct reading r;

            read_bytes(&r, bytes_of(b.data, len), samples[i][1], NULL);
            reading_release(&r);
        }
        buffer_release(&b);
    }
}

static void garbled_anywhere(void **state)
{
    unsigned seed = 20240503;

    (void)state;
    print_message("seed %u\n", seed);
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        struct buffer b = file_of(samples[i][0]);

        for (int round = 0; round < 200; round++) {
            struct reading r;
            uint8_t *copy = malloc(b.len);

            memcpy(copy, b.data, b.len);
            for (int n = 0; n < 1 + round / 10; n++) {
                size_t at = (size_t)rand_r(&seed) % b.len;

                copy[at] = (uint8_t)(round % 3 ? "<>&\"'{}[]\0\xff/"
                                     [rand_r(&seed) % 12] : rand_r(&seed));
            }
            read_bytes(&r, bytes_of(copy, b.len), samples[i][1], NULL);
            reading_release(&r);
            free(copy);
        }
        buffer_release(&b);
    }
}

static void noise_is_survived_by_every_member(void **state)
{
    static const char *const members[] = { "auto", "html", "feed", "jsonl",
                                           "text" };
    struct source_options options = SOURCE_OPTIONS_INIT;
    unsigned seed = 4711;

    (void)state;
    print_message("seed %u\n", seed);
    for (int round = 0; round < 500; round++) {
        uint8_t noise[3000];
        size_t len = (size_t)rand_r(&seed) % sizeof(noise);
        struct reading r;

        for (size_t i = 0; i < len; i++)
            noise[i] = (uint8_t)rand_r(&seed);
        options.from = members[round % 5];
        read_bytes(&r, bytes_of(noise, len), "", &options);
        reading_release(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deep_pages_keep_their_text),
        cmocka_unit_test(what_costs_the_square_is_stripped),
        cmocka_unit_test(attribute_floods_are_stripped),
        cmocka_unit_test(long_paragraphs_are_whole),
        cmocka_unit_test(unclosed_things_end_with_the_page),
        cmocka_unit_test(many_links_and_tags_stay_linear),
        cmocka_unit_test(bad_bytes_are_replaced),
        cmocka_unit_test(feeds_may_not_grow),
        cmocka_unit_test(cut_anywhere),
        cmocka_unit_test(garbled_anywhere),
        cmocka_unit_test(noise_is_survived_by_every_member),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
