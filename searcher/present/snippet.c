/* snippet.c -- the passage of an article that shows why it was found.
 *
 * One walk over lead and body finds the tokens whose stem was asked for, and
 * the column where each stands; one walk over those with two fingers finds
 * the best stretch that fits; then its edges go out to what reads well: the
 * beginning of the sentence where that fits, else a few words ahead.
 *
 *                       left          right
 *                         |             |
 *   ... S. Foreign Minister Lavrov told Asia that the plan. Next sentence
 *          ^ sentence       ------      ----
 *          |<----------------- columns ----------------->|
 *
 * Columns count on from lead to body with a gap of a whole passage, so that
 * no stretch holds parts of both.
 */
#include "searcher/present/snippet.h"

#include <stdlib.h>
#include <unictype.h>
#include <unigbrk.h>

#include "common/base/error.h"
#include "common/text/unicode.h"
#include "searcher/present/columns.h"

/* A token that is to be marked. */
struct spot {
    uint32_t start, end;                /* bytes of its text */
    uint32_t column, end_column;
    uint32_t sentence, sentence_column; /* where its sentence begins */
    uint32_t stem;                      /* number among the marks */
    uint16_t text;                      /* number of its text */
    bool used;                          /* in a passage already */
};

struct spots {
    struct spot *items;
    size_t count, room;
    uint64_t column;                    /* behind all that was read */
};

enum { TEXTS_MAX = 2, NO_STEM = UINT32_MAX };

/* --- Finding what is marked --------------------------------------------- */

static uint32_t find_stem(const struct marks *marks, struct bytes stem)
{
    size_t low = 0, high = marks->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = bytes_compare(marks->stems[middle], stem);

        if (order == 0)
            return (uint32_t)middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NO_STEM;
}

static void push_spot(struct spots *spots, struct spot spot)
{
    if (spots->count == spots->room) {
        spots->room = spots->room ? 2 * spots->room : 64;
        spots->items = must_realloc(spots->items,
                                     spots->room * sizeof(spot));
    }
    spots->items[spots->count++] = spot;
}

static void find_spots(const struct snippet_maker *m, struct spots *spots,
                        struct bytes text, struct lang lang, uint16_t number)
{
    struct spot now = { .text = number,
                         .sentence_column = (uint32_t)spots->column };
    struct tokenizer tokens;
    struct token token;
    uint32_t at = 0;

    tokenizer_init(&tokens, text);
    while (m->marks->count && tokenizer_next(&tokens, &token)) {
        spots->column +=
            columns_of(bytes_part(text, at, token.start - at));
        at = token.start;
        if (token.begins_sentence || token.begins_paragraph) {
            now.sentence = token.start;
            now.sentence_column = (uint32_t)spots->column;
        }
        now.stem = find_stem(m->marks, analyzer_apply(m->analyzer, text,
                                                      &token, lang).stem);
        if (now.stem == NO_STEM)
            continue;
        now.start = token.start;
        now.end = token.end;
        now.column = (uint32_t)spots->column;
        now.end_column = now.column + (uint32_t)columns_of(
            bytes_part(text, token.start, token.end - token.start));
        push_spot(spots, now);
    }
    spots->column += text.len - at + m->columns + 1;
}

/* Appends [start, end), as part of the mark before if they touch. */
static void add_mark(struct snippet *s, uint32_t start, uint32_t end)
{
    struct snippet_mark *last = s->marks + s->count - 1;

    if (s->count && start <= last->end)
        last->end = end > last->end ? end : last->end;
    else
        s->marks[s->count++] = (struct snippet_mark){ start, end };
}

struct snippet snippet_whole(const struct snippet_maker *maker,
                             struct bytes text, struct lang lang)
{
    struct snippet s = { text, NULL, 0 };
    struct spots spots = { NULL, 0, 0, 0 };

    find_spots(maker, &spots, text, lang, 0);
    s.marks = arena_alloc(maker->arena, spots.count * sizeof(*s.marks));
    for (size_t i = 0; i < spots.count; i++)
        add_mark(&s, spots.items[i].start, spots.items[i].end);
    free(spots.items);
    return s;
}

/* --- Choosing a stretch ------------------------------------------------- */

