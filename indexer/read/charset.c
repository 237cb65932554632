/* charset.c -- bytes of the web to valid UTF-8.
 *
 * What a page declares is wrong often enough that the bytes are asked first:
 * nothing but UTF-8 looks like valid UTF-8 by chance.  libxml2 never sees
 * any other encoding, because it guesses, and cuts documents, on its own.
 *
 *   mark? -> valid UTF-8? -> served? -> declared? -> nearly UTF-8?
 *         -> language -> 1252
 */
#include "indexer/read/charset.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>

#include "common/text/unicode.h"

enum { DECLARED_WITHIN = 4096, LABEL_MAX = 40 };

/* What browsers read under a label (WHATWG Encoding, 4.2), where that is
 * not what iconv reads. */
static const struct { const char *label, *name; } aliases[] = {
    { "iso-8859-1", "windows-1252" }, { "latin1", "windows-1252" },
    { "ascii", "windows-1252" }, { "us-ascii", "windows-1252" },
    { "gb2312", "gb18030" }, { "gbk", "gb18030" }, { "x-gbk", "gb18030" },
    { "shift_jis", "cp932" }, { "shift-jis", "cp932" }, { "sjis", "cp932" },
    { "x-sjis", "cp932" }, { "euc-kr", "cp949" },
    { "ks_c_5601-1987", "cp949" }, { "iso-8859-9", "windows-1254" },
    { "tis-620", "windows-874" }, { "iso-8859-11", "windows-874" },
    { "big5", "big5-hkscs" }, { "x-cp1251", "windows-1251" },
    { "utf8", "utf-8" }, { "utf-16", "utf-8" }, { "unicode", "utf-8" },
};

static const struct { const char *lang, *name; } usual[] = {
    { "ru", "windows-1251" }, { "uk", "windows-1251" },
    { "bg", "windows-1251" }, { "zh", "gb18030" }, { "ja", "cp932" },
    { "ko", "cp949" }, { "el", "windows-1253" }, { "tr", "windows-1254" },
    { "he", "windows-1255" }, { "ar", "windows-1256" },
    { "fa", "windows-1256" }, { "pl", "windows-1250" },
    { "cs", "windows-1250" }, { "sk", "windows-1250" },
    { "hu", "windows-1250" }, { "th", "windows-874" },
};

/* --- What is declared --------------------------------------------------- */

static const uint8_t *find(const uint8_t *at, const uint8_t *end,
                           const char *word)
{
    size_t len = strlen(word);

    for (; at + len <= end; at++)
        if (strncasecmp((const char *)at, word, len) == 0)
            return at;
    return NULL;
}

static bool is_label_byte(uint8_t c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
           c == '-' || c == '_' || c == '.' || c == ':';
}

/* The value behind `key` and "=" inside one tag. */
static bool tag_value(char label[LABEL_MAX], const uint8_t *at,
                      const uint8_t *end, const char *key)
{
    size_t len = 0;

    while ((at = find(at, end, key))) {
        at += strlen(key);
        while (at < end && (*at == ' ' || *at == '='))
            at++;
        while (at < end && (*at == '"' || *at == '\''))
            at++;
        for (len = 0; at < end && len < LABEL_MAX - 1 && is_label_byte(*at);)
            label[len++] = (char)*at++;
        label[len] = '\0';
        /* charset="text/html; charset=utf-8" occurs. */
        if (len && strcasecmp(label, "text") != 0)
            return true;
    }
    return false;
}

static bool declared(char label[LABEL_MAX], struct bytes raw,
                     const char *tag, const char *key)
{
    size_t len = raw.len < DECLARED_WITHIN ? raw.len : DECLARED_WITHIN;
    const uint8_t *at = raw.data, *end = at + len;

    while ((at = find(at, end, tag))) {
        const uint8_t *close = memchr(at, '>', (size_t)(end - at));

        if (tag_value(label, at, close ? close : end, key))
            return true;
        at++;
    }
    return false;
}

static const char *iconv_name(const char *label)
{
    for (size_t i = 0; i < sizeof(aliases) / sizeof(*aliases); i++)
        if (strcasecmp(label, aliases[i].label) == 0)
            return aliases[i].name;
    return label;
}

static const char *usual_of_language(struct bytes raw)
{
    char label[LABEL_MAX];

    if (declared(label, raw, "<html", "lang"))
        for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
            if (strncasecmp(label, usual[i].lang, 2) == 0)
                return usual[i].name;
    return "windows-1252";
}

/* --- Converting --------------------------------------------------------- */

static size_t put_windows_1252(struct buffer *out, struct bytes raw)
{
    static const uint16_t high[32] = {
        0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
        0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
        0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
        0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
    };
    size_t replaced = 0;

    for (size_t i = 0; i < raw.len; i++) {
        uint32_t code = raw.data[i];

        if (code >= 0x80 && code < 0xa0)
            code = high[code - 0x80];
        else if (code == 0)
            code = 0xfffd;
        replaced += code == 0xfffd;
        utf8_put(out, code);
    }
    return replaced;
}

