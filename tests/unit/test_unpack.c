/* test_unpack.c -- packed inputs: round trips, many members, every cut, every
 * damage, bombs, and what the sources make of them. */
#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include "indexer/read/unpack.h"
#include "tests/unit/read_case.h"

enum packing { GZIP, BZIP2, XZ, ZSTD, PACKINGS };

static const char *const names[] = { "gzip", "bzip2", "xz", "zstd" };

/* --- Packing ------------------------------------------------------------ */

static size_t pack_gzip(uint8_t *to, size_t room, struct bytes text)
{
    z_stream z = { 0 };

    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, 0), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)text.data;
    z.avail_in = (uInt)text.len;
    z.next_out = to;
    z.avail_out = (uInt)room;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return z.total_out;
}

/* Appends one member. */
static void pack(struct buffer *b, enum packing packing, struct bytes text)
{
    size_t room = text.len + text.len / 50 + 1024, got = 0;
    uint8_t *to = buffer_reserve(b, room);
    unsigned len = (unsigned)room;

    switch (packing) {
    case GZIP:
        got = pack_gzip(to, room, text);
        break;
    case BZIP2:
        assert_int_equal(BZ2_bzBuffToBuffCompress((char *)to, &len,
                         (char *)(uintptr_t)text.data, (unsigned)text.len, 9,
                         0, 0), BZ_OK);
        got = len;
        break;
    case XZ:
        assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC32, NULL,
                         text.data, text.len, to, &got, room), LZMA_OK);
        break;
    default:
        got = ZSTD_compress(to, room, text.data, text.len, 3);
        assert_false(ZSTD_isError(got));
    }
    b->len += got;
}

/* Text that does not pack to nothing. */
static void put_prose(struct buffer *b, size_t len)
{
    unsigned seed = 17;

    while (b->len < len) {
        seed = seed * 1103515245 + 12345;
        buffer_printf(b, "word%u ", seed >> 20);
    }
    b->len = len;
}

/* --- Unpacking ---------------------------------------------------------- */

static FILE *file_of(struct bytes bytes)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    if (bytes.len)
        assert_int_equal(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
    rewind(file);
    return file;
}

/* All that comes out, in pieces of `step`; how many faults were told. */
static unsigned unpack_all(struct buffer *out, struct error *first,
                           struct bytes packed, size_t step)
{
    FILE *file = file_of(packed);
    struct unpack *u = unpack_new(fileno(file), "the file");
    unsigned faults = 0;
    size_t got;

    for (;;) {
        struct error err = ERROR_INIT;
        enum status rc = unpack_read(u, buffer_reserve(out, step), step, &got,
                                     &err);

        out->len += got;
        if (rc == OK && got == 0)
            break;
        if (rc == OK)
            continue;
        assert_int_not_equal(rc, ERR_IO);
        assert_int_equal(strncmp(err.message, "the file: byte ", 15), 0);
        if (faults++ == 0)
            *first = err;
    }
    assert_true(unpack_consumed(u) <= packed.len);
    if (faults == 0)
        assert_int_equal(unpack_consumed(u), packed.len);
    unpack_free(u);
    fclose(file);
    return faults;
}

static void plain_bytes_stay(void **state)
{
    static const char *const plain[] = { "", "x", "BZ", "\x1f\x8b", "<html>" };

    (void)state;
    for (size_t i = 0; i < sizeof(plain) / sizeof(*plain); i++) {
        struct buffer out = BUFFER_INIT;
        struct error err = ERROR_INIT;

        assert_int_equal(unpack_all(&out, &err, bytes_str(plain[i]), 3), 0);
        assert_true(bytes_equal(buffer_bytes(&out), bytes_str(plain[i])));
        buffer_release(&out);
    }
}

