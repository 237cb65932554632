/* quotation.h -- what an article says that somebody said. */
#ifndef LEDE_QUOTATION_H
#define LEDE_QUOTATION_H

#include "common/base/bytes.h"

/* Direct: the words stand in marks.  Mixed: some of them do.  Reported: they
 * are the article's words. */
enum quotation_kind { QUOTE_DIRECT, QUOTE_MIXED, QUOTE_REPORTED };

/* The field of the article that the offsets are of. */
enum quotation_where { QUOTE_IN_TITLE, QUOTE_IN_LEAD, QUOTE_IN_BODY };

/* How the speaker is named. */
enum speaker_kind {
    SPEAKER_NONE,           /* nobody is named */
    SPEAKER_NAME,
    SPEAKER_PRONOUN,
    SPEAKER_ROLE,           /* "the foreign minister", "officials" */
    SPEAKER_CARRIED,        /* of the quotation before */
};

/* Offsets are bytes of the field; equal ones mean that there is none. */
struct quotation {
    uint32_t start, end;            /* with the marks of a direct one */
    uint32_t cue_start, cue_end;
    uint32_t speaker_start, speaker_end;
    uint32_t sentence_start, sentence_end;
    enum quotation_where where;
    enum quotation_kind kind;
    enum speaker_kind speaker_kind;
    bool denied;                    /* the speaker says that it is not so */
    float confidence;               /* 0 to 1 that the speaker is right */
    struct bytes name;              /* in full, as the article has it; empty
                                       where no name is known */
    struct bytes role;              /* "Russian Foreign Minister", or empty */
};

struct quotations {
    struct quotation *items;
    size_t count;
};

/* "direct", "mixed", "reported". */
const char *quotation_kind_name(enum quotation_kind kind);

/* "title", "lead", "body". */
const char *quotation_where_name(enum quotation_where where);

#endif
