/* error.h -- what a call came to, and the message that travels up to main. */
#ifndef LEDE_BASE_ERROR_H
#define LEDE_BASE_ERROR_H

/* What a call came to.  Negative is failure; END is not a failure. */
enum status {
    OK          =  0,
    END         =  1,   /* an iterator has no more */
    ERR_IO      = -1,   /* the system refused: open, read, write, rename */
    ERR_CORRUPT = -2,   /* bytes on disk are not what we wrote */
    ERR_INPUT   = -3,   /* an article or a query that cannot be read */
    ERR_LIMIT   = -4,   /* right, but larger than we agreed to take */
    ERR_BUSY    = -5,   /* another indexer holds the lock */
    ERR_USAGE   = -6,   /* the command line asks for what there is not */
};

/* One failure in words.  Owned by main; everybody below only fills it. */
struct error {
    enum status code;
    char message[1024];
};

#define ERROR_INIT { OK, "" }

/* Fills `err` and returns `code`, so that failing is one line.  The message
 * names the file, what was found, what was expected, and what to do.  The
 * first failure wins: an err that is already filled stays as it is. */
enum status error_set(struct error *err, enum status code,
                      const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As error_set, with ": " and the text of errno at the end; code ERR_IO. */
enum status error_errno(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Puts "prefix: " before the message that is there. */
enum status error_prefix(struct error *err, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forgets the failure, so that the next one can be told. */
void error_clear(struct error *err);

/* Out of memory: says so on stderr and ends the program with status 5.  A
 * commit is a rename, so nothing acknowledged is lost. */
_Noreturn void out_of_memory(void);

/* malloc, calloc and realloc that never return NULL. */
void *must_alloc(unsigned long size) __attribute__((malloc));
void *must_calloc(unsigned long count, unsigned long size)
    __attribute__((malloc));
void *must_realloc(void *old, unsigned long size);

/* A NUL-ended text a second time, on the heap. */
char *must_copy(const char *text) __attribute__((malloc));

#endif
