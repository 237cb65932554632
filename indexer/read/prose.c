/* prose.c -- running text: white space, paragraphs, character references.
 *
 *   "  a\n\tb&nbsp;&#8217;c "
 *     unescape: "  a\n\tb ’c "    squeeze: "a b ’c"
 */
#include "indexer/read/prose.h"

#include <libxml/HTMLparser.h>
#include <strings.h>

#include "common/text/unicode.h"

enum { REFERENCE_MAX = 32, LIST_MAX = 256 };

/* --- White space -------------------------------------------------------- */

static bool is_blank(uint32_t code)
{
    return code <= ' ' || (code >= 0x7f && code < 0xa0) ||
           unicode_white(code);
}

/* The joiners U+200C and U+200D belong to Persian and Indic spelling. */
static bool is_invisible(uint32_t code)
{
    return code == 0x200b || code == 0xfeff || code == 0x2060 ||
           code == 0xad;
}

static bool is_plain(uint8_t c)
{
    return c > ' ' && c < 0x7f;
}

void prose_squeeze(struct buffer *out, struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;
    bool pending = false, any = false;

    while (at < end) {
        const uint8_t *from = at;
        uint32_t code = is_plain(*at) ? *at++ : utf8_next(&at, end);

        if (is_blank(code)) {
            pending = any;
            continue;
        }
        if (is_invisible(code))
            continue;
        if (pending)
            buffer_put_u8(out, ' ');
        if (code < 0x80)
            while (at < end && is_plain(*at))
                at++;
        buffer_put(out, from, (size_t)(at - from));
        pending = false;
        any = true;
    }
}

struct bytes prose_keep(struct arena *arena, struct bytes text)
{
    struct buffer b = BUFFER_INIT;
    struct bytes kept;

    prose_squeeze(&b, text);
    kept = arena_copy(arena, buffer_bytes(&b));
    buffer_release(&b);
    return kept;
}

void prose_paragraph(struct buffer *out, struct bytes text)
{
    size_t before = out->len, start;

    if (before)
        buffer_put_str(out, "\n\n");
    start = out->len;
    prose_squeeze(out, text);
    if (out->len == start)
        out->len = before;
}

void list_add(struct bytes_list *list, struct arena *arena,
              struct bytes item)
{
    if (item.len == 0 || list->count == LIST_MAX)
        return;
    for (size_t i = 0; i < list->count; i++)
        if (bytes_equal(list->items[i], item))
            return;
    /* Grows at powers of two. */
    if ((list->count & (list->count - 1)) == 0) {
        struct bytes *more = arena_calloc(arena, list->count ? list->count * 2
                                                             : 1,
                                          sizeof(*more));

        if (list->count)
            memcpy(more, list->items, list->count * sizeof(*more));
        list->items = more;
    }
    list->items[list->count++] = item;
}

static bool has_two_words(struct bytes name)
{
    const uint8_t *blank = name.len > 2 ? memchr(name.data + 1, ' ',
                                                 name.len - 2) : NULL;

    return blank != NULL;
}

/* Where the first of `joints` is, or the end; a `weak` one stands also
 * inside names ("Ortega y Gasset"), so it needs two words on either side. */
static size_t find_joint(size_t *skip, struct bytes names,
                         const char *const *joints, bool weak)
{
    size_t cut = names.len;

    for (; *joints; joints++) {
        size_t len = strlen(*joints);
        const uint8_t *at = names.len ? memmem(names.data, names.len, *joints,
                                               len) : NULL;
        size_t head = at ? (size_t)(at - names.data) : names.len;

        if (head >= cut ||
            (weak && !(has_two_words(bytes_part(names, 0, head)) &&
                       has_two_words(bytes_part(names, head + len,
                                                names.len - head - len)))))
            continue;
        cut = head;
        *skip = len;
    }
    return cut;
}

bool prose_next_name(struct bytes *name, struct bytes *names)
{
    static const char *const strong[] = { ", ", " and ", " & ", " und ",
                                          " et ", " и ", "; ", " | ",
                                          " with ", " och ", " og ", NULL };
    static const char *const weak[] = { " y ", " e ", " en ", " i ", " ja ",
                                        " ve ", " és ", " și ", " та ",
                                        " και ", " dan ", NULL };
    size_t skip = 0;
    size_t cut = find_joint(&skip, *names, strong, false);

    cut = find_joint(&skip, bytes_part(*names, 0, cut), weak, true);
    *name = bytes_part(*names, 0, cut);
    *names = bytes_part(*names, cut + skip, names->len - cut - skip);
    return name->len + skip > 0;
}

