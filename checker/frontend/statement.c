#include "frontend/statement.h"

#include <string.h>

/* -- tokens without lines of the preprocessor -- */

static bool starts_line(struct text text, size_t at)
{
    while (at > 0 && (text.bytes[at - 1] == ' ' || text.bytes[at - 1] == '\t'))
        at--;
    return at == 0 || text.bytes[at - 1] == '\n';
}

static size_t line_end(struct text text, size_t at)
{
    for (struct token token = token_at(text, at);; token = token_at(text, token_end(token)))
        if (token.kind == TOKEN_NEWLINE || token.kind == TOKEN_END)
            return token.start;
}

static struct token next_token(struct text text, size_t at)
{
    struct token token = token_solid(text, at);
    while (token.kind == TOKEN_PUNCTUATION && text.bytes[token.start] == '#' &&
           starts_line(text, token.start))
        token = token_solid(text, line_end(text, token.start));
    return token;
}

static bool is_any(struct text text, struct token token, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (token_is(text, token, words[i]))
            return true;
    return false;
}

/* -- statements -- */

struct search {
    struct text text;
    size_t target;
    struct surroundings *found;
    bool is_found;
    unsigned depth;
};

enum { DEEPEST_STATEMENT = 200 };

static bool holds(const struct search *s, size_t start, size_t end)
{
    return s->target >= start && s->target < end;
}

/* Inner statements are read before the outer ones end, so the first that holds the target stays. */
static void found(struct search *s, struct span statement, enum statement_part kind,
                  struct span part)
{
    if (s->is_found || !holds(s, statement.start, statement.end))
        return;
    *s->found = (struct surroundings){.statement = statement, .part = part, .kind = kind};
    s->is_found = true;
}

/* Reads the statement at `token`; false if there is none before the end of the text. */
static bool statement(struct search *s, struct token token, size_t *ret_end);

static bool sequence(struct search *s, size_t open, size_t *ret_end)
{
    struct token token = next_token(s->text, open + 1);
    while (!token_is(s->text, token, "}")) {
        size_t end;
        if (!statement(s, token, &end) || end <= token.start)
            return false;
        token = next_token(s->text, end);
    }
    *ret_end = token_end(token);
    return true;
}

/* The bracketed head behind a keyword. */
static bool head(struct search *s, size_t at, struct span *ret_inner, size_t *ret_end)
{
    struct token open = next_token(s->text, at);
    if (!token_is(s->text, open, "("))
        return false;
    *ret_end = token_closing_end(s->text, open.start);
    *ret_inner = (struct span){token_end(open), *ret_end - 1};
    return s->text.bytes[*ret_end - 1] == ')';
}

static void for_head(struct search *s, struct span whole, struct span inner)
{
    static const enum statement_part kinds[] = {STATEMENT_STEP, STATEMENT_HEAD, STATEMENT_STEP};
    size_t part = 0, start = inner.start;
    int depth = 0;
    for (struct token token = token_at(s->text, start); part < 3;
         token = token_at(s->text, token_end(token))) {
        depth += token_nesting(s->text, token);
        bool last = token.start >= inner.end;
        if (!last && (depth || !token_is(s->text, token, ";")))
            continue;
        size_t end = last ? inner.end : token.start;
        if (holds(s, start, end))
            found(s, whole, kinds[part], (struct span){start, end});
        if (last)
            return;
        part++;
        start = token_end(token);
    }
}

/* if, while, for, switch and what looks like them: keyword, head, statement. */
static bool headed(struct search *s, struct token keyword, size_t *ret_end)
{
    struct span inner;
    size_t end;
    if (!head(s, token_end(keyword), &inner, &end) || !statement(s, next_token(s->text, end), &end))
        return false;
    struct token other = next_token(s->text, end);
    if (token_is(s->text, keyword, "if") && token_is(s->text, other, "else") &&
        !statement(s, next_token(s->text, token_end(other)), &end))
        return false;
    struct span whole = {keyword.start, end};
    if (!holds(s, inner.start, inner.end))
        found(s, whole, STATEMENT_WHOLE, whole);
    else if (token_is(s->text, keyword, "for"))
        for_head(s, whole, inner);
    else
        found(s, whole, STATEMENT_HEAD, inner);
    *ret_end = end;
    return true;
}

static bool do_statement(struct search *s, struct token keyword, size_t *ret_end)
{
    struct span inner;
    size_t end;
    if (!statement(s, next_token(s->text, token_end(keyword)), &end))
        return false;
    struct token again = next_token(s->text, end);
    if (!token_is(s->text, again, "while") || !head(s, token_end(again), &inner, &end))
        return false;
    struct token last = next_token(s->text, end);
    *ret_end = token_is(s->text, last, ";") ? token_end(last) : end;
    struct span whole = {keyword.start, *ret_end};
    if (holds(s, inner.start, inner.end))
        found(s, whole, STATEMENT_HEAD, inner);
    else
        found(s, whole, STATEMENT_WHOLE, whole);
    return true;
}

