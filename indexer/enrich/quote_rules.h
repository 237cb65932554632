/* quote_rules.h -- the rules that find quotations in a sentence. */
#ifndef LEDE_ENRICH_QUOTE_RULES_H
#define LEDE_ENRICH_QUOTE_RULES_H

#include "indexer/enrich/quote_draft.h"
#include "indexer/enrich/quote_phrase.h"

struct quote_rules {
    struct quote_text text;
    struct quote_drafts found;
    enum quotation_where where;
    uint32_t sentence_start, sentence_end;
    size_t from;                /* the sentence's first token */
    unsigned since;             /* paragraphs since then */
    bool reported;              /* the sentence before was one's words */
};

/* Appends what the paragraph in r->text says. */
void quote_rules_apply(struct quote_rules *r);

#endif
