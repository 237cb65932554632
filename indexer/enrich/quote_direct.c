/* quote_direct.c -- direct and mixed speech.
 *
 *   QUOTE, NP cue | QUOTE, cue NP | NP cue ... QUOTE
 *   QUOTE. in the beginning, after a quotation: the same speaker
 *   NP cue words "QUOTE" words: mixed, to the end of the clause
 */
#include "indexer/enrich/quote_rule.h"

enum { CUE_GAP = 90, WORDS_WHOLE = 6, WORDS_LEAST = 4 };

static bool sure_sign(const struct quote_token *q)
{
    return q->last && strchr(",?!-", q->last);
}

bool quote_cue_behind(struct quote_rules *r, size_t q, size_t hi,
                      struct phrase *p, size_t *cue)
{
    size_t i = q + 1, after;
    bool sign = sure_sign(at(r, q));

    while (i < hi && i < q + 4 && (at(r, i)->kind == QT_COMMA ||
           at(r, i)->kind == QT_DASH)) {
        sign = true;
        i++;
    }
    if (!sign && !flag(r, i, hi, QW_SAY) && !flag(r, i + 1, hi, QW_SAY))
        return false;
    if (flag(r, i, hi, QW_CONJ) || (flag(r, i, hi, QW_START) &&
        !flag(r, i, hi, QW_PREP | CUES)))
        i++;
    if (flag(r, i, hi, QW_ACC) && !flag(r, i, hi, QW_POST)) {
        *cue = i;
        *p = phrase_at(&r->text, i + 1, hi);
        return p->kind != SPEAKER_NONE;
    }
    after = phrase_skip_adverbs(&r->text, i, hi);
    if (phrase_is_cue(&r->text, after, hi, CUES)) {
        *cue = after;
        after = phrase_skip_adverbs(&r->text, after + 1, hi);
        *p = phrase_at(&r->text, after, hi);
        return true;
    }
    *p = phrase_at(&r->text, i, hi);
    if (p->kind == SPEAKER_NONE)
        return false;
    after = phrase_skip_apposition(&r->text, p->to, hi);
    if (after == p->to)
        after = p->to;
    after = phrase_skip_adverbs(&r->text, after, hi);
    *cue = after;
    return phrase_is_cue(&r->text, after, hi, CUES | QW_OBJECT | QW_WEAK) &&
           !flag(r, after + 1, hi, QW_THAT);
}

/* NP cue ... QUOTE: the first cue with a subject that is near enough. */
static bool cue_before(struct quote_rules *r, size_t lo, size_t q,
                       struct phrase *p, size_t *cue)
{
    for (size_t i = lo; i < q; i++) {
        if (!phrase_is_cue(&r->text, i, q, CUES | QW_OBJECT | QW_WEAK |
                           QW_ING) ||
            at(r, q)->start - at(r, i)->end > CUE_GAP)
            continue;
        *p = phrase_subject(&r->text, i, lo);
        *cue = i;
        if (p->kind != SPEAKER_NONE)
            return true;
        if (flag(r, i, q, QW_ING) || (i > lo && flag(r, i - 1, q, QW_CONJ))) {
            *p = phrase_at(&r->text, lo, i);
            return true;
        }
        if (i > lo && r->text.words->comma_clause) {
            *p = phrase_at(&r->text, phrase_skip_adverbs(&r->text, i + 1, q),
                           q);
            return true;
        }
    }
    return false;
}

/* Where what is said begins behind the cue: not with whom it is said to. */
static size_t content_start(struct quote_rules *r, size_t cue, size_t q)
{
    size_t i = cue + 1;

    for (size_t k = i; k < q; k++)
        if (flag(r, k, q, QW_THAT) || is(r, k, q, QT_COLON))
            return is(r, k, q, QT_COLON) ? k + 1 : k;
    return i;
}

static bool is_partial(struct quote_rules *r, size_t cue, size_t q)
{
    const struct quote_token *mark = at(r, q);

    if (q == cue + 1)
        return false;
    if (is(r, q - 1, q, QT_COLON) || is(r, q - 1, q, QT_COMMA))
        return flag(r, cue, q, QW_OBJECT) && !is(r, q - 1, q, QT_COLON);
    if (at(r, q - 1)->flags & (QW_THAT | QW_DET | QW_PREP | QW_BE | QW_AUX) &&
        at(r, q - 1)->kind == QT_WORD)
        return true;
    return !(mark->shape & SHAPE_CAP || mark->words >= WORDS_WHOLE) ||
           flag(r, cue, q, QW_OBJECT);
}

