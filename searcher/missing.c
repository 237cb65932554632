/* missing.c -- why nothing was found.
 *
 * Each leaf is asked alone, and only counted:
 *
 *   gas Lavrow source:Tass  ->  nothing found; no article has: Lavrow
 *   --all gas moon          ->  nothing found; each part is in some article,
 *                               but none has them together
 */
#include "searcher/missing.h"

#include "common/text/escape.h"

/* What the search for missing words knows. */
struct missing {
    struct buffer *out;
    struct snapshot *snapshot;
    struct analyzer *analyzer;
    struct arena *arena;
    unsigned leaves, count;     /* tried; of those, found nowhere */
};

static bool is_somewhere(struct missing *m, struct bytes text, bool plain)
{
    struct request request = REQUEST_INIT;
    struct error ignored = ERROR_INIT;
    struct answer answer;

    request.text = text;
    request.reading.mode = QUERY_MODE_ALL;
    request.reading.plain = plain;
    request.n = 0;
    return search(&answer, m->snapshot, &request, m->analyzer, m->arena,
                  &ignored) != OK || answer.total > 0;
}

static void try_text(struct missing *m, struct bytes text, struct bytes shown,
                     bool plain)
{
    if (is_somewhere(m, text, plain))
        return;
    buffer_put_str(m->out, m->count++ ? ", " : "; no article has: ");
    escape_terminal(m->out, shown);
}

static void try_leaf(struct missing *m, const struct query *leaf)
{
    struct buffer text = BUFFER_INIT;

    m->leaves++;
    query_print(&text, leaf);
    if (leaf->kind == QUERY_WORD)
        try_text(m, leaf->words[0].word,
                 leaf->written.len ? leaf->written : leaf->words[0].word,
                 true);
    else if (leaf->kind == QUERY_META || leaf->kind == QUERY_DATE)
        try_text(m, buffer_bytes(&text), buffer_bytes(&text), false);
    for (size_t i = 0; leaf->kind == QUERY_PHRASE && i < leaf->count; i++)
        try_text(m, leaf->words[i].word, leaf->words[i].word, true);
    buffer_release(&text);
}

static void try_node(struct missing *m, const struct query *q)
{
    if (q->kind == QUERY_NOT || q->kind == QUERY_MAYBE)
        return;
    for (size_t i = 0; q->parts && i < q->count; i++)
        try_node(m, q->parts[i]);
    if (!q->parts)
        try_leaf(m, q);
}

void missing_put(struct buffer *b, const struct query *root,
                 struct snapshot *snapshot, struct analyzer *analyzer,
                 struct arena *arena)
{
    struct missing m = { b, snapshot, analyzer, arena, 0, 0 };

    buffer_put_str(b, "nothing found");
    if (snapshot->live_count == 0)
        buffer_put_str(b, "; the index has no articles");
    else if (root->kind == QUERY_NONE)
        buffer_put_str(b, "; there is no word in the query");
    else
        try_node(&m, root);
    if (m.leaves > 1 && !m.count)
        buffer_put_str(b, "; each part is in some article, but none has "
                       "them together");
    buffer_put_u8(b, '\n');
}
