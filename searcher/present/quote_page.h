/* quote_page.h -- who said what, as bytes: for people, as JSON, as CSV.
 *
 * One header for the three members of the family, each in its own file.
 */
#ifndef LEDE_PRESENT_QUOTE_PAGE_H
#define LEDE_PRESENT_QUOTE_PAGE_H

#include "searcher/present/render.h"
#include "searcher/quotes.h"

/* A quotation with its article. */
struct shown_quote {
    const struct quotation_record *quote;
    const struct article *article;
    char id[QUOTE_ID_LEN];
    int64_t date;
};

/* A statement: the first published, the articles that have it too, and other
 * wordings. */
struct shown_statement {
    struct shown_quote first;
    const struct shown_quote *copies;   /* the next ones, as far as shown */
    size_t copy_count;
    size_t copies_all;                  /* articles, with the first */
    const struct shown_quote *wordings;
    size_t wording_count;
    bool new_speaker;                   /* another than the one before */
    struct bytes heading;               /* the name that its speaker's
                                           statements stand under, or empty */
};

struct quote_page {
    const struct render_options *options;
    const struct quotes_answer *answer;
    struct bytes query;                 /* as it was asked */
    struct buffer *out, *aside;
    size_t speaker_count;               /* of all speakers, where asked for */
};

struct quote_page_ops {
    void (*begin)(struct quote_page *p);
    void (*statement)(struct quote_page *p, const struct shown_statement *s);
    void (*speakers)(struct quote_page *p, const struct spoken *spoken,
                     size_t count);
    void (*end)(struct quote_page *p);
};

extern const struct quote_page_ops QUOTE_PAGE_TEXT, QUOTE_PAGE_JSON,
    QUOTE_PAGE_CSV;

const struct quote_page_ops *quote_page_ops_of(enum render_format format);

#endif
