/* quote_text.c -- a paragraph as tokens, what is in marks as one of them.
 *
 *   He said "no, never." Then      all: He said " no , never . " Then
 *                                  seq: He said QUOTE Then
 *
 * A mark that can open and close is told by what stands around it.  A quote
 * that nothing closes ends with the paragraph, when it is long enough to be
 * one; a mark that closes what nobody opened, in the beginning of a
 * paragraph and after a sign, opens at the paragraph's start.
 */
#include "indexer/enrich/quote_text.h"

#include <stdlib.h>

#include "common/base/error.h"

enum { TITLE_MOST = 8, UNCLOSED_LEAST = 20, STRAIGHT_REACH = 300 };

/* Marks: the double ones, then the single ones. */
enum { MARK_STRAIGHT, MARK_HIGH, MARK_RIGHT, MARK_LOW, MARK_LAQUO, MARK_RAQUO,
       MARK_CORNER, MARK_CORNER_END, MARK_TICKS, MARK_APOSTROPHES,
       MARK_SINGLE_LEFT, MARK_SINGLE_RIGHT };

static bool is_letter(uint8_t c)
{
    return (unsigned)((c | 32) - 'a') < 26 || c >= 0x80;
}

static bool is_digit(uint8_t c)
{
    return (unsigned)(c - '0') < 10;
}

static struct quote_token *token(struct quote_text *t, size_t start, size_t end,
                           enum quote_sign kind)
{
    if (t->all_count == t->room) {
        t->room = t->room ? t->room * 2 : 1024;
        t->all = must_realloc(t->all, t->room * sizeof(*t->all));
        t->seq = must_realloc(t->seq, t->room * sizeof(*t->seq));
    }
    t->all[t->all_count] = (struct quote_token){ .start = (uint32_t)start,
                                           .end = (uint32_t)end,
                                           .kind = (uint8_t)kind };
    return &t->all[t->all_count++];
}

/* --- Signs of more than one byte --- */

struct sign {
    char bytes[4];
    uint8_t kind, mark;
};

static const struct sign signs[] = {
    { "\xe2\x80\x9c", QT_MARK, MARK_HIGH },
    { "\xe2\x80\x9d", QT_MARK, MARK_RIGHT },
    { "\xe2\x80\x9e", QT_MARK, MARK_LOW },
    { "\xe2\x80\x9f", QT_MARK, MARK_HIGH },
    { "\xe2\x80\x98", QT_MARK, MARK_SINGLE_LEFT },
    { "\xe2\x80\x99", QT_MARK, MARK_SINGLE_RIGHT },
    { "\xe2\x80\x9a", QT_MARK, MARK_SINGLE_LEFT },
    { "\xe2\x80\xb9", QT_MARK, MARK_SINGLE_LEFT },
    { "\xe2\x80\xba", QT_MARK, MARK_SINGLE_RIGHT },
    { "\xe2\x80\x93", QT_DASH, 0 }, { "\xe2\x80\x94", QT_DASH, 0 },
    { "\xe2\x80\x95", QT_DASH, 0 }, { "\xe2\x80\xa6", QT_STOP, 0 },
    { "\xe3\x80\x8c", QT_MARK, MARK_CORNER },
    { "\xe3\x80\x8d", QT_MARK, MARK_CORNER_END },
    { "\xe3\x80\x8e", QT_MARK, MARK_CORNER },
    { "\xe3\x80\x8f", QT_MARK, MARK_CORNER_END },
    { "\xe3\x80\x82", QT_STOP, 0 }, { "\xe3\x80\x81", QT_COMMA, 0 },
    { "\xef\xbc\x8c", QT_COMMA, 0 }, { "\xef\xbc\x9a", QT_COLON, 0 },
};

/* The sign at `at`, or one of kind QT_OTHER for a blank, or NULL. */
static const struct sign *sign_at(const uint8_t *at, size_t left)
{
    static const struct sign laquo = { "", QT_MARK, MARK_LAQUO },
        raquo = { "", QT_MARK, MARK_RAQUO }, other = { "", QT_OTHER, 0 };

    if (at[0] == 0xc2 && left > 1)
        return at[1] == 0xab ? &laquo : at[1] == 0xbb ? &raquo
             : at[1] < 0xaa ? &other : NULL;
    if (left < 3 || (at[0] != 0xe2 && at[0] != 0xe3 && at[0] != 0xef))
        return NULL;
    for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
        if (memcmp(signs[i].bytes, at, 3) == 0)
            return &signs[i];
    return at[0] == 0xe2 && at[1] == 0x80 ? &other : NULL;
}

