/* search_options.c -- the command line of lede-search, read.
 *
 *   --name value, --name=value, -n value, -n5     an option
 *   -word                                         an excluded word
 *   --                                            only words from here on
 *
 * getopt would take "-word" for four options.  The table below is the list
 * of all that there are; what one of them does is in take_...().
 */
#include "searcher/search_options.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/nearest.h"
#include "searcher/arguments.h"

enum option_id {
    OPTION_INDEX, OPTION_QUERY, OPTION_BATCH, OPTION_ANY, OPTION_ALL,
    OPTION_PLAIN, OPTION_SYNTAX, OPTION_SOURCE, OPTION_LANG, OPTION_SINCE,
    OPTION_UNTIL, OPTION_NUMBER, OPTION_FROM, OPTION_SORT, OPTION_SNIPPETS,
    OPTION_COUNT, OPTION_QUIET, OPTION_EXPLAIN, OPTION_K1, OPTION_B,
    OPTION_FORMAT, OPTION_COLOR, OPTION_PAGER, OPTION_NO_PAGER, OPTION_WIDTH,
    OPTION_UTC, OPTION_TIME, OPTION_NO_TIME, OPTION_HELP, OPTION_MANUAL,
    OPTION_VERSION, OPTION_QUOTES, OPTION_SPEAKER, OPTION_SPEAKERS,
    OPTION_SURE, OPTION_KIND, OPTION_SHOW
};

struct option_spec {
    char letter;
    const char *name;           /* NULL: a letter only */
    bool value;
    enum option_id id;
};

static const struct option_spec SPECS[] = {
    { 'i', "index", true, OPTION_INDEX },
    { 'e', "query", true, OPTION_QUERY },
    { 0, "batch", true, OPTION_BATCH },
    { 0, "any", false, OPTION_ANY },
    { 0, "all", false, OPTION_ALL },
    { 0, "plain", false, OPTION_PLAIN },
    { 0, "syntax", true, OPTION_SYNTAX },
    { 0, "source", true, OPTION_SOURCE },
    { 0, "lang", true, OPTION_LANG },
    { 0, "since", true, OPTION_SINCE },
    { 0, "until", true, OPTION_UNTIL },
    { 0, "quotes", false, OPTION_QUOTES },
    { 0, "speaker", true, OPTION_SPEAKER },
    { 0, "speakers", false, OPTION_SPEAKERS },
    { 0, "sure", false, OPTION_SURE },
    { 0, "kind", true, OPTION_KIND },
    { 0, "show", true, OPTION_SHOW },
    { 'n', "number", true, OPTION_NUMBER },
    { 0, "from", true, OPTION_FROM },
    { 0, "sort", true, OPTION_SORT },
    { 0, "snippets", true, OPTION_SNIPPETS },
    { 'c', "count", false, OPTION_COUNT },
    { 'q', "quiet", false, OPTION_QUIET },
    { 0, "explain", false, OPTION_EXPLAIN },
    { 0, "k1", true, OPTION_K1 },
    { 0, "b", true, OPTION_B },
    { 0, "format", true, OPTION_FORMAT },
    { 0, "color", true, OPTION_COLOR },
    { 0, "pager", false, OPTION_PAGER },
    { 0, "no-pager", false, OPTION_NO_PAGER },
    { 0, "width", true, OPTION_WIDTH },
    { 0, "utc", false, OPTION_UTC },
    { 0, "time", false, OPTION_TIME },
    { 0, "no-time", false, OPTION_NO_TIME },
    { 'h', NULL, false, OPTION_HELP },
    { 0, "help", false, OPTION_MANUAL },
    { 0, "version", false, OPTION_VERSION },
};

enum { SPEC_COUNT = sizeof(SPECS) / sizeof(*SPECS), DATE_MAX = 32 };

/* What is being read; the first failure sticks in err. */
struct reading {
    struct search_options *options;
    struct error *err;
    const char *given;          /* the option as it was written */
    bool mode_given, plain_given, number_given;
    struct buffer sources, langs, persons, kinds;
    bool sure;
    const char *since, *until;
};

/* --- Values ------------------------------------------------------------- */

static uint32_t take_count(struct reading *r, const char *value)
{
    uint64_t number = 0;

    for (const char *at = value; *at && number <= UINT32_MAX; at++) {
        if (*at < '0' || *at > '9') {
            number = UINT64_MAX;
            break;
        }
        number = number * 10 + (uint64_t)(*at - '0');
    }
    if (!*value || number > UINT32_MAX) {
        error_set(r->err, ERR_USAGE, "%s wants a number from 0 to %u, not "
                  "\"%s\"", r->given, UINT32_MAX, value);
        return 0;
    }
    return (uint32_t)number;
}

