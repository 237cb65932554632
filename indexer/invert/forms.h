/* forms.h -- what tokens came to: bytes and a tag to a number, while one run
 * is gathered.
 *
 * A token of at most FORM_LEN bytes is three words of a machine; they lie in
 * the table itself, so that a look-up touches one line of memory, and that
 * one can be fetched before it is needed.
 */
#ifndef LEDE_INVERT_FORMS_H
#define LEDE_INVERT_FORMS_H

#include "common/base/bytes.h"

enum { FORM_LEN = 24 };

struct form_key {
    uint64_t bytes[3];          /* zeros behind the token */
    uint32_t mark;              /* tag and length */
    uint32_t hash;
};

struct form {
    uint64_t bytes[3];
    uint32_t mark;              /* 0: an empty slot */
    uint32_t value;             /* the caller's; 0 when new */
};

struct forms {
    struct form *slots;         /* room for mask + 1 of them, or NULL */
    uint32_t mask, count;
};

#define FORMS_INIT { NULL, 0, 0 }

static inline uint64_t form_low_bytes(uint32_t count)
{
    return count >= 8 ? UINT64_MAX : (UINT64_C(1) << 8 * count) - 1;
}

static inline uint32_t form_hash(const struct form_key *k)
{
    const uint64_t odd = UINT64_C(0x9E3779B97F4A7C15);
    uint64_t hash = (k->bytes[0] ^ k->mark * UINT64_C(0xD6E8FEB86659FD93)) *
                    odd;

    hash = ((hash >> 29 | hash << 35) ^ k->bytes[1]) * odd;
    hash = ((hash >> 29 | hash << 35) ^ k->bytes[2]) * odd;
    return (uint32_t)(hash >> 32) ^ (uint32_t)hash;
}

/* The key of text[start, end), 1 to FORM_LEN bytes, under a tag. */
static inline struct form_key form_key_of(struct bytes text, uint32_t start,
                                          uint32_t end, uint16_t tag)
{
    uint32_t len = end - start;
    struct form_key k = { { 0, 0, 0 }, (uint32_t)tag << 8 | len, 0 };
    uint8_t last[FORM_LEN] = { 0 };
    const uint8_t *at = text.data + start;

    if (text.len - start < FORM_LEN)
        at = memcpy(last, at, len);
    k.bytes[0] = load_le64(at) & form_low_bytes(len);
    if (len > 8)
        k.bytes[1] = load_le64(at + 8) & form_low_bytes(len - 8);
    if (len > 16)
        k.bytes[2] = load_le64(at + 16) & form_low_bytes(len - 16);
    k.hash = form_hash(&k);
    return k;
}

/* Fetches what forms_get will look at. */
static inline void forms_expect(const struct forms *f,
                                const struct form_key *k)
{
    if (f->slots)
        __builtin_prefetch(&f->slots[k->hash & f->mask]);
}

/* Makes room for one more. */
void forms_grow(struct forms *f);

static inline bool forms_full(const struct forms *f)
{
    return !f->slots || f->count >= f->mask - f->mask / 3;
}

/* The form of a key, made if need be; it stays there until the next call.
 * `fresh` says whether it was made. */
static inline struct form *forms_get(struct forms *f,
                                     const struct form_key *k, bool *fresh)
{
    struct form *form;

    if (forms_full(f))
        forms_grow(f);
    for (uint32_t at = k->hash; ; at++) {
        form = &f->slots[at & f->mask];
        if (form->mark == k->mark && form->bytes[0] == k->bytes[0] &&
            form->bytes[1] == k->bytes[1] && form->bytes[2] == k->bytes[2]) {
            *fresh = false;
            return form;
        }
        if (form->mark == 0)
            break;
    }
    *form = (struct form){ { k->bytes[0], k->bytes[1], k->bytes[2] },
                           k->mark, 0 };
    f->count++;
    *fresh = true;
    return form;
}

/* Bytes that it holds, and that one more key may take on top. */
size_t forms_bytes(const struct forms *f);

/* Gives everything back; what is left is empty and can be used again. */
void forms_release(struct forms *f);

#endif
