/* Brackets that do not match. clang tells of them where it notices, which may be at the end of the
 * file, and has lost all functions up to there. So they are looked for in the text, in those files
 * that clang has errors in: nearly everywhere what is declared outside of functions begins in the
 * first column, and its '}' stands there as well. Between two such places the damage stays in one
 * function, and there between two ';' if only round or square brackets are concerned. */
#include "frontend/repair_internal.h"

#include <string.h>

/* -- tokens without what the preprocessor leaves out -- */

struct shape {
    struct repair *repair;
    CXFile file;
    struct text text;
    VEC(struct token) tokens;
    VEC(struct span) skipped;
    bool changed;
};

static void find_skipped(struct shape *s)
{
    CXSourceRangeList *list = clang_getSkippedRanges(s->repair->r->unit, s->file);
    for (unsigned i = 0; list && i < list->count; i++) {
        struct spot start = spot_of(clang_getRangeStart(list->ranges[i])),
                    end = spot_of(clang_getRangeEnd(list->ranges[i]));
        vec_push(s->repair->arena, &s->skipped, (struct span){start.offset, end.offset});
    }
    clang_disposeSourceRangeList(list);
}

static bool is_skipped(const struct shape *s, size_t at)
{
    for (size_t i = 0; i < s->skipped.len; i++)
        if (at >= s->skipped.items[i].start && at < s->skipped.items[i].end)
            return true;
    return false;
}

static bool is_first(struct text text, size_t at)
{
    while (at > 0 && (text.bytes[at - 1] == ' ' || text.bytes[at - 1] == '\t'))
        at--;
    return at == 0 || text.bytes[at - 1] == '\n';
}

static void read_tokens(struct shape *s)
{
    bool directive = false;
    for (struct token token = token_at(s->text, 0); token.kind != TOKEN_END;
         token = token_at(s->text, token_end(token))) {
        if (token.kind == TOKEN_NEWLINE)
            directive = false;
        else if (token_is(s->text, token, "#") && is_first(s->text, token.start))
            directive = true;
        if (!directive && !token_is_space(token) && !is_skipped(s, token.start))
            vec_push(s->repair->arena, &s->tokens, token);
    }
}

static bool is(const struct shape *s, size_t i, const char *spelling)
{
    return i < s->tokens.len && token_is(s->text, s->tokens.items[i], spelling);
}

static bool in_first_column(const struct shape *s, size_t i)
{
    size_t at = s->tokens.items[i].start;
    return at == 0 || s->text.bytes[at - 1] == '\n';
}

static bool ends_line(const struct shape *s, size_t i)
{
    size_t at = token_end(s->tokens.items[i]);
    size_t next = i + 1 < s->tokens.len ? s->tokens.items[i + 1].start : s->text.size;
    return memchr(s->text.bytes + at, '\n', next - at) || next == s->text.size;
}

static size_t start_of_token(const struct shape *s, size_t i)
{
    return i < s->tokens.len ? s->tokens.items[i].start : s->text.size;
}

/* -- changes -- */

static void leave_out(struct shape *s, struct span span, const char *with, size_t at,
                      enum omission_kind kind, const char *what)
{
    CXSourceLocation location =
        clang_getLocationForOffset(s->repair->r->unit, s->file, (unsigned)at);
    struct issue issue = {.ours = true, .text = "brackets do not match", .at = spot_of(location)};
    edit(s->repair, s->file, span, with);
    tell(s->repair, &issue, kind, what);
    s->changed = true;
}

/* -- declarations outside of functions -- */

/* What stands outside of functions: a definition with a body, or a run of other declarations.
 * Numbers of tokens. */
struct outer_part {
    size_t start, end; /* end: behind the last one */
    size_t open;       /* of its '{'; end: it has none */
    bool closed;       /* its last '}' is there */
};

static size_t column_of(const struct shape *s, size_t i)
{
    size_t at = s->tokens.items[i].start, column = 0;
    while (at > 0 && s->text.bytes[at - 1] != '\n') {
        at--;
        column++;
    }
    return column;
}

