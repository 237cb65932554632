/* quote.c -- the characters that people put around a phrase.
 *
 *   "a b"   “a b”   „a b“   ”a b”   «a b»   »a b«   「a b」   “a b"
 *
 * Which of them opens and which closes depends on the language, so each may
 * do both.  Between two letters of a Hebrew word a straight one marks an
 * abbreviation, and belongs to the word (UAX 29, WB7b).
 */
#include "searcher/query/quote.h"

#include <string.h>

static bool hebrew_at(struct bytes text, size_t at)
{
    return at + 1 < text.len && text.data[at] == 0xd7
        && text.data[at + 1] >= 0x90 && text.data[at + 1] <= 0xaa;
}

uint32_t quote_at(struct bytes text, uint32_t at)
{
    static const char *const quotes[] = {
        "\"", "“", "”", "„", "‟", "«", "»", "「", "」", "『", "』", "＂"
    };

    if (text.data[at] == '"' && at >= 2 && hebrew_at(text, at - 2)
        && hebrew_at(text, at + 1))
        return 0;
    for (size_t i = 0; i < sizeof(quotes) / sizeof(*quotes); i++) {
        size_t len = strlen(quotes[i]);

        if (len <= text.len - at
            && memcmp(text.data + at, quotes[i], len) == 0)
            return (uint32_t)len;
    }
    return 0;
}

uint32_t quote_close(struct bytes text, uint32_t start)
{
    bool straight = text.data[start] == '"';
    uint32_t at = start + quote_at(text, start);

    while (at < text.len
           && (!quote_at(text, at) || (straight && text.data[at] != '"')))
        at++;
    return at;
}
