/* doc_words.h -- the words of a document on their way into a segment: to the
 * inverter, and where its parts and sentences begin.
 */
#ifndef LEDE_INVERT_DOC_WORDS_H
#define LEDE_INVERT_DOC_WORDS_H

#include "common/index/bounds.h"
#include "indexer/invert/inverter.h"

/* Of the document at hand; its buffers are used again for the next. */
struct doc_words {
    uint32_t count, title_len, lead_len;
    struct buffer sentences, paragraph;
    bool cut;                   /* there were more than FORMAT_WORDS_MAX */
};

/* Gives the inverter the words of the three texts, each a paragraph at
 * least. */
void doc_words_take(struct doc_words *w, struct inverter *inverter,
                    struct bytes title, struct bytes lead, struct bytes body);

/* Where they begin. */
void doc_words_put(const struct doc_words *w, struct bounds_writer *to);

void doc_words_release(struct doc_words *w);

#endif
