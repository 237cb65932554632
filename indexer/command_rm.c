/* command_rm.c -- delete articles: by id, URL or path, or all of a source.
 *
 *   --source S    the postings of the source, exact
 *   ID, --url U   every living article's record is read and compared
 *
 * The segments stay as they are; new live files say what is left of them.
 * Those that are dead by more than half are written anew.
 */
#include <stdio.h>
#include <stdlib.h>

#include "common/article.h"
#include "common/base/url.h"
#include "common/text/escape.h"
#include "common/text/json.h"
#include "common/text/meta.h"
#include "indexer/edit.h"
#include "indexer/invert/compaction.h"
#include "indexer/invert/deletion.h"
#include "indexer/options.h"
#include "indexer/visible.h"

enum { OPTION_URL = 1, OPTION_SOURCE, EXIT_NOTHING = 1 };

static const char help[] =
"  lede-index rm 20240312-gas\n"
"  lede-index rm --url https://example.org/2024/gas.html\n"
"  lede-index rm --source \"Example Wire\" --dry-run\n"
"\n"
"usage: lede-index [-i DIR] rm [OPTION...] [ID...]\n"
"\n"
"Deletes articles with this id, URL, or path of the file they came from.\n"
"\n"
"  --url URL         articles with this URL\n"
"  --source NAME     all articles of this source\n"
"  -n, --dry-run     print what would go, delete nothing\n"
"\n"
"Exit: 0 deleted; 1 nothing matched; 2 wrong use; 3 another process writes\n"
"the index; 4 it is damaged or not there; 5 disk, I/O or memory.\n";

static const struct option longs[] = {
    { "url", required_argument, NULL, OPTION_URL },
    { "source", required_argument, NULL, OPTION_SOURCE },
    { "dry-run", no_argument, NULL, 'n' },
    { NULL, 0, NULL, 0 },
};

struct removing {
    struct context *context;
    struct error *err;
    const char **urls, **sources;       /* room for all arguments */
    char **ids;                         /* ended by NULL */
    unsigned url_count, source_count;
    bool dry_run;
    struct edit edit;
    struct deletions deletions;
    struct arena arena;
    struct buffer line;
};

/* An empty name is a variable that a script did not set; it must not mean
 * every article without one. */
static bool has_empty(const struct removing *r)
{
    bool empty = false;

    for (unsigned i = 0; i < r->url_count; i++)
        empty |= !*r->urls[i];
    for (unsigned i = 0; i < r->source_count; i++)
        empty |= !*r->sources[i];
    for (char **id = r->ids; *id; id++)
        empty |= !**id;
    return empty;
}

static enum status parse(struct removing *r, int argc, char **argv)
{
    struct options options;
    int option;

    r->urls = must_calloc((size_t)argc, sizeof(*r->urls));
    r->sources = must_calloc((size_t)argc, sizeof(*r->sources));
    options_init(&options, r->context, longs, "n", false);
    while ((option = options_next(&options, argc, argv, r->err)) != -1) {
        if (option == OPTION_URL)
            r->urls[r->url_count++] = optarg;
        else if (option == OPTION_SOURCE)
            r->sources[r->source_count++] = optarg;
        else if (option == 'n')
            r->dry_run = true;
        else
            return ERR_USAGE;
    }
    r->ids = argv + optind;
    if (!r->context->help && !r->url_count && !r->source_count && !*r->ids)
        return error_set(r->err, ERR_USAGE, "rm what? Say an ID, --url or "
                         "--source");
    if (!r->context->help && has_empty(r))
        return error_set(r->err, ERR_USAGE, "rm what? An ID, --url or "
                         "--source is empty");
    return OK;
}

/* --- What goes --- */

/* Takes a document out; in a dry run it is printed. */
static enum status remove_doc(struct removing *r, uint32_t n, uint32_t doc)
{
    struct segment *segment = r->edit.snapshot->segments[n];
    struct bytes record;
    struct article a;
    enum status code;

    if (!deletions_kill(&r->deletions, n, doc) || !r->dry_run)
        return OK;
    arena_reset(&r->arena);
    code = docstore_get(&segment->store, doc, &record, r->err);
    if (code == OK)
        code = article_unpack(&a, record, &r->arena, r->err);
    if (code != OK)
        return code;
    buffer_clear(&r->line);
    escape_terminal(&r->line, a.url.len ? a.url : a.id.len ? a.id : a.path);
    buffer_put_str(&r->line, "  ");
    escape_terminal(&r->line, a.title);
    buffer_put_u8(&r->line, '\n');
    visible_flush(stdout, &r->line);
    return OK;
}

