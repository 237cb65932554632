/* manifest.h -- which segments are the index: the lock, the commit by
 * rename, and the snapshot that a reader opens (FORMAT.md sections 1, 10).
 */
#ifndef LEDE_INDEX_MANIFEST_H
#define LEDE_INDEX_MANIFEST_H

#include "common/index/attachment.h"
#include "common/index/segment.h"

/* Readings, summed over the life of the index.  Always: seen = added +
 * updated + unchanged + older + rejected. */
struct tally {
    uint64_t seen, added, updated, unchanged, older, rejected, removed;
};

struct manifest {
    uint64_t generation;        /* 0: no commit yet */
    uint64_t uuid;
    uint32_t title_weight, analyzer_version;
    struct tally tally;
    struct segment_info *segments;      /* owned */
    uint32_t segment_count;
    struct attachment_info *attachments;    /* owned; by kind */
    uint32_t attachment_count;
};

void manifest_release(struct manifest *m);

/* The attachment of a kind, or NULL. */
const struct attachment_info *manifest_attachment(const struct manifest *m,
                                                  uint32_t kind);

/* Names it instead of the one of its kind; takes that one out. */
void manifest_attach(struct manifest *m, const struct attachment_info *info);
void manifest_detach(struct manifest *m, uint32_t kind);

/* The newest one in the folder.  END: the folder has none (it may not even
 * exist), and `m` is an empty index of generation 0 with a new uuid, to be
 * filled; ERR_CORRUPT, with what to do, for a damaged one, one of another
 * version, and a folder that holds files but no index. */
enum status manifest_load(struct manifest *m, const char *dir,
                          struct error *err);

/* As manifest_load, for those who make no index: ERR_CORRUPT, with what to
 * do, where the folder has none. */
enum status manifest_need(struct manifest *m, const char *dir,
                          struct error *err);

/* The one of a generation.  ERR_CORRUPT: missing or damaged. */
enum status manifest_read(struct manifest *m, const char *dir,
                          uint64_t generation, struct error *err);

/* What in it cannot be (FORMAT.md section 10), or NULL. */
const char *manifest_breach(const struct manifest *m);

/* --- The one writer (commit.c) --- */

/* Of this process and of its forks: a child that lives on holds it too, and
 * should close the fd. */
struct index_lock {
    int fd;
};

#define INDEX_LOCK_INIT { -1 }

/* Creates the folder if need be and takes the lock; ERR_BUSY names the
 * process that has it.  Then sweeps what no kept manifest names.  ERR_CORRUPT
 * as manifest_load: where the newest commit cannot be read, or the folder
 * holds other files and no index, nothing is written and nothing swept. */
enum status index_lock(struct index_lock *lock, const char *dir,
                       struct error *err);
void index_unlock(struct index_lock *lock);

/* Makes `m` the index, as generation m->generation + 1 (which it sets): all
 * that it names must be durable files already, the folder not yet.  Then
 * unlinks what is no longer needed; a failure there is no failure.  After a
 * failure here the process must not try again.  What the process has begun
 * for a later commit stays: unfinished files, and those of a higher
 * generation.  ERR_IO; ERR_LIMIT where its counts break a rule of FORMAT.md
 * (nothing was written then). */
enum status manifest_commit(struct manifest *m, const char *dir,
                            struct error *err);

/* --- Readers --- */

/* (snapshot.c)  All segments of one manifest, open; for one thread.  They
 * stay readable after a later commit has unlinked their files. */
struct snapshot {
    struct manifest manifest;
    struct segment **segments;
    uint32_t count;
    uint64_t doc_count;         /* with the deleted ones: N of BM25 */
    uint64_t live_count;
    uint64_t sum_lengths;       /* with the deleted ones */
    struct snapshot *quotes;    /* what they quote, or NULL: not opened */
    struct buffer people;       /* with quotes: the body of the attachment of
                                   people, or nothing */
};

/* ERR_CORRUPT says what is wrong and what to do: no index there, damaged,
 * of another version. */
enum status snapshot_open(struct snapshot **out, const char *dir,
                          struct error *err);

/* The segments of a manifest that is not committed yet, for its writer.
 * ERR_CORRUPT, ERR_IO. */
enum status snapshot_of(struct snapshot **out, const char *dir,
                        const struct manifest *m, struct error *err);
void snapshot_close(struct snapshot *s);

/* As snapshot_open, with s->quotes: the companions of the segments, each
 * quotation a document (FORMAT.md section 12). */
enum status snapshot_open_quotes(struct snapshot **out, const char *dir,
                                 struct error *err);

/* The segment that holds a document number of the snapshot; NULL: none. */
struct segment *snapshot_segment(struct snapshot *s, uint32_t doc);

/* The first damage met in any segment: ERR_CORRUPT; OK where none was. */
enum status snapshot_damage(const struct snapshot *s, struct error *err);

#endif
