/* query.c -- the tree of a query: making nodes, comparing, printing.
 *
 * Nodes are normal from birth, so that text and tree go to and fro:
 *
 *   AND(a, AND(b, a))  ->  AND(a^2, b)      printed  a a b
 *   AND(NOT x)         ->  AND(ALL, NOT x)  printed  -x
 *   AND(a, MAYBE b)                         printed  a MAYBE b
 *   OR(a)              ->  a                printed  a
 */
#include "searcher/query/query.h"

#include "common/index/format.h"
#include "searcher/query/lexer.h"

struct query *query_new(struct arena *arena, enum query_kind kind)
{
    struct query *q = arena_calloc(arena, 1, sizeof(*q));

    q->kind = kind;
    q->boost = 1.0f;
    return q;
}

void query_push(struct arena *arena, struct query_list *list,
                struct query *q)
{
    if (list->count == list->room) {
        size_t room = list->room ? list->room * 2 : 8;
        struct query **items = arena_alloc(arena, room * sizeof(*items));

        if (list->count)
            memcpy(items, list->items, list->count * sizeof(*items));
        list->items = items;
        list->room = room;
    }
    list->items[list->count++] = q;
}

/* --- Comparing ---------------------------------------------------------- */

static bool same_words(const struct query *a, const struct query *b)
{
    if (a->count != b->count || a->title != b->title || a->said != b->said)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->words[i].prefix != b->words[i].prefix
            || !bytes_equal(a->words[i].word, b->words[i].word))
            return false;
    return true;
}

static bool same_parts(const struct query *a, const struct query *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!query_equal(a->parts[i], b->parts[i]))
            return false;
    return true;
}

bool query_equal(const struct query *a, const struct query *b)
{
    if (!a || !b || a->kind != b->kind)
        return a == b;
    switch (a->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        return a->boost == b->boost && same_words(a, b);
    case QUERY_META:
        return a->field == b->field && bytes_equal(a->key, b->key);
    case QUERY_DATE:
        return a->dates.from == b->dates.from && a->dates.to == b->dates.to;
    case QUERY_SET:
        return a->sets == b->sets;
    default:
        return same_parts(a, b);
    }
}

/* --- Making ------------------------------------------------------------- */

/* Gives the boost of a word to an equal one that is there already. */
static bool merge_word(struct query_list *list, const struct query *q)
{
    for (size_t i = 0; q->kind == QUERY_WORD && i < list->count; i++) {
        struct query *there = list->items[i];

        if (there->kind == QUERY_WORD && same_words(there, q)) {
            there->boost += q->boost;
            return true;
        }
    }
    return false;
}

/* Appends a part to a node of `kind`, or its parts where it is one itself. */
static void splice(struct arena *arena, struct query_list *list,
                   enum query_kind kind, struct query *q)
{
    if (q->kind == kind) {
        for (size_t i = 0; i < q->count; i++)
            splice(arena, list, kind, q->parts[i]);
    } else if (!merge_word(list, q)) {
        query_push(arena, list, q);
    }
}

static struct query *node_of(struct arena *arena, enum query_kind kind,
                             const struct query_list *list)
{
    struct query *q;

    if (list->count < 2)
        return list->count ? list->items[0] : NULL;
    q = query_new(arena, kind);
    q->parts = list->items;
    q->count = list->count;
    q->start = list->items[0]->start;
    q->end = list->items[list->count - 1]->end;
    return q;
}

static size_t count_kind(const struct query_list *list, enum query_kind kind)
{
    size_t count = 0;

    for (size_t i = 0; i < list->count; i++)
        count += list->items[i]->kind == kind;
    return count;
}

struct query *query_all(struct arena *arena, const struct query_list *parts)
{
    struct query_list flat = { NULL, 0, 0 }, list = { NULL, 0, 0 };
    size_t everything, free;

    for (size_t i = 0; i < parts->count; i++)
        splice(arena, &flat, QUERY_AND, parts->items[i]);
    everything = count_kind(&flat, QUERY_ALL);
    free = count_kind(&flat, QUERY_NOT) + count_kind(&flat, QUERY_MAYBE);
    if (free && free + everything == flat.count)
        query_push(arena, &list, query_new(arena, QUERY_ALL));
    for (size_t i = 0; i < flat.count; i++)
        if (flat.items[i]->kind != QUERY_ALL || everything == flat.count)
            query_push(arena, &list, flat.items[i]);
    return node_of(arena, QUERY_AND, &list);
}

struct query *query_any(struct arena *arena, const struct query_list *parts)
{
    struct query_list list = { NULL, 0, 0 };

    for (size_t i = 0; i < parts->count; i++)
        splice(arena, &list, QUERY_OR, parts->items[i]);
    return node_of(arena, QUERY_OR, &list);
}

static struct query *node_around(struct arena *arena, enum query_kind kind,
                                 struct query *part)
{
    struct query *q = query_new(arena, kind);

