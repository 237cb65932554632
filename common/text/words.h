/* words.h -- the segments of UAX #29: layer one of the tokenizer. */
#ifndef LEDE_TEXT_WORDS_H
#define LEDE_TEXT_WORDS_H

#include <uniwbrk.h>

#include "common/text/unicode.h"

/* What a code point is to word boundaries: a WBP_ value of uniwbrk.h, or
 * WORD_RUN for letters of scripts without spaces (Han, Kana, Thai ...), which
 * UAX #29 knows as Other or Katakana.  WORD_END is the end of the text. */
enum { WORD_RUN = 100, WORD_END = 101 };

/* One code point of a text. */
struct place {
    uint32_t code;
    uint32_t next;              /* where the one behind begins, in bytes */
    uint8_t class;
};

/* The code point at `at` (<= text.len), with its WBP_ value. */
struct place place_at(struct bytes text, uint32_t at);

/* The same, with WORD_RUN. */
struct place place_seen(struct bytes text, uint32_t at);

static inline bool place_is_letter(struct place p)
{
    return p.class == WBP_ALETTER || p.class == WBP_HL;
}

static inline bool place_is_word(struct place p)
{
    return place_is_letter(p) || p.class == WBP_NUMERIC;
}

/* Extend, Format and ZWJ, which belong to what stands before (WB4). */
static inline bool place_is_ignored(struct place p)
{
    return p.class == WBP_EXTEND || p.class == WBP_FORMAT ||
           p.class == WBP_ZWJ;
}

/* The end of the UAX #29 segment that begins at `start` (< text.len). */
uint32_t words_next(struct bytes text, uint32_t start);

/* The same with the boundaries that news wants (UAX #29 invites to tailor):
 * a dot, a colon and an underscore do not join letters; digits are joined
 * by dots, commas and apostrophes alone.  Says whether a letter is in it. */
uint32_t words_next_news(struct bytes text, uint32_t start, bool *letters);

#endif
