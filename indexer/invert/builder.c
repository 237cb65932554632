/* builder.c -- articles in, one new segment out.
 *
 *   article --key, content--> verdict: added, updated, unchanged, older
 *      |
 *      +-- title, lead, body --> inverter --> runs --\
 *      |      where sentences begin --> bounds        merge --> segment
 *      +-- record --> docstore                       /
 *      +-- numbers --> rows, a temporary file ------/
 *
 * Only what decides a verdict and the lengths stay in memory for every
 * document (about 70 bytes); all else goes to files as it comes.  The rest
 * of the memory is the inverter's.
 */
#define XXH_INLINE_ALL
#include "indexer/invert/builder.h"

#include <stdlib.h>
#include <xxhash.h>

#include "indexer/invert/deletion.h"
#include "indexer/invert/doc_words.h"
#include "indexer/invert/identity.h"
#include "indexer/invert/inverter.h"
#include "indexer/invert/merge.h"
#include "indexer/invert/quote_builder.h"
#include "indexer/invert/rows.h"

enum {
    WRITERS_BYTES = 6 << 20,    /* buffers of the files being written */
    DOC_BYTES = 128,            /* of memory for each document at the most */
    KEPT_RECORD = 1 << 20,
    FORGET_EVERY = 1 << 14,     /* look-ups in the snapshot */
};

struct builder {
    char *dir;
    struct snapshot *snapshot;
    uint64_t uuid, generation, id;
    struct builder_options options;
    struct segment_writer segment;
    struct docstore_writer *store;
    struct bounds_writer bounds;
    struct rows rows;
    struct inverter *inverter;
    struct identity identity;
    struct deletions deletions;
    struct buffer lengths;      /* u32 each */
    uint64_t sum_lengths;
    uint32_t doc_count, docs_max, lookups;
    struct doc_words words;
    struct buffer key, record;
    struct quote_builder *quotes;   /* of the companion, or NULL */
    bool written;               /* the segment's files are finished */
    struct article_id last;     /* what builder_add was given */
};

/* --- What a reading comes to --- */

/* The living one of a key: in this build (segment NO_DOC), or in the
 * snapshot. */
struct found {
    uint32_t segment, doc;
};

static int64_t better_date(int64_t modified, int64_t published)
{
    return modified != DATE_UNDATED ? modified : published;
}

static uint64_t content_of(const struct article *a)
{
    uint64_t hash = article_content_hash(a) | CONTENT_WHOLE;

    if (a->flags & ARTICLE_WITHDRAWN)
        return CONTENT_WITHDRAWN;
    return a->flags & ARTICLE_TEASER ? hash ^ CONTENT_WHOLE : hash;
}

static struct reading reading_of(struct builder *b, const struct article *a)
{
    XXH128_hash_t hash;

    buffer_clear(&b->key);
    article_key(&b->key, a, b->options.source);
    hash = XXH3_128bits(b->key.data, b->key.len);
    return (struct reading){
        hash.low64, hash.high64, content_of(a), a->version,
        better_date(a->modified.seconds, a->published.seconds)
    };
}

static struct reading stored_reading(struct docvalues *v, uint32_t doc)
{
    return (struct reading){
        0, 0, docvalues_get(v, COLUMN_CONTENT, doc),
        docvalues_get(v, COLUMN_VERSION, doc),
        better_date((int64_t)docvalues_get(v, COLUMN_MODIFIED, doc),
                    (int64_t)docvalues_get(v, COLUMN_PUBLISHED, doc))
    };
}

/* What segment `n` of the snapshot knows of the key. */
static void segment_rival(struct builder *b, uint32_t n,
                          const struct reading *r, struct rival *rival,
                          struct found *found)
{
    struct docvalues *v = &b->snapshot->segments[n]->values;
    struct grave grave;
    uint32_t doc, nth = 0;

    while (docvalues_buried(v, r->key_low, r->key_high, nth++, &grave)) {
        struct reading dead = {
            0, 0, grave.content, grave.version, grave.date
        };

        rival_bury(rival, &dead, r);
    }
    nth = 0;
    while ((doc = docvalues_find(v, r->key_low, r->key_high, nth++)) !=
           NO_DOC) {
        if (deletions_spare(&b->deletions, n, doc)) {
            rival->lives = true;
            rival->reading = stored_reading(v, doc);
            *found = (struct found){ n, doc };
        } else {
            struct reading dead = stored_reading(v, doc);

            rival_bury(rival, &dead, r);
        }
    }
}

/* Pages of the columns that were looked at would count as our memory. */
static void forget_columns(struct builder *b)
{
    if (++b->lookups % FORGET_EVERY)
        return;
    for (uint32_t i = 0; i < b->snapshot->count; i++) {
        struct sealed *file = b->snapshot->segments[i]->values.file;

        mapping_forget(&file->map, 0, file->map.bytes.len);
    }
}

