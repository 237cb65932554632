/* lang.h -- a language, as a code that articles and stemmers agree on. */
#ifndef LEDE_TEXT_LANG_H
#define LEDE_TEXT_LANG_H

#include "common/base/bytes.h"

/* A language as an ISO 639 code of 2 or 3 lower-case letters, NUL-ended and
 * NUL-filled; empty when it is not known.  The code of 2 letters where there
 * is one. */
struct lang {
    char code[4];
};

#define LANG_NONE ((struct lang){ "" })

/* "en", "EN-us", "pt_BR", "eng", "English" to en, en, pt, en, en; a code of
 * 2 or 3 letters that is not in the table stays as it is, in lower case;
 * LANG_NONE for what is no language code, "und" and "mul" too. */
struct lang lang_parse(struct bytes text);

/* The name of libstemmer's algorithm for this language, or NULL.  The
 * library at hand may have it or not. */
const char *lang_stemmer(struct lang lang);

static inline bool lang_equal(struct lang a, struct lang b)
{
    return memcmp(a.code, b.code, sizeof(a.code)) == 0;
}

#endif
