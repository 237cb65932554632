/* walk.c -- the paths of a command line to the files below them, by fts(3),
 * names in byte order.
 *
 *   news/            ->  news/2023/a.html
 *     2023/a.html        news/2023/b.html
 *     2023/b.html        news/feed.xml
 *     .git/ old.txt~ index.lede/
 *     feed.xml
 */
#include "indexer/read/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/file.h"

enum { LIST_MOST = 1 << 30 };

struct complaint {
    void (*complain)(void *context, const char *path,
                     const struct error *err);
    void *context;
    uint64_t count;
};

static void complain(struct complaint *c, const char *path,
                     const char *reason)
{
    struct error err = ERROR_INIT;

    error_set(&err, ERR_IO, "%s: %s", path, reason);
    if (c->complain)
        c->complain(c->context, path, &err);
    c->count++;
}

static void put(struct walk *w, const char *path, const struct stat *st)
{
    uint64_t size = st ? (uint64_t)st->st_size : 0;
    struct walk_file *file;

    if ((w->count & (w->count - 1)) == 0)
        w->files = must_realloc(w->files, (w->count ? w->count * 2 : 1) *
                                          sizeof(*w->files));
    file = &w->files[w->count++];
    file->path = must_copy(path);
    file->size = size;
    file->mtime = st ? st->st_mtim.tv_sec * INT64_C(1000000000) +
                       st->st_mtim.tv_nsec : 0;
    w->bytes += size;
}

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Hidden files, backups, and what explains a folder: nobody means these
 * when they name the folder. */
bool walk_passes_over(const char *name)
{
    size_t len = strlen(name);

    return name[0] == '.' || (len && name[len - 1] == '~') ||
           strncmp(name, "README", 6) == 0 ||
           strncmp(name, "LICENSE", 7) == 0;
}

/* Whether it is what somebody named; `root_len`: of the path of that. */
static bool is_given(const FTSENT *e, size_t root_len)
{
    return e->fts_level == 0 && e->fts_pathlen <= root_len;
}

static bool passed_over(const FTSENT *e, size_t root_len)
{
    const char *slash = strrchr(e->fts_path, '/');

    return !is_given(e, root_len) &&
           walk_passes_over(e->fts_level || !slash ? e->fts_name : slash + 1);
}

/* What a browser puts beside a page that it saves: "x_files" of "x.html". */
static bool belongs_to_page(const FTSENT *e)
{
    static const char *const endings[] = {
        "_files", "-Dateien", "_fichiers", "_archivos", "_arquivos",
        "_bestanden", "_pliki", ".files",
    };
    static const char *const pages[] = { ".html", ".htm", ".xhtml" };
    size_t len = strlen(e->fts_path);
    bool found = false;

    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        size_t ending = strlen(endings[i]);

        if (len <= ending ||
            strcmp(e->fts_path + len - ending, endings[i]) != 0)
            continue;
        for (size_t n = 0; n < sizeof(pages) / sizeof(*pages); n++) {
            struct buffer page = BUFFER_INIT;

            buffer_put(&page, e->fts_path, len - ending);
            buffer_put_str(&page, pages[n]);
            found |= access(buffer_cstr(&page), F_OK) == 0;
            buffer_release(&page);
        }
    }
    return found;
}

/* Whether the patterns leave the entry out.  The folder that was given is
 * what somebody wants. */
static bool unwanted(const struct walk *w, const FTSENT *e, size_t root_len)
{
    bool folder = e->fts_info == FTS_D, given = is_given(e, root_len);
    const char *below = e->fts_path + (given ? 0 : root_len);

    if (folder && given)
        return false;
    if (globs_match(&w->exclude, e->fts_path, below, folder))
        return true;
    return !folder && w->include.count &&
           !globs_match(&w->include, e->fts_path, below, false);
}

