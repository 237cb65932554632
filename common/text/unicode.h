/* unicode.h -- thin over libunistring: the tables of Unicode that the
 * tokenizer and the analyzer need, with a fast path for ASCII.
 */
#ifndef LEDE_TEXT_UNICODE_H
#define LEDE_TEXT_UNICODE_H

#include "common/base/buffer.h"

/* One code point at *at (< end); moves *at behind it.  An invalid sequence
 * gives U+FFFD and moves by the length of its maximal valid prefix (Unicode
 * 3.9, table 3-8), at least 1. */
uint32_t utf8_next(const uint8_t **at, const uint8_t *end);

/* Appends the 1 to 4 bytes of a code point. */
void utf8_put(struct buffer *b, uint32_t code);

/* Whether all bytes are valid UTF-8 (no surrogates, nothing overlong). */
bool utf8_valid(struct bytes text);

/* Appends the text with every invalid sequence as U+FFFD and every NUL as
 * U+FFFD; returns how many were replaced. */
size_t utf8_repair(struct buffer *b, struct bytes text);

/* Appends the NFC form in lower case (full mappings of Unicode, without a
 * language, but with the dotless i where `turkic`).  Input must be valid. */
void unicode_lower(struct buffer *b, struct bytes text, bool turkic);

/* Appends the folded form of lower-case NFC text: without the accents of
 * Latin and Greek letters, with their usual spelling (ss for eszett, ae, oe,
 * o, l, d, i for the letters that do not decompose), e for yo, sigma for
 * final sigma, without Arabic and Hebrew points, tatweel and Russian stress,
 * without what unicode_strip leaves out, digits of every script and
 * full-width forms as ASCII, ligatures and presentation forms as letters.
 * Never touches Indic vowel signs or Cyrillic short i. */
void unicode_fold(struct buffer *b, struct bytes text);

/* Appends the text without apostrophes, soft hyphens, joiners and the other
 * default-ignorable characters: what a stemmer would trip over. */
void unicode_strip(struct buffer *b, struct bytes text);

/* Whether a code point is white space (the property White_Space). */
bool unicode_white(uint32_t code);

/* The scripts that decide how a text is split or which language it is. */
enum script {
    SCRIPT_OTHER, SCRIPT_LATIN, SCRIPT_CYRILLIC, SCRIPT_GREEK,
    SCRIPT_ARABIC, SCRIPT_HEBREW, SCRIPT_ARMENIAN, SCRIPT_GEORGIAN,
    SCRIPT_DEVANAGARI, SCRIPT_BENGALI, SCRIPT_TAMIL, SCRIPT_SINHALA,
    SCRIPT_ETHIOPIC, SCRIPT_HAN, SCRIPT_KANA, SCRIPT_HANGUL, SCRIPT_THAI,
    SCRIPT_LAO, SCRIPT_KHMER, SCRIPT_MYANMAR, SCRIPT_COUNT
};

enum script unicode_script(uint32_t code);

#endif
