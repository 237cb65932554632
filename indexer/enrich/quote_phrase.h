/* quote_phrase.h -- who: noun phrases before and behind a cue. */
#ifndef LEDE_ENRICH_QUOTE_PHRASE_H
#define LEDE_ENRICH_QUOTE_PHRASE_H

#include "indexer/enrich/quote_draft.h"
#include "indexer/enrich/quote_text.h"

/* Tokens [from, to) of seq; the name is [name_from, name_to), maybe empty. */
struct phrase {
    size_t from, to, name_from, name_to;
    enum speaker_kind kind;         /* SPEAKER_NONE: there is none */
    uint32_t flags;
};

/* The phrase that begins at `i`, not reaching `hi`. */
struct phrase phrase_at(const struct quote_text *t, size_t i, size_t hi);

/* The phrase that ends before `i`, not reaching below `lo`. */
struct phrase phrase_before(const struct quote_text *t, size_t i, size_t lo);

/* The subject of the cue at `i`: its phrase on the left, over adverbs and
 * one apposition. */
struct phrase phrase_subject(const struct quote_text *t, size_t i, size_t lo);

/* The subject of the last clause before `i` that has one: of "saying", of
 * "and said". */
struct phrase phrase_subject_far(const struct quote_text *t, size_t i,
                                 size_t lo);

/* Whether a finite verb stands at `i`, as far as forms tell. */
bool phrase_is_verb(const struct quote_text *t, size_t i);

/* Behind adverbs and auxiliaries (at most 4). */
size_t phrase_skip_adverbs(const struct quote_text *t, size_t i, size_t hi);

/* Behind a parenthesis or an apposition between commas at `i`. */
size_t phrase_skip_apposition(const struct quote_text *t, size_t i, size_t hi);

/* Where in the capital words [from, to) the name begins, behind titles and
 * what else stands before a first name; `to` when they are titles alone. */
size_t phrase_trim_name(const struct quote_token *w, size_t from, size_t to);

bool phrase_is_cue(const struct quote_text *t, size_t i, size_t hi,
                   uint32_t kinds);

#endif