/* --- Character references ----------------------------------------------- */

static uint32_t settle_code(uint32_t code)
{
    static const uint16_t high[32] = {
        0x20ac, 0, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,
        0x2030, 0x160, 0x2039, 0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c,
        0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153,
        0, 0x17e, 0x178,
    };

    if (code >= 0x80 && code < 0xa0)
        code = high[code - 0x80];
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
        return 0xfffd;
    return code;
}

/* &#8217; and &#x2019;; the number begins at `at`.  0 for none. */
static uint32_t numeric(const char *at, size_t len)
{
    unsigned base = 10;
    uint32_t code = 0;

    if (len && (*at | 32) == 'x') {
        base = 16;
        at++;
        len--;
    }
    if (len == 0)
        return 0;
    for (; len; at++, len--) {
        unsigned digit = *at >= '0' && *at <= '9' ? (unsigned)(*at - '0')
                       : (*at | 32) >= 'a' && (*at | 32) <= 'f'
                         ? (unsigned)((*at | 32) - 'a' + 10) : 99;

        if (digit >= base)
            return 0;
        code = code > 0x110000 ? code : code * base + digit;
    }
    return settle_code(code);
}

/* The names that HTML 4 did not have but pages use. */
static uint32_t newer_name(const char *name)
{
    static const struct { const char *name; uint32_t code; } names[] = {
        { "apos", '\'' }, { "nbsp", 0xa0 }, { "comma", ',' },
        { "period", '.' }, { "colon", ':' }, { "semi", ';' },
        { "excl", '!' }, { "quest", '?' }, { "num", '#' },
        { "dollar", '$' }, { "percnt", '%' }, { "lpar", '(' },
        { "rpar", ')' }, { "sol", '/' }, { "lsqb", '[' }, { "rsqb", ']' },
        { "commat", '@' }, { "ast", '*' }, { "plus", '+' },
        { "equals", '=' }, { "lowbar", '_' }, { "hyphen", 0x2010 },
        { "dash", 0x2010 }, { "NewLine", '\n' }, { "Tab", '\t' },
        { "verbar", '|' }, { "AMP", '&' }, { "LT", '<' }, { "GT", '>' },
        { "QUOT", '"' }, { "hellip", 0x2026 }, { "rsquor", 0x2019 },
        { "ldquor", 0x201e }, { "lsquor", 0x201a }, { "abreve", 0x103 },
        { "cacute", 0x107 }, { "ccaron", 0x10d }, { "eogon", 0x119 },
        { "ecaron", 0x11b }, { "lstrok", 0x142 }, { "nacute", 0x144 },
        { "rcaron", 0x159 }, { "sacute", 0x15b }, { "zacute", 0x17a },
        { "zcaron", 0x17e }, { "zdot", 0x17c }, { "aogon", 0x105 },
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (strcmp(name, names[i].name) == 0)
            return names[i].code;
    return 0;
}

static uint32_t named(const char *at, size_t len)
{
    char name[REFERENCE_MAX];
    const htmlEntityDesc *known;

    memcpy(name, at, len);
    name[len] = '\0';
    known = htmlEntityLookup((const xmlChar *)name);
    return known ? known->value : newer_name(name);
}

/* The length of the reference at `at`, which is "&", or 0. */
static size_t reference(uint32_t *code, const uint8_t *at, const uint8_t *end)
{
    size_t most = (size_t)(end - at), len = 1;

    if (most > REFERENCE_MAX)
        most = REFERENCE_MAX;
    while (len < most && at[len] != ';' && at[len] != '&' && at[len] > ' ' &&
           at[len] < 0x7f)
        len++;
    if (len < 2 || len == most || at[len] != ';')
        return 0;
    *code = at[1] == '#' ? numeric((const char *)at + 2, len - 2)
                         : named((const char *)at + 1, len - 1);
    return *code ? len + 1 : 0;
}

void prose_unescape(struct buffer *out, struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;

    while (at < end) {
        const uint8_t *mark = memchr(at, '&', (size_t)(end - at));
        uint32_t code;
        size_t len;

        buffer_put(out, at, (size_t)((mark ? mark : end) - at));
        if (!mark)
            return;
        len = reference(&code, mark, end);
        if (len)
            utf8_put(out, code);
        else
            buffer_put_u8(out, '&');
        at = mark + (len ? len : 1);
    }
}

void prose_byline(struct bytes_list *authors, struct bytes line,
                  struct arena *arena)
{
    /* "von" in small letters is a part of a name. */
    static const char *const words[] = { "by ", "By ", "BY ", "Von ", "VON ",
                                         "Par ", "par ", "Por ", "por ",
                                         "Door ", "door " };
    struct bytes names = prose_keep(arena, line), name;

    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
        size_t len = strlen(words[i]);

        if (names.len > len && memcmp(names.data, words[i], len) == 0) {
            names = bytes_part(names, len, names.len - len);
            break;
        }
    }
    while (prose_next_name(&name, &names))
        list_add(authors, arena, prose_keep(arena, name));
}

