/* test_builder.c -- articles to segments: what a reading comes to, and that
 * the memory it was built in does not show in the result.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/invert/builder.h"
#include "indexer/invert/compaction.h"
#include "indexer/invert/deletion.h"
#include "tests/unit/bench.h"

/* Readings in one build, each in a build of its own, or with all segments
 * made one between them. */
enum apart { TOGETHER, APART, COMPACTED };

static void finish_compacted(struct bench *b)
{
    struct compaction c = { .memory = SMALL };

    assert_int_equal(builder_finish(b->builder, &b->manifest, &b->err), OK);
    c.count = b->manifest.segment_count;
    assert_int_equal(snapshot_of(&c.snapshot, b->dir, &b->manifest, &b->err),
                     OK);
    assert_int_equal(compaction_run(&c, b->dir, &b->manifest, &b->err), OK);
    snapshot_close(c.snapshot);
    assert_int_equal(manifest_commit(&b->manifest, b->dir, &b->err), OK);
    put_away(b);
}

static enum outcome take_in(const char *name, struct bench *b,
                            enum apart apart, const struct article *a)
{
    enum outcome outcome;

    outcome = take(b, a);
    if (apart) {
        if (apart == COMPACTED)
            finish_compacted(b);
        else
            end(b);
        begin(b, name, SMALL);
    }
    return outcome;
}

/* --- Memory does not show --- */

static void put_word(struct buffer *b, unsigned number)
{
    static const char *const parts[] = { "gas", "pipe", "ural", "ter", "min",
                                         "al", "ov", "sky" };

    const char *ending = number % 3 ? "s " : " ";

    do {
        buffer_put_str(b, parts[number % 8]);
        number /= 8;
    } while (number);
    buffer_put_str(b, ending);
}

static void fill(struct bench *b, unsigned articles)
{
    struct buffer title = BUFFER_INIT, body = BUFFER_INIT;
    static const char *const langs[] = { "en", "de", "ru" };
    char id[16];

    srandom(SEED);
    for (unsigned i = 0; i < articles; i++) {
        struct article a;

        buffer_clear(&title);
        buffer_clear(&body);
        for (long n = random() % 8; n; n--)
            put_word(&title, (unsigned)random() % 500);
        for (long n = random() % 300; n; n--) {
            put_word(&body, (unsigned)random() % (random() % 20000 + 1));
            if (n % 12 == 0)
                buffer_put_str(&body, n % 36 ? ". " : ".\n\n");
        }
        snprintf(id, sizeof(id), "%u", i);
        a = article_of(id, buffer_cstr(&title), buffer_cstr(&body));
        memcpy(a.lang.code, langs[i % 3], 3);
        a.section = bytes_str(langs[random() % 3]);
        assert_int_equal(take(b, &a), OUTCOME_ADDED);
    }
    buffer_release(&title);
    buffer_release(&body);
}

static void check_same_body(struct segment *a, struct segment *b,
                            enum file_kind kind)
{
    struct sealed *left = segment_file(a, kind);
    struct sealed *right = segment_file(b, kind);

    assert_true(left->end == right->end);
    assert_memory_equal(left->map.bytes.data + FORMAT_HEADER,
                        right->map.bytes.data + FORMAT_HEADER,
                        left->end - FORMAT_HEADER);
}

static void many_runs_and_one_give_the_same_bytes(void **state)
{
    struct snapshot *small, *large;
    struct bench b;

    (void)state;
    print_message("seed %d\n", SEED);
    begin(&b, "small", SMALL);
    fill(&b, 800);
    end(&b);
    begin(&b, "large", LARGE);
    fill(&b, 800);
    end(&b);
    small = open_index("small");
    large = open_index("large");
    assert_int_equal(small->count, 1);
    for (int kind = KIND_TERMS; kind <= KIND_STORE; kind++)
        check_same_body(small->segments[0], large->segments[0],
                        (enum file_kind)kind);
    assert_true(small->sum_lengths > 60000);
    snapshot_close(small);
    snapshot_close(large);
}

/* --- What a reading comes to --- */

