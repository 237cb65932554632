/* date.h -- every date spelling of news to seconds and back. */
#ifndef LEDE_BASE_DATE_H
#define LEDE_BASE_DATE_H

#include "common/base/buffer.h"
#include "common/base/error.h"

/* How much of a date was written. */
enum date_precision { DATE_NONE, DATE_YEAR, DATE_MONTH, DATE_DAY, DATE_TIME };

/* A point in time as somebody wrote it.  `seconds` counts from 1970 in UTC,
 * for the start of the year, month or day where no time is known; `zone` is
 * what was written, in minutes east of Greenwich.  Precision DATE_NONE:
 * undated, and seconds is DATE_UNDATED. */
struct date {
    int64_t seconds;
    int16_t zone;
    uint8_t precision;
    bool unzoned;               /* a time was written, and no zone */
};

#define DATE_UNDATED INT64_MIN
#define UNDATED ((struct date){ DATE_UNDATED, 0, DATE_NONE, false })

/* Reads one date that fills the text: ISO 8601, RFC 3339, RFC 822 and 2822,
 * and what bylines say, in the languages of the news that we read ("12
 * November 2023", "Nov. 12, 2023 11:52 a.m. EST", "12. November 2023",
 * "12 novembre 2023 a 12h52", "20231112T115215Z").  Without a zone the time
 * is UTC plus `zone` minutes.  False when it is no date, or one that cannot
 * be (31 February) or outside the years 1400 to 2199. */
bool date_parse(struct date *out, struct bytes text, int zone);

/* Seconds of the start of a civil day (proleptic Gregorian), UTC. */
int64_t date_of_civil(int year, int month, int day);
void date_to_civil(int64_t seconds, int *year, int *month, int *day);

/* Appends RFC 3339 with the zone as written, whole seconds
 * ("2023-11-12T11:52:15Z"); the date alone where no time is known; nothing
 * when undated. */
void date_put(struct buffer *b, const struct date *date);

/* A stretch of time, `from` inclusive, `to` exclusive; UTC. */
struct date_range {
    int64_t from, to;
};

/* What the query language writes: "2023", "2023-11", "2023-11-12",
 * "2023-11..2024-02", "..2022", "2023-11..".  ERR_INPUT says which word is
 * no date. */
enum status date_range_parse(struct date_range *out, struct bytes text,
                             struct error *err);

#endif
