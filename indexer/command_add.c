/* command_add.c -- index files, folders, standard input.
 *
 *   paths -> files -> articles -> builder -> segment -> one commit
 *
 * A record that cannot be taken costs a line on stderr and is counted.  When
 * the builder's segment is full, or at the end, or when somebody presses ^C,
 * what was read is committed, the counts with it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/file.h"
#include "common/index/folder.h"
#include "common/text/json.h"
#include "indexer/add_options.h"
#include "indexer/edit.h"
#include "indexer/enrich/language.h"
#include "indexer/interrupt.h"
#include "indexer/progress.h"
#include "indexer/read/dump.h"
#include "indexer/read/walk.h"
#include "indexer/visible.h"

enum { TITLE_WEIGHT_DEFAULT = 3, EXIT_REJECTED = 1, EXIT_INTERRUPTED = 130 };

struct adding {
    struct context *context;
    struct error *err;          /* the failure that ends the run */
    struct add_options said;
    struct walk walk;
    struct edit edit;
    struct builder *builder;    /* NULL in a dry run */
    struct tally tally;         /* of this run */
    struct tally committed;     /* the part of it that is in the index */
    uint64_t outside;           /* articles of another time than asked for */
    uint64_t read;              /* bytes of the files that are done */
    struct progress progress;
    struct arena arena;
};

/* --- What was not taken --- */

static void complain(struct adding *a, const struct error *why)
{
    a->tally.seen++;
    a->tally.rejected++;
    progress_clear(&a->progress);
    visible_print(stderr, "lede-index: ", why->message);
}

static void complain_of_path(void *context, const struct error *why)
{
    complain(context, why);
}

/* --- The index --- */

static enum status check_title_weight(struct adding *a)
{
    struct manifest *m = &a->edit.manifest;

    if (!a->edit.snapshot) {
        m->title_weight = a->said.title_weight ? (uint32_t)a->said.title_weight
                                          : TITLE_WEIGHT_DEFAULT;
        m->analyzer_version = analyzer_version();
    }
    if (a->said.title_weight && a->said.title_weight != m->title_weight)
        return error_set(a->err, ERR_USAGE, "%s: was made with "
                         "--title-weight %u, which cannot change",
                         a->context->dir, m->title_weight);
    a->said.building.title_weight = m->title_weight;
    return OK;
}

static void start_segment(struct adding *a)
{
    const struct manifest *m = &a->edit.manifest;

    a->builder = builder_new(a->context->dir, a->edit.snapshot, m->uuid,
                             m->generation + 1, &a->said.building);
}

static enum status open_index(struct adding *a)
{
    enum status code;

    if (a->said.dry_run)
        return OK;
    code = edit_open(&a->edit, a->context->dir, true, a->err);
    if (code == OK)
        code = check_title_weight(a);
    if (code == OK)
        start_segment(a);
    return code;
}

static void count_committed(struct adding *a)
{
    const struct tally *now = &a->tally, *before = &a->committed;
    struct tally *all = &a->edit.manifest.tally;

    all->seen += now->seen - before->seen;
    all->added += now->added - before->added;
    all->updated += now->updated - before->updated;
    all->unchanged += now->unchanged - before->unchanged;
    all->older += now->older - before->older;
    all->rejected += now->rejected - before->rejected;
}

/* An index is not made for the sake of what was rejected. */
static enum status commit(struct adding *a)
{
    enum status code;

    if (!a->builder)
        return OK;
    progress_writing(&a->progress);
    code = builder_finish(a->builder, &a->edit.manifest, a->err);
    if (code == OK && a->tally.seen > a->committed.seen &&
        (a->edit.snapshot || a->edit.manifest.segment_count)) {
        count_committed(a);
        code = edit_commit(&a->edit, a->err);
    }
    if (code == OK)
        a->committed = a->tally;
    builder_free(a->builder);
    a->builder = NULL;
    return code;
}

static enum status next_segment(struct adding *a)
{
    enum status code = commit(a);

