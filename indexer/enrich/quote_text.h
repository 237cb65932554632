/* quote_text.h -- a paragraph as tokens, what is in marks as one of them. */
#ifndef LEDE_ENRICH_QUOTE_TEXT_H
#define LEDE_ENRICH_QUOTE_TEXT_H

#include "common/base/bytes.h"
#include "indexer/enrich/quote_words.h"

enum quote_sign {
    QT_WORD, QT_NUMBER, QT_COMMA, QT_STOP, QT_COLON,
    QT_SEMICOLON, QT_DASH, QT_OPEN, QT_CLOSE, QT_MARK,
    QT_QUOTE, QT_OTHER
};

enum { SHAPE_CAP = 1, SHAPE_CAPS = 2, SHAPE_OWNER = 4, SHAPE_LY = 8,
       SHAPE_INITIAL = 16, SHAPE_OPENS = 32, SHAPE_CLOSES = 64,
       SHAPE_SINGLE = 128 };

struct quote_token {
    uint32_t start, end;        /* bytes of the text; without 's */
    uint32_t flags;             /* enum quote_word */
    uint8_t kind, shape, percent;
    uint8_t mark;               /* of a QT_MARK: which, see marks */
    /* of a QT_QUOTE, whose bytes include its marks; it is SHAPE_CAPS when it
       reads like a title: */
    uint16_t words;
    uint8_t last;               /* the sign before the closing mark */
    bool closed;
};

/* The tokens of one paragraph; the arrays are used again for the next. */
struct quote_text {
    struct bytes text;
    const struct quote_words *words;
    struct quote_token *all;        /* every token */
    struct quote_token *seq;        /* those outside of quotes, and quotes */
    size_t all_count, seq_count, room;
};

/* Splits text[from, to) and pairs its marks. */
void quote_text_read(struct quote_text *t, size_t from, size_t to);

void quote_text_release(struct quote_text *t);

#endif
