/* headers.h -- "Name: value" lines, as mail, HTTP and WARC have them (RFC
 * 5322, RFC 9112, ISO 28500). */
#ifndef LEDE_READ_HEADERS_H
#define LEDE_READ_HEADERS_H

#include "common/base/arena.h"
#include "common/text/lang.h"

struct header {
    struct bytes name, value;       /* value: trimmed and unfolded */
};

struct headers {
    struct header *items;
    size_t count;
};

/* Reads lines (CRLF or LF) up to a blank one; what is no header line is
 * passed over.  Returns the bytes taken, the blank line with them; 0: there
 * is no blank line, and `text` was read to its end.  Values borrow from the
 * text or the arena. */
size_t headers_read(struct headers *h, struct bytes text,
                    struct arena *arena);

/* The value of the first header of this name, of any case, or none. */
struct bytes headers_get(const struct headers *h, const char *name);

/* The value without its parameters, in lower case: "text/html". */
struct bytes header_word(struct bytes value, struct arena *arena);

/* A parameter ("charset", "boundary") without its quotes, or none. */
struct bytes header_parameter(struct bytes value, const char *name,
                              struct arena *arena);

/* The whole number that the value is; false: it is none. */
bool header_number(uint64_t *number, struct bytes value);

#endif
