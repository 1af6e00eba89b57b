#include "model/internal.h"

#include <string.h>

/* ---- intrinsics and functions without a body ---- */

enum intrinsic intrinsic_of(const struct function *function)
{
    static const struct {
        const char *name;
        enum intrinsic what;
    } intrinsics[] = {
        {"drvlint_fresh", INTRINSIC_OBJECT},        {"drvlint_fresh_zeroed", INTRINSIC_OBJECT},
        {"drvlint_fresh_device", INTRINSIC_OBJECT}, {"drvlint_any_pointer", INTRINSIC_OBJECT},
        {"drvlint_function", INTRINSIC_FUNCTION},   {"drvlint_declared", INTRINSIC_DECLARED},
        {"drvlint_havoc", INTRINSIC_HAVOC},         {"drvlint_hole", INTRINSIC_NONE},
        {"drvlint_hole_value", INTRINSIC_OBJECT},
    };
    if (function->defined || strncmp(function->name, "drvlint_", 8) != 0)
        return INTRINSIC_NONE;
    for (size_t i = 0; i < ARRAY_LEN(intrinsics); i++)
        if (strcmp(function->name, intrinsics[i].name) == 0)
            return intrinsics[i].what;
    return INTRINSIC_NOTHING;
}

static node_id value_node(struct points_to *pt, const struct instance *instance, instr_id instr)
{
    struct operand result = {.kind = OPERAND_INSTR, .index = instr};
    return node_of_operand(pt, instance, &result);
}

static void add_function(struct points_to *pt, node_id node, func_id function)
{
    if (function != ID_NONE)
        node_add(pt, node, target_of_memory(pt, MEMORY_FUNCTION, 0, function, 0));
}

static void add_declared(struct points_to *pt, node_id node, const char *role)
{
    role = role_canonical(pt->roles, pt->names, role);
    for (uint32_t i = 0; i < pt->program->nfacts; i++) {
        const struct facts *facts = pt->program->facts[i];
        for (size_t k = 0; facts && k < facts->roles.len; k++) {
            const struct role_decl *decl = &facts->roles.items[k];
            func_id function = function_named(pt, decl->function);
            if (function != ID_NONE && !pt->program->functions[function].address_taken &&
                role_canonical(pt->roles, pt->names, decl->role) == role)
                add_function(pt, node, function);
        }
    }
}

/* A function without a body: its result is memory of its own. Addresses that it may leave where its
 * arguments point are memory from outside, see complete.c. */
static void bind_unknown(struct points_to *pt, const struct instance *instance, instr_id site,
                         func_id callee)
{
    const struct instr *call = &pt->program->functions[instance->function].instrs[site];
    const struct function *f = &pt->program->functions[callee];
    node_id result = value_node(pt, instance, site);
    enum intrinsic what = intrinsic_of(f);
    const char *text = call->nextra ? model_literal(pt->program, pt->arena, &call->extra[0]) : NULL;
    if (what == INTRINSIC_FUNCTION && text)
        add_function(pt, result, function_named(pt, text));
    if (what == INTRINSIC_DECLARED && text)
        add_declared(pt, result, text);
    if (what != INTRINSIC_NONE && what != INTRINSIC_OBJECT)
        return;
    target_id fresh =
        target_of_memory(pt, MEMORY_HEAP, instance->function, site, instance->context);
    node_add(pt, result, fresh);
}

void call_bind(struct points_to *pt, uint32_t caller, instr_id site, func_id callee)
{
    struct instance from = pt->instances.items[caller];
    const struct instr *call = &pt->program->functions[from.function].instrs[site];
    const struct function *f = &pt->program->functions[callee];
    pt->is_called[callee] = 1;
    if (!f->defined) {
        bind_unknown(pt, &from, site, callee);
        return;
    }
    uint32_t index = instance_of_call(pt, caller, site, callee); /* may move the array */
    struct instance to = pt->instances.items[index];
    for (uint32_t i = 0; i < call->nextra && i < f->nparams; i++) {
        node_id argument = node_of_operand(pt, &from, &call->extra[i]);
        if (f->params[i].width == pt->program->pointer_bits)
            link_add(pt, argument, (struct link){.kind = LINK_COPY, .other = to.first + i});
    }
    node_id result = value_node(pt, &from, site);
    if (result)
        link_add(pt, to.result, (struct link){.kind = LINK_COPY, .other = result});
}

/* ---- instructions ---- */

static void copy_operand(struct points_to *pt, const struct instance *instance,
                         const struct operand *from, node_id to)
{
    if (to)
        link_add(pt, node_of_operand(pt, instance, from),
                 (struct link){.kind = LINK_COPY, .other = to});
}

