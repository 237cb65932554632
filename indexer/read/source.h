/* source.h -- where articles come from: one member a format.
 *
 *   source_page    an HTML page: one article
 *   source_feed    RSS, Atom, WordPress export: one article an entry
 *   source_lines   JSON Lines, arrays, JSON Feed, ninjs: one article a record
 *   source_text    plain text with a head: one article
 *   source_wire    NITF, NewsML-G2, NewsML 1: one article an item
 *   source_warc    WARC: what its pages, feeds and texts give
 *   source_arc     ARC, the same from before WARC
 *   source_trec    TREC and Reuters-21578 SGML: one article a document
 *   source_wiki    MediaWiki export: one article a page
 *   source_mail    a message, or a page saved as MHTML: one article
 *   source_mbox    a mailbox: one article a message
 *
 * source_open unpacks gzip, bzip2, xz and zstd, sniffs the content, then the
 * name, and hands out the member that reads it.
 */
#ifndef LEDE_READ_SOURCE_H
#define LEDE_READ_SOURCE_H

#include "common/article.h"

struct source;
struct site_memory;

/* The names of --from, ended by NULL; the first is "auto". */
extern const char *const source_formats[];

/* What --map says: where JSON has a field of the article, names and numbers
 * with dots between. */
struct source_map {
    const char *field, *path;   /* field: one of source_map_fields */
};

/* The fields that --map knows, ended by NULL. */
extern const char *const source_map_fields[];

/* What people say about the input; nothing here may be NULL but where said. */
struct source_options {
    const char *from;           /* one of source_formats */
    struct lang lang;           /* --lang: where the article declares none */
    size_t max_record;          /* bytes of one page, feed or line */
    const char *charset;        /* --encoding; NULL: the input tells */
    const struct source_map *map;   /* ended by a field of NULL; or NULL */
    struct site_memory *sites;  /* of the pages read so far; or NULL */
    struct buffer *why;         /* takes why a page is read so; or NULL */
};

#define SOURCE_OPTIONS_INIT { "auto", { "" }, 32u << 20, NULL, NULL, NULL, \
                              NULL }

/* Opens the file at `path`, or standard input for "-".  ERR_IO when it
 * cannot be read, ERR_INPUT when its format cannot be told. */
enum status source_open(struct source **out, const char *path,
                        const struct source_options *options,
                        struct error *err);

/* The next article; everything in it is in `arena` or lives until the next
 * call.  END: no more.  ERR_INPUT or ERR_LIMIT: this record is bad, err
 * names the file, the place (line or byte) and the reason, and the next call
 * goes on behind it.  ERR_IO: the source has failed and ends. */
enum status source_next(struct source *s, struct article *out,
                        struct arena *arena, struct error *err);

/* The name of the format that is read, as --from has it. */
const char *source_format(const struct source *s);

/* Bytes of the file consumed so far, packed as it is; for progress. */
uint64_t source_consumed(const struct source *s);

/* Harmless for NULL. */
void source_close(struct source *s);

#endif