static void all_members_come_out(void **state)
{
    (void)state;
    for (int p = 0; p < PACKINGS; p++) {
        struct buffer text = BUFFER_INIT, packed = BUFFER_INIT;
        struct buffer out = BUFFER_INIT;
        struct error err = ERROR_INIT;

        put_prose(&text, 200000);
        pack(&packed, p, bytes_part(buffer_bytes(&text), 0, 70000));
        pack(&packed, p, bytes_str(""));
        pack(&packed, p, bytes_part(buffer_bytes(&text), 70000, 130000));
        /* Tapes are filled up with zeros. */
        for (int i = 0; i < 1000; i++)
            buffer_put_u8(&packed, 0);
        assert_int_equal(unpack_all(&out, &err, buffer_bytes(&packed), 777),
                         0);
        assert_true(bytes_equal(buffer_bytes(&out), buffer_bytes(&text)));
        buffer_put_str(&packed, "and something else");
        buffer_clear(&out);
        assert_int_equal(unpack_all(&out, &err, buffer_bytes(&packed), 65536),
                         1);
        assert_non_null(strstr(err.message, "what follows the "));
        assert_true(bytes_equal(buffer_bytes(&out), buffer_bytes(&text)));
        buffer_release(&text);
        buffer_release(&packed);
        buffer_release(&out);
    }
}

static void what_stands_before_a_cut_comes_out(void **state)
{
    (void)state;
    for (int p = 0; p < PACKINGS; p++) {
        struct buffer text = BUFFER_INIT, packed = BUFFER_INIT;
        size_t most = 0;

        put_prose(&text, 600);
        pack(&packed, p, buffer_bytes(&text));
        for (size_t len = 8; len < packed.len; len++) {
            struct buffer out = BUFFER_INIT;
            struct error err = ERROR_INIT;
            struct bytes part = bytes_part(buffer_bytes(&packed), 0, len);

            assert_int_equal(unpack_all(&out, &err, part, 4096), 1);
            assert_int_equal(err.code, ERR_INPUT);
            if (!strstr(err.message, "cut short") ||
                !strstr(err.message, names[p]))
                fail_msg("%s", err.message);
            assert_true(out.len <= text.len &&
                        (!out.len ||
                         memcmp(out.data, text.data, out.len) == 0));
            assert_true(out.len >= most);
            most = out.len;
            buffer_release(&out);
        }
        /* The whole block of zstd has to be there. */
        assert_int_equal(most, p == ZSTD ? 0 : text.len);
        buffer_release(&text);
        buffer_release(&packed);
    }
}

static void half_an_archive_gives_its_blocks(void **state)
{
    (void)state;
    for (int p = 0; p < PACKINGS; p++) {
        struct buffer text = BUFFER_INIT, packed = BUFFER_INIT;
        struct buffer out = BUFFER_INIT;
        struct error err = ERROR_INIT;

        put_prose(&text, 3000000);
        pack(&packed, p, buffer_bytes(&text));
        packed.len /= 2;
        assert_int_equal(unpack_all(&out, &err, buffer_bytes(&packed), 65536),
                         1);
        assert_true(out.len > 700000 && out.len < 2300000);
        assert_memory_equal(out.data, text.data, out.len);
        buffer_release(&text);
        buffer_release(&packed);
        buffer_release(&out);
    }
}

static void a_damage_is_told_or_does_nothing(void **state)
{
    (void)state;
    for (int p = 0; p < PACKINGS; p++) {
        struct buffer text = BUFFER_INIT, packed = BUFFER_INIT;

        put_prose(&text, 200);
        pack(&packed, p, buffer_bytes(&text));
        for (size_t bit = 0; bit < packed.len * 8; bit++) {
            struct buffer out = BUFFER_INIT;
            struct error err = ERROR_INIT;

            packed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
            if (unpack_all(&out, &err, buffer_bytes(&packed), 4096) == 0)
                assert_true(bytes_equal(buffer_bytes(&out),
                                        buffer_bytes(&text)) ||
                            /* No longer packed, or a check without a sum. */
                            bit < 48 || p == ZSTD);
            packed.data[bit / 8] ^= (uint8_t)(1u << bit % 8);
            buffer_release(&out);
        }
        buffer_release(&text);
        buffer_release(&packed);
    }
}

