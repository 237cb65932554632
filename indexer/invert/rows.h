/* rows.h -- the numbers of each document on their way to the columns: they
 * come by document and are written by column, so they wait in a file.
 */
#ifndef LEDE_INVERT_ROWS_H
#define LEDE_INVERT_ROWS_H

#include "indexer/invert/roll.h"

struct rows {
    struct writer file;
    uint32_t count;
    struct roll sources, langs;
};

/* The file is "DIR/tmp-ID.rows".  A failure sticks to rows->file. */
void rows_open(struct rows *r, const char *dir, uint64_t id);

/* The next document; its source and language are ordinals of the rolls. */
void rows_put(struct rows *r, const struct docvalues_row *row);

/* Writes the columns' file, which stays open.  ERR_IO. */
enum status rows_finish(struct rows *r, struct sealed_writer *to,
                        const struct graves *graves, struct error *err);

/* Frees, and unlinks the file. */
void rows_release(struct rows *r);

/* "DIR/tmp-ID.KIND", on the heap: the name of an unfinished file. */
char *scratch_path(const char *dir, uint64_t id, const char *kind);

#endif
