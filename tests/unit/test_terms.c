/* test_terms.c -- the lexicon: what is put is found, walked and nothing else
 * is; compared with a sorted array.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/terms.h"
#include "tests/unit/sample.h"
#include "tests/unit/tmp.h"

enum { MOST = 3000 };

static char keys[MOST][40];

static int by_bytes(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* `count` different keys of 0 to 29 bytes, many with common beginnings. */
static uint32_t keys_make(uint32_t count, uint64_t seed)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t len = sample_below(&seed, 30);

        memset(keys[i], 0, sizeof(keys[i]));
        for (uint32_t k = 0; k < len; k++)
            keys[i][k] = (char)(sample_below(&seed, 4) ? 'a'
                                : (int)sample_below(&seed, 255) + 1);
    }
    qsort(keys, count, sizeof(*keys), by_bytes);
    for (uint32_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(keys[i], keys[kept - 1]) != 0)
            memmove(keys[kept++], keys[i], sizeof(*keys));
    return kept;
}

static struct stem stem_of(uint32_t i)
{
    uint64_t seed = i;
    struct stem stem = { .df = i % 3 ? i + 1 : 1 };

    stem.total = (uint64_t)stem.df + (sample_random(&seed) >> 8);
    stem.positions_len = i % 4 ? i * 7 : i % 20;
    if (stem.df > 1) {
        stem.postings = i % 5 ? sample_random(&seed) : 1000;
        stem.postings_len = i;
    } else {
        stem.doc = (uint32_t)sample_random(&seed);
    }
    stem.inside = stem.df == 1 && stem.positions_len &&
                  stem.positions_len <= FORMAT_INSIDE_MAX;
    if (stem.inside)
        memset(stem.inside_bytes, (int)i, stem.positions_len);
    else if (stem.positions_len)
        stem.positions = i % 7 ? UINT64_MAX - i : 2000;
    return stem;
}

/* All keys as stems and as words. */
static void make(struct sealed *file, struct terms *t, uint32_t count)
{
    struct error err = ERROR_INIT;
    struct sealed_writer w;
    struct terms_writer *terms;
    uint64_t size;

    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_TERMS, 1, 1);
    terms = terms_writer_new(&w, 3);
    for (uint32_t i = 0; i < count; i++) {
        struct stem stem = stem_of(i);

        assert_int_equal(terms_put_stem(terms, bytes_str(keys[i]), &stem), i);
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t ordinals[] = { i / 2, i / 2 + 1 + i % 5, UINT32_MAX };

        terms_put_word(terms, bytes_str(keys[i]), ordinals, 1 + i % 3);
    }
    terms_finish(terms);
    terms_writer_free(terms);
    terms_writer_free(NULL);
    assert_int_equal(sealed_finish(&w, &size, &err), OK);
    assert_int_equal(sealed_open(file, tmp_file, KIND_TERMS, size, &err), OK);
    if (terms_open(t, file, &err) != OK)
        fail_msg("%s", err.message);
}

/* By field: the bytes between the fields are nobody's. */
static void check_stem(const struct stem *got, const struct stem *want)
{
    assert_int_equal(got->df, want->df);
    assert_int_equal(got->total, want->total);
    assert_int_equal(got->postings, want->postings);
    assert_int_equal(got->postings_len, want->postings_len);
    assert_int_equal(got->positions, want->positions);
    assert_int_equal(got->positions_len, want->positions_len);
    assert_int_equal(got->doc, want->doc);
    assert_int_equal(got->inside, want->inside);
    assert_memory_equal(got->inside_bytes, want->inside_bytes,
                        sizeof(got->inside_bytes));
}

/* Stems behind each other in their files keep no places; they come back. */
static void stems_side_by_side_come_back(void **state)
{
    struct error err = ERROR_INIT;
    struct sealed_writer w;
    struct sealed file;
    struct terms_writer *terms;
    struct terms t;
    struct stem stem = { .df = 2, .total = 2, .postings = 32,
                         .postings_len = 5, .positions = 32,
                         .positions_len = 40 }, got;
    uint64_t size;

    (void)state;
    for (uint32_t i = 0; i < 100; i++)
        snprintf(keys[i], sizeof(keys[i]), "key%03u", (unsigned)i);
    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_TERMS, 1, 1);
    terms = terms_writer_new(&w, 3);
    for (uint32_t i = 0; i < 100; i++) {
        terms_put_stem(terms, bytes_str(keys[i]), &stem);
        stem.postings += 5;
        stem.positions += 40;
    }
    terms_finish(terms);
    terms_writer_free(terms);
    assert_int_equal(sealed_finish(&w, &size, &err), OK);
    assert_int_equal(sealed_open(&file, tmp_file, KIND_TERMS, size, &err), OK);
    assert_int_equal(terms_open(&t, &file, &err), OK);
    for (uint32_t i = 0; i < 100; i++) {
        assert_true(terms_stem_at(&t, i, &got, NULL));
        assert_int_equal(got.postings, 32 + 5 * i);
        assert_int_equal(got.positions, 32 + 40 * i);
    }
    /* Four bytes of value, two of key, and the places now and then. */
    assert_true(file.end < 100 * 8 + 150);
    sealed_close(&file);
}

