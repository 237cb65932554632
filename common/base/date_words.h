/* date_words.h -- what the words inside dates mean, in the languages of the
 * news that we read: months, days of the week, zones, and fillers.
 */
#ifndef LEDE_BASE_DATE_WORDS_H
#define LEDE_BASE_DATE_WORDS_H

#include "common/base/bytes.h"

/* The month 1 to 12 that a word names, in full or, in en de fr es it pt nl
 * and ru, cut to three letters or more; 0 for none.  The word is in
 * lower case. */
int date_word_month(struct bytes word);

/* Whether it names a day of the week, in full or cut to two letters. */
bool date_word_weekday(struct bytes word);

/* Whether it says nothing: at, on, de, um, Uhr, ... */
bool date_word_filler(struct bytes word);

/* Minutes east of Greenwich of "utc", "est", "msk"; false for no zone.
 * `*summer` is set for the names that follow the clock of North America
 * ("et"), which is an hour further east in summer. */
bool date_word_zone(int *minutes, bool *summer, struct bytes word);

#endif
