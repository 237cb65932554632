/* sync_lost.c -- articles that a file does not have any more.
 *
 *   a.html is gone: article 7 -- no other file has it      -> taken out
 *                   article 9 -- b.jsonl has it too, but a.html brought it
 *                                -> taken out, and b.jsonl is read again
 *                   article 4 -- b.jsonl has and brought it -> stays
 *
 * All that were lost are looked for in one pass over the ledger.
 */
#include "indexer/sync_parts.h"

#include <stdlib.h>

void sync_lose(struct sync *s, const struct article_id *id, bool given)
{
    struct sync_lost lost = { .id = *id, .given = given };

    buffer_put(&s->lost, &lost, sizeof(lost));
}

static int by_id(const void *one, const void *other)
{
    const struct sync_lost *a = one, *b = other;

    return article_id_compare(&a->id, &b->id);
}

static size_t unique_lost(struct sync_lost *lost, size_t count)
{
    size_t kept = 0;

    qsort(lost, count, sizeof(*lost), by_id);
    for (size_t i = 0; i < count; i++) {
        if (kept && by_id(&lost[kept - 1], &lost[i]) == 0) {
            lost[kept - 1].given |= lost[i].given;
            lost[kept - 1].older &= lost[i].older;
        } else {
            lost[kept++] = lost[i];
        }
    }
    return kept;
}

static struct sync_lost *find_id(struct sync_lost *lost, size_t count,
                                 const struct article_id *id)
{
    struct sync_lost wanted = { .id = *id };

    return bsearch(&wanted, lost, count, sizeof(*lost), by_id);
}

static void count_holders(const struct ledger *l, struct sync_lost *lost,
                          size_t count)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct ledger_entry *e = &l->entries[i];

        for (uint32_t n = 0; n < e->count && !e->absent; n++) {
            struct sync_lost *one = find_id(lost, count, &e->ids[n]);

            if (!one)
                continue;
            one->holders++;
            one->held_given |= n < e->given;
        }
    }
}

/* The holders are read again, in this run or, if that is cut short, in the
 * next one. */
static void wake_holders(struct ledger *l, struct sync_lost *lost,
                         size_t count)
{
    for (size_t i = 0; i < l->count; i++) {
        struct ledger_entry *e = &l->entries[i];

        for (uint32_t n = 0; n < e->count && !e->absent; n++) {
            struct sync_lost *one = find_id(lost, count, &e->ids[n]);

            if (!one || !one->leaves)
                continue;
            e->mtime = MTIME_NONE;
            e->hash = (struct file_hash){ 0, 0 };
            e->again = true;
            break;
        }
    }
}

/* Whether an article that was lost leaves the index. */
static bool leaves(const struct sync_lost *one)
{
    if (one->older)             /* the file itself has it */
        return one->holders == 1;
    return one->holders == 0 || one->given || !one->held_given;
}

enum status sync_find_lost(struct sync *s, struct error *err)
{
    struct sync_lost *lost = (struct sync_lost *)(void *)s->lost.data;
    size_t count = s->lost.len / sizeof(*lost);
    enum status code = OK;
    bool held = false;

    if (count == 0)
        return OK;
    count = unique_lost(lost, count);
    count_holders(&s->ledger, lost, count);
    for (size_t i = 0; i < count && code == OK; i++) {
        struct sync_lost *one = &lost[i];
        bool removed = false;

        one->leaves = leaves(one);
        if (one->leaves)
            code = builder_remove(s->intake.builder, &one->id, &removed, err);
        /* Where nothing lives, reading again would bring nothing either. */
        one->leaves &= removed || !one->older;
        s->intake.tally.removed += removed && !one->holders;
        held |= one->leaves && one->holders;
    }
    if (held)
        wake_holders(&s->ledger, lost, count);
    s->ledger.changed = true;
    buffer_clear(&s->lost);
    return code;
}
