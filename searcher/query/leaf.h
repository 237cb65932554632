/* leaf.h -- one word, phrase or field value of a query to leaves of the
 * tree.  Only the parser uses it.
 */
#ifndef LEDE_QUERY_LEAF_H
#define LEDE_QUERY_LEAF_H

#include "searcher/query/lexer.h"
#include "searcher/query/query.h"

/* What leaves are made with. */
struct leaf_maker {
    struct lexer *lexer;        /* takes the failures */
    struct analyzer *analyzer;
    struct arena *arena;
    size_t words;               /* so far, in the whole query */
};

/* The item (WORD or PHRASE) as the value of `field`, NULL for plain text.
 * Words side by side come as an AND.  NULL when no character is left, or
 * after a failure, which the lexer tells. */
struct query *leaf_of(struct leaf_maker *m, const struct item *item,
                      const struct field *field);

/* Every word of a text, operators and all, appended to `list`. */
void leaf_words(struct leaf_maker *m, struct bytes text,
                struct query_list *list);

#endif
