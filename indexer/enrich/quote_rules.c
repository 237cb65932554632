/* quote_rules.c -- the sentences of a paragraph, and which rule takes them.
 *
 *   NAME: the rest of the paragraph            transcripts
 *   sentences with quotes                      quote_direct.c
 *   the others, and what that did not take     quote_reported.c
 *
 * The first that fits wins, and no byte belongs to two quotations.
 */
#include "indexer/enrich/quote_rule.h"

#include <stdlib.h>

#include "common/base/error.h"

enum { SENTENCE_MOST = 250,     /* tokens; the rules look at pairs of them */
       CARRY_MOST = 8 };        /* quotations without a speaker between */

struct quote_draft *quote_put(struct quote_rules *r, uint32_t start,
                             uint32_t end, enum quotation_kind kind)
{
    struct quote_drafts *q = &r->found;

    if (q->count == q->room) {
        q->room = q->room ? q->room * 2 : 64;
        q->items = must_realloc(q->items, q->room * sizeof(*q->items));
    }
    q->items[q->count] = (struct quote_draft){
        .start = start, .end = end, .kind = kind, .where = r->where,
        .sentence_start = r->sentence_start, .sentence_end = r->sentence_end };
    r->since = 0;
    return &q->items[q->count++];
}

/* The speaker of the quotation before. */
static void carry(struct quote_rules *r, struct quote_draft *q)
{
    size_t own = (size_t)(q - r->found.items);

    for (size_t i = own; i-- > 0;) {
        const struct quote_draft *last = &r->found.items[i];

        if (last->where != q->where || own - i > CARRY_MOST)
            return;
        if (last->speaker_end == last->speaker_start)
            continue;
        q->speaker_start = last->speaker_start;
        q->speaker_end = last->speaker_end;
        q->name_start = last->name_start;
        q->name_end = last->name_end;
        q->flags = last->flags;
        q->speaker_kind = last->speaker_kind;
        q->carried = true;
        return;
    }
}

void quote_attribute(struct quote_rules *r, struct quote_draft *q,
                      const struct phrase *p, size_t cue, float rule)
{
    const struct quote_token *seq = r->text.seq;

    q->cue_start = seq[cue].start;
    q->cue_end = seq[cue].end;
    q->denied = seq[cue].flags & QW_DENY;
    q->confidence = rule * (0.7f + 0.3f * seq[cue].percent / 100);
    if (!p || p->kind == SPEAKER_NONE) {
        carry(r, q);
        return;
    }
    q->speaker_kind = p->kind;
    q->flags = p->flags;
    q->speaker_start = seq[p->from].start;
    q->speaker_end = seq[p->to - 1].end;
    if (p->name_to > p->name_from) {
        q->name_start = seq[p->name_from].start;
        q->name_end = seq[p->name_to - 1].end;
    }
}

/* The clause of tokens [a, b), without signs around it. */
struct quote_draft *quote_put_clause(struct quote_rules *r, size_t a, size_t b)
{
    bool quoted = false;

    while (a < b && at(r, a)->kind >= QT_COMMA && at(r, a)->kind <= QT_DASH)
        a++;
    while (b > a && at(r, b - 1)->kind >= QT_COMMA &&
           at(r, b - 1)->kind <= QT_DASH)
        b--;
    if (b < a + 2 && (b == a || at(r, a)->kind != QT_QUOTE))
        return NULL;
    for (size_t i = a; i < b; i++)
        quoted = quoted || at(r, i)->kind == QT_QUOTE;
    return quote_put(r, at(r, a)->start, at(r, b - 1)->end,
               b == a + 1 && quoted ? QUOTE_DIRECT
               : quoted ? QUOTE_MIXED : QUOTE_REPORTED);
}

void quote_go_on(struct quote_rules *r, size_t a, size_t b,
                     const struct phrase *speaker)
{
    for (size_t i = a; i + 3 < b; i++) {
        struct quote_draft *q;

        if (!is(r, i, b, QT_COMMA) || !flag(r, i + 1, b, QW_ING) ||
            !(flag(r, i + 2, b, QW_THAT | QW_OPEN | QW_DET | QW_PRON)))
            continue;
        q = quote_put_clause(r, i + 2, b);
        if (q)
            quote_attribute(r, q, speaker, i + 1, 0.9f);
        return;
    }
}

/* "and warned", "but said": the speaker again. */
static bool and_says(const struct quote_rules *r, size_t i, size_t b)
{
    size_t cue = phrase_skip_adverbs(&r->text, i + 1, b);

    return flag(r, i, b, QW_CONJ) && phrase_is_cue(&r->text, cue, b, CUES |
           QW_OBJECT | QW_WEAK) && phrase_is_verb(&r->text, cue) &&
           !flag(r, cue + 1, b, QW_CONJ) && cue + 1 < b;
}

