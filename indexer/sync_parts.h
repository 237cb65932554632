/* sync_parts.h -- what the parts of sync share: sync.c reads, sync_files.c
 * knows which files there are and which are gone, sync_lost.c takes out what
 * no file has any more.
 */
#ifndef LEDE_SYNC_PARTS_H
#define LEDE_SYNC_PARTS_H

#include "indexer/sync.h"

/* A path that the walk could not read. */
struct sync_failure {
    char *path;
    struct error why;
    bool missing;
};

/* A file to be looked at. */
struct sync_task {
    size_t entry;               /* in the ledger */
    uint64_t size;
    bool known;                 /* the ledger had it */
};

/* An article of the file at hand. */
struct sync_took {
    struct article_id id;
    bool given;                 /* by this file */
};

/* An article that a file does not have any more, or has in an older version
 * than the index. */
struct sync_lost {
    struct article_id id;
    bool given;                 /* the file brought it */
    bool older;
    bool held_given;            /* another file brought it too */
    bool leaves;
    uint32_t holders;
};

/* for (EACH(struct x, one, buffer)): every struct x in a buffer of them. */
#define EACH(type, one, buffer) \
    type *one = (type *)(void *)(buffer).data; \
    one && one < (type *)(void *)((buffer).data + (buffer).len); one++

/* --- sync_files.c --- */

/* Puts the tasks: files that are new, or do not look as they did. */
void sync_plan(struct sync *s);

/* Finds the entries that are gone, loses their articles.  ERR_USAGE: they
 * are too many. */
enum status sync_forget_gone(struct sync *s);

/* Reads a file for its size, time and hash.  ERR_IO. */
enum status sync_look(struct ledger_entry *seen, const char *path,
                      struct error *err);

/* MTIME_NONE for a time that is too young to be trusted. */
int64_t sync_trusted(int64_t mtime);

/* --- sync_lost.c --- */

void sync_lose(struct sync *s, const struct article_id *id, bool given);

/* Takes lost articles out of the index.  One that another file has stays if
 * that file brought it and this one did not; else that file is to be read
 * again.  ERR_CORRUPT as builder_remove. */
enum status sync_find_lost(struct sync *s, struct error *err);

#endif
