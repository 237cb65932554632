/* transcript.c -- the turns of a transcript or an interview.
 *
 *   MAYOR THORNE: The next item ...        a label and words
 *   [00:01:02] **MS. VARGA:** Thank you    what stands around labels
 *   EDITH KEMBLE                           a label on a line of its own
 *   (Laughter.)                            nobody's
 *   Q: How long?  A: Years.                the house, and who is asked
 *
 * A line that begins like a label may be anything.  That labels come again
 * and take turns makes a transcript of them; then what is between two labels
 * belongs to the first.  An interview often labels the first question and
 * the first answer only: the lines behind these alternate.
 */
#include "indexer/enrich/transcript.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/base/error.h"
#include "indexer/enrich/quote_phrase.h"

enum { LABEL_BYTES = 80, LABEL_WORDS = 6, LINES_MOST = 1 << 16,
       LABELS_MOST = 64, GAP_MOST = 8, ASK_BYTES = 300 };

void transcript_release(struct transcript *s)
{
    free(s->lines);
    *s = (struct transcript){ 0 };
}

static uint64_t hash_of(struct bytes text)
{
    uint64_t hash = QUOTE_HASH_START;

    for (size_t i = 0; i < text.len; i++)
        hash = quote_hash_step(hash, (unsigned)(text.data[i] - 'A') < 26
                                         ? text.data[i] | 32 : text.data[i]);
    return hash;
}

static bool same(struct bytes text, const char *word)
{
    return text.len == strlen(word) &&
           strncasecmp((const char *)text.data, word, text.len) == 0;
}

/* --- Labels --- */

/* Behind what may stand before a label: a time, a dash, stars. */
static size_t behind_signs(struct bytes text, size_t at, size_t to)
{
    const uint8_t *d = text.data;

    while (at < to) {
        if (d[at] == ' ' || d[at] == '*' || d[at] == '-') {
            at++;
        } else if (to - at > 3 && d[at] == 0xe2 && d[at + 1] == 0x80 &&
                   (d[at + 2] == 0x93 || d[at + 2] == 0x94)) {
            at += 3;
        } else if (d[at] == '[' || d[at] == '(' ||
                   (unsigned)(d[at] - '0') < 10) {
            size_t end = at + 1;

            while (end < to && (strchr("0123456789:.,", d[end])))
                end++;
            if (d[at] == '[' || d[at] == '(') {
                if (end >= to || (d[end] != ']' && d[end] != ')'))
                    return at;
                end++;
            }
            at = end;
        } else {
            return at;
        }
    }
    return at;
}

/* The colon that ends a label of [at, to), or `to`. */
static size_t find_colon(struct bytes text, size_t at, size_t to)
{
    size_t most = to - at > LABEL_BYTES ? at + LABEL_BYTES : to;

    for (size_t i = at; i < most; i++) {
        uint8_t c = text.data[i];

        if (c == ':')
            return i + 1 == to || strchr(" *\xc2\xe2\xe3", text.data[i + 1])
                       ? i : to;
        if (c < 0x80 && strchr("?!;\"", c))
            return to;
    }
    return to;
}

static bool is_question_word(struct bytes label, struct bytes source)
{
    static const char *const words[] = {
        "q", "question", "questions", "reporter", "journalist", "interviewer",
        "frage", "pregunta", "domanda", "pergunta", "vraag", "вопрос",
        "Вопрос", "ВОПРОС", NULL };

    for (int i = 0; words[i]; i++)
        if (same(label, words[i]))
            return true;
    if (label.len > 4 && strncasecmp((const char *)label.data, "the ", 4) == 0)
        label = bytes_part(label, 4, label.len - 4);
    if (source.len > 4 &&
        strncasecmp((const char *)source.data, "the ", 4) == 0)
        source = bytes_part(source, 4, source.len - 4);
    return label.len > 3 && label.len == source.len &&
           strncasecmp((const char *)label.data, (const char *)source.data,
                       label.len) == 0;
}

static bool is_answer_word(struct bytes label)
{
    static const char *const words[] = { "a", "answer", "antwort", "réponse",
                                         "respuesta", "risposta", "Ответ",
                                         "ОТВЕТ", NULL };

    for (int i = 0; words[i]; i++)
        if (same(label, words[i]))
            return true;
    return false;
}

