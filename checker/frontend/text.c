#include "frontend/text.h"

#include "base/vec.h"

#include <ctype.h>
#include <string.h>

/* -- tokens -- */

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

static bool is_word(char c)
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
    while (end < text.size && !(text.bytes[end] == '/' && text.bytes[end - 1] == '*' && end > at + 2))
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
    static const char *const pairs[] = {"&&", "||", "##", "->", "==", "!=", "<=", ">=",
                                        "<<", ">>", "++", "--", "::"};
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++)
        if (at + 1 < text.size && !memcmp(text.bytes + at, pairs[i], 2))
            return 2;
    return 1;
}

static struct token token_at(struct text text, size_t at)
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
    } else if (is_word(text.bytes[at])) {
        token.kind = TOKEN_WORD;
        while (at + token.length < text.size && is_word(text.bytes[at + token.length]))
            token.length++;
    } else {
        token.kind = TOKEN_PUNCTUATION;
        token.length = punctuation_length(text, at);
    }
    return token;
}

static bool is_token(struct text text, struct token token, const char *spelling)
{
    return token.length == strlen(spelling) &&
           !memcmp(text.bytes + token.start, spelling, token.length);
}

static bool is_space(struct token token)
{
    return token.kind == TOKEN_BLANK || token.kind == TOKEN_NEWLINE;
}

/* +1, -1 or 0 for what the token does to the depth of parentheses. */
static int nesting(struct text text, struct token token)
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

/* The next token from `at` on that is no white space. */
static struct token solid_token(struct text text, size_t at)
{
    struct token token = token_at(text, at);
    while (is_space(token))
        token = token_at(text, token.start + token.length);
    return token;
}

static size_t token_end(struct token token)
{
    return token.start + token.length;
}

/* -- one line of text -- */

struct line {
    char *bytes;
    size_t length;
    bool blank; /* a blank is due before the next token */
};

static void line_add(struct line *line, const char *bytes, size_t length)
{
    size_t room = CONDITION_TEXT_MAX + 1; /* one byte too many says that it was too long */
    if (line->blank && line->length && line->length < room)
        line->bytes[line->length++] = ' ';
    line->blank = false;
    for (size_t i = 0; i < length && line->length < room; i++)
        line->bytes[line->length++] = bytes[i];
}

static char *line_finish(struct line *line)
{
    if (line->length > CONDITION_TEXT_MAX) {
        size_t length = CONDITION_TEXT_MAX - 3;
        while (length > 0 && ((unsigned char)line->bytes[length] & 0xc0) == 0x80)
            length--; /* not within a UTF-8 character */
        strcpy(line->bytes + length, "...");
    } else {
        line->bytes[line->length] = '\0';
    }
    return line->bytes;
}

static struct line line_start(struct arena *arena)
{
    return (struct line){.bytes = arena_alloc(arena, CONDITION_TEXT_MAX + 2)};
}

static void line_fold(struct line *line, struct text text, size_t from, size_t to)
{
    if (to < text.size)
        text.size = to;
    for (struct token token = token_at(text, from); token.kind != TOKEN_END;
         token = token_at(text, token_end(token))) {
        if (is_space(token))
            line->blank = true;
        else
            line_add(line, text.bytes + token.start, token.length);
    }
}

char *text_fold(struct arena *arena, struct text text, size_t from, size_t to)
{
    struct line line = line_start(arena);
    line_fold(&line, text, from, to);
    return line_finish(&line);
}

/* -- places in text -- */

/* Behind the bracket that closes the one at `at`. */
static size_t closing_end(struct text text, size_t at)
{
    int depth = 0;
    for (struct token token = token_at(text, at); token.kind != TOKEN_END;
         token = token_at(text, token_end(token))) {
        depth += nesting(text, token);
        if (depth == 0)
            return token_end(token);
    }
    return text.size;
}

void text_strip_parens(struct text text, size_t *from, size_t *to)
{
    if (*to < text.size)
        text.size = *to;
    for (;;) {
        struct token open = solid_token(text, *from);
        size_t close = closing_end(text, open.start);
        if (!is_token(text, open, "(") || text.bytes[close - 1] != ')' ||
            solid_token(text, close).kind != TOKEN_END)
            return;
        *from = token_end(open);
        *to = text.size = close - 1;
    }
}

