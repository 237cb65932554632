/* people.h -- what somebody has said by hand of who is who: names that are
 * one person, and quotations that are another's than the article was read to
 * say.  `lede-index alias` writes it, every answer of `--quotes` heeds it.
 */
#ifndef LEDE_PEOPLE_H
#define LEDE_PEOPLE_H

#include "common/base/arena.h"
#include "common/base/buffer.h"

/* Names of one person; the first is who it is. */
struct people_group {
    struct bytes *names;
    size_t count;
};

/* A quotation that is somebody else's. */
struct people_correction {
    uint64_t key_high, key_low;     /* of the quotation (FORMAT.md, 12) */
    uint64_t copies;                /* what its copies have in common, which
                                       are corrected too; 0: it alone */
    struct bytes speaker;           /* empty: nobody is known */
    struct bytes words;             /* how it begins, to be recognised */
};

struct people {
    struct people_group *groups;
    size_t group_count;
    struct people_correction *corrections;  /* rise by key */
    size_t correction_count;
};

/* The body of the attachment, as FORMAT.md has it, and back: the people and
 * all that is theirs but the names' bytes is in the arena.  False where it
 * cannot be. */
void people_pack(struct buffer *body, const struct people *p);
bool people_unpack(struct people *p, struct bytes body, struct arena *arena);

/* The order of corrections. */
int people_compare(const void *a, const void *b);

#endif
