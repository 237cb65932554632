/* merge.c -- sorted inputs to a segment's terms, postings and positions.
 *
 * A heap holds the inputs by the key they stand on, equal keys by the number
 * of the input; documents rise with that number, so the postings of a stem
 * are those of its inputs, one after the other.
 *
 *   run 0   gas: 0 3    pipe: 3          gas:  0 3 | 4 9
 *   run 1   gas: 4 9            ural: 7  pipe: 3
 *                                        ural: 7
 *
 * A document may end in another run than it began, so each one is held back
 * until the next one is seen.  An input's words name stems by their ordinals
 * there; `ordinals` keeps what those became, or that nothing is left of them,
 * and words are merged after all stems.
 */
#include "indexer/invert/merge.h"

#include <stdlib.h>

#include "indexer/invert/ordinals.h"
#include "indexer/invert/run.h"

enum { LEAST_ROOM = 16 << 10, MOST_ROOM = 1 << 20 };

/* What a stem without documents became. */
#define NO_STEM UINT32_MAX

/* The document that is held back. */
struct held {
    uint32_t doc, count, title;
    struct buffer positions;
    bool any;
};

struct merge {
    struct input **inputs;
    uint32_t count;
    struct input **heap;        /* the least key first */
    uint32_t heap_count;
    struct input **same;        /* those on the key at hand */
    uint32_t same_count;
    struct ordinals ordinals;
    struct terms_writer *terms;
    struct postings_writer postings;
    struct held held;
    struct buffer scratch;
};

/* --- The heap --- */

static bool before(const struct input *a, const struct input *b)
{
    int order = bytes_compare(a->key, b->key);

    return order ? order < 0 : a->number < b->number;
}

