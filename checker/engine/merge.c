/* Joining whole states, for runs that only ask whether there is an error at all (policy.join): at a
 * block and at a function's end one state is kept for each combination of automaton state, roles, the
 * model variables that guards read, and objects that were let pass. This is property simulation (Das,
 * Lerner, Seigle, PLDI 2002); what differs otherwise becomes unknown, within the range that both know.
 *
 * What differs gets a symbol named by the cell or register itself: the next join there finds it again, so
 * that loops end, and what was joined in different places is the same to the functions called from there.
 * Joining gives the symbol a new meaning; copies that still have the old one are joined, too. */
#include "engine/internal.h"

#include <string.h>

enum name_kind { NAME_CELL, NAME_REG, NAME_FILL, NAME_WATCH };
enum { REST_BIT = 0x80000000u };
#define FILL_LOW UINT64_C(0xffffffff)

struct bound { /* a symbol that means something new, and what is known of it */
    value_id symbol;
    range_id range;
};

struct change {
    uint64_t key, entry; /* entry: of the state joined so far; 0: none */
};

struct merger {
    struct sim *sim;
    const struct state *a, *b;
    struct state *out;
    bool widen;
    VEC(struct bound) bound;
    uint64_t mask;
    VEC(struct change) cells, regs;
    VEC(object_id) objects; /* to be forgotten */
};


/* ---- which states meet ---------------------------------------------------------------------- */

struct ghosts {
    uint64_t hash;
};

static void add_ghost(void *context, uint64_t key, uint64_t entry)
{
    struct ghosts *g = context;
    if ((key & FILL_LOW) < GHOST_RANGE)
        g->hash = hash_u64(g->hash ^ key ^ hash_u64(entry));
}

/* Which objects were let pass; the same store is asked often. */
static uint64_t ghosts_of(struct sim *sim, const struct state *state)
{
    uint64_t *known = map_slot(&sim->ghost_memo, &sim->arena, (uint64_t)state->store + 1);
    if (!*known) {
        struct ghosts g = {1};
        pmap_each(sim, state->store, 0, UINT64_MAX, add_ghost, &g);
        *known = g.hash | 1;
    }
    return *known;
}

static uint64_t guard_value(struct sim *sim, const struct state *state, uint32_t global)
{
    const struct global *g = &sim->program->globals[global];
    object_id object = object_get(sim, OBJECT_GLOBAL, global, 0, 0, g->size);
    struct state copy = *state;
    value_id v;
    uint64_t c;
    if (g->size == 0 || g->size > 8 ||
        state_load(sim, &copy, value_addr(sim, object, 0), (uint32_t)g->size,
                   (unsigned)g->size * 8, &v) != ACCESS_OK)
        return UINT64_MAX;
    struct range r = range_of(sim, state, v);
    return range_is_single(&r, &c) ? c : UINT64_MAX;
}

uint64_t merge_key(struct sim *sim, const struct state *state)
{
    uint64_t h = hash_u64((uint64_t)state->prop << 32 | state->roles);
    h = hash_u64(h ^ ghosts_of(sim, state));
    for (size_t i = 0; i < sim->guards.len; i++)
        h = hash_u64(h ^ guard_value(sim, state, sim->guards.items[i]));
    return h;
}

/* ---- names ---------------------------------------------------------------------------------- */

static value_id name_of(const struct merger *m, enum name_kind kind, unsigned width, uint64_t key)
{
    return value_symbol(m->sim, SYMBOL_JOIN, width, 0, 0, kind, key);
}

/* The symbol for what was `va` in one state and is `vb` in the other. */
static value_id bind(struct merger *m, enum name_kind kind, uint64_t key, value_id va, value_id vb)
{
    struct sim *sim = m->sim;
    unsigned width = value_get(sim, va)->width;
    value_id symbol = name_of(m, kind, width, key);
    struct range ra = range_of(sim, m->a, va), rb = range_of(sim, m->b, vb);
    struct range r = range_join(&ra, &rb);
    if (m->widen && va == symbol)
        r = range_widen(&ra, &r);
    vec_push(&sim->arena, &m->bound, (struct bound){symbol, range_intern(sim, &r)});
    vec_push(&sim->arena, &sim->renamed, symbol);
    m->mask |= value_get(sim, symbol)->mask;
    return symbol;
}

