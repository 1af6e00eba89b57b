/* Summaries, and traces that pass through them. */
#include "engine/internal.h"

static value_id param_value(const struct sim *sim, const struct state *state, func_id func,
                            uint32_t depth, uint32_t param)
{
    const struct function *f = &sim->program->functions[func];
    const uint64_t *v = pmap_get(sim, state->regs, (uint64_t)depth << 32 | (f->ninstrs + param));
    return v ? (value_id)*v : 0;
}

static uint64_t key_of(const struct sim *sim, func_id func, const struct state *entry, uint32_t depth,
                       pmap_id kept)
{
    uint64_t h = hash_u64((uint64_t)entry->store << 32 | entry->facts);
    h = hash_u64(h ^ ((uint64_t)entry->prop << 32 | entry->roles));
    h = hash_u64(h ^ ((uint64_t)func << 32 | entry->inexact));
    h = hash_u64(h ^ ((uint64_t)kept << 32 | entry->apart)) ^ entry->holes;
    for (uint32_t i = 0; i < sim->program->functions[func].nparams; i++)
        h = hash_u64(h ^ param_value(sim, entry, func, depth, i));
    return h;
}

static bool same_entry(const struct sim *sim, const struct summary *s, func_id func,
                       const struct state *entry, uint32_t depth, pmap_id kept)
{
    if (s->func != func || s->kept != kept || s->entry.store != entry->store || s->entry.facts != entry->facts ||
        s->entry.prop != entry->prop || s->entry.roles != entry->roles ||
        s->entry.inexact != entry->inexact || s->entry.apart != entry->apart ||
        s->entry.holes != entry->holes)
        return false;
    for (uint32_t i = 0; i < s->nparams; i++)
        if (s->params[i] != param_value(sim, entry, func, depth, i))
            return false;
    return true;
}

/* ---- names ---------------------------------------------------------------------------------- */

struct naming {
    struct sim *sim;
    struct summary *summary;
};

static void add_name(struct naming *n, value_id symbol, object_id object, uint64_t mask)
{
    for (size_t i = 0; i < n->summary->names.len; i++)
        if (n->summary->names.items[i].symbol == symbol &&
            n->summary->names.items[i].object == object)
            return;
    vec_push(&n->sim->arena, &n->summary->names, (struct new_name){symbol, object});
    n->summary->mask |= mask;
}

static void name_value(struct naming *n, value_id id);

static void name_object(struct naming *n, object_id object)
{
    const struct object o = n->sim->objects.items[object];
    if (o.kind == OBJECT_POINTEE)
        name_value(n, o.a);
    else if (o.kind == OBJECT_HEAP && !state_mentions_object(n->sim, &n->summary->entry, object))
        add_name(n, 0, object, object_bloom(object));
}

static void name_value(struct naming *n, value_id id)
{
    const struct value v = *value_get(n->sim, id);
    if (!v.mask)
        return;
    switch ((enum value_kind)v.kind) {
    case VALUE_BINARY:
    case VALUE_COMPARE:
        name_value(n, v.b);
        name_value(n, v.a);
        return;
    case VALUE_CAST:
        name_value(n, v.a);
        return;
    case VALUE_SYMBOL:
        if (v.sub == SYMBOL_INIT) {
            name_object(n, v.a);
            name_value(n, v.b);
            name_value(n, v.c);
        } else if (!state_mentions(n->sim, &n->summary->entry, id)) {
            add_name(n, id, 0, v.mask);
        }
        return;
    case VALUE_ADDR:
        name_object(n, v.a);
        return;
    case VALUE_TOP:
    case VALUE_CONST:
    case VALUE_FUNC:
        return;
    }
}

static void name_cell(void *context, uint64_t key, const uint64_t *before, const uint64_t *after)
{
    struct naming *n = context;
    (void)before;
    if (!after)
        return;
    name_object(n, (object_id)(key >> 32));
    if ((key & 0xffffffff) == 0xffffffff) {
        for (uint32_t id = (uint32_t)*after; id; id = n->sim->fills.items[id].prev) {
            name_value(n, n->sim->fills.items[id].version);
            if (n->sim->fills.items[id].kind == FILL_COPY)
                name_object(n, n->sim->fills.items[id].object);
        }
        return;
    }
    if (key & 0x80000000)
        name_value(n, n->sim->rest_cells.items[key & 0x7fffffff].rest);
    name_value(n, (value_id)*after);
}

