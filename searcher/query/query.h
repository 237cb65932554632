/* query.h -- what is asked, as a tree; and the parser that makes it from
 * what people type.
 *
 * The tree knows words, not yet stems: which stems a word means depends on
 * the index (see plan.h).  The oracle of tests/naive reads the same tree.
 */
#ifndef LEDE_QUERY_QUERY_H
#define LEDE_QUERY_QUERY_H

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/text/analyzer.h"

enum query_kind {
    QUERY_WORD,         /* leaf: one word */
    QUERY_PHRASE,       /* leaf: words at consecutive positions */
    QUERY_AND,          /* all parts but those of kind MAYBE; parts of kind
                         * NOT exclude */
    QUERY_OR,           /* any part */
    QUERY_NOT,          /* one part; matches where that does not; scores 0 */
    QUERY_MAYBE,        /* one part, which need not match, and scores where
                         * it does; only in an AND */
    QUERY_META,         /* leaf: exact value of a metadata field; scores 0 */
    QUERY_DATE,         /* leaf: published in a range; scores 0 */
    QUERY_SET,          /* leaf: documents found beforehand; scores 0 */
    QUERY_ALL,          /* leaf: every live document; scores 0 */
    QUERY_NONE,         /* leaf: nothing (a word without a character) */
};

/* One word of a leaf, in the form of the lexicon's words half. */
struct query_word {
    struct bytes word;          /* folded, as analyzer_apply gives it */
    bool prefix;                /* means every word that begins with it: a
                                 * single CJK (or Thai ...) character */
};

/* Documents of a segment, by their numbers in it, which rise. */
struct query_set {
    const uint32_t *docs;
    size_t count;
};

struct query {
    enum query_kind kind;
    struct query **parts;       /* AND, OR, NOT, MAYBE */
    size_t count;               /* parts, or words */
    struct query_word *words;   /* WORD (one) and PHRASE (two or more) */
    bool title;                 /* WORD, PHRASE: only in the title */
    bool said;                  /* with title: asked for as said: */
    float boost;                /* WORD: how often the query says it */
    char field;                 /* META: enum meta_field */
    struct bytes key;           /* META: as meta_key gives it */
    struct date_range dates;    /* DATE */
    const struct query_set *sets;       /* SET: of each segment */
    struct bytes written;       /* leaves: the part of the query's text that
                                 * they were made of; borrowed */
    uint32_t start, end;        /* bytes of the query's text, for messages */
};

/* How to read the text. */
enum query_mode {
    QUERY_MODE_DEFAULT,         /* all words wanted, then some (two tiers) */
    QUERY_MODE_ANY,             /* words side by side are an OR */
    QUERY_MODE_ALL,             /* words side by side are an AND, no more */
};

struct query_options {
    enum query_mode mode;
    bool plain;                 /* words only: no operator is seen */
    struct bytes filters;       /* a second query, with operators whatever
                                 * the rest says, all of it required beside
                                 * the text; alone where there is no text */
};

/* A parsed query. */
struct query_parsed {
    struct query *root;
    bool operators;             /* AND OR NOT MAYBE ( ) + - were written */
    /* In the default mode without operators: the same leaves as an OR, for
     * the second tier (filters and dates stay required); else NULL. */
    struct query *relaxed;
    bool quotes;                /* speaker: said: kind: or sure: are in it */
    bool title;                 /* title: is */
};

/* Nodes that are equal in everything but where they were written. */
bool query_equal(const struct query *a, const struct query *b);

/* Adds a scoring leaf: a word or a phrase. */
static inline bool query_scores(const struct query *q)
{
    return q->kind == QUERY_WORD || q->kind == QUERY_PHRASE;
}

/* --- Making trees; all of a tree is in one arena --- */

/* Parts on their way into a node. */
struct query_list {
    struct query **items;
    size_t count, room;
};

struct query *query_new(struct arena *arena, enum query_kind kind);
void query_push(struct arena *arena, struct query_list *list,
                struct query *q);

/* All of the parts, or any; NULL of none.  An AND inside an AND, and an OR
 * inside an OR, gives its parts; words that are equal become one, with a
 * boost; one part stands for itself; where nothing is required, all
 * documents are, without those that are excluded. */
struct query *query_all(struct arena *arena, const struct query_list *parts);
struct query *query_any(struct arena *arena, const struct query_list *parts);

struct query *query_not(struct arena *arena, struct query *part);
struct query *query_maybe(struct arena *arena, struct query *part);

/* The leaves of an AND as an OR, without those that filter, which stay
 * required; NULL unless at least two can be relaxed. */
struct query *query_relax(struct arena *arena, const struct query *q);

/* --- Text to trees and back --- */

/* Parses `text` (any bytes) into `arena`.  ERR_INPUT: does not parse; the
 * message is of two lines more, the query and a caret under the mistake.
 * ERR_LIMIT: over 4 KB, 1,000 words or 16 levels deep.
 *
 * Grammar.  Terms side by side are joined as `mode` says; OR binds weaker
 * than side by side, AND is side by side; upper case only.
 *
 *   query  := all { OR all }
 *   all    := { [AND] ["+" | "-" | NOT | MAYBE] term }
 *   term   := "(" query ")" | field ":" (word | phrase | "(" query ")")
 *           | phrase | word
 *   field  := title source lang date (by, section, tag as metadata too),
 *             and of quotations: speaker said kind sure
 *
 * In the mode ANY, terms with a sign and fields of metadata and dates do not
 * take part in the OR: "+" and fields are required beside it, "-" excludes.
 * Beside a "+" the OR need not match.  Terms joined by AND are one part of the
 * OR.  What is without a character is left out.
 *
 * Words side by side that are equal become one leaf with a boost, at the
 * place of the first.  A written word that the tokenizer splits into glued
 * words (COVID-19) is a phrase; pairs of a CJK run are words side by side;
 * the tail of a run is left out unless it is the whole run, then it is a
 * prefix. */
enum status query_parse(struct query_parsed *out, struct bytes text,
                        const struct query_options *options,
                        struct analyzer *analyzer, struct arena *arena,
                        struct error *err);

/* The tree as text that parses to the same tree, for --explain and tests. */
void query_print(struct buffer *b, const struct query *q);

#endif
