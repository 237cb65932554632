/* intake.h -- files into the index: what add, sync, watch and errors --retry
 * share.
 *
 *   file -> source -> articles -> builder -> segment -> one commit
 *
 * A record that cannot be taken costs a line on stderr, is counted and kept
 * among the rejects.  When the builder's segment is full, or at the end, or
 * when somebody presses ^C, what was read is committed, the counts with it.
 */
#ifndef LEDE_INTAKE_H
#define LEDE_INTAKE_H

#include "indexer/add_options.h"
#include "indexer/edit.h"
#include "indexer/progress.h"
#include "indexer/rejects.h"

/* What somebody wants to know meanwhile; each may be NULL. */
struct intake_watcher {
    void *self;
    /* An article was read: its key, and what it came to. */
    void (*took)(void *self, const struct article_id *id,
                 enum outcome outcome);
    /* A commit is near: the last moment to remove articles. */
    enum status (*prepares)(void *self, struct error *err);
    /* A commit is made: adds to the manifest what is to be in it. */
    enum status (*commits)(void *self, struct manifest *m,
                           struct error *err);
};

struct intake {
    struct context *context;
    struct error *err;          /* the failure that ends the run */
    struct add_options *said;
    struct intake_watcher watcher;
    struct edit edit;
    struct builder *builder;    /* NULL in a dry run */
    struct rejects rejects;
    struct tally tally;         /* of this run */
    struct tally committed;     /* the part of it that is in the index */
    uint64_t outside;           /* articles of another time than asked for */
    uint64_t read;              /* bytes of the files that are done */
    bool was_empty;             /* the index, when the run began */
    bool touched;               /* there is more to commit than readings */
    bool forgets;               /* the rejects of the index, unread */
    struct progress progress;
    struct quotation_finder *finder;
    struct site_memory *sites;  /* of the pages of this run; or NULL */
    struct buffer why;          /* the page that was read last is read so */
    struct arena arena;
};

/* Zeroes all but what it is given. */
void intake_init(struct intake *in, struct context *context,
                 struct add_options *said, struct error *err);

/* Opens the index to be changed, or in a dry run nothing; `create`: there
 * need not be one.  As edit_open; ERR_USAGE for another --title-weight. */
enum status intake_open(struct intake *in, bool create);

/* Reads one file; `whole` (may be NULL): to its end, or it is nothing that
 * can be read, and will be so again.  What is wrong with it is told.  END:
 * nobody reads what is dumped.  Else a failure that must end the run without
 * a commit. */
enum status intake_file(struct intake *in, const struct walk_file *file,
                        bool *whole);

/* A path that could not be read: told, counted, kept. */
void intake_reject(struct intake *in, const char *path,
                   const struct error *why);

/* The path from the root, links followed, on the heap; "-" stays. */
char *intake_place(const char *path);

/* Commits what was read.  Nothing, where there is no index and no article
 * either: an index is not made for the sake of what was rejected.  After it
 * the intake is over, or goes on with intake_resume. */
enum status intake_commit(struct intake *in);
enum status intake_resume(struct intake *in);

/* What the counts come to, for people or as members of JSON; the status of
 * the program with it. */
void intake_put_text(const struct intake *in, struct buffer *b);
void intake_put_json(const struct intake *in, struct buffer *b);
void intake_tell_interrupted(const struct intake *in);
int intake_exit(const struct intake *in);

/* Puts into err how to go on after `code`. */
void intake_explain(struct intake *in, enum status code);

void intake_close(struct intake *in);

#endif
