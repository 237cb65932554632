/* tokenizer.c -- the words of a news text, one a call.
 *
 * The start of a word decides: a letter of a script without spaces begins a
 * run of overlapping pairs, any other letter or digit a segment (words.h),
 * which the rules of news then lengthen (U.S., AT&T, C++) or cut (l'Europe,
 * Putin's).  An ASCII word that ends at a space never leaves the first loop
 * of take_word.  What lies between two words, the gap, says whether the
 * second begins a sentence or a paragraph, or is glued to the first.
 *
 *   text      The  U.S. Army's  COVID-19   (gap " ", gap "-")
 *   tokens    [The][U.S.][Army] [COVID][19 glued]
 */
#include "common/text/tokenizer.h"

#include <unictype.h>

/* --- ASCII --- */

enum { LETTER = 1, DIGIT = 2, HIGH = 4, CARE = 8 };

/* CARE marks what may go on with a word that it follows. */
static inline uint8_t byte_kind(uint8_t byte)
{
    static const uint8_t kinds[256] = {
        ['0' ... '9'] = DIGIT, ['A' ... 'Z'] = LETTER, ['a' ... 'z'] = LETTER,
        [128 ... 255] = HIGH | CARE, ['\''] = CARE, ['"'] = CARE,
        ['.'] = CARE, [','] = CARE, ['&'] = CARE, ['+'] = CARE,
        ['#'] = CARE,
    };

    return kinds[byte];
}

static inline uint8_t kind_at(struct bytes text, uint32_t at)
{
    return at < text.len ? byte_kind(text.data[at]) : 0;
}

static inline uint8_t byte_at(struct bytes text, uint32_t at)
{
    return at < text.len ? text.data[at] : 0;
}

/* --- What lengthens a word --- */

/* The length of an apostrophe at `at`, or 0. */
static uint32_t apostrophe_at(struct bytes text, uint32_t at)
{
    if (byte_at(text, at) == '\'')
        return 1;
    return at + 3 <= text.len && memcmp(text.data + at, "\xE2\x80\x99", 3) == 0
           ? 3 : 0;
}

static bool word_at(struct bytes text, uint32_t at)
{
    return place_is_word(place_at(text, at));
}

/* Behind the marks that belong to the letter `p`. */
static uint32_t letter_end(struct bytes text, struct place p)
{
    struct place next = place_at(text, p.next);

    while (place_is_ignored(next)) {
        p = next;
        next = place_at(text, p.next);
    }
    return p.next;
}

/* The end of an acronym at `start`: single letters, each behind a dot but
 * for the first, at least two; the last may have its dot or not.  0 if there
 * is none.  No acronym has more than 16 letters, lest a long chain that is
 * none be read again from each of its letters. */
static uint32_t acronym_end(struct bytes text, uint32_t start)
{
    uint32_t at = start, end = 0, count = 0;
    bool dot = true;

    while (dot && count <= 16) {
        struct place letter = place_at(text, at);

        if (!place_is_letter(letter))
            break;
        at = letter_end(text, letter);
        dot = byte_at(text, at) == '.';
        if (!dot && word_at(text, at))
            break;
        at += dot;
        end = at;
        count++;
    }
    if (count < 2 || count > 16 || byte_at(text, end) == '@')
        return 0;
    return end;
}

/* The end of at most three letters at `start`; start if there are none. */
static uint32_t few_letters(struct bytes text, uint32_t start)
{
    for (int i = 0; i < 3; i++) {
        struct place p = place_at(text, start);

        if (!place_is_letter(p))
            break;
        start = letter_end(text, p);
    }
    return start;
}

/* The end of AT&T, or 0. */
static uint32_t ampersand_end(struct bytes text, uint32_t start)
{
    uint32_t left = few_letters(text, start), right;

    if (left == start || byte_at(text, left) != '&')
        return 0;
    right = few_letters(text, left + 1);
    return right == left + 1 || word_at(text, right) ? 0 : right;
}

/* The end of C++ or C#, or 0. */
static uint32_t plus_end(struct bytes text, uint32_t start)
{
    uint32_t end = start + 1;

    if (!(kind_at(text, start) & LETTER))
        return 0;
    if (byte_at(text, end) == '#')
        end += 1;
    else if (byte_at(text, end) == '+' && byte_at(text, end + 1) == '+')
        end += 2;
    else
        return 0;
    return word_at(text, end) ? 0 : end;
}

/* --- What cuts a word --- */

