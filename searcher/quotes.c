/* quotes.c -- who said what.
 *
 *   text -> tree, speaker:X -> the names that X may be
 *        -> plan and cursors over the companions, as over articles
 *        -> matches -> statements (copies folded, other wordings under them)
 *        -> in the order of speakers, and of each the newest first
 */
#include "searcher/quotes.h"

#include <stdlib.h>
#include <time.h>

#include "searcher/query/plan.h"
#include "searcher/quote_query.h"
#include "searcher/wording.h"

enum { WORDS_OWN = 6, DAYS_NEAR = 3 * 24 * 3600 };

enum status quotes_open(struct quotes *q, struct snapshot *snapshot,
                        struct error *err)
{
    struct bytes body = buffer_bytes(&snapshot->people);

    *q = (struct quotes){ .snapshot = snapshot };
    if (body.len && !people_unpack(&q->people, body, &q->arena))
        return error_set(err, ERR_CORRUPT, "what was said of people by hand "
                         "is damaged; lede-index alias clear puts it away");
    corrections_find(&q->corrected, snapshot->quotes, &q->people, &q->arena);
    return OK;
}

void quotes_close(struct quotes *q)
{
    arena_release(&q->arena);
}

/* --- Matches ------------------------------------------------------------ */

struct asking {
    struct quotes_answer *out;
    struct quotes *quotes;
    struct persons persons;
    const struct request *request;
    struct analyzer *analyzer;
    struct arena *arena;
};

/* Who speaks, unless somebody has said that it is another. */
static struct person_name *name_of(struct asking *a, uint32_t n, uint32_t doc)
{
    struct segment *s = a->quotes->snapshot->quotes->segments[n];
    const struct corrected *c = corrections_get(&a->quotes->corrected,
                                                s->base + doc);

    return c ? persons_other(&a->persons, c->speaker)
             : persons_name(&a->persons, n,
                            docvalues_get(&s->values, COLUMN_SOURCE, doc));
}

static void take(struct asking *a, uint32_t n, struct cursor *c,
                 struct buffer *matches)
{
    struct segment *s = a->quotes->snapshot->quotes->segments[n];
    struct docvalues *v = &s->values;
    struct quote_match m = {
        .doc = s->base + c->doc, .score = cursor_score(c, 0.0f),
        .date = (int64_t)docvalues_get(v, COLUMN_PUBLISHED, c->doc),
        .copies = docvalues_get(v, COLUMN_CONTENT, c->doc),
        .version = docvalues_get(v, COLUMN_VERSION, c->doc),
        .name = name_of(a, n, c->doc) };

    if (m.name)
        persons_note(&a->persons, m.name);
    buffer_put(matches, &m, sizeof(m));
}

static enum status match(struct asking *a, struct query *tree,
                         struct error *err)
{
    struct snapshot *quotes = a->quotes->snapshot->quotes;
    struct buffer matches = BUFFER_INIT;
    struct plan plan;
    enum status code;

    plan_init(&plan, quotes, a->request->k1, a->request->b, a->analyzer,
              a->arena);
    code = plan_words(&plan, tree, err);
    for (uint32_t i = 0; i < quotes->count && code == OK; i++) {
        struct segment *s = quotes->segments[i];
        struct matching m;
        struct cursor *c;

        matching_init(&m, s, &plan.bm25, a->arena);
        c = plan_root(&plan, tree, i, &m);
        for (; c->doc != NO_DOC; cursor_seek(c, c->doc + 1))
            if (live_has(&s->live, c->doc))
                take(a, i, c, &matches);
        matching_release(&m);
    }
    a->out->match_count = matches.len / sizeof(struct quote_match);
    a->out->matches = (struct quote_match *)(uintptr_t)
        arena_copy(a->arena, buffer_bytes(&matches)).data;
    buffer_release(&matches);
    return code;
}

static void name_persons(struct asking *a)
{
    persons_settle(&a->persons);
    for (size_t i = 0; i < a->out->match_count; i++) {
        struct quote_match *m = &a->out->matches[i];

        m->person = m->name ? m->name->person : BYTES_NONE;
    }
}

/* --- Statements --------------------------------------------------------- */

