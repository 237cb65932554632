/* test_quotes.c -- quotations are found and ranked as the oracle finds small
 * articles, each a quotation: its words the title, its sentence the lead,
 * the headline the body; and speakers, fields of articles and what was said
 * by hand as a loop over all quotations finds them.
 *
 *   LEDE_SEED   of everything; random and printed unless given
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/invert/builder.h"
#include "searcher/person.h"
#include "searcher/persons.h"
#include "searcher/quotes.h"
#include "tests/naive/naive.h"
#include "tests/naive/news.h"

enum { ARTICLES = 150, CORPORA = 6, QUERIES = 120, QUOTES_MOST = 4,
       DOCS_MOST = ARTICLES * QUOTES_MOST, DAY = 24 * 3600 };

static const char *const speakers[] = {
    "Sergei Lavrov", "Sergey Lavrov", "Сергей Лавров", "Lavrov", "S. Lavrov",
    "Bill Clinton", "Hillary Clinton", "Clinton", "Ben S. Bernanke",
    "Ben Bernanke", "Bernanke", "analysts", "some analysts", ""
};

enum { SPEAKERS = sizeof(speakers) / sizeof(*speakers) };

/* A quotation as the index has it. */
struct spoken_doc {
    struct quotation_record quote;
    struct article article;
    struct bytes speaker;       /* as corrected */
    uint64_t key_high, key_low, copies;
    bool live, sure;
};

struct fixture {
    struct chance chance;
    struct news_plan plan;
    struct arena arena;
    char dir[64];
    struct builder_options options;
    struct analyzer *analyzer;
    struct snapshot *snapshot;
    struct quotes quotes;
    struct naive *quoted, *articles;
    struct article made[ARTICLES];
    struct spoken_doc docs[DOCS_MOST];
    uint32_t count;
    struct error err;
};

static void must(struct fixture *f, enum status code)
{
    if (code != OK)
        fail_msg("status %d: %s", code, f->err.message);
}

/* --- Building ----------------------------------------------------------- */

/* Up to `most` bytes from a blank to a blank behind `from`; false: none. */
static bool choose_span(struct bytes body, uint32_t from, uint32_t most,
                        uint32_t *start, uint32_t *end)
{
    uint32_t at = from;

    while (at < body.len && body.data[at] != ' ')
        at++;
    *start = at + 1;
    at = *start;
    for (uint32_t i = *start; i < body.len && i - *start < most; i++)
        if (body.data[i] == ' ' || body.data[i] == '\n')
            at = i;
    *end = at;
    return *end > *start;
}

static void put_quotations(struct fixture *f, struct article *a)
{
    struct chance *c = &f->chance;
    uint32_t at = 0;

    a->quotes.items = arena_calloc(&f->arena, QUOTES_MOST,
                                   sizeof(*a->quotes.items));
    while (a->quotes.count < QUOTES_MOST && chance_of(c, 70)) {
        struct quotation *q = &a->quotes.items[a->quotes.count];

        if (!choose_span(a->body, at + chance_below(c, 30),
                         chance_from(c, 5, 120), &q->start, &q->end))
            break;
        q->sentence_start = q->start > 20 ? at : q->start;
        q->sentence_end = q->end;
        q->where = QUOTE_IN_BODY;
        q->kind = (enum quotation_kind)chance_below(c, 3);
        q->confidence = (float)chance_below(c, 101) / 100.0f;
        q->name = bytes_str(speakers[chance_below(c, SPEAKERS)]);
        q->speaker_kind = q->name.len ? SPEAKER_NAME : SPEAKER_NONE;
        at = q->end;
        a->quotes.count++;
    }
}

static void make_article(struct fixture *f, uint32_t n)
{
    struct article *a = &f->made[n], copy;
    struct chance *c = &f->chance;

    news_article(a, &f->plan, c, &f->arena);
    put_quotations(f, a);
    if (n && chance_of(c, 25)) {        /* another has it too */
        copy = f->made[chance_below(c, n)];
        copy.source = a->source;
        copy.published = a->published;
        *a = copy;
    }
    a->id = bytes_str(arena_printf(&f->arena, "n%u",
                                   chance_of(c, 5) ? n / 2 : n));
    a->path = bytes_str("-");
    a->record = n;
}

