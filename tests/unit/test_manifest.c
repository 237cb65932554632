/* test_manifest.c -- the lock, the commit, the sweep, the snapshot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "common/index/folder.h"
#include "tests/unit/damage.h"
#include "tests/unit/sample.h"

static struct sample sample;

static void make_file(const char *dir, const char *name)
{
    char *path = path_join(dir, name);
    int fd = open(path, O_CREAT | O_WRONLY, 0644);

    assert_true(fd >= 0);
    close(fd);
    free(path);
}

static bool is_there(const char *dir, const char *name)
{
    char *path = path_join(dir, name);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

static char *manifest_name(uint64_t generation)
{
    static char name[40];

    snprintf(name, sizeof(name), "manifest-%016llx",
             (unsigned long long)generation);
    return name;
}

/* Replaces the segments by one new one and commits. */
static void commit(const char *dir, struct manifest *m, uint32_t docs)
{
    struct error err = ERROR_INIT;

    manifest_release(m);
    m->title_weight = SAMPLE_WEIGHT;
    m->segments = must_calloc(1, sizeof(*m->segments));
    m->segment_count = 1;
    sample_fill(&sample, docs, m->generation);
    assert_int_equal(sample_write(&sample, dir, m->uuid, m->generation + 1,
                                  segment_random_id(), m->segments, &err),
                     OK);
    m->tally.seen += docs;
    m->tally.added += docs;
    if (manifest_commit(m, dir, &err) != OK)
        fail_msg("%s", err.message);
}

static void a_new_index_is_made_step_by_step(void **state)
{
    char *top = tmp_folder(), *dir = path_join(top, "a/b");
    struct index_lock lock = INDEX_LOCK_INIT;
    struct error err = ERROR_INIT;
    struct snapshot *s;
    struct manifest m;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    assert_int_equal(snapshot_open(&s, dir, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "no index here; make one with "
                                        "lede-index add"));
    error_clear(&err);
    assert_int_equal(index_lock(&lock, dir, &err), OK);
    assert_int_equal(manifest_load(&m, dir, &err), END);
    assert_true(m.uuid != 0);
    commit(dir, &m, 30);
    commit(dir, &m, 40);
    assert_int_equal(m.generation, 2);
    manifest_release(&m);
    assert_int_equal(manifest_load(&m, dir, &err), OK);
    assert_int_equal(m.generation, 2);
    assert_int_equal(m.tally.seen, 70);
    assert_int_equal(m.segments[0].doc_count, 40);
    assert_int_equal(snapshot_open(&s, dir, &err), OK);
    assert_int_equal(s->doc_count, 40);
    assert_ptr_equal(snapshot_segment(s, 39), s->segments[0]);
    assert_null(snapshot_segment(s, 40));
    assert_int_equal(snapshot_damage(s, &err), OK);
    snapshot_close(s);
    manifest_release(&m);
    index_unlock(&lock);
    index_unlock(&lock);
    free(dir);
    tmp_remove(top);
}

static void a_second_writer_is_told_of_the_first(void **state)
{
    struct index_lock first = INDEX_LOCK_INIT, second = INDEX_LOCK_INIT;
    char *dir = tmp_folder(), pid[32];
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(index_lock(&first, dir, &err), OK);
    assert_int_equal(index_lock(&second, dir, &err), ERR_BUSY);
    snprintf(pid, sizeof(pid), "process %d is", (int)getpid());
    assert_non_null(strstr(err.message, pid));
    error_clear(&err);
    index_unlock(&second);
    index_unlock(&first);
    assert_int_equal(index_lock(&second, dir, &err), OK);
    index_unlock(&second);
    tmp_remove(dir);
}

static void two_manifests_are_kept_and_old_readers_read_on(void **state)
{
    char *dir = tmp_folder();
    struct error err = ERROR_INIT;
    struct manifest m;
    struct snapshot *old;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 30);
    assert_int_equal(snapshot_open(&old, dir, &err), OK);
    for (unsigned i = 2; i <= 5; i++) {
        commit(dir, &m, 30);
        assert_true(is_there(dir, manifest_name(i)));
        assert_true(is_there(dir, manifest_name(i - 1)));
        assert_false(i > 2 && is_there(dir, manifest_name(i - 2)));
    }
    assert_true(access(old->segments[0]->files[0].path, F_OK) != 0);
    if (segment_verify(old->segments[0], &err) != OK)
        fail_msg("%s", err.message);
    snapshot_close(old);
    manifest_release(&m);
    tmp_remove(dir);
}

