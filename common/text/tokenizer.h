/* tokenizer.h -- text to words: where each one starts, ends, and what it is.
 *
 * Two layers.  words_next (words.h) gives the segments of UAX #29 (word
 * boundaries, Unicode 14), every one, spaces too.  tokenizer_next is what
 * indexing and searching see: the words among them, as news needs them:
 *
 *   U.S.  AT&T  C++  C#            one word each
 *   O'Brien  1,200  3.5            one word each
 *   Putin's                        one word, span of "Putin"
 *   l'Europe  dell'Unione          one word, span of "Europe", "Unione"
 *   COVID-19  a.b@c.org  end.Then  their parts, one after the other
 *   #MeToo  @name                  the word without the sign
 *   CJK (Han, Kana)                overlapping pairs; the last character of
 *   Thai, Lao, Khmer, Burmese      a run alone (clusters, not code points)
 *   Hangul                         words
 *
 * It also says where sentences and paragraphs begin.
 */
#ifndef LEDE_TEXT_TOKENIZER_H
#define LEDE_TEXT_TOKENIZER_H

#include "common/text/words.h"

enum token_kind {
    TOKEN_WORD,         /* has a letter; may be stemmed */
    TOKEN_NUMBER,       /* begins with a digit and has no letter */
    TOKEN_ACRONYM,      /* dots inside that do not count: U.S. */
    TOKEN_PAIR,         /* two neighbouring characters of a run */
    TOKEN_TAIL,         /* the last, or only, character of a run */
};

struct token {
    uint32_t start, end;            /* bytes of the text, end exclusive */
    enum token_kind kind;
    bool begins_sentence;           /* first token of a sentence */
    bool begins_paragraph;          /* first behind a blank line, or of all;
                                     * a paragraph begins a sentence too */
    bool glued;     /* nothing, or one joiner (- . @ / _ & ' or a hyphen or
                     * dash of Unicode), between the token before and this
                     * one: COVID|-19, and the pairs and tail of one run
                     * behind the first.  A query reads such tokens as one
                     * word.  An elided article and a possessive 's count
                     * as part of their token here. */
};

/* A token over this many bytes is no word: it is left out, and counted. */
enum { TOKEN_MAX = 255 };

struct tokenizer {
    struct bytes text;              /* valid UTF-8, under 4 GB */
    uint32_t at;                    /* next byte to look at */
    uint32_t skipped;               /* tokens left out so far as too long */
    /* The rest belongs to the tokenizer: the token before, whole with what
     * was cut off at its end, and what a skipped one leaves to the next. */
    uint32_t last_start, last_end;
    enum token_kind last_kind;
    uint8_t pending;
};

/* Begins at the start of `text`, which must be valid UTF-8 and stay. */
void tokenizer_init(struct tokenizer *t, struct bytes text);

/* The next token; false when there are no more. */
bool tokenizer_next(struct tokenizer *t, struct token *token);

#endif
