/* superblock_read.c -- finds blocks of a long list of postings.
 *
 * The head of one superblock is at hand; going to another one checks its head
 * whole, so that what it says of blocks can be believed from then on:
 *
 *   find 700     superblocks, last:   2100   5000  ...      first
 *                blocks, last:   95  310  512  890 ...      then
 *
 * Invariants that are checked: last documents rise, the last one is what the
 * directory says and < doc_count; ends rise, and the last one is where the
 * superblock ends; ends of positions rise in the same way.
 */
#include "common/index/superblock.h"

enum { HEAD = 3, DIRECTORY_ENTRY = 4 + 8 + 8 + 1 };

static bool damaged(struct superblocks *s, const char *what)
{
    sealed_damaged(s->file, s->at, what);
    s->super = NO_DOC;
    return false;
}

static uint64_t load_wide(const uint8_t *from, uint32_t number,
                          unsigned width)
{
    from += (size_t)number << width;
    return width == 0 ? *from : width == 1 ? load_le16(from)
         : width == 2 ? load_le32(from) : load_le64(from);
}

/* --- The directory --- */

static uint64_t directory_len(const struct superblocks *s)
{
    return s->super_count > 1 ? (uint64_t)s->super_count * DIRECTORY_ENTRY
                              : 0;
}

static uint32_t super_last(const struct superblocks *s, uint32_t super)
{
    return load_le32(s->directory + 4 * (size_t)super);
}

/* Where a superblock ends, from behind the directory. */
static uint64_t super_end(const struct superblocks *s, uint32_t super)
{
    if (!s->directory)
        return s->len;
    return load_le64(s->directory + 4 * (size_t)s->super_count +
                     8 * (size_t)super);
}

static uint64_t super_where_end(const struct superblocks *s, uint32_t super)
{
    if (!s->directory)
        return s->where_len;
    return load_le64(s->directory + 12 * (size_t)s->super_count +
                     8 * (size_t)super);
}

/* --- One superblock --- */

/* The arrays rise, to where they must end. */
static bool arrays_sound(const struct superblocks *s, uint64_t blocks_len,
                         uint64_t where_len)
{
    uint64_t last = 0, end = 0, where = 0;

    for (uint32_t i = 0; i < s->filled; i++) {
        uint64_t next_last = load_wide(s->lasts, i, s->last_width);
        uint64_t next_end = load_wide(s->ends, i, s->end_width);

        if ((i && next_last <= last) || next_end <= end)
            return false;
        last = next_last;
        end = next_end;
        if (!s->where_len)
            continue;
        next_end = load_wide(s->wheres, i, s->where_width);
        if (next_end <= where)
            return false;
        where = next_end;
    }
    return end == blocks_len && where == where_len &&
           last < s->doc_count - s->first &&
           (!s->directory || s->first + last == super_last(s, s->super));
}

/* The arrays behind the first bytes of a head. */
static size_t arrays_place(struct superblocks *s, const uint8_t *head)
{
    size_t steps = s->where_len ? s->filled : 0;

    s->last_width = head[0] & 3;
    s->end_width = head[0] >> 2 & 3;
    s->where_width = head[0] >> 4 & 3;
    s->least_len = load_le16(head + 1);
    s->steps = head + HEAD;
    s->largest = s->steps + steps;
    s->lasts = s->largest + steps;
    s->ends = s->lasts + ((size_t)s->filled << s->last_width);
    s->wheres = s->ends + ((size_t)s->filled << s->end_width);
    return HEAD + 2 * steps + ((size_t)s->filled << s->last_width) +
           ((size_t)s->filled << s->end_width) + (steps << s->where_width);
}

static bool super_enter(struct superblocks *s, uint32_t super)
{
    uint64_t start = super ? super_end(s, super - 1) : 0;
    uint64_t end = super_end(s, super), at = s->at + directory_len(s) + start;
    uint64_t where = super ? super_where_end(s, super - 1) : 0;
    uint64_t where_end = super_where_end(s, super);
    uint32_t left = s->count - super * FORMAT_SUPERBLOCK;
    struct bytes head;
    size_t len;

    if (s->super == super)
        return true;
    if (start >= end || end > s->len - directory_len(s) ||
        end - start <= HEAD || where > where_end || where_end > s->where_len ||
        (super && super_last(s, super - 1) >= s->doc_count - 1))
        return damaged(s, "a superblock cannot be there");
    head = sealed_at(s->file, at, HEAD);
    if (!head.data)
        return false;
    s->super = super;
    s->filled = left < FORMAT_SUPERBLOCK ? left : FORMAT_SUPERBLOCK;
    s->first = super ? super_last(s, super - 1) + 1 : 0;
    s->where = where;
    len = arrays_place(s, head.data);
    if (len >= end - start || s->last_width > 2 || head.data[0] >> 6)
        return damaged(s, "a superblock is cut short");
    if (!sealed_at(s->file, at, len).data) {
        s->super = NO_DOC;
        return false;
    }
    s->blocks_at = at + len;
    return arrays_sound(s, end - start - len, where_end - where) ||
           damaged(s, "the head of a superblock cannot be");
}

