/* docstore.h -- article records in deflate blocks, by document (FORMAT.md
 * section 8).  libdeflate packs and unpacks; plain zlib can read it.
 */
#ifndef LEDE_INDEX_DOCSTORE_H
#define LEDE_INDEX_DOCSTORE_H

#include "common/index/live.h"
#include "common/index/sealed.h"

struct docstore_writer;

struct docstore_writer *docstore_writer_new(struct sealed_writer *file);

/* The next document's record; at most FORMAT_RECORD_MAX bytes. */
void docstore_put(struct docstore_writer *w, struct bytes record);

/* Appends the records of all documents of `from` that live, in order.  A
 * block that lives whole is copied as it lies, and the one before it closed.
 * ERR_CORRUPT: `from` is damaged. */
struct docstore;
enum status docstore_copy(struct docstore_writer *w, struct docstore *from,
                          const struct live *live, struct error *err);

/* Writes directory and root, and frees the writer. */
void docstore_finish(struct docstore_writer *w);

struct docstore {
    struct sealed *file;
    uint64_t count, block_count, directory;
    struct libdeflate_decompressor *inflater;
    struct buffer block;                /* the one unpacked last */
    uint64_t block_at;                  /* its number, or UINT64_MAX */
};

/* Borrows the file, checks the root.  ERR_CORRUPT. */
enum status docstore_open(struct docstore *s, struct sealed *file,
                          struct error *err);
void docstore_close(struct docstore *s);

/* The record of a document; lives until the next call.  ERR_CORRUPT. */
enum status docstore_get(struct docstore *s, uint32_t doc,
                         struct bytes *record, struct error *err);

#endif
