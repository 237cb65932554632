/* person.h -- one person under the many spellings of a name.
 *
 * A name's key is its words in Latin letters without what spellings differ
 * in: Lavrov, Lawrow, Lavroff and the Russian spelling have the key "lavrov".
 */
#ifndef LEDE_PERSON_H
#define LEDE_PERSON_H

#include "common/base/buffer.h"

/* Appends the key: words with a blank between them; nothing where there is
 * no letter. */
void person_key(struct buffer *key, struct bytes name);

/* Whether somebody asked for may be somebody named, by their keys: the last
 * words are equal, and the first ones, where both have one, are equal, or one
 * begins the other. */
bool person_fits(struct bytes asked, struct bytes named);

#endif
