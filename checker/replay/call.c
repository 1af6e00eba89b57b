/* Calls: into functions of driver and model, the intrinsics, and functions that nobody described. */
#include "replay/internal.h"

#include <string.h>

enum { MOST_CALLS = 200, MOST_CALLS_ASIDE = 40 }; /* inside each other */

struct call {
    struct replay *r;
    struct frame *fr;
    instr_id id;
    const struct instr *in;
    func_id target;
    smt_term *args;
    bool followed;   /* the path has steps for it */
};

static void set_result(struct call *c, smt_term value)
{
    unsigned width = c->in->width;
    if (width)
        c->fr->values[c->id] = value ? to_width(c->r, value, width) : any(c->r, width);
}

/* ---- intrinsics ----------------------------------------------------------------------------- */

static const char *literal(struct call *c)
{
    return c->in->nextra ? model_literal(c->r->program, c->r->arena, &c->in->extra[0]) : NULL;
}

/* A new object; one that exists once has the address that it had before. */
static smt_term make_object(struct call *c, const char *how)
{
    static const struct class_set all;
    struct replay *r = c->r;
    uint32_t once = model_object_made(r->model, c->fr->func, c->id, c->fr->place), object;
    bool zeroed = !strcmp(how, "fresh_zeroed");
    uint64_t *known = once == ID_NONE ? NULL : map_slot(&r->once, r->arena, once);
    if (known && *known) {
        struct area area = area_at(r, r->objects.items[*known].base, 0);
        if (zeroed)
            memory_fill(r, &area, &all, smt_const(&r->smt, 8, 0));
        else
            memory_forget(r, &area, &all);
        return area.root;
    }
    object = object_make(r, OBJECT_MADE, 0);
    r->objects.items[object].zeroed = zeroed;
    r->objects.items[object].device = !strcmp(how, "fresh_device");
    if (known)
        *known = object;
    return r->objects.items[object].base;
}

static void end_object(struct call *c)
{
    static const struct class_set all;
    struct replay *r = c->r;
    if (!c->in->nextra || !c->args[0])
        return;
    struct area area = area_at(r, c->args[0], 0);
    if (!area.object)
        return;
    r->objects.items[area.object].freed = true;
    area = area_at(r, r->objects.items[area.object].base, 0);
    memory_forget(r, &area, &all);
}

static void havoc(struct call *c)
{
    struct replay *r = c->r;
    uint64_t size = 0;
    if (!c->args[0])
        return;
    if (c->in->nextra > 1 && c->args[1])
        smt_is_const(&r->smt, c->args[1], &size);
    if (size > INT32_MAX)
        size = 0;
    struct area area = area_at(r, c->args[0], size);
    memory_forget(r, &area, &r->model->writes[c->fr->func][c->id]);
}

static smt_term named_function(struct call *c)
{
    const char *name = literal(c);
    func_id f = name ? program_find_function(c->r->program, name) : ID_NONE;
    if (f != ID_NONE && c->r->program->functions[f].defined)
        return function_address(c->r, f);
    return smt_const(&c->r->smt, c->r->program->pointer_bits, 0);
}

/* One of the functions that are declared with the role: which one, the path tells where it is called. */
static smt_term declared_function(struct call *c)
{
    struct replay *r = c->r;
    const char *role = literal(c);
    struct target_set set = {0};
    smt_term value = smt_const(&r->smt, r->program->pointer_bits, 0);
    if (role)
        set = model_declared(r->model, r->arena, role);
    for (uint32_t i = 0; i < set.len; i++) {
        smt_term one = function_address(r, set.items[i]);
        value = i ? smt_ite(&r->smt, any(r, 1), one, value) : one;
    }
    return value;
}

static void enter_role(struct call *c)
{
    const char *role = literal(c);
    vec_push(c->r->arena, &c->r->roles, role ? role : "?");
    take_event(c->r, EVENT_ENTER, c->fr, c->id, c->args + 1, c->in->nextra ? c->in->nextra - 1 : 0,
               0);
}

static void leave_role(struct call *c)
{
    take_event(c->r, EVENT_LEAVE, c->fr, c->id, NULL, 0, c->in->nextra > 1 ? c->args[1] : 0);
    if (c->r->roles.len)
        c->r->roles.len--;
}

static void assume(struct call *c)
{
    struct replay *r = c->r;
    smt_term value = c->args[0];
    if (!value)
        return;
    smt_term zero = smt_const(&r->smt, smt_width(&r->smt, value), 0);
    demand(r, smt_not(&r->smt, smt_compare(&r->smt, SMT_EQ, value, zero)));
}

static bool intrinsic(struct call *c)
{
    struct replay *r = c->r;
    const char *name = r->program->functions[c->target].name;
    smt_term value = 0;
    if (strncmp(name, "drvlint_", 8) != 0 || model_hole(r->model, c->fr->func, c->id) != ID_NONE)
        return false; /* code that was left out writes what the model says */
    name += 8;
    if (!strcmp(name, "enter"))
        enter_role(c);
    else if (!strcmp(name, "leave"))
        leave_role(c);
    else if (!strcmp(name, "assume"))
        assume(c);
    else if (!strcmp(name, "function"))
        value = named_function(c);
    else if (!strcmp(name, "declared"))
        value = declared_function(c);
    else if (!strncmp(name, "fresh", 5))
        value = make_object(c, name);
    else if (!strcmp(name, "choose"))
        value = any(r, 1);
    else if (!strcmp(name, "free"))
        end_object(c);
    else if (!strcmp(name, "havoc"))
        havoc(c);
    set_result(c, value);
    if (!strcmp(name, "any_pointer") || !strcmp(name, "any_context"))
        mark_outside(r, c->fr->values[c->id]);
    return true;
}

