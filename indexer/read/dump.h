/* dump.h -- an article as it was read, as one JSON object on one line: what
 * `lede-index add --dry-run --dump jsonl` prints.
 */
#ifndef LEDE_READ_DUMP_H
#define LEDE_READ_DUMP_H

#include <stdio.h>

#include "common/article.h"

/* Fields: file, offset, id, url, title, lead (or null), body, authors, date
 * (RFC 3339 or null), date_from, modified, source, section, tags, lang,
 * captions, flags.  What is not known is null, or an empty list. */
void dump_article(FILE *to, const struct article *a);

#endif
