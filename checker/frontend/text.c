#include "frontend/text.h"

#include "frontend/token.h"

#include <string.h>

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
        if (token_is_space(token))
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

void text_strip_parens(struct text text, size_t *from, size_t *to)
{
    if (*to < text.size)
        text.size = *to;
    for (;;) {
        struct token open = token_solid(text, *from);
        size_t close = token_closing_end(text, open.start);
        if (!token_is(text, open, "(") || text.bytes[close - 1] != ')' ||
            token_solid(text, close).kind != TOKEN_END)
            return;
        *from = token_end(open);
        *to = text.size = close - 1;
    }
}

size_t text_invocation_end(struct text text, size_t at)
{
    struct token name = token_at(text, at);
    struct token open = token_solid(text, token_end(name));
    return token_is(text, open, "(") ? token_closing_end(text, open.start) : token_end(name);
}

bool text_last_operator(struct text text, size_t from, size_t to, const char *op, size_t *ret_at)
{
    bool found = false;
    if (to < text.size)
        text.size = to;
    for (struct token token = token_at(text, from); token.kind != TOKEN_END;
         token = token_at(text, token_end(token))) {
        bool is_operator = token.kind == TOKEN_PUNCTUATION || token.kind == TOKEN_WORD;
        if (is_operator && token_is(text, token, op)) {
            *ret_at = token.start;
            found = true;
        }
    }
    return found;
}

bool text_has_comma(struct text text, size_t from, size_t to)
{
    int depth = 0;
    if (to < text.size)
        text.size = to;
    for (struct token token = token_at(text, from); token.kind != TOKEN_END;
         token = token_at(text, token_end(token))) {
        depth += token_nesting(text, token);
        if (depth == 0 && token_is(text, token, ","))
            return true;
    }
    return false;
}

bool text_for_parts(struct text text, size_t at, bool ret_present[3])
{
    struct token token = token_solid(text, token_end(token_at(text, at)));
    if (!token_is(text, token, "("))
        return false;
    int depth = 1;
    size_t part = 0;
    memset(ret_present, 0, 3 * sizeof(bool));
    for (;;) {
        token = token_solid(text, token_end(token));
        if (token.kind == TOKEN_END)
            return false;
        depth += token_nesting(text, token);
        if (depth == 0)
            return part == 2;
        if (depth == 1 && token_is(text, token, ";")) {
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
    size_t end = token_closing_end(text, open) - 1, count = 0, start = open + 1;
    int depth = 0;
    if (token_solid(text, start).start >= end)
        return 0;
    for (struct token token = token_at(text, start); token.start < end;
         token = token_at(text, token_end(token))) {
        depth += token_nesting(text, token);
        if (depth || !token_is(text, token, ",") || count + 1 == MAX_PARAMETERS)
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
    struct token token = token_solid(part, piece.start);
    piece.start = token.start;
    size_t end = token.start;
    for (; token.kind != TOKEN_END; token = token_solid(part, token_end(token)))
        end = token_end(token);
    piece.end = end;
    return piece;
}

/* Reads `#define NAME(a, b)` around `at` and the use `NAME(x, y)`. */
static bool macro_read(struct macro *macro, struct text body, size_t at, struct text use,
                       size_t use_at)
{
    *macro = (struct macro){.body = body, .use = use};
    struct token token = token_solid(body, directive_start(body, at));
    if (!token_is(body, token, "#"))
        return false;
    token = token_solid(body, token_end(token));
    if (!token_is(body, token, "define"))
        return false;
    struct token name = token_solid(body, token_end(token)), used = token_at(use, use_at);
    if (name.length != used.length ||
        memcmp(body.bytes + name.start, use.bytes + used.start, name.length))
        return false; /* a macro within another macro */
    size_t end = token_end(name);
    if (end < body.size && body.bytes[end] == '(') {
        struct token open = token_solid(use, token_end(used));
        if (!token_is(use, open, "("))
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
    if (token_is(body, token, ";"))
        return true;
    static const char *const operators[] = {"&&", "||", "?", ":"};
    for (size_t i = 0; part == PART_OPERAND && i < ARRAY_LEN(operators); i++)
        if (token_is(body, token, operators[i]))
            return true;
    return false;
}

/* A name, member or call that needs no parentheses around it. */
static bool is_plain(struct text use, const struct piece *argument)
{
    for (size_t i = argument->start; i < argument->end; i++)
        if (!token_is_word_byte(use.bytes[i]) && !strchr(".->[]", use.bytes[i]))
            return false;
    return argument->end > argument->start;
}

/* `(parameter)` whose parentheses only protect an argument that needs none: the argument. */
static const struct piece *bare_argument(const struct macro *macro, struct token open,
                                         struct token previous, size_t *ret_end)
{
    bool call = previous.kind == TOKEN_WORD || token_is(macro->body, previous, ")") ||
                token_is(macro->body, previous, "]");
    if (call || !token_is(macro->body, open, "("))
        return NULL;
    struct token inner = token_solid(macro->body, token_end(open));
    const struct piece *argument = macro_argument(macro, inner);
    struct token close = token_solid(macro->body, token_end(inner));
    if (!argument || !token_is(macro->body, close, ")") || !is_plain(macro->use, argument))
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
        depth += token_nesting(body, token);
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