/* Copies side by side, the first published first, undated ones last. */
static int by_copies(const void *a, const void *b)
{
    const struct quote_match *x = a, *y = b;
    uint64_t p = (uint64_t)x->date - 1, q = (uint64_t)y->date - 1;

    int order;

    if (x->copies != y->copies)
        return x->copies < y->copies ? -1 : 1;
    order = bytes_compare(x->person, y->person);
    if (order)
        return order;
    p ^= (uint64_t)1 << 63;
    q ^= (uint64_t)1 << 63;
    if (p != q)
        return p < q ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* Whether m, which is behind the others of `s`, is one more copy.  Few words
 * are the same ones only where they are said at the same time. */
static bool is_copy(const struct statement *s, const struct quote_match *m)
{
    const struct quote_match *first = s->matches;

    if (first->copies != m->copies || !bytes_equal(first->person, m->person))
        return false;
    if (sketch_words(m->version) >= WORDS_OWN || first->date == m->date)
        return true;
    return first->date != DATE_UNDATED && m->date != DATE_UNDATED &&
           m->date - first->date <= DAYS_NEAR;
}

static void fold(struct quotes_answer *out, struct arena *arena)
{
    struct statement *s = NULL;
    size_t n = out->match_count;

    if (n)
        qsort(out->matches, n, sizeof(*out->matches), by_copies);
    out->all = arena_calloc(arena, n, sizeof(*out->all));
    for (size_t i = 0; i < n; i++) {
        struct quote_match *m = &out->matches[i];

        if (!s || !is_copy(s, m)) {
            s = &out->all[out->all_count++];
            *s = (struct statement){ .matches = m, .date = m->date,
                                     .shown = true };
        }
        s->count++;
        if (m->score > s->score)
            s->score = m->score;
    }
}

static const struct bytes *person_of(const struct statement *s)
{
    return &s->matches[0].person;
}

static int by_own(const struct statement *a, const struct statement *b,
                  enum sort_order sort)
{
    if (sort == SORT_BEST && a->score != b->score)
        return a->score > b->score ? -1 : 1;
    if (a->date != b->date)
        return (a->date > b->date) == (sort != SORT_OLDEST) ? -1 : 1;
    return (a->matches->doc > b->matches->doc) -
           (a->matches->doc < b->matches->doc);
}


#define ORDER(name, sort)                                                    \
    static int name(const void *a, const void *b)                            \
    {                                                                        \
        return by_own(*(struct statement *const *)a,                         \
                      *(struct statement *const *)b, sort);                  \
    }

ORDER(by_best, SORT_BEST)
ORDER(by_newest, SORT_NEWEST)
ORDER(by_oldest, SORT_OLDEST)

static int by_person(const void *a, const void *b)
{
    const struct statement *x = *(struct statement *const *)a;
    const struct statement *y = *(struct statement *const *)b;
    int order = bytes_compare(*person_of(x), *person_of(y));

    return order ? order : (x->rank > y->rank) - (x->rank < y->rank);
}

static int by_rank(const void *a, const void *b)
{
    const struct statement *x = *(struct statement *const *)a;
    const struct statement *y = *(struct statement *const *)b;

    return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Speakers in the order of their first statement, statements in theirs: the
 * ranks of a speaker's statements become the first of them, and a part. */
static void order(struct quotes_answer *out, enum sort_order sort)
{
    struct statement **items = out->statements;
    size_t n = out->count;

    if (!n)
        return;
    qsort(items, n, sizeof(*items), sort == SORT_BEST ? by_best :
          sort == SORT_OLDEST ? by_oldest : by_newest);
    for (size_t i = 0; i < n; i++)
        items[i]->rank = i;
    qsort(items, n, sizeof(*items), by_person);
    for (size_t i = 0, first = 0, own = 0; i < n; i++) {
        own = items[i]->rank;
        if (!i || !bytes_equal(*person_of(items[i - 1]),
                               *person_of(items[i])))
            first = own;
        items[i]->rank = (uint64_t)first << 32 | own;
    }
    qsort(items, n, sizeof(*items), by_rank);
}

static void show(struct quotes_answer *out, struct arena *arena)
{
    out->statements = arena_alloc(arena, out->all_count *
                                  sizeof(*out->statements));
    for (size_t i = 0; i < out->all_count; i++)
        if (out->all[i].shown)
            out->statements[out->count++] = &out->all[i];
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* In how many articles, and when. */
static void sum_up(struct quotes_answer *out, struct snapshot *quotes,
                   struct arena *arena)
{
    uint64_t *articles = arena_alloc(arena, out->match_count *
                                     sizeof(*articles));

    out->oldest = out->newest = DATE_UNDATED;
    for (size_t i = 0; i < out->match_count; i++) {
        const struct quote_match *m = &out->matches[i];
        struct segment *s = snapshot_segment(quotes, m->doc);

        articles[i] = s->articles->base +
            docvalues_get(&s->values, COLUMN_MODIFIED, m->doc - s->base);
        if (m->date == DATE_UNDATED)
            continue;
        if (out->oldest == DATE_UNDATED || m->date < out->oldest)
            out->oldest = m->date;
        if (m->date > out->newest)
            out->newest = m->date;
    }
    if (out->match_count)
        qsort(articles, out->match_count, sizeof(*articles), by_number);
    for (size_t i = 0; i < out->match_count; i++)
        out->articles += !i || articles[i] != articles[i - 1];
}

/* --- Search ------------------------------------------------------------- */

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static enum status parse(struct query **tree, struct asking *a,
                         struct error *err)
{
    struct quotes_answer *out = a->out;
    struct quote_query maker = { .quotes = a->quotes, .persons = &a->persons,
        .request = a->request, .analyzer = a->analyzer, .arena = a->arena };
    enum status code = query_parse(&out->query, a->request->text,
                                   &a->request->reading, a->analyzer,
                                   a->arena, err);

    if (code != OK)
        return code;
    code = quote_query_make(tree, &maker, out->query.root, err);
    out->query.root = *tree;
    out->speakers = maker.speakers;
    out->speaker_count = maker.speaker_count;
    return code;
}

enum status quotes_search(struct quotes_answer *out, struct quotes *quotes,
                          const struct request *request,
                          struct analyzer *analyzer, struct arena *arena,
                          struct error *err)
{
    struct asking a = { .out = out, .quotes = quotes, .request = request,
                        .analyzer = analyzer, .arena = arena };
    double started = now();
    struct query *tree;
    enum status code;

    memset(out, 0, sizeof(*out));
    persons_init(&a.persons, quotes->snapshot->quotes, &quotes->people, arena);
    code = parse(&tree, &a, err);
    if (code == OK)
        code = match(&a, tree, err);
    if (code != OK)
        return code;
    name_persons(&a);
    fold(out, arena);
    wordings_join(out, quotes, arena);
    show(out, arena);
    order(out, request->sort);
    sum_up(out, quotes->snapshot->quotes, arena);
    code = snapshot_damage(quotes->snapshot, err);
    out->partial = code != OK;
    out->seconds = now() - started;
    return code;
}

bool quotes_asked(const struct request *request, struct analyzer *analyzer)
{
    struct arena arena = ARENA_INIT;
    struct error ignored = ERROR_INIT;
    struct query_parsed parsed;
    bool asked = query_parse(&parsed, request->text, &request->reading,
                             analyzer, &arena, &ignored) == OK &&
                 parsed.quotes;

    arena_release(&arena);
    return asked;
}

/* --- One of them -------------------------------------------------------- */

/* What was said by hand. */
static void correct(struct quotation_record *r, const struct quotes *quotes,
                    uint32_t doc)
{
    const struct corrected *c = corrections_get(&quotes->corrected, doc);

    if (!c)
        return;
    r->name = c->speaker;
    r->by_hand = true;
    r->role = BYTES_NONE;
    r->percent = 100;
    if (!c->speaker.len)
        r->speaker = BYTES_NONE;
    r->speaker_kind = c->speaker.len ? SPEAKER_NAME : SPEAKER_NONE;
}

enum status quotes_read(struct quotation_record *record,
                        struct article *article, struct quotes *quotes,
                        uint32_t doc, struct arena *arena, struct error *err)
{
    struct segment *s = snapshot_segment(quotes->snapshot->quotes, doc);
    uint32_t own = doc - s->base;
    uint64_t of = docvalues_get(&s->values, COLUMN_MODIFIED, own);
    struct bytes bytes;
    enum status code = docstore_get(&s->store, own, &bytes, err);

    if (code != OK)
        return code;
    if (!quotation_unpack(record, arena_copy(arena, bytes)) ||
        of >= s->articles->doc_count)
        return error_set(err, ERR_CORRUPT, "%s: quotation %u is no "
                         "quotation", s->files[0].path, own);
    correct(record, quotes, doc);
    if (!article)
        return OK;
    code = docstore_get(&s->articles->store, (uint32_t)of, &bytes, err);
    return code == OK
        ? article_unpack(article, arena_copy(arena, bytes), arena, err) : code;
}

void quotes_id(char id[QUOTE_ID_LEN], struct snapshot *snapshot, uint32_t doc)
{
    struct segment *s = snapshot_segment(snapshot->quotes, doc);

    snprintf(id, QUOTE_ID_LEN, "%016llx", (unsigned long long)
             docvalues_get(&s->values, COLUMN_KEY_HIGH, doc - s->base));
}

uint32_t quotes_find(struct snapshot *snapshot, struct bytes id)
{
    uint32_t found = NO_DOC;
    char text[QUOTE_ID_LEN];

    for (uint32_t i = 0; i < snapshot->quotes->count; i++) {
        struct segment *s = snapshot->quotes->segments[i];

        for (uint32_t doc = 0; doc < s->doc_count; doc++) {
            if (!live_has(&s->live, doc))
                continue;
            quotes_id(text, snapshot, s->base + doc);
            if (id.len >= QUOTE_ID_LEN || memcmp(text, id.data, id.len) != 0)
                continue;
            if (found != NO_DOC)
                return NO_DOC;
            found = s->base + doc;
        }
    }
    return found;
}