static bool mentions_bound(struct merger *m, value_id value)
{
    uint64_t mask = value_get(m->sim, value)->mask;
    for (size_t i = 0; i < m->bound.len; i++) {
        value_id s = m->bound.items[i].symbol;
        if (!(mask & value_get(m->sim, s)->mask))
            continue;
        mention_search_begins(m->sim);
        if (value_mentions(m->sim, value, s))
            return true;
    }
    return false;
}

/* ---- places --------------------------------------------------------------------------------- */

static value_id address_of(struct sim *sim, uint64_t key)
{
    return value_addr(sim, (object_id)(key >> 32), (uint64_t)((int64_t)(key & FILL_LOW) - CELL_BIAS));
}

/* The bytes of one cell, as each of the two states has them. */
static void join_cell(struct merger *m, uint64_t key, uint32_t size)
{
    struct sim *sim = m->sim;
    struct state a = *m->a, b = *m->b;
    value_id address = address_of(sim, key), va = 0, vb = 0;
    if (state_load(sim, &a, address, size, size * 8, &va) != ACCESS_OK || !va)
        va = name_of(m, NAME_CELL, size * 8, key);
    if (state_load(sim, &b, address, size, size * 8, &vb) != ACCESS_OK || !vb)
        vb = name_of(m, NAME_CELL, size * 8, key);
    if (va != vb || mentions_bound(m, va))
        va = bind(m, NAME_CELL, key, va, vb);
    if (state_store(sim, m->out, address, size, va) != ACCESS_OK)
        vec_push(&sim->arena, &m->objects, (object_id)(key >> 32));
}

static void bind_version(struct merger *m, value_id version);

static void forget_object(struct merger *m, object_id object)
{
    struct sim *sim = m->sim;
    value_id version = name_of(m, NAME_FILL, 8, object);
    state_fill_unknown(sim, m->out, object, version);
    bind_version(m, version);
}

static void bind_version(struct merger *m, value_id version)
{
    vec_push(&m->sim->arena, &m->bound, (struct bound){version, 0});
    vec_push(&m->sim->arena, &m->sim->renamed, version);
    m->mask |= value_get(m->sim, version)->mask;
}

/* What both have been filled with last stays; what was there before is unknown if it differs. */
static uint32_t join_fills(struct merger *m, object_id object, uint32_t a, uint32_t b)
{
    struct sim *sim = m->sim;
    struct fill f = {.end = INT64_MAX, .kind = FILL_UNKNOWN};
    if (a == b)
        return a;
    if (a && b) {
        struct fill x = sim->fills.items[a], y = sim->fills.items[b];
        if (x.start == y.start && x.end == y.end && x.kind == y.kind && x.version == y.version &&
            x.object == y.object && x.delta == y.delta) {
            x.prev = join_fills(m, object, x.prev, y.prev);
            return fill_get(sim, x);
        }
    }
    f.version = name_of(m, NAME_FILL, 8, object);
    bind_version(m, f.version);
    return fill_get(sim, f);
}

static void note_cell(void *context, uint64_t key, const uint64_t *a, const uint64_t *b)
{
    struct merger *m = context;
    object_id object = (object_id)(key >> 32);
    if ((key & FILL_LOW) == FILL_LOW) {
        uint32_t fill = join_fills(m, object, a ? (uint32_t)*a : 0, b ? (uint32_t)*b : 0);
        m->out->store = pmap_set(m->sim, m->out->store, key, fill, UINT64_MAX);
        return;
    }
    if ((key & REST_BIT) || (a && b && *a >> 32 != *b >> 32)) {
        for (size_t i = 0; i < m->objects.len; i++)
            if (m->objects.items[i] == object)
                return;
        vec_push(&m->sim->arena, &m->objects, object);
        return;
    }
    vec_push(&m->sim->arena, &m->cells, (struct change){key, a ? *a : *b});
}

