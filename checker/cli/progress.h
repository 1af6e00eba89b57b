/* Progress on a terminal: one line on standard error that is written over again and again, and is
 * gone in the end. */
#ifndef DRVLINT_CLI_PROGRESS_H
#define DRVLINT_CLI_PROGRESS_H

#include "base/progress.h"
#include "cli/cli.h"

#include <pthread.h>

struct cli_progress {
    struct progress progress; /* to be given to those who tell; .tell is NULL if nobody listens */
    FILE *stream;
    bool terminal;            /* else a line for each thing that is told */
    bool eager;               /* everything is shown, however short */
    bool shown;
    double last;              /* when something was written, or work began; seconds */
    pthread_mutex_t lock;
};

/* Listens if --progress says so: by default if the stream is a terminal and nobody asked for quiet.
 * `progress` must stay where it is until cli_progress_end(). */
void cli_progress_begin(struct cli_progress *progress, const struct cli *cli, FILE *stream);

/* For frontend_options and engine_options: NULL if nobody listens. */
const struct progress *cli_progress_listener(const struct cli_progress *progress);

/* Takes the line away. No thread may tell any more. */
void cli_progress_end(struct cli_progress *progress);

#endif
