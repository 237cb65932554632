/* quotation.h -- what an article says that somebody said. */
#ifndef LEDE_QUOTATION_H
#define LEDE_QUOTATION_H

#include "common/base/buffer.h"

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

/* A quotation as the index stores it, beside its article. */
struct quotation_record {
    enum quotation_where where;
    enum quotation_kind kind;
    enum speaker_kind speaker_kind;
    bool denied;
    bool by_hand;                   /* the speaker was corrected; unpacking
                                       knows nothing of it */
    uint32_t percent;               /* confidence */
    uint32_t start, end;            /* of the words, in the field */
    struct bytes words, cue, name, role;
    struct bytes speaker;           /* as written */
    struct bytes before, after;     /* the rest of the sentence */
};

/* The record of `q`, which is of this text.  Unpacking borrows; false where
 * it is no record. */
void quotation_pack(struct buffer *record, const struct quotation *q,
                    struct bytes text);
bool quotation_unpack(struct quotation_record *r, struct bytes record);

/* Who is meant: the full name, else who is written, but no pronoun. */
struct bytes quotation_speaker(const struct quotation_record *r);

/* What a quotation's column of the version has beside kind, denial and
 * confidence, in its bits from 10 up: how many words it has, at most 63, and
 * 48 bits, each the lowest of the least of their hashes.  Where a share J of
 * the words of two is in both, (1 + J) / 2 of the bits agree (min-wise
 * hashing, Broder 1997; its lowest bits, Li and Koenig 2010). */
uint64_t quotation_sketch(struct bytes words);

static inline unsigned sketch_words(uint64_t version)
{
    return version >> 10 & 63;
}

/* How many of the 48 bits agree. */
unsigned sketch_agree(uint64_t version, uint64_t other);

/* "direct", "mixed", "reported". */
const char *quotation_kind_name(enum quotation_kind kind);

/* "title", "lead", "body". */
const char *quotation_where_name(enum quotation_where where);

#endif
