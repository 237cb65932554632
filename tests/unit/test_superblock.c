/* test_superblock.c -- heads of blocks: what was put is found, at all widths
 * and numbers of blocks, and what is damaged leads nowhere.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/superblock.h"
#include "tests/unit/sample.h"

enum { MOST = 200, BEFORE = 5 };

static char *tmp_dir, *path;

/* One list, naively. */
static struct {
    bool meta;
    uint32_t count, doc_count;
    struct superblock_entry entries[MOST];
    uint64_t where_len;
} naive;

static int set_up(void **state)
{
    (void)state;
    tmp_dir = tmp_folder();
    path = path_join(tmp_dir, "list");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    free(path);
    tmp_remove(tmp_dir);
    return 0;
}

/* Writes `count` blocks of up to `bytes` bytes, documents up to `leap` apart,
 * positions up to `wide`; returns the bytes of the list. */
static uint64_t make(bool meta, uint32_t count, uint32_t bytes, uint32_t leap,
                     uint64_t wide, struct sealed *file)
{
    struct superblock_writer w = { 0 };
    struct error err = ERROR_INIT;
    uint64_t seed = count + leap, start, len, size;
    struct sealed_writer out;
    uint32_t doc = 0;

    naive.meta = meta;
    naive.count = count;
    naive.where_len = 0;
    unlink(path);
    sealed_create(&out, path, KIND_POSTINGS, 1, 1);
    sealed_put(&out, "12345", BEFORE);
    superblock_begin(&w, meta);
    for (uint32_t i = 0; i < count; i++) {
        struct superblock_entry *e = &naive.entries[i];

        e->first = doc;
        e->last = doc += sample_below(&seed, leap);
        doc++;
        e->largest_freq = 1u << sample_below(&seed, 20);
        e->least_len = 1u << sample_below(&seed, 20);
        e->bound = (float)(1 + sample_below(&seed, 1000)) / 1000;
        e->len = 1 + sample_below(&seed, bytes);
        e->where = naive.where_len;
        e->where_len = meta ? 0 : 1 + sample_random(&seed) % wide;
        naive.where_len += e->where_len;
        memset(buffer_reserve(superblock_room(&w), e->len), (int)i, e->len);
        superblock_room(&w)->len += e->len;
        superblock_put(&w, e, naive.where_len);
    }
    naive.doc_count = doc;
    start = sealed_tell(&out);
    superblock_finish(&w, &out);
    len = sealed_tell(&out) - start;
    superblock_release(&w);
    assert_int_equal(sealed_finish(&out, &size, &err), OK);
    assert_int_equal(sealed_open(file, path, KIND_POSTINGS, size, &err), OK);
    return len;
}

static void check_entry(struct superblocks *s, uint32_t i)
{
    const struct superblock_entry *want = &naive.entries[i];
    struct superblock_entry got;
    const uint8_t *bytes;

    assert_true(superblocks_entry(s, i, &got));
    assert_int_equal(got.first, want->first);
    assert_int_equal(got.last, want->last);
    assert_int_equal(got.len, want->len);
    bytes = sealed_at(s->file, got.at, got.len).data;
    assert_int_equal(bytes[0], (uint8_t)i);
    assert_int_equal(bytes[got.len - 1], (uint8_t)i);
    if (naive.meta) {
        assert_true(got.bound == 1 && got.largest_freq == 1);
        return;
    }
    assert_int_equal(got.where, want->where);
    assert_int_equal(got.where_len, want->where_len);
    assert_true(got.bound >= want->bound && got.bound <= 1);
    assert_true(got.bound <= want->bound + 1 / 256.0f);
    assert_true(got.least_len <= want->least_len);
    assert_true(got.largest_freq == (want->largest_freq < 255
                                     ? want->largest_freq : UINT32_MAX));
}

static uint32_t find(uint32_t from, uint32_t target)
{
    while (from < naive.count && naive.entries[from].last < target)
        from++;
    return from;
}

static void check_bound(struct superblocks *s, uint32_t super)
{
    uint32_t at = super * FORMAT_SUPERBLOCK, end = at + FORMAT_SUPERBLOCK, last;
    float bound;

    assert_true(superblocks_bound(s, super, &bound, &last));
    for (; at < end && at < naive.count; at++)
        assert_true(bound >= naive.entries[at].bound);
    assert_int_equal(last, naive.entries[at - 1].last);
}

