/* test_ledger.c -- the ledger of files as an attachment, and spoilt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/ledger.h"
#include "tests/unit/damage.h"
#include "tests/unit/tmp.h"

/* A file that has the articles from, from + 1, ... and brought the first
 * `given` of them. */
static void put(struct ledger *l, const char *path, unsigned from,
                unsigned given, unsigned others)
{
    struct ledger_entry *e = ledger_put(l, path);

    e->size = from * 1000u;
    e->mtime = INT64_C(1700000000123456789) + from;
    e->hash = (struct file_hash){ from, given };
    e->given = given;
    e->count = given + others;
    e->ids = arena_calloc(&l->arena, e->count, sizeof(*e->ids));
    for (unsigned i = 0; i < e->count; i++)
        e->ids[i] = (struct article_id){ from * 77 + i, i };
    e->absent = false;
    l->changed = true;
}

static void fill(struct ledger *l)
{
    put(l, "/news/b.html", 1, 1, 0);
    put(l, "/news/a.jsonl", 2, 3, 2);
    put(l, "/news/a", 3, 0, 0);
    put(l, "/news/a/\xd0\xb3\xd0\xb0\xd0\xb7.txt", 4, 0, 1);
    put(l, "/x", 5, 1, 1);
    ledger_put(l, "/news/absent");
    ledger_sort(l);
}

static void save(struct ledger *l, struct manifest *m)
{
    struct error err = ERROR_INIT;

    assert_int_equal(ledger_save(l, tmp_dir, m, &err), OK);
    assert_false(l->changed);
    ledger_release(l);
    assert_int_equal(ledger_load(l, tmp_dir, m, &err), OK);
    m->generation++;
}

static void what_is_put_comes_back(void **state)
{
    struct ledger l = LEDGER_INIT;
    struct manifest m = { .uuid = 77 };
    struct article_id id = { 2 * 77 + 3, 3 }, other = { 9, 9 };
    bool given;

    (void)state;
    fill(&l);
    save(&l, &m);
    assert_int_equal(l.count, 5);
    assert_string_equal(l.entries[0].path, "/news/a");
    assert_string_equal(l.entries[1].path, "/news/a.jsonl");
    assert_string_equal(l.entries[4].path, "/x");
    assert_int_equal(l.entries[1].size, 2000);
    assert_true(l.entries[1].mtime == INT64_C(1700000000123456791));
    assert_int_equal(l.entries[1].hash.high, 3);
    assert_int_equal(l.entries[1].count, 5);
    assert_true(ledger_holds(&l.entries[1], &id, &given));
    assert_false(given);
    id = (struct article_id){ 2 * 77 + 1, 1 };
    assert_true(ledger_holds(&l.entries[1], &id, &given));
    assert_true(given);
    assert_false(ledger_holds(&l.entries[1], &other, &given));
    assert_false(ledger_holds(&l.entries[0], &other, &given));
    ledger_release(&l);
    manifest_release(&m);
}

static void load_spoilt(const char *path, const struct manifest *m,
                        bool mended)
{
    struct error err = ERROR_INIT;
    struct ledger l;
    enum status code = ledger_load(&l, tmp_dir, m, &err);

    if (!mended && code != ERR_CORRUPT)
        fail_msg("%s: taken though it is spoilt", path);
    if (code != OK && !strstr(err.message, "/att-"))
        fail_msg("no file is named: %s", err.message);
    ledger_release(&l);
}

static void damage_is_told(void **state)
{
    struct ledger l = LEDGER_INIT;
    struct manifest m = { .uuid = 77 };
    struct victim v;
    char *path;

    (void)state;
    fill(&l);
    save(&l, &m);
    ledger_release(&l);
    path = attachment_path(tmp_dir, &m.attachments[0]);
    victim_open(&v, path);
    for (size_t len = 0; len < v.good.len; len++) {
        victim_cut(&v, len);
        load_spoilt(path, &m, false);
    }
    for (size_t bit = 0; bit < v.good.len * 8; bit++) {
        victim_flip(&v, bit);
        load_spoilt(path, &m, false);
        victim_flip_mended(&v, bit);
        load_spoilt(path, &m, true);
    }
    victim_close(&v);
    unlink(path);
    load_spoilt(path, &m, false);
    free(path);
    manifest_release(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_comes_back),
        cmocka_unit_test(damage_is_told),
    };

    return cmocka_run_group_tests_name("ledger", tests, tmp_set_up,
                                       tmp_tear_down);
}