/* The spots [left, right] of a passage, and how good it is. */
struct stretch {
    size_t left, right;
    uint64_t worth;             /* 0: there is none */
};

/* What is between the two fingers. */
struct counted {
    uint32_t *of_stem;
    uint32_t fresh, all;        /* stems not covered before; spots */
    const bool *covered;
};

static void count_in(struct counted *c, uint32_t stem)
{
    c->fresh += c->of_stem[stem]++ == 0 && !c->covered[stem];
    c->all++;
}

static void count_out(struct counted *c, uint32_t stem)
{
    c->fresh -= --c->of_stem[stem] == 0 && !c->covered[stem];
    c->all--;
}

static uint64_t worth_of(const struct counted *c, bool whole_sentence)
{
    uint64_t dense = c->all < 50 ? c->all : 50;

    return 64 * (uint64_t)c->fresh + dense + (whole_sentence ? 8 : 0);
}

/* Linear: each spot goes in once and out once. */
static struct stretch best_stretch(const struct spots *spots,
                                   struct counted *c, unsigned columns)
{
    const struct spot *items = spots->items;
    struct stretch best = { 0, 0, 0 };
    size_t left = 0;

    for (size_t right = 0; right < spots->count; right++) {
        uint64_t worth;

        count_in(c, items[right].stem);
        while (left < right && (items[right].used || items[left].used
               || items[right].end_column - items[left].column > columns))
            count_out(c, items[left++].stem);
        if (items[right].used)
            continue;
        worth = worth_of(c, items[right].end_column
                            - items[left].sentence_column <= columns);
        if (worth > best.worth)
            best = (struct stretch){ left, right, worth };
    }
    while (left < spots->count)
        count_out(c, items[left++].stem);
    return best;
}

/* --- Its edges ---------------------------------------------------------- */

/* Bytes of one text; `cut`: in the middle of a sentence. */
struct extent {
    uint16_t text;
    uint32_t start, end;
    bool cut_start, cut_end;
};

static uint32_t code_at(struct bytes text, uint32_t at)
{
    const uint8_t *from = text.data + at;

    return utf8_next(&from, text.data + text.len);
}

static uint32_t next_at(struct bytes text, uint32_t at)
{
    const uint8_t *from = text.data + at;

    utf8_next(&from, text.data + text.len);
    return (uint32_t)(from - text.data);
}

static uint32_t before_at(struct bytes text, uint32_t at)
{
    do
        at--;
    while (at && (text.data[at] & 0xc0) == 0x80);
    return at;
}

static bool opens(uint32_t code)
{
    return code == '"' || code == '\'' || code == 0xbf || code == 0xa1
        || uc_is_general_category_withtable(code, UC_CATEGORY_MASK_Ps
                                                  | UC_CATEGORY_MASK_Pi);
}

/* Where the quotes and brackets begin that open a sentence. */
static uint32_t with_openers(struct bytes text, uint32_t at, uint32_t low)
{
    while (at > low && opens(code_at(text, before_at(text, at))))
        at = before_at(text, at);
    return at;
}

/* What is seen as one character is not parted here. */
static bool may_cut(struct bytes text, uint32_t at)
{
    return at == 0 || at >= text.len
        || uc_is_grapheme_break(code_at(text, before_at(text, at)),
                                code_at(text, at));
}

/* At most `columns` before `at`, at the beginning of a word if there is
 * one. */
static uint32_t start_before(struct bytes text, uint32_t at, uint32_t low,
                             uint32_t columns)
{
    uint32_t start = at, word;

    while (start > low) {
        uint32_t before = before_at(text, start);
        uint32_t wide = columns_of_code(code_at(text, before));

        if (wide > columns)
            break;
        columns -= wide;
        start = before;
    }
    if (start == low || unicode_white(code_at(text, before_at(text, start))))
        return start;
    for (word = start; word < at; word = next_at(text, word))
        if (unicode_white(code_at(text, word)))
            return next_at(text, word);
    while (start < at && !may_cut(text, start))
        start = next_at(text, start);
    return start;
}

/* Some `columns` behind `start`, but not before `least`: at the end of a
 * word, unless words are rare. */
