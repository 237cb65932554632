/* pick_queries.c -- queries out of the articles themselves: words that stand
 * side by side in titles, so that every query has an answer.
 *
 *   pick_queries FILE.jsonl COUNT [SEED]
 *
 * Reservoir sampling (Vitter's algorithm R, 1985) over the titles; of each
 * two to five words in a row, of letters only and of 3 to 20 bytes.
 */
#include "tests/bench/peers/articles.h"

static unsigned long state;

static unsigned long below(unsigned long n)
{
    state = state * 6364136223846793005ul + 1442695040888963407ul;
    return (state >> 33) % n;
}

/* Of other scripts too, but no quotation marks or dashes (U+2000 on). */
static int is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0x80 && c != 0xe2);
}

/* The first run of `want` words of letters; 0 when the title has none. */
static int pick(char *out, size_t room, const char *title, unsigned want)
{
    unsigned got = 0;
    size_t len = 0;

    while (*title && got < want) {
        size_t word = 0, span;

        while (is_letter((unsigned char)title[word]))
            word++;
        span = word + strcspn(title + word, " ");
        if (word == span && word >= 3 && word <= 20 && len + 22 < room) {
            len += (size_t)snprintf(out + len, room - len, "%s%.*s",
                                    got ? " " : "", (int)word, title);
            got++;
        } else {
            got = 0;
            len = 0;
        }
        title += span + (title[span] == ' ');
    }
    return got == want;
}

int main(int argc, char **argv)
{
    unsigned long count = argc > 2 ? strtoul(argv[2], NULL, 10) : 0;
    unsigned long seen = 0;
    struct articles a;
    char (*kept)[160];

    if (count == 0 || count > 1000000 || !articles_open(&a, argv[1])) {
        fputs("usage: pick_queries FILE.jsonl COUNT [SEED]\n", stderr);
        return 2;
    }
    state = argc > 3 ? strtoul(argv[3], NULL, 10) : 1;
    kept = calloc(count, sizeof(*kept));
    while (kept && articles_next(&a)) {
        char query[160];
        unsigned long place;

        if (!pick(query, sizeof(query), a.title, 2 + (unsigned)below(4)))
            continue;
        place = seen < count ? seen : below(seen + 1);
        if (place < count)
            memcpy(kept[place], query, sizeof(query));
        seen++;
    }
    for (unsigned long i = 0; i < count && i < seen; i++)
        puts(kept[i]);
    free(kept);
    articles_close(&a);
    return seen == 0;
}
