/* columns.h -- text on a screen of cells: how wide it is, where a line of it
 * may end.
 */
#ifndef LEDE_PRESENT_COLUMNS_H
#define LEDE_PRESENT_COLUMNS_H

#include "common/base/bytes.h"

/* The cells that a code point takes: 0, 1 or 2 (UAX #11, as libunistring
 * has it); controls take none. */
unsigned columns_of_code(uint32_t code);

/* The cells that a text without controls takes. */
uint64_t columns_of(struct bytes text);

/* Sets breaks[i], one for each byte of `text`, where a line begins that is
 * to have at most `width` columns (UAX #14); a word that is longer stays
 * whole.  Width 0: nowhere.  Bytes of one character are never parted. */
void columns_break(bool *breaks, struct bytes text, unsigned width);

#endif