    if (code == OK)
        code = edit_reopen(&a->edit, a->err);
    if (code == OK)
        start_segment(a);
    return code;
}

/* --- Articles --- */

static enum status dump(struct adding *a, const struct article *article)
{
    a->tally.seen++;
    if (!a->said.dump)
        return OK;
    dump_article(stdout, article);
    return ferror(stdout) ? END : OK;
}

static enum status build(struct adding *a, const struct article *article,
                         struct error *why)
{
    enum outcome outcome;
    enum status code = builder_add(a->builder, article, &outcome, why);

    if (code == ERR_LIMIT) {
        error_clear(why);
        code = next_segment(a);
        if (code == OK)
            code = builder_add(a->builder, article, &outcome, why);
    }
    if (code != OK)
        return code;
    a->tally.seen++;
    a->tally.added += outcome == OUTCOME_ADDED;
    a->tally.updated += outcome == OUTCOME_UPDATED;
    a->tally.unchanged += outcome == OUTCOME_UNCHANGED;
    a->tally.older += outcome == OUTCOME_OLDER;
    return OK;
}

/* Whether its date is in the time that was asked for. */
static bool is_inside(const struct adding *a, const struct article *article)
{
    const struct date_range *span = &a->said.span;
    int64_t seconds = article->published.seconds;

    return !a->said.spanned || (seconds != DATE_UNDATED &&
                                seconds >= span->from && seconds < span->to);
}

/* OK: taken, or not taken and told.  END: nobody reads what is dumped. */
static enum status take(struct adding *a, struct article *article)
{
    struct error why = ERROR_INIT;
    enum status code;

    zone_settle(&a->said.zone, &article->published);
    zone_settle(&a->said.zone, &article->modified);
    if (!is_inside(a, article)) {
        a->outside++;
        return OK;
    }
    language_detect(article, a->said.reading.lang);
    code = a->said.dry_run ? dump(a, article) : build(a, article, &why);
    if (code == ERR_INPUT) {
        error_prefix(&why, "%.*s:%" PRIu64, (int)article->path.len,
                     (const char *)article->path.data, article->record + 1);
        complain(a, &why);
        return OK;
    }
    if (code != OK && code != END)
        error_set(a->err, code, "%s", why.message);
    return code;
}

static enum status add_path(struct adding *a, const struct walk_file *file)
{
    struct error why = ERROR_INIT;
    struct source *source = NULL;
    enum status code = source_open(&source, file->path, &a->said.reading, &why);
    enum status taken = OK;

    while (code != END && taken == OK && !interrupt_seen()) {
        struct article article;

        if (code != OK)
            complain(a, &why);
        if (!source || code == ERR_IO)
            break;
        error_clear(&why);
        arena_reset(&a->arena);
        code = source_next(source, &article, &a->arena, &why);
        if (code == OK)
            taken = take(a, &article);
        progress_show(&a->progress, a->read + source_consumed(source),
                      a->tally.seen, a->tally.rejected);
    }
    a->read += file->size;
    source_close(source);
    return taken;
}

static enum status add_all(struct adding *a)
{
    enum status code = OK;

    progress_start(&a->progress, a->context, a->walk.bytes);
    for (uint64_t i = 0; i < a->walk.count && code == OK; i++) {
        if (interrupt_seen())
            break;
        code = add_path(a, &a->walk.files[i]);
    }
    return code == END ? OK : code;
}

/* --- The report --- */

static void put_json(const struct adding *a, struct buffer *b)
{
    const struct tally *t = &a->tally;

    json_open(b, '{');
    json_count(b, "v", 1);
    json_count(b, "seen", t->seen);
    if (!a->said.dry_run) {
        json_count(b, "added", t->added);
        json_count(b, "updated", t->updated);
        json_count(b, "unchanged", t->unchanged);
        json_count(b, "older", t->older);
    }
    json_count(b, "rejected", t->rejected);
    if (a->said.spanned)
        json_count(b, "outside", a->outside);
    json_bool(b, "dry_run", a->said.dry_run);
    json_bool(b, "interrupted", interrupt_seen());
    json_close(b, '}');
    buffer_put_u8(b, '\n');
}

