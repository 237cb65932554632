/* test_source_page.c -- an HTML page: its facts, its body, its faults. */
#include "indexer/read/html.h"
#include "tests/unit/read_case.h"

#define SAMPLE "tests/cases/read/page.html"

static bool holds(struct bytes text, const char *part)
{
    return text.len && memmem(text.data, text.len, part, strlen(part));
}

static void facts_come_from_their_witnesses(void **state)
{
    struct reading r;

    (void)state;
    read_path(&r, SAMPLE, NULL);
    assert_int_equal(r.count, 1);
    assert_text(r.articles[0].title,
                "Bridge over the Lind stays shut until June");
    assert_text(r.articles[0].url, "https://courier.example/local/bridge-shut");
    assert_text(r.articles[0].source, "The Lindmouth Courier");
    assert_text(r.articles[0].section, "Local");
    assert_string_equal(r.articles[0].lang.code, "en");
    assert_int_equal(r.articles[0].authors.count, 2);
    assert_text(r.articles[0].authors.items[1], "Bo Sample");
    assert_int_equal(r.articles[0].tags.count, 2);
    assert_date(&r.articles[0].published, "2024-05-03T10:15:00+01:00");
    assert_date(&r.articles[0].modified, "2024-05-03T12:00:00+01:00");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_PAGE);
    reading_release(&r);
}

static void the_body_is_the_article_alone(void **state)
{
    static const char *const furniture[] = {
        "cookies", "Home", "Ferry timetable", "Read more", "pointless",
        "harbour", "Copyright", "By Ada", "1998" };
    struct reading r;

    (void)state;
    read_path(&r, SAMPLE, NULL);
    assert_true(holds(r.articles[0].body, "two of its seven piers.\n\n"
                      "\xe2\x80\x9cWe would rather be late"));
    assert_true(holds(r.articles[0].body, "\n\nTraffic goes around\n\n"));
    assert_true(holds(r.articles[0].body, "on Tuesday."));
    for (size_t i = 0; i < sizeof(furniture) / sizeof(*furniture); i++)
        if (holds(r.articles[0].body, furniture[i]))
            fail_msg("%s is in the body", furniture[i]);
    assert_text(r.articles[0].captions,
                "The bridge in 1998, before it was widened");
    assert_int_equal(r.articles[0].flags, 0);
    reading_release(&r);
}

/* The body of a page with this between two paragraphs and two more. */
static void read_between(struct reading *r, const char *between)
{
    char page[4096];
    const char *real = "<p>The council voted on Monday, after a long debate "
                       "about the price, to build the second bridge, and the "
                       "mayor thanked all who had come.</p>";

    snprintf(page, sizeof(page), "<html><body><article><h1>Bridge</h1>"
             "%s%s%s%s<p>Its end.</p></article></body></html>",
             real, "<p>A third of the members, who had wanted a tunnel, left "
             "the room before the vote, and some of them said that they "
             "would take the matter to court before the summer.</p>",
             between, "<p>The work begins in May, the engineers said, and "
             "is to last for three years, or four if the river floods.</p>");
    read_bytes(r, bytes_str(page), ".html", NULL);
}

