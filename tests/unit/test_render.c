/* test_render.c -- an answer as text, JSON and TREC, without an index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <json-c/json.h>

#include "searcher/present/moment.h"
#include "searcher/present/render.h"

/* One answer of two hits, the second of the second tier. */
struct scene {
    struct arena arena;
    struct analyzer *analyzer;
    struct render_options look;
    struct request request;
    struct answer answer;
    struct hit hits[2];
    struct article article;
    struct snippet snippet;
    struct snippet_mark marks[1];
    struct render render;
    struct buffer out, aside;
};

static void scene_init(struct scene *s, enum render_format format)
{
    struct error err = ERROR_INIT;

    memset(s, 0, sizeof(*s));
    s->analyzer = analyzer_new();
    s->look.format = format;
    s->look.width = 40;
    s->look.utc = true;
    s->request = (struct request)REQUEST_INIT;
    s->request.text = bytes_str("gas tour");
    s->request.n = 2;
    assert_int_equal(query_parse(&s->answer.query, s->request.text,
                                 &s->request.reading, s->analyzer, &s->arena,
                                 &err), OK);
    s->hits[0] = (struct hit){ 0, 2.5f, 1 };
    s->hits[1] = (struct hit){ 1, 0.1f, 2 };
    s->answer.hits = s->hits;
    s->answer.count = 2;
    s->answer.total = 1;
    s->answer.second_total = 1234;
    s->answer.relaxed = true;
    article_init(&s->article);
    s->article.id = bytes_str("a 1");
    s->article.title = bytes_str("A gas tour\x1b[2J of the old \"continent\"");
    s->article.source = bytes_str("Reuters");
    s->article.path = bytes_str("news.jsonl");
    s->article.record = 3;
    s->article.lang = lang_parse(bytes_str("en"));
    assert_true(date_parse(&s->article.published,
                           bytes_str("2023-11-12T11:52:00Z"), 0));
    s->article.published_from = DATE_FROM_FEED;
    s->marks[0] = (struct snippet_mark){ 4, 7 };
    s->snippet = (struct snippet){ bytes_str("The gas was here."), s->marks,
                                   1 };
    s->render = (struct render){ .options = &s->look,
        .request = &s->request, .answer = &s->answer,
        .oldest = DATE_UNDATED, .newest = DATE_UNDATED,
        .out = &s->out, .aside = &s->aside };
}

static void scene_release(struct scene *s)
{
    analyzer_free(s->analyzer);
    arena_release(&s->arena);
    buffer_release(&s->out);
    buffer_release(&s->aside);
}

static void play(struct scene *s, const struct explanation *why)
{
    const struct render_ops *ops = render_ops_of(s->look.format);

    ops->begin(&s->render);
    for (uint32_t i = 0; i < s->answer.count; i++) {
        struct render_hit hit = { &s->hits[i], i + 1, &s->article,
            { s->article.title, NULL, 0 }, &s->snippet, 1, why };

        ops->hit(&s->render, &hit);
    }
    ops->end(&s->render);
}

static void text_is_wrapped_and_in_tiers(void **state)
{
    struct scene s;

    (void)state;
    scene_init(&s, RENDER_TEXT);
    play(&s, NULL);
    assert_string_equal(buffer_cstr(&s.out),
        "1 article, best first\n"
        "\n"
        " 1  A gas tour\\x1b[2J of the old\n"
        "    \"continent\"\n"
        "    Reuters \xc2\xb7 12 Nov 2023 11:52 \xc2\xb7 en \xc2\xb7\n"
        "    date from feed\n"
        "    The gas was here.\n"
        "    news.jsonl#3\n"
        "\n"
        "no more articles with all of: gas tour; 1,234 with some of them "
        "follow\n"
        "\n"
        " 2  A gas tour\\x1b[2J of the old\n"
        "    \"continent\"\n"
        "    Reuters \xc2\xb7 12 Nov 2023 11:52 \xc2\xb7 en \xc2\xb7\n"
        "    date from feed\n"
        "    The gas was here.\n"
        "    news.jsonl#3\n");
    assert_string_equal(buffer_cstr(&s.aside),
                        "more: lede-search --from 2 \xe2\x80\xa6\n");
    scene_release(&s);
}

static void colours_surround_the_marks(void **state)
{
    struct scene s;

    (void)state;
    scene_init(&s, RENDER_TEXT);
    s.answer.count = 1;
    s.look.colours = (struct colours){ "1", "36", "" };
    s.look.width = 0;
    play(&s, NULL);
    assert_non_null(strstr(buffer_cstr(&s.out),
                           "    The \033[1mgas\033[m was here.\n"));
    assert_non_null(strstr(buffer_cstr(&s.out), " 1  \033[36mA gas tour\\x1b"
                           "[2J of the old \"continent\"\033[m\n"));
    scene_release(&s);
}

