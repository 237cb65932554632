/* command_add.c -- index files, folders, standard input.
 *
 *   paths -> files -> intake -> one commit
 */
#include <stdlib.h>
#include <unistd.h>

#include "common/base/file.h"
#include "common/index/folder.h"
#include "common/text/json.h"
#include "indexer/intake.h"
#include "indexer/interrupt.h"
#include "indexer/visible.h"

static void complain_of_path(void *in, const char *path,
                             const struct error *why)
{
    intake_reject(in, path, why);
}

static enum status read_all(struct intake *in, const struct walk *walk)
{
    enum status code = OK;

    progress_start(&in->progress, in->context, walk->bytes);
    for (uint64_t i = 0; i < walk->count && code == OK; i++) {
        if (interrupt_seen())
            break;
        code = intake_file(in, &walk->files[i], NULL);
    }
    return code == END ? OK : code;
}

static void report(const struct intake *in)
{
    FILE *to = in->said->dump ? stderr : stdout;
    struct buffer b = BUFFER_INIT;

    if (in->context->json) {
        json_open(&b, '{');
        json_count(&b, "v", 1);
        intake_put_json(in, &b);
        json_close(&b, '}');
        buffer_put_u8(&b, '\n');
    } else if (!in->context->quiet) {
        intake_put_text(in, &b);
    }
    fflush(stdout);
    visible_flush(to, &b);
    intake_tell_interrupted(in);
    buffer_release(&b);
}

static enum status add(struct intake *in, struct walk *walk, char **paths)
{
    const struct add_options *said = in->said;
    enum status code = OK;

    interrupt_catch();
    walk->passes_over = folder_is_index;
    walk->include = said->include;
    walk->exclude = said->exclude;
    for (; *paths; paths++)
        walk_add(walk, *paths, complain_of_path, in);
    if (said->list)
        code = walk_add_list(walk, said->list, said->list_nul,
                             complain_of_path, in, in->err);
    if (code == OK && walk->count)
        code = intake_open(in, true);
    if (code == OK)
        code = read_all(in, walk);
    if (code == OK)
        code = intake_commit(in);
    progress_clear(&in->progress);
    if (code == OK)
        report(in);
    in->context->exit = intake_exit(in);
    return code;
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct add_options said = ADD_OPTIONS_INIT;
    struct walk walk = WALK_INIT;
    struct intake in;
    enum status code = add_options_read(&said, context, argc, argv, NULL,
                                        err);

    intake_init(&in, context, &said, err);
    if (code == OK && !context->help)
        code = add(&in, &walk, argv + optind);
    intake_explain(&in, code);
    intake_close(&in);
    walk_release(&walk);
    add_options_release(&said);
    return code;
}

const struct command command_add = { "add", add_help, run };
