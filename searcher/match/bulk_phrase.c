/* bulk_phrase.c -- the k best documents that hold all of some words, phrases
 * and words in the title: bounds before positions.
 *
 * The rarest word of all leads, a block at a time, for which bounds are made
 * once.  A document that has every word is known by frequencies: a phrase is
 * there no more often than the word of it that is there least often.  Only if
 * that would be enough are positions read, of the word with the fewest first
 * (phrase.c); so it is in Lucene's phrases since 10.5.  What a word in the
 * title can be follows from its bound too, because an occurrence there weighs w
 * in the frequency f:
 *
 *   b = f / (f + norm)    (f / w) / (f / w + norm) = b / (b + w (1 - b))
 *
 * A leaf that is optional is asked last, and its lack forgiven.
 */
#include "searcher/match/bulk.h"
#include "searcher/match/phrase.h"

enum { STEPS_MAX = 8 };

struct leaf {
    struct phrase phrase;       /* of a word: itself */
    float weight;
    float most;                 /* in the stretch */
    float score;                /* in the document: known, or a bound */
    bool placed;                /* positions must be read */
    bool optional;
};

struct near {
    struct matching *m;
    struct best *best;
    struct mask *mask;
    struct leaf *leaves;        /* in the order of the query */
    size_t count;
    struct near_word {
        struct stream *stream;
        struct leaf *leaf;
    } *ordered;                 /* words of what is required, the rarest
                                 * first */
    size_t required;
    float slack;
    float norms[STREAM_BLOCK_MAX];      /* of the block of the lead */
};

static bool is_enough(const struct near *n, float bound)
{
    return bound * n->slack > n->best->limit;
}

/* A bound of frequencies as one of the leaf's score. */
static float leaf_bound(const struct leaf *leaf, float bound)
{
    float weight = (float)leaf->phrase.m->segment->terms.title_weight;

    /* What 1 - bound was rounded by is multiplied by the weight. */
    if (leaf->phrase.title && bound > 0.0f)
        bound = bound / (bound + weight * (1.0f - bound)) *
                (1.0f + (weight + 4.0f) * 0x1p-22f);
    return leaf->weight * (bound < 1.0f ? bound : 1.0f);
}

/* Whether anything in the stretch can be kept. */
static bool is_worth(struct near *n, uint32_t from, uint32_t end)
{
    float sum = 0.0f;

    for (size_t i = 0; i < n->count; i++) {
        struct leaf *leaf = &n->leaves[i];
        float least = 1.0f;

        for (size_t j = 0; j < leaf->phrase.count; j++) {
            float bound = stream_within(leaf->phrase.words[j], from, end,
                                        STEPS_MAX);

            least = bound < least ? bound : least;
        }
        if (least == 0.0f && !leaf->optional)
            return false;
        leaf->most = leaf_bound(leaf, least);
        sum += leaf->most;
    }
    return is_enough(n, sum);
}

static float sum_scores(const struct near *n)
{
    float sum = 0.0f;

    for (size_t i = 0; i < n->count; i++)
        sum += n->leaves[i].score;
    return sum;
}

static bool has_words(struct phrase *p, uint32_t doc)
{
    for (size_t i = 0; i < p->count; i++)
        if (!stream_has(p->words[i], doc))
            return false;
    return true;
}

/* Scores of words, and bounds of what must be placed, by frequencies. */
static void score_freqs(struct near *n, uint32_t doc, float norm)
{
    for (size_t i = 0; i < n->count; i++) {
        struct leaf *leaf = &n->leaves[i];
        uint32_t least = UINT32_MAX;

        leaf->score = 0.0f;
        if (leaf->optional && !has_words(&leaf->phrase, doc))
            continue;
        for (size_t j = 0; j < leaf->phrase.count; j++) {
            struct stream *s = leaf->phrase.words[j];
            uint32_t freq = stream_freqs(s)[s->at];

            least = freq < least ? freq : least;
        }
        if (leaf->placed)
            least = phrase_most(&leaf->phrase, least);
        if (least)
            leaf->score = bm25_score(leaf->weight, least, norm);
    }
}

/* Reads positions, as long as it can still be enough; false: it is not, or a
 * leaf that is required is not there. */
static bool place(struct near *n, uint32_t doc, float norm)
{
    for (size_t i = 0; i < n->count; i++) {
        struct leaf *leaf = &n->leaves[i];
        uint32_t freq;

        if (!leaf->placed || (leaf->optional && leaf->score == 0.0f))
            continue;
        freq = leaf->score > 0.0f ? phrase_freq(&leaf->phrase, doc) : 0;
        if (!freq && !leaf->optional)
            return false;
        leaf->score = freq ? bm25_score(leaf->weight, freq, norm) : 0.0f;
        if (!is_enough(n, sum_scores(n)))
            return false;
    }
    return true;
}

