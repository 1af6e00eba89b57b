/* program_build(): bitcode of all files -> one program. The order of work:
 *
 *   read      each module, mem2reg, debug info            modules.c, debug.c
 *   link      names -> functions and globals, shapes      link.c, types.c
 *   lower     initializers and bodies                     constant.c, lower*.c, seh.c
 *   finish    whose address is taken; verify              here, verify.c
 */
#include "program/internal.h"
#include "base/path.h"
#include <string.h>

static void builder_init(struct builder *b, struct arena *arena, struct interner *names,
                         struct diag *diag)
{
    *b = (struct builder){.arena = arena, .names = names, .diag = diag};
    arena_init(&b->scratch, arena->on_fail, arena->context);
    vec_push(arena, &b->types, (struct type){.display = ""});
    vec_push(&b->scratch, &b->identities, (struct type_identity){0});
    vec_push(arena, &b->locs, (struct loc){0});
}

static void builder_finish(struct builder *b)
{
    modules_close(b);
    arena_finish(&b->scratch);
}

static const char *name_of_unit(const struct unit *unit)
{
    if (!unit->source)
        return "(source)";
    return unit->source->shown ? unit->source->shown : unit->source->path;
}

static void list_modules(struct builder *b, struct unit *const *units, size_t nunits,
                         const struct model_bitcode *model, size_t nmodel)
{
    b->modules = arena_new_array(&b->scratch, nunits + nmodel + 1, struct module);
    for (size_t i = 0; i < nunits; i++)
        if (units[i]->bitcode)
            b->modules[b->nmodules++] = (struct module){
                .builder = b,
                .file = name_of_unit(units[i]),
                .unit = units[i],
                .bitcode = units[i]->bitcode,
                .bitcode_length = units[i]->bitcode_length,
            };
    for (size_t i = 0; i < nmodel; i++)
        b->modules[b->nmodules++] = (struct module){
            .builder = b,
            .file = model[i].file,
            .from_model = true,
            .bitcode = model[i].data,
            .bitcode_length = model[i].length,
        };
}

static bool check_pointers(struct builder *b)
{
    for (size_t i = 0; i < b->nmodules; i++) {
        const struct module *m = &b->modules[i];
        unsigned bits = 8 * LLVMPointerSize(m->layout);
        if (b->pointer_bits && b->pointer_bits != bits)
            return diag_error(b->diag, place_file(m->file),
                              "'%s' is compiled for %u-bit pointers, other files for %u-bit ones",
                              m->file, bits, b->pointer_bits);
        b->pointer_bits = bits;
    }
    return true;
}

static bool read_modules(struct builder *b, struct unit *const *units, size_t nunits,
                         const struct model_bitcode *model, size_t nmodel)
{
    list_modules(b, units, nunits, model, nmodel);
    return modules_open(b) && check_pointers(b);
}

/* Bodies and initializers that this module contributes. */
static void lower_module(struct module *m)
{
    struct builder *b = m->builder;
    for (size_t i = 0; i < m->symbols.len; i++) {
        LLVMValueRef value = (LLVMValueRef)(uintptr_t)m->symbols.entries[i].key;
        struct symbol symbol = b->symbols.items[m->symbols.entries[i].value - 1];
        if (symbol.value != value || symbol.strength == STRENGTH_DECLARED)
            continue;
        if (symbol.kind == SYMBOL_FUNCTION)
            lower_function(m, value, symbol.id);
        else if (symbol.kind == SYMBOL_GLOBAL)
            constant_initializer(m, value, &b->globals.items[symbol.id]);
    }
}

static void note_address(struct builder *b, struct operand operand)
{
    if (operand.kind == OPERAND_FUNC)
        b->functions.items[operand.index].address_taken = true;
}

static void find_taken_addresses(struct builder *b)
{
    for (size_t g = 0; g < b->globals.len; g++)
        for (uint32_t i = 0; i < b->globals.items[g].ninits; i++)
            note_address(b, b->globals.items[g].inits[i].value);
    for (size_t f = 0; f < b->functions.len; f++)
        for (uint32_t i = 0; i < b->functions.items[f].ninstrs; i++) {
            const struct instr *instr = &b->functions.items[f].instrs[i];
            if (instr->op != INSTR_CALL)
                note_address(b, instr->a);
            note_address(b, instr->b);
            note_address(b, instr->c);
            for (uint32_t e = 0; e < instr->nextra; e++)
                note_address(b, instr->extra[e]);
        }
}