static void the_sweep_takes_garbage_and_keeps_strangers(void **state)
{
    static const char *const garbage[] = {
        "seg-0000000000000001-00000000000000ff.terms",
        "del-0000000000000001-00000000000000ff",
        "manifest-0000000000000009.tmp", "run.tmp", "tmp-17",
        "tmp-00000000000000aa/run-0"
    }, *const strangers[] = {
        "README", "seg-1-2.terms", "manifest-old",
        "seg-0000000000000001-00000000000000ff.text",
        "del-0000000000000001-00000000000000ff.bak",
        "seg-0000000000000001-00000000000000FF.terms", "tmp-own/letter"
    };
    struct index_lock lock = INDEX_LOCK_INIT;
    char *dir = tmp_folder(), *inner;
    struct error err = ERROR_INIT;
    struct manifest m;

    (void)state;
    assert_int_equal(index_lock(&lock, dir, &err), OK);
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 5);
    index_unlock(&lock);
    inner = path_join(dir, "tmp-00000000000000aa");
    mkdir(inner, 0755);
    free(inner);
    inner = path_join(dir, "tmp-own");
    mkdir(inner, 0755);
    free(inner);
    for (size_t i = 0; i < sizeof(garbage) / sizeof(*garbage); i++)
        make_file(dir, garbage[i]);
    for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
        make_file(dir, strangers[i]);
    assert_int_equal(index_lock(&lock, dir, &err), OK);
    for (size_t i = 0; i < sizeof(garbage) / sizeof(*garbage); i++)
        assert_false(is_there(dir, garbage[i]));
    assert_false(is_there(dir, "tmp-00000000000000aa"));
    for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++)
        assert_true(is_there(dir, strangers[i]));
    assert_true(is_there(dir, manifest_name(1)));
    index_unlock(&lock);
    manifest_release(&m);
    tmp_remove(dir);
}

static void a_commit_leaves_what_is_begun_for_the_next(void **state)
{
    static const char *const begun[] = {
        "seg-0000000000000002-00000000000000ff.terms", "tmp-17-3.run"
    };
    static const char left[] = "seg-0000000000000001-00000000000000ff.terms";
    struct index_lock lock = INDEX_LOCK_INIT;
    char *dir = tmp_folder();
    struct error err = ERROR_INIT;
    struct manifest m;

    (void)state;
    assert_int_equal(index_lock(&lock, dir, &err), OK);
    assert_int_equal(manifest_load(&m, dir, &err), END);
    make_file(dir, begun[0]);
    make_file(dir, begun[1]);
    make_file(dir, left);
    commit(dir, &m, 5);
    assert_true(is_there(dir, begun[0]) && is_there(dir, begun[1]));
    assert_false(is_there(dir, left));
    index_unlock(&lock);
    assert_int_equal(index_lock(&lock, dir, &err), OK);
    assert_false(is_there(dir, begun[0]) || is_there(dir, begun[1]));
    index_unlock(&lock);
    manifest_release(&m);
    tmp_remove(dir);
}

static void other_peoples_folders_are_refused(void **state)
{
    struct index_lock lock = INDEX_LOCK_INIT;
    char *dir = tmp_folder();
    struct error err = ERROR_INIT;
    struct manifest m;

    (void)state;
    make_file(dir, "thesis.tmp");
    assert_int_equal(index_lock(&lock, dir, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "thesis.tmp"));
    error_clear(&err);
    assert_int_equal(manifest_load(&m, dir, &err), ERR_CORRUPT);
    assert_true(is_there(dir, "thesis.tmp"));
    assert_false(is_there(dir, "LOCK"));
    tmp_remove(dir);
}

static void nothing_is_swept_where_manifests_are_lost(void **state)
{
    static const char lost[] = "seg-0000000000000002-00000000000000ff.terms";
    struct index_lock lock = INDEX_LOCK_INIT;
    struct error err = ERROR_INIT;
    char *dir = tmp_folder();

    (void)state;
    make_file(dir, "LOCK");
    make_file(dir, lost);
    assert_int_equal(index_lock(&lock, dir, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "restore it from a copy"));
    assert_true(is_there(dir, lost));
    tmp_remove(dir);
}

/* Changes one byte of a file. */
static void spoil(const char *dir, const char *name, long at, char value)
{
    char *path = path_join(dir, name);
    FILE *f = fopen(path, "r+");

    assert_non_null(f);
    fseek(f, at, at < 0 ? SEEK_END : SEEK_SET);
    fputc(value, f);
    fclose(f);
    free(path);
}

