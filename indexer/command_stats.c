/* command_stats.c -- what is in the index: articles, sizes, languages,
 * dates, sources.  All of it comes from the manifest and the columns.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/base/date.h"
#include "common/index/manifest.h"
#include "common/text/escape.h"
#include "common/text/json.h"
#include "indexer/invert/dictionary.h"
#include "indexer/options.h"
#include "indexer/visible.h"

enum { OPTION_SOURCES = 1, SOURCES_SHOWN = 20 };

static const char help[] =
"  lede-index stats\n"
"  lede-index stats --sources all --json\n"
"\n"
"usage: lede-index [-i DIR] stats [--sources all]\n"
"\n"
"Articles, bytes by kind of file, words, languages, dates, the 20 largest\n"
"sources or all of them, and what all readings came to.\n"
"\n"
"Exit: 0; 2 wrong use; 4 damaged, of another version, or not there; 5 disk,\n"
"I/O or memory.\n";

static const struct option longs[] = {
    { "sources", required_argument, NULL, OPTION_SOURCES },
    { NULL, 0, NULL, 0 },
};

static const char *const kinds[FORMAT_SEGMENT_FILES] = {
    "terms", "postings", "positions", "bounds", "columns", "store"
};

/* A name and how many living articles have it: entry->value. */
struct counts {
    struct dictionary names;
    struct entry **order;       /* most first */
};

struct stats {
    const struct manifest *manifest;
    uint64_t articles, deleted, words, undated, bytes;
    uint64_t quotes, quotes_bytes;      /* with those of deleted articles */
    uint64_t sizes[FORMAT_SEGMENT_FILES], live_bytes;
    int64_t from, to;           /* of the dated ones */
    struct counts langs, sources;
    bool all_sources;
};

/* --- Gathering --- */

static void count_name(struct counts *c, const struct names *names,
                       uint64_t ordinal, uint64_t articles)
{
    struct bytes name = ordinal < names->count ? names->items[ordinal]
                                               : BYTES_NONE;
    bool fresh;

    if (name.len > DICTIONARY_KEY_MAX)
        name.len = DICTIONARY_KEY_MAX;
    dictionary_entry(&c->names, name, 0, &fresh)->value +=
        (uint32_t)articles;
}

static void add_counts(struct counts *c, const struct names *names,
                       const uint32_t *by_ordinal)
{
    for (uint32_t i = 0; i < names->count; i++) {
        if (by_ordinal[i])
            count_name(c, names, i, by_ordinal[i]);
    }
}

static void add_date(struct stats *s, int64_t published)
{
    if (published == DATE_UNDATED) {
        s->undated++;
        return;
    }
    s->from = published < s->from ? published : s->from;
    s->to = published > s->to ? published : s->to;
}

static void add_columns(struct stats *s, struct segment *segment)
{
    struct docvalues *v = &segment->values;
    uint32_t *langs = must_calloc(v->langs.count + 1, sizeof(*langs));
    uint32_t *sources = must_calloc(v->sources.count + 1, sizeof(*sources));

    for (uint32_t doc = 0; doc < segment->doc_count; doc++) {
        uint64_t lang = docvalues_get(v, COLUMN_LANG, doc);
        uint64_t source = docvalues_get(v, COLUMN_SOURCE, doc);

        if (!live_has(&segment->live, doc))
            continue;
        langs[lang < v->langs.count ? lang : v->langs.count]++;
        sources[source < v->sources.count ? source : v->sources.count]++;
        s->words += docvalues_get(v, COLUMN_LENGTH, doc);
        add_date(s, (int64_t)docvalues_get(v, COLUMN_PUBLISHED, doc));
    }
    add_counts(&s->langs, &v->langs, langs);
    add_counts(&s->sources, &v->sources, sources);
    free(langs);
    free(sources);
}

static void add_segment(struct stats *s, struct segment *segment)
{
    const struct segment_info *info = &segment->info;

    for (int i = 0; i < FORMAT_SEGMENT_FILES; i++) {
        s->sizes[i] += info->sizes[i];
        s->bytes += info->sizes[i] + info->quotes.sizes[i];
        s->quotes_bytes += info->quotes.sizes[i];
    }
    s->quotes += info->quotes.doc_count;
    s->live_bytes += info->live_size;
    s->bytes += info->live_size;
    s->articles += segment->live.live_count;
    s->deleted += segment->doc_count - segment->live.live_count;
    add_columns(s, segment);
}

