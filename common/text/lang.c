/* lang.c -- the languages by their codes, names, and stemmers.
 *
 * One row a language: ISO 639-1, ISO 639-2 (terminological, and the other
 * one where there are two), English name, libstemmer's algorithm.  A search
 * is a scan: a language is looked up once an article, not once a word.
 */
#include "common/text/lang.h"

#include <strings.h>

static const struct {
    char code[3], long_code[4], other_code[4], name[16], stemmer[12];
} languages[] = {
    { "en", "eng", "", "english", "english" },
    { "de", "deu", "ger", "german", "german" },
    { "fr", "fra", "fre", "french", "french" },
    { "es", "spa", "", "spanish", "spanish" },
    { "ru", "rus", "", "russian", "russian" },
    { "it", "ita", "", "italian", "italian" },
    { "pt", "por", "", "portuguese", "portuguese" },
    { "nl", "nld", "dut", "dutch", "dutch" },
    { "sv", "swe", "", "swedish", "swedish" },
    { "no", "nor", "", "norwegian", "norwegian" },
    { "nb", "nob", "", "bokmal", "norwegian" },
    { "nn", "nno", "", "nynorsk", "norwegian" },
    { "da", "dan", "", "danish", "danish" },
    { "fi", "fin", "", "finnish", "finnish" },
    { "hu", "hun", "", "hungarian", "hungarian" },
    { "ro", "ron", "rum", "romanian", "romanian" },
    { "tr", "tur", "", "turkish", "turkish" },
    { "ar", "ara", "", "arabic", "arabic" },
    { "el", "ell", "gre", "greek", "greek" },
    { "eu", "eus", "baq", "basque", "basque" },
    { "ca", "cat", "", "catalan", "catalan" },
    { "hy", "hye", "arm", "armenian", "armenian" },
    { "hi", "hin", "", "hindi", "hindi" },
    { "id", "ind", "", "indonesian", "indonesian" },
    { "ga", "gle", "", "irish", "irish" },
    { "lt", "lit", "", "lithuanian", "lithuanian" },
    { "ne", "nep", "", "nepali", "nepali" },
    { "sr", "srp", "scc", "serbian", "serbian" },
    { "hr", "hrv", "scr", "croatian", "serbian" },
    { "bs", "bos", "", "bosnian", "serbian" },
    { "sh", "hbs", "", "serbocroatian", "serbian" },
    { "ta", "tam", "", "tamil", "tamil" },
    { "yi", "yid", "", "yiddish", "yiddish" },
    { "cs", "ces", "cze", "czech", "czech" },
    { "eo", "epo", "", "esperanto", "esperanto" },
    { "et", "est", "", "estonian", "estonian" },
    { "fa", "fas", "per", "persian", "persian" },
    { "pl", "pol", "", "polish", "polish" },
    { "ab", "abk", "", "abkhazian", "" },
    { "af", "afr", "", "afrikaans", "" },
    { "ak", "aka", "", "akan", "" },
    { "am", "amh", "", "amharic", "" },
    { "as", "asm", "", "assamese", "" },
    { "az", "aze", "", "azerbaijani", "" },
    { "ba", "bak", "", "bashkir", "" },
    { "be", "bel", "", "belarusian", "" },
    { "bg", "bul", "", "bulgarian", "" },
    { "bn", "ben", "", "bengali", "" },
    { "bo", "bod", "tib", "tibetan", "" },
    { "br", "bre", "", "breton", "" },
    { "ce", "che", "", "chechen", "" },
    { "co", "cos", "", "corsican", "" },
    { "cv", "chv", "", "chuvash", "" },
    { "cy", "cym", "wel", "welsh", "" },
    { "dv", "div", "", "divehi", "" },
    { "dz", "dzo", "", "dzongkha", "" },
    { "ee", "ewe", "", "ewe", "" },
    { "ff", "ful", "", "fulah", "" },
    { "fo", "fao", "", "faroese", "" },
    { "fy", "fry", "", "frisian", "" },
    { "gd", "gla", "", "gaelic", "" },
    { "gl", "glg", "", "galician", "" },
    { "gn", "grn", "", "guarani", "" },
    { "gu", "guj", "", "gujarati", "" },
    { "ha", "hau", "", "hausa", "" },
    { "he", "heb", "", "hebrew", "" },
    { "ht", "hat", "", "haitian", "" },
    { "ig", "ibo", "", "igbo", "" },
    { "is", "isl", "ice", "icelandic", "" },
    { "iu", "iku", "", "inuktitut", "" },
    { "ja", "jpn", "", "japanese", "" },
    { "jv", "jav", "", "javanese", "" },
    { "ka", "kat", "geo", "georgian", "" },
    { "kk", "kaz", "", "kazakh", "" },
    { "kl", "kal", "", "greenlandic", "" },
    { "km", "khm", "", "khmer", "" },
    { "kn", "kan", "", "kannada", "" },
    { "ko", "kor", "", "korean", "" },
    { "ku", "kur", "", "kurdish", "" },
    { "ky", "kir", "", "kyrgyz", "" },
    { "la", "lat", "", "latin", "" },
    { "lb", "ltz", "", "luxembourgish", "" },
    { "lg", "lug", "", "ganda", "" },
    { "ln", "lin", "", "lingala", "" },
    { "lo", "lao", "", "lao", "" },
    { "lv", "lav", "", "latvian", "" },
    { "mg", "mlg", "", "malagasy", "" },
    { "mi", "mri", "mao", "maori", "" },
    { "mk", "mkd", "mac", "macedonian", "" },
    { "ml", "mal", "", "malayalam", "" },
    { "mn", "mon", "", "mongolian", "" },
    { "mr", "mar", "", "marathi", "" },
    { "ms", "msa", "may", "malay", "" },
    { "mt", "mlt", "", "maltese", "" },
    { "my", "mya", "bur", "burmese", "" },
    { "ny", "nya", "", "chichewa", "" },
    { "oc", "oci", "", "occitan", "" },
    { "om", "orm", "", "oromo", "" },
    { "or", "ori", "", "odia", "" },
    { "os", "oss", "", "ossetian", "" },
    { "pa", "pan", "", "punjabi", "" },
    { "ps", "pus", "", "pashto", "" },
    { "qu", "que", "", "quechua", "" },
    { "rn", "run", "", "rundi", "" },
    { "rw", "kin", "", "kinyarwanda", "" },
    { "sa", "san", "", "sanskrit", "" },
    { "sd", "snd", "", "sindhi", "" },
    { "se", "sme", "", "sami", "" },
    { "si", "sin", "", "sinhala", "" },
    { "sk", "slk", "slo", "slovak", "" },
    { "sl", "slv", "", "slovenian", "" },
    { "sm", "smo", "", "samoan", "" },
    { "sn", "sna", "", "shona", "" },
    { "so", "som", "", "somali", "" },
    { "sq", "sqi", "alb", "albanian", "" },
    { "st", "sot", "", "sotho", "" },
    { "su", "sun", "", "sundanese", "" },
    { "sw", "swa", "", "swahili", "" },
    { "te", "tel", "", "telugu", "" },
    { "tg", "tgk", "", "tajik", "" },
    { "th", "tha", "", "thai", "" },
    { "ti", "tir", "", "tigrinya", "" },
    { "tk", "tuk", "", "turkmen", "" },
    { "tl", "tgl", "fil", "tagalog", "" },
    { "tn", "tsn", "", "tswana", "" },
    { "ts", "tso", "", "tsonga", "" },
    { "tt", "tat", "", "tatar", "" },
    { "ug", "uig", "", "uyghur", "" },
    { "uk", "ukr", "", "ukrainian", "" },
    { "ur", "urd", "", "urdu", "" },
    { "uz", "uzb", "", "uzbek", "" },
    { "vi", "vie", "", "vietnamese", "" },
    { "wo", "wol", "", "wolof", "" },
    { "xh", "xho", "", "xhosa", "" },
    { "yo", "yor", "", "yoruba", "" },
    { "zh", "zho", "chi", "chinese", "" },
    { "zu", "zul", "", "zulu", "" },
};

