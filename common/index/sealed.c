/* sealed.c -- a file that is written once and checked whenever it is read.
 *
 * The writer runs a crc32 along with the bytes and keeps one number for each
 * 64 KiB; they go behind the body, and a footer with the end of the body
 * behind them, so that a file cut anywhere has no footer.  The reader maps
 * the file, checks footer, checksums' checksum and header at once, and a
 * block when it is first touched: one bit says that this was done, so on the
 * way of a query it is a test of a bit.
 *
 *   0        32                     end                        size
 *   +--------+------------ - - - ---+-----+-----+ - - +--------+
 *   | header | body                 |crc 0|crc 1|     | footer |
 *   +--------+------------ - - - ---+-----+-----+ - - +--------+
 *   |<-- block 0: 64 KiB -->|<-- 1 -|     their crc is in here ^
 *
 * Invariant: size == end + 4 x blocks + 32, blocks == end / 64 KiB upwards.
 */
#include "common/index/sealed.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <libdeflate.h>

enum { FOOTER_SUMMED = FORMAT_FOOTER - 4 };

/* --- Writing --- */

void sealed_create(struct sealed_writer *w, const char *path,
                   enum file_kind kind, uint64_t uuid, uint64_t owner)
{
    struct buffer header = BUFFER_INIT;

    *w = (struct sealed_writer){ .owner = owner, .kind = kind };
    writer_open(&w->file, path);
    buffer_put(&header, FORMAT_MAGIC, 4);
    buffer_put_le16(&header, FORMAT_VERSION);
    buffer_put_u8(&header, (uint8_t)kind);
    buffer_put_u8(&header, 0);
    buffer_put_le64(&header, uuid);
    buffer_put_le64(&header, owner);
    buffer_put_le64(&header, 0);
    sealed_put_buffer(w, &header);
    buffer_release(&header);
}

static void block_end(struct sealed_writer *w)
{
    buffer_put_le32(&w->crcs, w->crc);
    w->crc = 0;
    w->filled = 0;
}

void sealed_put(struct sealed_writer *w, const void *data, size_t len)
{
    const uint8_t *at = data;

    if (w->file.failure.code != OK)
        return;
    writer_put(&w->file, data, len);
    while (len) {
        size_t some = FORMAT_SEAL_BLOCK - w->filled;

        if (some > len)
            some = len;
        w->crc = libdeflate_crc32(w->crc, at, some);
        w->filled += (uint32_t)some;
        at += some;
        len -= some;
        if (w->filled == FORMAT_SEAL_BLOCK)
            block_end(w);
    }
}

void sealed_put_buffer(struct sealed_writer *w, const struct buffer *b)
{
    sealed_put(w, b->data, b->len);
}

void sealed_refuse(struct sealed_writer *w, const char *what)
{
    error_set(&w->file.failure, ERR_LIMIT, "%s: %s",
              w->file.path ? w->file.path : "index", what);
}

uint64_t sealed_tell(const struct sealed_writer *w)
{
    return w->file.written;
}

void sealed_align(struct sealed_writer *w, unsigned unit)
{
    static const uint8_t zeros[8];

    while (w->file.failure.code == OK && sealed_tell(w) % unit) {
        uint64_t lack = unit - sealed_tell(w) % unit;

        sealed_put(w, zeros, lack < sizeof(zeros) ? lack : sizeof(zeros));
    }
}

static void put_footer(struct sealed_writer *w, uint64_t end)
{
    struct buffer footer = BUFFER_INIT;

    buffer_put_le64(&footer, end);
    buffer_put_le32(&footer,
                    libdeflate_crc32(0, w->crcs.data, w->crcs.len));
    buffer_put_le16(&footer, FORMAT_VERSION);
    buffer_put_u8(&footer, (uint8_t)w->kind);
    buffer_put_u8(&footer, 0);
    buffer_put_le64(&footer, w->owner);
    buffer_put(&footer, FORMAT_FOOTER_MAGIC, 4);
    buffer_put_le32(&footer, libdeflate_crc32(0, footer.data, footer.len));
    writer_put(&w->file, footer.data, footer.len);
    buffer_release(&footer);
}

