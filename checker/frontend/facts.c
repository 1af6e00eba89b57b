/* Source facts by libclang: roles, extents, static functions that nothing refers to, and clang's
 * messages. Headers of the system and of the pack are passed over. */
#include "frontend/reader.h"
#include "frontend/repair.h"

#include "base/path.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* -- roles -- */

static CXType unwrapped(CXType type)
{
    for (;;) {
        CXType inner = type;
        switch ((int)type.kind) {
        case CXType_Elaborated:
            inner = clang_Type_getNamedType(type);
            break;
        case CXType_Attributed:
            inner = clang_Type_getModifiedType(type);
            break;
        default:
            return type;
        }
        type = inner;
    }
}

/* The role type that a function is declared with, or NULL. A driver's own typedef of a role is not
 * the role. */
static const char *role_of(struct reader *r, CXCursor function)
{
    CXType type = unwrapped(clang_getCursorType(function));
    CXCursor role = clang_getNullCursor();
    while (type.kind == CXType_Typedef) {
        CXCursor declaration = clang_getTypeDeclaration(type);
        if (clang_Cursor_isNull(role))
            role = declaration;
        if (clang_Location_isInSystemHeader(clang_getCursorLocation(declaration))) {
            role = declaration;
            break;
        }
        type = unwrapped(clang_getTypedefDeclUnderlyingType(declaration));
    }
    return clang_Cursor_isNull(role) ? NULL : intern_cxstring(r, clang_getCursorSpelling(role));
}

/* -- functions -- */

/* A destructor has several linkage names; its body is the one that starts with "??1". */
static const char *destructor_name(struct reader *r, CXCursor destructor)
{
    const char *found = NULL;
    CXStringSet *names = clang_Cursor_getCXXManglings(destructor);
    for (unsigned i = 0; names && i < names->Count; i++) {
        const char *name = clang_getCString(names->Strings[i]);
        if (name && !strncmp(name, "??1", 3))
            found = intern(&r->names, name);
    }
    if (names)
        clang_disposeStringSet(names);
    return found;
}

/* The name that the program has for it: C++ functions have their linkage name. */
static const char *function_name(struct reader *r, CXCursor function)
{
    const char *name = NULL;
    if (clang_getCursorKind(function) == CXCursor_Destructor)
        name = destructor_name(r, function);
    else if (r->cxx)
        name = intern_cxstring(r, clang_Cursor_getMangling(function));
    return name && *name == '?' ? name : intern_cxstring(r, clang_getCursorSpelling(function));
}

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* Number + 1 of the static function of that name. */
static uint32_t static_number(struct reader *r, const char *name)
{
    uint64_t *slot = map_slot(&r->statics, r->arena, key_of(name));
    if (!*slot) {
        vec_push(r->arena, &r->functions, (struct static_function){.name = name});
        *slot = r->functions.len;
    }
    return (uint32_t)*slot;
}

/* C++ gives several functions one name, so none can be kept by naming it. */
static bool is_static(const struct reader *r, CXCursor function)
{
    return !r->cxx && clang_Cursor_getStorageClass(function) == CX_SC_Static;
}

/* A function that a header of the system declares. */
static void note_declared(struct reader *r, CXCursor function)
{
    if (clang_getCursorKind(function) != CXCursor_FunctionDecl ||
        !clang_Location_isInSystemHeader(clang_getCursorLocation(function)))
        return;
    const char *name = intern_cxstring(r, clang_getCursorSpelling(function));
    uint64_t *seen = map_slot(&r->declared, r->arena, key_of(name));
    if (!*seen)
        vec_push(r->arena, &r->facts->declared, name);
    *seen = 1;
}

void note_reference(struct reader *r, CXCursor reference)
{
    enum CXTypeKind kind = clang_getCanonicalType(clang_getCursorType(reference)).kind;
    if (kind != CXType_FunctionProto && kind != CXType_FunctionNoProto)
        return;
    CXCursor function = clang_getCursorReferenced(reference);
    note_declared(r, function);
    if (!is_static(r, function))
        return;
    uint32_t number = static_number(r, intern_cxstring(r, clang_getCursorSpelling(function))) - 1;
    if (!r->current)
        vec_push(r->arena, &r->static_roots, number);
    else
        vec_push(r->arena, &r->functions.items[r->current - 1].uses, number);
}

