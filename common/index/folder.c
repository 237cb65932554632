/* folder.c -- the names in the folder of an index, and what each is.
 *
 * A name is ours only if it is one of these, to the letter; whatever else
 * lies in the folder belongs to somebody else and is never touched.
 *
 *   LOCK                                the lock
 *   manifest-0000000000000007           a commit
 *   seg-0000000000000007-<id>.store     a file of a segment
 *   del-0000000000000007-<id>           deletions
 *   att-0000000000000007-<id>           an attachment
 *   *.tmp  tmp-*                        unfinished
 *   tmp-<16 digits>/                    unfinished, with the files in it
 *
 * A folder without a manifest is a new index only if it is empty, or holds
 * nothing but what an interrupted first commit left: the lock, and files of
 * generation 1.
 */
#include "common/index/folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/file.h"

/* Reads 16 lower-case hexadecimal digits; false if they are not there. */
static bool take_hex(const char **at, uint64_t *number)
{
    *number = 0;
    for (unsigned i = 0; i < 16; i++, (*at)++) {
        char c = **at;

        if (c >= '0' && c <= '9')
            *number = *number << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            *number = *number << 4 | (uint64_t)(c - 'a' + 10);
        else
            return false;
    }
    return true;
}

static bool take(const char **at, const char *text)
{
    size_t len = strlen(text);

    if (strncmp(*at, text, len) != 0)
        return false;
    *at += len;
    return true;
}

static bool suffix_known(const char *suffix)
{
    static const char *const known[] = {
        ".terms", ".postings", ".positions", ".bounds", ".columns", ".store"
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strcmp(suffix, known[i]) == 0)
            return true;
    return false;
}

static bool is_unfinished(const char *name)
{
    size_t len = strlen(name);

    return strncmp(name, "tmp-", 4) == 0 ||
           (len > 4 && strcmp(name + len - 4, ".tmp") == 0);
}

/* What a name is; `name` is borrowed. */
static struct folder_entry entry_of(const char *name)
{
    struct folder_entry e = { .name = (char *)(uintptr_t)name };
    const char *at = name;

    if (is_unfinished(name)) {
        e.kind = FOLDER_UNFINISHED;
        e.whole = take(&at, "tmp-") && take_hex(&at, &e.id) && !*at;
    } else if (strcmp(name, "LOCK") == 0) {
        e.kind = FOLDER_LOCK;
    } else if (take(&at, "manifest-")) {
        if (take_hex(&at, &e.generation) && !*at && e.generation)
            e.kind = FOLDER_MANIFEST;
    } else if (take(&at, "seg-")) {
        if (take_hex(&at, &e.generation) && take(&at, "-") &&
            take_hex(&at, &e.id) && suffix_known(at))
            e.kind = FOLDER_SEGMENT;
    } else if (take(&at, "del-")) {
        if (take_hex(&at, &e.generation) && take(&at, "-") &&
            take_hex(&at, &e.id) && !*at)
            e.kind = FOLDER_LIVE;
    } else if (take(&at, "att-")) {
        if (take_hex(&at, &e.generation) && take(&at, "-") &&
            take_hex(&at, &e.id) && !*at)
            e.kind = FOLDER_ATTACHMENT;
    }
    return e;
}

static void add(struct folder *f, const char *name)
{
    struct folder_entry e = entry_of(name);

    if (f->count % 64 == 0)
        f->entries = must_realloc(f->entries,
                                  (f->count + 64) * sizeof(*f->entries));
    e.name = must_copy(name);
    f->entries[f->count++] = e;
    if (e.kind != FOLDER_MANIFEST)
        return;
    if (e.generation > f->newest) {
        f->second = f->newest;
        f->newest = e.generation;
    } else if (e.generation > f->second) {
        f->second = e.generation;
    }
}

/* Without a manifest: is this a place for a new index? */
static enum status new_check(const struct folder *f, const char *dir,
                             struct error *err)
{
    const char *stranger = NULL, *ours = NULL;
    bool locked = false;

    for (size_t i = 0; i < f->count; i++) {
        const struct folder_entry *e = &f->entries[i];

        if (e->kind == FOLDER_LOCK)
            locked = true;
        else if (e->kind == FOLDER_STRANGER)
            stranger = e->name;
        else
            ours = e->name;
        if ((e->kind == FOLDER_SEGMENT || e->kind == FOLDER_LIVE ||
             e->kind == FOLDER_ATTACHMENT) && e->generation > 1)
            return error_set(err, ERR_CORRUPT, "%s: has %s but no manifest: "
                             "it is not whole; restore it from a copy, or "
                             "index again into a new folder", dir, e->name);
    }
    if (!stranger && !locked)
        stranger = ours;        /* a lock is always there first */
    if (stranger)
        return error_set(err, ERR_CORRUPT, "%s: no index, but other files "
                         "(%s); -i names an index, or for add an empty or a "
                         "new folder", dir, stranger);
    return OK;
}

static const char *environment(const char *name)
{
    const char *value = getenv(name);

    return value && *value ? value : NULL;
}

enum status folder_choose(char **out, const char *given, struct error *err)
{
    const char *named = given ? given : environment("LEDE_INDEX");
    const char *data = environment("XDG_DATA_HOME");
    const char *home = environment("HOME");

    *out = NULL;
    if (named)
        *out = must_copy(named);
    else if (data)
        *out = path_join(data, "lede/default");
    else if (home)
        *out = path_join(home, ".local/share/lede/default");
    else
        return error_set(err, ERR_USAGE, "which index? Say -i DIR, or "
                         "set LEDE_INDEX");
    return OK;
}

enum status folder_read(struct folder *f, const char *dir, struct error *err)
{
    DIR *stream = opendir(dir);
    enum status code = OK;
    struct dirent *item;

    *f = (struct folder){ 0 };
    if (!stream && errno == ENOTDIR)
        return error_set(err, ERR_CORRUPT, "%s: a file; an index is a folder",
                         dir);
    if (!stream)
        return errno == ENOENT ? END : error_errno(err, "%s", dir);
    while (errno = 0, (item = readdir(stream)) != NULL)
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0)
            add(f, item->d_name);
    if (errno)
        code = error_errno(err, "%s: cannot list", dir);
    closedir(stream);
    if (code == OK && !f->newest)
        code = new_check(f, dir, err);
    if (code != OK)
        folder_release(f);
    return code;
}

void folder_release(struct folder *f)
{
    for (size_t i = 0; i < f->count; i++)
        free(f->entries[i].name);
    free(f->entries);
    *f = (struct folder){ 0 };
}

bool folder_is_index(const char *dir)
{
    struct error ignored = ERROR_INIT;
    char *lock = path_join(dir, "LOCK");
    bool locked = access(lock, F_OK) == 0, found;
    struct folder f = { 0 };

    free(lock);
    found = locked && folder_read(&f, dir, &ignored) == OK && f.newest;
    folder_release(&f);
    return found;
}
