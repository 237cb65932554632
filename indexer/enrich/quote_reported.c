/* quote_reported.c -- reported speech.
 *
 *   according to NP, CLAUSE | CLAUSE, according to NP
 *   CLAUSE, NP cue | CLAUSE, cue NP | NP cue that CLAUSE
 */
#include "indexer/enrich/quote_rule.h"

/* Behind the speaker of "according to" and an apposition to him. */
static size_t behind_source(struct quote_rules *r, const struct phrase *p,
                            size_t b)
{
    struct phrase inside;

    if (!is(r, p->to, b, QT_COMMA))
        return p->to;
    inside = phrase_at(&r->text, p->to + 1, b);
    return inside.kind != SPEAKER_NONE && is(r, inside.to, b, QT_COMMA) &&
           r->text.words->comma_clause ? inside.to + 1 : p->to;
}

/* A word for "according to" that is more often another needs a sign before
 * it, and nothing but a pause behind the speaker. */
static bool surely_source(struct quote_rules *r, size_t i,
                          const struct phrase *p, size_t a, size_t b)
{
    if (at(r, i)->percent >= 50)
        return true;
    return i > a && (is(r, i - 1, b, QT_COMMA) || is(r, i - 1, b, QT_QUOTE)) &&
           (p->to >= b || at(r, p->to)->kind != QT_WORD ||
            flag(r, p->to, b, QW_AUX | QW_TIME | QW_PREP));
}

bool quote_according(struct quote_rules *r, size_t a, size_t b)
{
    bool comma = r->text.words->comma_clause;

    for (size_t i = a; i + 1 < b; i++) {
        struct phrase p;
        struct quote_draft *q;
        size_t end;

        if (!flag(r, i, b, QW_ACC | QW_POST))
            continue;
        p = flag(r, i, b, QW_POST) ? phrase_before(&r->text, i, a)
                                   : phrase_at(&r->text, i + 1, b);
        if (p.kind == SPEAKER_NONE || !surely_source(r, i, &p, a, b))
            continue;
        end = flag(r, i, b, QW_POST) ? i + 1 : behind_source(r, &p, b);
        if (i <= a + 1 || (flag(r, i, b, QW_POST) && p.from == a)) {
            while (!comma && end < b && !is(r, end, b, QT_COMMA))
                end++;
            q = end + 3 < b ? quote_put_clause(r, end, b) : NULL;
        } else {
            q = i <= a + 1 ? NULL
              : quote_put_clause(r, a, flag(r, i, b, QW_POST) ? p.from : i);
            if (end + 2 < b && (comma || (is(r, end, b, QT_COMMA) &&
                !flag(r, end + 1, b, QW_WHO | QW_ING)))) {
                if (q)
                    quote_attribute(r, q, &p, i, 0.9f);
                q = quote_put_clause(r, end, b);
            }
        }
        if (q)
            quote_attribute(r, q, &p, i, 0.95f);
        return q != NULL;
    }
    return false;
}

/* "Maria Lopez, the mayor" in front of "confirmed the plan" is no clause. */
static bool has_verb(struct quote_rules *r, size_t a, size_t c)
{
    for (size_t i = a; i < c; i++)
        if (phrase_is_verb(&r->text, i) || at(r, i)->kind == QT_QUOTE)
            return true;
    return false;
}

/* "Maria Lopez, who leads the council, said". */
bool quote_subject_leads(struct quote_rules *r, size_t cue, size_t a)
{
    struct phrase p = phrase_subject(&r->text, cue, a);

    return p.kind != SPEAKER_NONE && p.from == a;
}

/* Behind ", a geophysicist" at `i`, at the comma that ends it. */
static size_t behind_apposition(struct quote_rules *r, size_t i, size_t b)
{
    struct phrase p;

    if (!is(r, i, b, QT_COMMA) || !flag(r, i + 1, b, QW_DET))
        return i;
    p = phrase_at(&r->text, i + 1, b);
    return p.kind != SPEAKER_NONE && is(r, p.to, b, QT_COMMA) ? p.to : i;
}

/* Whether nothing but whom it was said to, where and when follows a cue that
 * stands behind what was said. */
