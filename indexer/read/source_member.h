/* source_member.h -- what the members of the source family share.
 *
 * source.c opens the input and reads its head; the member that is chosen
 * reads on from there, as a stream or all at once.
 */
#ifndef LEDE_READ_SOURCE_MEMBER_H
#define LEDE_READ_SOURCE_MEMBER_H

#include "common/base/buffer.h"
#include "indexer/read/charset.h"
#include "indexer/read/source.h"
#include "indexer/read/unpack.h"

struct source_ops {
    const char *name;
    enum status (*next)(struct source *s, struct article *out,
                        struct arena *arena, struct error *err);
    void (*close)(struct source *s);    /* what the member keeps; or NULL */
};

struct source {
    const struct source_ops *ops;
    struct source_options options;
    char *path;                 /* as it was given */
    char *place;                /* from the root; NULL: standard input */
    int fd;
    struct unpack *unpack;      /* of what fd gives */
    bool ended;                 /* nothing more to read, or a damage */
    bool done;                  /* the member has given all it has */
    bool cut;                   /* what was read at once is not all */
    struct error fault;         /* of the packing, not told yet */
    struct buffer ahead;        /* read and not yet taken by the member */
    uint64_t consumed;
    void *state;                /* of the member; on the heap */
};

extern const struct source_ops source_page, source_feed, source_lines,
                               source_text;

/* Reads on until `ahead` holds `want` bytes or the input ends.  ERR_IO.  Where
 * the packing is damaged the input ends too; source_next tells that behind
 * the last article, and a member that is not done goes on behind the damage. */
enum status source_fill(struct source *s, size_t want, struct error *err);

/* Reads the rest into `ahead`.  ERR_IO, or ERR_LIMIT above max_record. */
enum status source_fill_all(struct source *s, struct error *err);

/* Everything, as UTF-8 that lives as long as the source.  As
 * source_fill_all. */
enum status source_take_all(struct bytes *text, size_t *replaced,
                            struct source *s, enum charset_habit habit,
                            struct error *err);

/* An empty article with the path and place that every article carries. */
void source_stamp(const struct source *s, struct article *a);

#endif