void add_role(struct reader *r, struct role_decl role)
{
    const char *pair = arena_printf(r->arena, "%s %s", role.function, role.role);
    uint64_t *seen = map_slot(&r->roles_seen, r->arena, key_of(intern(&r->names, pair)));
    if (*seen)
        return;
    *seen = 1;
    vec_push(r->arena, &r->facts->roles, role);
}

static void read_role(struct reader *r, CXCursor function, const char *name)
{
    const char *role = role_of(r, function);
    if (!role)
        return;
    struct place place = place_of_spot(r, spot_of(clang_getCursorLocation(function)));
    place.length = (uint32_t)strlen(name);
    add_role(r, (struct role_decl){.function = name, .role = role, .place = place});
}

static void add_extent(struct reader *r, CXCursor function, const char *name)
{
    struct place start = place_of_spot(r, spot_of(clang_getCursorLocation(function)));
    struct spot end = spot_of(clang_getRangeEnd(clang_getCursorExtent(function)));
    struct place last = place_of_spot(r, end);
    vec_push(r->arena, &r->facts->functions,
             (struct function_extent){.function = name,
                                      .file = start.file,
                                      .line = start.line,
                                      .column = start.column,
                                      .end_line = last.line,
                                      .end_column = last.column > 1 ? last.column - 1 : 1});
}

static enum CXChildVisitResult visit_part(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_CompoundStmt || kind == CXCursor_CXXTryStmt || clang_isExpression(kind))
        read_body(data, cursor);
    return CXChildVisit_Continue;
}

static void read_function(struct reader *r, CXCursor function)
{
    const char *name = function_name(r, function);
    read_role(r, function, name);
    if (r->roles_only || !clang_isCursorDefinition(function))
        return;
    add_extent(r, function, name);
    r->current = 0;
    if (is_static(r, function)) {
        r->current = static_number(r, name);
        r->functions.items[r->current - 1].defined = !clang_Cursor_isFunctionInlined(function);
    }
    clang_visitChildren(function, visit_part, r);
    r->current = 0;
}

/* -- the translation unit -- */

static enum CXChildVisitResult visit_top(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    struct reader *r = data;
    if (clang_Location_isInSystemHeader(clang_getCursorLocation(cursor)))
        return CXChildVisit_Continue;
    switch ((int)clang_getCursorKind(cursor)) {
    case CXCursor_FunctionDecl:
    case CXCursor_CXXMethod:
    case CXCursor_Constructor:
    case CXCursor_Destructor:
    case CXCursor_ConversionFunction:
    case CXCursor_FunctionTemplate:
        read_function(r, cursor);
        return CXChildVisit_Continue;
    case CXCursor_VarDecl:
    case CXCursor_FieldDecl: /* C++: an initializer that constructors run */
        if (!r->roles_only)
            read_initializer(r, cursor);
        return CXChildVisit_Continue;
    case CXCursor_LinkageSpec:
    case CXCursor_Namespace:
    case CXCursor_ClassDecl:
    case CXCursor_ClassTemplate:
    case CXCursor_ClassTemplatePartialSpecialization:
    case CXCursor_StructDecl:
        return r->cxx ? CXChildVisit_Recurse : CXChildVisit_Continue;
    default:
        return CXChildVisit_Continue;
    }
}

static void reach(struct reader *r, uint32_t number)
{
    struct static_function *function = &r->functions.items[number];
    if (function->reached)
        return;
    function->reached = true;
    for (size_t i = 0; i < function->uses.len; i++)
        reach(r, function->uses.items[i]);
}

static void find_unused(struct reader *r, strings *ret_unused)
{
    for (size_t i = 0; i < r->static_roots.len; i++)
        reach(r, r->static_roots.items[i]);
    for (size_t i = 0; i < r->functions.len; i++)
        if (r->functions.items[i].defined && !r->functions.items[i].reached)
            vec_push(r->arena, ret_unused, r->functions.items[i].name);
}

/* -- messages -- */

static const char *line_text(struct reader *r, struct spot spot)
{
    struct text text = text_of_file(r, spot.file);
    if (!spot.line || spot.offset > text.size)
        return NULL;
    return line_of_text(r->arena, text.bytes, text.size, spot.offset);
}

