/* programs.h -- both programs in this process: a command of lede-index, a
 * query of lede-search, and what they printed.  It costs no process, so that
 * a test can ask thousands of times.
 */
#ifndef LEDE_TESTS_PROGRAMS_H
#define LEDE_TESTS_PROGRAMS_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/index/manifest.h"
#include "indexer/command.h"
#include "searcher/reply.h"
#include "tests/unit/damage.h"

/* What a program printed, and what it came to. */
struct outcome {
    enum status code;
    struct buffer text;
};

/* Standard output and error go to a file of memory meanwhile. */
struct capture {
    int file, out, err;
};

static inline struct capture capture_begin(void)
{
    struct capture c = {
        memfd_create("printed", MFD_CLOEXEC), dup(1), dup(2)
    };

    fflush(stdout);
    damage_must(c.file >= 0 && dup2(c.file, 1) == 1 && dup2(c.file, 2) == 2);
    return c;
}

static inline void capture_end(struct capture *c, struct buffer *text)
{
    struct error err = ERROR_INIT;

    fflush(stdout);
    damage_must(dup2(c->out, 1) == 1 && dup2(c->err, 2) == 2);
    lseek(c->file, 0, SEEK_SET);
    file_read_all(text, c->file, "printed", 1 << 28, &err);
    close(c->file);
    close(c->out);
    close(c->err);
}

/* One command of lede-index, its arguments parted by blanks. */
static inline void run(struct outcome *out, const struct command *command,
                const char *dir, const char *arguments)
{
    struct context context = { .dir = dir, .progress = WHEN_NEVER };
    char line[400], *argv[16] = { (char *)(uintptr_t)command->name };
    struct error err = ERROR_INIT;
    struct capture capture;
    int argc = 1;

    *out = (struct outcome){ .text = BUFFER_INIT };
    snprintf(line, sizeof(line), "%s", arguments);
    for (char *word = strtok(line, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    capture = capture_begin();
    out->code = command->run(&context, argc, argv, &err);
    capture_end(&capture, &out->text);
    damage_must(out->code >= 0 || err.message[0]);
}

/* One query of lede-search. */
static inline void ask(struct outcome *out, const char *dir, const char *query)
{
    char line[200], *argv[] = { "lede-search", "--format", "json", "--explain",
                                "-n50", "--utc", "-e", NULL, NULL, NULL };
    struct error err = ERROR_INIT;
    struct search_options options;
    struct snapshot *snapshot;
    struct capture capture;
    struct desk desk;

    *out = (struct outcome){ .text = BUFFER_INIT };
    snprintf(line, sizeof(line), "%s", query);
    argv[7] = line;
    if (strncmp(line, "--any ", 6) == 0)
        argv[6] = "--any", argv[7] = line + 6;
    if (strncmp(line, "--sort date ", 12) == 0)
        argv[5] = "--sort", argv[6] = "date", argv[7] = line + 12;
    damage_must(search_options_read(&options, 8, argv, &err) == OK);
    out->code = snapshot_open(&snapshot, dir, &err);
    if (out->code == OK) {
        capture = capture_begin();
        desk_init(&desk, &options, snapshot);
        out->code = reply(&desk, BYTES_NONE, options.request.text, &err);
        desk_release(&desk);
        snapshot_close(snapshot);
        capture_end(&capture, &out->text);
    }
    damage_must(out->code >= 0 || err.message[0]);
    search_options_release(&options);
}

/* The time a search took stands at the end of a line. */
static inline bool same_outcome(const struct outcome *a,
                                const struct outcome *b)
{
    const char *end = "\"took_ms\":";
    const uint8_t *x = memmem(a->text.data, a->text.len, end, strlen(end));
    const uint8_t *y = memmem(b->text.data, b->text.len, end, strlen(end));
    size_t m = x ? (size_t)(x - a->text.data) : a->text.len;
    size_t n = y ? (size_t)(y - b->text.data) : b->text.len;

    return a->code == b->code && m == n &&
           (m == 0 || memcmp(a->text.data, b->text.data, m) == 0);
}

static inline void copy_file(const char *from, const char *to)
{
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT, 0644);
    struct buffer all = BUFFER_INIT;
    struct error err = ERROR_INIT;

    damage_must(in >= 0 && out >= 0 &&
                file_read_all(&all, in, from, 1 << 28, &err) == OK &&
                write(out, all.data, all.len) == (ssize_t)all.len);
    buffer_release(&all);
    close(in);
    close(out);
}

/* Calls `what` for every file of a folder, with its path and one in `to`. */
static inline void each_file(const char *dir, const char *to,
                             void (*what)(const char *path, const char *other))
{
    DIR *stream = opendir(dir);
    struct dirent *item;

    damage_must(stream != NULL);
    while ((item = readdir(stream)) != NULL) {
        char *path = path_join(dir, item->d_name);
        char *other = path_join(to, item->d_name);

        if (item->d_name[0] != '.')
            what(path, other);
        free(path);
        free(other);
    }
    closedir(stream);
}

#endif