/* Where the word of l'Europe begins; start if nothing is elided. */
static uint32_t elision_end(struct bytes text, uint32_t start, uint32_t end)
{
    static const char prefixes[][8] = {
        "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu",
        "puisqu", "quoiqu", "all", "dall", "dell", "nell", "sull", "coll",
        "un", "quest",
    };
    char prefix[8] = "";
    uint32_t len = 0, rest;

    while (len < 7 && (kind_at(text, start + len) & LETTER)) {
        prefix[len] = (char)(text.data[start + len] | 0x20);
        len++;
    }
    rest = start + len + apostrophe_at(text, start + len);
    if (len == 0 || rest == start + len || rest >= end ||
        (rest + 1 == end && (text.data[rest] | 0x20) == 's'))
        return start;
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
        if (memcmp(prefix, prefixes[i], 8) == 0)
            return rest;
    return start;
}

/* The length of an 's that ends at `end`; 0 if none, or nothing before. */
static uint32_t possessive_before(struct bytes text, uint32_t start,
                                  uint32_t end)
{
    if (end - start >= 3 && (text.data[end - 1] | 0x20) == 's') {
        if (apostrophe_at(text, end - 2) == 1)
            return 2;
        if (end - start >= 5 && apostrophe_at(text, end - 4) == 3)
            return 4;
    }
    return 0;
}

/* The length of an 's that begins at `at` and ends the word there. */
static uint32_t possessive_behind(struct bytes text, uint32_t at)
{
    uint32_t mark = apostrophe_at(text, at);

    if (mark == 0 || (byte_at(text, at + mark) | 0x20) != 's' ||
        word_at(text, at + mark + 1))
        return 0;
    return mark + 1;
}

/* --- Words --- */

/* Whether the ASCII word up to `at` is over, whatever the rules above say:
 * the byte there cannot go on with it. */
static inline bool ends_plainly(struct bytes text, uint32_t start, uint32_t at)
{
    if (!(kind_at(text, at) & CARE))
        return true;
    switch (text.data[at]) {
    case '.': case ',':
        return !(kind_at(text, at + 1) & (LETTER | DIGIT | HIGH)) ||
               (text.data[at] == '.' && at - start > 1 &&
                (kind_at(text, at - 1) & LETTER));
    case '&':
        return at - start > 3;
    case '"':
        return true;
    case '+': case '#':
        return at - start > 1;
    default:
        return false;
    }
}

/* The end of what is longer than the segment at `from`, as the byte behind
 * the segment foretells; 0 if it is not longer. */
static uint32_t longer_end(struct bytes text, uint32_t from, uint32_t segment,
                           enum token_kind *kind)
{
    uint32_t end;

    switch (byte_at(text, segment)) {
    case '.':
        end = acronym_end(text, from);
        *kind = end ? TOKEN_ACRONYM : *kind;
        return end;
    case '&':
        return ampersand_end(text, from);
    case '+': case '#':
        return plus_end(text, from);
    default:
        return 0;
    }
}

/* A word by all the rules; t->at goes behind it and what is cut off. */
static void take_word_slowly(struct tokenizer *t, uint32_t start,
                             struct token *token)
{
    struct bytes text = t->text;
    bool letters;
    uint32_t segment = words_next_news(text, start, &letters);
    uint32_t from = elision_end(text, start, segment);
    enum token_kind kind = letters ? TOKEN_WORD : TOKEN_NUMBER;
    uint32_t end = longer_end(text, from, segment, &kind), cut = 0;

    if (!end) {
        cut = possessive_before(text, from, segment);
        end = segment - cut;
    }
    *token = (struct token){ .start = from, .end = end, .kind = kind };
    t->at = cut ? segment : end + possessive_behind(text, end);
}

/* The word that begins at `start` with a letter or digit. */
static inline void take_word(struct tokenizer *t, uint32_t start,
                             struct token *token)
{
    uint32_t at = start;
    uint8_t kinds = 0, kind;

    while ((kind = kind_at(t->text, at)) & (LETTER | DIGIT)) {
        kinds |= kind;
        at++;
    }
    if (!ends_plainly(t->text, start, at)) {
        take_word_slowly(t, start, token);
        return;
    }
    *token = (struct token){
        .start = start, .end = at,
        .kind = kinds & LETTER ? TOKEN_WORD : TOKEN_NUMBER,
    };
    t->at = at;
}

/* --- Runs: scripts without spaces --- */

/* Whether `next` belongs to the cluster that `code` has begun: marks, the
 * vowel am of Thai and Lao, and what a Khmer or Burmese stacker puts below. */
static bool cluster_goes_on(struct place next, uint32_t code)
{
    return place_is_ignored(next) || next.code == 0xE33 || next.code == 0xEB3
           || ((code == 0x17D2 || code == 0x1039) && next.class == WORD_RUN);
}

static uint32_t cluster_end(struct bytes text, struct place p)
{
    struct place next = place_seen(text, p.next);

    while (cluster_goes_on(next, p.code)) {
        p = next;
        next = place_seen(text, p.next);
    }
    return p.next;
}

