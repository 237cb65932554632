/* analyzer.c -- a token to its word and its stem.
 *
 * Each form is a short chain over the bytes of the token; the word does not
 * know the language, the stem does.  News repeats itself, so what a token
 * came to is remembered in a table of fixed size, found by a hash of its
 * bytes: a hit costs no stemming and no Unicode.
 *
 *   token   Élysée's      1,200    U.S.
 *   lower   élysée        1,200    u.s.      NFC, apostrophes left out
 *   stem    élys -> elys  =word    =word     stemmed as French, folded
 *   word    elysee        1200     us        folded, number and acronym
 */
#include "common/text/analyzer.h"

#include <libstemmer.h>
#include <stdlib.h>
#include <unistring/version.h>
#include <xxhash.h>

#include "common/base/error.h"

enum {
    RULES = 1,              /* raise it when other words or stems come out */
    MEMO_SLOTS = 1 << 14,   /* of 128 bytes: 2 MB */
    MEMO_ROOM = 40,         /* longer ones are worked out each time */
    STEMMERS_MAX = 64,
};

/* What one token came to. */
struct memo {
    char lang[4];
    uint8_t kind, token_len, word_len, stem_len;
    uint8_t token[MEMO_ROOM], word[MEMO_ROOM], stem[MEMO_ROOM];
};

struct analyzer {
    struct buffer lower, scratch, word, stem;
    struct memo *memos;
    struct {
        const char *name;
        struct sb_stemmer *stemmer;
    } stemmers[STEMMERS_MAX];
    unsigned stemmer_count;
    struct lang lang;                   /* the one asked for last */
    struct sb_stemmer *current;         /* its stemmer, or NULL */
};

struct analyzer *analyzer_new(void)
{
    struct analyzer *a = must_calloc(1, sizeof(*a));

    a->memos = must_calloc(MEMO_SLOTS, sizeof(*a->memos));
    return a;
}

void analyzer_free(struct analyzer *a)
{
    if (!a)
        return;
    for (unsigned i = 0; i < a->stemmer_count; i++)
        sb_stemmer_delete(a->stemmers[i].stemmer);
    buffer_release(&a->lower);
    buffer_release(&a->scratch);
    buffer_release(&a->word);
    buffer_release(&a->stem);
    free(a->memos);
    free(a);
}

/* --- Stemmers --- */

static bool library_has(const char *name)
{
    for (const char **at = sb_stemmer_list(); *at; at++)
        if (strcmp(*at, name) == 0)
            return true;
    return false;
}

bool analyzer_has_stemmer(struct lang lang)
{
    const char *name = lang_stemmer(lang);

    return name && library_has(name);
}

static struct sb_stemmer *find_stemmer(struct analyzer *a, struct lang lang)
{
    const char *name = lang_stemmer(lang);
    unsigned i = 0;

    if (!name || !library_has(name))
        return NULL;
    while (i < a->stemmer_count && strcmp(a->stemmers[i].name, name) != 0)
        i++;
    if (i == STEMMERS_MAX)
        return NULL;
    if (i == a->stemmer_count) {
        a->stemmers[i].name = name;
        a->stemmers[i].stemmer = sb_stemmer_new(name, "UTF_8");
        if (!a->stemmers[i].stemmer)
            out_of_memory();
        a->stemmer_count++;
    }
    return a->stemmers[i].stemmer;
}

static void set_language(struct analyzer *a, struct lang lang)
{
    if (lang_equal(a->lang, lang))
        return;
    a->lang = lang;
    a->current = find_stemmer(a, lang);
}

static bool is_turkic(struct lang lang)
{
    return strcmp(lang.code, "tr") == 0 || strcmp(lang.code, "az") == 0;
}

/* --- The chain --- */

static bool is_ascii(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] >= 0x80)
            return false;
    return true;
}

/* Into a->lower: NFC, lower case, without apostrophes and ignorables. */
static void take_lower(struct analyzer *a, struct bytes token, bool turkic)
{
    buffer_clear(&a->lower);
    if (is_ascii(token) && !turkic) {
        uint8_t *to = buffer_reserve(&a->lower, token.len);

        for (size_t i = 0; i < token.len; i++) {
            uint8_t byte = token.data[i];

            *to = byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
            to += byte != '\'';
        }
        a->lower.len = (size_t)(to - a->lower.data);
        return;
    }
    buffer_clear(&a->scratch);
    unicode_lower(&a->scratch, token, turkic);
    unicode_strip(&a->lower, buffer_bytes(&a->scratch));
}

static void take_folded(struct buffer *into, struct bytes lower)
{
    buffer_clear(into);
    if (is_ascii(lower))
        buffer_put_bytes(into, lower);
    else
        unicode_fold(into, lower);
}

static void remove_byte(struct buffer *b, uint8_t byte)
{
    size_t kept = 0;

    for (size_t i = 0; i < b->len; i++)
        if (b->data[i] != byte)
            b->data[kept++] = b->data[i];
    b->len = kept;
}

/* Whether the commas of a run of digits part thousands: 1,200 or 1,00,000
 * as in India, but not 3,5 or 0,125. */
static bool parts_thousands(const uint8_t *run, size_t len)
{
    size_t first = 0, group = 0, groups = 0;
    bool threes = true, twos = true;

    while (first < len && run[first] != ',')
        first++;
    for (size_t i = len; i > first; i--) {
        if (run[i - 1] != ',') {
            group++;
            continue;
        }
        threes &= group == 3;
        twos &= group == (groups ? 2 : 3);
        group = 0;
        groups++;
    }
    return run[0] != '0' && ((threes && first <= 3) || (twos && first <= 2));
}

