/* Relevance: a backward slice (Weiser; Horwitz, Reps, Binkley, TOPLAS 1990) from the events of a rule
 * group over data, memory classes, control and calls. Everything else of the program is not executed,
 * so states differ only where it can matter to the group's rules, and join where it cannot.
 *
 * In a whole driver everything depends on everything at some distance. So control dependences are
 * followed up to a horizon only, counted from the events; branches beyond it go every way. That adds
 * paths and loses none. */
#include "engine/internal.h"

#include <string.h>

struct work {
    func_id func;
    instr_id instr;
};

typedef VEC(struct work) work_list;

struct slicer {
    struct sim *sim;
    struct arena scratch;
    work_list queue, farther;   /* to be looked at; the same, one control dependence farther away */
    uint32_t level;             /* control dependences between the events and what is looked at */
    uint8_t *classes;
    work_list *writers;         /* [class] */
    VEC(uint32_t) *callers;     /* [func]: edges */
    struct map out_parameters;  /* (function, parameter, class) that were looked at */
};

static void mark_instr(struct slicer *s, func_id func, instr_id instr);

static const struct instr *instr_at(const struct slicer *s, func_id func, instr_id instr)
{
    return &s->sim->program->functions[func].instrs[instr];
}

static void mark_result(struct slicer *s, func_id func)
{
    const struct function *f = &s->sim->program->functions[func];
    if (!f->defined || s->sim->slice.results[func])
        return;
    s->sim->slice.results[func] = 1;
    for (block_id b = 0; b < f->nblocks; b++) {
        instr_id last = f->blocks[b].first + f->blocks[b].count - 1;
        if (f->instrs[last].op == INSTR_RETURN)
            mark_instr(s, func, last);
    }
}

static void mark_operand(struct slicer *s, func_id func, const struct operand *o);

/* The argument of the calls that are executed; for others see expand(). */
static void mark_param(struct slicer *s, func_id func, uint32_t param)
{
    if (s->sim->slice.params[func][param])
        return;
    s->sim->slice.params[func][param] = 1;
    for (size_t i = 0; i < s->callers[func].len; i++) {
        const struct call_edge *e = &s->sim->model->edges[s->callers[func].items[i]];
        const struct instr *call = instr_at(s, e->caller, e->call);
        if (param < call->nextra && s->sim->slice.instrs[e->caller][e->call])
            mark_operand(s, e->caller, &call->extra[param]);
    }
}

static void mark_operand(struct slicer *s, func_id func, const struct operand *o)
{
    if (o->kind == OPERAND_PARAM) {
        mark_param(s, func, o->index);
    } else if (o->kind == OPERAND_INSTR) {
        const struct instr *def = instr_at(s, func, o->index);
        mark_instr(s, func, o->index);
        if (def->op == INSTR_CALL) {
            const struct target_set *t = &s->sim->model->targets[func][o->index];
            for (uint32_t i = 0; i < t->len; i++)
                mark_result(s, t->items[i]);
        }
    }
}

/* The branch, and those that lead to it, are not to be skipped. */
static void open_branch(struct slicer *s, func_id func, block_id block)
{
    const struct flow_block *fb = &s->sim->flow[func].blocks[block];
    if (s->sim->slice.open[func][block])
        return;
    s->sim->slice.open[func][block] = 1;
    for (uint32_t i = 0; i < fb->ncontrols; i++)
        open_branch(s, func, fb->controls[i]);
}

/* A branch is one step farther away than what depends on it. */
static void mark_terminator(struct slicer *s, func_id func, block_id block)
{
    const struct block *b = &s->sim->program->functions[func].blocks[block];
    open_branch(s, func, block);
    vec_push(&s->scratch, &s->farther, (struct work){func, b->first + b->count - 1});
}

static void mark_controls(struct slicer *s, func_id func, block_id block)
{
    const struct flow_block *fb = &s->sim->flow[func].blocks[block];
    for (uint32_t i = 0; i < fb->ncontrols; i++)
        mark_terminator(s, func, fb->controls[i]);
}

/* An instruction that does something: a store that others read, an event, a call that leads to one.
 * Its function is executed wherever it is called; a function that only computes a result is executed
 * where that result is needed. */
