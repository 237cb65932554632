/* parse.c -- what people type to a tree, by recursive descent.
 *
 *   query  := all { OR all }
 *   all    := { unit }
 *   unit   := signed { AND signed }
 *   signed := [ "+" | "-" | NOT | MAYBE ] term
 *   term   := [ field ":" ] ( word | phrase | "(" query ")" )
 *
 *   gas -title:(oil OR coal)   ->   AND(gas, NOT(OR(title:oil, title:coal)))
 *
 * A term without a character comes back as NULL and takes its sign along:
 * "gas & oil" is AND(gas, oil).
 */
#include "common/index/format.h"
#include "searcher/query/leaf.h"

enum { TEXT_MAX = 4096, DEPTH_MAX = 16 };

struct parser {
    struct lexer lexer;
    struct leaf_maker maker;
    struct arena *arena;
    const struct field *field;      /* of the group that we are in */
    enum query_mode mode;
    unsigned depth;
    bool operators;
    bool quotes, title;             /* fields of quotations; title: */
};

static struct query *parse_query(struct parser *p);

static const struct item *look(const struct parser *p)
{
    return &p->lexer.item;
}

static bool is_operator(enum item_kind kind)
{
    return kind == ITEM_NOT || kind == ITEM_MAYBE || kind == ITEM_PLUS
        || kind == ITEM_MINUS;
}

static bool begins_term(enum item_kind kind)
{
    return kind == ITEM_OPEN || kind == ITEM_FIELD || kind == ITEM_PHRASE
        || kind == ITEM_WORD;
}

/* Goes past an operator; behind it must begin what it works on. */
static void pass_operator(struct parser *p)
{
    struct item sign = *look(p);

    p->operators = true;
    lexer_next(&p->lexer);
    if (begins_term(look(p)->kind)
        || (is_operator(look(p)->kind) && !is_operator(sign.kind)))
        return;
    lexer_fail(&p->lexer, ERR_INPUT, sign.start,
               "%.*s wants a word, a \"phrase\" or a (group) behind it",
               (int)sign.text.len, (const char *)sign.text.data);
}

/* --- Terms -------------------------------------------------------------- */

static struct query *parse_group(struct parser *p)
{
    uint32_t open = look(p)->start;
    struct query *q;

    p->operators = true;
    if (++p->depth > DEPTH_MAX)
        lexer_fail(&p->lexer, ERR_LIMIT, open,
                   "more than %d parentheses inside each other", DEPTH_MAX);
    lexer_next(&p->lexer);
    if (look(p)->kind == ITEM_CLOSE)
        lexer_fail(&p->lexer, ERR_INPUT, open,
                   "there is nothing between these parentheses");
    q = parse_query(p);
    if (look(p)->kind != ITEM_CLOSE)
        lexer_fail(&p->lexer, ERR_INPUT, open,
                   "this parenthesis is not closed");
    lexer_next(&p->lexer);
    p->depth--;
    return q;
}

/* `loose`: the words were side by side, not between parentheses. */
static struct query *parse_term(struct parser *p, bool *loose)
{
    const struct field *around = p->field;
    struct query *q = NULL;

    if (look(p)->kind == ITEM_FIELD) {
        p->field = look(p)->field;
        p->quotes |= p->field->kind == FIELD_SAID ||
                     p->field->letter == META_SPEAKER ||
                     p->field->letter == META_KIND ||
                     p->field->letter == META_SURE;
        p->title |= p->field->kind == FIELD_TITLE;
        lexer_value(&p->lexer);
    }
    *loose = look(p)->kind == ITEM_WORD;
    if (look(p)->kind == ITEM_OPEN) {
        q = parse_group(p);
    } else if (p->lexer.status == OK) {
        q = leaf_of(&p->maker, look(p), p->field);
        lexer_next(&p->lexer);
    }
    p->field = around;
    return q;
}

/* --- Units -------------------------------------------------------------- */

