/* compaction.c -- neighbouring segments become one, without their dead
 * documents.
 *
 *   segment A   0 1 2 3    1 is dead    -->   0 - 1 2
 *   segment B   0 1        0 is dead    -->   - 3
 *
 *   postings, positions, words   decoded, numbered anew, merged (reread.c)
 *   bounds                       copied one by one
 *   store                        whole blocks where all of it lives
 *   columns                      row by row; sources and languages by name
 *   quotations                   the companions, in the same way
 *
 * No article is read or analyzed again.  Of a dead document whose key lives
 * on, and of each that was withdrawn, a grave stays: the hash of its content,
 * version and date, so that reading an old version again does not bring it
 * back.  Where nothing lives, graves alone are a segment.
 *
 * Memory: 84 bytes a document, of which 72 are its row, which is mapped while
 * the columns are written; and a few MB of buffers.
 */
#include "indexer/invert/compaction.h"

#include <stdlib.h>

#include "indexer/invert/identity.h"
#include "indexer/invert/merge.h"
#include "indexer/invert/reread.h"
#include "indexer/invert/rows.h"
#include "indexer/invert/tiers.h"

enum {
    DOC_BYTES = sizeof(struct docvalues_row) + 3 * sizeof(uint32_t),
    FORGET_EVERY = 1 << 14,     /* documents */
    SHARE = 1 << 20             /* bytes of memory, for messages */
};

struct compacting {
    const struct compaction *c;
    const char *dir;
    uint64_t uuid;
    struct segment **segments;
    uint32_t count;             /* of them */
    uint32_t **numbers;         /* of each: new numbers of its documents */
    uint32_t **articles;        /* companions: of those of their articles */
    uint32_t *lengths;          /* of the new documents */
    uint32_t doc_count;
    bool needed;                /* a new segment is */
    struct segment_writer segment;
    struct rows rows;
    struct graves graves;
};

/* --- Numbers --- */

/* Quotations are merged after the articles, whose new numbers stay. */
static enum status check_memory(const struct compacting *k, struct error *err)
{
    uint64_t all = 0, live = 0, quotes = 0, need, more;

    for (uint32_t i = 0; i < k->count; i++) {
        all += k->segments[i]->doc_count;
        live += k->segments[i]->live.live_count;
        quotes += k->segments[i]->info.quotes.doc_count;
    }
    need = all * sizeof(uint32_t) + live * DOC_BYTES;
    more = all * sizeof(uint32_t) + quotes * (sizeof(uint32_t) + DOC_BYTES);
    need = more > need ? more : need;
    if (need <= k->c->memory)
        return OK;
    return error_set(err, ERR_LIMIT, "%s: merging %llu articles needs "
                     "--memory %lluM", k->dir, (unsigned long long)live,
                     (unsigned long long)(need / SHARE + 1));
}

static void number_segment(struct compacting *k, uint32_t n)
{
    struct segment *s = k->segments[n];
    uint32_t *numbers = must_alloc((size_t)s->doc_count * sizeof(*numbers));

    for (uint32_t doc = 0; doc < s->doc_count; doc++) {
        numbers[doc] = NO_DOC;
        if (!live_has(&s->live, doc))
            continue;
        k->lengths[k->doc_count] = (uint32_t)docvalues_get(&s->values,
                                                           COLUMN_LENGTH,
                                                           doc);
        numbers[doc] = k->doc_count++;
    }
    k->numbers[n] = numbers;
}

static void number_all(struct compacting *k)
{
    uint64_t live = 0;

    for (uint32_t i = 0; i < k->count; i++)
        live += k->segments[i]->live.live_count;
    k->lengths = must_alloc((size_t)live * sizeof(*k->lengths));
    for (uint32_t i = 0; i < k->count; i++)
        number_segment(k, i);
}

/* --- Graves --- */