static void mark_effect(struct slicer *s, func_id func, instr_id instr)
{
    mark_instr(s, func, instr);
    if (s->sim->slice.funcs[func] == SLICE_EVERYWHERE)
        return;
    s->sim->slice.funcs[func] = SLICE_EVERYWHERE;
    for (size_t i = 0; i < s->callers[func].len; i++) {
        const struct call_edge *e = &s->sim->model->edges[s->callers[func].items[i]];
        mark_effect(s, e->caller, e->call);
    }
}

/* What an address is computed from. */
static const struct operand *address_base(const struct slicer *s, func_id func,
                                          const struct operand *address)
{
    while (address->kind == OPERAND_INSTR) {
        const struct instr *in = instr_at(s, func, address->index);
        if (in->op != INSTR_PTRADD && in->op != INSTR_CAST)
            break;
        address = &in->a;
    }
    return address;
}

static bool set_contains(const struct class_set *set, class_id id)
{
    for (uint32_t i = 0; i < set->len; i++)
        if (set->items[i] == id)
            return true;
    return false;
}

static void mark_write_to(struct slicer *s, func_id func, instr_id instr,
                          const struct operand *address, class_id id);

/* The function writes the class through its parameter: for those callers who give it such an address. */
static void mark_out_parameter(struct slicer *s, func_id func, uint32_t param, class_id id)
{
    uint64_t key = hash_u64(hash_u64((uint64_t)func << 32 | param) ^ id);
    uint64_t *seen = map_slot(&s->out_parameters, &s->scratch, key);
    if (*seen)
        return;
    *seen = 1;
    if (!s->sim->slice.funcs[func])
        s->sim->slice.funcs[func] = SLICE_WHERE_CALLED;
    for (size_t i = 0; i < s->callers[func].len; i++) {
        const struct call_edge *e = &s->sim->model->edges[s->callers[func].items[i]];
        const struct instr *call = instr_at(s, e->caller, e->call);
        if (param >= call->nextra)
            continue;
        struct class_set set =
            model_pointee(s->sim->model, &s->scratch, e->caller, &call->extra[param], 0);
        if (set_contains(&set, id))
            mark_write_to(s, e->caller, e->call, &call->extra[param], id);
    }
}

/* A write to a local of the same function concerns nobody else; if its address is given away, those
 * who read it are executed for their own sake. */
static void mark_write_to(struct slicer *s, func_id func, instr_id instr,
                          const struct operand *address, class_id id)
{
    const struct operand *base = address_base(s, func, address);
    if (base->kind == OPERAND_PARAM) {
        mark_instr(s, func, instr);
        mark_out_parameter(s, func, base->index, id);
    } else if (base->kind == OPERAND_INSTR && instr_at(s, func, base->index)->op == INSTR_ALLOCA) {
        mark_instr(s, func, instr);
    } else {
        mark_effect(s, func, instr);
    }
}

static void mark_write(struct slicer *s, func_id func, instr_id instr, class_id id)
{
    const struct instr *in = instr_at(s, func, instr);
    if (in->op == INSTR_CALL)
        mark_effect(s, func, instr);
    else
        mark_write_to(s, func, instr, in->op == INSTR_STORE ? &in->b : &in->a, id);
}

static void mark_instr(struct slicer *s, func_id func, instr_id instr)
{
    uint8_t *mark = &s->sim->slice.instrs[func][instr];
    if (*mark || s->sim->flow[func].blocks[instr_at(s, func, instr)->block].rpo == ID_NONE)
        return;
    *mark = 1;
    s->sim->slice.count++;
    vec_push(&s->scratch, &s->queue, (struct work){func, instr});
}

static void mark_class(struct slicer *s, class_id id)
{
    if (s->classes[id])
        return;
    s->classes[id] = 1;
    for (size_t i = 0; i < s->writers[id].len; i++) {
        struct work w = s->writers[id].items[i];
        const struct instr *in = instr_at(s, w.func, w.instr);
        mark_write(s, w.func, w.instr, id);
        if (in->op == INSTR_CALL)
            for (uint32_t a = 0; a < in->nextra; a++)
                mark_operand(s, w.func, &in->extra[a]);
        if (in->op == INSTR_MEMCPY) {
            const struct class_set *reads = &s->sim->model->reads[w.func][w.instr];
            bool same = set_contains(reads, id); /* the like members of equal structs */
            for (uint32_t r = 0; r < reads->len && !same; r++)
                mark_class(s, reads->items[r]);
        }
    }
}

