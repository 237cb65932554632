/* command_compact.c -- merge all segments into one, without what was deleted.
 *
 *   segments, deletions -> one segment -> one commit
 *
 * One segment without deletions is left as it is.
 */
#include "common/text/json.h"
#include "indexer/edit.h"
#include "indexer/invert/compaction.h"
#include "indexer/options.h"
#include "indexer/visible.h"

enum { OPTION_MEMORY = 1 };

static const char help[] =
"  lede-index compact\n"
"\n"
"usage: lede-index [-i DIR] compact [OPTION...]\n"
"\n"
"Merges all segments into one and drops what was deleted or replaced.  The\n"
"files before it stay until the commit after the next, for those who search.\n"
"\n"
"  --memory SIZE      the most memory to use; 512M, at least 32M\n"
"\n"
"Exit: 0 done; 2 wrong use; 3 another process writes the index; 4 it is\n"
"damaged or not there; 5 disk, I/O or memory.\n";

static const struct option longs[] = {
    { "memory", required_argument, NULL, OPTION_MEMORY },
    { NULL, 0, NULL, 0 },
};

/* What there is. */
struct extent {
    uint32_t segments;
    uint64_t dead, bytes;
};

static struct extent measure(const struct manifest *m)
{
    struct extent e = { .segments = m->segment_count };

    for (uint32_t i = 0; i < m->segment_count; i++) {
        const struct segment_info *info = &m->segments[i];

        e.dead += info->doc_count - info->live_count;
        e.bytes += info->live_size;
        for (int kind = 0; kind < FORMAT_SEGMENT_FILES; kind++)
            e.bytes += info->sizes[kind] + info->quotes.sizes[kind];
    }
    return e;
}

static enum status parse(struct context *context, size_t *memory, int argc,
                         char **argv, struct error *err)
{
    struct options options;
    enum status code = OK;
    int option;

    *memory = OPTIONS_MEMORY;
    options_init(&options, context, longs, "", false);
    while ((option = options_next(&options, argc, argv, err)) != -1) {
        if (option != OPTION_MEMORY)
            return ERR_USAGE;
        code = options_memory(memory, optarg, err);
        if (code != OK)
            return code;
    }
    if (!context->help && optind < argc)
        return error_set(err, ERR_USAGE, "compact takes no argument: %s",
                         argv[optind]);
    return OK;
}

static void report(const struct context *context, const struct extent *before,
                   const struct extent *now, bool merged)
{
    struct buffer b = BUFFER_INIT;

    if (context->json) {
        json_open(&b, '{');
        json_count(&b, "v", 1);
        json_count(&b, "merged", merged ? before->segments : 0);
        json_count(&b, "dropped", before->dead - now->dead);
        json_count(&b, "segments", now->segments);
        json_count(&b, "bytes", now->bytes);
        json_count(&b, "bytes_before", before->bytes);
        json_close(&b, '}');
        buffer_put_u8(&b, '\n');
    } else if (!context->quiet && merged) {
        buffer_printf(&b, "merged %u segment%s, dropped ", before->segments,
                      before->segments == 1 ? "" : "s");
        buffer_put_grouped(&b, before->dead);
        buffer_printf(&b, " article%s   ", before->dead == 1 ? "" : "s");
        buffer_put_grouped(&b, now->bytes);
        buffer_put_str(&b, " bytes, were ");
        buffer_put_grouped(&b, before->bytes);
        buffer_put_u8(&b, '\n');
    } else if (!context->quiet) {
        buffer_put_str(&b, "nothing to merge, nothing deleted\n");
    }
    visible_flush(stdout, &b);
    buffer_release(&b);
}

static enum status compact(struct context *context, size_t memory,
                           struct error *err)
{
    struct edit edit = EDIT_INIT;
    enum status code = edit_open(&edit, context->dir, false, err);
    struct extent before = measure(&edit.manifest);
    bool merges = before.segments > 1 || before.dead;

    if (code == OK && merges) {
        struct compaction c = { edit.snapshot, 0, before.segments, memory };

        code = compaction_run(&c, context->dir, &edit.manifest, err);
        if (code == OK)
            code = edit_commit(&edit, err);
    }
    if (code == OK) {
        struct extent now = measure(&edit.manifest);

        report(context, &before, &now, merges);
    }
    edit_close(&edit);
    return code;
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    size_t memory;
    enum status code = parse(context, &memory, argc, argv, err);

    if (code == OK && !context->help)
        code = compact(context, memory, err);
    return code;
}

const struct command command_compact = { "compact", help, run };
