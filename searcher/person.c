/* person.c -- one person under the many spellings of a name.
 *
 *   Cyrillic to Latin     Дмитрий Песков      dmitrii peskov
 *   folded                Dmitrij Peskow      dmitrij peskow
 *   spellings made one    w v, j y i, sch sh, off ov, ph f ...
 *   runs made one         ii i                dmitri peskov
 */
#include "searcher/person.h"

#include "common/text/unicode.h"

/* U+0430 to U+044F, a to ya. */
static const char *const cyrillic[] = {
    "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n",
    "o", "p", "r", "s", "t", "u", "f", "h", "ts", "ch", "sh", "sh", "", "i",
    "", "e", "iu", "ia"
};

/* What is written in several ways, the longer ones first. */
static const struct { const char *from, *to; } spellings[] = {
    { "shch", "sh" }, { "tsch", "ch" }, { "tch", "ch" }, { "sch", "sh" },
    { "kh", "h" }, { "ph", "f" }, { "ck", "k" }, { "ks", "x" }, { "gue", "ge" },
    { "gui", "gi" }, { "ou", "u" }, { "ye", "e" }, { "je", "e" }, { "w", "v" },
    { "y", "i" }, { "j", "i" }, { "cz", "ch" },
};

static const char *const particles[] = {
    "von", "van", "der", "den", "de", "la", "le", "du", "di", "da", "del",
    "al", "bin", "ibn", "ben", "el", "of", "jr", "sr", "ii", "iii", "mr",
    "mrs", "ms", "dr", "the"
};

static void put_letter(struct buffer *to, uint32_t code)
{
    if (code >= 0x430 && code <= 0x44f)
        buffer_put_str(to, cyrillic[code - 0x430]);
    else if (code == 0x451 || code == 0x454)
        buffer_put_u8(to, 'e');
    else if (code == 0x456 || code == 0x457)
        buffer_put_u8(to, 'i');
    else if (code == 0x491)
        buffer_put_u8(to, 'g');
    else
        utf8_put(to, code);
}

static void put_latin(struct buffer *to, struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;

    while (at < end)
        put_letter(to, utf8_next(&at, end));
}

/* Names of ASCII and of Russian letters, which need no tables of Unicode;
 * false, and nothing of use, for others. */
static bool put_plain(struct buffer *to, struct bytes name)
{
    const uint8_t *at = name.data, *end = at + name.len;

    while (at < end) {
        uint32_t code = *at < 0x80 ? *at++ : utf8_next(&at, end);

        if (code < 0x80)
            buffer_put_u8(to, (uint8_t)(code - 'A' < 26 ? code | 32 : code));
        else if (code >= 0x410 && code <= 0x44f)
            put_letter(to, code < 0x430 ? code + 0x20 : code);
        else
            return false;
    }
    return true;
}

static bool is_word_byte(uint8_t c)
{
    return c >= 0x80 || (unsigned)(c - 'a') < 26 || (unsigned)(c - '0') < 10;
}

static size_t put_spelling(struct buffer *key, struct bytes word, size_t at)
{
    for (size_t i = 0; i < sizeof(spellings) / sizeof(*spellings); i++) {
        size_t len;

        if (spellings[i].from[0] != (char)word.data[at])
            continue;
        len = strlen(spellings[i].from);
        if (at + len <= word.len &&
            memcmp(word.data + at, spellings[i].from, len) == 0) {
            buffer_put_str(key, spellings[i].to);
            return len;
        }
    }
    buffer_put_u8(key, word.data[at]);
    return 1;
}

static void put_word(struct buffer *key, struct bytes word)
{
    size_t start = key->len, kept;

    for (size_t at = 0; at < word.len;)
        at += put_spelling(key, word, at);
    kept = start;
    for (size_t i = start; i < key->len; i++)       /* runs of a letter */
        if (kept == start || key->data[kept - 1] != key->data[i])
            key->data[kept++] = key->data[i];
    key->len = kept;
    if (kept - start > 4 && memcmp(key->data + kept - 2, "of", 2) == 0)
        key->data[kept - 1] = 'v';                  /* Lavroff */
    if (kept - start > 5 && memcmp(key->data + kept - 3, "ine", 3) == 0)
        key->len--;                                 /* Poutine */
}

static bool is_particle(struct bytes word)
{
    if (word.len > 3)
        return false;
    for (size_t i = 0; i < sizeof(particles) / sizeof(*particles); i++)
        if (bytes_equal(word, bytes_str(particles[i])))
            return true;
    return false;
}

/* The name in small Latin letters without accents. */
static void put_folded(struct buffer *folded, struct bytes name)
{
    struct buffer lower = BUFFER_INIT, latin = BUFFER_INIT;

    unicode_lower(&lower, name, false);
    put_latin(&latin, buffer_bytes(&lower));
    unicode_fold(folded, buffer_bytes(&latin));
    buffer_release(&lower);
    buffer_release(&latin);
}

void person_key(struct buffer *key, struct bytes name)
{
    struct buffer folded = BUFFER_INIT;
    size_t start = key->len, from = 0;

    if (!put_plain(&folded, name)) {
        buffer_clear(&folded);
        put_folded(&folded, name);
    }
    for (size_t i = 0; i <= folded.len; i++) {
        struct bytes word;

        if (i < folded.len && is_word_byte(folded.data[i]))
            continue;
        word = bytes_part(buffer_bytes(&folded), from, i - from);
        from = i + 1;
        if (!word.len || is_particle(word))
            continue;
        if (key->len > start)
            buffer_put_u8(key, ' ');
        put_word(key, word);
    }
    buffer_release(&folded);
}

static struct bytes first_of(struct bytes key)
{
    const uint8_t *blank = memchr(key.data, ' ', key.len);

    return bytes_part(key, 0, blank ? (size_t)(blank - key.data) : key.len);
}

static struct bytes last_of(struct bytes key)
{
    size_t from = key.len;

    while (from && key.data[from - 1] != ' ')
        from--;
    return bytes_part(key, from, key.len - from);
}

static bool begins(struct bytes word, struct bytes with)
{
    return with.len <= word.len &&
           (with.len == 1 || with.len >= 3 || with.len == word.len) &&
           memcmp(word.data, with.data, with.len) == 0;
}

bool person_fits(struct bytes asked, struct bytes named)
{
    struct bytes a, n;

    if (!asked.len || !named.len ||
        !bytes_equal(last_of(asked), last_of(named)))
        return false;
    a = first_of(asked);
    n = first_of(named);
    return a.len == asked.len || n.len == named.len || begins(a, n) ||
           begins(n, a);
}