static void time_and_dates_stand_in_the_first_line(void **state)
{
    struct scene s;

    (void)state;
    scene_init(&s, RENDER_TEXT);
    s.answer.count = 0;
    s.answer.seconds = 0.0184;
    s.look.seconds = true;
    s.render.oldest = date_of_civil(2023, 11, 12);
    s.render.newest = date_of_civil(2024, 2, 1) + 60;
    s.look.width = 50;
    play(&s, NULL);
    assert_string_equal(buffer_cstr(&s.out),
        "1 article, 2023-11-12 \xe2\x80\xa6 2024-02-01         0.018 s\n");
    scene_release(&s);
}

static struct json_object *field(struct json_object *object, const char *name)
{
    struct json_object *value = NULL;

    assert_true(json_object_object_get_ex(object, name, &value));
    return value;
}

static void json_reads_back(void **state)
{
    struct explain_part parts[] = {
        { "gas", { NULL, 0 }, 3, 12, 1.5f, 1.0f, 0.7f, 2.5f },
    };
    struct explanation why = { parts, 1, 120, 98.5f, 1000, 2.5f };
    struct json_object *hit, *marks;
    struct scene s;
    char *line, *rest;

    (void)state;
    scene_init(&s, RENDER_JSON);
    s.render.qid = bytes_str("q\"1");
    play(&s, &why);
    buffer_cstr(&s.out);
    line = strtok_r((char *)s.out.data, "\n", &rest);
    hit = json_tokener_parse(line);
    assert_non_null(hit);
    assert_string_equal(json_object_get_string(field(hit, "qid")), "q\"1");
    assert_string_equal(json_object_get_string(field(hit, "title")),
                        (const char *)s.article.title.data);
    assert_string_equal(json_object_get_string(field(hit, "date")),
                        "2023-11-12T11:52:00Z");
    assert_null(field(hit, "url"));
    marks = field(json_object_array_get_idx(field(hit, "snippets"), 0),
                  "marks");
    assert_string_equal(json_object_to_json_string_ext(marks, 0), "[[4,7]]");
    assert_string_equal(json_object_to_json_string_ext(
        field(field(hit, "explain"), "average_length"), 0), "98.5");
    json_object_put(hit);
    strtok_r(NULL, "\n", &rest);
    line = strtok_r(NULL, "\n", &rest);
    hit = json_tokener_parse(line);
    assert_string_equal(json_object_get_string(field(hit, "type")),
                        "summary");
    assert_int_equal(json_object_get_int(field(hit, "second_total")), 1234);
    assert_true(json_object_get_boolean(field(hit, "relaxed")));
    json_object_put(hit);
    assert_null(strtok_r(NULL, "\n", &rest));
    scene_release(&s);
}

static void trec_has_six_columns(void **state)
{
    struct scene s;

    (void)state;
    scene_init(&s, RENDER_TREC);
    s.render.qid = bytes_str("301");
    play(&s, NULL);
    assert_string_equal(buffer_cstr(&s.out),
                        "301 Q0 a%201 1 2.5 lede\n"
                        "301 Q0 a%201 2 0.100000001 lede\n");
    assert_int_equal(s.aside.len, 0);
    buffer_clear(&s.out);
    s.article.id = BYTES_NONE;
    s.answer.count = 1;
    play(&s, NULL);
    assert_string_equal(buffer_cstr(&s.out),
                        "301 Q0 news.jsonl#3 1 2.5 lede\n");
    scene_release(&s);
}

static void expect_moment(const char *written, const char *want)
{
    struct buffer b = BUFFER_INIT;
    struct date date = UNDATED;

    if (*written)
        assert_true(date_parse(&date, bytes_str(written), 0));
    moment_put(&b, &date, true);
    assert_string_equal(buffer_cstr(&b), want);
    buffer_release(&b);
}

static void moments_say_what_is_known(void **state)
{
    (void)state;
    expect_moment("2023-11-12T11:52:15+02:00", "12 Nov 2023 09:52");
    expect_moment("2023-11-02", "2 Nov 2023");
    expect_moment("2023-11", "Nov 2023");
    expect_moment("2023", "2023");
    expect_moment("", "undated");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_wrapped_and_in_tiers),
        cmocka_unit_test(colours_surround_the_marks),
        cmocka_unit_test(time_and_dates_stand_in_the_first_line),
        cmocka_unit_test(json_reads_back),
        cmocka_unit_test(trec_has_six_columns),
        cmocka_unit_test(moments_say_what_is_known),
    };

    return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
