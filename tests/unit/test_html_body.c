/* test_html_body.c -- what of a page is its article, and what stands around
 * it. */
#include "tests/unit/read_case.h"

#define FIRST "<p>The council voted on Monday, after a long debate about the " \
              "price, to build the second bridge, and the mayor thanked all " \
              "who had come.</p>"
#define SECOND "<p>A third of the members, who had wanted a tunnel, left the " \
               "room before the vote, and some of them said that they would " \
               "take the matter to court before the summer.</p>"
#define THIRD "<p>The work begins in May, the engineers said, and is to last " \
              "for three years, or four if the river floods in between.</p>"

static bool holds(struct bytes text, const char *part)
{
    return text.len && memmem(text.data, text.len, part, strlen(part));
}

/* The body of an article page with this inside. */
static void read_body(struct reading *r, const char *inside)
{
    struct buffer page = BUFFER_INIT;

    buffer_put_str(&page, "<html><head><title>The bridge</title></head>"
                          "<body><div class=story><h1>The bridge</h1>");
    buffer_put_str(&page, inside);
    buffer_put_str(&page, "</div></body></html>");
    read_bytes(r, buffer_bytes(&page), ".html", NULL);
    buffer_release(&page);
}

/* `inside` gives a body with `kept` and without `dropped`; either NULL. */
static void assert_body(const char *inside, const char *kept,
                        const char *dropped)
{
    struct reading r;

    read_body(&r, inside);
    assert_int_equal(r.count, 1);
    if (kept && !holds(r.articles[0].body, kept))
        fail_msg("lost: %s", kept);
    if (dropped && holds(r.articles[0].body, dropped))
        fail_msg("kept: %s", dropped);
    reading_release(&r);
}

static void comments_are_not_the_article(void **state)
{
    (void)state;
    assert_body(FIRST SECOND THIRD "<div id=comments><p>I have lived here for "
                "forty years and nobody has ever asked me what I think of a "
                "bridge.</p><p>Nobody has asked me either, and I would have "
                "told them that a tunnel costs a lot less than that.</p><p>It "
                "is not the price that counts but the time, and of that we "
                "have none, as everybody can see.</p></div>",
                "The work begins", "forty years");
    /* It only begins like the word. */
    assert_body("<div class=commentary>" FIRST SECOND "</div>", "A third",
                NULL);
}

/* A line that ends articles, with more of the article behind it. */
static void an_article_may_go_on(void **state)
{
    (void)state;
    assert_body("<div class=t>" FIRST SECOND SECOND "</div><h3>More from the "
                "Sheet</h3><ul><li><a href=/x>A ferry sinks</a></ul>"
                "<div class=t>" THIRD "</div>", "The work begins",
                "More from");
    assert_body(FIRST SECOND SECOND "<h3>More from the Sheet</h3><div "
                "class=c><div class=d><p>The ferry sank on Tuesday, and all "
                "who were on it came to the shore in boats of the harbour "
                "police, the harbour said.</p></div></div>", "A third",
                "The ferry");
}

static void headings_may_link_to_themselves(void **state)
{
    (void)state;
    assert_body(FIRST "<h2><a href='#cost'>What it costs</a></h2>" SECOND,
                "What it costs", NULL);
    assert_body(FIRST "<div><h2><a href='/ferry'>The ferry</a></h2></div>"
                SECOND, "A third", "The ferry");
}

static void teasers_are_not_the_article(void **state)
{
    (void)state;
    assert_body(FIRST SECOND THIRD "<h3><a href=/f>The ferry sinks</a></h3>"
                "<p>The ferry went down on Tuesday and its captain, who had "
                "seen many storms, told the harbour that this\xe2\x80\xa6</p>",
                "The work begins", "its captain");
    /* An article may break off, too. */
    assert_body(FIRST SECOND "<p>And then, as if nothing had been said at all "
                "in the three hours before, the mayor went home...</p>",
                "went home...", NULL);
}

static void paragraphs_come_once(void **state)
{
    struct reading r;
    const uint8_t *again;

    (void)state;
    read_body(&r, FIRST SECOND THIRD SECOND);
    again = memmem(r.articles[0].body.data, r.articles[0].body.len, "A third",
                   7);
    assert_non_null(again);
    assert_false(holds(bytes_of(again + 1, (size_t)(r.articles[0].body.data +
                                r.articles[0].body.len - again - 1)),
                       "A third"));
    reading_release(&r);
}

static void scripts_do_not_leak(void **state)
{
    (void)state;
    assert_body(FIRST "<p>\",\"providerName\":\"Video\",\"thumbnail\":null,"
                "\"type\":\"oembed\",\"width\":550, and so on.</p>" SECOND,
                "A third", "providerName");
}

