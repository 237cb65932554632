/* text_head.h -- title, date, source and authors from the lines above a
 * plain text.
 */
#ifndef LEDE_READ_TEXT_HEAD_H
#define LEDE_READ_TEXT_HEAD_H

#include "common/article.h"
#include "indexer/read/text_label.h"
#include "indexer/read/text_lines.h"

/* Fills what the head says and moves lines->at behind it. */
void text_head_take(struct article *a, struct text_lines *lines,
                    struct arena *arena);

#endif
