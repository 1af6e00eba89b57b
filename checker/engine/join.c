/* Garbage and joins: what no later step can read is dropped, so that states that differ only in
 * their past become equal; states that must be joined lose what they do not share. */
#include "engine/internal.h"

enum { CELLS_PER_STEP = 16 }; /* garbage collection is effort, too */

/* ---- garbage ------------------------------------------------------------------------------ */

struct cell_ref {
    uint64_t key, entry;
};

struct collector {
    struct sim *sim;
    VEC(struct cell_ref) cells;
    bool changed;
    pmap_id store, facts;
};

static void ensure_epochs(struct sim *sim)
{
    if (sim->value_epochs < sim->values.len) {
        uint32_t n = (uint32_t)sim->values.cap;
        sim->value_epoch = arena_grow(&sim->arena, sim->value_epoch,
                                      sim->value_epochs * sizeof(uint32_t), n * sizeof(uint32_t));
        sim->dead_epoch = arena_grow(&sim->arena, sim->dead_epoch,
                                     sim->value_epochs * sizeof(uint32_t), n * sizeof(uint32_t));
        sim->value_epochs = n;
    }
    if (sim->object_epochs < sim->objects.len) {
        uint32_t n = (uint32_t)sim->objects.cap;
        sim->object_epoch = arena_grow(&sim->arena, sim->object_epoch,
                                       sim->object_epochs * sizeof(uint32_t), n * sizeof(uint32_t));
        sim->object_epochs = n;
    }
}

static void mark_object(struct collector *c, object_id object);

static void mark_value(struct collector *c, value_id id)
{
    struct sim *sim = c->sim;
    if (sim->value_epoch[id] == sim->epoch)
        return;
    sim->value_epoch[id] = sim->epoch;
    c->changed = true;
    const struct value *v = value_get(sim, id);
    switch ((enum value_kind)v->kind) {
    case VALUE_BINARY:
    case VALUE_COMPARE:
        mark_value(c, v->a);
        mark_value(c, v->b);
        break;
    case VALUE_CAST:
        mark_value(c, v->a);
        break;
    case VALUE_ADDR:
        mark_object(c, v->a);
        break;
    case VALUE_SYMBOL:
        if (v->sub == SYMBOL_INIT) {
            mark_object(c, v->a);
            mark_value(c, v->b);
        }
        break;
    case VALUE_TOP:
    case VALUE_CONST:
    case VALUE_FUNC:
        break;
    }
}

static void mark_object(struct collector *c, object_id object)
{
    struct sim *sim = c->sim;
    if (sim->object_epoch[object] == sim->epoch)
        return;
    sim->object_epoch[object] = sim->epoch;
    c->changed = true;
    const struct object *o = &sim->objects.items[object];
    if (o->kind == OBJECT_POINTEE)
        mark_value(c, o->a);
}

/* Can some later step read a value with this name again? */
static bool value_live(const struct collector *c, value_id id);

static bool object_live(const struct collector *c, object_id object)
{
    const struct object *o = &c->sim->objects.items[object];
    if (o->kind == OBJECT_GLOBAL || o->kind == OBJECT_ONCE ||
        c->sim->object_epoch[object] == c->sim->epoch)
        return true;
    return o->kind == OBJECT_POINTEE && value_live(c, o->a);
}

static bool parts_live(const struct collector *c, value_id id);

/* What was found dead stays so until something else is marked. */
static bool value_live(const struct collector *c, value_id id)
{
    struct sim *sim = c->sim;
    if (sim->value_epoch[id] == sim->epoch)
        return true;
    if (sim->dead_epoch[id] == sim->dead_now)
        return false;
    if (parts_live(c, id))
        return true;
    sim->dead_epoch[id] = sim->dead_now;
    return false;
}

static bool parts_live(const struct collector *c, value_id id)
{
    const struct value *v = value_get(c->sim, id);
    switch ((enum value_kind)v->kind) {
    case VALUE_TOP:
    case VALUE_CONST:
    case VALUE_FUNC:
        return true;
    case VALUE_SYMBOL:
        return v->sub == SYMBOL_INIT && object_live(c, v->a) && value_live(c, v->b) &&
               value_live(c, v->c);
    case VALUE_ADDR:
        return object_live(c, v->a);
    case VALUE_BINARY:
    case VALUE_COMPARE:
        return value_live(c, v->a) && value_live(c, v->b);
    case VALUE_CAST:
        return value_live(c, v->a);
    }
    BUG_ON(true);
}

static void gather_cell(void *context, uint64_t key, uint64_t entry)
{
    struct collector *c = context;
    vec_push(&c->sim->arena, &c->cells, (struct cell_ref){key, entry});
}

