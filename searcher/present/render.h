/* render.h -- an answer as bytes: one member a format.
 *
 *   render_terminal    for people: numbered hits, wrapped and coloured
 *   render_json        for programs: one object a line
 *   render_trec        for trec_eval: a run
 *
 * A member is given the answer's beginning, each hit, and its end.  It
 * appends to two buffers: `out` is the result, `aside` what is said about it
 * on standard error.  It reads nothing and writes nothing itself.
 */
#ifndef LEDE_PRESENT_RENDER_H
#define LEDE_PRESENT_RENDER_H

#include "searcher/present/colour.h"
#include "searcher/present/snippet.h"
#include "searcher/search.h"

/* CSV is for quotations alone. */
enum render_format { RENDER_TEXT, RENDER_JSON, RENDER_TREC, RENDER_CSV };

struct render_options {
    enum render_format format;
    struct colours colours;
    unsigned width;             /* columns; 0: no line is wrapped */
    bool utc;                   /* else the local zone */
    bool seconds;               /* say how long it took */
};

/* One hit, with all that may be shown of it. */
struct render_hit {
    const struct hit *hit;
    uint64_t rank;              /* from 1, over all pages */
    const struct article *article;
    struct snippet title;
    const struct snippet *snippets;
    size_t snippet_count;
    const struct explanation *why;      /* NULL: not asked for */
};

/* One query's answer on its way out. */
struct render {
    const struct render_options *options;
    const struct request *request;
    const struct answer *answer;
    struct bytes qid;           /* of a batch; empty: no batch */
    int64_t oldest, newest;     /* dates of the first tier, or DATE_UNDATED */
    struct buffer *out, *aside;
    uint8_t tier;               /* of the last hit; 0: none yet */
};

struct render_ops {
    void (*begin)(struct render *r);
    void (*hit)(struct render *r, const struct render_hit *hit);
    void (*end)(struct render *r);
    /* The query does not parse: for those who read the result only. */
    void (*refuse)(struct render *r, struct bytes message);
    bool shows_text;            /* wants titles and snippets */
};

extern const struct render_ops RENDER_OPS_TERMINAL, RENDER_OPS_JSON,
    RENDER_OPS_TREC;

const struct render_ops *render_ops_of(enum render_format format);

/* The words and phrases of the query that are wanted, as they were written,
 * a blank between them. */
void render_words(struct buffer *b, const struct query *root);

#endif
