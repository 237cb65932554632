/* language.h -- the language of an article: what it declares, else the
 * given one, else what its script says, else a vote of common words.
 */
#ifndef LEDE_ENRICH_LANGUAGE_H
#define LEDE_ENRICH_LANGUAGE_H

#include "common/article.h"

/* Sets a->lang where the article declared none.  `given` is --lang, or
 * LANG_NONE.  Leaves LANG_NONE when nothing is sure enough. */
void language_detect(struct article *a, struct lang given);

/* The language of a text by script and common words alone. */
struct lang language_of_text(struct bytes text);

#endif
