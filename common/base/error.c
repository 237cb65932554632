/* error.c -- filling the one struct that carries a message up to main. */
#include "common/base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void append(struct error *err, const char *text)
{
    size_t used = strlen(err->message);

    snprintf(err->message + used, sizeof(err->message) - used, ": %s", text);
}

enum status error_set(struct error *err, enum status code,
                      const char *format, ...)
{
    va_list args;

    if (err->code != OK)
        return err->code;
    va_start(args, format);
    vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
    err->code = code;
    return code;
}

enum status error_errno(struct error *err, const char *format, ...)
{
    int number = errno;
    va_list args;

    if (err->code != OK)
        return err->code;
    va_start(args, format);
    vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
    append(err, strerror(number));
    err->code = ERR_IO;
    return ERR_IO;
}

enum status error_prefix(struct error *err, const char *format, ...)
{
    char inner[sizeof(err->message)];
    va_list args;

    memcpy(inner, err->message, sizeof(inner));
    va_start(args, format);
    vsnprintf(err->message, sizeof(err->message), format, args);
    va_end(args);
    append(err, inner);
    return err->code;
}

void error_clear(struct error *err)
{
    err->code = OK;
    err->message[0] = '\0';
}

void out_of_memory(void)
{
    static const char text[] = "lede: out of memory; "
        "the index is as of its last commit, run the command again with less\n";
    ssize_t ignored = write(STDERR_FILENO, text, sizeof(text) - 1);

    (void)ignored;
    _exit(5);
}

void *must_alloc(unsigned long size)
{
    void *memory = malloc(size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void *must_calloc(unsigned long count, unsigned long size)
{
    void *memory = calloc(count ? count : 1, size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

void *must_realloc(void *old, unsigned long size)
{
    void *memory = realloc(old, size ? size : 1);

    if (!memory)
        out_of_memory();
    return memory;
}

char *must_copy(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(must_alloc(size), text, size);
}