/* Words that head a line and are nobody. */
static bool is_heading(struct bytes label)
{
    static const char *const words[] = {
        "when", "where", "what", "who", "why", "how", "pros", "cons", "note",
        "update", "updated", "verdict", "plot", "price", "tickets", "rating",
        "date", "time", "place", "address", "source", "photo", "picture",
        "goals", "referee", "attendance", "result", "score", "present",
        "read more", "related", "correction", "location", "what happened",
        "what happened next", "foto", "fotos", "lesen sie auch", "lire aussi",
        "lea también", "leggi anche", "lees ook", "leia também",
        "Читайте также", "Фото", NULL };

    for (int i = 0; words[i]; i++)
        if (same(label, words[i]))
            return true;
    return false;
}

/* The words of the label, tokens [a, b) of t->all, as names are: with
 * capitals, but for a link or two. */
static bool is_name_like(const struct quote_text *t, size_t a, size_t b)
{
    size_t lower = 0;

    if (a == b || b - a > LABEL_WORDS)
        return false;
    for (size_t i = a; i < b; i++) {
        const struct quote_token *w = &t->all[i];

        if (w->kind == QT_STOP || w->kind == QT_DASH)
            continue;
        if (w->kind != QT_WORD)
            return false;
        lower += !(w->shape & SHAPE_CAP) && !(w->flags & QW_LINK);
    }
    return lower <= 1 + (b - a > 4) && t->all[a].shape & SHAPE_CAP;
}

static size_t find_sign(const struct quote_text *t, size_t a, size_t b,
                        int sign)
{
    while (a < b && t->all[a].kind != sign)
        a++;
    return a;
}

/* Which tokens of the label name somebody: before the bracket or the comma;
 * behind it where a function stands first, "THE WITNESS (MISS LOWE)". */
static bool find_person(const struct quote_text *t, size_t *a, size_t *b)
{
    size_t n = t->all_count, bracket = find_sign(t, 0, n, QT_OPEN);
    size_t comma = find_sign(t, 0, bracket, QT_COMMA);
    size_t cut = comma < bracket ? comma : bracket;
    bool function = n && t->all[0].flags & QW_DET &&
                    t->all[0].shape & SHAPE_CAP;

    *a = 0;
    *b = cut;
    if (!is_name_like(t, 0, cut))
        return false;
    if (function && cut < n) {
        size_t end = find_sign(t, cut + 1, n, comma < bracket ? QT_OPEN
                                                              : QT_CLOSE);

        if (is_name_like(t, cut + 1, end)) {
            *a = cut + 1;
            *b = end;
            return true;
        }
    }
    return true;
}

static void take_label(struct turn *l, struct quote_text *t, size_t at,
                       size_t end, struct bytes source)
{
    size_t a, b, name;
    struct bytes label;
    bool caps = true;

    while (end > at && (t->text.data[end - 1] == ' ' ||
                        t->text.data[end - 1] == '*'))
        end--;
    if (end > at + 2 && t->text.data[end - 2] == 0xc2 &&
        t->text.data[end - 1] == 0xa0)
        end -= 2;
    label = bytes_part(t->text, at, end - at);
    if (label.len == 0 || is_heading(label))
        return;
    l->label_start = (uint32_t)at;
    l->label_end = (uint32_t)end;
    if (is_question_word(label, source) || is_answer_word(label)) {
        l->kind = is_answer_word(label) ? TURN_ANSWER : TURN_QUESTION;
        l->key = l->kind == TURN_ANSWER ? 1 : 2;
        l->strong = true;
        return;
    }
    quote_text_read(t, at, end);
    if (!find_person(t, &a, &b))
        return;
    for (size_t i = a; i < b; i++)
        caps = caps && (t->all[i].kind != QT_WORD ||
                        t->all[i].shape & SHAPE_CAPS);
    l->kind = TURN_SPEAKER;
    l->key = hash_of(bytes_part(t->text, t->all[a].start,
                                t->all[b - 1].end - t->all[a].start)) | 4;
    l->strong = caps || b - a > 1 || b < t->all_count;
    name = phrase_trim_name(t->all, a, b);
    if (t->all[a].flags & QW_DET && name <= a + 1)
        name = b;
    if (name < b && t->all[name].kind == QT_STOP)
        name++;
    if (name < b) {
        l->name_start = t->all[name].start;
        l->name_end = t->all[b - 1].end;
    }
}

/* Whether `text` is the first letters of the words of `name`. */
static bool are_initials(struct bytes text, struct bytes name)
{
    size_t k = 0;

    for (size_t i = 0; i < name.len; i++)
        if ((i == 0 || name.data[i - 1] == ' ') &&
            (k == text.len || name.data[i] != text.data[k++]))
            return false;
    return k == text.len && k >= 2;
}

