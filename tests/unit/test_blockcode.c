/* test_blockcode.c -- the codes of a block: what was put comes back, the
 * shortest code is taken, and what is cut or flipped never gives documents or
 * frequencies that cannot be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/base/cpu.h"
#include "common/index/blockcode.h"
#include "tests/unit/sample.h"

enum { SLACK = 32 };            /* bytes that may be read behind the end */

/* A copy that ends where the slack does. */
static uint8_t *copy_of(struct bytes bytes)
{
    uint8_t *copy = malloc(bytes.len + SLACK);

    if (bytes.len)
        memcpy(copy, bytes.data, bytes.len);
    memset(copy + bytes.len, 0xa5, SLACK);
    return copy;
}

static void check_numbers(const struct bitpack_kernel *kernel)
{
    uint32_t numbers[BITPACK_MOST], got[BITPACK_ROOM];
    struct buffer b = BUFFER_INIT;
    uint64_t seed = 1;

    for (unsigned width = 0; width <= 32; width++)
        for (uint32_t count = 0; count <= BITPACK_MOST; count++) {
            uint8_t *copy;

            buffer_clear(&b);
            for (uint32_t i = 0; i < count; i++)
                numbers[i] = (uint32_t)(sample_random(&seed) &
                                        ((UINT64_C(1) << width) - 1));
            bitpack_put(&b, numbers, count, width);
            assert_int_equal(b.len, bitpack_len(count, width));
            copy = copy_of(buffer_bytes(&b));
            kernel->take(got, copy, count, width);
            assert_memory_equal(got, numbers, 4 * count);
            free(copy);
        }
    buffer_release(&b);
}

static void check_ones(const struct bitpack_kernel *kernel)
{
    uint32_t zeros[BITPACK_MOST], got[BITPACK_ROOM + 8];
    struct buffer b = BUFFER_INIT;
    uint64_t seed = 2;

    for (uint32_t most = 1; most <= 200; most += most / 4 + 1)
        for (uint32_t count = 1; count <= BITPACK_MOST; count++) {
            uint32_t at = 0;
            uint8_t *copy;

            buffer_clear(&b);
            for (uint32_t i = 0; i < count; i++)
                zeros[i] = sample_below(&seed, most);
            bitpack_put_unary(&b, zeros, count);
            copy = copy_of(buffer_bytes(&b));
            assert_true(kernel->ones(got, bytes_of(copy, b.len), count,
                                     UINT32_MAX - most));
            for (uint32_t i = 0; i < count; i++, at++) {
                at += zeros[i];
                assert_int_equal(got[i], at + UINT32_MAX - most);
            }
            assert_false(kernel->ones(got, bytes_of(copy, b.len), count + 1,
                                      0));
            assert_false(kernel->ones(got, bytes_of(copy, b.len - 1), count,
                                      0));
            free(copy);
        }
    buffer_release(&b);
}

/* Sums and joins of arbitrary numbers, as they are defined. */
static void check_sums(const struct bitpack_kernel *kernel)
{
    uint64_t seed = 6;

    for (uint32_t count = 0; count <= BITPACK_MOST; count++) {
        uint32_t numbers[BITPACK_ROOM] = { 0 }, got[BITPACK_ROOM], sum = 0;
        uint32_t first = (uint32_t)sample_random(&seed);
        uint32_t ones[BITPACK_ROOM + 1] = { UINT32_MAX };
        unsigned k = count % 32;

        for (uint32_t i = 0; i < count; i++) {
            numbers[i] = got[i] = (uint32_t)sample_random(&seed);
            ones[i + 1] = (uint32_t)sample_random(&seed);
        }
        kernel->sum(got, count, first);
        for (uint32_t i = 0; i < count; i++) {
            sum += numbers[i];
            assert_int_equal(got[i], sum + first + i);
        }
        memcpy(got, numbers, sizeof(got));
        kernel->join(got, ones, count, k, count);
        for (uint32_t i = 0; i < count; i++)
            assert_int_equal(got[i], (uint32_t)(
                ((ones[i + 1] - ones[i] - 1) << k | numbers[i]) + count));
    }
}

static void the_scalar_kernel_is_right(void **state)
{
    (void)state;
    check_numbers(&BITPACK_SCALAR);
    check_ones(&BITPACK_SCALAR);
    check_sums(&BITPACK_SCALAR);
}

static void the_avx2_kernel_is_too(void **state)
{
    (void)state;
#if defined(__x86_64__)
    if (cpu_level() >= CPU_AVX2) {
        check_numbers(&BITPACK_AVX2);
        check_ones(&BITPACK_AVX2);
        check_sums(&BITPACK_AVX2);
        return;
    }
#endif
    print_message("no AVX2 here\n");
    skip();
}

