/* source_mail.c -- one message, or one page saved as MHTML: one article. */
#include "indexer/read/mail.h"

static enum status mail_next(struct source *s, struct article *out,
                             struct arena *arena, struct error *err)
{
    enum status rc;

    s->done = true;
    rc = source_fill_all(s, err);
    if (rc != OK)
        return rc;
    source_stamp(s, out);
    return mail_article(out, s, 0, buffer_bytes(&s->ahead), arena, err);
}

const struct source_ops source_mail = { "mail", mail_next, NULL };
