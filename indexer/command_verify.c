/* command_verify.c -- check every byte of the index: checksums, and every
 * rule of FORMAT.md.
 */
#include <stdio.h>
#include <stdlib.h>

#include "common/index/folder.h"
#include "common/index/manifest.h"
#include "common/text/json.h"
#include "indexer/options.h"
#include "indexer/ledger.h"
#include "indexer/rejects.h"
#include "indexer/visible.h"

static const char help[] =
"  lede-index verify\n"
"\n"
"usage: lede-index [-i DIR] verify\n"
"\n"
"Checks every byte of the index, and tells the first damage of each segment.\n"
"\n"
"Exit: 0 sound; 2 wrong use; 4 damaged, of another version, or not there;\n"
"5 disk, I/O or memory.\n";

enum { TRIES = 20 };

static const struct option none[] = { { NULL, 0, NULL, 0 } };

static enum status parse(struct context *context, int argc, char **argv,
                         struct error *err)
{
    struct options options;

    options_init(&options, context, none, "", false);
    while (options_next(&options, argc, argv, err) != -1) {
        if (err->code != OK)
            return err->code;
    }
    if (!context->help && optind < argc)
        return error_set(err, ERR_USAGE, "verify takes no argument: %s",
                         argv[optind]);
    return OK;
}

static void report(const struct context *context, uint64_t articles,
                   uint32_t segments, uint32_t damaged)
{
    struct buffer b = BUFFER_INIT;

    if (context->json) {
        json_open(&b, '{');
        json_count(&b, "v", 1);
        json_count(&b, "articles", articles);
        json_count(&b, "segments", segments);
        json_count(&b, "damaged", damaged);
        json_close(&b, '}');
        buffer_put_u8(&b, '\n');
    } else if (!context->quiet && !damaged) {
        buffer_put_grouped(&b, articles);
        buffer_printf(&b, " article%s in ", articles == 1 ? "" : "s");
        buffer_put_grouped(&b, segments);
        buffer_printf(&b, " segment%s: sound\n", segments == 1 ? "" : "s");
    }
    visible_flush(stdout, &b);
    buffer_release(&b);
}

/* --- What there is to check --- */

/* A segment or an attachment as a manifest names it. */
struct item {
    const struct manifest *manifest;
    const struct segment_info *info;    /* NULL: an attachment, checked */
    struct segment *segment;    /* NULL: it could not be opened */
    struct error why;
    bool whole;                 /* else only the live file is another */
};

/* The two commits that are kept, all that they name open. */
struct check {
    const char *dir;
    struct manifest newest, second;
    struct error second_why;    /* why it cannot be read, or OK */
    struct item *items;
    uint32_t count;
};

static void release(struct check *c)
{
    for (uint32_t i = 0; i < c->count; i++)
        segment_close(c->items[i].segment);
    free(c->items);
    manifest_release(&c->newest);
    manifest_release(&c->second);
    *c = (struct check){ .dir = c->dir };
}

static enum status open_item(struct item *item, const char *dir)
{
    const struct manifest *m = item->manifest;
    enum status code = segment_open(&item->segment, dir, m->uuid, item->info,
                                    &item->why);

    if (code == OK && item->segment->terms.title_weight != m->title_weight)
        code = error_set(&item->why, ERR_CORRUPT, "%s: title weight %u, but "
                         "%u in the manifest", item->segment->files[0].path,
                         item->segment->terms.title_weight, m->title_weight);
    return code;
}

static const struct segment_info *find_info(const struct manifest *m,
                                            const struct segment_info *info)
{
    for (uint32_t i = 0; i < m->segment_count; i++)
        if (m->segments[i].id == info->id)
            return &m->segments[i];
    return NULL;
}

/* Adds what the manifest names and the newest, if it is another, does not. */
static enum status add_items(struct check *c, const struct manifest *m)
{
    for (uint32_t i = 0; i < m->segment_count; i++) {
        const struct segment_info *info = &m->segments[i], *known = NULL;
        struct item *item = &c->items[c->count];

        if (m != &c->newest)
            known = find_info(&c->newest, info);
        if (known && memcmp(known, info, sizeof(*info)) == 0)
            continue;
        *item = (struct item){ m, info, NULL, ERROR_INIT, !known };
        c->count++;
        if (open_item(item, c->dir) == ERR_IO)
            return ERR_IO;
    }
    return OK;
}

/* The manifest before the newest, where there is one. */
static enum status read_second(struct check *c, uint64_t *newest,
                               struct error *err)
{
    struct folder f;
    enum status code = folder_read(&f, c->dir, err);

    *newest = f.newest;
    if (code == OK && f.second && f.newest == c->newest.generation &&
        manifest_read(&c->second, c->dir, f.second, &c->second_why) == OK &&
        c->second.uuid != c->newest.uuid)
        error_set(&c->second_why, ERR_CORRUPT, "%s: the manifest of "
                  "generation %llu belongs to another index", c->dir,
                  (unsigned long long)f.second);
    if (code == OK && c->second_why.code != OK)
        manifest_release(&c->second);
    folder_release(&f);
    return code;
}

