/* unpack.c -- the bytes of an input, unpacked where they are compressed.
 *
 *   fd -> raw (64 KiB) -> codec, a member at a time -> the caller's room
 *
 * A compressed file may be many members one behind the other (a WARC has one
 * for each record).  Between two members zeros are passed over.  What is
 * damaged is told once, with its place; in a gzip file the next member is
 * then looked for by its first bytes, so that one bad record costs itself.
 *
 *   | member | member | dama#ed | member | 0 0 0 0 | end
 *                        told ^  ^ found
 */
#include "indexer/read/unpack.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/read/unpack_codec.h"

enum { RAW_ROOM = 1 << 16, HEAD_LEN = 8, BOMB_FROM = 16 << 20,
       BOMB_RATIO = 200 };

enum place { PLACE_START, PLACE_MEMBER, PLACE_BETWEEN, PLACE_LOST,
             PLACE_PLAIN, PLACE_END };

struct unpack {
    int fd;
    const char *path;
    const struct codec *codec;
    void *state;
    enum place place;
    bool ended;                 /* the file has no more */
    uint64_t consumed;          /* of the file, with what waits in raw */
    uint64_t packed, unpacked;  /* bytes since the start, or a damage */
    size_t at, len;             /* of raw */
    uint8_t raw[RAW_ROOM];
};

static const struct codec *const codecs[] = {
    &codec_gzip, &codec_bzip2, &codec_xz, &codec_zstd
};

struct unpack *unpack_new(int fd, const char *path)
{
    struct unpack *u = must_calloc(1, sizeof(*u));

    u->fd = fd;
    u->path = path;
    return u;
}

void unpack_free(struct unpack *u)
{
    if (!u)
        return;
    if (u->state)
        u->codec->close(u->state);
    free(u->state);
    free(u);
}

uint64_t unpack_consumed(const struct unpack *u)
{
    return u->consumed - (u->len - u->at);
}

const char *unpack_kind(const struct unpack *u)
{
    return u->codec ? u->codec->name : NULL;
}

/* --- The file ----------------------------------------------------------- */

static enum status read_some(struct unpack *u, uint8_t *to, size_t room,
                             size_t *got, struct error *err)
{
    ssize_t n;

    do
        n = read(u->fd, to, room);
    while (n < 0 && errno == EINTR);
    *got = n < 0 ? 0 : (size_t)n;
    u->consumed += *got;
    if (*got == 0)
        u->ended = true;
    if (n >= 0)
        return OK;
    u->place = PLACE_END;
    u->at = u->len = 0;
    return error_errno(err, "%s", u->path);
}

/* Reads on until `want` bytes wait in raw, or the file ends. */
static enum status raw_fill(struct unpack *u, size_t want, struct error *err)
{
    enum status rc = OK;
    size_t got;

    if (u->at && u->len - u->at < want) {
        memmove(u->raw, u->raw + u->at, u->len - u->at);
        u->len -= u->at;
        u->at = 0;
    }
    while (rc == OK && u->len - u->at < want && !u->ended) {
        rc = read_some(u, u->raw + u->len, RAW_ROOM - u->len, &got, err);
        u->len += got;
    }
    return rc;
}

static struct bytes waiting(const struct unpack *u)
{
    return bytes_of(u->raw + u->at, u->len - u->at);
}

/* --- Members ------------------------------------------------------------ */

static void begin_member(struct unpack *u)
{
    if (u->state)
        u->codec->restart(u->state);
    else
        u->state = u->codec->open();
    u->place = PLACE_MEMBER;
}

static enum status tell_kind(struct unpack *u, struct error *err)
{
    enum status rc = raw_fill(u, HEAD_LEN, err);

    if (rc != OK)
        return rc;
    for (size_t i = 0; i < sizeof(codecs) / sizeof(*codecs); i++)
        if (codecs[i]->begins(waiting(u))) {
            u->codec = codecs[i];
            begin_member(u);
            return OK;
        }
    u->place = PLACE_PLAIN;
    return OK;
}

/* Behind a member: zeros, the next one, the end, or what does not belong. */
static enum status between(struct unpack *u, struct error *err)
{
    enum status rc;