/* --- Words --- */

/* The lower-case form of the byte at `i`, for the letters of Latin-1 and
 * Cyrillic; `upper` is set where it was a capital. */
static uint8_t lower_byte(const uint8_t *w, size_t i, bool *upper)
{
    uint8_t c = w[i], before = i ? w[i - 1] : 0;

    if (c < 0x80) {
        *upper = (unsigned)(c - 'A') < 26;
        return *upper ? c | 32 : c;
    }
    *upper = false;
    if (before == 0xc3 && c >= 0x80 && c < 0x9f) {
        *upper = true;
        return c + 0x20;
    }
    if ((before == 0xc4 || before == 0xc5) && c < 0xb8)
        *upper = (c & 1) == 0;
    if (before == 0xd0 && c >= 0x90 && c < 0xa0) {
        *upper = true;
        return c + 0x20;
    }
    if (before == 0xd0 && c >= 0xa0 && c < 0xb0)
        *upper = true;
    return c;
}

/* Cyrillic Р to Я change both of their bytes. */
static uint64_t hash_word(const uint8_t *w, size_t len, uint64_t hash,
                          uint8_t *shape)
{
    unsigned capitals = 0, small = 0;

    for (size_t i = 0; i < len; i++) {
        bool upper, first = false;
        uint8_t c = w[i];

        if (c == 0xd0 && i + 1 < len && w[i + 1] >= 0xa0 && w[i + 1] < 0xb0) {
            hash = quote_hash_step(hash, 0xd1);
            c = w[++i] - 0x20;
            upper = true;
            first = i == 1;
        } else if (c == 0xe2 && i + 2 < len && w[i + 1] == 0x80) {
            i += 2;                     /* a typographic apostrophe */
            c = '\'';
            upper = false;
        } else {
            c = lower_byte(w, i, &upper);
            if (c >= 0xc0) {
                hash = quote_hash_step(hash, c);
                continue;
            }
            first = i == 0 || (i == 1 && w[0] >= 0xc0);
        }
        hash = quote_hash_step(hash, c);
        capitals += upper;
        small += !upper && c != '.' && c != '\'' && c != '-';
        if (upper && first)
            *shape |= SHAPE_CAP;
    }
    if (capitals > 1 && !small)
        *shape |= SHAPE_CAPS;
    return hash;
}

/* Where a word ends that begins at `at`. */
static size_t word_end(const uint8_t *d, size_t at, size_t to)
{
    while (at < to) {
        uint8_t c = d[at], next = at + 1 < to ? d[at + 1] : ' ';

        if (c >= 0x80 && sign_at(d + at, to - at)) {
            if (at + 3 < to && memcmp(d + at, "\xe2\x80\x99", 3) == 0 &&
                is_letter(d[at + 3]) && !sign_at(d + at + 3, to - at - 3)) {
                at += 3;
                continue;
            }
            return at;
        }
        if (is_letter(c) || is_digit(c)) {
            at++;
        } else if ((c == '\'' || c == '-' || c == '&') && is_letter(next) &&
                   !(next >= 0x80 && sign_at(d + at + 1, to - at - 1))) {
            at++;
        } else {
            return at;
        }
    }
    return at;
}

/* Leaves out the 's of an owner. */
static size_t owner_end(const uint8_t *d, size_t start, size_t end,
                        uint8_t *shape)
{
    size_t cut = 0;

    if (end - start > 2 && (d[end - 1] | 32) == 's' && d[end - 2] == '\'')
        cut = 2;
    else if (end - start > 4 && (d[end - 1] | 32) == 's' &&
             memcmp(d + end - 4, "\xe2\x80\x99", 3) == 0)
        cut = 4;
    if (cut)
        *shape |= SHAPE_OWNER;
    return end - cut;
}

