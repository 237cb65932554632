/* quotes.h -- who said what: quotations found as articles are, with the
 * copies of one folded, and the forms of a speaker's name.
 */
#ifndef LEDE_QUOTES_H
#define LEDE_QUOTES_H

#include "common/article.h"
#include "common/index/manifest.h"
#include "searcher/corrections.h"
#include "searcher/search.h"

struct person_name;

/* The quotations of an index, and what was said of them by hand. */
struct quotes {
    struct snapshot *snapshot;  /* with its quotes open */
    struct people people;
    struct corrections corrected;
    struct arena arena;
};

/* Borrows the snapshot.  ERR_CORRUPT: what was said by hand is damaged. */
enum status quotes_open(struct quotes *q, struct snapshot *snapshot,
                        struct error *err);
void quotes_close(struct quotes *q);

/* A quotation that matches. */
struct quote_match {
    uint32_t doc;               /* in the numbers of the quotes' snapshot */
    float score;
    int64_t date;
    uint64_t copies;            /* equal for copies */
    uint64_t version;           /* with the sketch (quotation.h) */
    struct person_name *name;   /* of the speaker, or NULL */
    struct bytes person;        /* who it is (persons.h), or empty */
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

/* An outlet, and how many statements are there. */
struct spoken_source {
    struct bytes name;          /* or empty */
    uint64_t statements;
};

/* Who spoke, how often. */
struct spoken {
    struct bytes name;          /* the form that is met most */
    struct bytes person;
    uint64_t statements;
    struct spoken_source *sources;      /* those with the most first */
    size_t source_count;
    int64_t first, last;        /* or DATE_UNDATED */
};

/* Answers the request; everything is in `arena`.  ERR_INPUT and ERR_LIMIT for
 * the query; damage gives what could be found, and ERR_CORRUPT. */
enum status quotes_search(struct quotes_answer *out, struct quotes *quotes,
                          const struct request *request,
                          struct analyzer *analyzer, struct arena *arena,
                          struct error *err);

/* The speakers of an answer, those with the most statements first. */
struct spoken *quotes_speakers(const struct quotes_answer *answer,
                               struct snapshot *snapshot, size_t *count,
                               struct arena *arena);

/* The record of a quotation, as it was corrected, and the article that it is
 * of unless that is NULL.  ERR_CORRUPT. */
enum status quotes_read(struct quotation_record *record,
                        struct article *article, struct quotes *quotes,
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
