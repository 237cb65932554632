/* nearest.c -- the name that somebody may have meant, by how many letters
 * must be added, left out, changed or swapped with their neighbour (Damerau
 * 1964, without overlaps).
 *
 *   memroy -> memory   1: r and o are swapped
 *   snipet -> snippets 2: p and s are added
 */
#include "common/base/nearest.h"

enum { WORD_MAX = 32 };

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* How far the first i letters of `a` are from the first j of `b`; the table
 * has all the shorter ones. */
static unsigned step(unsigned d[WORD_MAX + 1][WORD_MAX + 1], const uint8_t *a,
                     const uint8_t *b, size_t i, size_t j)
{
    unsigned away;

    if (i == 0 || j == 0)
        return (unsigned)(i + j);
    away = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
    away = least(away, least(d[i - 1][j], d[i][j - 1]) + 1);
    if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        away = least(away, d[i - 2][j - 2] + 1);
    return away;
}

static unsigned distance(struct bytes a, struct bytes b)
{
    unsigned d[WORD_MAX + 1][WORD_MAX + 1];

    for (size_t i = 0; i <= a.len; i++)
        for (size_t j = 0; j <= b.len; j++)
            d[i][j] = step(d, a.data, b.data, i, j);
    return d[a.len][b.len];
}

const char *nearest_name(struct bytes word, const char *const *names)
{
    const char *best = NULL;
    unsigned best_away = WORD_MAX;

    if (!word.len || word.len > WORD_MAX)
        return NULL;
    for (; *names; names++) {
        struct bytes name = bytes_of(*names, strnlen(*names, WORD_MAX));
        unsigned away = distance(word, name);

        if (word.len < name.len && memcmp(word.data, *names, word.len) == 0)
            away = 0;
        if (away >= name.len || (away > 1 && away > name.len / 3))
            continue;
        if (away < best_away) {
            best = *names;
            best_away = away;
        }
    }
    return best;
}
