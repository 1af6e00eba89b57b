/* Linking: what each name of each module means in the program. Ours instead of LLVM's, because a
 * driver that is no valid link must still be checked: two files with a function of one name (two
 * drivers in one folder), prototypes that differ, variables defined in headers. */
#include "program/internal.h"
#include "base/path.h"
#include <string.h>

/* Duplicates of one pair of files that are named in the message behind the first one. */
enum { MAX_NAMES = 5 };

static uint64_t key_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

/* -- symbols -- */

/* Without LLVM's mark for "no further mangling" and the decoration of 32-bit calling conventions
 * behind it: "\1_Foo@8" and "\1@Foo@8" are Foo. */
static const char *plain_name(struct builder *b, LLVMValueRef value)
{
    size_t length;
    const char *name = LLVMGetValueName2(value, &length);
    if (length && name[0] == '\1') {
        name++, length--;
        const char *at = memchr(name + 1, '@', length ? length - 1 : 0);
        if (length && (name[0] == '_' || name[0] == '@') && at) {
            length = (size_t)(at - name) - 1;
            name++;
        }
    }
    return length ? intern_n(b->names, name, length) : intern(b->names, "(nameless)");
}

static enum strength strength_of(LLVMValueRef value)
{
    if (LLVMIsDeclaration(value))
        return STRENGTH_DECLARED;
    switch (LLVMGetLinkage(value)) {
    case LLVMAvailableExternallyLinkage:
        return STRENGTH_AVAILABLE;
    case LLVMLinkOnceAnyLinkage:
    case LLVMLinkOnceODRLinkage:
    case LLVMWeakAnyLinkage:
    case LLVMWeakODRLinkage:
        return STRENGTH_WEAK;
    case LLVMCommonLinkage:
        return STRENGTH_TENTATIVE;
    default:
        break;
    }
    if (LLVMIsAGlobalVariable(value) && LLVMIsNull(LLVMGetInitializer(value)) &&
        !LLVMIsGlobalConstant(value))
        return STRENGTH_TENTATIVE;
    return STRENGTH_STRONG;
}

static bool is_local(LLVMValueRef value)
{
    LLVMLinkage linkage = LLVMGetLinkage(value);
    return linkage == LLVMInternalLinkage || linkage == LLVMPrivateLinkage;
}

/* Line of a definition, for messages. */
static struct place place_of(const struct symbol *symbol)
{
    struct module *m = symbol->module;
    LLVMMetadataRef node = NULL, file = NULL;
    unsigned line = 0;
    if (symbol->kind == SYMBOL_FUNCTION && (node = LLVMGetSubprogram(symbol->value))) {
        file = LLVMDIScopeGetFile(node);
        line = LLVMDISubprogramGetLine(node);
    } else if (symbol->kind == SYMBOL_GLOBAL && (node = debug_global(m, symbol->value))) {
        file = LLVMDIVariableGetFile(node);
        line = LLVMDIVariableGetLine(node);
    }
    loc_id id = debug_loc_at(m, file, line, 0);
    const struct loc *loc = &m->builder->locs.items[id];
    return loc->file ? (struct place){.file = loc->file, .line = loc->line} : place_file(m->file);
}

/* Remembers that `second` repeats what `first` defines. */
static void note_duplicate(struct builder *b, const struct symbol *first,
                           const struct symbol *second)
{
    struct duplicates *list = NULL;
    for (size_t i = 0; i < b->duplicates.len && !list; i++)
        if (b->duplicates.items[i].first == first->module &&
            b->duplicates.items[i].second == second->module)
            list = &b->duplicates.items[i];
    if (!list) {
        vec_push(&b->scratch, &b->duplicates,
                 (struct duplicates){.first = first->module,
                                     .second = second->module,
                                     .first_place = place_of(first),
                                     .second_place = place_of(second),
                                     .name = first->base});
        list = &vec_last(&b->duplicates);
    } else if (list->count <= MAX_NAMES) {
        list->others = arena_printf(&b->scratch, "%s%s'%s'", list->others ? list->others : "",
                                    list->others ? ", " : "", first->base);
    }
    list->count++;
}

