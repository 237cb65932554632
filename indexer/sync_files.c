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
    GONE_LEAST = 20             /* files, to be suspicious */
};

/* --- Which files there are --- */

bool sync_is_missing(const char *path)
{
    struct stat st;

    return lstat(path, &st) != 0 && (errno == ENOENT || errno == ENOTDIR);
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

bool sync_is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);

    return strncmp(path, folder, len) == 0 &&
           (path[len] == '\0' || path[len] == '/' ||
            (len && folder[len - 1] == '/'));
}

/* Whether the walk could not tell what is there. */
static bool is_hidden(const struct sync *s, const char *path)
{
    for (EACH(const struct sync_failure, failure, s->failures))
        if (!failure->missing && sync_is_below(path, failure->path))
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

    if (!s->reread && e->mtime && e->mtime == file->mtime &&
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

/* Marks the entries below a root that are gone; they are counted. */
static uint64_t find_gone(struct sync *s, const char *root, uint64_t *known)
{
    uint64_t gone = 0, at = 0;

    *known = 0;
    for (size_t i = 0; i < s->ledger.count; i++) {
        struct ledger_entry *e = &s->ledger.entries[i];

        if (e->absent || !sync_is_below(e->path, root))
            continue;
        ++*known;
        while (at < s->walk.count &&
               strcmp(s->walk.files[at].path, e->path) < 0)
            at++;
        if (at < s->walk.count &&
            strcmp(s->walk.files[at].path, e->path) == 0)
            continue;
        e->gone = sync_is_missing(e->path) && !is_hidden(s, e->path);
        gone += e->gone;
    }
    return gone;
}

/* A disk that is not mounted is an empty folder, or none. */
static enum status check_gone(const struct sync *s, const char *root,
                              uint64_t gone, uint64_t known)
{
    struct buffer b = BUFFER_INIT;
    bool most = gone >= GONE_LEAST && gone * 2 > known;
    bool all = gone && gone == known && sync_is_missing(root);

    /* One file that was named itself. */
    for (size_t i = 0; all && known == 1 && i < s->ledger.count; i++)
        all = strcmp(s->ledger.entries[i].path, root) != 0;
    if (s->force || (!most && !all))
        return OK;
    buffer_put_grouped(&b, gone);
    buffer_put_str(&b, " of the ");
    buffer_put_grouped(&b, known);
    error_set(s->intake.err, ERR_USAGE, "%s: %s files that were read from "
              "there are gone, so nothing was done; is something not mounted? "
              "If their articles are to go, say --force", root,
              buffer_cstr(&b));
    buffer_release(&b);
    return ERR_USAGE;
}

static void take_out(struct sync *s, struct ledger_entry *e)
{
    for (uint32_t i = 0; i < e->count; i++)
        sync_lose(s, &e->ids[i], i < e->given);
    rejects_settle(&s->intake.rejects, e->path);
    e->absent = true;
    s->ledger.changed = true;
}

enum status sync_forget_gone(struct sync *s)
{
    uint64_t known;

    for (EACH(char *, root, s->roots)) {
        uint64_t gone = find_gone(s, *root, &known);
        enum status code = check_gone(s, *root, gone, known);

        if (code != OK)
            return code;
    }
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
 * clocks of file systems tick every 10 ms, some every 2 s. */
int64_t sync_trusted(int64_t mtime)
{
    struct timespec t;
    int64_t now, tick = mtime % 1000000000 ? 20000000 : 2000000000;

    clock_gettime(CLOCK_REALTIME, &t);
    now = t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
    return mtime + tick < now ? mtime : 0;
}

