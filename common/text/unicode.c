/* unicode.c -- UTF-8, lower case and folding over libunistring's tables.
 *
 * A text becomes its lower-case NFC form, and that its folded form, in one
 * pass each, code point by code point; normalisation proper runs only for a
 * text that holds a code point which could change under it.  No tables of
 * Unicode are kept here, only the letters that people write with others and
 * that do not decompose: eszett, ae, o with stroke.
 *
 *   text     E ' l y s e ' e            capital; each ' is U+0301, an accent
 *   lower    é l y s é e                unicode_lower: NFC, lower case
 *   folded   e l y s e e                unicode_fold
 */
#include "common/text/unicode.h"

#include <errno.h>
#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>
#include <unictype.h>

#include "common/base/error.h"

enum { REPLACEMENT = 0xFFFD };

static inline bool between(uint32_t code, uint32_t first, uint32_t last)
{
    return code - first <= last - first;
}

/* --- UTF-8 --- */

/* How many bytes a lead byte asks for, and the range of the second: Unicode
 * 3.9, table 3-7.  A byte that leads nothing asks for 0. */
static unsigned lead_length(uint8_t lead, uint8_t *low, uint8_t *high)
{
    *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* As utf8_next, but tells an invalid sequence from a written U+FFFD. */
static bool decode(const uint8_t **at, const uint8_t *end, uint32_t *code)
{
    const uint8_t *p = *at;
    uint8_t lead = *p++, low, high;
    unsigned len;

    *at = p;
    *code = lead;
    if (lead < 0x80)
        return true;
    len = lead_length(lead, &low, &high);
    *code = lead & (0x7F >> len);
    for (unsigned i = 1; i < len; i++, low = 0x80, high = 0xBF) {
        if (p == end || *p < low || *p > high) {
            len = 0;
            break;
        }
        *code = *code << 6 | (*p++ & 0x3F);
        *at = p;
    }
    if (len == 0)
        *code = REPLACEMENT;
    return len != 0;
}

uint32_t utf8_next(const uint8_t **at, const uint8_t *end)
{
    uint32_t code;

    decode(at, end, &code);
    return code;
}

void utf8_put(struct buffer *b, uint32_t code)
{
    uint8_t *to = buffer_reserve(b, 4);

    if (code < 0x80) {
        to[0] = (uint8_t)code;
        b->len += 1;
    } else if (code < 0x800) {
        to[0] = (uint8_t)(0xC0 | code >> 6);
        to[1] = (uint8_t)(0x80 | (code & 0x3F));
        b->len += 2;
    } else if (code < 0x10000) {
        to[0] = (uint8_t)(0xE0 | code >> 12);
        to[1] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
        to[2] = (uint8_t)(0x80 | (code & 0x3F));
        b->len += 3;
    } else {
        to[0] = (uint8_t)(0xF0 | code >> 18);
        to[1] = (uint8_t)(0x80 | (code >> 12 & 0x3F));
        to[2] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
        to[3] = (uint8_t)(0x80 | (code & 0x3F));
        b->len += 4;
    }
}

/* Where the ASCII at `at` ends; NUL ends it too. */
static const uint8_t *skip_ascii(const uint8_t *at, const uint8_t *end)
{
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;

    while (end - at >= 8) {
        uint64_t eight = load_le64(at);

        if (((eight - ones) | eight) & highs)
            break;
        at += 8;
    }
    while (at < end && *at - 1u < 0x7F)
        at++;
    return at;
}

bool utf8_valid(struct bytes text)
{
    const uint8_t *at = text.data, *end = text.data + text.len;
    uint32_t code;

    while ((at = skip_ascii(at, end)) < end)
        if (!decode(&at, end, &code))
            return false;
    return true;
}

size_t utf8_repair(struct buffer *b, struct bytes text)
{
    const uint8_t *at = text.data, *end = text.data + text.len;
    const uint8_t *from = at, *bad;
    size_t repaired = 0;
    uint32_t code;

    while ((at = skip_ascii(at, end)) < end) {
        bad = at;
        if (decode(&at, end, &code) && code != 0)
            continue;
        buffer_put(b, from, (size_t)(bad - from));
        utf8_put(b, REPLACEMENT);
        repaired++;
        from = at;
    }
    buffer_put(b, from, (size_t)(end - from));
    return repaired;
}

/* --- Lower case --- */

/* Letters and signs that normalisation to NFC leaves alone whatever stands
 * beside them: most of what news is written in.  Held by a test against the
 * library.  What is missing here is only slower. */
static bool is_plain(uint32_t code)
{
    return code < 0x300 || between(code, 0x400, 0x482) ||
           between(code, 0x48A, 0x52F) || between(code, 0x388, 0x3FF) ||
           between(code, 0x531, 0x58F) || between(code, 0x5D0, 0x5F4) ||
           between(code, 0x620, 0x64A) || between(code, 0x660, 0x66F) ||
           between(code, 0x671, 0x6D5) || between(code, 0x6EE, 0x6FF) ||
           between(code, 0x904, 0x93B) || between(code, 0x93D, 0x950) ||
           between(code, 0xE01, 0xE37) || between(code, 0xE40, 0xE47) ||
           between(code, 0x10D0, 0x10FF) || between(code, 0x1E00, 0x1E99) ||
           between(code, 0x1EA0, 0x1EF9) || between(code, 0x200B, 0x2027) ||
           between(code, 0x3041, 0x3096) || between(code, 0x309D, 0x30FF) ||
           between(code, 0x3400, 0x4DBF) || between(code, 0x4E00, 0x9FFF) ||
           between(code, 0xAC00, 0xD7A3) || between(code, 0xFF01, 0xFF9D);
}

static bool plain(struct bytes text)
{
    const uint8_t *at = text.data, *end = text.data + text.len;

    while ((at = skip_ascii(at, end)) < end)
        if (!is_plain(utf8_next(&at, end)))
            return false;
    return true;
}

/* Whether a cased letter comes first in [at, end), ignorable ones aside. */
static bool cased_follows(const uint8_t *at, const uint8_t *end)
{
    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (!uc_is_property_case_ignorable(code))
            return uc_is_property_cased(code);
    }
    return false;
}

