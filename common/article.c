/* article.c -- the article: its key, its hash, and its stored record.
 *
 * The record is one version byte and the fields in a fixed order, each a
 * varint or a varint length with bytes.  A later version may only add fields
 * at the end: an older reader ignores what stands behind those it knows.
 *
 *   +---+----+-----+-------+------+------+---+---------+--------+---------+
 *   | 1 | id | url | title | lead | body | n | authors | source | section |
 *   +---+----+-----+-------+------+------+---+---------+--------+---------+
 *         |
 *         +-- 05 "a-117"
 *
 *   then n, tags; captions; language; published, modified; where the first
 *   of these dates is from, a byte; version, flags; path, offset, record
 *
 * A date is its precision and, unless that is DATE_NONE, the zone and the
 * seconds as zigzag varints (0, -1, 1, -2 ... as 0, 1, 2, 3).
 */
#include "common/article.h"

#include <strings.h>
#include <xxhash.h>

#include "common/base/url.h"
#include "common/text/unicode.h"

enum { RECORD_VERSION = 1, ZONE_MOST = 16 * 60 };

void article_init(struct article *a)
{
    *a = (struct article){ .published = UNDATED, .modified = UNDATED };
}

/* --- Key ---------------------------------------------------------------- */

/* The names that newswires give; tag: and urn:uuid: are also what feeds make
 * up for pages that have an address too. */
static bool is_wire_id(struct bytes id, bool has_url)
{
    const char *text = (const char *)id.data;

    if (id.len < 5)
        return false;
    if (strncasecmp(text, "tag:", 4) == 0 ||
        (id.len >= 9 && strncasecmp(text, "urn:uuid:", 9) == 0))
        return !has_url;
    return strncasecmp(text, "urn:", 4) == 0;
}

static void put_pair(struct buffer *key, char kind, struct bytes house,
                     struct bytes id)
{
    buffer_put_u8(key, (uint8_t)kind);
    buffer_put_string(key, house);
    buffer_put_bytes(key, id);
}

static struct bytes place_of(const struct article *a)
{
    return a->place.len ? a->place : a->path;
}

void article_key(struct buffer *key, const struct article *a,
                 struct bytes fallback_source)
{
    size_t start = key->len;

    if (is_wire_id(a->id, a->url.len > 0)) {
        put_pair(key, 'g', BYTES_NONE, a->id);
        return;
    }
    buffer_put_u8(key, 'u');
    if (url_canonical(key, a->url))
        return;
    key->len = start;
    if (a->id.len) {
        struct bytes house = a->source.len ? a->source : fallback_source;

        if (house.len)
            put_pair(key, 's', house, a->id);
        else
            put_pair(key, 'f', place_of(a), a->id);
        return;
    }
    if (bytes_equal(a->path, bytes_str("-"))) {
        buffer_put_u8(key, 'c');
        buffer_put_varint(key, article_content_hash(a));
        return;
    }
    put_pair(key, 'r', place_of(a), BYTES_NONE);
    buffer_put_varint(key, a->record);
}

/* --- Packing ------------------------------------------------------------ */

static uint64_t zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1 ^ (value & 1 ? UINT64_MAX : 0));
}

static void put_list(struct buffer *b, const struct bytes_list *list)
{
    buffer_put_varint(b, list->count);
    for (size_t i = 0; i < list->count; i++)
        buffer_put_string(b, list->items[i]);
}

static void put_date(struct buffer *b, const struct date *date)
{
    buffer_put_u8(b, date->precision);
    if (date->precision == DATE_NONE)
        return;
    buffer_put_varint(b, zigzag(date->zone));
    buffer_put_varint(b, zigzag(date->seconds));
}

void article_pack(struct buffer *record, const struct article *a)
{
    buffer_put_u8(record, RECORD_VERSION);
    buffer_put_string(record, a->id);
    buffer_put_string(record, a->url);
    buffer_put_string(record, a->title);
    buffer_put_string(record, a->lead);
    buffer_put_string(record, a->body);
    put_list(record, &a->authors);
    buffer_put_string(record, a->source);
    buffer_put_string(record, a->section);
    put_list(record, &a->tags);
    buffer_put_string(record, a->captions);
    buffer_put_string(record, bytes_str(a->lang.code));
    put_date(record, &a->published);
    put_date(record, &a->modified);
    buffer_put_u8(record, (uint8_t)a->published_from);
    buffer_put_varint(record, a->version);
    buffer_put_varint(record, a->flags);
    buffer_put_string(record, a->path);
    buffer_put_varint(record, a->offset);
    buffer_put_varint(record, a->record);
}

