/* deletion.c -- documents of a snapshot that a writer takes out.
 *
 * Each segment's live bits are copied once; those that changed become
 * del-G-ID files of the next generation.
 */
#include "indexer/invert/deletion.h"

#include <stdlib.h>

void deletions_init(struct deletions *d, struct snapshot *snapshot)
{
    uint32_t count = snapshot ? snapshot->count : 0;

    *d = (struct deletions){ .snapshot = snapshot };
    d->lives = must_calloc(count, sizeof(*d->lives));
    for (uint32_t i = 0; i < count; i++)
        live_copy(&d->lives[i], &snapshot->segments[i]->live);
}

void deletions_release(struct deletions *d)
{
    for (uint32_t i = 0; d->snapshot && i < d->snapshot->count; i++)
        live_release(&d->lives[i]);
    free(d->lives);
    *d = (struct deletions){ NULL, NULL, 0 };
}

bool deletions_spare(const struct deletions *d, uint32_t segment,
                     uint32_t doc)
{
    return live_has(&d->lives[segment], doc);
}

bool deletions_kill(struct deletions *d, uint32_t segment, uint32_t doc)
{
    bool killed = live_kill(&d->lives[segment], doc);

    d->count += killed;
    return killed;
}

static struct segment_info *find_info(struct manifest *m, uint64_t id)
{
    for (uint32_t i = 0; i < m->segment_count; i++) {
        if (m->segments[i].id == id)
            return &m->segments[i];
    }
    return NULL;
}

static enum status save_one(const struct live *live, const char *dir,
                            uint64_t generation, uint64_t uuid,
                            struct segment_info *info, struct error *err)
{
    char *path = segment_path(dir, generation, info->id, KIND_LIVE);
    enum status code = live_save(live, path, uuid, info->id,
                                 &info->live_size, err);

    info->live_count = live->live_count;
    info->live_generation = generation;
    free(path);
    return code;
}

enum status deletions_save(const struct deletions *d, const char *dir,
                           uint64_t generation, struct manifest *m,
                           struct error *err)
{
    enum status code = OK;

    for (uint32_t i = 0; d->snapshot && i < d->snapshot->count; i++) {
        const struct segment *segment = d->snapshot->segments[i];
        struct segment_info *info = find_info(m, segment->info.id);

        if (!info || d->lives[i].live_count == segment->live.live_count)
            continue;
        code = save_one(&d->lives[i], dir, generation, m->uuid, info, err);
        if (code != OK)
            break;
    }
    return code;
}
