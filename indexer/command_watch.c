/* command_watch.c -- sync, then follow what happens in the folders.
 *
 *   inotify --> paths that changed --> half a second of quiet, or ten seconds
 *                                  --> sync of these paths, one commit
 *
 * A folder is watched before its files are listed, so nothing is missed in
 * between.  When the kernel's queue runs over, all is synced again.  The
 * lock is held only while a batch is read.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/base/file.h"
#include "indexer/interrupt.h"
#include "indexer/sync.h"
#include "indexer/visible.h"

enum {
    OPTION_FORCE = ADD_OPTION_EXTRA, OPTION_ONCE_IDLE,
    QUIET_MS = 500, PATIENCE_MS = 10000, BUSY_MS = 2000,
    IDLE_MOST = 1000000,        /* seconds */
    EVENTS_LEN = 1 << 16,
    MASK = IN_CLOSE_WRITE | IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO |
           IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR
};

static const char help[] =
"  lede-index watch ~/news               sync, then follow what changes\n"
"  lede-index watch --once-idle 60 ~/in  end after a minute without a change\n"
"\n"
"usage: lede-index [-i DIR] watch [OPTION...] DIR...\n"
"\n"
"Takes in files when they are written or moved there, and takes out what is\n"
"deleted, in batches: after half a second of quiet, or ten. ^C or SIGTERM\n"
"end it, with all that was read committed. Folders on other machines (NFS,\n"
"SMB) tell nothing about what others do there; run sync from time to time.\n"
"\n"
"  --once-idle SECS   end when nothing has changed for so long\n"
"  --force            start also if most of the files are gone\n"
"\n"
"and the options of add, as for sync.\n"
"\n"
"Exit: 0 ended by a signal or --once-idle; 2 wrong use; 3 another process\n"
"writes the index at the start; 4 it is damaged; 5 disk, I/O or memory, or\n"
"the folder is gone.\n";

static const struct option longs[] = {
    { "force", no_argument, NULL, OPTION_FORCE },
    { "once-idle", required_argument, NULL, OPTION_ONCE_IDLE },
    { NULL, 0, NULL, 0 },
};

/* A folder that was asked for, and what it was then. */
struct root {
    char *path;
    dev_t device;
    ino_t inode;
};

/* A folder that is watched. */
struct watched {
    int wd;
    char *path;
};

struct watching {
    struct context *context;
    struct error *err;
    struct add_options said;
    bool force;
    uint64_t idle;              /* seconds; 0: for ever */
    int fd;
    struct root *roots;         /* ended by one without a path */
    struct watched *folders;    /* by wd */
    size_t count, room;
    char **dirty;               /* paths that changed */
    size_t dirty_count, dirty_room;
    bool all;                   /* everything may have changed */
    bool told_busy;
    int64_t first, last;        /* ms: of the batch, of the last change */
    enum status failure;        /* of adding a watch */
};

static enum status take_option(void *self, int option, struct error *err)
{
    struct watching *w = self;

    if (option == OPTION_ONCE_IDLE)
        return options_number(&w->idle, optarg, "once-idle", 1, IDLE_MOST,
                              err);
    w->force = true;
    return OK;
}

static int64_t now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000) + t.tv_nsec / 1000000;
}

/* --- Folders --- */

static struct watched *find_folder(const struct watching *w, int wd)
{
    size_t low = 0, high = w->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (w->folders[middle].wd < wd)
            low = middle + 1;
        else
            high = middle;
    }
    return low < w->count && w->folders[low].wd == wd ? &w->folders[low]
                                                      : NULL;
}

/* The kernel counts them upwards. */
static void remember(struct watching *w, int wd, const char *path)
{
    struct watched *known = find_folder(w, wd);

    if (known) {
        free(known->path);
        known->path = must_copy(path);
        return;
    }
    if (w->count == w->room) {
        w->room = w->room ? w->room * 2 : 64;
        w->folders = must_realloc(w->folders, w->room * sizeof(*w->folders));
    }
    w->folders[w->count++] = (struct watched){ wd, must_copy(path) };
}

static void forget(struct watching *w, int wd)
{
    struct watched *known = find_folder(w, wd);
    size_t at = known ? (size_t)(known - w->folders) : 0;

    if (!known)
        return;
    free(known->path);
    w->count--;
    memmove(known, known + 1, (w->count - at) * sizeof(*known));
}

