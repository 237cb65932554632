/* render.c -- which member prints a format, and what several of them say. */
#include "searcher/present/render.h"

const struct render_ops *render_ops_of(enum render_format format)
{
    switch (format) {
    case RENDER_JSON: return &RENDER_OPS_JSON;
    case RENDER_TREC: return &RENDER_OPS_TREC;
    default: return &RENDER_OPS_TERMINAL;
    }
}

/* The pairs of a run of Han overlap: what follows is only what is new. */
static void put_word(struct buffer *b, const struct query *leaf,
                     const uint8_t **behind)
{
    const uint8_t *start = leaf->written.data;
    const uint8_t *end = start + leaf->written.len;

    if (*behind && start < *behind && *behind < end
        && leaf->kind == QUERY_WORD) {
        buffer_put(b, *behind, (size_t)(end - *behind));
    } else {
        if (b->len)
            buffer_put_u8(b, ' ');
        query_print(b, leaf);
    }
    *behind = end;
}

static void put_words(struct buffer *b, const struct query *root,
                      const uint8_t **behind)
{
    if (query_scores(root)) {
        put_word(b, root, behind);
        return;
    }
    for (size_t i = 0; root->kind != QUERY_NOT && i < root->count; i++)
        put_words(b, root->parts[i], behind);
}

void render_words(struct buffer *b, const struct query *root)
{
    const uint8_t *behind = NULL;

    put_words(b, root, &behind);
}
