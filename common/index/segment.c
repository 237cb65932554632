/* segment.c -- one immutable segment: six sealed files that belong together.
 *
 * Opening maps all six and checks their frames and roots, a few pages each;
 * everything else is checked when it is touched.  That they belong together
 * is said three times: by their names, by the owner id in each of them, and
 * by counts that must agree with the manifest.
 *
 *   manifest: id, generation, counts, sizes
 *                 |
 *      +----------+-----------+-----------+----------+----------+
 *   .terms    .postings  .positions   .bounds    .columns    .store   [del-]
 *   stem ------> df docs --> where     doc d      doc d       doc d    bit d
 */
#include "common/index/segment.h"

#include <stdlib.h>
#include <sys/random.h>

static const char *const SUFFIXES[FORMAT_SEGMENT_FILES] = {
    "terms", "postings", "positions", "bounds", "columns", "store"
};

uint64_t segment_random_id(void)
{
    uint64_t id = 0;

    /* Eight bytes come whole or, before the system has any entropy, block. */
    while (id == 0)
        if (getrandom(&id, sizeof(id), 0) != sizeof(id))
            id = 0;
    return id;
}

char *segment_path(const char *dir, uint64_t generation, uint64_t id,
                   enum file_kind kind)
{
    struct buffer name = BUFFER_INIT;
    char *path;

    buffer_printf(&name, "%s-%016llx-%016llx",
                  kind == KIND_LIVE ? "del" : "seg",
                  (unsigned long long)generation, (unsigned long long)id);
    if (kind != KIND_LIVE)
        buffer_printf(&name, ".%s", SUFFIXES[kind - 1]);
    path = path_join(dir, buffer_cstr(&name));
    buffer_release(&name);
    return path;
}

/* --- Opening --- */

static enum status file_open(struct segment *s, const char *dir,
                             uint64_t uuid, enum file_kind kind,
                             struct error *err)
{
    struct sealed *file = segment_file(s, kind);
    char *path = segment_path(dir, s->info.generation, s->info.id, kind);
    enum status code = sealed_open(file, path, kind, s->info.sizes[kind - 1],
                                   err);

    if (code == OK && (file->uuid != uuid || file->owner != s->info.id))
        code = error_set(err, ERR_CORRUPT,
                         "%s: belongs to another index or segment", path);
    free(path);
    return code;
}

static enum status live_open(struct segment *s, const char *dir,
                             struct error *err)
{
    enum status code;
    char *path;

    live_init(&s->live, s->doc_count);
    if (s->info.live_generation == 0)
        return OK;
    path = segment_path(dir, s->info.live_generation, s->info.id, KIND_LIVE);
    code = live_load(&s->live, path, s->info.id, s->doc_count,
                     s->info.live_size, err);
    free(path);
    return code;
}

/* What the files say must be what the manifest says. */
static enum status agree(const struct segment *s, struct error *err)
{
    const struct segment_info *info = &s->info;

    if (s->values.count == info->doc_count &&
        s->bounds.count == info->doc_count &&
        s->store.count == info->doc_count &&
        s->live.live_count == info->live_count &&
        s->values.sum_lengths == info->sum_lengths)
        return OK;
    return error_set(err, ERR_CORRUPT, "%s: its counts (%u documents, %u of "
                     "them live) are not those of the manifest (%llu, %llu)",
                     s->files[0].path, s->values.count, s->live.live_count,
                     (unsigned long long)info->doc_count,
                     (unsigned long long)info->live_count);
}

static enum status parts_open(struct segment *s, const char *dir,
                              uint64_t uuid, struct error *err)
{
    enum status code = OK;

    for (int kind = KIND_TERMS; kind <= KIND_STORE && code == OK; kind++)
        code = file_open(s, dir, uuid, (enum file_kind)kind, err);
    if (code == OK)
        code = terms_open(&s->terms, segment_file(s, KIND_TERMS), err);
    if (code == OK)
        code = bounds_open(&s->bounds, segment_file(s, KIND_BOUNDS), err);
    if (code == OK)
        code = docvalues_open(&s->values, segment_file(s, KIND_COLUMNS), err);
    if (code == OK)
        code = docstore_open(&s->store, segment_file(s, KIND_STORE), err);
    if (code == OK)
        code = live_open(s, dir, err);
    return code == OK ? agree(s, err) : code;
}

enum status segment_open(struct segment **out, const char *dir,
                         uint64_t uuid, const struct segment_info *info,
                         struct error *err)
{
    struct segment *s = must_calloc(1, sizeof(*s));
    enum status code;

    *out = NULL;
    s->info = *info;
    s->doc_count = (uint32_t)info->doc_count;
    if (info->doc_count >= NO_DOC)
        code = error_set(err, ERR_CORRUPT, "%s: a segment of more than "
                         "2^32 - 2 documents", dir);
    else
        code = parts_open(s, dir, uuid, err);
    if (code == OK)
        *out = s;
    else
        segment_close(s);
    return code;
}

/* Takes out the quotations of articles that are gone. */
static enum status bury(struct segment *s, struct error *err)
{
    const struct segment *articles = s->articles;

    for (uint32_t doc = 0; doc < s->doc_count; doc++) {
        uint64_t article = docvalues_get(&s->values, COLUMN_MODIFIED, doc);

        if (article >= articles->doc_count)
            sealed_damaged(s->values.file, FORMAT_HEADER,
                           "a quotation of no article");
        else if (!live_has(&articles->live, (uint32_t)article))
            live_kill(&s->live, doc);
    }
    return segment_damage(s, err);
}