enum status sealed_finish(struct sealed_writer *w, uint64_t *size,
                          struct error *err)
{
    uint64_t end = sealed_tell(w);
    enum status code;

    if (w->filled)
        block_end(w);
    writer_put(&w->file, w->crcs.data, w->crcs.len);
    put_footer(w, end);
    *size = sealed_tell(w);
    code = writer_sync(&w->file, err);
    if (code == OK)
        code = writer_close(&w->file, err);
    sealed_abandon(w);
    return code;
}

void sealed_abandon(struct sealed_writer *w)
{
    writer_abandon(&w->file);
    buffer_release(&w->crcs);
}

/* --- Reading --- */

static uint64_t block_count(const struct sealed *s)
{
    return (s->end + FORMAT_SEAL_BLOCK - 1) / FORMAT_SEAL_BLOCK;
}

static enum status broken(const struct sealed *s, struct error *err,
                          const char *what)
{
    return error_set(err, ERR_CORRUPT, "%s: damaged: %s", s->path, what);
}

static bool footer_sound(const uint8_t *footer)
{
    return memcmp(footer + 24, FORMAT_FOOTER_MAGIC, 4) == 0 &&
           load_le32(footer + FOOTER_SUMMED) ==
               libdeflate_crc32(0, footer, FOOTER_SUMMED);
}

/* A header of another version is believed unless the footer is one of ours:
 * a later format may end in another way. */
static enum status version_check(struct sealed *s, const uint8_t *footer,
                                 struct error *err)
{
    const uint8_t *header = s->map.bytes.data;
    bool ours = footer && footer_sound(footer) &&
                load_le16(footer + 12) == FORMAT_VERSION;

    if (memcmp(header, FORMAT_MAGIC, 4) != 0)
        return broken(s, err, "does not begin with " FORMAT_MAGIC);
    s->version = load_le16(header + 4);
    if (s->version == FORMAT_VERSION)
        return OK;
    if (ours)
        return broken(s, err, "header and footer differ in version");
    return error_set(err, ERR_CORRUPT, "%s: made by format %u; this program "
                     "reads %u: index again with lede-index add", s->path,
                     s->version, FORMAT_VERSION);
}

/* What the footer says of the whole, and what the header repeats of it. */
static enum status frame_check(struct sealed *s, const uint8_t *footer,
                               enum file_kind kind, struct error *err)
{
    const uint8_t *header = s->map.bytes.data;
    uint64_t body = s->map.bytes.len - FORMAT_FOOTER;

    if (!footer_sound(footer))
        return broken(s, err, "its footer is not what was written");
    s->end = load_le64(footer);
    if (s->end < FORMAT_HEADER || s->end > body ||
        body - s->end != 4 * block_count(s))
        return broken(s, err, "its size is not what the footer says");
    if (load_le32(footer + 8) !=
        libdeflate_crc32(0, header + s->end, 4 * block_count(s)))
        return broken(s, err, "its checksums are not what was written");
    if (load_le16(footer + 12) != s->version || footer[14] != header[6] ||
        footer[15] != 0 || header[7] != 0 || load_le64(header + 24) != 0 ||
        load_le64(footer + 16) != load_le64(header + 16))
        return broken(s, err, "header and footer differ");
    if (header[6] != kind)
        return error_set(err, ERR_CORRUPT, "%s: is a file of kind %u, "
                         "expected %u", s->path, header[6], (unsigned)kind);
    return OK;
}

