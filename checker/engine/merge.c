/* Joining whole states, for runs that only ask whether there is an error at all (policy.join).
 * Which states meet is for meet.c to say; what differs otherwise becomes unknown, within the range
 * that both know.
 *
 * What differs gets a symbol named by the cell or register itself: the next join there finds it
 * again, so that loops end, and what was joined in different places is the same to the functions
 * called from there. Joining gives the symbol a new meaning; copies that still have the old one are
 * joined, too. */
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

/* ---- names ---------------------------------------------------------------------------------- */

static value_id name_of(const struct merger *m, enum name_kind kind, unsigned width, uint64_t key)
{
    return value_symbol(m->sim, SYMBOL_JOIN, width, 0, 0, kind, key);
}

bool merge_may_be_watched(struct sim *sim, value_id value)
{
    const struct value *v = value_get(sim, value);
    switch ((enum value_kind)v->kind) {
    case VALUE_CONST:
    case VALUE_FUNC:
    case VALUE_ADDR: /* of the object itself: joins keep apart who has it */
    case VALUE_COMPARE:
        return false;
    case VALUE_SYMBOL:
        return v->sub != SYMBOL_JOIN || (v->c != NAME_CELL && v->c != NAME_REG) ||
               map_get(&sim->tainted, value);
    case VALUE_BINARY:
        return merge_may_be_watched(sim, v->a) || merge_may_be_watched(sim, v->b);
    case VALUE_CAST:
        return merge_may_be_watched(sim, v->a);
    case VALUE_TOP:
        break;
    }
    return true;
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
    if (merge_may_be_watched(sim, va) || merge_may_be_watched(sim, vb))
        *map_slot(&sim->tainted, &sim->arena, symbol) = 1;
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

/* A cell of which one state knows nothing that has a value. */
static value_id unknown_cell(struct merger *m, uint64_t key, uint32_t size)
{
    value_id name = name_of(m, NAME_CELL, size * 8, key);
    *map_slot(&m->sim->tainted, &m->sim->arena, name) = 1;
    return name;
}

/* The bytes of one cell, as each of the two states has them. */
static void join_cell(struct merger *m, uint64_t key, uint32_t size)
{
    struct sim *sim = m->sim;
    struct state a = *m->a, b = *m->b;
    value_id address = address_of(sim, key), va = 0, vb = 0;
    if (state_load(sim, &a, address, size, size * 8, &va) != ACCESS_OK || !va)
        va = unknown_cell(m, key, size);
    if (state_load(sim, &b, address, size, size * 8, &vb) != ACCESS_OK || !vb)
        vb = unknown_cell(m, key, size);
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

static uint32_t fill_count(const struct sim *sim, uint32_t fill)
{
    uint32_t n = 0;
    for (; fill; fill = sim->fills.items[fill].prev)
        n++;
    return n;
}

/* What both have been filled with first. */
static uint32_t common_fills(const struct sim *sim, uint32_t a, uint32_t b)
{
    uint32_t na = fill_count(sim, a), nb = fill_count(sim, b);
    for (; na > nb; na--)
        a = sim->fills.items[a].prev;
    for (; nb > na; nb--)
        b = sim->fills.items[b].prev;
    while (a != b) {
        a = sim->fills.items[a].prev;
        b = sim->fills.items[b].prev;
    }
    return a;
}

/* Below all fills that joins of this object have made: there is one at a time. */
static uint32_t below_joined(const struct sim *sim, uint32_t fill, value_id version)
{
    uint32_t below = fill;
    for (; fill; fill = sim->fills.items[fill].prev)
        if (sim->fills.items[fill].version == version)
            below = sim->fills.items[fill].prev;
    return below;
}

static bool same_fill(const struct fill *a, const struct fill *b)
{
    return a->start == b->start && a->end == b->end && a->kind == b->kind &&
           a->version == b->version && a->object == b->object && a->delta == b->delta;
}

/* What both have been filled with last stays, and so does what was there before one of them was
 * filled again; the rest is unknown. */
static uint32_t join_fills(struct merger *m, object_id object, uint32_t a, uint32_t b)
{
    struct sim *sim = m->sim;
    if (a == b)
        return a;
    if (a && b && same_fill(&sim->fills.items[a], &sim->fills.items[b])) {
        struct fill last = sim->fills.items[a];
        last.prev = join_fills(m, object, last.prev, sim->fills.items[b].prev);
        return fill_get(sim, last);
    }
    value_id version = name_of(m, NAME_FILL, 8, object);
    struct fill f = {.start = INT64_MAX, .end = 0, .kind = FILL_UNKNOWN, .version = version};
    f.prev = below_joined(sim, common_fills(sim, a, b), version);
    for (int side = 0; side < 2; side++)
        for (uint32_t i = side ? b : a; i != f.prev; i = sim->fills.items[i].prev) {
            f.start = sim->fills.items[i].start < f.start ? sim->fills.items[i].start : f.start;
            f.end = sim->fills.items[i].end > f.end ? sim->fills.items[i].end : f.end;
        }
    if (!f.prev) { /* what was there at first, too */
        f.start = 0;
        f.end = INT64_MAX;
    }
    bind_version(m, version);
    return fill_get(sim, f);
}

/* Whether there is a fill of the object in the store: it exists. */
static bool exists(struct sim *sim, pmap_id store, object_id object)
{
    return pmap_get(sim, store, (uint64_t)object << 32 | FILL_LOW) != NULL;
}

/* An object that exists in one of the states only is as it is there: who came from the other state
 * has no pointer to it. */
static bool is_in_one(struct merger *m, object_id object)
{
    enum object_kind kind = m->sim->objects.items[object].kind;
    return (kind == OBJECT_ONCE || kind == OBJECT_HEAP) &&
           exists(m->sim, m->a->store, object) != exists(m->sim, m->b->store, object);
}

static void note_cell(void *context, uint64_t key, const uint64_t *a, const uint64_t *b)
{
    struct merger *m = context;
    object_id object = (object_id)(key >> 32);
    if (is_in_one(m, object)) {
        if (!exists(m->sim, m->a->store, object))
            m->out->store = pmap_take(m->sim, m->out->store, m->b->store, key);
        return;
    }
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

/* A fact on what is in an object that one state does not have: any value will do there. */
static bool is_of_one(struct merger *m, value_id value, const struct state *without)
{
    const struct value *v = value_get(m->sim, value);
    object_id object = v->kind != VALUE_SYMBOL                      ? ID_NONE
                       : v->sub == SYMBOL_INIT                      ? v->a
                       : v->sub == SYMBOL_JOIN && v->c == NAME_CELL ? (object_id)(v->imm >> 32)
                                                                    : ID_NONE;
    return object != ID_NONE && is_in_one(m, object) && !exists(m->sim, without->store, object) &&
           !state_mentions(m->sim, without, value);
}

static void join_fact(void *context, uint64_t key, const uint64_t *fa, const uint64_t *fb)
{
    struct merger *m = context;
    struct sim *sim = m->sim;
    if (fa && !fb && is_of_one(m, (value_id)key, m->b))
        return; /* as it is */
    if (fb && !fa && is_of_one(m, (value_id)key, m->a)) {
        m->out->facts = pmap_take(sim, m->out->facts, m->b->facts, key);
        return;
    }
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
    into->holes |= other->holes;
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
