#include "model/internal.h"

/* ---- functions that hand out memory ----
 *
 * One object for all that an allocating function ever returns would make everything that a driver
 * allocates the same memory. So such functions, and the OS model's short ones, are analysed once
 * per call. */

enum {
    HANDS_RESULT = 1, /* returns new memory; bit 1 + n: stores some where parameter n points */
    LARGEST_MODEL = 400,
    LARGEST_WRAPPER = 200,
    DEEPEST = 3,
    MOST_NODES = 1 << 21,
};

static uint32_t hands_param(uint32_t param)
{
    return param < 31 ? UINT32_C(2) << param : 0;
}

static const struct instr *instr_of(const struct function *f, const struct operand *operand)
{
    return operand->kind == OPERAND_INSTR ? &f->instrs[operand->index] : NULL;
}

static uint32_t handed_by(const struct program *program, const uint32_t *hands,
                          const struct instr *call)
{
    if (call->op != INSTR_CALL || call->a.kind != OPERAND_FUNC)
        return 0;
    const struct function *callee = &program->functions[call->a.index];
    if (!callee->defined)
        return intrinsic_of(callee) == INTRINSIC_OBJECT ? HANDS_RESULT : 0;
    return hands[call->a.index];
}

/* Whether the value may be new memory. An address of a local is none, whatever the local holds. */
static bool is_new(const struct function *f, const bool *new_memory, const struct operand *value)
{
    const struct instr *in = instr_of(f, value);
    return in && in->op != INSTR_ALLOCA && new_memory[value->index];
}

/* Marks locals that some call stores new memory in. */
static void mark_filled(const struct program *program, const uint32_t *hands,
                        const struct function *f, bool *new_memory)
{
    for (instr_id i = 0; i < f->ninstrs; i++) {
        const struct instr *call = &f->instrs[i];
        uint32_t handed = handed_by(program, hands, call);
        for (uint32_t k = 0; handed && k < call->nextra; k++) {
            const struct instr *to = instr_of(f, &call->extra[k]);
            if ((handed & hands_param(k)) && to && to->op == INSTR_ALLOCA)
                new_memory[call->extra[k].index] = true;
        }
    }
}

static bool makes_new(const struct program *program, const uint32_t *hands,
                      const struct function *f, const bool *new_memory, const struct instr *in)
{
    if (in->op == INSTR_CALL)
        return handed_by(program, hands, in) & HANDS_RESULT;
    if (in->op == INSTR_LOAD) {
        const struct instr *from = instr_of(f, &in->a);
        return from && from->op == INSTR_ALLOCA && new_memory[in->a.index];
    }
    if (in->op == INSTR_CAST || in->op == INSTR_PTRADD)
        return is_new(f, new_memory, &in->a);
    if (in->op == INSTR_SELECT)
        return is_new(f, new_memory, &in->b) || is_new(f, new_memory, &in->c);
    for (uint32_t i = 0; in->op == INSTR_PHI && i < in->nextra; i++)
        if (is_new(f, new_memory, &in->extra[i]))
            return true;
    return false;
}

/* Marks the instructions that yield new memory, and locals that hold some. Instructions mostly
 * follow what they use: one round and one that finds nothing more, and one per loop. */
static void mark_new(const struct program *program, const uint32_t *hands,
                     const struct function *f, bool *new_memory)
{
    mark_filled(program, hands, f, new_memory);
    for (bool changed = true; changed;) {
        changed = false;
        for (instr_id i = 0; i < f->ninstrs; i++) {
            if (new_memory[i] || !makes_new(program, hands, f, new_memory, &f->instrs[i]))
                continue;
            new_memory[i] = true;
            changed = true;
        }
    }
}

static uint32_t hands_out(const struct program *program, const uint32_t *hands,
                          const struct function *f)
{
    bool new_memory[LARGEST_MODEL] = {false}; /* [instr] */
    uint32_t found = 0;
    mark_new(program, hands, f, new_memory);
    for (instr_id i = 0; i < f->ninstrs; i++) {
        const struct instr *in = &f->instrs[i];
        if (in->op == INSTR_RETURN && is_new(f, new_memory, &in->a))
            found |= HANDS_RESULT;
        if (in->op == INSTR_STORE && in->b.kind == OPERAND_PARAM && is_new(f, new_memory, &in->a))
            found |= hands_param(in->b.index);
        uint32_t handed = handed_by(program, hands, in);
        for (uint32_t k = 0; handed && k < in->nextra; k++)
            if ((handed & hands_param(k)) && in->extra[k].kind == OPERAND_PARAM)
                found |= hands_param(in->extra[k].index);
    }
    return found;
}