/* Where a reported clause begins that the quote at `q` is a part of, with its
 * speaker and cue; 0: in none. */
static size_t around(struct quote_rules *r, size_t lo, size_t q, size_t b,
                     struct phrase *p, size_t *cue)
{
    for (size_t i = lo; i + 1 < q; i++) {
        size_t start;

        if (!phrase_is_cue(&r->text, i, q, CUES))
            continue;
        *p = phrase_subject(&r->text, i, lo);
        if (p->kind == SPEAKER_NONE)
            continue;
        *cue = i;
        start = quote_clause_start(r, i, b);
        return start < q ? start : 0;
    }
    return 0;
}

static size_t paragraph_end(const struct quote_rules *r)
{
    return r->text.seq_count;
}

/* Takes the clause from `from` on around the quote at `q`; where it ends. */
static size_t mixed(struct quote_rules *r, size_t from, size_t q, size_t b,
                    const struct phrase *p, size_t cue)
{
    size_t end = quote_clause_end(r, q + 1, b);
    struct quote_draft *found = quote_put_clause(r, from, end);

    if (found)
        quote_attribute(r, found, p, cue, 0.85f);
    if (end == b || !flag(r, end + 1, b, QW_ING))
        return end;
    quote_go_on(r, end, b, p);
    return b;
}

/* Whether the sentence begins before the quote at `q`, behind which a cue
 * stands: 'In Ohio he "won," he said'. */
static bool opens_before(struct quote_rules *r, size_t a, size_t q)
{
    if (q < a + 2 || at(r, q - 1)->kind != QT_WORD)
        return false;
    for (size_t i = a; i < q; i++)
        if (at(r, i)->kind == QT_QUOTE || phrase_is_cue(&r->text, i, q, CUES))
            return false;
    return true;
}

/* Takes tokens [from, q] for what the cue behind them reports. */
static size_t mixed_before(struct quote_rules *r, size_t from, size_t q,
                           const struct phrase *p, size_t cue)
{
    struct quote_draft *found = quote_put_clause(r, from, q + 1);

    if (found)
        quote_attribute(r, found, p, cue, 0.9f);
    return q;
}

/* Sentence [a, b) with quotes; whether any was taken. */
bool quote_direct(struct quote_rules *r, size_t a, size_t b)
{
    bool taken = false, known = false;
    struct phrase p, speaker = { .kind = SPEAKER_NONE };
    size_t cue = a, last_cue = a, hi = paragraph_end(r), last = a;
    struct quote_draft *found;

    for (size_t q = a; q < b; q++) {
        const struct quote_token *mark = at(r, q);
        bool behind, before, part;
        size_t from;

        if (mark->kind != QT_QUOTE)
            continue;
        behind = quote_cue_behind(r, q, hi, &p, &cue);
        from = behind || known ? 0 : around(r, last, q, b, &p, &cue);
        before = !from && !behind && !(known && mark->words >= WORDS_LEAST) &&
                 cue_before(r, last, q, &p, &cue);
        part = behind && !known && opens_before(r, last, q);
        if (!from && before && (is_partial(r, cue, q) || mark->words < 2))
            from = content_start(r, cue, q);
        if (from || part) {
            q = part ? mixed_before(r, last, q, &p, cue)
                     : mixed(r, from, q, b, &p, cue);
            if (q == b)
                return true;
            taken = true;
            known = false;
            last = q + 1;
            continue;
        }
        if (!behind && !before && !(known && mark->words >= WORDS_LEAST)) {
            bool next = r->reported && r->since == 0 && mark->shape & SHAPE_CAP;
            bool floats = q == a && (mark->words >= WORDS_LEAST || next) &&
                r->since <= 2 && r->found.count && (q + 1 >= b ||
                (mark->last && strchr(".!?", mark->last)) ||
                is(r, q + 1, b, QT_STOP));

            if (!floats)
                continue;
        }
        found = quote_put(r, mark->start, mark->end, QUOTE_DIRECT);
        if (behind || before) {
            speaker = p;
            last_cue = cue;
            known = true;
        }
        quote_attribute(r, found, known ? &speaker : NULL, last_cue,
                  behind ? 0.99f : before ? 0.95f : known ? 0.9f : 0.75f);
        if (!known)
            found->cue_end = found->cue_start;
        taken = true;
        last = behind && cue + 1 < b ? cue + 1 : q + 1;
    }
    if (taken && known)
        quote_go_on(r, last, b, &speaker);
    return taken;
}
