/* bulk_all.c -- the k best documents that hold all of the words, score
 * first: the rarest word leads; a block of it is scored at once, and its
 * documents are looked up in the other words, the rarest first, as long as
 * what they have so far and the most that the words to come can add in the
 * stretch of the block would be enough to be kept (the idea of Ding and Suel,
 * "Faster top-k document retrieval using block-max indexes", 2011, for
 * conjunctions).
 *
 *   asia      12   30   57   91   ...       scores 1.9  0.8  2.2  0.7
 *   central   most in 12 .. 91: 1.4         needed 2.5
 *   ask                                            12    -    57    -
 *
 * Before a block of another word is decoded, its own bound is asked, which
 * may be less than that of the stretch.  A word that is optional is looked up
 * like the others, but who has it not stays.
 */
#include "searcher/match/bulk.h"

enum { STEPS_MAX = 8 };

struct member {
    struct stream stream;
    float weight;
    bool optional;
    float *scores;              /* by place in the block of the lead */
};

struct all {
    struct matching *m;
    struct best *best;
    struct mask *mask;
    struct member *words;         /* in the order of the query */
    struct member **ordered;      /* the rarest first, the optional last */
    size_t count;
    float slack;
    float *rest;                /* the most that each of `ordered` and those
                                 * behind it can add in the stretch */
    /* Of the block of the lead, by place. */
    float norms[STREAM_BLOCK_MAX], sums[STREAM_BLOCK_MAX];
    uint32_t freqs[STREAM_BLOCK_MAX];       /* of a word */
    uint32_t places[STREAM_BLOCK_MAX];      /* of those still there */
};

static bool is_enough(const struct all *a, float bound)
{
    return bound * a->slack > a->best->limit;
}

/* Whether anything in the stretch can be kept: all that are required have
 * documents there, and together they can be enough. */
static bool is_worth(struct all *a, float lead, uint32_t from, uint32_t end)
{
    for (size_t i = a->count; i-- > 1;) {
        struct member *word = a->ordered[i];
        float bound = stream_within(&word->stream, from, end, STEPS_MAX);

        if (bound == 0.0f && !word->optional)
            return false;
        a->rest[i] = a->rest[i + 1] + word->weight * bound;
    }
    return is_enough(a, a->ordered[0]->weight * lead + a->rest[1]);
}

/* Those of the places that can be enough with `rest`; returns how many. */
static size_t drop_hopeless(struct all *a, size_t count, float rest)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t place = a->places[i];

        a->places[kept] = place;
        kept += is_enough(a, a->sums[place] + rest);
    }
    return kept;
}

/* Makes the block current that may hold the document, unless the bound of
 * that block is not enough for this place; then false. */
static bool reach(struct all *a, size_t number, uint32_t place, uint32_t doc)
{
    struct member *word = a->ordered[number];
    uint32_t end;
    float bound = word->weight * stream_bound(&word->stream, doc, &end);

    if (!is_enough(a, a->sums[place] + bound + a->rest[number + 1]))
        return false;
    stream_load(&word->stream, doc);
    return true;
}

/* Looks those that are still there up in word number `number`; returns how
 * many stay. */
static size_t look_up(struct all *a, size_t number, size_t count)
{
    const uint32_t *docs = a->ordered[0]->stream.docs;
    struct member *word = a->ordered[number];
    size_t kept = 0, i = 0;

    while (i < count) {
        uint32_t doc = docs[a->places[i]];

        if (doc >= word->stream.end && !reach(a, number, a->places[i], doc))
            i++;
        else
            i = stream_pick(&word->stream, docs, a->places, i, count,
                            word->optional, a->freqs, &kept);
    }
    for (i = 0; i < kept; i++) {
        uint32_t place = a->places[i], freq = a->freqs[place];
        float score = freq ? bm25_score(word->weight, freq, a->norms[place])
                           : 0.0f;

        word->scores[place] = score;
        a->sums[place] += score;
    }
    return kept;
}

static void offer(struct all *a, size_t count)
{
    const uint32_t *docs = a->ordered[0]->stream.docs;

    for (size_t i = 0; i < count; i++) {
        uint32_t place = a->places[i];
        float sum = 0.0f;

        if (!is_enough(a, a->sums[place]) || !mask_has(a->mask, docs[place]))
            continue;
        for (size_t j = 0; j < a->count; j++)
            sum += a->words[j].scores[place];
        best_offer(a->best, a->m->segment->base + docs[place], sum);
    }
}

/* The documents of the block that the lead stands in. */
static void search_block(struct all *a)
{
    const struct score_kernel *kernel = a->m->kernel;
    struct member *lead = a->ordered[0];
    struct stream *s = &lead->stream;
    size_t count = s->count - s->at;

    kernel->norms(a->norms, &a->m->lengths, &a->m->bm25, s->docs, s->count);
    kernel->scores(lead->scores, lead->weight, stream_freqs(s), a->norms,
                   s->count);
    memcpy(a->sums, lead->scores, s->count * sizeof(*a->sums));
    for (uint32_t i = 0; i < count; i++)
        a->places[i] = s->at + i;
    for (size_t i = 1; i < a->count && count; i++) {
        count = drop_hopeless(a, count, a->rest[i]);
        count = look_up(a, i, count);
    }
    offer(a, count);
}

static bool comes_before(const struct member *a, const struct member *b)
{
    return a->optional != b->optional ? b->optional
        : a->stream.df < b->stream.df;
}

static void take_words(struct all *a, const struct bulk_leaf *leaves)
{
    struct arena *arena = a->m->arena;
    size_t room;

    a->words = arena_calloc(arena, a->count, sizeof(*a->words));
    a->ordered = arena_alloc(arena, a->count * sizeof(*a->ordered));
    a->rest = arena_calloc(arena, a->count + 1, sizeof(*a->rest));
    for (size_t i = 0; i < a->count; i++) {
        struct member *word = &a->words[i];
        size_t at = i;

        stream_init(&word->stream, a->m, leaves[i].words[0]);
        word->weight = leaves[i].weight;
        word->optional = leaves[i].optional;
        for (; at && comes_before(word, a->ordered[at - 1]); at--)
            a->ordered[at] = a->ordered[at - 1];
        a->ordered[at] = word;
    }
    room = STREAM_BLOCK_MAX < a->ordered[0]->stream.df
        ? STREAM_BLOCK_MAX : a->ordered[0]->stream.df;
    for (size_t i = 0; i < a->count; i++)
        a->words[i].scores = arena_alloc(arena, room * sizeof(float));
}

void bulk_all(struct matching *m, struct best *best, struct mask *mask,
              const struct bulk_leaf *leaves, size_t count)
{
    struct all *a = arena_alloc(m->arena, sizeof(*a));
    struct stream *lead;
    uint32_t at = 0, end;

    a->m = m;
    a->best = best;
    a->mask = mask;
    a->count = count;
    a->slack = bulk_slack(count);
    take_words(a, leaves);
    lead = &a->ordered[0]->stream;
    while (at < m->segment->doc_count) {
        float bound = stream_bound(lead, at, &end);

        if (bound == 0.0f || !is_worth(a, bound, at, end)) {
            at = end;
            continue;
        }
        if (!stream_load(lead, at))
            break;
        search_block(a);
        at = lead->end;
    }
}
