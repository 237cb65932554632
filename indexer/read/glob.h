/* glob.h -- which paths a pattern of --include and --exclude means.
 *
 *   *.html           any file of such a name, wherever it is
 *   2023/a*.html     from the folder that was given, a level for each name
 *   2023/x/...       where a name is "**" it is any number of folders
 *   old/             a folder of that name, with all that is in it
 */
#ifndef LEDE_READ_GLOB_H
#define LEDE_READ_GLOB_H

#include <stdbool.h>

/* Patterns; borrowed. */
struct globs {
    const char **patterns;
    unsigned count;
};

/* Whether one of them means the file or folder: `path` as it was reached,
 * `below` the part of it behind the folder that was given (the whole path of
 * a file that was given itself).  A pattern with a slash in it is held
 * against both, any other against the last name. */
bool globs_match(const struct globs *g, const char *path, const char *below,
                 bool folder);

#endif
