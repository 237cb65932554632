/* wire.h -- one item of a newswire, as a tree, to an article. */
#ifndef LEDE_READ_WIRE_H
#define LEDE_READ_WIRE_H

#include "indexer/read/xml.h"

/* Each fills the fields that the item has, and says in err (ERR_INPUT,
 * without a place) why it is no article: a picture, a package, a plan.
 * An item that was cancelled or withheld is ARTICLE_WITHDRAWN. */
enum status nitf_article(struct article *a, const xmlNode *nitf,
                         struct arena *arena, struct error *err);
enum status newsml_g2_article(struct article *a, const xmlNode *item,
                              struct arena *arena, struct error *err);
enum status newsml_1_article(struct article *a, const xmlNode *item,
                             struct arena *arena, struct error *err);

/* --- What the three share --- */

/* NITF's body alone, for the items that carry it. */
void nitf_body(struct article *a, const xmlNode *nitf, struct arena *arena);

/* The first of the texts that is a date; in UTC where none has a zone. */
void wire_date(struct date *date, struct bytes text);

/* "usable", "stat:canceled", "Withheld"; one that is not known is usable. */
bool wire_withdrawn(struct bytes status);

/* What is inside as paragraphs: elements, or HTML that was escaped. */
struct bytes wire_text(const xmlNode *node, struct arena *arena);

/* Whether it must not be shown before a moment that is still to come. */
bool wire_embargoed(struct bytes until);

/* Leaves out of the authors what is none: the house, its desks ("Example Wire
 * Sports Editor"), initials ("gr/bp") and dates. */
void wire_authors(struct article *a, struct arena *arena);

/* A whole number; 0 for anything else. */
uint64_t wire_number(struct bytes text);

/* A canonical address, or none. */
struct bytes wire_address(struct bytes text, struct arena *arena);

#endif
