#include "frontend/repair_internal.h"

#include "base/path.h"

#include <string.h>

struct repair *repair_create(struct arena *arena, const struct replaced_text *text)
{
    struct repair *repair = arena_new(arena, struct repair);
    repair->arena = arena;
    interner_init(&repair->places, arena);
    diag_init(&repair->diag, arena);
    if (text->path)
        store_text(repair, text->path, text->bytes, text->length);
    return repair;
}

struct attempt *attempt_at(struct repair *repair, struct spot at)
{
    const char *key =
        arena_printf(repair->arena, "%s:%u", path_of_file(repair->r, at.file), at.line);
    uint64_t *slot = map_slot(&repair->attempts, repair->arena,
                              (uint64_t)(uintptr_t)intern(&repair->places, key));
    if (!*slot)
        *slot = (uint64_t)(uintptr_t)arena_new(repair->arena, struct attempt);
    return (struct attempt *)(uintptr_t)*slot;
}

/* -- what the user is told -- */

void tell(struct repair *repair, const struct issue *issue, enum omission_kind kind,
          const char *what)
{
    struct place place = place_of_spot(repair->r, issue->at);
    struct text text = text_of_file(repair->r, issue->at.file);
    diag_add(&repair->diag,
             (struct diag_message){.level = DIAG_WARNING,
                                   .place = place,
                                   .text = issue->text,
                                   .source_line = line_of_text(repair->arena, text.bytes, text.size,
                                                               issue->at.offset),
                                   .origin = issue->ours ? NULL : "clang"});
    diag_add(&repair->diag,
             (struct diag_message){.level = DIAG_NOTE, .place = place, .text = what});
    vec_push(repair->arena, &repair->omissions, (struct omission){.kind = kind, .place = place, .what = what});
}

void untell(struct repair *repair, const struct missing_name *name)
{
    repair->omissions.items[name->told].what = NULL;
    repair->diag.messages.items[name->note].text = NULL;
    repair->diag.messages.items[name->note - 1].text = NULL;
}

/* The same for something in a line where a smaller part turned out not to be enough: clang's first
 * message stays. */
static void tell_again(struct repair *repair, const struct issue *issue, struct attempt *attempt,
                       enum omission_kind kind, const char *what)
{
    if (attempt->told) {
        repair->omissions.items[attempt->told - 1].what = what;
        repair->omissions.items[attempt->told - 1].kind = kind;
        repair->diag.messages.items[attempt->note].text = what;
        return;
    }
    tell(repair, issue, kind, what);
    attempt->told = repair->omissions.len;
    attempt->note = repair->diag.messages.len - 1;
}

/* -- casts as lvalues -- */

/* `(T)x = y` means `(*(T *)&x) = y`. */
static bool fix_cast_target(struct repair *repair, const struct issue *issue)
{
    struct text text = text_of_file(repair->r, issue->at.file);
    struct token open = token_solid(text, issue->at.offset);
    if (!token_is(text, open, "("))
        return false;
    size_t close = token_closing_end(text, open.start), end = operand_end(text, close);
    const char *type = text_fold(repair->arena, text, token_end(open), close - 1);
    const char *operand =
        arena_strndup(repair->arena, text.bytes + close, end > close ? end - close : 0);
    edit(repair, issue->at.file, (struct span){open.start, end},
         arena_printf(repair->arena, "(*(%s *)&%s)", type, operand));
    return end > close;
}

/* `&(T)x` means `(T *)&x`. */
static bool fix_cast_address(struct repair *repair, const struct issue *issue)
{
    struct text text = text_of_file(repair->r, issue->at.file);
    struct token address = token_solid(text, issue->at.offset);
    struct token open = token_solid(text, token_end(address));
    if (!token_is(text, address, "&") || !token_is(text, open, "("))
        return false;
    size_t close = token_closing_end(text, open.start);
    const char *type = text_fold(repair->arena, text, token_end(open), close - 1);
    edit(repair, issue->at.file, (struct span){address.start, close},
         arena_printf(repair->arena, "(%s *)&", type));
    return true;
}

/* `(__declspec(align(8)) T[]){...}`: clang takes no __declspec in a type's name. */
static bool fix_declspec(struct repair *repair, const struct issue *issue)
{
    struct text text = text_of_file(repair->r, issue->at.file);
    struct token word = token_solid(text, issue->at.offset);
    struct token open = token_solid(text, token_end(word));
    bool declspec = token_is(text, word, "__declspec") || token_is(text, word, "DECLSPEC_ALIGN");
    if (!declspec || !token_is(text, open, "("))
        return false;
    edit(repair, issue->at.file, (struct span){word.start, token_closing_end(text, open.start)},
         "");
    return true;
}

