/* test_walk.c -- folders to files: order, what is passed over, complaints. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/base/file.h"
#include "indexer/read/walk.h"
#include "tests/unit/tmp.h"

static void make(const char *name, const char *text)
{
    char *path = path_join(tmp_dir, name);
    FILE *f = fopen(path, "w");

    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    free(path);
}

static int set_up(void **state)
{
    char *sub, *link, *pipe;

    tmp_set_up(state);
    sub = path_join(tmp_dir, "sub");
    link = path_join(tmp_dir, "link");
    pipe = path_join(tmp_dir, "pipe");
    mkdir(sub, 0755);
    if (symlink("sub", link) != 0 || mkfifo(pipe, 0644) != 0)
        return -1;
    make("b.html", "bb");
    make("a.html", "a");
    make("sub/c.txt", "ccc");
    make(".hidden", "x");
    make("old~", "x");
    free(sub);
    free(link);
    free(pipe);
    return 0;
}

static void tell(void *context, const struct error *err)
{
    strncat(context, err->message, 400);
}

static const char *name_of(const struct walk *w, uint64_t i)
{
    return w->files[i].path + strlen(tmp_dir) + 1;
}

static void folders_give_their_files_in_order(void **state)
{
    struct walk w = WALK_INIT;
    char said[1000] = "";

    (void)state;
    assert_int_equal(walk_add(&w, tmp_dir, tell, said), 1);
    assert_non_null(strstr(said, "pipe: not a regular file"));
    assert_int_equal(w.count, 3);
    assert_string_equal(name_of(&w, 0), "a.html");
    assert_string_equal(name_of(&w, 1), "b.html");
    assert_string_equal(name_of(&w, 2), "sub/c.txt");
    assert_int_equal(w.bytes, 6);
    walk_release(&w);
    walk_release(&w);
}

static void what_is_not_there_is_told(void **state)
{
    struct walk w = WALK_INIT;
    char said[1000] = "";

    (void)state;
    assert_int_equal(walk_add(&w, "/nowhere/at/all", tell, said), 1);
    assert_string_equal(said, "/nowhere/at/all: No such file or directory");
    assert_int_equal(walk_add(&w, "-", tell, said), 0);
    assert_int_equal(w.count, 1);
    assert_string_equal(w.files[0].path, "-");
    walk_release(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_give_their_files_in_order),
        cmocka_unit_test(what_is_not_there_is_told),
    };

    return cmocka_run_group_tests_name("walk", tests, set_up, tmp_tear_down);
}
