/* intake.c -- files into the index.
 *
 *   intake_open -> intake_file ... -> intake_commit -> intake_close
 *                      |  full: commit, resume  |
 *                      '------------------------'
 */
#include "indexer/intake.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "common/base/file.h"
#include "common/text/json.h"
#include "indexer/dump_quotes.h"
#include "indexer/enrich/language.h"
#include "indexer/enrich/quotation_finder.h"
#include "indexer/interrupt.h"
#include "indexer/invert/compaction.h"
#include "indexer/read/dump.h"
#include "indexer/read/site_memory.h"
#include "indexer/visible.h"

enum { TITLE_WEIGHT_DEFAULT = 3, EXIT_REJECTED = 1, EXIT_INTERRUPTED = 130 };

void intake_init(struct intake *in, struct context *context,
                 struct add_options *said, struct error *err)
{
    *in = (struct intake){
        .context = context, .said = said, .err = err, .edit = EDIT_INIT,
        .rejects = REJECTS_INIT, .arena = ARENA_INIT,
        .finder = quotation_finder_new()
    };
}

/* --- What was not taken --- */

/* The part of the path that is there, without links; the rest is taken off
 * it.  At the least "/" is there. */
static char *real_part(char *path, size_t *len)
{
    char *real = realpath(path, NULL);

    for (*len = strlen(path); !real && *len; ) {
        char *slash = memrchr(path, '/', *len);
        char kept;

        *len = slash ? (size_t)(slash - path) : 0;
        kept = path[*len];
        path[*len] = '\0';
        real = realpath(*len ? path : "/", NULL);
        path[*len] = kept;
    }
    return real ? real : must_copy("/");
}

/* Puts a name of a path behind a place. */
static void put_step(struct buffer *place, struct bytes name)
{
    if (name.len == 0 || bytes_equal(name, bytes_str(".")))
        return;
    if (bytes_equal(name, bytes_str(".."))) {
        while (place->len > 1 && place->data[--place->len] != '/')
            ;
        return;
    }
    if (place->data[place->len - 1] != '/')
        buffer_put_u8(place, '/');
    buffer_put_bytes(place, name);
}

/* A path that is not there, as it would be named if it were. */
static char *place_of_missing(const char *path)
{
    struct buffer place = BUFFER_INIT;
    char *from = path[0] == '/' ? must_copy("/") : realpath(".", NULL);
    char *whole = from ? path_join(from, path) : must_copy(path), *real;
    size_t at, len;

    real = real_part(whole, &at);
    buffer_put_str(&place, real);
    for (; whole[at]; at += len + (whole[at + len] == '/')) {
        len = strcspn(whole + at, "/");
        put_step(&place, bytes_of(whole + at, len));
    }
    free(from);
    free(whole);
    free(real);
    real = must_copy(buffer_cstr(&place));
    buffer_release(&place);
    return real;
}

/* Standard input stays "-". */
char *intake_place(const char *path)
{
    char *place = strcmp(path, "-") == 0 ? must_copy(path)
                                         : realpath(path, NULL);

    return place ? place : place_of_missing(path);
}

/* "news.jsonl:2: byte 8: what" without the name of the file. */
static const char *reason_of(const char *message, const char *path)
{
    size_t len = strlen(path);

    if (strncmp(message, path, len) != 0 || message[len] != ':')
        return message;
    message += len + 1;
    if (*message == ' ')
        return message + 1;
    len = strspn(message, "0123456789");
    return len && strncmp(message + len, ": ", 2) == 0 ? message + len + 2
                                                       : message;
}

/* Where it was, as far as it is known. */
struct spot {
    const char *path, *format;
    uint64_t offset, record;
};

static void reject(struct intake *in, const struct spot *spot,
                   const struct error *why)
{
    char *place = intake_place(spot->path);
    struct reject one = {
        .path = place, .offset = spot->offset, .record = spot->record,
        .format = (char *)(uintptr_t)spot->format,
        .reason = (char *)(uintptr_t)reason_of(why->message, spot->path),
        .since = (int64_t)time(NULL)
    };

    in->tally.seen++;
    in->tally.rejected++;
    progress_clear(&in->progress);
    visible_print(stderr, "lede-index: ", why->message);
    rejects_add(&in->rejects, &one);
    free(place);
}