static bool is_type_word(struct text text, struct token token)
{
    static const char *const words[] = {"char", "int", "long", "short", "signed", "unsigned"};
    for (size_t i = 0; i < ARRAY_LEN(words); i++)
        if (token_is(text, token, words[i]))
            return true;
    return false;
}

/* `unsigned short(x)` means `(unsigned short)(x)`. The error is at any of the words, or at a macro
 * that stands for them. */
static bool fix_type_call(struct repair *repair, const struct issue *issue)
{
    struct text text = text_of_file(repair->r, issue->at.file);
    struct span type = {issue->at.offset, 0};
    struct token token = token_solid(text, line_start(text, issue->at.offset)), next;
    for (bool before = false; token.start < issue->at.offset; token = next) {
        next = token_solid(text, token_end(token));
        if (next.kind == TOKEN_END)
            return false;
        bool word = is_type_word(text, token);
        if (word && !before)
            type.start = token.start;
        else if (!word)
            type.start = issue->at.offset;
        before = word;
    }
    for (; token.kind == TOKEN_WORD; token = token_solid(text, token_end(token)))
        type.end = token_end(token);
    if (!type.end || !token_is(text, token, "("))
        return false;
    edit(repair, issue->at.file, type,
         arena_printf(repair->arena, "(%s)", text_fold(repair->arena, text, type.start, type.end)));
    return true;
}

/* -- statements -- */

/* `T x`, `T *x`: two names with at most stars between them. */
static bool is_declaration(struct text text, struct span span)
{
    bool after_word = false;
    text.size = span.end;
    for (struct token token = token_solid(text, span.start); token.kind != TOKEN_END;
         token = token_solid(text, token_end(token))) {
        if (token.kind == TOKEN_WORD && after_word)
            return true;
        after_word = token.kind == TOKEN_WORD || (after_word && token_is(text, token, "*"));
    }
    return false;
}

/* Is the part an assigned, initial or returned value? */
static bool has_value(const struct surroundings *around)
{
    bool value = around->kind == STATEMENT_VALUE || around->kind == STATEMENT_WHOLE;
    return value && around->part.start > around->statement.start;
}

/* Takes the whole statement out; of a declaration with an initializer, only the latter. */
static void leave_statement_out(struct repair *repair, const struct issue *issue, struct text text,
                                const struct surroundings *around)
{
    struct span before = {around->statement.start, around->part.start};
    const char *hole = hole_text(repair, HOLE_STATEMENT, text, around->statement);
    if (!has_value(around) || !is_declaration(text, before)) {
        edit(repair, issue->at.file, around->statement, hole);
        return;
    }
    edit(repair, issue->at.file,
         (struct span){around->part.start - 1, around->statement.end},
         arena_printf(repair->arena, ";%s", hole));
}

/* Takes an expression out. */
static void leave_value_out(struct repair *repair, const struct issue *issue, struct text text,
                            const struct surroundings *around)
{
    bool effects = has_effects(text, around->part);
    if (!effects && around->kind == STATEMENT_STEP)
        edit(repair, issue->at.file, around->part, "");
    else
        edit(repair, issue->at.file, around->part,
             effects ? hole_text(repair, HOLE_VALUE, text, around->part) : " " REPAIR_UNKNOWN " ");
}

static bool blank_body(struct repair *repair, const struct issue *issue, struct attempt *attempt,
                       CXCursor body, const char *function)
{
    struct span span;
    if (!cursor_holds(body, issue->at, &span) || span.end < span.start + 2)
        return false;
    span = (struct span){span.start + 1, span.end - 1};
    edit(repair, issue->at.file, span,
         hole_text(repair, HOLE_BODY, text_of_file(repair->r, issue->at.file), span));
    tell_again(repair, issue, attempt, OMISSION_BODY,
               arena_printf(repair->arena, "the body of '%s' is left out; it may do anything",
                            function));
    return true;
}

