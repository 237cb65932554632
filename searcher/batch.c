/* batch.c -- many queries from a file, one a line.
 *
 *   301 <tab> International organized crime
 *   302 <tab> Poliomyelitis and Post-Polio
 *
 * More than a few are answered by as many processes as there are processors,
 * each of them one query at a time, and printed in their order.
 */
#include "searcher/batch.h"

#include <fcntl.h>
#include <unistd.h>

#include "common/base/file.h"
#include "searcher/complain.h"
#include "searcher/workers.h"

enum { BATCH_MAX = 1 << 30, EACH_LEAST = 16 };

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

/* The lines, and what they are asked with. */
struct batch {
    struct desk *desk;
    const char *path;
    struct buffer lines, room;
    struct bytes rest;          /* lines to come */
    uint64_t number;            /* of the line taken last */
    uint64_t item;              /* queries taken so far */
};

static struct bytes next_line(struct bytes *rest)
{
    const uint8_t *end = memchr(rest->data, '\n', rest->len);
    size_t len = end ? (size_t)(end - rest->data) : rest->len;
    struct bytes line = bytes_part(*rest, 0, len);

    *rest = bytes_part(*rest, len + (end != NULL), rest->len - len
                       - (end != NULL));
    return line;
}

/* The next line with a query; false: there is none. */
static bool next_query(struct batch *b, struct bytes *qid,
                       struct bytes *text)
{
    while (b->rest.len) {
        b->number++;
        split_line(next_line(&b->rest), b->number, &b->room, qid, text);
        b->item += text->len > 0;
        if (text->len)
            return true;
    }
    return false;
}

/* Asks one query; `err` tells what went wrong, and where. */
static enum status ask(struct batch *b, struct bytes qid, struct bytes text,
                       struct error *err)
{
    enum status status = reply(b->desk, qid, text, err);

    if (status >= 0)
        return OK;
    error_prefix(err, "%s:%llu", b->path, (unsigned long long)b->number);
    return status == ERR_CORRUPT ? ERR_CORRUPT : ERR_INPUT;
}

static enum status worse(enum status a, enum status b)
{
    return a == ERR_CORRUPT || b == OK ? a : b;
}

/* --- One after the other ------------------------------------------------ */

static enum status ask_here(struct batch *b)
{
    enum status status = OK;
    struct bytes qid, text;

    while (!printer_done(&b->desk->printer) && next_query(b, &qid, &text)) {
        struct error err = ERROR_INIT;
        enum status one = ask(b, qid, text, &err);

        desk_say(b->desk);
        if (one != OK)
            complain(&err);
        status = worse(status, one);
    }
    return status;
}

/* --- Several at once ---------------------------------------------------- */

/* What a worker says of a query, before what is to be printed and what is to
 * be said beside it. */
struct verdict {
    struct error err;
    enum status status;
    bool found;
    size_t printed;             /* bytes; what follows is beside it */
};

static bool work(void *context, uint64_t item, struct buffer *result)
{
    struct batch *b = context;
    struct verdict verdict = { .err = ERROR_INIT };
    struct bytes qid, text;

    do
        if (!next_query(b, &qid, &text))
            return false;
    while (b->item <= item);
    buffer_put(result, &verdict, sizeof(verdict));
    b->desk->printer.kept = result;
    b->desk->found = false;
    verdict.status = ask(b, qid, text, &verdict.err);
    verdict.found = b->desk->found;
    verdict.printed = result->len - sizeof(verdict);
    buffer_put(result, b->desk->aside.data, b->desk->aside.len);
    buffer_clear(&b->desk->aside);
    memcpy(result->data, &verdict, sizeof(verdict));
    return true;
}

/* Prints what a worker has made. */
static enum status give(struct batch *b, const struct buffer *result)
{
    struct desk *d = b->desk;
    struct verdict verdict;
    const uint8_t *printed = result->data + sizeof(verdict);

    memcpy(&verdict, result->data, sizeof(verdict));
    buffer_put(&d->out, printed, verdict.printed);
    buffer_put(&d->aside, printed + verdict.printed,
               result->len - sizeof(verdict) - verdict.printed);
    printer_put(&d->printer, &d->out);
    desk_say(d);
    if (verdict.status != OK)
        complain(&verdict.err);
    d->found |= verdict.found;
    return verdict.status;
}

static enum status ask_workers(struct batch *b, struct workers *w,
                               struct error *err)
{
    struct buffer result = BUFFER_INIT;
    enum status status = OK, one = OK;

    while (one == OK && !printer_done(&b->desk->printer)) {
        one = workers_next(w, &result, err);
        if (one == OK)
            status = worse(status, give(b, &result));
    }
    buffer_release(&result);
    return one == ERR_IO ? ERR_IO : status;
}

/* --- All ---------------------------------------------------------------- */

/* A process for each processor, where there is work for it. */
static unsigned count_workers(const struct batch *b)
{
    unsigned most = workers_most(), lines = 0;

    for (size_t i = 0; i < b->rest.len && lines / EACH_LEAST < most; i++)
        lines += b->rest.data[i] == '\n';
    return lines / EACH_LEAST < most ? lines / EACH_LEAST : most;
}

enum status batch_run(struct desk *d, const char *path, struct error *err)
{
    struct batch b = { .desk = d, .path = path };
    enum status status = read_lines(&b.lines, path, err);
    struct workers *w = NULL;
    unsigned count;

    b.rest = buffer_bytes(&b.lines);
    if (b.rest.len >= 3 && memcmp(b.rest.data, "\xef\xbb\xbf", 3) == 0)
        b.rest = bytes_part(b.rest, 3, b.rest.len - 3);
    count = status == OK ? count_workers(&b) : 0;
    if (count > 1)
        w = workers_start(count, work, &b);
    if (status == OK)
        status = w ? ask_workers(&b, w, err) : ask_here(&b);
    workers_free(w);
    buffer_release(&b.lines);
    buffer_release(&b.room);
    return status;
}