/* Whether a document of the key lives anywhere in the index. */
static bool key_lives(struct compacting *k, const struct grave *g)
{
    struct snapshot *all = k->c->snapshot;

    for (uint32_t i = 0; i < all->count; i++) {
        struct segment *s = all->segments[i];
        uint32_t doc, nth = 0;

        while ((doc = docvalues_find(&s->values, g->key_low, g->key_high,
                                     nth++)) != NO_DOC)
            if (live_has(&s->live, doc))
                return true;
    }
    return false;
}

static void bury(struct compacting *k, const struct grave *g)
{
    struct graves *all = &k->graves;

    if (g->content != CONTENT_WITHDRAWN && !key_lives(k, g))
        return;
    if ((all->count & (all->count - 1)) == 0)
        all->items = must_realloc(all->items, (all->count ? all->count * 2 : 1)
                                  * sizeof(*all->items));
    all->items[all->count++] = *g;
}

static void bury_old(struct compacting *k, struct segment *s)
{
    struct grave grave;

    for (uint32_t i = 0; i < s->values.grave_count; i++)
        if (docvalues_grave(&s->values, i, &grave))
            bury(k, &grave);
}

static bool has_marks(struct docvalues *v)
{
    struct grave grave;

    for (uint32_t i = 0; i < v->grave_count; i++)
        if (docvalues_grave(v, i, &grave) &&
            grave.content == CONTENT_WITHDRAWN)
            return true;
    for (uint32_t doc = 0; doc < v->count; doc++)
        if (docvalues_get(v, COLUMN_CONTENT, doc) == CONTENT_WITHDRAWN)
            return true;
    return false;
}

/* Whether there is anything to write. */
static bool is_needed(struct compacting *k)
{
    bool needed = k->doc_count > 0;

    for (uint32_t i = 0; i < k->count && !needed; i++)
        needed = has_marks(&k->segments[i]->values);
    return needed;
}

/* --- Columns --- */

static struct grave grave_of(const uint64_t *values)
{
    int64_t modified = (int64_t)values[COLUMN_MODIFIED];

    return (struct grave){
        values[COLUMN_KEY_HIGH], values[COLUMN_KEY_LOW],
        values[COLUMN_CONTENT], values[COLUMN_VERSION],
        modified != FORMAT_UNDATED ? modified
                                   : (int64_t)values[COLUMN_PUBLISHED]
    };
}

/* A quotation is of the article's new number. */
static bool follow(struct compacting *k, uint32_t n, uint64_t *article)
{
    struct segment *s = k->segments[n];

    if (*article >= s->articles->doc_count ||
        k->articles[n][*article] == NO_DOC) {
        sealed_damaged(s->values.file, FORMAT_HEADER,
                       "a quotation of no article");
        return false;
    }
    *article = k->articles[n][*article];
    return true;
}

static void put_row(struct compacting *k, uint32_t n, uint32_t doc)
{
    struct segment *s = k->segments[n];
    struct docvalues *v = &s->values;
    struct docvalues_row row;
    uint64_t *values = row.values, source, lang;

    for (unsigned i = 0; i < COLUMN_COUNT; i++)
        values[i] = docvalues_get(v, (enum column)i, doc);
    if (!live_has(&s->live, doc)) {
        struct grave grave = grave_of(values);

        if (!k->articles)
            bury(k, &grave);
        return;
    }
    source = values[COLUMN_SOURCE];
    lang = values[COLUMN_LANG];
    if (source >= v->sources.count || lang >= v->langs.count) {
        sealed_damaged(v->file, v->columns[COLUMN_SOURCE].offset,
                       "no source or language has this number");
        return;
    }
    if (k->articles && !follow(k, n, &values[COLUMN_MODIFIED]))
        return;
    values[COLUMN_SOURCE] = roll_call(&k->rows.sources,
                                      v->sources.items[source]);
    values[COLUMN_LANG] = roll_call(&k->rows.langs, v->langs.items[lang]);
    k->segment.info.sum_lengths += values[COLUMN_LENGTH];
    rows_put(&k->rows, &row);
}

