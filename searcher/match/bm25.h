/* bm25.h -- the score of a word in a document: the one expression that every
 * algorithm, the oracle and --explain use, so that scores are equal to the
 * bit (built with -ffp-contract=off).
 *
 * Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
 * Beyond" (2009), without the (k1 + 1) factor; the idf that cannot become
 * negative (Lucene's).
 *
 * The score of a document is the sum over the leaves of the query that
 * match in it, from left to right, beginning with 0.
 */
#ifndef LEDE_MATCH_BM25_H
#define LEDE_MATCH_BM25_H

#include <math.h>
#include <stdint.h>

struct bm25 {
    float k1, b;
    float average;              /* words a document, over the snapshot */
};

static inline struct bm25 bm25_of(float k1, float b, uint64_t sum_lengths,
                                  uint64_t doc_count)
{
    float average = doc_count
        ? (float)((double)sum_lengths / (double)doc_count) : 0.0f;

    return (struct bm25){ k1, b, average > 0.0f ? average : 1.0f };
}

/* df counts deleted documents too, and is at most doc_count. */
static inline float bm25_idf(uint64_t doc_count, uint64_t df)
{
    double n = (double)doc_count, d = (double)df;

    return (float)log(1.0 + (n - d + 0.5) / (d + 0.5));
}

static inline float bm25_norm(const struct bm25 *m, uint32_t len)
{
    return m->k1 * ((1.0f - m->b) + m->b * ((float)len / m->average));
}

/* `weight` is idf, times how often the query says the word. */
static inline float bm25_score(float weight, uint32_t tf, float norm)
{
    return weight * ((float)tf / ((float)tf + norm));
}

#endif