/* Longer forms that begin with the word: "according to". */
static size_t read_pair(struct quote_text *t, struct quote_token *w,
                        uint64_t hash, size_t end, size_t to)
{
    const uint8_t *d = t->text.data;
    const struct quote_entry *e = NULL;

    while (end + 1 < to && d[end] == ' ' && is_letter(d[end + 1])) {
        size_t next = word_end(d, end + 1, to);
        uint8_t ignored = 0;

        hash = hash_word(d + end + 1, next - end - 1,
                         quote_hash_step(hash, ' '), &ignored);
        e = quote_words_find(t->words, hash);
        if (!e)
            break;
        end = next;
        if (e->flags & ~(uint32_t)QW_PAIR) {
            w->end = (uint32_t)end;
            w->flags = e->flags;
            w->percent = e->percent;
        }
    }
    return w->end;
}

/* "Landesinnenminister" ends as a title does. */
static bool ends_as_title(const struct quote_text *t,
                          const struct quote_token *w)
{
    const uint8_t *end = t->text.data + w->end;
    size_t len = w->end - w->start;

    for (const char *const *e = t->words->title_ends; *e; e++) {
        size_t n = strlen(*e);

        if (n < len && end[-1] == (uint8_t)(*e)[n - 1] &&
            memcmp(end - n, *e, n) == 0)
            return true;
    }
    return false;
}

static size_t read_word(struct quote_text *t, size_t at, size_t to)
{
    const uint8_t *d = t->text.data;
    size_t end = word_end(d, at, to), next = end, dots = 0;
    struct quote_token *w = token(t, at, end, QT_WORD);
    const struct quote_entry *e;
    uint64_t hash = hash_word(d + at, end - at, QUOTE_HASH_START, &w->shape);

    e = quote_words_find(t->words, hash);
    if (e) {
        w->flags = e->flags;
        w->percent = e->percent;
    } else {
        w->end = (uint32_t)owner_end(d, at, end, &w->shape);
        if (w->shape & SHAPE_OWNER)
            e = quote_words_find(t->words, hash_word(d + at, w->end - at,
                                 QUOTE_HASH_START, &w->shape));
        w->flags = e ? e->flags : 0;
        if (!e && t->words->title_ends && w->shape & SHAPE_CAP &&
            ends_as_title(t, w))
            w->flags = QW_TITLE;
    }
    if (end - at > 4 && d[end - 1] == 'y' && d[end - 2] == 'l')
        w->shape |= SHAPE_LY;
    while (next + 1 < to && d[next] == '.' && next - at <= 12 &&
           is_letter(d[next + 1]) && d[next + 1] < 0x80 &&
           next - at - dots * 2 == 1) {          /* U.S, a.m */
        next += 2;
        dots++;
    }
    if (next < to && d[next] == '.' &&
        (dots || (w->flags & QW_ABBREV && !(w->flags & QW_BE && next + 1 == to))
         || (next - at == 1 && w->shape & SHAPE_CAP))) {
        w->end = (uint32_t)++next;
        w->shape |= dots ? 0 : SHAPE_INITIAL;
        return next;
    }
    if (w->flags & QW_PAIR) {
        size_t far = read_pair(t, w, hash, end, to);

        return far > end ? far : end;
    }
    return end;
}

/* --- Tokens --- */

static void read_mark(struct quote_text *t, size_t at, size_t len, int mark,
                      size_t from, size_t to)
{
    const uint8_t *d = t->text.data;
    struct quote_token *m = token(t, at, at + len, QT_MARK);
    uint8_t before = at > from ? d[at - 1] : ' ';
    uint8_t after = at + len < to ? d[at + len] : ' ';
    bool nbsp_before = at > from + 1 && before == 0xa0 && d[at - 2] == 0xc2;
    bool gap_before = before <= ' ' || nbsp_before || strchr("([-/", before) ||
        (at >= from + 3 && d[at - 3] == 0xe2 && d[at - 2] == 0x80 &&
         (before < 0x99));
    bool gap_after = after <= ' ' || (after < 0x80 && strchr(".,;:!?)]-",
                     after)) || after == 0xc2 || after == 0xe2;

    m->mark = (uint8_t)mark;
    if (gap_before || (!is_letter(before) && !is_digit(before) && !gap_after))
        m->shape |= SHAPE_OPENS;
    if (gap_after || !gap_before)
        m->shape |= SHAPE_CLOSES;
    if (after <= ' ' && mark != MARK_LAQUO)
        m->shape &= (uint8_t)~SHAPE_OPENS;
    if (mark >= MARK_SINGLE_LEFT)
        m->shape |= SHAPE_SINGLE;
    if (mark == MARK_SINGLE_RIGHT && before == 's' && after == ' ')
        m->shape &= (uint8_t)~SHAPE_CLOSES;
}

