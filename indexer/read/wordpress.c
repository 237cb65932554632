/* wordpress.c -- what WordPress stores of a post, to HTML.
 *
 *   [dropcap]T[/dropcap]he first.\n\n[gallery ids="1,2"]\nThe [sic] second.
 *   The first.<p>The [sic] second.
 *
 * Only the site knows its shortcodes.  Here those are some that have an end,
 * or attributes, or are the ones that every WordPress has.
 */
#include "indexer/read/wordpress.h"

#include <ctype.h>
#include <stdio.h>

#include "common/base/buffer.h"

enum { NAME_MOST = 40, CODE_MOST = 1000 };

/* The length of "[name ...]" or "[/name]", and its name; 0: it is none. */
static size_t code_length(struct bytes text, struct bytes *name)
{
    size_t at = 1, most = text.len < CODE_MOST ? text.len : CODE_MOST, start;

    if (at < most && text.data[at] == '/')
        at++;
    start = at;
    while (at < most && (islower(text.data[at]) || isdigit(text.data[at]) ||
                         text.data[at] == '_' || text.data[at] == '-'))
        at++;
    *name = bytes_part(text, start, at - start);
    if (at == start || at == most || at - start > NAME_MOST ||
        !islower(text.data[start]))
        return 0;
    if (text.data[at] == ' ' || text.data[at] == '/')
        while (at < most && text.data[at] != ']' && text.data[at] != '\n')
            at++;
    return at < most && text.data[at] == ']' ? at + 1 : 0;
}

static bool is_known(struct bytes name)
{
    static const char *const known[] = { "gallery", "caption", "embed",
                                         "audio", "video", "playlist", NULL };

    for (unsigned i = 0; known[i]; i++)
        if (bytes_equal(name, bytes_str(known[i])))
            return true;
    return false;
}

/* Whether the text ends such a code somewhere. */
static bool has_end(struct bytes text, struct bytes name)
{
    char close[NAME_MOST + 4];
    size_t len = (size_t)snprintf(close, sizeof(close), "[/%.*s]",
                                  (int)name.len, (const char *)name.data);

    return memmem(text.data, text.len, close, len) != NULL;
}

static size_t shortcode(struct bytes all, struct bytes text, unsigned *tried)
{
    struct bytes name;
    size_t len = code_length(text, &name);

    if (!len || *tried >= CODE_MOST)
        return 0;
    ++*tried;
    if (text.data[1] == '/' || memchr(text.data, '=', len) ||
        is_known(name) || has_end(all, name))
        return len;
    return 0;
}

struct bytes wordpress_html(struct bytes content, struct arena *arena)
{
    struct buffer html = BUFFER_INIT;
    struct bytes kept, rest = content;
    unsigned tried = 0;

    while (rest.len) {
        size_t len = 1;

        if (rest.data[0] == '[')
            len = shortcode(content, rest, &tried);
        else if (rest.len > 1 && rest.data[0] == '\n' && rest.data[1] == '\n')
            buffer_put_str(&html, "<p>");
        if (!len || rest.data[0] != '[')
            buffer_put_u8(&html, rest.data[0]);
        len = len ? len : 1;
        rest = bytes_part(rest, len, rest.len - len);
    }
    kept = arena_copy(arena, buffer_bytes(&html));
    buffer_release(&html);
    return kept;
}
