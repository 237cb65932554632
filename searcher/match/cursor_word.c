/* cursor_word.c -- the documents of one word, out of its stream of blocks. */
#include "searcher/match/stream.h"

struct cursor_word {
    struct cursor base;
    struct stream stream;
    float weight;
};

static void word_seek(struct cursor *c, uint32_t target)
{
    struct stream *s = &((struct cursor_word *)c)->stream;

    if (target >= s->end)
        stream_load(s, target);
    else if (s->at < s->count && s->docs[s->at] < target)
        ++s->at;
    if (s->at < s->count && s->docs[s->at] < target)
        stream_advance(s, target);
    if (s->at == s->count)
        stream_load(s, s->end);
    c->doc = s->count ? s->docs[s->at] : NO_DOC;
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

static bool word_positions(struct cursor *c, struct buffer *out,
                           uint32_t *title)
{
    return stream_positions(&((struct cursor_word *)c)->stream, c->doc, out,
                            title);
}

static float filter_score(struct cursor *c, float sum)
{
    (void)c;
    return sum;
}

static const struct cursor_ops WORD = {
    word_seek, word_score, word_freq, word_positions
};
static const struct cursor_ops FILTER = {
    word_seek, filter_score, word_freq, word_positions
};

struct cursor *cursor_word(struct matching *m, const struct stem *stems,
                           size_t count, float weight)
{
    struct cursor_word *word = arena_alloc(m->arena, sizeof(*word));

    stream_init(&word->stream, m, stems, count);
    word->weight = weight;
    word->base = (struct cursor){ 0, word->stream.df,
                                  weight > 0.0f ? &WORD : &FILTER };
    word_seek(&word->base, 0);
    return &word->base;
}
