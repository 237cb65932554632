/* cursor_word.c -- the documents of one word, out of its stream of blocks. */
#include "searcher/match/stream.h"

struct cursor_word {
    struct cursor base;
    struct stream stream;
    float weight;
};

static void word_seek(struct cursor *c, uint32_t target)
{
    c->doc = stream_seek(&((struct cursor_word *)c)->stream, target);
}

static uint32_t word_freq(struct cursor *c)
{
    struct stream *s = &((struct cursor_word *)c)->stream;

    return s->count ? stream_freqs(s)[s->at] : 0;
}

static float word_score(struct cursor *c, float sum)
{
    struct cursor_word *word = (struct cursor_word *)c;

    return matching_score(word->stream.m, word->weight, c->doc,
                          word_freq(c), sum);
}

static float filter_score(struct cursor *c, float sum)
{
    (void)c;
    return sum;
}

static const struct cursor_ops WORD = {
    word_seek, word_score, word_freq
};
static const struct cursor_ops FILTER = {
    word_seek, filter_score, word_freq
};

struct cursor *cursor_word(struct matching *m, struct word word,
                           float weight)
{
    struct cursor_word *c = arena_alloc(m->arena, sizeof(*c));

    stream_init(&c->stream, m, word);
    c->weight = weight;
    c->base = (struct cursor){ 0, c->stream.df,
                               weight > 0.0f ? &WORD : &FILTER, false };
    word_seek(&c->base, 0);
    return &c->base;
}