    q->parts = arena_alloc(arena, sizeof(*q->parts));
    q->parts[0] = part;
    q->count = 1;
    q->start = part->start;
    q->end = part->end;
    return q;
}

struct query *query_not(struct arena *arena, struct query *part)
{
    return node_around(arena, QUERY_NOT, part);
}

struct query *query_maybe(struct arena *arena, struct query *part)
{
    return node_around(arena, QUERY_MAYBE, part);
}

static bool can_relax(const struct query *q)
{
    return query_scores(q) && !q->title;
}

struct query *query_relax(struct arena *arena, const struct query *q)
{
    struct query_list any = { NULL, 0, 0 }, all = { NULL, 0, 0 };

    if (q->kind != QUERY_AND)
        return NULL;
    for (size_t i = 0; i < q->count; i++)
        if (can_relax(q->parts[i]))
            query_push(arena, &any, q->parts[i]);
    if (any.count < 2)
        return NULL;
    for (size_t i = 0; i < q->count; i++) {
        if (!can_relax(q->parts[i]))
            query_push(arena, &all, q->parts[i]);
        else if (q->parts[i] == any.items[0])
            query_push(arena, &all, node_of(arena, QUERY_OR, &any));
    }
    return node_of(arena, QUERY_AND, &all);
}

/* --- Printing ----------------------------------------------------------- */

static const char *field_name(char letter)
{
    switch (letter) {
    case META_SOURCE: return "source";
    case META_LANG: return "lang";
    case META_AUTHOR: return "by";
    case META_SECTION: return "section";
    case META_SPEAKER: return "speaker";
    case META_KIND: return "kind";
    case META_SURE: return "sure";
    default: return "tag";
    }
}

static void put_quoted(struct buffer *b, struct bytes text)
{
    buffer_put_u8(b, '"');
    buffer_put_bytes(b, text);
    buffer_put_u8(b, '"');
}

static void put_text(struct buffer *b, struct bytes text)
{
    if (lexer_reserved(text))
        put_quoted(b, text);
    else
        buffer_put_bytes(b, text);
}

/* The words of a leaf as they were written, or else as they are. */
static void put_words(struct buffer *b, const struct query *q)
{
    struct buffer made = BUFFER_INIT;
    struct bytes text = q->written;

    for (size_t i = 0; !q->written.len && i < q->count; i++) {
        if (i)
            buffer_put_u8(&made, ' ');
        buffer_put_bytes(&made, q->words[i].word);
        text = buffer_bytes(&made);
    }
    if (q->title)
        buffer_put_str(b, q->said ? "said:" : "title:");
    if (q->kind == QUERY_PHRASE)
        put_quoted(b, text);
    else
        put_text(b, text);
    buffer_release(&made);
}

/* A word as often as the query says it. */
static void put_boosted(struct buffer *b, const struct query *q,
                        const char *joint)
{
    put_words(b, q);
    for (float said = 1.0f; said < q->boost; said += 1.0f) {
        buffer_put_str(b, joint);
        put_words(b, q);
    }
}

static void put_group(struct buffer *b, const struct query *q, bool needed)
{
    if (needed)
        buffer_put_u8(b, '(');
    query_print(b, q);
    if (needed)
        buffer_put_u8(b, ')');
}

static bool is_group(const struct query *q)
{
    return q->kind == QUERY_AND || q->kind == QUERY_OR || q->boost > 1.0f;
}

static void put_parts(struct buffer *b, const struct query *q)
{
    const char *joint = q->kind == QUERY_OR ? " OR " : " ";
    bool first = true;

    for (size_t i = 0; i < q->count; i++) {
        const struct query *part = q->parts[i];

        if (part->kind == QUERY_ALL)
            continue;
        if (!first)
            buffer_put_str(b, joint);
        first = false;
        if (query_scores(part))
            put_boosted(b, part, joint);
        else
            put_group(b, part, part->kind == QUERY_OR);
    }
}

void query_print(struct buffer *b, const struct query *q)
{
    switch (q->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        put_boosted(b, q, " ");
        break;
    case QUERY_META:
        buffer_printf(b, "%s:", field_name(q->field));
        put_text(b, q->written);
        break;
    case QUERY_DATE:
        buffer_put_str(b, "date:");
        put_text(b, q->written);
        break;
    case QUERY_NOT:
        buffer_put_u8(b, '-');
        put_group(b, q->parts[0], is_group(q->parts[0]));
        break;
    case QUERY_MAYBE:
        buffer_put_str(b, "MAYBE ");
        put_group(b, q->parts[0], is_group(q->parts[0]));
        break;
    case QUERY_AND:
    case QUERY_OR:
        put_parts(b, q);
        break;
    case QUERY_SET:
    case QUERY_ALL:
    case QUERY_NONE:
        buffer_put_str(b, "\"\"");
        break;
    }
}
