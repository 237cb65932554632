/* words.c -- word boundaries of UAX #29 (Unicode 14), one segment a call.
 *
 * The property of each code point is the library's; the rules are a walk
 * that carries the class before, what WB4 ignores left out, and looks ahead
 * over at most one joiner.  A segment needs nothing from before its start,
 * so a walk is linear and the text can be left and resumed anywhere.
 *
 *   text      c a n ' t   3 . 5   a . b
 *   segments  [can't] [ ] [3.5] [ ] [a.b]      for news: [a] [.] [b]
 */
#include "common/text/words.h"

#include <unictype.h>

/* ASCII as the library has it; the test of every code point says so. */
#define A WBP_ALETTER
#define N WBP_NUMERIC
#define T WBP_NEWLINE
static const uint8_t ascii_class[128] = {
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, WBP_LF, T, T, WBP_CR, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    WBP_WSS, 0, WBP_DQ, 0, 0, 0, 0, WBP_SQ,
    0, 0, 0, 0, WBP_MIDNUM, 0, WBP_MIDNUMLET, 0,
    N, N, N, N, N, N, N, N, N, N, WBP_MIDLETTER, WBP_MIDNUM, 0, 0, 0, 0,
    0, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, 0, 0, 0, 0, WBP_EXTENDNUMLET,
    0, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A,
    A, A, A, A, A, A, A, A, A, A, A, 0, 0, 0, 0, 0,
};
#undef A
#undef N
#undef T

/* The class of a code point; whole blocks of the scripts of most news are
 * known here, the library knows them all. */
static inline uint8_t class_of(uint32_t code)
{
    if (code < 0x80)
        return ascii_class[code];
    if (code - 0x400 < 0x82 || code - 0x620 < 0x2B || code - 0x904 < 0x36 ||
        code - 0xC0 < 0x17 || code - 0xD8 < 0x1F || code - 0xAC00 < 0x2BA4)
        return WBP_ALETTER;
    if (code - 0x4E00 < 0x5200)
        return WBP_OTHER;
    return (uint8_t)uc_wordbreak_property(code);
}

/* utf8_next for the valid sequences of two and three bytes, in place. */
static inline uint32_t next_code(const uint8_t **at, const uint8_t *end)
{
    const uint8_t *p = *at;

    if (p[0] < 0x80) {
        *at += 1;
        return p[0];
    }
    if (end - p >= 2 && p[0] >= 0xC2 && p[0] < 0xE0 && p[1] >> 6 == 2) {
        *at += 2;
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3F);
    }
    /* E1 to EC have no forbidden second bytes. */
    if (end - p >= 3 && p[0] > 0xE0 && p[0] < 0xED && p[1] >> 6 == 2 &&
        p[2] >> 6 == 2) {
        *at += 3;
        return (p[0] & 0xFu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3F);
    }
    return utf8_next(at, end);
}

static inline struct place place_here(struct bytes text, uint32_t at)
{
    const uint8_t *p = text.data + at;
    struct place place = { 0, at, WORD_END };

    if (at >= text.len)
        return place;
    place.code = next_code(&p, text.data + text.len);
    place.next = (uint32_t)(p - text.data);
    place.class = class_of(place.code);
    return place;
}

struct place place_at(struct bytes text, uint32_t at)
{
    return place_here(text, at);
}

/* Whether a code point of class `class` is written without spaces.  The
 * iteration and closing marks of Han are letters to UAX #29. */
static bool is_run(uint32_t code, uint8_t class)
{
    if (code >= 0x4E00 && code < 0xA000)
        return true;
    if (class != WBP_OTHER && class != WBP_KATAKANA)
        return (code >= 0x3005 && code <= 0x3007) || code == 0x303B ||
               code == 0x303C;
    return code >= 0x80 && uc_is_general_category_withtable(
           code, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_Nl);
}

struct place place_seen(struct bytes text, uint32_t at)
{
    struct place p = place_here(text, at);

    if (is_run(p.code, p.class))
        p.class = WORD_RUN;
    return p;
}

static bool is_dot(uint32_t code)
{
    return code == '.' || code == 0x2024 || code == 0xFE52 || code == 0xFF0E;
}

static bool is_colon(uint32_t code)
{
    return code == ':' || code == 0xFE13 || code == 0xFE55 || code == 0xFF1A;
}

static bool is_comma(uint32_t code)
{
    return code == ',' || code == 0x60C || code == 0x66C || code == 0xFE10 ||
           code == 0xFE50 || code == 0xFF0C;
}