/* Smaller parts are tried first; if there is still an error in the line, a bigger one. */
static bool fix_statement(struct repair *repair, const struct issue *issue)
{
    enum { TRY_PART, TRY_STATEMENT, TRY_BODY };
    struct outer outer = outer_of(repair, issue->at);
    struct text text = text_of_file(repair->r, issue->at.file);
    struct attempt *attempt = attempt_at(repair, issue->at);
    if (attempt->round == repair->round)
        return true; /* one step at a time */
    attempt->round = repair->round;
    if (clang_Cursor_isNull(outer.body)) {
        struct span line = {line_start(text, issue->at.offset), issue->at.offset};
        while (line.end < text.size && text.bytes[line.end] != ';')
            line.end++;
        if (make_constant(repair, issue, text, line))
            return true;
        if (attempt->count == 0 && drop_initial_value(repair, issue->at)) {
            attempt->count++;
            tell_again(repair, issue, attempt, OMISSION_REST,
                       "the initial value of this variable is unknown");
            return true;
        }
        bool function = clang_getCursorKind(outer.declaration) == CXCursor_FunctionDecl &&
                        clang_isCursorDefinition(outer.declaration);
        tell_again(repair, issue, attempt, function ? OMISSION_FUNCTION : OMISSION_REST,
                   function ? "this function is left out" : "this declaration is left out");
        return attempt->count++ == 0 && replace_declaration(repair, issue->at, "");
    }
    const char *function = intern_cxstring(repair->r, clang_getCursorSpelling(outer.declaration));
    struct surroundings around;
    struct span body;
    bool known = cursor_holds(outer.body, issue->at, &body) &&
                 statement_around(text, body.start, issue->at.offset, &around);
    if (known && make_constant(repair, issue, text, around.statement))
        return true;
    if (!known)
        attempt->count = TRY_BODY;
    else if (attempt->count == TRY_PART && around.kind == STATEMENT_WHOLE)
        attempt->count = TRY_STATEMENT;
    switch (attempt->count++) {
    case TRY_PART:
        leave_value_out(repair, issue, text, &around);
        tell_again(repair, issue, attempt, OMISSION_VALUE,
                   "the value of this expression is unknown");
        return true;
    case TRY_STATEMENT:
        leave_statement_out(repair, issue, text, &around);
        tell_again(repair, issue, attempt, OMISSION_STATEMENT,
                   "this statement is left out; it may do anything");
        return true;
    case TRY_BODY:
        return blank_body(repair, issue, attempt, outer.body, function);
    default:
        return false;
    }
}

/* The last resort, where the text has lost its shape. */
static bool fix_region(struct repair *repair, const struct issue *issue)
{
    struct attempt *attempt = attempt_at(repair, issue->at);
    while (attempt->regions < 2 * REGION_STEPS) {
        /* What is not closed has its mistake behind the bracket, not where clang misses the other.
         */
        bool second = attempt->regions >= REGION_STEPS, unclosed = issue->match.file != NULL;
        struct spot at = second != unclosed ? issue->match : issue->at;
        unsigned step = attempt->regions++ % REGION_STEPS;
        if (!at.file || !is_users(repair, at) || !blank_region(repair, at, step))
            continue;
        tell_again(repair, issue, attempt, step == REGION_ALL ? OMISSION_FUNCTION : OMISSION_BODY,
                   "the function around this place is left out");
        return true;
    }
    return false;
}

/* Errors of something that is not closed and has swallowed functions behind it. */
static bool fix_swallowed(struct repair *repair, const struct issue *issue)
{
    enum { FUNCTION_BEFORE = 2 };
    struct text text = text_of_file(repair->r, issue->at.file);
    bool at_end = token_solid(text, issue->at.offset).kind == TOKEN_END;
    bool nested = !strcmp(issue->text, "function definition is not allowed here");
    if (!nested && strcmp(issue->text, "unterminated function-like macro invocation") &&
        !(at_end && !strcmp(issue->text, "expected '}'") && issue->match.file))
        return false;
    struct attempt *attempt = attempt_at(repair, issue->at);
    repair->others_wait = true;
    if (nested && attempt->regions == 0 && blank_region(repair, issue->at, FUNCTION_BEFORE)) {
        attempt->regions++;
        tell_again(repair, issue, attempt, OMISSION_BODY,
                   "the function before this one is left out");
        return true;
    }
    return fix_region(repair, issue);
}

/* -- rounds -- */

/* The line of the preprocessor that `at` is in, with those that it goes on in. */
static bool directive_around(struct text text, size_t at, struct span *ret_line,
                             struct token *ret_word)
{
    struct span line = {line_start(text, at), at};
    while (line.start > 0 && is_continued(text, line.start))
        line.start = line_start(text, line.start - 1);
    struct token hash = token_solid(text, line.start);
    do {
        const char *newline = memchr(text.bytes + line.end, '\n', text.size - line.end);
        line.end = newline ? (size_t)(newline - text.bytes) + 1 : text.size;
    } while (line.end < text.size && is_continued(text, line.end));
    *ret_line = line;
    *ret_word = token_solid(text, token_end(hash));
    return token_is(text, hash, "#") && hash.start < line.end;
}

