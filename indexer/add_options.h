/* add_options.h -- what people say of `lede-index add`. */
#ifndef LEDE_ADD_OPTIONS_H
#define LEDE_ADD_OPTIONS_H

#include "indexer/command.h"
#include "indexer/invert/builder.h"
#include "indexer/options.h"
#include "indexer/read/source.h"
#include "indexer/read/walk.h"
#include "indexer/zone.h"

enum dump { DUMP_NONE, DUMP_ARTICLES, DUMP_QUOTES, DUMP_WHY };
enum { ADD_MAP_MOST = 32 };

struct add_options {
    struct source_options reading;
    struct builder_options building;    /* all but the weight of titles */
    uint64_t title_weight;              /* 0: not said */
    size_t max_record;                  /* 0: not said */
    struct globs include, exclude;      /* of the files to take */
    const char *list;                   /* --files-from; NULL: not said */
    bool list_nul;                      /* its paths end with NUL */
    struct date_range span;             /* of the articles to take */
    bool spanned;                       /* there is a span */
    struct zone zone;                   /* of times without one */
    bool dry_run;
    enum dump dump;                     /* with dry_run */
    bool forget_sites;                  /* --no-site-memory */
    struct source_map map[ADD_MAP_MOST + 1];    /* --map; borrows from argv */
    size_t map_count;
};

#define ADD_OPTIONS_INIT { .reading = SOURCE_OPTIONS_INIT, \
                           .building = { .memory = OPTIONS_MEMORY, \
                                         .quotes = true }, \
                           .span = { INT64_MIN, INT64_MAX } }

/* What -h prints. */
extern const char add_help[];

/* Options of another command that has those of add too, with numbers from
 * ADD_OPTION_EXTRA on. */
enum { ADD_OPTION_EXTRA = 200 };

struct add_extra {
    const struct option *longs;     /* ended by a name of NULL */
    enum status (*take)(void *self, int option, struct error *err);
    void *self;
    bool pathless;                  /* no path need be given */
};

/* Reads argv, and shares the memory between reading and building; optind is
 * the first path then.  `extra` may be NULL.  ERR_USAGE. */
enum status add_options_read(struct add_options *o, struct context *context,
                             int argc, char **argv,
                             const struct add_extra *extra,
                             struct error *err);

/* Frees what reading them took. */
void add_options_release(struct add_options *o);

#endif
