#include "triage/comment.h"

#include <ctype.h>
#include <string.h>

static const char keyword[] = "drvlint:ignore";

/* Where the scanner is. Line ends count wherever they are: in comments, too. */
struct scanner {
    struct arena *arena;
    const char *file, *at, *end;
    const char *line_start;
    uint32_t line;
    bool code;      /* this line has some before `at` */
    size_t waiting; /* the first directive that is about the next line with code */
    struct directives *directives;
};

/* ---- one comment ---------------------------------------------------------------------------- */

static const char *skip_blank(const char *s, const char *end)
{
    while (s < end && (*s == ' ' || *s == '\t'))
        s++;
    return s;
}

static const char *name_end(const char *s, const char *end)
{
    while (s < end && (isalnum((unsigned char)*s) || *s == '_'))
        s++;
    return s;
}

/* The rules, up to "--" or the end of the line. */
static const char *take_rules(struct arena *arena, const char *s, const char *end,
                              struct directive *directive)
{
    for (;;) {
        s = skip_blank(s, end);
        const char *behind = name_end(s, end);
        if (behind == s)
            break;
        vec_push(arena, &directive->rules, arena_strndup(arena, s, (size_t)(behind - s)));
        s = skip_blank(behind, end);
        if (s == end || *s != ',')
            break;
        s++;
    }
    return s;
}

/* `s` stands behind the keyword. */
static struct directive parse(struct arena *arena, const char *s, const char *end)
{
    static const struct {
        const char *suffix;
        enum scope scope;
    } forms[] = {{"-function", SCOPE_FUNCTION}, {"-file", SCOPE_FILE}};
    struct directive directive = {.scope = SCOPE_LINE, .reason = ""};
    for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
        size_t length = strlen(forms[i].suffix);
        if ((size_t)(end - s) >= length && strncmp(s, forms[i].suffix, length) == 0) {
            directive.scope = forms[i].scope;
            s += length;
            break;
        }
    }
    const char *rules = s;
    s = skip_blank(take_rules(arena, s, end, &directive), end);
    bool dashes = end - s >= 2 && strncmp(s, "--", 2) == 0;
    directive.broken = (rules < end && !isspace((unsigned char)*rules)) || !directive.rules.len ||
                       (s < end && !dashes);
    if (dashes) {
        s = skip_blank(s + 2, end);
        while (end > s && isspace((unsigned char)end[-1]))
            end--;
        directive.reason = arena_strndup(arena, s, (size_t)(end - s));
    }
    return directive;
}

/* A line of a comment; its text is [s, end). */
static void take_line(struct scanner *scan, const char *s, const char *end)
{
    size_t length = strlen(keyword);
    while (s < end && strchr(" \t*!/", *s))
        s++;
    if ((size_t)(end - s) < length || strncmp(s, keyword, length) != 0)
        return;
    struct directive directive = parse(scan->arena, s + length, end);
    directive.place = (struct place){scan->file, scan->line, (uint32_t)(s - scan->line_start) + 1,
                                     (uint32_t)length};
    directive.line = scan->code ? scan->line : 0;
    vec_push(scan->arena, &scan->directives->items, directive);
}

/* ---- the file ------------------------------------------------------------------------------- */

static void pass_line(struct scanner *scan, const char *newline)
{
    scan->line++;
    scan->line_start = newline + 1;
    scan->code = false;
}

static void pass_comment(struct scanner *scan)
{
    bool block = scan->at[1] == '*';
    const char *text = scan->at + 2, *end = text;
    while (end < scan->end && (block ? strncmp(end, "*/", 2) != 0 : *end != '\n'))
        end++;
    for (const char *stop; (stop = memchr(text, '\n', (size_t)(end - text))); text = stop + 1) {
        take_line(scan, text, stop);
        pass_line(scan, stop);
    }
    take_line(scan, text, end);
    scan->at = block && end < scan->end ? end + 2 : end;
}

/* The directives above a line with code are about it. */
static void meet_code(struct scanner *scan)
{
    for (; scan->waiting < scan->directives->items.len; scan->waiting++) {
        struct directive *directive = &scan->directives->items.items[scan->waiting];
        if (!directive->line)
            directive->line = scan->line;
    }
    scan->code = true;
}

static void pass_quoted(struct scanner *scan)
{
    char quote = *scan->at++;
    while (scan->at < scan->end && *scan->at != quote && *scan->at != '\n')
        scan->at += *scan->at == '\\' && scan->at + 1 < scan->end && scan->at[1] != '\n' ? 2 : 1;
    scan->at += scan->at < scan->end && *scan->at == quote;
}

void comment_read(struct arena *arena, const struct text *text, struct directives *ret_directives)
{
    struct scanner scan = {.arena = arena,
                           .file = text->file,
                           .at = text->bytes,
                           .end = text->bytes + text->length,
                           .line_start = text->bytes,
                           .line = 1,
                           .waiting = ret_directives->items.len,
                           .directives = ret_directives};
    if (!strstr(text->bytes, keyword))
        return;
    while (scan.at < scan.end) {
        char c = *scan.at;
        if (c == '/' && (scan.at[1] == '/' || scan.at[1] == '*')) {
            pass_comment(&scan);
        } else if (c == '\n') {
            pass_line(&scan, scan.at++);
        } else if (isspace((unsigned char)c)) {
            scan.at++;
        } else {
            meet_code(&scan);
            if (c == '"' || c == '\'')
                pass_quoted(&scan);
            else
                scan.at++;
        }
    }
}
