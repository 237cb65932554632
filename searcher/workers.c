/* workers.c -- work done by several processes at once and given back in
 * order.
 *
 * A worker is a copy of this process: what is open stays open, mapped files
 * are the same memory, and nothing that is written is shared, so that no
 * reader of the index needs to know of it.  Results come through a pipe each:
 *
 *   worker 0   items 0 2 4 ...   --> u64 bytes | result | ... \
 *   worker 1   items 1 3 5 ...   --> u64 bytes | result | ... -> 0 1 2 3 4 ...
 *
 * A worker that is ahead waits for room in its pipe.
 */
#include "searcher/workers.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 64, PIPE_BYTES = 1 << 20, RESULT_MAX = 1 << 30 };

struct workers {
    unsigned count;
    uint64_t next;              /* item */
    struct {
        pid_t process;
        int from;
    } each[MOST];
};

static bool put_all(int to, const void *data, size_t len)
{
    const uint8_t *at = data;

    while (len) {
        ssize_t wrote = write(to, at, len);

        if (wrote < 0 && errno != EINTR)
            return false;
        at += wrote > 0 ? wrote : 0;
        len -= wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

/* How many bytes came before the end. */
static size_t take_all(int from, void *data, size_t len)
{
    uint8_t *at = data;
    size_t done = 0;

    while (done < len) {
        ssize_t got = read(from, at + done, len - done);

        if (got == 0 || (got < 0 && errno != EINTR))
            return done;
        done += got > 0 ? (size_t)got : 0;
    }
    return done;
}

/* The end of the work is told by a length that none has. */
_Noreturn static void be_worker(int to, unsigned first, unsigned step,
                                workers_do *work, void *context)
{
    struct buffer result = BUFFER_INIT;
    uint64_t len = UINT64_MAX;
    bool heard = true;

    for (uint64_t item = first; heard && work(context, item, &result);
         item += step) {
        len = result.len;
        heard = put_all(to, &len, sizeof(len))
            && put_all(to, result.data, result.len);
        buffer_clear(&result);
    }
    len = UINT64_MAX;
    if (heard)
        put_all(to, &len, sizeof(len));
    _exit(0);
}

static bool start_one(struct workers *w, unsigned number, unsigned count,
                      workers_do *work, void *context)
{
    int ends[2];
    pid_t child;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    child = fork();
    if (child == 0) {
        for (unsigned i = 0; i < number; i++)
            close(w->each[i].from);
        close(ends[0]);
        be_worker(ends[1], number, count, work, context);
    }
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return false;
    }
    /* Less room is as right, only slower. */
    (void)fcntl(ends[0], F_SETPIPE_SZ, PIPE_BYTES);
    w->each[number].process = child;
    w->each[number].from = ends[0];
    w->count++;
    return true;
}

struct workers *workers_start(unsigned count, workers_do *work, void *context)
{
    struct workers *w = must_calloc(1, sizeof(*w));

    count = count < MOST ? count : MOST;
    for (unsigned i = 0; i < count; i++)
        if (!start_one(w, i, count, work, context)) {
            workers_free(w);
            return NULL;
        }
    return w;
}

static enum status ended_early(struct error *err)
{
    return error_set(err, ERR_IO, "a process that answers queries ended "
                     "before its time");
}

enum status workers_next(struct workers *w, struct buffer *result,
                         struct error *err)
{
    int from = w->each[w->next % w->count].from;
    uint64_t len;

    buffer_clear(result);
    if (take_all(from, &len, sizeof(len)) < sizeof(len))
        return ended_early(err);
    if (len == UINT64_MAX)
        return END;
    if (len > RESULT_MAX
        || take_all(from, buffer_reserve(result, len), len) < len)
        return ended_early(err);
    result->len = len;
    w->next++;
    return OK;
}

void workers_free(struct workers *w)
{
    for (unsigned i = 0; w && i < w->count; i++)
        close(w->each[i].from);
    for (unsigned i = 0; w && i < w->count; i++)
        while (waitpid(w->each[i].process, NULL, 0) < 0 && errno == EINTR)
            ;
    free(w);
}

unsigned workers_most(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof(set), &set) != 0)
        return 1;
    return (unsigned)CPU_COUNT(&set);
}
