/* Child processes. */
#ifndef DRVLINT_BASE_PROCESS_H
#define DRVLINT_BASE_PROCESS_H

#include "base/arena.h"

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

/* Full path of a program on PATH, or NULL. */
char *process_find(struct arena *arena, const char *program);

#endif