static void add_message(struct reader *r, CXDiagnostic diagnostic, struct diag *diag, bool note)
{
    enum CXDiagnosticSeverity severity = clang_getDiagnosticSeverity(diagnostic);
    if (!note && severity < CXDiagnostic_Error)
        return;
    struct spot spot = spot_of(clang_getDiagnosticLocation(diagnostic));
    const char *text = intern_cxstring(r, clang_getDiagnosticSpelling(diagnostic));
    if (!strncmp(text, "in file included from", strlen("in file included from")))
        return;
    diag_add(diag, (struct diag_message){
                       .level = note ? DIAG_NOTE : DIAG_ERROR,
                       .place = place_of_spot(r, spot),
                       .text = text,
                       .source_line = line_text(r, spot),
                       .origin = "clang",
                   });
    CXDiagnosticSet notes = clang_getChildDiagnostics(diagnostic);
    for (unsigned i = 0; i < clang_getNumDiagnosticsInSet(notes); i++) {
        CXDiagnostic child = clang_getDiagnosticInSet(notes, i);
        add_message(r, child, diag, true);
        clang_disposeDiagnostic(child);
    }
}

enum { MOST_ERRORS = 50 };

static void add_messages(struct reader *r, struct diag *diag)
{
    size_t before = diag->errors;
    for (unsigned i = 0; i < clang_getNumDiagnostics(r->unit); i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(r->unit, i);
        if (diag->errors - before < MOST_ERRORS)
            add_message(r, diagnostic, diag, false);
        clang_disposeDiagnostic(diagnostic);
    }
}

static bool has_errors(struct reader *r)
{
    bool found = false;
    for (unsigned i = 0; i < clang_getNumDiagnostics(r->unit) && !found; i++) {
        CXDiagnostic diagnostic = clang_getDiagnostic(r->unit, i);
        found = clang_getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
        clang_disposeDiagnostic(diagnostic);
    }
    return found;
}

/* -- files that do not exist -- */

struct inclusion {
    struct reader *reader;
    struct diag *diag;
};

struct collection {
    struct reader *reader;
    strings *files;
};

static bool is_stub(const struct include_map *map, const char *path)
{
    for (size_t i = 0; i < STUB_KINDS; i++)
        if (map->stubs[i] && !strcmp(path, map->stubs[i]))
            return true;
    return false;
}

static const struct missing_include *missing_at(const struct include_map *map, const char *file,
                                                uint32_t line)
{
    for (size_t i = 0; i < map->missing.len; i++)
        if (map->missing.items[i].line == line && !strcmp(map->missing.items[i].file, file))
            return &map->missing.items[i];
    return NULL;
}

static void visit_inclusion(CXFile included, CXSourceLocation *stack, unsigned depth,
                            CXClientData data)
{
    struct inclusion *inclusion = data;
    struct reader *r = inclusion->reader;
    const struct include_map *map = &r->setup->includes;
    const char *path = depth ? path_of_file(r, included) : NULL;
    if (!path || !is_stub(map, path))
        return;
    struct spot at = spot_of(stack[0]);
    const struct missing_include *missing = missing_at(map, path_of_file(r, at.file), at.line);
    if (!missing)
        return;
    struct place place = {.file = missing->file, .line = missing->line, .column = at.column};
    bool harmless = missing->kind == STUB_TRACED || missing->kind == STUB_CLASSES;
    vec_push(r->arena, &r->missing, (struct missing_header){missing->name, place, harmless});
    switch (missing->kind) {
    case STUB_TRACED:
        diag_note(inclusion->diag, place,
                  "'%s' is made by the WPP preprocessor; without it, "
                  "trace calls are left out",
                  missing->name);
        break;
    case STUB_CLASSES:
        diag_note(inclusion->diag, place,
                  "cannot find '%s'; what it declares is taken from the *.mof files",
                  missing->name);
        break;
    case STUB_EMPTY:
    case STUB_KINDS:
        diag_warning(inclusion->diag, place,
                     "cannot find '%s'; an empty file is taken in its place", missing->name);
        break;
    }
    vec_last(&inclusion->diag->messages).source_line = line_text(r, at);
}

/* -- the whole -- */

enum { MOST_ROUNDS = 25 };

/* Parses a file with texts in the place of files; without any, with r->main. */
static bool parse(struct reader *r, CXIndex index, const char *path, const strings *flags,
                  struct CXUnsavedFile *files, unsigned nfiles, enum CXErrorCode *ret_code)
{
    struct CXUnsavedFile main_file = {r->main.path, r->main.bytes, r->main.length};
    unsigned options = CXTranslationUnit_None;
    strings all = {0};
    overlay_flags(r->arena, r->setup, &all);
    strings_append(r->arena, &all, flags);
    if (!nfiles && r->main.path) {
        files = &main_file;
        nfiles = 1;
    }
    if (r->is_head)
        options = CXTranslationUnit_Incomplete | CXTranslationUnit_ForSerialization;
    clang_disposeTranslationUnit(r->unit);
    r->unit = NULL;
    r->files = (struct map){0};
    *ret_code = clang_parseTranslationUnit2(index, path, all.items, (int)all.len, files, nfiles,
                                            options, &r->unit);
    return *ret_code == CXError_Success;
}