/* Addresses are compared in their canonical form. */
static bool has_url(struct removing *r, const struct article *a,
                    const char *url)
{
    buffer_clear(&r->line);
    if (!url_canonical(&r->line, bytes_str(url)))
        return false;
    return bytes_equal(a->url, buffer_bytes(&r->line));
}

static bool is_named(struct removing *r, const struct article *a)
{
    for (unsigned i = 0; i < r->url_count; i++) {
        if (has_url(r, a, r->urls[i]))
            return true;
    }
    for (char **id = r->ids; *id; id++) {
        struct bytes wanted = bytes_str(*id);

        if (bytes_equal(a->id, wanted) || bytes_equal(a->path, wanted) ||
            has_url(r, a, *id))
            return true;
    }
    return false;
}

static enum status remove_named(struct removing *r, uint32_t n)
{
    struct segment *segment = r->edit.snapshot->segments[n];
    enum status code = OK;

    for (uint32_t doc = 0; doc < segment->doc_count && code == OK; doc++) {
        struct bytes record;
        struct article a;

        if (!deletions_spare(&r->deletions, n, doc))
            continue;
        arena_reset(&r->arena);
        code = docstore_get(&segment->store, doc, &record, r->err);
        if (code == OK)
            code = article_unpack(&a, record, &r->arena, r->err);
        if (code == OK && is_named(r, &a))
            code = remove_doc(r, n, doc);
    }
    return code;
}

static enum status remove_source(struct removing *r, uint32_t n,
                                 const char *source)
{
    struct segment *segment = r->edit.snapshot->segments[n];
    struct buffer key = BUFFER_INIT;
    enum status code = OK;
    struct postings p;
    struct stem stem;

    meta_key(&key, META_SOURCE, bytes_str(source));
    if (terms_find_stem(&segment->terms, buffer_bytes(&key), &stem, NULL)) {
        segment_postings(segment, &stem, &p);
        for (; p.doc != NO_DOC && code == OK; postings_next(&p))
            code = remove_doc(r, n, p.doc);
    }
    buffer_release(&key);
    return code == OK ? segment_damage(segment, r->err) : code;
}

static enum status remove_all(struct removing *r)
{
    enum status code = OK;

    for (uint32_t n = 0; n < r->edit.snapshot->count && code == OK; n++) {
        for (unsigned i = 0; i < r->source_count && code == OK; i++)
            code = remove_source(r, n, r->sources[i]);
        if (code == OK && (r->url_count || *r->ids))
            code = remove_named(r, n);
    }
    return code;
}

/* --- The change --- */

static enum status commit(struct removing *r)
{
    struct manifest *m = &r->edit.manifest;
    enum status code;

    if (r->dry_run || !r->deletions.count)
        return OK;
    code = deletions_save(&r->deletions, r->context->dir, m->generation + 1,
                          m, r->err);
    m->tally.removed += r->deletions.count;
    if (code == OK)
        code = compaction_settle(r->context->dir, m, OPTIONS_MEMORY, false,
                                 r->err);
    return code == OK ? edit_commit(&r->edit, r->err) : code;
}

static void report(struct removing *r)
{
    uint64_t count = r->deletions.count;

    buffer_clear(&r->line);
    if (r->context->json) {
        json_open(&r->line, '{');
        json_count(&r->line, "v", 1);
        json_count(&r->line, "removed", count);
        json_bool(&r->line, "dry_run", r->dry_run);
        json_close(&r->line, '}');
        buffer_put_u8(&r->line, '\n');
    } else if (!r->context->quiet) {
        buffer_put_str(&r->line, r->dry_run ? "would remove " : "removed ");
        buffer_put_grouped(&r->line, count);
        buffer_put_u8(&r->line, '\n');
    }
    visible_flush(stdout, &r->line);
    r->context->exit = count ? 0 : EXIT_NOTHING;
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct removing r = { .context = context, .err = err, .edit = EDIT_INIT,
                          .arena = ARENA_INIT };
    enum status code = parse(&r, argc, argv);

    if (code == OK && !context->help) {
        code = edit_open(&r.edit, context->dir, false, err);
        if (code == OK) {
            deletions_init(&r.deletions, r.edit.snapshot);
            code = remove_all(&r);
        }
        if (code == OK)
            code = commit(&r);
        if (code == OK)
            report(&r);
    }
    deletions_release(&r.deletions);
    edit_close(&r.edit);
    arena_release(&r.arena);
    buffer_release(&r.line);
    free(r.urls);
    free(r.sources);
    return code;
}

const struct command command_rm = { "rm", help, run };
