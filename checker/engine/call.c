/* Calls: the functions that a call reaches, events before and after, intrinsics. */
#include "engine/internal.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 200, MAX_RECURSION = 6 };
enum { MANY_STATES = 16 }; /* with policy.join, behind a call */

struct call {
    struct sim *sim;
    func_id func;        /* caller */
    context_id context;
    uint32_t depth;
    instr_id id;
    const struct instr *in;
    func_id target;
    const struct function *callee;
    value_id *args;
};

static const char *literal(struct call *c, unsigned arg)
{
    const char *text = arg < c->in->nextra
                           ? model_literal(c->sim->program, &c->sim->arena, &c->in->extra[arg])
                           : NULL;
    return text ? intern(c->sim->names, text) : NULL;
}

static void choose_function(struct call *c, struct state state, struct target_set set,
                            struct state_list *out)
{
    struct sim *sim = c->sim;
    for (uint32_t i = 0; i < set.len; i++) {
        struct state s = state;
        state_set_reg(sim, &s, c->depth, c->id, value_func(sim, set.items[i]));
        list_push(sim, out, s);
    }
    if (set.len == 0) {
        state_set_reg(sim, &state, c->depth, c->id, value_const(sim, sim->program->pointer_bits, 0));
        list_push(sim, out, state);
    }
}

static struct call_site site_of(struct call *c, const char *name, value_id result)
{
    return (struct call_site){.func = c->func, .instr = c->id, .context = c->context, .name = name,
                              .args = c->args, .nargs = c->in->nextra, .result = result};
}

/* Where the callback that just ran returned. */
static loc_id returned_from(struct call *c, const struct state *state, func_id *ret_func)
{
    struct sim *sim = c->sim;
    struct trace_cursor at =
        trace_begin(sim, sim->policy.join ? 0 : state->trace, &sim->arena);
    for (; at.at; trace_next(&at)) {
        const struct trace *tr = &sim->traces.items[at.at];
        if (tr->kind == TRACE_RETURN && sim->contexts.items[tr->context].caller == c->func) {
            *ret_func = tr->func;
            return tr->loc ? tr->loc : sim->program->functions[tr->func].end;
        }
        if (tr->kind == TRACE_ENTER)
            break;
    }
    return 0;
}

static uint32_t push_role(struct sim *sim, uint32_t parent, const char *role)
{
    for (uint32_t i = 1; i < sim->nrolestacks; i++)
        if (sim->rolestacks[i].parent == parent && sim->rolestacks[i].role == role)
            return i;
    if (sim->nrolestacks >= sim->rolestacks_cap) {
        uint32_t cap = sim->rolestacks_cap ? sim->rolestacks_cap * 2 : 32;
        sim->rolestacks = arena_grow(&sim->arena, sim->rolestacks,
                                     sim->rolestacks_cap * sizeof *sim->rolestacks,
                                     cap * sizeof *sim->rolestacks);
        sim->rolestacks_cap = cap;
        if (sim->nrolestacks == 0)
            sim->nrolestacks = 1;
    }
    sim->rolestacks[sim->nrolestacks].parent = parent;
    sim->rolestacks[sim->nrolestacks].role = role;
    return sim->nrolestacks++;
}

static void role_event(struct call *c, struct state state, bool enter, struct state_list *out)
{
    struct sim *sim = c->sim;
    const char *role = literal(c, 0);
    static const binding_list none;
    const uint64_t *bound = role ? map_get(&sim->roles_bound, (uintptr_t)role) : NULL;
    const binding_list *bindings = bound ? &sim->role_bindings.items[*bound - 1] : &none;
    struct call_site site = site_of(c, role ? role : "?", 0);
    struct state_list after = {0};
    site.args = c->args + 1;
    site.nargs = c->in->nextra ? c->in->nextra - 1 : 0;
    if (enter) {
        state.roles = push_role(sim, state.roles, role);
        sim_trace(sim, &state, TRACE_ENTER, c->func, c->id, c->context, state.roles);
        events_fire(sim, bindings, EVENT_ENTER, &site, &state, out);
        return;
    }
    site.result = site.nargs ? site.args[0] : 0;
    site.loc = returned_from(c, &state, &site.func);
    site.nargs = 0;
    events_fire(sim, bindings, EVENT_LEAVE, &site, &state, &after);
    for (size_t i = 0; i < after.len; i++) {
        struct state *s = &after.items[i];
        sim_trace(sim, s, TRACE_LEAVE, c->func, c->id, c->context, s->roles);
        s->roles = s->roles ? sim->rolestacks[s->roles].parent : 0;
        list_push(sim, out, *s);
    }
}