static void explain_failure(const struct source *source, enum CXErrorCode code, struct diag *diag)
{
    struct place place = place_file(source->path);
    if (code == CXError_Crashed)
        diag_error(diag, place, "clang crashed while it read '%s'", source->shown);
    else if (access(source->path, R_OK) != 0)
        diag_error(diag, place, "cannot read '%s': %s", source->shown, strerror(errno));
    else
        diag_error(diag, place, "clang cannot read '%s' (libclang error %d)", source->shown, code);
}

static bool has_line_directives(struct text text)
{
    return memmem(text.bytes, text.size, "#line", strlen("#line")) != NULL ||
           memmem(text.bytes, text.size, "# 1 ", strlen("# 1 ")) != NULL;
}

static void visit_all(struct reader *r)
{
    clang_visitChildren(clang_getTranslationUnitCursor(r->unit), visit_top, r);
}

/* Reads the source with the texts of the repair. */
static bool parse_repaired(struct reader *r, CXIndex index, const struct source *source,
                           const strings *flags, struct repair *repair)
{
    strings more = {0};
    enum CXErrorCode code;
    unsigned count;
    strings_append(r->arena, &more, flags);
    vec_push(r->arena, &more, "-include");
    vec_push(r->arena, &more, repair_prelude(repair));
    struct CXUnsavedFile *files = repair_files(repair, &count);
    return parse(r, index, source->path, &more, files, count, &code);
}

/* Has holes name the variables that they may change. */
static bool bind_holes(struct reader *r, CXIndex index, const struct source *source,
                       const strings *flags, struct repair *repair)
{
    if (!holes_bind(repair, r))
        return true;
    if (parse_repaired(r, index, source, flags, repair) && !has_errors(r))
        return true;
    holes_unbind(repair);
    return parse_repaired(r, index, source, flags, repair) && !has_errors(r);
}

/* Reads the source again and again, with more repairs each time, until clang has nothing to say. */
static bool repair_all(struct reader *r, CXIndex index, const struct source *source,
                       const strings *flags, struct repair *repair)
{
    r->roles_only = true; /* a declaration that has to go may be one with a role */
    visit_all(r);
    r->roles_only = false;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        if (!repair_round(repair, r))
            return false;
        if (!parse_repaired(r, index, source, flags, repair))
            return false;
        if (!has_errors(r))
            return bind_holes(r, index, source, flags, repair);
    }
    return false;
}

/* Parses the source; where clang rejects something, with repairs if they succeed and as it is
 * otherwise. Tells `diag` of either. Behind a head there is no otherwise: it is false. */
static bool parse_repairing(struct reader *r, CXIndex index, const struct source *source,
                            const strings *flags, struct parsed *parsed, struct diag *diag)
{
    enum CXErrorCode code;
    bool ok = parse(r, index, source->path, flags, NULL, 0, &code);
    if (ok && has_errors(r)) {
        struct diag errors;
        diag_init(&errors, r->arena);
        add_messages(r, &errors);
        struct repair *repair = repair_create(r->arena, &r->main);
        if (repair_all(r, index, source, flags, repair)) {
            repair_finish(repair, parsed, diag);
            return true;
        }
        if (r->main.path)
            return false;
        diag_merge(diag, &errors);
        ok = parse(r, index, source->path, flags, NULL, 0, &code);
    }
    if (!ok)
        explain_failure(source, code, diag);
    else if (r->main.path)
        vec_push(r->arena, &parsed->replaced, r->main);
    return ok;
}

static void reader_init(struct reader *r, struct arena *arena, const struct setup *setup,
                        bool is_cxx)
{
    *r = (struct reader){.arena = arena, .setup = setup, .cxx = is_cxx};
    interner_init(&r->names, arena);
    r->facts = arena_new(arena, struct facts);
}

static void collect_inclusion(CXFile included, CXSourceLocation *stack, unsigned depth,
                              CXClientData data)
{
    (void)stack;
    struct collection *collection = data;
    if (depth)
        vec_push(collection->reader->arena, collection->files,
                 path_of_file(collection->reader, included));
}