static void shift_operand(struct points_to *pt, const struct instance *instance,
                          const struct operand *from, int64_t offset, uint64_t scale, node_id to)
{
    if (to)
        link_add(pt, node_of_operand(pt, instance, from),
                 (struct link){.kind = LINK_SHIFT, .other = to, .offset = offset, .scale = scale});
}

/* An operand that memory is accessed through. */
static node_id note_address(struct points_to *pt, const struct instance *instance,
                            const struct operand *address)
{
    node_id node = node_of_operand(pt, instance, address);
    if (node)
        vec_push(pt->arena, &pt->addresses, node);
    return node;
}

static void add_alloca(struct points_to *pt, const struct instance *instance, instr_id i,
                       node_id result)
{
    const struct instr *in = &pt->program->functions[instance->function].instrs[i];
    if (layout_is_record(&pt->layouts, in->type))
        node_add(pt, result, target_of_type(pt, in->type, 0, layout_size(&pt->layouts, in->type)));
    else
        node_add(pt, result,
                 target_of_memory(pt, MEMORY_LOCAL, instance->function, i, instance->context));
}

static void add_ptradd(struct points_to *pt, const struct instance *instance,
                       const struct instr *in, node_id result)
{
    bool typed = in->field != ID_NONE && layout_is_record(&pt->layouts, in->type) &&
                 in->field < pt->program->types[in->type].nfields;
    if (!typed) {
        uint64_t scale = in->b.kind == OPERAND_NONE ? 0 : in->scale ? in->scale : 1;
        shift_operand(pt, instance, &in->a, in->offset, scale, result);
        return;
    }
    const struct field *field = &pt->program->types[in->type].fields[in->field];
    node_add(pt, result, target_of_type(pt, in->type, field->offset, field->size));
    struct member member = {.base = node_of_operand(pt, instance, &in->a),
                            .result = result,
                            .type = in->type,
                            .field = in->field,
                            .for_types = {.types = UINT32_MAX},
                            .for_casts = {.types = UINT32_MAX}};
    vec_push(pt->arena, &pt->members, member);
}

/* A variable of the OS model: what it holds, the model has put there. */
static bool is_models_own(const struct program *program, func_id function,
                          const struct operand *address)
{
    const struct function *f = &program->functions[function];
    while (address->kind == OPERAND_INSTR && (f->instrs[address->index].op == INSTR_PTRADD ||
                                              f->instrs[address->index].op == INSTR_CAST))
        address = &f->instrs[address->index].a;
    return address->kind == OPERAND_GLOBAL && program->globals[address->index].from_model &&
           program->globals[address->index].defined;
}

/* Addresses as numbers: sums, differences and masked ones still point into the same memory. */
static void add_binary(struct points_to *pt, const struct instance *instance,
                       const struct instr *in, node_id result)
{
    bool is_sum = in->sub == BIN_ADD || in->sub == BIN_SUB;
    if (is_sum && in->b.kind == OPERAND_CONST) {
        int64_t offset = (int64_t)in->b.value;
        shift_operand(pt, instance, &in->a, in->sub == BIN_ADD ? offset : -offset, 0, result);
    } else if (is_sum || in->sub == BIN_AND || in->sub == BIN_OR || in->sub == BIN_XOR) {
        shift_operand(pt, instance, &in->a, 0, 1, result);
        if (in->sub != BIN_SUB)
            shift_operand(pt, instance, &in->b, 0, 1, result);
    }
}

static void add_memcpy(struct points_to *pt, const struct instance *instance,
                       const struct instr *in)
{
    struct copy copy = {.size = in->c.kind == OPERAND_CONST ? in->c.value : 0};
    node_id to = copy.ends[COPY_TO].address = note_address(pt, instance, &in->a);
    node_id from = copy.ends[COPY_FROM].address = note_address(pt, instance, &in->b);
    if (!to || !from || (copy.size && copy.size < pt->program->pointer_bits / 8))
        return; /* too short for an address */
    uint32_t index = (uint32_t)pt->copies.len;
    vec_push(pt->arena, &pt->copies, copy);
    link_add(pt, to, (struct link){.kind = LINK_COPY_TO, .other = index});
    link_add(pt, from, (struct link){.kind = LINK_COPY_FROM, .other = index});
}

static void add_call(struct points_to *pt, uint32_t instance, instr_id i)
{
    struct instance in = pt->instances.items[instance];
    const struct instr *call = &pt->program->functions[in.function].instrs[i];
    if (call->a.kind == OPERAND_FUNC) {
        call_bind(pt, instance, i, call->a.index);
        return;
    }
    uint32_t index = (uint32_t)pt->indirects.len;
    vec_push(pt->arena, &pt->indirects, (struct indirect){instance, i, false});
    link_add(pt, node_of_operand(pt, &in, &call->a),
             (struct link){.kind = LINK_CALL, .other = index});
}