static void name_fact(void *context, uint64_t key, const uint64_t *before, const uint64_t *after)
{
    (void)before;
    if (after)
        name_value(context, (value_id)key);
}

static void name_prop(void *context, value_id value)
{
    name_value(context, value);
}

static void find_names(struct sim *sim, struct summary *s, size_t renamed)
{
    struct naming n = {sim, s};
    for (size_t i = 0; i < s->exits.len; i++) {
        const struct exit_state *e = &s->exits.items[i];
        pmap_diff(sim, s->entry.store, e->state.store, name_cell, &n);
        pmap_diff(sim, s->entry.facts, e->state.facts, name_fact, &n);
        name_value(&n, e->result);
        if (e->state.prop != s->entry.prop)
            prop_each_value(sim, e->state.prop, name_prop, &n);
    }
    for (size_t i = renamed; i < sim->renamed.len; i++)
        add_name(&n, sim->renamed.items[i], 0, value_get(sim, sim->renamed.items[i])->mask);
}

bool summary_clashes(struct sim *sim, const struct summary *summary, const struct state *rest)
{
    struct state other = {.store = rest->store, .regs = rest->regs, .facts = rest->facts,
                          .prop = rest->prop};
    uint64_t mask = pmap_mask(sim, rest->store) | pmap_mask(sim, rest->regs) |
                    pmap_mask(sim, rest->facts) | prop_mask(sim, rest->prop);
    if (!(mask & summary->mask))
        return false;
    for (size_t i = 0; i < summary->names.len; i++) {
        const struct new_name *n = &summary->names.items[i];
        if (n->symbol ? state_mentions(sim, &other, n->symbol)
                      : state_mentions_object(sim, &other, n->object))
            return true;
    }
    return false;
}

/* ---- the table ------------------------------------------------------------------------------ */

const struct summary *summary_find(struct sim *sim, func_id func, const struct state *entry,
                                   uint32_t depth, pmap_id kept)
{
    const uint64_t *first = map_get(&sim->summary_index, key_of(sim, func, entry, depth, kept));
    for (uint32_t i = first ? (uint32_t)*first : 0; i; i = sim->summaries.items[i - 1]->next)
        if (same_entry(sim, sim->summaries.items[i - 1], func, entry, depth, kept))
            return sim->summaries.items[i - 1];
    return NULL;
}

const struct summary *summary_add(struct sim *sim, func_id func, const struct state *entry,
                                  uint32_t depth, pmap_id kept, const struct summary *made,
                                  size_t renamed)
{
    struct summary *s = arena_new(&sim->arena, struct summary);
    s->func = func;
    s->entry = *entry;
    s->kept = kept;
    s->exits.items = made->exits.items;
    s->exits.len = made->exits.len;
    s->nparams = sim->program->functions[func].nparams;
    s->params = arena_new_array(&sim->arena, s->nparams + 1, value_id);
    for (uint32_t i = 0; i < s->nparams; i++)
        s->params[i] = param_value(sim, entry, func, depth, i);
    vec_push(&sim->arena, &sim->summaries, s);
    uint64_t *slot = map_slot(&sim->summary_index, &sim->arena,
                              key_of(sim, func, entry, depth, kept));
    s->next = (uint32_t)*slot;
    *slot = sim->summaries.len;
    find_names(sim, s, renamed);
    return s;
}

/* ---- traces through summaries ---------------------------------------------------------------- */

static void settle(struct trace_cursor *c)
{
    for (;;) {
        if (c->splices && c->at == c->splices->stop) {
            c->at = c->splices->back;
            c->splices = c->splices->outer;
            continue;
        }
        const struct trace *t = &c->sim->traces.items[c->at];
        if (!c->at || t->kind != TRACE_SUMMARY)
            return;
        struct splice *s = arena_new(c->arena, struct splice);
        *s = (struct splice){.stop = t->other, .back = t->parent, .outer = c->splices};
        c->splices = s;
        c->at = t->data;
    }
}

struct trace_cursor trace_begin(const struct sim *sim, trace_id last, struct arena *arena)
{
    struct trace_cursor c = {.sim = sim, .at = last, .arena = arena};
    settle(&c);
    return c;
}

void trace_next(struct trace_cursor *c)
{
    c->at = c->sim->traces.items[c->at].parent;
    settle(c);
}