static void visit_inclusions(struct reader *r, struct diag *diag, strings *ret_files)
{
    if (r->setup->includes.overlay)
        clang_getInclusions(r->unit, visit_inclusion, &(struct inclusion){r, diag});
    if (r->setup->options->cache)
        clang_getInclusions(r->unit, collect_inclusion, &(struct collection){r, ret_files});
}

/* Takes the facts of the unit that was read. */
static void read_unit(struct reader *r, const struct source *source, const struct head *head,
                      struct parsed *parsed)
{
    CXFile main_file = clang_getFile(r->unit, source->path);
    r->has_line_directives = has_line_directives(text_of_file(r, main_file));
    visit_inclusions(r, &parsed->diag, &parsed->inclusions);
    for (size_t i = 0; head && i < head->reader->missing.len; i++)
        vec_push(r->arena, &parsed->headers, head->reader->missing.items[i]);
    for (size_t i = 0; i < r->missing.len; i++)
        vec_push(r->arena, &parsed->headers, r->missing.items[i]);
    visit_all(r);
    finish_conditions(r);
    find_unused(r, &parsed->unused);
    parsed->facts = r->facts;
    parsed->facts->file = intern(&r->names, path_normalize(r->arena, source->path));
}

static bool read_source(struct arena *arena, void *index, const struct setup *setup,
                        const struct source *source, const strings *flags, const struct head *head,
                        struct parsed *parsed)
{
    struct reader r;
    struct diag messages;
    strings all = {0};
    diag_init(&messages, arena);
    reader_init(&r, arena, setup, source->is_cxx);
    strings_append(arena, &all, flags);
    if (head && !head_take(&r, head, source, &all, parsed))
        return false;
    bool ok = parse_repairing(&r, index, source, &all, parsed, &messages);
    if (ok) {
        if (head)
            diag_merge(&parsed->diag, &head->diag);
        read_unit(&r, source, head, parsed);
    }
    /* Behind the files that are missing: these are often the reason. */
    if (ok || !head)
        diag_merge(&parsed->diag, &messages);
    clang_disposeTranslationUnit(r.unit);
    return ok;
}

void facts_read(struct arena *arena, void *index, const struct setup *setup,
                const struct source *source, const strings *flags, const struct head *head,
                struct parsed *ret_parsed)
{
    if (head && head->file && read_source(arena, index, setup, source, flags, head, ret_parsed)) {
        ret_parsed->head = head;
        return;
    }
    read_source(arena, index, setup, source, flags, NULL, ret_parsed);
}

/* -- heads -- */

struct first_inclusion {
    struct reader *reader;
    const char *path;
};

static void visit_first_inclusion(CXFile included, CXSourceLocation *stack, unsigned depth,
                                  CXClientData data)
{
    (void)stack;
    struct first_inclusion *first = data;
    if (depth == 1 && !first->path)
        first->path = path_of_file(first->reader, included);
}

/* True unless the header does not exist and a stub stands in for it. */
static bool is_there(struct reader *r)
{
    const struct include_map *map = &r->setup->includes;
    struct first_inclusion first = {.reader = r};
    clang_getInclusions(r->unit, visit_first_inclusion, &first);
    return first.path && !is_stub(map, first.path);
}

bool head_read(const struct setup *setup, struct head *head, const char *file)
{
    struct arena *arena = &head->arena;
    const char *path =
        path_join(arena, head->directory, head->is_cxx ? "drvlint-head.cpp" : "drvlint-head.c");
    const char *text = arena_printf(arena, "#include %s\n", head->name);
    struct reader *r = arena_new(arena, struct reader);
    CXIndex index = clang_createIndex(0, 0);
    enum CXErrorCode code;
    reader_init(r, arena, setup, head->is_cxx);
    diag_init(&head->diag, arena);
    r->is_head = true;
    r->main = (struct replaced_text){path, text, strlen(text)};
    bool ok = parse(r, index, path, head->flags, NULL, 0, &code) && !has_errors(r) && is_there(r) &&
              clang_saveTranslationUnit(r->unit, file, clang_defaultSaveOptions(r->unit)) ==
                  CXSaveError_None;
    if (ok) {
        visit_inclusions(r, &head->diag, &head->inclusions);
        visit_all(r);
        head->reader = r;
    }
    clang_disposeTranslationUnit(r->unit);
    r->unit = NULL;
    clang_disposeIndex(index);
    return ok;
}
