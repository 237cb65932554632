/* snapshot.c -- all segments of one commit, open to read.
 *
 * A reader takes no lock.  It takes the newest manifest and maps all that it
 * names; a commit in between may have unlinked some of it, but then there is
 * a newer manifest, and the reader begins again.  Once open, files stay
 * mapped and do not change, whatever a writer does to their names.
 *
 *   manifest-7 -> segments  A          B             C
 *   documents              [0 ..... 99][100 ... 349][350 ...]
 *                          base 0       base 100     base 350
 */
#include "common/index/manifest.h"

#include <stdlib.h>

enum { TRIES = 20 };

/* Opens the segments that s->manifest names. */
static enum status segments_open(struct snapshot *s, const char *dir,
                                 struct error *err)
{
    const struct manifest *m = &s->manifest;

    s->segments = must_calloc(m->segment_count, sizeof(*s->segments));
    for (uint32_t i = 0; i < m->segment_count; i++) {
        enum status code = segment_open(&s->segments[i], dir, m->uuid,
                                        &m->segments[i], err);

        if (code != OK)
            return code;
        s->count++;
        if (s->segments[i]->terms.title_weight != m->title_weight)
            return error_set(err, ERR_CORRUPT, "%s: title weight %u, but %u "
                             "in the manifest", s->segments[i]->files[0].path,
                             s->segments[i]->terms.title_weight,
                             m->title_weight);
        s->segments[i]->base = (uint32_t)s->doc_count;
        s->doc_count += m->segments[i].doc_count;
        s->live_count += m->segments[i].live_count;
        s->sum_lengths += m->segments[i].sum_lengths;
    }
    return OK;
}

/* The companions of the segments, as a snapshot of their own. */
static enum status quotes_open(struct snapshot *s, const char *dir,
                               struct error *err)
{
    struct snapshot *q = must_calloc(1, sizeof(*q));
    enum status code = OK;

    s->quotes = q;
    q->manifest = (struct manifest){
        .generation = s->manifest.generation, .uuid = s->manifest.uuid,
        .title_weight = s->manifest.title_weight,
        .analyzer_version = s->manifest.analyzer_version };
    q->segments = must_calloc(s->count, sizeof(*q->segments));
    for (uint32_t i = 0; i < s->count && code == OK; i++) {
        struct segment *segment;

        code = segment_open_quotes(&segment, dir, s->manifest.uuid,
                                   s->segments[i], err);
        if (code != OK || !segment)
            continue;
        segment->base = (uint32_t)q->doc_count;
        q->segments[q->count++] = segment;
        q->doc_count += segment->doc_count;
        q->live_count += segment->live.live_count;
        q->sum_lengths += segment->info.sum_lengths;
    }
    return code;
}

static enum status people_open(struct snapshot *s, const char *dir,
                               struct error *err)
{
    const struct attachment_info *info =
        manifest_attachment(&s->manifest, ATTACHMENT_PEOPLE);

    return info ? attachment_load(&s->people, dir, s->manifest.uuid, info, err)
                : OK;
}

static void clear(struct snapshot *s)
{
    snapshot_close(s->quotes);
    buffer_release(&s->people);
    for (uint32_t i = 0; i < s->count; i++)
        segment_close(s->segments[i]);
    free(s->segments);
    manifest_release(&s->manifest);
    *s = (struct snapshot){ 0 };
}

/* One try; `tried` is the generation it was about. */
static enum status try_open(struct snapshot *s, const char *dir,
                            uint64_t *tried, bool quotes, struct error *err)
{
    enum status code = manifest_need(&s->manifest, dir, err);

    *tried = 0;
    if (code != OK)
        return code;
    *tried = s->manifest.generation;
    code = segments_open(s, dir, err);
    if (code == OK && quotes)
        code = quotes_open(s, dir, err);
    if (code == OK && quotes)
        code = people_open(s, dir, err);
    if (code != OK)
        clear(s);
    return code;
}

static enum status open_retrying(struct snapshot **out, const char *dir,
                                 bool quotes, struct error *err)
{
    struct snapshot *s = must_calloc(1, sizeof(*s));
    struct error failure = ERROR_INIT;
    uint64_t before = 0, tried = 0;
    enum status code = OK;

    *out = NULL;
    for (unsigned tries = 0; tries < TRIES; tries++) {
        error_clear(&failure);
        code = try_open(s, dir, &tried, quotes, &failure);
        /* The same commit a second time, or no commit: it is not a race. */
        if (code == OK || tried == 0 || tried == before)
            break;
        before = tried;
    }
    if (code == OK) {
        *out = s;
        return OK;
    }
    free(s);
    if (tried && code == ERR_CORRUPT)
        return error_set(err, code, "%s; restore the index from a copy, or "
                         "index again into a new folder", failure.message);
    return error_set(err, code, "%s", failure.message);
}

enum status snapshot_open(struct snapshot **out, const char *dir,
                          struct error *err)
{
    return open_retrying(out, dir, false, err);
}

enum status snapshot_open_quotes(struct snapshot **out, const char *dir,
                                 struct error *err)
{
    return open_retrying(out, dir, true, err);
}

enum status snapshot_of(struct snapshot **out, const char *dir,
                        const struct manifest *m, struct error *err)
{
    struct snapshot *s = must_calloc(1, sizeof(*s));
    size_t size = m->segment_count * sizeof(*m->segments);
    enum status code;

    *out = NULL;
    s->manifest = *m;
    s->manifest.attachments = NULL;
    s->manifest.attachment_count = 0;
    s->manifest.segments = must_alloc(size);
    if (size)
        memcpy(s->manifest.segments, m->segments, size);
    code = segments_open(s, dir, err);
    if (code == OK)
        *out = s;
    else
        snapshot_close(s);
    return code;
}

void snapshot_close(struct snapshot *s)
{
    if (!s)
        return;
    clear(s);
    free(s);
}

struct segment *snapshot_segment(struct snapshot *s, uint32_t doc)
{
    for (uint32_t i = s->count; i-- > 0; )
        if (doc >= s->segments[i]->base)
            return doc - s->segments[i]->base < s->segments[i]->doc_count
                ? s->segments[i] : NULL;
    return NULL;
}

enum status snapshot_damage(const struct snapshot *s, struct error *err)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (segment_damage(s->segments[i], err) != OK)
            return ERR_CORRUPT;
    return s->quotes ? snapshot_damage(s->quotes, err) : OK;
}
