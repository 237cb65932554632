/* prose.h -- running text: white space, paragraphs, character references. */
#ifndef LEDE_READ_PROSE_H
#define LEDE_READ_PROSE_H

#include "common/article.h"

/* Appends valid UTF-8 with every run of white space (no-break, narrow and
 * ideographic blanks too) as one blank, none at the ends, and without
 * control, zero-width and byte-order characters. */
void prose_squeeze(struct buffer *out, struct bytes text);

/* The squeezed text, in the arena. */
struct bytes prose_keep(struct arena *arena, struct bytes text);

/* Appends a squeezed paragraph, behind a blank line where there is one
 * already; nothing for an empty one. */
void prose_paragraph(struct buffer *out, struct bytes text);

/* Appends the text with HTML's character references (&amp; &nbsp; &#8217;
 * &#x27;) decoded; what is none stays.  &#128; to &#159; are windows-1252. */
void prose_unescape(struct buffer *out, struct bytes text);

/* Adds one more string to a list in the arena, unless it is empty, is there
 * already, or the list has 256. */
void list_add(struct bytes_list *list, struct arena *arena,
              struct bytes item);

/* Cuts the first of "A, B and C" off `names`; false: there is no more.  A
 * name may be empty or have blanks around it. */
bool prose_next_name(struct bytes *name, struct bytes *names);

/* Adds the names of "By A and B" to the authors. */
void prose_byline(struct bytes_list *authors, struct bytes line,
                  struct arena *arena);

/* Appends HTML as paragraphs by a linear scan without a tree: tags dropped,
 * block tags as paragraph breaks, scripts and styles left out.  For what is
 * too hostile for a parser, and for the snippets inside feeds. */
void prose_strip_tags(struct buffer *out, struct bytes html);

#endif