static void check_list(bool meta, uint32_t count, uint32_t bytes,
                       uint32_t leap, uint64_t wide)
{
    struct sealed file;
    uint64_t len = make(meta, count, bytes, leap, wide, &file), seed = leap;
    struct superblocks s;

    assert_true(superblocks_open(&s, &file, FORMAT_HEADER + BEFORE, len,
                                 naive.where_len, naive.doc_count, count));
    assert_int_equal(superblocks_last(&s), naive.doc_count - 1);
    for (uint32_t i = 0; i < count; i++)
        check_entry(&s, i);
    for (uint32_t i = 0; i < s.super_count; i++)
        check_bound(&s, i);
    for (uint32_t i = 0; i < 3 * count; i++) {
        uint32_t from = sample_below(&seed, count + 2);
        uint32_t target = sample_below(&seed, naive.doc_count + 1);

        if (i % 3 == 0)
            target = naive.entries[i / 3].last;
        assert_int_equal(superblocks_find(&s, from, target),
                         from < count ? find(from, target) : count);
        check_entry(&s, sample_below(&seed, count));
    }
    assert_int_equal(file.damage.code, OK);
    sealed_close(&file);
}

static void what_is_put_is_found(void **state)
{
    static const uint32_t counts[] = { 1, 2, 31, 32, 33, 64, 65, 200 };

    (void)state;
    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
        for (int meta = 0; meta < 2; meta++) {
            check_list(meta, counts[i], 5, 1, 3);
            check_list(meta, counts[i], 500, 300, 3000);
            check_list(meta, counts[i], 9000, 5000, 1 << 20);
            check_list(meta, counts[i], 30, 20000000, UINT64_C(1) << 36);
        }
}

/* Nothing that a damaged list says is outside the file, or not ascending. */
static void use(struct sealed *file, uint64_t len)
{
    struct superblock_entry e;
    struct superblocks s;
    uint32_t doc = 0, last;
    float bound;

    if (!superblocks_open(&s, file, FORMAT_HEADER + BEFORE, len,
                          naive.where_len, naive.doc_count, naive.count))
        return;
    for (uint32_t i = 0; i < naive.count; i++) {
        if (!superblocks_entry(&s, i, &e))
            return;
        assert_true(e.first >= doc && e.last >= e.first);
        assert_true(e.last < naive.doc_count);
        assert_true(e.at >= FORMAT_HEADER + BEFORE);
        assert_true(e.at + e.len <= FORMAT_HEADER + BEFORE + len);
        assert_true(e.where + e.where_len <= naive.where_len);
        doc = e.last + 1;
    }
    for (uint32_t target = 0; target < naive.doc_count + 9; target += 7)
        assert_true(superblocks_find(&s, target % 11, target) <= naive.count);
    for (uint32_t i = 0; i < s.super_count; i++)
        superblocks_bound(&s, i, &bound, &last);
}

static void damage_leads_nowhere(void **state)
{
    static const uint32_t counts[] = { 2, 32, 70 };

    (void)state;
    for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++) {
        struct sealed file;
        uint64_t len = make(i == 1, counts[i], 20, 100, 300, &file);
        uint8_t *map = malloc(file.map.bytes.len);

        memcpy(map, file.map.bytes.data, file.map.bytes.len);
        for (uint64_t bit = 0; bit < 8 * len; bit++) {
            struct sealed copy = file;
            uint64_t at = FORMAT_HEADER + BEFORE + bit / 8;

            copy.map.bytes.data = map;
            copy.damage = (struct error)ERROR_INIT;
            memset(copy.checked, 0xff, 8);  /* as if checksums were mended */
            map[at] ^= (uint8_t)(1 << bit % 8);
            use(&copy, len);
            map[at] ^= (uint8_t)(1 << bit % 8);
        }
        for (uint64_t less = 1; less < len; less += 1 + less / 20)
            use(&file, len - less);
        free(map);
        sealed_close(&file);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_found),
        cmocka_unit_test(damage_leads_nowhere),
    };

    return cmocka_run_group_tests_name("superblock", tests, set_up, tear_down);
}
