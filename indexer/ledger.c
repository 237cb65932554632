/* ledger.c -- the files that sync has read.
 *
 *   entry := shared, rest of the path, size, time, hash, given, others, ids
 *
 * Paths are front-coded: what is shared with the one before is only counted.
 */
#include "indexer/ledger.h"

#include <stdlib.h>

enum { PATH_MOST = 1 << 16, ID_BYTES = 16 };

void ledger_release(struct ledger *l)
{
    free(l->entries);
    arena_release(&l->arena);
    *l = (struct ledger)LEDGER_INIT;
}

/* --- Order --- */

int article_id_compare(const void *one, const void *other)
{
    const struct article_id *a = one, *b = other;

    if (a->high != b->high)
        return a->high < b->high ? -1 : 1;
    return (a->low > b->low) - (a->low < b->low);
}

static int by_path(const void *one, const void *other)
{
    const struct ledger_entry *a = one, *b = other;

    return strcmp(a->path, b->path);
}

void ledger_sort(struct ledger *l)
{
    if (l->count)
        qsort(l->entries, l->count, sizeof(*l->entries), by_path);
}

size_t ledger_find(const struct ledger *l, const char *path)
{
    size_t low = 0, high = l->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(l->entries[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t ledger_below(const struct ledger *l, const char *folder, size_t *end)
{
    struct buffer prefix = BUFFER_INIT;
    size_t begin;

    buffer_put_str(&prefix, folder);
    if (!prefix.len || prefix.data[prefix.len - 1] != '/')
        buffer_put_u8(&prefix, '/');
    begin = ledger_find(l, buffer_cstr(&prefix));
    prefix.data[prefix.len - 1]++;
    *end = ledger_find(l, buffer_cstr(&prefix));
    buffer_release(&prefix);
    return begin;
}

bool ledger_holds(const struct ledger_entry *e, const struct article_id *id,
                  bool *given)
{
    *given = e->given && bsearch(id, e->ids, e->given, sizeof(*id),
                                 article_id_compare);
    if (*given || e->count == e->given)
        return *given;
    return bsearch(id, e->ids + e->given, e->count - e->given, sizeof(*id),
                   article_id_compare) != NULL;
}

static struct ledger_entry *room_for_one(struct ledger *l)
{
    if (l->count == l->room) {
        l->room = l->room ? l->room * 2 : 64;
        l->entries = must_realloc(l->entries,
                                  l->room * sizeof(*l->entries));
    }
    l->entries[l->count] = (struct ledger_entry){ .path = "" };
    return &l->entries[l->count++];
}

struct ledger_entry *ledger_put(struct ledger *l, const char *path)
{
    struct ledger_entry *e = room_for_one(l);

    e->path = arena_str(&l->arena, bytes_str(path));
    e->absent = true;
    return e;
}

/* --- On disk --- */

static size_t shared_with(const char *path, const char *before)
{
    size_t shared = 0;

    while (path[shared] && path[shared] == before[shared])
        shared++;
    return shared;
}

static void pack_entry(struct buffer *b, const struct ledger_entry *e,
                       const char *before)
{
    size_t shared = shared_with(e->path, before);

    buffer_put_varint(b, shared);
    buffer_put_string(b, bytes_str(e->path + shared));
    buffer_put_varint(b, e->size);
    buffer_put_le64(b, (uint64_t)e->mtime);
    buffer_put_le64(b, e->hash.low);
    buffer_put_le64(b, e->hash.high);
    buffer_put_varint(b, e->given);
    buffer_put_varint(b, e->count - e->given);
    for (uint32_t i = 0; i < e->count; i++) {
        buffer_put_le64(b, e->ids[i].low);
        buffer_put_le64(b, e->ids[i].high);
    }
}

void ledger_pack(struct buffer *body, const struct ledger *l)
{
    const char *before = "";
    size_t count = 0;

    for (size_t i = 0; i < l->count; i++)
        count += !l->entries[i].absent;
    buffer_put_varint(body, count);
    for (size_t i = 0; i < l->count; i++) {
        if (l->entries[i].absent)
            continue;
        pack_entry(body, &l->entries[i], before);
        before = l->entries[i].path;
    }
}

static const char *take_path(struct ledger *l, struct scan *s,
                             const char *before)
{
    uint64_t shared = scan_varint(s);
    struct bytes rest = scan_string(s);
    char *path;

    if (shared > strlen(before) || shared + rest.len > PATH_MOST ||
        (rest.len && memchr(rest.data, 0, rest.len)))
        s->bad = true;
    if (s->bad)
        return "";
    path = arena_alloc(&l->arena, shared + rest.len + 1);
    memcpy(path, before, shared);
    if (rest.len)
        memcpy(path + shared, rest.data, rest.len);
    path[shared + rest.len] = '\0';
    return path;
}

/* Each part rises strictly. */
static void take_ids(struct ledger *l, struct ledger_entry *e,
                     struct scan *s)
{
    uint64_t given = scan_varint32(s), others = scan_varint32(s);

    if ((given + others) * ID_BYTES > scan_left(s) ||
        given + others > UINT32_MAX)
        s->bad = true;
    if (s->bad)
        return;
    e->given = (uint32_t)given;
    e->count = (uint32_t)(given + others);
    e->ids = arena_alloc(&l->arena, e->count * sizeof(*e->ids));
    for (uint32_t i = 0; i < e->count; i++) {
        e->ids[i].low = scan_le64(s);
        e->ids[i].high = scan_le64(s);
        if (i && i != e->given &&
            article_id_compare(&e->ids[i - 1], &e->ids[i]) >= 0)
            s->bad = true;
    }
}

bool ledger_unpack(struct ledger *l, struct bytes body)
{
    struct scan s = scan_of(body);
    uint64_t count = scan_varint(&s);
    const char *before = "";

    *l = (struct ledger)LEDGER_INIT;
    for (uint64_t i = 0; i < count && !s.bad; i++) {
        struct ledger_entry *e = room_for_one(l);

        e->path = take_path(l, &s, before);
        e->size = scan_varint(&s);
        e->mtime = (int64_t)scan_le64(&s);
        e->hash.low = scan_le64(&s);
        e->hash.high = scan_le64(&s);
        take_ids(l, e, &s);
        if (strcmp(before, e->path) >= 0)
            s.bad = true;
        before = e->path;
    }
    if (!s.bad && scan_left(&s) == 0)
        return true;
    ledger_release(l);
    return false;
}

enum status ledger_load(struct ledger *l, const char *dir,
                        const struct manifest *m, struct error *err)
{
    const struct attachment_info *info =
        manifest_attachment(m, ATTACHMENT_LEDGER);
    struct buffer body = BUFFER_INIT;
    enum status code;

    *l = (struct ledger)LEDGER_INIT;
    if (!info)
        return OK;
    code = attachment_load(&body, dir, m->uuid, info, err);
    if (code == OK && !ledger_unpack(l, buffer_bytes(&body))) {
        char *path = attachment_path(dir, info);

        code = error_set(err, ERR_CORRUPT, "%s: damaged: it is no ledger of "
                         "files", path);
        free(path);
    }
    buffer_release(&body);
    return code;
}

enum status ledger_save(struct ledger *l, const char *dir,
                        struct manifest *m, struct error *err)
{
    struct buffer body = BUFFER_INIT;
    struct attachment_info info;
    enum status code = OK;

    if (!l->changed)
        return OK;
    l->changed = false;
    ledger_pack(&body, l);
    code = attachment_save(&info, dir, m->uuid, m->generation + 1,
                           ATTACHMENT_LEDGER, buffer_bytes(&body), err);
    buffer_release(&body);
    if (code == OK)
        manifest_attach(m, &info);
    return code;
}