void intake_reject(struct intake *in, const char *path,
                   const struct error *why)
{
    struct spot spot = { path, "", 0, 0 };

    reject(in, &spot, why);
}

static void settle(struct intake *in, const char *path)
{
    char *place = intake_place(path);

    rejects_settle(&in->rejects, place);
    free(place);
}

/* --- The index --- */

static enum status check_title_weight(struct intake *in)
{
    struct manifest *m = &in->edit.manifest;
    uint64_t said = in->said->title_weight;

    if (!in->edit.snapshot) {
        m->title_weight = said ? (uint32_t)said : TITLE_WEIGHT_DEFAULT;
        m->analyzer_version = analyzer_version();
    }
    if (said && said != m->title_weight)
        return error_set(in->err, ERR_USAGE, "%s: was made with "
                         "--title-weight %u, which cannot change",
                         in->context->dir, m->title_weight);
    in->said->building.title_weight = m->title_weight;
    return OK;
}

static void start_segment(struct intake *in)
{
    const struct manifest *m = &in->edit.manifest;

    in->builder = builder_new(in->context->dir, in->edit.snapshot, m->uuid,
                              m->generation + 1, &in->said->building);
}

/* What was rejected before the index was open is there too. */
static enum status load_rejects(struct intake *in)
{
    struct rejects met = in->rejects;
    enum status code = OK;

    in->rejects = (struct rejects)REJECTS_INIT;
    if (!in->forgets)
        code = rejects_load(&in->rejects, in->context->dir,
                            &in->edit.manifest, in->err);
    else if (manifest_attachment(&in->edit.manifest, ATTACHMENT_REJECTS))
        in->rejects.changed = true;
    for (size_t i = 0; i < met.count; i++)
        rejects_add(&in->rejects, &met.items[i]);
    rejects_release(&met);
    return code;
}

/* What reading one page leaves for the others, and for people. */
static void prepare_reading(struct intake *in)
{
    if (!in->sites && !in->said->forget_sites)
        in->sites = site_memory_new();
    in->said->reading.sites = in->sites;
    if (in->said->dump == DUMP_WHY)
        in->said->reading.why = &in->why;
}

enum status intake_open(struct intake *in, bool create)
{
    enum status code;

    prepare_reading(in);
    if (in->said->dry_run)
        return OK;
    code = edit_open(&in->edit, in->context->dir, create, in->err);
    in->was_empty = in->edit.manifest.segment_count == 0;
    if (code == OK)
        code = check_title_weight(in);
    if (code == OK)
        code = load_rejects(in);
    if (code == OK)
        start_segment(in);
    return code;
}

static void count_committed(struct intake *in)
{
    const struct tally *now = &in->tally, *before = &in->committed;
    struct tally *all = &in->edit.manifest.tally;

    all->seen += now->seen - before->seen;
    all->added += now->added - before->added;
    all->updated += now->updated - before->updated;
    all->unchanged += now->unchanged - before->unchanged;
    all->older += now->older - before->older;
    all->rejected += now->rejected - before->rejected;
    all->removed += now->removed - before->removed;
}

static enum status publish(struct intake *in)
{
    struct manifest *m = &in->edit.manifest;
    enum status code;

    count_committed(in);
    code = rejects_save(&in->rejects, in->context->dir, m, in->err);
    if (code == OK && in->watcher.commits)
        code = in->watcher.commits(in->watcher.self, m, in->err);
    return code == OK ? edit_commit(&in->edit, in->err) : code;
}

/* The builder's segment, and then few segments in all.  A new index ends as
 * one: `last`, nothing more will be read. */
static enum status finish_segment(struct intake *in, bool last)
{
    struct manifest *m = &in->edit.manifest;
    uint32_t before = m->segment_count;
    enum status code = builder_finish(in->builder, m, in->err);
    bool added = m->segment_count > before;

    builder_free(in->builder);
    in->builder = NULL;
    if (code == OK && (added || in->touched) && !interrupt_seen())
        code = compaction_settle(in->context->dir, m,
                                 in->said->building.memory,
                                 last && in->was_empty, in->err);
    return code;
}

static enum status commit(struct intake *in, bool last)
{
    enum status code = OK;

