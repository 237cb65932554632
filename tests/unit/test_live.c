/* test_live.c -- deletions come back, and damaged ones never do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "common/index/live.h"
#include "tests/unit/damage.h"
#include "tests/unit/sample.h"
#include "tests/unit/tmp.h"

static uint64_t save(const struct live *l)
{
    struct error err = ERROR_INIT;
    uint64_t size;

    unlink(tmp_file);
    assert_int_equal(live_save(l, tmp_file, 1, 2, &size, &err), OK);
    return size;
}

static void deletions_come_back(void **state)
{
    uint32_t counts[] = { 0, 1, 63, 64, 65, 1000, 100000 };

    (void)state;
    for (size_t c = 0; c < sizeof(counts) / sizeof(*counts); c++) {
        struct error err = ERROR_INIT;
        struct live l, copy, back;
        uint64_t size;

        live_init(&l, counts[c]);
        for (uint32_t d = 0; d < counts[c]; d += 3) {
            assert_true(live_has(&l, d));
            assert_true(live_kill(&l, d));
            assert_false(live_kill(&l, d));
        }
        assert_int_equal(l.live_count, counts[c] - (counts[c] + 2) / 3);
        live_copy(&copy, &l);
        size = save(&copy);
        if (counts[c] > 2)
            assert_true(live_kill(&copy, 1) && live_has(&l, 1));
        assert_int_equal(live_load(&back, tmp_file, 2, counts[c], size, &err),
                         OK);
        assert_int_equal(back.live_count, l.live_count);
        for (uint32_t d = 0; d < counts[c]; d++)
            assert_int_equal(live_has(&back, d), d % 3 != 0);
        live_release(&l);
        live_release(&copy);
        live_release(&back);
        live_release(&back);
    }
}

static void all_alive_can_be_saved_too(void **state)
{
    struct error err = ERROR_INIT;
    struct live l, back;

    (void)state;
    live_init(&l, 100);
    save(&l);
    assert_int_equal(live_load(&back, tmp_file, 2, 100, 0, &err), OK);
    assert_int_equal(back.live_count, 100);
    assert_true(live_has(&back, 99));
    live_release(&back);
    assert_int_equal(live_load(&back, tmp_file, 2, 101, 0, &err), ERR_CORRUPT);
    error_clear(&err);
    assert_int_equal(live_load(&back, tmp_file, 3, 100, 0, &err), ERR_CORRUPT);
    assert_non_null(strstr(err.message, "belongs to segment"));
}

static void damage_is_found(void **state)
{
    struct error err = ERROR_INIT;
    struct live l, back;
    struct victim v;
    uint64_t size;

    (void)state;
    live_init(&l, 100);
    live_kill(&l, 50);
    size = save(&l);
    live_release(&l);
    victim_open(&v, tmp_file);
    for (size_t len = 0; len < size; len++) {
        error_clear(&err);
        victim_cut(&v, len);
        assert_int_equal(live_load(&back, tmp_file, 2, 100, 0, &err),
                         ERR_CORRUPT);
    }
    for (size_t bit = 0; bit < 8 * size; bit++) {
        error_clear(&err);
        victim_flip(&v, bit);
        assert_int_equal(live_load(&back, tmp_file, 2, 100, size, &err),
                         ERR_CORRUPT);
    }
    /* Every flip in the body contradicts a count, whatever the checksums. */
    for (size_t bit = 8 * FORMAT_HEADER; bit < 8 * (size - 36); bit++) {
        error_clear(&err);
        victim_flip_mended(&v, bit);
        assert_int_equal(live_load(&back, tmp_file, 2, 100, size, &err),
                         ERR_CORRUPT);
    }
    victim_close(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deletions_come_back),
        cmocka_unit_test(all_alive_can_be_saved_too),
        cmocka_unit_test(damage_is_found),
    };

    return cmocka_run_group_tests_name("live", tests, tmp_set_up,
                                       tmp_tear_down);
}
