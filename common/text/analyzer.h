/* analyzer.h -- a token to the two forms the lexicon knows: the word as
 * written (NFC, lower case, folded) and its stem (NFC, lower case, stemmed
 * by the language, folded).  Article and query go through the same code.
 */
#ifndef LEDE_TEXT_ANALYZER_H
#define LEDE_TEXT_ANALYZER_H

#include "common/base/error.h"
#include "common/text/lang.h"
#include "common/text/tokenizer.h"

struct analyzer;

/* Holds one libstemmer stemmer a language, made when first needed. */
struct analyzer *analyzer_new(void);
void analyzer_free(struct analyzer *a);

/* The word and the stem of a token.  Both are empty when nothing is left
 * (a token of points only).  They belong to the analyzer and live until the
 * next call.  A language without stemmer: stem equals word.  Pairs, tails,
 * numbers and acronyms are not stemmed. */
struct analyzed {
    struct bytes word, stem;
};

struct analyzed analyzer_apply(struct analyzer *a, struct bytes text,
                               const struct token *token, struct lang lang);

/* The stem of a word that is already in the word form, under `lang`: what
 * a query word that the index has never seen could have become. */
struct bytes analyzer_stem(struct analyzer *a, struct bytes word,
                           struct lang lang);

/* Whether libstemmer has a stemmer for this language. */
bool analyzer_has_stemmer(struct lang lang);

/* Changes whenever the same text may give other words or stems: the version
 * of this code's rules in the high half, libstemmer's and Unicode's below.
 * An index keeps it, so that a mismatch is found. */
uint32_t analyzer_version(void);

#endif
