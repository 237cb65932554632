/* bulk_any.c -- the k best documents that hold any of the words: MaxScore
 * (Turtle and Flood, "Query evaluation: strategies and optimizations", 1995)
 * over the block maxima of windows of 4,096 documents.
 *
 * In a window each word has a bound.  Words whose bounds together do not
 * reach what is needed to be kept are optional there: a document that holds
 * none but them is no candidate.  The others are decoded, scored and added
 * up; candidates that could still be kept are looked up in the optional
 * words, the one with the largest bound first.
 *
 *   needed 3.0        the     of     central   asia
 *   bounds            0.2     0.4    2.1       2.9
 *                     optional       candidates are documents of these
 *
 * Where the bounds of all words together are not enough, the whole window is
 * left out; and of a word, a block that is not enough with the others.
 *
 * Words of few documents are decoded and scored whole before anything else.
 * That makes their bounds exact, and the k-th best of what one of them gives
 * is reached by k documents: what is needed is known before the search begins
 * (if no document is left out for other reasons).
 *
 * A document that is left out of a block has a score that is not enough;
 * what other words give it is less, so it cannot come in by error either.
 */
#include "searcher/match/bulk.h"

enum { WINDOW = 4096, WHOLE_MAX = 2048 };

struct member {
    struct stream stream;
    float weight, bound;        /* bound: in the window */
    bool optional;
    /* What it gives to documents of the window; of an optional word, to the
     * candidate. */
    uint32_t *docs;
    float *scores;
    uint32_t count, at;
    float found;
    bool whole;                 /* all of it is scored: behind what the window
                                 * has there are `left` more */
    uint32_t left;
};

struct any {
    struct matching *m;
    struct best *best;
    struct mask *mask;
    struct member *words;         /* in the order of the query */
    struct member **ordered;      /* the smallest bound first */
    float *below, *above;       /* bounds of those before each, and of it and
                                 * those behind, added up */
    size_t count, optional;
    float slack;
    uint32_t from, end;         /* the window */
    float *sums;                /* by document of the window */
    uint32_t *candidates;
};

static bool is_enough(const struct any *a, float bound)
{
    return bound * a->slack > a->best->limit;
}

/* The part of a whole word that is in the window; returns the best score. */
static float slice(struct any *a, struct member *word)
{
    float most = 0.0f;

    word->docs += word->count;
    word->scores += word->count;
    for (word->count = 0; word->count < word->left
         && word->docs[word->count] < a->end; word->count++)
        most = word->scores[word->count] > most ? word->scores[word->count]
                                                : most;
    word->left -= word->count;
    return most;
}

/* The bounds of the window; false: nothing in it is enough. */
static bool bound_words(struct any *a)
{
    float all = 0.0f;

    for (size_t i = 0; i < a->count; i++) {
        struct member *word = &a->words[i];
        size_t at = i;

        word->bound = word->whole ? slice(a, word)
            : word->weight * stream_range(&word->stream, a->from, a->end);
        all += word->bound;
        for (; at && a->ordered[at - 1]->bound > word->bound; at--)
            a->ordered[at] = a->ordered[at - 1];
        a->ordered[at] = word;
    }
    return all > 0.0f && is_enough(a, all);
}

/* Says which words are optional.  Sums are kept from both ends: a difference
 * of two sums could be off by more than the slack. */
static void split_words(struct any *a)
{
    a->optional = 0;
    a->below[0] = a->above[a->count] = 0.0f;
    for (size_t i = 0; i < a->count; i++) {
        struct member *word = a->ordered[i];

        a->below[i + 1] = a->below[i] + word->bound;
        word->optional = a->optional == i
            && (word->bound == 0.0f || !is_enough(a, a->below[i + 1]));
        a->optional += word->optional;
        word->count = word->whole ? word->count : 0;
        word->at = 0;
    }
    for (size_t i = a->count; i-- > 0;)
        a->above[i] = a->above[i + 1] + a->ordered[i]->bound;
}

