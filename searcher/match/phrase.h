/* phrase.h -- how often words stand in a row in one document: what the
 * cursor over phrases and the kernel for them share.
 */
#ifndef LEDE_MATCH_PHRASE_H
#define LEDE_MATCH_PHRASE_H

#include "searcher/match/stream.h"

struct phrase {
    struct matching *m;
    struct stream **words;      /* in the order of the phrase */
    size_t count;               /* at least 1 */
    bool title;                 /* only in the title, where each counts once */
    uint32_t *order;            /* of the words by how few places they have */
};

/* `words` is kept; all is in m's arena. */
void phrase_init(struct phrase *p, struct matching *m, struct stream **words,
                 size_t count, bool title);

/* The most that phrase_freq can be, in a document where the least weighted
 * frequency of the words is `freq`. */
uint32_t phrase_most(const struct phrase *p, uint32_t freq);

/* The weighted frequency of the phrase in the document that all words stand
 * on; 0 if they are nowhere in a row inside one paragraph.  Of one word, its
 * frequency in the title.  Never backwards. */
uint32_t phrase_freq(struct phrase *p, uint32_t doc);

#endif
