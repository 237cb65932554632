/* date_parse.c -- every date spelling of news to seconds.
 *
 * There is one grammar, not a list of formats: the text is cut into numbers,
 * words and marks, and each number finds its place by what stands beside it.
 * What has no place makes the text no date.
 *
 *   Sun, 12 Nov 2023 11:52:15 +0100
 *   |    |  |   |    |        |
 *   word |  |   |    time     a sign behind a time begins a zone
 *        |  |   number of four digits: the year
 *        |  word that names a month
 *        number up to 31: the day
 *
 * 03/04/2023 is read as 3 April, as most of the world writes it, but as
 * 4 March where AM or PM follows.
 */
#include "common/base/date.h"

#include <stdlib.h>

#include "common/base/date_words.h"

enum { PARTS_MAX = 32, WORD_MAX = 40, YEAR_LEAST = 1400, YEAR_MOST = 2199,
       THAI_LEAST = 2400 };

enum part_kind { PART_END, PART_NUMBER, PART_WORD, PART_MARK };

struct part {
    enum part_kind kind;
    bool glued;                 /* no blank before it */
    int64_t value;              /* of a number */
    int digits;
    struct bytes text;          /* lower case for a word */
};

/* A text in parts, and what was found in them so far; -1 is not found. */
struct reading {
    struct part parts[PARTS_MAX + 4];   /* the last ones stay PART_END */
    uint8_t lower[256];
    size_t used;
    int year, month, day, hour, minute, second, zone;
    int half;                   /* 1 for am, 2 for pm */
    bool zoned, summer, month_was_word, instant;
    int64_t epoch;
    struct bytes month_word;
};

/* --- Cutting ------------------------------------------------------------ */

/* Lower case for ASCII, Latin-1 and Cyrillic capitals, all that the tables
 * of words need. */
static void put_lower(struct reading *r, const uint8_t *at, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        uint8_t c = at[i], before = i ? r->lower[r->used - 1] : 0;

        if (c >= 'A' && c <= 'Z')
            c |= 32;
        else if (before == 0xc3 && c >= 0x80 && c <= 0x9e)
            c |= 32;
        else if (before == 0xd0 && c >= 0x90 && c <= 0x9f)
            c |= 32;
        else if (before == 0xd0 && c >= 0xa0 && c <= 0xaf) {
            r->lower[r->used - 1] = 0xd1;
            c &= 0x8f;
        }
        r->lower[r->used++] = c;
    }
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint8_t c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z' ? true : c >= 0x80;
}

static const uint8_t *cut_number(struct part *part, const uint8_t *at,
                                 const uint8_t *end)
{
    part->kind = PART_NUMBER;
    for (; at < end && is_digit(*at) && part->digits < 15; at++) {
        part->value = part->value * 10 + (*at - '0');
        part->digits++;
    }
    return at;
}

/* "a.m." and "p. m." are one word, am and pm. */
static const uint8_t *half_day(const uint8_t *at, const uint8_t *end)
{
    if ((*at | 32) != 'a' && (*at | 32) != 'p')
        return NULL;
    if (++at == end || *at++ != '.')
        return NULL;
    if (at < end && *at == ' ')
        at++;
    if (at == end || (*at++ | 32) != 'm')
        return NULL;
    return at < end && *at == '.' ? at + 1 : at;
}

static const uint8_t *cut_word(struct reading *r, struct part *part,
                               const uint8_t *at, const uint8_t *end)
{
    const uint8_t *from = at, *behind = half_day(at, end);
    size_t start = r->used;

    part->kind = PART_WORD;
    if (behind) {
        put_lower(r, at, 1);
        put_lower(r, (const uint8_t *)"m", 1);
        at = behind;
    } else {
        while (at < end && is_letter(*at))
            at++;
        if ((size_t)(at - from) > WORD_MAX)
            return NULL;
        put_lower(r, from, (size_t)(at - from));
    }
    part->text = bytes_of(r->lower + start, r->used - start);
    return at;
}

