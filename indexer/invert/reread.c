/* reread.c -- a segment that is there, read again as an input of a merge.
 *
 * Its lexicon is walked and its postings are decoded, documents get their new
 * numbers, dead ones are passed over: nothing is analyzed a second time.
 *
 *   numbers   0 1 2 3 4         dead: 1
 *             7 - 8 9 10
 *   gas       0 1 4     -->     7 10
 *
 * The files are mapped, and pages that were read would count as the
 * process's memory, so what lies behind is given back every few MB.
 */
#include "indexer/invert/reread.h"

enum { FORGET = 2 << 20 };

/* Makes damage a failure; false: there is some. */
static bool sound(struct reread *r)
{
    return segment_damage(r->segment, &r->in.failure) == OK;
}

/* Counts bytes that were read, roughly. */
static void count_read(struct reread *r, size_t bytes)
{
    static const enum file_kind kinds[] = { KIND_TERMS, KIND_POSTINGS,
                                            KIND_POSITIONS };

    r->read += bytes;
    if (r->read < FORGET)
        return;
    r->read = 0;
    for (unsigned i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        const struct mapping *map = &segment_file(r->segment, kinds[i])->map;

        mapping_forget(map, 0, map->bytes.len);
    }
}

static bool next_key(struct input *in)
{
    struct reread *r = (struct reread *)in;

    if (!terms_walk_next(&r->walk)) {
        terms_walk_release(&r->walk);
        if (!r->words)
            terms_walk_start(&r->walk, &r->segment->terms, TERMS_WORDS,
                             BYTES_NONE);
        r->words = true;
        sound(r);
        return false;
    }
    in->key = buffer_bytes(&r->walk.key);
    in->meta = in->key.len && in->key.data[0] == FORMAT_META;
    count_read(r, in->key.len + r->walk.ordinals.len);
    if (!r->words)
        segment_postings(r->segment, &r->walk.stem, &r->postings);
    return sound(r);
}

static bool next_doc(struct input *in, struct buffer *positions,
                     uint32_t *count, uint32_t *title)
{
    struct reread *r = (struct reread *)in;
    struct postings *p = &r->postings;
    size_t before = positions->len;

    *count = *title = 0;
    while (p->doc != NO_DOC && r->numbers[p->doc] == NO_DOC)
        postings_next(p);
    if (p->doc == NO_DOC)
        return sound(r) && false;
    in->doc = r->numbers[p->doc];
    if (!in->meta) {
        postings_freq(p);
        if (!postings_positions(p, positions, title))
            return sound(r) && false;
        *count = (uint32_t)((positions->len - before) / sizeof(uint32_t));
    }
    count_read(r, (*count + 1) * sizeof(uint32_t));
    postings_next(p);
    return true;
}

static void get_ordinals(struct input *in, struct buffer *ordinals)
{
    struct reread *r = (struct reread *)in;

    buffer_put_bytes(ordinals, buffer_bytes(&r->walk.ordinals));
}

static const struct input_ops ops = { next_key, next_doc, get_ordinals };

void reread_open(struct reread *r, struct segment *segment,
                 const uint32_t *numbers, uint32_t number)
{
    r->in = (struct input){ .ops = &ops, .number = number };
    r->segment = segment;
    r->numbers = numbers;
    r->words = false;
    r->read = 0;
    terms_walk_start(&r->walk, &segment->terms, TERMS_STEMS, BYTES_NONE);
}

void reread_close(struct reread *r)
{
    terms_walk_release(&r->walk);
}