enum status segment_open_quotes(struct segment **out, const char *dir,
                                uint64_t uuid, struct segment *articles,
                                struct error *err)
{
    const struct segment_quotes *q = &articles->info.quotes;
    struct segment_info info = { .id = q->id, .doc_count = q->doc_count,
        .generation = articles->info.generation, .live_count = q->doc_count,
        .sum_lengths = q->sum_lengths };
    enum status code;

    *out = NULL;
    if (!q->id)
        return OK;
    memcpy(info.sizes, q->sizes, sizeof(info.sizes));
    code = segment_open(out, dir, uuid, &info, err);
    if (code != OK)
        return code;
    (*out)->articles = articles;
    if (articles->live.live_count < articles->doc_count)
        code = bury(*out, err);
    if (code != OK) {
        segment_close(*out);
        *out = NULL;
    }
    return code;
}

void segment_close(struct segment *s)
{
    if (!s)
        return;
    bounds_close(&s->bounds);
    docvalues_close(&s->values);
    docstore_close(&s->store);
    live_release(&s->live);
    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES; i++)
        sealed_close(&s->files[i]);
    free(s);
}

void segment_postings(struct segment *s, const struct stem *stem,
                      struct postings *p)
{
    postings_open(p, segment_file(s, KIND_POSTINGS),
                  segment_file(s, KIND_POSITIONS), &s->values, stem,
                  s->doc_count, s->terms.title_weight);
}

enum status segment_damage(const struct segment *s, struct error *err)
{
    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES; i++)
        if (s->files[i].damage.code != OK)
            return error_set(err, ERR_CORRUPT, "%s",
                             s->files[i].damage.message);
    return OK;
}

/* --- Verifying --- */

static enum status stems_verify(struct segment *s, struct error *err)
{
    float average = s->doc_count ? (float)((double)s->info.sum_lengths /
                                           (double)s->doc_count) : 0;
    enum status code = OK;
    struct terms_walk w;
    uint64_t seen = 0;

    terms_walk_start(&w, &s->terms, TERMS_STEMS, BYTES_NONE);
    while (code == OK && terms_walk_next(&w)) {
        seen++;
        code = postings_verify(segment_file(s, KIND_POSTINGS),
                               segment_file(s, KIND_POSITIONS), &s->values,
                               &w.stem, s->doc_count, s->terms.title_weight,
                               average, err);
    }
    terms_walk_release(&w);
    if (seen != s->terms.stem_count)
        sealed_damaged(s->terms.file, s->terms.stem_directory,
                       "there are fewer stems than the root says");
    return code == OK ? segment_damage(s, err) : code;
}

/* The last ordinal is the largest. */
static bool word_sound(const struct segment *s, const struct buffer *ordinals)
{
    uint32_t last;

    memcpy(&last, ordinals->data + ordinals->len - 4, 4);
    return last < s->terms.stem_count;
}

static enum status words_verify(struct segment *s, struct error *err)
{
    struct terms_walk w;
    uint64_t seen = 0;

    terms_walk_start(&w, &s->terms, TERMS_WORDS, BYTES_NONE);
    while (terms_walk_next(&w)) {
        seen++;
        if (!word_sound(s, &w.ordinals))
            sealed_damaged(s->terms.file, s->terms.word_directory,
                           "a word names no stem");
    }
    terms_walk_release(&w);
    if (seen != s->terms.word_count)
        sealed_damaged(s->terms.file, s->terms.word_directory,
                       "there are fewer words than the root says");
    return segment_damage(s, err);
}

/* Bounds within its length, and a record that unpacks. */
static enum status doc_verify(struct segment *s, uint32_t doc, uint32_t len,
                              struct error *err)
{
    struct bytes record;
    struct bounds b;

    if (!bounds_get(&s->bounds, doc, &b))
        return segment_damage(s, err);
    if (b.title_len + b.lead_len > len ||
        (b.count > 1 && b.sentences[b.count - 1] >= len)) {
        sealed_damaged(s->bounds.file, s->bounds.directory,
                       "bounds behind the end of a document");
        return segment_damage(s, err);
    }
    return docstore_get(&s->store, doc, &record, err);
}

static enum status docs_verify(struct segment *s, struct error *err)
{
    enum status code = docvalues_verify(&s->values, &s->live, err);

    for (uint32_t doc = 0; doc < s->doc_count && code == OK; doc++)
        code = doc_verify(s, doc, (uint32_t)docvalues_get(
                              &s->values, COLUMN_LENGTH, doc), err);
    return code == OK ? stems_verify(s, err) : code;
}

enum status segment_verify(struct segment *s, struct error *err)
{
    enum status code = OK;

    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES && code == OK; i++)
        code = sealed_verify(&s->files[i], err);
    if (code == OK)
        code = docs_verify(s, err);
    if (code == OK)
        code = words_verify(s, err);
    return code;
}

/* --- Writing --- */

void segment_create(struct segment_writer *w, const char *dir, uint64_t uuid,
                    uint64_t generation, uint64_t id)
{
    *w = (struct segment_writer){ .info = { .id = id,
                                            .generation = generation } };
    for (int kind = KIND_TERMS; kind <= KIND_STORE; kind++) {
        char *path = segment_path(dir, generation, id, (enum file_kind)kind);

        sealed_create(&w->files[kind - 1], path, (enum file_kind)kind, uuid,
                      id);
        free(path);
    }
}

enum status segment_finish(struct segment_writer *w, struct error *err)
{
    enum status code = OK;

    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES && code == OK; i++)
        code = sealed_finish(&w->files[i], &w->info.sizes[i], err);
    if (code != OK)
        segment_abandon(w);
    return code;
}

void segment_abandon(struct segment_writer *w)
{
    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES; i++)
        sealed_abandon(&w->files[i]);
}
