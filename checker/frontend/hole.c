/* Holes: what takes the place of code that clang rejects. In the text there is a macro of two or
 * three bytes, `$7`, so that nothing else moves. The prelude defines it as a call that names what
 * the code names:
 *
 *     { drvlint_hole("Adapter Lock NdisAcquireSpinLock", (void *)&Adapter, (void *)Adapter); }
 *
 * The addresses of variables come in when clang has no more errors: only then its tree tells which
 * variables there are. */
#include "frontend/repair_internal.h"

#include <stdlib.h>
#include <string.h>

/* -- what code names -- */

static bool is_keyword(const char *word)
{
    static const char *const keywords[] = {"if",     "else",   "while",  "for",      "do",
                                           "switch", "sizeof", "const",  "volatile", "struct",
                                           "union",  "enum",   "static", "void",     "char",
                                           "short",  "int",    "long",   "signed",   "unsigned"};
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++)
        if (!strcmp(word, keywords[i]))
            return true;
    return false;
}

/* The words of code in their order, each once. */
static void add_words(struct repair *repair, struct hole *hole, struct text text, struct span span)
{
    if (span.end < text.size)
        text.size = span.end;
    for (struct token token = token_solid(text, span.start); token.kind != TOKEN_END;
         token = token_solid(text, token_end(token))) {
        bool digit = text.bytes[token.start] >= '0' && text.bytes[token.start] <= '9';
        if (token.kind != TOKEN_WORD || digit)
            continue;
        const char *word = intern_n(&repair->places, text.bytes + token.start, token.length);
        uint64_t *seen = map_slot(&hole->seen, repair->arena, (uint64_t)(uintptr_t)word);
        if (!*seen && !is_keyword(word))
            vec_push(repair->arena, &hole->words, word);
        *seen = 1;
    }
}

bool has_effects(struct text text, struct span span)
{
    static const char *const marks[] = {"(", "=", "++", "--", "&"};
    if (span.end < text.size)
        text.size = span.end;
    for (struct token token = token_solid(text, span.start); token.kind != TOKEN_END;
         token = token_solid(text, token_end(token)))
        for (size_t i = 0; i < ARRAY_LEN(marks); i++)
            if (token_is(text, token, marks[i]))
                return true;
    return false;
}

const char *hole_text(struct repair *repair, enum hole_kind kind, struct text text,
                      struct span span)
{
    struct hole *hole = arena_new(repair->arena, struct hole);
    hole->kind = kind;
    hole->code = hole->control = "";
    add_words(repair, hole, text, span);
    vec_push(repair->arena, &repair->holes, hole);
    return arena_printf(repair->arena, kind == HOLE_VALUE ? " $%zu " : "$%zu ", repair->holes.len);
}

/* -- the prelude -- */

static const char *names_of(struct repair *repair, const struct hole *hole)
{
    size_t room = 1;
    for (size_t i = 0; i < hole->words.len; i++)
        room += strlen(hole->words.items[i]) + 1;
    char *names = arena_alloc(repair->arena, room + 2), *out = names;
    if (hole->lost)
        out = stpcpy(out, "$");
    for (size_t i = 0; i < hole->words.len; i++)
        out = stpcpy(stpcpy(out, i || hole->lost ? " " : ""), hole->words.items[i]);
    *out = '\0';
    return names;
}

const char *holes_define(struct repair *repair)
{
    const char *text = "";
    for (size_t i = 0; i < repair->holes.len; i++) {
        const struct hole *hole = repair->holes.items[i];
        bool value = hole->kind == HOLE_VALUE;
        text = arena_printf(repair->arena, "%s#define $%zu %s drvlint_hole(\"%s\"%s);%s %s\n", text,
                            i + 1, value ? "({" : "{", names_of(repair, hole), hole->code,
                            hole->control, value ? REPAIR_UNKNOWN "; })" : "}");
    }
    return text;
}

/* -- variables and ways out -- */

struct variable {
    const char *name; /* as in a hole's words: equal names are the same pointer */
    CXCursor cursor;
};

static const char *repair_name(struct repair *repair, CXCursor cursor)
{
    return intern(&repair->places, intern_cxstring(repair->r, clang_getCursorSpelling(cursor)));
}

/* What a macro stands for. */
struct macro {
    struct text text;
    struct span body;
    size_t next; /* number + 1 of another one of that name; 0: none */
};

struct binder {
    struct repair *repair;
    VEC(struct macro) macros;
    struct map macro_of;        /* name -> number + 1 of the last one */
    struct map ddis;            /* names of functions of the system's headers */
    VEC(struct variable) scope; /* globals, then those of the function around */
    VEC(const char *) labels;
    CXCursor function;
    unsigned loops, switches; /* around */
    bool changed;
};

static enum CXChildVisitResult find_label(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct binder *b = data;
    if (clang_getCursorKind(cursor) == CXCursor_LabelStmt)
        vec_push(b->repair->arena, &b->labels, repair_name(b->repair, cursor));
    return CXChildVisit_Recurse;
}