static bool is_whole(const struct check *c)
{
    bool whole = c->second_why.code == OK;

    for (uint32_t i = 0; i < c->count; i++)
        whole &= c->items[i].why.code == OK;
    return whole;
}

static bool names_same(const struct manifest *m,
                       const struct attachment_info *info)
{
    const struct attachment_info *other = manifest_attachment(m, info->kind);

    return other && other->id == info->id &&
           other->generation == info->generation && other->size == info->size;
}

static enum status check_attachment(const struct check *c,
                                    const struct manifest *m,
                                    const struct attachment_info *info,
                                    struct error *why)
{
    struct rejects rejects = REJECTS_INIT;
    struct ledger ledger = LEDGER_INIT;
    struct buffer body = BUFFER_INIT;
    enum status code;

    if (info->kind == ATTACHMENT_REJECTS) {
        code = rejects_load(&rejects, c->dir, m, why);
        rejects_release(&rejects);
        return code;
    }
    if (info->kind == ATTACHMENT_LEDGER) {
        code = ledger_load(&ledger, c->dir, m, why);
        ledger_release(&ledger);
        return code;
    }
    code = attachment_load(&body, c->dir, m->uuid, info, why);
    buffer_release(&body);
    return code;
}

/* These are small, and checked at once. */
static enum status add_attachments(struct check *c, const struct manifest *m)
{
    for (uint32_t i = 0; i < m->attachment_count; i++) {
        const struct attachment_info *info = &m->attachments[i];
        struct item *item = &c->items[c->count];

        if (m != &c->newest && names_same(&c->newest, info))
            continue;
        *item = (struct item){ m, NULL, NULL, ERROR_INIT, false };
        c->count++;
        if (check_attachment(c, m, info, &item->why) == ERR_IO)
            return ERR_IO;
    }
    return OK;
}

/* One try to open all; `newest` is the generation that is there after it. */
static enum status open_all(struct check *c, uint64_t *newest,
                            struct error *err)
{
    enum status code = manifest_need(&c->newest, c->dir, err);
    struct folder f;

    *newest = 0;
    if (code == OK)
        code = read_second(c, newest, err);
    if (code != OK)
        return code;
    c->items = must_calloc(c->newest.segment_count + c->second.segment_count +
                           c->newest.attachment_count +
                           c->second.attachment_count, sizeof(*c->items));
    code = add_items(c, &c->newest);
    if (code == OK)
        code = add_items(c, &c->second);
    if (code == OK)
        code = add_attachments(c, &c->newest);
    if (code == OK)
        code = add_attachments(c, &c->second);
    if (code != OK)
        return error_set(err, code, "%s", c->items[c->count - 1].why.message);
    code = folder_read(&f, c->dir, err);
    *newest = f.newest;
    folder_release(&f);
    return code;
}

/* --- Checking --- */

static uint32_t tell(const struct error *why)
{
    visible_print(stderr, "lede-index: ", why->message);
    return 1;
}

/* A segment and the quotations beside it. */
static void verify_item(const struct check *c, struct item *item)
{
    struct segment *quotes = NULL;

    if (item->whole)
        segment_verify(item->segment, &item->why);
    if (item->why.code == OK &&
        segment_open_quotes(&quotes, c->dir, item->manifest->uuid,
                            item->segment, &item->why) == OK &&
        quotes && item->whole)
        segment_verify(quotes, &item->why);
    segment_close(quotes);
}

/* Each segment by itself, so that one that cannot be opened does not hide
 * what the others are. */
static enum status verify(const struct context *context, struct check *c,
                          struct error *err)
{
    uint32_t damaged = 0, count = c->newest.segment_count;
    uint64_t articles = 0;

    for (uint32_t i = 0; i < c->count; i++) {
        struct item *item = &c->items[i];

        if (item->info && item->manifest == &c->newest)
            articles += item->info->doc_count;
        if (item->segment && item->why.code == OK)
            verify_item(c, item);
        if (item->why.code != OK)
            damaged += tell(&item->why);
    }
    if (c->second_why.code != OK)
        damaged += tell(&c->second_why);
    report(context, articles, count, damaged);
    if (damaged == 0)
        return OK;
    return error_set(err, ERR_CORRUPT, "%s: damaged in %u place%s",
                     c->dir, damaged, damaged == 1 ? "" : "s");
}

/* A commit may unlink what an older one named before it is open; then there
 * is a newer one, and all begins again.  What is open stays. */
static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct check c = { .dir = context->dir };
    enum status code = parse(context, argc, argv, err);
    uint64_t newest;

    if (code != OK || context->help)
        return code;
    for (unsigned tries = 0; code == OK && tries < TRIES; tries++) {
        release(&c);
        code = open_all(&c, &newest, err);
        if (code == OK && (is_whole(&c) || newest == c.newest.generation))
            break;
    }
    if (code == OK)
        code = verify(context, &c, err);
    release(&c);
    return code;
}

const struct command command_verify = { "verify", help, run };
