/* test_segment.c -- segments: what is written comes back; what is damaged is
 * found; and whatever the bytes are, reading them is safe.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/unit/damage.h"
#include "tests/unit/sample.h"

enum { UUID = 77, ID = 4242 };

static void check_stem(struct segment *s, const struct sample *sample,
                       uint32_t t)
{
    struct buffer got = BUFFER_INIT;
    struct postings p;
    struct stem stem;
    uint32_t ordinal;
    char key[16];

    sample_stem_key(key, t);
    if (!terms_find_stem(&s->terms, bytes_str(key), &stem, &ordinal))
        memset(&stem, 0, sizeof(stem));
    segment_postings(s, &stem, &p);
    for (uint32_t d = 0; d < sample->count; d++) {
        uint32_t where[SAMPLE_WORDS], title, got_title;
        uint32_t count = sample_positions(sample, d, t, where, &title);

        if (!count)
            continue;
        assert_int_equal(p.doc, d);
        assert_int_equal(postings_freq(&p),
                         count + (SAMPLE_WEIGHT - 1) * title);
        buffer_clear(&got);
        assert_true(postings_positions(&p, &got, &got_title));
        assert_int_equal(got_title, title);
        assert_int_equal(got.len, 4 * count);
        assert_memory_equal(got.data, where, got.len);
        postings_next(&p);
    }
    if (stem.df)
        assert_int_equal(p.doc, NO_DOC);
    buffer_release(&got);
}

static void check_docs(struct segment *s, const struct sample *sample)
{
    struct buffer want = BUFFER_INIT;
    struct error err = ERROR_INIT;

    for (uint32_t d = 0; d < sample->count; d++) {
        struct bytes record;
        struct bounds b;

        sample_put_record(&want, d);
        assert_int_equal(docstore_get(&s->store, d, &record, &err), OK);
        assert_true(bytes_equal(record, buffer_bytes(&want)));
        assert_true(bounds_get(&s->bounds, d, &b));
        assert_int_equal(b.title_len, sample->docs[d].title);
        assert_int_equal(docvalues_get(&s->values, COLUMN_LENGTH, d),
                         sample->docs[d].len);
        assert_int_equal(docvalues_get(&s->values, COLUMN_VERSION, d), d);
        assert_int_equal(docvalues_find(&s->values, ~sample_key(d),
                                        sample_key(d), 0), d);
    }
    buffer_release(&want);
}

static void what_is_written_comes_back(void **state)
{
    static struct sample sample;
    uint32_t counts[] = { 0, 1, 30, 127, 128, 129, 400 };

    (void)state;
    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
        struct error err = ERROR_INIT;
        struct segment_info info;
        struct segment *s;
        char *dir = tmp_folder();

        sample_fill(&sample, counts[i], i);
        assert_int_equal(sample_write(&sample, dir, UUID, 1, ID, &info, &err),
                         OK);
        assert_int_equal(segment_open(&s, dir, UUID, &info, &err), OK);
        for (uint32_t t = 0; t < SAMPLE_STEMS && counts[i]; t++)
            check_stem(s, &sample, t);
        check_docs(s, &sample);
        if (segment_verify(s, &err) != OK)
            fail_msg("%s", err.message);
        segment_close(s);
        tmp_remove(dir);
    }
}

/* --- Damage --- */

/* One stem through everything that a cursor can do. */
static void use_postings(struct segment *s, const struct stem *stem)
{
    struct buffer positions = BUFFER_INIT;
    struct postings p;
    uint32_t title, steps = 0, before = 0;

    segment_postings(s, stem, &p);
    while (p.doc != NO_DOC) {
        struct postings_bound b = postings_bound_at(&p, p.doc);

        assert_true(p.doc < s->doc_count);
        assert_true(steps == 0 || p.doc > before);
        assert_true(b.bound >= 0 && b.bound <= 1);
        before = p.doc;
        assert_true(postings_freq(&p) >= 1);
        buffer_clear(&positions);
        if (steps % 3)
            postings_positions(&p, &positions, &title);
        if (steps++ % 2)
            postings_seek(&p, p.doc + 2);
        else
            postings_next(&p);
    }
    segment_postings(s, stem, &p);
    postings_seek(&p, s->doc_count / 2);
    postings_bound_at(&p, s->doc_count - 1);
    postings_positions(&p, &positions, &title);
    postings_seek(&p, NO_DOC - 1);
    buffer_release(&positions);
}

static void use_terms(struct segment *s)
{
    struct buffer ordinals = BUFFER_INIT;
    struct terms_walk w;
    struct stem stem;
    uint32_t walked = 0;

    terms_walk_start(&w, &s->terms, TERMS_STEMS, BYTES_NONE);
    while (walked++ < 10000 && terms_walk_next(&w))
        use_postings(s, &w.stem);
    terms_walk_release(&w);
    terms_walk_start(&w, &s->terms, TERMS_WORDS, bytes_str("word05"));
    while (walked++ < 20000 && terms_walk_next(&w))
        assert_true(w.ordinals.len >= 4);
    terms_walk_release(&w);
    assert_true(walked < 10000);
    if (terms_find_word(&s->terms, bytes_str("word033"), &ordinals))
        for (size_t i = 0; i < ordinals.len / 4; i++)
            terms_stem_at(&s->terms, ((uint32_t *)ordinals.data)[i], &stem,
                          NULL);
    if (terms_find_stem(&s->terms, bytes_str("stem05"), &stem, NULL))
        use_postings(s, &stem);
    buffer_release(&ordinals);
}

