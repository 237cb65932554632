/* command_alias.c -- who is who, said by hand: names that are one person, and
 * quotations that are somebody else's.
 *
 *   add     names                      -> a group
 *   says    identity, name             -> a correction, found by the identity
 *   rm, clear, list, import
 */
#include <stdio.h>
#include <stdlib.h>

#include "common/quotation.h"
#include "common/text/escape.h"
#include "common/text/json.h"
#include "indexer/aliases.h"
#include "indexer/edit.h"
#include "indexer/options.h"
#include "indexer/visible.h"

enum { OPTION_ONLY = 1, EXIT_NOTHING = 1, WORDS_COPIES = 6, WORDS_KEPT = 200,
       ID_LEAST = 4, ID_LEN = 16 };

static const char help[] =
"  lede-index alias add \"Sergey Lavrov\" Lawrow \"Russia's top diplomat\"\n"
"  lede-index alias says 8f21ab44 \"Dmitry Peskov\"\n"
"  lede-index alias list\n"
"\n"
"usage: lede-index [-i DIR] alias COMMAND [OPTION...] [ARG...]\n"
"\n"
"Says who is who, for lede-search --quotes, where its rules do not know or\n"
"are wrong. What is said stays when articles are added again.\n"
"\n"
"  add NAME NAME...   these names are one person; the first is who it is\n"
"  says ID NAME       the quotation that lede-search shows with this identity\n"
"                     is by NAME (\"\": it is not known who), and so are its\n"
"                     copies, if it has six words or more\n"
"    --only           this one alone\n"
"  rm NAME|ID...      forget the name, or the correction\n"
"  list               what was said; --json as objects, one a line\n"
"  import FILE        lines as list prints them; \"-\" is standard input\n"
"  clear              forget everything\n"
"\n"
"\"Lavrov, Sergei\" is the same as \"Sergei Lavrov\".\n"
"\n"
"Exit: 0; 1 there is no such name or quotation; 2 wrong use; 3 another\n"
"process writes the index; 4 it is damaged or not there; 5 disk, I/O or\n"
"memory.\n";

static const struct option longs[] = {
    { "only", no_argument, NULL, OPTION_ONLY },
    { NULL, 0, NULL, 0 },
};

struct naming {
    struct context *context;
    struct error *err;
    const char *verb;
    char **arguments;           /* ended by NULL */
    unsigned count;
    bool only;
    struct edit edit;
    struct aliases aliases;
    struct snapshot *quotes;    /* NULL until one is looked for */
    struct buffer line;
};

/* --- Quotations --------------------------------------------------------- */

static bool is_identity(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!memchr("0123456789abcdef", text.data[i], 16))
            return false;
    return text.len >= ID_LEAST && text.len <= ID_LEN;
}

static bool begins_with(uint64_t key, struct bytes id)
{
    char text[ID_LEN + 1];

    snprintf(text, sizeof(text), "%016llx", (unsigned long long)key);
    return memcmp(text, id.data, id.len) == 0;
}

/* Where the quotation is; NULL: nowhere, or it may be several. */
static struct segment *find_quote(struct naming *n, struct bytes id,
                                  uint32_t *at)
{
    struct snapshot *quotes = n->quotes->quotes;
    struct segment *found = NULL;

    for (uint32_t i = 0; i < quotes->count; i++) {
        struct segment *s = quotes->segments[i];

        for (uint32_t doc = 0; doc < s->doc_count; doc++) {
            if (!live_has(&s->live, doc) ||
                !begins_with(docvalues_get(&s->values, COLUMN_KEY_HIGH, doc),
                             id))
                continue;
            if (found)
                return NULL;
            found = s;
            *at = doc;
        }
    }
    return found;
}

/* As much of the words as is kept, cut at a character. */
static struct bytes kept_words(struct naming *n, struct bytes words)
{
    size_t len = words.len < WORDS_KEPT ? words.len : WORDS_KEPT;

    while (len && len < words.len && (words.data[len] & 0xc0) == 0x80)
        len--;
    words = bytes_part(words, 0, len);
    return memchr(words.data, 0, len) ? BYTES_NONE
                                      : arena_copy(&n->aliases.arena, words);
}

/* END: there is no such quotation, which is told. */
static enum status correct(struct naming *n, struct bytes id,
                           struct bytes speaker)
{
    struct people_correction c = { .speaker = speaker };
    struct quotation_record r;
    struct segment *s = NULL;
    struct bytes record;
    uint32_t doc = 0;
    enum status code = OK;

