/* zone.h -- --tz: the zone of times that were written without one. */
#ifndef LEDE_ZONE_H
#define LEDE_ZONE_H

#include "common/base/date.h"

struct zone {
    enum { ZONE_NONE, ZONE_FIXED, ZONE_NAMED } kind;
    int minutes;                /* east of Greenwich, of a fixed one */
};

/* "+03:00", "-0530", "UTC"; "Europe/Berlin" and the other names of the
 * system's zones, with their summer times, and "local".  A named one becomes
 * the zone of the process, so there is one at a time.  ERR_USAGE. */
enum status zone_parse(struct zone *zone, const char *text,
                       struct error *err);

/* Gives the zone to a time that has none. */
void zone_settle(const struct zone *zone, struct date *date);

#endif
