/* date.c -- the calendar, dates as text, and stretches of time.
 *
 * Days are counted by Howard Hinnant's algorithms, without a table and
 * without the system's time zone.  A stretch ends behind the last second of
 * what its end names:
 *
 *   2023-11..2024-02   ->   [2023-11-01 00:00, 2024-03-01 00:00)
 */
#include "common/base/date.h"

#include <stdlib.h>

/* Days from civil, after Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms" (2013): years begin in March, eras have 400 years. */
int64_t date_of_civil(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

    of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return (era * 146097 + of_era - 719468) * 86400;
}

static int64_t floor_days(int64_t seconds)
{
    return (seconds >= 0 ? seconds : seconds - 86399) / 86400;
}

void date_to_civil(int64_t seconds, int *year, int *month, int *day)
{
    int64_t z = floor_days(seconds) + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int64_t mp = (5 * doy + 2) / 153;

    *day = (int)(doy - (153 * mp + 2) / 5 + 1);
    *month = (int)(mp < 10 ? mp + 3 : mp - 9);
    *year = (int)(yoe + era * 400 + (*month <= 2));
}

void date_put(struct buffer *b, const struct date *date)
{
    int64_t local = date->seconds + date->zone * 60, clock;
    int year, month, day, zone = abs(date->zone);

    if (date->precision == DATE_NONE)
        return;
    date_to_civil(local, &year, &month, &day);
    buffer_printf(b, "%04d", year);
    if (date->precision >= DATE_MONTH)
        buffer_printf(b, "-%02d", month);
    if (date->precision >= DATE_DAY)
        buffer_printf(b, "-%02d", day);
    if (date->precision < DATE_TIME)
        return;
    clock = local - floor_days(local) * 86400;
    buffer_printf(b, "T%02d:%02d:%02d", (int)(clock / 3600),
                  (int)(clock / 60 % 60), (int)(clock % 60));
    if (zone)
        buffer_printf(b, "%c%02d:%02d", date->zone < 0 ? '-' : '+', zone / 60,
                      zone % 60);
    else
        buffer_put_str(b, "Z");
}

/* The first second behind what was written. */
static int64_t date_end(const struct date *date)
{
    int year, month, day;

    date_to_civil(date->seconds, &year, &month, &day);
    if (date->precision == DATE_TIME)
        return date->seconds + 1;
    if (date->precision == DATE_DAY)
        return date->seconds + 86400;
    if (date->precision == DATE_YEAR)
        return date_of_civil(year + 1, 1, 1);
    return month == 12 ? date_of_civil(year + 1, 1, 1)
                       : date_of_civil(year, month + 1, 1);
}

/* "2023-11-" was not written to its end. */
static bool is_finished(struct bytes word)
{
    return word.len && !strchr("-/.:,", word.data[word.len - 1]);
}

static enum status range_word(struct date *out, struct bytes word,
                              struct error *err)
{
    if (is_finished(word) && date_parse(out, word, 0))
        return OK;
    return error_set(err, ERR_INPUT, "\"%.*s\" is no date; write 2023, "
                     "2023-11, 2023-11-12 or 2023-11..2024-02",
                     (int)(word.len < 80 ? word.len : 80),
                     (const char *)word.data);
}

enum status date_range_parse(struct date_range *out, struct bytes text,
                             struct error *err)
{
    const uint8_t *dots = memmem(text.data, text.len, "..", 2);
    size_t first = dots ? (size_t)(dots - text.data) : text.len;
    struct bytes from = bytes_part(text, 0, first), to = from;
    struct date date;

    *out = (struct date_range){ DATE_UNDATED + 1, INT64_MAX };
    if (dots)
        to = bytes_part(text, first + 2, text.len - first - 2);
    if (from.len == 0 && to.len == 0)
        return range_word(&date, text, err);
    if (from.len) {
        if (range_word(&date, from, err) != OK)
            return ERR_INPUT;
        out->from = date.seconds;
    }
    if (to.len) {
        if (range_word(&date, to, err) != OK)
            return ERR_INPUT;
        out->to = date_end(&date);
    }
    if (out->from >= out->to)
        return error_set(err, ERR_INPUT, "\"%.*s\" ends before it begins",
                         (int)(text.len < 80 ? text.len : 80),
                         (const char *)text.data);
    return OK;
}
