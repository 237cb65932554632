/* main.c -- lede-index: options of all commands, then one command.
 *
 *   lede-index -i DIR add PATH...      -> command_add
 *
 * Here, and only here, the failure that ends a command becomes a line on
 * stderr and an exit status; a record that is left out is told by the
 * command, which goes on.
 */
#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/file.h"
#include "common/base/nearest.h"
#include "common/index/folder.h"
#include "common/index/format.h"
#include "indexer/options.h"
#include "indexer/visible.h"

static const char help[] =
"  lede-index add ~/news                  index files and folders\n"
"  zcat wire.gz | lede-index add --from jsonl -\n"
"  lede-index rm --url https://example.org/gas.html\n"
"  lede-index stats\n"
"\n"
"usage: lede-index [-i DIR] [-v|-q] [--color WHEN] [--progress WHEN] [--json]\n"
"                  COMMAND [OPTION...] [ARG...]\n"
"\n"
"  add PATH...     index articles; \"-\" is standard input\n"
"  sync PATH...    read what is new or changed, take out what is gone\n"
"  watch DIR...    sync, then take in what is written there\n"
"  errors          what could not be taken, and why; --retry, --clear\n"
"  rm ID...        delete articles, by --url or --source too\n"
"  compact         merge segments, drop what was deleted\n"
"  stats           sizes, languages, dates, sources\n"
"  verify          check every byte of the index\n"
"  alias           who is who, where the rules for speakers are wrong\n"
"\n"
"  -i, --index DIR      the index; $LEDE_INDEX, else\n"
"                       $XDG_DATA_HOME/lede/default, else\n"
"                       ~/.local/share/lede/default\n"
"  -q, --quiet          no report, no progress\n"
"  -v, --verbose        a line of progress every 30 s\n"
"  --color WHEN         auto, always, never\n"
"  --progress WHEN      auto, always, never\n"
"  --json               the report as one JSON object\n"
"  -h, --help           help with a command: lede-index add -h\n"
"  --version\n";

static const struct command *const commands[] = {
    &command_add, &command_sync, &command_watch, &command_errors,
    &command_rm, &command_compact, &command_stats, &command_verify,
    &command_alias,
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static int exit_status(enum status code)
{
    switch (code) {
    case ERR_USAGE: return 2;
    case ERR_BUSY: return 3;
    case ERR_CORRUPT: return 4;
    default: return 5;
    }
}

static bool colored(const struct context *c)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    const char *force = getenv("CLICOLOR_FORCE");

    if (c->color != WHEN_AUTO)
        return c->color == WHEN_ALWAYS;
    if (no && *no)
        return false;
    if (force && *force && strcmp(force, "0") != 0)
        return true;
    return isatty(STDERR_FILENO) && term && *term &&
        strcmp(term, "dumb") != 0;
}

static int fail(const struct context *c, const struct error *err)
{
    visible_print(stderr, colored(c) ? "\033[1;31mlede-index:\033[0m "
                                     : "lede-index: ", err->message);
    return exit_status(err->code);
}

static const struct command *find_command(const char *name,
                                          struct error *err)
{
    const char *names[COMMANDS + 1] = { NULL }, *guess;

    for (int i = 0; i < COMMANDS; i++) {
        names[i] = commands[i]->name;
        if (strcmp(name, names[i]) == 0)
            return commands[i];
    }
    guess = nearest_name(bytes_str(name), names);
    if (guess)
        error_set(err, ERR_USAGE, "no such command: %s (did you mean %s?)",
                  name, guess);
    else
        error_set(err, ERR_USAGE, "no such command: %s (see lede-index -h)",
                  name);
    return NULL;
}

static int finish(const struct context *c, enum status code,
                  struct error *err)
{
    if (code < 0)
        return fail(c, err);
    /* A reader that has gone away is no failure. */
    if ((fflush(stdout) != 0 || ferror(stdout)) && errno != EPIPE) {
        error_errno(err, "standard output");
        return fail(c, err);
    }
    return c->exit;
}

static int run(struct context *c, const struct command *command, int argc,
               char **argv)
{
    struct error err = ERROR_INIT;
    char *dir;
    enum status code = folder_choose(&dir, c->dir, &err);
    int status;

    c->dir = dir;
    if (code == OK)
        code = command->run(c, argc, argv, &err);
    if (c->help)
        fputs(command->help, stdout);
    status = finish(c, code, &err);
    free(dir);
    return status;
}

static int print_version(const struct context *c)
{
    struct error err = ERROR_INIT;

    printf("lede-index 0.1 (index format %d)\n", FORMAT_VERSION);
    return finish(c, OK, &err);
}

int main(int argc, char **argv)
{
    static const struct option none[] = { { NULL, 0, NULL, 0 } };
    struct context context = { .exit = 0 };
    struct error err = ERROR_INIT;
    const struct command *command;
    struct options options;

    file_guard_standard();
    /* "?" in a pattern of names is a character, not a byte. */
    setlocale(LC_CTYPE, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN);
    /* Past a limit on the size of files a write fails, and says so. */
    signal(SIGXFSZ, SIG_IGN);
    /* Large blocks go back to the system when they are freed, so that a cap
     * on memory can hold. */
    mallopt(M_MMAP_THRESHOLD, 256 << 10);
    options_init(&options, &context, none, "", true);
    if (options_next(&options, argc, argv, &err) == '?')
        return fail(&context, &err);
    if (context.version)
        return print_version(&context);
    if (context.help) {
        fputs(help, stdout);
        return finish(&context, OK, &err);
    }
    if (optind == argc) {
        fputs(help, stderr);
        return exit_status(ERR_USAGE);
    }
    command = find_command(argv[optind], &err);
    if (!command)
        return fail(&context, &err);
    return run(&context, command, argc - optind, argv + optind);
}