/* Takes what the current block has in the window, behind what was taken. */
static void take_block(struct any *a, struct member *word)
{
    struct stream *s = &word->stream;
    const uint32_t *freqs = stream_freqs(s);
    float norms[STREAM_BLOCK_MAX];
    uint32_t from = s->at, count = s->count - from;

    if (s->docs[s->count - 1] >= a->end) {
        stream_advance(s, a->end);
        count = s->at - from;
    }
    memcpy(word->docs + word->count, s->docs + from,
           count * sizeof(*word->docs));
    a->m->kernel->norms(norms, &a->m->lengths, &a->m->bm25, s->docs + from,
                        count);
    a->m->kernel->scores(word->scores + word->count, word->weight,
                         freqs + from, norms, count);
    word->count += count;
}

/* The next block of the word, from *at on and in the window, that is enough
 * together with `others`; false: there is none. */
static bool next_block(struct any *a, struct member *word, float others,
                       uint32_t *at)
{
    struct stream *s = &word->stream;
    uint32_t next;

    for (; *at < a->end; *at = next) {
        float bound = word->weight * stream_bound(s, *at, &next);

        if (bound == 0.0f || !is_enough(a, bound + others))
            continue;
        if (*at >= s->end && !stream_load(s, *at))
            return false;
        if (s->at < s->count && s->docs[s->at] < *at)
            stream_advance(s, *at);
        next = s->end;
        if (s->at < s->count && s->docs[s->at] < a->end) {
            *at = next;
            return true;
        }
    }
    return false;
}

/* All of an essential word in the window. */
static void take_word(struct any *a, size_t number)
{
    struct member *word = a->ordered[number];
    float others = a->below[number] + a->above[number + 1];
    uint32_t at = a->from;

    while (!word->whole && next_block(a, word, others, &at))
        take_block(a, word);
}

static void add_up(struct any *a, const struct member *word)
{
    for (uint32_t i = 0; i < word->count; i++)
        a->sums[word->docs[i] - a->from] += word->scores[i];
}

/* What a word that was taken gives to a document; 0 where nothing. */
static float score_in(struct member *word, uint32_t doc)
{
    uint32_t low = word->at, step = 1, high = low;

    while (high < word->count && word->docs[high] < doc) {
        low = high + 1;
        high += step;
        step *= 2;
    }
    if (high > word->count)
        high = word->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (word->docs[middle] < doc)
            low = middle + 1;
        else
            high = middle;
    }
    word->at = low;
    return low < word->count && word->docs[low] == doc ? word->scores[low]
                                                       : 0.0f;
}

/* The score of a document, added up in the order of the query. */
static float exact_score(struct any *a, uint32_t doc)
{
    float sum = 0.0f;

    for (size_t i = 0; i < a->count; i++) {
        struct member *word = &a->words[i];

        sum += word->optional && !word->whole ? word->found
                                              : score_in(word, doc);
    }
    return sum;
}

/* What an optional word gives to a document. */
static float score_of(struct any *a, struct member *word, uint32_t doc)
{
    struct stream *s = &word->stream;

    if (word->whole)
        return score_in(word, doc);
    return stream_has(s, doc)
        ? matching_score(a->m, word->weight, doc, stream_freqs(s)[s->at],
                         0.0f) : 0.0f;
}

/* Looks a candidate up in the optional words; false: it is not enough. */
static bool add_optional(struct any *a, uint32_t doc, float sum)
{
    for (size_t i = a->optional; i-- > 0;) {
        struct member *word = a->ordered[i];
        if (!is_enough(a, sum + a->below[i] + word->bound))
            return false;
        word->found = word->bound > 0.0f ? score_of(a, word, doc) : 0.0f;
        sum += word->found;
    }
    return is_enough(a, sum);
}

static void offer(struct any *a, uint32_t doc, float sum)
{
    if (!mask_has(a->mask, doc))
        return;
    if (a->optional) {
        if (!add_optional(a, doc, sum))
            return;
        sum = exact_score(a, doc);
    }
    best_offer(a->best, a->m->segment->base + doc, sum);
}

/* Above what a sum must be, so that with the optional words it is enough. */
static float least_sum(const struct any *a)
{
    double least = (double)a->best->limit / (double)a->slack
        - (double)a->below[a->optional] * (double)a->slack;

    least *= least > 0 ? 1 - 0x1p-22 : 1;
    return least > 0 ? (float)least : 0.0f;
}

