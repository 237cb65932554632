/* naive.c -- a search engine without an index.
 *
 * Every document is an array of (word, stem, where), words and stems being
 * numbers that a hash table gave to their bytes.  A leaf of the query
 * becomes a table with one flag a stem (the group that a word means); a
 * document is asked by walking its array.  Nothing is remembered between two
 * queries, so nothing can be stale.
 *
 *   "Gas price"      word  stem  begins
 *   title:  Gas        0     0   yes        group(gas)   = { 0 }
 *           prices     1     1   no         group(price) = { 1 }
 *   body:   The        2     2   yes        "gas price": 0 1 stand side by
 *           gas        0     0   no         side, once, in the title
 *
 * The score of a document is the float sum over the matching leaves from
 * left to right, beginning with 0: the sum is handed down and up again.
 */
#include "tests/naive/naive.h"

#include <stdlib.h>

#include "common/index/format.h"
#include "common/text/meta.h"
#include "searcher/match/bm25.h"

/* Bytes to numbers, from 0 in the order in which they came. */
struct names_table {
    struct bytes *items;
    uint32_t count, room;
    uint32_t *slots;            /* number + 1, or 0; a power of two of them */
    uint32_t mask;
};

struct naive_token {
    uint32_t word, stem;
    bool begins;                /* a paragraph: no phrase goes across */
};

struct naive_doc {
    struct naive_token *tokens;
    uint32_t len, title_len;
    int64_t published;
    bool live;
    struct bytes_list meta;     /* as meta_key gives them */
};

struct naive {
    struct analyzer *analyzer;
    uint32_t title_weight;
    struct bytes fallback_source;
    struct arena arena;         /* of everything below */
    struct naive_doc *docs;
    uint32_t count, room;
    uint64_t sum_lengths;
    struct names_table words, stems;
    struct buffer pairs;        /* (word, stem) that ever stood together */
    struct lang *langs;
    size_t lang_count;
};

/* A leaf made ready: for each of its words the stems that it means. */
struct naive_leaf {
    bool **group;               /* [word][stem] */
    float idf;                  /* of the word; of a phrase the sum */
};

struct naive_query {
    struct naive *n;
    struct arena *arena;
    struct bm25 bm25;
    const struct query **leaves;
    struct naive_leaf *ready;
    size_t count, room;
};

/* --- Numbers for names --- */

static uint32_t hash_of(struct bytes b)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < b.len; i++)
        hash = (hash ^ b.data[i]) * 16777619u;
    return hash;
}

static uint32_t *slot_of(const struct names_table *t, struct bytes name)
{
    uint32_t at = hash_of(name) & t->mask;

    while (t->slots[at] && !bytes_equal(t->items[t->slots[at] - 1], name))
        at = (at + 1) & t->mask;
    return &t->slots[at];
}

static void table_grow(struct names_table *t)
{
    t->room = t->room ? 2 * t->room : 64;
    t->items = must_realloc(t->items, t->room * sizeof(*t->items));
    free(t->slots);
    t->slots = must_calloc(2 * t->room, sizeof(*t->slots));
    t->mask = 2 * t->room - 1;
    for (uint32_t i = 0; i < t->count; i++)
        *slot_of(t, t->items[i]) = i + 1;
}

static uint32_t table_put(struct names_table *t, struct bytes name,
                          struct arena *arena)
{
    uint32_t *slot;

    if (t->count == t->room)
        table_grow(t);
    slot = slot_of(t, name);
    if (!*slot) {
        t->items[t->count++] = arena_copy(arena, name);
        *slot = t->count;
    }
    return *slot - 1;
}

/* The number of a name, or UINT32_MAX. */
static uint32_t table_find(const struct names_table *t, struct bytes name)
{
    return t->count ? *slot_of(t, name) - 1 : UINT32_MAX;
}

/* --- Documents --- */

static void remember_lang(struct naive *n, struct lang lang)
{
    for (size_t i = 0; i < n->lang_count; i++)
        if (lang_equal(n->langs[i], lang))
            return;
    n->langs = must_realloc(n->langs, (n->lang_count + 1) * sizeof(lang));
    n->langs[n->lang_count++] = lang;
}

static void remember_pair(struct naive *n, uint32_t word, uint32_t stem)
{
    for (size_t at = 0; at < n->pairs.len; at += 8)
        if (load_le32(n->pairs.data + at) == word &&
            load_le32(n->pairs.data + at + 4) == stem)
            return;
    buffer_put_le32(&n->pairs, word);
    buffer_put_le32(&n->pairs, stem);
}

