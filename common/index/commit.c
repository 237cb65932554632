/* commit.c -- the lock, the commit by one rename, and the sweep.
 *
 * Before the rename nothing of a commit is visible, after it everything is;
 * an interruption anywhere leaves the index as of the commit before, and
 * files that nobody names, which the next writer sweeps.  No step is tried
 * twice: Linux reports a lost page once, so a second fsync proves nothing.
 *
 *   files of segments, fsynced by their writers
 *   fsync folder -> manifest-G.tmp, fsync -> rename -> fsync folder
 *                                              ^ the commit
 *   -> acknowledge -> unlink manifests < G - 1 -> fsync folder
 *   -> unlink what neither of the two manifests names
 *
 * The protocol and its model: Pillai et al. (2014), "All File Systems Are
 * Not Created Equal"; Rebello et al. (2020), "Can Applications Recover from
 * fsync Failures?".
 */
#include "common/index/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "common/index/folder.h"

/* --- The sweep --- */

static bool names_attachment(const struct manifest *m,
                             const struct folder_entry *e)
{
    for (uint32_t i = 0; i < m->attachment_count; i++)
        if (m->attachments[i].id == e->id &&
            m->attachments[i].generation == e->generation)
            return true;
    return false;
}

static bool names(const struct manifest *m, const struct folder_entry *e)
{
    if (e->kind == FOLDER_ATTACHMENT)
        return names_attachment(m, e);
    for (uint32_t i = 0; i < m->segment_count; i++) {
        const struct segment_info *info = &m->segments[i];
        uint64_t generation = e->kind == FOLDER_LIVE ? info->live_generation
                                                     : info->generation;

        if (generation == e->generation &&
            (info->id == e->id || (e->kind == FOLDER_SEGMENT && e->id &&
                                   info->quotes.id == e->id)))
            return true;
    }
    return false;
}

/* Unlinks the files in a folder, and the folder.  Links are not followed. */
static void discard_folder(int dir, const char *name)
{
    int fd = openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
                               O_CLOEXEC);
    DIR *stream = fd >= 0 ? fdopendir(fd) : NULL;
    struct dirent *item;

    if (!stream) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((item = readdir(stream)) != NULL)
        unlinkat(fd, item->d_name, 0);
    closedir(stream);
    unlinkat(dir, name, AT_REMOVEDIR);
}

static void discard(int dir, const struct folder_entry *e)
{
    if (unlinkat(dir, e->name, 0) != 0 && errno == EISDIR && e->whole)
        discard_folder(dir, e->name);
}

/* Unlinks manifests older than the two newest; true if any. */
static bool sweep_manifests(const struct folder *f, int dir)
{
    bool any = false;

    for (size_t i = 0; i < f->count; i++) {
        const struct folder_entry *e = &f->entries[i];

        if (e->kind == FOLDER_MANIFEST && e->generation < f->newest &&
            e->generation < f->second) {
            unlinkat(dir, e->name, 0);
            any = true;
        }
    }
    return any;
}

static void sweep_unfinished(const struct folder *f, int dir)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->entries[i].kind == FOLDER_UNFINISHED)
            discard(dir, &f->entries[i]);
}

static void sweep_files(const struct folder *f, int dir, uint64_t upto,
                        const struct manifest *newest,
                        const struct manifest *second)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct folder_entry *e = &f->entries[i];

        if ((e->kind == FOLDER_SEGMENT || e->kind == FOLDER_LIVE ||
             e->kind == FOLDER_ATTACHMENT) && e->generation <= upto &&
            !names(newest, e) && !names(second, e))
            unlinkat(dir, e->name, 0);
    }
}

/* Segments of a manifest go only when it is durably gone, so that there is
 * never a manifest that names what is not there.  Where one of the two that
 * are kept cannot be read, none go.  Files of the next commit may be in the
 * making (`begun`), and then they stay. */
