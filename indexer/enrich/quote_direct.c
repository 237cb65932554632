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
static bool cue_before(struct quote_rules *r, size_t first, size_t lo,
                       size_t q, struct phrase *p, size_t *cue)
{
    for (size_t i = first; i < q; i++) {
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

static bool is_partial(struct quote_rules *r, size_t cue, size_t q, size_t b)
{
    const struct quote_token *mark = at(r, q);

    if (q == cue + 1)
        return !(mark->shape & SHAPE_CAP) && q + 1 < b &&
               at(r, q + 1)->kind == QT_WORD;
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
static size_t around(struct quote_rules *r, size_t first, size_t lo, size_t q,
                     size_t b, struct phrase *p, size_t *cue)
{
    for (size_t i = first; i + 1 < q; i++) {
        size_t start;

        if (!phrase_is_cue(&r->text, i, q, CUES | QW_ING) ||
            (flag(r, i, q, QW_ING) && flag(r, i, q, QW_OBJECT)))
            continue;
        *p = quote_subject(r, i, lo, q);
        if (p->kind == SPEAKER_NONE)
            continue;
        *cue = i;
        start = quote_clause_start(r, i, b);
        return start < q ? start : 0;
    }
    return 0;
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

/* "The reality is, he said, it was 'over'": where his words go on behind an
 * aside with the cue; 0: it is none, or nothing was said before it. */
static size_t aside(struct quote_rules *r, size_t a, size_t q,
                    const struct phrase *p, size_t cue)
{
    bool verb = false;

    if (p->kind == SPEAKER_NONE || p->from < a + 2 || p->from > cue ||
        !is(r, p->from - 1, q, QT_COMMA) || !is(r, cue + 1, q, QT_COMMA))
        return 0;
    for (size_t i = a; i < p->from; i++)
        verb = verb || phrase_is_verb(&r->text, i);
    if (cue + 2 == q && (at(r, q)->shape & SHAPE_CAP ||
        (!verb && flag(r, a, q, QW_START | QW_PREP))))
        return 0;
    return cue + 2;
}

/* 'on "Meet the Press"': a title behind a word that names nobody. */
static bool is_title(struct quote_rules *r, size_t a, size_t q)
{
    return q > a && at(r, q)->shape & SHAPE_CAPS &&
           at(r, q - 1)->kind == QT_WORD &&
           !flag(r, q - 1, q, CUES | QW_OBJECT | QW_DET | QW_ING);
}

/* What is known of a sentence so far. */
struct told {
    size_t a, b;
    size_t last, first;     /* behind what is taken; where a cue may stand */
    struct phrase speaker;  /* of the last quote that had one */
    size_t cue;
    bool known, taken;
};

/* How a quote is told: by the cue behind it, or before it. */
struct telling {
    struct phrase p;
    size_t cue, from;       /* from: where the clause around it begins */
    bool behind, before, around;
};

static struct telling telling_of(struct quote_rules *r, struct told *s,
                                 size_t q)
{
    struct telling t = { .p = { .kind = SPEAKER_NONE } };
    bool own = !s->known || at(r, q)->words < WORDS_LEAST;

    t.behind = quote_cue_behind(r, q, r->text.seq_count, &t.p, &t.cue);
    if (t.behind) {
        t.from = s->last;
        t.around = !s->known && opens_before(r, s->last, q);
        return t;
    }
    if (s->first < s->last)
        s->first = s->last;
    while (s->first < q && !flag(r, s->first, q, CUES | QW_OBJECT | QW_WEAK |
                                                 QW_ING))
        s->first++;
    t.from = s->known ? 0 : around(r, s->first, s->last, q, s->b, &t.p, &t.cue);
    t.around = t.from;
    if (t.around || !own)
        return t;
    t.before = cue_before(r, s->first, s->last, q, &t.p, &t.cue);
    if (t.before && (t.from = aside(r, s->last, q, &t.p, t.cue))) {
        struct quote_draft *found = quote_put_clause(r, s->last, t.p.from);

        if (found)
            quote_attribute(r, found, &t.p, t.cue, 0.9f);
        t.around = true;
    } else if (t.before && (is_partial(r, t.cue, q, s->b) ||
                            at(r, q)->words < 2)) {
        t.from = content_start(r, t.cue, q);
        t.around = true;
    }
    return t;
}

/* A quote in the beginning that goes on with what was said before. */
static bool floats(const struct quote_rules *r, size_t a, size_t q, size_t b)
{
    const struct quote_token *mark = at(r, q);
    bool next = r->reported && r->since == 0 && mark->shape & SHAPE_CAP;

    return q == a && (mark->words >= WORDS_LEAST || next) && r->since <= 2 &&
           r->found.count && (q + 1 >= b || is(r, q + 1, b, QT_STOP) ||
           (mark->last && strchr(".!?", mark->last)));
}

/* Takes the quote at `q` alone. */
static void take(struct quote_rules *r, struct told *s, size_t q,
                 const struct telling *t)
{
    const struct quote_token *mark = at(r, q);
    struct quote_draft *found = quote_put(r, mark->start, mark->end,
                                          QUOTE_DIRECT);

    if (t->behind || t->before) {
        s->speaker = t->p;
        s->cue = t->cue;
        s->known = true;
    }
    quote_attribute(r, found, s->known ? &s->speaker : NULL, s->cue,
                    t->behind ? 0.99f : t->before ? 0.95f
                    : s->known ? 0.9f : 0.75f);
    if (!s->known)
        found->cue_end = found->cue_start;
    s->taken = true;
    s->last = t->behind && t->cue + 1 < s->b ? t->cue + 1 : q + 1;
}

/* Sentence [a, b) with quotes; whether any was taken. */
bool quote_direct(struct quote_rules *r, size_t a, size_t b)
{
    struct told s = { .a = a, .b = b, .last = a, .first = a, .cue = a,
                      .speaker = { .kind = SPEAKER_NONE } };

    for (size_t q = a; q < b; q++) {
        struct telling t;

        if (at(r, q)->kind != QT_QUOTE || is_title(r, a, q))
            continue;
        t = telling_of(r, &s, q);
        if (t.behind && q > a && t.cue == q + 1 &&
            quote_subject_leads(r, t.cue, s.last))
            continue;
        if (t.around) {
            q = t.behind ? mixed_before(r, t.from, q, &t.p, t.cue)
                         : mixed(r, t.from, q, b, &t.p, t.cue);
            if (q == b)
                return true;
            s.taken = true;
            s.known = false;
            s.last = q + 1;
        } else if (t.behind || t.before || floats(r, a, q, b) ||
                   (s.known && at(r, q)->words >= WORDS_LEAST)) {
            take(r, &s, q, &t);
        }
    }
    if (s.taken && s.known)
        quote_go_on(r, s.last, b, &s.speaker);
    return s.taken;
}
