/* Repairs of sources that clang rejects and the Microsoft compiler would take, or that lack a
 * header: the text is changed where clang stumbles, without moving lines, and read again.
 *
 * Nothing is left out for what the Microsoft compiler only warns of: prototypes that differ, casts
 * as lvalues. Where a name is missing, it stands for an unknown value or type; else the smallest
 * part of the statement, the statement or at worst the function's body gives way to "anything may
 * happen". */
#ifndef DRVLINT_FRONTEND_REPAIR_H
#define DRVLINT_FRONTEND_REPAIR_H

#include "frontend/reader.h"

struct repair;

/* A repair of one source; it lives in `arena`. `text` is what is read in the source's place, if it
 * has a path. */
struct repair *repair_create(struct arena *arena, const struct replaced_text *text);

/* Looks at the errors of the unit that `r` has read and changes texts. False if nothing can be done
 * about one of them, or nothing more. */
bool repair_round(struct repair *repair, struct reader *r);

/* The texts to read next. */
struct CXUnsavedFile *repair_files(struct repair *repair, unsigned *ret_count);

/* The file of declarations to include before the first line, or NULL. */
const char *repair_prelude(const struct repair *repair);

/* Hands the texts, and what they leave out, to `parsed`, and tells `diag` of the latter. */
void repair_finish(struct repair *repair, struct parsed *parsed, struct diag *diag);

/* What clang knows that file as; there is none in the system. */
#define REPAIR_PRELUDE "/drvlint-prelude.h"

/* What an expression is replaced with whose value is not known: a macro in the prelude. It is short so
 * that columns stay right. */
#define REPAIR_UNKNOWN "$0"

/* When nothing is wrong any more: has what was left out name the variables that it may change. True
 * if the source has to be read once more; if that fails, holes_unbind() takes it back. */
bool holes_bind(struct repair *repair, struct reader *r);
void holes_unbind(struct repair *repair);

#endif