static const struct variable *find_variable(const struct binder *b, const char *name)
{
    for (size_t i = b->scope.len; i-- > 0;)
        if (b->scope.items[i].name == name)
            return &b->scope.items[i];
    return NULL;
}

static bool has_word(const struct hole *hole, const char *word)
{
    for (size_t i = 0; i < hole->words.len; i++)
        if (!strcmp(hole->words.items[i], word))
            return true;
    return false;
}

static bool is_method(CXCursor function)
{
    enum CXCursorKind kind = clang_getCursorKind(function);
    return kind == CXCursor_Constructor || kind == CXCursor_Destructor ||
           (kind == CXCursor_CXXMethod && !clang_CXXMethod_isStatic(function));
}

static uint64_t key_of_word(const char *word)
{
    return (uint64_t)(uintptr_t)word;
}

static void add_macro(struct binder *b, struct text text, struct token name, size_t end)
{
    const char *word = intern_n(&b->repair->places, text.bytes + name.start, name.length);
    uint64_t *last = map_slot(&b->macro_of, b->repair->arena, key_of_word(word));
    vec_push(b->repair->arena, &b->macros,
             (struct macro){text, {token_end(name), end}, (size_t)*last});
    *last = b->macros.len;
}

/* Macros of all files that were read. */
static void find_macros(CXFile file, CXSourceLocation *stack, unsigned depth, CXClientData data)
{
    (void)stack, (void)depth;
    struct binder *b = data;
    static const char define[] = "define";
    struct text text = text_of_file(b->repair->r, file);
    if (!strcmp(path_of_file(b->repair->r, file), REPAIR_PRELUDE))
        return;
    for (const char *at = text.bytes;
         (at = memmem(at, text.size - (size_t)(at - text.bytes), define, strlen(define)));) {
        at += strlen(define);
        struct token name = token_at(text, (size_t)(at - text.bytes));
        if (name.kind == TOKEN_BLANK)
            name = token_at(text, token_end(name));
        size_t end = token_end(name);
        for (struct token token = name; token.kind != TOKEN_NEWLINE && token.kind != TOKEN_END;
             token = token_at(text, token_end(token)))
            end = token_end(token);
        if (name.kind == TOKEN_WORD)
            add_macro(b, text, name, end);
    }
}

/* What macros stand for is named, too. */
static void name_macros(struct binder *b, struct hole *hole)
{
    for (size_t i = 0; i < hole->words.len; i++) {
        const uint64_t *last = map_get(&b->macro_of, key_of_word(hole->words.items[i]));
        for (size_t k = last ? *last : 0; k; k = b->macros.items[k - 1].next)
            add_words(b->repair, hole, b->macros.items[k - 1].text, b->macros.items[k - 1].body);
    }
}

/* Functions of the system, so that it is known that the driver needs them. */
static const char *name_ddis(struct binder *b, const struct hole *hole, const char *code)
{
    for (size_t i = 0; i < hole->words.len; i++)
        if (map_get(&b->ddis, key_of_word(hole->words.items[i])))
            code = arena_printf(b->repair->arena, "%s, (void *)%s", code, hole->words.items[i]);
    return code;
}

/* The address of each variable that the code names, and what pointers lead to. */
static void bind_variables(struct binder *b, struct hole *hole)
{
    struct arena *arena = b->repair->arena;
    const char *code = is_method(b->function) ? ", (void *)this" : "";
    for (size_t i = 0; i < hole->words.len; i++) {
        const struct variable *variable = find_variable(b, hole->words.items[i]);
        if (!variable)
            continue;
        CXType type = clang_getCanonicalType(clang_getCursorType(variable->cursor));
        code = arena_printf(arena, "%s, (void *)&%s", code, variable->name);
        if (type.kind == CXType_Pointer)
            code = arena_printf(arena, "%s, (void *)%s", code, variable->name);
    }
    hole->code = name_ddis(b, hole, code);
}

static const char *return_text(struct binder *b)
{
    CXType type = clang_getCursorResultType(b->function);
    enum CXTypeKind kind = clang_getCanonicalType(type).kind;
    enum CXCursorKind function = clang_getCursorKind(b->function);
    if (kind == CXType_Void || kind == CXType_Invalid || function == CXCursor_Constructor ||
        function == CXCursor_Destructor)
        return "return;";
    if (kind != CXType_Record || b->repair->r->cxx)
        return "return " REPAIR_UNKNOWN ";";
    return arena_printf(b->repair->arena, "return *(%s *)drvlint_hole_value();",
                        intern_cxstring(b->repair->r, clang_getTypeSpelling(type)));
}