static void add_load(struct points_to *pt, const struct instance *instance, const struct instr *in,
                     node_id result)
{
    node_id address = note_address(pt, instance, &in->a);
    if (result)
        link_add(pt, address,
                 (struct link){.kind = LINK_LOAD, .other = result, .size = in->size,
                               .is_filled = is_models_own(pt->program, instance->function, &in->a)});
}

static void add_store(struct points_to *pt, const struct instance *instance, const struct instr *in)
{
    node_id address = note_address(pt, instance, &in->b);
    node_id value = node_of_operand(pt, instance, &in->a);
    if (value)
        link_add(pt, address, (struct link){.kind = LINK_STORE, .other = value, .size = in->size});
}

static void add_instr(struct points_to *pt, uint32_t index, instr_id i)
{
    const struct instance instance = pt->instances.items[index];
    const struct instr *in = &pt->program->functions[instance.function].instrs[i];
    node_id result = value_node(pt, &instance, i);
    switch (in->op) {
    case INSTR_ALLOCA:
        add_alloca(pt, &instance, i, result);
        break;
    case INSTR_LOAD:
        add_load(pt, &instance, in, result);
        break;
    case INSTR_STORE:
        add_store(pt, &instance, in);
        break;
    case INSTR_PTRADD:
        add_ptradd(pt, &instance, in, result);
        break;
    case INSTR_BINARY:
        if (result)
            add_binary(pt, &instance, in, result);
        break;
    case INSTR_CAST:
        copy_operand(pt, &instance, &in->a, result);
        break;
    case INSTR_SELECT:
        copy_operand(pt, &instance, &in->b, result);
        copy_operand(pt, &instance, &in->c, result);
        break;
    case INSTR_PHI:
        for (uint32_t k = 0; k < in->nextra; k++)
            copy_operand(pt, &instance, &in->extra[k], result);
        break;
    case INSTR_CALL:
        add_call(pt, index, i);
        break;
    case INSTR_MEMCPY:
        add_memcpy(pt, &instance, in);
        break;
    case INSTR_RETURN:
        copy_operand(pt, &instance, &in->a, instance.result);
        break;
    case INSTR_MEMSET:
        note_address(pt, &instance, &in->a);
        break;
    case INSTR_COMPARE:
    case INSTR_OPAQUE:
    case INSTR_JUMP:
    case INSTR_BRANCH:
    case INSTR_SWITCH:
    case INSTR_UNREACHABLE:
        break;
    }
}

void constraints_add(struct points_to *pt, uint32_t instance)
{
    func_id function = pt->instances.items[instance].function;
    for (instr_id i = 0; i < pt->program->functions[function].ninstrs; i++)
        add_instr(pt, instance, i);
}

void constraints_add_globals(struct points_to *pt)
{
    struct instance nowhere = {0};
    for (uint32_t g = 0; g < pt->program->nglobals; g++) {
        const struct global *global = &pt->program->globals[g];
        for (uint32_t i = 0; i < global->ninits; i++) {
            const struct init *init = &global->inits[i];
            if (init->value.kind != OPERAND_GLOBAL && init->value.kind != OPERAND_FUNC)
                continue;
            node_id value = node_of_operand(pt, &nowhere, &init->value);
            node_id address = node_new(pt, 1);
            node_add(pt, address, target_of_global(pt, g, init->offset));
            link_add(pt, address,
                     (struct link){.kind = LINK_STORE, .other = value, .size = init->size});
        }
    }
}

/* ---- literals ---- */

/* Inits are sorted by offset; bytes that have none are zero. */
static uint8_t byte_at(const struct global *global, uint64_t offset)
{
    uint32_t lo = 0, hi = global->ninits;
    while (lo < hi) {
        uint32_t middle = lo + (hi - lo) / 2;
        if (global->inits[middle].offset <= offset)
            lo = middle + 1;
        else
            hi = middle;
    }
    if (!lo)
        return 0;
    const struct init *init = &global->inits[lo - 1];
    if (init->value.kind != OPERAND_CONST || offset >= init->offset + init->size)
        return 0;
    return (uint8_t)(init->value.value >> (8 * (offset - init->offset) % 64));
}

const char *model_literal(const struct program *program, struct arena *arena,
                          const struct operand *operand)
{
    if (operand->kind != OPERAND_GLOBAL)
        return NULL;
    const struct global *global = &program->globals[operand->index];
    if (!global->is_constant || operand->value >= global->size)
        return NULL;
    VEC(char) text = {0};
    for (uint64_t at = operand->value; at < global->size; at++) {
        char byte = (char)byte_at(global, at);
        vec_push(arena, &text, byte);
        if (!byte)
            return text.items;
    }
    return NULL; /* no final NUL: no string */
}