/* False when iconv does not know the charset. */
static bool put_iconv(struct buffer *out, struct bytes raw, const char *name,
                      size_t *replaced)
{
    iconv_t converter = iconv_open("UTF-8", name);
    char *in = (char *)raw.data;
    size_t left = raw.len;

    if (converter == (iconv_t)-1)
        return false;
    while (left) {
        size_t room = left < 4096 ? 16384 : left * 2, before = room;
        char *to = (char *)buffer_reserve(out, room);
        size_t rc = iconv(converter, &in, &left, &to, &room);

        out->len += before - room;
        if (rc != (size_t)-1 || errno == E2BIG)
            continue;
        utf8_put(out, 0xfffd);
        ++*replaced;
        in++;
        left--;
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    iconv_close(converter);
    return true;
}

/* Valid sequences of two bytes and more against bytes that are none. */
static bool nearly_utf8(struct bytes raw)
{
    const uint8_t *at = raw.data, *end = at + raw.len;
    size_t good = 0, bad = 0;

    while (at < end) {
        if (*at < 0x80) {
            at++;
        } else if (utf8_next(&at, end) == 0xfffd) {
            bad++;
        } else {
            good++;
        }
    }
    return good > 4 * bad;
}

static size_t decode_as(struct buffer *out, struct bytes raw,
                        const char *name)
{
    size_t replaced = 0;

    if (strcasecmp(name, "windows-1252") == 0 ||
        !put_iconv(out, raw, name, &replaced))
        return put_windows_1252(out, raw);
    return replaced;
}

static bool has_mark(struct bytes raw, const char *mark, size_t len)
{
    return raw.len >= len && memcmp(raw.data, mark, len) == 0;
}

/* The charset that a byte order mark, or "<" with zeros around it, shows. */
static const char *marked(struct bytes *raw)
{
    static const struct { const char *mark; size_t len, skip;
                          const char *name; } marks[] = {
        { "\xef\xbb\xbf", 3, 3, "utf-8" },
        { "\xff\xfe\0\0", 4, 4, "utf-32le" },
        { "\0\0\xfe\xff", 4, 4, "utf-32be" },
        { "\xff\xfe", 2, 2, "utf-16le" },
        { "\xfe\xff", 2, 2, "utf-16be" },
        { "<\0?\0", 4, 0, "utf-16le" }, { "<\0!\0", 4, 0, "utf-16le" },
        { "\0<\0?", 4, 0, "utf-16be" }, { "\0<\0!", 4, 0, "utf-16be" },
        { "<\0h\0", 4, 0, "utf-16le" }, { "\0<\0h", 4, 0, "utf-16be" },
    };

    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
        if (has_mark(*raw, marks[i].mark, marks[i].len)) {
            *raw = bytes_part(*raw, marks[i].skip, raw->len - marks[i].skip);
            return marks[i].name;
        }
    return NULL;
}

static bool is_served(char label[LABEL_MAX], struct bytes served)
{
    if (served.len == 0 || served.len >= LABEL_MAX)
        return false;
    memcpy(label, served.data, served.len);
    label[served.len] = '\0';
    return charset_known(label);
}

static const char *charset_of(struct bytes *raw, enum charset_habit habit,
                              const char *said, struct bytes served,
                              char label[LABEL_MAX])
{
    const char *name = marked(raw);

    if (name)
        return name;
    if (said)
        return iconv_name(said);
    if (utf8_valid(*raw))
        return "utf-8";
    if (is_served(label, served))
        return iconv_name(label);
    if (habit == CHARSET_MARKUP &&
        (declared(label, *raw, "<meta", "charset") ||
         declared(label, *raw, "<?xml", "encoding")))
        return iconv_name(label);
    if (nearly_utf8(*raw))
        return "utf-8";
    return habit == CHARSET_MARKUP ? usual_of_language(*raw)
                                   : "windows-1252";
}

/* Whether one of eight bytes is below a blank; wrong only in finding too
 * many. */
static bool may_have_control(const uint8_t *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof(word));
    return (word - 0x2020202020202020u) & ~word & 0x8080808080808080u;
}

static void blank_controls(struct buffer *b, size_t from)
{
    for (size_t i = from; i < b->len; i++) {
        while (i + 8 < b->len && !may_have_control(b->data + i))
            i += 8;
        if (b->data[i] < ' ' && b->data[i] != '\n' && b->data[i] != '\t' &&
            b->data[i] != '\r')
            b->data[i] = ' ';
    }
}

size_t charset_decode(struct buffer *out, struct bytes raw,
                      enum charset_habit habit)
{
    return charset_decode_told(out, raw, habit, NULL, BYTES_NONE);
}

size_t charset_decode_as(struct buffer *out, struct bytes raw,
                         enum charset_habit habit, const char *charset)
{
    return charset_decode_told(out, raw, habit, charset, BYTES_NONE);
}

size_t charset_decode_told(struct buffer *out, struct bytes raw,
                           enum charset_habit habit, const char *said,
                           struct bytes served)
{
    char label[LABEL_MAX];
    const char *name = charset_of(&raw, habit, said, served, label);
    struct buffer wide = BUFFER_INIT;
    size_t start = out->len, replaced = 0;

    /* What iconv makes of UTF-16 may hold NUL. */
    if (strcasecmp(name, "utf-8") != 0) {
        replaced = decode_as(&wide, raw, name);
        raw = buffer_bytes(&wide);
    }
    replaced += utf8_repair(out, raw);
    buffer_release(&wide);
    if (habit == CHARSET_MARKUP)
        blank_controls(out, start);
    return replaced;
}

bool charset_known(const char *name)
{
    iconv_t converter = iconv_open("UTF-8", iconv_name(name));

    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return *name != '\0';
}