/* The pair at `start`, or the tail where the run ends. */
static void take_pair(struct tokenizer *t, struct place first, uint32_t start,
                      struct token *token)
{
    uint32_t half = cluster_end(t->text, first);
    struct place second = place_seen(t->text, half);
    bool pair = second.class == WORD_RUN;

    *token = (struct token){
        .start = start,
        .end = pair ? cluster_end(t->text, second) : half,
        .kind = pair ? TOKEN_PAIR : TOKEN_TAIL,
    };
    t->at = half;
}

/* --- Gaps: what lies between two tokens --- */

enum { SENTENCE = 1, PARAGRAPH = 2, GLUED = 4, APART = 8 };

static bool is_joiner(struct bytes gap)
{
    if (gap.len == 1)
        return memchr("-.@/_&'", gap.data[0], 7) != NULL;
    if (gap.len != 3 || gap.data[0] != 0xE2 || gap.data[1] != 0x80)
        return false;
    /* U+2010, U+2011, U+2013, U+2019: hyphens, en dash, apostrophe. */
    return gap.data[2] == 0x90 || gap.data[2] == 0x91 ||
           gap.data[2] == 0x93 || gap.data[2] == 0x99;
}

/* How a sentence may end.  WEAK is a dot behind an abbreviation. */
enum stop { NO_STOP, WEAK, STRONG, STRONG_AND_DONE };

static enum stop stop_of(uint32_t code)
{
    switch (code) {
    case '.':
        return WEAK;
    case '!': case '?': case 0x2026: case 0x61F: case 0x6D4: case 0x964:
    case 0x965: case 0x589: case 0x1362: case 0x104B: case 0x17D4:
    case 0x203C: case 0x2047: case 0x2048: case 0x2049:
        return STRONG;
    case 0x3002: case 0xFF01: case 0xFF1F: case 0xFF61: case 0xFF0E:
        return STRONG_AND_DONE;
    default:
        return NO_STOP;
    }
}

static bool is_closer(uint32_t code)
{
    return code == '"' || code == '\'' || code == ')' || code == ']' ||
           (code >= 0x80 && uc_is_general_category_withtable(
            code, UC_CATEGORY_MASK_Pe | UC_CATEGORY_MASK_Pf |
            UC_CATEGORY_MASK_Pi));
}

static bool is_white(uint32_t code)
{
    return code < 0x80 ? code == ' ' || (code >= '\t' && code <= '\r')
                       : uc_is_property_white_space(code);
}

/* A short form whose dot ends no sentence: an initial, a title, a month, a
 * unit.  Those that often do end one (Inc., etc., usw.) are not here. */
static bool is_short_form(const struct tokenizer *t)
{
    static const char forms[][9] = {
        "mr", "mrs", "ms", "dr", "st", "ste", "prof", "gen", "sen", "gov",
        "rep", "lt", "col", "maj", "capt", "cpl", "sgt", "cmdr", "adm",
        "rev", "hon", "pres", "supt", "messrs", "ft", "mt", "vs", "fig",
        "vol", "jan", "feb", "apr", "jun", "jul", "aug", "sep", "sept",
        "oct", "nov", "dec", "hr", "fr", "nr", "bzw", "ca", "ggf", "evtl",
        "vgl", "sog", "inkl", "mme", "mlle", "mm", "av", "sr", "sra",
        "srta", "lic", "ing", "gral", "pdte", "avda",
        "\xD1\x83\xD0\xBB", "\xD0\xB8\xD0\xBC",             /* ул им */
        "\xD1\x81\xD0\xBC", "\xD1\x81\xD1\x82",             /* см ст */
        "\xD1\x82\xD1\x8B\xD1\x81", "\xD0\xBC\xD0\xBB\xD0\xBD", /* тыс млн */
        "\xD0\xBF\xD1\x80\xD0\xBE\xD1\x84",                 /* проф */
        "\xD0\xB0\xD0\xBA\xD0\xB0\xD0\xB4",                 /* акад */
        "\xD0\xBC\xD0\xBB\xD1\x80\xD0\xB4",                 /* млрд */
    };
    uint32_t len = t->last_end - t->last_start;
    const uint8_t *data = t->text.data + t->last_start;
    char word[9] = "";

    if (t->last_kind != TOKEN_WORD || len > 8)
        return t->last_kind == TOKEN_ACRONYM;
    if (place_at(t->text, t->last_start).next == t->last_end)
        return true;
    for (uint32_t i = 0; i < len; i++)
        word[i] = (char)(data[i] < 0x80 ? data[i] | 0x20 : data[i]);
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
        if (memcmp(word, forms[i], sizeof(word)) == 0)
            return true;
    return false;
}

/* 3. Oktober, 20. Jahrhundert: the dot of a German ordinal, which a capital
 * follows all the same. */