size_t quote_clause_end(struct quote_rules *r, size_t i, size_t b)
{
    for (; i + 2 < b; i++) {
        struct phrase p;
        size_t at_cue;

        if (and_says(r, i, b))
            return i;
        if (!is(r, i, b, QT_COMMA) && !is(r, i, b, QT_DASH))
            continue;
        if (flag(r, i + 1, b, QW_ING) || and_says(r, i + 1, b) ||
            (flag(r, i + 1, b, QW_START) && flag(r, i + 1, b, QW_NOBODY)))
            return i;
        p = phrase_at(&r->text, i + 1 + flag(r, i + 1, b, QW_CONJ), b);
        if (p.kind == SPEAKER_NONE || p.flags & QW_WHO)
            continue;
        at_cue = phrase_skip_adverbs(&r->text, p.to, b);
        if (phrase_is_cue(&r->text, at_cue, b, CUES | QW_OBJECT) &&
            at_cue + 1 < b)
            return i;
    }
    return b;
}

/* --- Sentences --- */

/* NAME: the rest of the paragraph. */
static bool transcript(struct quote_rules *r)
{
    size_t n = r->text.seq_count, i = 0;
    struct phrase p;
    struct quote_draft *q;

    while (i < n && i < 10 && !is(r, i, n, QT_COLON))
        i++;
    if (i == 0 || i >= 10 || i + 2 > n)
        return false;
    p = (struct phrase){ .to = i, .name_to = i, .kind = SPEAKER_NAME };
    for (size_t k = 0; k < i; k++) {
        const struct quote_token *w = at(r, k);

        if (w->kind == QT_OPEN && k) {
            p.to = p.name_to = k;
            break;
        }
        if (w->kind == QT_COMMA && k) {
            p.name_to = k;
            break;
        }
        if (w->kind != QT_WORD || !(w->shape & SHAPE_CAP || w->flags & QW_LINK)
            || w->flags & (QW_DET | QW_START | QW_TIME))
            return false;
    }
    if (p.name_to > 5 || (p.name_to == 1 && !(at(r, 0)->shape & SHAPE_CAPS) &&
        !is(r, i + 1, n, QT_QUOTE)))
        return false;
    r->sentence_start = at(r, 0)->start;
    r->sentence_end = at(r, n - 1)->end;
    q = quote_put_clause(r, i + 1, n);
    if (q) {
        q->end = at(r, n - 1)->end;
        quote_attribute(r, q, &p, i, 0.97f);
        q->kind = QUOTE_DIRECT;
        q->confidence = 0.93f;
    }
    return q != NULL;
}

/* Whether a draft near the k-th has token `i` for its words or its cue. */
static bool is_taken(const struct quote_rules *r, size_t k, size_t i)
{
    uint32_t start = r->text.seq[i].start;

    for (size_t n = k ? k - 1 : 0; n < r->found.count && n < k + 2; n++) {
        const struct quote_draft *q = &r->found.items[n];

        if ((start >= q->start && start < q->end) ||
            (start >= q->cue_start && start < q->cue_end))
            return true;
    }
    return false;
}

/* Clauses of [a, b) that the quotes, drafts from `first` on, leave over. */
static void residue(struct quote_rules *r, size_t first, size_t a, size_t b)
{
    size_t k = first, last = r->found.count, from = a;

    for (size_t i = a; i <= b; i++) {
        while (i < b && k + 1 < last &&
               r->found.items[k].end <= at(r, i)->start)
            k++;
        if (i < b && !is_taken(r, k, i))
            continue;
        if (i - from >= 4)
            quote_reported(r, from, i);
        from = i + 1;
    }
}

static void sentence(struct quote_rules *r, size_t a, size_t b)
{
    bool quoted = false, taken;
    size_t first = r->found.count;

    r->from = a;
    r->sentence_start = at(r, a)->start;
    r->sentence_end = at(r, b - 1)->end;
    if (b > a && at(r, b - 1)->kind == QT_STOP)
        b--;
    for (size_t i = a; i < b && !quoted; i++)
        quoted = at(r, i)->kind == QT_QUOTE;
    taken = quoted && quote_direct(r, a, b);
    if (taken)
        residue(r, first, a, b);
    if (!taken && b - a >= 4)
        taken = quote_according(r, a, b) || quote_reversed(r, a, b) ||
                quote_reported(r, a, b) || quote_same_speaker(r, a, b);
    r->reported = taken && r->found.count;
}

/* Whether a sentence ends behind token `i`. */
static bool ends(struct quote_rules *r, size_t i)
{
    const struct quote_token *w = at(r, i);
    size_t n = r->text.seq_count;
    struct phrase p;
    size_t cue;

    if (i + 1 >= n)
        return true;
    if (w->kind == QT_STOP)
        return at(r, i + 1)->kind == QT_QUOTE || at(r, i + 1)->kind ==
               QT_NUMBER || (at(r, i + 1)->kind == QT_WORD &&
               at(r, i + 1)->shape & SHAPE_CAP) ||
               (at(r, i + 1)->kind == QT_OPEN);
    if (w->kind != QT_QUOTE || !w->last || !strchr(".!?", w->last))
        return false;
    return (at(r, i + 1)->kind == QT_QUOTE || at(r, i + 1)->shape & SHAPE_CAP)
           && !(w->last != '.' && quote_cue_behind(r, i, n, &p, &cue));
}

void quote_rules_apply(struct quote_rules *r)
{
    size_t from = 0, n = r->text.seq_count;

    r->since++;
    if (n && !transcript(r)) {
        for (size_t i = 0; i < n; i++) {
            if (ends(r, i) || i - from >= SENTENCE_MOST) {
                sentence(r, from, i + 1);
                from = i + 1;
            }
        }
    }
}
