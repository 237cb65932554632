/* xml.h -- XML of news, mended where it is broken, as a tree; elements by
 * their local names, because prefixes and namespaces are often missing. */
#ifndef LEDE_READ_XML_H
#define LEDE_READ_XML_H

#include <libxml/tree.h>

#include "common/article.h"
#include "common/base/error.h"

/* Parses valid UTF-8: no entity, no DTD and no file is ever loaded.  What is
 * not well-formed is mended in its text and tried again (`mended`).  NULL,
 * with the line and reason in err (ERR_INPUT, ERR_LIMIT), when it cannot be
 * read.  xmlFreeDoc it. */
xmlDoc *xml_read(struct bytes text, bool *mended, struct error *err);

/* Parses once, as it is: it must have no DOCTYPE.  NULL and `fault`. */
xmlDoc *xml_parse(struct bytes text, struct error *fault);

/* Whether it is an element of this local name, of any case. */
bool xml_is(const xmlNode *node, const char *name);

/* The first child of this name; NULL for none, and for a parent of NULL. */
const xmlNode *xml_child(const xmlNode *of, const char *name);

/* The child at the end of a path, "head/docdata/doc-id". */
const xmlNode *xml_at(const xmlNode *of, const char *path);

/* The next node inside `root` behind `at`, in document order; without the
 * insides of `at` if so.  NULL: no more. */
const xmlNode *xml_next(const xmlNode *root, const xmlNode *at,
                        bool without_inside);

/* The first element of this name inside `root`, or NULL. */
const xmlNode *xml_find(const xmlNode *root, const char *name);

/* An attribute by its local name; borrowed from the tree, or none. */
struct bytes xml_attribute(const xmlNode *node, const char *name);

/* All text inside, as it is; and as one squeezed line. */
struct bytes xml_content(const xmlNode *node, struct arena *arena);
struct bytes xml_line(const xmlNode *node, struct arena *arena);

/* Appends the text inside as paragraphs; elements named in `skip` (ended by
 * NULL) are left out. */
void xml_prose(struct buffer *out, const xmlNode *node,
               const char *const *skip);

#endif