static size_t read_sign(struct quote_text *t, size_t at, size_t from,
                        size_t to)
{
    const uint8_t *d = t->text.data;
    uint8_t c = d[at], next = at + 1 < to ? d[at + 1] : ' ';
    enum quote_sign kind = QT_OTHER;

    if (c == '"' || ((c == '\'' || c == '`') && next == c)) {
        size_t len = c == '"' ? 1 : 2;

        read_mark(t, at, len, c == '"' ? MARK_STRAIGHT : c == '`' ? MARK_TICKS
                  : MARK_APOSTROPHES, from, to);
        return at + len;
    }
    if (c == '\'') {
        bool opens = at == from || d[at - 1] <= ' ';

        read_mark(t, at, 1, opens ? MARK_SINGLE_LEFT : MARK_SINGLE_RIGHT,
                  from, to);
        return at + 1;
    }
    switch (c) {
    case ',': kind = QT_COMMA; break;
    case '.': case '!': case '?': kind = QT_STOP; break;
    case ':': kind = QT_COLON; break;
    case ';': kind = QT_SEMICOLON; break;
    case '-': kind = QT_DASH; break;
    case '(': case '[': kind = QT_OPEN; break;
    case ')': case ']': kind = QT_CLOSE; break;
    }
    token(t, at, at + 1, kind);
    return at + 1;
}

static void split(struct quote_text *t, size_t from, size_t to)
{
    const uint8_t *d = t->text.data;

    for (size_t at = from; at < to;) {
        const struct sign *s = d[at] >= 0x80 ? sign_at(d + at, to - at) : NULL;

        if (s) {
            size_t len = d[at] == 0xc2 ? 2 : 3;

            if (s->kind == QT_MARK)
                read_mark(t, at, len, s->mark, from, to);
            else if (s->kind != QT_OTHER)
                token(t, at, at + len, s->kind);
            at += len;
        } else if (is_letter(d[at])) {
            at = read_word(t, at, to);
        } else if (is_digit(d[at])) {
            size_t start = at;

            while (at < to && (is_letter(d[at]) || is_digit(d[at]) ||
                   ((d[at] == ',' || d[at] == '.') && at + 1 < to &&
                    is_digit(d[at + 1]))))
                if (d[at] >= 0x80 && sign_at(d + at, to - at))
                    break;
                else
                    at++;
            token(t, start, at, QT_NUMBER);
        } else if (d[at] <= ' ') {
            at++;
        } else {
            at = read_sign(t, at, from, to);
        }
    }
}

/* --- Pairs --- */

static bool opens(const struct quote_token *m)
{
    switch (m->mark) {
    case MARK_HIGH: case MARK_LOW: case MARK_CORNER: case MARK_TICKS:
        return true;
    case MARK_SINGLE_LEFT: case MARK_LAQUO: case MARK_RAQUO:
    case MARK_RIGHT: case MARK_STRAIGHT: case MARK_APOSTROPHES:
        return m->shape & SHAPE_OPENS;
    }
    return false;
}

static bool closes(const struct quote_token *m, int opener)
{
    switch (opener) {
    case MARK_LOW: return m->mark == MARK_HIGH || m->mark == MARK_RIGHT ||
                          (m->mark == MARK_STRAIGHT && m->shape & SHAPE_CLOSES);
    case MARK_LAQUO: return m->mark == MARK_RAQUO;
    case MARK_RAQUO: return m->mark == MARK_LAQUO ||
                            (m->mark == MARK_RAQUO && m->shape & SHAPE_CLOSES);
    case MARK_CORNER: return m->mark == MARK_CORNER_END;
    case MARK_SINGLE_LEFT: return m->mark == MARK_SINGLE_RIGHT &&
                                  m->shape & SHAPE_CLOSES;
    default: return (m->mark == MARK_RIGHT || m->mark == MARK_STRAIGHT ||
                     m->mark == MARK_APOSTROPHES) && m->shape & SHAPE_CLOSES;
    }
}