/* Appends the words of one part of the article, which begins a paragraph. */
static void read_part(struct naive *n, struct buffer *tokens,
                      struct bytes text, struct lang lang)
{
    struct tokenizer tokenizer;
    struct token token;
    bool begins = true;

    tokenizer_init(&tokenizer, text);
    while (tokenizer_next(&tokenizer, &token)) {
        struct analyzed got = analyzer_apply(n->analyzer, text, &token, lang);
        struct naive_token kept;

        begins = begins || token.begins_paragraph;
        if (got.stem.len == 0)
            continue;
        memset(&kept, 0, sizeof(kept));
        kept.word = table_put(&n->words, got.word, &n->arena);
        kept.stem = table_put(&n->stems, got.stem, &n->arena);
        kept.begins = begins;
        remember_pair(n, kept.word, kept.stem);
        buffer_put(tokens, &kept, sizeof(kept));
        begins = false;
    }
}

static void put_meta(struct naive *n, struct naive_doc *doc, char field,
                     struct bytes value)
{
    struct buffer key = BUFFER_INIT;

    meta_key(&key, field, value);
    if (key.len)
        doc->meta.items[doc->meta.count++] =
            arena_copy(&n->arena, buffer_bytes(&key));
    buffer_release(&key);
}

static void read_meta(struct naive *n, struct naive_doc *doc,
                      const struct article *a)
{
    doc->meta.items = arena_calloc(&n->arena,
                                   3 + a->authors.count + a->tags.count,
                                   sizeof(*doc->meta.items));
    put_meta(n, doc, META_SOURCE,
             a->source.len ? a->source : n->fallback_source);
    put_meta(n, doc, META_LANG, bytes_str(a->lang.code));
    put_meta(n, doc, META_SECTION, a->section);
    for (size_t i = 0; i < a->authors.count; i++)
        put_meta(n, doc, META_AUTHOR, a->authors.items[i]);
    for (size_t i = 0; i < a->tags.count; i++)
        put_meta(n, doc, META_TAG, a->tags.items[i]);
}

static struct naive_doc *next_doc(struct naive *n)
{
    if (n->count == n->room) {
        n->room = n->room ? 2 * n->room : 64;
        n->docs = must_realloc(n->docs, n->room * sizeof(*n->docs));
    }
    memset(&n->docs[n->count], 0, sizeof(*n->docs));
    return &n->docs[n->count++];
}

void naive_add(struct naive *n, const struct article *a, bool live)
{
    struct naive_doc *doc = next_doc(n);
    struct buffer tokens = BUFFER_INIT;

    read_part(n, &tokens, a->title, a->lang);
    doc->title_len = (uint32_t)(tokens.len / sizeof(struct naive_token));
    read_part(n, &tokens, a->lead, a->lang);
    read_part(n, &tokens, a->body, a->lang);
    doc->len = (uint32_t)(tokens.len / sizeof(struct naive_token));
    doc->tokens = arena_calloc(&n->arena, doc->len + 1,
                               sizeof(*doc->tokens));
    if (tokens.len)
        memcpy(doc->tokens, tokens.data, tokens.len);
    buffer_release(&tokens);
    doc->published = a->published.seconds;
    doc->live = live;
    read_meta(n, doc, a);
    remember_lang(n, a->lang);
    n->sum_lengths += doc->len;
}

/* --- A leaf made ready --- */

static void group_add(bool *group, const struct naive *n, struct bytes stem)
{
    uint32_t number = table_find(&n->stems, stem);

    if (number != UINT32_MAX)
        group[number] = true;
}

/* The stems of all words that are, or begin with, the query's word; whether
 * there was any. */
static bool group_of_seen(bool *group, const struct naive *n,
                          const struct query_word *word)
{
    bool seen = false;

    for (size_t at = 0; at < n->pairs.len; at += 8) {
        struct bytes w = n->words.items[load_le32(n->pairs.data + at)];
        bool same = word->prefix
            ? w.len >= word->word.len &&
              memcmp(w.data, word->word.data, word->word.len) == 0
            : bytes_equal(w, word->word);

        if (same)
            group[load_le32(n->pairs.data + at + 4)] = true;
        seen = seen || same;
    }
    return seen;
}

static bool *group_of(struct naive_query *q, const struct query_word *word)
{
    struct naive *n = q->n;
    bool *group = arena_calloc(q->arena, n->stems.count + 1, sizeof(*group));

    if (group_of_seen(group, n, word) || word->prefix)
        return group;
    group_add(group, n, word->word);
    for (size_t i = 0; i < n->lang_count; i++)
        group_add(group, n, analyzer_stem(n->analyzer, word->word,
                                          n->langs[i]));
    return group;
}

