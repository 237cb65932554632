/* test_docvalues.c -- columns, names and the way from a key to documents. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/docvalues.h"
#include "common/index/live.h"
#include "tests/unit/damage.h"
#include "tests/unit/sample.h"
#include "tests/unit/tmp.h"

enum { MOST = 70000 };

static struct docvalues_row rows[MOST];
static struct sealed file;
static struct docvalues values;
static struct bytes source_items[] = { { NULL, 0 }, { (uint8_t *)"B", 1 } };
static struct bytes lang_items[300];
static const struct names sources = { source_items, 2 };
static const struct names langs = { lang_items, 300 };

static int set_up(void **state)
{
    for (int i = 0; i < 300; i++)
        lang_items[i] = bytes_str("a long name of a language" + i % 20);
    return tmp_set_up(state);
}

static struct graves graves;

static uint64_t write_rows(uint32_t count)
{
    struct error err = ERROR_INIT;
    struct sealed_writer w;
    uint64_t size;

    unlink(tmp_file);
    sealed_create(&w, tmp_file, KIND_COLUMNS, 1, 1);
    docvalues_write(&w, rows, count, &sources, &langs, &graves);
    assert_int_equal(sealed_finish(&w, &size, &err), OK);
    return size;
}

static void read_rows(uint32_t count)
{
    uint64_t size = write_rows(count);
    struct error err = ERROR_INIT;

    assert_int_equal(sealed_open(&file, tmp_file, KIND_COLUMNS, size, &err),
                     OK);
    if (docvalues_open(&values, &file, &err) != OK)
        fail_msg("%s", err.message);
    assert_int_equal(values.count, count);
}

static void close_all(void)
{
    docvalues_close(&values);
    docvalues_close(&values);
    sealed_close(&file);
}

static void numbers_of_every_width_come_back(void **state)
{
    uint32_t counts[] = { 0, 1, 2, 7, 8, 9, 1000 };
    uint64_t seed = 3, sum = 0;

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++)
        for (unsigned width = 0; width <= 64; width += 4) {
            uint64_t base = sample_random(&seed);

            sum = 0;
            for (uint32_t d = 0; d < counts[c]; d++)
                for (int k = 0; k < COLUMN_COUNT; k++)
                    rows[d].values[k] = base * (k % 3) + (width == 0 ? 0 :
                        sample_random(&seed) >> (64 - width));
            read_rows(counts[c]);
            for (int k = 0; k < COLUMN_COUNT; k++)
                for (uint32_t d = 0; d < counts[c]; d++)
                    assert_true(docvalues_get(&values, (enum column)k, d) ==
                                rows[d].values[k]);
            for (uint32_t d = 0; d < counts[c]; d++)
                sum += rows[d].values[COLUMN_LENGTH];
            assert_true(values.sum_lengths == sum);
            assert_true(values.columns[0].width <= (width + 7) / 8);
            assert_int_equal(file.damage.code, OK);
            close_all();
        }
}

static void dates_around_1970_and_undated_ones_fit(void **state)
{
    int64_t dates[] = { -86400, 0, 1, 86400, -1 };

    (void)state;
    memset(rows, 0, sizeof(rows));
    for (uint32_t d = 0; d < 5; d++) {
        rows[d].values[COLUMN_PUBLISHED] = (uint64_t)dates[d];
        rows[d].values[COLUMN_MODIFIED] = d ? (uint64_t)dates[d]
                                            : (uint64_t)FORMAT_UNDATED;
    }
    read_rows(5);
    assert_int_equal(values.columns[COLUMN_PUBLISHED].width, 3);
    for (uint32_t d = 0; d < 5; d++) {
        assert_true((int64_t)docvalues_get(&values, COLUMN_PUBLISHED, d) ==
                    dates[d]);
        assert_true(docvalues_get(&values, COLUMN_MODIFIED, d) ==
                    rows[d].values[COLUMN_MODIFIED]);
    }
    close_all();
}

static void names_come_back(void **state)
{
    (void)state;
    read_rows(0);
    assert_int_equal(values.sources.count, 2);
    assert_int_equal(values.sources.items[0].len, 0);
    assert_true(bytes_equal(values.sources.items[1], bytes_str("B")));
    assert_int_equal(values.langs.count, 300);
    for (int i = 0; i < 300; i++)
        assert_true(bytes_equal(values.langs.items[i], lang_items[i]));
    close_all();
}

/* Keys that differ only in one half, and several documents of one key. */
static void keys_find_their_documents(void **state)
{
    uint64_t seed = 11;

    (void)state;
    for (uint32_t d = 0; d < MOST; d++) {
        uint64_t *v = rows[d].values;

        memset(v, 0, sizeof(rows[d].values));
        v[COLUMN_KEY_HIGH] = d % 3 ? sample_random(&seed) : d % 9;
        v[COLUMN_KEY_LOW] = d % 3 ? sample_random(&seed) : d % 300;
    }
    read_rows(MOST);
    for (uint32_t d = 0; d < MOST; d += 17) {
        uint64_t low = rows[d].values[COLUMN_KEY_LOW];
        uint64_t high = rows[d].values[COLUMN_KEY_HIGH];
        uint32_t found, nth = 0;

        while ((found = docvalues_find(&values, low, high, nth)) < d)
            nth++;
        assert_int_equal(found, d);
        assert_int_equal(docvalues_find(&values, low + 1000, high, 0),
                         NO_DOC);
        assert_int_equal(docvalues_find(&values, low, high, MOST), NO_DOC);
    }
    assert_int_equal(docvalues_find(&values, 0, UINT64_MAX, 0), NO_DOC);
    assert_int_equal(file.damage.code, OK);
    close_all();
}

