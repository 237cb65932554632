/* test_quotation.c -- who says what in a text, and what hostile text gets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "indexer/enrich/quotation_finder.h"
#include "tests/unit/cases.h"

static void find(struct article *a, struct bytes text, const char *lang,
                 struct quotation_finder *f, struct arena *arena)
{
    article_init(a);
    a->body = text;
    a->lang = lang_parse(bytes_str(lang));
    quotation_find(f, a, arena);
}

/* "kind speaker: words | ...", as the table has it. */
static void put_found(struct buffer *b, const struct article *a)
{
    for (size_t i = 0; i < a->quotes.count; i++) {
        const struct quotation *q = &a->quotes.items[i];
        struct bytes written = bytes_part(a->body, q->speaker_start,
                                          q->speaker_end - q->speaker_start);

        buffer_printf(b, "%s%s%s ", i ? " | " : "", q->denied ? "denied " : "",
                      quotation_kind_name(q->kind));
        if (q->name.len)
            buffer_put_bytes(b, q->name);
        else
            buffer_printf(b, "[%.*s]", (int)written.len,
                          (const char *)written.data);
        buffer_printf(b, ": %.*s", (int)(q->end - q->start),
                      (const char *)a->body.data + q->start);
    }
}

static void texts_tell_who_says_what(void **state)
{
    struct quotation_finder *f = quotation_finder_new();
    struct arena arena = ARENA_INIT;
    struct buffer got = BUFFER_INIT;
    struct cases c;
    unsigned wrong = 0, count = 0;

    (void)state;
    cases_open(&c, "tests/cases/quotations.txt");
    for (; cases_next(&c); count++) {
        struct article a;

        arena_reset(&arena);
        buffer_clear(&got);
        find(&a, cases_field(&c, 1), buffer_cstr(&c.fields[0]), f, &arena);
        put_found(&got, &a);
        if (bytes_equal(cases_field(&c, 2), buffer_bytes(&got)))
            continue;
        print_message("%s:%u: %s\n", c.path, c.line, buffer_cstr(&got));
        wrong++;
    }
    assert_true(count > 0);
    assert_int_equal(wrong, 0);
    buffer_release(&got);
    arena_release(&arena);
    quotation_finder_free(f);
}

/* --- Hostile text --- */

static void repeat(struct buffer *b, const char *part, size_t times)
{
    while (times--)
        buffer_put_str(b, part);
}

/* Finds in the text, which is released, within seconds; every offset is in
 * its field, and the plain quotation behind all that is found. */
static void survive(struct buffer *b, size_t most)
{
    static const char plain[] = "\n\n\"The harbour is open again,\" Maria "
                                "Lopez said.\n";
    struct quotation_finder *f = quotation_finder_new();
    struct arena arena = ARENA_INIT;
    struct article a;
    bool found = false;
    clock_t start = clock();

    buffer_put_str(b, plain);
    find(&a, buffer_bytes(b), "en", f, &arena);
    if (clock() - start > 10 * CLOCKS_PER_SEC)
        fail_msg("%.1f s", (double)(clock() - start) / CLOCKS_PER_SEC);
    for (size_t i = 0; i < a.quotes.count; i++) {
        const struct quotation *q = &a.quotes.items[i];

        assert_true(q->start < q->end && q->end <= b->len);
        assert_true(q->cue_start <= q->cue_end && q->cue_end <= b->len);
        assert_true(q->speaker_start <= q->speaker_end &&
                    q->speaker_end <= b->len);
        assert_true(q->sentence_start <= q->start &&
                    q->end <= q->sentence_end && q->sentence_end <= b->len);
        assert_true(q->confidence >= 0 && q->confidence <= 1);
        assert_true(q->end - q->start <= most);
        found = found || bytes_equal(q->name, bytes_str("Maria Lopez"));
    }
    assert_true(found);
    arena_release(&arena);
    quotation_finder_free(f);
    buffer_release(b);
}

enum { PIECE = 64 << 10 };

static void marks_that_do_not_match(void **state)
{
    static const char *const marks[] = { "\"", "“", "”", "„", "«", "»", "‘",
        "’", "'", "``", "''", "「", "」", " \"", "\" ", " ‘a", "“”", "»«",
        " «a \"b " };

    (void)state;
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        struct buffer b = BUFFER_INIT;

        repeat(&b, marks[i], 40000);
        survive(&b, PIECE);
    }
}

static void a_quotation_without_end(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    buffer_put_str(&b, "John Smith said: \"It never ends");
    repeat(&b, " and goes on", 30);
    repeat(&b, "\n\nAnother paragraph is not his.", 30);
    survive(&b, 400);
}

