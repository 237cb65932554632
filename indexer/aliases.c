/* aliases.c -- what is said by hand of who is who.
 *
 *   join  (Lavrov, Lawrow)         Lavrov = Lawrow
 *   join  (Lawrow, the minister)   Lavrov = Lawrow = the minister
 *   part  (Lawrow)                 Lavrov = the minister
 */
#include "indexer/aliases.h"

#include <stdlib.h>

enum { NAME_MOST = 1024 };

enum status aliases_load(struct aliases *a, const char *dir,
                         const struct manifest *m, struct error *err)
{
    const struct attachment_info *info =
        manifest_attachment(m, ATTACHMENT_PEOPLE);
    struct buffer body = BUFFER_INIT;
    enum status code;

    *a = (struct aliases)ALIASES_INIT;
    if (!info)
        return OK;
    code = attachment_load(&body, dir, m->uuid, info, err);
    if (code == OK && !people_unpack(&a->people, arena_copy(&a->arena,
                                     buffer_bytes(&body)), &a->arena)) {
        char *path = attachment_path(dir, info);

        code = error_set(err, ERR_CORRUPT, "%s: damaged: it is no list of "
                         "people; lede-index alias clear puts it away", path);
        free(path);
    }
    buffer_release(&body);
    return code;
}

enum status aliases_save(struct aliases *a, const char *dir,
                         struct manifest *m, struct error *err)
{
    struct buffer body = BUFFER_INIT;
    struct attachment_info info;
    enum status code;

    if (!a->changed)
        return OK;
    a->changed = false;
    manifest_detach(m, ATTACHMENT_PEOPLE);
    if (!a->people.group_count && !a->people.correction_count)
        return OK;
    people_pack(&body, &a->people);
    code = attachment_save(&info, dir, m->uuid, m->generation + 1,
                           ATTACHMENT_PEOPLE, buffer_bytes(&body), err);
    buffer_release(&body);
    if (code == OK)
        manifest_attach(m, &info);
    return code;
}

static struct bytes trim(struct bytes text)
{
    while (text.len && strchr(" \t\r\n", text.data[0])) {
        text.data++;
        text.len--;
    }
    while (text.len && strchr(" \t\r\n", text.data[text.len - 1]))
        text.len--;
    return text;
}

struct bytes aliases_name(struct aliases *a, struct bytes written)
{
    struct bytes name = trim(written), last, first;
    const uint8_t *comma;

    if (!name.len || name.len > NAME_MOST || memchr(name.data, 0, name.len))
        return BYTES_NONE;
    comma = memchr(name.data, ',', name.len);
    if (!comma)
        return arena_copy(&a->arena, name);
    last = trim(bytes_part(name, 0, (size_t)(comma - name.data)));
    first = trim(bytes_part(name, last.len + 1, name.len - last.len - 1));
    if (!last.len || !first.len || memchr(first.data, ',', first.len))
        return arena_copy(&a->arena, name);
    return bytes_str(arena_printf(&a->arena, "%.*s %.*s", (int)first.len,
                                  (const char *)first.data, (int)last.len,
                                  (const char *)last.data));
}

/* --- Groups ------------------------------------------------------------- */

static bool has_name(const struct people_group *g, struct bytes name)
{
    for (size_t i = 0; i < g->count; i++)
        if (bytes_equal(g->names[i], name))
            return true;
    return false;
}

static void drop_group(struct people *p, size_t at)
{
    p->group_count--;
    memmove(p->groups + at, p->groups + at + 1,
            (p->group_count - at) * sizeof(*p->groups));
}

/* Appends the names that the group has not yet; there is room. */
static void put_names(struct people_group *g, const struct bytes *names,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!has_name(g, names[i]))
            g->names[g->count++] = names[i];
}

void aliases_join(struct aliases *a, const struct bytes *names, size_t count)
{
    struct people *p = &a->people;
    struct people_group joined = { NULL, 0 }, *moved;
    size_t room = count;

    for (size_t i = 0; i < p->group_count; i++)
        room += p->groups[i].count;
    joined.names = arena_alloc(&a->arena, room * sizeof(*joined.names));
    for (size_t i = p->group_count; i-- > 0;) {
        bool meets = false;

        for (size_t k = 0; k < count; k++)
            meets |= has_name(&p->groups[i], names[k]);
        if (!meets)
            continue;
        put_names(&joined, p->groups[i].names, p->groups[i].count);
        drop_group(p, i);
    }
    put_names(&joined, names, count);
    a->changed = true;
    if (joined.count < 2)
        return;
    moved = arena_alloc(&a->arena, (p->group_count + 1) * sizeof(*moved));
    if (p->group_count)
        memcpy(moved, p->groups, p->group_count * sizeof(*moved));
    moved[p->group_count++] = joined;
    p->groups = moved;
}

bool aliases_part(struct aliases *a, struct bytes name)
{
    struct people *p = &a->people;

    for (size_t i = 0; i < p->group_count; i++) {
        struct people_group *g = &p->groups[i];
        size_t kept = 0;

        if (!has_name(g, name))
            continue;
        for (size_t k = 0; k < g->count; k++)
            if (!bytes_equal(g->names[k], name))
                g->names[kept++] = g->names[k];
        g->count = kept;
        if (kept < 2)
            drop_group(p, i);
        a->changed = true;
        return true;
    }
    return false;
}

/* --- Corrections -------------------------------------------------------- */

void aliases_forget(struct aliases *a, size_t place)
{
    struct people *p = &a->people;

    p->correction_count--;
    memmove(p->corrections + place, p->corrections + place + 1,
            (p->correction_count - place) * sizeof(*p->corrections));
    a->changed = true;
}

/* What was said of a copy is said of this one too. */
static void forget_copies(struct aliases *a, uint64_t copies)
{
    for (size_t i = a->people.correction_count; copies && i-- > 0;)
        if (a->people.corrections[i].copies == copies)
            aliases_forget(a, i);
}

void aliases_correct(struct aliases *a, const struct people_correction *c)
{
    struct people *p = &a->people;
    struct people_correction *moved;
    size_t at = 0;

    forget_copies(a, c->copies);
    a->changed = true;
    while (at < p->correction_count &&
           people_compare(&p->corrections[at], c) < 0)
        at++;
    if (at < p->correction_count &&
        people_compare(&p->corrections[at], c) == 0) {
        p->corrections[at] = *c;
        return;
    }
    moved = arena_alloc(&a->arena, (p->correction_count + 1) *
                        sizeof(*moved));
    if (at)
        memcpy(moved, p->corrections, at * sizeof(*moved));
    moved[at] = *c;
    if (at < p->correction_count)
        memcpy(moved + at + 1, p->corrections + at,
               (p->correction_count - at) * sizeof(*moved));
    p->corrections = moved;
    p->correction_count++;
}

void aliases_release(struct aliases *a)
{
    arena_release(&a->arena);
    *a = (struct aliases)ALIASES_INIT;
}
