/* moment.c -- a date as people read it: day, month by name, year, time. */
#include "searcher/present/moment.h"

#include <time.h>

static const char *month_name(int month)
{
    static const char names[12][4] = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun",
        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    return names[(month + 11) % 12];
}

static struct tm clock_of(int64_t seconds, bool utc)
{
    time_t time = (time_t)seconds;
    struct tm clock = { 0 };

    if (utc)
        gmtime_r(&time, &clock);
    else
        localtime_r(&time, &clock);
    return clock;
}

void moment_put(struct buffer *b, const struct date *date, bool utc)
{
    int year, month, day;

    if (date->precision == DATE_NONE) {
        buffer_put_str(b, "undated");
        return;
    }
    if (date->precision == DATE_TIME) {
        struct tm clock = clock_of(date->seconds, utc);

        buffer_printf(b, "%d %s %d %02d:%02d", clock.tm_mday,
                      month_name(clock.tm_mon + 1), clock.tm_year + 1900,
                      clock.tm_hour, clock.tm_min);
        return;
    }
    date_to_civil(date->seconds + date->zone * 60, &year, &month, &day);
    if (date->precision == DATE_DAY)
        buffer_printf(b, "%d ", day);
    if (date->precision >= DATE_MONTH)
        buffer_printf(b, "%s ", month_name(month));
    buffer_printf(b, "%d", year);
}

void moment_put_day(struct buffer *b, int64_t seconds, bool utc)
{
    struct tm clock = clock_of(seconds, utc || seconds % 86400 == 0);

    buffer_printf(b, "%04d-%02d-%02d", clock.tm_year + 1900,
                  clock.tm_mon + 1, clock.tm_mday);
}
