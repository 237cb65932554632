/* language.h -- the language of an article: the given one, else what it
 * declares unless a long text says otherwise, else what its script says,
 * else a vote of common words.
 */
#ifndef LEDE_ENRICH_LANGUAGE_H
#define LEDE_ENRICH_LANGUAGE_H

#include "common/article.h"

/* Sets a->lang where the article declared none, or where its text, of 1,000
 * bytes at least, is surely in a language not near to the declared one.
 * `given` is --lang, or LANG_NONE, and fills in for what is not declared.
 * Leaves LANG_NONE when nothing is sure enough. */
void language_detect(struct article *a, struct lang given);

/* The language of a text by script and common words alone. */
struct lang language_of_text(struct bytes text);

#endif