static void mark_reg(void *context, uint64_t key, uint64_t value)
{
    (void)key;
    mark_value(context, (value_id)value);
}

static void mark_prop(void *context, value_id value)
{
    mark_value(context, value);
}

static void mark_cell(struct collector *c, const struct cell_ref *cell)
{
    struct sim *sim = c->sim;
    if ((cell->key & 0xffffffff) == 0xffffffff) {
        for (uint32_t id = (uint32_t)cell->entry; id; id = sim->fills.items[id].prev) {
            mark_value(c, sim->fills.items[id].version);
            if (sim->fills.items[id].kind == FILL_COPY)
                mark_object(c, sim->fills.items[id].object);
        }
        return;
    }
    if (cell->key & 0x80000000)
        mark_value(c, sim->rest_cells.items[cell->key & 0x7fffffff].rest);
    mark_value(c, (value_id)cell->entry);
}

static void keep_fact(void *context, uint64_t key, uint64_t value)
{
    struct collector *c = context;
    (void)value;
    if (!value_live(c, (value_id)key))
        c->facts = pmap_remove(c->sim, c->facts, key);
}

void state_collect(struct sim *sim, struct state *state)
{
    uint64_t key = hash_u64(hash_u64((uint64_t)state->store << 32 | state->regs) ^
                            ((uint64_t)state->facts << 32 | state->prop));
    const uint64_t *memo = map_get(&sim->collect_memo, key);
    if (memo) {
        state->store = (pmap_id)(*memo >> 32);
        state->facts = (pmap_id)*memo;
        return;
    }
    struct collector c = {.sim = sim, .store = state->store, .facts = state->facts};
    ensure_epochs(sim);
    sim->epoch++;
    sim->dead_now++;
    pmap_each(sim, state->regs, 0, UINT64_MAX, mark_reg, &c);
    prop_each_value(sim, state->prop, mark_prop, &c);
    pmap_each(sim, state->store, 0, UINT64_MAX, gather_cell, &c);
    size_t left = c.cells.len;
    sim->steps += left / CELLS_PER_STEP;
    do { /* cells of objects that were found live make others live */
        size_t kept = 0;
        c.changed = false;
        for (size_t i = 0; i < left; i++) {
            sim->dead_now += c.changed; /* a mark may have revived what was dead */
            if (object_live(&c, (object_id)(c.cells.items[i].key >> 32)))
                mark_cell(&c, &c.cells.items[i]);
            else
                c.cells.items[kept++] = c.cells.items[i];
        }
        left = kept;
    } while (c.changed && left);
    for (size_t i = 0; i < left; i++)
        c.store = pmap_remove(sim, c.store, c.cells.items[i].key);
    sim->dead_now++;
    pmap_each(sim, state->facts, 0, UINT64_MAX, keep_fact, &c);
    state->store = c.store;
    state->facts = c.facts;
    map_set(&sim->collect_memo, &sim->arena, key, (uint64_t)c.store << 32 | c.facts);
    uint64_t again = hash_u64(hash_u64((uint64_t)state->store << 32 | state->regs) ^
                              ((uint64_t)state->facts << 32 | state->prop));
    map_set(&sim->collect_memo, &sim->arena, again, (uint64_t)c.store << 32 | c.facts);
}

enum { MAX_JOINS = 8 };

/* ---- joins -------------------------------------------------------------------------------- */

struct joiner {
    struct sim *sim;
    const struct state *a, *b;
    struct state *out;
    bool widen;
    context_id context;
    uint32_t block;
    struct map pairs; /* (value of a, value of b) -> joined value: equalities survive */
};

static void join_fact(void *context, uint64_t key, const uint64_t *fa, const uint64_t *fb)
{
    struct joiner *j = context;
    (void)fa, (void)fb;
    struct range a = range_of(j->sim, j->a, (value_id)key);
    struct range b = range_of(j->sim, j->b, (value_id)key);
    struct range r = range_join(&a, &b);
    range_id id = range_intern(j->sim, &r);
    if (id)
        j->out->facts = pmap_set(j->sim, j->out->facts, key, id,
                                 value_get(j->sim, (value_id)key)->mask);
    else
        j->out->facts = pmap_remove(j->sim, j->out->facts, key);
}

void state_join_facts(struct sim *sim, struct state *a, const struct state *b)
{
    struct state before = *a;
    struct joiner j = {.sim = sim, .a = &before, .b = b, .out = a};
    pmap_diff(sim, before.facts, b->facts, join_fact, &j);
}

