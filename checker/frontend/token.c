#include "frontend/token.h"

#include <ctype.h>
#include <string.h>

bool token_is_word_byte(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || (unsigned char)c >= 0x80;
}

static size_t comment_length(struct text text, size_t at)
{
    if (at + 1 >= text.size || text.bytes[at] != '/')
        return 0;
    size_t end = at + 2;
    if (text.bytes[at + 1] == '/') {
        while (end < text.size && text.bytes[end] != '\n')
            end++;
        return end - at;
    }
    if (text.bytes[at + 1] != '*')
        return 0;
    while (end < text.size &&
           !(text.bytes[end] == '/' && text.bytes[end - 1] == '*' && end > at + 2))
        end++;
    return (end < text.size ? end + 1 : end) - at;
}

/* "\" and the end of its line. */
static size_t splice_length(struct text text, size_t at)
{
    if (text.bytes[at] != '\\')
        return 0;
    size_t end = at + 1;
    end += end < text.size && text.bytes[end] == '\r';
    return end < text.size && text.bytes[end] == '\n' ? end + 1 - at : 0;
}

static size_t blank_length(struct text text, size_t at)
{
    size_t end = at;
    while (end < text.size) {
        size_t more = comment_length(text, end);
        if (!more)
            more = splice_length(text, end);
        if (!more && text.bytes[end] != '\n' && isspace((unsigned char)text.bytes[end]))
            more = 1;
        if (!more)
            break;
        end += more;
    }
    return end - at;
}

static size_t literal_length(struct text text, size_t at)
{
    size_t end = at + 1;
    while (end < text.size && text.bytes[end] != text.bytes[at] && text.bytes[end] != '\n')
        end += text.bytes[end] == '\\' ? 2 : 1;
    if (end >= text.size)
        return text.size - at;
    return end - at + (text.bytes[end] == text.bytes[at]);
}

static size_t punctuation_length(struct text text, size_t at)
{
    static const char *const pairs[] = {
        "&&", "||", "##", "->", "==", "!=", "<=", ">=", "<<", ">>", "++", "--", "::"};
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        if (at + 1 < text.size && !memcmp(text.bytes + at, pairs[i], 2))
            return 2;
    return 1;
}

struct token token_at(struct text text, size_t at)
{
    struct token token = {.kind = TOKEN_END, .start = at};
    if (at >= text.size)
        return token;
    if ((token.length = blank_length(text, at))) {
        token.kind = TOKEN_BLANK;
    } else if (text.bytes[at] == '\n') {
        token.kind = TOKEN_NEWLINE;
        token.length = 1;
    } else if (text.bytes[at] == '"' || text.bytes[at] == '\'') {
        token.kind = TOKEN_LITERAL;
        token.length = literal_length(text, at);
    } else if (token_is_word_byte(text.bytes[at])) {
        token.kind = TOKEN_WORD;
        while (at + token.length < text.size && token_is_word_byte(text.bytes[at + token.length]))
            token.length++;
    } else {
        token.kind = TOKEN_PUNCTUATION;
        token.length = punctuation_length(text, at);
    }
    return token;
}

bool token_is(struct text text, struct token token, const char *spelling)
{
    return token.length == strlen(spelling) &&
           !memcmp(text.bytes + token.start, spelling, token.length);
}

bool token_is_space(struct token token)
{
    return token.kind == TOKEN_BLANK || token.kind == TOKEN_NEWLINE;
}

int token_nesting(struct text text, struct token token)
{
    if (token.kind != TOKEN_PUNCTUATION || token.length != 1)
        return 0;
    switch (text.bytes[token.start]) {
    case '(':
    case '[':
    case '{':
        return 1;
    case ')':
    case ']':
    case '}':
        return -1;
    }
    return 0;
}

struct token token_solid(struct text text, size_t at)
{
    struct token token = token_at(text, at);
    while (token_is_space(token))
        token = token_at(text, token.start + token.length);
    return token;
}

size_t token_end(struct token token)
{
    return token.start + token.length;
}

size_t token_closing_end(struct text text, size_t at)
{
    int depth = 0;
    for (struct token token = token_at(text, at); token.kind != TOKEN_END;
         token = token_at(text, token_end(token))) {
        depth += token_nesting(text, token);
        if (depth == 0)
            return token_end(token);
    }
    return text.size;
}
