/* quote_words.c -- the table of a language as a hash table.
 *
 *   "according_to"  ->  "according" PAIR,  "according to" ACC
 *
 * Forms are known by their 64-bit hash alone: two of the few thousand forms
 * do not share one, and a stranger that does is one word in 10^16.
 */
#include "indexer/enrich/quote_words_tables.h"

#include <stdlib.h>

#include "common/base/error.h"

enum { SLOTS = 4096 };

static const struct quote_language quote_languages[] = {
    { "en", false, false, quote_words_en, NULL },
    { "de", true, true, quote_words_de,
      quote_title_ends_de },
    { "fr", false, false, quote_words_fr, NULL },
    { "es", false, false, quote_words_es, NULL },
    { "it", false, false, quote_words_it, NULL },
    { "pt", false, false, quote_words_pt, NULL },
    { "nl", true, false, quote_words_nl, NULL },
    { "ru", true, false, quote_words_ru, NULL },
    { "cs", true, false, quote_words_cs, NULL },
    { "", false, false, NULL, NULL },
};

static void put(struct quote_words *w, uint64_t hash, uint32_t flags,
                uint8_t percent)
{
    size_t at = (hash ^ hash >> 29) & w->mask;

    while (w->slots[at].hash && w->slots[at].hash != hash)
        at = (at + 1) & w->mask;
    w->slots[at].hash = hash;
    w->slots[at].flags |= flags;
    if (percent > w->slots[at].percent)
        w->slots[at].percent = percent;
}

static void put_group(struct quote_words *w, const struct quote_group *g)
{
    uint64_t hash = QUOTE_HASH_START;

    for (const char *at = g->forms;; at++) {
        if (*at == ' ' || *at == '\0') {
            put(w, hash, g->flags, g->percent);
            hash = QUOTE_HASH_START;
            if (*at == '\0')
                return;
        } else if (*at == '_') {
            put(w, hash, QW_PAIR, 0);
            hash = quote_hash_step(hash, ' ');
        } else {
            hash = quote_hash_step(hash, (uint8_t)*at);
        }
    }
}

static const struct quote_language *language(struct lang lang)
{
    const struct quote_language *l = quote_languages;

    while (l->code[0] && strcmp(l->code, lang.code) != 0)
        l++;
    return l->code[0] ? l : quote_languages;
}

struct lang quote_words_language(struct lang lang)
{
    struct lang known = LANG_NONE;

    memcpy(known.code, language(lang)->code, sizeof(known.code));
    return known;
}

void quote_words_init(struct quote_words *w, struct lang lang)
{
    const struct quote_language *l = language(lang);

    *w = (struct quote_words){ must_calloc(SLOTS, sizeof(*w->slots)),
                               SLOTS - 1,
                               l->comma_clause, l->mood, l->title_ends };
    for (const struct quote_group *g = l->groups; g->forms; g++)
        put_group(w, g);
}

void quote_words_release(struct quote_words *w)
{
    free(w->slots);
    w->slots = NULL;
}