static void use_docs(struct segment *s)
{
    for (uint32_t d = 0; d < s->doc_count; d += 1 + d % 4) {
        struct error err = ERROR_INIT;
        struct bytes record;
        struct bounds b;
        uint64_t low, high;
        uint32_t found;

        docstore_get(&s->store, d, &record, &err);
        bounds_get(&s->bounds, d, &b);
        for (int c = 0; c < COLUMN_COUNT; c++)
            docvalues_get(&s->values, (enum column)c, d);
        low = docvalues_get(&s->values, COLUMN_KEY_LOW, d);
        high = docvalues_get(&s->values, COLUMN_KEY_HIGH, d);
        found = docvalues_find(&s->values, low, high, 0);
        assert_true(found == NO_DOC || found < s->doc_count);
    }
}

/* All readers, on whatever the files hold; OK if nothing was found wrong. */
static enum status use_all(const char *dir, const struct segment_info *info,
                           bool verify)
{
    struct error err = ERROR_INIT;
    struct segment *s;
    enum status code = segment_open(&s, dir, UUID, info, &err);

    if (code != OK)
        return code;
    use_terms(s);
    use_docs(s);
    if (verify)
        code = segment_verify(s, &err);
    else
        code = segment_damage(s, &err);
    segment_close(s);
    return code;
}

/* A segment to be spoilt. */
static char *make_segment(uint32_t docs, struct segment_info *info)
{
    static struct sample sample;
    struct error err = ERROR_INIT;
    char *dir = tmp_folder();

    sample_fill(&sample, docs, docs);
    assert_int_equal(sample_write(&sample, dir, UUID, 1, ID, info, &err), OK);
    return dir;
}

static void victim_of(struct victim *v, const char *dir, int kind)
{
    char *path = segment_path(dir, 1, ID, (enum file_kind)kind);

    victim_open(v, path);
    free(path);
}

static void every_cut_is_found(void **state)
{
    struct segment_info info, unsized;
    char *dir = make_segment(30, &info);

    (void)state;
    unsized = info;
    memset(unsized.sizes, 0, sizeof(unsized.sizes));
    for (int kind = KIND_TERMS; kind <= KIND_STORE; kind++) {
        struct victim v;

        victim_of(&v, dir, kind);
        for (size_t len = 0; len < v.good.len; len++) {
            victim_cut(&v, len);
            assert_int_equal(use_all(dir, &info, true), ERR_CORRUPT);
            assert_int_equal(use_all(dir, &unsized, true), ERR_CORRUPT);
        }
        victim_close(&v);
        assert_int_equal(use_all(dir, &info, true), OK);
    }
    tmp_remove(dir);
}

static void every_flipped_bit_is_found(void **state)
{
    struct segment_info info;
    char *dir = make_segment(30, &info);
    size_t found = 0;

    (void)state;
    for (int kind = KIND_TERMS; kind <= KIND_STORE; kind++) {
        struct victim v;
        size_t step;

        victim_of(&v, dir, kind);
        step = damage_step(8 * v.good.len, 2000);
        for (size_t bit = 0; bit < 8 * v.good.len; bit += step, found++) {
            victim_flip(&v, bit);
            if (use_all(dir, &info, true) != ERR_CORRUPT)
                fail_msg("bit %zu of file %d was missed", bit, kind);
        }
        victim_close(&v);
    }
    print_message("%zu flipped bits, all found\n", found);
    assert_int_equal(use_all(dir, &info, true), OK);
    tmp_remove(dir);
}

/* Checksums made right again: what the decoders let pass must at least be
 * safe, and as a rule it is found. */
static void mended_flips_are_read_safely(void **state)
{
    uint32_t counts[] = { 30, 300 };
    size_t found = 0, tried = 0;

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct segment_info info;
        char *dir = make_segment(counts[i], &info);

        for (int kind = KIND_TERMS; kind <= KIND_STORE; kind++) {
            struct victim v;
            size_t step;

            victim_of(&v, dir, kind);
            step = damage_step(8 * v.good.len, i ? 120 : 700);
            for (size_t bit = 0; bit < 8 * v.good.len; bit += step, tried++) {
                victim_flip_mended(&v, bit);
                found += use_all(dir, &info, true) != OK;
            }
            victim_close(&v);
        }
        assert_int_equal(use_all(dir, &info, true), OK);
        tmp_remove(dir);
    }
    print_message("%zu of %zu flips found without checksums\n", found, tried);
    assert_true(found > tried / 3);
}

/* Numbers that mean harm: the largest, the signed ones, varints that do not
 * end. */
