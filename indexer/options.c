/* options.c -- the options of one command, and those of all of them.
 *
 * getopt_long does the work; its messages are replaced, so that a wrong
 * option says what was meant:
 *
 *   lede-index: no such option: --memroy (did you mean --memory?)
 */
#include "indexer/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/nearest.h"

enum {
    MEMORY_LEAST = 32,          /* MB */
    OPTION_COLOR = 1000, OPTION_PROGRESS, OPTION_JSON, OPTION_VERSION,
    OPTION_HELP
};

static const struct option of_all[] = {
    { "index", required_argument, NULL, 'i' },
    { "verbose", no_argument, NULL, 'v' },
    { "quiet", no_argument, NULL, 'q' },
    { "color", required_argument, NULL, OPTION_COLOR },
    { "progress", required_argument, NULL, OPTION_PROGRESS },
    { "json", no_argument, NULL, OPTION_JSON },
    { "help", no_argument, NULL, OPTION_HELP },
    { "version", no_argument, NULL, OPTION_VERSION },
    { NULL, 0, NULL, 0 },
};

void options_init(struct options *o, struct context *context,
                  const struct option *longs, const char *letters,
                  bool in_order)
{
    unsigned count = 0;

    *o = (struct options){ .context = context };
    for (const struct option *one = longs; one->name; one++)
        o->all[count++] = *one;
    for (const struct option *one = of_all; one->name; one++)
        o->all[count++] = *one;
    snprintf(o->letters, sizeof(o->letters), "%s:i:vqh%s",
             in_order ? "+" : "", letters);
    opterr = 0;
    optind = 0;
}

static int bad_long(const struct options *o, const char *argument,
                    struct error *err)
{
    const char *names[OPTIONS_MAX + 1] = { NULL }, *guess;
    const char *word = argument + 2;
    int len = (int)strcspn(word, "=");

    for (unsigned i = 0; o->all[i].name; i++) {
        names[i] = o->all[i].name;
        if (bytes_equal(bytes_of(word, (size_t)len), bytes_str(names[i]))) {
            error_set(err, ERR_USAGE, "--%s takes no value", names[i]);
            return '?';
        }
    }
    guess = nearest_name(bytes_of(word, (size_t)len), names);
    if (guess)
        error_set(err, ERR_USAGE, "no such option: --%.*s (did you mean "
                  "--%s?)", len, word, guess);
    else
        error_set(err, ERR_USAGE, "no such option: --%.*s (see -h)", len,
                  word);
    return '?';
}

static int parse_when(enum when *when, const char *text, const char *name,
                      struct error *err)
{
    static const char *const names[] = { "auto", "always", "never" };

    for (int i = 0; i < 3; i++) {
        if (strcmp(text, names[i]) == 0) {
            *when = (enum when)i;
            return 0;
        }
    }
    error_set(err, ERR_USAGE, "--%s is always, never or auto, not %s", name,
              text);
    return '?';
}

static int take_dir(struct context *c, const char *dir, struct error *err)
{
    c->dir = dir;
    if (*dir)
        return 0;
    error_set(err, ERR_USAGE, "-i wants the folder of an index");
    return '?';
}

/* Carries out an option of all commands; 0, or '?', or the option back. */
static int take_common(struct context *c, int option, struct error *err)
{
    switch (option) {
    case 'i': return take_dir(c, optarg, err);
    case 'v': c->verbose = true; return 0;
    case 'q': c->quiet = true; return 0;
    case 'h': case OPTION_HELP: c->help = true; return 0;
    case OPTION_VERSION: c->version = true; return 0;
    case OPTION_JSON: c->json = true; return 0;
    case OPTION_COLOR: return parse_when(&c->color, optarg, "color", err);
    case OPTION_PROGRESS:
        return parse_when(&c->progress, optarg, "progress", err);
    default: return option;
    }
}

static int next_raw(struct options *o, int argc, char **argv,
                    struct error *err)
{
    int option = getopt_long(argc, argv, o->letters, o->all, NULL);

    if (option == ':') {
        error_set(err, ERR_USAGE, "%s wants a value", argv[optind - 1]);
        return '?';
    }
    if (option != '?')
        return option;
    if (strncmp(argv[optind - 1], "--", 2) == 0)
        return bad_long(o, argv[optind - 1], err);
    error_set(err, ERR_USAGE, "no such option: -%c (see -h)", optopt);
    return '?';
}

int options_next(struct options *o, int argc, char **argv, struct error *err)
{
    int option;

    do {
        option = next_raw(o, argc, argv, err);
        if (option != '?' && option != -1)
            option = take_common(o->context, option, err);
    } while (option == 0);
    return option;
}

enum status options_number(uint64_t *value, const char *text,
                           const char *name, uint64_t least, uint64_t most,
                           struct error *err)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    if (!isdigit((unsigned char)text[0]) || *end || errno ||
        *value < least || *value > most)
        return error_set(err, ERR_USAGE, "--%s is a number from %llu to "
                         "%llu, not %s", name, (unsigned long long)least,
                         (unsigned long long)most, text);
    return OK;
}

enum status options_size(uint64_t *bytes, const char *text, const char *name,
                         struct error *err)
{
    static const char units[] = "KMGT";
    unsigned shift = 0;
    const char *unit;
    char *end;

    errno = 0;
    *bytes = strtoull(text, &end, 10);
    if (*end && (unit = strchr(units, toupper((unsigned char)*end)))) {
        shift = 10 * (unsigned)(unit - units + 1);
        end++;
    }
    if (!isdigit((unsigned char)text[0]) || *end || errno ||
        *bytes > UINT64_MAX >> shift)
        return error_set(err, ERR_USAGE, "--%s is a size such as 512M, not "
                         "%s", name, text);
    *bytes <<= shift;
    return OK;
}

enum status options_memory(size_t *bytes, const char *text,
                           struct error *err)
{
    uint64_t size = 0;
    enum status code = options_size(&size, text, "memory", err);

    if (code == OK && size < (uint64_t)MEMORY_LEAST << 20)
        code = error_set(err, ERR_USAGE, "--memory is at least %dM, not %s",
                         MEMORY_LEAST, text);
    *bytes = size < SIZE_MAX ? (size_t)size : SIZE_MAX;
    return code;
}
