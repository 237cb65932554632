/* meta.h -- how a metadata value (source, author, language, section, tag)
 * stands in the lexicon: exact but for case, accents, and surrounding or
 * repeated white space.  Indexer and query go through the same code.
 */
#ifndef LEDE_TEXT_META_H
#define LEDE_TEXT_META_H

#include "common/base/buffer.h"

/* Appends the key: the byte 01, the field's letter (enum meta_field of the
 * index), and the value in NFC, lower case, folded, its runs of white space
 * one blank; cut at a character to 900 bytes.  Nothing is appended where no
 * character is left. */
void meta_key(struct buffer *key, char field, struct bytes value);

#endif