/* --- Tags without a tree ------------------------------------------------ */

static size_t name_len(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *from = at;

    while (at < end && (((*at | 32) >= 'a' && (*at | 32) <= 'z') ||
                        (*at >= '0' && *at <= '9')))
        at++;
    return (size_t)(at - from);
}

static bool name_in(const uint8_t *at, size_t len, const char *list)
{
    for (; *list; list = strchr(list, ' ') + 1)
        if (strncasecmp(list, (const char *)at, len) == 0 &&
            list[len] == ' ')
            return true;
    return false;
}

/* Behind "</name>", or the end. */
static const uint8_t *skip_element(const uint8_t *at, const uint8_t *end,
                                   const uint8_t *name, size_t len)
{
    while ((at = memchr(at, '<', (size_t)(end - at)))) {
        if ((size_t)(end - at) > len + 1 && at[1] == '/' &&
            strncasecmp((const char *)at + 2, (const char *)name, len) == 0) {
            at = memchr(at, '>', (size_t)(end - at));
            return at ? at + 1 : end;
        }
        at++;
    }
    return end;
}

static const uint8_t *skip_comment(const uint8_t *at, const uint8_t *end)
{
    const uint8_t *close = memmem(at, (size_t)(end - at), "-->", 3);

    return close ? close + 3 : end;
}

static void flush(struct buffer *out, struct buffer *paragraph)
{
    struct buffer plain = BUFFER_INIT;

    prose_unescape(&plain, buffer_bytes(paragraph));
    prose_paragraph(out, buffer_bytes(&plain));
    buffer_release(&plain);
    buffer_clear(paragraph);
}

/* Behind the tag at `at`, which is "<"; NULL when it is none. */
static const uint8_t *strip_one(struct buffer *out, struct buffer *paragraph,
                                const uint8_t *at, const uint8_t *end)
{
    static const char blocks[] =
        "p div br li ul ol h1 h2 h3 h4 h5 h6 tr table td th blockquote "
        "article section header footer aside main nav figure figcaption pre "
        "hr dd dt dl title address ";
    bool closing = end - at > 1 && at[1] == '/';
    const uint8_t *name = at + 1 + closing, *close;
    size_t len = name_len(name, end);

    if (end - at > 3 && memcmp(at, "<!--", 4) == 0)
        return skip_comment(at + 4, end);
    if (len == 0 && !(end - at > 1 && (at[1] == '!' || at[1] == '?')))
        return NULL;
    close = memchr(at, '>', (size_t)(end - at));
    if (name_in(name, len, blocks))
        flush(out, paragraph);
    if (!close)
        return end;
    if (!closing && name_in(name, len, "script style svg noscript textarea "
                                       "iframe template select "))
        return skip_element(close + 1, end, name, len);
    return close + 1;
}

void prose_strip_tags(struct buffer *out, struct bytes html)
{
    struct buffer paragraph = BUFFER_INIT;
    const uint8_t *at = html.data, *end = at + html.len;

    while (at < end) {
        const uint8_t *tag = memchr(at, '<', (size_t)(end - at)), *behind;

        buffer_put(&paragraph, at, (size_t)((tag ? tag : end) - at));
        if (!tag)
            break;
        behind = strip_one(out, &paragraph, tag, end);
        if (!behind)
            buffer_put_u8(&paragraph, '<');
        at = behind ? behind : tag + 1;
    }
    flush(out, &paragraph);
    buffer_release(&paragraph);
}