static void put_count(struct buffer *b, const char *name, uint64_t number)
{
    buffer_put_str(b, b->len ? "   " : "");
    buffer_put_str(b, name);
    buffer_put_u8(b, ' ');
    buffer_put_grouped(b, number);
}

static void put_text(const struct adding *a, struct buffer *b)
{
    const struct tally *t = &a->tally;

    if (a->said.dry_run) {
        put_count(b, "read", t->seen - t->rejected);
    } else {
        put_count(b, "added", t->added);
        put_count(b, "updated", t->updated);
        put_count(b, "unchanged", t->unchanged);
        put_count(b, "older", t->older);
    }
    put_count(b, "rejected", t->rejected);
    if (a->said.spanned)
        put_count(b, "outside", a->outside);
    buffer_put_str(b, a->said.dry_run ? "   (dry run: nothing was written)\n"
                                 : "\n");
}

static void report(struct adding *a)
{
    FILE *to = a->said.dump ? stderr : stdout;
    struct buffer b = BUFFER_INIT;

    if (a->context->json)
        put_json(a, &b);
    else if (!a->context->quiet)
        put_text(a, &b);
    fflush(stdout);
    visible_flush(to, &b);
    if (interrupt_seen() && !a->said.dry_run) {
        buffer_clear(&b);
        buffer_put_str(&b, "lede-index: ");
        buffer_put_grouped(&b, a->committed.added + a->committed.updated);
        buffer_put_str(&b, " articles committed. Run the same command to go "
                       "on.\n");
        visible_flush(stderr, &b);
    }
    buffer_release(&b);
}

/* The files of an index are no news, and one may lie among the news. */
static bool is_index(const char *folder)
{
    struct error ignored = ERROR_INIT;
    char *lock = path_join(folder, "LOCK");
    bool locked = access(lock, F_OK) == 0, found;
    struct folder f = { 0 };

    free(lock);
    found = locked && folder_read(&f, folder, &ignored) == OK && f.newest;
    folder_release(&f);
    return found;
}

static enum status add(struct adding *a, char **paths)
{
    enum status code = OK;

    interrupt_catch();
    a->walk.passes_over = is_index;
    a->walk.include = a->said.include;
    a->walk.exclude = a->said.exclude;
    for (; *paths; paths++)
        walk_add(&a->walk, *paths, complain_of_path, a);
    if (a->said.list)
        code = walk_add_list(&a->walk, a->said.list, a->said.list_nul,
                             complain_of_path, a, a->err);
    if (code == OK && a->walk.count)
        code = open_index(a);
    if (code == OK)
        code = add_all(a);
    if (code == OK)
        code = commit(a);
    progress_clear(&a->progress);
    if (code == OK)
        report(a);
    a->context->exit = interrupt_seen() ? EXIT_INTERRUPTED
                     : a->tally.rejected ? EXIT_REJECTED : 0;
    return code;
}

/* What a full disk means, and how to go on. */
static void explain(const struct adding *a, enum status code)
{
    size_t used = strlen(a->err->message);

    if (code == ERR_IO && a->edit.dir)
        snprintf(a->err->message + used, sizeof(a->err->message) - used,
                 "; the index is as of its last commit, run the same command "
                 "again when this is mended");
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct adding a = {
        .context = context, .err = err, .said = ADD_OPTIONS_INIT,
        .walk = WALK_INIT, .edit = EDIT_INIT, .arena = ARENA_INIT
    };
    enum status code = add_options_read(&a.said, context, argc, argv, err);

    if (code == OK && !context->help)
        code = add(&a, argv + optind);
    explain(&a, code);
    builder_free(a.builder);
    edit_close(&a.edit);
    walk_release(&a.walk);
    add_options_release(&a.said);
    arena_release(&a.arena);
    return code;
}

const struct command command_add = { "add", add_help, run };
