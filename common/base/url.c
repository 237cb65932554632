/* url.c -- web addresses as far as telling articles apart needs them.
 *
 *   HTTPS://user@News.Example:443/a//b/?id=7&utm_source=x#top
 *   scheme        host        port path  query            fragment
 *   https://      news.example     /a//b/?id=7
 *
 * Nothing is decoded and re-encoded: only what everybody agrees does not
 * change which page is meant is taken away.
 */
#include "common/base/url.h"

#include <strings.h>

static const char *const tracking[] = {
    "utm_", "fbclid=", "gclid=", "dclid=", "msclkid=", "mc_cid=", "mc_eid=",
    "igshid=", "yclid=", "_ga=", "ref_src=", "cmpid=", "ns_campaign=",
    "ns_mchannel=", "ns_source=", "at_medium=", "at_campaign=", "wt_mc=",
    "xtor=", "ocid=", "smid=",
};

static bool has_prefix(struct bytes text, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len >= len &&
           strncasecmp((const char *)text.data, prefix, len) == 0;
}

static struct bytes skip(struct bytes text, size_t len)
{
    return bytes_part(text, len, text.len - len);
}

static struct bytes trim(struct bytes text)
{
    while (text.len && text.data[0] <= ' ')
        text = skip(text, 1);
    while (text.len && text.data[text.len - 1] <= ' ')
        text.len--;
    return text;
}

/* How far it is to the first byte of the set, or to the end. */
static size_t span_until(struct bytes text, const char *set)
{
    size_t len = 0;

    while (len < text.len && (!text.data[len] || !strchr(set, text.data[len])))
        len++;
    return len;
}

static bool has_control(struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] < ' ' || text.data[i] == 127)
            return true;
    return false;
}

static void put_lower(struct buffer *out, struct bytes text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.data[i];

        buffer_put_u8(out, c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
}

static void put_escaped(struct buffer *out, struct bytes text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.data[i] == ' ')
            buffer_put_str(out, "%20");
        else
            buffer_put_u8(out, text.data[i]);
}

static bool is_tracking(struct bytes parameter)
{
    for (size_t i = 0; i < sizeof(tracking) / sizeof(*tracking); i++)
        if (has_prefix(parameter, tracking[i]))
            return true;
    return false;
}

static void put_query(struct buffer *out, struct bytes query)
{
    char mark = '?';

    while (query.len) {
        size_t len = span_until(query, "&");
        struct bytes parameter = bytes_part(query, 0, len);

        if (len && !is_tracking(parameter)) {
            buffer_put_u8(out, (uint8_t)mark);
            put_escaped(out, parameter);
            mark = '&';
        }
        query = skip(query, len < query.len ? len + 1 : len);
    }
}

/* The host without user and default port; empty for none. */
static struct bytes authority(struct bytes whole, bool secure)
{
    const uint8_t *at = memrchr(whole.data, '@', whole.len);
    const char *port = secure ? ":443" : ":80";
    size_t len = strlen(port);

    if (at)
        whole = skip(whole, (size_t)(at - whole.data) + 1);
    if (whole.len > len &&
        memcmp(whole.data + whole.len - len, port, len) == 0)
        whole.len -= len;
    return whole;
}

bool url_canonical(struct buffer *out, struct bytes url)
{
    struct bytes rest = trim(url), host;
    bool secure = has_prefix(rest, "https://");
    size_t len;

    if ((!secure && !has_prefix(rest, "http://")) || has_control(rest))
        return false;
    rest = skip(rest, secure ? 8 : 7);
    len = span_until(rest, "/?#");
    host = authority(bytes_part(rest, 0, len), secure);
    if (host.len == 0 || span_until(host, " <>\"") < host.len)
        return false;
    rest = skip(rest, len);
    buffer_put_str(out, secure ? "https://" : "http://");
    put_lower(out, host);
    len = span_until(rest, "?#");
    put_escaped(out, len ? bytes_part(rest, 0, len) : bytes_str("/"));
    rest = skip(rest, len);
    if (rest.len && rest.data[0] == '?') {
        rest = skip(rest, 1);
        put_query(out, bytes_part(rest, 0, span_until(rest, "#")));
    }
    return true;
}

/* Behind "http://" or "https://"; none for other schemes. */
static struct bytes behind_scheme(struct bytes url)
{
    if (has_prefix(url, "https://"))
        return skip(url, 8);
    return has_prefix(url, "http://") ? skip(url, 7) : BYTES_NONE;
}

/* Of a canonical address, without port; empty when there is none. */
static struct bytes host_of(struct bytes url)
{
    struct bytes rest = behind_scheme(url);

    return bytes_part(rest, 0, span_until(rest, ":/?#"));
}

/* Appends the path of `base` up to its last slash and the reference behind
 * it, without the steps "." and "..". */
static void put_merged(struct buffer *out, struct bytes base_path,
                       struct bytes reference)
{
    size_t root = out->len, cut = span_until(base_path, "?#");

    while (cut && base_path.data[cut - 1] != '/')
        cut--;
    buffer_put_bytes(out, bytes_part(base_path, 0, cut));
    if (cut == 0)
        buffer_put_u8(out, '/');
    while (has_prefix(reference, "../") || has_prefix(reference, "./")) {
        bool up = reference.data[1] == '.';

        reference = skip(reference, up ? 3 : 2);
        if (up && out->len > root + 1)
            for (out->len--; out->data[out->len - 1] != '/';)
                out->len--;
    }
    buffer_put_bytes(out, reference);
}

void url_resolve(struct buffer *out, struct bytes base,
                 struct bytes reference)
{
    struct bytes host = host_of(base), path = url_path(base);
    size_t scheme = span_until(base, ":"), until_path;

    reference = trim(reference);
    if (host.len == 0 || span_until(reference, ":") < span_until(reference,
                                                                 "/?#")) {
        buffer_put_bytes(out, reference);
        return;
    }
    if (has_prefix(reference, "//")) {
        buffer_put_bytes(out, bytes_part(base, 0, scheme + 1));
        buffer_put_bytes(out, reference);
        return;
    }
    until_path = (size_t)(path.data - base.data);
    buffer_put_bytes(out, bytes_part(base, 0, until_path));
    if (has_prefix(reference, "/"))
        buffer_put_bytes(out, reference);
    else if (reference.len == 0 || has_prefix(reference, "?") ||
             has_prefix(reference, "#")) {
        buffer_put_bytes(out, bytes_part(path, 0, span_until(path, "?#")));
        buffer_put_bytes(out, reference);
    } else {
        put_merged(out, path, reference);
    }
}

struct bytes url_path(struct bytes url)
{
    struct bytes rest = behind_scheme(url);

    return rest.data ? skip(rest, span_until(rest, "/?#")) : BYTES_NONE;
}