/* Each line on its own, since those of the preprocessor stay where more is left out. */
static void blank_lines(struct repair *repair, CXFile file, struct text text, struct span lines)
{
    for (size_t at = lines.start; at < lines.end;) {
        const char *newline = memchr(text.bytes + at, '\n', lines.end - at);
        size_t end = newline ? (size_t)(newline - text.bytes) : lines.end;
        edit(repair, file, (struct span){at, end}, "");
        at = end + 1;
    }
}

/* `#include <name` without its end. */
static bool fix_include(struct repair *repair, const struct issue *issue, struct text text,
                        struct token word)
{
    struct token open = token_solid(text, token_end(word));
    size_t start = open.start + 1, end = start;
    if (open.start >= text.size || !strchr("<\"", text.bytes[open.start]))
        return false;
    while (end < text.size && (token_is_word_byte(text.bytes[end]) ||
                               strchr("./\\-", text.bytes[end])))
        end++;
    size_t line = end;
    while (line < text.size && text.bytes[line] != '\n')
        line++;
    if (end == start || attempt_at(repair, issue->at)->count++)
        return false;
    edit(repair, issue->at.file, (struct span){end, line},
         text.bytes[open.start] == '<' ? ">" : "\"");
    return repair->others_wait = true;
}

/* A line of the preprocessor that has an error: of those that decide what is read, the condition; else
 * the line. `#error` wants a macro from the build. */
static bool fix_directive(struct repair *repair, const struct issue *issue)
{
    struct text text = text_of_file(repair->r, issue->at.file);
    struct span line;
    struct token word;
    if (!strcmp(issue->text, "unterminated conditional directive")) {
        edit(repair, issue->at.file, (struct span){text.size, text.size}, "\n#endif\n");
        repair->others_wait = true;
        tell(repair, issue, OMISSION_REST, "it ends with the file");
        return true;
    }
    if (!directive_around(text, issue->at.offset, &line, &word))
        return false;
    if (token_is(text, word, "include") && fix_include(repair, issue, text, word))
        return true;
    struct attempt *attempt = attempt_at(repair, issue->at);
    if (attempt->round == repair->round)
        return true;
    attempt->round = repair->round;
    bool condition = token_is(text, word, "if") || token_is(text, word, "elif");
    bool error = token_is(text, word, "error");
    size_t first = repair->edits.len;
    blank_lines(repair, issue->at.file, text,
                (struct span){condition ? token_end(word) : line.start, line.end});
    if (condition && repair->edits.len > first)
        repair->edits.items[first].with = " 0";
    repair->others_wait |= !error;
    tell(repair, issue, error ? OMISSION_LINE : OMISSION_REST, "this line is passed over");
    return attempt->count++ < 3;
}

static bool fix(struct repair *repair, const struct issue *issue)
{
    static const char undeclared[] = "use of undeclared identifier '";
    static const char unknown[] = "unknown type name '";
    const char *text = issue->text;
    bool fixed;
    if (repair->others_wait)
        return true;
    if (!is_users(repair, issue->at))
        return false;
    if (fix_directive(repair, issue))
        return true;
    if (fix_adapted(repair, issue, &fixed))
        return fixed;
    bool conflict =
        !strncmp(text, "conflicting types for '", 23) || !strncmp(text, "redefinition of '", 17) ||
        !strncmp(text, "typedef redefinition ", 21) || strstr(text, " declaration of '");
    if (conflict && fix_conflict(repair, issue))
        return true;
    /* A header may have to change, which one that was read before cannot. */
    if (conflict && (!issue->previous.file ||
                     !clang_File_isEqual(issue->previous.file, issue->at.file)))
        return false;
    if (!strncmp(text, "assignment to cast is illegal", 29) && fix_cast_target(repair, issue))
        return true;
    if (!strncmp(text, "cannot take the address of an rvalue", 36) &&
        fix_cast_address(repair, issue))
        return true;
    if (!strncmp(text, "expected expression", 19) && fix_declspec(repair, issue))
        return true;
    if (!strncmp(text, "expected '(' for function-style cast", 36) && fix_type_call(repair, issue))
        return true;
    if (!strncmp(text, unknown, sizeof(unknown) - 1) && declare_name(repair, issue, true)) {
        repair->names_wait = true;
        return true;
    }
    if (!strncmp(text, undeclared, sizeof(undeclared) - 1) && declare_name(repair, issue, false))
        return true;
    if (repair->names_wait)
        return true;
    return fix_swallowed(repair, issue) || fix_statement(repair, issue) ||
           fix_region(repair, issue);
}

