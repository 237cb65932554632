/* sync.c -- makes the index say what the files say.
 *
 *   files there, sorted    a  b  c     e      same size and time: skipped
 *   ledger, sorted         a  b     d  e      else the hash decides
 *                          |  |  |  |  '- other size: read again
 *                       same  |  |  '- gone: its articles are taken out
 *                same contents|  '- new: read
 *
 * What a file no longer has leaves the index, unless another file has it too:
 * then that one is read again, so that the index has what is there.  A file
 * is in the ledger when it was read to its end, in the commit that has its
 * articles; so a run that is cut short goes on where it was.
 */
#include "indexer/sync_parts.h"

#include <stdlib.h>

#include "common/index/folder.h"
#include "common/text/json.h"
#include "indexer/interrupt.h"
#include "indexer/visible.h"

enum {
    ROUNDS = 4,                 /* of reading again */
    FILE_BYTES = 400            /* of memory for a file that is there */
};

/* --- What was in a file --- */

static int took_by_id(const void *one, const void *other)
{
    const struct sync_took *a = one, *b = other;
    int order = article_id_compare(&a->id, &b->id);

    return order ? order : b->given - a->given;
}

/* Sorts, and keeps each article once; returns how many. */
static size_t unique_took(struct buffer *buffer)
{
    struct sync_took *all = (struct sync_took *)(void *)buffer->data;
    size_t count = buffer->len / sizeof(*all), kept = 0;

    if (count == 0)
        return 0;
    qsort(all, count, sizeof(*all), took_by_id);
    for (size_t i = 0; i < count; i++)
        if (!kept || article_id_compare(&all[kept - 1].id, &all[i].id) != 0)
            all[kept++] = all[i];
    buffer->len = kept * sizeof(*all);
    return kept;
}

/* What the file has in an older version than the index, though it brought
 * that one: somebody has put an older file back. */
static void find_reverted(struct sync *s, const struct ledger_entry *before)
{
    struct sync_took *taken = (struct sync_took *)(void *)s->took.data;
    size_t count = unique_took(&s->took);
    bool given;

    for (EACH(struct sync_took, one, s->older)) {
        struct sync_lost lost = { .id = one->id, .given = true,
                                  .older = true };
        struct sync_took wanted = { one->id, false };
        bool newer = false;

        for (int with = 0; with < 2 && count && !newer; with++) {
            wanted.given = with;
            newer = bsearch(&wanted, taken, count, sizeof(*taken),
                            took_by_id) != NULL;
        }
        if (!newer && ledger_holds(before, &one->id, &given) && given)
            buffer_put(&s->lost, &lost, sizeof(lost));
    }
}

/* Sorts `all`. */
static void set_ids(struct sync *s, struct ledger_entry *e,
                    struct buffer *all)
{
    size_t count = unique_took(all);
    uint32_t at = 0;

    e->ids = arena_alloc(&s->ledger.arena, count * sizeof(*e->ids) + 1);
    e->count = (uint32_t)count;
    for (int given = 1; given >= 0; given--) {
        for (EACH(const struct sync_took, one, *all))
            if (one->given == (given == 1))
                e->ids[at++] = one->id;
        if (given)
            e->given = at;
    }
}

/* A file of which only a part was read has that and what it had: so nothing
 * of it is without a file, and the next run reads it again. */
static void hold_part(struct sync *s, struct ledger_entry *e)
{
    struct buffer all = BUFFER_INIT;

    buffer_put_bytes(&all, buffer_bytes(&s->took));
    buffer_put_bytes(&all, buffer_bytes(&s->older));
    for (uint32_t i = 0; i < e->count && !e->absent; i++) {
        struct sync_took one = { e->ids[i], i < e->given };

        buffer_put(&all, &one, sizeof(one));
    }
    set_ids(s, e, &all);
    e->mtime = MTIME_NONE;
    e->hash = (struct file_hash){ 0, 0 };
    e->absent = false;
    s->ledger.changed = true;
    buffer_release(&all);
}

