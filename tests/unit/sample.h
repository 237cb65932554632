/* sample.h -- a small segment made of seeded random documents, and a naive
 * account of what must come out of it.  For the tests of common/index.
 */
#ifndef LEDE_TESTS_SAMPLE_H
#define LEDE_TESTS_SAMPLE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/index/manifest.h"
#include "tests/unit/tmp.h"

enum { SAMPLE_STEMS = 40, SAMPLE_DOCS = 400, SAMPLE_WORDS = 64,
       SAMPLE_WEIGHT = 3 };

/* SplitMix64 (Steele et al. 2014). */
static inline uint64_t sample_random(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static inline uint32_t sample_below(uint64_t *state, uint32_t limit)
{
    return (uint32_t)(sample_random(state) % limit);
}

/* The documents: stems by position. */
struct sample {
    uint32_t count;
    struct {
        uint32_t len, title;
        uint8_t stems[SAMPLE_WORDS];
    } docs[SAMPLE_DOCS];
};

static inline void sample_fill(struct sample *s, uint32_t count,
                               uint64_t seed)
{
    s->count = count;
    for (uint32_t d = 0; d < count; d++) {
        s->docs[d].len = sample_below(&seed, SAMPLE_WORDS + 1);
        s->docs[d].title = sample_below(&seed, s->docs[d].len / 2 + 1);
        for (uint32_t i = 0; i < s->docs[d].len; i++) {
            uint32_t a = sample_below(&seed, SAMPLE_STEMS);

            s->docs[d].stems[i] =
                (uint8_t)(a ? sample_below(&seed, a) : 0);
        }
    }
}

static inline void sample_stem_key(char key[16], uint32_t stem)
{
    snprintf(key, 16, "stem%02u", (unsigned)stem);
}

/* Positions of a stem in a document; `title`: how many in the title. */
static inline uint32_t sample_positions(const struct sample *s, uint32_t doc,
                                        uint32_t stem, uint32_t *positions,
                                        uint32_t *title)
{
    uint32_t count = 0;

    *title = 0;
    for (uint32_t i = 0; i < s->docs[doc].len; i++)
        if (s->docs[doc].stems[i] == stem) {
            positions[count++] = i;
            *title += i < s->docs[doc].title;
        }
    return count;
}

static inline void sample_put_record(struct buffer *b, uint32_t doc)
{
    buffer_clear(b);
    for (uint32_t i = 0; i < doc * 37 % 90; i++)
        buffer_printf(b, "%u ", (unsigned)(doc * i));
}

/* How many stems there are comes back. */
static inline uint32_t sample_put_stems(const struct sample *s,
                                        struct segment_writer *w,
                                        struct terms_writer *terms,
                                        const uint32_t *lengths,
                                        float average)
{
    struct postings_writer postings;
    uint32_t stems = 0;
    struct stem stem;
    char key[16];

    postings_writer_init(&postings, &w->files[KIND_POSTINGS - 1],
                         &w->files[KIND_POSITIONS - 1], lengths, average,
                         SAMPLE_WEIGHT);
    postings_begin(&postings, true);
    for (uint32_t d = 0; d < s->count; d += 2)
        postings_put(&postings, d, NULL, 0, 0);
    postings_end(&postings, &stem);
    if (stem.df)
        stems = 1 + terms_put_stem(terms, bytes_str("\x01stimes"), &stem);
    for (uint32_t t = 0; t < SAMPLE_STEMS; t++) {
        postings_begin(&postings, false);
        for (uint32_t d = 0; d < s->count; d++) {
            uint32_t where[SAMPLE_WORDS], title, count;

            count = sample_positions(s, d, t, where, &title);
            if (count)
                postings_put(&postings, d, where, count, title);
        }
        postings_end(&postings, &stem);
        sample_stem_key(key, t);
        if (stem.df)
            stems = 1 + terms_put_stem(terms, bytes_str(key), &stem);
    }
    postings_writer_release(&postings);
    return stems;
}

static inline void sample_put_words(struct terms_writer *terms,
                                    uint32_t stems)
{
    for (uint32_t t = 0; t < 100 && stems > 9; t++) {
        uint32_t ordinals[] = { t % 7, t % 7 + 1 + t % 3 };
        char word[16];

        snprintf(word, sizeof(word), "word%03u", (unsigned)t);
        terms_put_word(terms, bytes_str(word), ordinals, 1 + t % 2);
    }
}

static inline void sample_put_docs(const struct sample *s,
                                   struct segment_writer *w)
{
    struct docstore_writer *store =
        docstore_writer_new(&w->files[KIND_STORE - 1]);
    struct buffer record = BUFFER_INIT;
    struct bounds_writer bounds;

    bounds_writer_init(&bounds, &w->files[KIND_BOUNDS - 1]);
    for (uint32_t d = 0; d < s->count; d++) {
        uint32_t starts[] = { 0, s->docs[d].title, s->docs[d].len - 1 };
        uint8_t paragraph[] = { 1, 1, 0 };
        struct bounds b = { s->docs[d].title, 0, starts, paragraph,
                            s->docs[d].len > 2 ? 3 : 0 };

        bounds_put(&bounds, &b);
        sample_put_record(&record, d);
        docstore_put(store, buffer_bytes(&record));
    }
    bounds_finish(&bounds);
    docstore_finish(store);
    buffer_release(&record);
}

static inline uint64_t sample_key(uint32_t doc)
{
    uint64_t state = doc;

    return sample_random(&state);
}

static inline void sample_put_columns(const struct sample *s,
                                      struct segment_writer *w)
{
    struct docvalues_row *rows = calloc(s->count + 1, sizeof(*rows));
    struct bytes sources[] = { bytes_str("The Times"), bytes_str("") };
    struct bytes langs[] = { bytes_str("en"), bytes_str("de"),
                             bytes_str("fr") };
    struct names source_names = { sources, 2 }, lang_names = { langs, 3 };

    for (uint32_t d = 0; d < s->count; d++) {
        uint64_t *v = rows[d].values;

        v[COLUMN_PUBLISHED] = d % 10 ? 1700000000 + d * 86400u
                                     : (uint64_t)FORMAT_UNDATED;
        v[COLUMN_MODIFIED] = (uint64_t)FORMAT_UNDATED;
        v[COLUMN_LENGTH] = s->docs[d].len;
        v[COLUMN_SOURCE] = d % 2;
        v[COLUMN_LANG] = d % 3;
        v[COLUMN_KEY_HIGH] = sample_key(d);
        v[COLUMN_KEY_LOW] = ~sample_key(d);
        v[COLUMN_CONTENT] = sample_key(d) * 3;
        v[COLUMN_VERSION] = d;
        w->info.sum_lengths += s->docs[d].len;
    }
    docvalues_write(&w->files[KIND_COLUMNS - 1], rows, s->count,
                    &source_names, &lang_names, NULL);
    free(rows);
}

/* Writes the segment; info goes to `info`. */
static inline enum status sample_write(const struct sample *s,
                                       const char *dir, uint64_t uuid,
                                       uint64_t generation, uint64_t id,
                                       struct segment_info *info,
                                       struct error *err)
{
    uint32_t lengths[SAMPLE_DOCS];
    struct segment_writer w;
    struct terms_writer *terms;
    enum status code;

    segment_create(&w, dir, uuid, generation, id);
    w.info.doc_count = w.info.live_count = s->count;
    for (uint32_t d = 0; d < s->count; d++)
        lengths[d] = s->docs[d].len;
    sample_put_columns(s, &w);
    sample_put_docs(s, &w);
    terms = terms_writer_new(&w.files[KIND_TERMS - 1], SAMPLE_WEIGHT);
    sample_put_words(terms, sample_put_stems(s, &w, terms, lengths,
        s->count ? (float)((double)w.info.sum_lengths / s->count) : 0));
    terms_finish(terms);
    terms_writer_free(terms);
    code = segment_finish(&w, err);
    *info = w.info;
    return code;
}

#endif