static bool is_ordinal(const struct tokenizer *t, uint32_t start)
{
    static const char *const nouns[] = {
        "Januar", "J\xC3\xA4nner", "Februar", "M\xC3\xA4rz", "April", "Mai",
        "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember", "Jahrhundert", "Quartal", "Weltkrieg", "Liga",
    };

    if (t->last_kind != TOKEN_NUMBER || t->last_end - t->last_start > 2)
        return false;
    for (size_t i = 0; i < sizeof(nouns) / sizeof(*nouns); i++) {
        size_t len = strlen(nouns[i]);

        if (len <= t->text.len - start &&
            memcmp(t->text.data + start, nouns[i], len) == 0)
            return true;
    }
    return false;
}

static bool is_lower(struct bytes text, uint32_t at)
{
    uint32_t code = place_at(text, at).code;

    return code < 0x80 ? code - 'a' < 26 : uc_is_property_lowercase(code);
}

/* Reads a gap: the strongest stop that is over, and the blank lines. */
static enum stop read_gap(struct bytes gap, bool *blank_line)
{
    const uint8_t *at = gap.data, *end = at + gap.len;
    enum stop now = NO_STOP, over = NO_STOP;
    bool line = false;

    *blank_line = false;
    while (at < end) {
        uint32_t code = utf8_next(&at, end);
        enum stop stop = stop_of(code);

        if (code == '\n' || code == 0x2029) {
            *blank_line |= line || code == 0x2029;
            line = true;
        }
        if (is_white(code)) {
            over = now > over ? now : over;
            continue;
        }
        line = false;
        if (stop == STRONG_AND_DONE)
            over = stop;
        /* A dot that does not follow the token at once is a stop: "). ". */
        if (stop == WEAK && at != gap.data + 1)
            stop = STRONG;
        if (stop || !is_closer(code))
            now = stop;
    }
    return over;
}

/* What the gap before `start` makes of the token that begins there. */
static uint8_t gap_flags(const struct tokenizer *t, uint32_t start)
{
    struct bytes gap;
    enum stop stop;
    bool blank_line;

    if (start <= t->last_end)
        return GLUED;
    gap = bytes_part(t->text, t->last_end, start - t->last_end);
    if (gap.len == 1 && gap.data[0] == ' ')
        return 0;
    if (is_joiner(gap))
        return GLUED;
    stop = read_gap(gap, &blank_line);
    if (blank_line)
        return SENTENCE | PARAGRAPH;
    if (stop == NO_STOP || is_lower(t->text, start) ||
        (stop == WEAK && (is_short_form(t) || is_ordinal(t, start))))
        return 0;
    return SENTENCE;
}

/* --- Tokens --- */

void tokenizer_init(struct tokenizer *t, struct bytes text)
{
    *t = (struct tokenizer){
        .text = text, .last_kind = TOKEN_NUMBER,
        .pending = SENTENCE | PARAGRAPH | APART,
    };
}

/* Moves to the next byte that begins a token, and takes the token. */
static bool take_next(struct tokenizer *t, struct token *token,
                      uint32_t *start)
{
    for (;; t->at++) {
        struct place p;

        while (t->at < t->text.len &&
               !(byte_kind(t->text.data[t->at]) & (LETTER | DIGIT | HIGH)))
            t->at++;
        *start = t->at;
        if (t->at >= t->text.len)
            return false;
        if (t->text.data[t->at] < 0x80) {
            take_word(t, t->at, token);
            return true;
        }
        p = place_seen(t->text, t->at);
        if (p.class == WORD_RUN) {
            take_pair(t, p, t->at, token);
            return true;
        }
        if (place_is_word(p)) {
            take_word_slowly(t, t->at, token);
            return true;
        }
        t->at = p.next - 1;
    }
}

/* The flags of a token that starts at `start`; what stays for the next one
 * if this one is left out. */
static uint8_t next_flags(struct tokenizer *t, uint32_t start)
{
    uint8_t flags = gap_flags(t, start) | t->pending;

    return flags & APART ? flags & ~(GLUED | APART) : flags;
}

bool tokenizer_next(struct tokenizer *t, struct token *token)
{
    uint32_t start;

    while (take_next(t, token, &start)) {
        uint8_t flags = next_flags(t, start);

        t->last_start = token->start;
        t->last_end = token->end > t->at ? token->end : t->at;
        t->last_kind = token->kind;
        if (token->end - token->start > TOKEN_MAX) {
            t->pending = (flags & (SENTENCE | PARAGRAPH)) | APART;
            t->skipped++;
            continue;
        }
        t->pending = 0;
        token->begins_sentence = flags & SENTENCE;
        token->begins_paragraph = flags & PARAGRAPH;
        token->glued = flags & GLUED;
        return true;
    }
    return false;
}
