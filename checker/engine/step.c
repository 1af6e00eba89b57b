/* One instruction on one state. Calls and terminators are explore.c's. */
#include "engine/internal.h"

#include <string.h>

enum { MAX_EXPRESSION = 24 };

static uint64_t reg_key(uint32_t depth, uint32_t reg)
{
    return (uint64_t)depth << 32 | reg;
}

void state_set_reg(struct sim *sim, struct state *state, uint32_t depth, uint32_t reg,
                   value_id value)
{
    if (value)
        state->regs = pmap_set(sim, state->regs, reg_key(depth, reg), value,
                               value_get(sim, value)->mask);
    else
        state->regs = pmap_remove(sim, state->regs, reg_key(depth, reg));
}

static object_id global_object(struct sim *sim, uint32_t global)
{
    return object_get(sim, OBJECT_GLOBAL, global, 0, 0, sim->program->globals[global].size);
}

value_id step_operand(struct sim *sim, const struct state *state, uint32_t func, uint32_t depth,
                      const struct operand *o)
{
    const uint64_t *reg;
    unsigned width = o->width ? o->width : sim->program->pointer_bits;
    switch (o->kind) {
    case OPERAND_NONE:
        return 0;
    case OPERAND_INSTR:
        reg = pmap_get(sim, state->regs, reg_key(depth, o->index));
        return reg ? (value_id)*reg : 0;
    case OPERAND_PARAM:
        reg = pmap_get(sim, state->regs,
                       reg_key(depth, sim->program->functions[func].ninstrs + o->index));
        return reg ? (value_id)*reg : 0;
    case OPERAND_CONST:
        return value_const(sim, width, o->value);
    case OPERAND_GLOBAL:
        return value_addr(sim, global_object(sim, o->index), o->value);
    case OPERAND_FUNC:
        return value_func(sim, o->index);
    case OPERAND_UNDEF:
        return o->width ? state_fresh_here(sim, state, width) : 0;
    }
    BUG_ON(true);
}

/* A member of an object: an address that cannot be NULL. */
static bool is_member(const struct sim *sim, uint32_t func, const struct operand *o,
                      const struct spot *spot)
{
    const struct instr *in = &sim->program->functions[func].instrs[o->index];
    return spot->offset > 0 ||
           (o->kind == OPERAND_INSTR && in->op == INSTR_PTRADD && in->field != ID_NONE);
}

value_id step_address(struct sim *sim, const struct state *state, uint32_t func, uint32_t depth,
                      const struct operand *o)
{
    value_id v = step_operand(sim, state, func, depth, o);
    enum value_kind kind = value_get(sim, v)->kind;
    struct spot spot;
    if (kind == VALUE_ADDR || kind == VALUE_CONST || !model_spot(sim->model, func, o, &spot))
        return v;
    return value_addr(sim, once_object(sim, spot.object), spot.offset);
}

value_id step_argument(struct sim *sim, const struct state *state, uint32_t func, uint32_t depth,
                       const struct operand *o)
{
    value_id v = step_operand(sim, state, func, depth, o);
    struct spot spot;
    if (v || !model_spot(sim->model, func, o, &spot) || !is_member(sim, func, o, &spot))
        return v;
    return value_addr(sim, once_object(sim, spot.object), spot.offset);
}

static enum outcome outcome_of(enum access access)
{
    return access == ACCESS_NULL ? STEP_DEAD : access == ACCESS_SPLIT ? STEP_SPLIT : STEP_OK;
}

/* Device memory, and volatile memory that nobody described: every read may give something else. */
static bool is_device(struct sim *sim, const struct state *state, value_id address, bool is_volatile)
{
    struct target t;
    return state_resolve(sim, state, address, &t) == ACCESS_OK &&
           (sim->objects.items[t.object].device ||
            (is_volatile && sim->objects.items[t.object].kind == OBJECT_POINTEE));
}

/* With policy.blur what unknown memory holds has a name only until something is stored through another
 * pointer, which may be the same: not its place, but the cell remembers it. */