static void mended_garbage_is_read_safely(void **state)
{
    static const uint8_t harm[][8] = {
        { 255, 255, 255, 255, 255, 255, 255, 255 }, { 0 },
        { 255, 255, 255, 255, 255, 255, 255, 127 },
        { 255, 255, 255, 127 }, { 0, 0, 0, 0, 0, 0, 0, 128 },
        { 255, 255, 255, 255, 15 }, { 128, 128, 128, 128, 128, 128, 128, 1 }
    };
    uint64_t seed = 20240607;
    struct segment_info info;
    char *dir = make_segment(300, &info);

    (void)state;
    print_message("seed %llu\n", (unsigned long long)seed);
    for (int kind = KIND_TERMS; kind <= KIND_STORE; kind++) {
        struct victim v;

        victim_of(&v, dir, kind);
        for (unsigned turn = 0; turn < 120; turn++) {
            uint32_t room = (uint32_t)v.good.len - FORMAT_HEADER - 8;

            victim_restore(&v);
            /* Roots and directories stand at the end. */
            if (turn % 2 && room > 300)
                memcpy(v.bad.data + v.bad.len - 8 -
                       sample_below(&seed, 300),
                       harm[sample_below(&seed, 7)], 1 + turn % 8);
            else
                for (unsigned i = 0; i <= turn % 4; i++)
                    memcpy(v.bad.data + FORMAT_HEADER +
                           sample_below(&seed, room),
                           harm[sample_below(&seed, 7)],
                           1 + sample_below(&seed, 8));
            victim_mend(&v);
            use_all(dir, &info, turn % 3);
        }
        victim_close(&v);
    }
    assert_int_equal(use_all(dir, &info, true), OK);
    tmp_remove(dir);
}

static void what_does_not_belong_together_is_refused(void **state)
{
    struct segment_info info, other;
    char *dir = make_segment(30, &info);
    struct error err = ERROR_INIT;
    struct segment *s;

    (void)state;
    assert_int_equal(segment_open(&s, dir, UUID + 1, &info, &err),
                     ERR_CORRUPT);
    assert_non_null(strstr(err.message, "another index"));
    error_clear(&err);
    other = info;
    other.doc_count++;
    assert_int_equal(segment_open(&s, dir, UUID, &other, &err), ERR_CORRUPT);
    assert_null(s);
    other = info;
    other.sum_lengths--;
    assert_int_equal(segment_open(&s, dir, UUID, &other, &err), ERR_CORRUPT);
    other = info;
    other.sizes[3]++;
    assert_int_equal(segment_open(&s, dir, UUID, &other, &err), ERR_CORRUPT);
    segment_close(s);
    tmp_remove(dir);
}

static void deletions_are_part_of_a_segment(void **state)
{
    struct segment_info info;
    char *dir = make_segment(30, &info), *path;
    struct error err = ERROR_INIT;
    struct segment *s;
    struct live live;

    (void)state;
    live_init(&live, 30);
    assert_true(live_kill(&live, 7));
    path = segment_path(dir, 2, ID, KIND_LIVE);
    assert_int_equal(live_save(&live, path, UUID, ID, &info.live_size, &err),
                     OK);
    live_release(&live);
    info.live_generation = 2;
    assert_int_equal(segment_open(&s, dir, UUID, &info, &err), ERR_CORRUPT);
    error_clear(&err);
    info.live_count = 29;
    assert_int_equal(segment_open(&s, dir, UUID, &info, &err), OK);
    assert_false(live_has(&s->live, 7));
    assert_true(live_has(&s->live, 8));
    assert_int_equal(segment_verify(s, &err), OK);
    segment_close(s);
    free(path);
    tmp_remove(dir);
}

static void unfinished_segments_leave_nothing(void **state)
{
    struct segment_writer w;
    struct error err = ERROR_INIT;
    char *dir = tmp_folder(), *path;

    (void)state;
    segment_create(&w, dir, UUID, 1, ID);
    segment_abandon(&w);
    path = segment_path(dir, 1, ID, KIND_TERMS);
    assert_true(access(path, F_OK) != 0);
    segment_create(&w, dir, UUID, 1, ID);
    sealed_refuse(&w.files[0], "too large");
    assert_int_equal(segment_finish(&w, &err), ERR_LIMIT);
    segment_abandon(&w);
    free(path);
    assert_int_equal(rmdir(dir), 0);
    free(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_comes_back),
        cmocka_unit_test(every_cut_is_found),
        cmocka_unit_test(every_flipped_bit_is_found),
        cmocka_unit_test(mended_flips_are_read_safely),
        cmocka_unit_test(mended_garbage_is_read_safely),
        cmocka_unit_test(what_does_not_belong_together_is_refused),
        cmocka_unit_test(deletions_are_part_of_a_segment),
        cmocka_unit_test(unfinished_segments_leave_nothing),
    };

    /* A reader that hangs is a failure. */
    alarm(900);
    return cmocka_run_group_tests_name("segment", tests, NULL, NULL);
}