static void forget(struct segment *s, enum file_kind kind)
{
    const struct mapping *map = &segment_file(s, kind)->map;

    mapping_forget(map, 0, map->bytes.len);
}

static enum status put_rows(struct compacting *k, struct error *err)
{
    enum status code = OK;

    for (uint32_t i = 0; i < k->count && code == OK; i++) {
        struct segment *s = k->segments[i];

        bury_old(k, s);
        for (uint32_t doc = 0; doc < s->doc_count; doc++)
            put_row(k, i, doc);
        forget(s, KIND_COLUMNS);
        code = segment_damage(s, err);
    }
    graves_sort(&k->graves);
    return code;
}

/* --- Bounds and records --- */

static enum status copy_bounds(struct compacting *k, struct error *err)
{
    struct bounds_writer w;
    enum status code = OK;
    struct bounds b;

    bounds_writer_init(&w, &k->segment.files[KIND_BOUNDS - 1]);
    for (uint32_t i = 0; i < k->count && code == OK; i++) {
        struct segment *s = k->segments[i];

        for (uint32_t doc = 0; doc < s->doc_count; doc++) {
            if (live_has(&s->live, doc) && bounds_get(&s->bounds, doc, &b))
                bounds_put(&w, &b);
            if (doc % FORGET_EVERY == 0)
                forget(s, KIND_BOUNDS);
        }
        forget(s, KIND_BOUNDS);
        code = segment_damage(s, err);
    }
    bounds_finish(&w);
    return code;
}

static enum status copy_store(struct compacting *k, struct error *err)
{
    struct docstore_writer *w =
        docstore_writer_new(&k->segment.files[KIND_STORE - 1]);
    enum status code = OK;

    for (uint32_t i = 0; i < k->count && code == OK; i++) {
        struct segment *s = k->segments[i];

        code = docstore_copy(w, &s->store, &s->live, err);
        forget(s, KIND_STORE);
    }
    docstore_finish(w);
    return code;
}

/* --- Words --- */

static float average_length(const struct compacting *k)
{
    return k->doc_count ? (float)((double)k->segment.info.sum_lengths /
                                  k->doc_count) : 0;
}

static enum status merge(struct compacting *k, struct error *err)
{
    uint32_t count = k->count;
    struct reread *all = must_calloc(count, sizeof(*all));
    struct input **inputs = must_calloc(count, sizeof(*inputs));
    char *scratch = scratch_path(k->dir, k->segment.info.id, "ordinals");
    struct merge_options options = {
        inputs, count, scratch, k->lengths, average_length(k),
        k->segments[0]->terms.title_weight
    };
    enum status code;

    for (uint32_t i = 0; i < count; i++) {
        reread_open(&all[i], k->segments[i], k->numbers[i], i);
        inputs[i] = &all[i].in;
    }
    code = merge_inputs(&k->segment, &options, err);
    for (uint32_t i = 0; i < count; i++)
        reread_close(&all[i]);
    free(all);
    free(inputs);
    free(scratch);
    return code;
}

/* --- The segment --- */

static enum status write_parts(struct compacting *k, struct error *err)
{
    enum status code = put_rows(k, err);

    if (code == OK)
        code = copy_bounds(k, err);
    if (code == OK)
        code = copy_store(k, err);
    if (code == OK)
        code = merge(k, err);
    if (code == OK)
        code = rows_finish(&k->rows, &k->segment.files[KIND_COLUMNS - 1],
                           &k->graves, err);
    return code;
}

static enum status write_segment(struct compacting *k, uint64_t generation,
                                 struct error *err)
{
    uint64_t id = segment_random_id();
    enum status code;

    segment_create(&k->segment, k->dir, k->uuid, generation, id);
    rows_open(&k->rows, k->dir, id);
    code = write_parts(k, err);
    k->segment.info.doc_count = k->segment.info.live_count = k->doc_count;
    if (code == OK)
        code = segment_finish(&k->segment, err);
    else
        segment_abandon(&k->segment);
    rows_release(&k->rows);
    return code;
}

