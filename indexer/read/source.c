/* source.c -- opens an input, unpacks it, has its format told, and hands out
 * the member that reads it.
 *
 *   file -> unpack -> head (4 KB) -> source_choose -> member -> articles
 *                                                      |   ^
 *                             what is inside an archive: source_within
 */
#include "indexer/read/source_member.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/url.h"

enum { HEAD_LEN = 4096, READ_STEP = 1 << 16, RECORD_MOST = 1 << 30 };

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

size_t source_decode(struct buffer *out, const struct source *s,
                     struct bytes raw, enum charset_habit habit)
{
    return charset_decode_told(out, raw, habit, s->options.charset,
                               s->envelope.charset);
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
    *replaced = source_decode(&decoded, s, buffer_bytes(&s->ahead), habit);
    buffer_release(&s->ahead);
    s->ahead = decoded;
    *text = buffer_bytes(&s->ahead);
    return OK;
}

enum status source_window(struct bytes *window, struct source *s, size_t want,
                          struct error *err)
{
    size_t left = s->ahead.len - s->taken;
    enum status rc = OK;

    if (left < want && !s->ended) {
        if (left && s->taken)
            memmove(s->ahead.data, s->ahead.data + s->taken, left);
        s->ahead.len = left;
        s->taken = 0;
        rc = source_fill(s, want, err);
        left = s->ahead.len;
    }
    *window = left ? bytes_of(s->ahead.data + s->taken, left) : BYTES_NONE;
    return rc;
}

void source_take(struct source *s, size_t len)
{
    s->taken += len;
    s->consumed += len;
}

enum status source_skip(struct source *s, uint64_t len, struct error *err)
{
    while (len) {
        struct bytes window;
        enum status rc = source_window(&window, s, 1, err);
        size_t step = window.len < len ? window.len : (size_t)len;

        if (rc != OK || window.len == 0)
            return rc;
        source_take(s, step);
        len -= step;
    }
    return OK;
}

void source_stamp(const struct source *s, struct article *a)
{
    article_init(a);
    a->path = bytes_str(s->parent ? s->parent->path : s->path);
    if (s->place)
        a->place = bytes_str(s->place);
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

static struct source *source_new(const char *path,
                                 const struct source_options *options)
{
    struct source *s = must_calloc(1, sizeof(*s));

    s->fd = -1;
    s->options = *options;
    /* The parsers count in int. */
    if (s->options.max_record > RECORD_MOST)
        s->options.max_record = RECORD_MOST;
    s->path = must_copy(path);
    return s;
}

enum status source_open(struct source **out, const char *path,
                        const struct source_options *options,
                        struct error *err)
{
    struct source *s = source_new(path, options);
    enum status rc;

    *out = NULL;
    rc = open_input(s, err);
    s->unpack = unpack_new(s->fd, s->path);
    if (rc == OK)
        rc = source_fill(s, HEAD_LEN, err);
    /* What cannot be unpacked at all has no format to tell. */
    if (rc == OK && s->fault.code != OK && s->ahead.len == 0)
        rc = error_set(err, s->fault.code, "%s", s->fault.message);
    if (rc == OK)
        rc = source_choose(s, err);
    if (rc != OK) {
        source_close(s);
        return rc;
    }
    *out = s;
    return OK;
}

enum status source_within(struct source **out, const struct source *parent,
                          uint64_t offset, struct bytes raw,
                          const struct envelope *envelope, struct arena *arena)
{
    const struct source_ops *ops;
    enum status rc = source_choose_inside(&ops, envelope->type, raw);
    struct source *s;

    *out = NULL;
    if (rc != OK)
        return rc;
    s = source_new(arena_printf(arena, "%s: byte %" PRIu64, parent->path,
                                offset), &parent->options);
    s->parent = parent;
    s->place = parent->place ? must_copy(parent->place) : NULL;
    s->ops = ops;
    s->ended = true;
    s->envelope = *envelope;
    buffer_put_bytes(&s->ahead, raw);
    *out = s;
    return OK;
}

/* What the envelope knows of the one article inside. */
static void take_envelope(const struct source *s, struct article *a,
                          struct arena *arena)
{
    struct buffer url = BUFFER_INIT;

    if (s->envelope.cut)
        a->flags |= ARTICLE_DEGRADED;
    if (s->ops != &source_page && s->ops != &source_text)
        return;
    if (a->url.len == 0 && url_canonical(&url, s->envelope.url))
        a->url = arena_copy(arena, buffer_bytes(&url));
    if (!a->lang.code[0])
        a->lang = s->envelope.lang;
    buffer_release(&url);
}

enum status source_next(struct source *s, struct article *out,
                        struct arena *arena, struct error *err)
{
    enum status rc;

    article_init(out);
    rc = s->done ? END : s->ops->next(s, out, arena, err);
    if (rc == OK && s->cut)
        out->flags |= ARTICLE_DEGRADED;
    if (rc == OK)
        take_envelope(s, out, arena);
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

const char *source_format(const struct source *s)
{
    return s->ops->name;
}

uint64_t source_consumed(const struct source *s)
{
    return s->unpack && unpack_kind(s->unpack) ? unpack_consumed(s->unpack)
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