static bool begins_line(const struct shape *s, size_t i)
{
    return is_first(s->text, s->tokens.items[i].start);
}

/* Is the '{' that of something which begins in the first column at `start`? */
static bool opens(const struct shape *s, size_t start, size_t i)
{
    return is(s, i, "{") && in_first_column(s, start) && (ends_line(s, i) || begins_line(s, i));
}

/* Does the '{' at `open` follow a list of parameters, or what looks like it? */
static bool is_function(const struct shape *s, size_t start, size_t open)
{
    static const char *const others[] = {"if", "for", "while", "switch", "do", "else"};
    if (is(s, start + 1, ":")) /* a label */
        return false;
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        if (is(s, start, others[i]))
            return false;
    for (size_t i = start; i < open; i++)
        if (is(s, i, "(") || is(s, i, ")"))
            return !is(s, open - 1, "=");
    return false;
}

/* The first token of the head whose '{' is at `open`: behind the last ';' or '}', and not before
 * the blank line in front of it. */
static size_t head_of(const struct shape *s, size_t from, size_t open)
{
    size_t start = open;
    while (start > from) {
        const struct token before = s->tokens.items[start - 1];
        size_t at = token_end(before), end = start_of_token(s, start);
        unsigned lines = 0;
        for (; at < end; at++)
            lines += s->text.bytes[at] == '\n';
        if (is(s, start - 1, ";") || is(s, start - 1, "}") || is(s, start - 1, "{") ||
            (lines > 1 && in_first_column(s, start)))
            break;
        start--;
    }
    return start;
}

static bool is_wrapper(const struct shape *s, size_t start, size_t open)
{
    bool linkage = is(s, start, "extern") && open == start + 2;
    return linkage || is(s, start, "namespace");
}

/* The end of the body that is opened at part->open: behind the '}' in the same column, or in the
 * first, and the ';' of its declaration; where another function begins first, it is not closed. */
static void find_end(const struct shape *s, struct outer_part *part)
{
    size_t i = part->open + 1;
    size_t column = begins_line(s, part->open) ? column_of(s, part->open) : 0;
    for (; i < s->tokens.len; i++) {
        if (is(s, i, "}") && begins_line(s, i) && column_of(s, i) <= column)
            break;
        if (!is(s, i, "{"))
            continue;
        size_t head = head_of(s, part->open + 1, i);
        if (!opens(s, head, i) || !(is_function(s, head, i) || in_first_column(s, i)))
            continue;
        part->end = head;
        return;
    }
    part->closed = i < s->tokens.len;
    part->end = part->closed ? i + 1 : i;
    if (is_function(s, part->start, part->open))
        return;
    while (part->closed && part->end < s->tokens.len && !is(s, part->end - 1, ";") &&
           !is(s, part->end, "{"))
        part->end++;
}

static struct outer_part next_part(const struct shape *s, size_t start)
{
    size_t begin = start, depth = 0;
    for (size_t i = start; i < s->tokens.len; i++) {
        if (is(s, i, "}") && (in_first_column(s, i) || !depth)) /* nothing has opened it */
            return (struct outer_part){start, i + 1, i + 1, true};
        depth -= is(s, i, "}");
        if (is(s, i, "}") && !depth) /* a body in one line */
            begin = i + 1;
        if (is(s, i, ";")) {
            begin = i + 1;
            continue;
        }
        if (opens(s, begin, i) && !is_wrapper(s, begin, i)) {
            if (begin > start)
                return (struct outer_part){start, begin, begin, true};
            struct outer_part part = {.start = start, .open = i};
            find_end(s, &part);
            return part;
        }
        if (is(s, i, "{") && is_wrapper(s, begin, i))
            return (struct outer_part){start, i + 1, i + 1, true};
        depth += is(s, i, "{");
    }
    return (struct outer_part){start, s->tokens.len, s->tokens.len, true};
}

/* -- brackets -- */