/* ---- functions ------------------------------------------------------------------------------ */

static bool is_running(const struct frame *fr, func_id func)
{
    for (; fr; fr = fr->caller)
        if (fr->func == func)
            return true;
    return false;
}

/* Everything that it may write may be anything, and so is its result. */
static void skip_function(struct call *c)
{
    memory_havoc(c->r, function_writes(c->r, c->target));
    set_result(c, 0);
}

static void enter_function(struct call *c)
{
    struct replay *r = c->r;
    const struct function *f = &r->program->functions[c->target];
    bool aside = !c->followed || !r->path->entered[c->target];
    if (aside && (c->fr->depth >= MOST_CALLS_ASIDE || is_running(c->fr, c->target))) {
        skip_function(c);
        return;
    }
    if (c->fr->depth >= MOST_CALLS) {
        give_up(r, "calls on the path are nested too deep");
        return;
    }
    struct frame inner = {.func = c->target, .f = f, .depth = c->fr->depth + 1, .aside = aside,
                          .caller = c->fr};
    inner.values = arena_new_array(r->arena, f->ninstrs + f->nparams + 1, smt_term);
    inner.place = model_context(r->model, c->fr->place, c->fr->func, c->id, c->target);
    for (uint32_t p = 0; p < f->nparams && p < c->in->nextra; p++)
        inner.values[f->ninstrs + p] = c->args[p];
    set_result(c, run_function(r, &inner));
}

/* What a function without body or description does: it writes where its arguments point. */
static void unknown_function(struct call *c)
{
    memory_havoc_set(c->r, &c->r->model->writes[c->fr->func][c->id]);
    set_result(c, 0);
}

static void call_target(struct call *c)
{
    struct replay *r = c->r;
    take_event(r, EVENT_CALL, c->fr, c->id, c->args, c->in->nextra, 0);
    const struct replay_step *step = next_step(r, REPLAY_CALL, c->fr, c->id);
    if (r->ended)
        return;
    if (step) {
        if (step->data != c->target)
            give_up(r, "the path calls another function");
        r->at++;
    }
    if (r->program->functions[c->target].defined)
        enter_function(c);
    else if (!intrinsic(c))
        unknown_function(c);
    take_event(r, EVENT_RETURN, c->fr, c->id, c->args, c->in->nextra,
               c->in->width ? c->fr->values[c->id] : 0);
}

/* ---- through pointers ----------------------------------------------------------------------- */

/* The value says it, or the path does, or there is only one. */
static func_id find_target(struct call *c, smt_term pointer)
{
    struct replay *r = c->r;
    const struct target_set *possible = &r->model->targets[c->fr->func][c->id];
    func_id known = function_at(r, pointer);
    if (known != ID_NONE)
        return known;
    const struct replay_step *step = next_step(r, REPLAY_CALL, c->fr, c->id);
    if (step)
        known = step->data;
    else if (possible->len == 1 && !possible->unknown)
        known = possible->items[0];
    if (known != ID_NONE)
        demand(r, equal(r, pointer, function_address(r, known)));
    return known;
}

/* The path has a step for each function of the driver that it goes into. */
static bool would_be_told(struct call *c, func_id target)
{
    return c->followed && c->r->path->entered[target] &&
           !c->r->program->functions[target].from_model;
}

/* Any of those that the pointer may lead to, and nothing in them is a step. */
static void call_any(struct call *c, smt_term pointer)
{
    struct replay *r = c->r;
    const struct target_set *possible = &r->model->targets[c->fr->func][c->id];
    smt_term one_of = smt_const(&r->smt, 1, possible->unknown || possible->len == 0);
    unknown_function(c);
    for (uint32_t i = 0; i < possible->len && !r->ended; i++) {
        func_id target = possible->items[i];
        if (would_be_told(c, target))
            continue;
        if (c->followed && r->path->entered[target])
            give_up(r, "the path calls a function through a pointer that may be several");
        memory_havoc(r, function_writes(r, target));
        one_of = smt_binary(&r->smt, SMT_OR, one_of,
                            equal(r, pointer, function_address(r, target)));
    }
    if (c->followed && !r->ended)
        demand(r, one_of);
}

void run_call(struct replay *r, struct frame *fr, instr_id id)
{
    const struct instr *in = &fr->f->instrs[id];
    struct call c = {.r = r, .fr = fr, .id = id, .in = in, .target = in->a.index};
    c.followed = !fr->aside && r->path->decided[fr->func][id];
    c.args = arena_new_array(r->arena, in->nextra + 1, smt_term);
    for (uint32_t i = 0; i < in->nextra; i++)
        c.args[i] = operand_value(r, fr, &in->extra[i]);
    smt_term pointer = 0;
    if (in->a.kind != OPERAND_FUNC) {
        pointer = operand_value(r, fr, &in->a);
        c.target = find_target(&c, pointer);
    }
    if (r->ended)
        return;
    if (c.target == ID_NONE)
        call_any(&c, pointer);
    else
        call_target(&c);
}