static void first_readings(const char *name, enum apart apart)
{
    struct article a = article_of("1", "Gas", "one"), newer = a, other = a;
    struct bench b;

    newer.body = bytes_str("two");
    other.id = bytes_str("2");
    begin(&b, name, SMALL);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_ADDED);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_UNCHANGED);
    assert_int_equal(take_in(name, &b, apart, &other), OUTCOME_ADDED);
    assert_int_equal(take_in(name, &b, apart, &newer), OUTCOME_UPDATED);
    assert_int_equal(take_in(name, &b, apart, &newer), OUTCOME_UNCHANGED);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_OLDER);
    assert_int_equal(take_in(name, &b, apart, &newer), OUTCOME_UNCHANGED);
    end(&b);
}

static void versions(const char *name, enum apart apart)
{
    struct article a = article_of("urn:1", "Gas", "version 2"), b1 = a, c = a;
    struct bench b;

    a.version = 2;
    b1.version = 1;
    b1.body = bytes_str("version 1");
    c.version = 3;
    c.body = bytes_str("version 3");
    begin(&b, name, SMALL);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_ADDED);
    assert_int_equal(take_in(name, &b, apart, &b1), OUTCOME_OLDER);
    assert_int_equal(take_in(name, &b, apart, &c), OUTCOME_UPDATED);
    assert_int_equal(take_in(name, &b, apart, &b1), OUTCOME_OLDER);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_OLDER);
    /* A later version may say again what the first one said. */
    b1.version = 4;
    assert_int_equal(take_in(name, &b, apart, &b1), OUTCOME_UPDATED);
    assert_int_equal(take_in(name, &b, apart, &c), OUTCOME_OLDER);
    end(&b);
}

static void dates(const char *name, enum apart apart)
{
    struct article a = article_of("1", "Gas", "May"), april = a, june = a;
    struct bench b;

    a.published = (struct date){ 5000, 0, DATE_TIME, false };
    april.published = (struct date){ 4000, 0, DATE_TIME, false };
    april.body = bytes_str("April");
    june.published = (struct date){ 4000, 0, DATE_TIME, false };
    june.modified = (struct date){ 6000, 0, DATE_TIME, false };
    june.body = bytes_str("June");
    begin(&b, name, SMALL);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_ADDED);
    assert_int_equal(take_in(name, &b, apart, &april), OUTCOME_OLDER);
    assert_int_equal(take_in(name, &b, apart, &june), OUTCOME_UPDATED);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_OLDER);
    april.published = UNDATED;
    assert_int_equal(take_in(name, &b, apart, &april), OUTCOME_UPDATED);
    end(&b);
}

static void withdrawals(const char *name, enum apart apart)
{
    struct article a = article_of("urn:1", "Gas", "one"), gone = a, next = a;
    struct article other = article_of("urn:2", "Oil", "two"), early = other;
    struct bench b;

    a.version = next.version = 2;
    gone.flags = early.flags = ARTICLE_WITHDRAWN;
    next.version = 3;
    next.body = bytes_str("corrected");
    begin(&b, name, SMALL);
    /* Of a later version, of an earlier one, and of none. */
    gone.version = 1;
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_ADDED);
    assert_int_equal(take_in(name, &b, apart, &gone), OUTCOME_OLDER);
    gone.version = 0;
    assert_int_equal(take_in(name, &b, apart, &gone), OUTCOME_UPDATED);
    assert_int_equal(take_in(name, &b, apart, &gone), OUTCOME_UNCHANGED);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_OLDER);
    assert_int_equal(take_in(name, &b, apart, &next), OUTCOME_ADDED);
    gone.version = 4;
    assert_int_equal(take_in(name, &b, apart, &gone), OUTCOME_UPDATED);
    assert_int_equal(take_in(name, &b, apart, &next), OUTCOME_OLDER);
    /* Read before what it withdraws. */
    early.version = other.version = 7;
    assert_int_equal(take_in(name, &b, apart, &early), OUTCOME_UNCHANGED);
    assert_int_equal(take_in(name, &b, apart, &other), OUTCOME_OLDER);
    other.version = 8;
    assert_int_equal(take_in(name, &b, apart, &other), OUTCOME_ADDED);
    end(&b);
}

/* One without a version, read before what it withdraws: its date tells. */
static void early_withdrawal(const char *name, enum apart apart)
{
    struct article a = article_of("urn:3", "Wheat", "three"), gone = a;
    struct bench b;

    gone.flags = ARTICLE_WITHDRAWN;
    gone.published = (struct date){ 5000, 0, DATE_TIME, false };
    a.version = 1;
    a.published = (struct date){ 4000, 0, DATE_TIME, false };
    begin(&b, name, SMALL);
    assert_int_equal(take_in(name, &b, apart, &gone), OUTCOME_UNCHANGED);
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_OLDER);
    a.published.seconds = 6000;
    assert_int_equal(take_in(name, &b, apart, &a), OUTCOME_ADDED);
    end(&b);
}