/* What a unit is among its neighbours. */
struct unit {
    struct query *q;            /* NULL: without a character */
    bool required;              /* in the mode ANY: beside the OR */
    bool plus;                  /* a "+" asks for it, and it is no filter */
    bool loose;
};

static bool is_filter(const struct query *q)
{
    for (size_t i = 0; i < q->count && q->parts; i++)
        if (!is_filter(q->parts[i]))
            return false;
    return q->parts || q->kind == QUERY_META || q->kind == QUERY_DATE;
}

static struct unit parse_signed(struct parser *p)
{
    enum item_kind sign = look(p)->kind;
    struct unit unit = { NULL, is_operator(sign), false, false };

    if (is_operator(sign))
        pass_operator(p);
    unit.q = parse_term(p, &unit.loose);
    if (!unit.q)
        return unit;
    unit.required |= is_filter(unit.q);
    unit.plus = sign == ITEM_PLUS && !is_filter(unit.q);
    if (sign == ITEM_MAYBE)
        unit.q = query_maybe(p->arena, unit.q);
    if (sign == ITEM_MINUS || sign == ITEM_NOT)
        unit.q = query_not(p->arena, unit.q);
    return unit;
}

/* A term, or terms joined by AND: those are one, whatever signs they have. */
static struct unit parse_unit(struct parser *p)
{
    struct unit unit = parse_signed(p);
    struct query_list all = { NULL, 0, 0 };

    if (look(p)->kind != ITEM_AND) {
        /* In the mode ANY the words of "gas,oil" are as free as others. */
        if (p->mode == QUERY_MODE_ANY && unit.q && unit.loose
            && !unit.required && unit.q->kind == QUERY_AND)
            unit.q->kind = QUERY_OR;
        return unit;
    }
    if (unit.q)
        query_push(p->arena, &all, unit.q);
    while (look(p)->kind == ITEM_AND) {
        pass_operator(p);
        unit = parse_signed(p);
        if (unit.q)
            query_push(p->arena, &all, unit.q);
    }
    unit = (struct unit){ .q = query_all(p->arena, &all) };
    unit.required = unit.q && is_filter(unit.q);
    return unit;
}

/* --- Units side by side ------------------------------------------------- */

/* Those that are required, and at the place of the first that is not, an OR
 * of the others, which must match unless `free`. */
static struct query *join_units(struct parser *p, struct query_list *all,
                                const struct query_list *any, size_t place,
                                bool free)
{
    struct query *q = query_any(p->arena, any);

    if (q && free)
        q = query_maybe(p->arena, q);
    if (q) {
        query_push(p->arena, all, q);
        memmove(all->items + place + 1, all->items + place,
                (all->count - 1 - place) * sizeof(*all->items));
        all->items[place] = q;
    }
    return query_all(p->arena, all);
}

static struct query *parse_all(struct parser *p)
{
    struct query_list all = { NULL, 0, 0 }, any = { NULL, 0, 0 };
    size_t place = 0;
    bool plus = false;

    if (look(p)->kind == ITEM_AND || look(p)->kind == ITEM_OR)
        lexer_fail(&p->lexer, ERR_INPUT, look(p)->start,
                   "there is nothing before this %s",
                   look(p)->kind == ITEM_OR ? "OR" : "AND");
    while (begins_term(look(p)->kind) || is_operator(look(p)->kind)) {
        struct unit unit = parse_unit(p);

        if (!unit.q)
            continue;
        plus |= unit.plus;
        if (p->mode != QUERY_MODE_ANY || unit.required) {
            query_push(p->arena, &all, unit.q);
            continue;
        }
        if (!any.count)
            place = all.count;
        query_push(p->arena, &any, unit.q);
    }
    return join_units(p, &all, &any, place, plus);
}

static struct query *parse_query(struct parser *p)
{
    struct query_list any = { NULL, 0, 0 };
    struct query *q = parse_all(p);

