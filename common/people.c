/* people.c -- what is known of people by hand, as the index keeps it.
 *
 *   2 groups   3 names  Sergei Lavrov, Lawrow, the Russian minister
 *              2 names  ...
 *   1 correction  key, copies, "Dmitry Peskov", "It will be two days,"
 *
 * Counts are varints, texts a varint length with bytes, keys 8 bytes.
 */
#include "common/people.h"

enum { NAME_MOST = 1024, WORDS_MOST = 1024 };

int people_compare(const void *a, const void *b)
{
    const struct people_correction *x = a, *y = b;

    if (x->key_high != y->key_high)
        return x->key_high < y->key_high ? -1 : 1;
    return (x->key_low > y->key_low) - (x->key_low < y->key_low);
}

void people_pack(struct buffer *body, const struct people *p)
{
    buffer_put_varint(body, p->group_count);
    for (size_t i = 0; i < p->group_count; i++) {
        buffer_put_varint(body, p->groups[i].count);
        for (size_t k = 0; k < p->groups[i].count; k++)
            buffer_put_string(body, p->groups[i].names[k]);
    }
    buffer_put_varint(body, p->correction_count);
    for (size_t i = 0; i < p->correction_count; i++) {
        const struct people_correction *c = &p->corrections[i];

        buffer_put_le64(body, c->key_high);
        buffer_put_le64(body, c->key_low);
        buffer_put_le64(body, c->copies);
        buffer_put_string(body, c->speaker);
        buffer_put_string(body, c->words);
    }
}

/* A count of things that take a byte at least. */
static size_t take_count(struct scan *s)
{
    uint64_t count = scan_varint(s);

    if (count > scan_left(s))
        s->bad = true;
    return s->bad ? 0 : (size_t)count;
}

static struct bytes take_text(struct scan *s, size_t least, size_t most)
{
    struct bytes text = scan_string(s);

    if (text.len < least || text.len > most ||
        (text.len && memchr(text.data, 0, text.len)))
        s->bad = true;
    return text;
}

static void take_group(struct people_group *g, struct scan *s,
                       struct arena *arena)
{
    g->count = take_count(s);
    if (g->count < 2)
        s->bad = true;
    g->names = arena_calloc(arena, g->count, sizeof(*g->names));
    for (size_t i = 0; i < g->count && !s->bad; i++)
        g->names[i] = take_text(s, 1, NAME_MOST);
}

static void take_correction(struct people_correction *c, struct scan *s)
{
    c->key_high = scan_le64(s);
    c->key_low = scan_le64(s);
    c->copies = scan_le64(s);
    c->speaker = take_text(s, 0, NAME_MOST);
    c->words = take_text(s, 0, WORDS_MOST);
}

bool people_unpack(struct people *p, struct bytes body, struct arena *arena)
{
    struct scan s = scan_of(body);

    *p = (struct people){ .group_count = take_count(&s) };
    p->groups = arena_calloc(arena, p->group_count, sizeof(*p->groups));
    for (size_t i = 0; i < p->group_count && !s.bad; i++)
        take_group(&p->groups[i], &s, arena);
    p->correction_count = take_count(&s);
    p->corrections = arena_calloc(arena, p->correction_count,
                                  sizeof(*p->corrections));
    for (size_t i = 0; i < p->correction_count && !s.bad; i++) {
        take_correction(&p->corrections[i], &s);
        if (i && people_compare(&p->corrections[i - 1],
                                &p->corrections[i]) >= 0)
            s.bad = true;
    }
    if (!s.bad && scan_left(&s) == 0)
        return true;
    *p = (struct people){ .group_count = 0 };
    return false;
}