static uint32_t end_behind(struct bytes text, uint32_t start, uint32_t least,
                           uint32_t high, uint32_t columns)
{
    uint32_t at = start, used = 0, word = 0, word_used = 0;

    while (at < high) {
        uint32_t code = code_at(text, at);
        uint32_t wide = columns_of_code(code);

        if (unicode_white(code) && at >= least) {
            word = at;
            word_used = used;
        }
        if (used + wide > columns && at >= least && may_cut(text, at))
            return word && word_used >= columns / 4 * 3 ? word : at;
        used += wide;
        at = next_at(text, at);
    }
    return high;
}

static bool ends_sentence(struct bytes text, uint32_t end)
{
    static const uint32_t stops[] = {
        '.', '!', '?', 0x2026, 0x3002, 0xff01, 0xff1f, 0x6d4, 0x61f, 0x964
    };

    while (end > 0) {
        uint32_t code = code_at(text, end = before_at(text, end));

        for (size_t i = 0; i < sizeof(stops) / sizeof(*stops); i++)
            if (code == stops[i])
                return true;
        if (code != '"' && code != '\'' && code != ')' && code != 0x201d
            && code != 0x2019 && code != 0xbb && code != 0x300d)
            return false;
    }
    return false;
}

/* The bytes between the passages that are there already. */
static void bound(const struct extent *taken, size_t count, uint16_t text,
                  const struct spot *at, uint32_t *low, uint32_t *high)
{
    for (size_t i = 0; i < count; i++) {
        if (taken[i].text != text)
            continue;
        if (taken[i].end <= at->start && taken[i].end > *low)
            *low = taken[i].end;
        if (taken[i].start >= at->end && taken[i].start < *high)
            *high = taken[i].start;
    }
}

static struct extent extent_of(const struct spots *spots,
                               const struct stretch *s, struct bytes text,
                               unsigned columns, const struct extent *taken,
                               size_t count)
{
    const struct spot *first = spots->items + s->left;
    const struct spot *last = spots->items + s->right;
    uint32_t span = last->end_column - first->column;
    uint32_t spare = columns > span ? columns - span : 0;
    uint32_t low = 0, high = (uint32_t)text.len;
    struct extent e = { first->text, 0, 0, false, false };

    bound(taken, count, e.text, first, &low, &high);
    if (first->sentence >= low
        && last->end_column - first->sentence_column <= columns) {
        e.start = with_openers(text, first->sentence, low);
    } else {
        e.start = start_before(text, first->start, low,
                               spare < columns / 4 ? spare : columns / 4);
        e.cut_start = e.start > 0;
    }
    if (low == 0 && columns_of(text) <= columns)
        e = (struct extent){ first->text, 0, 0, false, false };
    e.end = end_behind(text, e.start, last->end, high, columns);
    e.cut_end = e.end < text.len && !ends_sentence(text, e.end);
    return e;
}

/* --- Writing it --------------------------------------------------------- */

/* The spots of the extent's text that lie within, around `near`. */
static void spots_within(const struct spots *spots, const struct extent *e,
                          size_t near, size_t *from, size_t *to)
{
    const struct spot *items = spots->items;

    for (*from = near; *from > 0 && items[*from - 1].text == e->text
         && items[*from - 1].start >= e->start; --*from)
        ;
    for (*to = near; *to < spots->count && items[*to].text == e->text
         && items[*to].end <= e->end; ++*to)
        ;
}

/* Blanks that keep two words on one line stay as they are. */
static bool may_squeeze(uint32_t code)
{
    return unicode_white(code) && code != 0xa0 && code != 0x202f;
}

/* Copies the extent, a run of white space as one blank, and moves the
 * marks, which are still of the text, to the copy. */
static void squeeze(struct buffer *b, struct snippet *s, struct bytes text,
                    const struct extent *e)
{
    uint32_t at = e->start;
    size_t begun = 0, ended = 0, first = b->len;
    bool blank = false;

    while (at < e->end) {
        uint32_t next = next_at(text, at);
        bool is_blank = may_squeeze(code_at(text, at));

        if (blank && !is_blank && b->len > first)
            buffer_put_u8(b, ' ');
        if (begun < s->count && s->marks[begun].start == at)
            s->marks[begun++].start = (uint32_t)b->len;
        blank = is_blank;
        if (!is_blank)
            buffer_put(b, text.data + at, next - at);
        at = next;
        if (ended < s->count && s->marks[ended].end == at)
            s->marks[ended++].end = (uint32_t)b->len;
    }
}

