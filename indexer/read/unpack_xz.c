/* unpack_xz.c -- xz by liblzma, with at most 256 MiB of its memory. */
#include <lzma.h>

#include "common/base/error.h"
#include "indexer/read/unpack_codec.h"

enum { MEMORY_MOST = 256 << 20 };

static bool xz_begins(struct bytes head)
{
    return head.len >= 6 && memcmp(head.data, "\xfd" "7zXZ\0", 6) == 0;
}

static void begin(lzma_stream *z)
{
    if (lzma_stream_decoder(z, MEMORY_MOST, 0) != LZMA_OK)
        out_of_memory();
}

static void *xz_open(void)
{
    lzma_stream *z = must_calloc(1, sizeof(*z));

    begin(z);
    return z;
}

static enum step xz_run(void *state, struct flow *flow)
{
    lzma_stream *z = state;
    lzma_ret rc;

    z->next_in = flow->in;
    z->avail_in = flow->in_len;
    z->next_out = flow->out;
    z->avail_out = flow->out_len;
    rc = lzma_code(z, LZMA_RUN);
    flow->in = z->next_in;
    flow->in_len = z->avail_in;
    flow->out = z->next_out;
    flow->out_len = z->avail_out;
    if (rc == LZMA_MEM_ERROR)
        out_of_memory();
    if (rc == LZMA_MEMLIMIT_ERROR)
        return STEP_LARGE;
    if (rc == LZMA_STREAM_END)
        return STEP_END;
    return rc == LZMA_OK || rc == LZMA_BUF_ERROR ? STEP_MORE : STEP_BAD;
}

static void xz_restart(void *state)
{
    begin(state);
}

static void xz_close(void *state)
{
    lzma_end(state);
}

const struct codec codec_xz = { "xz", xz_begins, xz_open, xz_run, xz_restart,
                                xz_close };
