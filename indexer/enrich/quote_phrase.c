/* quote_phrase.c -- who: noun phrases before and behind a cue.
 *
 *   the Republican nominee Donald Trump, who spoke in Ohio, also  said
 *   |DET           |nouns  |NAME       | apposition        | AUX  | cue
 *
 * There is no tagger: a phrase ends at a word that the table knows as a cue,
 * a preposition, a pronoun, an auxiliary or a conjunction.
 */
#include "indexer/enrich/quote_phrase.h"

enum { NOUNS_MOST = 9, VERBS_MOST = 6, FAR_MOST = 80, APPOSITION_BYTES = 180,
       CUES = QW_SAY | QW_CUE | QW_ING,
       STOPPERS = QW_PREP | QW_CONJ | QW_AUX | QW_BE | QW_PRON | QW_THAT |
                  QW_WHO | QW_ACC | QW_WEAK | QW_OBJECT | CUES };

static bool is_word(const struct quote_text *t, size_t i)
{
    return t->seq[i].kind == QT_WORD;
}

static bool is_cap(const struct quote_text *t, size_t i, size_t lo)
{
    const struct quote_token *w = &t->seq[i];

    if (w->kind != QT_WORD || !(w->shape & SHAPE_CAP) ||
        w->flags & QW_TIME)
        return false;
    return i > lo || !(w->flags & (STOPPERS | QW_DET | QW_START | QW_OPEN)) ||
           w->flags & (QW_MALE | QW_FEMALE);
}

static bool is_noun(const struct quote_text *t, size_t i)
{
    const struct quote_token *w = &t->seq[i];

    if (w->kind == QT_NUMBER)
        return true;
    return w->kind == QT_WORD && !(w->flags & (QW_DET | QW_TIME)) &&
           (!(w->flags & STOPPERS) || w->flags & QW_ROLE ||
            w->shape & SHAPE_CAP) && !(w->shape & SHAPE_LY);
}

bool phrase_is_cue(const struct quote_text *t, size_t i, size_t hi,
                   uint32_t kinds)
{
    return i < hi && t->seq[i].kind == QT_WORD && t->seq[i].flags & kinds &&
           !(t->seq[i].flags & QW_ROLE && t->seq[i].percent == 0);
}

size_t phrase_skip_adverbs(const struct quote_text *t, size_t i, size_t hi)
{
    for (unsigned n = 0; n < 4 && i < hi && is_word(t, i); n++, i++)
        if (!(t->seq[i].flags & (QW_AUX | QW_TIME)) &&
            !(t->seq[i].shape & SHAPE_LY))
            break;
    return i;
}

size_t phrase_skip_apposition(const struct quote_text *t, size_t i, size_t hi)
{
    size_t from = i;

    if (i < hi && t->seq[i].kind == QT_OPEN) {
        for (; i < hi && i < from + 10; i++)
            if (t->seq[i].kind == QT_CLOSE)
                return i + 1;
        return from;
    }
    if (i >= hi || t->seq[i].kind != QT_COMMA)
        return i;
    for (i++; i < hi; i++) {
        const struct quote_token *w = &t->seq[i];

        if (w->kind == QT_QUOTE || w->kind == QT_COLON ||
            w->kind == QT_STOP || w->kind == QT_SEMICOLON ||
            w->end - t->seq[from].start > APPOSITION_BYTES)
            return from;
        if (w->kind == QT_COMMA &&
            phrase_is_cue(t, phrase_skip_adverbs(t, i + 1, hi), hi,
                          CUES | QW_OBJECT | QW_WEAK))
            return i + 1;
    }
    return from;
}

size_t phrase_trim_name(const struct quote_token *w, size_t from, size_t to)
{
    size_t name = from;

    while (name < to && w[name].flags & (QW_DET | QW_PREP))
        name++;
    for (size_t i = name; i < to; i++)
        if (w[i].flags & QW_TITLE ? i + 1 < to || i == name
                                  : w[i].flags & QW_ROLE && i + 1 < to)
            name = i + 1;
    for (size_t i = name; i + 1 < to; i++)
        if (w[i].flags & (QW_MALE | QW_FEMALE))
            return i;
    return name;
}

/* Where every noun has a capital, one behind a determiner is no name, and of
 * more than two without a first name that is known the last two are. */
