/* stream_union.h -- the postings of a word of many stems, united once: part
 * of a stream (stream.c), for nobody else.
 */
#ifndef LEDE_MATCH_STREAM_UNION_H
#define LEDE_MATCH_STREAM_UNION_H

#include "searcher/match/stream.h"

struct uniting;

/* Nothing is united before it is asked for. */
struct uniting *uniting_new(struct matching *m, struct postings *parts,
                            size_t count);

/* The block of the first document >= target, into the stream. */
bool uniting_load(struct uniting *u, struct stream *s, uint32_t target);

/* The frequencies of the block that was loaded last. */
const uint32_t *uniting_freqs(const struct uniting *u);

/* As stream_bound. */
float uniting_bound(struct uniting *u, uint32_t target, uint32_t *end);

#endif
