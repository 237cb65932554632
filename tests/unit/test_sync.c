/* test_sync.c -- sync where a segment fills, or the reading ends, in the
 * middle of a file.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/manifest.h"
#include "indexer/interrupt.h"
#include "indexer/sync.h"
#include "tests/unit/tmp.h"

enum {
    MEMORY = 1 << 15,           /* a segment of some 200 articles */
    MANY = 600
};

static char *news, *index_dir;

/* A file of `count` articles of this kind, and `extra` before them. */
static void write_file(const char *name, const char *extra, unsigned count)
{
    char *path = path_join(news, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(extra, file);
    for (unsigned i = 0; i < count; i++)
        fprintf(file, "{\"id\":\"%s-%u\",\"source\":\"W\",\"body\":\"Gas %u "
                "rose.\"}\n", name, i, i);
    fclose(file);
    free(path);
}

static void remove_file(const char *name)
{
    char *path = path_join(news, name);

    assert_int_equal(unlink(path), 0);
    free(path);
}

/* What a run did; and after how many articles it is to be interrupted. */
struct run {
    struct sync_counts counts;
    size_t rejects;
    uint64_t removed;
    bool reread;
    unsigned stop_after;        /* 0: it is not */
};

static struct run *running;
static struct intake_watcher watcher;

static void stop_in_time(void *self, const struct article_id *id,
                         enum outcome outcome)
{
    watcher.took(self, id, outcome);
    if (running->stop_after && --running->stop_after == 0)
        raise(SIGINT);
}

static enum status sync_now(struct run *run)
{
    struct context context = { .dir = index_dir, .quiet = true };
    struct add_options said = ADD_OPTIONS_INIT;
    struct error err = ERROR_INIT;
    struct sync s;
    enum status code;

    said.building.memory = MEMORY;
    sync_init(&s, &context, &said, &err);
    s.reread = run->reread;
    running = run;
    watcher = s.intake.watcher;
    s.intake.watcher.took = stop_in_time;
    sync_add(&s, news);
    code = sync_run(&s);
    run->counts = s.counts;
    run->rejects = s.intake.rejects.count;
    run->removed = s.intake.tally.removed;
    sync_release(&s);
    add_options_release(&said);
    return code;
}

static uint64_t live_articles(void)
{
    struct error err = ERROR_INIT;
    struct snapshot *snapshot;
    uint64_t live;

    assert_int_equal(snapshot_open(&snapshot, index_dir, &err), OK);
    assert_true(snapshot->manifest.generation > 1);
    live = snapshot->live_count;
    snapshot_close(snapshot);
    return live;
}

/* a has lost the article to z, which is in the middle of being read when the
 * lost ones are taken out. */
static void what_moves_to_a_long_file_stays(void **state)
{
    static const char x[] =
        "{\"id\":\"x\",\"source\":\"W\",\"body\":\"Oil.\"}\n";
    struct run run = { .removed = 0 };

    (void)state;
    write_file("a.jsonl", x, 1);
    assert_int_equal(sync_now(&run), OK);
    write_file("a.jsonl", "", 1);
    write_file("z.jsonl", x, MANY);
    assert_int_equal(sync_now(&run), OK);
    assert_int_equal(live_articles(), MANY + 2);
    assert_int_equal(sync_now(&run), OK);
    assert_int_equal(live_articles(), MANY + 2);
}

static void rejects_of_a_long_file_are_kept(void **state)
{
    struct run run = { .removed = 0 };

    (void)state;
    write_file("a.jsonl", "{bad\n", MANY);
    assert_int_equal(sync_now(&run), OK);
    assert_int_equal(run.rejects, 1);
    write_file("a.jsonl", "", MANY);
    run.reread = true;
    assert_int_equal(sync_now(&run), OK);
    assert_int_equal(run.rejects, 0);
}

/* What a run has committed of a file is not without it afterwards. */
static void what_was_read_in_part_goes_with_its_file(void **state)
{
    struct run run = { .stop_after = MANY * 3 / 4 };
    int status;
    pid_t child;

    (void)state;
    write_file("a.jsonl", "", MANY);
    write_file("b.jsonl", "", 1);
    child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        interrupt_catch();
        _exit(sync_now(&run) == OK && interrupt_seen() ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(live_articles(), MANY * 3 / 4);
    remove_file("a.jsonl");
    assert_int_equal(sync_now(&run), OK);
    assert_int_equal(run.counts.gone, 1);
    assert_int_equal(run.removed, MANY * 3 / 4);
    assert_int_equal(live_articles(), 1);
}

static int set_up(void **state)
{
    (void)state;
    tmp_dir = tmp_folder();
    news = path_join(tmp_dir, "news");
    index_dir = path_join(tmp_dir, "index");
    return mkdir(news, 0777);
}

static int tear_down(void **state)
{
    (void)state;
    free(news);
    free(index_dir);
    tmp_remove(tmp_dir);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_moves_to_a_long_file_stays,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(rejects_of_a_long_file_are_kept,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_was_read_in_part_goes_with_its_file, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