static bool block_check(struct sealed *s, uint64_t block)
{
    const uint8_t *map = s->map.bytes.data;
    uint64_t start = block * FORMAT_SEAL_BLOCK, len = s->end - start;

    if (len > FORMAT_SEAL_BLOCK)
        len = FORMAT_SEAL_BLOCK;
    if (libdeflate_crc32(0, map + start, len) !=
        load_le32(map + s->end + 4 * block)) {
        sealed_damaged(s, start, "the checksum of this block is wrong");
        return false;
    }
    s->checked[block / 64] |= UINT64_C(1) << block % 64;
    return true;
}

static enum status open_checked(struct sealed *s, enum file_kind kind,
                                uint64_t size, struct error *err)
{
    uint64_t len = s->map.bytes.len;
    const uint8_t *footer = NULL;
    enum status code;

    if (len >= FORMAT_HEADER + FORMAT_FOOTER)
        footer = s->map.bytes.data + len - FORMAT_FOOTER;
    if (len >= FORMAT_HEADER &&
        (code = version_check(s, footer, err)) != OK)
        return code;
    if (size && len != size)
        return error_set(err, ERR_CORRUPT, "%s: damaged: has %llu bytes, "
                         "expected %llu", s->path, (unsigned long long)len,
                         (unsigned long long)size);
    if (!footer)
        return broken(s, err, "too short to be a file of an index");
    if ((code = frame_check(s, footer, kind, err)) != OK)
        return code;
    s->uuid = load_le64(s->map.bytes.data + 8);
    s->owner = load_le64(s->map.bytes.data + 16);
    s->checked = must_calloc((block_count(s) + 63) / 64, 8);
    if (!block_check(s, 0))
        return error_set(err, ERR_CORRUPT, "%s", s->damage.message);
    return OK;
}

enum status sealed_open(struct sealed *s, const char *path,
                        enum file_kind kind, uint64_t size,
                        struct error *err)
{
    enum status code;
    uint16_t version;

    *s = (struct sealed){ .damage = ERROR_INIT };
    if (access(path, F_OK) != 0 && errno == ENOENT)
        return error_set(err, ERR_CORRUPT, "%s: is missing", path);
    code = mapping_open(&s->map, path, err);
    if (code != OK)
        return code;
    s->path = must_copy(path);
    code = open_checked(s, kind, size, err);
    version = s->version;
    if (code != OK)
        sealed_close(s);
    s->version = version;
    return code;
}

void sealed_close(struct sealed *s)
{
    mapping_close(&s->map);
    free(s->path);
    free(s->checked);
    s->path = NULL;
    s->checked = NULL;
    s->end = 0;
}

struct bytes sealed_at(struct sealed *s, uint64_t offset, uint64_t len)
{
    uint64_t block = offset / FORMAT_SEAL_BLOCK;

    if (offset < FORMAT_HEADER || offset > s->end || len > s->end - offset) {
        sealed_damaged(s, offset, "something points outside the file");
        return BYTES_NONE;
    }
    if (len == 0)
        return bytes_of(s->map.bytes.data + offset, 0);
    for (; block <= (offset + len - 1) / FORMAT_SEAL_BLOCK; block++)
        if (!(s->checked[block / 64] >> block % 64 & 1) &&
            !block_check(s, block))
            return BYTES_NONE;
    return bytes_of(s->map.bytes.data + offset, (size_t)len);
}

struct bytes sealed_root(struct sealed *s, uint64_t len, const char *lack)
{
    if (s->end >= FORMAT_HEADER + len)
        return sealed_at(s, s->end - len, len);
    sealed_damaged(s, s->end, lack);
    return BYTES_NONE;
}

void sealed_damaged(struct sealed *s, uint64_t offset, const char *what)
{
    error_set(&s->damage, ERR_CORRUPT, "%s: damaged at byte %llu: %s",
              s->path ? s->path : "index", (unsigned long long)offset, what);
}

enum status sealed_verify(struct sealed *s, struct error *err)
{
    for (uint64_t block = 0; block < block_count(s); block++)
        if (!block_check(s, block))
            return error_set(err, ERR_CORRUPT, "%s", s->damage.message);
    return OK;
}
