/* lexer.h -- what people type, cut into items: words, phrases, signs.
 *
 * Only the parser uses it.  Sticky: after the first mistake every item is
 * ITEM_END and `status` tells.
 */
#ifndef LEDE_QUERY_LEXER_H
#define LEDE_QUERY_LEXER_H

#include "common/base/bytes.h"
#include "common/base/error.h"

enum item_kind {
    ITEM_END, ITEM_OPEN, ITEM_CLOSE, ITEM_AND, ITEM_OR, ITEM_NOT,
    ITEM_MAYBE, ITEM_PLUS, ITEM_MINUS, ITEM_FIELD, ITEM_PHRASE, ITEM_WORD
};

enum field_kind {
    FIELD_TITLE, FIELD_SAID, FIELD_DATE, FIELD_META, FIELD_LATER
};

/* A name that may stand before a ':'. */
struct field {
    const char *name;
    enum field_kind kind;
    char letter;                /* META: enum meta_field */
};

struct item {
    enum item_kind kind;
    uint32_t start, end;        /* bytes of the query, signs included */
    struct bytes text;          /* WORD, PHRASE: without the quotes */
    const struct field *field;  /* FIELD */
};

struct lexer {
    struct bytes text;          /* valid UTF-8 */
    uint32_t at;                /* behind the item */
    struct item item;           /* the one to look at */
    enum status status;
    struct error *err;
};

/* Stands on the first item. */
void lexer_init(struct lexer *l, struct bytes text, struct error *err);

/* Goes to the next item. */
void lexer_next(struct lexer *l);

/* From a FIELD to what it asks for: a word, a phrase or a "(", where every
 * other sign is part of the word. */
void lexer_value(struct lexer *l);

/* Fails with a message, the query, and a caret under byte `at`.  The first
 * failure wins. */
void lexer_fail(struct lexer *l, enum status code, uint32_t at,
                const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Whether a word would be read as something else than a word if it stood
 * in a query without quotes. */
bool lexer_reserved(struct bytes word);

#endif
