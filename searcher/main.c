/* main.c -- lede-search: options to a request, an answer to a renderer.
 *
 *   lede-search Lavrov Central Asia
 *      -> options -> snapshot -> search -> render -> terminal
 *
 * Here a failure becomes an exit status; what strangers wrote is made
 * harmless before it is printed.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "common/base/file.h"
#include "common/index/folder.h"
#include "common/index/format.h"
#include "searcher/batch.h"
#include "searcher/complain.h"
#include "searcher/help.h"
#include "searcher/quotes_reply.h"
#include "searcher/quotes.h"

enum { WIDTH_DEFAULT = 80, WIDTH_LEAST = 20, WIDTH_MOST = 10000 };

static int exit_status(enum status code)
{
    switch (code) {
    case OK: return 0;
    case END: return 1;
    case ERR_INPUT:
    case ERR_LIMIT:
    case ERR_USAGE: return 2;
    case ERR_CORRUPT: return 4;
    default: return 5;
    }
}

/* --- How it looks ------------------------------------------------------- */

static unsigned terminal_width(void)
{
    const char *columns = getenv("COLUMNS");
    struct winsize size = { 0 };
    long width = 0;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        width = size.ws_col;
    if (!width && columns)
        width = strtol(columns, NULL, 10);
    return width >= WIDTH_LEAST && width <= WIDTH_MOST ? (unsigned)width
                                                       : WIDTH_DEFAULT;
}

static bool granted(enum wish wish, bool otherwise)
{
    return wish == WISH_AUTO ? otherwise : wish == WISH_YES;
}

static void choose_look(struct render_options *look,
                        const struct search_options *o, bool terminal)
{
    look->format = o->format;
    look->utc = o->utc;
    look->seconds = granted(o->seconds, terminal);
    look->width = o->width_given ? o->width
        : terminal ? terminal_width() : WIDTH_DEFAULT;
    colours_choose(&look->colours, o->colour, terminal);
}

/* --- What is done ------------------------------------------------------- */

/* What the desk found becomes OK or END; failures stay. */
static enum status ask(struct desk *d, struct error *err)
{
    const struct search_options *o = d->options;
    enum status status = OK;

    if (d->snapshot->quotes)
        status = quotes_open(&d->quotes, d->snapshot, err);
    if (status != OK)
        return status;
    if (o->show)
        status = quotes_show(d, err);
    else if (d->snapshot->quotes)
        status = quotes_reply(d, o->request.text, err);
    else if (o->batch)
        status = batch_run(d, o->batch, err);
    else
        status = reply(d, BYTES_NONE, o->request.text, err);
    if (o->quiet && d->found)
        return OK;
    return status < 0 ? status : d->found ? OK : END;
}

static enum status run(const struct search_options *o,
                       struct snapshot *snapshot, struct error *err)
{
    bool terminal = isatty(STDOUT_FILENO) && o->format == RENDER_TEXT
        && !o->count && !o->quiet;
    struct error print_err = ERROR_INIT;
    enum status status;
    struct desk desk;

    desk_init(&desk, o, snapshot);
    choose_look(&desk.look, o, terminal);
    printer_open(&desk.printer, terminal && o->pager != WISH_NO);
    status = ask(&desk, err);
    if (printer_close(&desk.printer, &print_err) != OK) {
        complain(&print_err);
        status = ERR_IO;
    }
    desk_say(&desk);
    desk_release(&desk);
    return status;
}

/* An index made under other rules for words answers, but what is asked may
 * be spelled otherwise in it. */
static void warn_of_rules(const struct snapshot *s, const char *dir)
{
    struct error warning = ERROR_INIT;

    if (s->manifest.analyzer_version == analyzer_version())
        return;
    error_set(&warning, ERR_CORRUPT, "%s: its words were analyzed by version "
              "%08x, this program has %08x; some words may not be found until "
              "the articles are indexed anew", dir,
              s->manifest.analyzer_version, analyzer_version());
    complain(&warning);
}

/* --quotes and its like, and speaker: and its like in the query. */
static bool wants_quotes(const struct search_options *o)
{
    struct analyzer *analyzer;
    bool asked;

    if (o->quotes || o->show)
        return true;
    if (o->batch)
        return false;
    analyzer = analyzer_new();
    asked = quotes_asked(&o->request, analyzer);
    analyzer_free(analyzer);
    return asked;
}

static int search_index(const struct search_options *o, struct error *err)
{
    struct snapshot *snapshot = NULL;
    char *dir = NULL;
    enum status status = folder_choose(&dir, o->index, err);

    if (status == OK && wants_quotes(o))
        status = snapshot_open_quotes(&snapshot, dir, err);
    else if (status == OK && o->format == RENDER_CSV)
        status = error_set(err, ERR_USAGE, "--format csv is for --quotes and "
                           "--speakers");
    else if (status == OK)
        status = snapshot_open(&snapshot, dir, err);
    if (status == OK) {
        warn_of_rules(snapshot, dir);
        status = run(o, snapshot, err);
    }
    if (err->code != OK && !(o->quiet && status == OK)
        && err->message[0])
        complain(err);
    snapshot_close(snapshot);
    free(dir);
    return exit_status(status);
}

static int print_text(const char *text)
{
    struct error err = ERROR_INIT;

    errno = 0;
    if ((fputs(text, stdout) >= 0 && fflush(stdout) == 0) || errno == EPIPE)
        return 0;
    error_errno(&err, "standard output");
    complain(&err);
    return 5;
}

static int print_version(void)
{
    char text[80];

    snprintf(text, sizeof(text), "lede-search 0.1 (index format %d)\n",
             FORMAT_VERSION);
    return print_text(text);
}

int main(int argc, char **argv)
{
    struct search_options options;
    struct error err = ERROR_INIT;
    int status;

    file_guard_standard();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (search_options_read(&options, argc, argv, &err) != OK) {
        complain(&err);
        status = exit_status(err.code);
    } else if (options.action == ACTION_HELP) {
        status = print_text(HELP_SHORT);
    } else if (options.action == ACTION_MANUAL) {
        status = print_text(HELP_LONG);
    } else if (options.action == ACTION_VERSION) {
        status = print_version();
    } else {
        status = search_index(&options, &err);
    }
    search_options_release(&options);
    return status;
}
