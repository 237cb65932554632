/* measure.c -- runs a command and appends what it cost to a file.
 *
 *   measure FILE COMMAND...
 *
 * The line is "seconds TAB processor seconds TAB peak resident KB"; the peak
 * is the largest of the command's process and of those that it waited for.
 * The status is the command's.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval t)
{
    return (double)t.tv_sec + 1e-6 * (double)t.tv_usec;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

int main(int argc, char **argv)
{
    double start = now();
    struct rusage usage;
    int status;
    pid_t child;
    FILE *out;

    if (argc < 3) {
        fputs("usage: measure FILE COMMAND...\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        perror("measure");
        return 5;
    }
    getrusage(RUSAGE_CHILDREN, &usage);
    out = fopen(argv[1], "a");
    if (!out || fprintf(out, "%.3f\t%.3f\t%ld\n", now() - start,
                        seconds_of(usage.ru_utime) +
                        seconds_of(usage.ru_stime), usage.ru_maxrss) < 0 ||
        fclose(out) != 0) {
        perror(argv[1]);
        return 5;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