/* The file has been read to its end: what was in it is now that.  What it
 * lost to another file in the middle of that is read once more. */
static void settle(struct sync *s, struct ledger_entry *e,
                   const struct ledger_entry *seen)
{
    struct ledger_entry before = *e;
    bool given;

    if (!before.absent)
        find_reverted(s, &before);
    buffer_put_bytes(&s->took, buffer_bytes(&s->older));
    set_ids(s, e, &s->took);
    for (uint32_t i = 0; i < before.count; i++)
        if (!ledger_holds(e, &before.ids[i], &given))
            sync_lose(s, &before.ids[i], i < before.given);
    e->size = seen->size;
    e->mtime = s->split ? MTIME_NONE : sync_trusted(seen->mtime);
    e->hash = s->split ? (struct file_hash){ 0, 0 } : seen->hash;
    e->again = s->split;
    e->absent = false;
    s->ledger.changed = true;
}

/* --- What the intake tells --- */

static void took(void *self, const struct article_id *id,
                 enum outcome outcome)
{
    struct sync *s = self;
    struct sync_took one = { *id, outcome == OUTCOME_ADDED ||
                                  outcome == OUTCOME_UPDATED };
    bool given;

    if (!one.given && !s->entry->absent)
        one.given = ledger_holds(s->entry, id, &given) && given;
    buffer_put(outcome == OUTCOME_OLDER ? &s->older : &s->took, &one,
               sizeof(one));
}

static enum status prepares(void *self, struct error *err)
{
    struct sync *s = self;
    enum status code = sync_find_lost(s, err);

    if (s->entry) {
        hold_part(s, s->entry);
        s->split = true;
    }
    s->intake.touched |= s->ledger.changed;
    return code;
}

static enum status commits(void *self, struct manifest *m, struct error *err)
{
    struct sync *s = self;

    return ledger_save(&s->ledger, s->intake.context->dir, m, err);
}

void sync_init(struct sync *s, struct context *context,
               struct add_options *said, struct error *err)
{
    *s = (struct sync){ .walk = WALK_INIT, .ledger = LEDGER_INIT };
    intake_init(&s->intake, context, said, err);
    s->intake.watcher = (struct intake_watcher){ s, took, prepares, commits };
    s->walk.passes_over = folder_is_index;
    s->walk.include = said->include;
    s->walk.exclude = said->exclude;
}

void sync_release(struct sync *s)
{
    for (EACH(char *, root, s->roots))
        free(*root);
    for (EACH(struct sync_failure, failure, s->failures))
        free(failure->path);
    buffer_release(&s->roots);
    buffer_release(&s->failures);
    buffer_release(&s->tasks);
    buffer_release(&s->took);
    buffer_release(&s->older);
    buffer_release(&s->lost);
    ledger_release(&s->ledger);
    walk_release(&s->walk);
    intake_close(&s->intake);
}

/* --- A file --- */

static enum status read_file(struct sync *s, struct ledger_entry *e,
                             const struct ledger_entry *seen, bool *whole)
{
    struct walk_file file = { .path = (char *)(uintptr_t)e->path,
                              .size = seen->size };
    enum status code;

    buffer_clear(&s->took);
    buffer_clear(&s->older);
    s->entry = e;
    s->split = false;
    code = intake_file(&s->intake, &file, whole);
    s->entry = NULL;
    if (code == OK && *whole)
        settle(s, e, seen);
    else if (code == OK && s->took.len + s->older.len)
        hold_part(s, e);
    return code;
}

static bool same_hash(const struct file_hash *a, const struct file_hash *b)
{
    return a->low == b->low && a->high == b->high && (a->low || a->high);
}

static enum status visit(struct sync *s, const struct sync_task *task)
{
    struct ledger_entry *e = &s->ledger.entries[task->entry], seen;
    struct error why = ERROR_INIT;
    enum status code;
    bool whole;

