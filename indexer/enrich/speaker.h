/* speaker.h -- who the speakers of an article are, by their full names. */
#ifndef LEDE_ENRICH_SPEAKER_H
#define LEDE_ENRICH_SPEAKER_H

#include "common/base/arena.h"
#include "indexer/enrich/quote_draft.h"
#include "indexer/enrich/quote_text.h"

/* A name where it stands. */
struct mention {
    struct bytes name;          /* without titles and 's */
    struct bytes role;          /* the titles before it, or behind a comma */
    uint64_t at;                /* where: the field, then the byte */
    uint64_t key, form, first;  /* hashes: last word, all, first word */
    uint64_t head;              /* hash of the last word of the role */
    uint32_t gender;            /* QW_HE, QW_SHE or 0 */
    uint8_t words;
    bool known;                 /* begins with a known first name */
    bool subject, quoted, owner, organisation;
};

struct speakers {
    struct mention *items;
    size_t count, room;
};

#define SPEAKERS_INIT { NULL, 0, 0 }

void speakers_release(struct speakers *s);

/* Notes the names of a paragraph of the field. */
void speakers_read(struct speakers *s, const struct quote_text *t,
                   enum quotation_where where);

/* Gives the drafts, which are of `fields` (by enum quotation_where), their
 * names and roles, and lowers their confidence by how sure those are. */
void speakers_resolve(struct speakers *s, struct quote_drafts *drafts,
                      const struct quote_words *words,
                      const struct bytes *fields, struct arena *arena);

#endif