static void heap_push(struct merge *m, struct input *in)
{
    uint32_t at = m->heap_count++;

    while (at && before(in, m->heap[(at - 1) / 2])) {
        m->heap[at] = m->heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    m->heap[at] = in;
}

static struct input *heap_pop(struct merge *m)
{
    struct input *top = m->heap[0], *last = m->heap[--m->heap_count];
    uint32_t at = 0, child;

    while ((child = at * 2 + 1) < m->heap_count) {
        if (child + 1 < m->heap_count &&
            before(m->heap[child + 1], m->heap[child]))
            child++;
        if (!before(m->heap[child], last))
            break;
        m->heap[at] = m->heap[child];
        at = child;
    }
    m->heap[at] = last;
    return top;
}

static void advance(struct merge *m, struct input *in)
{
    if (input_next_key(in))
        heap_push(m, in);
}

/* All inputs on their first, or next half's first, key. */
static void start(struct merge *m)
{
    for (uint32_t i = 0; i < m->count; i++)
        advance(m, m->inputs[i]);
}

/* Takes the inputs that stand on the least key; false: no more keys. */
static bool take_same(struct merge *m)
{
    m->same_count = 0;
    if (!m->heap_count)
        return false;
    do
        m->same[m->same_count++] = heap_pop(m);
    while (m->heap_count && bytes_equal(m->heap[0]->key, m->same[0]->key));
    return true;
}

static void advance_same(struct merge *m)
{
    for (uint32_t i = 0; i < m->same_count; i++)
        advance(m, m->same[i]);
}

/* --- Stems --- */

static void put_held(struct merge *m)
{
    struct held *h = &m->held;

    if (h->any)
        postings_put(&m->postings, h->doc,
                     (const uint32_t *)(const void *)h->positions.data,
                     h->count, h->title);
    h->any = false;
    h->count = h->title = 0;
    buffer_clear(&h->positions);
}

/* Holds a document, whose positions are in m->scratch, or adds to the one
 * that is held. */
static void hold(struct merge *m, uint32_t doc, uint32_t count,
                 uint32_t title)
{
    struct held *h = &m->held;

    if (h->any && h->doc == doc) {
        buffer_put_bytes(&h->positions, buffer_bytes(&m->scratch));
    } else {
        struct buffer free_one;

        put_held(m);
        free_one = h->positions;
        h->positions = m->scratch;
        m->scratch = free_one;
    }
    h->any = true;
    h->doc = doc;
    h->count += count;
    h->title += title;
}

static void merge_docs(struct merge *m, struct input *in)
{
    uint32_t count, title;

    buffer_clear(&m->scratch);
    while (input_next_doc(in, &m->scratch, &count, &title)) {
        hold(m, in->doc, count, title);
        buffer_clear(&m->scratch);
    }
}

static void merge_stems(struct merge *m)
{
    start(m);
    while (take_same(m)) {
        struct stem stem;
        uint32_t ordinal = NO_STEM;

        postings_begin(&m->postings, m->same[0]->meta);
        for (uint32_t i = 0; i < m->same_count; i++)
            merge_docs(m, m->same[i]);
        put_held(m);
        postings_end(&m->postings, &stem);
        if (stem.df)
            ordinal = terms_put_stem(m->terms, m->same[0]->key, &stem);
        for (uint32_t i = 0; i < m->same_count; i++)
            ordinals_put(&m->ordinals, m->same[i]->number, ordinal);
        advance_same(m);
    }
    ordinals_seal(&m->ordinals);
}

/* --- Words --- */

static int by_number(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

/* NO_STEM is the largest, and is left out. */
static size_t sort_unique(uint32_t *values, size_t count)
{
    size_t kept = 0;

    if (count > 1)
        qsort(values, count, sizeof(*values), by_number);
    for (size_t i = 0; i < count; i++) {
        if (values[i] != NO_STEM &&
            (kept == 0 || values[i] != values[kept - 1]))
            values[kept++] = values[i];
    }
    return kept;
}

static void merge_words(struct merge *m)
{
    start(m);
    while (take_same(m)) {
        uint32_t *ordinals;
        size_t count = 0;

        buffer_clear(&m->scratch);
        for (uint32_t i = 0; i < m->same_count; i++) {
            input_ordinals(m->same[i], &m->scratch);
            ordinals = (uint32_t *)(void *)m->scratch.data;
            for (; count < m->scratch.len / sizeof(*ordinals); count++)
                ordinals[count] = ordinals_get(&m->ordinals,
                                               m->same[i]->number,
                                               ordinals[count]);
        }
        ordinals = (uint32_t *)(void *)m->scratch.data;
        count = sort_unique(ordinals, count);
        if (count)
            terms_put_word(m->terms, m->same[0]->key, ordinals, count);
        advance_same(m);
    }
}

/* --- All of it --- */

static void merge_open(struct merge *m, struct segment_writer *segment,
                       const struct merge_options *o)
{
    *m = (struct merge){ .inputs = o->inputs, .count = o->count };
    m->heap = must_calloc(o->count, sizeof(struct input *));
    m->same = must_calloc(o->count, sizeof(struct input *));
    ordinals_open(&m->ordinals, o->scratch, o->count);
    m->terms = terms_writer_new(&segment->files[KIND_TERMS - 1],
                                o->title_weight);
    postings_writer_init(&m->postings, &segment->files[KIND_POSTINGS - 1],
                         &segment->files[KIND_POSITIONS - 1], o->lengths,
                         o->average, o->title_weight);
}

static enum status merge_close(struct merge *m, struct error *err)
{
    enum status code = ordinals_close(&m->ordinals, err);

    for (uint32_t i = 0; i < m->count; i++) {
        const struct error *failure = &m->inputs[i]->failure;

        if (failure->code != OK)
            code = error_set(err, failure->code, "%s", failure->message);
    }
    postings_writer_release(&m->postings);
    terms_writer_free(m->terms);
    buffer_release(&m->held.positions);
    buffer_release(&m->scratch);
    free(m->heap);
    free(m->same);
    return code;
}

enum status merge_inputs(struct segment_writer *segment,
                         const struct merge_options *options,
                         struct error *err)
{
    struct merge m;

    merge_open(&m, segment, options);
    merge_stems(&m);
    merge_words(&m);
    terms_finish(m.terms);
    return merge_close(&m, err);
}

enum status merge_runs(struct segment_writer *segment, char *const *paths,
                       struct merge_options *options, size_t memory,
                       struct error *err)
{
    uint32_t count = options->count;
    size_t room = memory / (count ? count : 1);
    struct run *runs = must_calloc(count, sizeof(*runs));
    enum status code;

    room = room < LEAST_ROOM ? LEAST_ROOM : room;
    room = room > MOST_ROOM ? MOST_ROOM : room;
    options->inputs = must_calloc(count, sizeof(struct input *));
    for (uint32_t i = 0; i < count; i++) {
        run_open(&runs[i], paths[i], i, room);
        options->inputs[i] = &runs[i].in;
    }
    code = merge_inputs(segment, options, err);
    for (uint32_t i = 0; i < count; i++)
        run_close(&runs[i]);
    free(options->inputs);
    free(runs);
    return code;
}
