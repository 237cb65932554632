/* sgml.h -- a record of old SGML collections (TREC, Reuters-21578), as tags
 * in a text: it is no XML, and no parser of XML must see it. */
#ifndef LEDE_READ_SGML_H
#define LEDE_READ_SGML_H

#include "common/article.h"
#include "common/base/error.h"

/* The next <tag>..</tag> of a record at or behind *from, of any case, and
 * its attributes; *from moves behind it.  Without an end it goes to the next
 * line that begins with a tag.  False: no more. */
bool sgml_field(struct bytes *inside, struct bytes *attributes,
                struct bytes record, const char *tag, size_t *from);

/* The first field of any of these names (ended by NULL), as one line. */
struct bytes sgml_line(struct bytes record, const char *const *tags,
                       struct arena *arena);

/* The value of an attribute, quoted or not. */
struct bytes sgml_attribute(struct bytes attributes, const char *name);

/* Appends the record with the entities of these collections that HTML does
 * not have ("&hyph;", "&blank;", "&AMP;") as text or as HTML's. */
void sgml_entities(struct buffer *out, struct bytes record);

/* The text with its dateline before its first paragraph. */
struct bytes sgml_join(struct bytes dateline, struct bytes body,
                       struct arena *arena);

/* Appends the text of a field as paragraphs: <P>, blank lines, and lines that
 * are set in begin one. */
void sgml_prose(struct buffer *out, struct bytes text);

/* Each fills the article from a record, decoded.  ERR_INPUT, without a place,
 * where there is neither title nor body. */
enum status trec_article(struct article *a, struct bytes record,
                         struct arena *arena, struct error *err);
enum status reuters_article(struct article *a, struct bytes record,
                            struct arena *arena, struct error *err);

#endif