static unsigned result_width(const struct call *c)
{
    return c->in->width ? c->in->width : 0;
}

/* A new object, or the one that exists once. */
static value_id begin_object(struct call *c, struct state *state, const char *how)
{
    struct sim *sim = c->sim;
    uint32_t once = model_object_made(sim->model, c->func, c->id,
                                      sim->contexts.items[c->context].place);
    if (once != ID_NONE)
        return value_addr(sim, state_begin_once(sim, state, once), 0);
    return value_addr(sim, state_fresh_object(sim, state, !strcmp(how, "fresh_zeroed"),
                                              !strcmp(how, "fresh_device")), 0);
}

static void end_object(struct call *c, struct state *state)
{
    struct sim *sim = c->sim;
    value_id address = step_address(sim, state, c->func, c->depth, &c->in->extra[0]);
    if (address && value_root(sim, address) != ID_NONE)
        state_forget_object(sim, state, value_root(sim, address));
}

static bool intrinsic(struct call *c, struct state state, struct state_list *out)
{
    struct sim *sim = c->sim;
    const char *name = c->callee->name;
    value_id r = 0;
    struct target_set one = {0};
    func_id found;
    if (strncmp(name, "drvlint_", 8) != 0)
        return false;
    name += 8;
    if (!strcmp(name, "enter") || !strcmp(name, "leave")) {
        role_event(c, state, name[0] == 'e', out);
        return true;
    }
    if (!strcmp(name, "assume")) {
        value_id v = c->args[0];
        if (!v || state_assume(sim, &state, v, true))
            list_push(sim, out, state);
        return true;
    }
    if (!strcmp(name, "function")) {
        const char *wanted = literal(c, 0);
        found = wanted ? program_find_function(sim->program, wanted) : ID_NONE;
        if (found != ID_NONE && sim->program->functions[found].defined) {
            one.items = &found;
            one.len = 1;
        }
        choose_function(c, state, one, out);
        return true;
    }
    if (!strcmp(name, "declared")) {
        const char *role = literal(c, 0);
        if (role)
            one = model_declared(sim->model, &sim->arena, role);
        choose_function(c, state, one, out);
        return true;
    }
    if (!strcmp(name, "fresh") || !strcmp(name, "fresh_zeroed") || !strcmp(name, "fresh_device"))
        r = begin_object(c, &state, name);
    else if (!strcmp(name, "choose"))
        r = value_cast(sim, CAST_ZEXT, 32, state_fresh_here(sim, &state, 1));
    else if (!strncmp(name, "any_", 4))
        r = state_fresh_here(sim, &state, result_width(c));
    else if (!strcmp(name, "free"))
        end_object(c, &state);
    else if (!strcmp(name, "havoc") && c->args[0]) {
        uint64_t n = 0;
        if (c->in->nextra > 1 && c->args[1])
            value_is_const(sim, c->args[1], &n);
        state_havoc(sim, &state, c->args[0], n);
    }
    state_set_reg(sim, &state, c->depth, c->id, r);
    list_push(sim, out, state);
    return true;
}

