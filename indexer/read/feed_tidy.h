/* feed_tidy.h -- text of a feed made fit for a strict XML parser. */
#ifndef LEDE_READ_FEED_TIDY_H
#define LEDE_READ_FEED_TIDY_H

#include "common/base/buffer.h"
#include "common/base/error.h"

/* Appends the feed without what stands before its first element (blanks,
 * XML declaration, DOCTYPE), as many line ends in its place.  ERR_INPUT when
 * the DOCTYPE has an internal subset: entities of one's own are refused. */
enum status feed_behead(struct buffer *out, struct bytes text,
                        struct error *err);

/* Appends the text with "&" that begins no XML reference as "&amp;" and the
 * names that only HTML has (&nbsp;) as characters; CDATA and comments stay
 * as they are. */
void feed_repair(struct buffer *out, struct bytes text);

/* Appends the text up to its last whole entry and what closes it; false
 * when there is no whole entry. */
bool feed_cut(struct buffer *out, struct bytes text);

#endif