static const char *closing(const struct shape *s, size_t i)
{
    return is(s, i, "(") ? ")" : is(s, i, "[") ? "]" : is(s, i, "{") ? "}" : NULL;
}

static bool closes(const struct shape *s, size_t i)
{
    return is(s, i, ")") || is(s, i, "]") || is(s, i, "}");
}

typedef VEC(size_t) token_list;

/* Do all brackets of the tokens [from, to) match? */
static bool matches(struct shape *s, size_t from, size_t to)
{
    token_list open = {0};
    for (size_t i = from; i < to; i++) {
        if (closing(s, i))
            vec_push(s->repair->arena, &open, i);
        else if (closes(s, i) && (!open.len || !is(s, i, closing(s, vec_last(&open)))))
            return false;
        else if (closes(s, i))
            open.len--;
    }
    return open.len == 0;
}

/* Do the braces of the tokens [from, to) match, whatever is between them? */
static bool braces_match(const struct shape *s, size_t from, size_t to)
{
    long depth = 0;
    for (size_t i = from; i < to && depth >= 0; i++)
        depth += is(s, i, "{") ? 1 : is(s, i, "}") ? -1 : 0;
    return depth == 0;
}

/* A '{' behind a round bracket that is still open begins a block if it stands where blocks begin.
 */
static bool begins_block(const struct shape *s, size_t i)
{
    bool expression = is(s, i - 1, "(") || is(s, i - 1, "=") || is(s, i - 1, ",");
    return !expression && (ends_line(s, i) || is_first(s->text, s->tokens.items[i].start));
}

/* The first statement in [from, to) in which brackets do not match, from its first token to behind
 * its
 * ';', or to its '{'. */
static bool find_broken(struct shape *s, size_t from, size_t to, size_t *ret_start, size_t *ret_end)
{
    token_list open = {0};
    size_t start = from;
    for (size_t i = from; i < to; i++) {
        bool inside = open.len && !is(s, vec_last(&open), "{");
        bool in_for = inside && vec_last(&open) > from && is(s, vec_last(&open) - 1, "for");
        bool ends = is(s, i, ";") || is(s, i, "}") || (is(s, i, "{") && begins_block(s, i));
        bool stray =
            closes(s, i) && !is(s, i, "}") && (!inside || !is(s, i, closing(s, vec_last(&open))));
        if ((ends && inside && !(in_for && is(s, i, ";"))) || stray) {
            while (stray && i < to && !is(s, i, ";") && !is(s, i, "{") && !is(s, i, "}"))
                i++;
            *ret_start = start;
            *ret_end = i + (i < to && is(s, i, ";"));
            return true;
        }
        if (closing(s, i))
            vec_push(s->repair->arena, &open, i);
        else if (closes(s, i) && open.len)
            open.len--;
        if (!open.len || is(s, vec_last(&open), "{"))
            if (is(s, i, ";") || is(s, i, "{") || is(s, i, "}"))
                start = i + 1;
    }
    *ret_start = start;
    *ret_end = to;
    return open.len && !is(s, vec_last(&open), "{");
}

/* -- functions -- */

/* What a head without its condition is: `if (x {` becomes `if ($0) {`. */
static const char *headless(struct shape *s, size_t start, size_t end, const char *condition)
{
    static const char *const words[] = {"if", "while", "switch"};
    struct arena *arena = s->repair->arena;
    const char *before = "";
    while (start < end && (is(s, start, "}") || is(s, start, "else"))) {
        if (is(s, start, "else"))
            before = "else ";
        start++;
    }
    if (start < end && is(s, start, "for"))
        return arena_printf(arena, "%sfor (;%s;) ", before, condition);
    for (size_t i = 0; start < end && i < ARRAY_LEN(words); i++)
        if (is(s, start, words[i]))
            return arena_printf(arena, "%s%s (%s) ", before, words[i], condition);
    return *before ? before : NULL;
}

/* Labels in front of a statement stay. */
static size_t behind_labels(const struct shape *s, size_t start, size_t end)
{
    while (start + 1 < end && s->tokens.items[start].kind == TOKEN_WORD && is(s, start + 1, ":"))
        start += 2;
    for (size_t i = start; i < end && is(s, start, "case"); i++)
        if (is(s, i, ":"))
            return i + 1;
    return start;
}

