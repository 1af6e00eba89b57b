/* drvlint init: a drvlint.json for a directory that has none. */
#ifndef DRVLINT_CLI_INIT_H
#define DRVLINT_CLI_INIT_H

#include "rule/rule.h"

/* Writes it. *ret_text says what it has and what to do next. Warns if nothing in the sources shows
 * that they are a driver that the pack is for. On failure, also if there is one already, says why. */
bool cli_init(struct arena *arena, const char *directory, const struct rule_pack *pack,
              const char **ret_text, struct diag *diag);

#endif
