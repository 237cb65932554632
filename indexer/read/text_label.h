/* text_label.h -- "Key: value" lines, as heads of plain texts have them. */
#ifndef LEDE_READ_TEXT_LABEL_H
#define LEDE_READ_TEXT_LABEL_H

#include "common/base/bytes.h"

enum label {
    LABEL_NONE, LABEL_TITLE, LABEL_DATE, LABEL_MODIFIED, LABEL_SOURCE,
    LABEL_AUTHOR, LABEL_URL, LABEL_LANG, LABEL_SECTION, LABEL_TAGS,
    LABEL_ID, LABEL_LEAD,
    LABEL_DIGEST                /* a summary by somebody else: not kept */
};

/* Which key the line begins with; the value may be empty. */
enum label text_label(struct bytes *value, struct bytes line);

#endif
