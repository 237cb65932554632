/* preload_kill.c -- kills or fails a program at its k-th change of the disk.
 *
 * Loaded with LD_PRELOAD, it stands before the calls that change what is on
 * disk, and counts them: open with O_CREAT, write, fsync, rename, link,
 * unlink, close, mkdir, ftruncate and their relatives.  A run that only
 * counts says how many there are; one run for each k then shows what every
 * one of them leaves behind.  Only the process that was started counts, not
 * its children, and what goes to the standard streams does not count.
 *
 *   LEDE_KILL_AT=k     SIGKILL instead of call number k (from 1)
 *   LEDE_KILL_HALF=1   a write at k is done by half before the kill
 *   LEDE_FAIL_AT=k     call k does nothing and returns -1, once, with
 *   LEDE_FAIL_ERRNO=e  errno e (5, EIO, unless said)
 *   LEDE_FAIL_ALWAYS=1 all calls of the same name from k on fail too
 *   LEDE_TRACE=path    a line "k name" for every call, appended to path
 *
 *   program   -> write(fd, ..)
 *   this file    step("write"): k = 7; is 7 the one?  kill or -1 : go on
 *   libc      -> write(fd, ..)
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static struct {
    long kill_at, fail_at;
    int half, fail_errno, always;
    int trace;                  /* descriptor, or -1 */
    pid_t process;
    char failed[16];            /* the name of call fail_at, once met */
    atomic_long count;
} plan = { .trace = -1 };

static long number(const char *name, long otherwise)
{
    const char *text = getenv(name);

    return text && *text ? strtol(text, NULL, 10) : otherwise;
}

__attribute__((constructor)) static void read_plan(void)
{
    const char *trace = getenv("LEDE_TRACE");

    plan.kill_at = number("LEDE_KILL_AT", 0);
    plan.half = number("LEDE_KILL_HALF", 0) != 0;
    plan.fail_at = number("LEDE_FAIL_AT", 0);
    plan.fail_errno = (int)number("LEDE_FAIL_ERRNO", EIO);
    plan.always = number("LEDE_FAIL_ALWAYS", 0) != 0;
    plan.process = getpid();
    if (trace)
        plan.trace = (int)syscall(SYS_openat, AT_FDCWD, trace,
                                  O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                                  0644);
}

static void trace_step(long k, const char *name)
{
    char line[64];
    int len = snprintf(line, sizeof(line), "%ld %s\n", k, name);

    if (plan.trace >= 0 && len > 0)
        syscall(SYS_write, plan.trace, line, (size_t)len);
}

static _Noreturn void die(void)
{
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;)
        pause();
}

/* Counts one call; true when it is to fail.  `fd` and `bytes` are those of
 * a write, and -1 and NULL for what cannot be done by half. */
static int step(const char *name, int fd, const void *bytes, size_t len)
{
    long k;

    if (getpid() != plan.process)
        return 0;
    k = atomic_fetch_add(&plan.count, 1) + 1;
    trace_step(k, name);
    if (k == plan.kill_at) {
        if (plan.half && bytes)
            syscall(SYS_write, fd, bytes, len / 2);
        die();
    }
    if (k == plan.fail_at)
        snprintf(plan.failed, sizeof(plan.failed), "%s", name);
    if (k == plan.fail_at ||
        (plan.always && plan.failed[0] && strcmp(plan.failed, name) == 0)) {
        errno = plan.fail_errno;
        return 1;
    }
    return 0;
}

/* The libc's own function of this name. */
#define NEXT(name, type) ((type)dlsym(RTLD_NEXT, name))

static int open_as(const char *name, int dir, const char *path, int flags,
                   mode_t mode)
{
    if (flags & (O_CREAT | O_TRUNC) && step("open", -1, NULL, 0))
        return -1;
    return NEXT(name, int (*)(int, const char *, int, ...))(dir, path, flags,
                                                            mode);
}

static mode_t mode_of(int flags, va_list list)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0;
}

#define DEFINE_OPEN(name)                                   \
    int name(const char *path, int flags, ...)              \
    {                                                       \
        va_list list;                                       \
        mode_t mode;                                        \
                                                            \
        va_start(list, flags);                              \
        mode = mode_of(flags, list);                        \
        va_end(list);                                       \
        return open_as("openat", AT_FDCWD, path, flags, mode); \
    }

