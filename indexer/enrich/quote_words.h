/* quote_words.h -- the words of a language that tell who says what.
 *
 * A language is a table of groups: what the words are for, how often a form
 * is a cue of saying (in percent), and the forms, in lower case with blanks
 * between them; `_` joins the words of one form ("according_to").
 */
#ifndef LEDE_ENRICH_QUOTE_WORDS_H
#define LEDE_ENRICH_QUOTE_WORDS_H

#include "common/text/lang.h"

enum quote_word {
    QW_SAY    = 1 << 0,     /* a cue before any clause: said */
    QW_CUE    = 1 << 1,     /* a cue before quotes and "that": insisted */
    QW_WEAK   = 1 << 2,     /* a cue before "that" only: believes */
    QW_ING    = 1 << 3,     /* goes on for the same speaker: adding */
    QW_OBJECT = 1 << 4,     /* takes an object with a quote: called */
    QW_ACC    = 1 << 5,     /* according to, before the speaker */
    QW_POST   = 1 << 6,     /* the same, behind the speaker: zufolge */
    QW_THAT   = 1 << 7,     /* that, if, how */
    QW_HE     = 1 << 8,
    QW_SHE    = 1 << 9,
    QW_PRON   = 1 << 10,    /* they, we, I; with QW_HE, QW_SHE these */
    QW_WHO    = 1 << 11,
    QW_DET    = 1 << 12,
    QW_HIS    = 1 << 13,    /* a determiner that has an owner */
    QW_PREP   = 1 << 14,
    QW_CONJ   = 1 << 15,
    QW_AUX    = 1 << 16,    /* may stand between speaker and cue */
    QW_BE     = 1 << 17,
    QW_TITLE  = 1 << 18,    /* before a name: Mr, President */
    QW_ROLE   = 1 << 19,    /* a speaker without a determiner: officials */
    QW_ORG    = 1 << 20,    /* ends no person's name: Street, Monday */
    QW_ABBREV = 1 << 21,
    QW_TIME   = 1 << 22,
    QW_START  = 1 << 23,    /* begins no reported clause: when, asked */
    QW_LINK   = 1 << 24,    /* inside a name: de, van, bin */
    QW_MALE   = 1 << 25,
    QW_FEMALE = 1 << 26,
    QW_OPEN   = 1 << 27,    /* may open a clause after said: there, it */
    QW_PAIR   = 1 << 28,    /* set by the lexicon: a longer form begins so */
    QW_FINITE = 1 << 29,    /* another finite verb: went; where verbs have a
                               mood for it, of reported speech: sei, habe */
    QW_NOBODY = 1 << 30,    /* it, there: speaks, but is no speaker */
    QW_DENY   = INT32_MIN,  /* the last bit: says that it is not so */
};

struct quote_group {
    uint32_t flags;
    uint8_t percent;
    const char *forms;
};

struct quote_language {
    char code[4];
    bool comma_clause;          /* a reported clause begins with a comma */
    bool mood;                  /* QW_FINITE verbs are reported speech */
    const struct quote_group *groups;
    const char *const *title_ends;  /* endings of the words that are QW_TITLE
                                   where every noun has a capital, or NULL */
};

struct quote_entry {
    uint64_t hash;              /* 0: free */
    uint32_t flags;
    uint8_t percent;
};

/* The forms of one language by the hash of their lower-case bytes. */
struct quote_words {
    struct quote_entry *slots;
    size_t mask;
    bool comma_clause, mood;
    const char *const *title_ends;
};

/* The language whose table serves `lang`: itself, or English. */
struct lang quote_words_language(struct lang lang);

/* The words of `lang`, or of English where it has no table; the caller frees
 * with quote_words_release. */
void quote_words_init(struct quote_words *w, struct lang lang);
void quote_words_release(struct quote_words *w);

/* The hash of a form is begun with QUOTE_HASH_START and stepped by byte. */
#define QUOTE_HASH_START 0xcbf29ce484222325u

static inline uint64_t quote_hash_step(uint64_t hash, uint8_t byte)
{
    return (hash ^ byte) * 0x100000001b3u;
}

/* What is known of the form with this hash, or NULL. */
static inline const struct quote_entry *
quote_words_find(const struct quote_words *w, uint64_t hash)
{
    for (size_t at = (hash ^ hash >> 29) & w->mask; w->slots[at].hash;
         at = (at + 1) & w->mask)
        if (w->slots[at].hash == hash)
            return &w->slots[at];
    return NULL;
}

#endif
