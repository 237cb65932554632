/* docstore.c -- article records in deflate blocks, by document.
 *
 * A record alone packs badly and a whole file cannot be entered in the
 * middle: so records are packed together until they are 16 KiB.  The
 * directory says which document a block begins with, so finding one is
 * halving, unpacking one block, and stepping over the lengths in it; the
 * block that was unpacked last is kept, for the next document is often near.
 *
 *   documents  0    1   2        3           4    5    6
 *   raw       [len rec][..][...] [len rec...] [..][..][..]
 *   file      +-----------------+------------+------------+-----------+----+
 *             | deflate         | deflate    | deflate    | directory |root|
 *             +-----------------+------------+------------+-----------+----+
 *   directory: offset u64, first document u32, raw bytes u32
 *
 * Invariant: a block unpacks to exactly its raw bytes, and these are exactly
 * as many records as lie between two first documents.
 */
#include "common/index/docstore.h"

#include <stdlib.h>

#include <libdeflate.h>

enum {
    ROOT = 24, ENTRY = 16,
    /* Blocks are too small for a thorough search to pay: of 5 MB of news,
     * level 1 packs 197 MB/s to 43.3 %, level 6 75 MB/s to 41.7 %. */
    LEVEL = 1,
    /* Deflate cannot make less than 1 byte of 1032. */
    RATIO_MAX = 1032,
    /* Pages that were copied are given back after so many bytes. */
    FORGET = 4 << 20
};

/* --- Writing --- */

struct docstore_writer {
    struct sealed_writer *file;
    struct libdeflate_compressor *deflater;
    struct buffer raw, packed, directory;
    uint64_t count;
    uint32_t first;             /* document of the block */
};

struct docstore_writer *docstore_writer_new(struct sealed_writer *file)
{
    struct docstore_writer *w = must_calloc(1, sizeof(*w));

    w->file = file;
    w->deflater = libdeflate_alloc_compressor(LEVEL);
    if (!w->deflater)
        out_of_memory();
    return w;
}

/* The block that comes next, for the directory. */
static void put_entry(struct docstore_writer *w, uint32_t raw)
{
    buffer_put_le64(&w->directory, sealed_tell(w->file));
    buffer_put_le32(&w->directory, w->first);
    buffer_put_le32(&w->directory, raw);
}

static void block_end(struct docstore_writer *w)
{
    size_t room = libdeflate_deflate_compress_bound(w->deflater, w->raw.len);

    if (w->raw.len == 0)
        return;
    buffer_clear(&w->packed);
    buffer_reserve(&w->packed, room);
    w->packed.len = libdeflate_deflate_compress(w->deflater, w->raw.data,
                                                w->raw.len, w->packed.data,
                                                room);
    put_entry(w, (uint32_t)w->raw.len);
    sealed_put_buffer(w->file, &w->packed);
    buffer_clear(&w->raw);
    w->first = (uint32_t)w->count;
}

void docstore_put(struct docstore_writer *w, struct bytes record)
{
    if (record.len > FORMAT_RECORD_MAX) {
        sealed_refuse(w->file, "an article has more than 2^28 bytes");
        return;
    }
    buffer_put_string(&w->raw, record);
    w->count++;
    if (w->raw.len >= FORMAT_STORE_BLOCK)
        block_end(w);
}

void docstore_finish(struct docstore_writer *w)
{
    struct buffer root = BUFFER_INIT;

    block_end(w);
    buffer_put_le64(&root, w->count);
    buffer_put_le64(&root, w->directory.len / ENTRY);
    buffer_put_le64(&root, sealed_tell(w->file));
    sealed_put_buffer(w->file, &w->directory);
    sealed_put_buffer(w->file, &root);
    buffer_release(&root);
    buffer_release(&w->raw);
    buffer_release(&w->packed);
    buffer_release(&w->directory);
    libdeflate_free_compressor(w->deflater);
    free(w);
}

/* --- Reading --- */

enum status docstore_open(struct docstore *s, struct sealed *file,
                          struct error *err)
{
    uint64_t root_at = file->end - ROOT;
    struct scan scan = scan_of(sealed_root(file, ROOT,
                                           "too short for a store"));

    *s = (struct docstore){ .file = file, .block_at = UINT64_MAX };
    s->count = scan_le64(&scan);
    s->block_count = scan_le64(&scan);
    s->directory = scan_le64(&scan);
    if (scan.bad || s->count >= NO_DOC || s->block_count > s->count ||
        (s->count && !s->block_count) || s->directory < FORMAT_HEADER ||
        s->directory > root_at ||
        root_at - s->directory != ENTRY * s->block_count) {
        sealed_damaged(file, root_at, "the root of the store cannot be");
        return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
    }
    s->inflater = libdeflate_alloc_decompressor();
    if (!s->inflater)
        out_of_memory();
    return OK;
}

void docstore_close(struct docstore *s)
{
    if (s->inflater)
        libdeflate_free_decompressor(s->inflater);
    s->inflater = NULL;
    buffer_release(&s->block);
    s->block_at = UINT64_MAX;
}

/* One block, as the directory has it. */
struct place {
    uint64_t start, end;        /* in the file */
    uint32_t first, next;       /* documents */
    uint32_t raw;               /* bytes */
};

static bool place_damaged(struct docstore *s, uint64_t block,
                          const char *what)
{
    sealed_damaged(s->file, s->directory + ENTRY * block, what);
    return false;
}