/* What each function hands out: grows until it no longer does. */
static uint32_t *find_hands(struct points_to *pt)
{
    const struct program *program = pt->program;
    uint32_t *hands = arena_new_array(pt->arena, program->nfunctions + 1, uint32_t);
    for (bool changed = true; changed;) {
        changed = false;
        for (func_id f = 0; f < program->nfunctions; f++) {
            const struct function *fn = &program->functions[f];
            if (!fn->defined || fn->ninstrs > LARGEST_MODEL)
                continue;
            uint32_t out = hands[f] | hands_out(program, hands, fn);
            changed |= out != hands[f];
            hands[f] = out;
        }
    }
    return hands;
}

static bool has_pointers(const struct program *program, const struct function *f)
{
    if (f->result_width == program->pointer_bits)
        return true;
    for (uint32_t i = 0; i < f->nparams; i++)
        if (f->params[i].width == program->pointer_bits)
            return true;
    return false;
}

bool is_system(const struct program *program, func_id function)
{
    const struct function *f = &program->functions[function];
    return f->from_model || (f->loc && program->locs[f->loc].in_model);
}

static void choose_cloned(struct points_to *pt)
{
    const struct program *program = pt->program;
    const uint32_t *hands = find_hands(pt);
    for (func_id f = 0; f < program->nfunctions; f++) {
        const struct function *fn = &program->functions[f];
        pt->is_cloned[f] = is_system(program, f)
                               ? fn->ninstrs <= LARGEST_MODEL && has_pointers(program, fn)
                               : hands[f] && fn->ninstrs <= LARGEST_WRAPPER;
    }
}

/* ---- instances ---- */

void instances_init(struct points_to *pt)
{
    uint32_t n = pt->program->nfunctions;
    pt->instance_of = arena_new_array(pt->arena, n + 1, uint32_t);
    pt->value_of = arena_new_array(pt->arena, n + 1, uint32_t *);
    pt->nvalues = arena_new_array(pt->arena, n + 1, uint32_t);
    pt->is_cloned = arena_new_array(pt->arena, n + 1, uint8_t);
    pt->is_called = arena_new_array(pt->arena, n + 1, uint8_t);
    pt->function_nodes = arena_new_array(pt->arena, n + 1, node_id);
    pt->global_nodes = arena_new_array(pt->arena, pt->program->nglobals + 1, node_id);
    pt->unknown_leaf = arena_new_array(pt->arena, n + 1, leaf_id);
    pt->first_site = arena_new_array(pt->arena, n + 1, uint32_t);
    for (func_id f = 0; f < n; f++)
        pt->first_site[f + 1] = pt->first_site[f] + pt->program->functions[f].ninstrs;
    vec_push(pt->arena, &pt->contexts, (struct context){0, 0, ID_NONE, ID_NONE});
    node_new(pt, 0);
    choose_cloned(pt);
}

static bool may_hold_address(const struct points_to *pt, const struct instr *in)
{
    if (in->width != pt->program->pointer_bits)
        return false;
    switch (in->op) {
    case INSTR_ALLOCA:
    case INSTR_LOAD:
    case INSTR_PTRADD:
    case INSTR_BINARY:
    case INSTR_CAST:
    case INSTR_SELECT:
    case INSTR_PHI:
    case INSTR_CALL:
        return true;
    case INSTR_STORE:
    case INSTR_COMPARE:
    case INSTR_MEMSET:
    case INSTR_MEMCPY:
    case INSTR_OPAQUE:
    case INSTR_RETURN:
    case INSTR_JUMP:
    case INSTR_BRANCH:
    case INSTR_SWITCH:
    case INSTR_UNREACHABLE:
        return false;
    }
    BUG_ON(true);
}

static void number_values(struct points_to *pt, func_id function)
{
    const struct function *f = &pt->program->functions[function];
    pt->value_of[function] = arena_new_array(pt->arena, f->ninstrs + 1, uint32_t);
    for (instr_id i = 0; i < f->ninstrs; i++)
        if (may_hold_address(pt, &f->instrs[i]))
            pt->value_of[function][i] = ++pt->nvalues[function];
}

