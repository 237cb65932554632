/* bounds.c -- where title, lead, paragraphs and sentences of a document
 * begin.
 *
 * A record is a few bytes and few are read, so it is varints without an
 * index of its own; the place of every 16th record is noted, and the ones
 * between are stepped over by their lengths.  Title of 6 words, no lead,
 * sentences at 0, 6 and 20, a paragraph at 6 too:
 *
 *   +---+---+---+-------------+--------------+
 *   | 4 | 6 | 0 | 6 x 2 + 1   | 14 x 2 + 0   |
 *   +---+---+---+-------------+--------------+
 *   bytes title lead  sentences but the first
 *
 * Invariant: starts rise strictly from 0 and are below 2^24 - 1.
 */
#include "common/index/bounds.h"

#include <assert.h>

enum { ROOT = 16 };

void bounds_writer_init(struct bounds_writer *w, struct sealed_writer *file)
{
    *w = (struct bounds_writer){ .file = file };
}

/* Sentences without a word begin where the next one does: they are one. */
static void put_sentences(struct buffer *to, const struct bounds *b)
{
    uint32_t before = 0;

    for (size_t i = 1; i < b->count; i++) {
        uint32_t start = b->sentences[i];
        bool paragraph = b->paragraph[i];

        assert(start >= before);
        while (i + 1 < b->count && b->sentences[i + 1] == start)
            paragraph |= b->paragraph[++i];
        if (start > before)
            buffer_put_varint(to, (uint64_t)(start - before) * 2 + paragraph);
        before = start;
    }
}

void bounds_put(struct bounds_writer *w, const struct bounds *b)
{
    struct buffer head = BUFFER_INIT;

    assert(b->count == 0 || b->sentences[0] == 0);
    if (w->count % FORMAT_BOUNDS_GROUP == 0)
        buffer_put_le64(&w->directory, sealed_tell(w->file));
    buffer_clear(&w->record);
    buffer_put_varint(&w->record, b->title_len);
    buffer_put_varint(&w->record, b->lead_len);
    put_sentences(&w->record, b);
    if ((uint64_t)b->title_len + b->lead_len > FORMAT_WORDS_MAX ||
        (b->count && b->sentences[b->count - 1] >= FORMAT_WORDS_MAX))
        sealed_refuse(w->file, "a document has more than 2^24 - 1 words");
    buffer_put_varint(&head, w->record.len);
    sealed_put_buffer(w->file, &head);
    sealed_put_buffer(w->file, &w->record);
    buffer_release(&head);
    w->count++;
}

void bounds_finish(struct bounds_writer *w)
{
    struct buffer root = BUFFER_INIT;

    buffer_put_le64(&root, w->count);
    buffer_put_le64(&root, sealed_tell(w->file));
    sealed_put_buffer(w->file, &w->directory);
    sealed_put_buffer(w->file, &root);
    buffer_release(&root);
    buffer_release(&w->directory);
    buffer_release(&w->record);
}

static uint64_t groups_of(uint64_t count)
{
    return (count + FORMAT_BOUNDS_GROUP - 1) / FORMAT_BOUNDS_GROUP;
}

enum status bounds_open(struct bounds_reader *r, struct sealed *file,
                        struct error *err)
{
    uint64_t root_at = file->end - ROOT;
    struct bytes root = sealed_root(file, ROOT, "too short for bounds");

    *r = (struct bounds_reader){ .file = file };
    if (!root.data)
        return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
    r->count = load_le64(root.data);
    r->directory = load_le64(root.data + 8);
    if (r->count < NO_DOC && r->directory >= FORMAT_HEADER &&
        r->directory <= root_at &&
        root_at - r->directory == 8 * groups_of(r->count))
        return OK;
    sealed_damaged(file, root_at, "the root of the bounds cannot be");
    return error_set(err, ERR_CORRUPT, "%s", file->damage.message);
}

void bounds_close(struct bounds_reader *r)
{
    buffer_release(&r->sentences);
    buffer_release(&r->paragraph);
}

/* The bytes of the 16 records of a group; none on damage. */
static struct bytes group_at(struct bounds_reader *r, uint64_t group)
{
    bool last = group + 1 == groups_of(r->count);
    uint64_t at = r->directory + 8 * group, start, end;
    struct bytes entry = sealed_at(r->file, at, last ? 8 : 16);

    if (!entry.data)
        return BYTES_NONE;
    start = load_le64(entry.data);
    end = last ? r->directory : load_le64(entry.data + 8);
    if (start < FORMAT_HEADER || start >= end || end > r->directory ||
        (group == 0 && start != FORMAT_HEADER)) {
        sealed_damaged(r->file, at, "a group of bounds cannot be there");
        return BYTES_NONE;
    }
    return sealed_at(r->file, start, end - start);
}

static void put_start(struct bounds_reader *r, uint32_t start, bool paragraph)
{
    buffer_put(&r->sentences, &start, 4);
    buffer_put_u8(&r->paragraph, paragraph);
}

/* The sentences of a record; false where they cannot be. */
static bool sentences_undo(struct bounds_reader *r, struct scan *s)
{
    uint64_t start = 0;

    buffer_clear(&r->sentences);
    buffer_clear(&r->paragraph);
    put_start(r, 0, true);
    while (!s->bad && s->at < s->end) {
        uint64_t step = scan_varint(s);

        if (step / 2 == 0 || step / 2 > FORMAT_WORDS_MAX)
            return false;
        start += step / 2;
        if (start >= FORMAT_WORDS_MAX)
            return false;
        put_start(r, (uint32_t)start, step & 1);
    }
    return !s->bad;
}

bool bounds_get(struct bounds_reader *r, uint32_t doc, struct bounds *b)
{
    struct scan group, s;
    bool sound;

    *b = (struct bounds){ 0 };
    if (doc >= r->count) {
        sealed_damaged(r->file, r->directory, "no bounds of this document");
        return false;
    }
    group = scan_of(group_at(r, doc / FORMAT_BOUNDS_GROUP));
    for (uint32_t i = doc % FORMAT_BOUNDS_GROUP; i; i--)
        scan_string(&group);
    s = scan_of(scan_string(&group));
    b->title_len = scan_varint32(&s);
    b->lead_len = scan_varint32(&s);
    sound = sentences_undo(r, &s) && !group.bad &&
            (uint64_t)b->title_len + b->lead_len <= FORMAT_WORDS_MAX;
    if ((doc + 1) % FORMAT_BOUNDS_GROUP == 0 || doc + 1 == r->count)
        sound = sound && group.at == group.end;
    if (!sound) {
        sealed_damaged(r->file, r->directory, "bounds of a document");
        return false;
    }
    b->sentences = (const uint32_t *)r->sentences.data;
    b->paragraph = r->paragraph.data;
    b->count = r->paragraph.len;
    return true;
}