/* A no-break or narrow blank is a blank. */
static size_t blank_len(const uint8_t *at, const uint8_t *end)
{
    if (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r')
        return 1;
    if (end - at >= 2 && at[0] == 0xc2 && at[1] == 0xa0)
        return 2;
    if (end - at >= 3 && at[0] == 0xe2 && at[1] == 0x80 &&
        (at[2] == 0xaf || at[2] == 0x89))
        return 3;
    return 0;
}

static bool cut(struct reading *r, struct bytes text)
{
    const uint8_t *at = text.data, *end = at + text.len;
    size_t count = 0, blank;
    bool glued = false;

    if (text.len > sizeof(r->lower) / 2)
        return false;
    while (at && at < end) {
        struct part *part = &r->parts[count];

        if ((blank = blank_len(at, end))) {
            at += blank;
            glued = false;
            continue;
        }
        if (count++ == PARTS_MAX)
            return false;
        part->glued = glued;
        glued = true;
        if (is_digit(*at)) {
            at = cut_number(part, at, end);
        } else if (is_letter(*at)) {
            at = cut_word(r, part, at, end);
        } else {
            part->kind = PART_MARK;
            part->value = *at++;
        }
    }
    return at && count;
}

/* --- Placing ------------------------------------------------------------ */

static bool is_mark(const struct part *part, char mark)
{
    return part->kind == PART_MARK && part->value == mark;
}

static bool is_word(const struct part *part, const char *word)
{
    return part->kind == PART_WORD && bytes_equal(part->text, bytes_str(word));
}

static bool is_number(const struct part *part, int least, int most)
{
    return part->kind == PART_NUMBER && part->digits >= least &&
           part->digits <= most;
}

/* 20231112, 20231112115215, seconds and milliseconds since 1970. */
static bool place_long(struct reading *r, int64_t value, int digits)
{
    if (digits == 10 || digits == 13) {
        r->epoch = digits == 10 ? value : value / 1000;
        return r->instant = r->year < 0;
    }
    if ((digits != 8 && digits != 12 && digits != 14) || r->year >= 0)
        return false;
    if (digits == 14) {
        r->second = (int)(value % 100);
        value /= 100;
    }
    if (digits >= 12) {
        r->minute = (int)(value % 100);
        r->hour = (int)(value / 100 % 100);
        value /= 10000;
    }
    r->year = (int)(value / 10000);
    r->month = (int)(value / 100 % 100);
    r->day = (int)(value % 100);
    return true;
}

/* hh:mm[:ss[.fraction]], where `p` stands on hh; returns the parts used. */
static int place_time(struct reading *r, const struct part *p)
{
    int used = 3;

    if (r->hour >= 0 || !is_number(p + 2, 2, 2))
        return 0;
    r->hour = (int)p->value;
    r->minute = (int)p[2].value;
    if ((is_mark(p + 3, ':') || (is_mark(p + 1, '.') && is_mark(p + 3, '.'))) &&
        is_number(p + 4, 2, 2)) {
        r->second = (int)p[4].value;
        used = 5;
        if ((is_mark(p + 5, '.') || is_mark(p + 5, ',')) &&
            is_number(p + 6, 1, 15) && p[6].glued)
            used = 7;
    }
    return used;
}

static int full_year(const struct part *p)
{
    int year = (int)p->value;

    if (p->digits == 4)
        return year;
    return year < 70 ? year + 2000 : year + 1900;
}

/* Three numbers with the same mark between, or year and month with "-". */
static int place_numeric(struct reading *r, const struct part *p)
{
    char mark = (char)p[1].value;
    bool american = false;

    if (p->digits == 4 && is_number(p + 2, 1, 2)) {
        r->year = (int)p->value;
        r->month = (int)p[2].value;
        if (!is_mark(p + 3, mark) || !is_number(p + 4, 1, 2))
            return 3;
        r->day = (int)p[4].value;
        return 5;
    }
    if (!is_number(p, 1, 2) || !is_number(p + 2, 1, 2) ||
        !is_mark(p + 3, mark) || !is_number(p + 4, 2, 4) || p[4].digits == 3)
        return 0;
    for (const struct part *q = p + 5; q->kind != PART_END; q++)
        american |= is_word(q, "am") || is_word(q, "pm");
    if (mark == '/' && (p[2].value > 12 || (american && p->value <= 12))) {
        r->month = (int)p->value;
        r->day = (int)p[2].value;
    } else {
        r->day = (int)p->value;
        r->month = (int)p[2].value;
    }
    r->year = full_year(p + 4);
    return 5;
}

/* The numbers of Chinese, Japanese and Korean say what they are. */
static int place_counted(struct reading *r, const struct part *p)
{
    static const struct { const char *word; int place; } units[] = {
        { "年", 0 }, { "년", 0 }, { "月", 1 }, { "월", 1 }, { "日", 2 },
        { "일", 2 }, { "号", 2 }, { "時", 3 }, { "时", 3 }, { "시", 3 },
        { "点", 3 }, { "分", 4 }, { "분", 4 }, { "秒", 5 }, { "초", 5 },
    };
    int *places[] = { &r->year, &r->month, &r->day, &r->hour, &r->minute,
                      &r->second };

    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
        if (is_word(p + 1, units[i].word) && *places[units[i].place] < 0) {
            *places[units[i].place] = (int)p->value;
            return 2;
        }
    return 0;
}

/* Hours with a word behind: 12h52, 12h, 9 am, 11 Uhr, 11.52 Uhr. */
static int place_hour(struct reading *r, const struct part *p)
{
    if (r->hour >= 0 || !is_number(p, 1, 2))
        return 0;
    if (is_word(p + 1, "h") && p[1].glued) {
        r->hour = (int)p->value;
        r->minute = 0;
        if (!is_number(p + 2, 2, 2) || !p[2].glued)
            return 2;
        r->minute = (int)p[2].value;
        return is_word(p + 3, "m") || is_word(p + 3, "min") ? 4 : 3;
    }
    if (is_mark(p + 1, '.') && is_number(p + 2, 2, 2) && p[2].glued &&
        (is_word(p + 3, "uhr") || (r->year >= 0 && r->day >= 0)))
        return place_time(r, p);
    if (is_word(p + 1, "am") || is_word(p + 1, "pm") || is_word(p + 1, "uhr")) {
        r->hour = (int)p->value;
        r->minute = 0;
        return 1;
    }
    return 0;
}

/* A number by itself: the time behind a T, the year, the day. */
static int place_alone(struct reading *r, const struct part *p, bool behind_t)
{
    if (behind_t && r->hour < 0 && (p->digits == 6 || p->digits == 4)) {
        int64_t time = p->digits == 6 ? p->value : p->value * 100;

        r->hour = (int)(time / 10000);
        r->minute = (int)(time / 100 % 100);
        r->second = (int)(time % 100);
        return is_mark(p + 1, '.') && is_number(p + 2, 1, 15) ? 3 : 1;
    }
    if (p->digits == 4 && r->year < 0) {
        r->year = (int)p->value;
        return 1;
    }
    if (p->digits > 2)
        return 0;
    if (r->day < 0 && p->value <= 31) {
        r->day = (int)p->value;
        return 1;
    }
    if (r->year < 0 && p->digits == 2 && r->month > 0) {
        r->year = full_year(p);
        return 1;
    }
    return 0;
}

static int place_number(struct reading *r, const struct part *p, bool behind_t)
{
    int used = 0;

    if (p->digits >= 8)
        return place_long(r, p->value, p->digits);
    if (is_mark(p + 1, ':'))
        return p->digits <= 2 ? place_time(r, p) : 0;
    if (p[1].kind == PART_WORD)
        used = place_counted(r, p);
    if (!used)
        used = place_hour(r, p);
    if (!used && r->year < 0 && r->day < 0 && r->month < 0 &&
        (is_mark(p + 1, '-') || is_mark(p + 1, '/') || is_mark(p + 1, '.')))
        used = place_numeric(r, p);
    return used ? used : place_alone(r, p, behind_t);
}

/* +0100, +01:00, -5; `p` stands on the sign. */
static int place_offset(struct reading *r, const struct part *p)
{
    int sign = is_mark(p, '-') ? -1 : 1, minutes;

    if (!is_number(p + 1, 1, 4) || p[1].digits == 3 || !p[1].glued)
        return 0;
    minutes = p[1].digits == 4 ? (int)(p[1].value / 100 * 60 + p[1].value % 100)
                               : (int)p[1].value * 60;
    r->zone = sign * minutes;
    r->zoned = true;
    r->summer = false;
    if (p[1].digits <= 2 && is_mark(p + 2, ':') && is_number(p + 3, 2, 2)) {
        r->zone += sign * (int)p[3].value;
        return 4;
    }
    return 2;
}

static int place_mark(struct reading *r, const struct part *p)
{
    bool sign = is_mark(p, '+') || is_mark(p, '-');

    if (sign && r->hour >= 0 &&
        !is_mark(p + 2, '.') && !is_mark(p + 2, '/') && !is_mark(p + 2, '-')) {
        int used = place_offset(r, p);

        if (used)
            return used;
    }
    return p->value < 128 && strchr(",.-/()|:;\"'[]@", (int)p->value) ? 1 : 0;
}

static bool is_ordinal(const struct part *p)
{
    static const char *const endings[] = { "st", "nd", "rd", "th", "er", "º",
                                           "ª", "°", "e", "го" };

    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
        if (is_word(p, endings[i]))
            return p->glued;
    return false;
}

static bool place_month(struct reading *r, struct bytes word)
{
    int month = date_word_month(word);

    /* "mar, 14 nov": the first was a Tuesday. */
    if (!month || (r->month > 0 && !date_word_weekday(r->month_word)))
        return false;
    if (r->month > 0 && !r->month_was_word)
        return false;
    r->month = month;
    r->month_was_word = true;
    r->month_word = word;
    return true;
}

/* "tháng 5" counts the month. */
static bool is_counted_month(const struct reading *r, const struct part *p)
{
    return is_word(p, "tháng") && r->month < 0 && is_number(p + 1, 1, 2);
}

static int place_word(struct reading *r, const struct part *p)
{
    int minutes;
    bool summer;

    if (is_counted_month(r, p)) {
        r->month = (int)p[1].value;
        return 2;
    }

    if ((is_word(p, "am") || is_word(p, "pm")) && r->hour >= 0) {
        r->half = is_word(p, "am") ? 1 : 2;
        return 1;
    }
    if (is_word(p, "上午") || is_word(p, "오전") || is_word(p, "午前") ||
        is_word(p, "下午") || is_word(p, "오후") || is_word(p, "午後")) {
        r->half = is_word(p, "上午") || is_word(p, "오전") ||
                  is_word(p, "午前") ? 1 : 2;
        return 1;
    }
    if (is_ordinal(p) || place_month(r, p->text))
        return 1;
    if (r->hour >= 0 && date_word_zone(&minutes, &summer, p->text)) {
        if (!r->zoned) {
            r->zone = minutes;
            r->summer = summer;
            r->zoned = true;
        }
        return 1;
    }
    return date_word_filler(p->text) || date_word_weekday(p->text);
}

static bool place_all(struct reading *r)
{
    for (size_t i = 0; r->parts[i].kind != PART_END;) {
        const struct part *p = &r->parts[i];
        bool behind_t = i && is_word(p - 1, "t");
        int used = p->kind == PART_NUMBER ? place_number(r, p, behind_t)
                 : p->kind == PART_WORD   ? place_word(r, p)
                                          : place_mark(r, p);

        if (used == 0)
            return false;
        i += (size_t)used;
    }
    return true;
}

/* --- Together ----------------------------------------------------------- */

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
                                31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && leap);
}