static void teasers(const char *name, bool apart)
{
    struct article teaser = article_of("1", "Gas", "It rose"), page = teaser;
    struct article late = teaser;
    struct bench b;

    teaser.flags = late.flags = ARTICLE_TEASER;
    teaser.published = (struct date){ 5000, 0, DATE_TIME, false };
    page.published = (struct date){ 4000, 0, DATE_TIME, false };
    page.body = bytes_str("It rose, and then it fell.");
    late.body = bytes_str("It rose a lot");
    begin(&b, name, SMALL);
    assert_int_equal(take_in(name, &b, apart, &teaser), OUTCOME_ADDED);
    assert_int_equal(take_in(name, &b, apart, &teaser), OUTCOME_UNCHANGED);
    assert_int_equal(take_in(name, &b, apart, &page), OUTCOME_UPDATED);
    assert_int_equal(take_in(name, &b, apart, &teaser), OUTCOME_OLDER);
    assert_int_equal(take_in(name, &b, apart, &late), OUTCOME_OLDER);
    end(&b);
}

static void check_counts(const char *name, uint64_t live, uint64_t all)
{
    struct snapshot *s = open_index(name);

    assert_int_equal(s->live_count, live);
    assert_int_equal(s->doc_count, all);
    snapshot_close(s);
}

static void readings_inside_one_build(void **state)
{
    (void)state;
    first_readings("first", TOGETHER);
    check_counts("first", 2, 3);
    versions("versions", TOGETHER);
    check_counts("versions", 1, 3);
    dates("dates", TOGETHER);
    check_counts("dates", 1, 3);
    withdrawals("withdrawals", TOGETHER);
    check_counts("withdrawals", 1, 6);
    early_withdrawal("early", TOGETHER);
    check_counts("early", 1, 2);
    teasers("teasers", false);
    check_counts("teasers", 1, 2);
}

static void readings_across_builds(void **state)
{
    (void)state;
    first_readings("first-apart", APART);
    check_counts("first-apart", 2, 3);
    versions("versions-apart", APART);
    check_counts("versions-apart", 1, 3);
    dates("dates-apart", APART);
    check_counts("dates-apart", 1, 3);
    withdrawals("withdrawals-apart", APART);
    check_counts("withdrawals-apart", 1, 6);
    early_withdrawal("early-apart", APART);
    check_counts("early-apart", 1, 2);
    teasers("teasers-apart", true);
    check_counts("teasers-apart", 1, 2);
}

/* Documents that died are gone; what they were is not forgotten. */
static void readings_across_merges(void **state)
{
    (void)state;
    first_readings("first-merged", COMPACTED);
    check_counts("first-merged", 2, 2);
    versions("versions-merged", COMPACTED);
    check_counts("versions-merged", 1, 1);
    dates("dates-merged", COMPACTED);
    check_counts("dates-merged", 1, 1);
    withdrawals("withdrawals-merged", COMPACTED);
    check_counts("withdrawals-merged", 1, 1);
    early_withdrawal("early-merged", COMPACTED);
    check_counts("early-merged", 1, 1);
}

/* Once more, without anything that lives: a mark alone is a segment. */
static void a_mark_outlives_its_index(void **state)
{
    struct article a = article_of("urn:1", "Gas", "two"), gone = a, old = a;
    struct bench b;

    (void)state;
    a.version = gone.version = 2;
    old.version = 1;
    old.body = bytes_str("one");
    gone.flags = ARTICLE_WITHDRAWN;
    begin(&b, "marks", SMALL);
    assert_int_equal(take_in("marks", &b, COMPACTED, &a), OUTCOME_ADDED);
    assert_int_equal(take_in("marks", &b, COMPACTED, &gone), OUTCOME_UPDATED);
    assert_int_equal(b.manifest.segment_count, 1);
    assert_int_equal(take_in("marks", &b, COMPACTED, &old), OUTCOME_OLDER);
    assert_int_equal(take_in("marks", &b, COMPACTED, &a), OUTCOME_OLDER);
    a.version = 3;
    assert_int_equal(take_in("marks", &b, COMPACTED, &a), OUTCOME_ADDED);
    assert_int_equal(take_in("marks", &b, COMPACTED, &old), OUTCOME_OLDER);
    end(&b);
    check_counts("marks", 1, 1);
}