    if (q)
        query_push(p->arena, &any, q);
    while (look(p)->kind == ITEM_OR) {
        pass_operator(p);
        q = parse_all(p);
        if (q)
            query_push(p->arena, &any, q);
    }
    return query_any(p->arena, &any);
}

static struct query *parse_plain(struct parser *p)
{
    struct query_list list = { NULL, 0, 0 };

    leaf_words(&p->maker, p->lexer.text, &list);
    return p->mode == QUERY_MODE_ANY ? query_any(p->arena, &list)
        : query_all(p->arena, &list);
}

/* --- The whole text ----------------------------------------------------- */

/* A copy whose invalid bytes and NULs are blanks: places stay the same. */
static struct bytes clean_copy(struct arena *arena, struct bytes text)
{
    char *copy = arena_str(arena, text);
    const uint8_t *at = (const uint8_t *)copy, *end = at + text.len;

    while (at < end) {
        const uint8_t *start = at;
        uint32_t code = utf8_next(&at, end);
        bool replaced = code == 0xfffd
            && (at - start != 3 || memcmp(start, "\xef\xbf\xbd", 3) != 0);

        if (code == 0 || replaced)
            memset(copy + (start - (const uint8_t *)copy), ' ',
                   (size_t)(at - start));
    }
    return bytes_of(copy, text.len);
}

static struct query *parse_text(struct parser *p)
{
    struct query *q;

    lexer_init(&p->lexer, p->lexer.text, p->lexer.err);
    q = parse_query(p);
    if (look(p)->kind == ITEM_CLOSE)
        lexer_fail(&p->lexer, ERR_INPUT, look(p)->start,
                   "this parenthesis was not opened");
    return q;
}

static struct parser parser_of(struct bytes text, enum query_mode mode,
                               struct analyzer *analyzer,
                               struct arena *arena, struct error *err)
{
    struct parser p = { .arena = arena, .mode = mode };

    p.lexer = (struct lexer){ .text = clean_copy(arena, text), .err = err };
    p.maker = (struct leaf_maker){ NULL, analyzer, arena, 0 };
    return p;
}

/* The tree with the filters required beside it; NULL after a failure, which
 * the parser tells. */
static struct query *with_filters(struct parser *p, struct query *root,
                                  bool alone)
{
    struct query_list all = { NULL, 0, 0 };
    struct query *filters;

    p->maker.lexer = &p->lexer;
    filters = parse_text(p);
    if (p->lexer.status != OK || !filters || (!root && !alone))
        return NULL;
    if (root)
        query_push(p->arena, &all, root);
    query_push(p->arena, &all, filters);
    return query_all(p->arena, &all);
}

enum status query_parse(struct query_parsed *out, struct bytes text,
                        const struct query_options *options,
                        struct analyzer *analyzer, struct arena *arena,
                        struct error *err)
{
    struct parser p, filter;
    struct query *root;

    *out = (struct query_parsed){ .root = NULL };
    if (text.len > TEXT_MAX)
        return error_set(err, ERR_LIMIT, "the query has %zu bytes; at most "
                         "%d are read", text.len, TEXT_MAX);
    p = parser_of(text, options->mode, analyzer, arena, err);
    p.maker.lexer = &p.lexer;
    root = options->plain ? parse_plain(&p) : parse_text(&p);
    if (p.lexer.status != OK)
        return p.lexer.status;
    if (options->filters.len) {
        filter = parser_of(options->filters, QUERY_MODE_ALL, analyzer, arena,
                           err);
        root = with_filters(&filter, root, text.len == 0);
        if (filter.lexer.status != OK)
            return filter.lexer.status;
        p.quotes |= filter.quotes;
    }
    out->root = root ? root : query_new(arena, QUERY_NONE);
    out->operators = p.operators;
    out->quotes = p.quotes;
    out->title = p.title;
    if (p.mode == QUERY_MODE_DEFAULT && !p.operators)
        out->relaxed = query_relax(arena, out->root);
    return OK;
}