static float take_constant(struct reading *r, const char *value, double most)
{
    char *end;
    double number = strtod(value, &end);

    if (!*value || *end || !isfinite(number) || number < 0 || number > most)
        error_set(r->err, ERR_USAGE, "%s wants a number from 0 to %g, not "
                  "\"%s\"", r->given, most, value);
    return (float)number;
}

/* The number of the value among `choices`, which end with NULL. */
static int take_choice(struct reading *r, const char *value,
                       const char *const *choices)
{
    struct buffer list = BUFFER_INIT;

    for (int i = 0; choices[i]; i++) {
        if (strcmp(value, choices[i]) == 0) {
            buffer_release(&list);
            return i;
        }
        buffer_printf(&list, "%s%s", i ? ", " : "", choices[i]);
    }
    error_set(r->err, ERR_USAGE, "%s knows %s; not \"%s\"", r->given,
              buffer_cstr(&list), value);
    buffer_release(&list);
    return 0;
}

static enum sort_order take_sort(struct reading *r, const char *value)
{
    static const char *const choices[] = { "best", "date", "-date", NULL };
    static const enum sort_order orders[] = { SORT_BEST, SORT_NEWEST,
                                              SORT_OLDEST };

    return orders[take_choice(r, value, choices)];
}

static enum render_format take_format(struct reading *r, const char *value)
{
    static const char *const choices[] = { "text", "json", "trec", "csv",
                                           NULL };
    static const enum render_format formats[] = { RENDER_TEXT, RENDER_JSON,
                                                  RENDER_TREC, RENDER_CSV };

    return formats[take_choice(r, value, choices)];
}

static enum colour_when take_color(struct reading *r, const char *value)
{
    static const char *const choices[] = { "auto", "always", "never", NULL };
    static const enum colour_when whens[] = { COLOUR_AUTO, COLOUR_ALWAYS,
                                              COLOUR_NEVER };

    return whens[take_choice(r, value, choices)];
}

/* --- Filters ------------------------------------------------------------ */

/* field:"value", after an OR if it is not the first. */
static void put_filter(struct buffer *b, const char *field, const char *value)
{
    buffer_printf(b, "%s%s:\"", b->len ? " OR " : "", field);
    for (; *value; value++)
        buffer_put_u8(b, *value == '"' ? ' ' : (uint8_t)*value);
    buffer_put_u8(b, '"');
}

static void take_source(struct reading *r, const char *value)
{
    if (value[strspn(value, " \t\"")])
        put_filter(&r->sources, "source", value);
    else
        error_set(r->err, ERR_USAGE, "%s wants a name", r->given);
}

static void take_lang(struct reading *r, const char *value)
{
    struct lang lang = lang_parse(bytes_str(value));

    if (lang.code[0])
        put_filter(&r->langs, "lang", lang.code);
    else
        error_set(r->err, ERR_USAGE, "%s knows no language \"%s\"; "
                  "say it as en or English", r->given, value);
}

static void take_speaker(struct reading *r, const char *value)
{
    r->options->quotes = true;
    if (value[strspn(value, " \t\"")])
        put_filter(&r->persons, "speaker", value);
    else
        error_set(r->err, ERR_USAGE, "%s wants a name", r->given);
}

static void take_kind(struct reading *r, const char *value)
{
    static const char *const kinds[] = { "direct", "mixed", "reported", NULL };

    r->options->quotes = true;
    put_filter(&r->kinds, "kind", kinds[take_choice(r, value, kinds)]);
}

static const char *take_index(struct reading *r, const char *value)
{
    if (!*value)
        error_set(r->err, ERR_USAGE, "%s wants the folder of an index",
                  r->given);
    return value;
}

static const char *take_date(struct reading *r, const char *value)
{
    struct date_range range;
    struct error ignored = ERROR_INIT;

    if (strstr(value, "..") || strlen(value) > DATE_MAX
        || date_range_parse(&range, bytes_str(value), &ignored) != OK)
        error_set(r->err, ERR_USAGE, "%s wants a date like 2023, 2023-11 or "
                  "2023-11-12, not \"%s\"", r->given, value);
    return value;
}

static void put_group(struct buffer *filters, struct buffer *group)
{
    if (group->len)
        buffer_printf(filters, "(%s) ", buffer_cstr(group));
    buffer_release(group);
}

