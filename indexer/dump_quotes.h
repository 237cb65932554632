/* dump_quotes.h -- what an article quotes, as one JSON object on one line:
 * what `lede-index add --dry-run --dump quotes` prints.
 */
#ifndef LEDE_DUMP_QUOTES_H
#define LEDE_DUMP_QUOTES_H

#include <stdio.h>

#include "common/article.h"

/* Fields: file, offset, id, and quotes, a list of: start, end (bytes of the
 * field that `where` names: lead, body), text, kind (direct, mixed,
 * reported), denied, cue, speaker (as written; null when nobody is named)
 * with speaker_start and speaker_end, speaker_name (in full), speaker_role,
 * confidence (0 to 1 that the speaker is right). */
void dump_quotes(FILE *to, const struct article *a);

#endif
