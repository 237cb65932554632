/* tiers.c -- which segments of an index should become one.
 *
 * Commits append segments; when there are more than eight, the oldest one
 * that is smaller than all behind it goes together with these.  So sizes
 * fall from the oldest to the newest, and whenever an article is written
 * again, it comes to be in a segment at least twice as large as before, or
 * it is among the newer half: its writings are few, whatever commits look
 * like.  Only neighbours are merged, for the order of documents is the order
 * in which they came.
 *
 *   documents   13000 | 1000 1000 ... 1000     (nine of them)
 *               13000 | 8000
 *
 * Where sizes fall so steeply that none is smaller, the factor grows.  One
 * that is dead by more than half is written anew by itself: fewer articles
 * than have died in it.
 */
#include "indexer/invert/tiers.h"

/* The oldest segment that is smaller than `factor` times all behind it. */
static bool choose_suffix(const struct manifest *m, uint64_t factor,
                          uint32_t *first)
{
    uint64_t behind = 0;
    bool found = false;

    for (uint32_t i = m->segment_count; i-- > 0; ) {
        uint64_t size = m->segments[i].live_count;

        if (i + 1 < m->segment_count && size < behind * factor) {
            *first = i;
            found = true;
        }
        behind += size;
    }
    return found;
}

static bool choose_many(const struct manifest *m, uint32_t *first,
                        uint32_t *count)
{
    if (m->segment_count <= TIERS_SEGMENTS_MAX)
        return false;
    *first = 0;
    for (uint64_t factor = 1; factor < NO_DOC; factor *= 2)
        if (choose_suffix(m, factor, first))
            break;
    *count = m->segment_count - *first;
    return true;
}

static bool choose_dead(const struct manifest *m, uint32_t *first,
                        uint32_t *count)
{
    for (uint32_t i = 0; i < m->segment_count; i++) {
        const struct segment_info *info = &m->segments[i];

        if (info->doc_count - info->live_count > info->live_count) {
            *first = i;
            *count = 1;
            return true;
        }
    }
    return false;
}

bool tiers_choose(const struct manifest *m, uint32_t *first, uint32_t *count)
{
    return choose_dead(m, first, count) || choose_many(m, first, count);
}