/* Both are right by themselves when this is called. */
static void check_stretch(struct reading *r)
{
    struct date_range since, until;
    struct error ignored = ERROR_INIT;

    if (r->err->code == OK && r->since && r->until
        && date_range_parse(&since, bytes_str(r->since), &ignored) == OK
        && date_range_parse(&until, bytes_str(r->until), &ignored) == OK
        && until.to <= since.from)
        error_set(r->err, ERR_USAGE, "--until %s is before --since %s",
                  r->until, r->since);
}

static void put_filters(struct reading *r)
{
    struct buffer *filters = &r->options->filters;

    put_group(filters, &r->sources);
    put_group(filters, &r->langs);
    put_group(filters, &r->persons);
    put_group(filters, &r->kinds);
    if (r->sure)
        buffer_put_str(filters, "sure:sure ");
    if (r->since || r->until)
        buffer_printf(filters, "date:%s..%s", r->since ? r->since : "",
                      r->until ? r->until : "");
    r->options->request.reading.filters = buffer_bytes(filters);
}

/* --- Options ------------------------------------------------------------ */

static void add_argument(struct search_options *o, const char *text,
                         bool verbatim)
{
    o->arguments[o->argument_count++] = (struct argument){ text, verbatim };
}

/* Options that say what to find. */
static bool take_finding(struct reading *r, enum option_id id,
                         const char *value)
{
    static const char *const syntaxes[] = { "lede", NULL };
    struct search_options *o = r->options;
    struct query_options *reading = &o->request.reading;

    switch (id) {
    case OPTION_INDEX: o->index = take_index(r, value); return true;
    case OPTION_QUERY: add_argument(o, value, true); return true;
    case OPTION_BATCH: o->batch = value; return true;
    case OPTION_ANY: reading->mode = QUERY_MODE_ANY; break;
    case OPTION_ALL: reading->mode = QUERY_MODE_ALL; break;
    case OPTION_PLAIN: reading->plain = r->plain_given = true; return true;
    case OPTION_SYNTAX:
        take_choice(r, value, syntaxes);
        reading->plain = false;
        r->plain_given = true;
        return true;
    case OPTION_SOURCE: take_source(r, value); return true;
    case OPTION_LANG: take_lang(r, value); return true;
    case OPTION_SINCE: r->since = take_date(r, value); return true;
    case OPTION_UNTIL: r->until = take_date(r, value); return true;
    case OPTION_QUOTES: o->quotes = true; return true;
    case OPTION_SPEAKER: take_speaker(r, value); return true;
    case OPTION_SPEAKERS: o->quotes = o->speakers = true; return true;
    case OPTION_SURE: o->quotes = r->sure = true; return true;
    case OPTION_KIND: take_kind(r, value); return true;
    case OPTION_SHOW: o->show = value; return true;
    default: return false;
    }
    r->mode_given = true;
    return true;
}

/* Options that say which hits to show, and how. */
static void take_showing(struct reading *r, enum option_id id,
                         const char *value)
{
    struct search_options *o = r->options;

    switch (id) {
    case OPTION_NUMBER:
        o->request.n = take_count(r, value);
        r->number_given = true;
        break;
    case OPTION_FROM: o->request.from = take_count(r, value); break;
    case OPTION_SORT:
        o->request.sort = take_sort(r, value);
        o->sort_given = true;
        break;
    case OPTION_SNIPPETS: o->snippets = take_count(r, value); break;
    case OPTION_COUNT: o->count = true; break;
    case OPTION_QUIET: o->quiet = true; break;
    case OPTION_EXPLAIN: o->explain = true; break;
    case OPTION_K1: o->request.k1 = take_constant(r, value, 1000); break;
    case OPTION_B: o->request.b = take_constant(r, value, 1); break;
    case OPTION_FORMAT: o->format = take_format(r, value); break;
    case OPTION_COLOR: o->colour = take_color(r, value); break;
    case OPTION_PAGER: o->pager = WISH_YES; break;
    case OPTION_NO_PAGER: o->pager = WISH_NO; break;
    case OPTION_WIDTH:
        o->width = take_count(r, value);
        o->width_given = true;
        break;
    case OPTION_UTC: o->utc = true; break;
    case OPTION_TIME: o->seconds = WISH_YES; break;
    case OPTION_NO_TIME: o->seconds = WISH_NO; break;
    case OPTION_HELP: o->action = ACTION_HELP; break;
    case OPTION_MANUAL: o->action = ACTION_MANUAL; break;
    default: o->action = ACTION_VERSION; break;
    }
}

/* --- The command line --------------------------------------------------- */

static const struct option_spec *find_long(const char *name, size_t len)
{
    for (int i = 0; i < SPEC_COUNT; i++)
        if (SPECS[i].name && strlen(SPECS[i].name) == len
            && memcmp(SPECS[i].name, name, len) == 0)
            return &SPECS[i];
    return NULL;
}