static void behind_a_damaged_member_the_next_is_found(void **state)
{
    struct buffer packed = BUFFER_INIT, out = BUFFER_INIT;
    struct error err = ERROR_INIT;
    struct buffer text = BUFFER_INIT;
    size_t damage;

    (void)state;
    put_prose(&text, 50000);
    pack(&packed, GZIP, bytes_str("first\n"));
    damage = packed.len + 5000;
    pack(&packed, GZIP, buffer_bytes(&text));
    pack(&packed, GZIP, bytes_str("third\n"));
    memset(packed.data + damage, 0xff, 64);
    assert_int_equal(unpack_all(&out, &err, buffer_bytes(&packed), 4096), 1);
    assert_non_null(strstr(err.message, "the gzip data are damaged"));
    assert_memory_equal(out.data, "first\n", 6);
    assert_memory_equal(out.data + out.len - 6, "third\n", 6);
    assert_true(out.len > 5000);
    buffer_release(&packed);
    buffer_release(&text);
    buffer_release(&out);
}

/* --- Bombs -------------------------------------------------------------- */

static void bombs_are_not_swallowed(void **state)
{
    static const enum packing kinds[] = { GZIP, XZ, ZSTD };
    enum { SIZE = 20 << 20, STEP = 1 << 16 };
    uint8_t *zeros = calloc(1, SIZE), *to = malloc(STEP);

    (void)state;
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        struct buffer packed = BUFFER_INIT;
        struct error err = ERROR_INIT;
        struct unpack *u;
        enum status rc;
        size_t got, all = 0;
        FILE *file;

        pack(&packed, kinds[i], bytes_of(zeros, SIZE));
        file = file_of(buffer_bytes(&packed));
        u = unpack_new(fileno(file), "the file");
        do {
            rc = unpack_read(u, to, STEP, &got, &err);
            all += got;
        } while (rc == OK && got);
        assert_int_equal(rc, ERR_LIMIT);
        assert_non_null(strstr(err.message, "200 times"));
        assert_true(all < 18u << 20);
        assert_int_equal(unpack_read(u, to, STEP, &got, &err), OK);
        assert_int_equal(got, 0);
        unpack_free(u);
        fclose(file);
        buffer_release(&packed);
    }
    free(zeros);
    free(to);
}

/* A frame that wants a window of 2 GiB, as `zstd --long=31` makes them. */
static void windows_are_bounded(void **state)
{
    static const uint8_t frame[] = { 0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8,
                                     0x09, 0x00, 0x00, 'x' };
    struct buffer out = BUFFER_INIT;
    struct error err = ERROR_INIT;

    (void)state;
    assert_int_equal(unpack_all(&out, &err, bytes_of(frame, sizeof(frame)),
                                100), 1);
    assert_int_equal(err.code, ERR_LIMIT);
    assert_non_null(strstr(err.message, "memory"));
    buffer_release(&out);
}

/* --- In a source -------------------------------------------------------- */

static void packed_files_are_read(void **state)
{
    (void)state;
    for (int p = 0; p < PACKINGS; p++) {
        struct buffer packed = BUFFER_INIT;
        struct reading r;

        pack(&packed, p, bytes_str("{\"title\": \"a\"}\n{\"title\": \"b\"}\n"));
        pack(&packed, p, bytes_str("{\"title\": \"c\"}\n"));
        read_bytes(&r, buffer_bytes(&packed), "", NULL);
        assert_int_equal(r.count, 3);
        assert_int_equal(r.failed, 0);
        assert_text(r.articles[2].title, "c");
        assert_int_equal(r.articles[2].offset, 30);
        assert_int_equal(r.articles[2].flags, 0);
        assert_int_equal(source_consumed(r.source), packed.len);
        reading_release(&r);
        buffer_clear(&packed);
        pack(&packed, p, bytes_str("A\n\nThe name says that this is text."));
        read_bytes(&r, buffer_bytes(&packed), ".txt.gz", NULL);
        assert_int_equal(r.count, 1);
        assert_text(r.articles[0].title, "A");
        reading_release(&r);
        buffer_release(&packed);
    }
}