static void mark_classes(struct slicer *s, struct class_set set)
{
    for (uint32_t i = 0; i < set.len; i++)
        mark_class(s, set.items[i]);
}

/* The arguments that some callee needs. */
static void mark_arguments(struct slicer *s, struct work w)
{
    const struct instr *in = instr_at(s, w.func, w.instr);
    const struct target_set *t = &s->sim->model->targets[w.func][w.instr];
    for (uint32_t i = 0; i < t->len; i++)
        for (uint32_t p = 0; p < in->nextra; p++)
            if (p < s->sim->program->functions[t->items[i]].nparams &&
                s->sim->slice.params[t->items[i]][p])
                mark_operand(s, w.func, &in->extra[p]);
}

static void expand(struct slicer *s, struct work w)
{
    const struct instr *in = instr_at(s, w.func, w.instr);
    mark_controls(s, w.func, in->block);
    switch (in->op) {
    case INSTR_CALL:
        if (in->a.kind != OPERAND_FUNC)
            mark_operand(s, w.func, &in->a);
        mark_arguments(s, w);
        return;
    case INSTR_PHI: {
        const struct block *b = &s->sim->program->functions[w.func].blocks[in->block];
        for (uint32_t i = 0; i < in->nextra; i++) {
            mark_operand(s, w.func, &in->extra[i]);
            mark_controls(s, w.func, b->preds[i]);
            if (s->sim->program->functions[w.func].blocks[b->preds[i]].nsuccs > 1)
                mark_terminator(s, w.func, b->preds[i]);
        }
        return;
    }
    case INSTR_LOAD:
        mark_classes(s, s->sim->model->reads[w.func][w.instr]);
        break;
    case INSTR_RETURN:
        if (s->sim->slice.results[w.func])
            mark_operand(s, w.func, &in->a);
        return;
    default:
        break;
    }
    mark_operand(s, w.func, &in->a);
    mark_operand(s, w.func, &in->b);
    mark_operand(s, w.func, &in->c);
}

static void drain(struct slicer *s)
{
    for (;;) {
        while (s->queue.len > 0)
            expand(s, s->queue.items[--s->queue.len]);
        if (s->farther.len == 0 || (s->sim->policy.horizon && s->level + 1 >= s->sim->policy.horizon))
            return;
        work_list branches = s->farther;
        s->farther = (work_list){0};
        s->level++;
        for (size_t i = 0; i < branches.len; i++)
            mark_instr(s, branches.items[i].func, branches.items[i].instr);
    }
}

/* ---- roots -------------------------------------------------------------------------------- */

static void mark_global(struct slicer *s, const char *name)
{
    uint32_t g = program_find_global(s->sim->program, name);
    if (g != ID_NONE)
        mark_classes(s, model_global_classes(s->sim->model, &s->scratch, g, 0, 0));
}

static void mark_expr(struct slicer *s, const struct expr *e)
{
    if (!e)
        return;
    if (e->kind == EXPR_MODEL)
        mark_global(s, arena_printf(&s->scratch, "model_%s", e->name));
    mark_expr(s, e->left);
    mark_expr(s, e->right);
}

static void mark_event(struct slicer *s, const struct event *e, func_id func, instr_id instr,
                       uint32_t first)
{
    const struct instr *in = instr_at(s, func, instr);
    mark_effect(s, func, instr);
    for (size_t i = 0; i < e->arguments.len && !e->any_arguments; i++) {
        const struct pattern *p = &e->arguments.items[i];
        if (p->kind == PATTERN_ANY || i + first >= in->nextra)
            continue;
        mark_operand(s, func, &in->extra[i + first]);
        if (p->kind == PATTERN_DEREF)
            mark_classes(s, model_pointee(s->sim->model, &s->scratch, func,
                                          &in->extra[i + first], 0));
    }
    if (e->result.kind != PATTERN_ANY) {
        struct operand self = {.kind = OPERAND_INSTR, .index = instr};
        if (e->kind == EVENT_LEAVE && first < in->nextra)
            mark_operand(s, func, &in->extra[first]);
        else if (e->kind == EVENT_RETURN)
            mark_operand(s, func, &self);
    }
}