/* The documents that were taken of the only essential word. */
static void offer_word(struct any *a, struct member *word)
{
    size_t found = a->m->kernel->above(a->candidates, word->scores,
                                       least_sum(a), word->count);

    for (size_t i = 0; i < found; i++)
        offer(a, word->docs[a->candidates[i]],
              word->scores[a->candidates[i]]);
}

/* One essential word: its blocks one by one, so that what is found in one
 * raises what is needed in the next. */
static void search_one(struct any *a)
{
    struct member *word = a->ordered[a->optional];
    uint32_t at = a->from;

    if (word->whole)
        offer_word(a, word);
    while (!word->whole && next_block(a, word, a->below[a->optional], &at)) {
        word->count = word->at = 0;
        take_block(a, word);
        offer_word(a, word);
    }
}

static void search_window(struct any *a)
{
    size_t found;

    if (a->optional + 1 == a->count) {
        search_one(a);
        return;
    }
    for (size_t i = a->optional; i < a->count; i++)
        take_word(a, i);
    for (size_t i = 0; i < a->count; i++)
        if (!a->words[i].optional)
            add_up(a, &a->words[i]);
    found = a->m->kernel->above(a->candidates, a->sums, least_sum(a),
                                a->end - a->from);
    for (size_t i = 0; i < found; i++)
        offer(a, a->from + a->candidates[i], a->sums[a->candidates[i]]);
    memset(a->sums, 0, WINDOW * sizeof(*a->sums));
}

/* Decodes and scores all of a word; what it gives to its k best documents
 * raises what is needed. */
static void take_whole(struct any *a, struct member *word)
{
    struct stream *s = &word->stream;
    struct best best;
    uint32_t at = 0;

    word->whole = true;
    a->end = NO_DOC;
    for (; stream_load(s, at); at = s->end)
        take_block(a, word);
    word->left = word->count;
    word->count = 0;
    if (word->left < a->best->k || a->mask->tree || a->mask->live->bits)
        return;
    best_init(&best, a->best->k, a->m->arena);
    for (uint32_t i = 0; i < word->left; i++)
        best_offer(&best, i, word->scores[i]);
    best_finish(&best);
    best_expect(a->best, best_score(best.keys[best.k - 1]));
}

static void word_init(struct any *a, struct member *word,
                      const struct bulk_leaf *from)
{
    struct arena *arena = a->m->arena;
    bool whole;
    size_t room;

    stream_init(&word->stream, a->m, from->words[0]);
    whole = word->stream.df <= WHOLE_MAX;
    room = whole || word->stream.df < WINDOW ? word->stream.df : WINDOW;
    word->weight = from->weight;
    word->docs = arena_alloc(arena, room * sizeof(*word->docs));
    word->scores = arena_alloc(arena, room * sizeof(*word->scores));
    if (whole)
        take_whole(a, word);
}

void bulk_any(struct matching *m, struct best *best, struct mask *mask,
              const struct bulk_leaf *leaves, size_t count)
{
    struct any a = { .m = m, .best = best, .mask = mask, .count = count,
                     .slack = bulk_slack(count) };
    struct arena *arena = m->arena;

    a.words = arena_calloc(arena, count, sizeof(*a.words));
    a.ordered = arena_alloc(arena, count * sizeof(*a.ordered));
    a.below = arena_alloc(arena, 2 * (count + 1) * sizeof(*a.below));
    a.above = a.below + count + 1;
    a.sums = arena_calloc(arena, WINDOW, sizeof(*a.sums));
    a.candidates = arena_alloc(arena, WINDOW * sizeof(*a.candidates));
    for (size_t i = 0; i < count; i++)
        word_init(&a, &a.words[i], &leaves[i]);
    for (a.from = 0; a.from < m->segment->doc_count; a.from = a.end) {
        uint32_t left = m->segment->doc_count - a.from;

        a.end = a.from + (left < WINDOW ? left : WINDOW);
        if (!bound_words(&a))
            continue;
        split_words(&a);
        search_window(&a);
    }
}
