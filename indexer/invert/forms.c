/* forms.c -- what tokens came to: one line of memory a look-up.
 *
 *   slots   [The en: 17] [ ] [of en: 4] [ ] [COVID en: 902] ...
 *            24 bytes of the token, tag and length, value: 32 bytes
 *
 * Open addressing, full at two thirds, so that the second look is rare; two
 * slots lie in one line.
 */
#include "indexer/invert/forms.h"

#include <stdlib.h>

#include "common/base/error.h"

enum { FIRST_SLOTS = 1 << 10 };

static void put(struct forms *f, const struct form *form)
{
    struct form_key k = {
        { form->bytes[0], form->bytes[1], form->bytes[2] }, form->mark, 0
    };
    uint32_t at = form_hash(&k) & f->mask;

    while (f->slots[at].mark)
        at = (at + 1) & f->mask;
    f->slots[at] = *form;
}

void forms_grow(struct forms *f)
{
    uint32_t old = f->slots ? f->mask + 1 : 0;
    uint32_t size = old ? old * 2 : FIRST_SLOTS;
    struct form *before = f->slots;

    f->slots = must_calloc(size, sizeof(*f->slots));
    f->mask = size - 1;
    for (uint32_t i = 0; i < old; i++)
        if (before[i].mark)
            put(f, &before[i]);
    free(before);
}

size_t forms_bytes(const struct forms *f)
{
    size_t slots = f->slots ? (size_t)f->mask + 1 : FIRST_SLOTS;

    return (forms_full(f) ? slots * 3 : slots) * sizeof(struct form);
}

void forms_release(struct forms *f)
{
    free(f->slots);
    *f = (struct forms)FORMS_INIT;
}
