/* naive.h -- a search engine without an index: what the real one must equal.
 *
 * Articles are kept as arrays of words, and every question is a loop over
 * all of them.  It shares with the engine the analysis of text, the parser
 * and the expression of bm25.h, and nothing else: no lexicon, no postings,
 * no positions, no pruning.
 */
#ifndef LEDE_NAIVE_H
#define LEDE_NAIVE_H

#include "common/article.h"
#include "searcher/search.h"

struct naive;

/* `title_weight` and `fallback_source` as the index is built with; both the
 * analyzer and the bytes of the source must stay. */
struct naive *naive_new(struct analyzer *analyzer, uint32_t title_weight,
                        struct bytes fallback_source);
void naive_free(struct naive *n);

/* Takes the next document of the snapshot; `live`: not deleted.  Its number
 * is the count of those before it.  The article may go afterwards. */
void naive_add(struct naive *n, const struct article *a, bool live);

/* What search() must answer; all of it is in `arena`.  `marks` is not
 * filled, and neither are `seconds` and `partial`. */
enum status naive_search(struct answer *out, struct naive *n,
                         const struct request *request, struct arena *arena,
                         struct error *err);

/* How many documents of number `doc`'s words there are: its length. */
uint32_t naive_length(const struct naive *n, uint32_t doc);

/* Words all over, for a test that builds queries from what there is: the
 * word with number `nth` (< naive_words), in the form of the lexicon. */
size_t naive_words(const struct naive *n);
struct bytes naive_word(const struct naive *n, size_t nth);

#endif
