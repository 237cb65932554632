/* ordinals.c -- for each run, what its own stem ordinals are in the segment.
 *
 * Together they may be more than there is memory for, so they go to a file
 * in pages of 256, in the order in which pages fill.  A word stands near its
 * stems in the order of bytes, so a few pages a run are enough to read from.
 *
 *   file   [run 0, 0-255][run 2, 0-255][run 0, 256-511] ...
 *   lane   pages of run 0: 0, 2, ...      and four of them in memory
 */
#include "indexer/invert/ordinals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { PAGE = 256, KEPT = 4 };

struct lane {
    uint32_t count;
    struct buffer pages;        /* u32: where each page is in the file */
    uint32_t kept[KEPT];        /* number of the page + 1 */
    uint32_t values[KEPT][PAGE];
};

static void fail(struct ordinals *o, const char *what)
{
    error_errno(&o->failure, "%s: cannot %s", o->path, what);
}

void ordinals_open(struct ordinals *o, const char *path, uint32_t runs)
{
    *o = (struct ordinals){ .lane_count = runs, .failure = ERROR_INIT };
    o->path = must_copy(path);
    o->lanes = must_calloc(runs, sizeof(*o->lanes));
    o->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (o->fd < 0)
        fail(o, "create");
    else
        unlink(path);
}

/* Writes the page that is in the first place of the lane. */
static void put_page(struct ordinals *o, struct lane *lane)
{
    off_t at = (off_t)o->page_count * (off_t)sizeof(lane->values[0]);
    const uint8_t *from = (const uint8_t *)lane->values[0];
    size_t left = sizeof(lane->values[0]);

    buffer_put(&lane->pages, &o->page_count, sizeof(o->page_count));
    o->page_count++;
    while (left && o->failure.code == OK) {
        ssize_t done = pwrite(o->fd, from, left, at);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            fail(o, "write");
            return;
        }
        from += done;
        at += done;
        left -= (size_t)done;
    }
}

void ordinals_put(struct ordinals *o, uint32_t run, uint32_t ordinal)
{
    struct lane *lane = &o->lanes[run];

    lane->values[0][lane->count++ % PAGE] = ordinal;
    if (lane->count % PAGE == 0)
        put_page(o, lane);
}

void ordinals_seal(struct ordinals *o)
{
    for (uint32_t i = 0; i < o->lane_count; i++) {
        if (o->lanes[i].count % PAGE)
            put_page(o, &o->lanes[i]);
    }
}

static void get_page(struct ordinals *o, struct lane *lane, uint32_t page)
{
    uint8_t *to = (uint8_t *)lane->values[page % KEPT];
    size_t left = sizeof(lane->values[0]);
    uint32_t where;
    off_t at;

    memcpy(&where, lane->pages.data + page * sizeof(where), sizeof(where));
    at = (off_t)where * (off_t)left;
    lane->kept[page % KEPT] = page + 1;
    while (left && o->failure.code == OK) {
        ssize_t got = pread(o->fd, to, left, at);

        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            fail(o, "read");
            return;
        }
        to += got;
        at += got;
        left -= (size_t)got;
    }
}

uint32_t ordinals_get(struct ordinals *o, uint32_t run, uint32_t local)
{
    struct lane *lane = &o->lanes[run];
    uint32_t page = local / PAGE;

    if (local >= lane->count) {
        error_set(&o->failure, ERR_CORRUPT, "%s: no ordinal %u of run %u",
                  o->path, local, run);
        return 0;
    }
    if (lane->kept[page % KEPT] != page + 1)
        get_page(o, lane, page);
    return lane->values[page % KEPT][local % PAGE];
}

enum status ordinals_close(struct ordinals *o, struct error *err)
{
    enum status code = o->failure.code;

    if (code != OK)
        error_set(err, code, "%s", o->failure.message);
    for (uint32_t i = 0; i < o->lane_count; i++)
        buffer_release(&o->lanes[i].pages);
    free(o->lanes);
    free(o->path);
    if (o->fd >= 0)
        close(o->fd);
    return code;
}