static void no_sentence_is_a_label(void **state)
{
    static const char *const kept[] = {
        "Shares fell nine per cent in London.",
        "Emails show that the minister knew.",
        "Printers at the plant went on strike.",
        "Comments by the minister did not help.",
        "Related work was stopped at the same time.",
        "Loading took place in the harbour.",
        "Recommended speeds were lowered again.",
        "Subscribers to the plan lost their money.",
        "Copyrighted works were copied all the same.",
        "Commentators were divided about it.",
        "Image makers were not amused.",
        "Share prices fell.",
        "Photo Editors of the paper resigned.",
        "Getty Images Inc. sued the firm.",
        "Email\xe4\xb8\xad\xe6\x96\x87\xe7\x9a\x84",
    };
    static const char *const dropped[] = {
        "Share", "Comments (12)", "Read more: The bridge that never was",
        "Advertisement", "Sign up for our letter", "Photo: A. Example",
        "\xc3\x80 lire aussi", "Print", "Email", "Copyright 2024 Example",
        "Image caption The bridge in 1998.", "Foto: A. Example.",
    };
    char html[200];
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++) {
        snprintf(html, sizeof(html), "<p>%s</p>", kept[i]);
        read_between(&r, html);
        if (!holds(r.articles[0].body, kept[i]) ||
            !holds(r.articles[0].body, "Its end."))
            fail_msg("lost: %s", kept[i]);
        reading_release(&r);
    }
    for (size_t i = 0; i < sizeof(dropped) / sizeof(*dropped); i++) {
        snprintf(html, sizeof(html), "<p>%s</p>", dropped[i]);
        read_between(&r, html);
        if (holds(r.articles[0].body, dropped[i]))
            fail_msg("kept: %s", dropped[i]);
        reading_release(&r);
    }
}

/* A page with this above two paragraphs of prose. */
static void read_under(struct reading *r, const char *above)
{
    char page[4096];

    snprintf(page, sizeof(page), "<html><head><title>The bridge</title>"
             "</head><body><div><h1>The bridge</h1>%s"
             "<p>The council voted on Monday, after a long debate about the "
             "price, to build the second bridge, and the mayor thanked all "
             "who had come.</p><p>A third of the members, who had wanted a "
             "tunnel, left the room before the vote, and some of them said "
             "that they would take the matter to court.</p></div></body>"
             "</html>", above);
    read_bytes(r, bytes_str(page), ".html", NULL);
}

static void bylines_tell_the_authors(void **state)
{
    static const char *const bylines[] = {
        "<div class=bylines><div class=byline>By Ada Example</div>"
        "<div class=byline>By Bo Sample</div></div>",
        "<div class=signature>Par <span class=auteur>Ada Example</span> et "
        "<span class=auteur>Bo Sample</span> \xe2\x80\x94 le 3 mai 2024"
        "</div>",
        "<p><b><i class=author>Ada Example</i></b> and <i class=author>Bo "
        "Sample</i>, 3 May 2024, 14:05 | Views: 3412</p>",
    };
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(bylines) / sizeof(*bylines); i++) {
        read_under(&r, bylines[i]);
        assert_text(r.articles[0].authors.items[0], "Ada Example");
        if (i < 2) {
            assert_int_equal(r.articles[0].authors.count, 2);
            assert_text(r.articles[0].authors.items[1], "Bo Sample");
        }
        assert_memory_equal(r.articles[0].body.data, "The council", 11);
        reading_release(&r);
    }
}

static void a_standfirst_is_the_lead(void **state)
{
    static const char *const names[] = { "standfirst", "dek", "chapo",
                                         "article-deck", "sub-headline" };
    const char *text = "They say that it will pay for itself in a decade and "
                       "a half, perhaps";
    char html[300];
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        snprintf(html, sizeof(html), "<p class=%s>%s</p>", names[i], text);
        read_under(&r, html);
        assert_text(r.articles[0].lead, text);
        assert_memory_equal(r.articles[0].body.data, "The council", 11);
        reading_release(&r);
    }
}

/* A class that only begins like one of the furniture's. */
static void words_of_classes_are_whole(void **state)
{
    static const char *const names[] = { "commentary", "shareholders",
                                         "authority" };
    char html[300];
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        snprintf(html, sizeof(html), "<div class=%s><p>This is a short "
                 "one, said the mayor.</p></div>", names[i]);
        read_under(&r, html);
        assert_true(holds(r.articles[0].body, "said the mayor."));
        reading_release(&r);
    }
}

