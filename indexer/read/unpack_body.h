/* unpack_body.h -- the body of an HTTP message, whole in memory. */
#ifndef LEDE_READ_UNPACK_BODY_H
#define LEDE_READ_UNPACK_BODY_H

#include "common/base/buffer.h"

/* How a body is coded, as HTTP names it. */
enum coding { CODING_NONE, CODING_GZIP, CODING_DEFLATE, CODING_BROTLI,
              CODING_ZSTD, CODING_UNKNOWN };

enum coding coding_named(struct bytes name);

/* Appends the decoded bytes, at most `limit`.  False where they are damaged,
 * cut or too many: then what came before is there. */
bool unpack_body(struct buffer *out, struct bytes body, enum coding coding,
                 size_t limit);

#endif
