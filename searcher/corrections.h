/* corrections.h -- quotations whose speaker was corrected by hand. */
#ifndef LEDE_CORRECTIONS_H
#define LEDE_CORRECTIONS_H

#include "common/index/manifest.h"
#include "common/people.h"

struct corrected {
    uint32_t doc;               /* in the numbers of the quotes' snapshot */
    struct bytes speaker;       /* empty: nobody is known */
};

struct corrections {
    struct corrected *items;    /* rise by doc */
    size_t count;
};

/* Finds them, and the copies that are meant too. */
void corrections_find(struct corrections *c, struct snapshot *quotes,
                      const struct people *people, struct arena *arena);

/* What is said of a quotation, or NULL. */
const struct corrected *corrections_get(const struct corrections *c,
                                        uint32_t doc);

#endif
