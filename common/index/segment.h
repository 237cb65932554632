/* segment.h -- one immutable segment: opens its six files, checks that they
 * belong together, and hands out the readers.
 */
#ifndef LEDE_INDEX_SEGMENT_H
#define LEDE_INDEX_SEGMENT_H

#include "common/index/bounds.h"
#include "common/index/docstore.h"
#include "common/index/docvalues.h"
#include "common/index/live.h"
#include "common/index/postings.h"
#include "common/index/terms.h"

/* The companion of a segment, which holds the quotations of its articles
 * (FORMAT.md section 12); id 0: it has none. */
struct segment_quotes {
    uint64_t id;
    uint64_t doc_count, sum_lengths;
    uint64_t sizes[FORMAT_SEGMENT_FILES];
};

/* What the manifest says of a segment (FORMAT.md section 10). */
struct segment_info {
    uint64_t id, generation;
    uint64_t doc_count, live_count, sum_lengths;
    uint64_t live_generation, live_size;        /* 0: all documents live */
    uint64_t sizes[FORMAT_SEGMENT_FILES];
    struct segment_quotes quotes;
};

/* An open segment.  Its readers are for one thread. */
struct segment {
    struct segment_info info;
    uint32_t doc_count;
    uint32_t base;              /* first document in the snapshot's numbers */
    struct segment *articles;   /* of a companion: whose it is; else NULL */
    struct sealed files[FORMAT_SEGMENT_FILES];
    struct terms terms;
    struct bounds_reader bounds;
    struct docvalues values;
    struct docstore store;
    struct live live;
};

/* A random number for a new segment or a new index; never 0. */
uint64_t segment_random_id(void);

/* "DIR/seg-G-ID.postings" and so on, "DIR/del-G-ID"; on the heap. */
char *segment_path(const char *dir, uint64_t generation, uint64_t id,
                   enum file_kind kind);

/* Opens all that `info` names.  ERR_CORRUPT: a file is missing, damaged, of
 * another version, index or segment, or does not agree with `info`. */
enum status segment_open(struct segment **out, const char *dir,
                         uint64_t uuid, const struct segment_info *info,
                         struct error *err);
void segment_close(struct segment *s);

/* Opens the companion of `articles`, NULL where it has none.  A quotation
 * lives while its article does.  ERR_CORRUPT. */
enum status segment_open_quotes(struct segment **out, const char *dir,
                                uint64_t uuid, struct segment *articles,
                                struct error *err);

static inline struct sealed *segment_file(struct segment *s,
                                          enum file_kind kind)
{
    return &s->files[kind - 1];
}

/* A cursor over the documents of a stem of this segment. */
void segment_postings(struct segment *s, const struct stem *stem,
                      struct postings *p);

/* The first damage that any reader of the segment met: ERR_CORRUPT; OK if
 * none. */
enum status segment_damage(const struct segment *s, struct error *err);

/* Every checksum and every rule of FORMAT.md; ERR_CORRUPT names the first
 * breach. */
enum status segment_verify(struct segment *s, struct error *err);

/* Writing a segment: the six sealed files, created together. */
struct segment_writer {
    struct sealed_writer files[FORMAT_SEGMENT_FILES];
    struct segment_info info;
};

/* `generation`: of the commit that will name it.  A failure sticks to the
 * files, and segment_finish tells. */
void segment_create(struct segment_writer *w, const char *dir, uint64_t uuid,
                    uint64_t generation, uint64_t id);

/* Seals all six and fills info.sizes; info's counts are the caller's.
 * ERR_IO or ERR_LIMIT; what was sealed before the failure stays for the
 * sweep. */
enum status segment_finish(struct segment_writer *w, struct error *err);

/* Closes and unlinks what is unfinished.  Harmless after finish. */
void segment_abandon(struct segment_writer *w);

#endif