/* Another version says so, and not to remove anything. */
static void check_other_version(const char *dir, uint8_t version)
{
    struct error err = ERROR_INIT;
    struct snapshot *s;
    char says[100];

    snprintf(says, sizeof(says), "made by format %d; this program reads %d: "
             "index again with lede-index add", version, FORMAT_VERSION);
    spoil(dir, manifest_name(2), 4, version);
    spoil(dir, manifest_name(2), -20, version);
    assert_int_equal(snapshot_open(&s, dir, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, says));
    assert_null(strstr(err.message, "remove"));
}

static void damaged_and_foreign_manifests_say_what_to_do(void **state)
{
    struct index_lock lock = INDEX_LOCK_INIT;
    char *dir = tmp_folder(), *path;
    struct error err = ERROR_INIT;
    struct snapshot *s;
    struct manifest m;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 5);
    commit(dir, &m, 5);
    manifest_release(&m);
    spoil(dir, manifest_name(2), 50, 'x');
    assert_int_equal(manifest_load(&m, dir, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "remove it to go back"));
    error_clear(&err);
    make_file(dir, "LOCK");
    make_file(dir, "run.tmp");
    assert_int_equal(index_lock(&lock, dir, &err), ERR_CORRUPT);
    assert_true(is_there(dir, "run.tmp"));
    error_clear(&err);
    check_other_version(dir, FORMAT_VERSION + 1);
    check_other_version(dir, FORMAT_VERSION - 1);
    path = path_join(dir, manifest_name(2));
    unlink(path);
    free(path);
    assert_int_equal(manifest_load(&m, dir, &err), OK);
    assert_int_equal(m.generation, 1);
    manifest_release(&m);
    assert_int_equal(snapshot_open(&s, dir, &err), OK);
    snapshot_close(s);
    tmp_remove(dir);
}

static void every_bit_of_a_manifest_counts(void **state)
{
    char *dir = tmp_folder(), *path;
    struct error err = ERROR_INIT;
    struct snapshot *s;
    struct manifest m;
    struct victim v;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 5);
    manifest_release(&m);
    path = path_join(dir, manifest_name(1));
    victim_open(&v, path);
    for (size_t len = 0; len < v.good.len; len++) {
        error_clear(&err);
        victim_cut(&v, len);
        assert_int_equal(manifest_load(&m, dir, &err), ERR_CORRUPT);
    }
    for (size_t bit = 0; bit < 8 * v.good.len; bit++) {
        error_clear(&err);
        victim_flip(&v, bit);
        assert_int_equal(manifest_load(&m, dir, &err), ERR_CORRUPT);
        manifest_release(&m);
    }
    for (size_t bit = 0; bit < 8 * v.good.len; bit++) {
        error_clear(&err);
        victim_flip_mended(&v, bit);
        if (snapshot_open(&s, dir, &err) == OK)
            snapshot_close(s);
    }
    victim_close(&v);
    error_clear(&err);
    assert_int_equal(snapshot_open(&s, dir, &err), OK);
    snapshot_close(s);
    free(path);
    tmp_remove(dir);
}

/* A writer commits as fast as it can; readers always get one whole commit:
 * segments of the generation, with as many documents as it says. */
static void readers_never_see_half_a_commit(void **state)
{
    char *dir = tmp_folder();
    struct error err = ERROR_INIT;
    struct manifest m;
    uint64_t newest = 0;
    unsigned opened = 0;
    pid_t child;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 3);
    child = fork();
    if (child == 0) {
        for (unsigned i = 0; i < 60; i++)
            commit(dir, &m, 3 + i % 2);
        manifest_release(&m);
        _exit(0);
    }
    while (newest < 61) {
        struct snapshot *s;

        if (snapshot_open(&s, dir, &err) != OK)
            fail_msg("%s", err.message);
        assert_true(s->manifest.generation >= newest);
        newest = s->manifest.generation;
        assert_int_equal(s->doc_count, newest == 1 ? 3 : 3 + newest % 2);
        assert_int_equal(s->segments[0]->info.generation, newest);
        if (segment_verify(s->segments[0], &err) != OK)
            fail_msg("%s", err.message);
        snapshot_close(s);
        opened++;
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
    print_message("%u snapshots over 61 commits\n", opened);
    manifest_release(&m);
    tmp_remove(dir);
}

/* What a manifest that cannot be read names is not known, so it stays; but
 * an unfinished commit must not stand in the way of the next one. */
