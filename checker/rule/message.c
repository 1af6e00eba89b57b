#include "rule/internal.h"

#include <string.h>

/* The content of a string token; one that is not closed has no last quote. */
static const char *content_end(const struct token *token)
{
    const char *end = token->start + token->length;
    return token->length >= 2 && end[-1] == '"' ? end - 1 : end;
}

static struct place place_in(const struct token *token, const char *at, size_t length)
{
    struct place place = token->place;
    place.column += (uint32_t)(at - token->start);
    place.length = (uint32_t)length;
    return place;
}

/* The character that an escape at `at` stands for. */
static char escape_value(struct source *source, const struct token *token, const char *at)
{
    switch (at[1]) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '"':
    case '\\':
        return at[1];
    default:
        source_error(source, place_in(token, at, 2),
                     "'\\%c' is no escape; there are \\\", \\\\, \\n and \\t", at[1]);
        return at[1];
    }
}

void string_append(struct source *source, const struct token *token, struct text *text)
{
    const char *end = content_end(token);
    for (const char *at = token->start + 1; at < end; at++) {
        char c = *at;
        if (c == '\\' && at + 1 < end)
            c = escape_value(source, token, at++);
        text_put_n(text, &c, 1);
    }
}

void template_finish(struct source *source, struct text *pending, struct place place,
                     part_list *parts)
{
    if (!pending->bytes.len)
        return;
    struct message_part part = {.kind = MESSAGE_TEXT,
                                .place = place,
                                .text = text_string(pending),
                                .watch = -1,
                                .state = -1};
    vec_push(source->arena, parts, part);
    pending->bytes.len = 0;
}

static enum message_part_kind special_kind(const char *name)
{
    if (strcmp(name, "call") == 0)
        return MESSAGE_CALL;
    if (strcmp(name, "role") == 0)
        return MESSAGE_ROLE;
    if (strcmp(name, "irql") == 0)
        return MESSAGE_IRQL;
    return MESSAGE_VARIABLE;
}

static size_t name_length(const char *at, const char *end)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
    size_t length = 0;
    while (at + length < end && strchr(letters, at[length]))
        length++;
    return length;
}

/* `at` .. `end`: what stands between braces. */
static void insertion(struct source *source, const struct token *token, const char *at,
                      const char *end, part_list *parts)
{
    struct message_part part = {
        .place = place_in(token, at - 1, (size_t)(end - at) + 2), .watch = -1, .state = -1};
    size_t length = name_length(at, end);
    bool is_at = length == 2 && strncmp(at, "at", 2) == 0 && at + 2 < end && at[2] == ' ';
    if (is_at) {
        for (at += 2; at < end && *at == ' ';)
            at++;
        length = name_length(at, end);
    }
    bool at_alone = !is_at && length == 2 && strncmp(at, "at", 2) == 0;
    if (!length || at + length != end || at_alone) {
        source_error(source, part.place,
                     "expected a variable, 'call', 'role', 'irql' or 'at STATE' between braces; "
                     "'{{' is a brace");
        return;
    }
    part.text = intern_n(source->names, at, length);
    part.kind = is_at ? MESSAGE_AT : special_kind(part.text);
    vec_push(source->arena, parts, part);
}

void template_append(struct source *source, const struct token *token, struct text *pending,
                     part_list *parts)
{
    const char *end = content_end(token);
    for (const char *at = token->start + 1; at < end; at++) {
        char c = *at;
        bool doubled = at + 1 < end && at[1] == c;
        if (c == '\\' && at + 1 < end) {
            c = escape_value(source, token, at++);
        } else if ((c == '{' || c == '}') && doubled) {
            at++;
        } else if (c == '{') {
            const char *close = memchr(at, '}', (size_t)(end - at));
            if (!close) {
                source_error(source, place_in(token, at, 1), "'{' has no '}'; '{{' is a brace");
                return;
            }
            template_finish(source, pending, token->place, parts);
            insertion(source, token, at + 1, close, parts);
            at = close;
            continue;
        } else if (c == '}') {
            source_error(source, place_in(token, at, 1), "'}' has no '{'; '}}' is a brace");
        }
        text_put_n(pending, &c, 1);
    }
}

/* Blanks at the start of a line; SIZE_MAX if there is nothing else on it. */
static size_t indentation(const char *line, const char *end)
{
    const char *at = line;
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at == end || *at == '\n' || *at == '\r' ? SIZE_MAX : (size_t)(at - line);
}

static const char *line_end(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline : end;
}

static size_t common_indentation(const char *raw, const char *end)
{
    size_t common = SIZE_MAX;
    for (const char *line = raw; line < end; line = line_end(line, end) + 1) {
        size_t here = indentation(line, end);
        /* The first line begins behind the quotes: its indentation says nothing. */
        if (line != raw && here < common)
            common = here;
    }
    return common;
}

char *block_text(struct arena *arena, const char *raw, size_t length)
{
    const char *end = raw + length;
    size_t common = common_indentation(raw, end);
    struct text text = {.arena = arena};
    size_t blank_lines = 0;
    for (const char *line = raw; line < end; line = line_end(line, end) + 1) {
        const char *stop = line_end(line, end);
        const char *next = stop;
        size_t here = indentation(line, end);
        if (here == SIZE_MAX) {
            blank_lines++;
            continue;
        }
        for (; text.bytes.len && blank_lines; blank_lines--)
            text_put(&text, "\n");
        blank_lines = 0;
        while (stop > line && strchr(" \t\r", stop[-1]))
            stop--;
        line += line == raw ? here : common;
        text_put_n(&text, line, (size_t)(stop - line));
        text_put(&text, "\n");
        line = next;
    }
    return text_string(&text);
}