/* Removes the commas that part thousands; makes points of the others. */
static void settle_commas(struct buffer *word)
{
    uint8_t *data = word->data;
    size_t end;

    for (size_t at = 0; at < word->len; at = end + 1) {
        bool behind_point = at > 0 && data[at - 1] == '.', thousands;

        end = at;
        while (end < word->len && (data[end] == ',' ||
                                   (data[end] >= '0' && data[end] <= '9')))
            end++;
        thousands = !behind_point && parts_thousands(data + at, end - at);
        for (size_t i = at; i < end && !thousands; i++)
            if (data[i] == ',')
                data[i] = '.';
    }
    remove_byte(word, ',');
}

static void take_word(struct analyzer *a, enum token_kind kind)
{
    take_folded(&a->word, buffer_bytes(&a->lower));
    if (kind == TOKEN_ACRONYM)
        remove_byte(&a->word, '.');
    else if (a->word.len && memchr(a->word.data, ',', a->word.len))
        settle_commas(&a->word);
}

/* 2nd, at&t and c++ are what they are in every language. */
static bool may_be_stemmed(struct bytes word)
{
    if (word.len && word.data[0] >= '0' && word.data[0] <= '9')
        return false;
    for (size_t i = 0; i < word.len; i++)
        if (word.data[i] == '&' || word.data[i] == '+' || word.data[i] == '#')
            return false;
    return word.len > 0;
}

/* `lower` stemmed and folded, in a->stem; `word` if nothing is left. */
static struct bytes take_stem(struct analyzer *a, struct bytes lower,
                              struct bytes word)
{
    const sb_symbol *stem = sb_stemmer_stem(a->current, lower.data,
                                            (int)lower.len);

    if (!stem)
        out_of_memory();
    take_folded(&a->stem, bytes_of(stem,
                                   (size_t)sb_stemmer_length(a->current)));
    return a->stem.len ? buffer_bytes(&a->stem) : word;
}

/* --- Memory --- */

static struct memo *memo_slot(struct analyzer *a, struct bytes token)
{
    uint64_t hash = XXH3_64bits(token.data, token.len);

    return &a->memos[hash & (MEMO_SLOTS - 1)];
}

static bool memo_fits(const struct memo *m, struct bytes token,
                      enum token_kind kind, struct lang lang)
{
    return m->token_len == token.len && m->kind == kind &&
           memcmp(m->lang, lang.code, sizeof(m->lang)) == 0 &&
           memcmp(m->token, token.data, token.len) == 0;
}

static void memo_fill(struct memo *m, struct bytes token, enum token_kind kind,
                      struct lang lang, struct analyzed forms)
{
    if (token.len > MEMO_ROOM || forms.word.len > MEMO_ROOM ||
        forms.stem.len > MEMO_ROOM || forms.word.len == 0)
        return;
    memcpy(m->lang, lang.code, sizeof(m->lang));
    m->kind = (uint8_t)kind;
    m->token_len = (uint8_t)token.len;
    m->word_len = (uint8_t)forms.word.len;
    m->stem_len = (uint8_t)forms.stem.len;
    memcpy(m->token, token.data, token.len);
    memcpy(m->word, forms.word.data, forms.word.len);
    memcpy(m->stem, forms.stem.data, forms.stem.len);
}

/* --- Both forms --- */

/* A Turkish name takes its endings behind an apostrophe, which no other
 * word has: ABD'nin is of ABD.  O'Neill keeps his name. */
static struct bytes without_endings(struct bytes token)
{
    for (size_t i = 2; i < token.len; i++)
        if (token.data[i] == '\'' || (token.len - i > 3 &&
                                      memcmp(token.data + i, "\xE2\x80\x99",
                                             3) == 0))
            return bytes_part(token, 0, i);
    return token;
}

static struct analyzed work_out(struct analyzer *a, struct bytes token,
                                enum token_kind kind)
{
    struct analyzed forms;

    take_lower(a, token, false);
    take_word(a, kind);
    forms.word = forms.stem = buffer_bytes(&a->word);
    if (kind != TOKEN_WORD || !a->current || !may_be_stemmed(forms.word))
        return forms;
    if (is_turkic(a->lang))
        take_lower(a, without_endings(token), true);
    forms.stem = take_stem(a, buffer_bytes(&a->lower), forms.word);
    return forms;
}

struct analyzed analyzer_apply(struct analyzer *a, struct bytes text,
                               const struct token *token, struct lang lang)
{
    struct bytes raw = bytes_part(text, token->start,
                                  token->end - token->start);
    struct memo *memo = memo_slot(a, raw);
    struct analyzed forms;

    if (memo_fits(memo, raw, token->kind, lang))
        return (struct analyzed){
            bytes_of(memo->word, memo->word_len),
            bytes_of(memo->stem, memo->stem_len),
        };
    set_language(a, lang);
    forms = work_out(a, raw, token->kind);
    memo_fill(memo, raw, token->kind, lang, forms);
    return forms;
}

struct bytes analyzer_stem(struct analyzer *a, struct bytes word,
                           struct lang lang)
{
    set_language(a, lang);
    if (!a->current || !may_be_stemmed(word))
        return word;
    return take_stem(a, word, word);
}

uint32_t analyzer_version(void)
{
    uint64_t hash = (uint64_t)_libunistring_version;

    for (const char **at = sb_stemmer_list(); *at; at++)
        hash = XXH3_64bits_withSeed(*at, strlen(*at), hash);
    return (uint32_t)RULES << 16 | (uint32_t)(hash & 0xFFFF);
}
