/* glob.c -- patterns of paths, name by name.
 *
 *   2023 / **    / a*.html     each name by fnmatch(3); "**" is any number
 *   2023 / 11/12 / a7.html     of names, also none
 */
#include "indexer/read/glob.h"

#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/error.h"

static const char *after_slashes(const char *text)
{
    while (*text == '/')
        text++;
    return text;
}

/* Matches the first name of both, which are `pattern_len` and `len` long. */
static bool name_matches(const char *pattern, size_t pattern_len,
                         const char *name, size_t len)
{
    char *wanted = must_alloc(pattern_len + len + 2), *got;
    bool matches;

    memcpy(wanted, pattern, pattern_len);
    wanted[pattern_len] = '\0';
    got = wanted + pattern_len + 1;
    memcpy(got, name, len);
    got[len] = '\0';
    matches = fnmatch(wanted, got, 0) == 0;
    free(wanted);
    return matches;
}

/* Behind a "**" that failed, the next name of the path is given to it. */
static bool path_matches(const char *pattern, const char *path)
{
    const char *retry = NULL, *retry_path = NULL;

    while (*path) {
        size_t wanted = strcspn(pattern, "/"), len = strcspn(path, "/");

        if (wanted == 2 && memcmp(pattern, "**", 2) == 0) {
            retry = pattern = after_slashes(pattern + wanted);
            retry_path = path;
            if (!*pattern)
                return true;
        } else if (wanted && name_matches(pattern, wanted, path, len)) {
            pattern = after_slashes(pattern + wanted);
            path = after_slashes(path + len);
        } else if (retry) {
            retry_path += strcspn(retry_path, "/");
            path = retry_path = after_slashes(retry_path);
            pattern = retry;
        } else {
            return false;
        }
    }
    return !*pattern || strcmp(pattern, "**") == 0;
}

static const char *skip_here(const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path = after_slashes(path + 1);
    return path;
}

static const char *last_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? slash + 1 : path;
}

static bool one_matches(const char *given, const char *path,
                        const char *below, bool folder)
{
    size_t len = strlen(given);
    char *pattern;
    bool matches;

    if (len > 1 && given[len - 1] == '/') {
        if (!folder)
            return false;
        len--;
    }
    pattern = must_calloc(len + 1, 1);
    memcpy(pattern, given, len);
    if (strchr(pattern, '/'))
        matches = path_matches(after_slashes(skip_here(pattern)),
                               after_slashes(below)) ||
                  path_matches(after_slashes(skip_here(pattern)),
                               after_slashes(skip_here(path)));
    else
        matches = fnmatch(pattern, last_name(path), 0) == 0;
    free(pattern);
    return matches;
}

bool globs_match(const struct globs *g, const char *path, const char *below,
                 bool folder)
{
    for (unsigned i = 0; i < g->count; i++)
        if (one_matches(g->patterns[i], path, below, folder))
            return true;
    return false;
}