static bool tail_only(struct quote_rules *r, size_t cue, size_t end, size_t b)
{
    for (size_t i = end; i < b && i < end + 12 && at(r, i)->kind <= QT_NUMBER;
         i++)
        if (flag(r, i, b, QW_THAT) && !flag(r, i, b, QW_DET))
            return false;
    if (end < b && !flag(r, cue, b, QW_SAY) && at(r, end)->kind == QT_WORD) {
        struct phrase p = phrase_at(&r->text, end, b);

        if (p.kind == SPEAKER_NAME || p.kind == SPEAKER_ROLE)
            end = p.to;
    }
    return end >= b || is(r, end, b, QT_COMMA) || is(r, end, b, QT_STOP) ||
           is(r, end, b, QT_DASH) || is(r, end, b, QT_SEMICOLON) ||
           flag(r, end, b, QW_PREP | QW_TIME | QW_CONJ | QW_START | QW_ING |
                           QW_ORG);
}

/* "As NP cue, CLAUSE". */
static bool as_said(struct quote_rules *r, size_t a, size_t b)
{
    struct phrase p = phrase_at(&r->text, a + 1, b);
    struct quote_draft *q;
    size_t cue;

    if (!flag(r, a, b, QW_START) || p.kind == SPEAKER_NONE)
        return false;
    cue = phrase_skip_adverbs(&r->text,
              phrase_skip_apposition(&r->text, p.to, b), b);
    if (!phrase_is_cue(&r->text, cue, b, CUES) || !is(r, cue + 1, b, QT_COMMA)
        || b < cue + 5)
        return false;
    q = quote_put_clause(r, cue + 1, b);
    if (q)
        quote_attribute(r, q, &p, cue, 0.9f);
    return q != NULL;
}

/* CLAUSE, NP cue ... and CLAUSE, cue NP ...; after it another CLAUSE. */
bool quote_reversed(struct quote_rules *r, size_t a, size_t b)
{
    if (as_said(r, a, b))
        return true;
    for (size_t c = a + 1; c + 2 < b + 1; c++) {
        struct phrase p;
        struct quote_draft *q;
        size_t i = c + 1, cue, end;
        bool goes_on;

        if (!is(r, c, b, QT_COMMA) && !is(r, c, b, QT_DASH))
            continue;
        while (i < b && at(r, i)->kind == QT_DASH)
            i++;
        if (phrase_is_cue(&r->text, i, b, CUES)) {
            cue = i;
            p = phrase_at(&r->text, phrase_skip_adverbs(&r->text, i + 1, b), b);
            end = p.kind == SPEAKER_NONE ? i + 1 : p.to;
            if (p.kind == SPEAKER_NONE && !r->text.words->comma_clause)
                continue;
            if ((!flag(r, cue, b, QW_SAY) && !has_verb(r, a, c)) ||
                quote_subject_leads(r, cue, a))
                continue;
        } else {
            p = phrase_at(&r->text, i, b);
            if (p.kind == SPEAKER_NONE || p.flags & QW_WHO)
                continue;
            cue = phrase_skip_adverbs(&r->text,
                      phrase_skip_apposition(&r->text, p.to, b), b);
            if (!phrase_is_cue(&r->text, cue, b, CUES))
                continue;
            end = cue + 1;
        }
        if (flag(r, end, b, QW_THAT) || (is(r, end, b, QT_COMMA) &&
            flag(r, end + 1, b, QW_THAT)))
            continue;
        if (flag(r, end, b, QW_NOBODY) && is(r, end + 1, b, QT_COMMA))
            end++;                              /* he said there, */
        if (!tail_only(r, cue, end, b) && p.kind != SPEAKER_NONE)
            continue;
        end = behind_apposition(r, end, b);
        goes_on = is(r, end, b, QT_COMMA) && b - end > 3 && (end == cue + 1 ||
            (p.to - p.from < 6 && !flag(r, end + 1, b, QW_DET | QW_WHO)));
        if ((c <= a + 2 || (flag(r, a, b, QW_START) &&
             !has_verb(r, a, c))) && !goes_on)
            continue;
        q = quote_put_clause(r, a, c);
        if (q)
            quote_attribute(r, q, &p, cue, 0.95f);
        if (goes_on && !flag(r, end + 1, b, QW_ING) &&
            (!q || !flag(r, end + 1, b, QW_WHO | QW_CONJ)) &&
            (q = quote_put_clause(r, end, quote_clause_end(r, end + 1, b))))
            quote_attribute(r, q, &p, cue, 0.9f);
        else
            quote_go_on(r, end, b, &p);
        return q != NULL;
    }
    return false;
}

