/* superblock_write.c -- heads over 32 blocks each, as arrays, so that many can
 * be looked at with one instruction.
 *
 *   directory   last .. | end .. | positions end .. | bound ..   (of several)
 *   superblock  widths | least length | bound .. | largest frequency ..
 *               | last .. | end .. | positions end .. | blocks
 *
 * Last documents count from the first that the superblock may begin with, ends
 * from its first block, positions from its own: two bytes each mostly.
 */
#include "common/index/superblock.h"

/* A superblock in the directory, on its way. */
struct entry {
    uint64_t end, where;
    uint32_t last;
    uint8_t step;
};

void superblock_begin(struct superblock_writer *w, bool meta)
{
    buffer_clear(&w->directory);
    buffer_clear(&w->bytes);
    buffer_clear(&w->blocks);
    w->meta = meta;
    w->filled = 0;
    w->first = 0;
    w->where = 0;
    w->least_len = UINT32_MAX;
}

void superblock_release(struct superblock_writer *w)
{
    buffer_release(&w->directory);
    buffer_release(&w->bytes);
    buffer_release(&w->blocks);
}

/* The logarithm of the bytes that a number needs: 1, 2, 4 or 8. */
static unsigned width_of(uint64_t most)
{
    return most > UINT32_MAX ? 3 : most > UINT16_MAX ? 2 : most > UINT8_MAX;
}

static void put_wide(struct buffer *b, uint64_t value, unsigned width)
{
    buffer_put_le64(b, value);
    b->len -= 8 - ((size_t)1 << width);
}

static uint8_t largest_step(const struct superblock_writer *w)
{
    uint8_t most = 0;

    for (uint32_t i = 0; i < w->filled; i++)
        most = w->steps[i] > most ? w->steps[i] : most;
    return most;
}

static void put_head(struct superblock_writer *w)
{
    uint32_t last = w->filled - 1;
    unsigned last_width = width_of(w->lasts[last] - w->first);
    unsigned end_width = width_of(w->ends[last]);
    unsigned where_width = w->meta ? 0 : width_of(w->wheres[last] - w->where);
    uint32_t least = w->least_len < UINT16_MAX ? w->least_len : UINT16_MAX;

    buffer_put_u8(&w->bytes, (uint8_t)(last_width | end_width << 2 |
                                       where_width << 4));
    buffer_put_le16(&w->bytes, (uint16_t)(w->meta ? 0 : least));
    if (!w->meta) {
        buffer_put(&w->bytes, w->steps, w->filled);
        buffer_put(&w->bytes, w->largest, w->filled);
    }
    for (uint32_t i = 0; i < w->filled; i++)
        put_wide(&w->bytes, w->lasts[i] - w->first, last_width);
    for (uint32_t i = 0; i < w->filled; i++)
        put_wide(&w->bytes, w->ends[i], end_width);
    for (uint32_t i = 0; i < w->filled && !w->meta; i++)
        put_wide(&w->bytes, w->wheres[i] - w->where, where_width);
}

static void super_end(struct superblock_writer *w)
{
    uint32_t last = w->filled - 1;
    struct entry entry;

    if (w->filled == 0)
        return;
    put_head(w);
    buffer_put_bytes(&w->bytes, buffer_bytes(&w->blocks));
    buffer_clear(&w->blocks);
    memset(&entry, 0, sizeof(entry));
    entry.end = w->bytes.len;
    entry.where = w->wheres[last];
    entry.last = w->lasts[last];
    entry.step = largest_step(w);
    buffer_put(&w->directory, &entry, sizeof(entry));
    w->first = w->lasts[last] + 1;
    w->where = w->wheres[last];
    w->least_len = UINT32_MAX;
    w->filled = 0;
}

void superblock_put(struct superblock_writer *w,
                    const struct superblock_entry *e, uint64_t where_end)
{
    uint32_t at = w->filled++;

    w->lasts[at] = e->last;
    w->ends[at] = w->blocks.len;
    w->wheres[at] = where_end;
    w->steps[at] = superblock_step(e->bound);
    w->largest[at] = (uint8_t)(e->largest_freq < 255 ? e->largest_freq : 255);
    if (e->least_len < w->least_len)
        w->least_len = e->least_len;
    if (w->filled == FORMAT_SUPERBLOCK)
        super_end(w);
}

void superblock_finish(struct superblock_writer *w,
                       struct sealed_writer *file)
{
    const struct entry *entries;
    struct buffer directory = BUFFER_INIT;
    size_t count;

    super_end(w);
    entries = (const struct entry *)(const void *)w->directory.data;
    count = w->directory.len / sizeof(*entries);
    for (size_t i = 0; i < count && count > 1; i++)
        buffer_put_le32(&directory, entries[i].last);
    for (size_t i = 0; i < count && count > 1; i++)
        buffer_put_le64(&directory, entries[i].end);
    for (size_t i = 0; i < count && count > 1; i++)
        buffer_put_le64(&directory, entries[i].where);
    for (size_t i = 0; i < count && count > 1; i++)
        buffer_put_u8(&directory, entries[i].step);
    sealed_put_buffer(file, &directory);
    sealed_put_buffer(file, &w->bytes);
    buffer_release(&directory);
}
