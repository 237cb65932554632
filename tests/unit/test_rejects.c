/* test_rejects.c -- rejects as a list, as an attachment, and spoilt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/rejects.h"
#include "tests/unit/damage.h"
#include "tests/unit/tmp.h"

static void say(struct rejects *r, const char *path, uint64_t record,
                const char *reason, int64_t since)
{
    struct reject one = {
        .path = (char *)(uintptr_t)path, .record = record,
        .offset = record * 100, .format = (char *)(uintptr_t)"jsonl",
        .reason = (char *)(uintptr_t)reason, .since = since
    };

    rejects_add(r, &one);
}

/* Saves into a new index of nothing else, and loads. */
static void save(struct rejects *r, struct manifest *m)
{
    struct error err = ERROR_INIT;

    assert_int_equal(rejects_save(r, tmp_dir, m, &err), OK);
    rejects_release(r);
    assert_int_equal(rejects_load(r, tmp_dir, m, &err), OK);
    m->generation++;
}

static void what_is_said_comes_back_in_order(void **state)
{
    struct rejects r = REJECTS_INIT;
    struct manifest m = { .uuid = 77 };

    (void)state;
    say(&r, "/b.jsonl", 7, "seven", 1000);
    say(&r, "/b.jsonl", 2, "two", 1000);
    say(&r, "/a.xml", 0, "", -5);
    save(&r, &m);
    assert_int_equal(r.count, 3);
    assert_string_equal(r.items[0].path, "/a.xml");
    assert_string_equal(r.items[0].reason, "");
    assert_int_equal(r.items[0].since, -5);
    assert_int_equal(r.items[1].record, 2);
    assert_int_equal(r.items[1].offset, 200);
    assert_string_equal(r.items[2].reason, "seven");
    assert_string_equal(r.items[2].format, "jsonl");
    assert_false(r.changed);
    rejects_release(&r);
    manifest_release(&m);
}

static void a_file_that_is_read_again_starts_anew(void **state)
{
    struct rejects r = REJECTS_INIT;
    struct manifest m = { .uuid = 77 };

    (void)state;
    say(&r, "/a", 1, "bad", 1000);
    say(&r, "/a", 2, "bad", 1000);
    say(&r, "/b", 0, "bad", 1000);
    save(&r, &m);
    say(&r, "/a", 2, "bad", 2000);
    say(&r, "/a", 3, "bad", 2000);
    rejects_settle(&r, "/a");
    rejects_settle(&r, "/nowhere");
    save(&r, &m);
    assert_int_equal(r.count, 3);
    assert_int_equal(r.items[0].record, 2);
    assert_int_equal(r.items[0].since, 1000);
    assert_int_equal(r.items[1].record, 3);
    assert_int_equal(r.items[1].since, 2000);
    assert_string_equal(r.items[2].path, "/b");
    rejects_settle(&r, "/a");
    rejects_settle(&r, "/b");
    assert_true(r.changed);
    save(&r, &m);
    assert_int_equal(r.count, 0);
    assert_null(manifest_attachment(&m, ATTACHMENT_REJECTS));
    rejects_release(&r);
    manifest_release(&m);
}

/* A run that is cut short has read a part of the file again. */
static void what_is_said_twice_is_kept_once(void **state)
{
    struct rejects r = REJECTS_INIT;
    struct manifest m = { .uuid = 77 };

    (void)state;
    say(&r, "/a", 1, "bad", 1000);
    save(&r, &m);
    say(&r, "/a", 1, "bad", 2000);
    save(&r, &m);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.items[0].since, 1000);
    rejects_release(&r);
    manifest_release(&m);
}

static void most_of_a_hopeless_file_is_only_counted(void **state)
{
    struct rejects r = REJECTS_INIT;
    struct manifest m = { .uuid = 77 };

    (void)state;
    for (unsigned i = 1; i <= REJECTS_OF_A_FILE + 50; i++)
        say(&r, "/a", i, "bad", 1000);
    say(&r, "/b", 1, "bad", 1000);
    save(&r, &m);
    assert_int_equal(r.count, REJECTS_OF_A_FILE + 1);
    assert_int_equal(r.items[REJECTS_OF_A_FILE - 1].more, 50);
    assert_int_equal(r.items[0].more, 0);
    rejects_release(&r);
    manifest_release(&m);
}

static void load_spoilt(struct victim *v, const struct manifest *m,
                        bool mended)
{
    struct error err = ERROR_INIT;
    struct rejects r;
    enum status code = rejects_load(&r, tmp_dir, m, &err);

    if (!mended && code != ERR_CORRUPT)
        fail_msg("%s: taken though it is spoilt", v->path);
    if (code != OK && !strstr(err.message, "/att-"))
        fail_msg("no file is named: %s", err.message);
    rejects_release(&r);
}

static void damage_is_told(void **state)
{
    struct rejects r = REJECTS_INIT;
    struct manifest m = { .uuid = 77 };
    struct victim v;
    char *path;

    (void)state;
    say(&r, "/a", 1, "bad", 1000);
    say(&r, "/a", 2, "worse", 1000);
    save(&r, &m);
    path = attachment_path(tmp_dir, &m.attachments[0]);
    victim_open(&v, path);
    for (size_t len = 0; len < v.good.len; len++) {
        victim_cut(&v, len);
        load_spoilt(&v, &m, false);
    }
    for (size_t bit = 0; bit < v.good.len * 8; bit++) {
        victim_flip(&v, bit);
        load_spoilt(&v, &m, false);
        victim_flip_mended(&v, bit);
        load_spoilt(&v, &m, true);
    }
    victim_close(&v);
    unlink(path);
    load_spoilt(&(struct victim){ .path = path }, &m, false);
    free(path);
    rejects_release(&r);
    manifest_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_comes_back_in_order),
        cmocka_unit_test(a_file_that_is_read_again_starts_anew),
        cmocka_unit_test(what_is_said_twice_is_kept_once),
        cmocka_unit_test(most_of_a_hopeless_file_is_only_counted),
        cmocka_unit_test(damage_is_told),
    };

    return cmocka_run_group_tests_name("rejects", tests, tmp_set_up,
                                       tmp_tear_down);
}
