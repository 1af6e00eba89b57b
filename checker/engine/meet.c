/* Which states meet in runs that join whole states (policy.join): at a block and at a function's
 * end one state is kept for each combination of automaton state, roles, the model variables that
 * guards read, what was let pass, and who has the watched object. This is property simulation (Das,
 * Lerner, Seigle, PLDI 2002); that the pointers to a watched object are kept is from typestate
 * verification (Fink, Yahav, Dor, Ramalingam, Geay, ISSTA 2006: must-alias sets). */
#include "engine/internal.h"

/* ---- places that were let pass --------------------------------------------------------------- */

struct ghosts {
    const struct sim *sim;
    uint64_t hash;
    bool allocated;
};

/* Of what is allocated there may be many, each in some state of the rule: only whether there are any
 * keeps states apart, and only if a rule may ask whether something unknown is one of them. */
static void add_ghost(void *context, uint64_t key, uint64_t entry)
{
    struct ghosts *g = context;
    if ((key & UINT32_MAX) >= GHOST_RANGE)
        return;
    if (g->sim->objects.items[key >> 32].kind == OBJECT_HEAP)
        g->allocated = g->sim->asks_of_unwatched;
    else
        g->hash = hash_u64(g->hash ^ key ^ hash_u64(entry));
}

/* The same store is asked often. */
static uint64_t ghosts_of(struct sim *sim, const struct state *state)
{
    uint64_t *known = map_slot(&sim->ghost_memo, &sim->arena, (uint64_t)state->store + 1);
    if (!*known) {
        struct ghosts g = {sim, 1, false};
        pmap_each(sim, state->store, 0, UINT64_MAX, add_ghost, &g);
        *known = hash_u64(g.hash + g.allocated) | 1;
    }
    return *known;
}

/* ---- what guards read ------------------------------------------------------------------------ */

static uint64_t guard_value(struct sim *sim, const struct state *state, uint32_t global)
{
    const struct global *g = &sim->program->globals[global];
    object_id object = object_get(sim, OBJECT_GLOBAL, global, 0, 0, g->size);
    struct state copy = *state;
    value_id v;
    uint64_t c;
    if (g->size == 0 || g->size > 8 ||
        state_load(sim, &copy, value_addr(sim, object, 0), (uint32_t)g->size, (unsigned)g->size * 8,
                   &v) != ACCESS_OK)
        return UINT64_MAX;
    struct range r = range_of(sim, state, v);
    return range_is_single(&r, &c) ? c : UINT64_MAX;
}

/* ---- who has the watched object -------------------------------------------------------------- */

struct holders {
    struct sim *sim;
    object_id object;
    uint64_t salt, hash; /* salt: registers are not cells */
};

static void add_holder(void *context, uint64_t key, uint64_t entry)
{
    struct holders *h = context;
    if ((key & UINT32_MAX) == UINT32_MAX) /* a fill */
        return;
    mention_search_begins(h->sim);
    if (value_mentions_object(h->sim, (value_id)entry, h->object))
        h->hash += hash_u64(hash_u64(key ^ h->salt) ^ (value_id)entry);
}

struct holder_search {
    struct sim *sim;
    const struct state *state;
    uint64_t hash;
};

static void find_holders(void *context, value_id watched)
{
    struct holder_search *s = context;
    const struct value *v = value_get(s->sim, watched);
    if (v->kind != VALUE_ADDR || s->sim->objects.items[v->a].kind != OBJECT_HEAP)
        return;
    struct holders h = {s->sim, v->a, 1, 0};
    pmap_each_masked(s->sim, s->state->store, object_bloom(v->a), add_holder, &h);
    h.salt = 2;
    pmap_each_masked(s->sim, s->state->regs, object_bloom(v->a), add_holder, &h);
    s->hash = hash_u64(s->hash ^ h.hash);
}

uint64_t merge_key(struct sim *sim, const struct state *state)
{
    struct holder_search s = {sim, state, hash_u64((uint64_t)state->prop << 32 | state->roles)};
    s.hash = hash_u64(s.hash ^ ghosts_of(sim, state));
    for (size_t i = 0; i < sim->guards.len; i++)
        s.hash = hash_u64(s.hash ^ guard_value(sim, state, sim->guards.items[i]));
    prop_each_value(sim, state->prop, find_holders, &s);
    return s.hash;
}

/* ---- what a function has decided ------------------------------------------------------------- */

struct decided {
    struct sim *sim;
    func_id func;
    uint64_t hash;
};

/* Results of calls, and of branches that met; not what a loop counts. */
static void add_decided(void *context, uint64_t key, uint64_t value)
{
    struct decided *d = context;
    const struct function *f = &d->sim->program->functions[d->func];
    uint32_t reg = (uint32_t)key;
    if (reg >= f->ninstrs)
        return;
    const struct instr *in = &f->instrs[reg];
    const struct value *v = value_get(d->sim, (value_id)value);
    bool result = in->op == INSTR_CALL ||
                  (in->op == INSTR_PHI && !d->sim->flow[d->func].blocks[in->block].loop_head);
    if (result && (v->kind == VALUE_CONST || v->kind == VALUE_ADDR))
        d->hash += hash_u64(key ^ hash_u64(value));
}

uint64_t merge_key_in(struct sim *sim, const struct state *state, func_id func, uint32_t depth)
{
    struct decided d = {sim, func, 0};
    uint64_t base = (uint64_t)depth << 32;
    if (sim->policy.join_alike)
        pmap_each(sim, state->regs, base, base | UINT32_MAX, add_decided, &d);
    return hash_u64(merge_key(sim, state) ^ d.hash);
}
