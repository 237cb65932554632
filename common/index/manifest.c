/* manifest.c -- which segments are the index, as of one commit.
 *
 * A commit is the appearance of one small file that names everything; the
 * file with the highest generation is the index.  It carries what each file
 * must weigh, so that a reader knows at once when one is not whole.
 *
 *   manifest-0000000000000007
 *   +------+------------+------+-------+--------+-- 176 bytes --+-- 32 ------+
 *   |frame | generation | uuid | tally | counts | a segment ... | attachment |
 *   +------+------------+------+-------+--------+---------------+------------+
 *
 * Invariants (manifest_breach): seen = added + updated + unchanged + older +
 * rejected; no segment is newer than the manifest; all documents together
 * are fewer than 2^32 - 1.
 */
#include "common/index/manifest.h"

#include <stdlib.h>

#include "common/index/folder.h"

enum { HEAD = 88, SEGMENT = 176, ATTACHMENT = 32, TRIES = 20 };

void manifest_release(struct manifest *m)
{
    free(m->segments);
    m->segments = NULL;
    m->segment_count = 0;
    free(m->attachments);
    m->attachments = NULL;
    m->attachment_count = 0;
}

/* --- Attachments --- */

/* The first one of the kind or a higher one, or where it would be. */
static uint32_t find_kind(const struct manifest *m, uint32_t kind)
{
    uint32_t i = 0;

    while (i < m->attachment_count && m->attachments[i].kind < kind)
        i++;
    return i;
}

const struct attachment_info *manifest_attachment(const struct manifest *m,
                                                  uint32_t kind)
{
    uint32_t i = find_kind(m, kind);

    return i < m->attachment_count && m->attachments[i].kind == kind
        ? &m->attachments[i] : NULL;
}

void manifest_detach(struct manifest *m, uint32_t kind)
{
    uint32_t i = find_kind(m, kind);

    if (!manifest_attachment(m, kind))
        return;
    m->attachment_count--;
    memmove(&m->attachments[i], &m->attachments[i + 1],
            (m->attachment_count - i) * sizeof(*m->attachments));
}

void manifest_attach(struct manifest *m, const struct attachment_info *info)
{
    uint32_t i = find_kind(m, info->kind);

    manifest_detach(m, info->kind);
    m->attachments = must_realloc(m->attachments, (m->attachment_count + 1) *
                                  sizeof(*m->attachments));
    memmove(&m->attachments[i + 1], &m->attachments[i],
            (m->attachment_count - i) * sizeof(*m->attachments));
    m->attachments[i] = *info;
    m->attachment_count++;
}

/* --- What cannot be --- */

static const char *segment_breach(const struct manifest *m,
                                  const struct segment_info *info)
{
    if (info->live_count > info->doc_count)
        return "more documents live than there are";
    if (info->live_generation ? !info->live_size
                              : info->live_size ||
                                info->live_count != info->doc_count)
        return "deletions without a file, or a file without deletions";
    if (info->generation == 0 || info->generation > m->generation ||
        info->live_generation > m->generation)
        return "a segment is newer than its commit";
    if (info->quotes.id == 0 && info->quotes.doc_count)
        return "quotations without a segment";
    if (info->quotes.id == info->id)
        return "a segment is named twice";
    for (const struct segment_info *i = m->segments; i < info; i++)
        if (i->id == info->id || i->quotes.id == info->id ||
            (info->quotes.id && (i->id == info->quotes.id ||
                                 i->quotes.id == info->quotes.id)))
            return "a segment is named twice";
    return NULL;
}

static const char *attachment_breach(const struct manifest *m, uint32_t i)
{
    const struct attachment_info *info = &m->attachments[i];

    if (info->generation == 0 || info->generation > m->generation)
        return "an attachment is newer than its commit";
    if (info->kind == 0 || (i && info->kind <= m->attachments[i - 1].kind))
        return "its attachments are not in order";
    return NULL;
}

const char *manifest_breach(const struct manifest *m)
{
    const struct tally *t = &m->tally;
    uint64_t docs = 0, quotes = 0;

    if (t->seen != t->added + t->updated + t->unchanged + t->older +
                   t->rejected)
        return "articles seen are not those added, updated, unchanged, older "
               "and rejected";
    if (m->title_weight == 0)
        return "the title has no weight";
    for (uint32_t i = 0; i < m->segment_count; i++) {
        const char *breach = segment_breach(m, &m->segments[i]);

        if (breach)
            return breach;
        if (m->segments[i].doc_count >= NO_DOC - docs ||
            m->segments[i].quotes.doc_count >= NO_DOC - quotes)
            return "more than 2^32 - 2 documents";
        docs += m->segments[i].doc_count;
        quotes += m->segments[i].quotes.doc_count;
    }
    for (uint32_t i = 0; i < m->attachment_count; i++) {
        const char *breach = attachment_breach(m, i);

        if (breach)
            return breach;
    }
    return NULL;
}

/* --- Reading --- */

static void take_segment(struct segment_info *info, struct scan *s)
{
    info->id = scan_le64(s);
    info->generation = scan_le64(s);
    info->doc_count = scan_le64(s);
    info->live_count = scan_le64(s);
    info->sum_lengths = scan_le64(s);
    info->live_generation = scan_le64(s);
    info->live_size = scan_le64(s);
    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES; i++)
        info->sizes[i] = scan_le64(s);
    info->quotes.id = scan_le64(s);
    info->quotes.doc_count = scan_le64(s);
    info->quotes.sum_lengths = scan_le64(s);
    for (unsigned i = 0; i < FORMAT_SEGMENT_FILES; i++)
        info->quotes.sizes[i] = scan_le64(s);
}

