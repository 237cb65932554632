/* bits.c -- how many bits the postings of a corpus take at least, to compare
 * a generated corpus with a real one.
 *
 *   bits DOCS.txt            documents as tests/bench/peers/tokens makes them
 *       -> TSV: documents, words, distinct words, postings, and the bits of a
 *          document gap, a frequency and a position gap
 *
 * A list's values are taken in blocks of 128.  A block costs what a geometric
 * code fitted to its mean m costs: (m + 1) log2(m + 1) - m log2 m bits a
 * value (Golomb 1966 comes within a few per cent of it).  So what depends on
 * the order of the documents shows.  Gaps and frequencies count from 0.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/arena.h"

enum { BLOCK = 128, KINDS = 3 };

struct word {
    struct bytes text;
    uint64_t sum[KINDS];        /* of the block under way */
    uint32_t count[KINDS];
    uint32_t doc, tf, at;       /* last document plus 1, words in it */
};

struct census {
    struct arena arena;
    struct word *words;
    uint32_t *table, word_count, room, doc_count;
    uint64_t token_count, posting_count;
    uint32_t *touched, touched_count, touched_room;
    double bits[KINDS];
};

static void *grow(void *old, size_t items, size_t size)
{
    void *grown = realloc(old, items * size);

    if (!grown)
        abort();
    return grown;
}

static uint32_t *slot(struct census *c, struct bytes text)
{
    uint64_t hash = 14695981039346656037u;
    uint32_t at;

    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ text.data[i]) * 1099511628211u;
    at = (uint32_t)(hash >> 20) & (c->room - 1);
    while (c->table[at] && !bytes_equal(c->words[c->table[at] - 1].text, text))
        at = (at + 1) & (c->room - 1);
    return &c->table[at];
}

static void enlarge(struct census *c)
{
    c->room = c->room ? c->room * 2 : 1u << 16;
    c->words = grow(c->words, c->room, sizeof(*c->words));
    c->table = grow(c->table, c->room, sizeof(*c->table));
    memset(c->table, 0, c->room * sizeof(*c->table));
    for (uint32_t i = 0; i < c->word_count; i++)
        *slot(c, c->words[i].text) = i + 1;
}

static void end_block(struct census *c, struct word *w, unsigned kind)
{
    double n = w->count[kind], m = n ? (double)w->sum[kind] / n : 0;

    if (m > 0)
        c->bits[kind] += n * ((m + 1) * log2(m + 1) - m * log2(m));
    w->count[kind] = 0;
    w->sum[kind] = 0;
}

static void add(struct census *c, struct word *w, unsigned kind,
                uint32_t value)
{
    w->sum[kind] += value;
    if (++w->count[kind] == BLOCK)
        end_block(c, w, kind);
}

static void add_token(struct census *c, struct bytes text, uint32_t at)
{
    struct word *w;
    uint32_t *found;

    if (c->word_count * 2 >= c->room)
        enlarge(c);
    found = slot(c, text);
    if (!*found) {
        c->words[c->word_count] = (struct word){
            .text = arena_copy(&c->arena, text) };
        *found = ++c->word_count;
    }
    w = &c->words[*found - 1];
    if (w->doc != c->doc_count + 1) {
        add(c, w, 0, c->doc_count - w->doc);
        w->doc = c->doc_count + 1;
        w->tf = w->at = 0;
        if (c->touched_count == c->touched_room)
            c->touched = grow(c->touched, c->touched_room =
                              c->touched_room * 2 + 1024, sizeof(uint32_t));
        c->touched[c->touched_count++] = *found - 1;
    }
    w->tf++;
    add(c, w, 2, at - w->at);
    w->at = at + 1;
    c->token_count++;
}

static void add_document(struct census *c, const char *line)
{
    uint32_t at = 0;

    c->touched_count = 0;
    while (*line && *line != '\n') {
        size_t len = strcspn(line, " \n");

        add_token(c, bytes_of(line, len), at++);
        line += len + (line[len] == ' ');
    }
    for (uint32_t i = 0; i < c->touched_count; i++) {
        struct word *w = &c->words[c->touched[i]];

        add(c, w, 1, w->tf - 1);
    }
    c->posting_count += c->touched_count;
    c->doc_count++;
}

int main(int argc, char **argv)
{
    struct census c = { .arena = ARENA_INIT };
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    char *line = NULL;
    size_t room = 0;

    if (!file) {
        fputs("usage: bits DOCS.txt\n", stderr);
        return 2;
    }
    enlarge(&c);
    while (getline(&line, &room, file) > 0)
        add_document(&c, line);
    for (uint32_t i = 0; i < c.word_count; i++)
        for (unsigned kind = 0; kind < KINDS; kind++)
            end_block(&c, &c.words[i], kind);
    printf("documents\twords\tdistinct\tpostings\tgap\tfrequency\tposition\n"
           "%u\t%lu\t%u\t%lu\t%.3f\t%.3f\t%.3f\n", c.doc_count,
           (unsigned long)c.token_count, c.word_count,
           (unsigned long)c.posting_count,
           c.bits[0] / (double)c.posting_count,
           c.bits[1] / (double)c.posting_count,
           c.bits[2] / (double)c.token_count);
    fclose(file);
    free(line);
    return 0;
}
