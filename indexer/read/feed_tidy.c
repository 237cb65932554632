/* feed_tidy.c -- text of a feed made fit for a strict XML parser.
 *
 * Feeds are written by templates, so the same few faults return: blanks
 * before the declaration, bare ampersands, names of HTML, a cut end.  They
 * are mended in the text, because a parser that recovers by itself gives a
 * document that is silently cut.
 *
 *   \n<?xml ...?><rss>..A & B&nbsp;C..  ->  \n<rss>..A &amp; B C..
 */
#include "indexer/read/feed_tidy.h"

#include <strings.h>

#include "indexer/read/prose.h"

static bool begins(const uint8_t *at, const uint8_t *end, const char *word)
{
    size_t len = strlen(word);

    return (size_t)(end - at) >= len &&
           strncasecmp((const char *)at, word, len) == 0;
}

static const uint8_t *behind(const uint8_t *at, const uint8_t *end,
                             const char *mark)
{
    const uint8_t *found = memmem(at, (size_t)(end - at), mark, strlen(mark));

    return found ? found + strlen(mark) : end;
}

enum status feed_behead(struct buffer *out, struct bytes text,
                        struct error *err)
{
    const uint8_t *at = text.data, *end = at + text.len;

    while (at < end) {
        if (*at != '<')
            at++;
        else if (begins(at, end, "<?"))
            at = behind(at, end, "?>");
        else if (begins(at, end, "<!--"))
            at = behind(at, end, "-->");
        else if (begins(at, end, "<!")) {
            const uint8_t *close = behind(at, end, ">");

            if (memchr(at, '[', (size_t)(close - at)))
                return error_set(err, ERR_INPUT, "a DOCTYPE with entities "
                                 "of its own is not read");
            at = close;
        } else
            break;
    }
    for (const uint8_t *line = text.data; line < at; line++)
        if (*line == '\n')
            buffer_put_u8(out, '\n');
    buffer_put(out, at, (size_t)(end - at));
    return OK;
}

/* The length of a reference that XML knows by itself, or 0. */
static size_t xml_reference(const uint8_t *at, const uint8_t *end)
{
    static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;",
                                         "&apos;" };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (begins(at, end, names[i]))
            return strlen(names[i]);
    return 0;
}

static void put_reference(struct buffer *out, const uint8_t **at,
                          const uint8_t *end)
{
    size_t known = xml_reference(*at, end), len = 1, before = out->len;

    if (known) {
        buffer_put(out, *at, known);
        *at += known;
        return;
    }
    while (*at + len < end && len < 32 && (*at)[len] != ';' &&
           (*at)[len] > ' ' && (*at)[len] != '&' && (*at)[len] != '<')
        len++;
    if (*at + len < end && (*at)[len] == ';') {
        prose_unescape(out, bytes_of(*at, len + 1));
        /* A character of the markup must not come to life. */
        if (out->len > before && out->data[before] != '&' &&
            out->data[before] != '<') {
            *at += len + 1;
            return;
        }
        out->len = before;
    }
    buffer_put_str(out, "&amp;");
    ++*at;
}

void feed_repair(struct buffer *out, struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;

    while (at < end) {
        const uint8_t *from = at;

        if (*at == '&') {
            put_reference(out, &at, end);
            continue;
        }
        if (begins(at, end, "<![CDATA["))
            at = behind(at, end, "]]>");
        else if (begins(at, end, "<!--"))
            at = behind(at, end, "-->");
        else
            at++;
        while (at < end && *at != '&' && *at != '<')
            at++;
        buffer_put(out, from, (size_t)(at - from));
    }
}

static const uint8_t *last_of(struct bytes text, const char *mark)
{
    size_t len = strlen(mark);

    for (size_t at = text.len; at-- > 0;)
        if (text.data[at] == '<' && text.len - at >= len &&
            memcmp(text.data + at, mark, len) == 0)
            return text.data + at;
    return NULL;
}

bool feed_cut(struct buffer *out, struct bytes text)
{
    static const struct { const char *entry, *root, *close; } kinds[] = {
        { "</entry>", "<feed", "</feed>" },
        { "</item>", "<rss", "</channel></rss>" },
        { "</item>", "<rdf:RDF", "</rdf:RDF>" },
    };

    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        const uint8_t *last = last_of(text, kinds[i].entry);

        if (!last || !memmem(text.data, text.len, kinds[i].root,
                             strlen(kinds[i].root)))
            continue;
        buffer_put(out, text.data, (size_t)(last - text.data));
        buffer_put_str(out, kinds[i].entry);
        buffer_put_str(out, kinds[i].close);
        return true;
    }
    return false;
}
