/* builder.h -- articles in, one new segment out.
 *
 *   article -> words -> inverter -> runs on disk -> merge -> segment
 *           -> record -> docstore        (as they come)
 *
 * The builder decides what each reading is: a new article, a newer version
 * of one, the same again, or an older one.  It looks at the index that is
 * there and at what it was given before.
 */
#ifndef LEDE_INVERT_BUILDER_H
#define LEDE_INVERT_BUILDER_H

#include "common/article.h"
#include "common/index/manifest.h"

/* What a reading came to. */
enum outcome {
    OUTCOME_ADDED,
    OUTCOME_UPDATED,            /* newer, or withdrawn; the one before is
                                   deleted */
    OUTCOME_UNCHANGED,          /* equal content is there */
    OUTCOME_OLDER,              /* a newer one is there */
};

/* Which article: the hash of its key. */
struct article_id {
    uint64_t low, high;
};

struct builder_options {
    size_t memory;              /* bytes: --memory, a cap for the process */
    uint32_t title_weight;
    struct bytes source;        /* --source: where an article names none */
    bool quotes;                /* keep a->quotes, in a companion */
};

struct builder;

/* Builds beside `snapshot`, which may be NULL for an empty index and must
 * stay open; temporary files go into `dir`, whose lock the caller holds. */
struct builder *builder_new(const char *dir, struct snapshot *snapshot,
                            uint64_t uuid, uint64_t generation,
                            const struct builder_options *options);

/* Takes one article; its memory may be reused afterwards.  ERR_IO; ERR_CORRUPT
 * where the snapshot is damaged, and then nothing must be committed; ERR_INPUT
 * for one that is too large to be kept; ERR_LIMIT when the segment is full
 * (finish it and go on with the next). */
enum status builder_add(struct builder *b, const struct article *a,
                        enum outcome *outcome, struct error *err);

/* Which article the last one was. */
struct article_id builder_last(const struct builder *b);

/* Takes the living one of a key out, if there is one.  ERR_CORRUPT as
 * builder_add. */
enum status builder_remove(struct builder *b, const struct article_id *id,
                           bool *removed, struct error *err);

/* A document that is no article, as a builder of its own takes it: the
 * companion's quotations. */
struct builder_meta {
    char field;                 /* enum meta_field */
    struct bytes value;
};

struct builder_document {
    struct bytes title, lead, body, record;
    struct lang lang;
    const struct builder_meta *meta;
    size_t meta_count;
    struct bytes name;          /* for the column source */
    struct docvalues_row row;   /* but length, source and language */
};

/* Takes it, whatever was there before.  ERR_IO. */
enum status builder_put(struct builder *b, const struct builder_document *d,
                        struct error *err);

/* Documents that still fit. */
uint32_t builder_room(const struct builder *b);

/* Merges the runs and writes the segment alone, durable; says what it is.
 * There must be a document.  ERR_IO. */
enum status builder_write(struct builder *b, struct segment_info *info,
                          struct error *err);

/* Merges the runs and writes the segment, durable but not yet committed, and
 * the new live files of older segments.  Appends to m->segments and changes
 * the others' live fields; the caller commits `m`.  With nothing new, `m`
 * stays as it is.  ERR_IO; then nothing of it must be committed. */
enum status builder_finish(struct builder *b, struct manifest *m,
                           struct error *err);

/* Frees; unlinks what is unfinished.  Harmless for NULL. */
void builder_free(struct builder *b);

#endif
