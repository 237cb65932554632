/* command_sync.c -- make the index say what files and folders say. */
#include <unistd.h>

#include "indexer/interrupt.h"
#include "indexer/sync.h"

enum { OPTION_FORCE = ADD_OPTION_EXTRA, OPTION_REREAD };

static const char help[] =
"  lede-index sync ~/news             read what is new or has changed, take\n"
"                                     out what is gone, skip the rest\n"
"  lede-index sync -n ~/news          only count the files\n"
"\n"
"usage: lede-index [-i DIR] sync [OPTION...] PATH...\n"
"\n"
"A file of the same size and time as at the last sync is skipped; of the\n"
"others the contents decide. What vanished from a folder, or from a file,\n"
"leaves the index, unless another file has it too.\n"
"\n"
"  --force            also if most of the files that were there are gone\n"
"  --reread           read all files again; after a change of other options\n"
"  -n, --dry-run      count the files, read nothing\n"
"\n"
"and the options of add: --files-from -0 --include --exclude --since --until\n"
"--from --lang --source --encoding --tz --memory --max-record --title-weight\n"
"\n"
"Exit: as add; 2 too if most of the files are gone.\n";

struct syncing {
    bool force, reread;
};

static const struct option longs[] = {
    { "force", no_argument, NULL, OPTION_FORCE },
    { "reread", no_argument, NULL, OPTION_REREAD },
    { NULL, 0, NULL, 0 },
};

static enum status take_option(void *self, int option, struct error *err)
{
    struct syncing *say = self;

    (void)err;
    say->force |= option == OPTION_FORCE;
    say->reread |= option == OPTION_REREAD;
    return OK;
}

static enum status check(const struct add_options *said, char **paths,
                         struct error *err)
{
    if (said->dump)
        return error_set(err, ERR_USAGE, "--dump is for add");
    for (; *paths; paths++)
        if (strcmp(*paths, "-") == 0)
            return error_set(err, ERR_USAGE, "sync is for files and folders; "
                             "add reads standard input");
    return OK;
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct add_options said = ADD_OPTIONS_INIT;
    struct syncing say = { false, false };
    const struct add_extra extra = { longs, take_option, &say, false };
    enum status code = add_options_read(&said, context, argc, argv, &extra,
                                        err);
    struct sync s;

    sync_init(&s, context, &said, err);
    s.force = say.force;
    s.reread = say.reread;
    if (code == OK && !context->help)
        code = check(&said, argv + optind, err);
    if (code == OK && !context->help) {
        interrupt_catch();
        for (char **path = argv + optind; *path; path++)
            sync_add(&s, *path);
        if (said.list)
            code = sync_add_list(&s);
        if (code == OK)
            code = sync_run(&s);
        if (code == OK)
            sync_report(&s);
        context->exit = intake_exit(&s.intake);
    }
    intake_explain(&s.intake, code);
    sync_release(&s);
    add_options_release(&said);
    return code;
}

const struct command command_sync = { "sync", help, run };