/* Names that would make the whole article furniture. */
static void the_headline_is_not_in_furniture(void **state)
{
    static const char *const around[] = { "<nav class=navbar>",
                                          "<div class=popup>",
                                          "<div class='teaser has-paywall'>",
                                          "<aside>" };
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(around) / sizeof(*around); i++) {
        struct buffer page = BUFFER_INIT;

        buffer_printf(&page, "<html><head><title>The bridge</title></head>"
                      "<body><p>Home<p>News%s<h1>The bridge</h1>" FIRST
                      SECOND, around[i]);
        read_bytes(&r, buffer_bytes(&page), ".html", NULL);
        if (!holds(r.articles[0].body, "A third"))
            fail_msg("lost in %s", around[i]);
        reading_release(&r);
        buffer_release(&page);
    }
    /* Without a headline, what is called furniture is better than nothing. */
    read_bytes(&r, bytes_str("<html><head><title>x</title></head><body><p>Home"
                             "</p><aside class=related>" FIRST "</aside>"
                             "</body></html>"), ".html", NULL);
    assert_true(holds(r.articles[0].body, "the second bridge"));
    reading_release(&r);
}

static void named_by_a_page_builder_is_not_furniture(void **state)
{
    (void)state;
    assert_body("<div class='elementor-element elementor-widget'><div "
                "class=elementor-widget-container>" FIRST "</div></div>"
                "<div class=elementor-element>" SECOND THIRD "</div>",
                "second bridge", NULL);
    assert_body("<div class='so-panel widget widget_text'>" FIRST "</div>"
                "<div class=so-panel>" SECOND THIRD "</div>",
                "second bridge", NULL);
    assert_body("<div class='field field--name-body field--label-hidden'>"
                FIRST SECOND "</div>" THIRD, "second bridge", NULL);
    assert_body(FIRST SECOND THIRD "<div class='widget widget_text'><p>Read "
                "us every morning, in the train or at the breakfast table, "
                "with the news of the whole county and of the world.</p>"
                "</div>", "The work begins", "every morning");
}

static void a_figure_may_be_a_table(void **state)
{
    (void)state;
    assert_body(FIRST SECOND "<figure class=wp-block-table><table><tr><td>"
                "Price of the bridge</td><td>9 million</td></tr></table>"
                "</figure>" THIRD, "9 million", NULL);
}

static void linked_headings_among_paragraphs_stay(void **state)
{
    (void)state;
    assert_body(FIRST "<h3><a href=/price>The price</a></h3>" SECOND
                "<h2>Plans</h2><h3><a href=/work>The work</a></h3>" THIRD,
                "The price", NULL);
    assert_body(FIRST "<h2>Plans</h2><h3><a href=/work>The work</a></h3>"
                THIRD, "Plans\n\nThe work", NULL);
    /* Over a teaser it is that of another article. */
    assert_body(FIRST SECOND THIRD "<div class=card><h3><a href=/ferry>The "
                "ferry sails</a></h3><p>The ferry, which had been in the "
                "dock since autumn, sails again from Monday, the harbour "
                "master said on Friday.</p></div>", "The work begins",
                "The ferry sails");
}

static void what_readers_pay_for_is_the_article(void **state)
{
    (void)state;
    assert_body("<div class=subscriber-preview>" FIRST "</div><div "
                "class=subscriber-only style='display:none'>" SECOND
                "</div>" THIRD, "A third", NULL);
    assert_body(FIRST "<p class=paywall>A third of the members, who had "
                "wanted a tunnel, left the room before the vote, and said "
                "that they would be heard.</p>" THIRD, "A third", NULL);
    assert_body(FIRST SECOND THIRD "<div class=paywall><p>Subscribe to read "
                "on, and you will have this article and all the others, for "
                "as little as a coffee a month, says the owner.</p></div>",
                "The work begins", "a coffee");
}

static void a_button_ends_with_its_end(void **state)
{
    (void)state;
    assert_body("<button><div></button>" FIRST SECOND "<button>Share"
                "</button>", "A third", "Share");
}

static void the_tail_is_cut_off(void **state)
{
    (void)state;
    assert_body(FIRST SECOND THIRD "<p>Reporting by A. Example; editing by B. "
                "Sample</p><p>Follow us on the river.</p>",
                "The work begins", "Reporting by");
    assert_body(FIRST SECOND THIRD "<p>Ada Byron can be reached at "
                "ada@sheet.example.</p>", "The work begins", "Ada Byron");
    /* Not in the middle, not the whole, not a sentence of the article. */
    assert_body(FIRST "<p>Reporting by the Sheet had shown what it costs."
                "</p>" SECOND, "Reporting by", NULL);
    assert_body("<p>Follow us on the river, said the mayor, and all of them "
                "did.</p>", "Follow us", NULL);
    assert_body(FIRST SECOND "<p>It was far from over.</p>", "far from over",
                NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_readers_pay_for_is_the_article),
        cmocka_unit_test(a_button_ends_with_its_end),
        cmocka_unit_test(the_tail_is_cut_off),
        cmocka_unit_test(named_by_a_page_builder_is_not_furniture),
        cmocka_unit_test(a_figure_may_be_a_table),
        cmocka_unit_test(linked_headings_among_paragraphs_stay),
        cmocka_unit_test(comments_are_not_the_article),
        cmocka_unit_test(an_article_may_go_on),
        cmocka_unit_test(headings_may_link_to_themselves),
        cmocka_unit_test(teasers_are_not_the_article),
        cmocka_unit_test(paragraphs_come_once),
        cmocka_unit_test(scripts_do_not_leak),
        cmocka_unit_test(the_headline_is_not_in_furniture),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
