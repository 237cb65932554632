/* input.h -- what a merge reads: keys that rise, first stems with their
 * documents, then words with the ordinals of their stems.
 *
 *   run.c       what fitted into memory, sorted, in a temporary file
 *   reread.c    a segment that is there, under new document numbers
 */
#ifndef LEDE_INVERT_INPUT_H
#define LEDE_INVERT_INPUT_H

#include "common/base/buffer.h"
#include "common/base/error.h"

struct input {
    const struct input_ops *ops;
    uint32_t number;            /* which one of the merge this is */
    /* Where it stands. */
    struct bytes key;
    bool meta;
    uint32_t doc;
    struct error failure;       /* the first one; then everything ends */
};

struct input_ops {
    bool (*next_key)(struct input *in);
    bool (*next_doc)(struct input *in, struct buffer *positions,
                     uint32_t *count, uint32_t *title);
    void (*ordinals)(struct input *in, struct buffer *ordinals);
};

/* To the next stem, or word: its key is in->key.  False: no more of them
 * (the words come behind the stems) or a failure. */
static inline bool input_next_key(struct input *in)
{
    return in->ops->next_key(in);
}

/* The next document of the stem; false when there are no more.  Positions
 * are appended to `positions` as u32 in the machine's order; `title`: how
 * many of them are in the title.  Metadata have none. */
static inline bool input_next_doc(struct input *in, struct buffer *positions,
                                  uint32_t *count, uint32_t *title)
{
    return in->ops->next_doc(in, positions, count, title);
}

/* The ordinals of the word's stems among those of this input, ascending,
 * appended to `ordinals` in the same way. */
static inline void input_ordinals(struct input *in, struct buffer *ordinals)
{
    in->ops->ordinals(in, ordinals);
}

#endif