static void fix_one_statement(struct shape *s, size_t start, size_t end)
{
    start = behind_labels(s, start, end);
    struct span span = {start_of_token(s, start), start_of_token(s, end)};
    if (end > start && span.end > span.start)
        span.end = token_end(s->tokens.items[end - 1]);
    bool block = end < s->tokens.len && is(s, end, "{") && start < end;
    const char *head =
        block ? headless(s, start, end, hole_text(s->repair, HOLE_VALUE, s->text, span)) : NULL;
    if (!head)
        head = hole_text(s->repair, HOLE_STATEMENT, s->text, span);
    leave_out(s, span, head, span.start, OMISSION_STATEMENT,
              "this statement is left out; it may do anything");
}

static void leave_body_out(struct shape *s, const struct outer_part *part)
{
    struct token last = s->tokens.items[part->end - 1];
    struct span span = {token_end(s->tokens.items[part->open]), last.start};
    bool empty = part->end - 1 == part->open;
    if (empty)
        span.end = span.start;
    if (!part->closed)
        edit(s->repair, s->file, (struct span){empty ? span.start : last.start, token_end(last)},
             "}");
    leave_out(s, span, hole_text(s->repair, HOLE_BODY, s->text, span),
              s->tokens.items[part->open].start, OMISSION_BODY,
              "the body of this function is left out; it may do anything");
}

static void leave_part_out(struct shape *s, size_t from, size_t to)
{
    struct span span = {start_of_token(s, from), token_end(s->tokens.items[to - 1])};
    leave_out(s, span, "", span.start, OMISSION_REST, "this declaration is left out");
}

static void leave_function_out(struct shape *s, const struct outer_part *part)
{
    struct span span = {start_of_token(s, part->start), token_end(s->tokens.items[part->end - 1])};
    leave_out(s, span, "", span.start, OMISSION_FUNCTION, "this function is left out");
}

static void fix_body(struct shape *s, const struct outer_part *part)
{
    size_t from = part->open + 1, to = part->end - part->closed;
    if (!part->closed || !braces_match(s, from, to)) {
        leave_body_out(s, part);
        return;
    }
    size_t start, end;
    while (from < to && find_broken(s, from, to, &start, &end) && end > from) {
        fix_one_statement(s, start, end);
        from = end;
    }
}

/* `NAME Param)` or `NAME(Param`: what is missing or too much in a function's head is put right if
 * that is at its end. */
static bool fix_head(struct shape *s, const struct outer_part *part)
{
    size_t last = part->open - 1;
    long depth = 0;
    bool wrong = false, any = false;
    for (size_t i = part->start; i < part->open; i++) {
        any |= is(s, i, "(");
        depth += is(s, i, "(") ? 1 : is(s, i, ")") ? -1 : 0;
        wrong |= depth < 0 && i != last;
    }
    struct span span = {token_end(s->tokens.items[last]), token_end(s->tokens.items[last])};
    if (wrong || !any || (depth != 1 && depth != -1))
        return false;
    if (depth < 0)
        span.start = s->tokens.items[last].start;
    edit(s->repair, s->file, span, depth < 0 ? "" : ")");
    s->changed = true;
    return true;
}

static void fix_function(struct shape *s, const struct outer_part *part)
{
    size_t to = part->end - part->closed;
    if (!matches(s, part->start, part->open) && !fix_head(s, part))
        leave_function_out(s, part);
    else if (!part->closed || !matches(s, part->open + 1, to))
        fix_body(s, part);
}

/* -- other declarations -- */