/* --- Documents --- */

static struct block {
    struct block_frame frame;
    uint32_t docs[FORMAT_BLOCK];
} block;

/* Gaps below 2^bits, one in `rare` below 2^more (0: none). */
static void fill(uint32_t count, unsigned bits, uint32_t rare, unsigned more,
                 uint64_t *seed)
{
    uint64_t doc = sample_below(seed, 1000);

    block.frame.base = (uint32_t)doc;
    block.frame.count = count;
    for (uint32_t i = 0; i < count; i++) {
        bool far = rare && sample_below(seed, rare) == 0;

        doc += sample_random(seed) & ((UINT64_C(1) << (far ? more : bits)) - 1);
        if (doc > UINT32_MAX - 200 + i)
            doc = UINT32_MAX - 200 + i;
        block.docs[i] = (uint32_t)doc++;
    }
    block.frame.last = block.docs[count - 1];
}

/* As bits of a window, they are the same documents. */
static void check_bits(struct bytes bytes, const uint32_t *docs, int64_t from)
{
    uint64_t got[4] = { 0 }, expected[4] = { 0 };

    if (from < 0 || from > UINT32_MAX - 256)
        return;
    for (uint32_t i = 0; docs && i < block.frame.count; i++)
        if (docs[i] >= from && docs[i] - from < 256)
            expected[(docs[i] - from) / 64] |=
                UINT64_C(1) << (docs[i] - from) % 64;
    if (block_take_bits(&block.frame, bytes, (uint32_t)from, got, 4)) {
        assert_non_null(docs);
        assert_memory_equal(got, expected, sizeof(got));
    } else {
        memset(expected, 0, sizeof(expected));
        assert_memory_equal(got, expected, sizeof(got));
    }
}

static void check_windows(struct bytes bytes, const uint32_t *docs)
{
    for (int64_t off = -300; off <= 300; off += 20) {
        check_bits(bytes, docs, block.frame.base + off);
        check_bits(bytes, docs, block.frame.last + off / 4);
    }
}

/* Whatever is there, documents that come back are some that can be. */
static void check_sound(struct bytes bytes)
{
    uint32_t docs[BITPACK_ROOM];

    if (!block_take_docs(&block.frame, bytes, docs)) {
        check_windows(bytes, NULL);
        return;
    }
    check_windows(bytes, docs);
    assert_true(docs[0] >= block.frame.base);
    for (uint32_t i = 1; i < block.frame.count; i++)
        assert_true(docs[i] > docs[i - 1]);
    assert_int_equal(docs[block.frame.count - 1], block.frame.last);
}

