/* A server of the Language Server Protocol 3.17
 * (https://microsoft.github.io/language-server-protocol): what rules say of a driver, in an editor.
 * The checks themselves are runs of `drvlint check`. */
#ifndef DRVLINT_LSP_H
#define DRVLINT_LSP_H

#include "base/arena.h"

struct lsp_options {
    const char *version;        /* of drvlint */
    const char *self;           /* the program to run */
    const char *const *options; /* of 'drvlint check' for every check, NULL-terminated */
    const char *const *flags;   /* for clang, NULL-terminated */
};

/* Serves one client: reads its messages from the descriptor `in` and answers on `out`, until it
 * says `exit` or is gone, or a signal asks to end (SIGHUP, SIGINT, SIGTERM; they are as before
 * afterwards). True if the client has asked for a shutdown before. Memory is the arena's, and is
 * bounded by what is open. */
bool lsp_serve(struct arena *arena, const struct lsp_options *options, int in, int out);

#endif
