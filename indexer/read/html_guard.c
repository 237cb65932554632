/* html_guard.c -- what would make libxml2 slow or lossy, found beforehand.
 *
 * Its end tags cost the depth of the tree, and its attributes the square of
 * their number, so one linear pass counts both and refuses.  The count of
 * the depth is by name and errs to the deep side.  Elements whose end may be
 * left out do not make it deeper, since the parser mostly closes them itself,
 * but they count as levels that an end tag has to search.
 *
 *   <div><span></i><div>   div 2 + span 1 = depth 3; </i> closes nothing
 */
#include <strings.h>

#include "indexer/read/html.h"

enum { DEPTH_MOST = 1024, ATTRIBUTES_MOST = 1000, SLOTS = 256,
       SEARCHED_MOST = 100000000, THINGS_MOST = 1 << 20 };

struct guard {
    const uint8_t *at, *end;
    uint32_t open[SLOTS];       /* by a hash of the name */
    uint32_t depth;
    uint32_t loose;             /* begun and not ended; closed or not */
    uint32_t things;            /* tags, attributes and comments: memory */
    uint64_t searched;          /* levels, for ends that close nothing */
};

static const char void_names[] =
    "area base br col embed hr img input link meta param source track wbr "
    "html head body ";

/* These close themselves when the next begins, as a rule. */
static const char loose_names[] =
    "p li dt dd option tr td th thead tbody tfoot colgroup ";

static bool is_among(const uint8_t *name, size_t len, const char *names)
{
    for (; *names; names = strchr(names, ' ') + 1)
        if (*names == (*name | 32) &&
            strncasecmp(names, (const char *)name, len) == 0 &&
            names[len] == ' ')
            return true;
    return false;
}

static bool is_name(uint8_t c)
{
    return (c | 32) >= 'a' ? (c | 32) <= 'z'
                           : (c >= '0' && c <= '9') || c == '-' || c == ':';
}

/* The name at `g->at`, as its slot; moves behind it. */
static size_t take_name(struct guard *g, const uint8_t **name)
{
    *name = g->at;
    while (g->at < g->end && is_name(*g->at))
        g->at++;
    return (size_t)(g->at - *name);
}

static size_t slot_of(const uint8_t *name, size_t len)
{
    size_t hash = 5381;

    for (size_t i = 0; i < len; i++)
        hash = hash * 33 + (name[i] | 32);
    return hash % SLOTS;
}

/* Counts the attributes up to the end of the tag; quoted values are one. */
static unsigned take_attributes(struct guard *g, bool *empty)
{
    unsigned count = 0;
    bool inside = false;

    *empty = false;
    for (; g->at < g->end && *g->at != '>'; g->at++) {
        uint8_t c = *g->at;

        *empty = c == '/';
        if (c <= ' ' || c == '/') {
            inside = false;
        } else if ((c == '"' || c == '\'') && g->at[-1] == '=') {
            const uint8_t *close = memchr(g->at + 1, c,
                                          (size_t)(g->end - g->at - 1));

            if (close)
                g->at = close;
        } else if (!inside) {
            inside = true;
            count += c != '=';
        }
    }
    return count;
}

/* Scripts and styles hold no tags. */
static void skip_raw(struct guard *g, const uint8_t *name, size_t len)
{
    while (g->at < g->end) {
        const uint8_t *mark = memchr(g->at, '<', (size_t)(g->end - g->at));

        g->at = mark ? mark : g->end;
        if (!mark)
            return;
        if ((size_t)(g->end - mark) > len + 2 && mark[1] == '/' &&
            strncasecmp((const char *)mark + 2, (const char *)name, len) == 0)
            return;
        g->at++;
    }
}

static enum status take_thing(struct guard *g, unsigned count,
                              struct error *err)
{
    g->things += count;
    if (g->things <= THINGS_MOST)
        return OK;
    return error_set(err, ERR_LIMIT, "over %d tags, attributes and comments",
                     THINGS_MOST);
}

static bool is_called(const uint8_t *name, size_t len, const char *word)
{
    return len == strlen(word) &&
           strncasecmp((const char *)name, word, len) == 0;
}

/* An element ends: what is open is searched for it. */
static enum status take_end(struct guard *g, const uint8_t *name, size_t len,
                            struct error *err)
{
    size_t slot = slot_of(name, len);

    g->searched += g->depth + g->loose;
    if (g->searched > SEARCHED_MOST)
        return error_set(err, ERR_LIMIT, "too many ends of elements");
    if (is_among(name, len, loose_names)) {
        g->loose -= g->loose > 0;
        return OK;
    }
    g->depth -= g->open[slot] > 0;
    g->open[slot] -= g->open[slot] > 0;
    return OK;
}

static enum status take_begin(struct guard *g, const uint8_t *name,
                              size_t len, struct error *err)
{
    if (is_among(name, len, loose_names)) {
        g->loose++;
        return OK;
    }
    g->open[slot_of(name, len)]++;
    if (++g->depth > DEPTH_MOST)
        return error_set(err, ERR_LIMIT, "nested deeper than %d elements",
                         DEPTH_MOST);
    if (is_called(name, len, "script") || is_called(name, len, "style"))
        skip_raw(g, name, len);
    return OK;
}

static enum status take_tag(struct guard *g, struct error *err)
{
    bool closing = g->at < g->end && *g->at == '/', empty;
    const uint8_t *name;
    unsigned attributes;
    size_t len;

    g->at += closing;
    len = take_name(g, &name);
    if (len == 0)
        return OK;
    attributes = take_attributes(g, &empty);
    if (take_thing(g, 1 + attributes, err) != OK)
        return err->code;
    if (attributes > ATTRIBUTES_MOST)
        return error_set(err, ERR_LIMIT, "a tag with over %d attributes",
                         ATTRIBUTES_MOST);
    if (empty || is_among(name, len, void_names))
        return OK;
    return closing ? take_end(g, name, len, err)
                   : take_begin(g, name, len, err);
}

enum status html_guard(struct bytes text, struct error *err)
{
    struct guard g = { text.data, text.data + text.len, { 0 }, 0, 0, 0, 0 };

    while (g.at < g.end) {
        const uint8_t *mark = memchr(g.at, '<', (size_t)(g.end - g.at));

        if (!mark)
            return OK;
        g.at = mark + 1;
        if (g.end - g.at >= 3 && memcmp(g.at, "!--", 3) == 0) {
            const uint8_t *close = memmem(g.at, (size_t)(g.end - g.at),
                                          "-->", 3);

            if (!close)
                return OK;
            g.at = close + 3;
            if (take_thing(&g, 1, err) != OK)
                return err->code;
        } else if (take_tag(&g, err) != OK) {
            return err->code;
        }
    }
    return OK;
}
