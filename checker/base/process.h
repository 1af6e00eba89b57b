/* Child processes. */
#ifndef DRVLINT_BASE_PROCESS_H
#define DRVLINT_BASE_PROCESS_H

#include "base/vec.h"
#include <sys/types.h>

struct process_result {
    int status;       /* exit status; 128 + signal when killed; -1: could not be started */
    int error;        /* errno of a failed start */
    const char *output, *errors; /* standard output and error, NUL-terminated */
    size_t output_length, errors_length;
};

/* Runs argv[0] (looked up on PATH) with a NULL-terminated argv, no shell, standard input from
 * `input` (NULL: empty) and waits for it. Safe to call from several threads. Results live in `arena`. */
struct process_result process_run(struct arena *arena, const char *const *argv, const char *input,
                                  size_t input_length);

/* What a child writes, as it comes. */
struct process_stream {
    int fd;         /* to read from; -1 when nothing comes any more */
    VEC(char) text; /* has a NUL behind it once something was read */
};

/* A child that runs beside us. */
struct process {
    pid_t pid;
    struct process_stream output, errors;
};

/* Starts argv[0] as process_run() does, without input, in a process group of its own and with the
 * environment `environment`, or ours if that is NULL. 0, or an errno. A child that was started is
 * released by process_end(). */
int process_start(const char *const *argv, const char *const *environment,
                  struct process *ret_process);

/* Reads what is there into the arena, or waits until something is. */
void process_read(struct process_stream *stream, struct arena *arena);

/* Waits for the child's end, after killing it and all children of its own if `stop`; closes the
 * streams. The status is that of struct process_result. */
int process_end(struct process *process, bool stop);

/* Full path of a program on PATH, or NULL. */
char *process_find(struct arena *arena, const char *program);

#endif
