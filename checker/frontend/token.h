/* Tokens of C as far as text needs them: no keywords, no numbers, operators of two characters at
 * most. */
#ifndef DRVLINT_FRONTEND_TOKEN_H
#define DRVLINT_FRONTEND_TOKEN_H

#include "base/arena.h"

/* A file, or as much of it as may be looked at: offsets count from its start. */
struct text {
    const char *bytes;
    size_t size;
};

enum token_kind {
    TOKEN_END,
    TOKEN_BLANK, /* blanks, comments, lines joined by a backslash */
    TOKEN_NEWLINE,
    TOKEN_WORD, /* name or number */
    TOKEN_LITERAL,
    TOKEN_PUNCTUATION,
};

struct token {
    enum token_kind kind;
    size_t start, length;
};

struct token token_at(struct text text, size_t at);

/* The next token from `at` on that is no white space. */
struct token token_solid(struct text text, size_t at);

size_t token_end(struct token token);
bool token_is(struct text text, struct token token, const char *spelling);
bool token_is_space(struct token token);
bool token_is_word_byte(char c);

/* +1, -1 or 0 for what the token does to the depth of brackets. */
int token_nesting(struct text text, struct token token);

/* Behind the bracket that closes the one at `at`, or the end of the text. */
size_t token_closing_end(struct text text, size_t at);

#endif
