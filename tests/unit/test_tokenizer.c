/* test_tokenizer.c -- words of UAX #29, words of news, sentences, spans. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "common/text/analyzer.h"
#include "tests/unit/cases.h"

/* --- UAX #29 --- */

static FILE *unpack(const char *archive, const char *member)
{
    const char *shared = getenv("LEDE_SHARED");
    char command[1024], path[512];
    FILE *file;

    snprintf(path, sizeof(path), "%s/data/text/%s", shared ? shared : "",
             archive);
    file = shared ? fopen(path, "r") : NULL;
    if (!file)
        return NULL;
    fclose(file);
    snprintf(command, sizeof(command), "tar -xJOf '%s' '%s'", path, member);
    return popen(command, "r");
}

/* "÷ 0061 × 0308 ÷": the text, and a bit for each byte that a segment may
 * begin at or end before. */
static size_t read_rule(const char *line, struct buffer *text, bool *breaks)
{
    size_t cases = 0;

    buffer_clear(text);
    for (const char *at = line; *at && *at != '#';) {
        unsigned code;
        int len;

        if (strncmp(at, "\xC3\xB7", 2) == 0) {
            breaks[text->len] = true;
            at += 2;
        } else if (strncmp(at, "\xC3\x97", 2) == 0) {
            at += 2;
        } else if (sscanf(at, "%x%n", &code, &len) == 1) {
            size_t from = text->len;

            utf8_put(text, code);
            memset(breaks + from + 1, 0, text->len - from);
            at += len;
            cases++;
        } else {
            at++;
        }
    }
    return cases;
}

static void word_break_test_of_unicode_passes(void **state)
{
    FILE *file = unpack("wordbreak.tar.xz",
                        "wordbreak/BurntSushi+bstr/WordBreakTest.txt");
    struct buffer text = BUFFER_INIT;
    char line[4096];
    bool breaks[1024];
    unsigned count = 0, failed = 0;

    (void)state;
    if (!file) {
        print_message("needs $LEDE_SHARED/data/text/wordbreak.tar.xz\n");
        skip();
    }
    while (fgets(line, sizeof(line), file)) {
        breaks[0] = false;
        if (read_rule(line, &text, breaks) == 0)
            continue;
        count++;
        for (uint32_t at = 0; at < text.len;) {
            uint32_t end = words_next(buffer_bytes(&text), at);

            for (uint32_t i = at + 1; i <= end; i++)
                if (breaks[i] != (i == end)) {
                    print_error("%s", line);
                    failed++;
                    i = end = (uint32_t)text.len;
                }
            at = end;
        }
    }
    buffer_release(&text);
    assert_int_equal(pclose(file), 0);
    assert_true(count > 1800);
    assert_int_equal(failed, 0);
}

static void classes_are_those_of_the_library(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    for (uint32_t code = 0; code <= 0x10FFFF; code++) {
        struct place p;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        buffer_clear(&b);
        utf8_put(&b, code);
        p = place_at(buffer_bytes(&b), 0);
        assert_int_equal(p.code, code);
        assert_int_equal(p.next, b.len);
        assert_int_equal(p.class, uc_wordbreak_property(code));
    }
    buffer_release(&b);
}

/* --- News --- */

static const char *const kind_marks[] = {
    [TOKEN_WORD] = "", [TOKEN_NUMBER] = "/n", [TOKEN_ACRONYM] = "/a",
    [TOKEN_PAIR] = "/p", [TOKEN_TAIL] = "/t",
};

/* The tokens of a text as tokens.txt writes them. */
static void describe(struct buffer *into, struct bytes text)
{
    struct tokenizer t;
    struct token token;

    buffer_clear(into);
    tokenizer_init(&t, text);
    while (tokenizer_next(&t, &token)) {
        bool first = into->len == 0;

        assert_true(!first || token.begins_paragraph);
        assert_true(!token.begins_paragraph || token.begins_sentence);
        if (!first)
            buffer_put_str(into, " ");
        if (!first && token.begins_paragraph)
            buffer_put_str(into, "\xC2\xB6");
        else if (!first && token.begins_sentence)
            buffer_put_str(into, "\xC2\xA7");
        if (token.glued)
            buffer_put_str(into, "~");
        buffer_put(into, text.data + token.start, token.end - token.start);
        buffer_put_str(into, kind_marks[token.kind]);
    }
}