    if (sync_look(&seen, e->path, &why) != OK) {
        intake_reject(&s->intake, e->path, &why);
        return OK;
    }
    if (task->known && !s->reread && same_hash(&e->hash, &seen.hash)) {
        e->size = seen.size;
        e->mtime = sync_trusted(seen.mtime);
        s->ledger.changed = true;
        s->counts.same++;
        s->intake.read += seen.size;
        progress_show(&s->intake.progress, s->intake.read,
                      s->intake.tally.seen, s->intake.tally.rejected);
        return OK;
    }
    code = read_file(s, e, &seen, &whole);
    if (whole || !interrupt_seen())
        ++*(task->known ? &s->counts.changed : &s->counts.fresh);
    return code;
}

static enum status read_again(struct sync *s)
{
    enum status code = sync_find_lost(s, s->intake.err);

    for (size_t i = 0; i < s->ledger.count && code == OK; i++) {
        struct ledger_entry *e = &s->ledger.entries[i], seen;
        struct error why = ERROR_INIT;

        bool whole;

        if (!e->again || e->absent || interrupt_seen())
            continue;
        e->again = false;
        if (sync_look(&seen, e->path, &why) == OK)
            code = read_file(s, e, &seen, &whole);
    }
    return code;
}

static enum status read_all(struct sync *s)
{
    enum status code = sync_find_lost(s, s->intake.err);
    uint64_t bytes = 0;

    for (EACH(const struct sync_task, task, s->tasks))
        bytes += task->size;
    progress_start(&s->intake.progress, s->intake.context, bytes);
    for (EACH(const struct sync_task, task, s->tasks)) {
        if (code != OK || interrupt_seen())
            break;
        code = visit(s, task);
    }
    for (int i = 0; i < ROUNDS && code == OK && !interrupt_seen(); i++)
        code = read_again(s);
    return code;
}

/* --- The whole --- */

/* Whether the ledger has the file, or files in the folder. */
static bool is_known(const struct ledger *l, const char *path)
{
    size_t end, at = ledger_find(l, path);

    if (at < l->count && strcmp(l->entries[at].path, path) == 0)
        return true;
    return ledger_below(l, path, &end) < end;
}

/* What cannot be read is rejected; what is not there, only if it was not
 * known either. */
static void tell_failures(struct sync *s)
{
    for (EACH(const struct sync_failure, failure, s->failures)) {
        if (failure->missing &&
            (s->forgiving || is_known(&s->ledger, failure->path)))
            continue;
        intake_reject(&s->intake, failure->path, &failure->why);
    }
}

/* The list of files and the ledger, which is there as it lies on disk and
 * twice as large unpacked, take their part of the memory. */
static void share_memory(struct sync *s, const struct attachment_info *ledger)
{
    size_t *memory = &s->intake.said->building.memory;
    size_t files = s->walk.count * FILE_BYTES;
    size_t taken = files + (ledger ? (size_t)ledger->size * 3 : 0);

    *memory -= taken < *memory / 2 ? taken : *memory / 2;
}

/* A damaged ledger is made anew by reading all files again. */
static enum status load_ledger(struct sync *s, const struct manifest *m)
{
    struct error *err = s->intake.err;
    enum status code = ledger_load(&s->ledger, s->intake.context->dir, m, err);
    size_t used = strlen(err->message);

    if (code != ERR_CORRUPT)
        return code;
    if (s->reread) {
        error_clear(err);
        s->ledger.changed = true;
        return OK;
    }
    snprintf(err->message + used, sizeof(err->message) - used,
             "; the articles are not concerned: lede-index sync --reread, of "
             "the same folders, makes it anew");
    return code;
}

/* In a dry run, and before the lock is taken where there is nothing. */
static enum status peek(struct sync *s, bool *exists)
{
    const char *dir = s->intake.context->dir;
    struct manifest m = { 0 };
    enum status code = manifest_load(&m, dir, s->intake.err);

