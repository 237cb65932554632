/* text_lines.c -- a plain text as lines; any of LF, CR LF and CR ends one.
 *
 *   "Bridge closed\n\nBy Ada\n3 May\n"  ->  [Bridge closed] [By Ada, 3 May]
 */
#include "indexer/read/text_lines.h"

struct bytes text_trim(struct bytes text)
{
    while (text.len && text.data[0] <= ' ')
        text = bytes_part(text, 1, text.len - 1);
    while (text.len && text.data[text.len - 1] <= ' ')
        text.len--;
    return text;
}

void text_lines_split(struct text_lines *out, struct bytes text,
                      struct arena *arena)
{
    const uint8_t *at = text.data, *end = at + text.len;
    size_t room = 1;

    *out = (struct text_lines){ NULL, 0, 0 };
    for (size_t i = 0; i < text.len; i++)
        room += text.data[i] == '\n' || text.data[i] == '\r';
    out->lines = arena_calloc(arena, room, sizeof(*out->lines));
    while (at < end) {
        size_t len = 0, left = (size_t)(end - at);

        while (len < left && at[len] != '\n' && at[len] != '\r')
            len++;
        out->lines[out->count++] = text_trim(bytes_of(at, len));
        at += len;
        if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
            at++;
        at += at < end;
    }
}

/* The lines [at, end) of the next block; false at the end of the text. */
bool text_lines_block(const struct text_lines *lines, size_t *at,
                      size_t *end)
{
    while (*at < lines->count && lines->lines[*at].len == 0)
        ++*at;
    *end = *at;
    while (*end < lines->count && lines->lines[*end].len)
        ++*end;
    return *at < *end;
}

bool text_ends_sentence(struct bytes line)
{
    static const char *const marks[] = { ".", "!", "?", "。", "！", "？",
                                         "।", "؟", ".\"", ".”", ".»" };

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        size_t len = strlen(marks[i]);

        if (line.len >= len &&
            memcmp(line.data + line.len - len, marks[i], len) == 0)
            return true;
    }
    return false;
}

