/* quote.h -- the characters that people put around a phrase. */
#ifndef LEDE_QUERY_QUOTE_H
#define LEDE_QUERY_QUOTE_H

#include "common/base/bytes.h"

/* How many bytes of `text` at `at` are a double quote, straight or
 * typographic; 0: none. */
uint32_t quote_at(struct bytes text, uint32_t at);

/* Where the quote that stands at `start` is closed; text.len: nowhere.  A
 * straight one is closed by a straight one, so that a phrase may hold others;
 * a typographic one by whatever the keyboard had. */
uint32_t quote_close(struct bytes text, uint32_t start);

#endif
