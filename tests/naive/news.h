/* news.h -- articles and queries at random, for comparing the engine with
 * the oracle: few words that come back often, in many languages.
 */
#ifndef LEDE_NEWS_H
#define LEDE_NEWS_H

#include "common/article.h"
#include "tests/naive/chance.h"

/* What the articles of one corpus have in common. */
struct news_plan {
    uint8_t langs[6];           /* numbers of vocabularies */
    uint32_t lang_count;
    uint32_t words;             /* how many of each vocabulary are in use */
    uint32_t sentences;         /* at most so many a paragraph */
    uint32_t paragraphs;        /* at most so many an article */
    bool dated;                 /* most articles have a date */
};

void news_plan_make(struct news_plan *plan, struct chance *c);

/* An article with text, metadata and dates, in `arena`; no id and no key. */
void news_article(struct article *a, const struct news_plan *plan,
                  struct chance *c, struct arena *arena);

/* The text of a query, `sample` being an article to take phrases from. */
struct bytes news_query(const struct news_plan *plan,
                        const struct article *sample, struct chance *c,
                        struct arena *arena);

/* A filter or two, as the command line's options make them. */
struct bytes news_filters(struct chance *c, struct arena *arena);

#endif
