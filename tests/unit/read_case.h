/* read_case.h -- reading of samples and made-up bytes, for the tests of the
 * source family. */
#ifndef LEDE_TESTS_READ_CASE_H
#define LEDE_TESTS_READ_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "indexer/read/source.h"

enum { ARTICLES_MOST = 16 };

/* All that one input gave, in order: articles and failures. */
struct reading {
    struct article articles[ARTICLES_MOST];
    struct error errors[ARTICLES_MOST];
    unsigned count, failed;
    struct arena arena;
    struct source *source;
};

static inline void read_path(struct reading *r, const char *path,
                             const struct source_options *options)
{
    struct source_options plain = SOURCE_OPTIONS_INIT;
    struct error err = ERROR_INIT;
    struct article a;
    enum status rc;

    memset(r, 0, sizeof(*r));
    rc = source_open(&r->source, path, options ? options : &plain, &err);
    if (rc != OK) {
        assert_non_null(strstr(err.message, path));
        r->errors[r->failed++] = err;
        return;
    }
    while ((rc = source_next(r->source, &a, &r->arena, &err)) != END) {
        if (rc == OK) {
            if (r->count < ARTICLES_MOST)
                r->articles[r->count] = a;
            r->count++;
            continue;
        }
        assert_non_null(strstr(err.message, path));
        if (r->failed < ARTICLES_MOST)
            r->errors[r->failed] = err;
        r->failed++;
        error_clear(&err);
        assert_int_not_equal(rc, ERR_IO);
    }
    assert_int_equal(source_next(r->source, &a, &r->arena, &err), END);
}

static inline void reading_release(struct reading *r)
{
    source_close(r->source);
    arena_release(&r->arena);
}

/* Writes the bytes to a file of their own and reads that. */
static inline void read_bytes(struct reading *r, struct bytes bytes,
                              const char *ending,
                              const struct source_options *options)
{
    char path[64];
    FILE *file;
    int fd;

    snprintf(path, sizeof(path), "/tmp/lede-read-XXXXXX%s", ending);
    fd = mkstemps(path, (int)strlen(ending));
    assert_true(fd >= 0);
    file = fdopen(fd, "w");
    if (bytes.len)
        assert_int_equal(fwrite(bytes.data, 1, bytes.len, file), bytes.len);
    fclose(file);
    read_path(r, path, options);
    unlink(path);
}

#define assert_text(got, expected) \
    do { \
        struct bytes got_ = (got), expected_ = bytes_str(expected); \
        if (!bytes_equal(got_, expected_)) \
            fail_msg("\"%.*s\", expected \"%s\"", (int)got_.len, \
                     (const char *)got_.data, (expected)); \
    } while (0)

static inline void assert_date(const struct date *date, const char *expected)
{
    struct buffer b = BUFFER_INIT;

    date_put(&b, date);
    assert_string_equal(buffer_cstr(&b), expected);
    buffer_release(&b);
}

#endif
