/* Relevance: a backward slice (Weiser; Horwitz, Reps, Binkley, TOPLAS 1990) from the events of a rule
 * group over data, memory classes, control and calls. Everything else of the program is not executed,
 * so states differ only where it can matter to the group's rules, and join where it cannot.
 *
 * In a whole driver everything depends on everything at some distance. So control dependences are
 * followed up to a horizon only, counted from the events; branches beyond it go every way. That adds
 * paths and loses none. */
#include "engine/place.h"

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
    struct blur blur;           /* with policy.blur */
    uint8_t *classes;
    work_list *writers;         /* [class] */
    VEC(uint32_t) *callers;     /* [func]: edges */
    struct map out_parameters;  /* (function, parameter, class) that were looked at */
};

static void mark_instr(struct slicer *s, func_id func, instr_id instr);
static void mark_for(struct slicer *s, func_id func, instr_id instr, uint8_t need);

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

static void mark_address(struct slicer *s, func_id func, const struct operand *o);

static void mark_needed(struct slicer *s, func_id func, const struct operand *o, uint8_t need)
{
    if (need == NEED_ADDRESS)
        mark_address(s, func, o);
    else
        mark_operand(s, func, o);
}

/* The argument of the calls that are executed; for others see expand(). */
static void mark_param(struct slicer *s, func_id func, uint32_t param, uint8_t need)
{
    if (s->sim->slice.params[func][param] >= need)
        return;
    s->sim->slice.params[func][param] = need;
    for (size_t i = 0; i < s->callers[func].len; i++) {
        const struct call_edge *e = &s->sim->model->edges[s->callers[func].items[i]];
        const struct instr *call = instr_at(s, e->caller, e->call);
        if (param < call->nextra && s->sim->slice.instrs[e->caller][e->call])
            mark_needed(s, e->caller, &call->extra[param], need);
    }
}

