/* folder.h -- the names in the folder of an index, and what each is
 * (FORMAT.md section 1), for manifest.c and commit.c; and which folder that
 * is when nobody says.
 */
#ifndef LEDE_INDEX_FOLDER_H
#define LEDE_INDEX_FOLDER_H

#include "common/base/buffer.h"
#include "common/base/error.h"

enum folder_kind {
    FOLDER_STRANGER,            /* not ours: never touched */
    FOLDER_LOCK, FOLDER_MANIFEST, FOLDER_SEGMENT, FOLDER_LIVE,
    FOLDER_ATTACHMENT, FOLDER_UNFINISHED
};

struct folder_entry {
    enum folder_kind kind;
    uint64_t generation, id;    /* as the name says, else 0 */
    bool whole;                 /* unfinished: if a folder, with its files */
    char *name;
};

struct folder {
    struct folder_entry *entries;   /* owned */
    size_t count;
    uint64_t newest, second;    /* manifests; 0: none */
};

/* The folder to use when people named `given` (NULL: nothing): that, else
 * $LEDE_INDEX, $XDG_DATA_HOME/lede/default, ~/.local/share/lede/default; on
 * the heap.  ERR_USAGE: there is no home to have it in. */
enum status folder_choose(char **out, const char *given, struct error *err);

/* Reads the names.  END: there is no such folder.  ERR_CORRUPT: there are
 * files, but not those of an index, or the manifests are missing. */
enum status folder_read(struct folder *f, const char *dir,
                        struct error *err);
void folder_release(struct folder *f);

/* Whether there is an index in the folder; its files are no news. */
bool folder_is_index(const char *dir);

#endif
