/* query_times.c -- how long a query takes, by form, without the time to
 * start a program.
 *
 *   query_times INDEX QUERIES [FORM...]
 *       -> FORM TAB queries TAB average us TAB p50 TAB p99 TAB hits
 *
 * Every line of QUERIES is asked in every form, warm: once for the caches,
 * three times for the clock, of which the fastest counts.  Forms:
 *
 *   word     its first word            or10    any word, ten best
 *   and10    all words, ten best       or1000  any word, a thousand best
 *   phrase   its first two words       title   its first word, in titles
 *   date     all words, newest first   default both tiers, ten best
 *   count... how many hold any, all    or100c  any word, a hundred best
 *            of the words, the phrase          and how many there are
 *
 * Only default, date and those that count know how many there are.
 */
#include <stdlib.h>
#include <time.h>

#include "searcher/search.h"

struct form {
    const char *name;
    enum query_mode mode;
    uint32_t n;
    enum sort_order sort;
    unsigned words;             /* of the line; 0: all of them */
    const char *before, *after;
    bool count;
};

static const struct form forms[] = {
    { "word", QUERY_MODE_ANY, 10, SORT_BEST, 1, "", "", false },
    { "and10", QUERY_MODE_ALL, 10, SORT_BEST, 0, "", "", false },
    { "or10", QUERY_MODE_ANY, 10, SORT_BEST, 0, "", "", false },
    { "or1000", QUERY_MODE_ANY, 1000, SORT_BEST, 0, "", "", false },
    { "or100c", QUERY_MODE_ANY, 100, SORT_BEST, 0, "", "", true },
    { "phrase", QUERY_MODE_ALL, 10, SORT_BEST, 2, "\"", "\"", false },
    { "title", QUERY_MODE_ALL, 10, SORT_BEST, 1, "title:", "", false },
    { "date", QUERY_MODE_ALL, 10, SORT_NEWEST, 0, "", "", true },
    { "default", QUERY_MODE_DEFAULT, 10, SORT_BEST, 0, "", "", true },
    { "countany", QUERY_MODE_ANY, 0, SORT_BEST, 0, "", "", true },
    { "countall", QUERY_MODE_ALL, 0, SORT_BEST, 0, "", "", true },
    { "countphrase", QUERY_MODE_ALL, 0, SORT_BEST, 2, "\"", "\"", true },
};

struct bench {
    struct snapshot *snapshot;
    struct analyzer *analyzer;
    struct arena arena;
    struct error err;
    uint64_t hits;
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e6 * (double)t.tv_sec + 1e-3 * (double)t.tv_nsec;
}

static size_t first_words(const char *line, unsigned words)
{
    size_t len = 0;

    if (words == 0)
        return strcspn(line, "\n");
    while (words-- && line[len] && line[len] != '\n')
        len += strcspn(line + len, " \n") + (words && line[len] != '\0');
    return len;
}

/* Microseconds of one query; negative when it failed. */
static double ask(struct bench *bench, const struct form *form,
                  const char *line)
{
    struct request request = REQUEST_INIT;
    struct answer answer;
    double start;

    request.text = bytes_str(arena_printf(
        &bench->arena, "%s%.*s%s", form->before,
        (int)first_words(line, form->words), line, form->after));
    request.reading.mode = form->mode;
    request.reading.plain = !*form->before;
    request.n = form->n;
    request.sort = form->sort;
    request.count = form->count;
    start = now();
    if (search(&answer, bench->snapshot, &request, bench->analyzer,
               &bench->arena, &bench->err) != OK)
        return -1;
    start = now() - start;
    bench->hits += answer.count;
    arena_reset(&bench->arena);
    return start;
}

/* The fastest of three, the caches being warm. */
static double ask_thrice(struct bench *bench, const struct form *form,
                         const char *line)
{
    double least = ask(bench, form, line);

    for (unsigned i = 0; i < 3 && least >= 0; i++) {
        double time = ask(bench, form, line);

        least = i == 0 || time < least ? time : least;
    }
    return least;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static int run_form(struct bench *bench, const struct form *form,
                    char **lines, size_t count)
{
    double *times = calloc(count, sizeof(*times)), sum = 0;
    int rc = 0;

    bench->hits = 0;
    for (size_t i = 0; i < count && rc == 0; i++) {
        times[i] = ask_thrice(bench, form, lines[i]);
        sum += times[i];
        rc = times[i] < 0;
    }
    if (rc)
        fprintf(stderr, "%s: %s\n", form->name, bench->err.message);
    qsort(times, count, sizeof(*times), compare);
    if (rc == 0)
        printf("%s\t%zu\t%.1f\t%.1f\t%.1f\t%lu\n", form->name, count,
               sum / (double)count, times[count / 2],
               times[count - 1 - count / 100], (unsigned long)bench->hits / 4);
    free(times);
    return rc;
}

static char **read_lines(const char *path, size_t *count)
{
    FILE *file = fopen(path, "r");
    char *line = NULL, **lines = NULL;
    size_t room = 0;

    *count = 0;
    while (file && getline(&line, &room, file) > 0) {
        lines = realloc(lines, (*count + 1) * sizeof(*lines));
        lines[(*count)++] = strdup(line);
    }
    free(line);
    if (file)
        fclose(file);
    return lines;
}

static int is_wanted(const char *name, int argc, char **argv)
{
    for (int i = 3; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return 1;
    return argc <= 3;
}

int main(int argc, char **argv)
{
    struct bench bench = { .arena = ARENA_INIT, .err = ERROR_INIT };
    size_t count;
    char **lines;
    int rc = 0;

    if (argc < 3 || !(lines = read_lines(argv[2], &count))) {
        fputs("usage: query_times INDEX QUERIES [FORM...]\n", stderr);
        return 2;
    }
    if (snapshot_open(&bench.snapshot, argv[1], &bench.err) != OK) {
        fprintf(stderr, "%s\n", bench.err.message);
        return 4;
    }
    bench.analyzer = analyzer_new();
    for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++)
        if (is_wanted(forms[i].name, argc, argv))
            rc |= run_form(&bench, &forms[i], lines, count);
    analyzer_free(bench.analyzer);
    snapshot_close(bench.snapshot);
    arena_release(&bench.arena);
    for (size_t i = 0; i < count; i++)
        free(lines[i]);
    free(lines);
    return rc;
}