/* A subject begins at `i`, and a finite verb follows it. */
static bool finite_soon(struct quote_rules *r, size_t i, size_t b)
{
    if (!flag(r, i, b, QW_DET) && !(at(r, i)->shape & SHAPE_CAP) &&
        !is(r, i, b, QT_NUMBER))
        return false;
    for (size_t k = i + 1; k < b && k < i + 9; k++) {
        if (at(r, k)->kind != QT_WORD && !is(r, k, b, QT_NUMBER))
            return false;
        if (flag(r, k, b, QW_THAT | QW_WHO | QW_PRON) ||
            (flag(r, k, b, QW_CONJ) && k + 1 < b &&
             phrase_is_verb(&r->text, k + 1)))
            return false;
        if (phrase_is_verb(&r->text, k))
            return true;
    }
    return false;
}

/* A pronoun begins a clause at `i`. */
static bool he_does(struct quote_rules *r, size_t i, size_t b)
{
    return flag(r, i, b, QW_PRON) && !flag(r, i, b, QW_NOBODY | QW_DET) &&
           i + 1 < b && (phrase_is_verb(&r->text, i + 1) ||
           memchr(r->text.text.data + at(r, i)->start, '\'',
                  at(r, i)->end - at(r, i)->start));
}

/* Whether a reported clause may begin at `i`, behind the cue. */
static bool opens_clause(struct quote_rules *r, size_t cue, size_t i, size_t b)
{
    bool comma = is(r, i, b, QT_COMMA), says = flag(r, cue, b, QW_SAY);

    i += comma;
    if (i >= b)
        return false;
    if (flag(r, i, b, QW_THAT))
        return true;
    if (flag(r, cue, b, QW_WEAK) || is(r, i + 1, b, QT_COMMA))
        return false;
    if (r->text.words->comma_clause)
        return comma && says;
    if (comma)
        return false;
    if (says && flag(r, i, b, QW_BE | QW_AUX))
        return true;                            /* what he said was */
    if (says && at(r, i)->kind == QT_WORD &&
        !(at(r, i)->flags & ~(uint32_t)(QW_ROLE | QW_TITLE | QW_MALE |
                                        QW_FEMALE | QW_ORG | QW_PAIR)) &&
        !(at(r, i)->shape & SHAPE_LY))
        return true;
    if (says)
        return flag(r, i, b, QW_OPEN | QW_PRON | QW_DET | QW_START) ||
               at(r, i)->shape & SHAPE_CAP || at(r, i)->kind == QT_NUMBER ||
               at(r, i)->kind == QT_QUOTE || at(r, i)->kind == QT_OTHER;
    return flag(r, i, b, QW_PRON) ||
           (!flag(r, cue, b, QW_OBJECT) && finite_soon(r, i, b));
}

/* Behind whom it is said to: "told the paper he would". */
static size_t behind_addressee(struct quote_rules *r, size_t cue, size_t b)
{
    struct phrase p = phrase_at(&r->text, cue + 1, b);
    size_t i = p.to;

    if (p.kind == SPEAKER_NONE || !flag(r, cue, b, QW_CUE) ||
        flag(r, cue, b, QW_WEAK) || r->text.words->comma_clause)
        return 0;
    while (i < b && flag(r, i, b, QW_TIME))
        i++;
    if (flag(r, i, b, QW_THAT) || he_does(r, i, b) ||
        (p.kind == SPEAKER_PRONOUN && finite_soon(r, i, b)))
        return i;
    return 0;
}

size_t quote_clause_start(struct quote_rules *r, size_t cue, size_t b)
{
    size_t start;

    if (flag(r, cue + 1, b, QW_PREP | QW_TIME))         /* on Friday that */
        for (size_t i = cue + 2; i < b && i < cue + 7 &&
             !flag(r, i, b, QW_BE | QW_AUX) && at(r, i)->kind <= QT_NUMBER;
             i++)
            if (flag(r, i, b, QW_THAT) && !flag(r, i, b, QW_DET))
                return i;
    if (cue + 2 < b && (start = behind_addressee(r, cue, b)))
        return start;
    for (size_t i = cue + 1; i < b && i < cue + 14; i++) {
        if (i == cue + 1 ? opens_clause(r, cue, i, b)
            : flag(r, i, b, QW_THAT) && (!flag(r, i, b, QW_DET)))
            return i;
        if (at(r, i)->kind == QT_COLON || at(r, i)->kind == QT_SEMICOLON ||
            (at(r, i)->kind == QT_QUOTE && !(at(r, i)->shape & SHAPE_CAPS)))
            return 0;
        if (is(r, i, b, QT_COMMA) && i > cue + 1 &&
            !flag(r, i + 1, b, QW_THAT) && !(r->text.words->comma_clause))
            return 0;
        if (i > cue + 1 && at(r, cue)->percent > 80 && flag(r, i, b, QW_PRON) &&
            flag(r, i + 1, b, QW_BE | QW_AUX))
            return i;
        if (r->text.words->comma_clause && is(r, i, b, QT_COMMA) &&
            i > cue + 1 && flag(r, cue, b, QW_SAY))
            return i;
    }
    return 0;
}

