/* archive.h -- what WARC and ARC share: records of the web, and the articles
 * in them. */
#ifndef LEDE_READ_ARCHIVE_H
#define LEDE_READ_ARCHIVE_H

#include "indexer/read/source_member.h"

struct archive {
    struct source *inner;       /* what the record at hand holds */
    uint64_t offset;            /* of that record, in the unpacked archive */
    uint64_t records, given, told;
    bool cut;                   /* of a record: its end is missing */
    struct arena arena;         /* of the record at hand */
};

/* Makes a payload the record at hand, if it is something that is read.
 * `raw` is copied. */
void archive_enter(struct archive *a, struct source *s, struct bytes raw,
                   struct envelope *envelope);

/* The same for an HTTP response, if it is one with a page. */
void archive_enter_http(struct archive *a, struct source *s,
                        struct bytes raw, struct bytes url);

/* A failure that concerns the archive at a byte. */
enum status archive_fail(struct archive *a, struct source *s,
                         enum status code, struct error *err,
                         const char *what);

/* Goes on to the next record and enters what it holds.  OK also where it
 * holds nothing that is read; END behind the last one. */
typedef enum status archive_step(struct archive *a, struct source *s,
                                 struct error *err);

/* Next and close of the members: the articles of one record, then the next
 * record.  A bad one is told as source_next does. */
enum status archive_read(struct source *s, struct article *out,
                         struct arena *arena, archive_step *next_record,
                         struct error *err);
void archive_close(struct source *s);

#endif
