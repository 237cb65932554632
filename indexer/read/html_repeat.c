/* html_repeat.c -- what of an article was there before: on the page, or on
 * other pages of its site.
 *
 * A paragraph that comes again is dropped.  What earlier pages of the site
 * had too is furniture at the beginning and the end of an article, and where
 * it is short; a long paragraph in the middle is the background that an
 * agency repeats from story to story.  If most of an article was there
 * before, it is the same article at another address, and stays whole.
 *
 *   "Rate this."   "The bridge fell."   "Read us on the train."
 *    3 pages        this page            3 pages
 *    dropped        kept                 dropped
 */
#include <stdlib.h>
#include <xxhash.h>

#include "common/base/url.h"
#include "indexer/read/html.h"
#include "indexer/read/site_memory.h"

enum { REPEATED_LEAST = 150, OTHERS_LEAST = 2, LINE_MOST = 100 };

/* Hashes of the paragraphs so far; over half of the slots are free. */
struct seen {
    uint64_t *hashes, before;
    uint32_t mask;
};

static struct seen seen_for(uint32_t blocks)
{
    struct seen seen = { NULL, 0, 63 };

    while (seen.mask < 2 * blocks)
        seen.mask = seen.mask * 2 + 1;
    seen.hashes = must_calloc((size_t)seen.mask + 1, sizeof(*seen.hashes));
    return seen;
}

/* A line that is as the one before, or a paragraph as one before; a short
 * line may come again. */
static bool is_repeated(struct seen *seen, const struct html *page,
                        const struct html_block *block)
{
    struct bytes text = html_block_text(page, block);
    uint64_t hash = XXH3_64bits(text.data, text.len) | 1;
    bool again = hash == seen->before;
    uint32_t at = (uint32_t)(hash >> 8) & seen->mask;

    seen->before = hash;
    if (again || block->chars < REPEATED_LEAST)
        return again;
    while (seen->hashes[at] && seen->hashes[at] != hash)
        at = (at + 1) & seen->mask;
    again = seen->hashes[at] == hash;
    seen->hashes[at] = hash;
    return again;
}

static void drop_again(bool *keep, const struct html *page, uint32_t from,
                       uint32_t to)
{
    struct seen seen = seen_for(to - from);

    for (uint32_t i = from; i < to; i++)
        keep[i] = keep[i] && !is_repeated(&seen, page, &page->blocks[i]);
    free(seen.hashes);
}

/* Marks what other pages of the site have; whether it is less than half. */
static bool note_known(bool *known, const bool *keep, const struct html *page,
                       uint32_t from, uint32_t to, struct bytes url)
{
    struct bytes path = url_path(url);
    uint64_t site = XXH3_64bits(url.data, (size_t)(path.data - url.data));
    uint64_t id = XXH3_64bits(url.data, url.len), all = 0, old = 0;

    for (uint32_t i = from; i < to; i++) {
        const struct html_block *block = &page->blocks[i];

        if (!keep[i])
            continue;
        known[i] = site_memory_note(page->sites, site, id,
                                    html_block_text(page, block)) >=
                   OTHERS_LEAST;
        all += block->chars;
        old += known[i] ? block->chars : 0;
    }
    return old && old * 2 < all;
}

static void drop_known(bool *keep, const struct html *page, uint32_t from,
                       uint32_t to, const bool *known)
{
    uint32_t first = from, last = to;

    while (first < to && (!keep[first] || known[first]))
        first++;
    while (last > first && (!keep[last - 1] || known[last - 1]))
        last--;
    for (uint32_t i = from; i < to; i++)
        if (known[i] && (i < first || i >= last ||
                         page->blocks[i].chars < LINE_MOST))
            keep[i] = false;
}

void html_drop_repeated(bool *keep, const struct html *page, uint32_t from,
                        uint32_t to, const struct html_facts *facts)
{
    bool *known;

    drop_again(keep, page, from, to);
    if (!page->sites || facts->canonical.len == 0)
        return;
    known = must_calloc(to + 1, sizeof(*known));
    if (note_known(known, keep, page, from, to, facts->canonical))
        drop_known(keep, page, from, to, known);
    free(known);
}
