/* lede.c -- lede as one of the engines of the bench.
 *
 *   lede INDEX      then the protocol (protocol.h) on standard input
 *
 * The query's words are handed to `search` as a person would write them; the
 * clock covers reading them, planning, matching and collecting.
 */
#include "searcher/search.h"
#include "tests/bench/peers/protocol.h"

struct engine {
    struct snapshot *snapshot;
    struct analyzer *analyzer;
    struct arena arena;
    struct error err;
    uint32_t *lines;            /* of each document */
};

static const char *text_of(struct engine *e, const struct ask *ask)
{
    struct buffer b = BUFFER_INIT;
    const char *text;

    for (unsigned i = 0; i < ask->count; i++) {
        buffer_put_str(&b, i ? " " : ask->form == ASK_PHRASE ? "\"" : "");
        if (ask->signs[i] == '-')
            buffer_put_str(&b, "-");
        else if (ask->form == ASK_SIGNED && !ask->signs[i])
            buffer_put_str(&b, "MAYBE ");
        buffer_put_str(&b, ask->words[i]);
    }
    if (ask->form == ASK_PHRASE)
        buffer_put_str(&b, "\"");
    text = arena_str(&e->arena, buffer_bytes(&b));
    buffer_release(&b);
    return text;
}

static const char *answer(void *engine, const struct ask *ask,
                          struct found *found)
{
    struct request request = REQUEST_INIT;
    struct engine *e = engine;
    struct answer answer;

    arena_reset(&e->arena);
    request.text = bytes_str(text_of(e, ask));
    request.reading.mode =
        ask->form == ASK_ANY ? QUERY_MODE_ANY : QUERY_MODE_ALL;
    request.n = ask->k;
    request.count = ask->total;
    if (search(&answer, e->snapshot, &request, e->analyzer, &e->arena,
               &e->err) != OK)
        return e->err.message;
    found->total = answer.total;
    for (uint32_t i = 0; i < answer.count; i++) {
        found->docs[i] = answer.hits[i].doc;
        found->scores[i] = answer.hits[i].score;
    }
    found->count = answer.count;
    return NULL;
}

static uint32_t line(void *engine, uint32_t doc)
{
    return ((struct engine *)engine)->lines[doc];
}

/* The ids of the articles are the lines of the documents' file. */
static enum status read_lines(struct engine *e)
{
    struct snapshot *s = e->snapshot;
    struct article article;
    struct bytes record;

    e->lines = calloc(s->doc_count + 1, sizeof(*e->lines));
    for (uint32_t i = 0; e->lines && i < s->count; i++) {
        struct segment *g = s->segments[i];

        for (uint32_t doc = 0; doc < g->doc_count; doc++) {
            if (docstore_get(&g->store, doc, &record, &e->err) != OK ||
                article_unpack(&article, record, &e->arena, &e->err) != OK)
                return ERR_CORRUPT;
            e->lines[g->base + doc] =
                (uint32_t)strtoul(arena_str(&e->arena, article.id), NULL, 10);
            arena_reset(&e->arena);
        }
    }
    return e->lines ? OK : ERR_IO;
}

int main(int argc, char **argv)
{
    struct engine e = { .arena = ARENA_INIT, .err = ERROR_INIT };
    int rc;

    if (argc != 2) {
        fputs("usage: lede INDEX\n", stderr);
        return 2;
    }
    if (snapshot_open(&e.snapshot, argv[1], &e.err) != OK ||
        read_lines(&e) != OK) {
        fprintf(stderr, "lede: %s\n", e.err.message);
        return 4;
    }
    e.analyzer = analyzer_new();
    rc = protocol_serve(&e, answer, line);
    analyzer_free(e.analyzer);
    snapshot_close(e.snapshot);
    arena_release(&e.arena);
    free(e.lines);
    return rc;
}
