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

#include "common/text/meta.h"
#include "searcher/person.h"
#include "searcher/query/plan.h"
#include "searcher/wording.h"

enum { NAMES_MOST = 10000 };

/* --- Speakers ----------------------------------------------------------- */

/* A speaker of a segment, by its ordinal. */
struct known {
    struct bytes name, person;
};

struct asking {
    struct quotes_answer *out;
    struct snapshot *quotes;
    struct known **known;       /* of each segment */
    struct bytes person;        /* the key of who is asked for last */
    struct arena *arena;
};

static struct bytes key_of(struct bytes name, struct arena *arena)
{
    struct buffer key = BUFFER_INIT;
    struct bytes kept;

    person_key(&key, name);
    kept = arena_copy(arena, buffer_bytes(&key));
    buffer_release(&key);
    return kept;
}

static void know_speakers(struct asking *a)
{
    a->known = arena_calloc(a->arena, a->quotes->count, sizeof(*a->known));
    for (uint32_t i = 0; i < a->quotes->count; i++) {
        const struct names *names = &a->quotes->segments[i]->values.sources;

        a->known[i] = arena_calloc(a->arena, names->count,
                                   sizeof(**a->known));
        for (uint32_t n = 0; n < names->count; n++)
            a->known[i][n] = (struct known){ names->items[n],
                               key_of(names->items[n], a->arena) };
    }
}

static void add_name(struct asking *a, struct query_list *list,
                     struct asked_speaker *s, struct bytes name)
{
    struct query *q;
    struct buffer key = BUFFER_INIT;

    for (size_t i = 0; i < s->count; i++)
        if (bytes_equal(s->names[i], name))
            return;
    if (s->count == NAMES_MOST)
        return;
    meta_key(&key, META_SPEAKER, name);
    q = query_new(a->arena, QUERY_META);
    q->field = META_SPEAKER;
    q->key = arena_copy(a->arena, buffer_bytes(&key));
    q->written = name;
    buffer_release(&key);
    query_push(a->arena, list, q);
    s->names[s->count++] = name;
}

/* The leaf speaker:X as any of the names that X may be. */
static struct query *expand(struct asking *a, const struct query *leaf)
{
    struct query_list list = { NULL, 0, 0 };
    struct asked_speaker *s = &a->out->speakers[a->out->speaker_count++];
    struct bytes person = key_of(leaf->written, a->arena);
    size_t room = 0;

    for (uint32_t i = 0; i < a->quotes->count; i++)
        room += a->quotes->segments[i]->values.sources.count;
    s->asked = leaf->written;
    a->person = person;
    s->names = arena_alloc(a->arena, (room < NAMES_MOST ? room : NAMES_MOST) *
                           sizeof(*s->names));
    for (uint32_t i = 0; i < a->quotes->count; i++) {
        uint32_t count = a->quotes->segments[i]->values.sources.count;

        for (uint32_t n = 0; n < count; n++)
            if (person_fits(person, a->known[i][n].person))
                add_name(a, &list, s, a->known[i][n].name);
    }
    return list.count ? query_any(a->arena, &list)
                      : query_new(a->arena, QUERY_NONE);
}

static size_t count_speakers(const struct query *q)
{
    size_t count = q->kind == QUERY_META && q->field == META_SPEAKER;

    for (size_t i = 0; q->parts && i < q->count; i++)
        count += count_speakers(q->parts[i]);
    return count;
}

static struct query *expand_all(struct asking *a, struct query *q)
{
    if (q->kind == QUERY_META && q->field == META_SPEAKER)
        return expand(a, q);
    for (size_t i = 0; q->parts && i < q->count; i++)
        q->parts[i] = expand_all(a, q->parts[i]);
    return q;
}

/* --- Matches ------------------------------------------------------------ */

