/* quote_query.c -- what is asked, in terms of the index of quotations.
 *
 *   speaker:Lavrov   ->  (p:sergei lavrov OR p:lavrov) without what was
 *                        corrected, OR what was corrected to be his
 *   title:gas by:Doe ->  the quotations in the articles found so
 */
#include "searcher/quote_query.h"

#include <stdlib.h>

#include "common/text/meta.h"
#include "searcher/query/plan.h"

enum { NAMES_MOST = 10000 };

/* --- Sets --------------------------------------------------------------- */

/* A leaf of the quotations that `has` says yes to. */
typedef bool has_quote(void *of, struct segment *s, uint32_t doc);

static struct query *set_of(struct quote_query *m, has_quote *has, void *of)
{
    struct snapshot *quotes = m->quotes->snapshot->quotes;
    struct query *q = query_new(m->arena, QUERY_SET);
    struct query_set *sets = arena_calloc(m->arena, quotes->count,
                                          sizeof(*sets));

    for (uint32_t i = 0; i < quotes->count; i++) {
        struct segment *s = quotes->segments[i];
        struct buffer docs = BUFFER_INIT;

        for (uint32_t doc = 0; doc < s->doc_count; doc++)
            if (has(of, s, doc))
                buffer_put(&docs, &doc, sizeof(doc));
        sets[i].count = docs.len / sizeof(uint32_t);
        sets[i].docs = (const uint32_t *)(const void *)
            arena_copy(m->arena, buffer_bytes(&docs)).data;
        buffer_release(&docs);
    }
    q->sets = sets;
    return q;
}

/* --- Speakers ----------------------------------------------------------- */

/* What was corrected to be somebody's; of nobody in particular, to be
 * somebody's at all; or whatever was corrected. */
struct corrected_to {
    struct quote_query *m;
    struct bytes person;        /* empty: anybody */
    bool nobody;                /* those of nobody too */
};

static bool is_corrected(void *of, struct segment *s, uint32_t doc)
{
    struct corrected_to *to = of;
    const struct corrected *c =
        corrections_get(&to->m->quotes->corrected, s->base + doc);

    if (!c || (!c->speaker.len && !to->nobody))
        return false;
    return !to->person.len ||
           (c->speaker.len &&
            persons_fit(to->m->persons, to->person,
                        persons_other(to->m->persons, c->speaker)));
}

/* What the tree finds, but for what was corrected; and what was corrected to
 * be the person's. */
static struct query *with_corrections(struct quote_query *m, struct query *q,
                                      struct bytes person)
{
    struct corrected_to any = { m, BYTES_NONE, true }, to = { m, person,
                                                              false };
    struct query_list all = { NULL, 0, 0 }, list = { NULL, 0, 0 };

    if (!m->quotes->corrected.count)
        return q;
    query_push(m->arena, &all, q);
    query_push(m->arena, &all,
               query_not(m->arena, set_of(m, is_corrected, &any)));
    query_push(m->arena, &list, query_all(m->arena, &all));
    query_push(m->arena, &list, set_of(m, is_corrected, &to));
    return query_any(m->arena, &list);
}

