/* arena.c -- bump allocator over a list of chunks, each twice as large as
 * the one before, up to 8 MiB, or as large as one thing that needs more.
 *
 *   chunks -> [ header | used ........ at | free .... end ] -> [ older ]
 */
#include "common/base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/error.h"

enum { ALIGN = 16, FIRST_CHUNK = 16 << 10, KEPT_CHUNK = 1 << 20 };

struct arena_chunk {
    struct arena_chunk *older;
    size_t size;
    _Alignas(ALIGN) uint8_t data[];
};

static void grow(struct arena *a, size_t need)
{
    size_t size = a->chunks ? a->chunks->size * 2 : FIRST_CHUNK;
    struct arena_chunk *chunk;

    if (size > 8 << 20)
        size = 8 << 20;
    if (size < need)
        size = need;
    chunk = must_alloc(sizeof(*chunk) + size);
    chunk->older = a->chunks;
    chunk->size = size;
    a->chunks = chunk;
    a->at = chunk->data;
    a->end = chunk->data + size;
}

void *arena_alloc(struct arena *a, size_t size)
{
    void *memory;

    if (size > SIZE_MAX / 2)
        out_of_memory();
    size = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (size > (size_t)(a->end - a->at))
        grow(a, size);
    memory = a->at;
    a->at += size;
    return memory;
}

void *arena_calloc(struct arena *a, size_t count, size_t size)
{
    size_t total;
    void *memory;

    if (__builtin_mul_overflow(count, size, &total))
        out_of_memory();
    memory = arena_alloc(a, total);
    if (total)
        memset(memory, 0, total);
    return memory;
}

struct bytes arena_copy(struct arena *a, struct bytes bytes)
{
    return bytes_of(arena_str(a, bytes), bytes.len);
}

char *arena_str(struct arena *a, struct bytes bytes)
{
    char *copy = arena_alloc(a, bytes.len + 1);

    if (bytes.len)
        memcpy(copy, bytes.data, bytes.len);
    copy[bytes.len] = '\0';
    return copy;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
    va_list args, again;
    char *text;
    int need;

    va_start(args, format);
    va_copy(again, args);
    need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    text = arena_alloc(a, (size_t)(need > 0 ? need : 0) + 1);
    text[0] = '\0';
    if (need > 0)
        vsnprintf(text, (size_t)need + 1, format, again);
    va_end(again);
    return text;
}

static void free_older(struct arena_chunk *chunk)
{
    while (chunk) {
        struct arena_chunk *older = chunk->older;

        free(chunk);
        chunk = older;
    }
}

void arena_reset(struct arena *a)
{
    if (!a->chunks)
        return;
    free_older(a->chunks->older);
    a->chunks->older = NULL;
    if (a->chunks->size > KEPT_CHUNK) {
        arena_release(a);
        return;
    }
    a->at = a->chunks->data;
}

void arena_release(struct arena *a)
{
    free_older(a->chunks);
    *a = (struct arena)ARENA_INIT;
}