#define DEFINE_OPENAT(name)                                 \
    int name(int dir, const char *path, int flags, ...)     \
    {                                                       \
        va_list list;                                       \
        mode_t mode;                                        \
                                                            \
        va_start(list, flags);                              \
        mode = mode_of(flags, list);                        \
        va_end(list);                                       \
        return open_as("openat", dir, path, flags, mode);   \
    }

DEFINE_OPEN(open)
DEFINE_OPEN(open64)
DEFINE_OPENAT(openat)
DEFINE_OPENAT(openat64)

int creat(const char *path, mode_t mode)
{
    return open_as("openat", AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC,
                   mode);
}

ssize_t write(int fd, const void *bytes, size_t len)
{
    if (fd > STDERR_FILENO && step("write", fd, bytes, len))
        return -1;
    return NEXT("write", ssize_t (*)(int, const void *, size_t))(fd, bytes,
                                                                 len);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    if (fd > STDERR_FILENO && step("writev", -1, NULL, 0))
        return -1;
    return NEXT("writev", ssize_t (*)(int, const struct iovec *, int))(
        fd, parts, count);
}

static ssize_t pwrite_as(int fd, const void *bytes, size_t len, off_t at)
{
    if (step("pwrite", -1, NULL, 0))
        return -1;
    return NEXT("pwrite", ssize_t (*)(int, const void *, size_t, off_t))(
        fd, bytes, len, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
    return pwrite_as(fd, bytes, len, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off_t at)
{
    return pwrite_as(fd, bytes, len, at);
}

int fsync(int fd)
{
    return step("fsync", -1, NULL, 0) ? -1
        : NEXT("fsync", int (*)(int))(fd);
}

int fdatasync(int fd)
{
    return step("fsync", -1, NULL, 0) ? -1
        : NEXT("fdatasync", int (*)(int))(fd);
}

/* A close that fails has closed all the same, as on Linux. */
int close(int fd)
{
    int failed = fd > STDERR_FILENO && step("close", -1, NULL, 0);
    int rc = NEXT("close", int (*)(int))(fd);

    if (failed)
        errno = plan.fail_errno;
    return failed ? -1 : rc;
}

int rename(const char *from, const char *to)
{
    return step("rename", -1, NULL, 0) ? -1
        : NEXT("rename", int (*)(const char *, const char *))(from, to);
}

int renameat(int from_dir, const char *from, int to_dir, const char *to)
{
    return step("rename", -1, NULL, 0) ? -1
        : NEXT("renameat", int (*)(int, const char *, int, const char *))(
              from_dir, from, to_dir, to);
}

int renameat2(int from_dir, const char *from, int to_dir, const char *to,
              unsigned flags)
{
    return step("rename", -1, NULL, 0) ? -1
        : NEXT("renameat2",
               int (*)(int, const char *, int, const char *, unsigned))(
              from_dir, from, to_dir, to, flags);
}

int link(const char *from, const char *to)
{
    return step("link", -1, NULL, 0) ? -1
        : NEXT("link", int (*)(const char *, const char *))(from, to);
}

int unlink(const char *path)
{
    return step("unlink", -1, NULL, 0) ? -1
        : NEXT("unlink", int (*)(const char *))(path);
}

int unlinkat(int dir, const char *path, int flags)
{
    return step("unlink", -1, NULL, 0) ? -1
        : NEXT("unlinkat", int (*)(int, const char *, int))(dir, path,
                                                            flags);
}

int rmdir(const char *path)
{
    return step("rmdir", -1, NULL, 0) ? -1
        : NEXT("rmdir", int (*)(const char *))(path);
}

int mkdir(const char *path, mode_t mode)
{
    return step("mkdir", -1, NULL, 0) ? -1
        : NEXT("mkdir", int (*)(const char *, mode_t))(path, mode);
}

int mkdirat(int dir, const char *path, mode_t mode)
{
    return step("mkdir", -1, NULL, 0) ? -1
        : NEXT("mkdirat", int (*)(int, const char *, mode_t))(dir, path,
                                                              mode);
}

int ftruncate(int fd, off_t len)
{
    return step("ftruncate", -1, NULL, 0) ? -1
        : NEXT("ftruncate", int (*)(int, off_t))(fd, len);
}

int ftruncate64(int fd, off_t len)
{
    return step("ftruncate", -1, NULL, 0) ? -1
        : NEXT("ftruncate", int (*)(int, off_t))(fd, len);
}
