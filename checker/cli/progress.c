#include "cli/progress.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { NARROWEST = 20, USUAL_WIDTH = 80, LONGEST = 256 };

/* Seconds: short runs show nothing, and no one reads faster than that. */
static const double patience = 0.3, pace = 0.05;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static size_t width_of(FILE *stream)
{
    struct winsize size;
    if (ioctl(fileno(stream), TIOCGWINSZ, &size) < 0 || size.ws_col < NARROWEST)
        return USUAL_WIDTH;
    return size.ws_col;
}

/* One line of plain ASCII: names come from files, and a terminal obeys what it is sent. */
static void put_plain(FILE *stream, const char *text, size_t most)
{
    for (size_t i = 0; text[i] && i < most; i++)
        fputc(text[i] >= ' ' && text[i] < 0x7f ? text[i] : '?', stream);
}

static void tell(void *context, const char *doing, const char *what, size_t nth, size_t total)
{
    struct cli_progress *progress = context;
    char text[LONGEST];
    snprintf(text, sizeof(text), "%s %zu/%zu %s", doing, nth, total, what);
    pthread_mutex_lock(&progress->lock);
    double time = now(), wait = progress->shown ? pace : patience;
    wait = progress->eager ? 0 : wait;
    if (!progress->terminal) {
        put_plain(progress->stream, text, sizeof(text));
        fputc('\n', progress->stream);
    } else if (time - progress->last >= wait) {
        fputs("\r\033[K", progress->stream);
        put_plain(progress->stream, text, width_of(progress->stream) - 1);
        fflush(progress->stream);
        progress->shown = true;
        progress->last = time;
    }
    pthread_mutex_unlock(&progress->lock);
}

static bool wanted(const struct cli *cli, bool terminal)
{
    const char *kind = getenv("TERM");
    switch (cli->progress) {
    case WHEN_ALWAYS:
        return true;
    case WHEN_NEVER:
        return false;
    case WHEN_AUTO: /* the figures of --stats are lines of their own */
        return terminal && !cli->quiet && !cli->stats && !(kind && strcmp(kind, "dumb") == 0);
    }
    BUG_ON(true);
    return false;
}

void cli_progress_begin(struct cli_progress *progress, const struct cli *cli, FILE *stream)
{
    *progress = (struct cli_progress){.stream = stream, .last = now()};
    progress->terminal = isatty(fileno(stream));
    progress->eager = cli->progress == WHEN_ALWAYS;
    pthread_mutex_init(&progress->lock, NULL);
    progress->progress.context = progress;
    progress->progress.tell = wanted(cli, progress->terminal) ? tell : NULL;
}

const struct progress *cli_progress_listener(const struct cli_progress *progress)
{
    return progress->progress.tell ? &progress->progress : NULL;
}

void cli_progress_end(struct cli_progress *progress)
{
    if (progress->shown) {
        fputs("\r\033[K", progress->stream);
        fflush(progress->stream);
    }
    progress->shown = false;
    pthread_mutex_destroy(&progress->lock);
}