/* WB6: what may stand between two letters. */
static bool joins_letters(struct place p, bool news)
{
    if (p.class == WBP_SQ)
        return true;
    if (p.class != WBP_MIDLETTER && p.class != WBP_MIDNUMLET)
        return false;
    return !news || (!is_dot(p.code) && !is_colon(p.code));
}

/* WB12: what may stand between two digits. */
static bool joins_digits(struct place p, bool news)
{
    if (p.class == WBP_SQ || p.class == WBP_MIDNUMLET)
        return true;
    return p.class == WBP_MIDNUM && (!news || is_comma(p.code));
}

/* The place behind `at` that WB4 lets a rule see next. */
static struct place place_beyond(struct bytes text, uint32_t at)
{
    struct place p = place_at(text, at);

    while (place_is_ignored(p))
        p = place_at(text, p.next);
    return p;
}

/* WB6, WB7, WB7b, WB7c, WB11, WB12: what stands beyond the joiner `mid`, if
 * it joins; else WORD_END. */
static struct place bridge(struct bytes text, struct place before,
                           struct place mid, bool news)
{
    const struct place none = { 0, 0, WORD_END };
    bool letters = place_is_letter(before) && joins_letters(mid, news);
    bool hebrew = before.class == WBP_HL && mid.class == WBP_DQ;
    bool digits = before.class == WBP_NUMERIC && joins_digits(mid, news);
    struct place after;

    if (!letters && !hebrew && !digits)
        return none;
    after = place_beyond(text, mid.next);
    if ((letters && place_is_letter(after)) ||
        (hebrew && after.class == WBP_HL) ||
        (digits && after.class == WBP_NUMERIC))
        return after;
    return none;
}

/* WB5, WB8 to WB10, WB13: neighbours that join. */
static bool neighbours_join(struct place a, struct place b, bool news)
{
    bool a_word = place_is_word(a), b_word = place_is_word(b);
    bool a_kana = a.class == WBP_KATAKANA, b_kana = b.class == WBP_KATAKANA;
    bool a_low = a.class == WBP_EXTENDNUMLET && !news;
    bool b_low = b.class == WBP_EXTENDNUMLET && !news;

    return (a_word && b_word) || (a_kana && b_kana) ||
           (b_low && (a_word || a_kana || a_low)) ||
           (a_low && (b_word || b_kana));
}

/* WB3 to WB3d: what only the first code points of a segment decide. */
static bool ends_at_once(struct bytes text, struct place *first)
{
    struct place next = place_at(text, first->next);

    if (first->class == WBP_CR && next.class == WBP_LF)
        *first = next;
    if (first->class == WBP_WSS) {
        for (; next.class == WBP_WSS; next = place_at(text, next.next))
            *first = next;
    }
    return first->class == WBP_CR || first->class == WBP_LF ||
           first->class == WBP_NEWLINE;
}

/* What joins `before`: `next`, which follows it, or what is beyond that if
 * it is a joiner; WORD_END if nothing does. */
static struct place joined(struct bytes text, struct place before,
                           struct place next, bool zwj, bool *paired,
                           bool news)
{
    struct place beyond;

    if (next.class == WORD_END || neighbours_join(before, next, news) ||
        (zwj && uc_is_property_extended_pictographic(next.code)))
        return next;
    if (before.class == WBP_RI && next.class == WBP_RI && !*paired) {
        *paired = true;
        return next;
    }
    beyond = bridge(text, before, next, news);
    if (beyond.class == WORD_END && before.class == WBP_HL &&
        next.class == WBP_SQ && !news)
        return next;
    return beyond;
}

static uint32_t walk(struct bytes text, uint32_t start, bool *letters,
                     bool news)
{
    struct place last = place_here(text, start), next;
    bool zwj = last.class == WBP_ZWJ, paired = false;

    *letters = false;
    if (ends_at_once(text, &last))
        return last.next;
    for (;;) {
        *letters |= place_is_letter(last);
        next = place_here(text, last.next);
        /* Letters and digits in a row, and what WB4 ignores. */
        while (place_is_word(last) && place_is_word(next)) {
            *letters |= place_is_letter(next);
            last = next;
            next = place_here(text, last.next);
        }
        for (; place_is_ignored(next); next = place_here(text, last.next)) {
            zwj = next.class == WBP_ZWJ;
            last.next = next.next;
        }
        next = joined(text, last, next, zwj, &paired, news);
        if (next.class == WORD_END)
            return last.next;
        last = next;
        zwj = false;
    }
}

uint32_t words_next(struct bytes text, uint32_t start)
{
    bool letters;

    return walk(text, start, &letters, false);
}

uint32_t words_next_news(struct bytes text, uint32_t start, bool *letters)
{
    return walk(text, start, letters, true);
}
