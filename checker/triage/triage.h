/* Which findings somebody has to look at: who they are across versions of the driver, and which of
 * them are suppressed in the source or known from before. Finds nothing itself. */
#ifndef DRVLINT_TRIAGE_H
#define DRVLINT_TRIAGE_H

#include "base/diag.h"
#include "result/result.h"

/* Gives every finding its fingerprint: 32 hexadecimal digits, made of the rule, the file's name,
 * the function, the message without its line numbers, and the text of the lines where the rule's
 * state changes and where it is broken. So it survives edits elsewhere, other line numbers, other
 * indentation, and moving the file. Findings that are alike in all that are numbered in their
 * order. */
void triage_fingerprints(struct arena *arena, struct results *results);

/* Asks git, if it is there, about the checkout that `directory` is in. An address of the repository
 * loses what it says of user and password. */
void triage_revision(struct arena *arena, const char *directory, struct revision *ret_revision);

/* Stable text for --dump=triage: one line per finding. */
char *triage_print(struct results *results, const char *root, struct arena *arena);

#endif
