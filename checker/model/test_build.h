/* Small programs made by hand, for this module's tests. */
#ifndef DRVLINT_MODEL_TEST_BUILD_H
#define DRVLINT_MODEL_TEST_BUILD_H

#include "model/internal.h"
#include "test/check.h"

struct build {
    struct arena arena;
    struct interner names;
    struct program program;
    struct facts facts;
    struct facts *all_facts[1];
    struct role_table roles;
    func_id now; /* function under construction */
};

static inline void build_init(struct build *b)
{
    *b = (struct build){0};
    arena_init(&b->arena, NULL, NULL);
    interner_init(&b->names, &b->arena);
    b->program.arena = &b->arena;
    b->program.pointer_bits = 64;
    b->program.functions = arena_new_array(&b->arena, 32, struct function);
    b->program.globals = arena_new_array(&b->arena, 32, struct global);
    b->program.types = arena_new_array(&b->arena, 32, struct type);
    b->program.ntypes = 1;
    b->program.locs = arena_new_array(&b->arena, 64, struct loc);
    b->program.nlocs = 1;
    b->all_facts[0] = &b->facts;
    b->program.facts = b->all_facts;
    b->program.nfacts = 1;
}

static inline type_id build_type(struct build *b, const char *name, uint64_t size)
{
    type_id id = b->program.ntypes++;
    struct type *type = &b->program.types[id];
    type->name = type->display = name ? intern(&b->names, name) : NULL;
    type->size = size;
    type->fields = arena_new_array(&b->arena, 8, struct field);
    return id;
}

static inline void build_field(struct build *b, type_id type, const char *name, uint64_t offset,
                               uint64_t size, type_id of, uint64_t count)
{
    struct type *t = &b->program.types[type];
    t->fields[t->nfields++] = (struct field){intern(&b->names, name), offset, size, of, count};
}

static inline func_id build_declare(struct build *b, const char *name, uint32_t nparams,
                                    unsigned result_width)
{
    func_id id = b->program.nfunctions++;
    struct function *f = &b->program.functions[id];
    f->name = f->display = intern(&b->names, name);
    f->nparams = nparams;
    f->result_width = result_width;
    f->params = arena_new_array(&b->arena, nparams + 1, struct param);
    for (uint32_t i = 0; i < nparams; i++)
        f->params[i] = (struct param){"p", 64, 0};
    f->signature = nparams * 2 + (result_width != 0) + 1;
    return id;
}

static inline func_id build_function(struct build *b, const char *name, uint32_t nparams,
                                     unsigned result_width)
{
    func_id id = build_declare(b, name, nparams, result_width);
    struct function *f = &b->program.functions[id];
    f->defined = true;
    f->instrs = arena_new_array(&b->arena, 64, struct instr);
    b->now = id;
    return id;
}

static inline uint32_t build_global(struct build *b, const char *name, uint64_t size, type_id type)
{
    uint32_t id = b->program.nglobals++;
    struct global *g = &b->program.globals[id];
    *g = (struct global){
        .name = intern(&b->names, name), .defined = true, .size = size, .type = type};
    g->display = g->name;
    return id;
}

static inline struct operand op_const(uint64_t value)
{
    return (struct operand){OPERAND_CONST, 64, 0, value};
}

static inline struct operand op_param(uint32_t index)
{
    return (struct operand){OPERAND_PARAM, 64, index, 0};
}

static inline struct operand op_global(uint32_t index, uint64_t offset)
{
    return (struct operand){OPERAND_GLOBAL, 64, index, offset};
}

static inline struct operand op_func(func_id index)
{
    return (struct operand){OPERAND_FUNC, 64, index, 0};
}

static inline struct operand build_instr(struct build *b, struct instr instr)
{
    struct function *f = &b->program.functions[b->now];
    f->instrs[f->ninstrs++] = instr;
    return (struct operand){OPERAND_INSTR, 64, f->ninstrs - 1, 0};
}

static inline struct operand build_alloca(struct build *b, const char *name, uint64_t size,
                                          type_id type)
{
    return build_instr(
        b,
        (struct instr){.op = INSTR_ALLOCA, .width = 64, .size = size, .type = type, .name = name});
}

static inline struct operand build_load(struct build *b, struct operand address, uint64_t size)
{
    return build_instr(
        b, (struct instr){
               .op = INSTR_LOAD, .width = (unsigned char)(size * 8), .a = address, .size = size});
}

static inline struct operand build_store(struct build *b, struct operand value,
                                         struct operand address, uint64_t size)
{
    return build_instr(b,
                       (struct instr){.op = INSTR_STORE, .a = value, .b = address, .size = size});
}

static inline struct operand build_select_field(struct build *b, struct operand base, type_id type,
                                                uint32_t field)
{
    return build_instr(
        b, (struct instr){.op = INSTR_PTRADD,
                          .width = 64,
                          .a = base,
                          .type = type,
                          .field = field,
                          .offset = (int64_t)b->program.types[type].fields[field].offset});
}

static inline struct operand build_add(struct build *b, struct operand base, int64_t offset)
{
    return build_instr(
        b, (struct instr){
               .op = INSTR_PTRADD, .width = 64, .a = base, .field = ID_NONE, .offset = offset});
}

static inline struct operand build_index(struct build *b, struct operand base, struct operand index,
                                         uint64_t scale)
{
    return build_instr(b, (struct instr){.op = INSTR_PTRADD,
                                         .width = 64,
                                         .a = base,
                                         .b = index,
                                         .field = ID_NONE,
                                         .scale = scale});
}

static inline struct operand build_call(struct build *b, struct operand callee, unsigned width,
                                        uint32_t nargs, const struct operand *args)
{
    struct instr call = {.op = INSTR_CALL,
                         .width = (unsigned char)width,
                         .a = callee,
                         .nextra = nargs,
                         .signature = nargs * 2 + (width != 0) + 1};
    call.extra = arena_new_array(&b->arena, nargs + 1, struct operand);
    for (uint32_t i = 0; i < nargs; i++)
        call.extra[i] = args[i];
    return build_instr(b, call);
}

static inline struct operand build_call1(struct build *b, func_id callee, struct operand arg)
{
    return build_call(b, op_func(callee), b->program.functions[callee].result_width, 1, &arg);
}

static inline void build_return(struct build *b, struct operand value)
{
    build_instr(b, (struct instr){.op = INSTR_RETURN, .a = value});
}

static inline struct model build_model(struct build *b)
{
    struct model model;
    model_build(&b->arena, &b->names, &b->program, &b->roles, &model);
    return model;
}

/* "name, name" of a set. */
static inline const char *set_text(struct build *b, const struct model *model, struct class_set set)
{
    const char *text = "";
    for (uint32_t i = 0; i < set.len; i++)
        text = arena_printf(&b->arena, "%s%s%s", text, i ? ", " : "",
                            model->class_names[set.items[i]]);
    return text;
}

static inline const char *targets_text(struct build *b, struct target_set set)
{
    const char *text = "";
    for (uint32_t i = 0; i < set.len; i++)
        text = arena_printf(&b->arena, "%s%s%s", text, i ? ", " : "",
                            b->program.functions[set.items[i]].name);
    return set.unknown ? arena_printf(&b->arena, "%s?", text) : text;
}

static inline bool sets_meet(struct class_set a, struct class_set b)
{
    for (uint32_t i = 0; i < a.len; i++)
        for (uint32_t k = 0; k < b.len; k++)
            if (a.items[i] == b.items[k])
                return true;
    return false;
}

#endif