/* The walk enters a folder. */
static void enter(void *self, const char *path)
{
    struct watching *w = self;
    int wd = inotify_add_watch(w->fd, path, MASK);

    if (wd >= 0)
        remember(w, wd, path);
    else if (errno == ENOSPC)
        w->failure = error_set(w->err, ERR_IO, "%s: no more folders can be "
                               "watched; raise fs.inotify.max_user_watches "
                               "with sysctl(8)", path);
    /* One that is gone again, or closed to us, is the walk's to tell. */
}

/* --- What changed --- */

static void forget_dirty(struct watching *w)
{
    for (size_t i = 0; i < w->dirty_count; i++)
        free(w->dirty[i]);
    w->dirty_count = 0;
    w->all = false;
    w->first = 0;
}

static void note(struct watching *w)
{
    w->last = now();
    if (!w->first)
        w->first = w->last;
}

static void put_dirty(struct watching *w, char *path)
{
    note(w);
    if (w->dirty_count == w->dirty_room) {
        w->dirty_room = w->dirty_room ? w->dirty_room * 2 : 64;
        w->dirty = must_realloc(w->dirty, w->dirty_room * sizeof(*w->dirty));
    }
    w->dirty[w->dirty_count++] = path;
}

/* Whether somebody has a new file open to write it, and so will close it: a
 * lease is refused then.  One that came by link(2) is never closed.  Where no
 * lease can be had (another's file), it is taken for whole. */
static bool is_written(const char *path)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    bool written = false;

    if (fd < 0)
        return false;
    if (fcntl(fd, F_SETLEASE, F_RDLCK) == 0)
        fcntl(fd, F_SETLEASE, F_UNLCK);
    else
        written = errno == EAGAIN;
    close(fd);
    return written;
}

static bool is_root(const struct watching *w, const char *path)
{
    for (struct root *root = w->roots; root->path; root++)
        if (strcmp(root->path, path) == 0)
            return true;
    return false;
}

static enum status lost_root(struct watching *w, const char *path)
{
    return error_set(w->err, ERR_IO, "%s: is not there any more; its articles "
                     "stay in the index", path);
}

/* A folder above a root may get another name, which no event tells. */
static enum status check_roots(struct watching *w)
{
    struct stat st;

    for (struct root *root = w->roots; root->path; root++)
        if (stat(root->path, &st) != 0 || st.st_dev != root->device ||
            st.st_ino != root->inode)
            return lost_root(w, root->path);
    return OK;
}

static enum status take_self(struct watching *w,
                             const struct inotify_event *e,
                             const struct watched *folder)
{
    if (e->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT) &&
        is_root(w, folder->path))
        return lost_root(w, folder->path);
    if (e->mask & IN_IGNORED)
        forget(w, e->wd);
    return OK;
}

static enum status take_event(struct watching *w,
                              const struct inotify_event *e)
{
    const struct watched *folder = find_folder(w, e->wd);
    char *path;

    if (e->mask & IN_Q_OVERFLOW) {
        w->all = true;
        note(w);
        return OK;
    }
    if (!folder)
        return OK;
    if (!e->len)
        return take_self(w, e, folder);
    if (walk_passes_over(e->name))
        return OK;
    path = path_join(folder->path, e->name);
    if (e->mask & IN_CREATE && !(e->mask & IN_ISDIR) && is_written(path))
        free(path);
    else
        put_dirty(w, path);
    return OK;
}

static enum status take_events(struct watching *w)
{
    _Alignas(struct inotify_event) char events[EVENTS_LEN];
    ssize_t got = read(w->fd, events, sizeof(events));
    enum status code = OK;

    if (got < 0)
        return errno == EAGAIN || errno == EINTR
            ? OK : error_errno(w->err, "inotify");
    for (char *at = events; at < events + got && code == OK; ) {
        const struct inotify_event *e = (const void *)at;

        code = take_event(w, e);
        at += sizeof(*e) + e->len;
    }
    return code;
}

/* Waits for events at most so long (-1: for ever), or a signal. */
static enum status wait_for(struct watching *w, int64_t ms)
{
    struct pollfd poll = { w->fd, POLLIN, 0 };
    struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
    sigset_t stops, before;
    int ready = 0;

    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGHUP);
    sigprocmask(SIG_BLOCK, &stops, &before);
    if (!interrupt_seen())
        ready = ppoll(&poll, 1, ms < 0 ? NULL : &t, &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return ready > 0 ? take_events(w) : OK;
}

/* --- A batch --- */

