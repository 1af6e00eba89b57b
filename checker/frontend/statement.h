/* Statements found in text, for what clang's tree does not have because clang rejected it. */
#ifndef DRVLINT_FRONTEND_STATEMENT_H
#define DRVLINT_FRONTEND_STATEMENT_H

#include "frontend/token.h"

struct span {
    size_t start, end;
};

enum statement_part {
    STATEMENT_WHOLE, /* nothing smaller; .part is the value if it has one, else the statement */
    STATEMENT_HEAD,  /* the condition of if, while, do, switch or for */
    STATEMENT_STEP,  /* first or last part of a for head */
    STATEMENT_VALUE, /* initializer, right side of an assignment, returned value */
};

/* What surrounds a place in a function body. */
struct surroundings {
    struct span statement; /* the smallest whole statement */
    struct span part;      /* the part of it that `kind` names */
    enum statement_part kind;
};

/* Looks `target` up in the body that starts at the brace `open`. Lines of the preprocessor are
 * passed over. False if the text does not look like statements there. */
bool statement_around(struct text text, size_t open, size_t target, struct surroundings *ret_found);

/* The end of the operand of a cast or prefix operator that starts at `at`. */
size_t operand_end(struct text text, size_t at);

#endif
