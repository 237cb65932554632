/* run.h -- one sorted run: what fitted into memory, in a temporary file.
 *
 *   run    := stem..., 0, word..., 0
 *   stem   := varint key length + 1, key, doc..., 0
 *   doc    := varint (document - the one before; the first + 1),
 *             and unless the key is metadata (its first byte is 01):
 *             varint count, varint occurrences in the title,
 *             varint first position, varint (gap - 1) to each next one
 *   word   := varint key length + 1, key, varint count,
 *             varint first ordinal, varint (gap - 1) to each next one
 *
 * Keys rise strictly.  An ordinal is the number of a stem in this run.  The
 * first document may be the last one of the run before: a document that did
 * not fit goes on there.
 */
#ifndef LEDE_INVERT_RUN_H
#define LEDE_INVERT_RUN_H

#include "common/base/file.h"
#include "common/index/format.h"
#include "indexer/invert/input.h"

/* --- Writing: sticky, like the writer below it. --- */

struct run_writer {
    struct writer file;
    struct buffer pending;
    uint32_t last_doc;
    bool meta;
};

void run_create(struct run_writer *w, const char *path);
void run_put_stem(struct run_writer *w, struct bytes key);

/* The next document of the stem; positions ascending, and none, 0, 0 for
 * metadata. */
void run_put_doc(struct run_writer *w, uint32_t doc,
                 const uint32_t *positions, uint32_t count, uint32_t title);
void run_end_stem(struct run_writer *w);
void run_end_stems(struct run_writer *w);

/* `ordinals` ascending, at least one. */
void run_put_word(struct run_writer *w, struct bytes key,
                  const uint32_t *ordinals, uint32_t count);

/* Ends the words too, and closes.  ERR_IO, the first failure of all. */
enum status run_finish(struct run_writer *w, struct error *err);

/* --- Reading: in order, through a buffer of fixed size --- */

struct run {
    struct input in;            /* the key is in key_space */
    char *path;                 /* owned */
    uint64_t offset;            /* in the file, of what is read next */
    uint8_t *buffer;            /* owned; `room` bytes */
    size_t room;
    const uint8_t *at, *end;
    uint8_t key_space[FORMAT_KEY_MAX];
};

/* Opens nothing yet: the file is open only while it is read from, so that
 * there may be any number of runs.  `room`: at least 16 bytes. */
void run_open(struct run *r, const char *path, uint32_t number, size_t room);

/* Frees; the file stays. */
void run_close(struct run *r);

#endif