static value_id name_contents(struct sim *sim, struct state *state, const struct instr *in,
                              value_id address, value_id contents)
{
    struct target t;
    const struct value *v = value_get(sim, contents);
    while (v->kind == VALUE_CAST)
        v = value_get(sim, v->a);
    if (v->kind != VALUE_SYMBOL || v->sub != SYMBOL_INIT ||
        sim->objects.items[v->a].kind != OBJECT_POINTEE ||
        state_resolve(sim, state, address, &t) != ACCESS_OK ||
        sim->objects.items[t.object].kind != OBJECT_POINTEE)
        return contents;
    value_id fresh = state_fresh_here(sim, state, in->width);
    state_store(sim, state, address, (uint32_t)in->size, fresh);
    return fresh;
}

static enum outcome step_load(struct sim *sim, struct state *state, const struct instr *in,
                              value_id address, value_id *ret_value)
{
    if (in->width == 0)
        return STEP_OK;
    if (is_device(sim, state, address, in->is_volatile)) {
        *ret_value = state_fresh_here(sim, state, in->width);
        return STEP_OK;
    }
    enum access access = state_load(sim, state, address, (uint32_t)in->size, in->width, ret_value);
    if (access == ACCESS_UNKNOWN || (access == ACCESS_OK && !*ret_value))
        *ret_value = state_fresh_here(sim, state, in->width);
    else if (access == ACCESS_OK && sim->policy.blur)
        *ret_value = name_contents(sim, state, in, address, *ret_value);
    return outcome_of(access);
}

static value_id pointer_add(struct sim *sim, const struct instr *in, value_id base, value_id index)
{
    unsigned width = sim->program->pointer_bits;
    if (!base)
        return 0;
    if (in->b.kind != OPERAND_NONE) {
        if (!index)
            return 0;
        index = value_cast(sim, CAST_SEXT, width, index);
        index = value_binary(sim, BIN_MUL, width, index, value_const(sim, width, in->scale));
        base = value_binary(sim, BIN_ADD, width, base, index);
    }
    return value_binary(sim, BIN_ADD, width, base, value_const(sim, width, (uint64_t)in->offset));
}

static enum outcome step_select(struct sim *sim, const struct state *state, value_id condition,
                                value_id yes, value_id no, value_id *ret_value)
{
    switch (state_truth(sim, state, condition)) {
    case TRUE_:
        *ret_value = yes;
        return STEP_OK;
    case FALSE_:
        *ret_value = no;
        return STEP_OK;
    case MAYBE_:
        if (yes == no) {
            *ret_value = yes;
            return STEP_OK;
        }
        if (!condition)
            return STEP_OK;
        sim->split = condition;
        return STEP_SPLIT;
    }
    BUG_ON(true);
}

static value_id local_address(struct sim *sim, struct state *state, uint32_t func, uint32_t depth,
                              const struct instr *in, instr_id id)
{
    object_id o = object_get(sim, OBJECT_LOCAL, depth, func, id, in->size);
    (void)state;
    return value_addr(sim, o, 0);
}

bool is_made_up(const struct sim *sim, uint32_t func, instr_id id)
{
    return sim->policy.blur && sim->slice.instrs[func][id] == NEED_ADDRESS;
}

struct forgetting {
    struct sim *sim;
    object_id kept;
    pmap_id store;
};

static void forget_pointee(void *context, uint64_t key, uint64_t entry)
{
    struct forgetting *f = context;
    object_id object = (object_id)(key >> 32);
    (void)entry;
    if (object != f->kept && f->sim->objects.items[object].kind == OBJECT_POINTEE)
        f->store = pmap_remove(f->sim, f->store, key);
}

/* With policy.blur two names of unknown memory may be the same memory: a store through one makes what
 * is known through the others uncertain. */
static void forget_apart(struct sim *sim, struct state *state, value_id address)
{
    struct target t;
    if (!sim->policy.blur || !address ||
        state_resolve(sim, state, address, &t) != ACCESS_OK ||
        sim->objects.items[t.object].kind != OBJECT_POINTEE)
        return;
    struct forgetting f = {sim, t.object, state->store};
    pmap_each(sim, state->store, 0, UINT64_MAX, forget_pointee, &f);
    state->store = f.store;
}

