/* unpack_body.c -- the body of an HTTP message, whole in memory.
 *
 * What the header says of the coding is often untrue, so the bytes are asked
 * first: a body that does not begin as its coding does is not coded.  Brotli
 * has no mark, and is tried.
 */
#include <brotli/decode.h>
#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

#include "common/base/error.h"
#include "indexer/read/unpack_body.h"
#include "indexer/read/unpack_codec.h"

enum { STEP_ROOM = 1 << 16, RAW_DEFLATE = -15, ZLIB = 15 };

enum coding coding_named(struct bytes name)
{
    static const struct { const char *name; enum coding coding; } known[] = {
        { "gzip", CODING_GZIP }, { "x-gzip", CODING_GZIP },
        { "deflate", CODING_DEFLATE }, { "br", CODING_BROTLI },
        { "zstd", CODING_ZSTD }, { "identity", CODING_NONE },
        { "none", CODING_NONE }, { "", CODING_NONE },
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (name.len == strlen(known[i].name) &&
            (name.len == 0 || strncasecmp((const char *)name.data,
                                          known[i].name, name.len) == 0))
            return known[i].coding;
    return CODING_UNKNOWN;
}

/* Room for the next step, or none at the limit. */
static size_t step_room(const struct buffer *out, size_t start, size_t limit)
{
    size_t used = out->len - start, left = limit > used ? limit - used : 0;

    return left < STEP_ROOM ? left : STEP_ROOM;
}

static bool by_codec(struct buffer *out, struct bytes body,
                     const struct codec *codec, size_t limit)
{
    size_t start = out->len, before, had;
    struct flow flow = { body.data, body.len, NULL, 0, true };
    enum step step = STEP_MORE;
    void *state;

    if (!codec->begins(body)) {
        buffer_put(out, body.data, body.len < limit ? body.len : limit);
        return body.len <= limit;
    }
    state = codec->open();
    do {
        size_t room = step_room(out, start, limit);

        if (room == 0)
            break;
        before = out->len;
        had = flow.in_len;
        flow.out = buffer_reserve(out, room);
        flow.out_len = room;
        step = codec->run(state, &flow);
        out->len += room - flow.out_len;
        if (step == STEP_END && codec->begins(bytes_of(flow.in, flow.in_len)))
        {
            codec->restart(state);
            step = STEP_MORE;
        }
    } while (step == STEP_MORE && (out->len > before || flow.in_len < had));
    codec->close(state);
    free(state);
    return step == STEP_END;
}

static bool inflate_as(struct buffer *out, struct bytes body, int window,
                       size_t limit)
{
    z_stream z = { 0 };
    size_t start = out->len;
    int rc = Z_OK;

    if (inflateInit2(&z, window) != Z_OK)
        out_of_memory();
    z.next_in = (Bytef *)(uintptr_t)body.data;
    z.avail_in = (uInt)body.len;
    while (rc == Z_OK) {
        size_t room = step_room(out, start, limit);

        if (room == 0)
            break;
        z.next_out = buffer_reserve(out, room);
        z.avail_out = (uInt)room;
        rc = inflate(&z, Z_NO_FLUSH);
        out->len += room - z.avail_out;
        if (z.avail_in == 0 && z.avail_out)
            break;
    }
    inflateEnd(&z);
    return rc == Z_STREAM_END;
}

/* With or without the frame of zlib: both are sent under one name. */
static bool by_deflate(struct buffer *out, struct bytes body, size_t limit)
{
    size_t start = out->len;
    bool framed = body.len >= 2 && (body.data[0] & 0x0f) == 8 &&
                  (body.data[0] << 8 | body.data[1]) % 31 == 0;

    if (framed && inflate_as(out, body, ZLIB, limit))
        return true;
    if (out->len > start)
        return false;
    if (inflate_as(out, body, RAW_DEFLATE, limit))
        return true;
    out->len = start;
    buffer_put(out, body.data, body.len < limit ? body.len : limit);
    return false;
}

static bool by_brotli(struct buffer *out, struct bytes body, size_t limit)
{
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    BrotliDecoderResult rc = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    const uint8_t *in = body.data;
    size_t in_len = body.len, start = out->len;

    if (!state)
        out_of_memory();
    while (rc == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        size_t room = step_room(out, start, limit), left = room;
        uint8_t *to;

        if (room == 0)
            break;
        to = buffer_reserve(out, room);
        rc = BrotliDecoderDecompressStream(state, &in_len, &in, &left, &to,
                                           NULL);
        out->len += room - left;
    }
    BrotliDecoderDestroyInstance(state);
    if (rc == BROTLI_DECODER_RESULT_ERROR && out->len == start) {
        buffer_put(out, body.data, body.len < limit ? body.len : limit);
        return true;
    }
    return rc == BROTLI_DECODER_RESULT_SUCCESS;
}

bool unpack_body(struct buffer *out, struct bytes body, enum coding coding,
                 size_t limit)
{
    switch (coding) {
    case CODING_GZIP: return by_codec(out, body, &codec_gzip, limit);
    case CODING_ZSTD: return by_codec(out, body, &codec_zstd, limit);
    case CODING_DEFLATE: return by_deflate(out, body, limit);
    case CODING_BROTLI: return by_brotli(out, body, limit);
    default: break;
    }
    buffer_put(out, body.data, body.len < limit ? body.len : limit);
    return body.len <= limit;
}
