/* arena.h -- bump allocator: all of one article or one query dies at once.
 *
 * Nothing is freed piece by piece.  arena_reset keeps the newest chunk for
 * the next article, unless it is over 1 MiB; arena_release gives everything
 * back.
 */
#ifndef LEDE_BASE_ARENA_H
#define LEDE_BASE_ARENA_H

#include "common/base/bytes.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks;     /* the newest first */
    uint8_t *at, *end;              /* what is left of the newest */
};

#define ARENA_INIT { NULL, NULL, NULL }

/* `size` bytes aligned to 16, not cleared; never NULL. */
void *arena_alloc(struct arena *a, size_t size);

/* As arena_alloc, for `count` things of `size` bytes, all zero. */
void *arena_calloc(struct arena *a, size_t count, size_t size);

/* Copies that live as long as the arena; arena_str puts a NUL behind. */
struct bytes arena_copy(struct arena *a, struct bytes bytes);
char *arena_str(struct arena *a, struct bytes bytes);
char *arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void arena_reset(struct arena *a);
void arena_release(struct arena *a);

#endif
