/* quote_builder.h -- the companion of a segment in the making: each quotation
 * a document (FORMAT.md section 12).
 */
#ifndef LEDE_INVERT_QUOTE_BUILDER_H
#define LEDE_INVERT_QUOTE_BUILDER_H

#include "indexer/invert/builder.h"

struct quote_builder;

/* The part of the memory that it takes: a fifth. */
enum { QUOTE_BUILDER_PART = 5 };

struct quote_builder *quote_builder_new(const char *dir, uint64_t uuid,
                                        uint64_t generation,
                                        const struct builder_options *options);

/* Whether `count` quotations more fit into the segment.  Everything here is
 * harmless for NULL: then nothing is kept. */
bool quote_builder_fits(const struct quote_builder *q, size_t count);

/* Takes the quotations of the article, which is document `doc` of its segment
 * and has a key of this hash.  ERR_IO. */
enum status quote_builder_add(struct quote_builder *q, const struct article *a,
                              uint32_t doc, uint64_t key, struct error *err);

/* Writes what there is; `info` stays all zeros where that is nothing.
 * ERR_IO. */
enum status quote_builder_finish(struct quote_builder *q,
                                 struct segment_quotes *info,
                                 struct error *err);

void quote_builder_free(struct quote_builder *q);

#endif
