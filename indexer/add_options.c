/* add_options.c -- what people say of `lede-index add`, and how the memory
 * they allow is shared.
 */
#include "indexer/add_options.h"

#include <stdlib.h>

#include "common/base/nearest.h"
#include "indexer/read/charset.h"

enum {
    TITLE_WEIGHT_MOST = 100,
    RECORD_LEAST = 1 << 10, RECORD_MOST = 1 << 30,
    RECORD_PART = 16,           /* of the memory, for the largest record */
    OPTION_LANG = 1, OPTION_SOURCE, OPTION_MEMORY, OPTION_TITLE_WEIGHT,
    OPTION_FROM, OPTION_MAX_RECORD, OPTION_DUMP, OPTION_MAP, OPTION_FILES_FROM,
    OPTION_INCLUDE, OPTION_EXCLUDE, OPTION_SINCE, OPTION_UNTIL,
    OPTION_ENCODING, OPTION_TZ, OPTION_QUOTES, OPTION_EXPLAIN, OPTION_FORGET
};

const char add_help[] =
"  lede-index add ~/news                     files, and all below folders\n"
"  lede-index add --from jsonl --source Reuters - <wire.gz\n"
"  lede-index add --dry-run --dump jsonl page.html       see what is read\n"
"\n"
"usage: lede-index [-i DIR] add [OPTION...] PATH...     - is standard input\n"
"\n"
"  --files-from FILE  also the paths in FILE, one a line; - is standard input\n"
"  -0, --null         with --files-from: each path ends with NUL\n"
"  --include GLOB     only such files: '*.html', '2024/**'\n"
"  --exclude GLOB     no such files and folders\n"
"  --since DATE       only articles from this year, month or day on: 2023-11\n"
"  --until DATE       only articles to the end of it\n"
"  --from FORMAT      auto (by content, then name), html, feed, jsonl, text,\n"
"                     nitf, newsml, ninjs, warc, arc, trec, mediawiki, wxr,\n"
"                     mail, mbox, mhtml\n"
"  --map FIELD=PATH   where JSON has a field: title=headline.main\n"
"  --lang CODE        language of articles that declare none; auto\n"
"  --source NAME      source of articles that name none\n"
"  --encoding NAME    character encoding, whatever the files declare; auto\n"
"  --tz ZONE          zone of times that name none: Europe/Berlin, +03:00,\n"
"                     local; UTC\n"
"  --memory SIZE      the most memory to use; 512M, at least 32M\n"
"  --max-record SIZE  the largest page, feed or line to read; 32M, or a\n"
"                     sixteenth of --memory where that is less\n"
"  --title-weight N   how much a word of a title counts; 3; set when the\n"
"                     index is made\n"
"  --quotes off       do not look for who says what; on\n"
"  --no-site-memory   do not take for furniture what three pages of a site\n"
"                     share\n"
"  -n, --dry-run      read everything, write nothing, print the report\n"
"  --dump WHAT        with --dry-run: print each article on a line (jsonl),\n"
"                     or who says what in it (quotes)\n"
"  --explain-reading  with --dry-run: print why each page is read so\n"
"\n"
"Exit: 0 all taken; 1 some inputs were rejected; 2 wrong use; 3 another\n"
"process writes the index; 4 it is damaged; 5 disk, I/O or memory; 130\n"
"interrupted, what was read is committed.\n";

static const struct option longs[] = {
    { "lang", required_argument, NULL, OPTION_LANG },
    { "source", required_argument, NULL, OPTION_SOURCE },
    { "memory", required_argument, NULL, OPTION_MEMORY },
    { "title-weight", required_argument, NULL, OPTION_TITLE_WEIGHT },
    { "from", required_argument, NULL, OPTION_FROM },
    { "files-from", required_argument, NULL, OPTION_FILES_FROM },
    { "null", no_argument, NULL, '0' },
    { "include", required_argument, NULL, OPTION_INCLUDE },
    { "exclude", required_argument, NULL, OPTION_EXCLUDE },
    { "since", required_argument, NULL, OPTION_SINCE },
    { "until", required_argument, NULL, OPTION_UNTIL },
    { "map", required_argument, NULL, OPTION_MAP },
    { "encoding", required_argument, NULL, OPTION_ENCODING },
    { "tz", required_argument, NULL, OPTION_TZ },
    { "max-record", required_argument, NULL, OPTION_MAX_RECORD },
    { "dry-run", no_argument, NULL, 'n' },
    { "quotes", required_argument, NULL, OPTION_QUOTES },
    { "dump", required_argument, NULL, OPTION_DUMP },
    { "explain-reading", no_argument, NULL, OPTION_EXPLAIN },
    { "no-site-memory", no_argument, NULL, OPTION_FORGET },
    { NULL, 0, NULL, 0 },
};

static enum status parse_from(struct add_options *o, const char *text,
                              struct error *err)
{
    const char *guess;

