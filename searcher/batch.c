/* batch.c -- many queries from a file, one a line.
 *
 *   301 <tab> International organized crime
 *   302 <tab> Poliomyelitis and Post-Polio
 */
#include "searcher/batch.h"

#include <fcntl.h>
#include <unistd.h>

#include "common/base/file.h"
#include "searcher/complain.h"

enum { BATCH_MAX = 1 << 30 };

static enum status read_lines(struct buffer *lines, const char *path,
                              struct error *err)
{
    bool stdin_meant = strcmp(path, "-") == 0;
    int fd = stdin_meant ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    enum status status;

    if (fd < 0)
        return error_errno(err, "%s", path);
    status = file_read_all(lines, fd, stdin_meant ? "standard input" : path,
                           BATCH_MAX, err);
    if (!stdin_meant)
        close(fd);
    return status;
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static struct bytes trimmed(struct bytes text)
{
    while (text.len && is_blank(text.data[text.len - 1]))
        text.len--;
    while (text.len && is_blank(text.data[0]))
        text = bytes_part(text, 1, text.len - 1);
    return text;
}

/* A line's name and query; `number` is written to `room` if it has none. */
static void split_line(struct bytes line, uint64_t number,
                       struct buffer *room, struct bytes *qid,
                       struct bytes *text)
{
    const uint8_t *tab = memchr(line.data, '\t', line.len);

    *qid = BYTES_NONE;
    if (tab) {
        size_t len = (size_t)(tab - line.data);

        *qid = trimmed(bytes_part(line, 0, len));
        line = bytes_part(line, len + 1, line.len - len - 1);
    }
    *text = trimmed(line);
    if (qid->len)
        return;
    buffer_clear(room);
    buffer_printf(room, "%llu", (unsigned long long)number);
    *qid = buffer_bytes(room);
}

/* Asks one line; what went wrong is said, and comes back. */
static enum status ask_line(struct desk *d, struct bytes qid,
                            struct bytes text, const char *path,
                            uint64_t number)
{
    struct error err = ERROR_INIT;
    enum status status = reply(d, qid, text, &err);

    desk_say(d);
    if (status >= 0)
        return OK;
    error_prefix(&err, "%s:%llu", path, (unsigned long long)number);
    complain(&err);
    return status == ERR_CORRUPT ? ERR_CORRUPT : ERR_INPUT;
}

static enum status worse(enum status a, enum status b)
{
    return a == ERR_CORRUPT || b == OK ? a : b;
}

static struct bytes next_line(struct bytes *rest)
{
    const uint8_t *end = memchr(rest->data, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->data) : rest->len;
    struct bytes line = bytes_part(*rest, 0, len);

    *rest = bytes_part(*rest, len + (end != NULL), rest->len - len
                       - (end != NULL));
    return line;
}

enum status batch_run(struct desk *d, const char *path, struct error *err)
{
    struct buffer lines = BUFFER_INIT, room = BUFFER_INIT;
    enum status status = read_lines(&lines, path, err);
    struct bytes rest = buffer_bytes(&lines), qid, text;

    if (rest.len >= 3 && memcmp(rest.data, "\xef\xbb\xbf", 3) == 0)
        rest = bytes_part(rest, 3, rest.len - 3);
    for (uint64_t number = 1; status != ERR_IO && status != ERR_LIMIT
         && rest.len && !printer_done(&d->printer); number++) {
        struct bytes line = next_line(&rest);

        split_line(line, number, &room, &qid, &text);
        if (text.len)
            status = worse(status, ask_line(d, qid, text, path, number));
    }
    buffer_release(&lines);
    buffer_release(&room);
    return status;
}