/* The same, backwards from `at`. */
static bool cased_precedes(const uint8_t *start, const uint8_t *at)
{
    while (at > start) {
        const uint8_t *from = at, *stop = at;
        uint32_t code;

        do
            from--;
        while (from > start && (*from & 0xC0) == 0x80);
        at = from;
        code = utf8_next(&from, stop);
        if (!uc_is_property_case_ignorable(code))
            return uc_is_property_cased(code);
    }
    return false;
}

static uint8_t ascii_lower(uint8_t c)
{
    return (uint8_t)(c - 'A') < 26 ? c | 0x20 : c;
}

/* The run of ASCII at `at`; returns what is behind it. */
static const uint8_t *lower_ascii(struct buffer *b, const uint8_t *at,
                                  const uint8_t *end)
{
    const uint8_t *stop = skip_ascii(at, end);
    uint8_t *to = buffer_reserve(b, (size_t)(stop - at));

    b->len += (size_t)(stop - at);
    while (at < stop)
        *to++ = ascii_lower(*at++);
    return at;
}

/* Lower case of NFC text; the conditions of SpecialCasing.txt that apply
 * without a language (final sigma), and those of Turkish. */
static void lower(struct buffer *b, struct bytes text, bool turkic)
{
    const uint8_t *at = text.data, *end = text.data + text.len;

    while (at < end) {
        const uint8_t *from = at;
        uint32_t code;

        if (*at < 0x80 && !turkic) {
            at = lower_ascii(b, at, end);
            continue;
        }
        code = utf8_next(&at, end);
        if (code == 'I' && turkic)
            utf8_put(b, 0x131);
        else if (code < 0x80)
            buffer_put_u8(b, ascii_lower((uint8_t)code));
        else if (code == 0x130)
            buffer_put_str(b, turkic ? "i" : "i\xCC\x87");
        else if (code == 0x3A3 && cased_precedes(text.data, from) &&
                 !cased_follows(at, end))
            utf8_put(b, 0x3C2);
        else
            utf8_put(b, uc_tolower(code));
    }
}

