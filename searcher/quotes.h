/* quotes.h -- who said what: quotations found as articles are, with the
 * copies of one folded, and the forms of a speaker's name.
 */
#ifndef LEDE_QUOTES_H
#define LEDE_QUOTES_H

#include "common/article.h"
#include "common/index/manifest.h"
#include "searcher/search.h"

/* A quotation that matches. */
struct quote_match {
    uint32_t doc;               /* in the numbers of the quotes' snapshot */
    float score;
    int64_t date;
    uint64_t copies;            /* equal for copies */
    struct bytes speaker;       /* as the index has it, or empty */
    struct bytes person;        /* its key (person.h) */
    size_t statement;           /* of which it is a part */
};

/* A statement: copies of one quotation, and its other wordings. */
struct statement {
    struct quote_match *matches;        /* of the answer; the first published */
    size_t count;
    struct statement **wordings;        /* differing ones, shown under it */
    size_t wording_count;
    bool shown;                 /* false: it is the wording of another */
    float score;
    int64_t date;
    uint64_t rank;              /* of its speaker among the speakers */
};

/* Somebody who was asked for, and the names that were taken for it. */
struct asked_speaker {
    struct bytes asked;
    struct bytes *names;
    size_t count;
};

struct quotes_answer {
    struct query_parsed query;
    struct asked_speaker *speakers;
    size_t speaker_count;
    struct quote_match *matches;
    size_t match_count;
    struct statement *all;
    size_t all_count;
    struct statement **statements;      /* those that are shown, in order */
    size_t count;
    uint64_t articles;          /* that the matches are in */
    int64_t oldest, newest;     /* or DATE_UNDATED */
    bool partial;
    double seconds;
};

/* Who spoke, how often. */
struct spoken {
    struct bytes name;          /* the form that is met most */
    struct bytes person;
    uint64_t statements, sources;
    int64_t first, last;        /* or DATE_UNDATED */
};

/* Answers the request over snapshot->quotes; everything is in `arena`.
 * `newest`: by date unless the request says how to sort.  ERR_INPUT and
 * ERR_LIMIT for the query; damage gives what could be found, and
 * ERR_CORRUPT. */
enum status quotes_search(struct quotes_answer *out, struct snapshot *snapshot,
                          const struct request *request,
                          struct analyzer *analyzer, struct arena *arena,
                          struct error *err);

/* The speakers of an answer, those with the most statements first. */
struct spoken *quotes_speakers(const struct quotes_answer *answer,
                               struct snapshot *snapshot, size_t *count,
                               struct arena *arena);

/* The record of a quotation, and the article that it is of.  ERR_CORRUPT. */
enum status quotes_read(struct quotation_record *record,
                        struct article *article, struct snapshot *snapshot,
                        uint32_t doc, struct arena *arena, struct error *err);

/* The identity of a quotation: 16 hexadecimal digits and a NUL. */
enum { QUOTE_ID_LEN = 17 };
void quotes_id(char id[QUOTE_ID_LEN], struct snapshot *snapshot, uint32_t doc);

/* The quotation whose identity begins so; NO_DOC when there is none, or
 * more than one. */
uint32_t quotes_find(struct snapshot *snapshot, struct bytes id);

/* Whether the request is one for quotations: speaker: or the like is in it. */
bool quotes_asked(const struct request *request, struct analyzer *analyzer);

#endif
