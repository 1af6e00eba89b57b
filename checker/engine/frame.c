/* Frames: of a state, what a function can read or write, and the rest, which it leaves alone (O'Hearn,
 * Reynolds, Yang, "Local reasoning about programs that alter data structures", 2001). What a function
 * does to its frame is remembered and holds whatever the rest is.
 *
 * Which memory a function may touch are the location classes of its relevant instructions and of those
 * that it calls. Variables and objects that exist once have known classes; all other memory is in the
 * frame if something in the frame leads to it. */
#include "engine/internal.h"

#include <string.h>

#define LOW UINT64_C(0xffffffff)

static void add_classes(uint64_t *set, const struct class_set *classes)
{
    for (uint32_t i = 0; i < classes->len; i++)
        set[classes->items[i] / 64] |= UINT64_C(1) << (classes->items[i] % 64);
}

/* What events at a call look at: where their arguments point. */
static void add_events(struct sim *sim, func_id func, instr_id i, uint64_t *set)
{
    const struct instr *in = &sim->program->functions[func].instrs[i];
    const struct target_set *t = &sim->model->targets[func][i];
    bool events = false;
    for (uint32_t k = 0; k < t->len; k++)
        events |= sim->by_function[t->items[k]].len > 0;
    for (uint32_t a = 0; events && a < in->nextra; a++) {
        struct class_set seen =
            model_pointee(sim->model, &sim->arena, func, &in->extra[a], 0);
        add_classes(set, &seen);
    }
}

static void own_footprint(struct sim *sim, func_id func, uint64_t *set)
{
    const struct function *f = &sim->program->functions[func];
    for (instr_id i = 0; i < f->ninstrs; i++) {
        if (!sim->slice.instrs[func][i])
            continue;
        add_classes(set, &sim->model->reads[func][i]);
        add_classes(set, &sim->model->writes[func][i]);
        if (f->instrs[i].op == INSTR_CALL)
            add_events(sim, func, i, set);
    }
}

static bool include_callee(struct sim *sim, const struct call_edge *e)
{
    uint64_t *to = sim->footprints[e->caller], *from = sim->footprints[e->callee];
    bool changed = false;
    if (!to || !from || !sim->slice.instrs[e->caller][e->call])
        return false;
    for (uint32_t w = 0; w < sim->footprint_words; w++) {
        changed |= (from[w] & ~to[w]) != 0;
        to[w] |= from[w];
    }
    return changed;
}

static bool is_event(const struct sim *sim, func_id callee)
{
    const char *name = sim->program->functions[callee].name;
    return sim->by_function[callee].len > 0 || !strcmp(name, "drvlint_enter") ||
           !strcmp(name, "drvlint_leave");
}

/* Functions in which, or in whose callees, a rule may see an event. */
static void find_eventful(struct sim *sim)
{
    const struct model *m = sim->model;
    sim->eventful = arena_new_array(&sim->arena, sim->program->nfunctions, uint8_t);
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = m->nedges; e-- > 0;) {
            const struct call_edge *edge = &m->edges[e];
            if (sim->eventful[edge->caller] || !sim->slice.instrs[edge->caller][edge->call] ||
                !(sim->eventful[edge->callee] || is_event(sim, edge->callee)))
                continue;
            sim->eventful[edge->caller] = 1;
            changed = true;
        }
    }
}

void frames_init(struct sim *sim)
{
    const struct program *program = sim->program;
    find_eventful(sim);
    sim->footprint_words = sim->model->nclasses / 64 + 1;
    sim->footprints = arena_new_array(&sim->arena, program->nfunctions, uint64_t *);
    for (func_id f = 0; f < program->nfunctions; f++) {
        if (!program->functions[f].defined || !sim->model->reads[f])
            continue;
        sim->footprints[f] = arena_new_array(&sim->arena, sim->footprint_words, uint64_t);
        own_footprint(sim, f, sim->footprints[f]);
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t e = sim->model->nedges; e-- > 0;)
            changed |= include_callee(sim, &sim->model->edges[e]);
    }
}

/* ---- splitting ------------------------------------------------------------------------------ */