static void mark_operand(struct slicer *s, func_id func, const struct operand *o)
{
    if (o->kind == OPERAND_PARAM) {
        mark_param(s, func, o->index, NEED_VALUE);
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

/* With policy.blur the pointers that these give are names of unknown memory, no more. */
static bool makes_up(const struct instr *in)
{
    return in->op == INSTR_LOAD || in->op == INSTR_PHI || in->op == INSTR_SELECT;
}

/* An operand that is needed for where it leads only. */
static void mark_address(struct slicer *s, func_id func, const struct operand *o)
{
    struct spot spot;
    if (model_spot(s->sim->model, func, o, &spot))
        return;
    if (o->kind == OPERAND_PARAM) {
        mark_param(s, func, o->index, NEED_ADDRESS);
        return;
    }
    const struct instr *in = o->kind == OPERAND_INSTR ? instr_at(s, func, o->index) : NULL;
    if (in && (in->op == INSTR_PTRADD || in->op == INSTR_CAST ||
               (s->sim->policy.blur && makes_up(in))))
        mark_for(s, func, o->index, NEED_ADDRESS);
    else
        mark_operand(s, func, o);
}

/* The argument of an event: a member's address cannot be anything else. */
static void mark_argument(struct slicer *s, func_id func, const struct operand *o)
{
    const struct instr *in = o->kind == OPERAND_INSTR ? instr_at(s, func, o->index) : NULL;
    struct spot spot;
    if (!model_spot(s->sim->model, func, o, &spot) ||
        (!spot.offset && !(in && in->op == INSTR_PTRADD && in->field != ID_NONE)))
        mark_operand(s, func, o);
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

/* Whether the operand comes from what the driver told the system when it was set up: which callbacks it
 * has, mostly. */
static bool is_from_setup(const struct slicer *s, func_id func, const struct operand *o, int depth)
{
    if (o->kind != OPERAND_INSTR)
        return o->kind != OPERAND_PARAM;
    const struct instr *in = instr_at(s, func, o->index);
    if (depth > 8)
        return false;
    switch (in->op) {
    case INSTR_LOAD: {
        const struct class_set *reads = &s->sim->model->reads[func][o->index];
        for (uint32_t i = 0; i < reads->len; i++)
            for (size_t w = 0; w < s->writers[reads->items[i]].len; w++)
                if (!s->sim->model->is_setup[s->writers[reads->items[i]].items[w].func])
                    return false;
        return in->a.kind == OPERAND_GLOBAL ||
               (in->a.kind == OPERAND_INSTR && is_from_setup(s, func, &in->a, depth + 1));
    }
    case INSTR_CALL:
        return in->a.kind == OPERAND_FUNC &&
               !strcmp(s->sim->program->functions[in->a.index].name, "drvlint_declared");
    case INSTR_PHI:
        for (uint32_t i = 0; i < in->nextra; i++)
            if (!is_from_setup(s, func, &in->extra[i], depth + 1))
                return false;
        return true;
    case INSTR_PTRADD:
    case INSTR_CAST:
    case INSTR_BINARY:
    case INSTR_COMPARE:
    case INSTR_SELECT:
        return is_from_setup(s, func, &in->a, depth + 1) &&
               is_from_setup(s, func, &in->b, depth + 1) &&
               is_from_setup(s, func, &in->c, depth + 1);
    default:
        return false;
    }
}

/* A branch is one step farther away than what depends on it. Those of the OS model that ask what the
 * driver has registered are not: the answer is near. */
static void mark_terminator(struct slicer *s, func_id func, block_id block)
{
    const struct function *f = &s->sim->program->functions[func];
    instr_id last = f->blocks[block].first + f->blocks[block].count - 1;
    open_branch(s, func, block);
    if (f->from_model && is_from_setup(s, func, &f->instrs[last].a, 0))
        mark_instr(s, func, last);
    else
        vec_push(&s->scratch, &s->farther, (struct work){func, last});
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

/* drvlint_free(): for those callers who give it the object. */
static bool ends_life(const struct slicer *s, const struct instr *call)
{
    return call->a.kind == OPERAND_FUNC && call->nextra == 1 &&
           !strcmp(s->sim->program->functions[call->a.index].name, "drvlint_free");
}

static void mark_write(struct slicer *s, func_id func, instr_id instr, class_id id)
{
    const struct instr *in = instr_at(s, func, instr);
    if (in->op == INSTR_CALL && !ends_life(s, in))
        mark_effect(s, func, instr);
    else if (in->op == INSTR_CALL)
        mark_write_to(s, func, instr, &in->extra[0], id);
    else
        mark_write_to(s, func, instr, in->op == INSTR_STORE ? &in->b : &in->a, id);
}

static void mark_for(struct slicer *s, func_id func, instr_id instr, uint8_t need)
{
    uint8_t *mark = &s->sim->slice.instrs[func][instr];
    if (*mark >= need ||
        s->sim->flow[func].blocks[instr_at(s, func, instr)->block].rpo == ID_NONE)
        return;
    s->sim->slice.count += !*mark;
    *mark = need;
    vec_push(&s->scratch, &s->queue, (struct work){func, instr});
}

static void mark_instr(struct slicer *s, func_id func, instr_id instr)
{
    mark_for(s, func, instr, NEED_VALUE);
}

static bool is_blurred(struct slicer *s, struct work w, const struct operand *address);

static void mark_class(struct slicer *s, class_id id)
{
    if (s->classes[id])
        return;
    s->classes[id] = 1;
    for (size_t i = 0; i < s->writers[id].len; i++) {
        struct work w = s->writers[id].items[i];
        const struct instr *in = instr_at(s, w.func, w.instr);
        uint32_t hole = in->op == INSTR_CALL ? model_hole(s->sim->model, w.func, w.instr) : ID_NONE;
        if (hole != ID_NONE)
            s->sim->hole_parts[hole] = UINT64_MAX;
        mark_write(s, w.func, w.instr, id);
        if (in->op == INSTR_CALL)
            for (uint32_t a = 0; a < in->nextra; a++)
                mark_needed(s, w.func, &in->extra[a],
                            ends_life(s, in) ? NEED_ADDRESS : NEED_VALUE);
        if (in->op == INSTR_MEMCPY && !(s->sim->policy.blur && is_blurred(s, w, &in->b))) {
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

/* Nothing is known of what is read there. */
static bool is_blurred(struct slicer *s, struct work w, const struct operand *address)
{
    const struct class_set *reads = &s->sim->model->reads[w.func][w.instr];
    bool blurred = blur_lead(&s->blur, w.func, address) == WILD;
    for (uint32_t i = 0; i < reads->len; i++)
        blurred |= s->blur.classes[reads->items[i]];
    return blurred;
}

/* A load, or the source of a copy, at `address`. */
static void mark_read(struct slicer *s, struct work w, const struct operand *address)
{
    if (s->sim->policy.blur && is_blurred(s, w, address)) {
        s->sim->slice.blurred[w.func][w.instr] = 1;
        return;
    }
    if (instr_at(s, w.func, w.instr)->op == INSTR_LOAD)
        mark_classes(s, s->sim->model->reads[w.func][w.instr]);
    mark_address(s, w.func, address);
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
                mark_needed(s, w.func, &in->extra[p], s->sim->slice.params[t->items[i]][p]);
}

static void expand(struct slicer *s, struct work w)
{
    const struct instr *in = instr_at(s, w.func, w.instr);
    mark_controls(s, w.func, in->block);
    if (s->sim->policy.blur && makes_up(in) &&
        s->sim->slice.instrs[w.func][w.instr] == NEED_ADDRESS)
        return;
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
        mark_read(s, w, &in->a);
        return;
    case INSTR_STORE:
        mark_operand(s, w.func, &in->a);
        mark_address(s, w.func, &in->b);
        return;
    case INSTR_MEMSET:
        mark_address(s, w.func, &in->a);
        mark_operand(s, w.func, &in->b);
        mark_operand(s, w.func, &in->c);
        return;
    case INSTR_MEMCPY:
        mark_address(s, w.func, &in->a);
        mark_read(s, w, &in->b);
        mark_operand(s, w.func, &in->c);
        return;
    case INSTR_PTRADD:
    case INSTR_CAST:
        mark_needed(s, w.func, &in->a, s->sim->slice.instrs[w.func][w.instr]);
        mark_operand(s, w.func, &in->b);
        return;
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

static void note_guard(struct slicer *s, const char *name)
{
    uint32_t g = program_find_global(s->sim->program, name);
    for (size_t i = 0; i < s->sim->guards.len; i++)
        if (s->sim->guards.items[i] == g)
            return;
    if (g != ID_NONE)
        vec_push(&s->sim->arena, &s->sim->guards, g);
}

static void mark_expr(struct slicer *s, const struct expr *e)
{
    if (!e)
        return;
    if (e->kind == EXPR_MODEL) {
        const char *name = arena_printf(&s->scratch, "model_%s", e->name);
        mark_global(s, name);
        note_guard(s, name);
    }
    s->sim->guards_ask_role |= e->kind == EXPR_IN_ROLE;
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
        mark_argument(s, func, &in->extra[i + first]);
        if (p->kind != PATTERN_DEREF)
            continue;
        struct class_set set =
            model_pointee(s->sim->model, &s->scratch, func, &in->extra[i + first], 0);
        for (uint32_t k = 0; s->sim->policy.blur && k < set.len; k++)
            s->sim->slice.lost |= s->blur.classes[set.items[k]];
        mark_classes(s, set);
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

/* The call names a place that is not watched in this run. */
static bool is_elsewhere(const struct slicer *s, const struct event *e, func_id func, instr_id instr)
{
    const struct policy *policy = &s->sim->policy;
    const struct instr *in = instr_at(s, func, instr);
    struct watch_place place;
    size_t argument = 0;
    return policy->places && place_pattern(e, &argument) && argument < in->nextra &&
           place_of_operand(s->sim->program, s->sim->model, func, &in->extra[argument], &place) &&
           place_among(policy->places, policy->nplaces, &place) == policy->others;
}

/* Code that was left out may have events; for which parts. */
static void mark_hole(struct slicer *s, func_id func, instr_id instr)
{
    struct sim *sim = s->sim;
    uint32_t index = model_hole(sim->model, func, instr);
    if (index == ID_NONE || sim->model->holes[index].is_value)
        return;
    const struct hole *hole = &sim->model->holes[index];
    uint64_t *parts = &sim->hole_parts[index];
    if (hole->decides)
        *parts = UINT64_MAX;
    for (uint32_t i = 0; i < hole->may_call.len; i++)
        for (size_t k = 0; k < sim->by_function[hole->may_call.items[i]].len; k++)
            *parts |= UINT64_C(1)
                      << (sim->by_function[hole->may_call.items[i]].items[k].part & 63);
    if (*parts)
        mark_effect(s, func, instr);
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
    mark_hole(s, func, instr);
    for (uint32_t i = 0; i < t->len; i++)
        for (size_t k = 0; k < sim->by_function[t->items[i]].len; k++) {
            struct binding b = sim->by_function[t->items[i]].items[k];
            const struct event *e = &sim->parts.items[b.part]->events.items[b.event];
            if (!is_elsewhere(s, e, func, instr))
                mark_event(s, e, func, instr, 0);
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
    sim->slice.blurred = arena_new_array(&sim->arena, n, uint8_t *);
    sim->slice.funcs = arena_new_array(&sim->arena, n, uint8_t);
    sim->slice.params = arena_new_array(&sim->arena, n, uint8_t *);
    sim->slice.results = arena_new_array(&sim->arena, n, uint8_t);
    sim->hole_parts = arena_new_array(&sim->arena, sim->model->nholes + 1, uint64_t);
    sim->first_hole = ID_NONE;
    for (uint32_t e = 0; e < sim->model->nedges; e++)
        vec_push(&s->scratch, &s->callers[sim->model->edges[e].callee], e);
    for (func_id func = 0; func < n; func++) {
        const struct function *f = &sim->program->functions[func];
        sim->slice.params[func] = arena_new_array(&sim->arena, f->nparams + 1, uint8_t);
        if (!f->defined)
            continue;
        sim->slice.instrs[func] = arena_new_array(&sim->arena, f->ninstrs, uint8_t);
        sim->slice.blurred[func] = arena_new_array(&sim->arena, f->ninstrs, uint8_t);
        sim->slice.open[func] = arena_new_array(&sim->arena, f->nblocks, uint8_t);
        for (instr_id i = 0; i < f->ninstrs; i++) {
            const struct class_set *w = &sim->model->writes[func][i];
            if (f->instrs[i].op == INSTR_CALL &&
                (reaches_bodies(sim, func, i) || (sim->policy.join && ends_life(s, &f->instrs[i]))))
                continue; /* states that are joined need not be rid of what is over */
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
    if (sim->policy.blur)
        blur_find(&s.blur, &s.scratch, sim->program, sim->model);
    for (size_t p = 0; p < sim->parts.len; p++)
        if (!(sim->left_out >> (p & 63) & 1))
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
