/* unpack_bzip2.c -- bzip2 by libbz2; MediaWiki's dumps are many members. */
#include <bzlib.h>

#include "common/base/error.h"
#include "indexer/read/unpack_codec.h"

static bool bzip2_begins(struct bytes head)
{
    return head.len >= 4 && memcmp(head.data, "BZh", 3) == 0 &&
           head.data[3] >= '1' && head.data[3] <= '9';
}

static void begin(bz_stream *z)
{
    memset(z, 0, sizeof(*z));
    if (BZ2_bzDecompressInit(z, 0, 0) != BZ_OK)
        out_of_memory();
}

static void *bzip2_open(void)
{
    bz_stream *z = must_calloc(1, sizeof(*z));

    begin(z);
    return z;
}

static unsigned limited(size_t len)
{
    return len < (1u << 30) ? (unsigned)len : 1u << 30;
}

static enum step bzip2_run(void *state, struct flow *flow)
{
    bz_stream *z = state;
    unsigned in = limited(flow->in_len), out = limited(flow->out_len);
    int rc;

    z->next_in = (char *)(uintptr_t)flow->in;
    z->avail_in = in;
    z->next_out = (char *)flow->out;
    z->avail_out = out;
    rc = BZ2_bzDecompress(z);
    flow->in += in - z->avail_in;
    flow->in_len -= in - z->avail_in;
    flow->out += out - z->avail_out;
    flow->out_len -= out - z->avail_out;
    if (rc == BZ_MEM_ERROR)
        out_of_memory();
    if (rc == BZ_STREAM_END)
        return STEP_END;
    return rc == BZ_OK ? STEP_MORE : STEP_BAD;
}

static void bzip2_close(void *state)
{
    BZ2_bzDecompressEnd(state);
}

static void bzip2_restart(void *state)
{
    bzip2_close(state);
    begin(state);
}

const struct codec codec_bzip2 = { "bzip2", bzip2_begins, bzip2_open,
                                   bzip2_run, bzip2_restart, bzip2_close };
