/* unpack_codec.h -- one compressed format, streamed: what unpack.c asks of
 * each of them. */
#ifndef LEDE_READ_UNPACK_CODEC_H
#define LEDE_READ_UNPACK_CODEC_H

#include "common/base/bytes.h"

/* Bytes on their way; both ends move. */
struct flow {
    const uint8_t *in;
    size_t in_len;
    uint8_t *out;
    size_t out_len;
    bool last;                  /* nothing follows `in` */
};

enum step {
    STEP_MORE,                  /* goes on, with more input or room */
    STEP_END,                   /* a member has ended, another may follow */
    STEP_BAD,                   /* these bytes cannot be */
    STEP_LARGE                  /* they want more memory than is given */
};

struct codec {
    const char *name;
    bool (*begins)(struct bytes head);
    void *(*open)(void);        /* never NULL */
    enum step (*run)(void *state, struct flow *flow);
    void (*restart)(void *state);   /* for the next member */
    void (*close)(void *state);
};

extern const struct codec codec_gzip, codec_bzip2, codec_xz, codec_zstd;

#endif