static int by_name(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

/* The root that a path is below. */
static const char *root_of(const struct watching *w, const char *path)
{
    const char *best = "";

    for (struct root *root = w->roots; root->path; root++)
        if (walk_is_below(path, root->path) &&
            strlen(root->path) > strlen(best))
            best = root->path;
    return best;
}

static void add_dirty(struct watching *w, struct sync *s)
{
    qsort(w->dirty, w->dirty_count, sizeof(*w->dirty), by_name);
    for (size_t i = 0; i < w->dirty_count; i++)
        if (!i || strcmp(w->dirty[i], w->dirty[i - 1]) != 0)
            sync_add_below(s, root_of(w, w->dirty[i]), w->dirty[i]);
}

static bool is_busy(struct watching *w, enum status code)
{
    if (code != ERR_BUSY)
        w->told_busy = false;
    else if (!w->told_busy)
        visible_print(stderr, "lede-index: ", w->err->message);
    w->told_busy |= code == ERR_BUSY;
    return code == ERR_BUSY;
}

/* Another writer is waited for, once watching has begun. */
static enum status sync_batch(struct watching *w, bool first)
{
    struct add_options said = w->said;      /* sync shares its memory */
    struct sync s;
    enum status code;

    sync_init(&s, w->context, &said, w->err);
    s.walk.enters = enter;
    s.walk.self = w;
    s.forgiving = !first;
    s.force = w->force || !(first || w->all);
    for (struct root *root = w->roots; root->path && (first || w->all); root++)
        sync_add(&s, root->path);
    if (!first && !w->all)
        add_dirty(w, &s);
    code = w->failure == OK ? check_roots(w) : w->failure;
    if (code == OK)
        code = sync_run(&s);
    if (code == OK && (first || sync_did(&s)))
        sync_report(&s);
    if (!first && is_busy(w, code)) {
        error_clear(w->err);
        w->first = w->last = now() + BUSY_MS;
        code = OK;
    } else {
        intake_explain(&s.intake, code);
        forget_dirty(w);
    }
    fflush(stdout);
    sync_release(&s);
    return code;
}

/* --- The loop --- */

/* How long to wait for the next event; 0: a batch is due. */
static int64_t patience(const struct watching *w)
{
    int64_t quiet = w->last + QUIET_MS, most = w->first + PATIENCE_MS;
    int64_t due = quiet < most ? quiet : most, time = now();

    if (w->first)
        return due > time ? due - time : 0;
    if (!w->idle)
        return -1;
    due = w->last + (int64_t)w->idle * 1000;
    return due > time ? due - time : 0;
}

static enum status follow(struct watching *w)
{
    enum status code = OK;

    w->last = now();
    while (code == OK && !interrupt_seen()) {
        int64_t ms = patience(w);

        if (ms)
            code = wait_for(w, ms);
        else if (w->first)
            code = sync_batch(w, false);
        else
            break;
    }
    return code;
}

static enum status find_roots(struct watching *w, char **paths, int count)
{
    struct stat st;

    w->roots = must_calloc((size_t)count + 1, sizeof(*w->roots));
    for (int i = 0; i < count; i++) {
        w->roots[i].path = intake_place(paths[i]);
        if (stat(w->roots[i].path, &st) != 0)
            return error_errno(w->err, "%s", paths[i]);
        w->roots[i].device = st.st_dev;
        w->roots[i].inode = st.st_ino;
        if (!S_ISDIR(st.st_mode))
            return error_set(w->err, ERR_USAGE, "%s: watch is for folders",
                             paths[i]);
    }
    if (w->said.dump || w->said.dry_run || w->said.list)
        return error_set(w->err, ERR_USAGE, "--dump, --dry-run and "
                         "--files-from are not for watch");
    return OK;
}

static enum status watch(struct watching *w, char **paths, int count)
{
    enum status code = find_roots(w, paths, count);

    if (code != OK)
        return code;
    w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w->fd < 0)
        return error_errno(w->err, "inotify");
    interrupt_catch();
    code = sync_batch(w, true);
    if (code == OK)
        code = follow(w);
    w->context->exit = 0;
    return code;
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct watching w = { .context = context, .err = err, .fd = -1,
                          .said = ADD_OPTIONS_INIT };
    const struct add_extra extra = { longs, take_option, &w, false };
    enum status code = add_options_read(&w.said, context, argc, argv, &extra,
                                        err);

    if (code == OK && !context->help)
        code = watch(&w, argv + optind, argc - optind);
    if (w.fd >= 0)
        close(w.fd);
    forget_dirty(&w);
    free(w.dirty);
    for (size_t i = 0; i < w.count; i++)
        free(w.folders[i].path);
    free(w.folders);
    for (struct root *root = w.roots; root && root->path; root++)
        free(root->path);
    free(w.roots);
    add_options_release(&w.said);
    return code;
}

const struct command command_watch = { "watch", help, run };
