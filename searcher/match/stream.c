/* stream.c -- the postings of one word, a block at a time.
 *
 * With one stem a block is that of its postings.  With several, it reaches
 * to where the first of their blocks ends, and holds what they have up to
 * there, frequencies added up:
 *
 *   leav    3    9   14 | 20 ...
 *   leaves     7 9              31 |
 *   block   3  7 9   14                 end 15
 *
 * Where only one stem has documents there, its block serves as it is: so a
 * word with a rare second stem costs what one stem costs.  More than a few
 * stems are united once (stream_union.c).
 *
 * A word's bound is the sum of those of its stems, for tf / (tf + norm) of a
 * sum is at most the sum of the parts; and at most 1.
 */
#include "searcher/match/stream.h"

#include <stdlib.h>

#include "searcher/match/stream_union.h"

struct merged {
    struct uniting *all;        /* of many stems; else NULL */
    uint32_t *docs, *freqs;     /* room for a block of each stem */
    uint32_t *next;             /* of each stem, within its block */
};

static void open_parts(struct stream *s, const struct stem *stems)
{
    struct matching *m = s->m;
    uint64_t df = 0;

    s->parts = arena_alloc(m->arena, s->part_count * sizeof(*s->parts));
    s->small = arena_alloc(m->arena, s->part_count * sizeof(*s->small));
    for (size_t i = 0; i < s->part_count; i++) {
        s->small[i] = -1.0f;
        segment_postings(m->segment, &stems[i], &s->parts[i]);
        df += stems[i].df;
    }
    s->df = df < m->segment->doc_count ? (uint32_t)df
                                       : m->segment->doc_count;
}

void stream_init(struct stream *s, struct matching *m, struct word word)
{
    size_t count = word.count;
    struct merged *merged;

    *s = (struct stream){ .m = m, .part_count = count,
                          .end = count ? 0 : NO_DOC, .bound_from = NO_DOC };
    open_parts(s, word.stems);
    if (count < 2)
        return;
    s->merged = merged = arena_calloc(m->arena, 1, sizeof(*merged));
    if (count > STREAM_MERGED_MAX) {
        merged->all = uniting_new(m, s->parts, count);
        return;
    }
    merged->docs = arena_alloc(m->arena, count * FORMAT_BLOCK * 4);
    merged->freqs = arena_alloc(m->arena, count * FORMAT_BLOCK * 4);
    merged->next = arena_alloc(m->arena, count * 4);
}

/* --- Blocks ------------------------------------------------------------- */

static bool ended(struct stream *s)
{
    s->docs = NULL;
    s->whole = NULL;
    s->count = s->at = 0;
    s->end = NO_DOC;
    return false;
}

static uint32_t last_of(const struct postings *p)
{
    return p->docs[p->filled - 1];
}

/* The block that a stem's postings stand in, as it is, before `end`. */
static bool take_whole(struct stream *s, const struct postings *p,
                       uint32_t end)
{
    s->whole = p;
    s->docs = p->docs;
    s->at = p->at;
    s->count = p->filled;
    s->end = end;
    while (p->docs[s->count - 1] >= end)
        s->count--;
    return true;
}

/* How far all blocks that the stems stand in reach; how many of the stems
 * have a document up to there, and one that has. */
static uint32_t reach_of(const struct stream *s, size_t *count,
                         const struct postings **one)
{
    uint32_t end = NO_DOC;

    for (size_t i = 0; i < s->part_count; i++) {
        const struct postings *p = &s->parts[i];

        if (p->doc != NO_DOC && p->block + 1 < p->block_count
            && last_of(p) < end)
            end = last_of(p) + 1;
    }
    *count = 0;
    for (size_t i = 0; i < s->part_count; i++)
        if (s->parts[i].doc < end) {
            *one = &s->parts[i];
            ++*count;
        }
    return end;
}

/* The first document, from where each stem stands, that is not yet taken. */
static uint32_t first_next(const struct stream *s)
{
    uint32_t first = NO_DOC;

    for (size_t i = 0; i < s->part_count; i++) {
        const struct postings *p = &s->parts[i];
        uint32_t at = s->merged->next[i];

        if (p->doc != NO_DOC && at < p->filled && p->docs[at] < first)
            first = p->docs[at];
    }
    return first;
}

static uint32_t take_freqs(struct stream *s, uint32_t doc)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < s->part_count; i++) {
        const struct postings *p = &s->parts[i];
        uint32_t *at = &s->merged->next[i];

        if (p->doc != NO_DOC && *at < p->filled && p->docs[*at] == doc)
            sum += p->freqs[(*at)++];
    }
    return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

static void merge(struct stream *s, uint32_t end)
{
    struct merged *m = s->merged;
    uint32_t doc;

    for (size_t i = 0; i < s->part_count; i++) {
        postings_freq(&s->parts[i]);
        m->next[i] = s->parts[i].at;
    }
    s->at = s->count = 0;
    while ((doc = first_next(s)) < end) {
        m->docs[s->count] = doc;
        m->freqs[s->count++] = take_freqs(s, doc);
    }
    s->whole = NULL;
    s->docs = m->docs;
    s->end = end;
}

static bool merged_load(struct stream *s, uint32_t target)
{
    const struct postings *one = NULL;
    size_t count;
    uint32_t end;

    for (size_t i = 0; i < s->part_count; i++)
        postings_seek(&s->parts[i], target);
    end = reach_of(s, &count, &one);
    if (count == 0)
        return ended(s);
    if (count == 1)
        return take_whole(s, one, end);
    merge(s, end);
    return true;
}