    if (!n->quotes)
        code = snapshot_open_quotes(&n->quotes, n->context->dir, n->err);
    if (code != OK)
        return code;
    if (is_identity(id))
        s = find_quote(n, id, &doc);
    if (!s) {
        fprintf(stderr, "lede-index: %.*s: there is no such quotation, or "
                "more than one\n", (int)id.len, (const char *)id.data);
        return END;
    }
    code = docstore_get(&s->store, doc, &record, n->err);
    if (code != OK || !quotation_unpack(&r, record))
        return code != OK ? code : error_set(n->err, ERR_CORRUPT, "%s: "
                   "quotation %u is no quotation", s->files[0].path, doc);
    c.key_high = docvalues_get(&s->values, COLUMN_KEY_HIGH, doc);
    c.key_low = docvalues_get(&s->values, COLUMN_KEY_LOW, doc);
    c.words = kept_words(n, r.words);
    if (!n->only && sketch_words(docvalues_get(&s->values, COLUMN_VERSION,
                                               doc)) >= WORDS_COPIES)
        c.copies = docvalues_get(&s->values, COLUMN_CONTENT, doc);
    aliases_correct(&n->aliases, &c);
    return OK;
}

/* --- The commands ------------------------------------------------------- */

static enum status add(struct naming *n)
{
    struct bytes *names = arena_alloc(&n->aliases.arena,
                                      n->count * sizeof(*names));

    for (unsigned i = 0; i < n->count; i++) {
        names[i] = aliases_name(&n->aliases, bytes_str(n->arguments[i]));
        if (!names[i].len)
            return error_set(n->err, ERR_USAGE, "a name is empty or has more "
                             "than 1,024 bytes");
    }
    aliases_join(&n->aliases, names, n->count);
    return OK;
}

static enum status says(struct naming *n)
{
    return correct(n, bytes_str(n->arguments[0]),
                   aliases_name(&n->aliases, bytes_str(n->arguments[1])));
}

static bool forget_quote(struct naming *n, struct bytes id)
{
    const struct people *p = &n->aliases.people;
    size_t place = p->correction_count;

    for (size_t i = 0; is_identity(id) && i < p->correction_count; i++) {
        if (!begins_with(p->corrections[i].key_high, id))
            continue;
        if (place < p->correction_count)
            return false;
        place = i;
    }
    if (place == p->correction_count)
        return false;
    aliases_forget(&n->aliases, place);
    return true;
}

static enum status forget(struct naming *n)
{
    enum status code = OK;

    for (unsigned i = 0; i < n->count; i++) {
        struct bytes name = aliases_name(&n->aliases,
                                         bytes_str(n->arguments[i]));

        if (aliases_part(&n->aliases, name) || forget_quote(n, name))
            continue;
        fprintf(stderr, "lede-index: %s: nothing was said of it\n",
                n->arguments[i]);
        code = END;
    }
    return code;
}

/* One line: "quote ID = NAME", or names between " = ". */
static enum status take_line(struct naming *n, char *line)
{
    static const char mark[] = "quote ";
    struct bytes names[64];
    size_t count = 0;
    bool quote = strncmp(line, mark, sizeof(mark) - 1) == 0;
    char *at = quote ? line + sizeof(mark) - 1 : line, *next;

    for (; at && count < 64; at = next) {
        next = strstr(at, " =");
        if (next) {
            *next = '\0';
            next += 2;
        }
        names[count++] = aliases_name(&n->aliases, bytes_str(at));
        if (!names[count - 1].len && !quote)
            count--;
    }
    if (quote && count == 2)
        return correct(n, names[0], names[1]);
    if (quote || count < 2 || at)
        return error_set(n->err, ERR_USAGE, "a line is no \"NAME = NAME\" nor "
                         "\"quote ID = NAME\": %.200s", line);
    aliases_join(&n->aliases, names, count);
    return OK;
}

static enum status import(struct naming *n)
{
    const char *path = n->arguments[0];
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    enum status code = OK, one;
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    if (!file)
        return error_errno(n->err, "%s", path);
    while (code >= 0 && (len = getline(&line, &room, file)) >= 0) {
        while (len && strchr("\r\n \t", line[len - 1]))
            line[--len] = '\0';
        if (!len || line[0] == '#')
            continue;
        one = take_line(n, line);
        code = one == OK ? code : one;
    }
    if (code >= 0 && ferror(file))
        code = error_errno(n->err, "%s", path);
    free(line);
    if (file != stdin)
        fclose(file);
    return code;
}

static enum status clear(struct naming *n)
{
    n->aliases.people = (struct people){ .group_count = 0 };
    n->aliases.changed = true;
    return OK;
}

/* --- The list ----------------------------------------------------------- */

static void put_group(struct naming *n, const struct people_group *g)
{
    struct buffer *b = &n->line;

    if (n->context->json) {
        json_open(b, '{');
        json_count(b, "v", 1);
        json_list(b, "names", g->names, g->count);
        json_close(b, '}');
        return;
    }
    for (size_t i = 0; i < g->count; i++) {
        buffer_put_str(b, i ? " = " : "");
        escape_terminal(b, g->names[i]);
    }
}

