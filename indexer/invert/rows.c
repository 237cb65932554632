/* rows.c -- the numbers of each document on their way to the columns.
 *
 *   document 0: date length source ...   -->   date of 0, 1, 2 ...
 *   document 1: date length source ...         length of 0, 1, 2 ...
 */
#include "indexer/invert/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

char *scratch_path(const char *dir, uint64_t id, const char *kind)
{
    char name[64];

    snprintf(name, sizeof(name), "tmp-%016" PRIx64 ".%s", id, kind);
    return path_join(dir, name);
}

void rows_open(struct rows *r, const char *dir, uint64_t id)
{
    char *path = scratch_path(dir, id, "rows");

    *r = (struct rows){ .sources = ROLL_INIT, .langs = ROLL_INIT };
    writer_open(&r->file, path);
    free(path);
}

void rows_put(struct rows *r, const struct docvalues_row *row)
{
    writer_put(&r->file, row, sizeof(*row));
    r->count++;
}

enum status rows_finish(struct rows *r, struct sealed_writer *to,
                        const struct graves *graves, struct error *err)
{
    struct names sources = roll_names(&r->sources);
    struct names langs = roll_names(&r->langs);
    struct mapping map = { BYTES_NONE };
    char *path = must_copy(r->file.path);
    enum status code = writer_close(&r->file, err);

    if (code == OK)
        code = mapping_open(&map, path, err);
    if (code == OK)
        docvalues_write(to, (const struct docvalues_row *)
                        (const void *)map.bytes.data, r->count, &sources,
                        &langs, graves);
    mapping_close(&map);
    unlink(path);
    free(path);
    return code;
}

void rows_release(struct rows *r)
{
    writer_abandon(&r->file);
    roll_release(&r->sources);
    roll_release(&r->langs);
}
