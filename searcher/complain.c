/* complain.c -- a failure as lines on standard error. */
#include "searcher/complain.h"

#include <stdio.h>
#include <string.h>

#include "common/text/escape.h"

void complain(const struct error *err)
{
    struct buffer b = BUFFER_INIT;
    const char *line = err->message;

    buffer_put_str(&b, "lede-search: ");
    while (*line) {
        size_t len = strcspn(line, "\n");

        escape_terminal(&b, bytes_of(line, len));
        buffer_put_u8(&b, '\n');
        line += len + (line[len] == '\n');
    }
    fputs(buffer_cstr(&b), stderr);
    buffer_release(&b);
}
