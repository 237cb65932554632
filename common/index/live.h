/* live.h -- which documents of a segment are still there (FORMAT.md
 * section 9): one bit each.
 */
#ifndef LEDE_INDEX_LIVE_H
#define LEDE_INDEX_LIVE_H

#include "common/index/sealed.h"

struct live {
    uint64_t *bits;             /* owned; NULL: all are there */
    uint32_t count, live_count;
};

/* All of `count` documents live. */
void live_init(struct live *l, uint32_t count);
void live_copy(struct live *to, const struct live *from);
void live_release(struct live *l);

static inline bool live_has(const struct live *l, uint32_t doc)
{
    return !l->bits || (l->bits[doc / 64] >> doc % 64 & 1);
}

/* Takes a document out; true if it was there. */
bool live_kill(struct live *l, uint32_t doc);

/* Writes the bits as a sealed file at `path`, which must not exist, durable;
 * `owner` is the segment, *size the bytes of the file.  ERR_IO. */
enum status live_save(const struct live *l, const char *path, uint64_t uuid,
                      uint64_t owner, uint64_t *size, struct error *err);
/* Reads them back; the file must have this owner, `count` documents and
 * `size` bytes.  ERR_CORRUPT.  What comes back is the caller's. */
enum status live_load(struct live *l, const char *path, uint64_t owner,
                      uint32_t count, uint64_t size, struct error *err);

#endif