void unicode_lower(struct buffer *b, struct bytes text, bool turkic)
{
    uint8_t room[512];
    size_t len = sizeof(room);
    uint8_t *normal = NULL;

    if (plain(text)) {
        lower(b, text, turkic);
        return;
    }
    normal = u8_normalize(UNINORM_NFC, text.data, text.len, room, &len);
    if (!normal && errno != EILSEQ)
        out_of_memory();
    lower(b, normal ? bytes_of(normal, len) : text, turkic);
    if (normal != room)
        free(normal);
}

/* --- Folding --- */

/* What a fold has put last: marks go by the letter they stand on. */
struct fold {
    struct buffer *to;
    size_t last_at;             /* where `last` begins in `to` */
    uint32_t last;
    enum script script;         /* of the last letter, marks aside */
};

/* How people write the letters that do not decompose. */
static const char *spelling(uint32_t code)
{
    switch (code) {
    case 0xDF: return "ss";
    case 0xE6: return "ae";
    case 0xF0: case 0x111: return "d";
    case 0xF8: return "o";
    case 0xFE: return "th";
    case 0x127: return "h";
    case 0x131: return "i";
    case 0x133: return "ij";
    case 0x140: case 0x142: return "l";
    case 0x149: case 0x14B: return "n";
    case 0x153: return "oe";
    case 0x167: return "t";
    case 0x17F: return "s";
    case 0x3C2: return "\xCF\x83";
    case 0x451: return "\xD0\xB5";
    case 0x60C: case 0x66C: return ",";
    case 0x66B: case 0x2024: return ".";
    default: return NULL;
    }
}

static bool is_apostrophe(uint32_t code)
{
    switch (code) {
    case '\'': case 0xB7: case 0x2B9: case 0x2BB: case 0x2BC: case 0x55A:
    case 0x5F3: case 0x5F4: case 0x2018: case 0x2019: case 0x201B:
    case 0x2027: case 0xFF07:
        return true;
    default:
        return false;
    }
}

static bool is_mark(uint32_t code)
{
    return code >= 0x300 &&
           uc_is_general_category_withtable(code, UC_CATEGORY_MASK_Mn);
}

static bool is_ignorable(uint32_t code)
{
    return code >= 0xAD && uc_is_property_default_ignorable_code_point(code);
}

/* A sign that searching does without: points and vowels of Hebrew and
 * Arabic, tatweel, accents on Latin and Greek, stress on Cyrillic. */
static bool is_dropped(const struct fold *f, uint32_t code)
{
    if (is_apostrophe(code) || code == 0x640)
        return true;
    if (code == '"')
        return between(f->last, 0x5D0, 0x5EA);
    if (is_ignorable(code))
        return true;
    if (!is_mark(code))
        return false;
    if (between(code, 0x591, 0x6ED) || between(code, 0x8CA, 0x8FF) ||
        code == 0xFB1E)
        return true;
    if (f->script == SCRIPT_CYRILLIC)
        return code == 0x300 || code == 0x301;
    return f->script == SCRIPT_LATIN || f->script == SCRIPT_GREEK;
}

static void fold_put(struct fold *f, uint32_t code)
{
    /* The half-width voiced marks join the kana before. */
    if (code == 0x3099 || code == 0x309A) {
        uint32_t joined = uc_composition(f->last, code);

        if (joined) {
            f->to->len = f->last_at;
            code = joined;
        }
    }
    if (!is_mark(code))
        f->script = unicode_script(code);
    f->last_at = f->to->len;
    f->last = code;
    utf8_put(f->to, code);
}

static void fold_letter(struct fold *f, uint32_t code)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    enum script script = unicode_script(code);
    const char *other;

    if (script == SCRIPT_LATIN || script == SCRIPT_GREEK)
        while (uc_canonical_decomposition(code, parts) > 0)
            code = parts[0];
    other = spelling(code);
    if (!other) {
        fold_put(f, code);
        return;
    }
    f->script = script;
    f->last = 0;
    buffer_put_str(f->to, other);
}