bool stream_load(struct stream *s, uint32_t target)
{
    struct postings *p = s->parts;

    if (s->end == NO_DOC)
        return ended(s);
    if (s->merged && s->merged->all) {
        if (!uniting_load(s->merged->all, s, target))
            return ended(s);
        return true;
    }
    if (s->merged)
        return merged_load(s, target);
    return postings_seek(p, target) == NO_DOC ? ended(s)
        : take_whole(s, p, last_of(p) + 1);
}

const uint32_t *stream_freqs(struct stream *s)
{
    if (!s->whole)
        return s->merged->all ? uniting_freqs(s->merged->all)
                              : s->merged->freqs;
    postings_freq((struct postings *)(uintptr_t)s->whole);
    return s->whole->freqs;
}

size_t stream_pick(struct stream *s, const uint32_t *docs, uint32_t *places,
                   size_t first, size_t count, bool all, uint32_t *freqs,
                   size_t *kept)
{
    const uint32_t *here = NULL;
    size_t i, stay = *kept;

    for (i = first; i < count && docs[places[i]] < s->end; i++) {
        uint32_t place = places[i], doc = docs[place];
        bool found;

        if (s->at < s->count && s->docs[s->at] < doc)
            stream_advance(s, doc);
        found = s->at < s->count && s->docs[s->at] == doc;
        if (found && !here)
            here = stream_freqs(s);
        freqs[place] = found ? here[s->at] : 0;
        places[stay] = place;
        stay += found || all;
    }
    *kept = stay;
    return i;
}

/* --- Bounds ------------------------------------------------------------- */

/* The largest score part of a stem that has one block, exactly. */
static float small_bound(struct stream *s, size_t part)
{
    struct matching *m = s->m;
    struct postings *p = &s->parts[part];
    float scores[FORMAT_BLOCK], norms[FORMAT_BLOCK], most = 0.0f;

    if (s->small[part] >= 0.0f)
        return s->small[part];
    postings_freq(p);
    m->kernel->norms(norms, &m->lengths, &m->bm25, p->docs, p->filled);
    m->kernel->scores(scores, 1.0f, p->freqs, norms, p->filled);
    for (uint32_t i = 0; i < p->filled; i++)
        most = scores[i] > most ? scores[i] : most;
    s->small[part] = most;
    return most;
}

/* What a stem can be up to *end, at this average, k1 and b: the stored
 * bound, or that of the largest frequency in the shortest document. */
static float part_bound(struct stream *s, size_t part, uint32_t target,
                        uint32_t *end)
{
    struct postings *p = &s->parts[part];
    struct postings_bound b;
    float bound;

    if (p->block_count == 1) {
        *end = NO_DOC;
        return p->doc == NO_DOC || target > last_of(p) ? 0.0f
            : small_bound(s, part);
    }
    b = postings_bound_at(p, target);
    *end = b.upto == NO_DOC ? NO_DOC : b.upto + 1;
    if (b.largest_freq == 0)
        return 0.0f;
    bound = s->m->bound_scale > 0.0f ? b.bound * s->m->bound_scale
        : bm25_score(1.0f, b.largest_freq,
                     bm25_norm(&s->m->bm25, b.least_len));
    return bound < 1.0f ? bound : 1.0f;
}

float stream_bound(struct stream *s, uint32_t target, uint32_t *end)
{
    float sum = 0.0f;

    if (s->merged && s->merged->all)
        return uniting_bound(s->merged->all, target, end);
    if (target < s->bound_from || target >= s->bound_end) {
        s->bound_end = NO_DOC;
        for (size_t i = 0; i < s->part_count; i++) {
            uint32_t part_end;

            sum += part_bound(s, i, target, &part_end);
            if (part_end < s->bound_end)
                s->bound_end = part_end;
        }
        s->bound_from = target;
        s->bound = sum < 1.0f ? sum : 1.0f;
    }
    *end = s->bound_end;
    return s->bound;
}

float stream_range(struct stream *s, uint32_t from, uint32_t end)
{
    float most = 0.0f, bound;
    uint32_t at = from, next;

    do {
        bound = stream_bound(s, at, &next);
        most = bound > most ? bound : most;
        /* One block for more than the range: whether it has a document
         * there at all is soon known, and the block will be decoded anyway. */
        if (at == from && next >= end && bound > 0.0f) {
            if (from >= s->end)
                stream_load(s, from);
            if (end <= s->end) {
                stream_advance(s, from);
                return s->at < s->count && s->docs[s->at] < end ? most : 0.0f;
            }
        }
        at = next;
    } while (at < end);
    return most;
}

float stream_within(struct stream *s, uint32_t from, uint32_t end,
                    unsigned steps)
{
    float most = 0.0f;

    while (from < end) {
        float bound = stream_bound(s, from, &from);

        most = bound > most ? bound : most;
        if (--steps == 0 && from < end)
            return 1.0f;
    }
    return most;
}

/* --- Positions ---------------------------------------------------------- */

static int position_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

bool stream_positions(struct stream *s, uint32_t doc, struct buffer *out,
                      uint32_t *title)
{
    size_t start = out->len, having = 0;

    *title = 0;
    for (size_t i = 0; i < s->part_count; i++) {
        uint32_t here;

        if (postings_seek(&s->parts[i], doc) != doc)
            continue;
        if (!postings_positions(&s->parts[i], out, &here)) {
            out->len = start;
            return false;
        }
        *title += here;
        having++;
    }
    if (having > 1)
        qsort(out->data + start, (out->len - start) / sizeof(uint32_t),
              sizeof(uint32_t), position_order);
    return true;
}
