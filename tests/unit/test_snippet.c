/* test_snippet.c -- the passages that are chosen, and what they mark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "common/text/unicode.h"
#include "searcher/present/columns.h"
#include "searcher/present/snippet.h"

/* What every test needs: marks, and somewhere to make snippets. */
struct bench {
    struct arena arena;
    struct analyzer *analyzer;
    struct bytes stems[16];
    struct marks marks;
    struct snippet_maker maker;
    struct article article;
};

static int compare(const void *a, const void *b)
{
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

/* `words` are stems already, one blank between them. */
static void bench_init(struct bench *t, const char *words, const char *body)
{
    char *copy;

    memset(t, 0, sizeof(*t));
    t->analyzer = analyzer_new();
    copy = arena_str(&t->arena, bytes_str(words));
    t->marks.stems = t->stems;
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        t->stems[t->marks.count++] = bytes_str(word);
    qsort(t->stems, t->marks.count, sizeof(*t->stems), compare);
    t->maker = (struct snippet_maker){ &t->marks, t->analyzer, &t->arena,
                                       SNIPPET_COLUMNS };
    t->article.lang = lang_parse(bytes_str("en"));
    t->article.body = bytes_str(body);
}

static void bench_release(struct bench *t)
{
    analyzer_free(t->analyzer);
    arena_release(&t->arena);
}

/* The snippet with its marks in brackets. */
static void expect(const struct snippet *s, const char *want)
{
    struct buffer b = BUFFER_INIT;
    uint32_t at = 0;

    for (size_t i = 0; i < s->count; i++) {
        assert_true(s->marks[i].start >= at);
        assert_true(s->marks[i].end > s->marks[i].start);
        assert_true(s->marks[i].end <= s->text.len);
        buffer_put(&b, s->text.data + at, s->marks[i].start - at);
        buffer_put_u8(&b, '[');
        at = s->marks[i].end;
        buffer_put(&b, s->text.data + s->marks[i].start,
                   at - s->marks[i].start);
        buffer_put_u8(&b, ']');
    }
    buffer_put(&b, s->text.data + at, s->text.len - at);
    assert_string_equal(buffer_cstr(&b), want);
    buffer_release(&b);
}

static void expect_whole(const char *stems, const char *lang,
                         const char *text, const char *want)
{
    struct bench t;
    struct snippet s;

    bench_init(&t, stems, "");
    s = snippet_whole(&t.maker, bytes_str(text), lang_parse(bytes_str(lang)));
    expect(&s, want);
    bench_release(&t);
}

static void expect_best(const char *stems, unsigned columns, const char *body,
                        const char *want)
{
    struct bench t;
    struct snippet s;

    bench_init(&t, stems, body);
    t.maker.columns = columns;
    assert_int_equal(snippets_take(&s, 1, &t.maker, &t.article), 1);
    expect(&s, want);
    bench_release(&t);
}

static void a_title_is_marked_by_stem(void **state)
{
    (void)state;
    expect_whole("tour lavrov", "en", "Lavrov's tours: a TOURING Lavrov",
                 "[Lavrov]'s [tours]: a [TOURING] [Lavrov]");
    expect_whole("", "en", "Nothing  asked", "Nothing  asked");
    expect_whole("x", "en", "", "");
}

static void pairs_mark_the_characters_they_cover(void **state)
{
    (void)state;
    expect_whole("\xe4\xb8\xad\xe4\xba\x9a \xe4\xba\x9a\xe5\x8f\xb0", "zh",
                 "\xe5\x9c\xa8\xe4\xb8\xad\xe4\xba\x9a\xe5\x8f\xb0\xe5\x9b\x9e",
                 "\xe5\x9c\xa8[\xe4\xb8\xad\xe4\xba\x9a\xe5\x8f\xb0]"
                 "\xe5\x9b\x9e");
}

static void short_texts_come_whole_and_squeezed(void **state)
{
    (void)state;
    expect_best("asia", 240, " One  two.\n\nAbout Asia\tnow. ",
                "One two. About [Asia] now.");
    expect_best("absent", 240, "Only\nthis.", "Only this.");
    expect_best("asi", 240, "\xc2\xab\xc2\xa0" "Asie\xc2\xa0\xc2\xbb",
                "\xc2\xab\xc2\xa0[Asie]\xc2\xa0\xc2\xbb");
}

static void the_window_with_more_different_words_wins(void **state)
{
    (void)state;
    expect_best("asia lavrov", 40,
                "Asia, Asia, Asia and Asia again. Then something else came. "
                "Lavrov spoke in Asia. And so on it went for days.",
                "[Lavrov] spoke in [Asia]. And so on it went \xe2\x80\xa6");
}

static void a_sentence_that_fits_begins_the_passage(void **state)
{
    (void)state;
    expect_best("asia", 40, "A first sentence that is of no use at all. "
                "\"The way to Asia is long,\" he said.",
                "\"The way to [Asia] is long,\" he said.");
    expect_best("asia", 40, "A first sentence that goes on and on without "
                "an end until Asia is named and even then it does not stop.",
                "\xe2\x80\xa6 end until [Asia] is named and even then it "
                "\xe2\x80\xa6");
}

static void passages_do_not_overlap(void **state)
{
    struct bench t;
    struct snippet s[5];
    struct buffer body = BUFFER_INIT;
    size_t count;

    (void)state;
    for (unsigned i = 0; i < 40; i++)
        buffer_printf(&body, "Sentence %u names %s here. ", i,
                      i % 7 ? "nobody" : i % 2 ? "Lavrov" : "Asia");
    bench_init(&t, "asia lavrov", buffer_cstr(&body));
    t.maker.columns = 60;
    count = snippets_take(s, 5, &t.maker, &t.article);
    assert_int_equal(count, 5);
    expect(&s[0], "Sentence 0 names [Asia] here. Sentence 1 names nobody "
                  "here.");
    expect(&s[1], "Sentence 7 names [Lavrov] here. Sentence 8 names nobody "
                  "here.");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(bytes_compare(s[i].text, s[j].text), 0);
    bench_release(&t);
    buffer_release(&body);
}

static void lead_and_body_are_not_mixed(void **state)
{
    struct bench t;
    struct snippet s[3];

    (void)state;
    bench_init(&t, "asia lavrov", "Asia is far.");
    t.article.lead = bytes_str("Lavrov is here.");
    assert_int_equal(snippets_take(s, 3, &t.maker, &t.article), 2);
    expect(&s[0], "[Lavrov] is here.");
    expect(&s[1], "[Asia] is far.");
    t.article.lead = bytes_str("Asia is");
    assert_int_equal(snippets_take(s, 3, &t.maker, &t.article), 1);
    t.article.body = t.article.lead = BYTES_NONE;
    assert_int_equal(snippets_take(s, 3, &t.maker, &t.article), 0);
    bench_release(&t);
}

/* Widths, wide and combining characters, words without an end: whatever the
 * text, the passage is valid and about as wide as was asked. */
static void no_character_is_cut(void **state)
{
    static const char *const bits[] = {
        "\xe6\x97\xa5", "e\xcc\x81", " ", "x", "\xf0\x9f\x98\x80", "Asia ",
        "\xe3\x80\x82", "long-and-longer", ". ", "\xd0\x96\xd0\x9e ", "\n\n"
    };
    unsigned seed = 20231112;

    (void)state;
    for (unsigned round = 0; round < 400; round++) {
        struct buffer body = BUFFER_INIT;
        struct snippet s[3];
        struct bench t;
        size_t count;

        for (unsigned i = 0; i < 200; i++) {
            seed = seed * 1103515245 + 12345;
            buffer_put_str(&body, bits[(seed >> 16) % 11]);
        }
        bench_init(&t, "asia \xe6\x97\xa5\xe6\x97\xa5 x",
                   buffer_cstr(&body));
        t.maker.columns = 5 + round % 60;
        count = snippets_take(s, 3, &t.maker, &t.article);
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            struct bytes text = s[i].text;

            assert_true(utf8_valid(text));
            assert_true(columns_of(text) <= t.maker.columns + 4 + 30);
            for (size_t k = 0; k < s[i].count; k++) {
                assert_true(s[i].marks[k].end <= text.len);
                assert_true(utf8_valid(bytes_part(text, s[i].marks[k].start,
                    s[i].marks[k].end - s[i].marks[k].start)));
            }
        }
        bench_release(&t);
        buffer_release(&body);
    }
}

