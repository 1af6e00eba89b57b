/* Comments that suppress findings. */
#ifndef DRVLINT_TRIAGE_COMMENT_H
#define DRVLINT_TRIAGE_COMMENT_H

#include "triage/internal.h"

enum scope { SCOPE_LINE, SCOPE_FUNCTION, SCOPE_FILE };

struct directive {
    enum scope scope;
    struct place place;
    uint32_t line;           /* of code that SCOPE_LINE is about; 0: there is none */
    VEC(const char *) rules; /* as written */
    const char *reason;      /* "" if none is given */
    bool broken;             /* not of the form that it should have */
};

struct directives {
    VEC(struct directive) items;
};

/* Appends those of a source in its order. Strings are no comments. */
void comment_read(struct arena *arena, const struct text *text, struct directives *ret_directives);

#endif
