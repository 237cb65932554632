/* unpack_zstd.c -- Zstandard (RFC 8878) by libzstd; a window of at most 128
 * MiB, which is its own limit. */
#include <zstd.h>
#include <zstd_errors.h>

#include "common/base/error.h"
#include "indexer/read/unpack_codec.h"

struct zstd {
    ZSTD_DStream *stream;
};

/* A frame, or one that a reader skips: those begin 50 to 5f 2a 4d 18. */
static bool zstd_begins(struct bytes head)
{
    uint32_t magic = head.len >= 4 ? load_le32(head.data) : 0;

    return magic == 0xfd2fb528 || (magic & 0xfffffff0) == 0x184d2a50;
}

static void *zstd_open(void)
{
    struct zstd *z = must_calloc(1, sizeof(*z));

    z->stream = ZSTD_createDStream();
    if (!z->stream)
        out_of_memory();
    return z;
}

static enum step zstd_run(void *state, struct flow *flow)
{
    struct zstd *z = state;
    ZSTD_inBuffer in = { flow->in, flow->in_len, 0 };
    ZSTD_outBuffer out = { flow->out, flow->out_len, 0 };
    size_t rc = ZSTD_decompressStream(z->stream, &out, &in);

    flow->in += in.pos;
    flow->in_len -= in.pos;
    flow->out += out.pos;
    flow->out_len -= out.pos;
    if (ZSTD_getErrorCode(rc) == ZSTD_error_frameParameter_windowTooLarge)
        return STEP_LARGE;
    if (ZSTD_getErrorCode(rc) == ZSTD_error_memory_allocation)
        out_of_memory();
    if (ZSTD_isError(rc))
        return STEP_BAD;
    return rc == 0 ? STEP_END : STEP_MORE;
}

static void zstd_restart(void *state)
{
    struct zstd *z = state;

    ZSTD_DCtx_reset(z->stream, ZSTD_reset_session_only);
}

static void zstd_close(void *state)
{
    struct zstd *z = state;

    ZSTD_freeDStream(z->stream);
}

const struct codec codec_zstd = { "zstd", zstd_begins, zstd_open, zstd_run,
                                  zstd_restart, zstd_close };
