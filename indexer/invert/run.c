/* run.c -- one sorted run in a temporary file.
 *
 * Written once through a buffer, read once through another one with pread:
 * mapped pages would count as the process's memory.  Nothing is ever larger
 * than a number or a key, so a buffer of 16 KB serves a run of any size.
 *
 *   "gas" in document 3 at 0 and 17, 0 being in the title; then in 5 at 2:
 *   04 'gas'  04 02 01 00 10  02 01 00 02  00
 */
#include "indexer/invert/run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { WRITE_AT = 64 << 10, VARINT_MAX = 5 };

/* --- Writing --- */

static uint8_t *put_varint(uint8_t *to, uint32_t value)
{
    while (value >= 0x80) {
        *to++ = (uint8_t)(value | 0x80);
        value >>= 7;
    }
    *to++ = (uint8_t)value;
    return to;
}

static void drain(struct run_writer *w, size_t at_least)
{
    if (w->pending.len < at_least)
        return;
    writer_put(&w->file, w->pending.data, w->pending.len);
    buffer_clear(&w->pending);
}

static void put_key(struct run_writer *w, struct bytes key)
{
    drain(w, WRITE_AT);
    buffer_put_varint(&w->pending, key.len + 1);
    buffer_put_bytes(&w->pending, key);
}

static uint8_t *put_gaps(uint8_t *to, const uint32_t *values, uint32_t count)
{
    to = put_varint(to, values[0]);
    for (uint32_t i = 1; i < count; i++)
        to = put_varint(to, values[i] - values[i - 1] - 1);
    return to;
}

void run_create(struct run_writer *w, const char *path)
{
    *w = (struct run_writer){ .pending = BUFFER_INIT };
    writer_open(&w->file, path);
}

void run_put_stem(struct run_writer *w, struct bytes key)
{
    put_key(w, key);
    w->meta = key.len && key.data[0] == FORMAT_META;
    w->last_doc = UINT32_MAX;
}

void run_put_doc(struct run_writer *w, uint32_t doc,
                 const uint32_t *positions, uint32_t count, uint32_t title)
{
    uint8_t *start, *to;

    drain(w, WRITE_AT);
    start = buffer_reserve(&w->pending, ((size_t)count + 3) * VARINT_MAX);
    to = put_varint(start, doc - w->last_doc);
    if (!w->meta) {
        to = put_varint(to, count);
        to = put_varint(to, title);
        to = put_gaps(to, positions, count);
    }
    w->pending.len += (size_t)(to - start);
    w->last_doc = doc;
}

void run_end_stem(struct run_writer *w)
{
    buffer_put_u8(&w->pending, 0);
}

void run_end_stems(struct run_writer *w)
{
    buffer_put_u8(&w->pending, 0);
}

void run_put_word(struct run_writer *w, struct bytes key,
                  const uint32_t *ordinals, uint32_t count)
{
    uint8_t *start, *to;

    put_key(w, key);
    start = buffer_reserve(&w->pending, ((size_t)count + 1) * VARINT_MAX);
    to = put_varint(start, count);
    to = put_gaps(to, ordinals, count);
    w->pending.len += (size_t)(to - start);
}

enum status run_finish(struct run_writer *w, struct error *err)
{
    buffer_put_u8(&w->pending, 0);
    drain(w, 0);
    buffer_release(&w->pending);
    return writer_close(&w->file, err);
}

/* --- Reading --- */

static void fail(struct run *r, const char *what)
{
    error_set(&r->in.failure, ERR_CORRUPT,
              "%s: %s before byte %llu of a temporary file; "
              "is something else writing there?", r->path, what,
              (unsigned long long)r->offset);
    r->at = r->end = r->buffer;
}

/* Moves what is left to the front and reads behind it. */
static void refill(struct run *r)
{
    size_t left = (size_t)(r->end - r->at);
    ssize_t got;
    int fd;

    if (r->in.failure.code != OK)
        return;
    memmove(r->buffer, r->at, left);
    fd = open(r->path, O_RDONLY | O_CLOEXEC);
    do {
        got = fd < 0 ? -1 : pread(fd, r->buffer + left, r->room - left,
                                  (off_t)r->offset);
    } while (got < 0 && fd >= 0 && errno == EINTR);
    if (got < 0)
        error_errno(&r->in.failure, "%s: cannot read", r->path);
    if (fd >= 0)
        close(fd);
    r->offset += got > 0 ? (uint64_t)got : 0;
    r->at = r->buffer;
    r->end = r->buffer + left + (got > 0 ? got : 0);
}

static uint32_t get_varint(struct run *r)
{
    uint32_t value = 0;

    if (r->end - r->at < VARINT_MAX)
        refill(r);
    for (unsigned shift = 0; shift < 35 && r->at < r->end; shift += 7) {
        uint8_t byte = *r->at++;

        value |= (uint32_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return value;
    }
    fail(r, "no number");
    return 0;
}

static void get_bytes(struct run *r, uint8_t *to, size_t len)
{
    while (len) {
        size_t part = (size_t)(r->end - r->at);

        if (part == 0) {
            refill(r);
            part = (size_t)(r->end - r->at);
            if (part == 0) {
                fail(r, "no key");
                return;
            }
        }
        if (part > len)
            part = len;
        memcpy(to, r->at, part);
        to += part;
        r->at += part;
        len -= part;
    }
}

static void get_gaps(struct run *r, struct buffer *values, uint32_t count)
{
    uint32_t value = get_varint(r);

    for (uint32_t i = 0; i < count && r->in.failure.code == OK; i++) {
        if (i)
            value += get_varint(r) + 1;
        buffer_put(values, &value, sizeof(value));
    }
}

static bool next_key(struct input *in)
{
    struct run *r = (struct run *)in;
    uint32_t len = get_varint(r);

    if (len == 0 || in->failure.code != OK)
        return false;
    if (--len > FORMAT_KEY_MAX) {
        fail(r, "a key too long");
        return false;
    }
    get_bytes(r, r->key_space, len);
    in->key = bytes_of(r->key_space, len);
    in->meta = len && r->key_space[0] == FORMAT_META;
    in->doc = UINT32_MAX;
    return in->failure.code == OK;
}

static bool next_doc(struct input *in, struct buffer *positions,
                     uint32_t *count, uint32_t *title)
{
    struct run *r = (struct run *)in;
    uint32_t gap = get_varint(r);

    *count = *title = 0;
    if (gap == 0)
        return false;
    in->doc += gap;
    if (!in->meta) {
        *count = get_varint(r);
        *title = get_varint(r);
        get_gaps(r, positions, *count);
    }
    return in->failure.code == OK;
}

static void get_ordinals(struct input *in, struct buffer *ordinals)
{
    struct run *r = (struct run *)in;

    get_gaps(r, ordinals, get_varint(r));
}

static const struct input_ops ops = { next_key, next_doc, get_ordinals };

void run_open(struct run *r, const char *path, uint32_t number, size_t room)
{
    *r = (struct run){ .in = { .ops = &ops, .number = number },
                       .room = room };
    r->path = must_copy(path);
    r->buffer = must_alloc(room);
    r->at = r->end = r->buffer;
}

void run_close(struct run *r)
{
    free(r->path);
    free(r->buffer);
    r->path = NULL;
    r->buffer = NULL;
}
