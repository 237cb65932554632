/* rejects.h -- what could not be taken, kept with the index: which file,
 * where in it, why, and since when.  `lede-index errors` shows it.
 *
 * Reading a file to its end replaces what was said of it before.
 */
#ifndef LEDE_REJECTS_H
#define LEDE_REJECTS_H

#include "common/index/manifest.h"

enum { REJECTS_OF_A_FILE = 1000 };      /* kept; the rest is counted */

struct reject {
    char *path;                 /* from the root, or "-" */
    uint64_t offset;            /* of the record, in bytes */
    uint64_t record;            /* its number from 1; 0: the whole file */
    char *format;               /* as --from has it; "": not told */
    char *reason;               /* without the path */
    int64_t since;              /* seconds of 1970: first met */
    uint64_t more;              /* of this file that are not kept */
    bool settled;               /* the file has been read again */
    bool met;                   /* in this run */
};

struct rejects {
    struct reject *items;       /* by path and place up to `sorted` */
    size_t count, sorted;
    bool changed;               /* other than what was loaded or saved */
};

#define REJECTS_INIT { NULL, 0, 0, false }

/* Reads those of the index; none where it has none.  ERR_CORRUPT, ERR_IO. */
enum status rejects_load(struct rejects *r, const char *dir,
                         const struct manifest *m, struct error *err);

/* Writes them for the commit of m->generation + 1 where they have changed,
 * and says so in `m`.  ERR_IO. */
enum status rejects_save(struct rejects *r, const char *dir,
                         struct manifest *m, struct error *err);

/* What is met now; all of it is copied. */
void rejects_add(struct rejects *r, const struct reject *one);

/* The file was read to its end, or is gone: what earlier runs said of it no
 * longer counts. */
void rejects_settle(struct rejects *r, const char *path);

/* The body of the attachment, as FORMAT.md has it, and back; unpacking is
 * false where it cannot be. */
void rejects_pack(struct buffer *body, const struct rejects *r);
bool rejects_unpack(struct rejects *r, struct bytes body);

void rejects_release(struct rejects *r);

#endif