static void what_was_removed_can_be_added_again(void **state)
{
    struct article a = article_of("1", "Gas", "one");
    struct deletions deletions;
    struct bench b;

    (void)state;
    begin(&b, "removed", SMALL);
    take(&b, &a);
    end(&b);
    begin(&b, "removed", SMALL);
    deletions_init(&deletions, b.snapshot);
    assert_true(deletions_spare(&deletions, 0, 0));
    assert_true(deletions_kill(&deletions, 0, 0));
    assert_false(deletions_kill(&deletions, 0, 0));
    assert_int_equal(deletions.count, 1);
    assert_int_equal(deletions_save(&deletions, b.dir,
                                    b.manifest.generation + 1, &b.manifest,
                                    &b.err), OK);
    assert_int_equal(manifest_commit(&b.manifest, b.dir, &b.err), OK);
    deletions_release(&deletions);
    end(&b);
    check_counts("removed", 0, 1);
    begin(&b, "removed", SMALL);
    assert_int_equal(take(&b, &a), OUTCOME_ADDED);
    assert_int_equal(take(&b, &a), OUTCOME_UNCHANGED);
    end(&b);
    check_counts("removed", 1, 2);
}

/* --- Strange articles --- */

static void articles_without_words_or_title(void **state)
{
    struct article none = article_of("1", "", ""), dots = none, body = none;
    struct snapshot *s;
    struct bounds bounds;
    struct bench b;

    (void)state;
    dots.id = bytes_str("2");
    dots.title = bytes_str("...");
    dots.body = bytes_str("!?\n\n--");
    body.id = bytes_str("3");
    body.lead = bytes_str("A lead. Of two.");
    body.body = bytes_str("Gas rose.\n\nOil fell.");
    begin(&b, "strange", SMALL);
    take(&b, &none);
    take(&b, &dots);
    take(&b, &body);
    end(&b);
    s = open_index("strange");
    assert_int_equal(s->live_count, 3);
    assert_int_equal(s->sum_lengths, 8);
    assert_true(bounds_get(&s->segments[0]->bounds, 2, &bounds));
    assert_int_equal(bounds.title_len, 0);
    assert_int_equal(bounds.lead_len, 4);
    assert_int_equal(bounds.count, 4);
    assert_int_equal(bounds.sentences[1], 2);
    assert_int_equal(bounds.paragraph[1], 0);
    assert_int_equal(bounds.sentences[2], 4);
    assert_int_equal(bounds.paragraph[2], 1);
    assert_int_equal(bounds.sentences[3], 6);
    assert_int_equal(bounds.paragraph[3], 1);
    snapshot_close(s);
}

static void nothing_new_changes_nothing(void **state)
{
    struct article a = article_of("1", "Gas", "one");
    uint32_t count;
    struct bench b;

    (void)state;
    begin(&b, "nothing", SMALL);
    take(&b, &a);
    end(&b);
    begin(&b, "nothing", SMALL);
    count = b.manifest.segment_count;
    assert_int_equal(take(&b, &a), OUTCOME_UNCHANGED);
    assert_int_equal(builder_finish(b.builder, &b.manifest, &b.err), OK);
    assert_int_equal(b.manifest.segment_count, count);
    end(&b);
    check_counts("nothing", 1, 1);
}

