/* attachment.h -- what an index keeps beside its segments: sealed files of
 * other rooms, which the manifest names and a commit carries (FORMAT.md
 * section 11).
 */
#ifndef LEDE_INDEX_ATTACHMENT_H
#define LEDE_INDEX_ATTACHMENT_H

#include "common/base/buffer.h"
#include "common/base/error.h"
#include "common/index/format.h"

/* What the manifest says of one.  There is one of a kind at the most. */
struct attachment_info {
    uint32_t kind;              /* enum attachment_kind, or a later one */
    uint64_t generation, id;    /* of the commit that brought it; its own */
    uint64_t size;              /* bytes of the file */
};

/* "DIR/att-G-ID"; on the heap. */
char *attachment_path(const char *dir, const struct attachment_info *info);

/* Writes `body` as a new file, durable, for the commit of `generation`, and
 * fills `info`.  ERR_IO. */
enum status attachment_save(struct attachment_info *info, const char *dir,
                            uint64_t uuid, uint64_t generation,
                            enum attachment_kind kind, struct bytes body,
                            struct error *err);

/* Appends the body, every byte checked.  ERR_CORRUPT: missing, damaged, of
 * another index or attachment, or not of the size that the manifest says. */
enum status attachment_load(struct buffer *body, const char *dir,
                            uint64_t uuid,
                            const struct attachment_info *info,
                            struct error *err);

#endif
