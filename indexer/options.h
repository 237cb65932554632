/* options.h -- the options of one command, and those of all of them. */
#ifndef LEDE_OPTIONS_H
#define LEDE_OPTIONS_H

#include <getopt.h>
#include <stddef.h>
#include <stdint.h>

#include "indexer/command.h"

enum { OPTIONS_MAX = 64 };

struct options {
    struct context *context;
    struct option all[OPTIONS_MAX];
    char letters[64];
};

/* `longs` ends with a name of NULL; `letters` as getopt takes them.  With
 * `in_order` the first argument that is no option ends the options. */
void options_init(struct options *o, struct context *context,
                  const struct option *longs, const char *letters,
                  bool in_order);

/* The next option of the command, with optarg; -1: no more, and optind is
 * the first argument.  Those of all commands are carried out here.  '?':
 * wrong, and err says what (ERR_USAGE). */
int options_next(struct options *o, int argc, char **argv,
                 struct error *err);

/* "512M", "64K", "2G", "1000": bytes.  ERR_USAGE. */
enum status options_size(uint64_t *bytes, const char *text, const char *name,
                         struct error *err);

enum { OPTIONS_MEMORY = 512 << 20 };   /* where nothing is said */

/* --memory: as options_size, and at least 32M. */
enum status options_memory(size_t *bytes, const char *text,
                           struct error *err);

/* A whole number from `least` to `most`.  ERR_USAGE. */
enum status options_number(uint64_t *value, const char *text,
                           const char *name, uint64_t least, uint64_t most,
                           struct error *err);

#endif