/* --- All of them --- */

bool superblocks_open(struct superblocks *s, struct sealed *file, uint64_t at,
                      uint64_t len, uint64_t where_len, uint32_t doc_count,
                      uint32_t count)
{
    struct bytes directory = BYTES_NONE;

    *s = (struct superblocks){
        .file = file, .at = at, .len = len, .where_len = where_len,
        .doc_count = doc_count, .count = count, .super = NO_DOC,
        .super_count = (count - 1) / FORMAT_SUPERBLOCK + 1
    };
    if (s->super_count > 1) {
        if (directory_len(s) >= len)
            return damaged(s, "a list of postings is cut short");
        directory = sealed_at(file, at, directory_len(s));
        if (!directory.data)
            return false;
        s->directory = directory.data;
        if (super_end(s, s->super_count - 1) != len - directory_len(s) ||
            super_where_end(s, s->super_count - 1) != where_len)
            return damaged(s, "a list of postings ends elsewhere");
    }
    return super_enter(s, 0);
}

uint32_t superblocks_last(const struct superblocks *s)
{
    if (s->directory)
        return super_last(s, s->super_count - 1);
    return s->first + (uint32_t)load_wide(s->lasts, s->filled - 1,
                                          s->last_width);
}

/* The first superblock from `from` on that reaches the target, by doubling
 * and halving. */
static uint32_t super_find(const struct superblocks *s, uint32_t from,
                           uint32_t target)
{
    uint32_t step = 1, low = from, high = from;

    if (!s->directory)
        return from + (target > superblocks_last(s));
    while (high < s->super_count && super_last(s, high) < target) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    if (high > s->super_count)
        high = s->super_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (super_last(s, middle) < target)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t superblocks_find(struct superblocks *s, uint32_t from,
                          uint32_t target)
{
    uint32_t super, low, left, wanted;

    if (from >= s->count)
        return s->count;
    super = super_find(s, from / FORMAT_SUPERBLOCK, target);
    if (super >= s->super_count || !super_enter(s, super))
        return s->count;
    low = super == from / FORMAT_SUPERBLOCK ? from % FORMAT_SUPERBLOCK : 0;
    wanted = target > s->first ? target - s->first : 0;
    for (left = s->filled - low; left > 1; ) {
        uint32_t half = left / 2;

        low += load_wide(s->lasts, low + half - 1, s->last_width) < wanted
            ? half : 0;
        left -= half;
    }
    return super * FORMAT_SUPERBLOCK + low;
}

bool superblocks_entry(struct superblocks *s, uint32_t block,
                       struct superblock_entry *e)
{
    uint32_t i = block % FORMAT_SUPERBLOCK;
    uint64_t start, where = 0;

    if (!super_enter(s, block / FORMAT_SUPERBLOCK))
        return false;
    start = i ? load_wide(s->ends, i - 1, s->end_width) : 0;
    e->first = i ? s->first + 1 +
                   (uint32_t)load_wide(s->lasts, i - 1, s->last_width)
                 : s->first;
    e->last = s->first + (uint32_t)load_wide(s->lasts, i, s->last_width);
    e->at = s->blocks_at + start;
    e->len = load_wide(s->ends, i, s->end_width) - start;
    e->where = e->where_len = 0;
    e->bound = 1.0f;
    e->largest_freq = 1;
    e->least_len = s->least_len;
    if (!s->where_len)
        return true;
    where = i ? load_wide(s->wheres, i - 1, s->where_width) : 0;
    e->where = s->where + where;
    e->where_len = load_wide(s->wheres, i, s->where_width) - where;
    e->bound = superblock_bound(s->steps[i]);
    e->largest_freq = s->largest[i] < 255 ? s->largest[i] : UINT32_MAX;
    return true;
}

bool superblocks_bound(struct superblocks *s, uint32_t super, float *bound,
                       uint32_t *last)
{
    uint8_t most = 0;

    *bound = 1.0f;
    if (s->directory) {
        *last = super_last(s, super);
        if (s->where_len)
            *bound = superblock_bound(s->directory[20 * (size_t)s->super_count
                                                   + super]);
        return true;
    }
    if (!super_enter(s, super))
        return false;
    *last = superblocks_last(s);
    for (uint32_t i = 0; i < s->filled && s->where_len; i++)
        most = s->steps[i] > most ? s->steps[i] : most;
    if (s->where_len)
        *bound = superblock_bound(most);
    return true;
}