static void trim_nouns(const struct quote_text *t, struct phrase *p,
                       size_t from)
{
    size_t len = p->name_to - p->name_from;
    bool det = p->from > 0 && t->seq[p->from - 1].flags & QW_DET &&
               is_word(t, p->from - 1);

    det = det || t->seq[p->from].flags & QW_DET;
    if (len == 1 && p->name_from == from && det &&
        !(t->seq[from].shape & SHAPE_CAPS))
        p->name_from = p->name_to;
    else if (len > 2 && !(t->seq[p->name_from].flags & (QW_MALE | QW_FEMALE |
             QW_LINK)) && !(t->seq[p->name_to - 2].flags & QW_LINK))
        p->name_from = p->name_to - 2;
}

/* Finds the last run of capitals in [from, to) as the name. */
static void find_name(const struct quote_text *t, struct phrase *p)
{
    size_t end = p->to;

    p->name_from = p->name_to = p->to;
    if (!is_cap(t, end - 1, p->from))
        return;
    p->name_to = end;
    while (end > p->from) {
        const struct quote_token *w = &t->seq[end - 1];

        if (w->shape & SHAPE_OWNER && end < p->name_to)
            break;
        if (is_cap(t, end - 1, p->from) ||
            (w->flags & QW_LINK && end - 1 > p->from && end < p->name_to &&
             t->seq[end - 2].shape & SHAPE_CAP))
            end--;
        else
            break;
    }
    p->name_from = phrase_trim_name(t->seq, end, p->name_to);
    if (t->words->title_ends)
        trim_nouns(t, p, end);
    if (p->name_from < p->name_to)
        p->kind = SPEAKER_NAME;
    for (size_t i = end; i < p->name_from; i++)
        if (t->seq[i].flags & QW_TITLE)
            p->flags |= t->seq[i].flags & QW_MALE ? QW_HE
                      : t->seq[i].flags & QW_FEMALE ? QW_SHE : 0;
}

static struct phrase pronoun(const struct quote_text *t, size_t i)
{
    return (struct phrase){ i, i + 1, i + 1, i + 1, SPEAKER_PRONOUN,
                            t->seq[i].flags };
}

/* Behind "of the campaign" and the like. */
static size_t skip_of(const struct quote_text *t, size_t i, size_t hi)
{
    size_t from = i;

    if (i >= hi || t->seq[i].flags & CUES || !is_word(t, i) ||
        !(t->seq[i].flags & QW_PREP || (t->words->title_ends &&
          t->seq[i].flags & QW_DET)))               /* of; a genitive */
        return i;
    i += (t->seq[i].flags & QW_DET) == 0;
    if (i < hi && t->seq[i].flags & QW_DET)
        i++;
    for (unsigned n = 0; n < 5 && i < hi && is_noun(t, i); n++)
        i++;
    return i > from + 1 ? i : from;
}

/* "a yearly poll", "early returns". */
static bool is_adjective(const struct quote_text *t, size_t i, size_t hi)
{
    return i + 1 < hi && is_word(t, i) && is_noun(t, i + 1) &&
           !(t->seq[i].shape & SHAPE_CAP) && !(t->seq[i].flags & STOPPERS) &&
           (t->seq[i].flags & QW_TIME || t->seq[i].shape & SHAPE_LY);
}

struct phrase phrase_at(const struct quote_text *t, size_t i, size_t hi)
{
    struct phrase p = { .from = i, .kind = SPEAKER_NONE };
    size_t nouns = 0;
    bool det = false;

    if (i >= hi || (!is_word(t, i) && t->seq[i].kind != QT_NUMBER))
        return p;
    if (t->seq[i].flags & (QW_PRON | QW_WHO) &&
        !(t->seq[i].flags & QW_DET && i + 1 < hi && is_noun(t, i + 1)))
        return t->seq[i].flags & QW_NOBODY ? p : pronoun(t, i);
    if (t->seq[i].flags & QW_DET) {
        det = true;
        p.flags = t->seq[i].flags;
        i++;
    }
    if (is_adjective(t, i, hi))
        i++;
    for (; nouns < NOUNS_MOST && i < hi; nouns++, i++) {
        bool cue = t->seq[i].flags & (CUES | QW_WEAK | QW_OBJECT);

        if (t->seq[i].flags & QW_LINK && nouns && i + 1 < hi &&
            t->seq[i].flags & QW_LINK && is_cap(t, i + 1, 0))
            continue;
        if (!is_noun(t, i) && !(cue && det && !nouns && i + 1 < hi &&
                                (is_noun(t, i + 1) ||
                                 phrase_is_cue(t, i + 1, hi, CUES))))
            break;
        if (is_cap(t, i, 0) && nouns && !(t->seq[i].flags & QW_TITLE) &&
            i + 1 < hi && !is_cap(t, i + 1, 0) &&
            !(t->seq[i + 1].flags & (QW_ROLE | QW_TITLE | QW_LINK)) &&
            t->seq[i + 1].kind == QT_WORD &&
            !(t->seq[i].shape & SHAPE_OWNER) &&
            !(t->seq[i + 1].flags & STOPPERS)) {
            nouns++, i++;
            break;
        }
    }
    p.to = i;
    if (!nouns)
        return p;
    p.kind = SPEAKER_ROLE;
    find_name(t, &p);
    if (p.kind == SPEAKER_ROLE && p.to - p.from == 1 &&
        !(t->seq[p.from].flags & QW_ROLE))
        p.kind = SPEAKER_NONE;
    p.to = skip_of(t, p.to, hi);
    return p;
}