static void sweep_listed(const struct folder *f, const char *dir, int fd,
                         bool begun)
{
    struct manifest newest = { 0 }, second = { 0 };
    struct error ignored = ERROR_INIT;
    enum status code = OK;

    if (!begun)
        sweep_unfinished(f, fd);
    if (f->newest)
        code = manifest_read(&newest, dir, f->newest, &ignored);
    if (code == OK && f->second)
        code = manifest_read(&second, dir, f->second, &ignored);
    if (code == OK && (!sweep_manifests(f, fd) || fsync(fd) == 0))
        sweep_files(f, fd, begun ? f->newest : UINT64_MAX, &newest, &second);
    manifest_release(&newest);
    manifest_release(&second);
}

/* Failing to sweep is no failure: what stays is swept the next time. */
static void sweep(const char *dir, bool begun)
{
    struct error ignored = ERROR_INIT;
    struct folder f;
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0 && folder_read(&f, dir, &ignored) == OK) {
        sweep_listed(&f, dir, fd, begun);
        folder_release(&f);
    }
    if (fd >= 0)
        close(fd);
}

/* --- The lock --- */

static enum status busy(int fd, const char *dir, struct error *err)
{
    char text[64] = "", since[32] = "";
    unsigned pid = 0;

    if (pread(fd, text, sizeof(text) - 1, 0) > 0 &&
        sscanf(text, "%u since %31[0-9TZ:-]", &pid, since) == 2)
        return error_set(err, ERR_BUSY, "%s: process %u is writing this index "
                         "(since %s); wait until it has ended", dir, pid,
                         since);
    return error_set(err, ERR_BUSY, "%s: another process is writing this "
                     "index; wait until it has ended", dir);
}

/* Only for the message of the next one; a failure here is no failure. */
static void sign(int fd)
{
    char text[64], since[32];
    time_t now = time(NULL);
    struct tm utc;
    int len;

    gmtime_r(&now, &utc);
    strftime(since, sizeof(since), "%Y-%m-%dT%H:%M:%SZ", &utc);
    len = snprintf(text, sizeof(text), "%u since %s\n", (unsigned)getpid(),
                   since);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, text, (size_t)len, 0) != len)
        return;
}

static enum status lock_at(struct index_lock *lock, int dir_fd,
                           const char *dir, struct error *err)
{
    struct stat ours, there;
    int fd = openat(dir_fd, "LOCK", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW,
                    0644);

    if (fd < 0 && errno == ELOOP)
        return error_set(err, ERR_IO, "%s/LOCK: is a symbolic link, expected "
                         "a file; remove it", dir);
    if (fd < 0)
        return error_errno(err, "%s/LOCK", dir);
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        enum status code = errno == EWOULDBLOCK ? busy(fd, dir, err)
            : error_errno(err, "%s/LOCK: cannot lock", dir);

        close(fd);
        return code;
    }
    if (fstat(fd, &ours) != 0 ||
        fstatat(dir_fd, "LOCK", &there, AT_SYMLINK_NOFOLLOW) != 0 ||
        ours.st_ino != there.st_ino || ours.st_dev != there.st_dev) {
        close(fd);
        return error_set(err, ERR_BUSY, "%s/LOCK: was replaced while it was "
                         "being locked; run the command again", dir);
    }
    sign(fd);
    lock->fd = fd;
    return OK;
}

static enum status folder_make(const char *dir, struct error *err)
{
    char *above = path_join(dir, "..");
    enum status code = dir_make(dir, err);

    if (code == OK)
        code = dir_sync(above, err);
    free(above);
    return code;
}

/* Makes the folder if there is none, and asks whether it may be ours. */
static enum status folder_claim(const char *dir, struct error *err)
{
    struct folder f;
    enum status code = folder_read(&f, dir, err);

    folder_release(&f);
    return code == END ? folder_make(dir, err) : code;
}

enum status index_lock(struct index_lock *lock, const char *dir,
                       struct error *err)
{
    struct manifest newest;
    enum status code = folder_claim(dir, err);
    int fd;

    lock->fd = -1;
    if (code != OK)
        return code;
    fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return error_errno(err, "%s", dir);
    code = lock_at(lock, fd, dir, err);
    close(fd);
    if (code != OK)
        return code;
    code = manifest_load(&newest, dir, err);
    manifest_release(&newest);
    if (code < 0) {
        index_unlock(lock);
        return code;
    }
    sweep(dir, false);
    return OK;
}

