/* snippet.h -- the passage of an article that shows why it was found, and
 * which bytes of it were asked for.
 *
 * The stored text goes through the tokenizer and analyzer that indexed it,
 * so what is marked is what matched.
 */
#ifndef LEDE_PRESENT_SNIPPET_H
#define LEDE_PRESENT_SNIPPET_H

#include "common/article.h"
#include "searcher/search.h"

/* Bytes [start, end) of a snippet's text; whole characters. */
struct snippet_mark {
    uint32_t start, end;
};

/* A piece of text with its marks, in order, apart from each other. */
struct snippet {
    struct bytes text;
    struct snippet_mark *marks;
    size_t count;
};

/* What snippets are made with. */
struct snippet_maker {
    const struct marks *marks;
    struct analyzer *analyzer;
    struct arena *arena;
    unsigned columns;           /* of a passage, about */
};

enum { SNIPPET_COLUMNS = 240 };

/* The whole text as it is (a title), marked; the text stays borrowed. */
struct snippet snippet_whole(const struct snippet_maker *maker,
                             struct bytes text, struct lang lang);

/* The best passages of lead and body, the best one first, at most `want`
 * into out[]; returns how many.  A passage that covers more different stems
 * is better, then one with more marks, where the beginning of a sentence is
 * worth some; then the earlier one.  None overlap, and a stem that an earlier
 * passage has covered counts no more.  Where nothing is marked, the one
 * passage is the beginning.  Runs of white space are one blank, an
 * ellipsis stands where a sentence is cut.  Takes time linear in the text,
 * for each passage. */
size_t snippets_take(struct snippet *out, size_t want,
                     const struct snippet_maker *maker,
                     const struct article *article);

#endif
