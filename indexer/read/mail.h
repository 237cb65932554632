/* mail.h -- a message (RFC 5322, MIME) to an article; a page saved as MHTML
 * is one too. */
#ifndef LEDE_READ_MAIL_H
#define LEDE_READ_MAIL_H

#include "indexer/read/source_member.h"

/* Fills the article from the whole message.  ERR_INPUT, with the source's
 * path, where there is no text in it. */
enum status mail_article(struct article *a, struct source *s,
                         uint64_t offset, struct bytes raw,
                         struct arena *arena, struct error *err);

/* Decodes quoted-printable and base64 (RFC 2045, 6.7 and 6.8); what is
 * neither stays. */
void mime_decode(struct buffer *out, struct bytes text, struct bytes coding);

/* The text of a header: =?utf-8?B?...?= decoded (RFC 2047), one line. */
struct bytes mime_header(struct bytes value, struct arena *arena);

/* The next part of a multipart body; false: no more. */
bool mime_part(struct bytes *part, struct bytes *rest, struct bytes boundary);

#endif
