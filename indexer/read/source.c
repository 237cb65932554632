/* source.c -- opens an input, unpacks it, tells its format, and hands out
 * the member that reads it.
 *
 *   bytes -> unpack -> head (4 KB) -> what people said (--from)
 *                                     else what the content shows
 *                                     else what the name says
 *                                                    -> member -> articles
 */
#include "indexer/read/source_member.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEAD_LEN = 4096, READ_STEP = 1 << 16, NAME_MAX_LEN = 32,
       RECORD_MOST = 1 << 30 };

/* --- Reading ------------------------------------------------------------ */

enum status source_fill(struct source *s, size_t want, struct error *err)
{
    while (s->ahead.len < want && !s->ended) {
        struct error why = ERROR_INIT;
        size_t got;
        enum status rc = unpack_read(s->unpack,
                                     buffer_reserve(&s->ahead, READ_STEP),
                                     READ_STEP, &got, &why);

        s->ahead.len += got;
        s->ended = got == 0;
        if (rc == ERR_IO) {
            s->done = true;
            return error_set(err, rc, "%s", why.message);
        }
        if (rc != OK)
            s->fault = why;
    }
    return OK;
}

enum status source_fill_all(struct source *s, struct error *err)
{
    enum status rc = source_fill(s, s->options.max_record + 1, err);

    if (rc != OK)
        return rc;
    s->cut = s->fault.code != OK;
    s->consumed += s->ahead.len;
    if (s->ahead.len > s->options.max_record)
        return error_set(err, ERR_LIMIT, "%s: over %zu bytes, the most that "
                         "one page or feed may have", s->path,
                         s->options.max_record);
    return OK;
}

enum status source_take_all(struct bytes *text, size_t *replaced,
                            struct source *s, enum charset_habit habit,
                            struct error *err)
{
    struct buffer decoded = BUFFER_INIT;
    enum status rc = source_fill_all(s, err);

    *text = BYTES_NONE;
    if (rc != OK)
        return rc;
    *replaced = charset_decode_as(&decoded, buffer_bytes(&s->ahead), habit,
                                  s->options.charset);
    buffer_release(&s->ahead);
    s->ahead = decoded;
    *text = buffer_bytes(&s->ahead);
    return OK;
}

void source_stamp(const struct source *s, struct article *a)
{
    article_init(a);
    a->path = bytes_str(s->path);
    if (s->place)
        a->place = bytes_str(s->place);
}

/* --- Telling the format ------------------------------------------------- */

static struct bytes skip_blanks(struct bytes text)
{
    while (text.len && (text.data[0] <= ' '))
        text = bytes_part(text, 1, text.len - 1);
    return text;
}

static bool begins(struct bytes text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len &&
           strncasecmp((const char *)text.data, word, len) == 0;
}

static struct bytes behind(struct bytes text, const char *mark)
{
    const uint8_t *at = memmem(text.data, text.len, mark, strlen(mark));
    size_t skip = at ? (size_t)(at - text.data) + strlen(mark) : text.len;

    return bytes_part(text, skip, text.len - skip);
}

/* The name of the first element of markup, behind its prolog. */
static void first_element(char name[NAME_MAX_LEN], struct bytes head)
{
    size_t len = 0;

    head = skip_blanks(head);
    while (begins(head, "<?") || begins(head, "<!")) {
        bool comment = begins(head, "<!--");

        head = skip_blanks(behind(head, comment ? "-->" : ">"));
    }
    if (begins(head, "<"))
        for (head = bytes_part(head, 1, head.len - 1);
             len < head.len && len < NAME_MAX_LEN - 1 &&
             head.data[len] > ' ' && head.data[len] != '>' &&
             head.data[len] != '/'; len++)
            name[len] = (char)head.data[len];
    name[len] = '\0';
}

static bool is_one_of(const char *word, const char *const *list)
{
    for (; *list; list++)
        if (strcasecmp(word, *list) == 0)
            return true;
    return false;
}