static int by_name(const void *a, const void *b)
{
    return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

/* The names that fit, in the order of their bytes, each once. */
static void find_names(struct quote_query *m, struct asked_speaker *s,
                       struct bytes person)
{
    struct snapshot *quotes = m->quotes->snapshot->quotes;
    const struct corrections *c = &m->quotes->corrected;
    struct buffer names = BUFFER_INIT;
    size_t kept = 0;

    for (uint32_t i = 0; i < quotes->count; i++) {
        uint32_t count = quotes->segments[i]->values.sources.count;

        for (uint32_t n = 0; n < count; n++) {
            struct person_name *name = persons_name(m->persons, i, n);

            if (name && persons_fit(m->persons, person, name))
                buffer_put(&names, &name->name, sizeof(name->name));
        }
    }
    for (size_t i = 0; i < c->count; i++)
        if (c->items[i].speaker.len &&
            persons_fit(m->persons, person,
                        persons_other(m->persons, c->items[i].speaker)))
            buffer_put(&names, &c->items[i].speaker, sizeof(struct bytes));
    s->count = names.len / sizeof(*s->names);
    s->names = arena_alloc(m->arena, names.len + 1);
    if (s->count) {
        memcpy(s->names, names.data, names.len);
        qsort(s->names, s->count, sizeof(*s->names), by_name);
    }
    for (size_t i = 0; i < s->count && kept < NAMES_MOST; i++)
        if (!kept || !bytes_equal(s->names[kept - 1], s->names[i]))
            s->names[kept++] = s->names[i];
    s->count = kept;
    buffer_release(&names);
}

static struct query *name_leaf(struct quote_query *m, struct bytes name)
{
    struct query *q = query_new(m->arena, QUERY_META);
    struct buffer key = BUFFER_INIT;

    meta_key(&key, META_SPEAKER, name);
    q->field = META_SPEAKER;
    q->key = arena_copy(m->arena, buffer_bytes(&key));
    q->written = name;
    buffer_release(&key);
    return q;
}

/* The leaf speaker:X as any of the names that X may be. */
static struct query *speaker_tree(struct quote_query *m,
                                  const struct query *leaf)
{
    struct query_list list = { NULL, 0, 0 };
    struct asked_speaker *s = &m->speakers[m->speaker_count++];
    struct bytes person = persons_key(m->persons, leaf->written);
    struct query *q;

    s->asked = leaf->written;
    find_names(m, s, person);
    for (size_t i = 0; i < s->count; i++)
        query_push(m->arena, &list, name_leaf(m, s->names[i]));
    q = list.count ? query_any(m->arena, &list)
                   : query_new(m->arena, QUERY_NONE);
    return person.len ? with_corrections(m, q, person) : q;
}

/* --- Fields of articles ------------------------------------------------- */

/* Articles that a leaf finds, as bits. */
struct found_articles {
    struct segment *articles;
    uint8_t *bits;
};

static bool is_in_found(void *of, struct segment *s, uint32_t doc)
{
    struct found_articles *found = of, *f = found;
    uint64_t article = docvalues_get(&s->values, COLUMN_MODIFIED, doc);

    while (f->articles && f->articles != s->articles)
        f++;
    return f->articles && article < f->articles->doc_count &&
           (f->bits[article / 8] >> article % 8 & 1);
}

static void find_articles(struct quote_query *m, struct found_articles *f,
                          const struct plan *plan, const struct query *leaf,
                          uint32_t n)
{
    struct snapshot *snapshot = m->quotes->snapshot;
    struct matching matching;
    struct cursor *c;

    f->articles = snapshot->segments[n];
    f->bits = arena_calloc(m->arena, f->articles->doc_count / 8 + 1, 1);
    matching_init(&matching, f->articles, &plan->bm25, m->arena);
    c = plan_cursor(plan, leaf, n, &matching);
    for (; c->doc != NO_DOC; cursor_seek(c, c->doc + 1))
        f->bits[c->doc / 8] |= (uint8_t)(1 << c->doc % 8);
    matching_release(&matching);
}

static enum status article_tree(struct query **out, struct quote_query *m,
                                struct query *leaf, struct error *err)
{
    struct snapshot *snapshot = m->quotes->snapshot;
    struct found_articles *found = arena_calloc(m->arena, snapshot->count + 1,
                                                sizeof(*found));
    struct plan plan;
    enum status code;

    plan_init(&plan, snapshot, m->request->k1, m->request->b, m->analyzer,
              m->arena);
    code = plan_words(&plan, leaf, err);
    for (uint32_t n = 0; n < snapshot->count && code == OK; n++)
        find_articles(m, &found[n], &plan, leaf, n);
    *out = set_of(m, is_in_found, found);
    (*out)->written = leaf->written;
    return code;
}

/* A leaf that quotations have nothing of, but their articles have. */
static bool is_of_articles(const struct query *q)
{
    static const char own[] = { META_SOURCE, META_LANG, META_SPEAKER,
                                META_KIND, META_SURE };

    if (q->kind == QUERY_META)
        return !memchr(own, q->field, sizeof(own));
    return query_scores(q) && q->title && !q->said;
}

/* --- The tree ----------------------------------------------------------- */

static size_t count_speakers(const struct query *q)
{
    size_t count = q->kind == QUERY_META && q->field == META_SPEAKER;

    for (size_t i = 0; q->parts && i < q->count; i++)
        count += count_speakers(q->parts[i]);
    return count;
}

static enum status make(struct query **out, struct quote_query *m,
                        struct query *q, struct error *err)
{
    enum status code = OK;

    *out = q;
    if (q->kind == QUERY_META && q->field == META_SPEAKER)
        *out = speaker_tree(m, q);
    else if (q->kind == QUERY_META && q->field == META_SURE)
        *out = with_corrections(m, q, BYTES_NONE);
    else if (is_of_articles(q))
        return article_tree(out, m, q, err);
    for (size_t i = 0; q->parts && i < q->count && code == OK; i++)
        code = make(&q->parts[i], m, q->parts[i], err);
    return code;
}

enum status quote_query_make(struct query **out, struct quote_query *m,
                             struct query *q, struct error *err)
{
    m->speakers = arena_calloc(m->arena, count_speakers(q),
                               sizeof(*m->speakers));
    m->speaker_count = 0;
    return make(out, m, q, err);
}
