/* walk.h -- the paths of a command line to the files below them.
 *
 * Folders are walked in byte order of their names, so that two runs see the
 * same order.  Hidden names, names ending in ~, README*, LICENSE* and symbolic
 * links below a given folder are passed over; what is no regular file is
 * reported.
 */
#ifndef LEDE_READ_WALK_H
#define LEDE_READ_WALK_H

#include "common/base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct walk_file {
    char *path;                 /* "-" is standard input */
    uint64_t size;              /* bytes; 0 for standard input */
};

struct walk {
    struct walk_file *files;
    uint64_t count, bytes;
    bool (*passes_over)(const char *folder);    /* or NULL: none */
};

#define WALK_INIT { NULL, 0, 0, NULL }

/* Adds the file, or every file below the folder.  What cannot be read goes
 * to `complain` (path and reason) and the walk goes on; returns how many. */
uint64_t walk_add(struct walk *w, const char *path,
                  void (*complain)(void *context, const struct error *err),
                  void *context);

void walk_release(struct walk *w);

#endif