    *exists = code == OK;
    share_memory(s, manifest_attachment(&m, ATTACHMENT_LEDGER));
    if (code == OK && s->intake.said->dry_run)
        code = load_ledger(s, &m);
    manifest_release(&m);
    return code == END ? OK : code;
}

static void count_only(struct sync *s)
{
    for (EACH(const struct sync_task, task, s->tasks)) {
        s->counts.changed += task->known;
        s->counts.fresh += !task->known;
    }
}

static enum status open_index(struct sync *s)
{
    enum status code = intake_open(&s->intake, true);

    return code == OK ? load_ledger(s, &s->intake.edit.manifest) : code;
}

static enum status work(struct sync *s)
{
    enum status code;

    tell_failures(s);
    sync_plan(s);
    code = sync_forget_gone(s);
    if (code == OK && s->intake.said->dry_run)
        count_only(s);
    else if (code == OK)
        code = read_all(s);
    return code == OK ? intake_commit(&s->intake) : code;
}

enum status sync_run(struct sync *s)
{
    bool exists;
    enum status code = peek(s, &exists);

    if (code == OK && !s->intake.said->dry_run && (exists || s->walk.count))
        code = open_index(s);
    if (code == OK)
        code = work(s);
    progress_clear(&s->intake.progress);
    return code;
}

enum status sync_add_list(struct sync *s)
{
    const struct add_options *said = s->intake.said;
    struct buffer text = BUFFER_INIT;
    enum status code = walk_list_read(&text, said->list, said->list_nul,
                                      s->intake.err);
    const char *path;
    size_t at = 0;

    while (code == OK &&
           (path = walk_list_next(&text, &at, said->list_nul)) != NULL)
        sync_add(s, path);
    buffer_release(&text);
    return code;
}

/* --- The report --- */

static void put_text(const struct sync *s, struct buffer *b)
{
    const struct sync_counts *c = &s->counts;
    struct buffer rest = BUFFER_INIT;

    buffer_put_str(b, "files  new ");
    buffer_put_grouped(b, c->fresh);
    buffer_put_str(b, "   changed ");
    buffer_put_grouped(b, c->changed);
    buffer_put_str(b, "   gone ");
    buffer_put_grouped(b, c->gone);
    buffer_put_str(b, "   same ");
    buffer_put_grouped(b, c->same);
    if (s->intake.said->dry_run) {
        buffer_put_str(b, "   (dry run: nothing was read)\n");
        return;
    }
    buffer_put_u8(b, '\n');
    intake_put_text(&s->intake, &rest);
    buffer_put_bytes(b, buffer_bytes(&rest));
    b->len--;
    buffer_put_str(b, "   removed ");
    buffer_put_grouped(b, s->intake.tally.removed);
    buffer_put_u8(b, '\n');
    buffer_release(&rest);
}

static void put_json(const struct sync *s, struct buffer *b)
{
    const struct sync_counts *c = &s->counts;

    json_open(b, '{');
    json_count(b, "v", 1);
    json_name(b, "files");
    json_open(b, '{');
    json_count(b, "new", c->fresh);
    json_count(b, "changed", c->changed);
    json_count(b, "gone", c->gone);
    json_count(b, "same", c->same);
    json_close(b, '}');
    intake_put_json(&s->intake, b);
    json_count(b, "removed", s->intake.tally.removed);
    json_close(b, '}');
    buffer_put_u8(b, '\n');
}

bool sync_did(const struct sync *s)
{
    return s->counts.fresh || s->counts.changed || s->counts.gone ||
           s->intake.tally.seen;
}

void sync_report(const struct sync *s)
{
    struct buffer b = BUFFER_INIT;

    if (s->intake.context->json)
        put_json(s, &b);
    else if (!s->intake.context->quiet)
        put_text(s, &b);
    visible_flush(stdout, &b);
    intake_tell_interrupted(&s->intake);
    buffer_release(&b);
}