void index_unlock(struct index_lock *lock)
{
    if (lock->fd >= 0)
        close(lock->fd);
    lock->fd = -1;
}

/* --- The commit --- */

static void put_segment(struct buffer *b, const struct segment_info *info)
{
    buffer_put_le64(b, info->id);
    buffer_put_le64(b, info->generation);
    buffer_put_le64(b, info->doc_count);
    buffer_put_le64(b, info->live_count);
    buffer_put_le64(b, info->sum_lengths);
    buffer_put_le64(b, info->live_generation);
    buffer_put_le64(b, info->live_size);
    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES; i++)
        buffer_put_le64(b, info->sizes[i]);
    buffer_put_le64(b, info->quotes.id);
    buffer_put_le64(b, info->quotes.doc_count);
    buffer_put_le64(b, info->quotes.sum_lengths);
    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES; i++)
        buffer_put_le64(b, info->quotes.sizes[i]);
}

static void put_attachment(struct buffer *b,
                           const struct attachment_info *info)
{
    buffer_put_le32(b, info->kind);
    buffer_put_le32(b, 0);
    buffer_put_le64(b, info->generation);
    buffer_put_le64(b, info->id);
    buffer_put_le64(b, info->size);
}

static void pack(struct buffer *b, const struct manifest *m)
{
    const struct tally *t = &m->tally;

    buffer_put_le64(b, m->generation);
    buffer_put_le64(b, m->uuid);
    buffer_put_le32(b, m->title_weight);
    buffer_put_le32(b, m->analyzer_version);
    buffer_put_le64(b, t->seen);
    buffer_put_le64(b, t->added);
    buffer_put_le64(b, t->updated);
    buffer_put_le64(b, t->unchanged);
    buffer_put_le64(b, t->older);
    buffer_put_le64(b, t->rejected);
    buffer_put_le64(b, t->removed);
    buffer_put_le32(b, m->segment_count);
    buffer_put_le32(b, m->attachment_count);
    for (uint32_t i = 0; i < m->segment_count; i++)
        put_segment(b, &m->segments[i]);
    for (uint32_t i = 0; i < m->attachment_count; i++)
        put_attachment(b, &m->attachments[i]);
}

static enum status write_unnamed(const struct manifest *m, const char *path,
                                 struct error *err)
{
    struct buffer body = BUFFER_INIT;
    struct sealed_writer w;
    uint64_t size;

    pack(&body, m);
    sealed_create(&w, path, KIND_MANIFEST, m->uuid, m->generation);
    sealed_put_buffer(&w, &body);
    buffer_release(&body);
    return sealed_finish(&w, &size, err);
}

/* From files that are durable to the commit. */
static enum status publish(const struct manifest *m, const char *dir,
                           struct error *err)
{
    char name[40], *unnamed, *path;
    enum status code;

    snprintf(name, sizeof(name), "manifest-%016llx.tmp",
             (unsigned long long)m->generation);
    unnamed = path_join(dir, name);
    name[strlen(name) - 4] = '\0';
    path = path_join(dir, name);
    code = dir_sync(dir, err);
    if (code == OK)
        code = write_unnamed(m, unnamed, err);
    if (code == OK && (code = file_rename_new(unnamed, path, err)) != OK)
        unlink(unnamed);
    else if (code == OK && (code = dir_sync(dir, err)) != OK)
        error_prefix(err, "it is not known whether the last commit survives a "
                     "power failure");
    free(unnamed);
    free(path);
    return code;
}

enum status manifest_commit(struct manifest *m, const char *dir,
                            struct error *err)
{
    const char *breach;
    enum status code;

    m->generation++;
    breach = manifest_breach(m);
    if (breach)
        code = error_set(err, ERR_LIMIT, "%s: nothing was committed: %s", dir,
                         breach);
    else
        code = publish(m, dir, err);
    if (code != OK)
        m->generation--;
    else
        sweep(dir, true);
    return code;
}