static struct snippet write_extent(const struct snippet_maker *m,
                                   const struct spots *spots, size_t near,
                                   struct bytes text, const struct extent *e)
{
    struct snippet s = { BYTES_NONE, NULL, 0 };
    struct buffer b = BUFFER_INIT;
    size_t from, to;

    spots_within(spots, e, near, &from, &to);
    s.marks = arena_alloc(m->arena, (to - from) * sizeof(*s.marks));
    for (size_t i = from; i < to; i++)
        add_mark(&s, spots->items[i].start, spots->items[i].end);
    if (e->cut_start)
        buffer_put_str(&b, "\xe2\x80\xa6 ");
    squeeze(&b, &s, text, e);
    if (e->cut_end)
        buffer_put_str(&b, " \xe2\x80\xa6");
    s.text = arena_copy(m->arena, buffer_bytes(&b));
    buffer_release(&b);
    return s;
}

/* --- Passages ----------------------------------------------------------- */

static struct bytes trimmed(struct bytes text)
{
    while (text.len && text.data[text.len - 1] <= ' ')
        text.len--;
    while (text.len && text.data[0] <= ' ')
        text = bytes_part(text, 1, text.len - 1);
    return text;
}

/* Lead and body; the body alone where it begins with the lead. */
static size_t texts_of(struct bytes *texts, const struct article *a)
{
    struct bytes lead = trimmed(a->lead), body = trimmed(a->body);
    size_t count = 0;

    if (lead.len && (lead.len > body.len
                     || memcmp(lead.data, body.data, lead.len) != 0))
        texts[count++] = lead;
    if (body.len)
        texts[count++] = body;
    return count;
}

static struct snippet take_beginning(const struct snippet_maker *m,
                                     struct bytes text)
{
    struct spots none = { NULL, 0, 0, 0 };
    struct extent e = { 0, 0, 0, false, false };

    e.end = end_behind(text, 0, 0, (uint32_t)text.len, m->columns);
    e.cut_end = e.end < text.len && !ends_sentence(text, e.end);
    return write_extent(m, &none, 0, text, &e);
}

/* What a passage touches is not for another one. */
static void use_up(struct spots *spots, bool *covered, const struct extent *e)
{
    for (size_t i = 0; i < spots->count; i++) {
        struct spot *spot = spots->items + i;

        if (spot->text == e->text && spot->start < e->end
            && spot->end > e->start)
            spot->used = covered[spot->stem] = true;
    }
}

static size_t take_marked(struct snippet *out, size_t want,
                          const struct snippet_maker *m,
                          struct spots *spots, const struct bytes *texts)
{
    bool *covered = must_calloc(m->marks->count, sizeof(*covered));
    struct counted c = { must_calloc(m->marks->count, sizeof(uint32_t)),
                         0, 0, covered };
    struct extent *taken = must_calloc(want, sizeof(*taken));
    size_t count = 0;

    while (count < want) {
        struct stretch s = best_stretch(spots, &c, m->columns);
        struct bytes text;

        if (!s.worth)
            break;
        text = texts[spots->items[s.left].text];
        taken[count] = extent_of(spots, &s, text, m->columns, taken, count);
        use_up(spots, covered, &taken[count]);
        out[count] = write_extent(m, spots, s.left, text, &taken[count]);
        count++;
    }
    free(covered);
    free(c.of_stem);
    free(taken);
    return count;
}

size_t snippets_take(struct snippet *out, size_t want,
                     const struct snippet_maker *maker,
                     const struct article *article)
{
    struct spots spots = { NULL, 0, 0, 0 };
    struct bytes texts[TEXTS_MAX];
    size_t count = texts_of(texts, article), taken = 0;

    if (!want || !count)
        return 0;
    for (size_t i = 0; i < count; i++)
        find_spots(maker, &spots, texts[i], article->lang, (uint16_t)i);
    if (spots.count) {
        taken = take_marked(out, want, maker, &spots, texts);
    } else {
        out[0] = take_beginning(maker, texts[0]);
        taken = 1;
    }
    free(spots.items);
    return taken;
}