static void mark_guards(struct slicer *s, const struct rule *rule)
{
    for (size_t i = 0; i < rule->events.len; i++)
        for (size_t t = 0; t < rule->events.items[i].transitions.len; t++) {
            const struct transition *tr = &rule->events.items[i].transitions.items[t];
            mark_expr(s, tr->guard);
            for (size_t m = 0; m < tr->parts.len; m++)
                if (tr->parts.items[m].kind == MESSAGE_IRQL)
                    mark_global(s, "model_irql");
        }
}

static bool is_role_call(const struct slicer *s, const struct instr *in)
{
    if (in->op != INSTR_CALL || in->a.kind != OPERAND_FUNC || in->nextra == 0)
        return false;
    const char *name = s->sim->program->functions[in->a.index].name;
    return !strcmp(name, "drvlint_enter") || !strcmp(name, "drvlint_leave");
}

static void mark_call_roots(struct slicer *s, func_id func, instr_id instr)
{
    struct sim *sim = s->sim;
    const struct instr *in = instr_at(s, func, instr);
    const struct target_set *t = &sim->model->targets[func][instr];
    if (is_role_call(s, in)) {
        bool enter = !strcmp(sim->program->functions[in->a.index].name, "drvlint_enter");
        const char *role = model_literal(sim->program, &s->scratch, &in->extra[0]);
        const char *interned = role ? intern_find(sim->names, role) : NULL;
        const uint64_t *bound = interned ? map_get(&sim->roles_bound, (uintptr_t)interned) : NULL;
        for (size_t i = 0; bound && i < sim->role_bindings.items[*bound - 1].len; i++) {
            struct binding b = sim->role_bindings.items[*bound - 1].items[i];
            const struct event *e = &sim->parts.items[b.part]->events.items[b.event];
            if ((e->kind == EVENT_ENTER) == enter)
                mark_event(s, e, func, instr, 1);
        }
        return;
    }
    if (sim->program->functions[func].from_model)
        return; /* events are the driver's calls */
    for (uint32_t i = 0; i < t->len; i++)
        for (size_t k = 0; k < sim->by_function[t->items[i]].len; k++) {
            struct binding b = sim->by_function[t->items[i]].items[k];
            mark_event(s, &sim->parts.items[b.part]->events.items[b.event], func, instr, 0);
        }
}

/* Calls between an enter and a leave that are executed: the callback, for its place and role. */
static bool mark_bracketed(struct slicer *s, func_id func, block_id block)
{
    const struct function *f = &s->sim->program->functions[func];
    bool any = false, roles = false, changed = false;
    for (instr_id i = f->blocks[block].first; i < f->blocks[block].first + f->blocks[block].count; i++)
        if (f->instrs[i].op == INSTR_CALL) {
            any |= s->sim->slice.instrs[func][i];
            roles |= is_role_call(s, &f->instrs[i]);
        }
    if (!any || !roles)
        return false;
    for (instr_id i = f->blocks[block].first; i < f->blocks[block].first + f->blocks[block].count; i++) {
        const struct instr *in = &f->instrs[i];
        if (in->op != INSTR_CALL || s->sim->slice.instrs[func][i])
            continue;
        bool driver = in->a.kind != OPERAND_FUNC ||
                      !s->sim->program->functions[in->a.index].from_model;
        if (driver || is_role_call(s, in)) {
            mark_instr(s, func, i);
            changed = true;
        }
    }
    return changed;
}

/* An assumption is relevant when a value that it speaks of is, or when it ends the path. */
static bool speaks_of_marked(struct slicer *s, func_id func, const struct operand *o, int depth)
{
    if (o->kind == OPERAND_PARAM)
        return s->sim->slice.params[func][o->index];
    if (o->kind == OPERAND_CONST && depth == 0)
        return true;
    if (o->kind != OPERAND_INSTR || depth > 12)
        return false;
    if (s->sim->slice.instrs[func][o->index])
        return true;
    const struct instr *in = instr_at(s, func, o->index);
    if (in->op == INSTR_CALL || in->op == INSTR_LOAD)
        return false;
    bool found = speaks_of_marked(s, func, &in->a, depth + 1) ||
                 speaks_of_marked(s, func, &in->b, depth + 1) ||
                 speaks_of_marked(s, func, &in->c, depth + 1);
    for (uint32_t i = 0; i < in->nextra && !found; i++)
        found = speaks_of_marked(s, func, &in->extra[i], depth + 1);
    return found;
}