/* A function that nobody described: unknown result, and it may write through its pointers. */
static void unknown_function(struct call *c, struct state state, struct state_list *out)
{
    struct sim *sim = c->sim;
    if (c->target != ID_NONE && model_is_missing(c->callee->name))
        sim->holed = state.holes = UINT64_MAX;
    if (c->target != ID_NONE && !c->callee->from_model)
        *map_slot(&sim->unmodelled, &sim->arena, c->target) = 1;
    if (sim->model->writes[c->func][c->id].len)
        for (uint32_t i = 0; i < c->in->nextra; i++) {
            object_id o = c->args[i] ? value_root(sim, c->args[i]) : ID_NONE;
            if (o == ID_NONE || sim->objects.items[o].kind == OBJECT_GLOBAL)
                continue;
            bool local = sim->objects.items[o].kind == OBJECT_LOCAL;
            if (local || value_get(sim, c->args[i])->imm)
                state_havoc(sim, &state, c->args[i], local ? 0 : 8);
        }
    if (c->in->width)
        state_set_reg(sim, &state, c->depth, c->id, state_fresh_here(sim, &state, c->in->width));
    list_push(sim, out, state);
}

/* Code that was left out: what it may have done is not represented, but for unknown values. */
void pass_hole(struct sim *sim, struct state *state, uint32_t hole)
{
    const struct hole *h = &sim->model->holes[hole];
    uint64_t parts = h->is_value ? UINT64_MAX : sim->hole_parts[hole];
    state->holes |= parts;
    if (!h->is_value || h->is_address)
        sim->holed |= parts;
    if (parts && hole < sim->first_hole)
        sim->first_hole = hole;
}

static bool too_deep(struct call *c)
{
    unsigned same = 0;
    for (context_id x = c->context; x; x = c->sim->contexts.items[x].parent)
        same += c->sim->contexts.items[x].func == c->target;
    return same >= MAX_RECURSION || c->depth >= MAX_DEPTH;
}

static value_id give_argument(struct call *c, const struct state *state, uint32_t param)
{
    const struct operand *o = &c->in->extra[param];
    if (c->sim->slice.params[c->target][param] == NEED_ADDRESS)
        return step_address(c->sim, state, c->func, c->depth, o);
    return step_argument(c->sim, state, c->func, c->depth, o);
}

static void enter_function(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    context_id inner = context_get(sim, c->context, c->func, c->id, c->target);
    struct state_list entry = {0};
    bool live = sim->slice.funcs[c->target] || sim->slice.results[c->target];
    bool callback = sim->program->functions[c->func].from_model && !c->callee->from_model;
    for (size_t i = 0; i < in->len; i++) {
        struct state s = in->items[i];
        if (!c->callee->from_model && (live || callback))
            sim_trace(sim, &s, TRACE_CALL, c->func, c->id, inner, c->target);
        if (live)
            for (uint32_t p = 0; p < c->callee->nparams && p < c->in->nextra; p++)
                if (sim->slice.params[c->target][p])
                    state_set_reg(sim, &s, c->depth + 1, c->callee->ninstrs + p,
                                  give_argument(c, &s, p));
        if (!live && callback) {
            trace_id t = sim_trace(sim, &s, TRACE_RETURN, c->target, 0, inner, 0);
            sim->traces.items[t].loc = c->callee->end;
        }
        list_push(sim, live ? &entry : out, s);
    }
    if (live)
        explore_function(sim, c->target, inner, c->depth + 1, &entry, out);
}

static void load_args(struct call *c, const struct state *state)
{
    for (uint32_t i = 0; i < c->in->nextra; i++)
        c->args[i] = step_argument(c->sim, state, c->func, c->depth, &c->in->extra[i]);
}

