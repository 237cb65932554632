/* interrupt.c -- SIGINT, SIGTERM and SIGHUP, counted in the one variable that
 * a handler may write.  What was committed stays; the rest is swept later.
 */
#include "indexer/interrupt.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

enum { EXIT_INTERRUPTED = 130 };

static volatile sig_atomic_t seen;

static void on_signal(int number)
{
    static const char text[] = "\nlede-index: stopping at a safe point; "
        "once more stops at once\n";
    ssize_t ignored;

    (void)number;
    if (seen)
        _exit(EXIT_INTERRUPTED);
    seen = 1;
    ignored = write(STDERR_FILENO, text, sizeof(text) - 1);
    (void)ignored;
}

void interrupt_catch(void)
{
    struct sigaction action = { .sa_handler = on_signal }, before;

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* Under nohup it stays ignored. */
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(SIGHUP, &action, NULL);
}

bool interrupt_seen(void)
{
    return seen != 0;
}