static bool place_of(struct docstore *s, uint64_t block, struct place *p)
{
    bool last = block + 1 == s->block_count;
    struct bytes entry = sealed_at(s->file, s->directory + ENTRY * block,
                                   last ? ENTRY : 2 * ENTRY);

    if (!entry.data)
        return false;
    p->start = load_le64(entry.data);
    p->first = load_le32(entry.data + 8);
    p->raw = load_le32(entry.data + 12);
    p->end = last ? s->directory : load_le64(entry.data + ENTRY);
    p->next = last ? (uint32_t)s->count : load_le32(entry.data + ENTRY + 8);
    if (p->start < FORMAT_HEADER || p->start >= p->end ||
        p->end > s->directory || p->first >= p->next ||
        p->next > s->count || p->raw < p->next - p->first ||
        p->raw / RATIO_MAX > p->end - p->start ||
        (block == 0 && (p->first != 0 || p->start != FORMAT_HEADER)))
        return place_damaged(s, block, "a block of the store cannot be so");
    return true;
}

/* The block that holds a document; false on damage. */
static bool place_find(struct docstore *s, uint32_t doc, uint64_t *block,
                       struct place *p)
{
    uint64_t low = 0, high = s->block_count;

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;

        if (!place_of(s, middle, p))
            return false;
        if (doc < p->first)
            high = middle;
        else if (doc >= p->next)
            low = middle + 1;
        else {
            *block = middle;
            return true;
        }
    }
    return place_damaged(s, 0, "no block of the store has a document");
}

/* Exactly as many records as the directory says, and nothing behind them. */
static bool records_fit(const struct docstore *s, const struct place *p)
{
    struct scan scan = scan_of(buffer_bytes(&s->block));

    for (uint32_t doc = p->first; doc < p->next && !scan.bad; doc++)
        if (scan_string(&scan).len > FORMAT_RECORD_MAX)
            return false;
    return !scan.bad && scan.at == scan.end;
}

static bool block_unpack(struct docstore *s, uint64_t block,
                         const struct place *p)
{
    struct bytes packed = sealed_at(s->file, p->start, p->end - p->start);
    size_t used = 0;

    s->block_at = UINT64_MAX;
    if (!packed.data)
        return false;
    buffer_clear(&s->block);
    buffer_reserve(&s->block, p->raw);
    if (libdeflate_deflate_decompress_ex(s->inflater, packed.data, packed.len,
                                         s->block.data, p->raw, &used,
                                         NULL) != LIBDEFLATE_SUCCESS ||
        used != packed.len)
        return place_damaged(s, block, "a block of the store does not unpack");
    s->block.len = p->raw;
    if (!records_fit(s, p))
        return place_damaged(s, block, "records of a block do not fit it");
    s->block_at = block;
    return true;
}

enum status docstore_get(struct docstore *s, uint32_t doc,
                         struct bytes *record, struct error *err)
{
    struct place p;
    uint64_t block;
    struct scan scan;

    *record = BYTES_NONE;
    if (!place_find(s, doc, &block, &p) ||
        (block != s->block_at && !block_unpack(s, block, &p)))
        return error_set(err, ERR_CORRUPT, "%s", s->file->damage.message);
    scan = scan_of(buffer_bytes(&s->block));
    for (uint32_t at = p.first; at <= doc; at++)
        *record = scan_string(&scan);
    return OK;
}

/* --- Copying --- */

static bool lives_whole(const struct live *live, const struct place *p)
{
    for (uint32_t doc = p->first; doc < p->next; doc++)
        if (!live_has(live, doc))
            return false;
    return true;
}

/* Copies a packed block; false on damage. */
static bool copy_packed(struct docstore_writer *w, struct docstore *from,
                        const struct place *p)
{
    struct bytes packed = sealed_at(from->file, p->start, p->end - p->start);

    if (!packed.data)
        return false;
    block_end(w);
    put_entry(w, p->raw);
    sealed_put(w->file, packed.data, packed.len);
    w->count += p->next - p->first;
    w->first = (uint32_t)w->count;
    return true;
}

/* Copies the records of a block that live; false on damage. */
static bool copy_records(struct docstore_writer *w, struct docstore *from,
                         const struct live *live, uint64_t block,
                         const struct place *p)
{
    struct scan scan;

    if (!block_unpack(from, block, p))
        return false;
    scan = scan_of(buffer_bytes(&from->block));
    for (uint32_t doc = p->first; doc < p->next; doc++) {
        struct bytes record = scan_string(&scan);

        if (live_has(live, doc))
            docstore_put(w, record);
    }
    return true;
}

enum status docstore_copy(struct docstore_writer *w, struct docstore *from,
                          const struct live *live, struct error *err)
{
    uint64_t forget_at = 0;
    struct place p;

    for (uint64_t block = 0; block < from->block_count; block++) {
        bool sound = place_of(from, block, &p);

        if (sound && p.raw >= FORMAT_STORE_BLOCK && lives_whole(live, &p))
            sound = copy_packed(w, from, &p);
        else if (sound)
            sound = copy_records(w, from, live, block, &p);
        if (!sound)
            return error_set(err, ERR_CORRUPT, "%s",
                             from->file->damage.message);
        if (p.end - forget_at > FORGET) {
            mapping_forget(&from->file->map, forget_at, p.end);
            forget_at = p.end;
        }
    }
    return OK;
}