/* Where a clause stops before its end: at ";" or at "and noted that". */
static size_t clause_stop(struct quote_rules *r, size_t i, size_t end)
{
    for (; i + 2 < end; i++)
        if (at(r, i)->kind == QT_SEMICOLON ||
            (flag(r, i, end, QW_CONJ) && flag(r, i + 1, end, CUES) &&
             quote_clause_start(r, i + 1, end)))
            return i;
    return end;
}

/* Behind a clause that stops at `i`: what the same speaker goes on to say, or
 * another sentence in the sentence. */
static void rest(struct quote_rules *r, size_t i, size_t b,
                 const struct phrase *p)
{
    size_t start;

    if (i + 3 >= b)
        return;
    if (flag(r, i, b, QW_CONJ) && (start = quote_clause_start(r, i + 1, b))) {
        struct quote_draft *q = quote_put_clause(r, start,
                                    quote_clause_end(r, start, b));

        if (q)
            quote_attribute(r, q, p, i + 1, 0.85f);
    } else if (flag(r, i + 1, b, QW_ING)) {
        quote_go_on(r, i, b, p);
    } else {
        quote_reported(r, i + 1, b);
    }
}

struct phrase quote_subject(struct quote_rules *r, size_t cue, size_t a,
                            size_t b)
{
    bool ing = flag(r, cue, b, QW_ING), comma = r->text.words->comma_clause;
    struct phrase p = { .kind = SPEAKER_NONE }, after = p;
    size_t before = cue;

    if (comma) {
        after = phrase_at(&r->text, phrase_skip_adverbs(&r->text, cue + 1, b),
                          b);
        p = phrase_subject(&r->text, cue, a);
        if (p.kind == SPEAKER_NONE || (after.kind != SPEAKER_NONE &&
            p.from > a && flag(r, p.from - 1, b, QW_PREP)))
            return after;
        return p;
    }
    if (!(ing && cue > a && at(r, cue - 1)->kind != QT_WORD))
        p = phrase_subject(&r->text, cue, a);
    if (p.kind != SPEAKER_NONE || cue == a)
        return p;
    while (before > a && flag(r, before - 1, b, QW_AUX | QW_TIME))
        before--;
    if (!ing && (before == a || !flag(r, before - 1, b, QW_CONJ)))
        return p;
    p = phrase_subject_far(&r->text, cue, r->from < a ? r->from : a);
    return p.kind == SPEAKER_NONE ? phrase_at(&r->text, a, cue) : p;
}

bool quote_reported(struct quote_rules *r, size_t a, size_t b)
{
    for (size_t cue = a; cue + 2 < b; cue++) {
        struct phrase p;
        struct quote_draft *q;
        size_t start, end = b;

        if (!phrase_is_cue(&r->text, cue, b, CUES | QW_WEAK | QW_ING) ||
            (flag(r, cue, b, QW_ING) && flag(r, cue, b, QW_OBJECT)))
            continue;
        p = quote_subject(r, cue, a, b);
        if (p.kind == SPEAKER_NONE &&
            !(r->text.words->comma_clause && cue <= a + 1))
            continue;
        start = quote_clause_start(r, cue, b);
        if (!start)
            continue;
        end = clause_stop(r, start + 2, quote_clause_end(r, start + 2, b));
        if (flag(r, a, b, QW_START) && !flag(r, a, b, QW_PREP))
            for (size_t i = start + 2; i < end; i++)
                if (is(r, i, end, QT_COMMA))
                    end = i;                    /* When he said C, ... */
        q = quote_put_clause(r, start, end);
        if (!q)
            return false;
        quote_attribute(r, q, &p, cue, flag(r, cue, b, QW_WEAK) ? 0.8f : 0.95f);
        rest(r, end, b, &p);
        return true;
    }
    return false;
}

/* German: a sentence with sei, habe after one's words is his too. */
bool quote_same_speaker(struct quote_rules *r, size_t a, size_t b)
{
    struct quote_draft *q = NULL;

    if (!r->text.words->mood)
        return false;
    if (!r->reported && (r->since > 1 || !r->found.count))
        return false;
    for (size_t i = a; i < b && !q; i++)
        if (flag(r, i, b, QW_FINITE))
            q = quote_put_clause(r, a, b);
    if (!q)
        return false;
    quote_attribute(r, q, NULL, a, 0.7f);
    q->cue_end = q->cue_start;
    return true;
}