/* False where what must be 0 is not. */
static bool take_attachment(struct attachment_info *info, struct scan *s)
{
    uint32_t zero;

    info->kind = scan_le32(s);
    zero = scan_le32(s);
    info->generation = scan_le64(s);
    info->id = scan_le64(s);
    info->size = scan_le64(s);
    return zero == 0;
}

static void take_tally(struct tally *t, struct scan *s)
{
    t->seen = scan_le64(s);
    t->added = scan_le64(s);
    t->updated = scan_le64(s);
    t->unchanged = scan_le64(s);
    t->older = scan_le64(s);
    t->rejected = scan_le64(s);
    t->removed = scan_le64(s);
}

/* What is wrong with the body, or NULL. */
static const char *unpack(struct manifest *m, struct bytes body)
{
    struct scan s = scan_of(body);
    bool good = true;

    m->generation = scan_le64(&s);
    m->uuid = scan_le64(&s);
    m->title_weight = scan_le32(&s);
    m->analyzer_version = scan_le32(&s);
    take_tally(&m->tally, &s);
    m->segment_count = scan_le32(&s);
    m->attachment_count = scan_le32(&s);
    if (s.bad ||
        scan_left(&s) != (uint64_t)SEGMENT * m->segment_count +
                         (uint64_t)ATTACHMENT * m->attachment_count) {
        m->segment_count = m->attachment_count = 0;
        return "its length is not that of what it names";
    }
    m->segments = must_calloc(m->segment_count, sizeof(*m->segments));
    for (uint32_t i = 0; i < m->segment_count; i++)
        take_segment(&m->segments[i], &s);
    m->attachments = must_calloc(m->attachment_count,
                                 sizeof(*m->attachments));
    for (uint32_t i = 0; i < m->attachment_count; i++)
        good &= take_attachment(&m->attachments[i], &s);
    return good ? manifest_breach(m) : "what must be 0 is not";
}

static char *path_of(const char *dir, uint64_t generation)
{
    char name[32];

    snprintf(name, sizeof(name), "manifest-%016llx",
             (unsigned long long)generation);
    return path_join(dir, name);
}

static enum status body_read(struct manifest *m, struct sealed *file,
                             uint64_t generation, struct error *err)
{
    struct bytes body = sealed_at(file, FORMAT_HEADER,
                                  file->end - FORMAT_HEADER);
    const char *wrong;

    if (!body.data)
        return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
    wrong = unpack(m, body);
    if (!wrong && (m->generation != generation || file->owner != generation ||
                   m->uuid != file->uuid))
        wrong = "it is that of another generation or index";
    if (!wrong)
        return OK;
    manifest_release(m);
    return error_set(err, ERR_CORRUPT, "%s: damaged: %s", file->path, wrong);
}

enum status manifest_read(struct manifest *m, const char *dir,
                          uint64_t generation, struct error *err)
{
    char *path = path_of(dir, generation);
    struct sealed file;
    enum status code;

    *m = (struct manifest){ 0 };
    code = sealed_open(&file, path, KIND_MANIFEST, 0, err);
    if (code == OK) {
        code = body_read(m, &file, generation, err);
        sealed_close(&file);
    }
    free(path);
    /* Another version has said what to do by itself. */
    if (code == ERR_CORRUPT &&
        (file.version == 0 || file.version == FORMAT_VERSION)) {
        size_t used = strlen(err->message);

        snprintf(err->message + used, sizeof(err->message) - used,
                 "; restore it from a copy, or remove it to go back to the "
                 "commit before, or index again into a new folder");
    }
    return code;
}

/* The newest generation in the folder, 0 and OK if there is none yet. */
static enum status newest_of(const char *dir, uint64_t *generation,
                             struct error *err)
{
    struct folder f;
    enum status code = folder_read(&f, dir, err);

    *generation = code == OK ? f.newest : 0;
    folder_release(&f);
    return code == END ? OK : code;
}

/* A commit may unlink the manifest between the listing and the opening; then
 * there is a newer one. */
enum status manifest_load(struct manifest *m, const char *dir,
                          struct error *err)
{
    uint64_t generation, tried = 0;
    struct error failure = ERROR_INIT;

    *m = (struct manifest){ 0 };
    for (unsigned tries = 0; tries < TRIES; tries++) {
        enum status code = newest_of(dir, &generation, err);

        if (code != OK)
            return code;
        if (generation == 0 && tried == 0) {
            m->uuid = segment_random_id();
            return END;
        }
        if (generation == tried)
            break;
        error_clear(&failure);
        code = manifest_read(m, dir, generation, &failure);
        if (code == OK)
            return OK;
        tried = generation;
    }
    return error_set(err, failure.code, "%s", failure.message);
}

enum status manifest_need(struct manifest *m, const char *dir,
                          struct error *err)
{
    enum status code = manifest_load(m, dir, err);

    if (code == END)
        return error_set(err, ERR_CORRUPT, "%s: no index here; make one with "
                         "lede-index add", dir);
    return code;
}
