/* roll.h -- names by order of appearance: of sources, of languages. */
#ifndef LEDE_INVERT_ROLL_H
#define LEDE_INVERT_ROLL_H

#include "common/index/docvalues.h"
#include "indexer/invert/dictionary.h"

struct roll {
    struct dictionary ordinals; /* value: ordinal + 1 */
    struct buffer names;        /* struct bytes each, in the dictionary */
};

#define ROLL_INIT { DICTIONARY_INIT, BUFFER_INIT }

/* The ordinal of a name, from 0; a new one gets the next.  A name that is too
 * long for the dictionary is cut. */
uint32_t roll_call(struct roll *roll, struct bytes name);

/* All of them, by ordinal; they live as long as the roll does not change. */
struct names roll_names(const struct roll *roll);

void roll_release(struct roll *roll);

#endif