static void ten_megabytes_take_linear_time(void **state)
{
    struct buffer body = BUFFER_INIT;
    struct bench t;
    struct snippet s[3];
    clock_t start;

    (void)state;
    while (body.len < 10 << 20)
        buffer_put_str(&body, "asia and asia and other words, ");
    buffer_put_str(&body, "lavrov");
    bench_init(&t, "asia lavrov", buffer_cstr(&body));
    start = clock();
    assert_int_equal(snippets_take(s, 3, &t.maker, &t.article), 3);
    assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
    assert_int_equal(s[0].marks[s[0].count - 1].end, s[0].text.len);
    bench_release(&t);
    buffer_release(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_title_is_marked_by_stem),
        cmocka_unit_test(pairs_mark_the_characters_they_cover),
        cmocka_unit_test(short_texts_come_whole_and_squeezed),
        cmocka_unit_test(the_window_with_more_different_words_wins),
        cmocka_unit_test(a_sentence_that_fits_begins_the_passage),
        cmocka_unit_test(passages_do_not_overlap),
        cmocka_unit_test(lead_and_body_are_not_mixed),
        cmocka_unit_test(no_character_is_cut),
        cmocka_unit_test(ten_megabytes_take_linear_time),
    };

    return cmocka_run_group_tests_name("snippet", tests, NULL, NULL);
}