enum { LANGUAGES = sizeof(languages) / sizeof(*languages) };

/* The letters before the region, in lower case; empty if they are too many
 * or not letters. */
static void take_name(char name[16], struct bytes text)
{
    size_t len = 0;

    memset(name, 0, 16);
    while (len < text.len && text.data[len] != '-' && text.data[len] != '_' &&
           text.data[len] != '@' && text.data[len] != '.') {
        uint8_t lower = text.data[len] | 0x20;

        if (lower < 'a' || lower > 'z' || len == 15) {
            memset(name, 0, 16);
            return;
        }
        name[len++] = (char)lower;
    }
}

/* Codes of ISO 639-2 that name no language, or any. */
static bool is_special(const char *code)
{
    return strcmp(code, "und") == 0 || strcmp(code, "mul") == 0 ||
           strcmp(code, "mis") == 0 || strcmp(code, "zxx") == 0;
}

struct lang lang_parse(struct bytes text)
{
    struct lang lang = LANG_NONE;
    char name[16];
    size_t len;

    while (text.len && text.data[0] <= ' ')
        text = bytes_part(text, 1, text.len - 1);
    while (text.len && text.data[text.len - 1] <= ' ')
        text.len--;
    take_name(name, text);
    len = strlen(name);
    if (len < 2)
        return lang;
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strcmp(name, languages[i].code) == 0 ||
            strcmp(name, languages[i].long_code) == 0 ||
            strcmp(name, languages[i].other_code) == 0 ||
            strcmp(name, languages[i].name) == 0) {
            memcpy(lang.code, languages[i].code, sizeof(languages[i].code));
            return lang;
        }
    /* A code without a row is a language all the same: pcm, ast. */
    if (len <= 3 && !is_special(name))
        memcpy(lang.code, name, len);
    return lang;
}

const char *lang_stemmer(struct lang lang)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (languages[i].stemmer[0] &&
            strncmp(lang.code, languages[i].code, sizeof(lang.code)) == 0)
            return languages[i].stemmer;
    return NULL;
}
