/* url.h -- web addresses as far as telling articles apart needs them. */
#ifndef LEDE_BASE_URL_H
#define LEDE_BASE_URL_H

#include "common/base/buffer.h"

/* Appends the canonical form of an absolute http or https address: scheme
 * and host in lower case, without user, fragment, default port and tracking
 * parameters (utm_*, fbclid and the like); an empty path is "/"; a trailing
 * slash stays.  Doing it twice changes nothing.  False, and nothing
 * appended, for what is no such address or holds control characters. */
bool url_canonical(struct buffer *out, struct bytes url);

/* Appends `reference` as seen from the page at `base` (RFC 3986, 5.2), not
 * yet canonical.  An empty base leaves it as it is. */
void url_resolve(struct buffer *out, struct bytes base,
                 struct bytes reference);

/* What stands behind the host and port: "/path?query". */
struct bytes url_path(struct bytes url);

#endif