/* Labels like "LN" are for "LUVUYO NYATI", a label before. */
static void spell_out(struct transcript *s, struct bytes text)
{
    size_t full[LABELS_MOST], count = 0;

    for (size_t i = 0; i < s->count; i++) {
        struct turn *l = &s->lines[i];
        struct bytes name = bytes_part(text, l->name_start,
                                       l->name_end - l->name_start);

        if (l->kind != TURN_SPEAKER || !l->key)
            continue;
        if (name.len > 3 && count < LABELS_MOST) {
            full[count++] = i;
            continue;
        }
        for (size_t k = 0; k < count && name.len && name.len <= 3; k++) {
            const struct turn *f = &s->lines[full[k]];

            if (!are_initials(name, bytes_part(text, f->name_start,
                                               f->name_end - f->name_start)))
                continue;
            l->name_start = f->name_start;
            l->name_end = f->name_end;
            break;
        }
    }
}

/* --- Lines --- */

static bool is_caps(const struct quote_text *t, size_t from, size_t to)
{
    size_t letters = 0;

    if (to - from > 40)
        return false;
    for (size_t i = from; i < to; i++) {
        uint8_t c = t->text.data[i];

        if ((unsigned)(c - 'a') < 26 || strchr("?!:;,\"0123456789", c))
            return false;
        letters += (unsigned)(c - 'A') < 26;
    }
    return letters >= 4 && t->text.data[to - 1] != '.';
}

static void take_line(struct transcript *s, struct quote_text *t, size_t from,
                      size_t to, struct bytes source)
{
    struct turn *l;
    size_t at, end = to, colon;

    while (end > from && (t->text.data[end - 1] == ' ' ||
                          t->text.data[end - 1] == '\r'))
        end--;
    if (end == from || s->count >= LINES_MOST)
        return;
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 64;
        s->lines = must_realloc(s->lines, s->room * sizeof(*s->lines));
    }
    l = &s->lines[s->count++];
    *l = (struct turn){ .from = (uint32_t)from, .to = (uint32_t)to,
                        .start = (uint32_t)from, .end = (uint32_t)end };
    l->asks = t->text.data[end - 1] == '?' && end - from <= ASK_BYTES;
    at = behind_signs(t->text, from, end);
    if ((t->text.data[from] == '(' || t->text.data[from] == '[') &&
        strchr(")]", t->text.data[end - 1]))
        l->aside = true;
    colon = l->aside ? end : find_colon(t->text, at, end);
    if (colon < end) {
        take_label(l, t, at, colon, source);
        l->colon = (uint32_t)colon;
        at = colon + 1;
        while (at < end && strchr(" *", t->text.data[at]))
            at++;
        if (l->key) {
            l->start = (uint32_t)at;
            l->alone = at >= end;
        }
    } else if (is_caps(t, from, end)) {
        take_label(l, t, from, end, source);
        l->alone = l->key != 0;
        l->aside = true;
        l->colon = (uint32_t)end;
        l->start = l->end;
    }
}

/* --- Whether, and whose --- */

/* How often each label comes; those of one line stay what they are only in
 * good company. */
struct labels {
    struct { uint64_t key; size_t count; bool strong; } items[LABELS_MOST];
    size_t count;
};

static void count_label(struct labels *c, const struct turn *l)
{
    size_t i = 0;

    while (i < c->count && c->items[i].key != l->key)
        i++;
    if (i == LABELS_MOST)
        return;
    if (i == c->count) {
        c->items[c->count++].key = l->key;
        c->items[i].count = 0;
        c->items[i].strong = l->strong;
    }
    c->items[i].count++;
}

static size_t times(const struct labels *c, uint64_t key)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].key == key)
            return c->items[i].count;
    return 0;
}

/* Whether it is more than a number: "Clinton: 2,316." */
static bool is_spoken(struct bytes text, const struct turn *l)
{
    unsigned letters = 0;

    for (size_t i = l->start; i < l->end && letters < 2; i++)
        letters = (unsigned)(text.data[i] - 'a') < 26 || text.data[i] >= 0x80
                      ? letters + 1 : 0;
    return letters >= 2 || l->alone;
}

/* Labels that come again, by at least two, and for a good part of the lines
 * between the first and the last.  Labels of one plain word make a transcript
 * only of sentences. */
