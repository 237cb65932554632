/* leaf.c -- one written word, phrase or value to leaves of the tree.
 *
 * The tokenizer splits what was written into pieces; how they hang together
 * decides what they become.  A run of a script without spaces is its pairs
 * side by side, for the pairs overlap; its tail says nothing new, unless it
 * is the whole run.
 *
 *   COVID-19      covid|19           PHRASE(covid 19)
 *   gas,oil       gas  oil           WORD(gas) WORD(oil)
 *   ABC (Han)     AB|BC|c            WORD(AB) WORD(BC)
 *   "ABC D"       AB|BC|c  d         PHRASE(AB BC c d*)
 */
#include "searcher/query/leaf.h"

#include "common/index/format.h"
#include "common/text/meta.h"

enum { WORDS_MAX = 1000 };

/* A token, analysed. */
struct piece {
    struct query_word word;
    uint32_t start, end;        /* bytes of the text */
    bool run;                   /* of a script without spaces */
    bool spare;                 /* the tail behind the pairs of a run */
    bool glued;
};

struct pieces {
    struct piece *items;
    size_t count;
};

static void add_piece(struct leaf_maker *m, struct pieces *out,
                      struct bytes text, const struct token *token,
                      bool behind_pair)
{
    bool tail = token->kind == TOKEN_TAIL;
    struct bytes word =
        analyzer_apply(m->analyzer, text, token, LANG_NONE).word;

    if (!word.len)
        return;
    out->items[out->count++] = (struct piece){
        { arena_copy(m->arena, word), tail && !behind_pair },
        token->start, token->end, tail || token->kind == TOKEN_PAIR,
        tail && behind_pair, token->glued
    };
}

/* A token has a byte at least, so there are no more pieces than bytes. */
static struct pieces read_pieces(struct leaf_maker *m, struct bytes text)
{
    struct pieces out = { NULL, 0 };
    struct tokenizer tokens;
    struct token token;
    bool behind_pair = false;

    out.items = arena_alloc(m->arena, (text.len + 1) * sizeof(*out.items));
    tokenizer_init(&tokens, text);
    while (out.count <= text.len && tokenizer_next(&tokens, &token)) {
        add_piece(m, &out, text, &token, behind_pair && token.glued);
        behind_pair = token.kind == TOKEN_PAIR;
    }
    m->words += out.count;
    if (m->words > WORDS_MAX)
        lexer_fail(m->lexer, ERR_LIMIT, m->lexer->item.start,
                   "more than %d words; ask in several queries", WORDS_MAX);
    return out;
}

/* The leaf of `count` pieces, which were written from `start` to `end`. */
static struct query *words_of(struct leaf_maker *m, struct bytes text,
                              const struct piece *pieces, size_t count)
{
    struct query *q =
        query_new(m->arena, count > 1 ? QUERY_PHRASE : QUERY_WORD);
    uint32_t start = pieces[0].start, end = pieces[count - 1].end;

    q->words = arena_alloc(m->arena, count * sizeof(*q->words));
    q->count = count;
    for (size_t i = 0; i < count; i++)
        q->words[i] = pieces[i].word;
    q->written = bytes_part(text, start, end - start);
    q->start = (uint32_t)(q->written.data - m->lexer->text.data);
    q->end = q->start + (end - start);
    return q;
}

static struct query *read_phrase(struct leaf_maker *m, struct bytes text)
{
    struct pieces pieces = read_pieces(m, text);

    if (pieces.count && pieces.items[pieces.count - 1].spare)
        pieces.count--;
    return pieces.count
        ? words_of(m, text, pieces.items, pieces.count) : NULL;
}

/* How many pieces from `from` on are one written word: COVID|19. */
static size_t glued_together(const struct pieces *pieces, size_t from)
{
    size_t count = 1;

    while (!pieces->items[from].run && from + count < pieces->count
           && pieces->items[from + count].glued
           && !pieces->items[from + count].run)
        count++;
    return count;
}

static struct query *read_word(struct leaf_maker *m, struct bytes text)
{
    struct query_list list = { NULL, 0, 0 };
    struct pieces pieces = read_pieces(m, text);
    size_t count;

    for (size_t i = 0; i < pieces.count; i += count) {
        count = glued_together(&pieces, i);
        if (!pieces.items[i].spare)
            query_push(m->arena, &list,
                       words_of(m, text, pieces.items + i, count));
    }
    return query_all(m->arena, &list);
}

static void to_title(struct query *q, bool said)
{
    q->title = query_scores(q);
    q->said = q->title && said;
    for (size_t i = 0; q->kind == QUERY_AND && i < q->count; i++)
        to_title(q->parts[i], said);
}

static struct query *read_text(struct leaf_maker *m, const struct item *item,
                               const struct field *field)
{
    struct query *q = item->kind == ITEM_PHRASE
        ? read_phrase(m, item->text) : read_word(m, item->text);

    if (q && field)
        to_title(q, field->kind == FIELD_SAID);
    return q;
}

/* A language by any of its names is its code. */
static struct bytes value_of(const struct field *field, struct bytes text,
                             struct lang *lang)
{
    *lang = field->letter == META_LANG ? lang_parse(text) : LANG_NONE;
    return lang->code[0] ? bytes_str(lang->code) : text;
}

static struct query *read_meta(struct leaf_maker *m, const struct item *item,
                               const struct field *field)
{
    struct query *q = query_new(m->arena, QUERY_META);
    struct buffer key = BUFFER_INIT;
    struct lang lang;

    meta_key(&key, field->letter, value_of(field, item->text, &lang));
    q->field = field->letter;
    q->key = arena_copy(m->arena, buffer_bytes(&key));
    buffer_release(&key);
    if (!q->key.len)
        lexer_fail(m->lexer, ERR_INPUT, item->start, "%s: wants a value",
                   field->name);
    return q;
}

static struct query *read_date(struct leaf_maker *m, const struct item *item)
{
    struct query *q = query_new(m->arena, QUERY_DATE);
    struct error err = ERROR_INIT;

    if (date_range_parse(&q->dates, item->text, &err) != OK)
        lexer_fail(m->lexer, ERR_INPUT, item->start, "%s", err.message);
    return q;
}

struct query *leaf_of(struct leaf_maker *m, const struct item *item,
                      const struct field *field)
{
    struct query *q;

    if (!field || field->kind <= FIELD_SAID)
        return read_text(m, item, field);
    q = field->kind == FIELD_DATE ? read_date(m, item)
        : read_meta(m, item, field);
    q->written = item->text;
    q->start = item->start;
    q->end = item->end;
    return q;
}

void leaf_words(struct leaf_maker *m, struct bytes text,
                struct query_list *list)
{
    struct pieces pieces = read_pieces(m, text);

    for (size_t i = 0; i < pieces.count; i++)
        if (!pieces.items[i].spare)
            query_push(m->arena, list,
                       words_of(m, text, pieces.items + i, 1));
}
