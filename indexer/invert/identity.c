/* identity.c -- which articles this build has seen.
 *
 *   slots   [ ][4][ ][2] ...     by the hash of the key: its newest document
 *               |
 *   docs    0 1 2 3 4            each points to the one before of its key
 *               ^---'
 *
 * The hash of a key is taken for the key: at 128 bits, a thousand million
 * articles collide with probability 2^-69.
 */
#include "indexer/invert/identity.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/error.h"

struct known {
    struct reading reading;
    uint32_t before;            /* number + 1 of the key's one before */
    uint32_t lives;
};

enum { FIRST_ROOM = 1 << 10 };

/* Whether a reading comes after another; `equal` where nothing tells. */
static bool comes_after(const struct reading *r, const struct reading *other,
                        bool equal)
{
    if (r->version != other->version)
        return r->version > other->version;
    if (r->date != other->date && r->date != DATE_UNDATED &&
        other->date != DATE_UNDATED)
        return r->date > other->date;
    return equal;
}

/* Whether a reading comes back after a withdrawal.  One without a version
 * withdraws all that is not dated later. */
static bool outlives(const struct reading *r, const struct reading *mark)
{
    struct reading of_all = *mark;

    if (mark->version == 0)
        of_all.version = r->version;
    return comes_after(r, &of_all, false);
}

enum verdict reading_judge(const struct reading *r, const struct rival *rival)
{
    const struct reading *other = &rival->reading;
    bool withdraws = r->content == CONTENT_WITHDRAWN;

    if (!rival->lives && rival->withdrawn &&
        !outlives(r, &rival->mark))
        return withdraws ? VERDICT_UNCHANGED : VERDICT_OLDER;
    if (!rival->lives)
        return VERDICT_ADD;
    if (r->content == other->content)
        return VERDICT_UNCHANGED;
    if (withdraws && r->version == 0)
        return VERDICT_UPDATE;
    if ((r->content ^ other->content) & CONTENT_WHOLE)
        return r->content & CONTENT_WHOLE ? VERDICT_UPDATE : VERDICT_OLDER;
    if (r->version != other->version)
        return r->version < other->version ? VERDICT_OLDER : VERDICT_UPDATE;
    if (r->date != other->date && r->date != DATE_UNDATED &&
        other->date != DATE_UNDATED)
        return r->date < other->date ? VERDICT_OLDER : VERDICT_UPDATE;
    return rival->died_before ? VERDICT_OLDER : VERDICT_UPDATE;
}

void rival_bury(struct rival *rival, const struct reading *dead,
                const struct reading *r)
{
    if (dead->content == CONTENT_WITHDRAWN) {
        if (!rival->withdrawn || comes_after(dead, &rival->mark, true))
            rival->mark = *dead;
        rival->withdrawn = true;
    } else if (dead->content == r->content) {
        rival->died_before = true;
    }
}

/* The slot of a key: its own, or the empty one where it belongs. */
static uint32_t *slot_of(const struct identity *id, const struct reading *r)
{
    uint32_t mask = id->slot_count - 1, at = (uint32_t)r->key_low & mask;

    for (; id->slots[at]; at = (at + 1) & mask) {
        const struct reading *other = &id->docs[id->slots[at] - 1].reading;

        if (other->key_low == r->key_low && other->key_high == r->key_high)
            break;
    }
    return &id->slots[at];
}

static void grow(struct identity *id)
{
    id->room = id->room ? id->room * 2 : FIRST_ROOM;
    id->slot_count = id->room * 2;
    id->docs = must_realloc(id->docs, id->room * sizeof(*id->docs));
    free(id->slots);
    id->slots = must_calloc(id->slot_count, sizeof(*id->slots));
    for (uint32_t doc = 0; doc < id->count; doc++)
        *slot_of(id, &id->docs[doc].reading) = doc + 1;
}

void identity_rival(const struct identity *id, const struct reading *r,
                    struct rival *rival, uint32_t *doc)
{
    uint32_t at = id->slots ? *slot_of(id, r) : 0;

    for (; at; at = id->docs[at - 1].before) {
        const struct known *known = &id->docs[at - 1];

        if (known->lives) {
            rival->lives = true;
            rival->reading = known->reading;
            *doc = at - 1;
        } else {
            rival_bury(rival, &known->reading, r);
        }
    }
}

void identity_add(struct identity *id, const struct reading *r)
{
    uint32_t *slot;

    if (id->count == id->room)
        grow(id);
    slot = slot_of(id, r);
    id->docs[id->count] = (struct known){ *r, *slot, true };
    *slot = ++id->count;
}

void identity_kill(struct identity *id, uint32_t doc)
{
    id->docs[doc].lives = false;
}

bool identity_lives(const struct identity *id, uint32_t doc)
{
    return id->docs[doc].lives;
}

size_t identity_bytes(const struct identity *id)
{
    return id->room * sizeof(*id->docs) +
        id->slot_count * sizeof(*id->slots);
}

void identity_release(struct identity *id)
{
    free(id->docs);
    free(id->slots);
    *id = (struct identity)IDENTITY_INIT;
}
