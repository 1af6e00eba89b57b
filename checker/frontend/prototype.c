#include "frontend/repair_internal.h"

#include "base/path.h"

#include <string.h>

/* -- declarations -- */

bool cursor_holds(CXCursor cursor, struct spot at, struct span *ret_span)
{
    CXSourceRange range = clang_getCursorExtent(cursor);
    struct spot start = spot_of(clang_getRangeStart(range)),
                end = spot_of(clang_getRangeEnd(range));
    *ret_span = (struct span){start.offset, end.offset};
    return start.file && clang_File_isEqual(start.file, at.file) && start.offset <= at.offset &&
           at.offset < end.offset;
}

static enum CXChildVisitResult find_body(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct outer *outer = data;
    struct span span;
    if (clang_getCursorKind(cursor) == CXCursor_CompoundStmt &&
        cursor_holds(cursor, outer->at, &span))
        outer->body = cursor;
    return CXChildVisit_Continue;
}

static enum CXChildVisitResult find_outer(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct outer *outer = data;
    struct span span;
    if (!cursor_holds(cursor, outer->at, &span))
        return CXChildVisit_Continue;
    outer->declaration = cursor;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_LinkageSpec:
    case CXCursor_Namespace:
    case CXCursor_ClassDecl:
    case CXCursor_StructDecl:
        return CXChildVisit_Recurse;
    default:
        clang_visitChildren(cursor, find_body, outer);
        return CXChildVisit_Break;
    }
}

struct outer outer_of(struct repair *repair, struct spot at)
{
    struct outer outer = {
        .at = at, .declaration = clang_getNullCursor(), .body = clang_getNullCursor()};
    clang_visitChildren(clang_getTranslationUnitCursor(repair->r->unit), find_outer, &outer);
    return outer;
}

/* Where the declaration that `at` is in begins, as far as its line shows. */
static size_t declaration_start(struct text text, size_t at)
{
    size_t start = line_start(text, at);
    for (struct token token = token_solid(text, start); token.start < at && token.kind != TOKEN_END;
         token = token_solid(text, token_end(token)))
        if (token_is(text, token, ";") || token_is(text, token, "}"))
            start = token_end(token);
    return start;
}

bool replace_declaration(struct repair *repair, struct spot at, const char *with)
{
    struct span span;
    CXCursor declaration = outer_of(repair, at).declaration;
    struct text text = text_of_file(repair->r, at.file);
    /* clang has no cursor for some declarations that it rejects. */
    bool known = !clang_Cursor_isNull(declaration) && cursor_holds(declaration, at, &span);
    if (!known)
        span = (struct span){declaration_start(text, at.offset), at.offset};
    struct token token = token_solid(text, span.end);
    while (token.kind != TOKEN_END && !token_is(text, token, ";") && !token_is(text, token, "}") &&
           !token_is(text, token, "{"))
        token = token_solid(text, token_end(token));
    if (token_is(text, token, ";"))
        span.end = token_end(token);
    else if (!known)
        return false;
    edit(repair, at.file, span, with);
    return true;
}

/* -- initial values -- */

struct variable_search {
    struct spot at;
    CXCursor found; /* the last variable outside of functions that starts before `at` */
};

static enum CXChildVisitResult find_variable(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct variable_search *search = data;
    struct spot start = start_of(cursor);
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_LinkageSpec:
    case CXCursor_Namespace:
        return CXChildVisit_Recurse;
    case CXCursor_VarDecl:
        if (start.file && clang_File_isEqual(start.file, search->at.file) &&
            start.offset <= search->at.offset)
            search->found = cursor;
        return CXChildVisit_Continue;
    default:
        return CXChildVisit_Continue;
    }
}

/* From the '=' to the ';' of a declaration with one declarator. What clang rejects may have
 * brackets that do not match: only braces count in the initializer, and the first ';' ends it. */
static bool find_initializer(struct text text, size_t start, struct span *ret_span)
{
    struct span span = {0};
    int depth = 0;
    for (struct token token = token_solid(text, start); token.kind != TOKEN_END;
         token = token_solid(text, token_end(token))) {
        bool brace = token_is(text, token, "{") || token_is(text, token, "}");
        if (brace || !span.start)
            depth += token_nesting(text, token);
        if (depth == 0 && !span.start && token_is(text, token, "="))
            span.start = token.start;
        if (depth <= 0 && token_is(text, token, ","))
            return false;
        if (token_is(text, token, ";") && (span.start || depth == 0)) {
            span.end = token.start;
            *ret_span = span;
            return span.start != 0;
        }
    }
    return false;
}

