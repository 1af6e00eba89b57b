/* C text as written: what conditions look like in reports. Knows tokens, not grammar. */
#ifndef DRVLINT_FRONTEND_TEXT_H
#define DRVLINT_FRONTEND_TEXT_H

#include "frontend/token.h"

enum { CONDITION_TEXT_MAX = 80 };

/* [from, to) on one line: comments and white space become one blank each, none at the ends; more
 * than CONDITION_TEXT_MAX bytes end in "...". */
char *text_fold(struct arena *arena, struct text text, size_t from, size_t to);

/* The end of the macro use at `at`: behind its name, or behind its arguments if it has any. */
size_t text_invocation_end(struct text text, size_t at);

/* Moves *from and *to inwards past parentheses around all of [*from, *to). */
void text_strip_parens(struct text text, size_t *from, size_t *to);

/* Does [from, to) have a comma outside of parentheses? Then it is not one macro argument. */
bool text_has_comma(struct text text, size_t from, size_t to);

/* Finds the last operator ("&&", "and", ":"...) between two operands: others before it are in lines that
 * the preprocessor leaves out. */
bool text_last_operator(struct text text, size_t from, size_t to, const char *op, size_t *ret_at);

/* Which of the three parts of the `for` at `at` are there. False if it is no complete head. */
bool text_for_parts(struct text text, size_t at, bool ret_present[3]);

enum part {
    PART_WHOLE,   /* up to the end of the head: while (THIS), switch (THIS) */
    PART_OPERAND, /* up to the next && || ? : or the end of the head */
};

/* The condition that starts at `at` in the body of a macro, with the arguments of the use at
 * `use_at` put in for the parameters, folded. NULL if the use is not directly of that macro, or the
 * macro is one that cannot be shown this way. */
char *text_macro_part(struct arena *arena, struct text body, size_t at, enum part part,
                      struct text use, size_t use_at);

#endif