/* A text of the record: what is not valid UTF-8 makes the scanner bad. */
static struct bytes take_text(struct scan *s)
{
    struct bytes text = scan_string(s);

    if (text.len && (memchr(text.data, 0, text.len) || !utf8_valid(text))) {
        s->bad = true;
        text.len = 0;
    }
    return text;
}

static struct bytes_list take_list(struct scan *s, struct arena *arena)
{
    struct bytes_list list = { NULL, 0 };
    uint64_t count = scan_varint(s);

    /* An item takes a byte at least: more than that is no count. */
    if (count > scan_left(s)) {
        s->bad = true;
        return list;
    }
    if (count == 0)
        return list;
    list.items = arena_calloc(arena, (size_t)count, sizeof(*list.items));
    for (list.count = 0; list.count < count && !s->bad; list.count++)
        list.items[list.count] = take_text(s);
    return list;
}

static struct lang take_lang(struct scan *s)
{
    struct bytes code = take_text(s);
    struct lang lang = LANG_NONE;

    if (code.len >= sizeof(lang.code))
        s->bad = true;
    else if (code.len)
        memcpy(lang.code, code.data, code.len);
    return lang;
}

static struct date take_date(struct scan *s)
{
    struct date date = UNDATED;
    int64_t zone;

    date.precision = scan_u8(s);
    if (date.precision == DATE_NONE)
        return date;
    zone = unzigzag(scan_varint(s));
    date.seconds = unzigzag(scan_varint(s));
    if (date.precision > DATE_TIME || zone < -ZONE_MOST || zone > ZONE_MOST ||
        date.seconds < date_of_civil(1399, 12, 31) ||
        date.seconds > date_of_civil(2200, 1, 2))
        s->bad = true;
    date.zone = s->bad ? 0 : (int16_t)zone;
    return date;
}

static void take_fields(struct article *a, struct scan *s,
                        struct arena *arena)
{
    a->id = take_text(s);
    a->url = take_text(s);
    a->title = take_text(s);
    a->lead = take_text(s);
    a->body = take_text(s);
    a->authors = take_list(s, arena);
    a->source = take_text(s);
    a->section = take_text(s);
    a->tags = take_list(s, arena);
    a->captions = take_text(s);
    a->lang = take_lang(s);
    a->published = take_date(s);
    a->modified = take_date(s);
    a->published_from = scan_u8(s);
    a->version = scan_varint(s);
    a->flags = scan_varint32(s);
    a->path = scan_string(s);           /* names of files are any bytes */
    a->offset = scan_varint(s);
    a->record = scan_varint(s);
    if (a->published_from > DATE_FROM_FILE)
        s->bad = true;
}

enum status article_unpack(struct article *a, struct bytes record,
                           struct arena *arena, struct error *err)
{
    struct scan s = scan_of(record);
    uint8_t version = scan_u8(&s);

    article_init(a);
    if (record.len && version < RECORD_VERSION)
        return error_set(err, ERR_CORRUPT,
                         "article record: version %u, expected %u or later",
                         version, RECORD_VERSION);
    take_fields(a, &s, arena);
    if (!s.bad)
        return OK;
    article_init(a);
    return error_set(err, ERR_CORRUPT,
                     "article record of %zu bytes: a field is cut or wrong",
                     record.len);
}

uint64_t article_content_hash(const struct article *a)
{
    struct article seen = *a;
    struct buffer record = BUFFER_INIT;
    uint64_t hash;

    seen.path = BYTES_NONE;
    seen.offset = seen.record = 0;
    article_pack(&record, &seen);
    hash = XXH3_64bits(record.data, record.len);
    buffer_release(&record);
    return hash;
}

const char *date_from_name(enum date_from from)
{
    static const char *const names[] = { "none", "page", "feed", "record",
                                         "url", "warc", "file" };

    return (size_t)from < sizeof(names) / sizeof(*names) ? names[from]
                                                         : "none";
}