static void visit(struct walk *w, FTS *fts, FTSENT *e, size_t root_len,
                  struct complaint *c)
{
    if (e->fts_info != FTS_DP &&
        (passed_over(e, root_len) || unwanted(w, e, root_len))) {
        fts_set(fts, e, FTS_SKIP);
        return;
    }
    switch (e->fts_info) {
    case FTS_D:
        if ((w->passes_over && w->passes_over(e->fts_path)) ||
            (!is_given(e, root_len) && belongs_to_page(e)))
            fts_set(fts, e, FTS_SKIP);
        else if (w->enters)
            w->enters(w->self, e->fts_path);
        break;
    case FTS_F:
        put(w, e->fts_path, e->fts_statp);
        break;
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        complain(c, e->fts_path, strerror(e->fts_errno));
        break;
    case FTS_DC:
        complain(c, e->fts_path, "a folder that holds itself");
        break;
    case FTS_DEFAULT:
        complain(c, e->fts_path, "not a regular file");
        break;
    case FTS_SLNONE:
        complain(c, e->fts_path, "a link to what is not there");
        break;
    default:
        break;
    }
}

uint64_t walk_add(struct walk *w, const char *path,
                  void (*tell)(void *context, const char *path,
                               const struct error *err),
                  void *context)
{
    return walk_add_below(w, path, path, tell, context);
}

bool walk_is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);

    return strncmp(path, folder, len) == 0 &&
           (path[len] == '\0' || path[len] == '/' ||
            (len && folder[len - 1] == '/'));
}

uint64_t walk_add_below(struct walk *w, const char *root, const char *path,
                        void (*tell)(void *context, const char *path,
                                     const struct error *err),
                        void *context)
{
    struct complaint c = { tell, context, 0 };
    char *roots[] = { (char *)(uintptr_t)path, NULL };
    FTSENT *entry;
    FTS *fts;

    if (strcmp(path, "-") == 0) {
        put(w, path, NULL);
        return 0;
    }
    /* A link is followed where somebody names it. */
    fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR |
                          (strcmp(path, root) == 0 ? FTS_COMFOLLOW : 0),
                   by_name);
    if (!fts) {
        complain(&c, path, strerror(errno));
        return c.count;
    }
    while ((entry = fts_read(fts)) != NULL)
        visit(w, fts, entry, strlen(root), &c);
    fts_close(fts);
    return c.count;
}

enum status walk_list_read(struct buffer *text, const char *list, bool nul,
                           struct error *err)
{
    bool piped = strcmp(list, "-") == 0;
    int fd = piped ? STDIN_FILENO : open(list, O_RDONLY | O_CLOEXEC);
    enum status code;

    if (fd < 0)
        return error_errno(err, "%s", list);
    code = file_read_all(text, fd, piped ? "standard input" : list,
                         LIST_MOST, err);
    if (!piped)
        close(fd);
    buffer_put_u8(text, nul ? '\0' : '\n');
    return code;
}

const char *walk_list_next(struct buffer *text, size_t *at, bool nul)
{
    char end = nul ? '\0' : '\n';

    while (*at < text->len) {
        char *path = (char *)text->data + *at;
        char *behind = memchr(path, end, text->len - *at);

        *behind = '\0';
        *at += (size_t)(behind - path) + 1;
        if (*path)
            return strcmp(path, "-") == 0 ? "./-" : path;
    }
    return NULL;
}

enum status walk_add_list(struct walk *w, const char *list, bool nul,
                          void (*tell)(void *context, const char *path,
                                       const struct error *err),
                          void *context, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    enum status code = walk_list_read(&text, list, nul, err);
    const char *path;
    size_t at = 0;

    while (code == OK && (path = walk_list_next(&text, &at, nul)) != NULL)
        walk_add(w, path, tell, context);
    buffer_release(&text);
    return code;
}

void walk_release(struct walk *w)
{
    for (uint64_t i = 0; i < w->count; i++)
        free(w->files[i].path);
    free(w->files);
    *w = (struct walk)WALK_INIT;
}