    if (!in->builder)
        return OK;
    progress_writing(&in->progress);
    if (in->watcher.prepares)
        code = in->watcher.prepares(in->watcher.self, in->err);
    if (code == OK)
        code = finish_segment(in, last);
    if (code == OK &&
        (in->tally.seen > in->committed.seen || in->touched ||
         in->rejects.changed) &&
        (in->edit.snapshot || in->edit.manifest.segment_count))
        code = publish(in);
    if (code == OK) {
        in->committed = in->tally;
        in->touched = false;
    }
    return code;
}

enum status intake_commit(struct intake *in)
{
    return commit(in, true);
}

enum status intake_resume(struct intake *in)
{
    enum status code;

    if (in->said->dry_run)
        return OK;
    code = edit_reopen(&in->edit, in->err);
    if (code == OK)
        start_segment(in);
    return code;
}

/* --- Articles --- */

static void dump_why(struct intake *in, const struct article *article)
{
    struct buffer b = BUFFER_INIT;

    buffer_put_bytes(&b, article->path);
    buffer_put_u8(&b, '\n');
    buffer_put_bytes(&b, buffer_bytes(&in->why));
    if (in->why.len == 0)
        buffer_put_str(&b, "  not a web page; its format tells\n");
    visible_flush(stdout, &b);
    buffer_clear(&in->why);
    buffer_release(&b);
}

static enum status dump(struct intake *in, const struct article *article)
{
    in->tally.seen++;
    if (in->said->dump == DUMP_ARTICLES)
        dump_article(stdout, article);
    if (in->said->dump == DUMP_QUOTES)
        dump_quotes(stdout, article);
    if (in->said->dump == DUMP_WHY)
        dump_why(in, article);
    return ferror(stdout) ? END : OK;
}

static enum status build(struct intake *in, const struct article *article,
                         struct error *why)
{
    enum outcome outcome;
    enum status code = builder_add(in->builder, article, &outcome, why);

    if (code == ERR_LIMIT) {
        error_clear(why);
        code = commit(in, false);
        if (code == OK)
            code = intake_resume(in);
        if (code == OK)
            code = builder_add(in->builder, article, &outcome, why);
    }
    if (code != OK)
        return code;
    in->tally.seen++;
    in->tally.added += outcome == OUTCOME_ADDED;
    in->tally.updated += outcome == OUTCOME_UPDATED;
    in->tally.unchanged += outcome == OUTCOME_UNCHANGED;
    in->tally.older += outcome == OUTCOME_OLDER;
    if (in->watcher.took) {
        struct article_id id = builder_last(in->builder);

        in->watcher.took(in->watcher.self, &id, outcome);
    }
    return OK;
}

/* Whether its date is in the time that was asked for. */
static bool is_inside(const struct intake *in, const struct article *article)
{
    const struct date_range *span = &in->said->span;
    int64_t seconds = article->published.seconds;

    return !in->said->spanned || (seconds != DATE_UNDATED &&
                                  seconds >= span->from &&
                                  seconds < span->to);
}

/* OK: taken, or not taken and told.  END: nobody reads what is dumped. */
static enum status take(struct intake *in, struct article *article,
                        struct spot *spot)
{
    struct error why = ERROR_INIT;
    enum status code;

    zone_settle(&in->said->zone, &article->published);
    zone_settle(&in->said->zone, &article->modified);
    if (!is_inside(in, article)) {
        in->outside++;
        return OK;
    }
    language_detect(article, in->said->reading.lang);
    if (in->said->dry_run ? in->said->dump == DUMP_QUOTES
                          : in->said->building.quotes)
        quotation_find(in->finder, article, &in->arena);
    code = in->said->dry_run ? dump(in, article) : build(in, article, &why);
    if (code == ERR_INPUT) {
        error_prefix(&why, "%.*s:%" PRIu64, (int)article->path.len,
                     (const char *)article->path.data, article->record + 1);
        spot->offset = article->offset;
        spot->record = article->record + 1;
        reject(in, spot, &why);
        return OK;
    }
    if (code != OK && code != END)
        error_set(in->err, code, "%s", why.message);
    return code;
}

/* "news.jsonl:1: what" */
static bool names_place(const char *message, const char *path)
{
    size_t len = strlen(path);

    return strncmp(message, path, len) == 0 && message[len] == ':' &&
           message[len + 1] >= '0' && message[len + 1] <= '9';
}

