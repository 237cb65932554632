/* bulk_count.c -- how many documents hold any of the words.
 *
 * One bit a document: words set theirs, and those of the documents that live
 * are counted 64 at a time.  One word without deletions is its df.
 */
#include "searcher/match/bulk.h"

static void set_bits(uint64_t *bits, struct stream *s)
{
    for (bool more = stream_load(s, 0); more; more = stream_load(s, s->end))
        for (uint32_t i = s->at; i < s->count; i++)
            bits[s->docs[i] / 64] |= UINT64_C(1) << s->docs[i] % 64;
}

uint64_t bulk_count_any(struct matching *m, const struct bulk_word *words,
                        size_t count)
{
    const struct live *live = &m->segment->live;
    size_t room = (size_t)m->segment->doc_count / 64 + 1;
    uint64_t *bits, sum = 0;

    if (count == 1 && words[0].count == 1 && !live->bits)
        return words[0].stems[0].df;
    bits = arena_calloc(m->arena, room, sizeof(*bits));
    for (size_t i = 0; i < count; i++) {
        struct stream s;

        stream_init(&s, m, words[i].stems, words[i].count);
        set_bits(bits, &s);
    }
    for (size_t i = 0; 64 * i < m->segment->doc_count; i++)
        sum += (unsigned)__builtin_popcountll(
            live->bits ? bits[i] & live->bits[i] : bits[i]);
    return sum;
}
