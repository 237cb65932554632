/* tmp.h -- a folder for a test to write in, and the fixture of a program of
 * tests that shares one.
 */
#ifndef LEDE_TESTS_TMP_H
#define LEDE_TESTS_TMP_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/file.h"

/* A new folder under /tmp; on the heap. */
static inline char *tmp_folder(void)
{
    char *dir = malloc(32);

    snprintf(dir, 32, "/tmp/lede-test-XXXXXX");
    if (!mkdtemp(dir))
        abort();
    return dir;
}

/* Removes it and what is in it. */
static inline void tmp_remove(char *dir)
{
    char command[64];

    snprintf(command, sizeof(command), "rm -rf %s", dir);
    if (system(command) != 0)
        abort();
    free(dir);
}

/* The folder that the tests of one program share, and a file in it. */
static char *tmp_dir, *tmp_file;

static inline int tmp_set_up(void **state)
{
    (void)state;
    tmp_dir = tmp_folder();
    tmp_file = path_join(tmp_dir, "file");
    return 0;
}

static inline int tmp_tear_down(void **state)
{
    (void)state;
    free(tmp_file);
    tmp_remove(tmp_dir);
    return 0;
}

/* Fails when a test has left a file. */
static inline int tmp_tear_down_empty(void **state)
{
    int left = rmdir(tmp_dir);

    return tmp_tear_down(state) || left;
}

#endif
