/* search_options.h -- the command line of lede-search, read.
 */
#ifndef LEDE_SEARCH_OPTIONS_H
#define LEDE_SEARCH_OPTIONS_H

#include "searcher/present/render.h"
#include "searcher/search.h"

enum action { ACTION_SEARCH, ACTION_HELP, ACTION_MANUAL, ACTION_VERSION };

/* What nobody asked for is decided by where the output goes. */
enum wish { WISH_AUTO, WISH_YES, WISH_NO };

/* A piece of the query, as it stands on the command line. */
struct argument {
    const char *text;
    bool verbatim;              /* of -e: taken as it is */
};

struct search_options {
    enum action action;
    const char *index;          /* NULL: the default one */
    const char *batch;          /* file, or "-"; NULL: no batch */
    struct argument *arguments;
    size_t argument_count;
    struct buffer query;        /* the arguments as one text */
    struct buffer filters;      /* --source and so on, in query language */
    struct request request;     /* text and filters are of the buffers */
    enum render_format format;
    uint32_t snippets;          /* of each article */
    uint32_t width;
    bool width_given;
    bool count, quiet, explain, utc;
    bool quotes, speakers;      /* who said what; who spoke */
    bool sort_given;
    const char *show;           /* the identity of a quotation, or NULL */
    enum colour_when colour;
    enum wish pager, seconds;
};

/* Reads argv; ERR_USAGE says what is wrong.  The options borrow from argv. */
enum status search_options_read(struct search_options *o, int argc, char **argv,
                         struct error *err);
void search_options_release(struct search_options *o);

#endif
