/* live.c -- which documents of a segment are still there: one bit each.
 *
 *   +-----------+------------+----------------------+
 *   | documents | that live  | bit d: word d / 64,  |
 *   | u64       | u64        | bit d % 64           |
 *   +-----------+------------+----------------------+
 *
 * A segment is immutable, so a deletion writes a new file of bits.  While
 * nothing is deleted there are no bits, in memory and on disk.  Invariant:
 * live_count is the number of ones; bits past the count are 0.
 */
#include "common/index/live.h"

#include <assert.h>
#include <stdlib.h>

static size_t words_of(uint32_t count)
{
    return ((size_t)count + 63) / 64;
}

void live_init(struct live *l, uint32_t count)
{
    *l = (struct live){ NULL, count, count };
}

void live_copy(struct live *to, const struct live *from)
{
    *to = *from;
    if (!from->bits)
        return;
    to->bits = must_alloc(8 * words_of(from->count));
    memcpy(to->bits, from->bits, 8 * words_of(from->count));
}

void live_release(struct live *l)
{
    free(l->bits);
    l->bits = NULL;
}

static uint64_t last_word(uint32_t count)
{
    return count % 64 ? (UINT64_C(1) << count % 64) - 1 : UINT64_MAX;
}

static void bits_make(struct live *l)
{
    size_t words = words_of(l->count);

    l->bits = must_alloc(8 * words);
    memset(l->bits, 0xff, 8 * words);
    l->bits[words - 1] = last_word(l->count);
}

bool live_kill(struct live *l, uint32_t doc)
{
    assert(doc < l->count);
    if (!live_has(l, doc))
        return false;
    if (!l->bits)
        bits_make(l);
    l->bits[doc / 64] &= ~(UINT64_C(1) << doc % 64);
    l->live_count--;
    return true;
}

enum status live_save(const struct live *l, const char *path, uint64_t uuid,
                      uint64_t owner, uint64_t *size, struct error *err)
{
    struct sealed_writer w;
    struct buffer body = BUFFER_INIT;

    buffer_put_le64(&body, l->count);
    buffer_put_le64(&body, l->live_count);
    for (size_t i = 0; i < words_of(l->count); i++) {
        uint64_t all = i + 1 < words_of(l->count) ? UINT64_MAX
                                                  : last_word(l->count);

        buffer_put_le64(&body, l->bits ? l->bits[i] : all);
    }
    sealed_create(&w, path, KIND_LIVE, uuid, owner);
    sealed_put_buffer(&w, &body);
    buffer_release(&body);
    return sealed_finish(&w, size, err);
}

/* Takes the bits from the body; false where they cannot be. */
static bool bits_take(struct live *l, struct bytes body)
{
    struct scan s = scan_of(body);
    uint64_t count = scan_le64(&s), live = scan_le64(&s), ones = 0;

    if (count != l->count || scan_left(&s) != 8 * words_of(l->count))
        return false;
    l->bits = must_alloc(8 * words_of(l->count));
    for (size_t i = 0; i < words_of(l->count); i++) {
        l->bits[i] = scan_le64(&s);
        ones += (uint64_t)__builtin_popcountll(l->bits[i]);
    }
    l->live_count = (uint32_t)ones;
    return ones == live &&
           (count == 0 || !(l->bits[words_of(l->count) - 1] &
                            ~last_word(l->count)));
}

enum status live_load(struct live *l, const char *path, uint64_t owner,
                      uint32_t count, uint64_t size, struct error *err)
{
    struct sealed file;
    struct bytes body;
    enum status code;

    live_init(l, count);
    code = sealed_open(&file, path, KIND_LIVE, size, err);
    if (code != OK)
        return code;
    body = sealed_at(&file, FORMAT_HEADER, file.end - FORMAT_HEADER);
    if (!body.data)
        code = error_set(err, ERR_CORRUPT, "%s", file.damage.message);
    else if (file.owner != owner)
        code = error_set(err, ERR_CORRUPT, "%s: belongs to segment %016llx, "
                         "expected %016llx", path,
                         (unsigned long long)file.owner,
                         (unsigned long long)owner);
    else if (!bits_take(l, body))
        code = error_set(err, ERR_CORRUPT, "%s: damaged: its bits are not "
                         "those of %u documents", path, count);
    if (code != OK)
        live_release(l);
    sealed_close(&file);
    return code;
}
