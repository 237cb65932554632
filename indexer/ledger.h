/* ledger.h -- the files that sync has read, and which articles were in each:
 * what it needs to skip what has not changed, and to take out what is gone.
 *
 *   path                    size    time  hash   articles
 *   /home/me/news/a.html    8,112   ...   5f..   7b..
 *   /home/me/news/b.jsonl  91,200   ...   02..   11.. c4.. f0..
 */
#ifndef LEDE_LEDGER_H
#define LEDE_LEDGER_H

#include "common/base/arena.h"
#include "common/index/manifest.h"
#include "indexer/invert/builder.h"

struct file_hash {
    uint64_t low, high;         /* XXH3 of 128 bits; 0 0: not known */
};

/* A time that is not to be trusted. */
#define MTIME_NONE INT64_MIN

struct ledger_entry {
    const char *path;           /* from the root of the system */
    uint64_t size;
    int64_t mtime;              /* nanoseconds of 1970, or MTIME_NONE */
    struct file_hash hash;
    struct article_id *ids;     /* each once, in order, in two parts: */
    uint32_t count, given;      /* the first `given` came into the index by
                                 * this file, the others by another one too */
    bool absent;                /* not to be saved: gone, or not yet read */
    bool gone, again;           /* for sync: the file is; is to be read */
};

/* Sorted by path; everything is in the arena. */
struct ledger {
    struct ledger_entry *entries;
    size_t count, room;
    struct arena arena;
    bool changed;               /* other than what was loaded or saved */
};

#define LEDGER_INIT { NULL, 0, 0, ARENA_INIT, false }

/* Reads that of the index; empty where it has none.  ERR_CORRUPT, ERR_IO. */
enum status ledger_load(struct ledger *l, const char *dir,
                        const struct manifest *m, struct error *err);

/* Writes what is not absent, for the commit of m->generation + 1, where it
 * has changed, and says so in `m`.  It must be sorted.  ERR_IO. */
enum status ledger_save(struct ledger *l, const char *dir,
                        struct manifest *m, struct error *err);

/* Puts an absent entry behind the others, which ledger_sort brings in order;
 * the path is copied.  Entries move. */
struct ledger_entry *ledger_put(struct ledger *l, const char *path);
void ledger_sort(struct ledger *l);

/* The first entry of the path or one behind it; l->count: none. */
size_t ledger_find(const struct ledger *l, const char *path);

/* The entries in the folder: from what it gives on, up to *end. */
size_t ledger_below(const struct ledger *l, const char *folder, size_t *end);

/* Whether the entry has the article; `given`: and brought it. */
bool ledger_holds(const struct ledger_entry *e, const struct article_id *id,
                  bool *given);

int article_id_compare(const void *a, const void *b);

/* The body of the attachment, as FORMAT.md has it, and back; unpacking is
 * false where it cannot be. */
void ledger_pack(struct buffer *body, const struct ledger *l);
bool ledger_unpack(struct ledger *l, struct bytes body);

void ledger_release(struct ledger *l);

#endif
