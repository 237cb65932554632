/* damage.h -- spoils files of an index in every way: cuts them, flips their
 * bits, and mends the checksums afterwards so that the decoders' own checks
 * have to hold.  For the tests of common/index.
 */
#ifndef LEDE_TESTS_DAMAGE_H
#define LEDE_TESTS_DAMAGE_H

#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/buffer.h"
#include "common/base/file.h"
#include "common/index/format.h"

/* A file that is spoilt and made good again. */
struct victim {
    char *path;
    int fd;
    struct buffer good, bad;
};

static inline void damage_must(bool done)
{
    if (!done)
        abort();
}

static inline void victim_open(struct victim *v, const char *path)
{
    struct error err = ERROR_INIT;

    *v = (struct victim){ .path = path_join(path, "") };
    v->path[strlen(v->path) - 1] = '\0';
    v->fd = open(path, O_RDWR);
    damage_must(v->fd >= 0);
    damage_must(file_read_all(&v->good, v->fd, path, 1 << 28, &err) == OK);
    buffer_put_bytes(&v->bad, buffer_bytes(&v->good));
}

/* Puts v->bad on disk. */
static inline void victim_write(struct victim *v)
{
    damage_must(pwrite(v->fd, v->bad.data, v->bad.len, 0) ==
                (ssize_t)v->bad.len);
    damage_must(ftruncate(v->fd, (off_t)v->bad.len) == 0);
}

/* The bytes as they were; on disk only with the next victim_write. */
static inline void victim_restore(struct victim *v)
{
    buffer_clear(&v->bad);
    buffer_put_bytes(&v->bad, buffer_bytes(&v->good));
}

static inline void victim_close(struct victim *v)
{
    victim_restore(v);
    victim_write(v);
    close(v->fd);
    free(v->path);
    buffer_release(&v->good);
    buffer_release(&v->bad);
}

static inline void victim_cut(struct victim *v, size_t len)
{
    victim_restore(v);
    v->bad.len = len;
    victim_write(v);
}

static inline void victim_flip(struct victim *v, size_t bit)
{
    victim_restore(v);
    v->bad.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    victim_write(v);
}

/* Makes all checksums right for what is in v->bad, whose body ends where
 * the one of the good file does. */
static inline void victim_mend(struct victim *v)
{
    uint8_t *data = v->bad.data, *footer = data + v->bad.len - FORMAT_FOOTER;
    size_t end = (size_t)load_le64(v->good.data + v->good.len -
                                   FORMAT_FOOTER);
    size_t blocks = (end + FORMAT_SEAL_BLOCK - 1) / FORMAT_SEAL_BLOCK;

    for (size_t i = 0; i < blocks; i++) {
        size_t start = i * FORMAT_SEAL_BLOCK;
        size_t len = end - start < FORMAT_SEAL_BLOCK ? end - start
                                                     : FORMAT_SEAL_BLOCK;

        buffer_set_le32(&v->bad, end + 4 * i,
                        libdeflate_crc32(0, data + start, len));
    }
    buffer_set_le32(&v->bad, v->bad.len - FORMAT_FOOTER + 8,
                    libdeflate_crc32(0, data + end, 4 * blocks));
    buffer_set_le32(&v->bad, v->bad.len - 4,
                    libdeflate_crc32(0, footer, FORMAT_FOOTER - 4));
    victim_write(v);
}

/* Flips one bit of the body or the frame, all checksums right. */
static inline void victim_flip_mended(struct victim *v, size_t bit)
{
    victim_restore(v);
    v->bad.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    victim_mend(v);
}

/* How far to step so that about `many` of `total` are tried; all of them in
 * the slow tests.  Steps are odd, so that every bit of a byte has its turn. */
static inline size_t damage_step(size_t total, size_t many)
{
    const char *deep = getenv("LEDE_TORTURE");

    return (deep && *deep) || total <= many ? 1 : total / many | 1;
}

#endif
