/* source_piece.c -- a stream of marked pieces, one at a time: <DOC>..</DOC>,
 * <page>..</page>.
 *
 *   ...between <DOC> one </DOC> between <DOC> two <DOC> three </DOC>
 *              [---------------]        [--------][---------------]
 *                                        cut: its end is missing
 */
#include <inttypes.h>
#include <strings.h>

#include "indexer/read/source_member.h"

/* Where the mark stands in the window, as a tag: a name that goes on is
 * another one ("<DOC" in "<DOCNO>"); or its length. */
static size_t find_mark(struct bytes window, size_t from, const char *mark)
{
    size_t len = strlen(mark);
    bool open_ended = mark[len - 1] != '>';

    while (from + len < window.len + !open_ended) {
        const uint8_t *at = memchr(window.data + from, '<',
                                   window.len - from);

        if (!at)
            break;
        from = (size_t)(at - window.data);
        if (from + len + open_ended > window.len)
            break;
        if (strncasecmp((const char *)at, mark, len) == 0 &&
            (!open_ended || at[len] == '>' || at[len] <= ' '))
            return from;
        from++;
    }
    return window.len;
}

/* Takes what stands before the next piece; false: there is none. */
static bool seek_open(struct bytes *window, struct source *s,
                      const char *open, enum status *rc, struct error *err)
{
    size_t keep = strlen(open) + 1;

    for (;;) {
        size_t at;

        *rc = source_window(window, s, keep + 1, err);
        if (*rc != OK || window->len == 0)
            return false;
        at = find_mark(*window, 0, open);
        if (at < window->len) {
            source_take(s, at);
            *window = bytes_part(*window, at, window->len - at);
            return true;
        }
        if (s->ended && window->len <= keep)
            return false;
        source_take(s, window->len > keep ? window->len - keep : 1);
    }
}

enum status source_piece(struct bytes *piece, struct source *s,
                         const char *open, const char *close, bool *cut,
                         struct error *err)
{
    size_t len = strlen(close), seen = 1, most = s->options.max_record;
    struct bytes window;
    enum status rc = OK;

    *piece = BYTES_NONE;
    *cut = false;
    if (!seek_open(&window, s, open, &rc, err))
        return rc == OK ? END : rc;
    for (;;) {
        size_t end = find_mark(window, seen, close);
        size_t next = find_mark(bytes_part(window, 0, end), seen, open);

        if (next < end || end < window.len) {
            *cut = next < end;
            *piece = bytes_part(window, 0, next < end ? next : end + len);
            source_take(s, piece->len);
            return OK;
        }
        if (window.len > most || s->ended)
            break;
        seen = window.len > len + 1 ? window.len - len - 1 : 1;
        rc = source_window(&window, s, window.len + 1, err);
        if (rc != OK)
            return rc;
    }
    source_take(s, window.len);
    if (window.len > most)
        return error_set(err, ERR_LIMIT, "%s: byte %" PRIu64 ": over %zu "
                         "bytes, the most that one record may have", s->path,
                         s->consumed - window.len, most);
    *cut = true;
    *piece = window;
    return OK;
}
