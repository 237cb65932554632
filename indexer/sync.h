/* sync.h -- makes the index say what the files say: reads what is new or has
 * changed, takes out what is gone, and skips the rest.
 */
#ifndef LEDE_SYNC_H
#define LEDE_SYNC_H

#include "indexer/intake.h"
#include "indexer/ledger.h"

/* What became of the files. */
struct sync_counts {
    uint64_t fresh, changed, same, gone;
};

struct sync {
    struct intake intake;
    struct walk walk;
    struct ledger ledger;
    bool force;                 /* also where most of the files are gone */
    bool reread;                /* also what has not changed */
    bool forgiving;             /* what is not there is no failure */
    struct sync_counts counts;
    struct buffer roots;        /* char * each, from the root of the system */
    struct buffer failures;     /* struct sync_failure each */
    struct buffer tasks;        /* struct sync_task each */
    struct buffer took, older;  /* of the file at hand: struct sync_took each */
    struct buffer lost;         /* struct sync_lost each */
    struct ledger_entry *entry; /* of the file at hand; else NULL */
    bool split;                 /* a commit came in the middle of it */
};

void sync_init(struct sync *s, struct context *context,
               struct add_options *said, struct error *err);

/* The file, or every file below the folder.  What cannot be read is told by
 * sync_run. */
void sync_add(struct sync *s, const char *path);

/* The same for a path that is below the folder `root`, both from the root of
 * the system. */
void sync_add_below(struct sync *s, const char *root, const char *path);

/* Those of --files-from.  ERR_IO, ERR_LIMIT. */
enum status sync_add_list(struct sync *s);

/* Reads, takes out, commits; in a dry run only counts files.  ERR_USAGE:
 * refused, because most of the files that were there are gone; else as
 * intake_open and intake_file.  Nobody else must write the index. */
enum status sync_run(struct sync *s);

/* Whether there was anything to do. */
bool sync_did(const struct sync *s);

/* Nothing has that name. */
bool sync_is_missing(const char *path);

/* Whether a file is gone, as far as can be told: the folder that it was in is
 * there without it. */
bool sync_is_gone(const char *path);

/* Prints the report on standard output. */
void sync_report(const struct sync *s);

void sync_release(struct sync *s);

#endif