static bool is_transcript(const struct transcript *s, struct bytes text,
                          const struct labels *c, size_t first, size_t last)
{
    size_t again = 0, lines = 0, labelled = 0, sentences = 0, strong = 0;
    size_t spoken = 0;

    for (size_t i = 0; i < c->count; i++) {
        again += c->items[i].count >= 2;
        strong += c->items[i].count >= 2 && c->items[i].strong;
    }
    for (size_t i = first; i <= last; i++) {
        const struct turn *l = &s->lines[i];

        labelled += l->key != 0;
        lines += !l->aside && !l->asks;
        spoken += l->key && is_spoken(text, l);
        sentences += l->key && strchr(".!?", text.data[l->end - 1]);
    }
    return again >= 2 && labelled >= 4 && labelled * 3 >= lines &&
           spoken * 4 >= labelled * 3 &&
           (strong || sentences * 4 >= labelled * 3);
}

/* What is said until the next label is the speaker's. */
static void go_on(struct transcript *s, size_t from, size_t to)
{
    const struct turn *l = &s->lines[from];
    size_t gap = to - from - 1;

    if (gap > (size_t)GAP_MOST + l->alone)
        return;
    for (size_t i = from + 1; i < to; i++) {
        struct turn *more = &s->lines[i];

        if (more->aside) {
            more->kind = TURN_QUESTION;
            continue;
        }
        if (more->asks && !l->alone && i + 1 == to) {
            more->kind = TURN_QUESTION;         /* of the house */
            continue;
        }
        more->kind = l->kind;
        more->label_start = l->label_start;
        more->label_end = l->label_end;
        more->name_start = l->name_start;
        more->name_end = l->name_end;
        more->colon = l->colon;
    }
}

static void take_turns(struct transcript *s, const struct labels *c,
                       size_t first, size_t last)
{
    size_t from = SIZE_MAX;

    for (size_t i = 0; i < s->count; i++)
        if (i < first || i > last)
            s->lines[i].kind = TURN_NONE;
    for (size_t i = first; i <= last; i++) {
        struct turn *l = &s->lines[i];

        if (l->key && l->alone && l->aside && times(c, l->key) < 2)
            l->key = 0;                         /* APPLAUSE */
        if (!l->key)
            continue;
        if (from != SIZE_MAX && (times(c, s->lines[from].key) > 1 ||
                                 s->lines[from].alone))
            go_on(s, from, i);
        from = i;
    }
    if (from != SIZE_MAX && s->lines[from].alone && from + 1 < s->count)
        go_on(s, from, from + 2);
}

/* The house and whom it asks have a label once; then the lines alternate. */
static bool interview(struct transcript *s)
{
    size_t q = 0, asks = 0, questions = 0, wrong = 0, answers = 0;

    while (q + 1 < s->count && !(s->lines[q].kind == TURN_QUESTION &&
                                 s->lines[q].key &&
                                 s->lines[q + 1].kind == TURN_SPEAKER &&
                                 s->lines[q + 1].key))
        q++;
    if (q + 3 >= s->count)
        return false;
    for (size_t i = q + 2; i < s->count; i++) {
        bool odd = (i - q) % 2;

        if (!odd && i + 1 == s->count)
            break;                              /* no answer: prose */
        questions += !odd;
        answers += odd;
        asks += !odd && s->lines[i].asks;
        wrong += odd && s->lines[i].asks;
    }
    if (asks * 2 < questions || wrong * 4 > answers)
        return false;
    for (size_t i = 0; i < s->count; i++) {
        struct turn *l = &s->lines[i];
        const struct turn *answer = &s->lines[q + 1];

        if (i == q || i == q + 1)
            continue;
        l->kind = i > q && (i - q) % 2 ? TURN_SPEAKER : TURN_NONE;
        l->label_start = answer->label_start;
        l->label_end = answer->label_end;
        l->name_start = answer->name_start;
        l->name_end = answer->name_end;
        l->colon = answer->colon;
    }
    return true;
}

void transcript_read(struct transcript *s, struct quote_text *t,
                     struct bytes source)
{
    struct labels c = { .count = 0 };
    size_t at = 0, first = SIZE_MAX, last = 0;

    s->count = 0;
    while (at < t->text.len) {
        const uint8_t *end = memchr(t->text.data + at, '\n',
                                    t->text.len - at);
        size_t to = end ? (size_t)(end - t->text.data) : t->text.len;

        take_line(s, t, at, to, source);
        at = to + 1;
    }
    for (size_t i = 0; i < s->count; i++)
        if (s->lines[i].key)
            count_label(&c, &s->lines[i]);
    for (size_t i = 0; i < s->count; i++) {
        if (times(&c, s->lines[i].key) < 2)
            continue;
        first = first == SIZE_MAX ? i : first;
        last = i;
    }
    if (first != SIZE_MAX && is_transcript(s, t->text, &c, first, last)) {
        spell_out(s, t->text);
        take_turns(s, &c, first, last);
    } else if (!interview(s)) {
        s->count = 0;
    }
}
