/* sync_files.c -- which files there are, which may have changed, and which
 * are gone.
 *
 *   walked    a  b  c     e
 *   ledger    a  b     d  e
 *             |  |  |  |  '- another size or time: a task
 *          same  |  |  '- gone, if it is not there: its articles are lost
 *        a task -'  '- new: an entry, absent until it is read, and a task
 */
#define XXH_INLINE_ALL
#include "indexer/sync_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

enum {
    READ_STEP = 1 << 18,
    GONE_LEAST = 20,            /* files, to be suspicious */
    DAY = 86400
};

/* --- Which files there are --- */

bool sync_is_missing(const char *path)
{
    struct stat st;

    return lstat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool sync_is_gone(const char *path)
{
    char *folder, *name;
    struct stat st;
    bool there;

    if (!sync_is_missing(path))
        return false;
    folder = must_copy(path);
    name = strrchr(folder, '/');
    if (name)
        name[1] = '\0';
    there = name && stat(folder, &st) == 0 && S_ISDIR(st.st_mode);
    free(folder);
    return there;
}

static void note_failure(void *self, const char *path,
                         const struct error *why)
{
    struct sync *s = self;
    struct sync_failure failure = { must_copy(path), *why,
                                    sync_is_missing(path) };

    buffer_put(&s->failures, &failure, sizeof(failure));
}

void sync_add(struct sync *s, const char *path)
{
    char *place = intake_place(path);

    walk_add(&s->walk, place, note_failure, s);
    buffer_put(&s->roots, &place, sizeof(place));
}

void sync_add_below(struct sync *s, const char *root, const char *path)
{
    char *place = must_copy(path);

    walk_add_below(&s->walk, root, path, note_failure, s);
    buffer_put(&s->roots, &place, sizeof(place));
}

/* Whether the walk could not tell what is there. */
static bool is_hidden(const struct sync *s, const char *path)
{
    for (EACH(const struct sync_failure, failure, s->failures))
        if (!failure->missing && walk_is_below(path, failure->path))
            return true;
    return false;
}

static int by_path(const void *one, const void *other)
{
    const struct walk_file *a = one, *b = other;

    return strcmp(a->path, b->path);
}

static void put_task(struct sync *s, size_t entry, uint64_t size, bool known)
{
    struct sync_task task = { entry, size, known };

    buffer_put(&s->tasks, &task, sizeof(task));
}

/* A file that is there and in the ledger. */
static void compare(struct sync *s, size_t entry,
                    const struct walk_file *file)
{
    const struct ledger_entry *e = &s->ledger.entries[entry];

    if (!s->reread && e->mtime != MTIME_NONE && e->mtime == file->mtime &&
        e->size == file->size)
        s->counts.same++;
    else
        put_task(s, entry, file->size, true);
}

/* New files get an entry first, so that all stay where they are then. */
static void enter_new(struct sync *s)
{
    size_t known = s->ledger.count, at = 0;

    if (s->walk.count)
        qsort(s->walk.files, s->walk.count, sizeof(*s->walk.files), by_path);
    for (uint64_t i = 0; i < s->walk.count; i++) {
        const char *path = s->walk.files[i].path;

        if (i && strcmp(path, s->walk.files[i - 1].path) == 0)
            continue;
        while (at < known && strcmp(s->ledger.entries[at].path, path) < 0)
            at++;
        if (at == known || strcmp(s->ledger.entries[at].path, path) != 0)
            ledger_put(&s->ledger, path);
    }
    ledger_sort(&s->ledger);
}

void sync_plan(struct sync *s)
{
    size_t at = 0;

    enter_new(s);
    for (uint64_t i = 0; i < s->walk.count; i++) {
        const struct walk_file *file = &s->walk.files[i];

        if (i && strcmp(file->path, file[-1].path) == 0)
            continue;
        while (strcmp(s->ledger.entries[at].path, file->path) < 0)
            at++;
        if (s->ledger.entries[at].absent)
            put_task(s, at, file->size, false);
        else
            compare(s, at, file);
    }
}

/* --- What is gone --- */

/* Of the files below a root. */
struct census {
    uint64_t known, gone;
};

/* Marks what is gone. */
static void judge(struct sync *s, struct ledger_entry *e,
                  struct census *census)
{
    struct walk_file wanted = { .path = (char *)(uintptr_t)e->path };

    if (e->absent)
        return;
    census->known++;
    if (s->walk.count && bsearch(&wanted, s->walk.files, s->walk.count,
                                 sizeof(wanted), by_path))
        return;
    e->gone = sync_is_missing(e->path) && !is_hidden(s, e->path);
    census->gone += e->gone;
}

/* A disk that is not mounted is an empty folder, or none; `root` is NULL for
 * files that were named themselves. */
static enum status check_gone(const struct sync *s, const char *root,
                              const struct census *c)
{
    struct buffer b = BUFFER_INIT;
    bool most = c->gone >= GONE_LEAST && c->gone * 2 > c->known;
    bool all = root && c->gone && c->gone == c->known &&
               sync_is_missing(root);

    if (s->force || (!most && !all))
        return OK;
    buffer_put_str(&b, root ? ": " : "");
    buffer_put_grouped(&b, c->gone);
    buffer_put_str(&b, " of the ");
    buffer_put_grouped(&b, c->known);
    error_set(s->intake.err, ERR_USAGE, "%s%s files that were read %s are "
              "gone, so nothing was done; is something not mounted? If their "
              "articles are to go, say --force", root ? root : "",
              buffer_cstr(&b), root ? "from there" : "by these names");
    buffer_release(&b);
    return ERR_USAGE;
}

/* A file that was named itself may go; a folder, and all that were named,
 * are looked at as a whole. */
static enum status find_gone(struct sync *s, const char *root,
                             struct census *named)
{
    size_t end, at = ledger_find(&s->ledger, root);
    struct census folder = { 0, 0 };

    if (at < s->ledger.count &&
        strcmp(s->ledger.entries[at].path, root) == 0)
        judge(s, &s->ledger.entries[at], named);
    for (at = ledger_below(&s->ledger, root, &end); at < end; at++)
        judge(s, &s->ledger.entries[at], &folder);
    return check_gone(s, root, &folder);
}

static void take_out(struct sync *s, struct ledger_entry *e)
{
    for (uint32_t i = 0; i < e->count; i++)
        sync_lose(s, &e->ids[i], i < e->given);
    rejects_settle(&s->intake.rejects, e->path);
    e->absent = true;
    s->ledger.changed = true;
}

/* What was told of files that are gone, also of those that never were read:
 * but not where their folder is gone too. */
static void forget_rejects(struct sync *s)
{
    struct rejects *rejects = &s->intake.rejects;

    for (size_t i = 0; i < rejects->sorted; i++) {
        const char *path = rejects->items[i].path;

        if ((i && strcmp(path, rejects->items[i - 1].path) == 0) ||
            !sync_is_gone(path) || is_hidden(s, path))
            continue;
        for (EACH(char *, root, s->roots))
            if (walk_is_below(path, *root))
                rejects_settle(rejects, path);
    }
}

enum status sync_forget_gone(struct sync *s)
{
    struct census named = { 0, 0 };
    enum status code = OK;

    for (EACH(char *, root, s->roots))
        if (code == OK)
            code = find_gone(s, *root, &named);
    if (code == OK)
        code = check_gone(s, NULL, &named);
    if (code != OK)
        return code;
    if (!s->intake.said->dry_run)
        forget_rejects(s);
    for (size_t i = 0; i < s->ledger.count; i++) {
        struct ledger_entry *e = &s->ledger.entries[i];

        if (!e->gone || e->absent)
            continue;
        s->counts.gone++;
        if (!s->intake.said->dry_run)
            take_out(s, e);
    }
    return OK;
}

/* --- A file --- */

/* What a file is; its hash where it is asked for. */
enum status sync_look(struct ledger_entry *seen, const char *path,
                      struct error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    XXH3_state_t *state = XXH3_createState();
    uint8_t *step = must_alloc(READ_STEP);
    struct stat st = { 0 };
    XXH128_hash_t hash;
    ssize_t got = -1;

    if (!state)
        out_of_memory();
    XXH3_128bits_reset(state);
    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
        while ((got = read(fd, step, READ_STEP)) > 0 ||
               (got < 0 && errno == EINTR))
            if (got > 0)
                XXH3_128bits_update(state, step, (size_t)got);
    if (got < 0)
        error_errno(err, "%s", path);
    hash = XXH3_128bits_digest(state);
    seen->size = (uint64_t)st.st_size;
    seen->mtime = st.st_mtim.tv_sec * INT64_C(1000000000) +
        st.st_mtim.tv_nsec;
    seen->hash = (struct file_hash){ hash.low64, hash.high64 };
    if (fd >= 0)
        close(fd);
    XXH3_freeState(state);
    free(step);
    return got < 0 ? ERR_IO : OK;
}

/* A file that was changed just now may change again without another time:
 * clocks of file systems tick every 10 ms, some every 2 s.  Those of other
 * machines are not quite ours; but a time a day ahead is what somebody set. */
int64_t sync_trusted(int64_t mtime)
{
    const int64_t second = 1000000000;
    int64_t now, tick = mtime % second ? second / 50 : second * 2;
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    now = t.tv_sec * second + t.tv_nsec;
    return mtime + tick < now || mtime > now + DAY * second ? mtime
                                                            : MTIME_NONE;
}
