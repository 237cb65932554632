/* test_article.c -- the key, the hash and the record of an article. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/article.h"

static struct bytes names[2];

static struct article sample(void)
{
    struct article a;

    article_init(&a);
    names[0] = bytes_str("Ada Example");
    names[1] = bytes_str("Bo Sample");
    a.id = bytes_str("a-117");
    a.url = bytes_str("https://news.example/2024/05/bridge");
    a.title = bytes_str("Bridge closed after flood");
    a.lead = bytes_str("The old bridge will not open before June.");
    a.body = bytes_str("Engineers found cracks.\n\nTraffic is diverted.");
    a.authors = (struct bytes_list){ names, 2 };
    a.tags = (struct bytes_list){ names + 1, 1 };
    a.source = bytes_str("Example News");
    a.section = bytes_str("Local");
    a.captions = bytes_str("The bridge in 1998");
    a.lang = lang_parse(bytes_str("en"));
    date_parse(&a.published, bytes_str("2024-05-03T10:00:00+02:00"), 0);
    a.published_from = DATE_FROM_PAGE;
    a.version = 3;
    a.flags = ARTICLE_TEASER | ARTICLE_LIVE;
    a.path = bytes_str("in/a.html");
    a.offset = 1u << 20;
    a.record = 9;
    return a;
}

static bool same(const struct article *a, const struct article *b)
{
    struct buffer one = BUFFER_INIT, two = BUFFER_INIT;
    bool equal;

    article_pack(&one, a);
    article_pack(&two, b);
    equal = bytes_equal(buffer_bytes(&one), buffer_bytes(&two));
    buffer_release(&one);
    buffer_release(&two);
    return equal;
}

static void records_come_back(void **state)
{
    struct article a = sample(), b;
    struct arena arena = ARENA_INIT;
    struct buffer record = BUFFER_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    article_pack(&record, &a);
    buffer_put_str(&record, "fields of a later version");
    assert_int_equal(article_unpack(&b, buffer_bytes(&record), &arena, &err),
                     OK);
    assert_true(same(&a, &b));
    assert_int_equal(b.authors.count, 2);
    assert_true(bytes_equal(b.authors.items[1], names[1]));
    assert_int_equal(b.published.zone, 120);
    assert_int_equal(b.modified.precision, DATE_NONE);
    assert_string_equal(b.lang.code, "en");
    buffer_release(&record);
    arena_release(&arena);
}

/* A copy of exactly `len` bytes, so that the sanitizer sees an overrun. */
static void unpack_copy(struct bytes record, size_t len, int flip,
                        enum status expected)
{
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct article a;
    uint8_t *copy = malloc(len + !len);
    enum status rc;

    memcpy(copy, record.data, len);
    if (flip >= 0)
        copy[flip / 8] ^= (uint8_t)(1 << flip % 8);
    rc = article_unpack(&a, bytes_of(copy, len), &arena, &err);
    if (flip < 0)
        assert_int_equal(rc, expected);
    assert_true(rc == OK || (rc == ERR_CORRUPT && err.message[0]));
    free(copy);
    arena_release(&arena);
}

static void cut_records_are_refused(void **state)
{
    struct article a = sample();
    struct buffer record = BUFFER_INIT;

    (void)state;
    article_pack(&record, &a);
    for (size_t len = 0; len < record.len; len++)
        unpack_copy(buffer_bytes(&record), len, -1, ERR_CORRUPT);
    unpack_copy(buffer_bytes(&record), record.len, -1, OK);
    buffer_release(&record);
}

static void flipped_records_are_survived(void **state)
{
    struct article a = sample();
    struct buffer record = BUFFER_INIT;

    (void)state;
    article_pack(&record, &a);
    for (size_t bit = 0; bit < record.len * 8; bit++)
        unpack_copy(buffer_bytes(&record), record.len, (int)bit, OK);
    buffer_release(&record);
}

static void the_hash_forgets_only_the_place(void **state)
{
    struct article a = sample(), b = sample();

    (void)state;
    b.path = bytes_str("elsewhere");
    b.offset = b.record = 0;
    assert_true(article_content_hash(&a) == article_content_hash(&b));
    b.lead = bytes_str("The old bridge will not open before July.");
    assert_true(article_content_hash(&a) != article_content_hash(&b));
    b = sample();
    b.published.seconds++;
    assert_true(article_content_hash(&a) != article_content_hash(&b));
}

static bool same_key(const struct article *a, const struct article *b)
{
    struct buffer one = BUFFER_INIT, two = BUFFER_INIT;
    bool equal;

    article_key(&one, a, BYTES_NONE);
    article_key(&two, b, BYTES_NONE);
    equal = bytes_equal(buffer_bytes(&one), buffer_bytes(&two));
    buffer_release(&one);
    buffer_release(&two);
    return equal;
}

static void keys_tell_articles_apart(void **state)
{
    struct article a = sample(), b = sample();

    (void)state;
    a.version = b.version = 0;
    b.url = bytes_str("HTTPS://News.Example:443/2024/05/bridge?utm_source=x#c");
    b.id = bytes_str("other");
    assert_true(same_key(&a, &b));
    b.url = bytes_str("https://news.example/2024/05/bridge/");
    assert_false(same_key(&a, &b));
    a.url = b.url = BYTES_NONE;
    assert_false(same_key(&a, &b));
    b.id = a.id;
    b.path = bytes_str("elsewhere");
    assert_true(same_key(&a, &b));
    a.source = b.source = BYTES_NONE;
    assert_false(same_key(&a, &b));
    b.path = a.path;
    a.id = b.id = BYTES_NONE;
    assert_true(same_key(&a, &b));
    b.record++;
    assert_false(same_key(&a, &b));
    a.id = b.id = bytes_str("urn:newsml:wire.example:1");
    assert_true(same_key(&a, &b));
}

static void the_fallback_source_stands_in(void **state)
{
    struct article a = sample(), b = sample();
    struct buffer one = BUFFER_INIT, two = BUFFER_INIT;

    (void)state;
    a.url = b.url = b.source = BYTES_NONE;
    a.version = b.version = 0;
    article_key(&one, &a, bytes_str("ignored"));
    article_key(&two, &b, bytes_str("Example News"));
    assert_true(bytes_equal(buffer_bytes(&one), buffer_bytes(&two)));
    buffer_release(&one);
    buffer_release(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_come_back),
        cmocka_unit_test(cut_records_are_refused),
        cmocka_unit_test(flipped_records_are_survived),
        cmocka_unit_test(the_hash_forgets_only_the_place),
        cmocka_unit_test(keys_tell_articles_apart),
        cmocka_unit_test(the_fallback_source_stands_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
