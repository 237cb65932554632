/* visible.c -- lines for people, on standard output or error. */
#include "indexer/visible.h"

#include "common/text/escape.h"

void visible_print(FILE *to, const char *prefix, const char *text)
{
    struct buffer line = BUFFER_INIT;

    buffer_put_str(&line, prefix);
    escape_terminal(&line, bytes_str(text));
    buffer_put_u8(&line, '\n');
    visible_flush(to, &line);
    buffer_release(&line);
}

void visible_flush(FILE *to, const struct buffer *b)
{
    if (b->len)
        fwrite(b->data, 1, b->len, to);
}