static void the_name_of_the_site_is_not_the_title(void **state)
{
    static const struct { const char *page, *title, *source; } cases[] = {
        { "<title>Daily Sheet: The bridge falls</title></head><body><p>A</p>"
          "<div>&copy; 2024 The Daily Sheet. All rights reserved</div>",
          "The bridge falls", "Daily Sheet" },
        { "<title>Elbe-Post: The bridge falls</title>"
          "<meta property=og:site_name content=Elbe-Post></head><body>"
          "<p>A</p>", "The bridge falls", "Elbe-Post" },
        { "<title>The bridge falls | The Daily Sheet</title><link rel="
          "canonical href='https://www.dailysheet.example/a'></head><body>"
          "<p>A</p>", "The bridge falls", "The Daily Sheet" },
        { "<title>Lindmouth: The bridge falls</title></head><body><p>A</p>"
          "<div>&copy; 2024 The Lindmouth Sheet</div>",
          "Lindmouth: The bridge falls", "" },
    };
    char page[600];
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        snprintf(page, sizeof(page), "<html><head>%s</body></html>",
                 cases[i].page);
        read_bytes(&r, bytes_str(page), ".html", NULL);
        assert_text(r.articles[0].title, cases[i].title);
        assert_text(r.articles[0].source, cases[i].source);
        reading_release(&r);
    }
}

/* Headlines of which not the first, or not the shown one, is the title. */
static void the_title_is_what_witnesses_agree_on(void **state)
{
    static const char *const pages[] = {
        /* The first h1 is the logo. */
        "<title>The bridge falls | Sheet</title></head><body><h1>The Daily "
        "Sheet</h1><h1>The bridge falls</h1>",
        "<meta property=og:site_name content=Sheet><title>x</title></head>"
        "<body><h1>Sheet</h1><h1>The bridge falls</h1>",
        /* A kicker is part of what both say to machines. */
        "<meta property=og:title content='The bridge falls'>"
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
        "\"headline\":\"The bridge falls\"}</script></head><body>"
        "<h1>falls</h1>",
        "<title>The bridge falls \xef\xbd\x9c Sheet</title><meta property="
        "og:site_name content=Sheet></head><body><p>A</p>",
    };
    char page[600];
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
        snprintf(page, sizeof(page), "<html><head>%s</body></html>",
                 pages[i]);
        read_bytes(&r, bytes_str(page), ".html", NULL);
        assert_text(r.articles[0].title, "The bridge falls");
        reading_release(&r);
    }
}

static void a_dash_in_the_shown_headline_stays(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("<html><head><title>The bridge over the Lind "
                             "falls \xe2\x80\x93 what now</title></head><body>"
                             "<h1>The bridge over the Lind falls "
                             "\xe2\x80\x93 what now</h1><p>x</p></body>"
                             "</html>"), ".html", NULL);
    assert_text(r.articles[0].title, "The bridge over the Lind falls "
                                     "\xe2\x80\x93 what now");
    reading_release(&r);
}

static void initials_are_no_part_of_a_name(void **state)
{
    struct reading r;

    (void)state;
    read_under(&r, "<p class=byline>Ada Example (aex), Bo Sample (bos.)"
                   "</p>");
    assert_int_equal(r.articles[0].authors.count, 2);
    assert_text(r.articles[0].authors.items[0], "Ada Example");
    assert_text(r.articles[0].authors.items[1], "Bo Sample");
    reading_release(&r);
    read_under(&r, "<p class=byline>Ada Example (Lindmouth)</p>");
    assert_text(r.articles[0].authors.items[0], "Ada Example (Lindmouth)");
    reading_release(&r);
}

static void the_address_may_tell_the_date(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("<html><head><link rel=canonical href='https://"
                             "courier.example/2024/05/03/x'><title>T</title>"
                             "</head><body><p>Text.</p></body></html>"),
               "", NULL);
    assert_date(&r.articles[0].published, "2024-05-03");
    assert_int_equal(r.articles[0].published_from, DATE_FROM_URL);
    reading_release(&r);
}