bool drop_initial_value(struct repair *repair, struct spot at)
{
    struct variable_search search = {.at = at, .found = clang_getNullCursor()};
    clang_visitChildren(clang_getTranslationUnitCursor(repair->r->unit), find_variable, &search);
    if (clang_Cursor_isNull(search.found))
        return false;
    struct text text = text_of_file(repair->r, at.file);
    size_t start = start_of(search.found).offset;
    struct span value;
    if (!find_initializer(text, start, &value) || at.offset < value.start || at.offset >= value.end)
        return false;
    struct token first = token_solid(text, start);
    size_t rest = token_is(text, first, "static") ? token_end(first) : first.start;
    const char *prefix = token_is(text, first, "extern") ? "" : "extern ";
    edit(repair, at.file, (struct span){start, value.end},
         arena_printf(repair->arena, "%s%s", prefix,
                      text_fold(repair->arena, text, rest, value.start)));
    return true;
}

bool is_users(struct repair *repair, struct spot at)
{
    if (!at.file)
        return false;
    CXSourceLocation location = clang_getLocationForOffset(repair->r->unit, at.file, at.offset);
    return !clang_Location_isInSystemHeader(location);
}

static bool is_definition(struct repair *repair, struct spot at)
{
    return !clang_Cursor_isNull(outer_of(repair, at).body) ||
           clang_isCursorDefinition(outer_of(repair, at).declaration);
}

static const char *type_text(struct repair *repair, CXType type)
{
    return intern_cxstring(repair->r, clang_getTypeSpelling(type));
}

/* A declaration that agrees with `function`, or "". */
static const char *prototype_like(struct repair *repair, CXCursor function)
{
    const char *result = type_text(repair, clang_getCursorResultType(function));
    if (clang_getCursorKind(function) != CXCursor_FunctionDecl || strchr(result, '('))
        return "";
    bool is_static = clang_Cursor_getStorageClass(function) == CX_SC_Static;
    int count = clang_Cursor_getNumArguments(function);
    const char *parameters = count > 0 ? "" : "void";
    for (int i = 0; i < count; i++)
        parameters = arena_printf(repair->arena, "%s%s%s", parameters, i ? ", " : "",
                                  type_text(repair, clang_getCursorType(clang_Cursor_getArgument(
                                                        function, (unsigned)i))));
    return arena_printf(repair->arena, "%s%s %s(%s%s);", is_static ? "static " : "", result,
                        intern_cxstring(repair->r, clang_getCursorSpelling(function)), parameters,
                        clang_Cursor_isVariadic(function) ? ", ..." : "");
}

/* -- prototypes that do not agree with the definition -- */

/* The adapted declaration at that place, and where its text starts. */
static struct adapted *adapted_at(struct repair *repair, struct spot at, size_t *ret_start)
{
    struct text text = text_of_file(repair->r, at.file);
    size_t line = line_start(text, at.offset);
    for (size_t i = 0; i < repair->adapted.len; i++) {
        struct adapted *adapted = repair->adapted.items[i];
        size_t length = strlen(adapted->text);
        bool old = adapted->round == repair->round && adapted->old_file;
        if ((old ? adapted->old_line : adapted->line) != at.line ||
            strcmp(old ? adapted->old_file : adapted->file, path_of_file(repair->r, at.file)))
            continue;
        const char *found = memmem(text.bytes + line, text.size - line, adapted->text, length);
        *ret_start = found ? (size_t)(found - text.bytes) : 0;
        if (found && at.offset >= *ret_start && at.offset <= *ret_start + length)
            return adapted;
    }
    return NULL;
}

struct user_search {
    bool variables; /* initialized ones, too */
    CXCursor found;
};

static enum CXChildVisitResult find_user(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct user_search *search = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    bool function = kind == CXCursor_FunctionDecl && clang_isCursorDefinition(cursor);
    bool variable = kind == CXCursor_VarDecl &&
                    !clang_Cursor_isNull(clang_Cursor_getVarDeclInitializer(cursor));
    if (!(function || (variable && search->variables)) ||
        !clang_Location_isFromMainFile(clang_getCursorLocation(cursor)))
        return CXChildVisit_Continue;
    search->found = cursor;
    return CXChildVisit_Break;
}

/* An adapted declaration needs types that are declared behind its place: it goes in front of the
 * first initialized variable or function of the source, then in front of the first function. */
static bool move_declaration(struct repair *repair, struct adapted *adapted, struct spot at,
                             size_t start)
{
    struct user_search search = {.variables = adapted->moves == 0, .found = clang_getNullCursor()};
    if (adapted->round == repair->round)
        return true; /* another error of the same text */
    clang_visitChildren(clang_getTranslationUnitCursor(repair->r->unit), find_user, &search);
    if (adapted->moves++ > 1 || clang_Cursor_isNull(search.found))
        return false;
    edit(repair, at.file, (struct span){start, start + strlen(adapted->text)}, "");
    struct spot to = start_of(search.found);
    edit(repair, to.file, (struct span){to.offset, to.offset}, adapted->text);
    adapted->round = repair->round;
    adapted->old_file = adapted->file;
    adapted->old_line = adapted->line;
    adapted->file = path_of_file(repair->r, to.file);
    adapted->line = to.line;
    return true;
}