/* case X: default: label: */
static bool label(struct search *s, struct token first, size_t *ret_end)
{
    bool is_case = token_is(s->text, first, "case");
    struct token token = next_token(s->text, token_end(first));
    while (is_case && token.kind != TOKEN_END && !token_is(s->text, token, ":") &&
           !token_is(s->text, token, ";"))
        token = next_token(s->text, token_end(token));
    if (first.kind != TOKEN_WORD || !token_is(s->text, token, ":"))
        return false;
    *ret_end = token_end(token);
    struct span whole = {first.start, *ret_end};
    found(s, whole, STATEMENT_WHOLE, whole);
    return true;
}

/* Everything that ends with ';'. */
static bool simple(struct search *s, struct token first, size_t *ret_end)
{
    int depth = 0;
    size_t value = 0;
    struct token token = first, previous = {.kind = TOKEN_END};
    if (token_is(s->text, first, "return"))
        value = token_end(first);
    for (;; previous = token, token = next_token(s->text, token_end(token))) {
        if (token.kind == TOKEN_END)
            return false;
        if (depth == 0 && !value && token_is(s->text, token, "="))
            value = token_end(token);
        if (depth == 0 && !value && token_is(s->text, token, "{") &&
            token_is(s->text, previous, ")"))
            return sequence(s, token.start, ret_end); /* a macro that makes a loop */
        if (depth == 0 && token_is(s->text, token, "}")) {
            *ret_end = token.start; /* a macro that makes a statement needs no ';' */
            break;
        }
        depth += token_nesting(s->text, token);
        if (depth == 0 && token_is(s->text, token, ";")) {
            *ret_end = token_end(token);
            break;
        }
    }
    struct span whole = {first.start, *ret_end};
    /* An error at the end is one of the value. */
    if (value)
        found(s, whole, s->target >= value ? STATEMENT_VALUE : STATEMENT_WHOLE,
              (struct span){value, token.start});
    else
        found(s, whole, STATEMENT_WHOLE, whole);
    return true;
}

static bool statement(struct search *s, struct token token, size_t *ret_end)
{
    static const char *const with_head[] = {"if",     "while",    "for",
                                            "switch", "__except", "__except__"};
    static const char *const alone[] = {"else", "__try", "__finally", "try"};
    bool ok;
    if (token.kind == TOKEN_END || s->depth == DEEPEST_STATEMENT)
        return false;
    s->depth++;
    if (token_is(s->text, token, "{")) {
        ok = sequence(s, token.start, ret_end);
    } else if (token_is(s->text, token, ";")) {
        *ret_end = token_end(token);
        ok = true;
    } else if (is_any(s->text, token, with_head, ARRAY_LEN(with_head))) {
        ok = headed(s, token, ret_end);
    } else if (is_any(s->text, token, alone, ARRAY_LEN(alone))) {
        ok = statement(s, next_token(s->text, token_end(token)), ret_end);
    } else if (token_is(s->text, token, "do")) {
        ok = do_statement(s, token, ret_end);
    } else {
        ok = label(s, token, ret_end) || simple(s, token, ret_end);
    }
    s->depth--;
    return ok;
}

bool statement_around(struct text text, size_t open, size_t target, struct surroundings *ret_found)
{
    struct search s = {.text = text, .target = target, .found = ret_found};
    text.size = token_closing_end(text, open);
    size_t end;
    return sequence(&s, open, &end) && s.is_found;
}

/* -- operands -- */

size_t operand_end(struct text text, size_t at)
{
    static const char *const prefixes[] = {"*", "&", "-", "+", "~", "!", "++", "--"};
    struct token token = next_token(text, at);
    while (is_any(text, token, prefixes, ARRAY_LEN(prefixes)))
        token = next_token(text, token_end(token));
    size_t end = token_end(token);
    if (token_is(text, token, "(")) {
        end = token_closing_end(text, token.start);
        struct token behind = next_token(text, end);
        if (behind.kind == TOKEN_WORD || behind.kind == TOKEN_LITERAL)
            return operand_end(text, end); /* it was a cast */
    }
    for (;;) {
        token = next_token(text, end);
        if (token_is(text, token, "[") || token_is(text, token, "("))
            end = token_closing_end(text, token.start);
        else if (token_is(text, token, ".") || token_is(text, token, "->"))
            end = token_end(next_token(text, token_end(token)));
        else
            return end;
    }
}