static struct spot file_spot(CXSourceLocation location)
{
    struct spot spot;
    clang_getFileLocation(location, &spot.file, &spot.line, &spot.column, &spot.offset);
    return spot;
}

/* The place that the first note of an error points at. */
static struct spot note_of(CXDiagnostic diagnostic, const char *what)
{
    struct spot spot = {0};
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(notes) && !spot.file; i++) {
        CXDiagnostic note = clang_getDiagnosticInSet(notes, i);
        CXString text = clang_getDiagnosticSpelling(note);
        if (strstr(clang_getCString(text), what))
            spot = file_spot(clang_getDiagnosticLocation(note));
        clang_disposeString(text);
        clang_disposeDiagnostic(note);
    }
    return spot;
}

/* Is there an error that brackets may have to do with? */
static bool is_shapeless(struct repair *repair)
{
    static const char *const signs[] = {"expected",
                                        "extraneous",
                                        "function definition is not allowed here",
                                        "unterminated function-like macro invocation",
                                        "too few arguments provided to function-like macro",
                                        "too many arguments provided to function-like macro"};
    bool found = false;
    for (unsigned i = 0; i < clang_getNumDiagnostics(repair->r->unit) && !found; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(repair->r->unit, i);
        CXString text = clang_getDiagnosticSpelling(diagnostic);
        bool error = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        for (size_t k = 0; error && k < ARRAY_LEN(signs); k++)
            found |= !strncmp(clang_getCString(text), signs[k], strlen(signs[k]));
        clang_disposeString(text);
        clang_disposeDiagnostic(diagnostic);
    }
    return found;
}

bool repair_round(struct repair *repair, struct reader *r)
{
    repair->r = r;
    repair->edits.len = 0;
    repair->names_changed = repair->names_wait = repair->others_wait = false;
    repair->round++;
    bool all = true;
    /* What brackets that do not match have swallowed makes errors everywhere. */
    if (!repair->is_shaped && is_shapeless(repair)) {
        repair->is_shaped = true;
        repair->others_wait = fix_shape(repair);
    }
    for (unsigned i = 0; i < clang_getNumDiagnostics(r->unit) && all; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(r->unit, i);
        if (clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error) {
            struct issue issue = {.text =
                                      intern_cxstring(r, clang_getDiagnosticSpelling(diagnostic)),
                                  .at = file_spot(clang_getDiagnosticLocation(diagnostic)),
                                  .previous = note_of(diagnostic, "previous"),
                                  .match = note_of(diagnostic, "to match this")};
            all = fix(repair, &issue);
        }
        clang_disposeDiagnostic(diagnostic);
    }
    bool changed = repair->edits.len || repair->names_changed;
    if (repair->edits.len)
        apply_edits(repair);
    if (changed)
        write_prelude(repair);
    return all && changed;
}

struct CXUnsavedFile *repair_files(struct repair *repair, unsigned *ret_count)
{
    struct CXUnsavedFile *files =
        arena_new_array(repair->arena, repair->texts.len, struct CXUnsavedFile);
    for (size_t i = 0; i < repair->texts.len; i++)
        files[i] = (struct CXUnsavedFile){.Filename = repair->texts.items[i].path,
                                          .Contents = repair->texts.items[i].bytes,
                                          .Length = repair->texts.items[i].length};
    *ret_count = (unsigned)repair->texts.len;
    return files;
}

const char *repair_prelude(const struct repair *repair)
{
    return repair->texts.len ? REPAIR_PRELUDE : NULL;
}

void repair_finish(struct repair *repair, struct parsed *parsed, struct diag *diag)
{
    for (size_t i = 0; i < repair->texts.len; i++)
        vec_push(repair->arena, &parsed->replaced, repair->texts.items[i]);
    for (size_t i = 0; i < repair->omissions.len; i++)
        if (repair->omissions.items[i].what)
            vec_push(repair->arena, &parsed->omissions, repair->omissions.items[i]);
    parsed->prelude = repair_prelude(repair);
    parsed->partial = parsed->omissions.len > 0;
    /* Each omission is a warning and its note. */
    enum { MOST_MESSAGES = 2 * 50 };
    struct diag some;
    diag_init(&some, repair->arena);
    for (size_t i = 0; i < repair->diag.messages.len; i++)
        if (repair->diag.messages.items[i].text)
            diag_add(&some, repair->diag.messages.items[i]);
    size_t left = some.messages.len;
    if (some.messages.len > MOST_MESSAGES)
        some.messages.len = MOST_MESSAGES;
    left -= some.messages.len;
    diag_merge(diag, &some);
    if (left)
        diag_note(diag, place_none(), "clang rejects %zu more places in this file", left / 2);
}