/* The date of a page with this below its headline; NULL: it has none. */
static void assert_page_date(const char *below, const char *expected)
{
    char page[2048];
    struct reading r;

    snprintf(page, sizeof(page),
             "<html><head><title>Bridge falls</title></head><body>"
             "<div class=teaser>1 January 2020</div><p>Home</p>"
             "<h1>Bridge falls</h1>%s<p>The bridge of 3 May 1998 fell on "
             "Monday, long after it had been said that it would.</p>"
             "<footer>Copyright 2003</footer></body></html>", below);
    read_bytes(&r, bytes_str(page), ".html", NULL);
    if (expected)
        assert_date(&r.articles[0].published, expected);
    else
        assert_int_equal(r.articles[0].published.precision, DATE_NONE);
    reading_release(&r);
}

static void the_visible_page_may_tell_the_date(void **state)
{
    (void)state;
    assert_page_date("<p>12.11.2023</p>", "2023-11-12");
    assert_page_date("<p>News, 12 Nov 2023 11:52, Lindmouth</p>",
                     "2023-11-12T11:52:00Z");
    assert_page_date("<p>Lindmouth</p><p>Ada</p>"
                     "<p class=news-date>am 12. November 2023 | 3 Min.</p>",
                     "2023-11-12");
    /* A piece of a line; "posted" anywhere; beside the headline, a part. */
    assert_page_date("<div>26 Mai, 2008 | <a href=/a>Ada</a> | <a href=/c>"
                     "Comments 34</a></div>", "2008-05-26");
    assert_page_date("<p>Text.</p><p>This entry was posted on Monday, May "
                     "19th, 2010 and is filed under <a href=/b>Bridges</a>, "
                     "where you find others.</p>", "2010-05-19");
    assert_page_date("<p>Text.</p><p><a href=/b>Bridges</a> wurde am 19. Mai "
                     "2010 um 23:03 Uhr gepostet.</p>",
                     "2010-05-19T23:03:00Z");
    assert_page_date("<div><i class=clock></i> <span class=_publishingdate>"
                     "07.11.2023</span> <a href=/l>Lindmouth</a>, "
                     "<a href=/k>the county</a></div>", "2023-11-07");
    assert_page_date("<p class=date>Written: 2023-11-07 15:03:30 / Updated: "
                     "2023-11-08 15:30:46</p>", "2023-11-07T15:03:30Z");
    /* What an element shows counts where its attribute is days away. */
    assert_page_date("<time datetime=2019-07-03T10:18:46Z>Published on 29 "
                     "June 2019</time>", "2019-06-29");
    assert_page_date("<div class=post_date><time datetime='2023-11-06T"
                     "15:00:00+01:00'>6 November 2023</time></div>",
                     "2023-11-06T15:00:00+01:00");
    assert_page_date("<abbr class=published title='2023-11-12T09:00:00+01:00'>"
                     "9:00</abbr>", "2023-11-12T09:00:00+01:00");
}

/* The page itself has a teaser's date, one in a sentence, and a copyright. */
static void other_dates_leave_a_page_undated(void **state)
{
    (void)state;
    assert_page_date("", NULL);
    assert_page_date("<p>Room 12.11 of 2023 houses</p>", NULL);
    assert_page_date("<ul><li><a href=/x>Ferry</a> on 8 July 2016</li></ul>",
                     NULL);
    assert_page_date("<p><a href=/x>Ferries of 8 July 2016</a></p>", NULL);
    assert_page_date("<p>The bridge was released on November 5, 2019. It is "
                     "the first of its kind.</p>", NULL);
    assert_page_date("<div id=comments><div>26 May 2008</div></div>", NULL);
    assert_page_date("<p>It opened on 7 June 2015, with a speech by the "
                     "mayor and a ship that could not pass below it.</p>",
                     NULL);
}

