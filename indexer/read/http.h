/* http.h -- a stored HTTP response: its status, what it is, its body. */
#ifndef LEDE_READ_HTTP_H
#define LEDE_READ_HTTP_H

#include "common/base/buffer.h"
#include "indexer/read/source_member.h"

struct http {
    unsigned status;            /* 0: it has none */
    struct envelope envelope;   /* type, charset, language; and cut */
    struct buffer body;         /* without its codings */
};

/* Reads a response: status line (without a reason too), header, body, which
 * is what follows and never what Content-Length says.  Claims of "chunked"
 * and of codings that are untrue are passed over; a damaged body is kept as
 * far as it goes and `cut`.  False: this is no response.  Strings are in the
 * arena; http_release frees the body. */
bool http_read(struct http *http, struct bytes raw, size_t limit,
               struct arena *arena);
void http_release(struct http *http);

/* "text/html; charset=x" to the envelope. */
void envelope_type(struct envelope *e, struct bytes value,
                   struct arena *arena);

#endif
