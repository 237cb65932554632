/* site_memory.c -- how many pages of a site show a line.
 *
 * A table of hashes, of sites and lines together, where each key may stand in
 * one of four slots side by side; the one seen on the fewest pages makes room.
 * The page that showed it last is kept too, so that a page which is read
 * again, or shows a line twice, counts once.
 *
 *   hash of site and line -> | key, last page, pages | x 4
 */
#include "indexer/read/site_memory.h"

#include <stdlib.h>
#include <xxhash.h>

#include "common/base/error.h"

enum { SETS = 1 << 14, WAYS = 4 };

struct slot {
    uint64_t key;
    uint32_t page;              /* of its hash, the lower half */
    uint32_t pages;             /* 0: free */
};

struct site_memory {
    struct slot slots[SETS][WAYS];
};

struct site_memory *site_memory_new(void)
{
    return must_calloc(1, sizeof(struct site_memory));
}

void site_memory_free(struct site_memory *m)
{
    free(m);
}

unsigned site_memory_note(struct site_memory *m, uint64_t site,
                          uint64_t page, struct bytes line)
{
    uint64_t key = XXH3_64bits_withSeed(line.data, line.len, site);
    struct slot *set = m->slots[key % SETS], *least = set;

    for (unsigned i = 0; i < WAYS; i++) {
        if (set[i].pages && set[i].key == key) {
            if (set[i].page == (uint32_t)page)
                return set[i].pages - 1;
            set[i].page = (uint32_t)page;
            return set[i].pages++;
        }
        if (set[i].pages < least->pages)
            least = &set[i];
    }
    *least = (struct slot){ key, (uint32_t)page, 1 };
    return 0;
}