/* A damaged segment knows less than it did, and its articles would come in
 * a second time: ERR_CORRUPT. */
static enum status find_rival(struct builder *b, const struct reading *r,
                              struct rival *rival, struct found *found,
                              struct error *err)
{
    *rival = (struct rival){ .lives = false };
    *found = (struct found){ NO_DOC, NO_DOC };
    for (uint32_t i = 0; b->snapshot && i < b->snapshot->count; i++) {
        const struct sealed *file = b->snapshot->segments[i]->values.file;

        segment_rival(b, i, r, rival, found);
        if (file->damage.code != OK)
            return error_set(err, ERR_CORRUPT, "%s; restore the index from "
                             "a copy, or index again into a new folder",
                             file->damage.message);
    }
    if (b->snapshot)
        forget_columns(b);
    identity_rival(&b->identity, r, rival, &found->doc);
    return OK;
}

static void retire(struct builder *b, const struct found *found)
{
    if (found->segment == NO_DOC)
        identity_kill(&b->identity, found->doc);
    else
        deletions_kill(&b->deletions, found->segment, found->doc);
}

static void take_meta(struct builder *b, const struct article *a)
{
    inverter_meta(b->inverter, META_SOURCE, a->source);
    inverter_meta(b->inverter, META_LANG, bytes_str(a->lang.code));
    for (size_t i = 0; i < a->authors.count; i++)
        inverter_meta(b->inverter, META_AUTHOR, a->authors.items[i]);
    inverter_meta(b->inverter, META_SECTION, a->section);
    for (size_t i = 0; i < a->tags.count; i++)
        inverter_meta(b->inverter, META_TAG, a->tags.items[i]);
}

/* --- One document --- */

/* The row of the document at hand, whose length is known now. */
static void keep_row(struct builder *b, struct docvalues_row *row)
{
    row->values[COLUMN_LENGTH] = b->words.count;
    rows_put(&b->rows, row);
    buffer_put(&b->lengths, &b->words.count, sizeof(b->words.count));
    b->sum_lengths += b->words.count;
}

static void put_row(struct builder *b, const struct article *a,
                    const struct reading *r, uint32_t lang)
{
    struct docvalues_row row;
    uint64_t *values = row.values;

    values[COLUMN_PUBLISHED] = (uint64_t)a->published.seconds;
    values[COLUMN_MODIFIED] = (uint64_t)a->modified.seconds;
    values[COLUMN_SOURCE] = roll_call(&b->rows.sources, a->source);
    values[COLUMN_LANG] = lang;
    values[COLUMN_KEY_LOW] = r->key_low;
    values[COLUMN_KEY_HIGH] = r->key_high;
    values[COLUMN_CONTENT] = r->content;
    values[COLUMN_VERSION] = r->version;
    keep_row(b, &row);
}

static enum status pack(struct builder *b, const struct article *a,
                        struct error *err)
{
    if (b->record.room > KEPT_RECORD)
        buffer_release(&b->record);
    buffer_clear(&b->record);
    article_pack(&b->record, a);
    if (b->record.len > FORMAT_RECORD_MAX)
        return error_set(err, ERR_INPUT, "an article of %zu MB; at most %d "
                         "MB can be kept", b->record.len >> 20,
                         FORMAT_RECORD_MAX >> 20);
    return OK;
}

/* The first failure of any file that is being written. */
static enum status check_writers(const struct builder *b, struct error *err)
{
    const struct error *failure = &b->rows.file.failure;

    for (int i = 0; i < FORMAT_SEGMENT_FILES && failure->code == OK; i++)
        failure = &b->segment.files[i].file.failure;
    if (failure->code == OK)
        return OK;
    return error_set(err, ERR_IO, "%s", failure->message);
}

static void share_memory(struct builder *b)
{
    size_t taken = WRITERS_BYTES + identity_bytes(&b->identity) +
        b->lengths.room;
    size_t memory = b->options.memory - (b->quotes ? b->options.memory /
                                         QUOTE_BUILDER_PART : 0);

    inverter_cap(b->inverter, memory > taken ? memory - taken : 0);
}

static enum status add_document(struct builder *b, struct article *a,
                                const struct reading *r, struct error *err)
{
    uint32_t lang = roll_call(&b->rows.langs, bytes_str(a->lang.code));
    enum status code;

    inverter_begin(b->inverter, b->doc_count, a->lang, lang);
    doc_words_take(&b->words, b->inverter, a->title, a->lead, a->body);
    take_meta(b, a);
    code = inverter_end(b->inverter, err);
    if (b->words.cut && !(a->flags & ARTICLE_DEGRADED)) {
        a->flags |= ARTICLE_DEGRADED;
        pack(b, a, err);
    }
    docstore_put(b->store, buffer_bytes(&b->record));
    doc_words_put(&b->words, &b->bounds);
    put_row(b, a, r, lang);
    identity_add(&b->identity, r);
    b->doc_count++;
    share_memory(b);
    return code == OK ? check_writers(b, err) : code;
}

