/* html_site.c -- the name of the site in the title of a page.
 *
 * It stands before the first mark or behind the last.  Where meta elements
 * do not tell it, the host or the copyright of the page must agree.
 *
 *   "Daily Post: Bridge falls"      "Bridge falls | Daily Post"
 *    site        title               title          site
 */
#include <ctype.h>
#include <strings.h>

#include "common/base/url.h"
#include "indexer/read/html.h"

enum { SITE_LEAST = 4, SITE_MOST = 60, LINE_MOST = 119, TITLE_MOST = 300 };

static const char *const site_marks[] = { " | ", " - ", " – ", " — ", " :: ",
                                          " » ", " · ", " • ", " ｜ ", ": ",
                                          NULL };

static bool same_letters(struct bytes a, struct bytes b)
{
    return a.len == b.len && a.len &&
           strncasecmp((const char *)a.data, (const char *)b.data, a.len) == 0;
}

static struct bytes without_the(struct bytes name)
{
    bool the = name.len > 4 &&
               strncasecmp((const char *)name.data, "the ", 4) == 0;

    return the ? bytes_part(name, 4, name.len - 4) : name;
}

static bool is_site(const struct bytes names[2], struct bytes name)
{
    name = without_the(name);
    return same_letters(name, without_the(names[0])) ||
           same_letters(name, without_the(names[1]));
}

/* Behind "Site: ", "Site | " and the like. */
static struct bytes behind_site(struct bytes title,
                                const struct bytes names[2])
{
    for (size_t i = 0; site_marks[i]; i++) {
        size_t len = strlen(site_marks[i]);
        const uint8_t *at = title.len ? memmem(title.data, title.len,
                                               site_marks[i], len) : NULL;
        size_t head = at ? (size_t)(at - title.data) : 0;

        if (head && title.len > 2 * head + len &&
            is_site(names, bytes_part(title, 0, head)))
            return bytes_part(title, head + len, title.len - head - len);
    }
    return title;
}

/* "www.dailypost.uk" of "https://www.dailypost.uk/a". */
static struct bytes host_of(struct bytes url)
{
    const uint8_t *from = url.len ? memmem(url.data, url.len, "://", 3) : NULL;
    const uint8_t *path = url_path(url).data;

    if (!from || !path || path < from + 3)
        return BYTES_NONE;
    return bytes_of(from + 3, (size_t)(path - from - 3));
}

/* Whether the host is the name's letters: "Daily Post", www.dailypost.uk. */
static bool is_host(struct bytes host, struct bytes name)
{
    size_t at = 0;

    if (host.len > 4 && memcmp(host.data, "www.", 4) == 0)
        at = 4;
    for (size_t i = 0; i < name.len; i++) {
        uint8_t c = name.data[i];

        if (!isalnum(c))
            continue;
        while (at < host.len && host.data[at] == '-')
            at++;
        if (at >= host.len || host.data[at] != (isupper(c) ? c | 32 : c))
            return false;
        at++;
    }
    return at < host.len && host.data[at] == '.';
}

/* Whether the line is "(c) 2024 The Name." or the like. */
static bool is_copyright(struct bytes line, struct bytes name)
{
    const uint8_t *at, *end = line.data + line.len;

    if (line.len > LINE_MOST ||
        !(memmem(line.data, line.len, "©", 2) ||
          (line.len > 9 && strncasecmp((const char *)line.data, "copyright",
                                       9) == 0)))
        return false;
    at = memmem(line.data, line.len, name.data, name.len);
    if (!at || at == line.data || at[-1] != ' ')
        return false;
    at += name.len;
    return at == end || (*at < 0x80 && !isalnum(*at) &&
                         (*at != ' ' || at + 1 == end || !isalnum(at[1])));
}

/* Whether the page says that it is of a site of this name. */
static bool is_signed(const struct html *page, struct bytes host,
                      struct bytes name)
{
    if (name.len < SITE_LEAST || name.len > SITE_MOST)
        return false;
    if (is_host(host, without_the(name)))
        return true;
    for (uint32_t i = page->block_count; i-- > 0;)
        if (is_copyright(html_block_text(page, &page->blocks[i]), name))
            return true;
    return false;
}

struct bytes html_site_cut(struct bytes title, const struct bytes names[2],
                           bool whole)
{
    struct bytes best = title = behind_site(title, names);

    for (size_t i = 0; site_marks[i] && *site_marks[i] == ' '; i++) {
        size_t len = strlen(site_marks[i]);

        for (size_t at = 1; at + len < title.len; at++) {
            struct bytes tail = bytes_part(title, at + len,
                                           title.len - at - len);

            if (memcmp(title.data + at, site_marks[i], len) != 0)
                continue;
            if (at < best.len &&
                (is_site(names, tail) || (at >= 20 && tail.len < 40 && whole &&
                                      title.len == best.len)))
                best = bytes_part(title, 0, at);
        }
    }
    return best;
}

struct bytes html_site_find(const struct html *page, struct bytes title,
                            struct bytes url)
{
    struct bytes head = title, tail = BYTES_NONE, host = host_of(url);

    if (title.len > TITLE_MOST)
        return BYTES_NONE;
    for (size_t i = 0; site_marks[i]; i++) {
        size_t len = strlen(site_marks[i]);

        for (size_t at = 1; at + len < title.len; at++) {
            if (memcmp(title.data + at, site_marks[i], len) != 0)
                continue;
            if (at < head.len)
                head.len = at;
            if (tail.len == 0 || title.len - at - len < tail.len)
                tail = bytes_part(title, at + len, title.len - at - len);
        }
    }
    if (head.len < title.len && is_signed(page, host, tail))
        return tail;
    return head.len < title.len && is_signed(page, host, head) ? head
                                                               : BYTES_NONE;
}
