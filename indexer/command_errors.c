/* command_errors.c -- what could not be taken: shows it, reads it again,
 * forgets it.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/text/escape.h"
#include "common/text/json.h"
#include "indexer/intake.h"
#include "indexer/interrupt.h"
#include "indexer/sync.h"
#include "indexer/visible.h"

enum { OPTION_RETRY = ADD_OPTION_EXTRA, OPTION_CLEAR };

static const char help[] =
"  lede-index errors                    what could not be taken, and why\n"
"  lede-index errors --retry            read those files again\n"
"  lede-index errors --clear ~/news     forget those below a folder\n"
"\n"
"usage: lede-index [-i DIR] errors [--retry|--clear] [OPTION...] [PATH...]\n"
"\n"
"Shows what could not be taken, a line each: the file and the number of the\n"
"record in it, and the reason; with --json as objects, one a line: path,\n"
"offset (in bytes), record, format, reason, since, more. When a file is read\n"
"to its end by add, sync, watch or --retry, what was said of it before is\n"
"replaced. With PATH only what is about these files and folders.\n"
"\n"
"  --retry            read the files again, as add with its options\n"
"  --clear            forget the errors\n"
"\n"
"Exit: 0; --retry: as add.\n";

struct erring {
    struct context *context;
    struct error *err;
    struct add_options said;
    bool retry, clear;
    char **places;              /* from the root; ended by NULL */
    struct intake intake;
};

static const struct option longs[] = {
    { "retry", no_argument, NULL, OPTION_RETRY },
    { "clear", no_argument, NULL, OPTION_CLEAR },
    { NULL, 0, NULL, 0 },
};

static enum status take_option(void *self, int option, struct error *err)
{
    struct erring *e = self;

    e->retry |= option == OPTION_RETRY;
    e->clear |= option == OPTION_CLEAR;
    if (e->retry && e->clear)
        return error_set(err, ERR_USAGE, "--retry or --clear, not both");
    return OK;
}

/* --- Which --- */

static bool is_meant(const struct erring *e, const char *path)
{
    if (!*e->places)
        return true;
    for (char **place = e->places; *place; place++)
        if (walk_is_below(path, *place))
            return true;
    return false;
}

static void find_places(struct erring *e, char **paths, int count)
{
    e->places = must_calloc((size_t)count + 1, sizeof(*e->places));
    for (int i = 0; i < count; i++)
        e->places[i] = intake_place(paths[i]);
}

static void free_places(struct erring *e)
{
    for (char **place = e->places; place && *place; place++)
        free(*place);
    free(e->places);
}

/* --- Showing --- */

static void put_since(struct buffer *b, const struct reject *one)
{
    struct date date = { .seconds = one->since, .precision = DATE_TIME };

    date_put(b, &date);
}

static void put_json(struct buffer *b, const struct reject *one)
{
    struct buffer since = BUFFER_INIT;

    put_since(&since, one);
    json_open(b, '{');
    json_text(b, "type", bytes_str("error"));
    json_count(b, "v", 1);
    json_text(b, "path", bytes_str(one->path));
    json_count(b, "offset", one->offset);
    json_count(b, "record", one->record);
    json_known(b, "format", bytes_str(one->format));
    json_text(b, "reason", bytes_str(one->reason));
    json_text(b, "since", buffer_bytes(&since));
    json_count(b, "more", one->more);
    json_close(b, '}');
    buffer_put_u8(b, '\n');
    buffer_release(&since);
}

static void put_text(struct buffer *b, const struct reject *one)
{
    escape_terminal(b, bytes_str(one->path));
    if (one->record)
        buffer_printf(b, ":%llu", (unsigned long long)one->record);
    buffer_put_str(b, ": ");
    escape_terminal(b, bytes_str(one->reason));
    buffer_put_str(b, "  (");
    if (*one->format) {
        escape_terminal(b, bytes_str(one->format));
        buffer_put_str(b, ", ");
    }
    if (one->offset)
        buffer_printf(b, "at byte %llu, ", (unsigned long long)one->offset);
    buffer_put_str(b, "since ");
    put_since(b, one);
    buffer_put_str(b, ")\n");
    if (one->more) {
        escape_terminal(b, bytes_str(one->path));
        buffer_put_str(b, ": ");
        buffer_put_grouped(b, one->more);
        buffer_put_str(b, " more\n");
    }
}

static enum status show(struct erring *e)
{
    struct rejects rejects = REJECTS_INIT;
    struct manifest m = { 0 };
    struct buffer b = BUFFER_INIT;
    enum status code = manifest_need(&m, e->context->dir, e->err);