/* Of what is withdrawn a document stays that is dead and has no text. */
static enum status add_mark(struct builder *b, const struct article *withdrawn,
                            struct reading *r, enum verdict verdict,
                            const struct found *found, struct error *err)
{
    const struct article *w = withdrawn;
    struct article mark = {
        .id = w->id, .url = w->url, .source = w->source, .path = w->path,
        .published = w->published, .modified = w->modified,
        .version = w->version, .flags = ARTICLE_WITHDRAWN
    };
    enum status code = pack(b, &mark, err);

    if (code != OK)
        return code;
    if (verdict == VERDICT_UPDATE)
        retire(b, found);
    code = add_document(b, &mark, r, err);
    identity_kill(&b->identity, b->doc_count - 1);
    return code;
}

enum status builder_put(struct builder *b, const struct builder_document *d,
                        struct error *err)
{
    uint32_t lang = roll_call(&b->rows.langs, bytes_str(d->lang.code));
    struct docvalues_row row = d->row;
    struct reading r = { row.values[COLUMN_KEY_LOW],
                         row.values[COLUMN_KEY_HIGH], 0, 0, 0 };
    enum status code;

    inverter_begin(b->inverter, b->doc_count, d->lang, lang);
    doc_words_take(&b->words, b->inverter, d->title, d->lead, d->body);
    for (size_t i = 0; i < d->meta_count; i++)
        inverter_meta(b->inverter, d->meta[i].field, d->meta[i].value);
    code = inverter_end(b->inverter, err);
    docstore_put(b->store, d->record);
    doc_words_put(&b->words, &b->bounds);
    row.values[COLUMN_SOURCE] = roll_call(&b->rows.sources, d->name);
    row.values[COLUMN_LANG] = lang;
    keep_row(b, &row);
    identity_add(&b->identity, &r);
    b->doc_count++;
    share_memory(b);
    return code == OK ? check_writers(b, err) : code;
}

uint32_t builder_room(const struct builder *b)
{
    return b->docs_max - b->doc_count;
}

/* --- The segment --- */

static enum status merge_inverted(struct builder *b, struct error *err)
{
    uint32_t count = inverter_run_count(b->inverter);
    char **paths = must_alloc((count + 1) * sizeof(*paths));
    char *scratch = scratch_path(b->dir, b->id, "ordinals");
    struct merge_options options = {
        NULL, count, scratch,
        (const uint32_t *)(const void *)b->lengths.data,
        (float)((double)b->sum_lengths / b->doc_count),
        b->options.title_weight
    };
    enum status code;

    for (uint32_t i = 0; i < count; i++)
        paths[i] = inverter_run_path(b->inverter, i);
    code = merge_runs(&b->segment, paths, &options, b->options.memory / 2,
                      err);
    for (uint32_t i = 0; i < count; i++)
        free(paths[i]);
    free(paths);
    free(scratch);
    return code;
}

/* Documents that were replaced while the segment was built. */
static enum status write_live(struct builder *b, struct segment_info *info,
                              struct error *err)
{
    enum status code = OK;
    struct live live;

    live_init(&live, b->doc_count);
    for (uint32_t doc = 0; doc < b->doc_count; doc++) {
        if (!identity_lives(&b->identity, doc))
            live_kill(&live, doc);
    }
    info->live_count = live.live_count;
    if (live.live_count < b->doc_count) {
        char *path = segment_path(b->dir, b->generation, b->id, KIND_LIVE);

        code = live_save(&live, path, b->uuid, b->id, &info->live_size, err);
        info->live_generation = b->generation;
        free(path);
    }
    live_release(&live);
    return code;
}

enum status builder_write(struct builder *b, struct segment_info *out,
                          struct error *err)
{
    struct segment_info *info = &b->segment.info;
    enum status code;

    info->doc_count = b->doc_count;
    info->sum_lengths = b->sum_lengths;
    code = inverter_finish(b->inverter, err);
    if (code == OK)
        code = write_live(b, info, err);
    identity_release(&b->identity);
    if (code == OK)
        code = merge_inverted(b, err);
    if (code == OK)
        code = rows_finish(&b->rows, &b->segment.files[KIND_COLUMNS - 1],
                           NULL, err);
    docstore_finish(b->store);
    b->store = NULL;
    bounds_finish(&b->bounds);
    if (code == OK) {
        code = segment_finish(&b->segment, err);
        b->written = true;
    }
    *out = *info;
    return code;
}

static void append_info(struct manifest *m, const struct segment_info *info)
{
    m->segments = must_realloc(m->segments, (m->segment_count + 1) *
                               sizeof(*m->segments));
    m->segments[m->segment_count++] = *info;
}