/* Many times more words than a run takes, and the source that is given. */
static void a_long_article_and_a_given_source(void **state)
{
    struct buffer body = BUFFER_INIT, key = BUFFER_INIT;
    struct builder_options options = { SMALL, 3, bytes_str("Given"), false };
    struct article a = article_of("1", "Gas", "");
    struct error err = ERROR_INIT;
    struct arena arena = ARENA_INIT;
    struct bytes record;
    struct snapshot *s;
    struct stem stem;
    struct bench b;

    (void)state;
    for (int i = 0; i < 50000; i++)
        buffer_printf(&body, "word%d gas. ", i % 3000);
    a.body = buffer_bytes(&body);
    a.source = BYTES_NONE;
    begin(&b, "long", SMALL);
    builder_free(b.builder);
    b.builder = builder_new(b.dir, NULL, b.manifest.uuid, 1, &options);
    take(&b, &a);
    end(&b);
    s = open_index("long");
    assert_int_equal(s->sum_lengths, 100001);
    assert_true(terms_find_stem(&s->segments[0]->terms, bytes_str("gas"),
                                &stem, NULL));
    assert_int_equal(stem.total, 50003);
    assert_true(terms_find_stem(&s->segments[0]->terms,
                                bytes_str("\x01sgiven"), &stem, NULL));
    assert_int_equal(docstore_get(&s->segments[0]->store, 0, &record, &err),
                     OK);
    assert_int_equal(article_unpack(&a, record, &arena, &err), OK);
    assert_true(bytes_equal(a.source, bytes_str("Given")));
    assert_true(bytes_equal(s->segments[0]->values.sources.items[0],
                            bytes_str("Given")));
    snapshot_close(s);
    arena_release(&arena);
    buffer_release(&body);
    buffer_release(&key);
}

static void a_full_segment_says_so(void **state)
{
    struct builder_options options = { 1280, 3, BYTES_NONE, false };
    struct article a = article_of("1", "Gas", "");
    enum outcome outcome;
    struct bench b;

    (void)state;
    begin(&b, "full", SMALL);
    builder_free(b.builder);
    b.builder = builder_new(b.dir, NULL, b.manifest.uuid, 1, &options);
    for (int i = 0; i < 10; i++) {
        char id[2] = { (char)('0' + i), 0 };

        a.id = bytes_str(id);
        assert_int_equal(take(&b, &a), OUTCOME_ADDED);
    }
    a.id = bytes_str("more");
    assert_int_equal(builder_add(b.builder, &a, &outcome, &b.err), ERR_LIMIT);
    end(&b);
    check_counts("full", 10, 10);
}

/* A key is taken out where it lives: in the snapshot, or in this build. */
static void a_key_can_be_taken_out(void **state)
{
    struct article a = article_of("1", "Gas", "Gas rose.");
    struct article_id id, unknown = { 1, 2 };
    struct snapshot *s;
    struct bench b;
    bool removed;

    (void)state;
    begin(&b, "takenout", SMALL);
    assert_int_equal(take(&b, &a), OUTCOME_ADDED);
    id = builder_last(b.builder);
    end(&b);
    begin(&b, "takenout", SMALL);
    assert_int_equal(builder_remove(b.builder, &unknown, &removed, &b.err),
                     OK);
    assert_false(removed);
    assert_int_equal(builder_remove(b.builder, &id, &removed, &b.err), OK);
    assert_true(removed);
    assert_int_equal(builder_remove(b.builder, &id, &removed, &b.err), OK);
    assert_false(removed);
    assert_int_equal(take(&b, &a), OUTCOME_ADDED);
    assert_int_equal(builder_remove(b.builder, &id, &removed, &b.err), OK);
    assert_true(removed);
    assert_int_equal(take(&b, &a), OUTCOME_ADDED);
    end(&b);
    s = open_index("takenout");
    assert_int_equal(s->live_count, 1);
    snapshot_close(s);
    /* Nothing but the removal is written too. */
    begin(&b, "takenout", SMALL);
    assert_int_equal(builder_remove(b.builder, &id, &removed, &b.err), OK);
    assert_int_equal(builder_finish(b.builder, &b.manifest, &b.err), OK);
    assert_int_equal(manifest_commit(&b.manifest, b.dir, &b.err), OK);
    put_away(&b);
    s = open_index("takenout");
    assert_int_equal(s->live_count, 0);
    snapshot_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_runs_and_one_give_the_same_bytes),
        cmocka_unit_test(readings_inside_one_build),
        cmocka_unit_test(readings_across_builds),
        cmocka_unit_test(readings_across_merges),
        cmocka_unit_test(a_mark_outlives_its_index),
        cmocka_unit_test(what_was_removed_can_be_added_again),
        cmocka_unit_test(articles_without_words_or_title),
        cmocka_unit_test(nothing_new_changes_nothing),
        cmocka_unit_test(a_long_article_and_a_given_source),
        cmocka_unit_test(a_full_segment_says_so),
        cmocka_unit_test(a_key_can_be_taken_out),
    };

    return cmocka_run_group_tests_name("builder", tests, tmp_set_up,
                                       tmp_tear_down);
}
