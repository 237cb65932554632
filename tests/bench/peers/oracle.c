/* oracle.c -- what the engines of the bench must answer: an exhaustive
 * scorer over the documents' file, in memory, on the bench's protocol.
 *
 *   oracle DOCS.txt [exact|byte]        then lines on standard input
 *
 * BM25 as Lucene, Tantivy and lede have it (k1 1.2, b 0.75, no k1 + 1), in
 * double.  `exact` takes the lengths as they are, `byte` as Lucene and
 * Tantivy round them: to the 256 values of SmallFloat.intToByte4 (exact to
 * 40, then three bits behind the first one).  Ties go to the earlier line.
 *
 * Documents are their words' numbers one after the other; a word has its
 * documents and frequencies.  A phrase is looked for in the documents that
 * have its rarest word.
 */
#include <math.h>
#include <xxhash.h>

#include "tests/bench/peers/protocol.h"

struct word {
    char *text;
    uint64_t start, df, at;     /* of its postings */
    uint32_t last;              /* document, plus 1 */
};

struct posting {
    uint32_t doc, tf;
};

struct oracle {
    struct word *words;
    uint32_t *table, room, word_count, doc_count;
    uint32_t *tokens;           /* word numbers, document by document */
    uint64_t *starts, token_count;
    struct posting *postings;
    double *norms, *scores;
    uint32_t *seen, *touched, touched_count;
    double average;
};

static void *grow(void *old, uint64_t items, size_t size)
{
    void *grown = realloc(old, items * size);

    if (!grown)
        abort();
    return grown;
}

/* --- Words --- */

static uint32_t *slot(struct oracle *o, const char *text)
{
    uint32_t at = (uint32_t)XXH3_64bits(text, strlen(text)) & (o->room - 1);

    while (o->table[at] && strcmp(o->words[o->table[at] - 1].text, text))
        at = (at + 1) & (o->room - 1);
    return &o->table[at];
}

static void enlarge(struct oracle *o)
{
    free(o->table);
    o->room = o->room ? o->room * 2 : 1u << 16;
    o->table = calloc(o->room, sizeof(*o->table));
    o->words = grow(o->words, o->room, sizeof(*o->words));
    if (!o->table)
        abort();
    for (uint32_t i = 0; i < o->word_count; i++)
        *slot(o, o->words[i].text) = i + 1;
}

static uint32_t word_number(struct oracle *o, const char *text)
{
    uint32_t *at;

    if (o->word_count * 2 >= o->room)
        enlarge(o);
    at = slot(o, text);
    if (!*at) {
        o->words[o->word_count] = (struct word){ .text = strdup(text) };
        *at = ++o->word_count;
    }
    return *at - 1;
}

/* --- Reading --- */

static void read_documents(struct oracle *o, FILE *file)
{
    uint64_t room = 0, doc_room = 0;
    char *line = NULL;
    size_t line_room = 0;

    for (;;) {
        if (o->doc_count + 1 >= doc_room) {
            doc_room = doc_room ? doc_room * 2 : 1024;
            o->starts = grow(o->starts, doc_room, sizeof(*o->starts));
        }
        o->starts[o->doc_count] = o->token_count;
        if (getline(&line, &line_room, file) < 0)
            break;
        for (char *w = strtok(line, " \n"); w; w = strtok(NULL, " \n")) {
            if (o->token_count == room) {
                room = room ? room * 2 : 1u << 20;
                o->tokens = grow(o->tokens, room, sizeof(*o->tokens));
            }
            o->tokens[o->token_count++] = word_number(o, w);
        }
        o->doc_count++;
    }
    free(line);
}

static void count_postings(struct oracle *o)
{
    uint64_t sum = 0;

    for (uint32_t doc = 0; doc < o->doc_count; doc++)
        for (uint64_t i = o->starts[doc]; i < o->starts[doc + 1]; i++) {
            struct word *w = &o->words[o->tokens[i]];

            w->df += w->last != doc + 1;
            w->last = doc + 1;
        }
    for (uint32_t i = 0; i < o->word_count; i++) {
        o->words[i].start = o->words[i].at = sum;
        sum += o->words[i].df;
    }
    o->postings = grow(NULL, sum + 1, sizeof(*o->postings));
}

static void fill_postings(struct oracle *o)
{
    for (uint32_t doc = 0; doc < o->doc_count; doc++)
        for (uint64_t i = o->starts[doc]; i < o->starts[doc + 1]; i++) {
            struct word *w = &o->words[o->tokens[i]];

            if (w->at > w->start && o->postings[w->at - 1].doc == doc)
                o->postings[w->at - 1].tf++;
            else
                o->postings[w->at++] = (struct posting){ doc, 1 };
        }
}

/* SmallFloat.byte4ToInt(intToByte4(len)): below 24 as it is, above that 24
 * plus a float of three bits behind the first one. */
static uint64_t rounded(uint64_t len)
{
    unsigned bits = 0;

    if (len < 24)
        return len;
    len -= 24;
    while (len >> bits > 15)
        bits++;
    return 24 + (len >> bits << bits);
}