/* --- The contract --- */

struct builder *builder_new(const char *dir, struct snapshot *snapshot,
                            uint64_t uuid, uint64_t generation,
                            const struct builder_options *options)
{
    struct builder *b = must_calloc(1, sizeof(*b));

    b->dir = path_join(dir, "");
    b->snapshot = snapshot;
    b->uuid = uuid;
    b->generation = generation;
    b->id = segment_random_id();
    b->options = *options;
    b->docs_max = options->memory / DOC_BYTES < NO_DOC - 1
        ? (uint32_t)(options->memory / DOC_BYTES) : NO_DOC - 1;
    segment_create(&b->segment, dir, uuid, generation, b->id);
    b->store = docstore_writer_new(&b->segment.files[KIND_STORE - 1]);
    bounds_writer_init(&b->bounds, &b->segment.files[KIND_BOUNDS - 1]);
    rows_open(&b->rows, b->dir, b->id);
    b->inverter = inverter_new(dir, b->id, options->memory);
    deletions_init(&b->deletions, snapshot);
    if (options->quotes)
        b->quotes = quote_builder_new(dir, uuid, generation, options);
    share_memory(b);
    return b;
}

enum status builder_add(struct builder *b, const struct article *article,
                        enum outcome *outcome, struct error *err)
{
    static const enum outcome outcomes[] = {
        [VERDICT_ADD] = OUTCOME_ADDED, [VERDICT_UPDATE] = OUTCOME_UPDATED,
        [VERDICT_UNCHANGED] = OUTCOME_UNCHANGED, [VERDICT_OLDER] = OUTCOME_OLDER
    };
    struct article a = *article;
    struct found found;
    struct reading r;
    struct rival rival;
    enum verdict verdict;
    enum status code;

    if (b->doc_count >= b->docs_max ||
        !quote_builder_fits(b->quotes, article->quotes.count))
        return error_set(err, ERR_LIMIT, "%s: the segment is full at %u "
                         "articles", b->dir, b->doc_count);
    if (a.source.len == 0)
        a.source = b->options.source;
    r = reading_of(b, &a);
    code = find_rival(b, &r, &rival, &found, err);
    if (code != OK)
        return code;
    b->last = (struct article_id){ r.key_low, r.key_high };
    verdict = reading_judge(&r, &rival);
    *outcome = outcomes[verdict];
    if (*outcome == OUTCOME_UNCHANGED || *outcome == OUTCOME_OLDER)
        return OK;
    if (a.flags & ARTICLE_WITHDRAWN) {
        if (verdict == VERDICT_ADD)
            *outcome = OUTCOME_UNCHANGED;
        /* One without a version is of the version that lives. */
        if (r.version == 0 && rival.lives)
            r.version = rival.reading.version;
        return add_mark(b, &a, &r, verdict, &found, err);
    }
    code = pack(b, &a, err);
    if (code != OK)
        return code;
    if (*outcome == OUTCOME_UPDATED)
        retire(b, &found);
    code = add_document(b, &a, &r, err);
    if (code == OK)
        code = quote_builder_add(b->quotes, &a, b->doc_count - 1,
                                 r.key_high, err);
    return code;
}

struct article_id builder_last(const struct builder *b)
{
    return b->last;
}

enum status builder_remove(struct builder *b, const struct article_id *id,
                           bool *removed, struct error *err)
{
    struct reading r = { .key_low = id->low, .key_high = id->high };
    struct rival rival;
    struct found found;
    enum status code = find_rival(b, &r, &rival, &found, err);

    *removed = code == OK && rival.lives;
    if (*removed)
        retire(b, &found);
    return code;
}

enum status builder_finish(struct builder *b, struct manifest *m,
                           struct error *err)
{
    struct segment_info info;
    enum status code;

    if (b->doc_count == 0)
        return deletions_save(&b->deletions, b->dir, b->generation, m, err);
    code = builder_write(b, &info, err);
    if (code == OK)
        code = quote_builder_finish(b->quotes, &info.quotes, err);
    if (code == OK)
        code = deletions_save(&b->deletions, b->dir, b->generation, m, err);
    if (code == OK)
        append_info(m, &info);
    return code;
}

void builder_free(struct builder *b)
{
    if (!b)
        return;
    quote_builder_free(b->quotes);
    inverter_free(b->inverter);
    rows_release(&b->rows);
    if (b->store) {
        docstore_finish(b->store);
        bounds_finish(&b->bounds);
    }
    if (!b->written)
        segment_abandon(&b->segment);
    identity_release(&b->identity);
    deletions_release(&b->deletions);
    buffer_release(&b->lengths);
    doc_words_release(&b->words);
    buffer_release(&b->key);
    buffer_release(&b->record);
    free(b->dir);
    free(b);
}
