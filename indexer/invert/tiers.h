/* tiers.h -- which segments of an index should become one. */
#ifndef LEDE_INVERT_TIERS_H
#define LEDE_INVERT_TIERS_H

#include <stdbool.h>

#include "common/index/manifest.h"

enum { TIERS_SEGMENTS_MAX = 8 };

/* The neighbours that should become one next; false: none.  Ask again when
 * that is done: at the end there are at most TIERS_SEGMENTS_MAX segments, and
 * none is dead by more than half. */
bool tiers_choose(const struct manifest *m, uint32_t *first, uint32_t *count);

#endif