static bool mark_assumption(struct slicer *s, func_id func, instr_id i)
{
    const struct instr *in = instr_at(s, func, i);
    if (in->a.kind != OPERAND_FUNC || in->nextra < 1 || s->sim->slice.instrs[func][i] ||
        strcmp(s->sim->program->functions[in->a.index].name, "drvlint_assume") != 0 ||
        !speaks_of_marked(s, func, &in->extra[0], 0))
        return false;
    mark_instr(s, func, i);
    mark_operand(s, func, &in->extra[0]);
    return true;
}

static bool add_companions(struct slicer *s)
{
    bool changed = false;
    for (func_id func = 0; func < s->sim->program->nfunctions; func++) {
        const struct function *f = &s->sim->program->functions[func];
        if (!f->defined || !f->from_model ||
            !(s->sim->slice.funcs[func] || s->sim->slice.results[func]))
            continue;
        for (block_id b = 0; b < f->nblocks; b++)
            changed |= mark_bracketed(s, func, b);
        for (instr_id i = 0; i < f->ninstrs; i++)
            if (f->instrs[i].op == INSTR_CALL)
                changed |= mark_assumption(s, func, i);
    }
    return changed;
}

/* A call through a pointer with known candidates reaches those; what others might write is not
 * executed either. */
static bool reaches_bodies(const struct sim *sim, func_id func, instr_id instr)
{
    const struct target_set *t = &sim->model->targets[func][instr];
    bool any = false;
    for (uint32_t i = 0; i < t->len; i++)
        any |= sim->program->functions[t->items[i]].defined;
    return any;
}

static void index_program(struct slicer *s)
{
    struct sim *sim = s->sim;
    uint32_t n = sim->program->nfunctions;
    s->classes = arena_new_array(&s->scratch, sim->model->nclasses + 1, uint8_t);
    sim->slice.open = arena_new_array(&sim->arena, n, uint8_t *);
    s->writers = arena_alloc_array(&s->scratch, sim->model->nclasses + 1, sizeof *s->writers);
    s->callers = arena_alloc_array(&s->scratch, n, sizeof *s->callers);
    sim->slice.instrs = arena_new_array(&sim->arena, n, uint8_t *);
    sim->slice.funcs = arena_new_array(&sim->arena, n, uint8_t);
    sim->slice.params = arena_new_array(&sim->arena, n, uint8_t *);
    sim->slice.results = arena_new_array(&sim->arena, n, uint8_t);
    for (uint32_t e = 0; e < sim->model->nedges; e++)
        vec_push(&s->scratch, &s->callers[sim->model->edges[e].callee], e);
    for (func_id func = 0; func < n; func++) {
        const struct function *f = &sim->program->functions[func];
        sim->slice.params[func] = arena_new_array(&sim->arena, f->nparams + 1, uint8_t);
        if (!f->defined)
            continue;
        sim->slice.instrs[func] = arena_new_array(&sim->arena, f->ninstrs, uint8_t);
        sim->slice.open[func] = arena_new_array(&sim->arena, f->nblocks, uint8_t);
        for (instr_id i = 0; i < f->ninstrs; i++) {
            const struct class_set *w = &sim->model->writes[func][i];
            if (f->instrs[i].op == INSTR_CALL && reaches_bodies(sim, func, i))
                continue;
            for (uint32_t k = 0; k < w->len; k++)
                vec_push(&s->scratch, &s->writers[w->items[k]], (struct work){func, i});
        }
    }
}

void slice_build(struct sim *sim)
{
    struct slicer s = {.sim = sim};
    arena_init(&s.scratch, sim->arena.on_fail, sim->arena.context);
    index_program(&s);
    for (size_t p = 0; p < sim->parts.len; p++)
        mark_guards(&s, sim->parts.items[p]);
    for (func_id func = 0; func < sim->program->nfunctions; func++) {
        const struct function *f = &sim->program->functions[func];
        for (instr_id i = 0; f->defined && i < f->ninstrs; i++)
            if (f->instrs[i].op == INSTR_CALL)
                mark_call_roots(&s, func, i);
    }
    do
        drain(&s);
    while (add_companions(&s));
    drain(&s);
    arena_finish(&s.scratch);
}
