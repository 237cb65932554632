/* roll.c -- names by order of appearance.
 *
 *   "Wire" 0, "Post" 1, "Wire" 0 again, "Times" 2
 */
#include "indexer/invert/roll.h"

uint32_t roll_call(struct roll *roll, struct bytes name)
{
    struct entry *e;
    bool fresh;

    if (name.len > DICTIONARY_KEY_MAX) {
        name.len = DICTIONARY_KEY_MAX;
        while (name.len && (name.data[name.len] & 0xc0) == 0x80)
            name.len--;
    }
    e = dictionary_entry(&roll->ordinals, name, 0, &fresh);
    if (fresh) {
        struct bytes kept = entry_key(e);

        buffer_put(&roll->names, &kept, sizeof(kept));
        e->value = roll->ordinals.count;
    }
    return e->value - 1;
}

struct names roll_names(const struct roll *roll)
{
    return (struct names){ (struct bytes *)(void *)roll->names.data,
                           roll->ordinals.count };
}

void roll_release(struct roll *roll)
{
    dictionary_release(&roll->ordinals);
    buffer_release(&roll->names);
}
