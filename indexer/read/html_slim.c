/* html_slim.c -- a page without what no article is made of.
 *
 * Half of a page's bytes, or more, are scripts, styles, drawings and
 * attributes that we never ask for, and the parser would make a tree of them
 * at a hundred times the price of a copy.  So one linear pass copies the
 * rest: text as it is, and tags with the few attributes that tell something,
 * each once.  Script of the type of JSON-LD stays.
 *
 *   <p class="a" data-x="1 > 0" onclick=f()>b<script>if (x<y) ...</script>
 *   <p class="a">b
 */
#include <ctype.h>
#include <strings.h>

#include "indexer/read/html.h"

struct slimming {
    struct buffer *out;
    const uint8_t *at, *end;
};

/* --- What is left out --------------------------------------------------- */

/* Elements with all that is in them; most hold raw text, and a button ends
 * with the first end whatever is open in it. */
static const char *const dropped[] = { "script", "style", "svg", "noscript",
                                       "iframe", "math", "button", "select",
                                       "textarea", NULL };

/* Elements without content. */
static const char *const void_dropped[] = { "img", "source", "track", "wbr",
                                            "path", "input", "embed", NULL };

/* Attributes to keep, and the element that they are kept on, if one only. */
static const struct { const char *name, *on; } kept[] = {
    { "class", NULL }, { "id", NULL }, { "itemprop", NULL },
    { "content", NULL }, { "rel", NULL }, { "role", NULL },
    { "property", NULL }, { "hidden", NULL }, { "aria-hidden", NULL },
    { "style", NULL }, { "datetime", NULL }, { "title", NULL },
    { "lang", NULL }, { "xml:lang", NULL }, { "charset", "meta" },
    { "name", "meta" }, { "http-equiv", "meta" }, { "href", "link" },
    { "href", "a" },
    { "type", "script" },
};

enum { KEPT = sizeof(kept) / sizeof(*kept) };

static bool is_called(struct bytes name, const char *word)
{
    return strlen(word) == name.len &&
           strncasecmp((const char *)name.data, word, name.len) == 0;
}

static bool is_one_of(struct bytes name, const char *const *list)
{
    for (; *list; list++)
        if ((**list | 32) == (name.data[0] | 32) && is_called(name, *list))
            return true;
    return false;
}

static bool holds(struct bytes text, const char *part)
{
    return text.len && memmem(text.data, text.len, part, strlen(part));
}

/* Whether a value says something: of styles, what hides; of where a link
 * goes, that it stays on the page. */
static bool is_telling(struct bytes name, struct bytes on, struct bytes value)
{
    if (is_called(name, "style"))
        return holds(value, "none") || holds(value, "hidden");
    if (is_called(name, "href") && is_called(on, "a"))
        return value.len > 1 && (value.data[0] == '#' || value.data[1] == '#');
    return true;
}

/* The row of an attribute to keep, or KEPT. */
static unsigned row_of(struct bytes name, struct bytes on,
                       struct bytes value)
{
    for (unsigned i = 0; i < KEPT; i++)
        if ((name.data[0] | 32) == kept[i].name[0] &&
            is_called(name, kept[i].name) &&
            (!kept[i].on || is_called(on, kept[i].on)))
            return is_telling(name, on, value) ? i : KEPT;
    return KEPT;
}

/* --- Tags --------------------------------------------------------------- */

static bool is_name_byte(uint8_t c)
{
    return c > ' ' && c != '>' && c != '/' && c != '=' && c != '<' &&
           c != '"' && c != '\'';
}

static void skip_blanks(struct slimming *s)
{
    while (s->at < s->end && (*s->at <= ' ' || *s->at == '/'))
        s->at++;
}

static struct bytes take_name(struct slimming *s)
{
    const uint8_t *from = s->at;

    while (s->at < s->end && is_name_byte(*s->at))
        s->at++;
    return bytes_of(from, (size_t)(s->at - from));
}

/* What stands behind "=", with its quotes; false when they do not close. */
static bool take_value(struct bytes *value, struct slimming *s)
{
    const uint8_t *from = s->at, *close;

    *value = BYTES_NONE;
    while (s->at < s->end && *s->at <= ' ')
        s->at++;
    if (s->at == s->end || *s->at != '=') {
        s->at = from;
        return true;
    }
    for (s->at++; s->at < s->end && *s->at <= ' ';)
        s->at++;
    from = s->at;
    if (s->at < s->end && (*s->at == '"' || *s->at == '\'')) {
        close = memchr(s->at + 1, *s->at, (size_t)(s->end - s->at - 1));
        if (!close)
            return false;
        s->at = close + 1;
    } else {
        while (s->at < s->end && *s->at > ' ' && *s->at != '>')
            s->at++;
    }
    *value = bytes_of(from, (size_t)(s->at - from));
    return true;
}