/* Tokens [a, b) of `all` become one of `seq`. */
static void mask(struct quote_text *t, size_t a, size_t b, bool closed)
{
    struct quote_token *q = &t->seq[t->seq_count++];
    const uint8_t *d = t->text.data;
    bool begun = false, title = true;

    *q = (struct quote_token){ .start = t->all[a].start,
                               .end = t->all[b - 1].end,
                               .kind = QT_QUOTE, .closed = closed };
    for (size_t i = a; i < b; i++) {
        const struct quote_token *w = &t->all[i];

        if (w->kind == QT_WORD || w->kind == QT_NUMBER) {
            if (!begun && w->shape & SHAPE_CAP)
                q->shape |= SHAPE_CAP;
            begun = true;
            q->words += q->words < UINT16_MAX;
            q->last = 0;
            title = title && (w->shape & SHAPE_CAP || w->end - w->start < 4);
        } else if (w->kind != QT_MARK) {
            q->last = d[w->start] == 0xe2 ? '-' : d[w->start];
        }
    }
    if (title && q->words <= TITLE_MOST && !q->last)
        q->shape |= SHAPE_CAPS;
}

/* Behind the mark that closes the one at `open`; 0: none does, and none will
 * for a later opener of its kind, which `hopeless` remembers.  What a straight
 * mark closes is closed, when nothing better does. */
static size_t find_close(const struct quote_text *t, size_t open,
                         unsigned *hopeless)
{
    int opener = t->all[open].mark;
    size_t straight = 0, first = 0, depth = 0;

    if (*hopeless & 1u << opener)
        return 0;
    for (size_t i = open + 1; i < t->all_count; i++) {
        const struct quote_token *m = &t->all[i];

        if (m->kind != QT_MARK)
            continue;
        if (m->mark == opener && opener != MARK_STRAIGHT &&
            opener != MARK_HIGH && opens(m))
            depth++;
        else if (closes(m, opener) && depth-- == 0)
            return i + 1;
        else if (closes(m, opener) && !first)
            first = i + 1;
        if (first && i > open + STRAIGHT_REACH)
            return first;
        if (straight && i > open + STRAIGHT_REACH)
            break;
        if (opener == MARK_HIGH && m->mark == MARK_HIGH)
            return m->shape & SHAPE_CLOSES && !(m->shape & SHAPE_OPENS)
                   ? i + 1 : i;
        if (!straight && !(m->shape & SHAPE_SINGLE) &&
            (m->shape & (SHAPE_CLOSES | SHAPE_OPENS)) == SHAPE_CLOSES)
            straight = i + 1;
    }
    if (first)
        return first;
    if (opener == MARK_SINGLE_LEFT || !straight)
        *hopeless |= 1u << opener;
    return opener == MARK_SINGLE_LEFT ? 0 : straight;
}

/* A closing mark that nobody opened: after a sign, it opens at the start. */
static bool opened_before(const struct quote_text *t, size_t i)
{
    const struct quote_token *m = &t->all[i];

    return i > 3 && !(m->shape & SHAPE_SINGLE) && m->shape & SHAPE_CLOSES &&
           !opens(m) && t->seq_count == i &&
           (t->all[i - 1].kind == QT_COMMA ||
            t->all[i - 1].kind == QT_STOP);
}

static void pair(struct quote_text *t)
{
    bool single = true;
    unsigned hopeless = 0;

    for (size_t i = 0; i < t->all_count && single; i++)
        single = t->all[i].kind != QT_MARK || t->all[i].shape & SHAPE_SINGLE;
    t->seq_count = 0;
    for (size_t i = 0; i < t->all_count; i++) {
        const struct quote_token *m = &t->all[i];
        size_t close = 0;

        if (m->kind != QT_MARK) {
            t->seq[t->seq_count++] = *m;
            continue;
        }
        if (m->shape & SHAPE_SINGLE && !single)
            continue;
        if (opens(m) && i + 1 < t->all_count) {
            close = find_close(t, i, &hopeless);
            if (close) {
                mask(t, i, close, true);
                i = close - 1;
            } else if (!(m->shape & SHAPE_SINGLE) &&
                       t->all[t->all_count - 1].end - m->start >=
                       UNCLOSED_LEAST) {
                mask(t, i, t->all_count, false);
                return;
            }
        } else if (opened_before(t, i)) {
            t->seq_count = 0;
            mask(t, 0, i + 1, true);
        }
    }
}

void quote_text_read(struct quote_text *t, size_t from, size_t to)
{
    t->all_count = t->seq_count = 0;
    split(t, from, to);
    if (t->all_count)
        pair(t);
}

void quote_text_release(struct quote_text *t)
{
    free(t->all);
    free(t->seq);
    t->all = t->seq = NULL;
}
