/* walk.h -- the paths of a command line to the files below them.
 *
 * Folders are walked in byte order of their names, so that two runs see the
 * same order.  Hidden names, names ending in ~, README*, LICENSE* and symbolic
 * links below a given folder are passed over, and the folder "x_files" that a
 * browser puts beside "x.html"; what is no regular file is reported.
 * Patterns say which files are wanted and which are not, of those that were
 * given too; a folder that is not wanted is not entered.
 */
#ifndef LEDE_READ_WALK_H
#define LEDE_READ_WALK_H

#include "common/base/error.h"

#include <stdint.h>

#include "common/base/buffer.h"
#include "indexer/read/glob.h"

struct walk_file {
    char *path;                 /* "-" is standard input */
    uint64_t size;              /* bytes; 0 for standard input */
    int64_t mtime;              /* nanoseconds of 1970 */
};

struct walk {
    struct walk_file *files;
    uint64_t count, bytes;
    bool (*passes_over)(const char *folder);    /* or NULL: none */
    struct globs include;       /* none: all files */
    struct globs exclude;
    /* Told each folder before its names are read; or NULL. */
    void (*enters)(void *self, const char *folder);
    void *self;
};

#define WALK_INIT { .files = NULL }

/* Adds the file, or every file below the folder.  What cannot be read goes
 * to `complain` (path and reason) and the walk goes on; returns how many. */
uint64_t walk_add(struct walk *w, const char *path,
                  void (*complain)(void *context, const char *path,
                                   const struct error *err),
                  void *context);

/* The same for a path that a walk of the folder `root` would come to. */
uint64_t walk_add_below(struct walk *w, const char *root, const char *path,
                        void (*complain)(void *context, const char *path,
                                         const struct error *err),
                        void *context);

/* Whether a path is the folder, or in it. */
bool walk_is_below(const char *path, const char *folder);

/* Whether a walk passes over files and folders of this name. */
bool walk_passes_over(const char *name);

/* A list of paths: one a line, or with `nul` each ended by NUL; empty ones
 * are nothing.  `list` is a file, or "-" for standard input, which no path in
 * it means then.  ERR_IO, ERR_LIMIT: the list could not be read. */
enum status walk_list_read(struct buffer *text, const char *list, bool nul,
                           struct error *err);

/* The next path of the text, NUL-ended and in it, from *at on; NULL: no
 * more. */
const char *walk_list_next(struct buffer *text, size_t *at, bool nul);

/* Adds the paths of a list as walk_add does. */
enum status walk_add_list(struct walk *w, const char *list, bool nul,
                          void (*complain)(void *context, const char *path,
                                           const struct error *err),
                          void *context, struct error *err);

void walk_release(struct walk *w);

#endif