static void make_norms(struct oracle *o, bool byte)
{
    o->average = (double)o->token_count / (double)o->doc_count;
    o->norms = grow(NULL, o->doc_count, sizeof(*o->norms));
    o->scores = calloc(o->doc_count, sizeof(*o->scores));
    o->seen = calloc(o->doc_count, sizeof(*o->seen));
    o->touched = grow(NULL, o->doc_count, sizeof(*o->touched));
    for (uint32_t doc = 0; doc < o->doc_count; doc++) {
        uint64_t len = o->starts[doc + 1] - o->starts[doc];

        len = byte ? rounded(len) : len;
        o->norms[doc] = 1.2 * (0.25 + 0.75 * (double)len / o->average);
    }
}

/* --- Answering --- */

static double idf(const struct oracle *o, const struct word *w)
{
    double n = o->doc_count, d = (double)w->df;

    return log(1 + (n - d + 0.5) / (d + 0.5));
}

static void touch(struct oracle *o, uint32_t doc, uint32_t bit, double score)
{
    if (!o->seen[doc]) {
        o->touched[o->touched_count++] = doc;
        o->scores[doc] = 0;
    }
    o->seen[doc] |= bit;
    o->scores[doc] += score;
}

/* What a document must have and must not have: the bits of `seen`.  All
 * required words are counted, so bit 0 stands for one of them each time. */
enum { BIT_ANY = 1, BIT_NOT = 2, BIT_REQUIRED = 4 };

static void add_word(struct oracle *o, const struct word *w, char sign)
{
    for (uint64_t i = w->start; i < w->start + w->df; i++) {
        struct posting p = o->postings[i];
        double tf = p.tf;

        if (sign == '-') {
            touch(o, p.doc, BIT_NOT, 0);
            continue;
        }
        touch(o, p.doc, BIT_ANY, idf(o, w) * tf / (tf + o->norms[p.doc]));
        if (sign == '+')
            o->seen[p.doc] += BIT_REQUIRED;
    }
}

static struct word *find(struct oracle *o, const char *text)
{
    uint32_t number = *slot(o, text);

    return number ? &o->words[number - 1] : NULL;
}

static void add_phrase(struct oracle *o, const struct ask *ask)
{
    uint32_t numbers[ASK_WORDS];
    const struct word *rarest = NULL;
    double weight = 0;

    for (unsigned i = 0; i < ask->count; i++) {
        const struct word *w = find(o, ask->words[i]);

        if (!w)
            return;
        numbers[i] = (uint32_t)(w - o->words);
        weight += idf(o, w);
        rarest = !rarest || w->df < rarest->df ? w : rarest;
    }
    for (uint64_t i = rarest->start; i < rarest->start + rarest->df; i++) {
        uint32_t doc = o->postings[i].doc;
        uint64_t len = o->starts[doc + 1] - o->starts[doc];
        const uint32_t *tokens = o->tokens + o->starts[doc];
        double tf = 0;

        for (uint64_t at = 0; at + ask->count <= len; at++)
            tf += tokens[at] == numbers[0] &&
                  memcmp(tokens + at, numbers,
                         ask->count * sizeof(*numbers)) == 0;
        if (tf > 0)
            touch(o, doc, BIT_ANY, weight * tf / (tf + o->norms[doc]));
    }
}

static bool better(const struct oracle *o, uint32_t a, uint32_t b)
{
    return o->scores[a] != o->scores[b] ? o->scores[a] > o->scores[b] : a < b;
}

/* Keeps the k best sorted; k is small beside what is offered. */
static void offer(const struct oracle *o, struct found *found, unsigned k,
                  uint32_t doc)
{
    unsigned low = 0, high = found->count;

    if (k == 0 || (high == k && !better(o, doc, found->docs[k - 1])))
        return;
    while (low < high) {
        unsigned middle = (low + high) / 2;

        if (better(o, doc, found->docs[middle]))
            high = middle;
        else
            low = middle + 1;
    }
    found->count += found->count < k;
    memmove(found->docs + low + 1, found->docs + low,
            (found->count - 1 - low) * sizeof(*found->docs));
    found->docs[low] = doc;
}

static const char *answer(void *engine, const struct ask *ask,
                          struct found *found)
{
    struct oracle *o = engine;
    uint32_t required = 0;

    o->touched_count = 0;
    if (ask->form == ASK_PHRASE)
        add_phrase(o, ask);
    for (unsigned i = 0; ask->form != ASK_PHRASE && i < ask->count; i++) {
        const struct word *w = find(o, ask->words[i]);

        required += ask->signs[i] == '+';
        if (w)
            add_word(o, w, ask->signs[i]);
    }
    for (uint32_t i = 0; i < o->touched_count; i++) {
        uint32_t doc = o->touched[i], seen = o->seen[doc];

        o->seen[doc] = 0;
        if ((seen & BIT_NOT) || seen / BIT_REQUIRED != required)
            continue;
        found->total++;
        offer(o, found, ask->k, doc);
    }
    for (unsigned i = 0; i < found->count; i++)
        found->scores[i] = (float)o->scores[found->docs[i]];
    return NULL;
}

static uint32_t line(void *engine, uint32_t doc)
{
    (void)engine;
    return doc;
}

int main(int argc, char **argv)
{
    struct oracle o = { .words = NULL };
    FILE *file = argc > 1 ? fopen(argv[1], "r") : NULL;

    if (!file) {
        fputs("usage: oracle DOCS.txt [exact|byte]\n", stderr);
        return 2;
    }
    enlarge(&o);
    read_documents(&o, file);
    fclose(file);
    count_postings(&o);
    fill_postings(&o);
    make_norms(&o, argc > 2 && strcmp(argv[2], "byte") == 0);
    return protocol_serve(&o, answer, line);
}