/* One message per pair of files: two drivers in one folder have many names in common. */
static void tell_duplicates(struct builder *b)
{
    for (size_t i = 0; i < b->duplicates.len; i++) {
        const struct duplicates *list = &b->duplicates.items[i];
        if (list->second->from_model && !list->first->from_model)
            diag_warning(
                b->diag, list->first_place,
                "'%s' is defined by the driver and by the OS model; the driver uses its own",
                list->name);
        else
            diag_warning(b->diag, list->second_place,
                         "'%s' is already defined in '%s'; each of these files uses its own, "
                         "others the first",
                         list->name, path_base(list->first->file));
        if (list->others)
            diag_note(b->diag, list->second_place, "the same for %s%s", list->others,
                      list->count > MAX_NAMES + 1 ? " and more" : "");
    }
}

static void add_symbol(struct module *m, LLVMValueRef value, struct symbol symbol)
{
    struct builder *b = m->builder;
    vec_push(&b->scratch, &b->symbols, symbol);
    map_set(&m->symbols, &b->scratch, key_of(value), b->symbols.len);
}

/* A declaration without a prototype, `int f();`, says less than any other. */
static bool better_declaration(const struct symbol *old, const struct symbol *new)
{
    if (old->kind != SYMBOL_FUNCTION || new->kind != SYMBOL_FUNCTION)
        return false;
    LLVMTypeRef type = LLVMGlobalGetValueType(old->value);
    return LLVMIsFunctionVarArg(type) && !LLVMCountParamTypes(type);
}

static bool replaces(const struct symbol *old, const struct symbol *new)
{
    if (new->strength != old->strength)
        return new->strength > old->strength;
    if (new->strength == STRENGTH_DECLARED)
        return better_declaration(old, new);
    return new->strength ==
           STRENGTH_TENTATIVE &&size_of(new->module, LLVMGlobalGetValueType(new->value)) >
               size_of(old->module, LLVMGlobalGetValueType(old->value));
}

static void enter(struct module *m, LLVMValueRef value, enum symbol_kind kind)
{
    struct builder *b = m->builder;
    const char *name = plain_name(b, value);
    struct symbol new = {
        .name = name,
        .base = name,
        .kind = kind,
        .strength = strength_of(value),
        .value = value,
        .module = m,
        .local = is_local(value),
        .in_driver = !m->from_model,
        .id = ID_NONE,
    };
    uint64_t *index = new.local ? NULL : map_slot(&b->symbol_of, &b->scratch, key_of(name));
    if (!index || !*index) {
        add_symbol(m, value, new);
        if (index)
            *index = b->symbols.len;
        return;
    }
    struct symbol *old = &b->symbols.items[*index - 1];
    if (new.strength == STRENGTH_STRONG && old->strength == STRENGTH_STRONG) {
        note_duplicate(b, old, &new);
        new.local = true; /* its own file goes on using it */
        add_symbol(m, value, new);
        return;
    }
    new.in_driver |= old->in_driver;
    if (replaces(old, &new))
        *old = new;
    old->in_driver = new.in_driver;
    map_set(&m->symbols, &b->scratch, key_of(value), *index);
}

/* Not what clang and the front end keep for themselves: llvm.used, the array of functions that must
 * not be dropped. */
static bool is_program_data(LLVMValueRef global)
{
    size_t length;
    const char *name = LLVMGetValueName2(global, &length);
    return strncmp(name, "llvm.", 5) && (strncmp(name, FRONTEND_KEEP, strlen(FRONTEND_KEEP)) ||
                                         LLVMGetLinkage(global) != LLVMInternalLinkage);
}

static void enter_module(struct module *m)
{
    for (LLVMValueRef f = LLVMGetFirstFunction(m->llvm); f; f = LLVMGetNextFunction(f))
        if (!LLVMGetIntrinsicID(f))
            enter(m, f, SYMBOL_FUNCTION);
    for (LLVMValueRef g = LLVMGetFirstGlobal(m->llvm); g; g = LLVMGetNextGlobal(g))
        if (is_program_data(g))
            enter(m, g, SYMBOL_GLOBAL);
    for (LLVMValueRef a = LLVMGetFirstGlobalAlias(m->llvm); a; a = LLVMGetNextGlobalAlias(a))
        enter(m, a, SYMBOL_ALIAS);
}