static void dispatch(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    if (c->callee->defined && !too_deep(c)) {
        enter_function(c, in, out);
        return;
    }
    for (size_t i = 0; i < in->len; i++) {
        struct state s = in->items[i];
        load_args(c, &s);
        sim->at_context = c->context;
        sim->at_instr = c->id;
        if (c->callee->defined)
            mark_inexact(sim, &s, "recursion is deeper than what is followed");
        uint32_t hole = c->callee->defined ? ID_NONE : model_hole(sim->model, c->func, c->id);
        if (hole != ID_NONE)
            pass_hole(sim, &s, hole);
        if (hole != ID_NONE || c->callee->defined || !intrinsic(c, s, out))
            unknown_function(c, s, out);
    }
}

static value_id call_result(struct call *c, const struct state *state)
{
    struct operand self = {.kind = OPERAND_INSTR, .index = c->id};
    return step_operand(c->sim, state, c->func, c->depth, &self);
}

/* NULL, or a status that is not 0. */
static bool is_failure(struct call *c, const struct state *state, value_id v)
{
    uint64_t imm;
    if (!v || (c->in->width != 32 && c->in->width != c->sim->program->pointer_bits))
        return false;
    if (c->in->width == 32)
        return range_of(c->sim, state, v).lo > 0;
    return value_is_const(c->sim, v, &imm) && imm == 0;
}

static void trace_result(struct call *c, struct state *state)
{
    struct sim *sim = c->sim;
    value_id v = call_result(c, state);
    const struct value *value = value_get(sim, v);
    state->failures += sim->policy.beam && !sim->policy.trail && state->failures < UINT8_MAX &&
                       is_failure(c, state, v);
    trace_id t = sim_trace(sim, state, TRACE_RESULT, c->func, c->id, c->context, v);
    const char *words = NULL;
    if (!v || !c->in->width)
        return;
    if (value->kind == VALUE_ADDR)
        words = "a new object";
    else if (value->kind == VALUE_CONST && value->width == sim->program->pointer_bits &&
             value->imm == 0)
        words = "NULL";
    else if (value->kind == VALUE_CONST || range_of(sim, state, v).lo > 0)
        words = value_words(sim, state, v);
    sim->traces.items[t].words = words;
}

/* One target: events before, the call, events after. */
static void call_target(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    const binding_list *bindings = &sim->by_function[c->target];
    bool events = bindings->len && !sim->program->functions[c->func].from_model;
    bool ddi = !sim->program->functions[c->func].from_model && c->callee->from_model;
    struct state_list before = {0}, after = {0};
    if (!events) {
        dispatch(c, in, ddi ? &after : out);
    } else {
        for (size_t i = 0; i < in->len; i++) {
            load_args(c, &in->items[i]);
            struct call_site site = site_of(c, c->callee->name, 0);
            events_fire(sim, bindings, EVENT_CALL, &site, &in->items[i], &before);
        }
        dispatch(c, &before, &after);
    }
    for (size_t i = 0; i < after.len && (events || ddi); i++) {
        struct state s = after.items[i];
        if (ddi)
            trace_result(c, &s);
        if (!events) {
            list_push(sim, out, s);
            continue;
        }
        load_args(c, &s);
        struct call_site site = site_of(c, c->callee->name, call_result(c, &s));
        events_fire(sim, bindings, EVENT_RETURN, &site, &s, out);
    }
}

static void call_one(struct call *c, func_id target, const struct state_list *in,
                     struct state_list *out)
{
    if (in->len == 0)
        return;
    c->target = target;
    c->callee = &c->sim->program->functions[target];
    call_target(c, in, out);
}