/* The sum over the group of how many documents hold the stem. */
static uint64_t group_df(const struct naive *n, const bool *group,
                         struct arena *arena)
{
    uint32_t *last = arena_calloc(arena, n->stems.count + 1, sizeof(*last));
    uint64_t df = 0;

    for (uint32_t d = 0; d < n->count; d++)
        for (uint32_t i = 0; i < n->docs[d].len; i++) {
            uint32_t stem = n->docs[d].tokens[i].stem;

            if (group[stem] && last[stem] != d + 1) {
                last[stem] = d + 1;
                df++;
            }
        }
    return df < n->count ? df : n->count;
}

static void make_ready(struct naive_query *q, const struct query *leaf)
{
    struct naive_leaf *ready;

    if (q->count == q->room) {
        q->room = q->room ? 2 * q->room : 16;
        q->leaves = must_realloc(q->leaves, q->room * sizeof(*q->leaves));
        q->ready = must_realloc(q->ready, q->room * sizeof(*q->ready));
    }
    q->leaves[q->count] = leaf;
    ready = &q->ready[q->count++];
    ready->idf = 0.0f;
    ready->group = arena_calloc(q->arena, leaf->count,
                                sizeof(*ready->group));
    for (size_t i = 0; i < leaf->count; i++) {
        ready->group[i] = group_of(q, &leaf->words[i]);
        ready->idf += bm25_idf(q->n->count, group_df(q->n, ready->group[i],
                                                     q->arena));
    }
}

static const struct naive_leaf *ready_leaf(struct naive_query *q,
                                           const struct query *leaf)
{
    for (size_t i = 0; i < q->count; i++)
        if (q->leaves[i] == leaf)
            return &q->ready[i];
    make_ready(q, leaf);
    return &q->ready[q->count - 1];
}

/* --- One document --- */

/* Whether the words of the leaf stand at `at` and behind. */
static bool stands_at(const struct naive_doc *doc, uint32_t at,
                      const struct naive_leaf *leaf, size_t words)
{
    for (size_t i = 0; i < words; i++) {
        const struct naive_token *token = &doc->tokens[at + i];

        if (!leaf->group[i][token->stem] || (i > 0 && token->begins))
            return false;
    }
    return true;
}

/* The weighted frequency of a word or phrase; 0 where it does not match. */
static uint32_t leaf_tf(const struct naive *n, const struct naive_doc *doc,
                        const struct query *leaf,
                        const struct naive_leaf *ready)
{
    uint32_t end = leaf->title ? doc->title_len : doc->len, tf = 0;

    for (uint32_t at = 0; at + leaf->count <= end; at++)
        if (stands_at(doc, at, ready, leaf->count))
            tf += !leaf->title && at < doc->title_len ? n->title_weight : 1;
    return tf;
}

static bool has_meta(const struct naive_doc *doc, struct bytes key)
{
    for (size_t i = 0; i < doc->meta.count; i++)
        if (bytes_equal(doc->meta.items[i], key))
            return true;
    return false;
}

static bool leaf_matches(struct naive_query *q, const struct query *leaf,
                         const struct naive_doc *doc, float *score)
{
    const struct naive_leaf *ready = ready_leaf(q, leaf);
    uint32_t tf = leaf_tf(q->n, doc, leaf, ready);
    float weight = ready->idf;

    if (tf == 0)
        return false;
    if (leaf->kind == QUERY_WORD)
        weight *= leaf->boost;
    *score += bm25_score(weight, tf, bm25_norm(&q->bm25, doc->len));
    return true;
}

static bool matches(struct naive_query *q, const struct query *node,
                    const struct naive_doc *doc, float *score);

/* All parts, or any; the score stays as it was where the whole fails. */
static bool parts_match(struct naive_query *q, const struct query *node,
                        const struct naive_doc *doc, float *score)
{
    float sum = *score;
    bool any = false, all = true;

    for (size_t i = 0; i < node->count; i++) {
        bool one = matches(q, node->parts[i], doc, &sum);

        one |= node->parts[i]->kind == QUERY_MAYBE;
        any = any || one;
        all = all && one;
    }
    if (node->kind == QUERY_AND ? !all : !any)
        return false;
    *score = sum;
    return true;
}

static bool matches(struct naive_query *q, const struct query *node,
                    const struct naive_doc *doc, float *score)
{
    float nothing = 0.0f;

    switch (node->kind) {
    case QUERY_WORD:
    case QUERY_PHRASE:
        return leaf_matches(q, node, doc, score);
    case QUERY_AND:
    case QUERY_OR:
        return parts_match(q, node, doc, score);
    case QUERY_NOT:
        return !matches(q, node->parts[0], doc, &nothing);
    case QUERY_MAYBE:
        return matches(q, node->parts[0], doc, score);
    case QUERY_META:
        return has_meta(doc, node->key);
    case QUERY_DATE:
        return doc->published != DATE_UNDATED &&
               doc->published >= node->dates.from &&
               doc->published < node->dates.to;
    case QUERY_ALL:
        return true;
    case QUERY_SET:
    case QUERY_NONE:
        return false;
    }
    return false;
}

