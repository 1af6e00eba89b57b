/* Findings of an earlier revision. */
#ifndef DRVLINT_CLI_SINCE_H
#define DRVLINT_CLI_SINCE_H

#include "cli/cli.h"

/* Checks cli->new_since as the command line says, in a copy of its own beside which nothing else
 * changes, with the program `self`. *ret_text is its baseline (NULL: that revision does not have
 * the driver), *ret_length its length. `directory` is the working directory, in a git checkout.
 * Needs git and tar, and inputs that are not absolute: those would not lead into the copy. */
bool since_baseline(struct arena *arena, const char *self, const struct cli *cli,
                    const char *directory, const char **ret_text, size_t *ret_length,
                    struct diag *diag);

#endif