static int by_count(const void *a, const void *b)
{
    const struct entry *left = *(struct entry *const *)a;
    const struct entry *right = *(struct entry *const *)b;

    if (left->value != right->value)
        return left->value > right->value ? -1 : 1;
    return bytes_compare(entry_key(left), entry_key(right));
}

static void order(struct counts *c)
{
    c->order = must_calloc(c->names.count, sizeof(*c->order));
    dictionary_sorted(&c->names, c->order);
    if (c->names.count > 1)
        qsort(c->order, c->names.count, sizeof(*c->order), by_count);
}

static enum status gather(struct stats *s, struct snapshot *snapshot,
                          struct error *err)
{
    s->manifest = &snapshot->manifest;
    s->from = INT64_MAX;
    s->to = INT64_MIN;
    for (uint32_t i = 0; i < snapshot->count; i++)
        add_segment(s, snapshot->segments[i]);
    order(&s->langs);
    order(&s->sources);
    return snapshot_damage(snapshot, err);
}

static void counts_release(struct counts *c)
{
    dictionary_release(&c->names);
    free(c->order);
}

static uint32_t shown(const struct stats *s)
{
    return s->all_sources || s->sources.names.count < SOURCES_SHOWN
        ? s->sources.names.count : SOURCES_SHOWN;
}

static void put_day(struct buffer *b, int64_t seconds)
{
    struct date day = { .seconds = seconds, .precision = DATE_DAY };

    date_put(b, &day);
}

/* --- As text --- */

static void put_line(struct buffer *b, const char *name, uint64_t number)
{
    buffer_printf(b, "%-12s", name);
    buffer_put_grouped(b, number);
    buffer_put_u8(b, '\n');
}

static void put_counts(struct buffer *b, const char *title,
                       const struct counts *c, uint32_t count)
{
    buffer_printf(b, "%s\n", title);
    for (uint32_t i = 0; i < count; i++) {
        struct bytes name = entry_key(c->order[i]);
        struct buffer number = BUFFER_INIT;

        buffer_put_grouped(&number, c->order[i]->value);
        buffer_printf(b, "%14s  ", buffer_cstr(&number));
        escape_terminal(b, name.len ? name : bytes_str("(not known)"));
        buffer_put_u8(b, '\n');
        buffer_release(&number);
    }
    if (count < c->names.count)
        buffer_printf(b, "%14s  %u more (--sources all)\n", "",
                      c->names.count - count);
}

static void put_dates(const struct stats *s, struct buffer *b)
{
    buffer_put_str(b, "dates       ");
    if (s->from <= s->to) {
        put_day(b, s->from);
        buffer_put_str(b, " to ");
        put_day(b, s->to);
    } else {
        buffer_put_str(b, "none");
    }
    buffer_put_u8(b, '\n');
    put_line(b, "undated", s->undated);
}

static void put_bytes(const struct stats *s, struct buffer *b)
{
    put_line(b, "bytes", s->bytes);
    for (int i = 0; i <= FORMAT_SEGMENT_FILES; i++) {
        bool live = i == FORMAT_SEGMENT_FILES;
        struct buffer number = BUFFER_INIT;

        buffer_put_grouped(&number, live ? s->live_bytes : s->sizes[i]);
        buffer_printf(b, "%14s  %s\n", buffer_cstr(&number),
                      live ? "live" : kinds[i]);
        buffer_release(&number);
    }
    put_line(b, "quotations", s->quotes);
    put_line(b, "  bytes", s->quotes_bytes);
}

static void put_text(const struct stats *s, struct buffer *b)
{
    const struct tally *t = &s->manifest->tally;

    put_line(b, "articles", s->articles);
    put_line(b, "deleted", s->deleted);
    put_line(b, "words", s->words);
    put_line(b, "segments", s->manifest->segment_count);
    put_bytes(s, b);
    put_dates(s, b);
    put_counts(b, "languages", &s->langs, s->langs.names.count);
    put_counts(b, "sources", &s->sources, shown(s));
    put_line(b, "readings", t->seen);
    put_line(b, "  added", t->added);
    put_line(b, "  updated", t->updated);
    put_line(b, "  unchanged", t->unchanged);
    put_line(b, "  older", t->older);
    put_line(b, "  rejected", t->rejected);
    put_line(b, "removed", t->removed);
}