static void put_correction(struct naming *n, const struct people_correction *c)
{
    struct buffer *b = &n->line;
    char id[ID_LEN + 1];

    snprintf(id, sizeof(id), "%016llx", (unsigned long long)c->key_high);
    if (n->context->json) {
        json_open(b, '{');
        json_count(b, "v", 1);
        json_text(b, "quote", bytes_str(id));
        json_text(b, "speaker", c->speaker);
        json_bool(b, "copies", c->copies != 0);
        json_text(b, "words", c->words);
        json_close(b, '}');
        return;
    }
    buffer_put_str(b, "# ");
    escape_terminal(b, c->words);
    buffer_printf(b, "\nquote %s = ", id);
    escape_terminal(b, c->speaker);
}

static enum status list(struct naming *n)
{
    const struct people *p = &n->aliases.people;

    for (size_t i = 0; i < p->group_count; i++) {
        put_group(n, &p->groups[i]);
        buffer_put_u8(&n->line, '\n');
    }
    for (size_t i = 0; i < p->correction_count; i++) {
        put_correction(n, &p->corrections[i]);
        buffer_put_u8(&n->line, '\n');
    }
    visible_flush(stdout, &n->line);
    return OK;
}

/* --- Which of them ------------------------------------------------------ */

static const struct {
    const char *name;
    unsigned least, most;       /* arguments */
    enum status (*run)(struct naming *n);
} verbs[] = {
    { "add", 2, 64, add }, { "says", 2, 2, says }, { "rm", 1, 64, forget },
    { "list", 0, 0, list }, { "import", 1, 1, import },
    { "clear", 0, 0, clear },
};

enum { VERBS = sizeof(verbs) / sizeof(*verbs) };

static enum status parse(struct naming *n, int argc, char **argv,
                         unsigned *verb)
{
    struct options options;
    int option;

    options_init(&options, n->context, longs, "", false);
    while ((option = options_next(&options, argc, argv, n->err)) != -1) {
        if (option != OPTION_ONLY)
            return ERR_USAGE;
        n->only = true;
    }
    if (n->context->help)
        return OK;
    n->verb = optind < argc ? argv[optind++] : "";
    n->arguments = argv + optind;
    n->count = (unsigned)(argc - optind);
    for (*verb = 0; *verb < VERBS; ++*verb)
        if (strcmp(n->verb, verbs[*verb].name) == 0)
            break;
    if (*verb == VERBS)
        return error_set(n->err, ERR_USAGE, "alias does add, says, rm, list, "
                         "import and clear; not \"%s\"", n->verb);
    if (n->count < verbs[*verb].least || n->count > verbs[*verb].most)
        return error_set(n->err, ERR_USAGE, "alias %s wants %s; see "
                         "lede-index alias -h", n->verb,
                         verbs[*verb].most == 0 ? "nothing more"
                         : verbs[*verb].most == 1 ? "a file"
                         : n->count > 64 ? "at most 64 names"
                         : "more than that");
    return OK;
}

/* What cannot be read may be put away. */
static enum status load(struct naming *n)
{
    enum status code = aliases_load(&n->aliases, n->context->dir,
                                    &n->edit.manifest, n->err);

    if (code == ERR_CORRUPT && strcmp(n->verb, "clear") == 0) {
        error_clear(n->err);
        return OK;
    }
    return code;
}

static enum status run(struct context *context, int argc, char **argv,
                       struct error *err)
{
    struct naming n = { .context = context, .err = err, .edit = EDIT_INIT,
                        .aliases = ALIASES_INIT };
    unsigned verb = 0;
    enum status code = parse(&n, argc, argv, &verb), done = OK;

    if (code == OK && !context->help) {
        /* Looking needs no lock. */
        code = verbs[verb].run == list
            ? manifest_need(&n.edit.manifest, context->dir, err)
            : edit_open(&n.edit, context->dir, false, err);
        if (code == OK)
            code = load(&n);
        if (code == OK)
            done = verbs[verb].run(&n);
        if (done < 0)
            code = done;
        if (code == OK && n.aliases.changed) {
            code = aliases_save(&n.aliases, context->dir, &n.edit.manifest,
                                err);
            if (code == OK)
                code = edit_commit(&n.edit, err);
        }
        if (done == END)
            context->exit = EXIT_NOTHING;
    }
    snapshot_close(n.quotes);
    aliases_release(&n.aliases);
    if (!n.edit.dir)
        manifest_release(&n.edit.manifest);
    edit_close(&n.edit);
    buffer_release(&n.line);
    return code;
}

const struct command command_alias = { "alias", help, run };