/* Classes of a cell, or of all of its object for a fill and for cells at symbolic offsets. */
static const struct class_set *cell_classes(struct sim *sim, uint64_t key, uint32_t size)
{
    uint64_t *slot = map_slot(&sim->cell_class_index, &sim->arena, hash_u64(key) ^ size);
    if (!*slot) {
        const struct object *o = &sim->objects.items[key >> 32];
        bool whole = (key & 0x80000000u) != 0;
        uint64_t offset = whole ? 0 : (uint64_t)((int64_t)(key & LOW) - CELL_BIAS);
        struct class_set set =
            o->kind == OBJECT_GLOBAL
                ? model_global_classes(sim->model, &sim->arena, o->a, offset, whole ? 0 : size)
                : model_object_classes(sim->model, &sim->arena, o->a, offset, whole ? 0 : size);
        vec_push(&sim->arena, &sim->cell_class_sets, set);
        *slot = sim->cell_class_sets.len;
    }
    return &sim->cell_class_sets.items[*slot - 1];
}

static bool is_guard(const struct sim *sim, uint32_t global)
{
    bool found = global == sim->irql_global && !sim->policy.join; /* paths tell the IRQL */
    for (size_t i = 0; i < sim->guards.len; i++)
        found |= sim->guards.items[i] == global;
    return found;
}

static bool is_inside(struct sim *sim, func_id func, uint64_t key, uint32_t size)
{
    const struct object *o = &sim->objects.items[key >> 32];
    const uint64_t *footprint = sim->footprints[func];
    if (o->kind != OBJECT_GLOBAL && o->kind != OBJECT_ONCE)
        return true;
    if (!footprint || (key & LOW) < GHOST_RANGE ||
        (o->kind == OBJECT_GLOBAL && is_guard(sim, o->a)))
        return true;
    const struct class_set *classes = cell_classes(sim, key, size);
    for (uint32_t i = 0; i < classes->len; i++)
        if (footprint[classes->items[i] / 64] >> (classes->items[i] % 64) & 1)
            return true;
    return classes->len == 0;
}

struct splitting {
    struct sim *sim;
    func_id func;
    pmap_id inner;
};

static void split_cell(void *context, uint64_t key, uint64_t entry)
{
    struct splitting *s = context;
    if (!is_inside(s->sim, s->func, key, (uint32_t)(entry >> 32)))
        s->inner = pmap_remove(s->sim, s->inner, key);
}

static pmap_id inner_store(struct sim *sim, func_id func, pmap_id store)
{
    uint64_t *known =
        map_slot(&sim->frame_memo, &sim->arena, ((uint64_t)func << 32 | store) + 1);
    if (!*known) {
        struct splitting s = {sim, func, store};
        pmap_each(sim, store, 0, UINT64_MAX, split_cell, &s);
        *known = (uint64_t)s.inner + 1;
    }
    return (pmap_id)(*known - 1);
}

/* ---- what both parts mention ------------------------------------------------------------------ */

struct sharing {
    struct sim *sim;
    const struct state *rest;
    struct map seen;
    pmap_id kept; /* symbols and objects (as addresses): name -> value */
};

static void share_object(struct sharing *s, object_id object);

static void share_value(struct sharing *s, value_id id)
{
    const struct value v = *value_get(s->sim, id);
    if (!v.mask || v.kind == VALUE_FUNC || v.kind == VALUE_CONST)
        return;
    uint64_t *seen = map_slot(&s->seen, &s->sim->arena, id + UINT64_C(1));
    if (*seen)
        return;
    *seen = 1;
    if (v.kind == VALUE_BINARY || v.kind == VALUE_COMPARE || v.kind == VALUE_CAST) {
        share_value(s, v.a);
        if (v.kind != VALUE_CAST)
            share_value(s, v.b);
    } else if (v.kind == VALUE_ADDR) {
        share_object(s, v.a);
    } else if (v.kind == VALUE_SYMBOL) {
        if (v.sub == SYMBOL_INIT) {
            share_object(s, v.a);
            share_value(s, v.b);
            share_value(s, v.c);
        }
        if (!s->sim->policy.join && state_mentions(s->sim, s->rest, id))
            s->kept = pmap_set(s->sim, s->kept, id, id, v.mask);
    }
}

static void share_object(struct sharing *s, object_id object)
{
    const struct object o = s->sim->objects.items[object];
    uint64_t name = UINT64_C(1) << 32 | object;
    if (o.kind == OBJECT_POINTEE)
        share_value(s, o.a);
    if (o.kind == OBJECT_GLOBAL || o.kind == OBJECT_ONCE)
        return;
    uint64_t *seen = map_slot(&s->seen, &s->sim->arena, name);
    if (*seen)
        return;
    *seen = 1;
    if (state_mentions_object(s->sim, s->rest, object)) {
        value_id v = value_addr(s->sim, object, 0);
        s->kept = pmap_set(s->sim, s->kept, name, v, value_get(s->sim, v)->mask);
    }
}