static void note_reg(void *context, uint64_t key, const uint64_t *a, const uint64_t *b)
{
    struct merger *m = context;
    if (a && b)
        vec_push(&m->sim->arena, &m->regs, (struct change){key, *a});
    else
        m->out->regs = pmap_remove(m->sim, m->out->regs, key);
}

static void set_reg(struct merger *m, uint64_t key, value_id value)
{
    m->out->regs = pmap_set(m->sim, m->out->regs, key, value, value_get(m->sim, value)->mask);
}

static void join_reg(struct merger *m, uint64_t key)
{
    value_id va = (value_id)*pmap_get(m->sim, m->a->regs, key);
    value_id vb = (value_id)*pmap_get(m->sim, m->b->regs, key);
    if (va && vb && value_get(m->sim, va)->width == value_get(m->sim, vb)->width)
        set_reg(m, key, bind(m, NAME_REG, key, va, vb));
    else
        m->out->regs = pmap_remove(m->sim, m->out->regs, key);
}

/* ---- copies of what has a new meaning -------------------------------------------------------- */

static void stale_cell(void *context, uint64_t key, uint64_t entry)
{
    struct merger *m = context;
    object_id object = (object_id)(key >> 32);
    if (key & REST_BIT) { /* a fill, or a cell at a symbolic offset */
        bool stale = false;
        if ((key & FILL_LOW) == FILL_LOW)
            for (uint32_t id = (uint32_t)entry; id; id = m->sim->fills.items[id].prev)
                stale |= m->sim->fills.items[id].version &&
                         m->sim->fills.items[id].version != name_of(m, NAME_FILL, 8, object) &&
                         mentions_bound(m, m->sim->fills.items[id].version);
        else
            stale = mentions_bound(m, (value_id)entry) ||
                    mentions_bound(m, m->sim->rest_cells.items[key & 0x7fffffff].rest);
        if (stale)
            vec_push(&m->sim->arena, &m->objects, object);
        return;
    }
    unsigned width = (unsigned)(entry >> 32) * 8;
    if ((value_id)entry != name_of(m, NAME_CELL, width, key) && mentions_bound(m, (value_id)entry))
        vec_push(&m->sim->arena, &m->cells, (struct change){key, entry});
}

static void stale_reg(void *context, uint64_t key, uint64_t value)
{
    struct merger *m = context;
    unsigned width = value_get(m->sim, (value_id)value)->width;
    if ((value_id)value != name_of(m, NAME_REG, width, key) && mentions_bound(m, (value_id)value))
        vec_push(&m->sim->arena, &m->regs, (struct change){key, value});
}

static void stale_prop(void *context, value_id value)
{
    struct merger *m = context;
    if (mentions_bound(m, value))
        m->sim->slice.lost = m->sim->exhausted = true; /* the watched object itself */
}

static bool among(const struct merger *m, size_t count, object_id object)
{
    for (size_t i = 0; i < count; i++)
        if (m->objects.items[i] == object)
            return true;
    return false;
}

static void join_places(struct merger *m)
{
    struct sim *sim = m->sim;
    while (m->objects.len || m->cells.len || m->regs.len) {
        size_t nobjects = m->objects.len, ncells = m->cells.len, nregs = m->regs.len;
        for (size_t i = 0; i < nobjects; i++)
            forget_object(m, m->objects.items[i]);
        for (size_t i = 0; i < ncells; i++) {
            struct change c = m->cells.items[i];
            if (!among(m, nobjects, (object_id)(c.key >> 32)))
                join_cell(m, c.key, (uint32_t)(c.entry >> 32));
        }
        for (size_t i = 0; i < nregs; i++)
            join_reg(m, m->regs.items[i].key);
        m->cells.len = m->regs.len = 0;
        m->objects.len -= nobjects;
        if (m->objects.len)
            memmove(m->objects.items, m->objects.items + nobjects,
                    m->objects.len * sizeof *m->objects.items);
        pmap_each_masked(sim, m->out->store, m->mask, stale_cell, m);
        pmap_each_masked(sim, m->out->regs, m->mask, stale_reg, m);
    }
}