struct range range_widen(const struct range *old, const struct range *joined)
{
    struct range r = *joined;
    if (joined->lo < old->lo)
        r.lo = 0;
    if (joined->hi > old->hi)
        r.hi = width_mask(joined->width);
    if (r.lo != joined->lo || r.hi != joined->hi) {
        r.kind = 0;
        r.nset = 0;
        r.zeros &= old->zeros & ~r.hi;
        r.ones = 0;
        if (!range_normalize(&r))
            return range_full(joined->width);
    }
    return r;
}

/* A symbol named by the cell or register where two values met. */
static value_id join_symbol(struct joiner *j, unsigned width, uint64_t key)
{
    for (uint32_t n = 0; n < MAX_JOINS; n++) {
        value_id symbol = value_symbol(j->sim, SYMBOL_JOIN, width, j->context, j->block, n, key);
        if (!state_mentions(j->sim, j->out, symbol))
            return symbol;
    }
    return value_symbol(j->sim, SYMBOL_JOIN, width, j->context, j->block, MAX_JOINS,
                        ++j->sim->unique);
}

static value_id join_values(struct joiner *j, value_id a, value_id b, uint64_t key)
{
    if (a == b)
        return a;
    if (!a || !b)
        return 0;
    uint64_t *known = map_slot(&j->pairs, &j->sim->arena, (uint64_t)a << 32 | b);
    if (*known)
        return (value_id)*known;
    unsigned width = value_get(j->sim, a)->width;
    struct range ra = range_of(j->sim, j->a, a), rb = range_of(j->sim, j->b, b);
    if (value_get(j->sim, b)->width != width)
        return 0;
    struct range r = range_join(&ra, &rb);
    if (j->widen)
        r = range_widen(&ra, &r);
    value_id symbol = join_symbol(j, width, key);
    range_id id = range_intern(j->sim, &r);
    if (id)
        j->out->facts = pmap_set(j->sim, j->out->facts, symbol, id,
                                 value_get(j->sim, symbol)->mask);
    *map_slot(&j->pairs, &j->sim->arena, (uint64_t)a << 32 | b) = symbol;
    return symbol;
}

static void join_reg(void *context, uint64_t key, const uint64_t *a, const uint64_t *b)
{
    struct joiner *j = context;
    if (!a || !b) {
        j->out->regs = pmap_remove(j->sim, j->out->regs, key);
        return;
    }
    value_id v = join_values(j, (value_id)*a, (value_id)*b, key);
    j->out->regs = pmap_set(j->sim, j->out->regs, key, v, value_get(j->sim, v)->mask);
}

/* Cells that differ are read again through their addresses, so that fills and neighbours count. */
static void join_cell(void *context, uint64_t key, const uint64_t *a, const uint64_t *b)
{
    struct joiner *j = context;
    struct sim *sim = j->sim;
    object_id object = (object_id)(key >> 32);
    if ((key & 0xffffffff) == 0xffffffff || (key & 0x80000000)) {
        value_id all = value_addr(sim, object, 0); /* fills and symbolic cells: forget the object */
        state_havoc(sim, j->out, all, 0);
        return;
    }
    uint32_t size = (uint32_t)((a ? *a : *b) >> 32);
    if (a && b && *a >> 32 != *b >> 32) {
        state_havoc(sim, j->out, value_addr(sim, object, (uint64_t)((int64_t)(key & 0xffffffff) - 0x40000000)), 8);
        return;
    }
    value_id address = value_addr(sim, object, (uint64_t)((int64_t)(key & 0xffffffff) - 0x40000000));
    struct state sa = *j->a, sb = *j->b;
    value_id va = 0, vb = 0;
    if (state_load(sim, &sa, address, size, size * 8, &va) != ACCESS_OK ||
        state_load(sim, &sb, address, size, size * 8, &vb) != ACCESS_OK) {
        state_havoc(sim, j->out, address, size);
        return;
    }
    value_id v = join_values(j, va, vb, key);
    state_store(sim, j->out, address, size, v);
}

void state_join(struct sim *sim, struct state *a, const struct state *b, bool widen,
                context_id context, uint32_t block)
{
    struct state before = *a;
    struct joiner j = {.sim = sim, .a = &before, .b = b, .out = a, .widen = widen,
                       .context = context, .block = block};
    sim->at_context = context;
    sim->at_instr = block;
    pmap_diff(sim, before.facts, b->facts, join_fact, &j);
    pmap_diff(sim, before.regs, b->regs, join_reg, &j);
    pmap_diff(sim, before.store, b->store, join_cell, &j);
    a->holes |= b->holes;
}
