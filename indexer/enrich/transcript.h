/* transcript.h -- the turns of a transcript or an interview: whose each
 * paragraph is, where labels tell it.
 */
#ifndef LEDE_ENRICH_TRANSCRIPT_H
#define LEDE_ENRICH_TRANSCRIPT_H

#include "indexer/enrich/quote_text.h"

enum turn_kind {
    TURN_NONE,          /* prose: the rules may look */
    TURN_SPEAKER,       /* words of the speaker of the label */
    TURN_ANSWER,        /* the same, of a label "A" */
    TURN_QUESTION,      /* of the house; said by nobody */
};

/* A line of the text. */
struct turn {
    uint32_t from, to;
    uint32_t start, end;                /* the words; none where equal */
    uint32_t label_start, label_end;    /* who, as written */
    uint32_t name_start, name_end;      /* without title and function */
    uint32_t colon;
    uint64_t key;                       /* of the label; 0: has none */
    enum turn_kind kind;
    bool strong;                        /* a label that prose hardly has */
    bool alone;                         /* a label on a line of its own */
    bool asks, aside;
};

struct transcript {
    struct turn *lines;
    size_t count, room;
};

/* Reads the lines of t->text; their kinds are all TURN_NONE where it is no
 * transcript.  `source` is the house, whose own words are questions.  Uses
 * the tokens of `t`. */
void transcript_read(struct transcript *s, struct quote_text *t,
                     struct bytes source);

void transcript_release(struct transcript *s);

#endif
