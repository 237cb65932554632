/* test_people.c -- who is who by hand: what is packed comes back, and what is
 * no list is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "common/people.h"
#include "common/quotation.h"
#include "indexer/aliases.h"
#include "tests/naive/chance.h"

static struct bytes name(struct aliases *a, const char *text)
{
    return aliases_name(a, bytes_str(text));
}

static void fill(struct aliases *a)
{
    struct bytes lavrov[] = { name(a, "Lavrov, Sergei"), name(a, "Lawrow") };
    struct bytes more[] = { name(a, "Lawrow"), name(a, " the minister ") };
    struct bytes pair[] = { name(a, "Anna"), name(a, "Anne") };
    struct people_correction c = { 2, 1, 7, name(a, "Peskov"),
                                   bytes_str("two days") };

    aliases_join(a, lavrov, 2);
    aliases_join(a, pair, 2);
    aliases_join(a, more, 2);
    aliases_correct(a, &c);
    c.key_high = 1;
    c.copies = 0;
    c.speaker = BYTES_NONE;
    aliases_correct(a, &c);
}

static void names_are_joined_and_parted(void **state)
{
    struct aliases a = ALIASES_INIT;

    (void)state;
    fill(&a);
    assert_int_equal(a.people.group_count, 2);
    assert_int_equal(a.people.groups[1].count, 3);
    assert_true(bytes_equal(a.people.groups[1].names[0],
                            bytes_str("Sergei Lavrov")));
    assert_true(bytes_equal(a.people.groups[1].names[2],
                            bytes_str("the minister")));
    assert_true(aliases_part(&a, bytes_str("Lawrow")));
    assert_false(aliases_part(&a, bytes_str("Lawrow")));
    assert_int_equal(a.people.groups[1].count, 2);
    assert_true(aliases_part(&a, bytes_str("Anne")));
    assert_int_equal(a.people.group_count, 1);
    assert_int_equal(name(&a, " \t").len, 0);
    aliases_release(&a);
}

static void corrections_replace_one_another(void **state)
{
    struct aliases a = ALIASES_INIT;
    struct people_correction c = { 3, 3, 7, bytes_str("Putin"), BYTES_NONE };

    (void)state;
    fill(&a);
    assert_int_equal(a.people.correction_count, 2);
    aliases_correct(&a, &c);            /* of the same copies */
    assert_int_equal(a.people.correction_count, 2);
    assert_int_equal(a.people.corrections[0].key_high, 1);
    assert_int_equal(a.people.corrections[1].key_high, 3);
    aliases_forget(&a, 0);
    assert_int_equal(a.people.corrections[0].key_high, 3);
    aliases_release(&a);
}

static void what_is_packed_comes_back(void **state)
{
    struct aliases a = ALIASES_INIT;
    struct buffer body = BUFFER_INIT, again = BUFFER_INIT;
    struct people back;

    (void)state;
    fill(&a);
    people_pack(&body, &a.people);
    assert_true(people_unpack(&back, buffer_bytes(&body), &a.arena));
    people_pack(&again, &back);
    assert_true(bytes_equal(buffer_bytes(&body), buffer_bytes(&again)));
    for (size_t len = 0; len < body.len; len++)
        assert_false(people_unpack(&back, bytes_of(body.data, len),
                                   &a.arena));
    for (size_t bit = 0; bit < body.len * 8; bit++) {
        body.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (people_unpack(&back, buffer_bytes(&body), &a.arena)) {
            buffer_clear(&again);
            people_pack(&again, &back);
            assert_true(bytes_equal(buffer_bytes(&body),
                                    buffer_bytes(&again)));
        }
        body.data[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    buffer_release(&body);
    buffer_release(&again);
    aliases_release(&a);
}

/* --- Sketches: here because they are of no room but this. --- */

static uint64_t sketch_of(struct chance *c, const uint32_t *words, size_t n)
{
    struct buffer text = BUFFER_INIT;
    uint64_t sketch;

    for (size_t i = 0; i < n; i++)
        buffer_printf(&text, "w%u%s", words[i], chance_of(c, 10) ? ", " : " ");
    sketch = quotation_sketch(buffer_bytes(&text));
    buffer_release(&text);
    return sketch;
}

/* How many of 1,000 pairs of 25 words, `same` of which are in both, agree
 * in 33 bits. */
static unsigned alike(struct chance *c, size_t same)
{
    uint32_t a[25], b[25];
    unsigned count = 0;

    for (unsigned n = 0; n < 1000; n++) {
        for (size_t i = 0; i < 25; i++) {
            a[i] = chance_below(c, 1u << 30);
            b[i] = i < same ? a[i] : chance_below(c, 1u << 30);
        }
        count += sketch_agree(sketch_of(c, a, 25), sketch_of(c, b, 25)) >= 33;
    }
    return count;
}

static void sketches_tell_like_from_unlike(void **state)
{
    struct chance c = { 1 };

    (void)state;
    assert_int_equal(alike(&c, 25), 1000);
    assert_true(alike(&c, 20) > 950);           /* 20 of 30 words */
    assert_true(alike(&c, 4) < 100);            /* 4 of 46 */
    assert_int_equal(sketch_words(quotation_sketch(bytes_str("a b, c!"))), 3);
    assert_int_equal(sketch_words(quotation_sketch(BYTES_NONE)), 0);
    assert_int_equal(quotation_sketch(bytes_str("ab")) & 1023, 0);
    assert_int_equal(sketch_agree(quotation_sketch(bytes_str("Now, then")),
                                  quotation_sketch(bytes_str("now then"))),
                     48);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_joined_and_parted),
        cmocka_unit_test(corrections_replace_one_another),
        cmocka_unit_test(what_is_packed_comes_back),
        cmocka_unit_test(sketches_tell_like_from_unlike),
    };

    return cmocka_run_group_tests_name("people", tests, NULL, NULL);
}
