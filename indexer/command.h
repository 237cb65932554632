/* command.h -- the commands of lede-index: one member a file.
 *
 *   command_add      index files, folders, standard input
 *   command_sync     make the index say what the files say
 *   command_watch    sync, then follow what changes
 *   command_errors   what could not be taken
 *   command_rm       delete articles
 *   command_compact  merge segments, drop what was deleted
 *   command_stats    sizes, languages, dates, sources
 *   command_verify   check every byte
 *   command_alias    who is who, said by hand
 *
 * A command gets its own arguments, its name first.  What it returns becomes
 * the exit status, what it leaves in `err` a line on stderr.
 */
#ifndef LEDE_COMMAND_H
#define LEDE_COMMAND_H

#include "common/base/error.h"

#include <stdbool.h>

enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

/* What people say of all commands. */
struct context {
    const char *dir;            /* the index */
    bool verbose, quiet, json;
    bool help;                  /* of the command; then nothing else is done */
    bool version;
    enum when color, progress;
    int exit;                   /* status where nothing failed: 0, 1 or 130 */
};

struct command {
    const char *name;
    const char *help;           /* what -h prints */
    enum status (*run)(struct context *context, int argc, char **argv,
                       struct error *err);
};

extern const struct command command_add;
extern const struct command command_sync;
extern const struct command command_watch;
extern const struct command command_errors;
extern const struct command command_rm;
extern const struct command command_compact;
extern const struct command command_stats;
extern const struct command command_verify;
extern const struct command command_alias;

#endif