/* ---- facts ---------------------------------------------------------------------------------- */

static void drop_stale_fact(void *context, uint64_t key, uint64_t value)
{
    struct merger *m = context;
    (void)value;
    if (mentions_bound(m, (value_id)key))
        m->out->facts = pmap_remove(m->sim, m->out->facts, key);
}

static void join_fact(void *context, uint64_t key, const uint64_t *fa, const uint64_t *fb)
{
    struct merger *m = context;
    struct sim *sim = m->sim;
    (void)fa, (void)fb;
    struct range a = range_of(sim, m->a, (value_id)key), b = range_of(sim, m->b, (value_id)key);
    struct range r = range_join(&a, &b);
    if (m->widen)
        r = range_widen(&a, &r);
    range_id id = range_intern(sim, &r);
    if (id)
        m->out->facts = pmap_set(sim, m->out->facts, key, id, value_get(sim, (value_id)key)->mask);
    else
        m->out->facts = pmap_remove(sim, m->out->facts, key);
}

static void join_all_facts(struct merger *m)
{
    struct sim *sim = m->sim;
    pmap_diff(sim, m->a->facts, m->b->facts, join_fact, m);
    pmap_each_masked(sim, m->out->facts, m->mask, drop_stale_fact, m);
    for (size_t i = 0; i < m->bound.len; i++)
        if (m->bound.items[i].range)
            m->out->facts = pmap_set(sim, m->out->facts, m->bound.items[i].symbol,
                                     m->bound.items[i].range,
                                     value_get(sim, m->bound.items[i].symbol)->mask);
}

void state_merge(struct sim *sim, struct state *into, const struct state *other, bool widen)
{
    struct state before = *into;
    struct merger m = {.sim = sim, .a = &before, .b = other, .out = into, .widen = widen};
    sim->stats.joins++;
    sim->steps++;
    pmap_diff(sim, before.store, other->store, note_cell, &m);
    pmap_diff(sim, before.regs, other->regs, note_reg, &m);
    join_places(&m);
    join_all_facts(&m);
    prop_each_value(sim, into->prop, stale_prop, &m);
    state_collect(sim, into);
}

/* ---- watched values -------------------------------------------------------------------------- */

struct renaming {
    struct sim *sim;
    struct state *state;
    value_id from, to;
};

static void rename_cell(void *context, uint64_t key, uint64_t entry)
{
    struct renaming *r = context;
    if ((key & REST_BIT) || (value_id)entry != r->from)
        return;
    uint64_t mask = value_get(r->sim, r->to)->mask |
                    value_get(r->sim, value_addr(r->sim, (object_id)(key >> 32), 0))->mask;
    r->state->store = pmap_set(r->sim, r->state->store, key,
                               (entry & ~UINT64_C(0xffffffff)) | r->to, mask);
}

static void rename_reg(void *context, uint64_t key, uint64_t value)
{
    struct renaming *r = context;
    if ((value_id)value == r->from)
        r->state->regs = pmap_set(r->sim, r->state->regs, key, r->to,
                                  value_get(r->sim, r->to)->mask);
}

value_id merge_watch(struct sim *sim, struct state *state, value_id value, uint32_t index)
{
    const struct value v = *value_get(sim, value);
    if (v.kind == VALUE_ADDR || v.kind == VALUE_CONST || v.kind == VALUE_TOP)
        return value;
    value_id name = value_symbol(sim, SYMBOL_JOIN, v.width, 0, 0, NAME_WATCH, index);
    if (name == value)
        return value;
    if (state_mentions(sim, state, name)) /* of another object that was watched before */
        sim->slice.lost = sim->exhausted = true;
    struct renaming r = {sim, state, value, name};
    struct range range = range_of(sim, state, value);
    pmap_id store = state->store, regs = state->regs;
    pmap_each_masked(sim, store, v.mask, rename_cell, &r);
    pmap_each_masked(sim, regs, v.mask, rename_reg, &r);
    range_id id = range_intern(sim, &range);
    if (id)
        state->facts = pmap_set(sim, state->facts, name, id, value_get(sim, name)->mask);
    return name;
}
