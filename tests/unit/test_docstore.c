/* test_docstore.c -- records come back byte by byte, from none to many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include <zlib.h>

#include "common/index/docstore.h"
#include "tests/unit/sample.h"
#include "tests/unit/tmp.h"

/* Record of document `d`: empty, a byte, random, text, zeros, a megabyte. */
static void fill(struct buffer *b, uint32_t d)
{
    static const uint32_t lens[] = { 0, 1, 100, 3000, 16383, 16384, 40000,
                                     0, 0, 1 << 20 };
    uint32_t len = lens[d % 10];
    uint64_t seed = d;
    uint8_t *to;

    buffer_clear(b);
    to = buffer_reserve(b, len);
    for (uint32_t i = 0; i < len; i++)
        to[i] = d % 3 == 0 ? (uint8_t)sample_random(&seed)
              : d % 3 == 1 ? (uint8_t)("minister said "[(i + i / 99) % 14])
                           : 0;
    b->len = len;
}

static void finish_store(struct docstore_writer *writer,
                         struct sealed_writer *w, struct sealed *file,
                         struct docstore *s)
{
    struct error err = ERROR_INIT;
    char *path = must_copy(w->file.path);
    uint64_t size;

    docstore_finish(writer);
    assert_int_equal(sealed_finish(w, &size, &err), OK);
    assert_int_equal(sealed_open(file, path, KIND_STORE, size, &err), OK);
    assert_int_equal(docstore_open(s, file, &err), OK);
    free(path);
}

static void open_store(struct sealed *file, struct docstore *s,
                       uint32_t count)
{
    struct buffer record = BUFFER_INIT;
    struct docstore_writer *writer;
    struct sealed_writer w;

    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_STORE, 1, 1);
    writer = docstore_writer_new(&w);
    for (uint32_t d = 0; d < count; d++) {
        fill(&record, d);
        docstore_put(writer, buffer_bytes(&record));
    }
    buffer_release(&record);
    finish_store(writer, &w, file, s);
}

static void check(struct docstore *s, uint32_t d)
{
    struct buffer want = BUFFER_INIT;
    struct error err = ERROR_INIT;
    struct bytes got;

    fill(&want, d);
    if (docstore_get(s, d, &got, &err) != OK)
        fail_msg("%s", err.message);
    assert_true(bytes_equal(got, buffer_bytes(&want)));
    buffer_release(&want);
}

static void records_come_back_in_any_order(void **state)
{
    uint32_t counts[] = { 0, 1, 2, 9, 10, 60 };
    uint64_t seed = 1;

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        struct error err = ERROR_INIT;
        struct sealed file;
        struct docstore s;
        struct bytes got;

        open_store(&file, &s, counts[c]);
        assert_int_equal(s.count, counts[c]);
        for (uint32_t d = 0; d < counts[c]; d++)
            check(&s, d);
        for (uint32_t i = 0; i < counts[c]; i++)
            check(&s, sample_below(&seed, counts[c]));
        assert_int_equal(file.damage.code, OK);
        assert_int_equal(docstore_get(&s, counts[c], &got, &err),
                         ERR_CORRUPT);
        docstore_close(&s);
        docstore_close(&s);
        sealed_close(&file);
    }
}

static void plain_zlib_reads_it(void **state)
{
    static uint8_t raw[1 << 20];
    struct buffer want = BUFFER_INIT, record = BUFFER_INIT;
    struct bytes entry, packed;
    struct sealed file;
    struct docstore s;
    z_stream z = { 0 };

    (void)state;
    open_store(&file, &s, 5);
    entry = sealed_at(&file, s.directory, 16);
    packed = sealed_at(&file, load_le64(entry.data),
                       s.directory - load_le64(entry.data));
    assert_int_equal(inflateInit2(&z, -15), Z_OK);
    z.next_in = (uint8_t *)(uintptr_t)packed.data;
    z.avail_in = (unsigned)packed.len;
    z.next_out = raw;
    z.avail_out = sizeof(raw);
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    assert_int_equal(z.total_out, load_le32(entry.data + 12));
    for (uint32_t d = 0; d < 5; d++) {
        fill(&record, d);
        buffer_put_string(&want, buffer_bytes(&record));
    }
    assert_memory_equal(raw, want.data, z.total_out);
    inflateEnd(&z);
    buffer_release(&want);
    buffer_release(&record);
    docstore_close(&s);
    sealed_close(&file);
}

static void a_record_too_large_is_refused(void **state)
{
    struct error err = ERROR_INIT;
    struct docstore_writer *writer;
    struct sealed_writer w;
    uint64_t size;

    (void)state;
    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_STORE, 1, 1);
    writer = docstore_writer_new(&w);
    docstore_put(writer, bytes_of("x", FORMAT_RECORD_MAX + 1));
    docstore_finish(writer);
    assert_int_equal(sealed_finish(&w, &size, &err), ERR_LIMIT);
    assert_non_null(strstr(err.message, "2^28"));
}

/* Two stores become one; every 25th or so is dead, so that some blocks live
 * whole and some do not. */
static void living_records_are_copied(void **state)
{
    enum { COUNT = 150 };
    char *path = path_join(tmp_dir, "copy");
    struct buffer want = BUFFER_INIT;
    struct error err = ERROR_INIT;
    struct sealed from_file, to_file;
    struct docstore from, to;
    struct docstore_writer *writer;
    struct sealed_writer w;
    uint32_t next = 0;
    struct live live;

    (void)state;
    live_init(&live, COUNT);
    for (uint32_t d = 4; d < COUNT; d += 24)
        live_kill(&live, d);
    open_store(&from_file, &from, COUNT);
    sealed_create(&w, path, KIND_STORE, 1, 1);
    writer = docstore_writer_new(&w);
    for (int i = 0; i < 2; i++)
        assert_int_equal(docstore_copy(writer, &from, &live, &err), OK);
    finish_store(writer, &w, &to_file, &to);
    assert_int_equal(to.count, 2 * live.live_count);
    for (uint32_t d = 0; d < 2 * COUNT; d++) {
        struct bytes got;

        if (!live_has(&live, d % COUNT))
            continue;
        fill(&want, d % COUNT);
        assert_int_equal(docstore_get(&to, next++, &got, &err), OK);
        assert_true(bytes_equal(got, buffer_bytes(&want)));
    }
    docstore_close(&from);
    docstore_close(&to);
    sealed_close(&from_file);
    sealed_close(&to_file);
    live_release(&live);
    buffer_release(&want);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(living_records_are_copied),
        cmocka_unit_test(records_come_back_in_any_order),
        cmocka_unit_test(plain_zlib_reads_it),
        cmocka_unit_test(a_record_too_large_is_refused),
    };

    return cmocka_run_group_tests_name("docstore", tests, tmp_set_up,
                                       tmp_tear_down);
}