uint32_t instance_get(struct points_to *pt, func_id function, uint32_t context)
{
    uint64_t *slot = map_slot(&pt->instance_ids, pt->arena, (uint64_t)function << 32 | context);
    if (*slot)
        return (uint32_t)*slot - 1;
    *slot = pt->instances.len + 1;
    if (!pt->value_of[function])
        number_values(pt, function);
    uint32_t nparams = pt->program->functions[function].nparams;
    node_id first = node_new(pt, nparams + pt->nvalues[function] + 1);
    struct instance instance = {function, context, first, first + nparams + pt->nvalues[function],
                                pt->instance_of[function]};
    vec_push(pt->arena, &pt->instances, instance);
    pt->instance_of[function] = (uint32_t)pt->instances.len;
    return (uint32_t)pt->instances.len - 1;
}

static uint32_t context_get(struct points_to *pt, uint32_t parent, func_id function, instr_id site)
{
    uint64_t key = (uint64_t)parent << 32 | (pt->first_site[function] + site);
    uint64_t *slot = map_slot(&pt->context_ids, pt->arena, key);
    if (!*slot) {
        *slot = pt->contexts.len;
        struct context context = {parent, pt->contexts.items[parent].depth + 1, function, site};
        vec_push(pt->arena, &pt->contexts, context);
    }
    return (uint32_t)*slot;
}

uint32_t instance_of_call(struct points_to *pt, uint32_t caller, instr_id site, func_id callee)
{
    struct instance from = pt->instances.items[caller];
    if (!pt->is_cloned[callee] || pt->nodes.len > MOST_NODES)
        return instance_get(pt, callee, 0);
    bool inside_system = is_system(pt->program, callee) && is_system(pt->program, from.function);
    if ((inside_system && from.context) || pt->contexts.items[from.context].depth >= DEEPEST)
        return instance_get(pt, callee, from.context);
    return instance_get(pt, callee, context_get(pt, from.context, from.function, site));
}

uint32_t context_of_call(const struct points_to *pt, uint32_t context, func_id caller,
                         instr_id site, func_id callee)
{
    if (!pt->is_cloned[callee])
        return 0;
    bool inside_system = is_system(pt->program, callee) && is_system(pt->program, caller);
    if ((inside_system && context) || pt->contexts.items[context].depth >= DEEPEST)
        return context;
    uint64_t key = (uint64_t)context << 32 | (pt->first_site[caller] + site);
    const uint64_t *slot = map_get(&pt->context_ids, key);
    return slot ? (uint32_t)*slot : 0;
}

/* ---- operands ---- */

static node_id constant_node(struct points_to *pt, node_id *slot, target_id target)
{
    if (!*slot) {
        node_id node = node_new(pt, 1);
        *slot = node;
        node_add(pt, node, target);
    }
    return *slot;
}

static node_id global_node(struct points_to *pt, uint32_t global, uint64_t offset)
{
    target_id target = target_of_global(pt, global, offset);
    if (offset == 0)
        return constant_node(pt, &pt->global_nodes[global], target);
    node_id node = node_new(pt, 1);
    node_add(pt, node, target);
    return node;
}

node_id node_of_value(const struct points_to *pt, const struct instance *instance,
                      const struct operand *operand)
{
    const struct function *f = &pt->program->functions[instance->function];
    if (operand->kind == OPERAND_INSTR) {
        uint32_t value = pt->value_of[instance->function][operand->index];
        return value ? instance->first + f->nparams + value - 1 : 0;
    }
    if (operand->kind == OPERAND_PARAM && operand->index < f->nparams &&
        f->params[operand->index].width == pt->program->pointer_bits)
        return instance->first + operand->index;
    return 0;
}

node_id node_of_operand(struct points_to *pt, const struct instance *instance,
                        const struct operand *operand)
{
    if (operand->kind == OPERAND_GLOBAL)
        return global_node(pt, operand->index, operand->value);
    if (operand->kind == OPERAND_FUNC) {
        target_id target = target_of_memory(pt, MEMORY_FUNCTION, 0, operand->index, 0);
        return constant_node(pt, &pt->function_nodes[operand->index], target);
    }
    return node_of_value(pt, instance, operand);
}