static void fold_code(struct fold *f, uint32_t code)
{
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag, count;

    if (is_dropped(f, code))
        return;
    if (code >= 0x660 && uc_decimal_value(code) >= 0) {
        fold_put(f, '0' + (uint32_t)uc_decimal_value(code));
        return;
    }
    count = code >= 0xFB00 && code <= 0xFFEF ?
            uc_decomposition(code, &tag, parts) : -1;
    for (int i = 0; i < count; i++)
        if (parts[i] != ' ')
            fold_code(f, parts[i]);
    if (count <= 0)
        fold_letter(f, code);
}

void unicode_fold(struct buffer *b, struct bytes text)
{
    const uint8_t *at = text.data, *end = text.data + text.len;
    struct fold f = { b, b->len, 0, SCRIPT_OTHER };

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (between(code, 0x4E00, 0x9FFF) || between(code, 0xAC00, 0xD7A3))
            fold_put(&f, code);
        else
            fold_code(&f, code);
    }
}

void unicode_strip(struct buffer *b, struct bytes text)
{
    const uint8_t *at = text.data, *end = text.data + text.len;

    while (at < end) {
        uint32_t code = utf8_next(&at, end);

        if (!is_apostrophe(code) && !is_ignorable(code))
            utf8_put(b, code);
    }
}

/* --- Properties --- */

bool unicode_white(uint32_t code)
{
    return code == ' ' || between(code, '\t', '\r') || code == 0x85 ||
           code == 0xA0 || code == 0x1680 || between(code, 0x2000, 0x200A) ||
           code == 0x2028 || code == 0x2029 || code == 0x202F ||
           code == 0x205F || code == 0x3000;
}

static enum script script_named(const char *name)
{
    static const char *const names[SCRIPT_COUNT] = {
        [SCRIPT_LATIN] = "Latin", [SCRIPT_CYRILLIC] = "Cyrillic",
        [SCRIPT_GREEK] = "Greek", [SCRIPT_ARABIC] = "Arabic",
        [SCRIPT_HEBREW] = "Hebrew", [SCRIPT_ARMENIAN] = "Armenian",
        [SCRIPT_GEORGIAN] = "Georgian", [SCRIPT_DEVANAGARI] = "Devanagari",
        [SCRIPT_BENGALI] = "Bengali", [SCRIPT_TAMIL] = "Tamil",
        [SCRIPT_SINHALA] = "Sinhala", [SCRIPT_ETHIOPIC] = "Ethiopic",
        [SCRIPT_HAN] = "Han", [SCRIPT_KANA] = "Hiragana",
        [SCRIPT_HANGUL] = "Hangul", [SCRIPT_THAI] = "Thai",
        [SCRIPT_LAO] = "Lao", [SCRIPT_KHMER] = "Khmer",
        [SCRIPT_MYANMAR] = "Myanmar",
    };

    for (int i = SCRIPT_OTHER + 1; i < SCRIPT_COUNT; i++)
        if (strcmp(name, names[i]) == 0)
            return (enum script)i;
    return strcmp(name, "Katakana") == 0 ? SCRIPT_KANA : SCRIPT_OTHER;
}

enum script unicode_script(uint32_t code)
{
    const uc_script_t *script;

    if (code < 0x80)
        return (code | 0x20) - 'a' < 26 ? SCRIPT_LATIN : SCRIPT_OTHER;
    if (between(code, 0x410, 0x44F))
        return SCRIPT_CYRILLIC;
    if (between(code, 0x620, 0x63F) || between(code, 0x641, 0x64A))
        return SCRIPT_ARABIC;
    if (between(code, 0x4E00, 0x9FFF))
        return SCRIPT_HAN;
    if (between(code, 0xAC00, 0xD7A3))
        return SCRIPT_HANGUL;
    script = uc_script(code);
    return script ? script_named(script->name) : SCRIPT_OTHER;
}
