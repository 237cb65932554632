/* articles.h -- JSON Lines for the drivers of other engines: one article
 * after the other, by json-c, and the clock and peak they all print.
 */
#ifndef LEDE_PEERS_ARTICLES_H
#define LEDE_PEERS_ARTICLES_H

#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <time.h>

struct articles {
    FILE *file;
    char *line;
    size_t room;
    struct json_object *object;
    const char *id, *title, *body;
    unsigned long count, text;  /* articles and bytes of title and body */
};

static inline const char *articles_field(struct json_object *object,
                                         const char *name)
{
    struct json_object *value;

    if (!json_object_object_get_ex(object, name, &value) || !value)
        return "";
    return json_object_get_string(value);
}

static inline int articles_open(struct articles *a, const char *path)
{
    memset(a, 0, sizeof(*a));
    a->file = fopen(path, "r");
    if (!a->file)
        perror(path);
    return a->file != NULL;
}

/* The next article; its strings live until the next call. */
static inline int articles_next(struct articles *a)
{
    ssize_t len;

    for (;;) {
        if (a->object)
            json_object_put(a->object);
        a->object = NULL;
        len = getline(&a->line, &a->room, a->file);
        if (len < 0)
            return 0;
        a->object = json_tokener_parse(a->line);
        if (a->object && json_object_is_type(a->object, json_type_object))
            break;
    }
    a->id = articles_field(a->object, "id");
    a->title = articles_field(a->object, "title");
    a->body = articles_field(a->object, "body");
    a->count++;
    a->text += strlen(a->title) + strlen(a->body);
    return 1;
}

static inline void articles_close(struct articles *a)
{
    if (a->object)
        json_object_put(a->object);
    free(a->line);
    fclose(a->file);
}

static inline double articles_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static inline long articles_peak(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/* Times each line of a file of queries the second time it is asked; prints
 * "queries TAB average us TAB hits".  `ask` gives the number of hits. */
static inline int articles_ask(const char *path,
                               long (*ask)(void *engine, const char *query),
                               void *engine)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    double spent = 0;
    long asked = 0, hits = 0;

    if (!file) {
        perror(path);
        return 1;
    }
    while (getline(&line, &room, file) >= 0) {
        double start;

        line[strcspn(line, "\n")] = '\0';
        ask(engine, line);
        start = articles_clock();
        hits += ask(engine, line);
        spent += articles_clock() - start;
        asked++;
    }
    printf("%ld\t%.1f\t%ld\n", asked, asked ? 1e6 * spent / (double)asked : 0,
           hits);
    free(line);
    fclose(file);
    return 0;
}

#endif
