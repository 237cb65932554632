/* file.h -- files: map one to read it, write one so that no failure is
 * overlooked, and put it in its place by renaming.
 */
#ifndef LEDE_BASE_FILE_H
#define LEDE_BASE_FILE_H

#include <stdio.h>

#include "common/base/buffer.h"
#include "common/base/error.h"

/* A whole file, mapped to read.  The mapping outlives an unlink. */
struct mapping {
    struct bytes bytes;
};

/* Maps the file at `path`; an empty one gives no bytes.  ERR_IO; ERR_CORRUPT
 * where it is no regular file. */
enum status mapping_open(struct mapping *map, const char *path,
                         struct error *err);

/* Unmaps; harmless when released before or never opened but zeroed. */
void mapping_close(struct mapping *map);

/* Lets the kernel drop the pages of [from, to), which count as resident
 * otherwise; they come back from the file when they are touched. */
void mapping_forget(const struct mapping *map, size_t from, size_t to);

/* Takes the places of standard input, output and error where they are
 * closed, so that no file gets one of their numbers and is written to as if
 * it were a terminal; reading or writing them still fails.  Call it first. */
void file_guard_standard(void);

/* Reads from `fd` to its end, appending to `into`; ERR_LIMIT past `limit`
 * bytes, ERR_IO; `name` is for the message. */
enum status file_read_all(struct buffer *into, int fd, const char *name,
                          size_t limit, struct error *err);

/* A file being written.  Sticky: after the first failure it does nothing,
 * and writer_close or writer_sync tells.  Bytes are buffered. */
struct writer {
    int fd;
    char *path;                 /* owned; for messages */
    uint64_t written;           /* bytes put so far, flushed or not */
    struct buffer pending;
    struct error failure;
};

/* Creates `path`, which must not exist.  A failure sticks. */
void writer_open(struct writer *w, const char *path);
void writer_put(struct writer *w, const void *data, size_t len);

/* Writes what is buffered and makes it durable (fsync).  ERR_IO. */
enum status writer_sync(struct writer *w, struct error *err);

/* Writes what is buffered and closes; the first failure of the writer's
 * whole life comes back here.  Not durable without writer_sync before. */
enum status writer_close(struct writer *w, struct error *err);

/* Closes without a word and unlinks; for clean-up.  Harmless if closed. */
void writer_abandon(struct writer *w);

/* Makes the names in the folder durable.  ERR_IO. */
enum status dir_sync(const char *path, struct error *err);

/* Renames within one folder; fails if `to` exists, whatever the system.
 * ERR_IO. */
enum status file_rename_new(const char *from, const char *to,
                            struct error *err);

/* "dir/name", on the heap; the caller frees it. */
char *path_join(const char *dir, const char *name);

/* Creates the folder and the ones above it that are missing.  ERR_IO. */
enum status dir_make(const char *path, struct error *err);

#endif
