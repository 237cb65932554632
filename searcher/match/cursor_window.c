/* cursor_window.c -- the documents of any part, a window of 4,096 at a time.
 *
 * Each part in its turn adds its scores to all documents of the window, so
 * that a document's score is the sum in the order of the query, and no step
 * looks at all parts.  Nothing may have scored before: it is for the root of
 * a tree.
 *
 *   start                                       start + 4096
 *   scores  0   1.2  0   0   3.4  0 ...         after "gas"
 *   scores  0   1.2  0   0   5.0  0.7 ...       after "gas", "oil"
 *   bits    0   1    0   0   1    1
 */
#include "searcher/match/cursor.h"

#include <assert.h>

enum { WINDOW = 4096, WORDS = WINDOW / 64 };

struct cursor_window {
    struct cursor base;
    struct cursor **parts;
    size_t count;
    uint32_t start, end;        /* what the window holds; end exclusive */
    uint64_t bits[WORDS];
    float scores[WINDOW];
};

static void sweep(struct cursor_window *w, struct cursor *part)
{
    while (part->doc < w->end) {
        uint32_t at = part->doc - w->start;

        w->bits[at / 64] |= (uint64_t)1 << at % 64;
        w->scores[at] = cursor_score(part, w->scores[at]);
        cursor_seek(part, part->doc + 1);
    }
}

/* A window that begins at the first document >= target; false: none. */
static bool fill(struct cursor_window *w, uint32_t target)
{
    uint32_t first = NO_DOC;

    for (size_t i = 0; i < w->count; i++) {
        uint32_t doc = cursor_seek(w->parts[i], target);

        first = doc < first ? doc : first;
    }
    w->start = first;
    w->end = first < NO_DOC - WINDOW ? first + WINDOW : NO_DOC;
    memset(w->bits, 0, sizeof(w->bits));
    memset(w->scores, 0, sizeof(w->scores));
    for (size_t i = 0; i < w->count && first != NO_DOC; i++)
        sweep(w, w->parts[i]);
    return first != NO_DOC;
}

/* The first document of the window from `target` on; NO_DOC: none. */
static uint32_t next_bit(const struct cursor_window *w, uint32_t target)
{
    uint32_t at = target - w->start, word = at / 64;
    uint64_t bits = w->bits[word] & UINT64_MAX << at % 64;

    while (!bits && ++word < WORDS)
        bits = w->bits[word];
    return bits ? w->start + word * 64 + (uint32_t)__builtin_ctzll(bits)
                : NO_DOC;
}

static void window_seek(struct cursor *c, uint32_t target)
{
    struct cursor_window *w = (struct cursor_window *)c;

    c->doc = NO_DOC;
    if (target < w->end)
        c->doc = next_bit(w, target);
    if (c->doc == NO_DOC && fill(w, target > w->end ? target : w->end))
        c->doc = w->start;
}

static float window_score(struct cursor *c, float sum)
{
    struct cursor_window *w = (struct cursor_window *)c;

    assert(sum == 0.0f);
    (void)sum;
    return w->scores[c->doc - w->start];
}

static const struct cursor_ops WINDOW_OPS = {
    window_seek, window_score, NULL
};

struct cursor *cursor_window(struct matching *m, struct cursor **parts,
                             size_t count)
{
    struct cursor_window *w = arena_alloc(m->arena, sizeof(*w));

    w->base = (struct cursor){ 0, m->segment->doc_count, &WINDOW_OPS, false };
    w->parts = parts;
    w->count = count;
    w->start = w->end = 0;
    window_seek(&w->base, 0);
    return &w->base;
}