/* Code that may leave its place does so or not. */
static void bind_control(struct binder *b, struct hole *hole)
{
    struct arena *arena = b->repair->arena;
    static const char maybe[] = " if (drvlint_hole_value())";
    const char *text = "";
    if (hole->kind == HOLE_VALUE)
        return;
    if (has_word(hole, "break") && (b->loops || b->switches))
        text = arena_printf(arena, "%s%s break;", text, maybe);
    if (has_word(hole, "continue") && b->loops)
        text = arena_printf(arena, "%s%s continue;", text, maybe);
    bool jumps = has_word(hole, "goto"), lands = false;
    for (size_t i = 0; i < b->labels.len && jumps; i++) {
        if (!has_word(hole, b->labels.items[i]))
            continue;
        text = arena_printf(arena, "%s%s goto %s;", text, maybe, b->labels.items[i]);
        lands = true;
    }
    bool is_case = has_word(hole, "case") || has_word(hole, "default");
    hole->lost =
        hole->kind != HOLE_BODY && ((jumps && !lands) || (is_case && !has_word(hole, "switch")));
    if (hole->kind == HOLE_BODY)
        text = arena_printf(arena, "%s %s", text, return_text(b));
    else if (has_word(hole, "return"))
        text = arena_printf(arena, "%s%s %s", text, maybe, return_text(b));
    hole->control = text;
}

/* The hole that a call stands for. */
static struct hole *hole_at(struct binder *b, CXCursor call)
{
    struct spot at = start_of(call);
    struct text text = text_of_file(b->repair->r, at.file);
    if (at.offset >= text.size || text.bytes[at.offset] != '$')
        return NULL;
    size_t number = strtoul(text.bytes + at.offset + 1, NULL, 10);
    return number && number <= b->repair->holes.len ? b->repair->holes.items[number - 1] : NULL;
}

static void bind_call(struct binder *b, CXCursor call)
{
    if (strcmp(intern_cxstring(b->repair->r, clang_getCursorSpelling(call)), "drvlint_hole"))
        return;
    struct hole *hole = hole_at(b, call);
    if (!hole || hole->bound)
        return;
    hole->bound = b->changed = true;
    bind_control(b, hole);
    name_macros(b, hole);
    bind_variables(b, hole);
}

static void add_variable(struct binder *b, CXCursor cursor)
{
    const char *name = repair_name(b->repair, cursor);
    if (*name)
        vec_push(b->repair->arena, &b->scope, (struct variable){name, cursor});
}

static enum CXChildVisitResult visit_code(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct binder *b = data;
    struct binder before = *b;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    bool loop = kind == CXCursor_ForStmt || kind == CXCursor_WhileStmt || kind == CXCursor_DoStmt ||
                kind == CXCursor_CXXForRangeStmt;
    if (kind == CXCursor_VarDecl || kind == CXCursor_ParmDecl)
        add_variable(b, cursor);
    if (kind == CXCursor_CallExpr)
        bind_call(b, cursor);
    b->loops += loop;
    b->switches += kind == CXCursor_SwitchStmt;
    clang_visitChildren(cursor, visit_code, b);
    b->loops = before.loops;
    b->switches = before.switches;
    if (loop || kind == CXCursor_CompoundStmt)
        b->scope.len = before.scope.len;
    return CXChildVisit_Continue;
}

static void visit_function(struct binder *b, CXCursor function)
{
    size_t globals = b->scope.len;
    b->function = function;
    b->labels.len = 0;
    b->loops = b->switches = 0;
    clang_visitChildren(function, find_label, b);
    clang_visitChildren(function, visit_code, b);
    b->scope.len = globals;
}

static enum CXChildVisitResult visit_outer(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct binder *b = data;
    struct spot at = spot_of(clang_getCursorLocation(cursor));
    if (!at.file || !strcmp(path_of_file(b->repair->r, at.file), REPAIR_PRELUDE))
        return CXChildVisit_Continue;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_VarDecl:
        add_variable(b, cursor);
        break;
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate:
        if (clang_isCursorDefinition(cursor) && is_users(b->repair, at))
            visit_function(b, cursor);
        else if (!is_users(b->repair, at))
            *map_slot(&b->ddis, b->repair->arena, key_of_word(repair_name(b->repair, cursor))) = 1;
        break;
    case CXCursor_LinkageSpec:
    case CXCursor_UnexposedDecl:
    case CXCursor_Namespace:
    case CXCursor_ClassDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_StructDecl:
        return CXChildVisit_Recurse;
    }
    return CXChildVisit_Continue;
}

bool holes_bind(struct repair *repair, struct reader *r)
{
    struct binder b = {.repair = repair};
    repair->r = r;
    if (!repair->holes.len)
        return false;
    clang_getInclusions(r->unit, find_macros, &b);
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit), visit_outer, &b);
    if (b.changed)
        write_prelude(repair);
    return b.changed;
}

void holes_unbind(struct repair *repair)
{
    for (size_t i = 0; i < repair->holes.len; i++) {
        struct hole *hole = repair->holes.items[i];
        hole->code = hole->control = "";
        hole->lost = true;
    }
    write_prelude(repair);
}