static void build(struct fixture *f)
{
    struct index_lock lock;
    uint32_t done = 0;

    must(f, index_lock(&lock, f->dir, &f->err));
    while (done < ARTICLES) {
        struct snapshot *before = NULL;
        struct manifest m;
        struct builder *b;
        enum status code = manifest_load(&m, f->dir, &f->err);
        uint32_t until = done + chance_from(&f->chance, 20, 100);

        if (code == OK)
            must(f, snapshot_open(&before, f->dir, &f->err));
        m.title_weight = f->options.title_weight;
        m.analyzer_version = analyzer_version();
        b = builder_new(f->dir, before, m.uuid, m.generation + 1,
                        &f->options);
        for (; done < ARTICLES && done < until; done++) {
            enum outcome outcome;

            make_article(f, done);
            must(f, builder_add(b, &f->made[done], &outcome, &f->err));
        }
        must(f, builder_finish(b, &m, &f->err));
        must(f, manifest_commit(&m, f->dir, &f->err));
        builder_free(b);
        snapshot_close(before);
        manifest_release(&m);
    }
    index_unlock(&lock);
}

/* --- The oracle --------------------------------------------------------- */

static void read_doc(struct fixture *f, uint32_t doc)
{
    struct segment *s = snapshot_segment(f->snapshot->quotes, doc);
    struct spoken_doc *d = &f->docs[doc];
    uint32_t own = doc - s->base;

    must(f, quotes_read(&d->quote, &d->article, &f->quotes, doc, &f->arena,
                        &f->err));
    d->speaker = quotation_speaker(&d->quote);
    d->key_high = docvalues_get(&s->values, COLUMN_KEY_HIGH, own);
    d->key_low = docvalues_get(&s->values, COLUMN_KEY_LOW, own);
    d->copies = docvalues_get(&s->values, COLUMN_CONTENT, own);
    d->live = live_has(&s->live, own);
    d->sure = d->quote.percent >= 90;
}

/* The quotation as an article. */
static struct article as_article(struct fixture *f, const struct spoken_doc *d)
{
    struct article a = d->article;
    const struct quotation_record *q = &d->quote;

    a.title = q->words;
    a.lead = bytes_str(arena_printf(&f->arena, "%.*s\n\n%.*s",
        (int)q->before.len, (const char *)q->before.data,
        (int)q->after.len, (const char *)q->after.data));
    a.body = d->article.title;
    return a;
}

static void fill_oracles(struct fixture *f)
{
    struct snapshot *quotes = f->snapshot->quotes;

    f->quoted = naive_new(f->analyzer, f->options.title_weight, BYTES_NONE);
    f->articles = naive_new(f->analyzer, f->options.title_weight, BYTES_NONE);
    assert_true(quotes->doc_count <= DOCS_MOST);
    f->count = (uint32_t)quotes->doc_count;
    for (uint32_t doc = 0; doc < f->count; doc++) {
        struct article a;

        read_doc(f, doc);
        a = as_article(f, &f->docs[doc]);
        naive_add(f->quoted, &a, f->docs[doc].live);
        a = f->docs[doc].article;
        naive_add(f->articles, &a, f->docs[doc].live);
    }
}

