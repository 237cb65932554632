/* wikitext.h -- the markup of MediaWiki to running text. */
#ifndef LEDE_READ_WIKITEXT_H
#define LEDE_READ_WIKITEXT_H

#include "common/article.h"

/* Appends the text as paragraphs: links as what they show, headings and
 * lists as paragraphs; templates, tables, references, pictures and categories
 * left out.  `names` are the site's words for File, Image and Category, ended
 * by an empty one; English ones are known.  What is not balanced ends at a
 * blank line. */
void wikitext_prose(struct buffer *out, struct bytes text,
                    const struct bytes *names);

/* The argument of the first {{date|..}}, as Wikinews has it; or none. */
struct bytes wikitext_date(struct bytes text);

#endif
