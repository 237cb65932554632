/* source_mbox.c -- a mailbox (RFC 4155), streamed: one article a message.
 *
 *   From ada@example.org Fri Nov 10 12:00:00 2023\n
 *   Subject: ...\n
 *   \n
 *   text; a line that began "From " has a ">" before it\n
 *   \n
 *   From ...
 */
#include <inttypes.h>
#include <stdlib.h>

#include "indexer/read/mail.h"

struct mbox {
    uint64_t count;
};

/* The blank line before the next message; the window's length if there is
 * none. */
static size_t find_end(struct bytes window, size_t from)
{
    while (from < window.len) {
        const uint8_t *at = memmem(window.data + from, window.len - from,
                                   "\nFrom ", 6);
        size_t found = at ? (size_t)(at - window.data) : window.len;

        if (!at)
            break;
        if (found && (at[-1] == '\n' ||
                      (found > 1 && at[-1] == '\r' && at[-2] == '\n')))
            return found + 1;
        from = found + 1;
    }
    return window.len;
}

/* The whole message; ERR_LIMIT: passed over. */
static enum status take_message(struct bytes *message, struct source *s,
                                struct error *err)
{
    size_t seen = 0, most = s->options.max_record;
    struct bytes window;
    bool over = false;
    enum status rc = source_window(&window, s, 1, err);
    uint64_t start = s->consumed;

    while (rc == OK) {
        size_t end = find_end(window, seen);

        if (end < window.len || s->ended) {
            *message = bytes_part(window, 0, end);
            source_take(s, end);
            break;
        }
        seen = window.len > 8 ? window.len - 8 : 0;
        if (window.len > most) {
            over = true;
            source_take(s, seen);
            window = bytes_part(window, seen, window.len - seen);
            seen = 0;
        }
        rc = source_window(&window, s, window.len + 1, err);
    }
    if (rc == OK && over)
        return error_set(err, ERR_LIMIT, "%s: byte %" PRIu64 ": over %zu "
                         "bytes, the most that one message may have",
                         s->path, start, most);
    return rc == OK && message->len == 0 ? END : rc;
}

/* Without the line "From ..." and the ">" before such lines. */
static void put_message(struct buffer *out, struct bytes message)
{
    bool first = true;

    while (message.len) {
        const uint8_t *end = memchr(message.data, '\n', message.len);
        size_t len = end ? (size_t)(end - message.data) + 1 : message.len;
        struct bytes line = bytes_part(message, 0, len);
        size_t marks = 0;

        while (marks < line.len && line.data[marks] == '>')
            marks++;
        if (marks && line.len - marks >= 5 &&
            memcmp(line.data + marks, "From ", 5) == 0)
            line = bytes_part(line, 1, line.len - 1);
        if (!first || line.len < 5 || memcmp(line.data, "From ", 5) != 0)
            buffer_put_bytes(out, line);
        first = false;
        message = bytes_part(message, len, message.len - len);
    }
}

static enum status mbox_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    struct bytes message = BYTES_NONE;
    struct mbox *mbox;
    enum status rc;

    if (!s->state)
        s->state = must_calloc(1, sizeof(*mbox));
    mbox = s->state;
    source_stamp(s, out);
    out->offset = s->consumed;
    rc = take_message(&message, s, err);
    if (rc == END) {
        s->done = true;
        return END;
    }
    out->record = mbox->count++;
    if (rc != OK)
        return rc;
    put_message(&text, message);
    rc = mail_article(out, s, out->offset, buffer_bytes(&text), arena, err);
    out->offset = s->consumed - message.len;
    out->record = mbox->count - 1;
    buffer_release(&text);
    return rc;
}

const struct source_ops source_mbox = { "mbox", mbox_next, NULL };