/* Local names give way to visible ones and to earlier ones: Helper, Helper.2, ... */
static void name_locals(struct builder *b)
{
    for (size_t i = 0; i < b->symbols.len; i++) {
        struct symbol *symbol = &b->symbols.items[i];
        if (!symbol->local)
            continue;
        for (unsigned n = 2; map_get(&b->symbol_of, key_of(symbol->name)); n++)
            symbol->name = intern(b->names, arena_printf(&b->scratch, "%s.%u", symbol->base, n));
        map_set(&b->symbol_of, &b->scratch, key_of(symbol->name), i + 1);
    }
}

/* -- shapes -- */

static uint64_t shape_of_value(const struct module *m, LLVMTypeRef type)
{
    switch (LLVMGetTypeKind(type)) {
    case LLVMVoidTypeKind:
        return 1;
    case LLVMPointerTypeKind:
        return 0x200;
    case LLVMIntegerTypeKind:
        return 0x100 + width_of(m, type);
    default:
        return 2;
    }
}

uint64_t shape_of_type(const struct module *m, LLVMTypeRef type)
{
    unsigned count = LLVMCountParamTypes(type);
    LLVMTypeRef *params = arena_new_array(&m->builder->scratch, count + 1, LLVMTypeRef);
    LLVMGetParamTypes(type, params);
    uint64_t hash = hash_u64(shape_of_value(m, LLVMGetReturnType(type)) << 32 | count << 1 |
                             (LLVMIsFunctionVarArg(type) != 0));
    for (unsigned i = 0; i < count; i++)
        hash = hash_u64(hash * UINT64_C(0x9e3779b97f4a7c15) + shape_of_value(m, params[i]));
    return hash;
}

/* -- functions and globals -- */

/* Where libclang saw the definition: it alone knows columns and the closing brace. */
static const struct function_extent *find_extent(const struct symbol *symbol, const char *display,
                                                 const char *file, unsigned line)
{
    const struct unit *unit = symbol->module->unit;
    if (!unit || !unit->facts || !file)
        return NULL;
    const char *scope_end = strrchr(display, ':');
    const char *name = scope_end ? scope_end + 1 : display;
    for (size_t i = 0; i < unit->facts->functions.len; i++) {
        const struct function_extent *extent = &unit->facts->functions.items[i];
        if (extent->line == line && !strcmp(extent->function, name) &&
            !strcmp(path_base(extent->file), path_base(file)))
            return extent;
    }
    return NULL;
}

static void place_function(const struct symbol *symbol, struct function *function)
{
    struct module *m = symbol->module;
    LLVMMetadataRef program = LLVMGetSubprogram(symbol->value);
    LLVMMetadataRef file = program ? LLVMDIScopeGetFile(program) : NULL;
    if (!file)
        return;
    unsigned line = LLVMDISubprogramGetLine(program);
    function->loc = debug_loc_at(m, file, line, 0);
    const struct function_extent *extent =
        find_extent(symbol, function->display, m->builder->locs.items[function->loc].file, line);
    if (extent) {
        function->loc = debug_loc_at(m, file, line, extent->column);
        function->end = debug_loc_at(m, file, extent->end_line, extent->end_column);
    }
}

static void make_function(struct builder *b, struct symbol *symbol)
{
    struct module *m = symbol->module;
    LLVMTypeRef type = LLVMGlobalGetValueType(symbol->value);
    bool defined = symbol->strength != STRENGTH_DECLARED;
    struct function function = {
        .name = symbol->name,
        .display = debug_function_name(m, symbol->value, symbol->base),
        .defined = defined,
        .from_model = defined ? m->from_model : !symbol->in_driver,
        .variadic = LLVMIsFunctionVarArg(type),
        .is_static = symbol->local,
        .result_width = width_of(m, LLVMGetReturnType(type)),
        .nparams = LLVMCountParamTypes(type),
        .signature = shape_of_type(m, type),
    };
    LLVMTypeRef *params = arena_new_array(&b->scratch, function.nparams + 1, LLVMTypeRef);
    LLVMGetParamTypes(type, params);
    function.params = arena_new_array(b->arena, function.nparams + 1, struct param);
    for (uint32_t i = 0; i < function.nparams; i++)
        function.params[i].width = width_of(m, params[i]);
    place_function(symbol, &function);
    function.from_model |= b->locs.items[function.loc].in_model;
    symbol->id = (uint32_t)b->functions.len;
    vec_push(b->arena, &b->functions, function);
}