static void a_damaged_older_manifest_stops_only_the_sweep(void **state)
{
    struct index_lock lock = INDEX_LOCK_INIT;
    char *dir = tmp_folder(), *path;
    struct error err = ERROR_INIT;
    struct manifest m;

    (void)state;
    assert_int_equal(index_lock(&lock, dir, &err), OK);
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 5);
    path = segment_path(dir, 1, m.segments[0].id, KIND_STORE);
    commit(dir, &m, 5);
    index_unlock(&lock);
    spoil(dir, manifest_name(1), 50, 'x');
    make_file(dir, "manifest-0000000000000003.tmp");
    assert_int_equal(index_lock(&lock, dir, &err), OK);
    assert_false(is_there(dir, "manifest-0000000000000003.tmp"));
    assert_int_equal(access(path, F_OK), 0);
    commit(dir, &m, 5);
    assert_true(access(path, F_OK) != 0);
    index_unlock(&lock);
    manifest_release(&m);
    free(path);
    tmp_remove(dir);
}

static void missing_files_are_damage(void **state)
{
    char *dir = tmp_folder(), *path;
    struct error err = ERROR_INIT;
    struct snapshot *s;
    struct manifest m;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 5);
    path = segment_path(dir, 1, m.segments[0].id, KIND_STORE);
    unlink(path);
    free(path);
    assert_int_equal(snapshot_open(&s, dir, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, ".store: is missing"));
    manifest_release(&m);
    tmp_remove(dir);
}

/* Bytes that a file may have from now on; more is refused by the system. */
static void limit_files(rlim_t bytes)
{
    struct rlimit limit = { bytes, RLIM_INFINITY };

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_leaves_the_last_commit(void **state)
{
    struct index_lock lock = INDEX_LOCK_INIT;
    char *dir = tmp_folder();
    struct error err = ERROR_INIT;
    struct segment_info info;
    struct snapshot *s;
    struct manifest m;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    commit(dir, &m, 30);
    for (rlim_t room = 0; room < 200; room += 50) {
        limit_files(room);
        assert_int_equal(manifest_commit(&m, dir, &err), ERR_IO);
        limit_files(RLIM_INFINITY);
        assert_non_null(strstr(err.message, "cannot write"));
        error_clear(&err);
        assert_int_equal(m.generation, 1);
    }
    for (rlim_t room = 0; room < 1200; room += 150) {
        limit_files(room);
        assert_int_equal(sample_write(&sample, dir, m.uuid, 2, 9, &info,
                                      &err), ERR_IO);
        limit_files(RLIM_INFINITY);
        error_clear(&err);
        make_file(dir, "LOCK");
        assert_int_equal(index_lock(&lock, dir, &err), OK);
        index_unlock(&lock);
        assert_int_equal(snapshot_open(&s, dir, &err), OK);
        assert_int_equal(segment_verify(s->segments[0], &err), OK);
        snapshot_close(s);
    }
    assert_int_equal(manifest_commit(&m, dir, &err), OK);
    manifest_release(&m);
    tmp_remove(dir);
}

static void counts_that_break_the_law_are_not_committed(void **state)
{
    char *dir = tmp_folder();
    struct error err = ERROR_INIT;
    struct manifest m;

    (void)state;
    assert_int_equal(manifest_load(&m, dir, &err), END);
    m.title_weight = 1;
    m.tally.seen = 3;
    assert_int_equal(manifest_commit(&m, dir, &err), ERR_LIMIT);
    assert_int_equal(m.generation, 0);
    error_clear(&err);
    assert_int_equal(manifest_load(&m, dir, &err), END);
    m.title_weight = 1;
    assert_int_equal(manifest_commit(&m, dir, &err), OK);
    m.generation = 0;
    assert_int_equal(manifest_commit(&m, dir, &err), ERR_IO);
    assert_non_null(strstr(err.message, "File exists"));
    tmp_remove(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_index_is_made_step_by_step),
        cmocka_unit_test(a_second_writer_is_told_of_the_first),
        cmocka_unit_test(two_manifests_are_kept_and_old_readers_read_on),
        cmocka_unit_test(the_sweep_takes_garbage_and_keeps_strangers),
        cmocka_unit_test(a_commit_leaves_what_is_begun_for_the_next),
        cmocka_unit_test(other_peoples_folders_are_refused),
        cmocka_unit_test(nothing_is_swept_where_manifests_are_lost),
        cmocka_unit_test(damaged_and_foreign_manifests_say_what_to_do),
        cmocka_unit_test(every_bit_of_a_manifest_counts),
        cmocka_unit_test(readers_never_see_half_a_commit),
        cmocka_unit_test(a_damaged_older_manifest_stops_only_the_sweep),
        cmocka_unit_test(missing_files_are_damage),
        cmocka_unit_test(a_full_disk_leaves_the_last_commit),
        cmocka_unit_test(counts_that_break_the_law_are_not_committed),
    };

    /* Readers that wait for a writer that fell are a failure. */
    alarm(300);
    return cmocka_run_group_tests_name("manifest", tests, NULL, NULL);
}