static void news_is_tokenized_as_the_table_says(void **state)
{
    struct buffer got = BUFFER_INIT;
    struct cases c;
    unsigned failed = 0;

    (void)state;
    cases_open(&c, "tests/cases/tokens.txt");
    while (cases_next(&c)) {
        describe(&got, cases_field(&c, 0));
        if (bytes_equal(buffer_bytes(&got), cases_field(&c, 1)))
            continue;
        print_error("%s:%u: %s\n  expected %s\n", c.path, c.line,
                    buffer_cstr(&got), buffer_cstr(&c.fields[1]));
        failed++;
    }
    buffer_release(&got);
    assert_int_equal(failed, 0);
}

static void long_tokens_are_left_out_and_counted(void **state)
{
    struct buffer text = BUFFER_INIT;
    struct tokenizer t;
    struct token token;

    (void)state;
    for (int i = 0; i < TOKEN_MAX; i++)
        buffer_put_u8(&text, 'x');
    buffer_put_str(&text, " b. ");
    for (int i = 0; i < TOKEN_MAX + 1; i++)
        buffer_put_u8(&text, 'Y');
    buffer_put_str(&text, "-c");
    tokenizer_init(&t, buffer_bytes(&text));
    assert_true(tokenizer_next(&t, &token));
    assert_int_equal(token.end, TOKEN_MAX);
    assert_true(tokenizer_next(&t, &token));
    assert_int_equal(t.skipped, 0);
    assert_true(tokenizer_next(&t, &token));
    assert_int_equal(text.data[token.start], 'c');
    assert_false(token.glued);
    assert_int_equal(t.skipped, 1);
    assert_false(tokenizer_next(&t, &token));
    assert_false(tokenizer_next(&t, &token));
    buffer_release(&text);
}

/* --- Time --- */