struct phrase phrase_before(const struct quote_text *t, size_t i, size_t lo)
{
    struct phrase p = { .from = i, .to = i, .kind = SPEAKER_NONE }, head;
    size_t at = i, nouns = 0;

    if (at > lo + 2 && t->seq[at - 1].kind == QT_CLOSE)
        for (size_t k = at - 1; k > lo && k + 10 > at; k--)
            if (t->seq[k].kind == QT_OPEN) {
                at = k;
                break;
            }
    if (at <= lo || (!is_word(t, at - 1) && t->seq[at - 1].kind !=
                     QT_NUMBER))
        return p;
    p.from = p.to = at;
    if (t->seq[at - 1].flags & (QW_PRON | QW_WHO))
        return t->seq[at - 1].flags & QW_NOBODY ? p : pronoun(t, at - 1);
    for (; nouns < NOUNS_MOST && at > lo; nouns++, at--) {
        bool cue = t->seq[at - 1].flags & (CUES | QW_WEAK | QW_OBJECT);
        bool link = nouns && at > lo + 1 && t->seq[at - 1].flags & QW_LINK &&
                    is_cap(t, at - 2, 0) && is_cap(t, at, 0);

        if (cue && at > lo + 1 && t->seq[at - 2].flags & QW_DET)
            continue;
        if (!link && (!is_noun(t, at - 1) || (at - 1 == lo &&
                      t->seq[lo].flags & (QW_START | QW_OPEN | QW_CONJ))))
            break;
        if (nouns && t->seq[at - 1].shape & SHAPE_OWNER &&
            !(t->seq[at - 1].flags & QW_HIS) && nouns > 5)
            break;
    }
    p.from = at;
    if (!nouns)
        return p;
    p.kind = SPEAKER_ROLE;
    find_name(t, &p);
    if (at > lo && t->seq[at - 1].flags & QW_DET && is_word(t, at - 1)) {
        p.from = at - 1;
        p.flags = t->seq[at - 1].flags;
    } else if (p.kind == SPEAKER_ROLE) {
        bool role = false;

        for (size_t k = p.from; k < p.to; k++)
            role = role || t->seq[k].flags & QW_ROLE;
        if (!role)
            p.kind = SPEAKER_NONE;
    }
    if (p.from > lo + 1 && t->seq[p.from - 1].flags & QW_PREP &&
        !(t->seq[p.from - 1].flags & CUES)) {
        head = phrase_before(t, p.from - 1, lo);
        if (head.kind == SPEAKER_NAME || head.kind == SPEAKER_ROLE) {
            head.to = p.to;
            return head;
        }
    }
    return p;
}

/* Before time, "on Saturday", adverbs and auxiliaries that end at `at`. */
static size_t before_adverbs(const struct quote_text *t, size_t at, size_t lo)
{
    for (unsigned n = 0; n < 4 && at > lo && is_word(t, at - 1); n++, at--) {
        const struct quote_token *w = &t->seq[at - 1];

        if (!(w->flags & (QW_AUX | QW_TIME)) &&
            !(w->shape & SHAPE_LY && !(w->shape & SHAPE_CAP)))
            break;
        if (w->flags & QW_TIME && at > lo + 1 && is_word(t, at - 2) &&
            t->seq[at - 2].flags & QW_PREP)
            at--;
    }
    return at;
}

/* Whether token i sets off an apposition: a comma, one in a quote, a dash. */
static bool sets_off(const struct quote_text *t, size_t i)
{
    const struct quote_token *w = &t->seq[i];

    return w->kind == QT_COMMA || w->kind == QT_DASH ||
           (w->kind == QT_QUOTE && w->last == ',');
}