/* A block that is damaged in the middle of a column: the column is zeros,
 * the file tells, and other columns stay. */
static void a_damaged_column_is_zeros(void **state)
{
    struct error err = ERROR_INIT;
    struct victim v;
    struct live live;
    uint64_t seed = 2;

    (void)state;
    for (uint32_t d = 0; d < MOST; d++)
        for (int k = 0; k < COLUMN_COUNT; k++)
            rows[d].values[k] = sample_random(&seed);
    write_rows(MOST);
    victim_open(&v, tmp_file);
    victim_flip(&v, 8 * 300000);
    assert_int_equal(sealed_open(&file, tmp_file, KIND_COLUMNS, 0, &err), OK);
    assert_int_equal(docvalues_open(&values, &file, &err), OK);
    assert_true(docvalues_get(&values, COLUMN_VERSION, 5) ==
                rows[5].values[COLUMN_VERSION]);
    assert_int_equal(file.damage.code, OK);
    assert_true(docvalues_get(&values, COLUMN_PUBLISHED, 0) == 0);
    assert_true(docvalues_get(&values, COLUMN_PUBLISHED, MOST - 1) == 0);
    assert_int_equal(file.damage.code, ERR_CORRUPT);
    live_init(&live, MOST);
    assert_int_equal(docvalues_verify(&values, &live, &err), ERR_CORRUPT);
    close_all();
    victim_close(&v);
}

static void rules_are_verified(void **state)
{
    static const struct {
        enum column column;
        uint64_t value;
    } bad[] = {
        { COLUMN_LENGTH, FORMAT_WORDS_MAX + 1 }, { COLUMN_SOURCE, 2 },
        { COLUMN_LANG, 300 },
    };

    struct live live;

    (void)state;
    memset(rows, 0, sizeof(rows));
    live_init(&live, 5);
    for (uint32_t d = 0; d < 4; d++)    /* all five have one key */
        live_kill(&live, d);
    for (size_t i = 0; i <= sizeof(bad) / sizeof(*bad); i++) {
        struct error err = ERROR_INIT;
        bool sound = i == sizeof(bad) / sizeof(*bad);
        uint64_t *cell = &rows[3].values[sound ? 0 : bad[i].column];

        *cell = sound ? 0 : bad[i].value;
        read_rows(5);
        assert_int_equal(docvalues_verify(&values, &live, &err),
                         sound ? OK : ERR_CORRUPT);
        *cell = 0;
        close_all();
    }
    live_release(&live);
}

static void one_document_of_a_key_lives(void **state)
{
    struct error err = ERROR_INIT;
    struct live live;

    (void)state;
    memset(rows, 0, sizeof(rows));
    for (uint32_t d = 0; d < 6; d++)
        rows[d].values[COLUMN_KEY_LOW] = d / 3;
    live_init(&live, 6);
    live_kill(&live, 0);
    live_kill(&live, 1);
    live_kill(&live, 4);
    read_rows(6);
    assert_int_equal(docvalues_verify(&values, &live, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "two documents of one key"));
    close_all();
    error_clear(&err);
    live_kill(&live, 5);
    read_rows(6);
    assert_int_equal(docvalues_verify(&values, &live, &err), OK);
    close_all();
    live_release(&live);
}

static void graves_are_found(void **state)
{
    struct grave all[600], grave;
    struct error err = ERROR_INIT;
    struct live live;

    (void)state;
    memset(rows, 0, sizeof(rows));
    live_init(&live, 5);
    for (uint32_t d = 0; d < 5; d++)
        rows[d].values[COLUMN_KEY_LOW] = d;
    for (uint32_t i = 0; i < 600; i++)
        all[i] = (struct grave){ (i * 7) % 300 / 100, 3, i * 7 % 10,
                                 i * 7 % 300 / 10, -(int64_t)(i % 2) };
    graves = (struct graves){ all, 600 };
    graves_sort(&graves);
    assert_int_equal(graves.count, 300);
    read_rows(5);
    assert_int_equal(values.grave_count, 300);
    assert_int_equal(docvalues_verify(&values, &live, &err), OK);
    for (uint32_t i = 0; i < 300; i++) {
        assert_true(docvalues_grave(&values, i, &grave));
        assert_memory_equal(&grave, &all[i], sizeof(grave));
        assert_true(docvalues_buried(&values, 3, i / 100, i % 100, &grave));
        assert_memory_equal(&grave, &all[i], sizeof(grave));
    }
    assert_false(docvalues_buried(&values, 3, 1, 100, &grave));
    assert_false(docvalues_buried(&values, 3, 2, 100, &grave));
    assert_false(docvalues_buried(&values, 3, 3, 0, &grave));
    assert_false(docvalues_buried(&values, 2, 1, 0, &grave));
    close_all();
    all[7] = all[6];
    read_rows(5);
    assert_int_equal(docvalues_verify(&values, &live, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "graves do not rise"));
    close_all();
    live_release(&live);
    graves = (struct graves){ NULL, 0 };
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_every_width_come_back),
        cmocka_unit_test(dates_around_1970_and_undated_ones_fit),
        cmocka_unit_test(names_come_back),
        cmocka_unit_test(keys_find_their_documents),
        cmocka_unit_test(a_damaged_column_is_zeros),
        cmocka_unit_test(rules_are_verified),
        cmocka_unit_test(one_document_of_a_key_lives),
        cmocka_unit_test(graves_are_found),
    };

    return cmocka_run_group_tests_name("docvalues", tests, set_up,
                                       tmp_tear_down);
}