/* --- All documents --- */

struct naive_hit {
    struct hit hit;
    int64_t published;
    enum sort_order sort;
};

static int by_date(const struct naive_hit *x, const struct naive_hit *y)
{
    bool x_dated = x->published != DATE_UNDATED;
    bool y_dated = y->published != DATE_UNDATED;
    int newer = (x->published < y->published) - (x->published > y->published);

    if (x_dated != y_dated)
        return x_dated ? -1 : 1;
    return x->sort == SORT_NEWEST ? newer : -newer;
}

static int compare_hits(const void *a, const void *b)
{
    const struct naive_hit *x = a, *y = b;
    int order = (x->hit.tier > y->hit.tier) - (x->hit.tier < y->hit.tier);

    if (order == 0 && x->sort == SORT_BEST)
        order = (x->hit.score < y->hit.score) - (x->hit.score > y->hit.score);
    else if (order == 0)
        order = by_date(x, y);
    return order ? order
        : (x->hit.doc > y->hit.doc) - (x->hit.doc < y->hit.doc);
}

/* Appends the live documents that match `root` and are not in `found` yet;
 * returns how many. */
static uint64_t collect(struct naive_query *q, const struct query *root,
                        enum sort_order sort, uint8_t tier,
                        struct naive_hit *found, uint64_t count)
{
    uint64_t before = count;

    for (uint32_t d = 0; d < q->n->count; d++) {
        const struct naive_doc *doc = &q->n->docs[d];
        float score = 0.0f;
        bool known = false;

        for (uint64_t i = 0; i < before && tier == 2 && !known; i++)
            known = found[i].hit.doc == d;
        if (known || !doc->live || !matches(q, root, doc, &score))
            continue;
        found[count++] = (struct naive_hit){
            { d, score, tier }, doc->published, sort
        };
    }
    return count - before;
}

static void give(struct answer *out, const struct request *request,
                 struct naive_hit *found, uint64_t count,
                 struct arena *arena)
{
    qsort(found, count, sizeof(*found), compare_hits);
    out->hits = arena_calloc(arena, count + 1, sizeof(*out->hits));
    for (uint64_t i = request->from;
         i < count && i - request->from < request->n; i++)
        out->hits[out->count++] = found[i].hit;
}

enum status naive_search(struct answer *out, struct naive *n,
                         const struct request *request, struct arena *arena,
                         struct error *err)
{
    struct naive_query q = { .n = n, .arena = arena };
    struct naive_hit *found;
    enum status rc;

    memset(out, 0, sizeof(*out));
    rc = query_parse(&out->query, request->text, &request->reading,
                     n->analyzer, arena, err);
    if (rc != OK)
        return rc;
    q.bm25 = bm25_of(request->k1, request->b, n->sum_lengths, n->count);
    found = must_calloc(n->count + 1, sizeof(*found));
    out->total = collect(&q, out->query.root, request->sort, 1, found, 0);
    if (out->query.relaxed && request->sort == SORT_BEST &&
        out->total < (uint64_t)request->from + request->n) {
        out->relaxed = true;
        out->second_total = collect(&q, out->query.relaxed, request->sort, 2,
                                    found, out->total);
    }
    give(out, request, found, out->total + out->second_total, arena);
    free(found);
    free(q.leaves);
    free(q.ready);
    return OK;
}

uint32_t naive_length(const struct naive *n, uint32_t doc)
{
    return n->docs[doc].len;
}

size_t naive_words(const struct naive *n)
{
    return n->words.count;
}

struct bytes naive_word(const struct naive *n, size_t nth)
{
    return n->words.items[nth];
}

struct naive *naive_new(struct analyzer *analyzer, uint32_t title_weight,
                        struct bytes fallback_source)
{
    struct naive *n = must_calloc(1, sizeof(*n));

    n->analyzer = analyzer;
    n->title_weight = title_weight;
    n->fallback_source = fallback_source;
    return n;
}

void naive_free(struct naive *n)
{
    if (!n)
        return;
    arena_release(&n->arena);
    free(n->docs);
    free(n->words.items);
    free(n->words.slots);
    free(n->stems.items);
    free(n->stems.slots);
    buffer_release(&n->pairs);
    free(n->langs);
    free(n);
}
