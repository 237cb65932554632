/* source_sniff.c -- which member of the family reads these bytes.
 *
 *   what people said (--from), else what the content shows,
 *   else what the name says, else plain text
 */
#include <ctype.h>
#include <strings.h>

#include "indexer/read/source_member.h"

enum { HEAD_LEN = 4096, NAME_MAX_LEN = 32, HEADERS_READ = 40 };

const char *const source_formats[] = { "auto", "html", "feed", "jsonl",
                                       "text", "nitf", "newsml", "ninjs",
                                       "warc", "arc", "trec", "mediawiki",
                                       "wxr", "mail", "mbox", "mhtml", NULL };

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

static bool holds(struct bytes text, const char *word)
{
    return text.len && memmem(text.data, text.len, word, strlen(word));
}

static struct bytes behind(struct bytes text, const char *mark)
{
    const uint8_t *at = memmem(text.data, text.len, mark, strlen(mark));
    size_t skip = at ? (size_t)(at - text.data) + strlen(mark) : text.len;

    return bytes_part(text, skip, text.len - skip);
}

/* The name of the first element of markup, behind its prolog, without its
 * prefix ("ns0:"). */
static void first_element(char name[NAME_MAX_LEN], struct bytes head)
{
    size_t len = 0;

    head = skip_blanks(head);
    while (begins(head, "<?") || begins(head, "<!")) {
        bool comment = begins(head, "<!--");

        head = skip_blanks(behind(head, comment ? "-->" : ">"));
        /* What is left of an internal subset. */
        if (begins(head, "]>"))
            head = skip_blanks(bytes_part(head, 2, head.len - 2));
    }
    if (begins(head, "<"))
        for (head = bytes_part(head, 1, head.len - 1);
             len < head.len && len < NAME_MAX_LEN - 1 &&
             head.data[len] > ' ' && head.data[len] != '>' &&
             head.data[len] != '/'; len++)
            name[len] = (char)head.data[len];
    name[len] = '\0';
    if (strchr(name, ':') && strncasecmp(name, "rdf:", 4) != 0)
        memmove(name, strchr(name, ':') + 1, strlen(strchr(name, ':')));
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
    static const char *const wires[] = {
        "nitf", "newsml", "newsitem", "newsmessage", "packageitem",
        "conceptitem", "knowledgeitem", "planningitem", "catalogitem", NULL };
    static const char *const docs[] = { "doc", "reuters", NULL };
    char name[NAME_MAX_LEN];

    first_element(name, head);
    if (is_one_of(name, feeds))
        return &source_feed;
    if (is_one_of(name, wires))
        return &source_wire;
    if (strcasecmp(name, "mediawiki") == 0)
        return &source_wiki;
    if (is_one_of(name, docs) || begins(head, "<!doctype lewis") ||
        holds(head, "<REUTERS "))
        return &source_trec;
    /* A fragment. */
    if (holds(head, "<nitf") || holds(head, "<newsItem"))
        return &source_wire;
    if (holds(head, "<feed xmlns=\"http://www.w3.org/2005/Atom\""))
        return &source_feed;
    if (is_one_of(name, pages) || begins(head, "<!doctype html"))
        return &source_page;
    return NULL;
}

/* --- Messages ----------------------------------------------------------- */

/* "Name: value": the length of the name, or 0. */
static size_t header_name(struct bytes line)
{
    size_t len = 0;

    while (len < line.len && len < 60 &&
           (isalnum(line.data[len]) || line.data[len] == '-'))
        len++;
    return len && len < line.len && line.data[len] == ':' ? len : 0;
}

/* What a name of a header says: 2, that this is a message; 1, that it may
 * be one; 0, nothing. */