static const struct source_ops *sniff_markup(struct bytes head)
{
    static const char *const feeds[] = { "rss", "feed", "rdf:rdf", "rdf",
                                         "channel", NULL };
    static const char *const pages[] = {
        "html", "head", "body", "div", "p", "article", "main", "title",
        "meta", "section", "table", "span", "h1", "script", "link", NULL };
    char name[NAME_MAX_LEN];

    first_element(name, head);
    if (is_one_of(name, feeds))
        return &source_feed;
    if (is_one_of(name, pages) || begins(head, "<!doctype html"))
        return &source_page;
    return NULL;
}

static const struct source_ops *sniff(struct bytes head)
{
    struct bytes text = skip_blanks(head), inside;

    if (begins(text, "<"))
        return sniff_markup(text);
    if (begins(text, "{") || begins(text, "[")) {
        inside = skip_blanks(bytes_part(text, 1, text.len - 1));
        if (text.data[0] == '{' ? begins(inside, "\"") || begins(inside, "}")
                                : begins(inside, "{") || begins(inside, "]"))
            return &source_lines;
    }
    return NULL;
}

/* Whether the first `len` bytes of the path end so. */
static bool ends(const char *path, size_t len, const char *ending)
{
    size_t ending_len = strlen(ending);

    return len > ending_len && strncasecmp(path + len - ending_len, ending,
                                           ending_len) == 0;
}

static const struct source_ops *by_name(const char *path)
{
    static const struct { const char *ending; const struct source_ops *ops; }
    names[] = {
        { ".html", &source_page }, { ".htm", &source_page },
        { ".xhtml", &source_page }, { ".shtml", &source_page },
        { ".rss", &source_feed }, { ".atom", &source_feed },
        { ".rdf", &source_feed }, { ".xml", &source_feed },
        { ".jsonl", &source_lines }, { ".ndjson", &source_lines },
        { ".json", &source_lines }, { ".txt", &source_text },
        { ".text", &source_text }, { ".md", &source_text },
    };
    static const char *const packings[] = { ".gz", ".bz2", ".xz", ".zst" };
    size_t len = strlen(path);

    for (size_t i = 0; i < sizeof(packings) / sizeof(*packings); i++)
        if (ends(path, len, packings[i]))
            len -= strlen(packings[i]);
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (ends(path, len, names[i].ending))
            return names[i].ops;
    return NULL;
}

