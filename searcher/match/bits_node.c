/* bits_node.c -- trees of bits, and what is asked of them.
 *
 * All: the part with the fewest documents fills the window, the others each
 * leave of it what they have too, and are spared once nothing is left.  Any:
 * each part fills.  Documents 0 to 7 of a window, for gas AND oil NOT price:
 *
 *   gas    fill   1 0 1 1 0 0 1 0
 *   oil    keep   1 0 0 1 0 0 1 0
 *   price  out    1 0 0 0 0 0 1 0       2 documents
 */
#include "searcher/match/bits.h"

#include "searcher/match/score.h"

struct bits_node {
    struct bits base;
    struct bits **parts;        /* of all: the cheapest first, those that are
                                 * excluded last */
    size_t count;
};

static uint32_t count_ones(const uint64_t *bits)
{
    return score_kernel()->ones(bits, BITS_WORDS);
}

static void keep_both(uint64_t *bits, const uint64_t *others)
{
    for (size_t i = 0; i < BITS_WORDS; i++)
        bits[i] &= others[i];
}

static void clear_both(uint64_t *bits, const uint64_t *others)
{
    for (size_t i = 0; i < BITS_WORDS; i++)
        bits[i] &= ~others[i];
}

static bool any_walks(struct bits *const *parts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (parts[i]->walks)
            return true;
    return false;
}

/* Leaves out what an excluded part matches. */
static void keep_out(struct bits *part, uint32_t from, uint64_t *bits,
                     uint32_t ones)
{
    uint64_t there[BITS_WORDS];

    memcpy(there, bits, sizeof(there));
    part->ops->keep(part, from, there, ones);
    clear_both(bits, there);
}

/* --- All ---------------------------------------------------------------- */

static void keep_from(struct bits_node *n, size_t first, uint32_t from,
                      uint64_t *bits, uint32_t ones)
{
    for (size_t i = first; i < n->count && ones; i++) {
        struct bits *part = n->parts[i];

        if (part->excluded)
            keep_out(part, from, bits, ones);
        else
            part->ops->keep(part, from, bits, ones);
        ones = count_ones(bits);
    }
}

static void all_fill(struct bits *b, uint32_t from, uint64_t *out)
{
    struct bits_node *n = (struct bits_node *)b;

    n->parts[0]->ops->fill(n->parts[0], from, out);
    keep_from(n, 1, from, out, count_ones(out));
}

static void all_keep(struct bits *b, uint32_t from, uint64_t *bits,
                     uint32_t ones)
{
    keep_from((struct bits_node *)b, 0, from, bits, ones);
}

static const struct bits_ops ALL = { all_fill, all_keep, false };

static bool comes_before(const struct bits *a, const struct bits *b)
{
    return a->excluded != b->excluded ? b->excluded : a->cost < b->cost;
}

struct bits *bits_all(struct matching *m, struct bits **parts, size_t count)
{
    struct bits_node *n = arena_alloc(m->arena, sizeof(*n));

    n->parts = arena_alloc(m->arena, (count + 1) * sizeof(*n->parts));
    n->count = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = n->count++;

        for (; at && comes_before(parts[i], n->parts[at - 1]); at--)
            n->parts[at] = n->parts[at - 1];
        n->parts[at] = parts[i];
    }
    if (count == 0 || n->parts[0]->excluded) {
        memmove(n->parts + 1, n->parts, n->count * sizeof(*n->parts));
        n->parts[0] = bits_every(m);
        n->count++;
    }
    n->base = (struct bits){ &ALL, n->parts[0]->cost, false,
                             any_walks(n->parts, n->count) };
    return &n->base;
}

/* --- Any ---------------------------------------------------------------- */

static void any_fill(struct bits *b, uint32_t from, uint64_t *out)
{
    struct bits_node *n = (struct bits_node *)b;

    for (size_t i = 0; i < n->count; i++) {
        uint64_t one[BITS_WORDS] = { 0 };

        if (n->parts[i]->ops->adds) {
            n->parts[i]->ops->fill(n->parts[i], from, out);
            continue;
        }
        n->parts[i]->ops->fill(n->parts[i], from, one);
        for (size_t j = 0; j < BITS_WORDS; j++)
            out[j] |= one[j];
    }
}

/* Each part is asked for what those before it have not. */
static void any_keep(struct bits *b, uint32_t from, uint64_t *bits,
                     uint32_t ones)
{
    struct bits_node *n = (struct bits_node *)b;
    uint64_t left[BITS_WORDS], kept[BITS_WORDS] = { 0 };

    memcpy(left, bits, sizeof(left));
    for (size_t i = 0; i < n->count && ones; i++) {
        uint64_t some[BITS_WORDS];

        memcpy(some, left, sizeof(some));
        n->parts[i]->ops->keep(n->parts[i], from, some, ones);
        for (size_t j = 0; j < BITS_WORDS; j++)
            kept[j] |= some[j];
        clear_both(left, some);
        ones = count_ones(left);
    }
    keep_both(bits, kept);
}

static const struct bits_ops ANY = { any_fill, any_keep, true };

struct bits *bits_any(struct matching *m, struct bits **parts, size_t count)
{
    struct bits_node *n = arena_alloc(m->arena, sizeof(*n));
    uint64_t cost = 0;

    n->parts = parts;
    n->count = count;
    for (size_t i = 0; i < count; i++)
        cost += parts[i]->cost;
    n->base = (struct bits){
        &ANY, cost < m->segment->doc_count ? (uint32_t)cost
                                           : m->segment->doc_count,
        false, any_walks(parts, count)
    };
    return &n->base;
}

/* --- Asking ------------------------------------------------------------- */

static void keep_live(const struct live *live, uint32_t from, uint64_t *bits)
{
    size_t words = ((size_t)live->count + 63) / 64 - from / 64;

    for (size_t i = 0; live->bits && i < BITS_WORDS && i < words; i++)
        bits[i] &= live->bits[from / 64 + i];
}

uint64_t bits_count(struct matching *m, struct bits *b)
{
    uint64_t total = 0, from = 0;

    for (; from < m->segment->doc_count; from += BITS_WINDOW) {
        uint64_t bits[BITS_WORDS] = { 0 };

        b->ops->fill(b, (uint32_t)from, bits);
        keep_live(&m->segment->live, (uint32_t)from, bits);
        total += count_ones(bits);
    }
    return total;
}

void mask_init(struct mask *mask, struct matching *m, struct bits *tree)
{
    mask->live = &m->segment->live;
    mask->tree = tree;
    mask->end = 0;
}

void mask_fill(struct mask *mask, uint32_t doc)
{
    uint32_t from = doc - doc % BITS_WINDOW;

    mask->end = (uint64_t)from + BITS_WINDOW;
    memset(mask->bits, 0, sizeof(mask->bits));
    mask->tree->ops->fill(mask->tree, from, mask->bits);
}