    for (unsigned i = 0; source_formats[i]; i++) {
        if (strcmp(text, source_formats[i]) == 0) {
            o->reading.from = source_formats[i];
            return OK;
        }
    }
    guess = nearest_name(bytes_str(text), source_formats);
    return error_set(err, ERR_USAGE, "--from knows no format %s%s%s%s; see "
                     "add -h", text, guess ? " (did you mean " : "",
                     guess ? guess : "", guess ? "?)" : "");
}

/* One FIELD=PATH. */
static enum status add_map(struct add_options *o, char *text,
                           struct error *err)
{
    char *path = strchr(text, '=');
    const char *guess;

    if (!path || path[1] == '\0' || o->map_count == ADD_MAP_MOST)
        return error_set(err, ERR_USAGE, "--map is FIELD=PATH, at most %d "
                         "times, not %s", ADD_MAP_MOST, text);
    *path++ = '\0';
    for (unsigned i = 0; source_map_fields[i]; i++)
        if (strcmp(text, source_map_fields[i]) == 0) {
            o->map[o->map_count++] = (struct source_map){ text, path };
            o->reading.map = o->map;
            return OK;
        }
    guess = nearest_name(bytes_str(text), source_map_fields);
    return error_set(err, ERR_USAGE, "--map knows no field %s%s%s%s; there "
                     "are title, body, lead, date, url, source, lang, "
                     "authors, id and more", text, guess ? " (did you mean "
                     : "", guess ? guess : "", guess ? "?)" : "");
}

static enum status parse_map(struct add_options *o, char *text,
                             struct error *err)
{
    enum status code = OK;
    char *at = NULL;

    for (text = strtok_r(text, ",", &at); text && code == OK;
         text = strtok_r(NULL, ",", &at))
        code = add_map(o, text, err);
    return code;
}

static enum status parse_lang(struct add_options *o, const char *text,
                              struct error *err)
{
    o->reading.lang = LANG_NONE;
    if (strcmp(text, "auto") == 0)
        return OK;
    o->reading.lang = lang_parse(bytes_str(text));
    if (o->reading.lang.code[0])
        return OK;
    return error_set(err, ERR_USAGE, "--lang is a language code such as "
                     "en, or auto, not %s", text);
}

static enum status parse_max_record(struct add_options *o, const char *text,
                                    struct error *err)
{
    uint64_t bytes = 0;
    enum status code = options_size(&bytes, text, "max-record", err);

    if (code == OK && (bytes < RECORD_LEAST || bytes > RECORD_MOST))
        code = error_set(err, ERR_USAGE, "--max-record is from 1K to 1G, "
                         "not %s", text);
    o->max_record = (size_t)bytes;
    return code;
}

static enum status parse_dump(struct add_options *o, const char *text,
                              struct error *err)
{
    o->dump = strcmp(text, "jsonl") == 0 ? DUMP_ARTICLES
            : strcmp(text, "quotes") == 0 ? DUMP_QUOTES : DUMP_NONE;
    if (o->dump)
        return OK;
    return error_set(err, ERR_USAGE, "--dump is jsonl or quotes, not %s", text);
}

static enum status parse_encoding(struct add_options *o, const char *text,
                                  struct error *err)
{
    o->reading.charset = NULL;
    if (strcmp(text, "auto") == 0)
        return OK;
    o->reading.charset = text;
    if (charset_known(text))
        return OK;
    return error_set(err, ERR_USAGE, "--encoding is a character encoding "
                     "such as windows-1251, or auto, not %s", text);
}

static enum status parse_glob(struct globs *g, const char *text,
                              const char *name, struct error *err)
{
    size_t len = strlen(text);

    if (len == 0)
        return error_set(err, ERR_USAGE, "--%s wants a pattern such as "
                         "'*.html'", name);
    if (strcmp(name, "include") == 0 && text[len - 1] == '/')
        return error_set(err, ERR_USAGE, "--include is about files; write "
                         "%s** for all in that folder", text);
    g->patterns = must_realloc(g->patterns,
                               (g->count + 1) * sizeof(*g->patterns));
    g->patterns[g->count++] = text;
    return OK;
}

/* The begin of what `text` names is `from`, and behind its end is `to`. */
static enum status parse_day(struct date_range *out, const char *text,
                             const char *name, struct error *err)
{
    struct error ignored = ERROR_INIT;

    if (strstr(text, "..") ||
        date_range_parse(out, bytes_str(text), &ignored) != OK)
        return error_set(err, ERR_USAGE, "--%s is a year, month or day: "
                         "2023, 2023-11, 2023-11-12; not %s", name, text);
    return OK;
}

static enum status parse_since(struct add_options *o, const char *text,
                               struct error *err)
{
    struct date_range named;
    enum status code = parse_day(&named, text, "since", err);

    o->span.from = named.from;
    o->spanned = true;
    return code;
}

static enum status parse_until(struct add_options *o, const char *text,
                               struct error *err)
{
    struct date_range named;
    enum status code = parse_day(&named, text, "until", err);

