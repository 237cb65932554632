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

/* What an archive or a message says about something inside it; any of it may
 * be empty. */
struct envelope {
    struct bytes url, type, charset;    /* type: "text/html" */
    struct lang lang;
    bool cut;                           /* its end is missing */
};

struct source {
    const struct source_ops *ops;
    const struct source *parent;        /* of what is inside; or NULL */
    struct envelope envelope;           /* the parent's to keep */
    struct source_options options;
    char *path;                 /* as it was given; inside an archive with
                                 * the place behind it */
    char *place;                /* from the root; NULL: standard input */
    int fd;
    struct unpack *unpack;      /* of what fd gives; NULL: inside */
    bool ended;                 /* nothing more to read, or a damage */
    bool done;                  /* the member has given all it has */
    bool cut;                   /* what was read at once is not all */
    struct error fault;         /* of the packing, not told yet */
    struct buffer ahead;        /* read and not yet taken by the member */
    size_t taken;               /* of ahead, by source_take */
    uint64_t consumed;
    void *state;                /* of the member; on the heap */
};

extern const struct source_ops source_page, source_feed, source_lines,
                               source_text, source_warc, source_arc,
                               source_trec, source_wire, source_wiki,
                               source_mail, source_mbox;

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

/* As charset_decode, with what the envelope says of it. */
size_t source_decode(struct buffer *out, const struct source *s,
                     struct bytes raw, enum charset_habit habit);

/* --- Streams --- */

/* What follows, at least `want` bytes of it unless the input ends before;
 * they live until the next call.  ERR_IO. */
enum status source_window(struct bytes *window, struct source *s, size_t want,
                          struct error *err);

/* Passes over bytes of the window. */
void source_take(struct source *s, size_t len);

/* Passes over as many bytes, whatever their number, or to the end.  ERR_IO. */
enum status source_skip(struct source *s, uint64_t len, struct error *err);

/* The next piece from `open` (at the start of a line or not) to behind
 * `close`, of any case; it lives until the next call.  END: no more.  A piece
 * without its end is cut where the next one opens, or the input ends.
 * ERR_LIMIT: larger than max_record; passed over.  ERR_IO. */
enum status source_piece(struct bytes *piece, struct source *s,
                         const char *open, const char *close, bool *cut,
                         struct error *err);

/* --- Inside --- */

/* A source over bytes inside another one, of which it takes a copy; the
 * envelope's strings stay the caller's.  END where what they are is not read:
 * pictures, programs.  It must be closed before its parent. */
enum status source_within(struct source **out, const struct source *parent,
                          uint64_t offset, struct bytes raw,
                          const struct envelope *envelope,
                          struct arena *arena);

/* Finds the member that reads an input (source_sniff.c); ERR_INPUT where it
 * cannot be told.  Inside, the content and the media type are asked, and END
 * says that it is not read. */
enum status source_choose(struct source *s, struct error *err);
enum status source_choose_inside(const struct source_ops **ops,
                                 struct bytes type, struct bytes raw);

/* An empty article with the path and place that every article carries. */
void source_stamp(const struct source *s, struct article *a);

#endif
