/* protocol.h -- the line protocol of the bench, for drivers in C and C++
 * (README.md here has it for other languages).
 *
 *   in    TOP_10 TAB +gas +pipeline
 *   out   nanoseconds TAB count or "-" TAB id:score id:score ...
 *   out   - TAB why                          when the engine cannot do that
 */
#ifndef LEDE_PEERS_PROTOCOL_H
#define LEDE_PEERS_PROTOCOL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ASK_WORDS = 256 };

enum ask_form {
    ASK_ANY,                    /* a b */
    ASK_ALL,                    /* +a +b */
    ASK_PHRASE,                 /* "a b" */
    ASK_SIGNED,                 /* a mixture: +a b, +a -b */
};

struct ask {
    enum ask_form form;
    const char *words[ASK_WORDS];
    char signs[ASK_WORDS];      /* '+', '-' or 0 */
    unsigned count;
    unsigned k;                 /* 0: no documents wanted */
    bool total;                 /* count all that match */
};

struct found {
    uint64_t total;
    uint32_t *docs;             /* room for 1,000, the driver's numbers */
    float *scores;
    unsigned count;
};

/* Answers; NULL, or why it cannot. */
typedef const char *answer_fn(void *engine, const struct ask *ask,
                              struct found *found);
/* The line of the documents' file, from 0, of a driver's number. */
typedef uint32_t line_fn(void *engine, uint32_t doc);

static inline int protocol_command(struct ask *ask, const char *name)
{
    static const struct {
        const char *name;
        unsigned k;
        bool total;
    } commands[] = {
        { "TOP_10", 10, false }, { "TOP_100", 100, false },
        { "TOP_1000", 1000, false }, { "COUNT", 0, true },
        { "TOP_100_COUNT", 100, true },
    };

    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (strcmp(name, commands[i].name) == 0) {
            ask->k = commands[i].k;
            ask->total = commands[i].total;
            return 1;
        }
    return 0;
}

/* Cuts the query into words, in place. */
static inline void protocol_words(struct ask *ask, char *text)
{
    size_t len = strlen(text);
    bool all = true, none = true;

    ask->count = 0;
    ask->form = ASK_ANY;
    if (len >= 2 && text[0] == '"' && text[len - 1] == '"') {
        text[len - 1] = '\0';
        text++;
        ask->form = ASK_PHRASE;
    }
    for (char *word = strtok(text, " "); word && ask->count < ASK_WORDS;
         word = strtok(NULL, " ")) {
        char sign = *word == '+' || *word == '-' ? *word : '\0';

        all = all && sign == '+';
        none = none && !sign;
        ask->signs[ask->count] = sign;
        ask->words[ask->count++] = word + (sign != '\0');
    }
    if (ask->form == ASK_ANY && !none)
        ask->form = all ? ASK_ALL : ASK_SIGNED;
}

static inline uint64_t protocol_clock(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static inline void protocol_answer(void *engine, answer_fn *answer,
                                   line_fn *line, const struct ask *ask,
                                   struct found *found)
{
    uint64_t start = protocol_clock();
    const char *why;

    found->total = 0;
    found->count = 0;
    why = answer(engine, ask, found);
    start = protocol_clock() - start;
    if (why) {
        printf("-\t%s\n", why);
        return;
    }
    printf("%llu\t", (unsigned long long)start);
    if (ask->total)
        printf("%llu\t", (unsigned long long)found->total);
    else
        printf("-\t");
    for (unsigned i = 0; i < found->count; i++)
        printf("%s%u:%.9g", i ? " " : "", line(engine, found->docs[i]),
               (double)found->scores[i]);
    putchar('\n');
}

/* Standard input to standard output, a line for a line. */
static inline int protocol_serve(void *engine, answer_fn *answer,
                                 line_fn *line)
{
    static uint32_t docs[1000];
    static float scores[1000];
    static struct ask ask;
    struct found found = { 0, docs, scores, 0 };
    char *text = NULL;
    size_t room = 0;

    while (getline(&text, &room, stdin) > 0) {
        char *tab = strchr(text, '\t');

        text[strcspn(text, "\n")] = '\0';
        if (tab)
            *tab = '\0';
        if (!tab || !protocol_command(&ask, text)) {
            printf("-\tno such command\n");
        } else {
            protocol_words(&ask, tab + 1);
            protocol_answer(engine, answer, line, &ask, &found);
        }
        fflush(stdout);
    }
    free(text);
    return 0;
}

#endif