static void release(struct compacting *k)
{
    for (uint32_t i = 0; i < k->count; i++)
        free(k->numbers[i]);
    free(k->numbers);
    free(k->lengths);
    free(k->graves.items);
}

/* Makes one of the segments, where anything is left of them. */
static enum status make_one(struct compacting *k, uint64_t generation,
                            struct error *err)
{
    enum status code = OK;

    k->numbers = must_calloc(k->count, sizeof(*k->numbers));
    number_all(k);
    k->needed = is_needed(k);
    if (k->needed)
        code = write_segment(k, generation, err);
    free(k->lengths);
    k->lengths = NULL;
    return code;
}

/* --- Quotations --- */

static enum status open_companions(struct compacting *q,
                                   const struct compacting *k,
                                   struct error *err)
{
    enum status code = OK;

    q->segments = must_calloc(k->count, sizeof(*q->segments));
    q->articles = must_calloc(k->count, sizeof(*q->articles));
    for (uint32_t i = 0; i < k->count && code == OK; i++) {
        struct segment *s;

        code = segment_open_quotes(&s, k->dir, k->uuid, k->segments[i], err);
        if (code != OK || !s)
            continue;
        q->articles[q->count] = k->numbers[i];
        q->segments[q->count++] = s;
    }
    return code;
}

/* The companion of the new segment. */
static enum status merge_quotes(struct compacting *k, uint64_t generation,
                                struct error *err)
{
    struct compacting q = { .c = k->c, .dir = k->dir, .uuid = k->uuid };
    struct segment_quotes *to = &k->segment.info.quotes;
    const struct segment_info *info = &q.segment.info;
    enum status code = open_companions(&q, k, err);

    if (code == OK)
        code = make_one(&q, generation, err);
    if (code == OK && q.needed) {
        to->id = info->id;
        to->doc_count = info->doc_count;
        to->sum_lengths = info->sum_lengths;
        memcpy(to->sizes, info->sizes, sizeof(to->sizes));
    }
    if (q.numbers)
        release(&q);
    for (uint32_t i = 0; i < q.count; i++)
        segment_close(q.segments[i]);
    free(q.segments);
    free(q.articles);
    return code;
}

/* --- The manifest --- */

/* Puts the new one, if there is one, in the place of the others. */
static void splice(struct compacting *k, struct manifest *m)
{
    uint32_t first = k->c->first, kept = first + k->needed;
    uint32_t behind = m->segment_count - first - k->count;

    if (k->needed)
        m->segments[first] = k->segment.info;
    memmove(m->segments + kept, m->segments + first + k->count,
            behind * sizeof(*m->segments));
    m->segment_count = kept + behind;
}

enum status compaction_run(const struct compaction *c, const char *dir,
                           struct manifest *m, struct error *err)
{
    struct compacting k = {
        .c = c, .dir = dir, .uuid = m->uuid, .count = c->count,
        .segments = c->snapshot->segments + c->first
    };
    enum status code = check_memory(&k, err);

    if (code != OK)
        return code;
    code = make_one(&k, m->generation + 1, err);
    if (code == OK && k.doc_count)
        code = merge_quotes(&k, m->generation + 1, err);
    if (code == OK)
        splice(&k, m);
    release(&k);
    return code;
}

static bool choose(const struct manifest *m, bool whole, struct compaction *c)
{
    c->first = 0;
    c->count = m->segment_count;
    if (whole && c->count > 1)
        return true;
    return tiers_choose(m, &c->first, &c->count);
}

enum status compaction_settle(const char *dir, struct manifest *m,
                              size_t memory, bool whole, struct error *err)
{
    struct compaction c = { .memory = memory };
    enum status code = OK;

    while (code == OK && choose(m, whole, &c)) {
        code = snapshot_of(&c.snapshot, dir, m, err);
        if (code == OK)
            code = compaction_run(&c, dir, m, err);
        snapshot_close(c.snapshot);
    }
    if (code != ERR_LIMIT)
        return code;
    error_clear(err);
    return OK;
}