/* What the parser is spared, and what it must be given. */
static void pages_are_slimmed_to_what_tells(void **state)
{
    static const char *const cases[][2] = {
        { "<p class=\"a\" data-x=\"1 > 0\" onclick=f()>b",
          "<p class=\"a\">b" },
        { "a<script>if (x<y) '<p>'</script>b", "ab" },
        { "a<script src=x />b", "ab" },
        { "a<style>p {}</style >b<svg><path d=''/></svg>c", "abc" },
        { "<script type='application/ld+json'>{\"a\":\"<p>\"}</script>b",
          "<script type='application/ld+json'>{\"a\":\"<p>\"}</script>b" },
        { "a<!-- <p> -->b<!-->c<!-- d", "abc" },
        { "a <b title=x title=y>c</b> < d <3 e",
          "a <b title=x>c</b> < d <3 e" },
        { "<a href=x>a</a><link rel=canonical href=x>",
          "<a>a</a><link rel=canonical href=x>" },
        { "<p style='color:red'>a<p style=\"display:none\">b",
          "<p>a<p style=\"display:none\">b" },
        { "<div hidden>a<img src=x>b<br/>c", "<div hidden>ab<br/>c" },
        { "<input value=\"a>b\" hidden>c", "c" },
        { "a<p title=\"x", "a<p title=\"x" }, { "a<p", "a<p" }, { "a<", "a<" },
        { "a<script>b", "ab" }, { "<P CLASS=a>B</P>", "<P CLASS=a>B</P>" },
        { "<p / class = 'a' \"=>b", "<p class='a'>b" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct buffer b = BUFFER_INIT;

        html_slim(&b, bytes_str(cases[i][0]));
        assert_string_equal(buffer_cstr(&b), cases[i][1]);
        buffer_release(&b);
    }
}

static void declared_charsets_are_obeyed(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("<html><head><meta charset=windows-1251>"
                             "<title>\xcc\xee\xf1\xea\xe2\xe0</title></head>"
                             "<body><p>x</p></body></html>"), ".html", NULL);
    assert_text(r.articles[0].title, "\xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0"
                                     "\xb2\xd0\xb0");
    reading_release(&r);
    /* What is declared is wrong, and the bytes say so. */
    read_bytes(&r, bytes_str("<html><head><meta charset=iso-8859-1>"
                             "<title>Caf\xc3\xa9</title></head><body>"
                             "</body></html>"), ".html", NULL);
    assert_text(r.articles[0].title, "Caf\xc3\xa9");
    reading_release(&r);
}

static void a_page_of_nothing_is_refused(void **state)
{
    struct reading r;

    (void)state;
    read_bytes(&r, bytes_str("<html><body><script>x</script></body></html>"),
               ".html", NULL);
    assert_int_equal(r.count, 0);
    assert_non_null(strstr(r.errors[0].message, "no title and no body"));
    reading_release(&r);
}

static void pages_over_the_limit_are_refused(void **state)
{
    struct source_options options = SOURCE_OPTIONS_INIT;
    struct reading r;

    (void)state;
    options.max_record = 1000;
    read_path(&r, SAMPLE, &options);
    assert_int_equal(r.errors[0].code, ERR_LIMIT);
    reading_release(&r);
}

/* The body of a page that shows next to nothing, but has this script. */
static void assert_state(const char *script, const char *expected)
{
    struct buffer page = BUFFER_INIT;
    struct reading r;

    buffer_put_str(&page, "<html><head><title>Bridge falls</title></head>"
                          "<body><h1>Bridge falls</h1><p>Loading</p>");
    buffer_put_str(&page, script);
    buffer_put_str(&page, "</body></html>");
    read_bytes(&r, buffer_bytes(&page), ".html", NULL);
    assert_int_equal(r.count, 1);
    if (!bytes_equal(r.articles[0].body, bytes_str(expected)))
        fail_msg("body: %.*s", (int)r.articles[0].body.len,
                 (const char *)r.articles[0].body.data);
    reading_release(&r);
    buffer_release(&page);
}