/* What a file is that no member reads, whatever --from says; or NULL. */
static const char *unreadable(struct bytes raw)
{
    static const struct { const char *magic; size_t len; const char *what; }
    kinds[] = {
        { "\x1f\x8b", 2, "compressed twice; unpack it once first" },
        { "BZh", 3, "compressed twice; unpack it once first" },
        { "\xfd" "7zXZ", 5, "compressed twice; unpack it once first" },
        { "\x28\xb5\x2f\xfd", 4, "compressed twice; unpack it once first" },
        { "\x1f\x9d", 2, "compressed with compress; unpack it first" },
        { "7z\xbc\xaf", 4, "a 7z archive; unpack it first" },
        { "Rar!", 4, "a rar archive; unpack it first" },
        { "PK\x03\x04", 4, "a zip archive; unpack it first" },
        { "%PDF-", 5, "a PDF; only its text can be read" },
        { "WARC/1.", 7, "a WARC archive, which is not read yet" },
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (raw.len >= kinds[i].len &&
            memcmp(raw.data, kinds[i].magic, kinds[i].len) == 0)
            return kinds[i].what;
    if (raw.len > 262 && memcmp(raw.data + 257, "ustar", 5) == 0)
        return "a tar archive; unpack it first";
    return NULL;
}

/* What bytes are that are neither; NULL for text. */
static const char *foreign(struct bytes head)
{
    size_t nuls = 0, controls = 0;

    /* Decoded text has no NUL: U+FFFD stands for it. */
    for (size_t i = 0; i + 2 < head.len; i++)
        nuls += memcmp(head.data + i, "\xef\xbf\xbd", 3) == 0;
    for (size_t i = 0; i < head.len; i++)
        controls += head.data[i] < ' ' && !strchr("\t\n\v\f\r\033",
                                                 head.data[i]);
    /* A tenth of random bytes are controls, and hardly one of a text. */
    if (nuls * 10 > head.len || (controls > 4 && controls * 50 > head.len))
        return "neither text nor markup";
    return NULL;
}

static const struct source_ops *by_wish(const char *from)
{
    const struct source_ops *all[] = { &source_page, &source_feed,
                                       &source_lines, &source_text };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (strcmp(all[i]->name, from) == 0)
            return all[i];
    return NULL;
}

static enum status choose(struct source *s, struct error *err)
{
    struct bytes raw = buffer_bytes(&s->ahead);
    struct buffer head = BUFFER_INIT;
    const char *reason = unreadable(raw);

    if (reason)
        return error_set(err, ERR_INPUT, "%s: %s", s->path, reason);
    if (strcmp(s->options.from, "auto") != 0) {
        s->ops = by_wish(s->options.from);
        return s->ops ? OK : error_set(err, ERR_USAGE, "no format \"%s\"; "
                                       "there are auto, html, feed, jsonl "
                                       "and text", s->options.from);
    }
    raw.len = raw.len < HEAD_LEN ? raw.len : HEAD_LEN;
    charset_decode_as(&head, raw, CHARSET_PLAIN, s->options.charset);
    reason = foreign(buffer_bytes(&head));
    if (!reason) {
        struct bytes text = skip_blanks(buffer_bytes(&head));

        s->ops = sniff(text);
        if (!s->ops)
            s->ops = by_name(s->path);
        if (!s->ops && begins(text, "<"))
            reason = "markup that is neither a page nor a feed; "
                     "--from says what it is";
        else if (!s->ops)
            s->ops = &source_text;
    }
    buffer_release(&head);
    return reason ? error_set(err, ERR_INPUT, "%s: %s", s->path, reason) : OK;
}

/* --- The family --------------------------------------------------------- */

static enum status open_input(struct source *s, struct error *err)
{
    struct stat st;

    if (strcmp(s->path, "-") == 0) {
        s->fd = STDIN_FILENO;
        return OK;
    }
    /* A pipe that nobody writes to must not hang us. */
    s->fd = open(s->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (s->fd < 0 || fstat(s->fd, &st) < 0)
        return error_errno(err, "%s", s->path);
    if (!S_ISREG(st.st_mode))
        return error_set(err, ERR_IO, "%s: not a regular file", s->path);
    /* NULL where the path is too long: then it goes by its name. */
    s->place = realpath(s->path, NULL);
    return OK;
}

enum status source_open(struct source **out, const char *path,
                        const struct source_options *options,
                        struct error *err)
{
    struct source *s = must_calloc(1, sizeof(*s));
    enum status rc;

    *out = NULL;
    s->fd = -1;
    s->options = *options;
    /* The parsers count in int. */
    if (s->options.max_record > RECORD_MOST)
        s->options.max_record = RECORD_MOST;
    s->path = must_copy(path);
    rc = open_input(s, err);
    s->unpack = unpack_new(s->fd, s->path);
    if (rc == OK)
        rc = source_fill(s, HEAD_LEN, err);
    /* What cannot be unpacked at all has no format to tell. */
    if (rc == OK && s->fault.code != OK && s->ahead.len == 0)
        rc = error_set(err, s->fault.code, "%s", s->fault.message);
    if (rc == OK)
        rc = choose(s, err);
    if (rc != OK) {
        source_close(s);
        return rc;
    }
    *out = s;
    return OK;
}

enum status source_next(struct source *s, struct article *out,
                        struct arena *arena, struct error *err)
{
    enum status rc;

    article_init(out);
    rc = s->done ? END : s->ops->next(s, out, arena, err);
    if (rc == OK && s->cut)
        out->flags |= ARTICLE_DEGRADED;
    if (rc != END)
        return rc;
    if (s->fault.code == OK) {
        s->done = true;
        return END;
    }
    *err = s->fault;
    error_clear(&s->fault);
    s->ended = s->done;
    return err->code;
}

uint64_t source_consumed(const struct source *s)
{
    return unpack_kind(s->unpack) ? unpack_consumed(s->unpack)
                                  : s->consumed;
}

void source_close(struct source *s)
{
    if (!s)
        return;
    if (s->ops && s->ops->close)
        s->ops->close(s);
    unpack_free(s->unpack);
    if (s->fd > STDIN_FILENO)
        close(s->fd);
    buffer_release(&s->ahead);
    free(s->state);
    free(s->path);
    free(s->place);
    free(s);
}