/* --- As JSON --- */

static void put_json_counts(struct buffer *b, const char *name,
                            const struct counts *c, uint32_t count)
{
    json_name(b, name);
    json_open(b, '[');
    for (uint32_t i = 0; i < count; i++) {
        json_open(b, '{');
        json_text(b, "name", entry_key(c->order[i]));
        json_count(b, "articles", c->order[i]->value);
        json_close(b, '}');
    }
    json_close(b, ']');
}

static void put_json_day(const struct stats *s, struct buffer *b,
                         const char *name, int64_t seconds)
{
    struct buffer day = BUFFER_INIT;

    if (s->from <= s->to)
        put_day(&day, seconds);
    json_known(b, name, buffer_bytes(&day));
    buffer_release(&day);
}

static void put_json_tally(struct buffer *b, const struct tally *t)
{
    json_name(b, "readings");
    json_open(b, '{');
    json_count(b, "seen", t->seen);
    json_count(b, "added", t->added);
    json_count(b, "updated", t->updated);
    json_count(b, "unchanged", t->unchanged);
    json_count(b, "older", t->older);
    json_count(b, "rejected", t->rejected);
    json_count(b, "removed", t->removed);
    json_close(b, '}');
}

static void put_json_bytes(const struct stats *s, struct buffer *b)
{
    json_name(b, "bytes");
    json_open(b, '{');
    json_count(b, "all", s->bytes);
    for (int i = 0; i < FORMAT_SEGMENT_FILES; i++)
        json_count(b, kinds[i], s->sizes[i]);
    json_count(b, "live", s->live_bytes);
    json_count(b, "quotations", s->quotes_bytes);
    json_close(b, '}');
}

static void put_json(const struct stats *s, struct buffer *b)
{
    json_open(b, '{');
    json_count(b, "v", 1);
    json_count(b, "generation", s->manifest->generation);
    json_count(b, "articles", s->articles);
    json_count(b, "deleted", s->deleted);
    json_count(b, "words", s->words);
    json_count(b, "quotations", s->quotes);
    json_count(b, "segments", s->manifest->segment_count);
    json_count(b, "title_weight", s->manifest->title_weight);
    put_json_bytes(s, b);
    put_json_day(s, b, "first", s->from);
    put_json_day(s, b, "last", s->to);
    json_count(b, "undated", s->undated);
    put_json_counts(b, "languages", &s->langs, s->langs.names.count);
    put_json_counts(b, "sources", &s->sources, shown(s));
    put_json_tally(b, &s->manifest->tally);
    json_close(b, '}');
    buffer_put_u8(b, '\n');
}

static enum status parse(struct context *context, struct stats *s, int argc,
                         char **argv, struct error *err)
{
    struct options options;

    options_init(&options, context, longs, "", false);
    while (options_next(&options, argc, argv, err) != -1) {
        if (err->code != OK)
            return err->code;
        s->all_sources = true;
        if (strcmp(optarg, "all") != 0)
            return error_set(err, ERR_USAGE, "--sources is all, not %s",
                             optarg);
    }
    if (!context->help && optind < argc)
        return error_set(err, ERR_USAGE, "stats takes no argument: %s",
                         argv[optind]);
    return OK;
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct stats s = { .langs = { DICTIONARY_INIT, NULL },
                       .sources = { DICTIONARY_INIT, NULL } };
    struct snapshot *snapshot = NULL;
    struct buffer b = BUFFER_INIT;
    enum status code = parse(context, &s, argc, argv, err);

    if (code == OK && !context->help) {
        code = snapshot_open(&snapshot, context->dir, err);
        if (code == OK)
            code = gather(&s, snapshot, err);
        if (code == OK && context->json)
            put_json(&s, &b);
        else if (code == OK)
            put_text(&s, &b);
    }
    visible_flush(stdout, &b);
    buffer_release(&b);
    counts_release(&s.langs);
    counts_release(&s.sources);
    snapshot_close(snapshot);
    return code;
}

const struct command command_stats = { "stats", help, run };