static void share_cell(void *context, uint64_t key, uint64_t entry)
{
    struct sharing *s = context;
    struct sim *sim = s->sim;
    share_object(s, (object_id)(key >> 32));
    if ((key & LOW) == LOW) {
        for (uint32_t id = (uint32_t)entry; id; id = sim->fills.items[id].prev) {
            const struct fill f = sim->fills.items[id];
            share_value(s, f.version);
            if (f.kind == FILL_COPY)
                share_object(s, f.object);
        }
        return;
    }
    if (key & 0x80000000u)
        share_value(s, sim->rest_cells.items[key & 0x7fffffff].rest);
    share_value(s, (value_id)entry);
}

static void share_reg(void *context, uint64_t key, uint64_t value)
{
    (void)key;
    share_value(context, (value_id)value);
}

struct keeping {
    struct sim *sim;
    struct state *inner;
    uint64_t next;
};

static void keep_value(void *context, uint64_t key, uint64_t value)
{
    struct keeping *k = context;
    (void)key;
    k->inner->regs = pmap_set(k->sim, k->inner->regs, k->next++, value,
                              value_get(k->sim, (value_id)value)->mask);
}

/* What is known of something that the rest mentions, too, must not be forgotten inside. Who joins states
 * forgets what is learned inside about the rest's symbols: more states are equal. */
static pmap_id keep_shared(struct sim *sim, uint32_t depth, struct state *inner,
                           const struct state *rest)
{
    struct sharing s = {.sim = sim, .rest = rest};
    uint64_t mask = pmap_mask(sim, rest->store) | pmap_mask(sim, rest->regs);
    if (!mask)
        return 0;
    pmap_each_masked(sim, inner->store, mask, share_cell, &s);
    pmap_each_masked(sim, inner->regs, mask, share_reg, &s);
    struct keeping k = {sim, inner, (uint64_t)depth << 32 | KEPT_REGS};
    pmap_each(sim, s.kept, 0, UINT64_MAX, keep_value, &k);
    return s.kept;
}

struct watch_search {
    struct sim *sim;
    const struct state *state;
    bool found;
};

static void find_watched(void *context, value_id watched)
{
    struct watch_search *s = context;
    const struct value *v = value_get(s->sim, watched);
    s->found |= v->kind == VALUE_ADDR && s->sim->objects.items[v->a].kind == OBJECT_HEAP &&
                state_mentions_object(s->sim, s->state, v->a);
}

static bool mentions_watched(struct sim *sim, const struct state *state, uint32_t prop)
{
    struct watch_search s = {sim, state, false};
    prop_each_value(sim, prop, find_watched, &s);
    return s.found;
}

pmap_id frame_split(struct sim *sim, func_id func, uint32_t depth, const struct state *state,
                    struct state *ret_inner, struct state *ret_rest)
{
    uint64_t base = (uint64_t)depth << 32;
    *ret_inner = *ret_rest = *state;
    ret_inner->regs = depth ? pmap_remove_range(sim, state->regs, 0, base - 1) : state->regs;
    ret_rest->regs = pmap_remove_range(sim, state->regs, base, base | LOW);
    if (!sim->guards_ask_role) /* which callback runs does not matter to anybody */
        ret_inner->roles = 0;
    ret_inner->store = inner_store(sim, func, state->store);
    if (!sim->eventful[func])
        ret_inner->prop = 0;
    state_collect(sim, ret_inner);
    if (sim->policy.join && !ret_inner->prop && mentions_watched(sim, ret_inner, state->prop))
        ret_inner->prop = state->prop; /* joins keep apart who has it */
    ret_rest->store = pmap_without(sim, state->store, ret_inner->store);
    state_collect(sim, ret_rest); /* keeps the facts that it needs itself; and those on both parts: */
    ret_rest->facts = pmap_union(sim, ret_rest->facts,
                                 pmap_without(sim, state->facts, ret_inner->facts));
    return keep_shared(sim, depth, ret_inner, ret_rest);
}

void frame_join(struct sim *sim, func_id func, struct state *state, const struct state *rest)
{
    state->store = pmap_union(sim, state->store, rest->store);
    state->facts = pmap_union(sim, state->facts, rest->facts);
    state->regs = rest->regs;
    if (!sim->eventful[func])
        state->prop = rest->prop;
    if (!sim->guards_ask_role)
        state->roles = rest->roles;
}