/* Whether it can be enough, if one leaf is at most `bound`. */
static bool may_be(const struct near *n, const struct leaf *leaf, float bound)
{
    float sum = 0.0f;

    if (n->count == 1)
        return is_enough(n, bound);
    for (size_t i = 0; i < n->count; i++)
        sum += &n->leaves[i] == leaf ? bound : n->leaves[i].most;
    return is_enough(n, sum);
}

/* Whether the document has all words that are required and can be enough, by
 * the lead's frequency and the bounds of blocks that are not decoded yet. */
static bool is_candidate(struct near *n, uint32_t doc, uint32_t freq,
                         float norm)
{
    const struct leaf *leaf = n->ordered[0].leaf;
    uint32_t end;

    if (leaf->placed)
        freq = phrase_most(&leaf->phrase, freq);
    if (!may_be(n, leaf, freq ? bm25_score(leaf->weight, freq, norm) : 0.0f))
        return false;
    for (size_t i = 1; i < n->required; i++) {
        struct stream *s = n->ordered[i].stream;

        leaf = n->ordered[i].leaf;
        if (doc >= s->end
            && !may_be(n, leaf, leaf_bound(leaf, stream_bound(s, doc, &end))))
            return false;
        if (!stream_has(s, doc))
            return false;
    }
    return true;
}

static void try_document(struct near *n, uint32_t doc, float norm)
{
    score_freqs(n, doc, norm);
    if (is_enough(n, sum_scores(n)) && mask_has(n->mask, doc)
        && place(n, doc, norm))
        best_offer(n->best, n->m->segment->base + doc, sum_scores(n));
}

/* The documents of the block that the lead stands in. */
static void search_block(struct near *n)
{
    struct stream *lead = n->ordered[0].stream;
    const uint32_t *freqs = stream_freqs(lead);

    n->m->kernel->norms(n->norms, &n->m->lengths, &n->m->bm25, lead->docs,
                        lead->count);
    for (; lead->at < lead->count; lead->at++) {
        uint32_t doc = lead->docs[lead->at];
        float norm = n->norms[lead->at];

        if (is_candidate(n, doc, freqs[lead->at], norm))
            try_document(n, doc, norm);
    }
}

static void order_word(struct near *n, struct near_word word)
{
    size_t at = n->required++;

    for (; at && n->ordered[at - 1].stream->df > word.stream->df; at--)
        n->ordered[at] = n->ordered[at - 1];
    n->ordered[at] = word;
}

static void take_leaf(struct near *n, struct leaf *leaf,
                      const struct bulk_leaf *from)
{
    struct arena *arena = n->m->arena;
    struct stream *streams =
        arena_alloc(arena, from->count * sizeof(*streams));
    struct stream **all = arena_alloc(arena, from->count * sizeof(*all));

    for (size_t i = 0; i < from->count; i++) {
        all[i] = &streams[i];
        stream_init(all[i], n->m, from->words[i]);
        if (!from->optional)
            order_word(n, (struct near_word){ all[i], leaf });
    }
    phrase_init(&leaf->phrase, n->m, all, from->count, from->title);
    leaf->weight = from->weight;
    leaf->optional = from->optional;
    leaf->placed = from->count > 1 || from->title;
}

void bulk_phrase(struct matching *m, struct best *best, struct mask *mask,
                 const struct bulk_leaf *leaves, size_t count)
{
    struct near *n = arena_calloc(m->arena, 1, sizeof(*n));
    struct stream *lead;
    uint32_t at = 0, end;
    size_t words = 0;

    n->m = m;
    n->best = best;
    n->mask = mask;
    n->count = count;
    n->slack = bulk_slack(count);
    for (size_t i = 0; i < count; i++)
        words += leaves[i].count;
    n->leaves = arena_calloc(m->arena, count, sizeof(*n->leaves));
    n->ordered = arena_alloc(m->arena, words * sizeof(*n->ordered));
    for (size_t i = 0; i < count; i++)
        take_leaf(n, &n->leaves[i], &leaves[i]);
    lead = n->ordered[0].stream;
    for (; at < m->segment->doc_count; at = end) {
        float bound = stream_bound(lead, at, &end);

        if (bound == 0.0f || !is_worth(n, at, end))
            continue;
        if (!stream_load(lead, at))
            break;
        end = lead->end;
        search_block(n);
    }
}