/* The nth Sunday of a month, as a day of it. */
static int sunday(int year, int month, int nth)
{
    int64_t days = date_of_civil(year, month, 1) / 86400;
    int weekday = (int)((days % 7 + 11) % 7);       /* 0 is Sunday */

    return 1 + (7 - weekday) % 7 + (nth - 1) * 7;
}

/* North America since 2007: second Sunday of March to first of November. */
static bool in_summer(int year, int month, int day)
{
    if (month == 3)
        return day >= sunday(year, 3, 2);
    if (month == 11)
        return day < sunday(year, 11, 1);
    return month > 3 && month < 11;
}

static bool settle_instant(struct date *out, const struct reading *r)
{
    int year, month, day;

    date_to_civil(r->epoch, &year, &month, &day);
    *out = (struct date){ r->epoch, 0, DATE_TIME, false };
    return r->year < 0 && r->month < 0 && r->day < 0 && r->hour < 0 &&
           year <= YEAR_MOST;
}

static bool settle_time(struct date *out, struct reading *r, int zone)
{
    if (r->half && (r->hour > 12 || r->hour == 0))
        r->half = 0;                        /* "13:05 PM" is written */
    if (r->half)
        r->hour = r->hour % 12 + (r->half == 2 ? 12 : 0);
    r->minute = r->minute < 0 ? 0 : r->minute;
    r->second = r->second < 0 ? 0 : r->second == 60 ? 59 : r->second;
    if (r->hour > 23 || r->minute > 59 || r->second > 59)
        return false;
    if (r->zoned)
        zone = r->zone + (r->summer && in_summer(r->year, r->month, r->day)
                          ? 60 : 0);
    if (abs(zone) > 16 * 60)
        return false;
    out->seconds += r->hour * 3600 + r->minute * 60 + r->second - zone * 60;
    out->zone = (int16_t)zone;
    out->precision = DATE_TIME;
    out->unzoned = !r->zoned;
    return true;
}

