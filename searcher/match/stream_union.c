/* stream_union.c -- a word of many stems, such as all that begin with one
 * Chinese character: their postings are added up once, into one list.
 *
 *   freqs by document   0 3 0 0 1 0 7 ...     one pass over every stem
 *   docs                1 4 6 ...             and one over the documents
 *   freqs               3 1 7 ...
 *
 * Blocks of 128 are cut of it, whose bounds are the largest score parts in
 * them.
 */
#include "searcher/match/stream_union.h"

struct uniting {
    struct matching *m;
    struct postings *parts;
    size_t part_count;
    bool ready;
    uint32_t *docs, *freqs;
    uint32_t count, start;      /* start: of the block loaded last */
    float *bounds;              /* of each block */
};

struct uniting *uniting_new(struct matching *m, struct postings *parts,
                            size_t count)
{
    struct uniting *u = arena_calloc(m->arena, 1, sizeof(*u));

    u->m = m;
    u->parts = parts;
    u->part_count = count;
    return u;
}

static void add_part(struct postings *p, uint32_t *sums)
{
    for (; p->doc != NO_DOC; postings_next(p)) {
        uint64_t sum = (uint64_t)sums[p->doc] + postings_freq(p);

        sums[p->doc] = sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
    }
}

static void find_bounds(struct uniting *u)
{
    const struct score_kernel *kernel = u->m->kernel;
    float norms[FORMAT_BLOCK], scores[FORMAT_BLOCK];

    u->bounds = arena_alloc(u->m->arena, (u->count / FORMAT_BLOCK + 1)
                            * sizeof(*u->bounds));
    for (uint32_t at = 0; at < u->count; at += FORMAT_BLOCK) {
        uint32_t left = u->count - at;
        uint32_t some = left < FORMAT_BLOCK ? left : FORMAT_BLOCK;
        float most = 0.0f;

        kernel->norms(norms, &u->m->lengths, &u->m->bm25, u->docs + at, some);
        kernel->scores(scores, 1.0f, u->freqs + at, norms, some);
        for (uint32_t i = 0; i < some; i++)
            most = scores[i] > most ? scores[i] : most;
        u->bounds[at / FORMAT_BLOCK] = most;
    }
}

/* The postings of the stems are opened again for positions: they must be
 * where nobody has been yet. */
static void unite(struct uniting *u)
{
    struct matching *m = u->m;
    uint32_t docs = m->segment->doc_count, count = 0;
    uint32_t *sums = arena_calloc(m->arena, docs, sizeof(*sums));
    struct postings p;

    for (size_t i = 0; i < u->part_count; i++) {
        segment_postings(m->segment, &u->parts[i].stem, &p);
        add_part(&p, sums);
    }
    for (uint32_t doc = 0; doc < docs; doc++)
        count += sums[doc] > 0;
    u->docs = arena_alloc(m->arena, count * sizeof(*u->docs));
    u->freqs = sums;
    /* What is written never overtakes what is read. */
    for (uint32_t doc = 0; doc < docs; doc++) {
        uint32_t sum = sums[doc];

        if (!sum)
            continue;
        u->docs[u->count] = doc;
        u->freqs[u->count++] = sum;
    }
    find_bounds(u);
    u->ready = true;
}

/* The number of the first document >= target, from `at` on. */
static uint32_t place_of(const struct uniting *u, uint32_t at,
                         uint32_t target)
{
    uint32_t low = at, high = u->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (u->docs[middle] < target)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool uniting_load(struct uniting *u, struct stream *s, uint32_t target)
{
    uint32_t at, left;

    if (!u->ready)
        unite(u);
    at = place_of(u, u->start, target);
    if (at == u->count)
        return false;
    u->start = at - at % FORMAT_BLOCK;
    left = u->count - u->start;
    s->docs = u->docs + u->start;
    s->count = left < FORMAT_BLOCK ? left : FORMAT_BLOCK;
    s->at = at - u->start;
    s->end = s->docs[s->count - 1] + 1;
    return true;
}

const uint32_t *uniting_freqs(const struct uniting *u)
{
    return u->freqs + u->start;
}

float uniting_bound(struct uniting *u, uint32_t target, uint32_t *end)
{
    uint32_t at, last;

    if (!u->ready)
        unite(u);
    at = place_of(u, 0, target);
    *end = NO_DOC;
    if (at == u->count)
        return 0.0f;
    last = at - at % FORMAT_BLOCK + FORMAT_BLOCK - 1;
    if (last < u->count)
        *end = u->docs[last] + 1;
    return u->bounds[at / FORMAT_BLOCK];
}
