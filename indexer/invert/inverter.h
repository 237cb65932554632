/* inverter.h -- articles' tokens to sorted runs on disk.
 *
 * Documents come in ascending order; of each one first the title's tokens,
 * then the others, then its metadata.  A document may end in another run
 * than it began.
 */
#ifndef LEDE_INVERT_INVERTER_H
#define LEDE_INVERT_INVERTER_H

#include "common/base/error.h"
#include "common/text/analyzer.h"

struct inverter;

/* Runs go to `dir`/tmp-`id`-N.run, N from 0.  `memory`: bytes, for all that
 * the inverter holds, while it writes a run too. */
struct inverter *inverter_new(const char *dir, uint64_t id, size_t memory);

/* Frees, and unlinks the runs. */
void inverter_free(struct inverter *inv);

/* Lowers or raises the cap; down to 1 MB. */
void inverter_cap(struct inverter *inv, size_t memory);

/* The next document.  `lang` stems its words; `lang_ordinal` stands for it:
 * equal for equal languages only. */
void inverter_begin(struct inverter *inv, uint32_t doc, struct lang lang,
                    uint32_t lang_ordinal);

/* The tokens of `text` that come next, at most INVERTER_AHEAD: what is known
 * of them is fetched, all at once. */
enum { INVERTER_AHEAD = 32 };
void inverter_expect(struct inverter *inv, struct bytes text,
                     const struct token *tokens, uint32_t count);

/* The next token of `text`, one that is expected.  True: it is a word and
 * got the next position; false: nothing was left of it. */
bool inverter_token(struct inverter *inv, struct bytes text,
                    const struct token *token);

/* What came so far is the document's title. */
void inverter_end_title(struct inverter *inv);

/* A metadata term, for enum meta_field; an empty value is none. */
void inverter_meta(struct inverter *inv, char field, struct bytes value);

/* Ends the document: ERR_IO when a run could not be written. */
enum status inverter_end(struct inverter *inv, struct error *err);

/* Writes what is left and frees the tables; only the runs remain.  ERR_IO. */
enum status inverter_finish(struct inverter *inv, struct error *err);

uint32_t inverter_run_count(const struct inverter *inv);

/* The path of a run; on the heap. */
char *inverter_run_path(const struct inverter *inv, uint32_t number);

#endif