static void check_damaged(struct bytes bytes)
{
    uint8_t *copy;

    for (size_t len = 0; len < bytes.len; len++) {
        copy = copy_of(bytes_part(bytes, 0, len));
        assert_int_equal(block_docs_len(&block.frame, bytes_of(copy, len)), 0);
        check_sound(bytes_of(copy, len));
        free(copy);
    }
    copy = copy_of(bytes);
    for (size_t bit = 0; bit < 8 * bytes.len; bit++) {
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        check_sound(bytes_of(copy, bytes.len));
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    free(copy);
}

/* How many bytes they took. */
static size_t check_docs(bool damage)
{
    struct buffer b = BUFFER_INIT;
    uint32_t got[BITPACK_ROOM];
    size_t len;
    uint8_t *copy;

    block_put_docs(&b, &block.frame, block.docs);
    len = b.len;
    copy = copy_of(buffer_bytes(&b));
    assert_int_equal(block_docs_len(&block.frame, bytes_of(copy, len)), len);
    assert_true(block_take_docs(&block.frame, bytes_of(copy, len), got));
    assert_memory_equal(got, block.docs, 4 * block.frame.count);
    check_windows(bytes_of(copy, len), got);
    if (damage)
        check_damaged(bytes_of(copy, len));
    free(copy);
    buffer_release(&b);
    return len;
}

static void documents_come_back(void **state)
{
    uint64_t seed = 3;

    (void)state;
    for (unsigned bits = 0; bits <= 32; bits++)
        for (uint32_t count = 1; count <= FORMAT_BLOCK; count++) {
            fill(count, bits, 0, 0, &seed);
            check_docs(count % 37 == 1);
            fill(count, bits, 10, 32, &seed);
            check_docs(count % 37 == 2);
            fill(count, bits, 5, bits < 29 ? bits + 3 : 32, &seed);
            check_docs(count == FORMAT_BLOCK);
        }
}

static void the_shortest_code_is_taken(void **state)
{
    uint64_t seed = 4;

    (void)state;
    fill(128, 0, 0, 0, &seed);
    assert_int_equal(check_docs(true), 1);          /* run */
    block.frame.base = 0;
    assert_int_equal(check_docs(true), 1);          /* one, later on */
    block.docs[0]--;
    assert_in_range(check_docs(true), 4, 20);       /* bits, or one gap more */
    fill(128, 1, 0, 0, &seed);
    assert_true(check_docs(true) <= 1 + 16);        /* a bit each */
    fill(128, 6, 0, 0, &seed);
    block.docs[127] = block.frame.last = block.docs[126] + 1 + 63;
    assert_true(check_docs(true) <= 1 + 96);
    block.docs[127] = block.frame.last = UINT32_MAX - 1;
    assert_true(check_docs(true) <= 1 + 96 + 2 + 1 + 4);    /* and one above */
}

static void frames_that_cannot_be_are_refused(void **state)
{
    uint32_t docs[BITPACK_ROOM];
    uint8_t run[1 + SLACK] = { 128 };
    struct block_frame less = { 5, 10, 13 }, behind = { 1, 10, 9 };

    (void)state;
    assert_false(block_take_docs(&less, bytes_of(run, 1), docs));
    assert_false(block_take_docs(&behind, bytes_of(run, 1), docs));
    for (unsigned code = 0; code < 256; code++) {
        struct block_frame one = { 1, 10, 10 };
        uint8_t bytes[64 + SLACK] = { (uint8_t)code, 1, 1 };

        check_sound(bytes_of(bytes, 64));
        if ((code > 32 && code < 64) || (code > 116 && code < 128) ||
            code > 129)
            assert_int_equal(block_docs_len(&one, bytes_of(bytes, 64)), 0);
    }
}

/* --- Frequencies --- */

static void check_freqs_sound(struct bytes bytes, uint32_t count)
{
    uint32_t got[BITPACK_ROOM];

    if (block_take_freqs(bytes, count, got))
        for (uint32_t i = 0; i < count; i++)
            assert_true(got[i] >= 1);
}

static size_t check_freqs(const uint32_t *freqs, uint32_t count, bool damage)
{
    struct buffer b = BUFFER_INIT;
    uint32_t got[BITPACK_ROOM];
    size_t len;
    uint8_t *copy;

    block_put_freqs(&b, freqs, count);
    len = b.len;
    copy = copy_of(buffer_bytes(&b));
    buffer_release(&b);
    assert_true(block_take_freqs(bytes_of(copy, len), count, got));
    assert_memory_equal(got, freqs, 4 * count);
    for (size_t cut = 0; damage && cut < len; cut++) {
        uint8_t *part = copy_of(bytes_of(copy, cut));

        assert_false(block_take_freqs(bytes_of(part, cut), count, got));
        free(part);
    }
    for (size_t bit = 0; damage && bit < 8 * len; bit++) {
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        check_freqs_sound(bytes_of(copy, len), count);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    free(copy);
    return len;
}

static void frequencies_come_back(void **state)
{
    uint32_t freqs[FORMAT_BLOCK];
    uint64_t seed = 5;

    (void)state;
    for (uint32_t count = 1; count <= FORMAT_BLOCK; count++)
        for (unsigned bits = 0; bits <= 31; bits++) {
            for (uint32_t i = 0; i < count; i++)
                freqs[i] = 1 + ((uint32_t)sample_random(&seed) >>
                                (32 - sample_below(&seed, bits + 1)) % 32) *
                               (bits > 0);
            check_freqs(freqs, count, count % 41 == 1);
            if (bits == 0)
                assert_int_equal(check_freqs(freqs, count, true), 1);
        }
    for (uint32_t i = 0; i < FORMAT_BLOCK; i++)
        freqs[i] = UINT32_MAX - i;
    check_freqs(freqs, FORMAT_BLOCK, false);
    for (uint32_t i = 1; i < FORMAT_BLOCK; i++)
        freqs[i] = 1;
    assert_true(check_freqs(freqs, FORMAT_BLOCK, false) < 450);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_scalar_kernel_is_right),
        cmocka_unit_test(the_avx2_kernel_is_too),
        cmocka_unit_test(documents_come_back),
        cmocka_unit_test(the_shortest_code_is_taken),
        cmocka_unit_test(frames_that_cannot_be_are_refused),
        cmocka_unit_test(frequencies_come_back),
    };

    return cmocka_run_group_tests_name("blockcode", tests, NULL, NULL);
}
