/* sealed.h -- a file that is written once and checked whenever it is read:
 * the frame of FORMAT.md section 2.
 */
#ifndef LEDE_INDEX_SEALED_H
#define LEDE_INDEX_SEALED_H

#include "common/base/file.h"
#include "common/index/format.h"

/* Writing: sticky, like the writer below it. */
struct sealed_writer {
    struct writer file;
    struct buffer crcs;         /* of the 64 KiB blocks that are full */
    uint32_t crc, filled;       /* of the block that is not */
    uint64_t owner;
    enum file_kind kind;
};

/* Creates the file, which must not exist, and writes its header. */
void sealed_create(struct sealed_writer *w, const char *path,
                   enum file_kind kind, uint64_t uuid, uint64_t owner);

void sealed_put(struct sealed_writer *w, const void *data, size_t len);
void sealed_put_buffer(struct sealed_writer *w, const struct buffer *b);

/* Refuses what is above a maximum of the format: the writer fails with
 * ERR_LIMIT and "path: what", which sealed_finish tells. */
void sealed_refuse(struct sealed_writer *w, const char *what);

/* The offset in the file where the next byte goes. */
uint64_t sealed_tell(const struct sealed_writer *w);

/* Puts zeros up to a multiple of `unit`. */
void sealed_align(struct sealed_writer *w, unsigned unit);

/* Writes checksums and footer, makes the file durable, closes it, and gives
 * its size.  ERR_IO or ERR_LIMIT with the first failure of all; the file is
 * unlinked then. */
enum status sealed_finish(struct sealed_writer *w, uint64_t *size,
                          struct error *err);

/* Closes and unlinks what is unfinished.  Harmless after finish. */
void sealed_abandon(struct sealed_writer *w);

/* Reading. */
struct sealed {
    struct mapping map;
    char *path;                 /* owned; for messages */
    uint64_t uuid, owner;
    uint64_t end;               /* of the body; it begins at FORMAT_HEADER */
    uint64_t *checked;          /* one bit a block, set when found good */
    struct error damage;        /* the first one met, for search to tell */
    uint16_t version;           /* of the format, as found; 0: none */
};

/* Maps the file and checks its size, header and footer.  `size` as the
 * manifest says, or 0 to take it as it is.  ERR_CORRUPT names what was found
 * and what was expected, a missing file too; another version is told apart
 * from damage, in the message and in s->version.  After a failure there is
 * nothing to close. */
enum status sealed_open(struct sealed *s, const char *path,
                        enum file_kind kind, uint64_t size,
                        struct error *err);
void sealed_close(struct sealed *s);

/* [offset, offset + len) of the body, its blocks checked.  No bytes (data
 * NULL), with s->damage filled, where it is outside or a checksum fails; the
 * file then stays damaged, but its good blocks can still be read.  Up to 36
 * bytes behind what it gives are in the map (the frame), so that a load of 8
 * bytes at the last byte is safe. */
struct bytes sealed_at(struct sealed *s, uint64_t offset, uint64_t len);

/* The last `len` bytes of the body, where what it holds has its root, as
 * sealed_at; `lack` is what s->damage says when there are fewer. */
struct bytes sealed_root(struct sealed *s, uint64_t len, const char *lack);

/* Remembers that what is at `offset` cannot be; the first one wins. */
void sealed_damaged(struct sealed *s, uint64_t offset, const char *what);

/* Checks every block.  ERR_CORRUPT names the first bad one. */
enum status sealed_verify(struct sealed *s, struct error *err);

#endif
