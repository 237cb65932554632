/* colour.c -- colours as SGR sequences (ECMA-48 section 8.3.117).
 *
 *   title "36", match "1":   ESC[36m Gas ESC[m ESC[36;1m tour ESC[m
 */
#include "searcher/present/colour.h"

#include <stdlib.h>

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

static bool is_wanted(enum colour_when when, bool terminal)
{
    const char *force = getenv("CLICOLOR_FORCE");
    const char *term = getenv("TERM");

    if (when != COLOUR_AUTO)
        return when == COLOUR_ALWAYS;
    if (is_set("NO_COLOR"))
        return false;
    if (force && *force && strcmp(force, "0") != 0)
        return true;
    return terminal && term && *term && strcmp(term, "dumb") != 0;
}

/* "match=1": the part and its parameters. */
static void take_setting(struct colours *c, const char *at, size_t len)
{
    struct { const char *name; char *sgr; } parts[] = {
        { "match=", c->match }, { "title=", c->title }, { "info=", c->info },
    };

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        size_t name = strlen(parts[i].name);

        if (len < name || memcmp(at, parts[i].name, name) != 0
            || len - name >= sizeof(c->match)
            || strspn(at + name, "0123456789;") < len - name)
            continue;
        memcpy(parts[i].sgr, at + name, len - name);
        parts[i].sgr[len - name] = '\0';
    }
}

void colours_choose(struct colours *c, enum colour_when when, bool terminal)
{
    const char *settings = getenv("LEDE_COLORS");

    *c = (struct colours)COLOURS_NONE;
    if (!is_wanted(when, terminal))
        return;
    *c = (struct colours){ "1", "36", "2" };
    while (settings && *settings) {
        size_t len = strcspn(settings, ":");

        take_setting(c, settings, len);
        settings += len + (settings[len] == ':');
    }
}

void colour_begin(struct buffer *b, const char *sgr, const char *more)
{
    if (*sgr || *more)
        buffer_printf(b, "\033[%s%s%sm", sgr, *sgr && *more ? ";" : "", more);
}

void colour_end(struct buffer *b, const char *sgr, const char *more)
{
    if (*sgr || *more)
        buffer_put_str(b, "\033[m");
}
