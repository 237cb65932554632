/* archive.c -- what WARC and ARC share.
 *
 *   record -> HTTP response -> body -> source_within -> articles
 *
 * Pages that were not found, pictures and programs are no news and are passed
 * over; an archive that holds nothing else says so at its end.
 */
#include "indexer/read/archive.h"

#include <inttypes.h>

#include "indexer/read/http.h"

enum { STATUS_OK = 200, STATUS_SECOND_HAND = 203 };

static void leave(struct archive *a)
{
    source_close(a->inner);
    a->inner = NULL;
}

/* The next article of the record at hand; END: it has no more. */
static enum status next_article(struct archive *a, struct article *out,
                                struct arena *arena, struct error *err)
{
    enum status rc;

    if (!a->inner)
        return END;
    rc = source_next(a->inner, out, arena, err);
    out->offset = a->offset;
    out->record = a->given + a->told;
    if (rc == END)
        leave(a);
    else if (rc == OK)
        a->given++;
    else
        a->told++;
    return rc;
}

void archive_enter(struct archive *a, struct source *s, struct bytes raw,
                   struct envelope *envelope)
{
    envelope->cut |= a->cut;
    leave(a);
    source_within(&a->inner, s, a->offset, raw, envelope, &a->arena);
}

/* Text that is there for robots and traders. */
static bool is_for_machines(struct bytes url)
{
    static const char *const names[] = {
        "/robots.txt", "/ads.txt", "/app-ads.txt", "/security.txt",
        "/humans.txt", "/llms.txt" };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        size_t len = strlen(names[i]);

        if (url.len >= len &&
            memcmp(url.data + url.len - len, names[i], len) == 0)
            return true;
    }
    return false;
}

void archive_enter_http(struct archive *a, struct source *s,
                        struct bytes raw, struct bytes url)
{
    struct http http;

    if (!http_read(&http, raw, s->options.max_record, &a->arena))
        return;
    http.envelope.url = url;
    if ((http.status == STATUS_OK || http.status == STATUS_SECOND_HAND) &&
        http.body.len && !is_for_machines(url))
        archive_enter(a, s, buffer_bytes(&http.body), &http.envelope);
    http_release(&http);
}

enum status archive_fail(struct archive *a, struct source *s,
                         enum status code, struct error *err,
                         const char *what)
{
    a->told++;
    return error_set(err, code, "%s: byte %" PRIu64 ": %s", s->path,
                     s->consumed, what);
}

/* Behind the last record: END, or that there was nothing in it to read. */
static enum status finish(struct archive *a, struct source *s,
                          struct error *err)
{
    /* What is behind a damage is still to come. */
    if (s->fault.code != OK || a->given || a->told) {
        a->told += s->fault.code != OK;
        return END;
    }
    s->done = true;
    a->told++;
    return error_set(err, ERR_INPUT, "%s: none of its %" PRIu64 " records is "
                     "a page that can be read", s->path, a->records);
}

enum status archive_read(struct source *s, struct article *out,
                         struct arena *arena, archive_step *next_record,
                         struct error *err)
{
    struct archive *a = s->state;
    enum status rc;

    if (!a)
        a = s->state = must_calloc(1, sizeof(*a));
    for (;;) {
        rc = next_article(a, out, arena, err);
        if (rc != END)
            return rc;
        rc = next_record(a, s, err);
        if (rc == END)
            return finish(a, s, err);
        if (rc != OK) {
            out->offset = s->consumed;
            return rc;
        }
    }
}

void archive_close(struct source *s)
{
    struct archive *a = s->state;

    if (!a)
        return;
    leave(a);
    arena_release(&a->arena);
}