static const struct option_spec *find_letter(char letter)
{
    for (int i = 0; i < SPEC_COUNT; i++)
        if (SPECS[i].letter == letter)
            return &SPECS[i];
    return NULL;
}

static void unknown_long(struct reading *r, const char *name, size_t len)
{
    const char *names[SPEC_COUNT + 1] = { NULL }, *nearest;
    size_t count = 0;

    for (int i = 0; i < SPEC_COUNT; i++)
        if (SPECS[i].name)
            names[count++] = SPECS[i].name;
    nearest = nearest_name(bytes_of(name, len), names);
    if (nearest)
        error_set(r->err, ERR_USAGE, "no such option: --%.*s (did you "
                  "mean --%s?)", (int)len, name, nearest);
    else
        error_set(r->err, ERR_USAGE, "no such option: --%.*s (see -h)",
                  (int)len, name);
}

/* The option that the argument is; NULL: a word, or a failure.  *value is
 * what is written in the same argument, or NULL. */
static const struct option_spec *find_option(struct reading *r,
                                             const char *argument,
                                             const char **value)
{
    const struct option_spec *spec;
    size_t len;

    *value = NULL;
    if (argument[0] != '-' || !argument[1])
        return NULL;
    if (argument[1] == '-') {
        len = strcspn(argument + 2, "=");
        spec = find_long(argument + 2, len);
        if (!spec)
            unknown_long(r, argument + 2, len);
        else if (argument[2 + len])
            *value = argument + 3 + len;
        return spec;
    }
    if (!argument[2]) {
        spec = find_letter(argument[1]);
        if (!spec)
            error_set(r->err, ERR_USAGE, "no such option: %s (see -h)",
                      argument);
        return spec;
    }
    if (argument[1] != 'n'
        || argument[2 + strspn(argument + 2, "0123456789")])
        return NULL;
    *value = argument + 2;
    return find_letter('n');
}

static void take_argument(struct reading *r, int argc, char **argv, int *at)
{
    const char *value, *argument = argv[*at];
    const struct option_spec *spec = find_option(r, argument, &value);

    if (r->err->code != OK)
        return;
    if (!spec) {
        add_argument(r->options, argument, false);
        return;
    }
    r->given = argument;
    if (spec->value && !value && *at + 1 < argc)
        value = argv[++*at];
    if (spec->value != (value != NULL))
        error_set(r->err, ERR_USAGE, spec->value ? "%s wants a value"
                  : "%s takes no value", argument);
    else if (!take_finding(r, spec->id, value))
        take_showing(r, spec->id, value);
}

/* What one option says of another. */
static void settle(struct reading *r)
{
    struct search_options *o = r->options;

    check_stretch(r);
    put_filters(r);
    if (o->format == RENDER_TREC) {
        if (!r->mode_given)
            o->request.reading.mode = QUERY_MODE_ANY;
        if (!r->plain_given)
            o->request.reading.plain = true;
        if (!r->number_given)
            o->request.n = 1000;
    }
    if (o->count)
        o->request.n = o->request.from = 0;
    arguments_join(&o->query, o->arguments, o->argument_count);
    o->request.text = buffer_bytes(&o->query);
    if (o->action != ACTION_SEARCH)
        return;
    if (o->batch && o->argument_count)
        error_set(r->err, ERR_USAGE, "--batch has the queries in its file; "
                  "\"%s\" cannot be asked beside them",
                  o->arguments[0].text);
    else if (o->batch && (o->quotes || o->show))
        error_set(r->err, ERR_USAGE, "--batch asks for articles, not for "
                  "quotations");
    else if (!o->batch && !o->argument_count && !o->filters.len && !o->show)
        error_set(r->err, ERR_USAGE, "there is nothing to search for; "
                  "lede-search -h shows examples");
}

enum status search_options_read(struct search_options *o, int argc, char **argv,
                         struct error *err)
{
    struct reading r = { .options = o, .err = err };
    int at;

    *o = (struct search_options){ .request = REQUEST_INIT, .snippets = 1 };
    o->arguments = must_calloc((unsigned long)argc + 1,
                               sizeof(*o->arguments));
    for (at = 1; at < argc && err->code == OK; at++) {
        if (strcmp(argv[at], "--") == 0)
            break;
        take_argument(&r, argc, argv, &at);
    }
    for (at++; at < argc; at++)
        add_argument(o, argv[at], false);
    settle(&r);
    return err->code;
}

void search_options_release(struct search_options *o)
{
    free(o->arguments);
    buffer_release(&o->query);
    buffer_release(&o->filters);
}
