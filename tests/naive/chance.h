/* chance.h -- random numbers that are the same everywhere for one seed:
 * SplitMix64 (Steele, Lea and Flood 2014).
 */
#ifndef LEDE_CHANCE_H
#define LEDE_CHANCE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

static inline uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* 0 to n - 1. */
static inline uint32_t chance_below(struct chance *c, uint32_t n)
{
    return (uint32_t)((chance_next(c) >> 32) * n >> 32);
}

/* From `least` to `most`, both possible. */
static inline uint32_t chance_from(struct chance *c, uint32_t least,
                                   uint32_t most)
{
    return least + chance_below(c, most - least + 1);
}

/* True in `percent` of a hundred cases. */
static inline bool chance_of(struct chance *c, uint32_t percent)
{
    return chance_below(c, 100) < percent;
}

/* 0 to n - 1, number r about as often as 1 / (r + 1): Zipf's law. */
static inline uint32_t chance_zipf(struct chance *c, uint32_t n)
{
    double u = (double)(chance_next(c) >> 11) / 9007199254740992.0;
    uint32_t rank = (uint32_t)exp(u * log((double)n + 1.0)) - 1;

    return rank < n ? rank : n - 1;
}

#endif
