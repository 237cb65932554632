/* json_scan.c -- where one JSON value ends, without parsing it.
 *
 *   {"a": "}\"", "b": [1, 2]}, {...
 *   1            0   2     1 ^ ends
 *
 * Brackets are counted, whatever their kind; what is in strings is not.
 */
#include "indexer/read/json_scan.h"

static bool string_byte(struct json_scan *s, uint8_t c)
{
    if (s->escaped)
        s->escaped = false;
    else if (c == '\\')
        s->escaped = true;
    else if (c == '"')
        s->string = false;
    return !s->string && s->depth == 0;
}

static bool ends_scalar(uint8_t c)
{
    return c <= ' ' || c == ',' || c == ']' || c == '}' || c == '[' ||
           c == '{' || c == '"';
}

bool json_scan(struct json_scan *s, struct bytes text)
{
    while (s->at < text.len) {
        uint8_t c = text.data[s->at];

        if (s->scalar && s->depth == 0 && ends_scalar(c))
            return true;
        s->at++;
        if (s->string) {
            if (string_byte(s, c))
                return true;
            continue;
        }
        if (c == '"')
            s->string = true;
        else if (c == '{' || c == '[')
            s->depth++;
        else if ((c == '}' || c == ']') && (s->depth == 0 || --s->depth == 0))
            return true;
        else if (s->depth == 0)
            s->scalar = true;
    }
    return false;
}
