/* rejects.c -- what could not be taken, kept with the index.
 *
 *   loaded, sorted by path and place     | met in this run
 *   a.jsonl:2  a.jsonl:9  b.xml          | a.jsonl:9
 *   `- settled, when a.jsonl is read to its end -'
 *
 * Saving drops what is settled, sorts, and of what is said twice keeps the
 * earlier time.
 */
#include "indexer/rejects.h"

#include <stdio.h>
#include <stdlib.h>

enum { PATH_MOST = 1 << 16, REASON_MOST = 1 << 12 };

static void forget(struct reject *one)
{
    free(one->path);
    free(one->format);
    free(one->reason);
}

void rejects_release(struct rejects *r)
{
    for (size_t i = 0; i < r->count; i++)
        forget(&r->items[i]);
    free(r->items);
    *r = (struct rejects)REJECTS_INIT;
}

static void put(struct rejects *r, const struct reject *one)
{
    if ((r->count & (r->count - 1)) == 0)
        r->items = must_realloc(r->items, (r->count ? r->count * 2 : 1) *
                                          sizeof(*r->items));
    r->items[r->count++] = *one;
}

/* --- Order --- */

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

/* Of one path, record and reason, the earlier one is first. */
static int compare(const void *one, const void *other)
{
    const struct reject *a = one, *b = other;
    int order = strcmp(a->path, b->path);

    if (!order)
        order = compare_numbers(a->record, b->record);
    if (!order)
        order = compare_numbers(a->offset, b->offset);
    if (!order)
        order = strcmp(a->reason, b->reason);
    if (!order)
        order = (a->since > b->since) - (a->since < b->since);
    return order;
}

static bool is_same(const struct reject *a, const struct reject *b)
{
    return a->record == b->record && a->offset == b->offset &&
           strcmp(a->path, b->path) == 0 && strcmp(a->reason, b->reason) == 0;
}

/* Drops what is settled and what is there twice. */
static void tidy(struct rejects *r)
{
    size_t kept = 0;

    if (r->count)
        qsort(r->items, r->count, sizeof(*r->items), compare);
    for (size_t i = 0; i < r->count; i++) {
        struct reject *one = &r->items[i];

        if (!one->settled && kept && is_same(&r->items[kept - 1], one)) {
            r->items[kept - 1].met |= one->met;
            forget(one);
        } else if (one->settled) {
            forget(one);
        } else {
            r->items[kept++] = *one;
        }
    }
    r->count = r->sorted = kept;
}

