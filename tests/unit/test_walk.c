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

static void tell(void *context, const char *path, const struct error *err)
{
    assert_non_null(strstr(err->message, path));
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

static void patterns_choose(void **state)
{
    const char *pages = "*.html", *sub = "sub/**", *folder = "sub/",
               *given = "b.*";
    struct walk w = WALK_INIT;

    (void)state;
    w.include = (struct globs){ &pages, 1 };
    walk_add(&w, tmp_dir, NULL, NULL);
    assert_int_equal(w.count, 2);
    walk_release(&w);
    w.include = (struct globs){ &sub, 1 };
    walk_add(&w, tmp_dir, NULL, NULL);
    assert_int_equal(w.count, 1);
    assert_string_equal(name_of(&w, 0), "sub/c.txt");
    walk_release(&w);
    w.exclude = (struct globs){ &folder, 1 };
    walk_add(&w, tmp_dir, NULL, NULL);
    assert_int_equal(w.count, 2);
    walk_release(&w);
    w.include = w.exclude = (struct globs){ &given, 1 };
    walk_add(&w, tmp_dir, NULL, NULL);
    assert_int_equal(w.count, 0);
    walk_release(&w);
}

/* A saved page and its folder; another folder of such a name. */
static void what_belongs_to_a_page_is_passed_over(void **state)
{
    static const char *const folders[] = { "b_files", "lonely_files" };
    struct walk w = WALK_INIT;

    (void)state;
    for (int i = 0; i < 2; i++) {
        char *folder = path_join(tmp_dir, folders[i]);

        mkdir(folder, 0755);
        free(folder);
    }
    make("b_files/style.css", "x");
    make("lonely_files/d.txt", "d");
    walk_add(&w, tmp_dir, NULL, NULL);
    assert_int_equal(w.count, 4);
    assert_string_equal(name_of(&w, 2), "lonely_files/d.txt");
    walk_release(&w);
}

/* A list of two files that are there and one that is not. */
static void list_gives(const char *text, size_t len, bool nul)
{
    struct walk w = WALK_INIT;
    struct error err = ERROR_INIT;
    char said[1000] = "", *list = path_join(tmp_dir, ".list");
    FILE *f = fopen(list, "w");

    fwrite(text, 1, len, f);
    fclose(f);
    assert_int_equal(walk_add_list(&w, list, nul, tell, said, &err), OK);
    assert_string_equal(said, "nowhere: No such file or directory");
    assert_int_equal(w.count, 2);
    assert_string_equal(w.files[0].path, "tests/unit/test_walk.c");
    assert_string_equal(w.files[1].path, "tests/unit/test_glob.c");
    walk_release(&w);
    unlink(list);
    free(list);
}

static void lists_give_their_paths(void **state)
{
    static const char lines[] = "tests/unit/test_walk.c\n\nnowhere\n"
                                "tests/unit/test_glob.c";
    static const char nuls[] = "tests/unit/test_walk.c\0nowhere\0\0"
                               "tests/unit/test_glob.c\0";
    struct walk w = WALK_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    list_gives(lines, sizeof(lines) - 1, false);
    list_gives(nuls, sizeof(nuls) - 1, true);
    assert_int_equal(walk_add_list(&w, "/nowhere/at/all", false, NULL, NULL,
                                   &err), ERR_IO);
    assert_string_equal(err.message,
                        "/nowhere/at/all: No such file or directory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folders_give_their_files_in_order),
        cmocka_unit_test(what_is_not_there_is_told),
        cmocka_unit_test(patterns_choose),
        cmocka_unit_test(what_belongs_to_a_page_is_passed_over),
        cmocka_unit_test(lists_give_their_paths),
    };

    return cmocka_run_group_tests_name("walk", tests, set_up, tmp_tear_down);
}