    if (code == OK)
        code = rejects_load(&rejects, e->context->dir, &m, e->err);
    for (size_t i = 0; i < rejects.count; i++) {
        if (!is_meant(e, rejects.items[i].path))
            continue;
        buffer_clear(&b);
        if (e->context->json)
            put_json(&b, &rejects.items[i]);
        else
            put_text(&b, &rejects.items[i]);
        visible_flush(stdout, &b);
    }
    buffer_release(&b);
    rejects_release(&rejects);
    manifest_release(&m);
    return code;
}

/* --- Changing --- */

static void report(struct erring *e, uint64_t count)
{
    struct buffer b = BUFFER_INIT;

    if (e->context->json) {
        json_open(&b, '{');
        json_count(&b, "v", 1);
        json_count(&b, e->clear ? "cleared" : "files", count);
        if (e->retry)
            intake_put_json(&e->intake, &b);
        json_close(&b, '}');
        buffer_put_u8(&b, '\n');
    } else if (!e->context->quiet && e->retry) {
        intake_put_text(&e->intake, &b);
    } else if (!e->context->quiet) {
        buffer_put_str(&b, "cleared ");
        buffer_put_grouped(&b, count);
        buffer_put_u8(&b, '\n');
    }
    visible_flush(stdout, &b);
    if (e->retry)
        intake_tell_interrupted(&e->intake);
    buffer_release(&b);
}

/* How many there are; 0 where they are damaged. */
static uint64_t count_all(const struct erring *e)
{
    struct error ignored = ERROR_INIT;
    struct rejects rejects;
    uint64_t count;

    rejects_load(&rejects, e->context->dir, &e->intake.edit.manifest,
                 &ignored);
    count = rejects.count;
    rejects_release(&rejects);
    return count;
}

static enum status clear(struct erring *e)
{
    struct rejects *rejects = &e->intake.rejects;
    uint64_t count = e->intake.forgets ? count_all(e) : 0;
    enum status code;

    for (size_t i = 0; i < rejects->sorted; i++) {
        if (!is_meant(e, rejects->items[i].path))
            continue;
        rejects_settle(rejects, rejects->items[i].path);
        count++;
    }
    code = intake_commit(&e->intake);
    if (code == OK)
        report(e, count);
    return code;
}

static void complain_of_path(void *in, const char *path,
                             const struct error *why)
{
    intake_reject(in, path, why);
}

/* The files, each once; standard input is not there a second time, and what
 * is gone is forgotten.  What cannot be looked at is told again. */
static void find_files(struct erring *e, struct walk *walk)
{
    const struct rejects *rejects = &e->intake.rejects;
    struct stat st;

    for (size_t i = 0; i < rejects->sorted; i++) {
        const char *path = rejects->items[i].path;

        if (strcmp(path, "-") == 0 || !is_meant(e, path) ||
            (i && strcmp(path, rejects->items[i - 1].path) == 0))
            continue;
        if (sync_is_gone(path) ||
            (stat(path, &st) == 0 && S_ISDIR(st.st_mode)))
            rejects_settle(&e->intake.rejects, path);
        if (!sync_is_missing(path))
            walk_add(walk, path, complain_of_path, &e->intake);
    }
}

static enum status retry(struct erring *e)
{
    struct walk walk = WALK_INIT;
    enum status code = OK;

    find_files(e, &walk);
    progress_start(&e->intake.progress, e->context, walk.bytes);
    for (uint64_t i = 0; i < walk.count && code == OK; i++) {
        if (interrupt_seen())
            break;
        code = intake_file(&e->intake, &walk.files[i], NULL);
    }
    if (code == OK)
        code = intake_commit(&e->intake);
    progress_clear(&e->intake.progress);
    if (code == OK)
        report(e, walk.count);
    e->context->exit = intake_exit(&e->intake);
    walk_release(&walk);
    return code;
}

static enum status change(struct erring *e)
{
    enum status code;

    interrupt_catch();
    /* All of them can be forgotten where they cannot be read. */
    e->intake.forgets = e->clear && !*e->places;
    code = intake_open(&e->intake, false);
    if (code != OK)
        return code;
    return e->clear ? clear(e) : retry(e);
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct erring e = { .context = context, .err = err,
                        .said = ADD_OPTIONS_INIT };
    const struct add_extra extra = { longs, take_option, &e, true };
    enum status code = add_options_read(&e.said, context, argc, argv, &extra,
                                        err);

    intake_init(&e.intake, context, &e.said, err);
    if (code == OK && e.said.dry_run)
        code = error_set(err, ERR_USAGE, "--dry-run is not for errors, which "
                         "changes nothing without --retry or --clear");
    if (code == OK && !context->help) {
        find_places(&e, argv + optind, argc - optind);
        code = e.retry || e.clear ? change(&e) : show(&e);
    }
    intake_explain(&e.intake, code);
    intake_close(&e.intake);
    add_options_release(&e.said);
    free_places(&e);
    return code;
}

const struct command command_errors = { "errors", help, run };