static void a_page_of_nothing_but_quotes(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    repeat(&b, "\"All of it is quoted, every word of it.\"\n\n", 20000);
    survive(&b, 100);
}

static void a_transcript_without_end(void **state)
{
    static const char *const turns[] = { "Q: Why?\n\nA: Because.\n\n",
        "ANN LEE: Yes.\n\nJO BO: No.\n\nIt goes on.\n\n",
        "ANN LEE\n\nYes.\n\nJO BO\n\nNo.\n\n", "Ann: Jo: Ann: " };

    (void)state;
    for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++) {
        struct buffer b = BUFFER_INIT;

        repeat(&b, turns[i], 3000);
        survive(&b, i < 3 ? 100 : PIECE);
    }
}

static void ten_megabytes_in_a_paragraph(void **state)
{
    static const char *const parts[] = { "word ", "\"it\" he said and ",
        "Name Name Name, ", "he said that he said that ", "a", "Иванов ",
        "according to according to " };

    (void)state;
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        struct buffer b = BUFFER_INIT;

        repeat(&b, parts[i], (i ? 1 << 20 : 10 << 20) / strlen(parts[i]));
        survive(&b, PIECE);
    }
}

static void bytes_of_every_kind(void **state)
{
    struct buffer b = BUFFER_INIT;

    (void)state;
    buffer_put_str(&b, "\xd9\x82\xd8\xa7\xd9\x84 \xc2\xab\xd9\x86\xd8\xb9"
                       "\xd9\x85\xc2\xbb \xe2\x80\x8f\"\xd7\xa9\xd7\x9c"
                       "\xd7\x95\xd7\x9d\" \xe2\x80\xae said.\n");
    for (unsigned seed = 1, i = 0; i < 200000; i++) {
        static const char *const bits[] = { "\"", " ", "said", ", ", ".",
            "He", "“", "”", "'", "the", "\n", "Lavrov", "that", ":", "é",
            "«", "(", ")", "-", "1", "Mr.", "…" };

        seed = seed * 1103515245 + 12345;
        buffer_put_str(&b, bits[(seed >> 16) % (sizeof(bits) /
                                                sizeof(*bits))]);
    }
    survive(&b, PIECE);
}

/* --- The record --- */

static void records_come_back_whole(void **state)
{
    static const char text[] = "Yesterday \"no\" said he in Ankara.";
    struct quotation q = { .start = 10, .end = 14, .cue_start = 15,
        .cue_end = 19, .speaker_start = 20, .speaker_end = 22,
        .sentence_end = sizeof(text) - 1, .where = QUOTE_IN_LEAD,
        .kind = QUOTE_MIXED, .speaker_kind = SPEAKER_PRONOUN, .denied = true,
        .confidence = 0.876f, .name = bytes_str("Paul"),
        .role = bytes_str("mayor") };
    struct buffer b = BUFFER_INIT;
    struct quotation_record r;

    (void)state;
    quotation_pack(&b, &q, bytes_str(text));
    assert_true(quotation_unpack(&r, buffer_bytes(&b)));
    assert_true(bytes_equal(r.words, bytes_str("\"no\"")));
    assert_true(bytes_equal(r.cue, bytes_str("said")));
    assert_true(bytes_equal(r.speaker, bytes_str("he")));
    assert_true(bytes_equal(r.before, bytes_str("Yesterday ")));
    assert_true(bytes_equal(r.after, bytes_str(" said he in Ankara.")));
    assert_true(bytes_equal(quotation_speaker(&r), bytes_str("Paul")));
    assert_true(r.start == 10 && r.end == 14 && r.percent == 88);
    assert_true(r.denied && r.where == QUOTE_IN_LEAD);
    assert_true(r.kind == QUOTE_MIXED && r.speaker_kind == SPEAKER_PRONOUN);
    for (size_t len = 0; len < b.len; len++)
        assert_false(quotation_unpack(&r, bytes_of(b.data, len)));
    for (size_t bit = 0; bit < b.len * 8; bit++) {
        b.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (quotation_unpack(&r, buffer_bytes(&b)))
            assert_true(r.percent <= 100 && r.kind <= QUOTE_REPORTED);
        b.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    buffer_release(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_tell_who_says_what),
        cmocka_unit_test(marks_that_do_not_match),
        cmocka_unit_test(a_quotation_without_end),
        cmocka_unit_test(a_page_of_nothing_but_quotes),
        cmocka_unit_test(a_transcript_without_end),
        cmocka_unit_test(ten_megabytes_in_a_paragraph),
        cmocka_unit_test(bytes_of_every_kind),
        cmocka_unit_test(records_come_back_whole),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
