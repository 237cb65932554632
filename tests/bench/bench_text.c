/* bench_text.c -- how fast text becomes words.
 *
 *   bench_text FILE [LANGUAGE]
 *
 * Reads the file as one text (invalid sequences repaired) and prints a line
 * of TSV a stage, the best of five rounds: stage, megabytes a second, tokens.
 */
#include <stdio.h>
#include <time.h>

#include "common/base/file.h"
#include "common/text/analyzer.h"

enum { ROUNDS = 5 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static unsigned long segments(struct bytes text)
{
    unsigned long count = 0;

    for (uint32_t at = 0; at < text.len; count++)
        at = words_next(text, at);
    return count;
}

static unsigned long tokens(struct bytes text)
{
    struct tokenizer t;
    struct token token;
    unsigned long count = 0;

    tokenizer_init(&t, text);
    while (tokenizer_next(&t, &token))
        count++;
    return count;
}

static unsigned long forms(struct bytes text, struct lang lang)
{
    struct analyzer *a = analyzer_new();
    struct tokenizer t;
    struct token token;
    unsigned long count = 0;

    tokenizer_init(&t, text);
    while (tokenizer_next(&t, &token))
        count += analyzer_apply(a, text, &token, lang).word.len > 0;
    analyzer_free(a);
    return count;
}

static void measure(const char *stage, struct bytes text, struct lang lang)
{
    double best = 1e9;
    unsigned long count = 0;

    for (int i = 0; i < ROUNDS; i++) {
        double start = now(), spent;

        count = stage[0] == 's' ? segments(text) :
                stage[0] == 't' ? tokens(text) : forms(text, lang);
        spent = now() - start;
        best = spent < best ? spent : best;
    }
    printf("%s\t%.1f\t%lu\n", stage, (double)text.len / best / 1e6, count);
}

int main(int argc, char **argv)
{
    struct error err = ERROR_INIT;
    struct buffer text = BUFFER_INIT;
    struct lang lang = lang_parse(bytes_str(argc > 2 ? argv[2] : ""));
    struct mapping map;

    if (argc < 2 || mapping_open(&map, argv[1], &err) != OK) {
        fprintf(stderr, "bench_text: %s\n",
                argc < 2 ? "FILE [LANGUAGE]" : err.message);
        return 2;
    }
    utf8_repair(&text, map.bytes);
    mapping_close(&map);
    printf("stage\tmb_per_s\tcount\n");
    measure("segments", buffer_bytes(&text), lang);
    measure("tokens", buffer_bytes(&text), lang);
    measure("forms", buffer_bytes(&text), lang);
    buffer_release(&text);
    return 0;
}