/* Makes the declaration at `at` agree with the one at `with`. */
static bool adapt_declaration(struct repair *repair, struct spot at, struct spot with)
{
    size_t start;
    struct adapted *known = adapted_at(repair, at, &start);
    if (known)
        return move_declaration(repair, known, at, start);
    CXCursor declaration = outer_of(repair, at).declaration;
    CXCursor function = outer_of(repair, with).declaration;
    if (clang_Cursor_isNull(declaration) || clang_Cursor_isNull(function))
        return false;
    const char *text = prototype_like(repair, function);
    if (*text) {
        struct adapted *adapted = arena_new(repair->arena, struct adapted);
        *adapted = (struct adapted){.text = text,
                                    .file = path_of_file(repair->r, at.file),
                                    .line = start_of(declaration).line,
                                    .round = repair->round};
        vec_push(repair->arena, &repair->adapted, adapted);
    }
    return replace_declaration(repair, at, text);
}

static const char typedefs[] = "typedef redefinition with different types ('";

/* What is declared twice, or NULL. clang's message tells types, but not the name, of a typedef. */
static const char *declared_name(struct repair *repair, const struct issue *issue)
{
    if (strncmp(issue->text, typedefs, strlen(typedefs)))
        return quoted_name(repair, issue->text);
    struct text text = text_of_file(repair->r, issue->at.file);
    struct token name = token_at(text, issue->at.offset);
    return arena_strndup(repair->arena, text.bytes + name.start, name.length);
}

/* The type that a typedef's error names first, if it may be declared before its tag's definition.
 */
static const char *tagged_type(struct repair *repair, const char *message)
{
    const char *type = message + strlen(typedefs);
    if (strncmp(message, typedefs, strlen(typedefs)))
        return NULL;
    size_t length = strcspn(type, "'(:");
    bool tagged = !strncmp(type, "struct ", 7) || !strncmp(type, "union ", 6);
    return tagged && type[length] == '\'' ? arena_strndup(repair->arena, type, length) : NULL;
}

/* Two declarations of one function that differ: the one that is no definition gives way. The
 * Microsoft compiler only warns of parameters and results of different types. */
bool fix_conflict(struct repair *repair, const struct issue *issue)
{
    const char *name = declared_name(repair, issue);
    const char *previous =
        issue->previous.file ? path_of_file(repair->r, issue->previous.file) : "";
    struct missing_name *missing = name ? missing_name(repair, name) : NULL;
    if (missing && missing->again && !strcmp(previous, REPAIR_PRELUDE)) {
        tell(repair, issue, OMISSION_REST, "this declaration is left out");
        return replace_declaration(repair, issue->at, "");
    }
    if (missing && !strcmp(previous, REPAIR_PRELUDE)) {
        /* It is declared further down. */
        bool again = missing->kind == NAME_EARLY; /* it names a structure without a tag */
        missing->type = again ? NULL : tagged_type(repair, issue->text);
        missing->kind = missing->type ? NAME_EARLY : NAME_DROPPED;
        if (missing->type) {
            untell(repair, missing);
            repair->others_wait = true;
        }
        repair->names_changed = true;
        return true;
    }
    if (is_users(repair, issue->previous) && !is_definition(repair, issue->previous))
        return adapt_declaration(repair, issue->previous, issue->at);
    if (!is_users(repair, issue->at))
        return false;
    if (!is_definition(repair, issue->at))
        return adapt_declaration(repair, issue->at, issue->previous);
    if (!issue->previous.file || is_users(repair, issue->previous))
        return false;
    /* The driver has something of its own under a name of the system's headers, which stay. */
    bool function = clang_getCursorKind(outer_of(repair, issue->at).declaration) ==
                    CXCursor_FunctionDecl;
    tell(repair, issue, function ? OMISSION_FUNCTION : OMISSION_NAME,
         "this is left out; what the pack's headers declare under that name counts");
    return replace_declaration(repair, issue->at, "");
}

bool fix_adapted(struct repair *repair, const struct issue *issue, bool *ret_fixed)
{
    size_t start;
    struct adapted *adapted = adapted_at(repair, issue->at, &start);
    if (adapted)
        *ret_fixed = move_declaration(repair, adapted, issue->at, start);
    return adapted != NULL;
}