/* A source that failed at its record, or at none. */
static void reject_record(struct intake *in, struct spot *spot,
                          const struct article *article,
                          const struct error *why)
{
    bool placed = article->record || article->offset ||
                  names_place(why->message, spot->path);

    spot->offset = article->offset;
    spot->record = placed ? article->record + 1 : 0;
    reject(in, spot, why);
}

enum status intake_file(struct intake *in, const struct walk_file *file,
                        bool *whole)
{
    struct spot spot = { file->path, "", 0, 0 };
    struct error why = ERROR_INIT;
    struct source *source = NULL;
    struct article article;
    enum status code = source_open(&source, file->path, &in->said->reading,
                                   &why);
    enum status taken = OK;

    article_init(&article);
    if (source)
        spot.format = source_format(source);
    while (code != END && taken == OK && !interrupt_seen()) {
        if (code != OK)
            reject_record(in, &spot, &article, &why);
        if (!source || code == ERR_IO)
            break;
        error_clear(&why);
        arena_reset(&in->arena);
        code = source_next(source, &article, &in->arena, &why);
        if (code == OK)
            taken = take(in, &article, &spot);
        progress_show(&in->progress, in->read + source_consumed(source),
                      in->tally.seen, in->tally.rejected);
    }
    in->read += file->size;
    source_close(source);
    if (taken == OK && (code == END || !source))
        settle(in, file->path);
    if (whole)
        *whole = taken == OK &&
            (code == END || (!source && code != ERR_IO));
    return taken;
}

/* --- The report --- */

void intake_put_json(const struct intake *in, struct buffer *b)
{
    const struct tally *t = &in->tally;

    json_count(b, "seen", t->seen);
    if (!in->said->dry_run) {
        json_count(b, "added", t->added);
        json_count(b, "updated", t->updated);
        json_count(b, "unchanged", t->unchanged);
        json_count(b, "older", t->older);
    }
    json_count(b, "rejected", t->rejected);
    if (in->said->spanned)
        json_count(b, "outside", in->outside);
    json_bool(b, "dry_run", in->said->dry_run);
    json_bool(b, "interrupted", interrupt_seen());
}

static void put_count(struct buffer *b, const char *name, uint64_t number)
{
    buffer_put_str(b, b->len ? "   " : "");
    buffer_put_str(b, name);
    buffer_put_u8(b, ' ');
    buffer_put_grouped(b, number);
}

void intake_put_text(const struct intake *in, struct buffer *b)
{
    const struct tally *t = &in->tally;

    if (in->said->dry_run) {
        put_count(b, "read", t->seen - t->rejected);
    } else {
        put_count(b, "added", t->added);
        put_count(b, "updated", t->updated);
        put_count(b, "unchanged", t->unchanged);
        put_count(b, "older", t->older);
    }
    put_count(b, "rejected", t->rejected);
    if (in->said->spanned)
        put_count(b, "outside", in->outside);
    if (in->said->dry_run)
        buffer_put_str(b, "   (dry run: nothing was written)");
    buffer_put_u8(b, '\n');
}

void intake_tell_interrupted(const struct intake *in)
{
    struct buffer b = BUFFER_INIT;

    if (!interrupt_seen() || in->said->dry_run)
        return;
    buffer_put_str(&b, "lede-index: ");
    buffer_put_grouped(&b, in->committed.added + in->committed.updated);
    buffer_put_str(&b, " articles committed. Run the same command to go "
                   "on.\n");
    visible_flush(stderr, &b);
    buffer_release(&b);
}

int intake_exit(const struct intake *in)
{
    return interrupt_seen() ? EXIT_INTERRUPTED
         : in->tally.rejected ? EXIT_REJECTED : 0;
}

/* What a full disk means, and how to go on. */
void intake_explain(struct intake *in, enum status code)
{
    size_t used = strlen(in->err->message);

    if (code == ERR_IO && in->edit.dir)
        snprintf(in->err->message + used, sizeof(in->err->message) - used,
                 "; the index is as of its last commit, run the same command "
                 "again when this is mended");
}

void intake_close(struct intake *in)
{
    builder_free(in->builder);
    in->builder = NULL;
    edit_close(&in->edit);
    rejects_release(&in->rejects);
    quotation_finder_free(in->finder);
    site_memory_free(in->sites);
    buffer_release(&in->why);
    arena_release(&in->arena);
}