static void make_global(struct builder *b, struct symbol *symbol)
{
    struct module *m = symbol->module;
    LLVMTypeRef type = LLVMGlobalGetValueType(symbol->value);
    LLVMMetadataRef variable = debug_global(m, symbol->value);
    LLVMMetadataRef declared = variable ? debug_operand(m, variable, DI_VARIABLE_TYPE) : NULL;
    const char *display = variable ? debug_string(m, variable, DI_VARIABLE_NAME) : NULL;
    struct global global = {
        .name = symbol->name,
        .display = display ? display : symbol->base,
        .defined = symbol->strength != STRENGTH_DECLARED,
        .is_constant = LLVMIsGlobalConstant(symbol->value),
        .size = size_of(m, type),
        .type = declared ? type_of_debug(m, declared) : 0,
        .loc = variable ? debug_loc_at(m, LLVMDIVariableGetFile(variable),
                                       LLVMDIVariableGetLine(variable), 0)
                        : 0,
    };
    global.from_model =
        global.defined ? m->from_model || b->locs.items[global.loc].in_model : !symbol->in_driver;
    if (!global.type)
        global.type = type_of_llvm(m, type, NULL);
    symbol->id = (uint32_t)b->globals.len;
    vec_push(b->arena, &b->globals, global);
}

/* Declarations that nobody uses, or only as the personality of functions, are left out. */
static bool is_used(LLVMValueRef value)
{
    for (LLVMUseRef use = LLVMGetFirstUse(value); use; use = LLVMGetNextUse(use))
        if (!LLVMIsAFunction(LLVMGetUser(use)))
            return true;
    return false;
}

/* Gives ids to the functions and variables of one module that have none yet. */
static void number_symbols(struct module *m, bool definitions)
{
    struct builder *b = m->builder;
    for (size_t i = 0; i < m->symbols.len; i++) {
        LLVMValueRef value = (LLVMValueRef)(uintptr_t)m->symbols.entries[i].key;
        struct symbol *symbol = &b->symbols.items[m->symbols.entries[i].value - 1];
        bool defined_here = symbol->strength != STRENGTH_DECLARED && symbol->value == value;
        if (symbol->id != ID_NONE || (definitions ? !defined_here : !is_used(value)))
            continue;
        switch (symbol->kind) {
        case SYMBOL_FUNCTION:
            make_function(b, symbol);
            break;
        case SYMBOL_GLOBAL:
            make_global(b, symbol);
            break;
        case SYMBOL_ALIAS:
            break;
        }
    }
}

void link_symbols(struct builder *b)
{
    for (size_t i = 0; i < b->nmodules; i++)
        enter_module(&b->modules[i]);
    tell_duplicates(b);
    name_locals(b);
    for (size_t i = 0; i < b->nmodules; i++)
        number_symbols(&b->modules[i], true);
    for (size_t i = 0; i < b->nmodules; i++)
        number_symbols(&b->modules[i], false);
}

const struct symbol *link_find(const struct module *m, LLVMValueRef value)
{
    uint64_t *index = map_get(&m->symbols, key_of(value));
    const struct symbol *symbol = index ? &m->builder->symbols.items[*index - 1] : NULL;
    if (!symbol || (symbol->id == ID_NONE && symbol->kind != SYMBOL_ALIAS))
        return NULL;
    return symbol;
}

func_id link_pseudo_function(struct builder *b, const char *name)
{
    name = intern(b->names, name);
    uint64_t *index = map_slot(&b->symbol_of, &b->scratch, key_of(name));
    if (*index)
        return b->symbols.items[*index - 1].id;
    struct symbol symbol = {.name = name, .base = name, .id = (uint32_t)b->functions.len};
    vec_push(&b->scratch, &b->symbols, symbol);
    *index = b->symbols.len;
    vec_push(b->arena, &b->functions,
             (struct function){.name = name,
                               .display = name,
                               .variadic = true,
                               .params = arena_new_array(b->arena, 1, struct param)});
    return symbol.id;
}
