/* quotation_finder.h -- who says what in an article: direct, mixed and
 * reported speech, found by rules in one pass over each paragraph.
 */
#ifndef LEDE_ENRICH_QUOTATION_FINDER_H
#define LEDE_ENRICH_QUOTATION_FINDER_H

#include "common/article.h"

/* A finder keeps the word tables and its memory from article to article. */
struct quotation_finder;

struct quotation_finder *quotation_finder_new(void);
void quotation_finder_free(struct quotation_finder *f);

/* Sets a->quotes to the quotations of the lead and the body, by their place;
 * they live as long as the arena and the article's text.  The work is bounded
 * by the length of the text: no more than 64 KB of a paragraph are looked at
 * together. */
void quotation_find(struct quotation_finder *f, struct article *a,
                    struct arena *arena);

#endif
