/* unpack_gzip.c -- gzip (RFC 1952) by zlib, a member at a time. */
#include <zlib.h>

#include "common/base/error.h"
#include "indexer/read/unpack_codec.h"

enum { GZIP_ONLY = 15 + 16 };

static bool gzip_begins(struct bytes head)
{
    return head.len >= 4 && head.data[0] == 0x1f && head.data[1] == 0x8b &&
           head.data[2] == 8 && !(head.data[3] & 0xe0);
}

static void *gzip_open(void)
{
    z_stream *z = must_calloc(1, sizeof(*z));

    if (inflateInit2(z, GZIP_ONLY) != Z_OK)
        out_of_memory();
    return z;
}

static uInt limited(size_t len)
{
    return len < (1u << 30) ? (uInt)len : 1u << 30;
}

static enum step gzip_run(void *state, struct flow *flow)
{
    z_stream *z = state;
    uInt in = limited(flow->in_len), out = limited(flow->out_len);
    int rc;

    z->next_in = (Bytef *)(uintptr_t)flow->in;
    z->avail_in = in;
    z->next_out = flow->out;
    z->avail_out = out;
    rc = inflate(z, Z_NO_FLUSH);
    flow->in += in - z->avail_in;
    flow->in_len -= in - z->avail_in;
    flow->out += out - z->avail_out;
    flow->out_len -= out - z->avail_out;
    if (rc == Z_MEM_ERROR)
        out_of_memory();
    if (rc == Z_STREAM_END)
        return STEP_END;
    return rc == Z_OK || rc == Z_BUF_ERROR ? STEP_MORE : STEP_BAD;
}

static void gzip_restart(void *state)
{
    inflateReset(state);
}

static void gzip_close(void *state)
{
    inflateEnd(state);
}

const struct codec codec_gzip = { "gzip", gzip_begins, gzip_open, gzip_run,
                                  gzip_restart, gzip_close };