enum outcome step_instr(struct sim *sim, struct state *state, uint32_t func, context_id context,
                        uint32_t depth, instr_id id)
{
    const struct instr *in = &sim->program->functions[func].instrs[id];
    sim->at_context = context;
    sim->at_instr = id;
    bool leads = in->op == INSTR_LOAD || in->op == INSTR_MEMSET || in->op == INSTR_MEMCPY ||
                 in->op == INSTR_PTRADD || sim->slice.instrs[func][id] == NEED_ADDRESS;
    value_id a = leads ? step_address(sim, state, func, depth, &in->a)
                       : step_operand(sim, state, func, depth, &in->a);
    value_id b = in->op == INSTR_STORE || in->op == INSTR_MEMCPY
                     ? step_address(sim, state, func, depth, &in->b)
                     : step_operand(sim, state, func, depth, &in->b);
    value_id c = step_operand(sim, state, func, depth, &in->c);
    value_id r = 0;
    enum outcome outcome = STEP_OK;
    switch (in->op) {
    case INSTR_ALLOCA:
        r = local_address(sim, state, func, depth, in, id);
        break;
    case INSTR_LOAD:
        if (sim->slice.blurred[func][id] || is_made_up(sim, func, id)) {
            r = state_fresh_here(sim, state, in->width);
            break;
        }
        if (in->a.kind == OPERAND_GLOBAL && model_hole(sim->model, func, id) != ID_NONE)
            pass_hole(sim, state, model_hole(sim->model, func, id));
        outcome = step_load(sim, state, in, a, &r);
        break;
    case INSTR_STORE:
        if (in->a.kind == OPERAND_UNDEF && b) {
            state_havoc(sim, state, b, in->size);
            return STEP_OK;
        }
        forget_apart(sim, state, b);
        return b && !is_device(sim, state, b, in->is_volatile)
                   ? outcome_of(state_store(sim, state, b, (uint32_t)in->size, a))
                   : STEP_OK;
    case INSTR_PTRADD:
        r = pointer_add(sim, in, a, b);
        break;
    case INSTR_BINARY:
        r = value_binary(sim, (enum binary_op)in->sub, in->width, a, b);
        break;
    case INSTR_COMPARE:
        r = value_compare(sim, (enum compare_op)in->sub, a, b);
        break;
    case INSTR_CAST:
        r = value_cast(sim, (enum cast_op)in->sub, in->width, a);
        break;
    case INSTR_SELECT:
        if (is_made_up(sim, func, id)) {
            r = state_fresh_here(sim, state, in->width);
            break;
        }
        outcome = step_select(sim, state, a, b, c, &r);
        break;
    case INSTR_MEMSET:
        forget_apart(sim, state, a);
        return a ? outcome_of(state_fill(sim, state, a, b, c)) : STEP_OK;
    case INSTR_MEMCPY:
        if (sim->slice.blurred[func][id])
            b = 0;
        forget_apart(sim, state, a);
        return a ? outcome_of(state_copy(sim, state, a, b, c)) : STEP_OK;
    case INSTR_OPAQUE:
        r = state_fresh_here(sim, state, in->width);
        break;
    case INSTR_PHI:
    case INSTR_CALL:
    case INSTR_RETURN:
    case INSTR_JUMP:
    case INSTR_BRANCH:
    case INSTR_SWITCH:
    case INSTR_UNREACHABLE:
        BUG_ON(true);
    }
    if (value_get(sim, r)->depth > MAX_EXPRESSION) { /* checksums and the like: no fact comes of them */
        r = state_fresh_here(sim, state, value_get(sim, r)->width);
        if (!state->inexact)
            state->inexact = sim_reason(sim, "a computation was too long to follow");
    }
    if (outcome == STEP_OK)
        state_set_reg(sim, state, depth, id, r);
    return outcome;
}