    for (;;) {
        rc = raw_fill(u, HEAD_LEN, err);
        if (rc != OK)
            return rc;
        if (u->at == u->len) {
            u->place = PLACE_END;
            return OK;
        }
        if (u->raw[u->at] != 0)
            break;
        u->at++;
    }
    if (u->codec->begins(waiting(u))) {
        begin_member(u);
        return OK;
    }
    u->place = PLACE_LOST;
    return error_set(err, ERR_INPUT, "%s: byte %" PRIu64 ": what follows the "
                     "%s data is not %s", u->path, unpack_consumed(u),
                     u->codec->name, u->codec->name);
}

/* Looks for the next member of a gzip file; others have none to find. */
static enum status find_member(struct unpack *u, struct error *err)
{
    enum status rc;

    if (u->codec != &codec_gzip) {
        u->place = PLACE_END;
        return OK;
    }
    for (;;) {
        const uint8_t *found;

        rc = raw_fill(u, HEAD_LEN, err);
        if (rc != OK)
            return rc;
        if (u->len - u->at < HEAD_LEN) {
            u->place = PLACE_END;
            return OK;
        }
        found = memchr(u->raw + u->at, 0x1f, u->len - u->at);
        u->at = found ? (size_t)(found - u->raw) : u->len;
        if (found && u->len - u->at >= HEAD_LEN) {
            if (u->codec->begins(waiting(u))) {
                u->packed = u->unpacked = 0;
                begin_member(u);
                return OK;
            }
            u->at++;
        }
    }
}

static enum status fail(struct unpack *u, enum status code, const char *what,
                        struct error *err)
{
    u->place = PLACE_LOST;
    return error_set(err, code, "%s: byte %" PRIu64 ": the %s data %s",
                     u->path, unpack_consumed(u), u->codec->name, what);
}

static enum status run_member(struct unpack *u, uint8_t *to, size_t room,
                              size_t *got, struct error *err)
{
    enum status rc = raw_fill(u, 1, err);
    struct flow flow = { u->raw + u->at, u->len - u->at, to, room, u->ended };
    size_t had = flow.in_len;
    enum step step;

    if (rc != OK)
        return rc;
    step = u->codec->run(u->state, &flow);
    *got = room - flow.out_len;
    u->at = u->len - flow.in_len;
    u->packed += had - flow.in_len;
    u->unpacked += *got;
    if (u->unpacked > BOMB_FROM && u->unpacked / BOMB_RATIO > u->packed)
        return fail(u, ERR_LIMIT, "swell more than 200 times over; this is "
                    "not taken for news", err);
    if (step == STEP_END)
        u->place = PLACE_BETWEEN;
    else if (step == STEP_LARGE)
        return fail(u, ERR_LIMIT, "want more memory than is given to them; "
                    "unpack the file first", err);
    else if (step == STEP_BAD && *got == 0)
        return fail(u, ERR_INPUT, "are damaged", err);
    else if (step == STEP_MORE && *got == 0 && flow.in_len == had)
        return fail(u, ERR_INPUT, had ? "are damaged" : "are cut short", err);
    return OK;
}

static enum status plain_read(struct unpack *u, uint8_t *to, size_t room,
                              size_t *got, struct error *err)
{
    size_t ready = u->len - u->at;

    if (ready == 0)
        return read_some(u, to, room, got, err);
    *got = ready < room ? ready : room;
    memcpy(to, u->raw + u->at, *got);
    u->at += *got;
    return OK;
}

enum status unpack_read(struct unpack *u, uint8_t *to, size_t room,
                        size_t *got, struct error *err)
{
    enum status rc = OK;

    *got = 0;
    while (rc == OK && *got == 0) {
        switch (u->place) {
        case PLACE_START: rc = tell_kind(u, err); break;
        case PLACE_MEMBER: rc = run_member(u, to, room, got, err); break;
        case PLACE_BETWEEN: rc = between(u, err); break;
        case PLACE_LOST: rc = find_member(u, err); break;
        case PLACE_PLAIN: return plain_read(u, to, room, got, err);
        case PLACE_END: return OK;
        }
    }
    return rc;
}