static bool settle(struct date *out, struct reading *r, int zone)
{
    int month = r->month < 0 ? 1 : r->month, day = r->day < 0 ? 1 : r->day;

    if (r->instant)
        return settle_instant(out, r);
    /* Thai months are of years since the Buddha, 543 before our count. */
    if (r->month_word.len > 2 && memcmp(r->month_word.data, "ม", 2) == 0 &&
        r->year > THAI_LEAST)
        r->year -= 543;
    if (r->year < YEAR_LEAST || r->year > YEAR_MOST || month < 1 ||
        month > 12 || day < 1 || day > month_days(r->year, month) ||
        (r->day >= 0 && r->month < 0) || (r->hour >= 0 && r->day < 0))
        return false;
    *out = (struct date){ date_of_civil(r->year, month, day), 0,
                          r->day >= 0 ? DATE_DAY
                          : r->month >= 0 ? DATE_MONTH : DATE_YEAR, false };
    return r->hour < 0 || settle_time(out, r, zone);
}

bool date_parse(struct date *out, struct bytes text, int zone)
{
    struct reading r = { .year = -1, .month = -1, .day = -1, .hour = -1,
                         .minute = -1, .second = -1 };

    *out = UNDATED;
    if (cut(&r, text) && place_all(&r) && settle(out, &r, zone))
        return true;
    *out = UNDATED;
    return false;
}