static void fixture_make(struct fixture *f, uint64_t seed)
{
    memset(f, 0, sizeof(*f));
    f->chance.state = seed;
    snprintf(f->dir, sizeof(f->dir), "%s/lede-quotes-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    assert_non_null(mkdtemp(f->dir));
    news_plan_make(&f->plan, &f->chance);
    f->options = (struct builder_options){ .memory = 8 << 20,
        .title_weight = 3, .quotes = true };
    f->analyzer = analyzer_new();
    build(f);
    must(f, snapshot_open_quotes(&f->snapshot, f->dir, &f->err));
    must(f, quotes_open(&f->quotes, f->snapshot, &f->err));
    fill_oracles(f);
}

static void fixture_release(struct fixture *f)
{
    char command[128];

    quotes_close(&f->quotes);
    snapshot_close(f->snapshot);
    naive_free(f->quoted);
    naive_free(f->articles);
    analyzer_free(f->analyzer);
    arena_release(&f->arena);
    snprintf(command, sizeof(command), "rm -rf %s", f->dir);
    assert_int_equal(system(command), 0);
}

/* --- Asking ------------------------------------------------------------- */

static struct request request_of(struct bytes text)
{
    struct request r = REQUEST_INIT;

    r.text = text;
    r.reading.mode = QUERY_MODE_ALL;
    r.n = DOCS_MOST;
    r.count = true;
    return r;
}

/* A random query, its title: as said:, which the oracle has as title:. */
static struct bytes random_query(struct fixture *f, bool said)
{
    struct bytes text = news_query(&f->plan,
        &f->made[chance_below(&f->chance, ARTICLES)], &f->chance, &f->arena);
    struct buffer b = BUFFER_INIT;
    struct bytes kept;

    for (size_t i = 0; i < text.len; i++) {
        if (said && text.len - i >= 6 &&
            memcmp(text.data + i, "title:", 6) == 0) {
            buffer_put_str(&b, "said:");
            i += 5;
        } else {
            buffer_put_u8(&b, text.data[i]);
        }
    }
    kept = arena_copy(&f->arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

static int by_match_doc(const void *a, const void *b)
{
    const struct quote_match *x = a, *y = b;

    return (x->doc > y->doc) - (x->doc < y->doc);
}

static int by_hit_doc(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;

    return (x->doc > y->doc) - (x->doc < y->doc);
}

/* Every match is in one statement, with others of its words and person. */
static void check_statements(const struct quotes_answer *a)
{
    size_t count = 0, shown = 0;

    for (size_t i = 0; i < a->all_count; i++) {
        const struct statement *s = &a->all[i];

        count += s->count;
        shown += s->shown;
        for (size_t k = 1; k < s->count; k++) {
            assert_int_equal(s->matches[k].copies, s->matches->copies);
            assert_true(bytes_equal(s->matches[k].person, s->matches->person));
        }
        for (size_t k = 0; k < s->wording_count; k++)
            assert_true(bytes_equal(s->wordings[k]->matches->person,
                                    s->matches->person));
    }
    assert_int_equal(count, a->match_count);
    assert_int_equal(shown, a->count);
    for (size_t i = 1; i < a->count; i++) {
        const struct quote_match *x = a->statements[i - 1]->matches;
        const struct quote_match *y = a->statements[i]->matches;

        if (bytes_equal(x->person, y->person))
            assert_true(x->date >= y->date);
    }
}

/* The engine's matches, by number; false: the query cannot be read. */
static bool ask(struct fixture *f, struct quotes_answer *got,
                struct bytes text)
{
    struct request r = request_of(text);
    struct error err = ERROR_INIT;

    r.sort = SORT_NEWEST;
    if (quotes_search(got, &f->quotes, &r, f->analyzer, &f->arena, &err) != OK)
        return false;
    check_statements(got);
    if (got->match_count)
        qsort(got->matches, got->match_count, sizeof(*got->matches),
              by_match_doc);
    return true;
}

static bool ask_naive(struct fixture *f, struct answer *want, struct naive *n,
                      struct bytes text)
{
    struct request r = request_of(text);
    struct error err = ERROR_INIT;

    if (naive_search(want, n, &r, &f->arena, &err) != OK)
        return false;
    if (want->count)
        qsort(want->hits, want->count, sizeof(*want->hits), by_hit_doc);
    return true;
}

static void differ(struct bytes text)
{
    fail_msg("%.*s: engine and oracle differ", (int)text.len,
             (const char *)text.data);
}

/* `scores`: to the bit. */
static void same(const struct quotes_answer *got, const struct answer *want,
                 struct bytes text, bool scores)
{
    if (got->match_count != want->count)
        differ(text);
    for (size_t i = 0; i < got->match_count; i++)
        if (got->matches[i].doc != want->hits[i].doc ||
            (scores && memcmp(&got->matches[i].score, &want->hits[i].score,
                              sizeof(float)) != 0))
            differ(text);
}

static uint64_t first_seed(void)
{
    const char *given = getenv("LEDE_SEED");
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return given ? strtoull(given, NULL, 0)
        : (uint64_t)t.tv_sec * 1000003u + (uint64_t)t.tv_nsec;
}

static void words_rank_as_in_articles(void **state)
{
    struct chance seeds = { first_seed() };
    uint32_t with_hits = 0;

    (void)state;
    printf("seed LEDE_SEED=%#lx\n", (unsigned long)seeds.state);
    for (uint32_t n = 0; n < CORPORA; n++) {
        struct fixture *f = must_calloc(1, sizeof(*f));

        fixture_make(f, chance_next(&seeds));
        for (uint32_t i = 0; i < QUERIES; i++) {
            struct quotes_answer got;
            struct answer want;
            struct bytes text = random_query(f, true);

            if (!ask(f, &got, text) || !ask_naive(f, &want, f->quoted, text))
                continue;
            same(&got, &want, text, true);
            with_hits += got.match_count > 0;
        }
        fixture_release(f);
        free(f);
    }
    printf("%u of %u queries with hits\n", with_hits, CORPORA * QUERIES);
    assert_true(with_hits > CORPORA * QUERIES / 10);
}

static void titles_are_those_of_articles(void **state)
{
    struct fixture *f = must_calloc(1, sizeof(*f));
    uint32_t with_hits = 0;

    (void)state;
    fixture_make(f, first_seed());
    for (uint32_t i = 0; i < QUERIES; i++) {
        struct bytes word = naive_word(f->articles, chance_below(&f->chance,
                                (uint32_t)naive_words(f->articles)));
        struct bytes text = bytes_str(arena_printf(&f->arena,
            "title:\"%.*s\"", (int)word.len, (const char *)word.data));
        struct quotes_answer got;
        struct answer want;

        if (!ask(f, &got, text) || !ask_naive(f, &want, f->articles, text))
            continue;
        same(&got, &want, text, false);
        with_hits += got.match_count > 0;
    }
    assert_true(with_hits > 0);
    fixture_release(f);
    free(f);
}

/* --- Speakers, and what was said by hand -------------------------------- */

static bool fits(struct bytes asked, struct bytes named)
{
    struct buffer a = BUFFER_INIT, n = BUFFER_INIT;
    bool yes;

    person_key(&a, asked);
    person_key(&n, named);
    yes = person_fits(buffer_bytes(&a), buffer_bytes(&n));
    buffer_release(&a);
    buffer_release(&n);
    return yes;
}

static void check_speaker(struct fixture *f, const char *asked)
{
    struct bytes text = bytes_str(arena_printf(&f->arena, "speaker:\"%s\"",
                                               asked));
    struct quotes_answer got;
    size_t at = 0;

    assert_true(ask(f, &got, text));
    for (uint32_t doc = 0; doc < f->count; doc++) {
        const struct spoken_doc *d = &f->docs[doc];
        bool there = at < got.match_count && got.matches[at].doc == doc;

        if (there != (d->live && fits(bytes_str(asked), d->speaker)))
            differ(text);
        at += there;
    }
    assert_int_equal(at, got.match_count);
    for (size_t i = 0; i < got.match_count; i++) {
        bool bill = fits(bytes_str("Bill Clinton"), got.matches[i].name->name);

        if (got.matches[i].name->name.len > 8 && !bill)
            assert_false(bytes_equal(got.matches[i].person,
                                     bytes_str("bill clinton")));
    }
}

static void check_sure(struct fixture *f)
{
    struct quotes_answer got;
    size_t count = 0;

    assert_true(ask(f, &got, bytes_str("sure:sure")));
    for (uint32_t doc = 0; doc < f->count; doc++)
        count += f->docs[doc].live && f->docs[doc].sure;
    assert_int_equal(count, got.match_count);
    for (size_t i = 0; i < got.match_count; i++)
        assert_true(f->docs[got.matches[i].doc].sure);
}

/* Says of some quotations that they are another's, some with their copies. */
static void correct_some(struct fixture *f)
{
    struct people_correction made[8];
    struct people people = { .corrections = made };

    for (uint32_t i = 0; i < 8 && f->count; i++) {
        const struct spoken_doc *d = &f->docs[chance_below(&f->chance,
                                                           f->count)];

        made[people.correction_count++] = (struct people_correction){
            d->key_high, d->key_low,
            chance_of(&f->chance, 50) ? d->copies : 0,
            bytes_str(speakers[chance_below(&f->chance, SPEAKERS)]),
            BYTES_NONE };
    }
    qsort(made, people.correction_count, sizeof(*made), people_compare);
    for (size_t i = 1; i < people.correction_count; i++)
        if (people_compare(&made[i - 1], &made[i]) == 0)
            made[i--] = made[--people.correction_count],
            qsort(made, people.correction_count, sizeof(*made),
                  people_compare);
    buffer_clear(&f->snapshot->people);
    people_pack(&f->snapshot->people, &people);
    for (uint32_t doc = 0; doc < f->count; doc++) {
        struct spoken_doc *d = &f->docs[doc];
        const struct people_correction *c = NULL;

        for (size_t i = 0; i < people.correction_count; i++)
            if (made[i].key_high == d->key_high &&
                made[i].key_low == d->key_low)
                c = &made[i];
        for (size_t i = 0; !c && i < people.correction_count; i++)
            if (made[i].copies && made[i].copies == d->copies)
                c = &made[i];
        if (!c)
            continue;
        d->speaker = arena_copy(&f->arena, c->speaker);
        d->sure = c->speaker.len > 0;
    }
    quotes_close(&f->quotes);
    must(f, quotes_open(&f->quotes, f->snapshot, &f->err));
}

static void speakers_are_whom_they_fit(void **state)
{
    static const char *const asked[] = {
        "Lavrov", "Sergei Lavrov", "Лавров", "Bernanke", "Ben Bernanke",
        "Clinton", "Hillary Clinton", "analysts", "Nobody"
    };
    struct fixture *f = must_calloc(1, sizeof(*f));

    (void)state;
    fixture_make(f, first_seed());
    for (unsigned round = 0; round < 2; round++) {
        for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++)
            check_speaker(f, asked[i]);
        check_sure(f);
        if (!round)
            correct_some(f);
    }
    fixture_release(f);
    free(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_rank_as_in_articles),
        cmocka_unit_test(titles_are_those_of_articles),
        cmocka_unit_test(speakers_are_whom_they_fit),
    };

    return cmocka_run_group_tests_name("quotes", tests, NULL, NULL);
}