static void collect_facts(struct arena *arena, struct program *program, struct unit *const *units,
                          size_t nunits)
{
    program->facts = arena_new_array(arena, nunits + 1, struct facts *);
    for (size_t i = 0; i < nunits; i++)
        if (units[i]->facts)
            program->facts[program->nfacts++] = units[i]->facts;
}

static struct program finished(const struct builder *b)
{
    return (struct program){
        .arena = b->arena,
        .functions = b->functions.items,
        .nfunctions = (uint32_t)b->functions.len,
        .globals = b->globals.items,
        .nglobals = (uint32_t)b->globals.len,
        .types = b->types.items,
        .ntypes = (uint32_t)b->types.len,
        .locs = b->locs.items,
        .nlocs = (uint32_t)b->locs.len,
        .pointer_bits = b->pointer_bits,
    };
}

/* Absolute and without a final separator, as the paths of places are. */
static const char *normal_root(struct arena *arena, const char *root)
{
    char *path = root && *root ? path_absolute(arena, root) : NULL;
    size_t length = path ? strlen(path) : 0;
    if (length > 1 && path[length - 1] == '/')
        path[length - 1] = '\0';
    return path;
}

static void build(struct builder *b)
{
    for (size_t i = 0; i < b->nmodules; i++) {
        debug_open(&b->modules[i]);
        seh_open(&b->modules[i]);
    }
    link_symbols(b);
    for (size_t i = 0; i < b->nmodules; i++)
        lower_module(&b->modules[i]);
    find_taken_addresses(b);
}

bool program_build(struct arena *arena, struct interner *names, struct unit *const *units,
                   size_t nunits, const struct model_bitcode *model, size_t nmodel,
                   const char *pack_root, struct program *ret_program, struct diag *diag)
{
    struct builder b;
    builder_init(&b, arena, names, diag);
    b.pack_root = normal_root(&b.scratch, pack_root);
    bool ok = read_modules(&b, units, nunits, model, nmodel);
    if (ok) {
        build(&b);
        struct program program = finished(&b);
        collect_facts(arena, &program, units, nunits);
        const char *broken = program_verify(&program, arena);
        if (broken)
            ok = diag_error(diag, place_none(), "internal error in the program: %s", broken);
        else
            *ret_program = program;
    }
    builder_finish(&b);
    return ok;
}

char *program_dump_bitcode(struct arena *arena, struct unit *const *units, size_t nunits,
                           const struct model_bitcode *model, size_t nmodel, struct diag *diag)
{
    struct builder b;
    struct interner names;
    builder_init(&b, arena, &names, diag);
    interner_init(&names, &b.scratch);
    char *result = NULL;
    if (read_modules(&b, units, nunits, model, nmodel)) {
        result = arena_strdup(arena, "");
        for (size_t i = 0; i < b.nmodules; i++) {
            char *text = LLVMPrintModuleToString(b.modules[i].llvm);
            result = arena_printf(arena, "%s; file '%s'\n%s\n", result, b.modules[i].file, text);
            LLVMDisposeMessage(text);
        }
    }
    builder_finish(&b);
    return result;
}

func_id program_find_function(const struct program *program, const char *name)
{
    for (func_id i = 0; i < program->nfunctions; i++)
        if (!strcmp(program->functions[i].name, name))
            return i;
    for (func_id i = 0; i < program->nfunctions; i++)
        if (!strcmp(program->functions[i].display, name))
            return i;
    return ID_NONE;
}

uint32_t program_find_global(const struct program *program, const char *name)
{
    for (uint32_t i = 0; i < program->nglobals; i++)
        if (!strcmp(program->globals[i].name, name))
            return i;
    for (uint32_t i = 0; i < program->nglobals; i++)
        if (!strcmp(program->globals[i].display, name))
            return i;
    return ID_NONE;
}

uint32_t program_field_at(const struct program *program, type_id type, uint64_t offset)
{
    return type < program->ntypes ? type_field_at(&program->types[type], offset) : ID_NONE;
}
