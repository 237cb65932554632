/* article.h -- the noun of both programs: an article, and its stored record.
 *
 * A source fills it, enrich adds to it, the index keeps its record, and the
 * searcher reads the record back to show it.
 */
#ifndef LEDE_ARTICLE_H
#define LEDE_ARTICLE_H

#include "common/base/arena.h"
#include "common/base/date.h"
#include "common/quotation.h"
#include "common/text/analyzer.h"

/* Where a date came from. */
enum date_from {
    DATE_FROM_NONE, DATE_FROM_PAGE, DATE_FROM_FEED, DATE_FROM_RECORD,
    DATE_FROM_URL, DATE_FROM_WARC, DATE_FROM_FILE
};

enum article_flag {
    ARTICLE_DEGRADED  = 1,      /* text is there, but something was lost */
    ARTICLE_PAYWALL   = 2,      /* the page says that it is not free */
    ARTICLE_LIVE      = 4,      /* a page that grows with its event */
    ARTICLE_TEASER    = 8,      /* a feed gave its beginning only */
    ARTICLE_WITHDRAWN = 16,     /* its wire has cancelled it: it goes */
};

struct bytes_list {
    struct bytes *items;
    size_t count;
};

/* All text is valid UTF-8 without NUL and borrowed, as a rule from the arena
 * that source_next was given; what is not known is empty. */
struct article {
    struct bytes id;            /* as the record or feed gives it */
    struct bytes url;           /* canonical, absolute http(s), or empty */
    struct bytes title;
    struct bytes lead;          /* standfirst */
    struct bytes body;          /* paragraphs, a blank line between them */
    struct bytes_list authors;
    struct bytes source;        /* the outlet */
    struct bytes section;
    struct bytes_list tags;
    struct bytes captions;      /* of pictures; one a line */
    struct lang lang;           /* declared, later detected */
    struct date published, modified;
    enum date_from published_from;
    uint64_t version;           /* of a newswire item; 0 when unknown */
    uint32_t flags;             /* enum article_flag */
    struct quotations quotes;   /* of the lead and the body */
    struct bytes path;          /* the file as it was given, or "-" */
    struct bytes place;         /* its path from the root; empty for "-".
                                   Only for the key, and not stored */
    uint64_t offset;            /* byte of the record in that file, unpacked */
    uint64_t record;            /* its number there, from 0 */
};

void article_init(struct article *a);

/* Appends the key that says which article this is (not which version): a
 * newswire guid or urn, else the canonical URL, else (source, id) with the
 * record's own source, else `fallback_source`, else its place; else (place,
 * record number), and for standard input, which has none, the content.  Two
 * readings are one article when their keys are equal. */
void article_key(struct buffer *key, const struct article *a,
                 struct bytes fallback_source);

/* A hash of everything a reader would see: equal content is "unchanged".
 * Where it was read from (path, offset, record) does not count. */
uint64_t article_content_hash(const struct article *a);

/* The record that the index stores.  Reading it back borrows from `record`
 * (the lists are in the arena); ERR_CORRUPT when it cannot be. */
void article_pack(struct buffer *record, const struct article *a);
enum status article_unpack(struct article *a, struct bytes record,
                           struct arena *arena, struct error *err);

/* "page", "feed" and so on; "none". */
const char *date_from_name(enum date_from from);

#endif