static void take(struct asking *a, uint32_t n, struct cursor *c,
                 struct buffer *matches)
{
    struct segment *s = a->quotes->segments[n];
    struct docvalues *v = &s->values;
    uint64_t speaker = docvalues_get(v, COLUMN_SOURCE, c->doc);
    struct quote_match m = {
        .doc = s->base + c->doc, .score = cursor_score(c, 0.0f),
        .date = (int64_t)docvalues_get(v, COLUMN_PUBLISHED, c->doc),
        .copies = docvalues_get(v, COLUMN_CONTENT, c->doc) };

    if (speaker < v->sources.count) {
        m.speaker = a->known[n][speaker].name;
        m.person = a->known[n][speaker].person;
    }
    if (a->out->speaker_count == 1)
        m.person = a->person;
    buffer_put(matches, &m, sizeof(m));
}

static enum status match(struct asking *a, struct query *tree,
                         const struct request *request,
                         struct analyzer *analyzer, struct error *err)
{
    struct buffer matches = BUFFER_INIT;
    struct plan plan;
    enum status code;

    plan_init(&plan, a->quotes, request->k1, request->b, analyzer, a->arena);
    code = plan_words(&plan, tree, err);
    for (uint32_t i = 0; i < a->quotes->count && code == OK; i++) {
        struct segment *s = a->quotes->segments[i];
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

/* --- Statements --------------------------------------------------------- */

/* Copies side by side, the first published first, undated ones last. */
static int by_copies(const void *a, const void *b)
{
    const struct quote_match *x = a, *y = b;
    uint64_t p = (uint64_t)x->date - 1, q = (uint64_t)y->date - 1;

    if (x->copies != y->copies)
        return x->copies < y->copies ? -1 : 1;
    p ^= (uint64_t)1 << 63;
    q ^= (uint64_t)1 << 63;
    if (p != q)
        return p < q ? -1 : 1;
    return (x->doc > y->doc) - (x->doc < y->doc);
}

static void fold(struct quotes_answer *out, struct arena *arena)
{
    size_t n = out->match_count;

    if (n)
        qsort(out->matches, n, sizeof(*out->matches), by_copies);
    out->all = arena_calloc(arena, n, sizeof(*out->all));
    for (size_t i = 0; i < n; i++) {
        struct quote_match *m = &out->matches[i];
        struct statement *s;

        if (!i || m[-1].copies != m->copies)
            out->all[out->all_count++] = (struct statement){
                .matches = m, .date = m->date, .shown = true };
        m->statement = out->all_count - 1;
        s = &out->all[out->all_count - 1];
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

static enum status parse(struct asking *a, const struct request *request,
                         struct analyzer *analyzer, struct error *err)
{
    struct quotes_answer *out = a->out;
    enum status code = query_parse(&out->query, request->text,
                                   &request->reading, analyzer, a->arena, err);
    size_t room;

    if (code != OK)
        return code;
    if (out->query.title)
        return error_set(err, ERR_INPUT, "title: is a field of articles; a "
                         "quotation has speaker: said: kind: and sure:");
    room = count_speakers(out->query.root);
    out->speakers = arena_calloc(a->arena, room, sizeof(*out->speakers));
    know_speakers(a);
    out->query.root = expand_all(a, out->query.root);
    return OK;
}

enum status quotes_search(struct quotes_answer *out, struct snapshot *snapshot,
                          const struct request *request,
                          struct analyzer *analyzer, struct arena *arena,
                          struct error *err)
{
    struct asking a = { .out = out, .quotes = snapshot->quotes,
                        .arena = arena };
    double started = now();
    enum status code;

    memset(out, 0, sizeof(*out));
    code = parse(&a, request, analyzer, err);
    if (code == OK)
        code = match(&a, out->query.root, request, analyzer, err);
    if (code != OK)
        return code;
    fold(out, arena);
    wordings_join(out, snapshot, arena);
    show(out, arena);
    order(out, request->sort);
    sum_up(out, a.quotes, arena);
    code = snapshot_damage(snapshot, err);
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

enum status quotes_read(struct quotation_record *record,
                        struct article *article, struct snapshot *snapshot,
                        uint32_t doc, struct arena *arena, struct error *err)
{
    struct segment *s = snapshot_segment(snapshot->quotes, doc);
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