/* A member of a structure goes alone if its braces match, else all of the structure. */
static void fix_record(struct shape *s, const struct outer_part *part)
{
    size_t from = part->open + 1, to = part->end, start, end;
    while (to > from && !is(s, to - 1, "}"))
        to--;
    bool initializer = is(s, part->open - 1, "=");
    if (!part->closed || initializer || !braces_match(s, from, to - 1) ||
        !find_broken(s, from, to - 1, &start, &end)) {
        leave_part_out(s, part->start, part->end);
        return;
    }
    do {
        leave_part_out(s, start, end);
        from = end;
    } while (from < to - 1 && find_broken(s, from, to - 1, &start, &end) && end > from);
}

/* A function whose '{' is missing: from behind its parameters to its '}'. */
static bool fix_bodiless(struct shape *s, const struct outer_part *part)
{
    size_t head = part->end - 1;
    while (head > part->start &&
           !(in_first_column(s, head) && s->tokens.items[head].kind == TOKEN_WORD &&
             !is(s, head + 1, ":")))
        head--;
    while (head > part->start && in_first_column(s, head - 1) && !is(s, head - 1, ";"))
        head--; /* its type stands in a line of its own */
    size_t i = head;
    while (i < part->end && !is(s, i, "("))
        i++;
    for (long depth = 0; i < part->end; i++) {
        depth += is(s, i, "(") ? 1 : is(s, i, ")") ? -1 : 0;
        if (is(s, i, ";") || is(s, i, "}"))
            return false;
        if (depth == 0)
            break;
    }
    if (i + 1 >= part->end || is(s, i + 1, ";"))
        return false;
    struct span span = {token_end(s->tokens.items[i]), s->tokens.items[part->end - 1].start};
    const char *hole = hole_text(s->repair, HOLE_BODY, s->text, span);
    leave_out(s, span, arena_printf(s->repair->arena, "{%s", hole), s->tokens.items[i].start,
              OMISSION_BODY, "the body of this function is left out; it may do anything");
    return true;
}

/* Declarations without bodies, each up to its ';'. */
static void fix_declarations(struct shape *s, const struct outer_part *part)
{
    size_t start = part->start;
    for (size_t i = part->start; i < part->end; i++) {
        if (!is(s, i, ";"))
            continue;
        if (!matches(s, start, i + 1) && braces_match(s, start, i + 1))
            leave_part_out(s, start, i + 1);
        start = i + 1;
    }
}

static void fix_part(struct shape *s, const struct outer_part *part)
{
    bool stray = part->open == part->end && is(s, part->end - 1, "}") &&
                 !braces_match(s, part->start, part->end);
    if (part->open < part->end && is_function(s, part->start, part->open))
        fix_function(s, part);
    else if (part->open < part->end && !matches(s, part->start, part->end))
        fix_record(s, part);
    else if (stray && !fix_bodiless(s, part))
        leave_part_out(s, part->start, part->end);
    else if (part->open == part->end && !stray)
        fix_declarations(s, part);
}

static bool fix_file(struct repair *repair, CXFile file)
{
    struct shape s = {.repair = repair, .file = file, .text = text_of_file(repair->r, file)};
    find_skipped(&s);
    read_tokens(&s);
    unsigned wrappers = 0;
    for (size_t at = 0; at < s.tokens.len;) {
        struct outer_part part = next_part(&s, at);
        bool opened = is(&s, part.end - 1, "{");
        bool closed = part.open == part.end && is(&s, part.end - 1, "}") && wrappers;
        wrappers += opened;
        wrappers -= closed;
        if (opened || closed)
            part.end = part.open = part.end - 1;
        if (part.end > part.start)
            fix_part(&s, &part);
        at = part.end + (opened || closed);
    }
    return s.changed;
}

/* -- files -- */

struct files {
    struct repair *repair;
    bool changed;
};

static void visit_file(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    (void)stack, (void)depth;
    struct files *files = data;
    struct spot start = {.file = file};
    if (is_users(files->repair, start) &&
        strcmp(path_of_file(files->repair->r, file), REPAIR_PRELUDE))
        files->changed |= fix_file(files->repair, file);
}

bool fix_shape(struct repair *repair)
{
    struct files files = {.repair = repair};
    clang_getInclusions(repair->r->unit, visit_file, &files);
    return files.changed;
}
