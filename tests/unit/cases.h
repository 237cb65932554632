/* cases.h -- tables of cases in text files: a line a case, fields by tabs.
 *
 * Lines that are empty or begin with "# " are for people.  \n, \r, \t and
 * \uXXXX stand for what is not well written in a text file.
 */
#ifndef LEDE_TESTS_CASES_H
#define LEDE_TESTS_CASES_H

#include <stdio.h>
#include <stdlib.h>

#include "common/text/unicode.h"

enum { CASE_FIELDS = 4 };

struct cases {
    FILE *file;
    const char *path;
    unsigned line;
    char *text;
    size_t room;
    struct buffer fields[CASE_FIELDS];
};

static inline void cases_open(struct cases *c, const char *path)
{
    memset(c, 0, sizeof(*c));
    c->path = path;
    c->file = fopen(path, "r");
    if (!c->file) {
        perror(path);
        abort();
    }
}

static inline void cases_unescape(struct buffer *into, const char *field)
{
    unsigned code;

    buffer_clear(into);
    for (; *field; field++) {
        const char *plain = strchr("n\nr\rt\t", field[1]);

        if (field[0] == '\\' && field[1] > ' ' && plain) {
            buffer_put_u8(into, (uint8_t)plain[1]);
            field++;
        } else if (sscanf(field, "\\u%4x", &code) == 1) {
            utf8_put(into, code);
            field += 5;
        } else {
            buffer_put_u8(into, (uint8_t)*field);
        }
    }
}

/* The next case in c->fields; false, and all released, at the end. */
static inline bool cases_next(struct cases *c)
{
    while (getline(&c->text, &c->room, c->file) > 0) {
        char *rest = c->text, *field;

        c->line++;
        c->text[strcspn(c->text, "\n")] = '\0';
        if (c->text[0] == '\0' || strncmp(c->text, "# ", 2) == 0)
            continue;
        for (int i = 0; i < CASE_FIELDS; i++) {
            field = strsep(&rest, "\t");
            cases_unescape(&c->fields[i], field ? field : "");
        }
        return true;
    }
    for (int i = 0; i < CASE_FIELDS; i++)
        buffer_release(&c->fields[i]);
    free(c->text);
    fclose(c->file);
    return false;
}

static inline struct bytes cases_field(const struct cases *c, int i)
{
    return buffer_bytes(&c->fields[i]);
}

#endif
