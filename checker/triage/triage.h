/* Which findings somebody has to look at: who they are across versions of the driver, and which of
 * them are suppressed in the source or known from before. Finds nothing itself. */
#ifndef DRVLINT_TRIAGE_H
#define DRVLINT_TRIAGE_H

#include "base/diag.h"
#include "result/result.h"

/* Gives every finding its fingerprint: 32 hexadecimal digits, made of the rule, the file's name,
 * the function, the message without its line numbers, and the text of the lines where the rule's
 * state changes and where it is broken. So it survives edits elsewhere, other line numbers,
 * indentation, comments, and moving the file. Findings that are alike in all that are numbered in
 * their order. */
void triage_fingerprints(struct arena *arena, struct results *results);

/* The lines of a function, from its name to its closing brace. */
struct extent {
    const char *file;
    uint32_t first, last;
};

struct triage_sources {
    VEC(const char *) files; /* absolute; those of the findings need not be among them */
    VEC(struct extent) functions;
};

/* Marks the findings that a comment in the sources suppresses:
 *
 *     drvlint:ignore RULE, RULE -- reason            this line; on a line without code: the next
 * one drvlint:ignore-function RULE -- reason         the function around it, else the next one
 *     drvlint:ignore-file RULE -- reason             the whole file
 *
 * Remarks tell of comments that suppress nothing, although their rules were decided, or that are
 * not of this form; those suppress nothing. `rules` are all ids of the pack. */
void triage_suppress(struct arena *arena, const struct triage_sources *sources,
                     const char *const *rules, size_t nrules, struct results *results);

/* Marks the findings as unchanged whose path runs over no line that `git diff REVISION` has in the
 * checkout around `directory`, or beside which it has removed some. Files that are not committed
 * yet are changes as a whole, as are those that are read from elsewhere. Before the first commit
 * everything is a change since "HEAD". False after saying why git cannot tell. */
bool triage_since(struct arena *arena, const char *directory, const char *revision,
                  const struct triage_sources *sources, struct results *results, struct diag *diag);

/* The fingerprints of all findings that are not suppressed, as JSON (docs/formats.md). File names
 * are as seen from `root`. */
char *triage_baseline(struct results *results, const char *root, struct arena *arena);

/* Marks all findings as new or unchanged. `text` is what triage_baseline() made, with a NUL behind
 * its `length` bytes, from the file `name`. May be called for several. Findings of the baseline
 * that are gone, although their rule was decided, are kept as such, and are remarks if `tell_gone`.
 * False after saying why the text is none. */
bool triage_compare(struct arena *arena, const char *name, const char *root, const char *text,
                    size_t length, bool tell_gone, struct results *results, struct diag *diag);

/* Asks git, if it is there, about the checkout that `directory` is in. An address of the repository
 * loses what it says of user and password. */
void triage_revision(struct arena *arena, const char *directory, struct revision *ret_revision);

/* Stable text for --dump=triage: one line per finding. */
char *triage_print(struct results *results, const char *root, struct arena *arena);

#endif