    o->span.to = named.to;
    o->spanned = true;
    return code;
}

static enum status parse_quotes(struct add_options *o, const char *text,
                                struct error *err)
{
    o->building.quotes = strcmp(text, "on") == 0;
    if (o->building.quotes || strcmp(text, "off") == 0)
        return OK;
    return error_set(err, ERR_USAGE, "--quotes is on or off, not %s", text);
}

static enum status parse_option(struct add_options *o, int option,
                                struct error *err)
{
    switch (option) {
    case OPTION_INCLUDE:
        return parse_glob(&o->include, optarg, "include", err);
    case OPTION_EXCLUDE:
        return parse_glob(&o->exclude, optarg, "exclude", err);
    case OPTION_SINCE: return parse_since(o, optarg, err);
    case OPTION_UNTIL: return parse_until(o, optarg, err);
    case OPTION_ENCODING: return parse_encoding(o, optarg, err);
    case OPTION_TZ: return zone_parse(&o->zone, optarg, err);
    case OPTION_FILES_FROM:
        o->list = optarg;
        return OK;
    case '0':
        o->list_nul = true;
        return OK;
    case OPTION_FROM: return parse_from(o, optarg, err);
    case OPTION_MAP: return parse_map(o, optarg, err);
    case OPTION_LANG: return parse_lang(o, optarg, err);
    case OPTION_MEMORY:
        return options_memory(&o->building.memory, optarg, err);
    case OPTION_MAX_RECORD: return parse_max_record(o, optarg, err);
    case OPTION_QUOTES: return parse_quotes(o, optarg, err);
    case OPTION_DUMP: return parse_dump(o, optarg, err);
    case OPTION_EXPLAIN:
        o->dump = DUMP_WHY;
        return OK;
    case OPTION_FORGET:
        o->forget_sites = true;
        return OK;
    case OPTION_SOURCE:
        o->building.source = bytes_str(optarg);
        return OK;
    case OPTION_TITLE_WEIGHT:
        return options_number(&o->title_weight, optarg, "title-weight", 1,
                              TITLE_WEIGHT_MOST, err);
    case 'n':
        o->dry_run = true;
        return OK;
    default:
        return ERR_USAGE;
    }
}

/* A record is there several times while it is read (the line, what it says,
 * the article, what is stored), so reading takes its part of the memory. */
static void share_memory(struct add_options *o)
{
    size_t memory = o->building.memory, part = memory / RECORD_PART;

    if (o->reading.max_record > part)
        o->reading.max_record = part;
    if (o->max_record)
        o->reading.max_record = o->max_record;
    part = o->reading.max_record * 2;
    o->building.memory -= part < memory / 2 ? part : memory / 2;
}

static enum status check(const struct add_options *o, char **argv,
                         bool pathless, struct error *err)
{
    char **paths = argv + optind;

    if (o->dump && !o->dry_run)
        return error_set(err, ERR_USAGE, "--%s wants --dry-run too",
                         o->dump == DUMP_WHY ? "explain-reading" : "dump");
    if (o->list_nul && !o->list)
        return error_set(err, ERR_USAGE, "--null is about the paths of "
                         "--files-from");
    if (o->span.from >= o->span.to)
        return error_set(err, ERR_USAGE, "--until ends before --since "
                         "begins");
    if (!*paths && !o->list && !pathless)
        return error_set(err, ERR_USAGE, "%s what? Name files or folders%s",
                         argv[0], strcmp(argv[0], "add") == 0
                         ? ", or - for standard input" : "");
    for (; o->list && strcmp(o->list, "-") == 0 && *paths; paths++)
        if (strcmp(*paths, "-") == 0)
            return error_set(err, ERR_USAGE, "standard input is the list of "
                             "--files-from; it cannot be read as news too");
    return OK;
}

/* The options of add, and the extra ones behind them. */
static void gather(struct option *all, const struct add_extra *extra)
{
    const struct option *one;

    for (one = longs; one->name; one++)
        *all++ = *one;
    for (one = extra ? extra->longs : NULL; one && one->name; one++)
        *all++ = *one;
    *all = (struct option){ NULL, 0, NULL, 0 };
}

enum status add_options_read(struct add_options *o, struct context *context,
                             int argc, char **argv,
                             const struct add_extra *extra,
                             struct error *err)
{
    struct option all[OPTIONS_MAX];
    struct options options;
    enum status code = OK;
    int option;

    gather(all, extra);
    options_init(&options, context, all, "n0", false);
    while (code == OK &&
           (option = options_next(&options, argc, argv, err)) != -1)
        code = option >= ADD_OPTION_EXTRA && extra
            ? extra->take(extra->self, option, err)
            : parse_option(o, option, err);
    if (code != OK || context->help)
        return code;
    share_memory(o);
    return check(o, argv, extra && extra->pathless, err);
}

void add_options_release(struct add_options *o)
{
    free(o->include.patterns);
    free(o->exclude.patterns);
}