static void check_key(struct terms *t, uint32_t i)
{
    struct buffer ordinals = BUFFER_INIT, key = BUFFER_INIT;
    struct stem want = stem_of(i), got;
    uint32_t ordinal;

    assert_true(terms_find_stem(t, bytes_str(keys[i]), &got, &ordinal));
    assert_int_equal(ordinal, i);
    check_stem(&got, &want);
    assert_true(terms_stem_at(t, i, &got, &key));
    assert_true(bytes_equal(buffer_bytes(&key), bytes_str(keys[i])));
    check_stem(&got, &want);
    assert_true(terms_find_word(t, bytes_str(keys[i]), &ordinals));
    assert_int_equal(ordinals.len, 4 * (1 + i % 3));
    assert_int_equal(((uint32_t *)ordinals.data)[0], i / 2);
    if (i % 3 > 1)
        assert_int_equal(((uint32_t *)ordinals.data)[2], UINT32_MAX);
    buffer_release(&ordinals);
    buffer_release(&key);
}

static void what_is_put_is_found(void **state)
{
    uint32_t counts[] = { 0, 1, 2, 31, 32, 33, 64, 65, MOST };

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        uint32_t count = keys_make(counts[c], c);
        struct sealed file;
        struct terms t;
        struct stem stem;
        struct buffer ordinals = BUFFER_INIT;

        make(&file, &t, count);
        assert_int_equal(t.stem_count, count);
        assert_int_equal(t.word_count, count);
        assert_int_equal(t.title_weight, 3);
        for (uint32_t i = 0; i < count; i++)
            check_key(&t, i);
        for (uint32_t i = 0; i < count; i++) {
            char other[48];

            snprintf(other, sizeof(other), "%s\x01", keys[i]);
            if (i + 1 < count && strcmp(other, keys[i + 1]) == 0)
                continue;
            assert_false(terms_find_stem(&t, bytes_str(other), &stem, NULL));
            assert_false(terms_find_word(&t, bytes_str(other), &ordinals));
        }
        assert_int_equal(ordinals.len, 0);
        assert_int_equal(file.damage.code, OK);
        assert_false(terms_stem_at(&t, count, &stem, NULL));
        sealed_close(&file);
    }
}

/* From `from` the walk must give all keys not below it. */
static void check_walk(struct terms_walk *w, const char *from, uint32_t count,
                       uint32_t most)
{
    uint32_t i = 0;

    while (i < count && strcmp(keys[i], from) < 0)
        i++;
    for (; i < count && most; i++, most--) {
        assert_true(terms_walk_next(w));
        assert_int_equal(w->ordinal, i);
        assert_true(bytes_equal(buffer_bytes(&w->key), bytes_str(keys[i])));
    }
    if (i == count) {
        assert_false(terms_walk_next(w));
        assert_false(terms_walk_next(w));
    }
}

static void walks_begin_anywhere_and_move_on(void **state)
{
    uint32_t count = keys_make(MOST, 99);
    uint64_t seed = 5;
    struct terms_walk w;
    struct sealed file;
    struct terms t;

    (void)state;
    make(&file, &t, count);
    for (int half = TERMS_STEMS; half <= TERMS_WORDS; half++) {
        terms_walk_start(&w, &t, (enum terms_half)half, BYTES_NONE);
        check_walk(&w, "", count, UINT32_MAX);
        for (unsigned i = 0; i < 500; i++) {
            const char *from = keys[sample_below(&seed, count)];
            char near[48];

            snprintf(near, sizeof(near), "%.*s", (int)sample_below(&seed, 30),
                     from);
            terms_walk_seek(&w, bytes_str(near));
            check_walk(&w, near, count, sample_below(&seed, 70));
        }
        terms_walk_seek(&w, bytes_str("\xff\xff\xff"));
        assert_false(terms_walk_next(&w));
        terms_walk_release(&w);
        terms_walk_release(&w);
    }
    assert_int_equal(file.damage.code, OK);
    sealed_close(&file);
}

static void the_longest_key_is_the_limit(void **state)
{
    char key[FORMAT_KEY_MAX + 1];

    (void)state;
    memset(key, 'x', sizeof(key));
    for (size_t len = FORMAT_KEY_MAX; len <= FORMAT_KEY_MAX + 1; len++) {
        struct error err = ERROR_INIT;
        struct stem stem = stem_of(3), got;
        struct sealed_writer w;
        struct terms_writer *terms;
        struct sealed file;
        struct terms t;
        uint64_t size;

        unlink(tmp_file);
        sealed_create(&w, tmp_file, KIND_TERMS, 1, 1);
        terms = terms_writer_new(&w, 1);
        terms_put_stem(terms, bytes_of(key, len), &stem);
        terms_finish(terms);
        terms_writer_free(terms);
        if (len > FORMAT_KEY_MAX) {
            assert_int_equal(sealed_finish(&w, &size, &err), ERR_LIMIT);
            continue;
        }
        assert_int_equal(sealed_finish(&w, &size, &err), OK);
        assert_int_equal(sealed_open(&file, tmp_file, KIND_TERMS, 0, &err), OK);
        assert_int_equal(terms_open(&t, &file, &err), OK);
        assert_true(terms_find_stem(&t, bytes_of(key, len), &got, NULL));
        assert_int_equal(got.df, stem.df);
        assert_int_equal(t.word_count, 0);
        sealed_close(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_found),
        cmocka_unit_test(walks_begin_anywhere_and_move_on),
        cmocka_unit_test(the_longest_key_is_the_limit),
        cmocka_unit_test(stems_side_by_side_come_back),
    };

    return cmocka_run_group_tests_name("terms", tests, tmp_set_up,
                                       tmp_tear_down);
}
