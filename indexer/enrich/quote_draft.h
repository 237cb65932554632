/* quote_draft.h -- a quotation before its speaker has a name. */
#ifndef LEDE_ENRICH_QUOTE_DRAFT_H
#define LEDE_ENRICH_QUOTE_DRAFT_H

#include "common/quotation.h"

/* Byte offsets are those of the field that is searched. */
struct quote_draft {
    uint32_t start, end;
    uint32_t cue_start, cue_end;
    uint32_t speaker_start, speaker_end;
    uint32_t name_start, name_end;  /* the name in the speaker's words */
    uint32_t sentence_start, sentence_end;
    uint32_t flags;                 /* of a pronoun or a determiner */
    enum quotation_where where;
    enum quotation_kind kind;
    enum speaker_kind speaker_kind;
    bool denied, open, carried;     /* open: nothing closed its marks;
                                       carried: speaker of the one before */
    float confidence;
    struct bytes name, role;
};

struct quote_drafts {
    struct quote_draft *items;
    size_t count, room;
};

#endif