size_t text_invocation_end(struct text text, size_t at)
{
    struct token name = token_at(text, at);
    struct token open = solid_token(text, token_end(name));
    return is_token(text, open, "(") ? closing_end(text, open.start) : token_end(name);
}

bool text_find_operator(struct text text, size_t from, size_t to, const char *op, size_t *ret_at)
{
    if (to < text.size)
        text.size = to;
    for (struct token token = token_at(text, from); token.kind != TOKEN_END;
         token = token_at(text, token_end(token))) {
        bool is_operator = token.kind == TOKEN_PUNCTUATION || token.kind == TOKEN_WORD;
        if (is_operator && is_token(text, token, op)) {
            *ret_at = token.start;
            return true;
        }
    }
    return false;
}

bool text_has_comma(struct text text, size_t from, size_t to)
{
    int depth = 0;
    if (to < text.size)
        text.size = to;
    for (struct token token = token_at(text, from); token.kind != TOKEN_END;
         token = token_at(text, token_end(token))) {
        depth += nesting(text, token);
        if (depth == 0 && is_token(text, token, ","))
            return true;
    }
    return false;
}

bool text_for_parts(struct text text, size_t at, bool ret_present[3])
{
    struct token token = solid_token(text, token_end(token_at(text, at)));
    if (!is_token(text, token, "("))
        return false;
    int depth = 1;
    size_t part = 0;
    memset(ret_present, 0, 3 * sizeof(bool));
    for (;;) {
        token = solid_token(text, token_end(token));
        if (token.kind == TOKEN_END)
            return false;
        depth += nesting(text, token);
        if (depth == 0)
            return part == 2;
        if (depth == 1 && is_token(text, token, ";")) {
            if (++part == 3)
                return false;
        } else {
            ret_present[part] = true;
        }
    }
}

/* -- macros -- */

enum { MAX_PARAMETERS = 32 };

struct piece {
    size_t start, end;
};

struct macro {
    struct text body; /* the file with the #define, up to the end of the definition */
    struct text use;
    struct piece parameters[MAX_PARAMETERS], arguments[MAX_PARAMETERS];
    size_t nparameters, narguments;
};

/* The start of the directive that `at` is part of. */
static size_t directive_start(struct text text, size_t at)
{
    while (at > 0) {
        if (text.bytes[at - 1] == '\n') {
            size_t end = at - 1;
            end -= end > 0 && text.bytes[end - 1] == '\r';
            if (end == 0 || text.bytes[end - 1] != '\\')
                break;
        }
        at--;
    }
    return at;
}

/* Pieces between the bracket at `open` and its end, cut at commas. */
static size_t list_pieces(struct text text, size_t open, struct piece pieces[MAX_PARAMETERS])
{
    size_t end = closing_end(text, open) - 1, count = 0, start = open + 1;
    int depth = 0;
    if (solid_token(text, start).start >= end)
        return 0;
    for (struct token token = token_at(text, start); token.start < end;
         token = token_at(text, token_end(token))) {
        depth += nesting(text, token);
        if (depth || !is_token(text, token, ",") || count + 1 == MAX_PARAMETERS)
            continue;
        pieces[count++] = (struct piece){start, token.start};
        start = token_end(token);
    }
    pieces[count++] = (struct piece){start, end};
    return count;
}

static struct piece trimmed(struct text text, struct piece piece)
{
    struct text part = {text.bytes, piece.end};
    struct token token = solid_token(part, piece.start);
    piece.start = token.start;
    size_t end = token.start;
    for (; token.kind != TOKEN_END; token = solid_token(part, token_end(token)))
        end = token_end(token);
    piece.end = end;
    return piece;
}

