/* printer.c -- where the result goes.
 *
 *   lede-search --pipe--> sh -c "$LEDE_PAGER" --> terminal
 */
#include "searcher/present/printer.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the shell says of a command that it cannot run (POSIX, 2.8.2). */
enum { NOT_EXECUTABLE = 126, NOT_FOUND = 127 };

/* Whether the program is in a folder of PATH. */
static bool is_installed(const char *program)
{
    const char *folder = getenv("PATH");
    bool found = false;

    while (folder && *folder && !found) {
        size_t len = strcspn(folder, ":");
        struct buffer path = BUFFER_INIT;

        buffer_printf(&path, "%.*s/%s", (int)len, folder, program);
        found = access(buffer_cstr(&path), X_OK) == 0;
        buffer_release(&path);
        folder += len + (folder[len] == ':');
    }
    return found;
}

/* The pager's command; NULL: none is wanted. */
static const char *pager_command(void)
{
    const char *command = getenv("LEDE_PAGER");

    if (!command)
        command = getenv("PAGER");
    if (!command)
        return is_installed("less") ? "less -FRX" : NULL;
    return *command && strcmp(command, "cat") != 0 ? command : NULL;
}

_Noreturn static void become_pager(const char *command, const int ends[2])
{
    signal(SIGPIPE, SIG_DFL);
    /* As git does: or less shows colours as ESC[36m, and the end of a short
     * answer waits for a key. */
    setenv("LESS", "FRX", 0);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(NOT_FOUND);
}

static void start_pager(struct printer *p, const char *command)
{
    int ends[2];
    pid_t child;

    if (pipe(ends) != 0)
        return;
    child = fork();
    if (child == 0)
        become_pager(command, ends);
    close(ends[0]);
    if (child < 0) {
        close(ends[1]);
        return;
    }
    p->fd = ends[1];
    p->pager = child;
}

void printer_open(struct printer *p, bool page)
{
    *p = (struct printer){ .fd = STDOUT_FILENO };
    p->command = page ? pager_command() : NULL;
}

static void put(struct printer *p, const struct buffer *b)
{
    size_t done = 0;

    while (done < b->len && !p->closed && !p->failure) {
        ssize_t wrote = write(p->fd, b->data + done, b->len - done);

        if (wrote >= 0)
            done += (size_t)wrote;
        else if (errno == EPIPE)
            p->closed = true;
        else if (errno != EINTR)
            p->failure = errno;
    }
}

void printer_put(struct printer *p, struct buffer *b)
{
    if (p->kept) {
        buffer_put(p->kept, b->data, b->len);
        buffer_clear(b);
        return;
    }
    if (p->command && b->len) {
        start_pager(p, p->command);
        p->command = NULL;
    }
    if (p->pager)
        buffer_put(&p->paged, b->data, b->len);
    put(p, b);
    buffer_clear(b);
}

/* The pager's exit status; -1: a signal ended it.  ^C is for the pager. */
static int wait_for(pid_t pager)
{
    int status;

    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    while (waitpid(pager, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

enum status printer_close(struct printer *p, struct error *err)
{
    int status;

    if (p->pager) {
        close(p->fd);
        status = wait_for(p->pager);
        p->pager = 0;
        p->fd = STDOUT_FILENO;
        if (status == NOT_EXECUTABLE || status == NOT_FOUND) {
            p->closed = false;
            put(p, &p->paged);
        }
    }
    buffer_release(&p->paged);
    if (!p->failure)
        return OK;
    errno = p->failure;
    return error_errno(err, "standard output");
}
