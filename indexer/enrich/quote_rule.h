/* quote_rule.h -- what the rules share; a rule looks at tokens [a, b) of a
 * sentence, and says whether it took a quotation there.
 */
#ifndef LEDE_ENRICH_QUOTE_RULE_H
#define LEDE_ENRICH_QUOTE_RULE_H

#include <string.h>

#include "indexer/enrich/quote_rules.h"

enum { CUES = QW_SAY | QW_CUE };

static inline const struct quote_token *at(const struct quote_rules *r,
                                           size_t i)
{
    return &r->text.seq[i];
}

static inline bool is(const struct quote_rules *r, size_t i, size_t hi,
                      int kind)
{
    return i < hi && at(r, i)->kind == kind;
}

static inline bool flag(const struct quote_rules *r, size_t i, size_t hi,
                        uint32_t f)
{
    return i < hi && at(r, i)->kind == QT_WORD && at(r, i)->flags & f;
}

/* A new draft of these bytes. */
struct quote_draft *quote_put(struct quote_rules *r, uint32_t start,
                              uint32_t end, enum quotation_kind kind);

/* A new draft of the clause [a, b), without signs around it; NULL where that
 * is no clause. */
struct quote_draft *quote_put_clause(struct quote_rules *r, size_t a,
                                     size_t b);

/* Says by whom, with the cue and how often the rule is right; NULL is the
 * speaker of the quotation before. */
void quote_attribute(struct quote_rules *r, struct quote_draft *q,
                     const struct phrase *p, size_t cue, float rule);

/* Takes ", adding that ..." in [a, b) for the speaker's too. */
void quote_go_on(struct quote_rules *r, size_t a, size_t b,
                 const struct phrase *speaker);

/* Where the clause that goes on at `i` ends: at ", adding" or at the next
 * ", NP cue". */
size_t quote_clause_end(struct quote_rules *r, size_t i, size_t b);

/* Where the clause begins that the cue reports, behind whom it is said to and
 * when; 0: nowhere soon. */
size_t quote_clause_start(struct quote_rules *r, size_t cue, size_t b);

/* Who says it, of the cue in [a, b): its subject, or of "saying" and "and said"
 * the sentence's; where a language turns them round, what follows. */
struct phrase quote_subject(struct quote_rules *r, size_t cue, size_t a,
                            size_t b);

/* Whether the cue's subject begins at `a`, as in "Maria Lopez, who leads the
 * council, said". */
bool quote_subject_leads(struct quote_rules *r, size_t cue, size_t a);

/* Whether a cue and its speaker follow the quote at `q`, and which. */
bool quote_cue_behind(struct quote_rules *r, size_t q, size_t hi,
                      struct phrase *p, size_t *cue);

/* Quotes in marks, and clauses around them. */
bool quote_direct(struct quote_rules *r, size_t a, size_t b);

/* According to NP, CLAUSE; CLAUSE, according to NP. */
bool quote_according(struct quote_rules *r, size_t a, size_t b);

/* CLAUSE, NP cue; CLAUSE, cue NP. */
bool quote_reversed(struct quote_rules *r, size_t a, size_t b);

/* NP cue that CLAUSE. */
bool quote_reported(struct quote_rules *r, size_t a, size_t b);

/* A sentence in the form of reported speech behind one's words. */
bool quote_same_speaker(struct quote_rules *r, size_t a, size_t b);

#endif