static void a_cut_page_is_degraded_and_told(void **state)
{
    struct buffer page = BUFFER_INIT, packed = BUFFER_INIT;
    struct reading r;

    (void)state;
    buffer_put_str(&page, "<html><title>Cut</title><body><p>The sentence that "
                   "stands here is long enough to be taken for one.</p><p>");
    put_prose(&page, 40000);
    buffer_put_str(&page, ".</p></body></html>");
    pack(&packed, GZIP, buffer_bytes(&page));
    read_bytes(&r, bytes_part(buffer_bytes(&packed), 0, packed.len / 2),
               ".html.gz", NULL);
    assert_int_equal(r.count, 1);
    assert_int_equal(r.articles[0].flags, ARTICLE_DEGRADED);
    assert_text(r.articles[0].title, "Cut");
    assert_true(r.articles[0].body.len > 10000);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "gzip data are cut short"));
    reading_release(&r);
    buffer_release(&page);
    buffer_release(&packed);
}

static void lines_go_on_behind_a_damage(void **state)
{
    struct buffer packed = BUFFER_INIT, long_line = BUFFER_INIT;
    struct reading r;
    size_t damage;

    (void)state;
    buffer_put_str(&long_line, "{\"title\": \"b\"}\n{\"title\": \"");
    put_prose(&long_line, 5000);
    buffer_put_str(&long_line, "\"}\n");
    pack(&packed, GZIP, bytes_str("{\"title\": \"a\"}\n"));
    damage = packed.len + 1000;
    pack(&packed, GZIP, buffer_bytes(&long_line));
    memset(packed.data + damage, 0xff, 64);
    pack(&packed, GZIP, bytes_str("{\"title\": \"c\"}\n"));
    read_bytes(&r, buffer_bytes(&packed), "", NULL);
    assert_int_equal(r.count, 3);
    assert_text(r.articles[2].title, "c");
    assert_int_equal(r.failed, 2);
    assert_non_null(strstr(r.errors[0].message, ":3: "));
    assert_non_null(strstr(r.errors[1].message, "gzip data are damaged"));
    reading_release(&r);
    buffer_release(&packed);
    buffer_release(&long_line);
}

static void what_cannot_be_opened_says_why(void **state)
{
    static const struct { const char *bytes; size_t len; const char *why; }
    cases[] = {
        { "\x1f\x8b\x08\0", 4, "gzip data are cut short" },
        { "BZh9xxxxxxxx", 12, "bzip2 data are damaged" },
        { "\xfd" "7zXZ\0", 6, "xz data are cut short" },
        { "\x28\xb5\x2f\xfd", 4, "zstd data are cut short" },
        { "PK\x03\x04", 4, "zip archive" },
    };
    struct buffer twice = BUFFER_INIT, packed = BUFFER_INIT;
    struct reading r;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        read_bytes(&r, bytes_of(cases[i].bytes, cases[i].len), "", NULL);
        assert_int_equal(r.count, 0);
        assert_int_equal(r.failed, 1);
        if (!strstr(r.errors[0].message, cases[i].why))
            fail_msg("%s", r.errors[0].message);
        reading_release(&r);
    }
    pack(&packed, GZIP, bytes_str("text"));
    pack(&twice, GZIP, buffer_bytes(&packed));
    read_bytes(&r, buffer_bytes(&twice), "", NULL);
    assert_int_equal(r.failed, 1);
    assert_non_null(strstr(r.errors[0].message, "compressed twice"));
    reading_release(&r);
    buffer_release(&packed);
    buffer_release(&twice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_bytes_stay),
        cmocka_unit_test(all_members_come_out),
        cmocka_unit_test(what_stands_before_a_cut_comes_out),
        cmocka_unit_test(half_an_archive_gives_its_blocks),
        cmocka_unit_test(a_damage_is_told_or_does_nothing),
        cmocka_unit_test(behind_a_damaged_member_the_next_is_found),
        cmocka_unit_test(bombs_are_not_swallowed),
        cmocka_unit_test(windows_are_bounded),
        cmocka_unit_test(packed_files_are_read),
        cmocka_unit_test(a_cut_page_is_degraded_and_told),
        cmocka_unit_test(lines_go_on_behind_a_damage),
        cmocka_unit_test(what_cannot_be_opened_says_why),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
