/* escape.h -- foreign text made harmless for where it goes: a terminal, a
 * JSON string, a column of a TREC run.  Each place has this one function.
 *
 * Text may be any bytes.
 */
#ifndef LEDE_TEXT_ESCAPE_H
#define LEDE_TEXT_ESCAPE_H

#include "common/base/buffer.h"

/* Appends the text for a terminal, on one line: white space of C0 becomes a
 * blank; other C0, DEL, C1, U+2028, U+2029, the bidirectional controls and
 * U+FEFF become visible, as "\x1b" or "\u202e"; so do bytes that are no
 * UTF-8, as "\xff". */
void escape_terminal(struct buffer *b, struct bytes text);

/* Appends what stands between the quotes of a JSON string (RFC 8259 section
 * 7).  The characters that escape_terminal shows become \uXXXX too, so that
 * JSON on a terminal is harmless as well; what is no UTF-8 becomes U+FFFD. */
void escape_json(struct buffer *b, struct bytes text);

/* Appends the text as one column: white space of ASCII and Unicode, and
 * control characters, percent-encoded byte by byte ("a b" is "a%20b"); what
 * is no UTF-8 becomes U+FFFD; all else as it is. */
void escape_column(struct buffer *b, struct bytes text);

#endif
