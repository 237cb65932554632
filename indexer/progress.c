/* progress.c -- how far the reading is.
 *
 * Called for every article, it looks at the clock at every 64th, and prints
 * four times a second at the most.
 *
 *   indexing  [████   ]  61 %  251,904 articles  4,180/s  10.5 MB/s
 *                                   812/1,330 MB  errors 3  ETA 1m02s
 */
#include "indexer/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "indexer/visible.h"

enum {
    CLOCK_EVERY = 64, COLUMNS_DEFAULT = 80,
    BAR = 24, BAR_LEAST = 6, BAR_ENDS = 3, CTRL_C = 3, MEGA = 1000000
};

static const char NAME[] = "indexing  ";

/* How far it is. */
struct state {
    double seconds, part;       /* of 1; negative: not known */
    uint64_t bytes, articles, errors;
    uint64_t total;             /* bytes; 0: not known */
};

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_start(struct progress *p, const struct context *context,
                    uint64_t total)
{
    bool terminal = isatty(STDERR_FILENO);

    *p = (struct progress){ .total = total, .start = now() };
    p->shown = p->start;
    if (context->progress == WHEN_NEVER || context->quiet)
        p->style = PROGRESS_OFF;
    else if (terminal || context->progress == WHEN_ALWAYS)
        p->style = PROGRESS_BAR;
    else
        p->style = context->verbose ? PROGRESS_LINES : PROGRESS_OFF;
}

static unsigned terminal_columns(void)
{
    struct winsize size = { 0 };

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
        return size.ws_col;
    return COLUMNS_DEFAULT;
}

static void put_bar(struct buffer *line, double part, unsigned columns)
{
    unsigned full = (unsigned)(part * columns);

    buffer_put_u8(line, '[');
    for (unsigned i = 0; i < columns; i++)
        buffer_put_str(line, i < full ? "█" : " ");
    buffer_put_str(line, "] ");
}

static void put_left(struct buffer *line, double seconds)
{
    unsigned left = (unsigned)(seconds + 0.5);

    if (seconds > 359999)
        return;
    if (left >= 3600)
        buffer_printf(line, "  ETA %uh%02um", left / 3600, left / 60 % 60);
    else
        buffer_printf(line, "  ETA %um%02us", left / 60, left % 60);
}

/* The line without its bar; what matters less is left out first. */
static void put_numbers(const struct state *s, struct buffer *line,
                        unsigned left_out)
{
    if (s->part >= 0)
        buffer_printf(line, "%3d %%  ", (int)(s->part * 100));
    buffer_put_grouped(line, s->articles);
    buffer_put_str(line, left_out > 2 ? "" : " articles");
    if (left_out < 3) {
        buffer_put_str(line, "  ");
        buffer_put_grouped(line, (uint64_t)((double)s->articles / s->seconds));
        buffer_put_str(line, "/s");
    }
    if (left_out < 2)
        buffer_printf(line, "  %.1f MB/s", (double)s->bytes / s->seconds / 1e6);
    if (left_out < 1) {
        buffer_put_str(line, "  ");
        buffer_put_grouped(line, s->bytes / MEGA);
        if (s->total) {
            buffer_put_u8(line, '/');
            buffer_put_grouped(line, s->total / MEGA);
        }
        buffer_put_str(line, " MB");
    }
    if (left_out < 3 || s->errors) {
        buffer_put_str(line, "  errors ");
        buffer_put_grouped(line, s->errors);
    }
    if (s->part > 0)
        put_left(line, s->seconds / s->part - s->seconds);
}

/* One line that fits the terminal, with the ^C that somebody may type behind
 * it, or it would not be taken away again. */
static void put_fitting(const struct state *s, struct buffer *line)
{
    size_t all = terminal_columns(), used = strlen(NAME), room;
    size_t columns = all > CTRL_C ? all - CTRL_C : 0;
    struct buffer numbers = BUFFER_INIT;
    unsigned left_out = 0;

    do {
        buffer_clear(&numbers);
        put_numbers(s, &numbers, left_out);
        room = columns > used + numbers.len ? columns - used - numbers.len : 0;
    } while (room < BAR_LEAST + BAR_ENDS && left_out++ < 3);
    if (used + numbers.len <= columns)
        buffer_put_str(line, NAME);
    if (s->part >= 0 && room >= BAR_LEAST + BAR_ENDS)
        put_bar(line, s->part, room - BAR_ENDS < BAR
                ? (unsigned)room - BAR_ENDS : BAR);
    buffer_put(line, numbers.data,
               numbers.len < columns ? numbers.len : columns);
    buffer_release(&numbers);
}

static void put_line(struct buffer *line, const struct progress *p,
                     const struct state *s)
{
    if (p->style == PROGRESS_BAR) {
        buffer_put_str(line, "\r\033[K");
        put_fitting(s, line);
    } else {
        buffer_put_str(line, NAME);
        put_numbers(s, line, 0);
        buffer_put_u8(line, '\n');
    }
}

static struct state state_of(const struct progress *p, double time,
                             uint64_t bytes, uint64_t articles,
                             uint64_t errors)
{
    struct state s = { time - p->start, -1, bytes, articles, errors,
                       p->total };

    s.seconds = s.seconds > 0.001 ? s.seconds : 0.001;
    if (p->total)
        s.part = bytes < p->total ? (double)bytes / (double)p->total : 1;
    return s;
}

void progress_show(struct progress *p, uint64_t bytes, uint64_t articles,
                   uint64_t errors)
{
    double time, every = p->style == PROGRESS_BAR ? 0.25 : 30;
    struct buffer line = BUFFER_INIT;
    struct state state;

    if (p->style == PROGRESS_OFF || p->calls++ % CLOCK_EVERY)
        return;
    time = now();
    if (time - p->shown < every)
        return;
    p->shown = time;
    state = state_of(p, time, bytes, articles, errors);
    put_line(&line, p, &state);
    p->drawn = p->style == PROGRESS_BAR;
    visible_flush(stderr, &line);
    buffer_release(&line);
}

void progress_writing(struct progress *p)
{
    if (!p->drawn)
        return;
    fputs("\r\033[Kwriting ...", stderr);
    fflush(stderr);
}

void progress_clear(struct progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
    p->drawn = false;
}