static double seconds_of(const char *unit, size_t size)
{
    struct buffer text = BUFFER_INIT;
    struct tokenizer t;
    struct token token;
    clock_t start;

    while (text.len < size)
        buffer_put_str(&text, unit);
    start = clock();
    tokenizer_init(&t, buffer_bytes(&text));
    while (tokenizer_next(&t, &token))
        ;
    for (uint32_t at = 0; at < text.len;)
        at = words_next(buffer_bytes(&text), at);
    buffer_release(&text);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Anything that is not linear takes hours over these. */
static void ten_megabytes_without_a_space_are_linear(void **state)
{
    static const char *const units[] = {
        "a", "1", "a.", "a_", "a'", "l'", "1,", "&", "a&", ".", "'s", "-",
        "\xCC\x88", "a\xCC\x88", "\xE6\x97\xA5", "\xE0\xB8\x81\xE0\xB8\xB4",
        "\xE1\x9F\x92", "\xE2\x80\x8D", "\xF0\x9F\x87\xA6", "\n", "!", "C+",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
        assert_true(seconds_of(units[i], 2000000) < 5);
    assert_true(seconds_of("a", 10000000) < 10);
    assert_true(seconds_of("\xE6\x97\xA5", 10000000) < 30);
}

/* --- Any text --- */

/* Pieces that meet the rules more often than random bytes would. */
static const char *const pieces[] = {
    "a", "B", "I", "s", "l", "qu", "1", "23", "456", ".", ",", "'", "\"",
    "\xE2\x80\x99", "-", "_", "&", "+", "#", "@", " ", "\n", "\n\n", "!",
    "\xE3\x80\x82", "\xE6\x97\xA5", "\xE3\x82\xAB", "\xE3\x83\xBC",
    "\xE0\xB8\x81", "\xE0\xB8\xB4", "\xE0\xB8\xB3", "\xE1\x9E\x81",
    "\xE1\x9F\x92", "\xD7\x90", "\xD9\x8E", "\xD8\xA7", "\xC2\xAD",
    "\xE2\x80\x8D", "\xE2\x80\x8C", "\xCC\x81", "\xC3\xA9", "\xD1\x91",
    "\xF0\x9F\x87\xA6", "\xE2\x84\xB9", "\xEA\xB0\x80", "Mr", "St",
    "\xFF", "\xE2\x82", "\xED\xA0\x80", "\0", "\r\n",
};

static void make_raw(struct buffer *raw, unsigned *seed)
{
    unsigned len = (unsigned)rand_r(seed) % 60;
    bool bytes = rand_r(seed) % 4 == 0;

    buffer_clear(raw);
    for (unsigned i = 0; i < len; i++) {
        unsigned one = (unsigned)rand_r(seed) >> 4;

        if (bytes)
            buffer_put_u8(raw, (uint8_t)one);
        else
            buffer_put_str(raw, pieces[one % (sizeof(pieces) /
                                              sizeof(*pieces))]);
    }
}

/* Memory of the exact length, so that a read behind it is seen. */
static struct bytes exactly(const struct buffer *text)
{
    uint8_t *copy = malloc(text->len ? text->len : 1);

    if (text->len)
        memcpy(copy, text->data, text->len);
    return bytes_of(copy, text->len);
}

static bool is_boundary(struct bytes text, uint32_t at)
{
    return at == text.len || (at < text.len && (text.data[at] & 0xC0) != 0x80);
}

static void check_spans(struct bytes text)
{
    struct token token, last = { .kind = TOKEN_WORD };
    struct tokenizer t;

    tokenizer_init(&t, text);
    for (unsigned i = 0; tokenizer_next(&t, &token); i++, last = token) {
        bool pairs = last.kind == TOKEN_PAIR &&
                     (token.kind == TOKEN_PAIR || token.kind == TOKEN_TAIL);

        assert_true(token.start < token.end && token.end <= text.len);
        assert_true(is_boundary(text, token.start));
        assert_true(is_boundary(text, token.end));
        assert_true(i == 0 || token.start > last.start);
        assert_true(i == 0 || token.end >= last.end);
        assert_true(i == 0 || pairs || token.start >= last.end);
        assert_true(i > 0 || !token.glued);
    }
    for (uint32_t at = 0, end; at < text.len; at = end) {
        end = words_next(text, at);
        assert_true(end > at && end <= text.len && is_boundary(text, end));
    }
}

static void spans_ascend_and_stay_inside(void **state)
{
    struct buffer raw = BUFFER_INIT, text = BUFFER_INIT;
    unsigned seed = 20260101;

    (void)state;
    print_message("seed %u\n", seed);
    for (int i = 0; i < 30000; i++) {
        struct bytes copy;

        make_raw(&raw, &seed);
        buffer_clear(&text);
        utf8_repair(&text, buffer_bytes(&raw));
        assert_true(utf8_valid(buffer_bytes(&text)));
        copy = exactly(&text);
        check_spans(copy);
        free((void *)(uintptr_t)copy.data);
    }
    buffer_release(&raw);
    buffer_release(&text);
}

/* Nobody should hand over invalid bytes; whoever does gets some tokens. */
static void invalid_text_is_not_overrun(void **state)
{
    struct analyzer *a = analyzer_new();
    struct lang langs[] = { lang_parse(bytes_str("tr")), LANG_NONE,
                            lang_parse(bytes_str("ar")) };
    struct buffer raw = BUFFER_INIT;
    unsigned seed = 20260102;

    (void)state;
    print_message("seed %u\n", seed);
    for (unsigned i = 0; i < 30000; i++) {
        struct tokenizer t;
        struct token token;
        struct bytes copy;

        make_raw(&raw, &seed);
        copy = exactly(&raw);
        tokenizer_init(&t, copy);
        while (tokenizer_next(&t, &token)) {
            assert_true(token.start < token.end && token.end <= copy.len);
            analyzer_apply(a, copy, &token, langs[i % 3]);
        }
        free((void *)(uintptr_t)copy.data);
    }
    buffer_release(&raw);
    analyzer_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_break_test_of_unicode_passes),
        cmocka_unit_test(classes_are_those_of_the_library),
        cmocka_unit_test(news_is_tokenized_as_the_table_says),
        cmocka_unit_test(long_tokens_are_left_out_and_counted),
        cmocka_unit_test(ten_megabytes_without_a_space_are_linear),
        cmocka_unit_test(spans_ascend_and_stay_inside),
        cmocka_unit_test(invalid_text_is_not_overrun),
    };

    return cmocka_run_group_tests_name("tokenizer", tests, NULL, NULL);
}
