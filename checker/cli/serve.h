/* The language server, with the options of the command line. */
#ifndef DRVLINT_CLI_SERVE_H
#define DRVLINT_CLI_SERVE_H

#include "cli/cli.h"

/* What `drvlint check` and `baseline` are to be given, so that they do what this command line says:
 * options, without inputs and flags. NULL-terminated. */
const char *const *cli_check_options(struct arena *arena, const struct cli *cli);

/* Serves the client at the standard input and output, with the program `self` for checks. True if
 * it has asked for a shutdown before it said exit. */
bool cli_serve(struct arena *arena, const struct cli *cli, const char *self, const char *version);

#endif