/* Reads `#define NAME(a, b)` around `at` and the use `NAME(x, y)`. */
static bool macro_read(struct macro *macro, struct text body, size_t at, struct text use,
                       size_t use_at)
{
    *macro = (struct macro){.body = body, .use = use};
    struct token token = solid_token(body, directive_start(body, at));
    if (!is_token(body, token, "#"))
        return false;
    token = solid_token(body, token_end(token));
    if (!is_token(body, token, "define"))
        return false;
    struct token name = solid_token(body, token_end(token)), used = token_at(use, use_at);
    if (name.length != used.length ||
        memcmp(body.bytes + name.start, use.bytes + used.start, name.length))
        return false; /* a macro within another macro */
    size_t end = token_end(name);
    if (end < body.size && body.bytes[end] == '(') {
        struct token open = solid_token(use, token_end(used));
        if (!is_token(use, open, "("))
            return false;
        macro->nparameters = list_pieces(body, end, macro->parameters);
        macro->narguments = list_pieces(use, open.start, macro->arguments);
        for (size_t i = 0; i < macro->nparameters; i++)
            macro->parameters[i] = trimmed(body, macro->parameters[i]);
        for (size_t i = 0; i < macro->narguments; i++)
            macro->arguments[i] = trimmed(use, macro->arguments[i]);
    }
    return macro->nparameters == macro->narguments;
}

static const struct piece *macro_argument(const struct macro *macro, struct token token)
{
    for (size_t i = 0; token.kind == TOKEN_WORD && i < macro->nparameters; i++) {
        const struct piece *parameter = &macro->parameters[i];
        if (parameter->end - parameter->start == token.length &&
            !memcmp(macro->body.bytes + parameter->start, macro->body.bytes + token.start,
                    token.length))
            return &macro->arguments[i];
    }
    return NULL;
}

static bool ends_part(struct text body, struct token token, int depth, enum part part)
{
    if (token.kind == TOKEN_END || token.kind == TOKEN_NEWLINE || depth < 0)
        return true;
    if (depth > 0)
        return false;
    if (is_token(body, token, ";"))
        return true;
    static const char *const operators[] = {"&&", "||", "?", ":"};
    for (size_t i = 0; part == PART_OPERAND && i < ARRAY_LEN(operators); i++)
        if (is_token(body, token, operators[i]))
            return true;
    return false;
}

/* A name, member or call that needs no parentheses around it. */
static bool is_plain(struct text use, const struct piece *argument)
{
    for (size_t i = argument->start; i < argument->end; i++)
        if (!is_word(use.bytes[i]) && !strchr(".->[]", use.bytes[i]))
            return false;
    return argument->end > argument->start;
}

/* `(parameter)` whose parentheses only protect an argument that needs none: the argument. */
static const struct piece *bare_argument(const struct macro *macro, struct token open,
                                         struct token previous, size_t *ret_end)
{
    bool call = previous.kind == TOKEN_WORD || is_token(macro->body, previous, ")") ||
                is_token(macro->body, previous, "]");
    if (call || !is_token(macro->body, open, "("))
        return NULL;
    struct token inner = solid_token(macro->body, token_end(open));
    const struct piece *argument = macro_argument(macro, inner);
    struct token close = solid_token(macro->body, token_end(inner));
    if (!argument || !is_token(macro->body, close, ")") || !is_plain(macro->use, argument))
        return NULL;
    *ret_end = token_end(close);
    return argument;
}

char *text_macro_part(struct arena *arena, struct text body, size_t at, enum part part,
                      struct text use, size_t use_at)
{
    struct macro macro;
    if (!macro_read(&macro, body, at, use, use_at))
        return NULL;
    struct line line = line_start(arena);
    struct token previous = {.kind = TOKEN_END};
    int depth = 0;
    for (struct token token = token_at(body, at);; token = token_at(body, at)) {
        depth += nesting(body, token);
        if (ends_part(body, token, depth, part))
            break;
        if (token.kind == TOKEN_PUNCTUATION && body.bytes[token.start] == '#')
            return NULL; /* "#" and "##" make tokens that are written nowhere */
        at = token_end(token);
        if (token.kind == TOKEN_BLANK) {
            line.blank = true;
            continue;
        }
        const struct piece *argument = bare_argument(&macro, token, previous, &at);
        if (argument)
            depth--;
        else
            argument = macro_argument(&macro, token);
        if (argument)
            line_fold(&line, use, argument->start, argument->end);
        else
            line_add(&line, body.bytes + token.start, token.length);
        previous = token;
    }
    return line.length ? line_finish(&line) : NULL;
}
