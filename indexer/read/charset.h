/* charset.h -- bytes of the web to valid UTF-8. */
#ifndef LEDE_READ_CHARSET_H
#define LEDE_READ_CHARSET_H

#include "common/base/buffer.h"

/* Where the bytes may say what they are: a page or feed declares its
 * charset near its start, a text does not. */
enum charset_habit { CHARSET_PLAIN, CHARSET_MARKUP };

/* Appends `raw` as valid UTF-8 without NUL and without byte order mark.  In
 * order: byte order mark; valid UTF-8; the declaration; UTF-8 with a few bad
 * bytes; the usual charset of the declared language; windows-1252.  Control
 * characters of markup become blanks.  Returns how many characters had to be
 * replaced by U+FFFD. */
size_t charset_decode(struct buffer *out, struct bytes raw,
                      enum charset_habit habit);

/* The same where somebody has said the charset, which only a byte order mark
 * outdoes; NULL: nobody has. */
size_t charset_decode_as(struct buffer *out, struct bytes raw,
                         enum charset_habit habit, const char *charset);

/* Whether there is a charset of this name. */
bool charset_known(const char *name);

/* The same where a server may have named the charset too, which is stronger
 * than a declaration and weaker than valid UTF-8; or `served` is empty. */
size_t charset_decode_told(struct buffer *out, struct bytes raw,
                           enum charset_habit habit, const char *said,
                           struct bytes served);

#endif
