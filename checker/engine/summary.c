/* Summaries, and traces that pass through them. */
#include "engine/internal.h"

static value_id param_value(const struct sim *sim, const struct state *state, func_id func,
                            uint32_t depth, uint32_t param)
{
    const struct function *f = &sim->program->functions[func];
    const uint64_t *v = pmap_get(sim, state->regs, (uint64_t)depth << 32 | (f->ninstrs + param));
    return v ? (value_id)*v : 0;
}

static uint64_t key_of(const struct sim *sim, func_id func, const struct state *entry, uint32_t depth)
{
    uint64_t h = hash_u64((uint64_t)entry->store << 32 | entry->facts);
    h = hash_u64(h ^ ((uint64_t)entry->prop << 32 | entry->roles));
    h = hash_u64(h ^ ((uint64_t)func << 32 | entry->inexact));
    for (uint32_t i = 0; i < sim->program->functions[func].nparams; i++)
        h = hash_u64(h ^ param_value(sim, entry, func, depth, i));
    return h;
}

static bool same_entry(const struct sim *sim, const struct summary *s, func_id func,
                       const struct state *entry, uint32_t depth)
{
    if (s->func != func || s->entry.store != entry->store || s->entry.facts != entry->facts ||
        s->entry.prop != entry->prop || s->entry.roles != entry->roles ||
        s->entry.inexact != entry->inexact)
        return false;
    for (uint32_t i = 0; i < s->nparams; i++)
        if (s->params[i] != param_value(sim, entry, func, depth, i))
            return false;
    return true;
}

struct clash {
    struct sim *sim;
    const struct summary *summary;
    bool found;
};

static void check_symbols(struct clash *c, value_id id);

/* A name that the function gave out anew must not be one that this caller already uses. */
static void check_name(struct clash *c, value_id id, object_id object)
{
    struct state entry = c->summary->entry;
    entry.regs = 0;
    bool before = object ? state_mentions_object(c->sim, &entry, object)
                         : state_mentions(c->sim, &entry, id);
    for (size_t i = 0; i < c->summary->exits.len && !before && !c->found; i++) {
        struct state exit = c->summary->exits.items[i].state;
        value_id result = c->summary->exits.items[i].result;
        exit.regs = 0;
        c->found = object ? state_mentions_object(c->sim, &exit, object) ||
                                (mention_search_begins(c->sim),
                                 value_mentions_object(c->sim, result, object))
                          : state_mentions(c->sim, &exit, id) ||
                                (mention_search_begins(c->sim),
                                 value_mentions(c->sim, result, id));
    }
}

static void check_symbols(struct clash *c, value_id id)
{
    const struct value v = *value_get(c->sim, id);
    if (c->found || !v.mask)
        return;
    switch ((enum value_kind)v.kind) {
    case VALUE_BINARY:
    case VALUE_COMPARE:
        check_symbols(c, v.b);
        check_symbols(c, v.a);
        return;
    case VALUE_CAST:
        check_symbols(c, v.a);
        return;
    case VALUE_SYMBOL:
        check_name(c, id, 0);
        return;
    case VALUE_ADDR:
        if (c->sim->objects.items[v.a].kind == OBJECT_HEAP)
            check_name(c, id, v.a);
        return;
    case VALUE_TOP:
    case VALUE_CONST:
    case VALUE_FUNC:
        return;
    }
}

static void check_reg(void *context, uint64_t key, uint64_t value)
{
    (void)key;
    check_symbols(context, (value_id)value);
}

const struct summary *summary_find(struct sim *sim, func_id func, const struct state *entry,
                                   uint32_t depth)
{
    const uint64_t *first = map_get(&sim->summary_index, key_of(sim, func, entry, depth));
    for (uint32_t i = first ? (uint32_t)*first : 0; i; i = sim->summaries.items[i - 1]->next) {
        const struct summary *s = sim->summaries.items[i - 1];
        if (!same_entry(sim, s, func, entry, depth))
            continue;
        struct clash clash = {sim, s, false};
        if (s->entry.regs != entry->regs && depth > 0)
            pmap_each(sim, entry->regs, 0, ((uint64_t)depth << 32) - 1, check_reg, &clash);
        if (!clash.found)
            return s;
    }
    return NULL;
}

struct summary *summary_add(struct sim *sim, func_id func, const struct state *entry, uint32_t depth)
{
    struct summary *s = arena_new(&sim->arena, struct summary);
    s->func = func;
    s->entry = *entry;
    s->nparams = sim->program->functions[func].nparams;
    s->params = arena_new_array(&sim->arena, s->nparams + 1, value_id);
    for (uint32_t i = 0; i < s->nparams; i++)
        s->params[i] = param_value(sim, entry, func, depth, i);
    vec_push(&sim->arena, &sim->summaries, s);
    uint64_t *slot = map_slot(&sim->summary_index, &sim->arena, key_of(sim, func, entry, depth));
    s->next = (uint32_t)*slot;
    *slot = sim->summaries.len;
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
