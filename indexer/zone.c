/* zone.c -- --tz: the zone of times that were written without one.
 *
 *   2024-07-01 10:00  --tz Europe/Berlin  ->  2024-07-01T10:00:00+02:00
 *
 * Days, months and years stay what they are in every zone.  The rules of the
 * named zones are the system's (tzdata), through mktime(3).
 */
#include "indexer/zone.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#include "common/base/file.h"

enum { MINUTES_MOST = 16 * 60 };

static int digits(const char **at, int least, int most)
{
    int number = 0, count = 0;

    for (; count < most && isdigit((unsigned char)**at); count++)
        number = number * 10 + *(*at)++ - '0';
    return count >= least ? number : -1;
}

/* "+3", "+03", "+0300", "+03:00". */
static bool parse_offset(struct zone *zone, const char *text)
{
    const char *at = text + 1;
    int hours, minutes = 0;

    if (*text != '+' && *text != '-')
        return false;
    hours = digits(&at, 1, 2);
    if (*at == ':')
        at++;
    if (*at)
        minutes = digits(&at, 2, 2);
    if (*at || hours < 0 || minutes < 0 || minutes > 59 ||
        hours * 60 + minutes > MINUTES_MOST)
        return false;
    zone->kind = ZONE_FIXED;
    zone->minutes = (*text == '-' ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

static bool is_named(const char *text)
{
    const char *folder = getenv("TZDIR");
    char *path, magic[4] = "";
    FILE *file;
    bool found;

    if (!*text || *text == '/' || *text == '.' || strstr(text, ".."))
        return false;
    path = path_join(folder && *folder ? folder : "/usr/share/zoneinfo",
                     text);
    file = fopen(path, "r");
    free(path);
    found = file && fread(magic, 1, sizeof(magic), file) == sizeof(magic) &&
            memcmp(magic, "TZif", sizeof(magic)) == 0;
    if (file)
        fclose(file);
    return found;
}

enum status zone_parse(struct zone *zone, const char *text,
                       struct error *err)
{
    *zone = (struct zone){ ZONE_FIXED, 0 };
    if (strcasecmp(text, "utc") == 0 || strcasecmp(text, "z") == 0 ||
        parse_offset(zone, text))
        return OK;
    zone->kind = ZONE_NAMED;
    if (strcasecmp(text, "local") != 0) {
        if (!is_named(text))
            return error_set(err, ERR_USAGE, "--tz is a zone such as "
                             "Europe/Berlin, +03:00, UTC or local, not %s",
                             text);
        setenv("TZ", text, 1);
    }
    tzset();
    return OK;
}

/* What the clock of the zone was ahead of UTC when it showed the time. */
static int offset_at(const struct zone *zone, int64_t shown)
{
    time_t seconds = (time_t)shown;
    struct tm clock;

    if (zone->kind == ZONE_FIXED)
        return zone->minutes;
    if (!gmtime_r(&seconds, &clock))
        return 0;
    clock.tm_isdst = -1;
    seconds = mktime(&clock);
    return (int)((shown - (int64_t)seconds) / 60);
}

void zone_settle(const struct zone *zone, struct date *date)
{
    int minutes;

    if (zone->kind == ZONE_NONE || !date->unzoned)
        return;
    minutes = offset_at(zone, date->seconds);
    if (abs(minutes) > MINUTES_MOST)
        return;
    date->zone = (int16_t)minutes;
    date->seconds -= minutes * 60;
    date->unzoned = false;
}