/* The first loaded one of the path, or where it would be. */
static size_t find(const struct rejects *r, const char *path)
{
    size_t low = 0, high = r->sorted;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(r->items[middle].path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* --- What a run says --- */

/* When the same was met first. */
static int64_t known_since(const struct rejects *r, const struct reject *one)
{
    size_t i = find(r, one->path);

    for (; i < r->sorted && strcmp(r->items[i].path, one->path) == 0; i++)
        if (is_same(&r->items[i], one) && r->items[i].since < one->since)
            return r->items[i].since;
    return one->since;
}

static size_t met_now(const struct rejects *r, const char *path)
{
    size_t i = r->count;

    while (i > r->sorted && r->count - i < REJECTS_OF_A_FILE &&
           strcmp(r->items[i - 1].path, path) == 0)
        i--;
    return r->count - i;
}

void rejects_add(struct rejects *r, const struct reject *one)
{
    struct reject copy = *one;

    r->changed = true;
    if (met_now(r, one->path) == REJECTS_OF_A_FILE) {
        r->items[r->count - 1].more++;
        return;
    }
    copy.path = must_copy(one->path);
    copy.format = must_copy(one->format);
    copy.reason = must_copy(one->reason);
    if (strlen(copy.reason) > REASON_MOST)
        copy.reason[REASON_MOST] = '\0';
    copy.since = known_since(r, one);
    copy.met = true;
    put(r, &copy);
}

void rejects_settle(struct rejects *r, const char *path)
{
    size_t i = find(r, path);

    for (; i < r->sorted && strcmp(r->items[i].path, path) == 0; i++) {
        r->changed |= !r->items[i].settled && !r->items[i].met;
        r->items[i].settled |= !r->items[i].met;
    }
}

/* --- On disk --- */

void rejects_pack(struct buffer *body, const struct rejects *r)
{
    buffer_put_varint(body, r->count);
    for (size_t i = 0; i < r->count; i++) {
        const struct reject *one = &r->items[i];

        buffer_put_string(body, bytes_str(one->path));
        buffer_put_varint(body, one->offset);
        buffer_put_varint(body, one->record);
        buffer_put_string(body, bytes_str(one->format));
        buffer_put_string(body, bytes_str(one->reason));
        buffer_put_le64(body, (uint64_t)one->since);
        buffer_put_varint(body, one->more);
    }
}

/* A text without NUL, of at most `most` bytes. */
static char *take_text(struct scan *s, size_t most)
{
    struct bytes text = scan_string(s);
    char *copy;

    if (text.len > most || (text.len && memchr(text.data, 0, text.len)))
        s->bad = true;
    if (s->bad)
        return must_copy("");
    copy = must_calloc(text.len + 1, 1);
    if (text.len)
        memcpy(copy, text.data, text.len);
    return copy;
}

bool rejects_unpack(struct rejects *r, struct bytes body)
{
    struct scan s = scan_of(body);
    uint64_t count = scan_varint(&s);

    *r = (struct rejects)REJECTS_INIT;
    for (uint64_t i = 0; i < count && !s.bad; i++) {
        struct reject one = { .path = take_text(&s, PATH_MOST) };

        one.offset = scan_varint(&s);
        one.record = scan_varint(&s);
        one.format = take_text(&s, PATH_MOST);
        one.reason = take_text(&s, REASON_MOST);
        one.since = (int64_t)scan_le64(&s);
        one.more = scan_varint(&s);
        put(r, &one);
        if (i && compare(&r->items[i - 1], &r->items[i]) >= 0)
            s.bad = true;
    }
    r->sorted = r->count;
    if (!s.bad && scan_left(&s) == 0)
        return true;
    rejects_release(r);
    return false;
}

enum status rejects_load(struct rejects *r, const char *dir,
                         const struct manifest *m, struct error *err)
{
    const struct attachment_info *info =
        manifest_attachment(m, ATTACHMENT_REJECTS);
    struct buffer body = BUFFER_INIT;
    enum status code;

    *r = (struct rejects)REJECTS_INIT;
    if (!info)
        return OK;
    code = attachment_load(&body, dir, m->uuid, info, err);
    if (code == OK && !rejects_unpack(r, buffer_bytes(&body))) {
        char *path = attachment_path(dir, info);

        code = error_set(err, ERR_CORRUPT, "%s: damaged: it is no list of "
                         "rejects", path);
        free(path);
    }
    if (code == ERR_CORRUPT) {
        size_t used = strlen(err->message);

        snprintf(err->message + used, sizeof(err->message) - used,
                 "; the articles are not concerned: lede-index errors --clear "
                 "puts it away");
    }
    buffer_release(&body);
    return code;
}

enum status rejects_save(struct rejects *r, const char *dir,
                         struct manifest *m, struct error *err)
{
    struct buffer body = BUFFER_INIT;
    struct attachment_info info;
    enum status code = OK;

    if (!r->changed)
        return OK;
    tidy(r);
    r->changed = false;
    manifest_detach(m, ATTACHMENT_REJECTS);
    if (r->count == 0)
        return OK;
    rejects_pack(&body, r);
    code = attachment_save(&info, dir, m->uuid, m->generation + 1,
                           ATTACHMENT_REJECTS, buffer_bytes(&body), err);
    buffer_release(&body);
    if (code == OK)
        manifest_attach(m, &info);
    return code;
}
