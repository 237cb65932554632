/* file.c -- files: mapped to read; written through a sticky writer, so that
 * a sequence of puts reads as straight lines and is checked once.
 *
 * Neither write, fsync nor rename is ever tried again after a failure: Linux
 * reports a lost page once, and the next fsync would "succeed".  EINTR and a
 * short write are not failures.
 */
#include "common/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITE_AT = 256 << 10 };

enum status mapping_open(struct mapping *map, const char *path,
                         struct error *err)
{
    /* A pipe in the place of a file must not be waited for. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;
    void *at;

    map->bytes = BYTES_NONE;
    if (fd < 0)
        return error_errno(err, "%s", path);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return error_set(err, ERR_CORRUPT, "%s: not a regular file", path);
    }
    if (st.st_size == 0) {
        close(fd);
        return OK;
    }
    at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return error_errno(err, "%s: cannot map", path);
    map->bytes = bytes_of(at, (size_t)st.st_size);
    return OK;
}

void mapping_close(struct mapping *map)
{
    if (map->bytes.len)
        munmap((void *)(uintptr_t)map->bytes.data, map->bytes.len);
    map->bytes = BYTES_NONE;
}

void mapping_forget(const struct mapping *map, size_t from, size_t to)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    uintptr_t base = (uintptr_t)map->bytes.data;

    from = (from + page - 1) / page * page;
    to = to / page * page;
    if (from < to && to <= map->bytes.len)
        madvise((void *)(base + from), to - from, MADV_DONTNEED);
}

void file_guard_standard(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0
            && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            abort();
}

enum status file_read_all(struct buffer *into, int fd, const char *name,
                          size_t limit, struct error *err)
{
    size_t start = into->len;

    for (;;) {
        uint8_t *to = buffer_reserve(into, 64 << 10);
        ssize_t got = read(fd, to, 64 << 10);

        if (got == 0)
            return OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_errno(err, "%s", name);
        into->len += (size_t)got;
        if (into->len - start > limit)
            return error_set(err, ERR_LIMIT, "%s: larger than %zu MB", name,
                             limit >> 20);
    }
}

void writer_open(struct writer *w, const char *path)
{
    *w = (struct writer){ .fd = -1, .failure = ERROR_INIT };
    w->path = must_copy(path);
    w->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (w->fd < 0)
        error_errno(&w->failure, "%s: cannot create", path);
}

static void flush(struct writer *w)
{
    const uint8_t *at = w->pending.data;
    size_t left = w->pending.len;

    while (left && w->failure.code == OK) {
        ssize_t done = write(w->fd, at, left);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            error_errno(&w->failure, "%s: cannot write", w->path);
            break;
        }
        at += done;
        left -= (size_t)done;
    }
    buffer_clear(&w->pending);
}

void writer_put(struct writer *w, const void *data, size_t len)
{
    if (w->failure.code != OK)
        return;
    buffer_put(&w->pending, data, len);
    w->written += len;
    if (w->pending.len >= WRITE_AT)
        flush(w);
}

enum status writer_sync(struct writer *w, struct error *err)
{
    flush(w);
    if (w->failure.code == OK && fsync(w->fd) != 0)
        error_errno(&w->failure, "%s: cannot make durable", w->path);
    if (w->failure.code == OK)
        return OK;
    return error_set(err, w->failure.code, "%s", w->failure.message);
}

enum status writer_close(struct writer *w, struct error *err)
{
    enum status code;

    flush(w);
    if (w->fd >= 0 && close(w->fd) != 0)
        error_errno(&w->failure, "%s: cannot close", w->path);
    code = w->failure.code;
    if (code != OK)
        error_set(err, code, "%s", w->failure.message);
    w->fd = -1;
    buffer_release(&w->pending);
    free(w->path);
    w->path = NULL;
    return code;
}

void writer_abandon(struct writer *w)
{
    struct error ignored = ERROR_INIT;

    if (!w->path)
        return;
    if (w->fd >= 0)
        unlink(w->path);
    buffer_clear(&w->pending);
    writer_close(w, &ignored);
}

enum status dir_sync(const char *path, struct error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failed;

    if (fd < 0)
        return error_errno(err, "%s", path);
    failed = fsync(fd);
    if (failed)
        error_errno(err, "%s: cannot make durable", path);
    close(fd);
    return failed ? ERR_IO : OK;
}

enum status file_rename_new(const char *from, const char *to,
                            struct error *err)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return OK;
    if (errno != EINVAL && errno != ENOSYS)
        return error_errno(err, "%s: cannot rename to %s", from, to);
    if (link(from, to) != 0)
        return error_errno(err, "%s: cannot link to %s", from, to);
    unlink(from);
    return OK;
}

char *path_join(const char *dir, const char *name)
{
    size_t dir_len = strlen(dir), name_len = strlen(name);
    char *path = must_alloc(dir_len + name_len + 2);

    memcpy(path, dir, dir_len);
    while (dir_len > 1 && path[dir_len - 1] == '/')
        dir_len--;
    if (dir_len && path[dir_len - 1] != '/')
        path[dir_len++] = '/';
    memcpy(path + dir_len, name, name_len + 1);
    return path;
}

enum status dir_make(const char *path, struct error *err)
{
    char *copy = path_join(path, "");
    enum status code = OK;

    for (char *at = copy + 1; *at && code == OK; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        if (mkdir(copy, 0755) != 0 && errno != EEXIST)
            code = error_errno(err, "%s: cannot create", copy);
        *at = '/';
    }
    free(copy);
    return code;
}