/* The subject before an apposition that the sign before `at` ends. */
static struct phrase before_apposition(const struct quote_text *t, size_t at,
                                       size_t lo)
{
    struct phrase p = { .kind = SPEAKER_NONE };
    enum quote_sign sign = t->seq[at - 1].kind == QT_DASH ? QT_DASH : QT_COMMA;

    while (sign == QT_DASH && at > lo + 2 && t->seq[at - 2].kind == sign)
        at--;
    for (size_t k = at - 1; k > lo + 1; k--) {
        struct phrase inside;

        if (t->seq[k - 1].kind == QT_COLON || t->seq[k - 1].kind == QT_STOP ||
            t->seq[at - 1].start - t->seq[k - 1].start > APPOSITION_BYTES)
            break;
        if (t->seq[k - 1].kind != sign)
            continue;
        while (sign == QT_DASH && k > lo + 2 && t->seq[k - 2].kind == sign)
            k--;
        p = phrase_before(t, k - 1, lo);
        if (p.kind != SPEAKER_NAME && p.kind != SPEAKER_ROLE)
            continue;
        inside = phrase_at(t, k, at - 1);
        /* "His spokesman, Dmitry Peskov, said" */
        if (p.kind == SPEAKER_ROLE && inside.kind == SPEAKER_NAME &&
            inside.to == at - 1 && inside.from == inside.name_from) {
            p.kind = SPEAKER_NAME;
            p.name_from = inside.name_from;
            p.name_to = inside.name_to;
            p.to = inside.to;
        }
        return p;
    }
    p.kind = SPEAKER_NONE;
    return p;
}

/* Whether nouns without a determiner may be a subject: "voters", "31 percent",
 * what begins a clause. */
static bool bare_subject(const struct quote_text *t, const struct phrase *p,
                         size_t lo, size_t cue)
{
    const struct quote_token *w = &t->seq[p->to - 1], *before;

    if (p->to <= p->from)
        return false;
    if (w->kind == QT_NUMBER || (t->text.data[w->end - 1] | 32) == 's' ||
        t->seq[cue].flags & QW_SAY)
        return true;
    before = &t->seq[p->from - 1];
    return p->from == lo || before->kind == QT_COMMA ||
           before->kind == QT_DASH || before->flags & (QW_CONJ | QW_THAT);
}

struct phrase phrase_subject(const struct quote_text *t, size_t i, size_t lo)
{
    struct phrase p = { .kind = SPEAKER_NONE };
    size_t at = before_adverbs(t, i, lo);

    if (at > lo && t->seq[at - 1].flags & QW_BE && is_word(t, at - 1)) {
        if (!(t->seq[i].flags & QW_ING))
            return p;
        at = before_adverbs(t, at - 1, lo);
    }
    if (at <= lo)
        return p;
    if (sets_off(t, at - 1))
        return at > lo + 2 ? before_apposition(t, at, lo) : p;
    if (t->seq[i].flags & QW_SAY && t->seq[at - 1].flags & QW_NOBODY &&
        !(t->seq[at - 1].flags & (QW_THAT | QW_START)))
        return pronoun(t, at - 1);                  /* the agency: it said */
    p = phrase_before(t, at, lo);
    if (p.kind == SPEAKER_NONE && t->seq[i].flags & (QW_SAY | QW_CUE) &&
        bare_subject(t, &p, lo, i))
        p.kind = SPEAKER_ROLE;
    return p;
}

/* Whether a finite verb stands at `i`. */
bool phrase_is_verb(const struct quote_text *t, size_t i)
{
    const struct quote_token *w = &t->seq[i];
    const uint8_t *end = t->text.data + w->end;

    if (w->kind != QT_WORD)
        return false;
    if (w->flags & (QW_BE | QW_AUX | QW_FINITE | QW_SAY | QW_CUE | QW_WEAK |
                    QW_OBJECT))
        return !(w->flags & (QW_ING | QW_ROLE)) && !(w->shape & SHAPE_CAP);
    return w->end - w->start > 4 && end[-1] == 'd' && end[-2] == 'e' &&
           !(w->shape & SHAPE_CAP);
}

struct phrase phrase_subject_far(const struct quote_text *t, size_t i,
                                 size_t lo)
{
    struct phrase p = { .kind = SPEAKER_NONE };
    unsigned verbs = 0;

    lo = i > lo + FAR_MOST ? i - FAR_MOST : lo;
    for (size_t k = i; k-- > lo + 1 && verbs < VERBS_MOST;) {
        if (!phrase_is_verb(t, k))
            continue;
        verbs++;
        p = phrase_subject(t, k, lo);
        if (p.kind != SPEAKER_NONE && (p.from == lo ||
            !(t->seq[p.from - 1].flags & (QW_THAT | QW_WHO | QW_NOBODY))))
            return p;
    }
    p.kind = SPEAKER_NONE;
    return p;
}