static int header_weight(struct bytes line, size_t len)
{
    static const struct { const char *name; int weight; } known[] = {
        { "message-id", 2 }, { "received", 2 }, { "return-path", 2 },
        { "mime-version", 2 }, { "delivered-to", 2 }, { "x-mailer", 2 },
        { "content-transfer-encoding", 2 }, { "from", 1 }, { "to", 1 },
        { "subject", 1 }, { "date", 1 }, { "reply-to", 1 },
        { "content-type", 1 }, { "in-reply-to", 1 }, { "list-id", 1 },
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (strlen(known[i].name) == len &&
            strncasecmp((const char *)line.data, known[i].name, len) == 0)
            /* Plain texts have a head too, but no addresses in it. */
            return strcmp(known[i].name, "from") == 0 && holds(line, "@")
                   ? 2 : known[i].weight;
    return 0;
}

static struct bytes next_line(struct bytes *text)
{
    const uint8_t *end = memchr(text->data, '\n', text->len);
    size_t len = end ? (size_t)(end - text->data) : text->len;
    struct bytes line = bytes_part(*text, 0, len);

    *text = bytes_part(*text, len + (end != NULL), text->len - len -
                       (end != NULL));
    return line;
}

static bool is_message(struct bytes text)
{
    int weight = 0, strong = 0;

    for (int i = 0; i < HEADERS_READ && text.len; i++) {
        struct bytes line = next_line(&text);
        size_t len = header_name(line);
        int one;

        if (i && line.len && (line.data[0] == ' ' || line.data[0] == '\t'))
            continue;
        if (!len)
            break;
        one = header_weight(line, len);
        weight += one;
        strong += one == 2;
    }
    return strong && weight >= 3;
}

static const struct source_ops *sniff_message(struct bytes text)
{
    struct bytes rest = text;

    if (text.len >= 5 && memcmp(text.data, "From ", 5) == 0) {
        next_line(&rest);
        return header_name(rest) ? &source_mbox : NULL;
    }
    return is_message(text) ? &source_mail : NULL;
}

/* --- The content --- */

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
    if (begins(text, "WARC/") && text.len > 5 && isdigit(text.data[5]))
        return &source_warc;
    if (begins(text, "filedesc://"))
        return &source_arc;
    return sniff_message(text);
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
        { ".json", &source_lines }, { ".jl", &source_lines },
        { ".warc", &source_warc }, { ".arc", &source_arc },
        { ".eml", &source_mail }, { ".mht", &source_mail },
        { ".mhtml", &source_mail }, { ".mbox", &source_mbox },
        { ".txt", &source_text }, { ".text", &source_text },
        { ".md", &source_text },
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

/* --- The choice --- */

static const struct source_ops *by_wish(const char *from)
{
    static const struct { const char *name; const struct source_ops *ops; }
    all[] = {
        { "html", &source_page }, { "feed", &source_feed },
        { "jsonl", &source_lines }, { "text", &source_text },
        { "nitf", &source_wire }, { "newsml", &source_wire },
        { "ninjs", &source_lines },
        { "warc", &source_warc }, { "arc", &source_arc },
        { "trec", &source_trec }, { "mediawiki", &source_wiki },
        { "wxr", &source_feed }, { "mail", &source_mail },
        { "mbox", &source_mbox }, { "mhtml", &source_mail },
    };

    for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
        if (strcmp(all[i].name, from) == 0)
            return all[i].ops;
    return NULL;
}

/* By the content; an archive holds what is no text. */
static enum status by_content(struct source *s, struct bytes raw,
                              struct error *err)
{
    struct buffer head = BUFFER_INIT;
    const char *reason;
    struct bytes text;

    source_decode(&head, s, raw, CHARSET_PLAIN);
    reason = foreign(buffer_bytes(&head));
    text = skip_blanks(buffer_bytes(&head));
    if (!reason)
        s->ops = sniff(text);
    if (!reason && !s->ops)
        s->ops = by_name(s->path);
    if (!reason && !s->ops && begins(text, "<"))
        reason = "markup that is neither a page nor a feed; "
                 "--from says what it is";
    else if (!reason && !s->ops)
        s->ops = &source_text;
    buffer_release(&head);
    return reason ? error_set(err, ERR_INPUT, "%s: %s", s->path, reason) : OK;
}

enum status source_choose(struct source *s, struct error *err)
{
    struct bytes raw = buffer_bytes(&s->ahead);
    const char *from = s->options.from, *reason = unreadable(raw);

    if (reason)
        return error_set(err, ERR_INPUT, "%s: %s", s->path, reason);
    if (strcmp(from, "auto") != 0) {
        s->ops = by_wish(from);
        return s->ops ? OK : error_set(err, ERR_USAGE, "no format \"%s\"",
                                       from);
    }
    raw.len = raw.len < HEAD_LEN ? raw.len : HEAD_LEN;
    if (begins(raw, "WARC/") || begins(raw, "filedesc://"))
        s->ops = sniff(raw);
    return s->ops ? OK : by_content(s, raw, err);
}

static bool is_type(struct bytes type, const char *name)
{
    return bytes_equal(type, bytes_str(name));
}

static bool is_wanted_type(struct bytes type)
{
    return type.len == 0 || begins(type, "text/") || holds(type, "html") ||
           holds(type, "xml") || holds(type, "json");
}

/* A media type tells what is no text; what a text is, its content does.  JSON
 * of the web is hardly ever news, and an archive holds no archives. */
enum status source_choose_inside(const struct source_ops **ops,
                                 struct bytes type, struct bytes raw)
{
    bool html = is_type(type, "text/html") ||
                is_type(type, "application/xhtml+xml");
    struct buffer head = BUFFER_INIT;

    *ops = NULL;
    raw.len = raw.len < HEAD_LEN ? raw.len : HEAD_LEN;
    if (unreadable(raw) || !is_wanted_type(type))
        return END;
    charset_decode(&head, raw, CHARSET_PLAIN);
    if (!foreign(buffer_bytes(&head))) {
        *ops = sniff(buffer_bytes(&head));
        if (*ops == &source_lines || *ops == &source_warc ||
            *ops == &source_arc || *ops == &source_mail ||
            *ops == &source_mbox)
            *ops = NULL;
        else if (!*ops && html)
            *ops = &source_page;
        else if (!*ops && is_type(type, "text/plain") && head.len)
            *ops = &source_text;
    }
    buffer_release(&head);
    return *ops ? OK : END;
}