/* States by the function that the pointer holds in them; unknown pointers try every candidate. */
static void indirect(struct call *c, const struct state_list *in, struct state_list *out)
{
    struct sim *sim = c->sim;
    const struct target_set *candidates = &sim->model->targets[c->func][c->id];
    struct map groups = {0};
    VEC(struct state_list) lists = {0};
    VEC(func_id) order = {0};
    for (size_t i = 0; i < in->len; i++) {
        value_id p = step_operand(sim, &in->items[i], c->func, c->depth, &c->in->a);
        const struct value v = *value_get(sim, p);
        uint32_t n = v.kind == VALUE_FUNC ? 1 : candidates->len;
        uint64_t k;
        if (v.kind == VALUE_CONST && v.imm != 0)
            sim->holed = UINT64_MAX; /* a name that nothing declares is such a number */
        if (v.kind == VALUE_CONST && (v.imm == 0 || value_is_const(sim, p, &k)))
            continue; /* a call through NULL ends the path */
        for (uint32_t t = 0; t < n; t++) {
            func_id f = v.kind == VALUE_FUNC ? v.a : candidates->items[t];
            struct state s = in->items[i];
            if (v.kind != VALUE_FUNC && p &&
                !state_assume(sim, &s, value_compare(sim, CMP_EQ, p, value_func(sim, f)), true))
                continue;
            uint64_t *slot = map_slot(&groups, &sim->arena, f);
            if (!*slot) {
                vec_push(&sim->arena, &lists, (struct state_list){0});
                vec_push(&sim->arena, &order, f);
                *slot = lists.len;
            }
            list_push(sim, &lists.items[*slot - 1], s);
        }
        if (n == 0) {
            struct state s = in->items[i];
            sim->at_context = c->context;
            sim->at_instr = c->id;
            c->target = ID_NONE;
            load_args(c, &s);
            unknown_function(c, s, out);
        }
    }
    for (size_t i = 0; i < lists.len; i++)
        call_one(c, order.items[i], &lists.items[i], out);
}

/* States that became equal are one. */
static void join_many(struct sim *sim, struct state_list *states)
{
    uint64_t *keys = arena_new_array(&sim->arena, states->len, uint64_t);
    size_t kept = 0;
    for (size_t i = 0; i < states->len; i++) {
        uint64_t key = merge_key(sim, &states->items[i]);
        size_t k = 0;
        while (k < kept && keys[k] != key)
            k++;
        if (k < kept) {
            state_merge(sim, &states->items[k], &states->items[i], false);
            continue;
        }
        keys[kept] = key;
        states->items[kept++] = states->items[i];
    }
    states->len = kept;
}

static void dedupe(struct sim *sim, struct state_list *states)
{
    struct map seen = {0};
    size_t kept = 0;
    for (size_t i = 0; i < states->len; i++) {
        uint64_t key = state_hash(&states->items[i], !sim->policy.merge_facts);
        bool dup = false;
        uint64_t *slot = map_slot(&seen, &sim->arena, key);
        if (*slot) {
            struct state other = states->items[*slot - 1];
            if (sim->policy.merge_facts)
                other.facts = states->items[i].facts;
            dup = state_same(&other, &states->items[i]);
        }
        if (dup) {
            struct state *kept_state = &states->items[*slot - 1];
            join_traces(sim, kept_state->trace, states->items[i].trace);
            if (sim->policy.merge_facts)
                state_join_facts(sim, kept_state, &states->items[i]);
            sim->stats.merges++;
            continue;
        }
        states->items[kept++] = states->items[i];
        if (!*slot)
            *slot = kept;
    }
    states->len = kept;
}

void explore_call(struct sim *sim, uint32_t func, context_id context, uint32_t depth, instr_id id,
                  struct state_list *states)
{
    const struct instr *in = &sim->program->functions[func].instrs[id];
    struct call c = {.sim = sim, .func = func, .context = context, .depth = depth, .id = id,
                     .in = in};
    struct state_list out = {0};
    sim->steps += states->len;
    c.args = arena_new_array(&sim->arena, in->nextra + 1, value_id);
    if (in->a.kind == OPERAND_FUNC)
        call_one(&c, in->a.index, states, &out);
    else
        indirect(&c, states, &out);
    for (size_t i = 0; i < out.len; i++) {
        sim_trace(sim, &out.items[i], TRACE_JOIN, func, id, context, 0);
        state_collect(sim, &out.items[i]);
    }
    dedupe(sim, &out);
    if (sim->policy.join && out.len > MANY_STATES)
        join_many(sim, &out);
    *states = out;
}