#define P1 "The bridge over the Lind fell on Monday morning, and nobody was " \
           "on it, because the council had closed it the evening before. " \
           "The engineers had warned of it for years, as everybody knows."
#define P2 "It had stood for a hundred years, the mayor said, and would have " \
           "stood for another hundred if there had been money for the paint " \
           "that it had needed since the war and never got from anybody."
#define P3 "A ferry takes the children to school from Tuesday on, and the " \
           "others have to go round by the old road until the summer comes."

static void scripts_may_hold_the_article(void **state)
{
    (void)state;
    assert_state("<script id=__NEXT_DATA__ type='application/json'>{\"props\":"
                 "{\"story\":{\"headline\":\"Bridge falls\",\"body\":[{"
                 "\"type\":\"p\",\"children\":[{\"text\":\"" P1 "\"}]},"
                 "{\"text\":\"<p>" P2 "</p>\"},{\"title\":\"Ferry sinks\","
                 "\"text\":\"" P1 P2 "\"},\"" P3 "\"]}}}</script>",
                 P1 "\n\n" P2 "\n\n" P3);
    assert_state("<script>window.Fusion={};Fusion.globalContent={\"headlines\""
                 ":{\"basic\":\"Bridge falls\"},\"content_elements\":["
                 "{\"type\":\"text\",\"content\":\"" P1 "\"},{\"type\":"
                 "\"text\",\"content\":\"" P2 "\"},{\"type\":\"text\","
                 "\"content\":\"" P3 "\"}]};Fusion.x=1;</script>",
                 P1 "\n\n" P2 "\n\n" P3);
    /* Cut off, or no article. */
    assert_state("<script type='application/json'>{\"a\":[\"" P1 P2 P3
                 "</script>", "");
    assert_state("<script type='application/json'>{\"a\":\"" P3 "\",\"b\":"
                 "[1,2,{\"c\":null}],\"pad\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                 "\"}</script>", "");
}

static void scripts_may_tell_the_date(void **state)
{
    (void)state;
    assert_page_date("<!-- <rdf:Description dc:date=\"2020-07-03T17:16:22"
                     "+09:00\"/> -->", "2020-07-03T17:16:22+09:00");
    assert_page_date("<script>var p = {\"published_at\":\"2019-03-02T06:22:28"
                     "+01:00\", \"x\": 1}</script>",
                     "2019-03-02T06:22:28+01:00");
    /* Two that differ are of several articles. */
    assert_page_date("<script>[{\"published_at\":\"2019-03-02\"},"
                     "{\"published_at\":\"2020-03-02\"}]</script>", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(facts_come_from_their_witnesses),
        cmocka_unit_test(the_body_is_the_article_alone),
        cmocka_unit_test(no_sentence_is_a_label),
        cmocka_unit_test(bylines_tell_the_authors),
        cmocka_unit_test(a_standfirst_is_the_lead),
        cmocka_unit_test(words_of_classes_are_whole),
        cmocka_unit_test(the_name_of_the_site_is_not_the_title),
        cmocka_unit_test(the_title_is_what_witnesses_agree_on),
        cmocka_unit_test(a_dash_in_the_shown_headline_stays),
        cmocka_unit_test(initials_are_no_part_of_a_name),
        cmocka_unit_test(the_address_may_tell_the_date),
        cmocka_unit_test(the_visible_page_may_tell_the_date),
        cmocka_unit_test(other_dates_leave_a_page_undated),
        cmocka_unit_test(pages_are_slimmed_to_what_tells),
        cmocka_unit_test(declared_charsets_are_obeyed),
        cmocka_unit_test(a_page_of_nothing_is_refused),
        cmocka_unit_test(scripts_may_hold_the_article),
        cmocka_unit_test(scripts_may_tell_the_date),
        cmocka_unit_test(pages_over_the_limit_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
