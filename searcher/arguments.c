/* arguments.c -- several arguments of a shell to one query.
 *
 *   Lavrov "Central Asia"      the shell takes the quotes; we give them back
 *   -> Lavrov "Central Asia"
 *
 * One argument alone is a query that somebody has written as a whole.
 */
#include "searcher/arguments.h"

#include "searcher/query/quote.h"

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* A sign that a person puts in a query on purpose: a bracket or a quote, a
 * sign before a word, a field and its value, an operator. */
static bool is_sign_word(const char *word, size_t len)
{
    const char *colon = memchr(word, ':', len);

    for (size_t i = 0; i < len; i++)
        if (strchr("()*", word[i])
            || quote_at(bytes_of(word, len), (uint32_t)i))
            return true;
    if (len > 1 && strchr("+-=@/", word[0]))
        return true;
    if (colon && colon > word && colon + 1 < word + len)
        return true;
    return (len == 2 && memcmp(word, "OR", 2) == 0)
        || (len == 3 && memcmp(word, "AND", 3) == 0)
        || (len == 3 && memcmp(word, "NOT", 3) == 0)
        || (len == 5 && memcmp(word, "MAYBE", 5) == 0);
}

/* Several words and no sign. */
static bool is_phrase(const char *text)
{
    unsigned words = 0;

    while (*text) {
        size_t len = 0;

        while (text[len] && !is_blank(text[len]))
            len++;
        if (len && is_sign_word(text, len))
            return false;
        words += len > 0;
        text += len;
        while (is_blank(*text))
            text++;
    }
    return words > 1;
}

static void put_argument(struct buffer *query, const char *text, bool alone)
{
    bool excluded = text[0] == '-' && text[1] && text[1] != '-';
    const char *rest = text + excluded;

    if ((alone && !excluded) || !is_phrase(rest)) {
        buffer_put_str(query, text);
        return;
    }
    buffer_put_str(query, excluded ? "-\"" : "\"");
    buffer_put_str(query, rest);
    buffer_put_u8(query, '"');
}

void arguments_join(struct buffer *query, const struct argument *arguments,
                    size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_put_u8(query, ' ');
        if (arguments[i].verbatim)
            buffer_put_str(query, arguments[i].text);
        else
            put_argument(query, arguments[i].text, count == 1);
    }
}