static void put_attribute(struct buffer *out, struct bytes name,
                          struct bytes value)
{
    buffer_put_u8(out, ' ');
    buffer_put_bytes(out, name);
    if (value.data) {
        buffer_put_u8(out, '=');
        buffer_put_bytes(out, value);
    }
}

/* The attributes up to ">", which is left; those to keep are put out.  False
 * when the tag does not end: then it is none. */
static bool take_attributes(struct slimming *s, struct bytes element,
                            bool *empty)
{
    uint32_t seen = 0;

    for (;;) {
        struct bytes name, value;
        unsigned row;

        skip_blanks(s);
        if (s->at == s->end)
            return false;
        if (*s->at == '>') {
            *empty = s->at[-1] == '/';
            return true;
        }
        name = take_name(s);
        if (name.len == 0) {
            s->at++;            /* a stray quote or mark */
            continue;
        }
        if (!take_value(&value, s))
            return false;
        row = row_of(name, element, value);
        if (row == KEPT || seen >> row & 1)
            continue;
        seen |= 1u << row;
        put_attribute(s->out, name, value);
    }
}

/* Behind "</name" and its ">"; NULL when there is none. */
static const uint8_t *behind_end(const struct slimming *s,
                                 struct bytes name)
{
    const uint8_t *at = s->at;

    while ((at = memchr(at, '<', (size_t)(s->end - at)))) {
        if ((size_t)(s->end - at) > name.len + 2 && at[1] == '/' &&
            strncasecmp((const char *)at + 2, (const char *)name.data,
                        name.len) == 0 && !isalnum(at[name.len + 2])) {
            at = memchr(at, '>', (size_t)(s->end - at));
            return at ? at + 1 : s->end;
        }
        at++;
    }
    return NULL;
}

/* Drops what was put out of the tag, and what is in the element.  An end
 * that is missing is of the tag alone. */
static void drop(struct slimming *s, struct bytes name, size_t before,
                 bool empty)
{
    const uint8_t *behind;

    s->out->len = before;
    s->at++;
    if (empty || is_one_of(name, void_dropped))
        return;
    behind = behind_end(s, name);
    if (behind)
        s->at = behind;
}

/* Scripts hold no tags, so what is kept of them is copied whole. */
static void keep_script(struct slimming *s, struct bytes name)
{
    const uint8_t *from = s->at, *behind = behind_end(s, name);

    s->at = behind ? behind : s->end;
    buffer_put(s->out, from, (size_t)(s->at - from));
}

static void take_tag(struct slimming *s)
{
    const uint8_t *from = s->at++;
    size_t before = s->out->len;
    struct bytes name = take_name(s);
    bool empty = false, script = is_called(name, "script"), linked;

    buffer_put(s->out, from, (size_t)(s->at - from));
    if (!take_attributes(s, name, &empty)) {
        s->out->len = before;
        s->at = s->end;
        buffer_put(s->out, from, (size_t)(s->end - from));
        return;
    }
    linked = holds(bytes_of(from, (size_t)(s->at - from)), "ld+json");
    if (script && linked && !empty) {
        keep_script(s, name);
        return;
    }
    if (is_one_of(name, dropped) || is_one_of(name, void_dropped)) {
        drop(s, name, before, empty);
        return;
    }
    if (empty)
        buffer_put_u8(s->out, '/');
}

/* Behind the comment at `at`; browsers take "<!-->" for a whole one. */
static const uint8_t *behind_comment(const struct slimming *s)
{
    const uint8_t *at = s->at + 4, *close;

    if (at < s->end && *at == '>')
        return at + 1;
    close = memmem(at, (size_t)(s->end - at), "-->", 3);
    return close ? close + 3 : s->end;
}

void html_slim(struct buffer *out, struct bytes text)
{
    struct slimming s = { out, text.data, text.data + text.len };

    buffer_reserve(out, text.len);
    while (s.at < s.end) {
        const uint8_t *mark = memchr(s.at, '<', (size_t)(s.end - s.at));

        buffer_put(out, s.at, (size_t)((mark ? mark : s.end) - s.at));
        if (!mark)
            return;
        s.at = mark;
        if (s.end - mark >= 4 && memcmp(mark, "<!--", 4) == 0) {
            s.at = behind_comment(&s);
        } else if (s.end - mark > 1 && isalpha(mark[1])) {
            take_tag(&s);
        } else {
            buffer_put_u8(out, '<');
            s.at++;
        }
    }
}
