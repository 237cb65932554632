/* moment.h -- a date as people read it. */
#ifndef LEDE_PRESENT_MOMENT_H
#define LEDE_PRESENT_MOMENT_H

#include "common/base/buffer.h"
#include "common/base/date.h"

/* Appends "12 Nov 2023 11:52" in UTC or the local zone; no more than was
 * written ("12 Nov 2023", "Nov 2023", "2023", then without any zone);
 * "undated". */
void moment_put(struct buffer *b, const struct date *date, bool utc);

/* Appends the day, "2023-11-12", in UTC or the local zone; midnight in UTC is
 * a day whose time is not known, and that day in every zone. */
void moment_put_day(struct buffer *b, int64_t seconds, bool utc);

#endif
