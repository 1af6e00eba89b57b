/* Memory of a state: cells at constant and symbolic offsets of objects, and fills for the rest.
 * Where two cells may or may not be the same, the caller is asked to decide first (ACCESS_SPLIT),
 * so that reads and writes are exact. */
#include "engine/internal.h"

enum { MAX_CELL = 8, FIRST_PAGE = 4096 };
#define REST_KEYS UINT64_C(0x80000000)
#define FILL_KEY UINT64_C(0xffffffff)

static uint64_t cell_key(object_id object, int64_t offset)
{
    int64_t biased = offset + CELL_BIAS;
    if (biased < 0)
        biased = 0;
    if (biased >= 0x80000000LL)
        biased = 0x7fffffffLL;
    return (uint64_t)object << 32 | (uint64_t)biased;
}

static int64_t key_offset(uint64_t key)
{
    return (int64_t)(key & 0xffffffff) - CELL_BIAS;
}

static uint64_t object_mask(const struct sim *sim, object_id object)
{
    const struct object *o = &sim->objects.items[object];
    uint64_t mask = UINT64_C(1) << (hash_u64(UINT64_C(0x9e3700000000) + object) & 63);
    return o->kind == OBJECT_POINTEE ? mask | value_get(sim, o->a)->mask : mask;
}

static void set_cell(struct sim *sim, struct state *state, uint64_t key, uint32_t size,
                     value_id value, uint64_t more_mask)
{
    uint64_t mask = value_get(sim, value)->mask | object_mask(sim, (object_id)(key >> 32));
    state->store = pmap_set(sim, state->store, key, value | (uint64_t)size << 32, mask | more_mask);
}

/* ---- addresses ---------------------------------------------------------------------------- */

enum access state_resolve(struct sim *sim, const struct state *state, value_id address,
                          struct target *ret_target)
{
    const struct value v = *value_get(sim, address);
    struct range r;
    switch ((enum value_kind)v.kind) {
    case VALUE_TOP:
    case VALUE_FUNC:
        return ACCESS_UNKNOWN;
    case VALUE_ADDR:
        *ret_target = (struct target){v.a, (int64_t)v.imm, 0};
        return ACCESS_OK;
    case VALUE_CONST:
        if (v.imm < FIRST_PAGE)
            return ACCESS_NULL;
        break;
    case VALUE_BINARY:
        if (v.sub == BIN_ADD) {
            enum access a = state_resolve(sim, state, v.a, ret_target);
            uint64_t c;
            if (a != ACCESS_OK)
                return a;
            r = range_of(sim, state, v.b);
            if (range_is_single(&r, &c))
                ret_target->offset += sign_extend(c, v.width);
            else if (ret_target->rest)
                ret_target->rest = value_binary(sim, BIN_ADD, v.width, ret_target->rest, v.b);
            else
                ret_target->rest = v.b;
            return ACCESS_OK;
        }
        break;
    case VALUE_SYMBOL:
    case VALUE_COMPARE:
    case VALUE_CAST:
        break;
    }
    r = range_of(sim, state, address);
    if (r.hi < FIRST_PAGE)
        return ACCESS_NULL;
    *ret_target = (struct target){object_get(sim, OBJECT_POINTEE, address, 0, 0, 0), 0, 0};
    return ACCESS_OK;
}

/* A symbolic offset whose index has few values is decided value by value. */
static bool split_small_index(struct sim *sim, const struct state *state, value_id rest)
{
    for (;;) {
        const struct value *v = value_get(sim, rest);
        struct range r = range_of(sim, state, rest);
        bool simple = v->kind == VALUE_CAST ||
                      (v->kind == VALUE_BINARY && value_is_const(sim, v->b, NULL));
        if (!simple) {
            if (r.hi - r.lo >= 16 && r.kind != 1)
                return false;
            sim->split = value_compare(sim, CMP_EQ, rest, value_const(sim, r.width, r.lo));
            return state_truth(sim, state, sim->split) == MAYBE_;
        }
        rest = v->a;
    }
}

/* ---- fills and initial contents ------------------------------------------------------------ */

uint32_t fill_get(struct sim *sim, struct fill fill)
{
    uint64_t key = hash_u64((uint64_t)fill.start ^ hash_u64((uint64_t)fill.end));
    key = hash_u64(key ^ ((uint64_t)fill.version << 32 | fill.prev));
    key = hash_u64(key ^ ((uint64_t)fill.object << 8 | fill.kind) ^ hash_u64((uint64_t)fill.delta));
    if (sim->fills.len == 0)
        vec_push(&sim->arena, &sim->fills, (struct fill){0});
    for (;; key++) {
        uint64_t *slot = map_slot(&sim->fill_index, &sim->arena, key);
        if (!*slot) {
            *slot = sim->fills.len;
            vec_push(&sim->arena, &sim->fills, fill);
            return (uint32_t)*slot;
        }
        const struct fill *o = &sim->fills.items[*slot];
        if (o->start == fill.start && o->end == fill.end && o->kind == fill.kind &&
            o->version == fill.version && o->prev == fill.prev && o->object == fill.object &&
            o->delta == fill.delta)
            return (uint32_t)*slot;
    }
}

static uint32_t fill_of(const struct sim *sim, const struct state *state, object_id object)
{
    const uint64_t *entry = pmap_get(sim, state->store, (uint64_t)object << 32 | FILL_KEY);
    return entry ? (uint32_t)*entry : 0;
}

static bool zero_at_first(const struct sim *sim, object_id object)
{
    const struct object *o = &sim->objects.items[object];
    if (o->kind == OBJECT_GLOBAL)
        return sim->program->globals[o->a].defined && sim->program->globals[o->a].ninits == 0;
    return (o->kind == OBJECT_HEAP || o->kind == OBJECT_ONCE) && o->zeroed;
}

static bool object_is_made(const struct sim *sim, object_id object)
{
    enum object_kind kind = sim->objects.items[object].kind;
    return kind == OBJECT_HEAP || kind == OBJECT_ONCE;
}

static void add_fill(struct sim *sim, struct state *state, object_id object, struct fill fill)
{
    uint32_t prev = fill_of(sim, state, object);
    while (prev && sim->fills.items[prev].start >= fill.start &&
           sim->fills.items[prev].end <= fill.end)
        prev = sim->fills.items[prev].prev;
    fill.prev = prev;
    if (fill.kind == FILL_ZERO && !prev && zero_at_first(sim, object) && fill.start <= 0 &&
        !(sim->policy.join && object_is_made(sim, object))) {
        state->store = pmap_remove(sim, state->store, (uint64_t)object << 32 | FILL_KEY);
        return; /* as it was before anything was written */
    }
    uint32_t id = fill_get(sim, fill);
    state->store = pmap_set(sim, state->store, (uint64_t)object << 32 | FILL_KEY, id, UINT64_MAX);
}

static value_id read_initializer(struct sim *sim, const struct global *g, int64_t offset,
                                 uint32_t size, bool *ok)
{
    unsigned width = size * 8;
    *ok = true;
    for (uint32_t i = 0; i < g->ninits; i++) {
        const struct init *in = &g->inits[i];
        int64_t start = (int64_t)in->offset, end = start + in->size;
        if (end <= offset || start >= offset + size)
            continue;
        if (start == offset && in->size == size) {
            switch (in->value.kind) {
            case OPERAND_CONST:
                return value_const(sim, width, in->value.value);
            case OPERAND_FUNC:
                return value_func(sim, in->value.index);
            case OPERAND_GLOBAL:
                return value_addr(sim, object_get(sim, OBJECT_GLOBAL, in->value.index, 0, 0,
                                                  sim->program->globals[in->value.index].size),
                                  in->value.value);
            default:
                break;
            }
        } else if (in->value.kind == OPERAND_CONST && start <= offset && end >= offset + size) {
            return value_const(sim, width, in->value.value >> (8 * (offset - start)));
        }
        *ok = false;
        return 0;
    }
    return value_const(sim, width, 0);
}

/* What an object had before anything was written to it. */
static value_id initial(struct sim *sim, const struct state *state, object_id object,
                        uint32_t version, const struct target *t, uint32_t size)
{
    const struct object *o = &sim->objects.items[object];
    if (!version && (o->kind == OBJECT_HEAP || o->kind == OBJECT_ONCE) && o->zeroed)
        return value_const(sim, size * 8, 0);
    if (!version && o->kind == OBJECT_GLOBAL) {
        const struct global *g = &sim->program->globals[o->a];
        bool ok = false;
        if (g->defined && !t->rest) {
            value_id v = read_initializer(sim, g, t->offset, size, &ok);
            return ok ? v : state_fresh_here(sim, state, size * 8);
        }
        if (g->defined && g->ninits == 0)
            return value_const(sim, size * 8, 0);
        if (g->defined)
            return state_fresh_here(sim, state, size * 8);
    }
    return value_symbol(sim, SYMBOL_INIT, size * 8, object, t->rest, version, (uint64_t)t->offset);
}

static value_id read_fill(struct sim *sim, const struct state *state, const struct target *t,
                          uint32_t size)
{
    for (uint32_t id = fill_of(sim, state, t->object); id; id = sim->fills.items[id].prev) {
        const struct fill f = sim->fills.items[id];
        if (!t->rest && (t->offset + (int64_t)size <= f.start || t->offset >= f.end))
            continue;
        bool whole = t->rest ? f.start <= 0 && f.end == INT64_MAX
                             : t->offset >= f.start && t->offset + (int64_t)size <= f.end;
        if (t->rest && !whole && f.kind == FILL_ZERO)
            whole = f.start <= t->offset; /* arrays are filled as a whole */
        if (!whole)
            return state_fresh_here(sim, state, size * 8);
        struct target source = *t;
        source.offset += f.delta;
        switch (f.kind) {
        case FILL_ZERO:
            return value_const(sim, size * 8, 0);
        case FILL_UNKNOWN:
            return initial(sim, state, t->object, f.version, t, size);
        case FILL_COPY:
            return initial(sim, state, f.object, f.version, &source, size);
        }
    }
    return initial(sim, state, t->object, 0, t, size);
}

/* ---- cells -------------------------------------------------------------------------------- */

struct overlap {
    int64_t start, end;
    unsigned count;
    struct {
        int64_t offset;
        uint32_t size;
        value_id value;
    } cells[16];
    bool many;
};

static void collect_overlap(void *context, uint64_t key, uint64_t entry)
{
    struct overlap *o = context;
    int64_t offset = key_offset(key);
    uint32_t size = (uint32_t)(entry >> 32);
    if (offset + (int64_t)size <= o->start || offset >= o->end)
        return;
    if (o->count == ARRAY_LEN(o->cells)) {
        o->many = true;
        return;
    }
    o->cells[o->count].offset = offset;
    o->cells[o->count].size = size;
    o->cells[o->count++].value = (value_id)entry;
}

static void find_overlap(struct sim *sim, const struct state *state, object_id object,
                         int64_t start, int64_t end, struct overlap *ret)
{
    *ret = (struct overlap){.start = start, .end = end};
    pmap_each(sim, state->store, cell_key(object, start - MAX_CELL + 1), cell_key(object, end - 1),
              collect_overlap, ret);
}

struct rest_scan {
    struct sim *sim;
    const struct state *state;
    const struct target *target;
    bool split;
    const uint64_t *found;
    uint64_t found_key, found_entry;
    bool has_found;
};

static bool same_stride(const struct sim *sim, value_id rest, int64_t distance)
{
    const struct value *v = value_get(sim, rest);
    uint64_t c;
    if (v->kind == VALUE_BINARY && v->sub == BIN_MUL && value_is_const(sim, v->b, &c) && c)
        return distance % (int64_t)c == 0;
    return true;
}

/* Is the cell at (rest, offset) the one at (target->rest, target->offset)? */
static enum truth same_place(struct sim *sim, const struct state *state, value_id rest,
                             int64_t offset, const struct target *t, value_id *ret_condition)
{
    unsigned width = sim->program->pointer_bits;
    if (rest && t->rest) {
        if (offset != t->offset)
            return FALSE_; /* other members of elements of the same size */
        *ret_condition = value_compare(sim, CMP_EQ, rest, t->rest);
    } else {
        value_id symbolic = rest ? rest : t->rest;
        int64_t distance = rest ? t->offset - offset : offset - t->offset;
        if (!same_stride(sim, symbolic, distance))
            return FALSE_;
        *ret_condition =
            value_compare(sim, CMP_EQ, symbolic, value_const(sim, width, (uint64_t)distance));
    }
    return state_truth(sim, state, *ret_condition);
}

static void scan_cell(void *context, uint64_t key, uint64_t entry)
{
    struct rest_scan *scan = context;
    struct sim *sim = scan->sim;
    value_id condition = 0;
    if ((key & FILL_KEY) == FILL_KEY || scan->split || scan->has_found)
        return;
    value_id rest = 0;
    int64_t offset;
    if (key & REST_KEYS) {
        const struct rest_cell *cell = &sim->rest_cells.items[key & 0x7fffffff];
        rest = cell->rest;
        offset = cell->offset;
    } else {
        offset = key_offset(key);
    }
    switch (same_place(sim, scan->state, rest, offset, scan->target, &condition)) {
    case FALSE_:
        return;
    case TRUE_:
        scan->has_found = true;
        scan->found_key = key;
        scan->found_entry = entry;
        return;
    case MAYBE_:
        scan->split = true;
        sim->split = condition;
        return;
    }
}

/* Looks for the target among the cells at symbolic offsets (target constant) or among all cells of
 * the object (target symbolic). ACCESS_SPLIT: undecided. */
static enum access scan_rest(struct sim *sim, const struct state *state, const struct target *t,
                             struct rest_scan *ret)
{
    uint64_t base = (uint64_t)t->object << 32;
    *ret = (struct rest_scan){.sim = sim, .state = state, .target = t};
    pmap_each(sim, state->store, base | (t->rest ? GHOST_RANGE : REST_KEYS), base | (FILL_KEY - 1),
              scan_cell, ret);
    return ret->split ? ACCESS_SPLIT : ACCESS_OK;
}

static uint64_t rest_key(struct sim *sim, const struct target *t)
{
    uint64_t key = hash_u64(hash_u64(t->rest) ^ (uint64_t)t->offset);
    for (;; key++) {
        uint64_t *slot = map_slot(&sim->rest_index, &sim->arena, key);
        if (!*slot) {
            vec_push(&sim->arena, &sim->rest_cells, (struct rest_cell){t->rest, t->offset});
            *slot = sim->rest_cells.len;
        }
        const struct rest_cell *cell = &sim->rest_cells.items[*slot - 1];
        if (cell->rest == t->rest && cell->offset == t->offset)
            return (uint64_t)t->object << 32 | REST_KEYS | (*slot - 1);
    }
}

/* ---- load --------------------------------------------------------------------------------- */

static value_id extract(struct sim *sim, value_id value, uint32_t cell_size, int64_t skip,
                        uint32_t size)
{
    value_id shifted = value_binary(sim, BIN_LSHR, cell_size * 8, value,
                                    value_const(sim, cell_size * 8, (uint64_t)skip * 8));
    return value_cast(sim, CAST_TRUNC, size * 8, shifted);
}

/* Bytes from several cells and fills, put together. */
static value_id compose(struct sim *sim, const struct state *state, const struct target *t,
                        uint32_t size, const struct overlap *o)
{
    value_id whole = value_const(sim, size * 8, 0);
    for (uint32_t done = 0; done < size;) {
        int64_t at = t->offset + done;
        uint32_t step = 1;
        value_id piece = 0;
        for (unsigned i = 0; i < o->count && !piece; i++)
            if (o->cells[i].offset <= at && at < o->cells[i].offset + o->cells[i].size) {
                int64_t skip = at - o->cells[i].offset;
                step = (uint32_t)(o->cells[i].size - skip);
                if (step > size - done)
                    step = size - done;
                value_id v = o->cells[i].value;
                if (!v || value_root(sim, v) != ID_NONE)
                    return state_fresh_here(sim, state, size * 8);
                piece = extract(sim, v, o->cells[i].size, skip, step);
            }
        if (!piece) {
            struct target one = {t->object, at, 0};
            piece = read_fill(sim, state, &one, 1);
        }
        value_id wide = value_cast(sim, CAST_ZEXT, size * 8, piece);
        wide = value_binary(sim, BIN_SHL, size * 8, wide, value_const(sim, size * 8, done * 8));
        whole = value_binary(sim, BIN_OR, size * 8, whole, wide);
        done += step;
    }
    return whole;
}

static enum access load_at(struct sim *sim, struct state *state, const struct target *t,
                           uint32_t size, value_id *ret_value)
{
    struct rest_scan scan;
    if (scan_rest(sim, state, t, &scan) == ACCESS_SPLIT)
        return ACCESS_SPLIT;
    if (scan.has_found) {
        uint32_t cell_size = (uint32_t)(scan.found_entry >> 32);
        *ret_value = cell_size == size ? (value_id)scan.found_entry
                     : cell_size > size
                         ? extract(sim, (value_id)scan.found_entry, cell_size, 0, size)
                         : state_fresh_here(sim, state, size * 8);
        return ACCESS_OK;
    }
    if (t->rest) {
        *ret_value = read_fill(sim, state, t, size);
        return ACCESS_OK;
    }
    const uint64_t *exact = pmap_get(sim, state->store, cell_key(t->object, t->offset));
    if (exact && *exact >> 32 == size) {
        *ret_value = (value_id)*exact;
        return ACCESS_OK;
    }
    struct overlap o;
    find_overlap(sim, state, t->object, t->offset, t->offset + size, &o);
    if (o.count == 0)
        *ret_value = read_fill(sim, state, t, size);
    else if (o.many || size > MAX_CELL)
        *ret_value = state_fresh_here(sim, state, size * 8);
    else
        *ret_value = compose(sim, state, t, size, &o);
    return ACCESS_OK;
}

enum access state_load(struct sim *sim, struct state *state, value_id address, uint32_t size,
                       unsigned width, value_id *ret_value)
{
    struct target t;
    enum access access = state_resolve(sim, state, address, &t);
    *ret_value = 0;
    if (access != ACCESS_OK || width == 0 || size > MAX_CELL)
        return access == ACCESS_NULL ? ACCESS_NULL : ACCESS_UNKNOWN;
    if (t.rest && split_small_index(sim, state, t.rest))
        return ACCESS_SPLIT;
    access = load_at(sim, state, &t, size, ret_value);
    if (access == ACCESS_OK)
        *ret_value = value_cast(sim, CAST_TRUNC, width, *ret_value);
    return access;
}

/* ---- store -------------------------------------------------------------------------------- */

/* Makes room for [offset, offset + size): cells that stick out keep their other bytes. */
static bool clear_overlap(struct sim *sim, struct state *state, const struct target *t,
                          uint32_t size, value_id value)
{
    struct overlap o;
    find_overlap(sim, state, t->object, t->offset, t->offset + size, &o);
    for (unsigned i = 0; i < o.count; i++) {
        int64_t start = o.cells[i].offset, end = start + o.cells[i].size;
        uint32_t cell_bits = o.cells[i].size * 8;
        if (start == t->offset && o.cells[i].size == size)
            continue;
        state->store = pmap_remove(sim, state->store, cell_key(t->object, start));
        if (start >= t->offset && end <= t->offset + size)
            continue;
        if (start <= t->offset && end >= t->offset + size && value && o.cells[i].value &&
            value_root(sim, value) == ID_NONE && value_root(sim, o.cells[i].value) == ID_NONE) {
            uint64_t shift = (uint64_t)(t->offset - start) * 8;
            uint64_t hole = width_mask(size * 8) << shift;
            value_id kept = value_binary(sim, BIN_AND, cell_bits, o.cells[i].value,
                                         value_const(sim, cell_bits, ~hole));
            value_id put = value_binary(sim, BIN_SHL, cell_bits,
                                        value_cast(sim, CAST_ZEXT, cell_bits, value),
                                        value_const(sim, cell_bits, shift));
            set_cell(sim, state, cell_key(t->object, start), o.cells[i].size,
                     value_binary(sim, BIN_OR, cell_bits, kept, put), 0);
            return true; /* the new value is inside that cell */
        }
        value_id version = state_fresh_here(sim, state, 8);
        add_fill(sim, state, t->object,
                 (struct fill){.start = start, .end = end, .kind = FILL_UNKNOWN, .version = version});
    }
    if (o.many) {
        value_id version = state_fresh_here(sim, state, 8);
        state->store = pmap_remove_range(sim, state->store, cell_key(t->object, t->offset - 7),
                                         cell_key(t->object, t->offset + size - 1));
        add_fill(sim, state, t->object,
                 (struct fill){.start = t->offset - 7, .end = t->offset + size + 7,
                               .kind = FILL_UNKNOWN, .version = version});
    }
    return false;
}

enum access state_store(struct sim *sim, struct state *state, value_id address, uint32_t size,
                        value_id value)
{
    struct target t;
    struct rest_scan scan;
    enum access access = state_resolve(sim, state, address, &t);
    if (access != ACCESS_OK)
        return access;
    if (size == 0 || size > MAX_CELL) {
        state_havoc(sim, state, address, size);
        return ACCESS_OK;
    }
    if (value)
        value = value_cast(sim, CAST_ZEXT, size * 8, value);
    else
        value = state_fresh_here(sim, state, size * 8);
    if (t.rest && split_small_index(sim, state, t.rest))
        return ACCESS_SPLIT;
    if (scan_rest(sim, state, &t, &scan) == ACCESS_SPLIT)
        return ACCESS_SPLIT;
    if (scan.has_found) {
        state->store = pmap_remove(sim, state->store, scan.found_key);
        if (!(scan.found_key & REST_KEYS)) { /* the symbolic place is that constant place */
            t.offset = key_offset(scan.found_key);
            t.rest = 0;
        }
    }
    if (t.rest) {
        set_cell(sim, state, rest_key(sim, &t), size, value, value_get(sim, t.rest)->mask);
        return ACCESS_OK;
    }
    if (clear_overlap(sim, state, &t, size, value))
        return ACCESS_OK;
    if (value_is_const(sim, value, NULL) && read_fill(sim, state, &t, size) == value)
        state->store = pmap_remove(sim, state->store, cell_key(t.object, t.offset));
    else
        set_cell(sim, state, cell_key(t.object, t.offset), size, value, 0);
    return ACCESS_OK;
}

/* ---- blocks of bytes ---------------------------------------------------------------------- */

static void remove_span(struct sim *sim, struct state *state, object_id object, int64_t start,
                        int64_t end)
{
    struct target t = {object, start, 0};
    uint64_t base = (uint64_t)object << 32;
    if (end == INT64_MAX) {
        state->store = pmap_remove_range(sim, state->store,
                                         start <= 0 ? base | GHOST_RANGE : cell_key(object, start),
                                         base | (FILL_KEY - 1));
        return;
    }
    if (end > start) { /* cells that stick out at either end lose their identity */
        clear_overlap(sim, state, &t, 1, 0);
        t.offset = end - 1;
        clear_overlap(sim, state, &t, 1, 0);
        state->store = pmap_remove_range(sim, state->store, cell_key(object, start),
                                         cell_key(object, end - 1));
    }
}

static struct fill whole_or_span(const struct sim *sim, const struct target *t, bool known,
                                 uint64_t length)
{
    const struct object *o = &sim->objects.items[t->object];
    struct fill f = {.start = t->offset, .end = known ? t->offset + (int64_t)length : INT64_MAX};
    if (known && t->offset == 0 && o->size && length >= o->size)
        f.end = INT64_MAX;
    return f;
}

enum access state_fill(struct sim *sim, struct state *state, value_id address, value_id byte,
                       value_id length)
{
    struct target t;
    uint64_t n = 0, b = 1;
    enum access access = state_resolve(sim, state, address, &t);
    if (access != ACCESS_OK)
        return access;
    struct range r = length ? range_of(sim, state, length) : range_full(64);
    bool known = range_is_single(&r, &n) && !t.rest;
    bool zero = byte && value_is_const(sim, byte, &b) && b == 0;
    if (known && n == 0)
        return ACCESS_OK;
    if (t.rest && split_small_index(sim, state, t.rest))
        return ACCESS_SPLIT;
    struct fill f = whole_or_span(sim, &t, known, n);
    if (t.rest)
        f.start = 0;
    if (!known && !t.rest && zero)
        f.end = INT64_MAX; /* zeroing an object of unknown size means all of it */
    f.kind = zero && !t.rest ? FILL_ZERO : FILL_UNKNOWN;
    if (f.kind == FILL_UNKNOWN)
        f.version = state_fresh_here(sim, state, 8);
    remove_span(sim, state, t.object, f.start, f.end);
    add_fill(sim, state, t.object, f);
    return ACCESS_OK;
}

struct copy {
    VEC(struct copied {
        int64_t offset;
        uint32_t size;
        value_id value;
    }) cells;
    struct sim *sim;
    int64_t start, end;
};

/* A value of 0: bytes of which nothing is known. */
static void push_copied(struct copy *copy, int64_t offset, uint32_t size, value_id value)
{
    vec_push(&copy->sim->arena, &copy->cells,
             (struct copied){offset - copy->start, size, value});
}

static void copy_cell(void *context, uint64_t key, uint64_t entry)
{
    struct copy *copy = context;
    int64_t offset = key_offset(key);
    uint32_t size = (uint32_t)(entry >> 32);
    value_id value = (value_id)entry;
    if (offset >= copy->start && offset + (int64_t)size <= copy->end) {
        push_copied(copy, offset, size, value);
        return;
    }
    bool known = value && value_root(copy->sim, value) == ID_NONE;
    for (uint32_t i = 0; i < size; i++) /* it is cut: what is inside is taken byte by byte */
        if (offset + i >= copy->start && offset + i < copy->end)
            push_copied(copy, offset + i, 1, known ? extract(copy->sim, value, size, i, 1) : 0);
}

static bool is_covered(const struct overlap *o, int64_t byte)
{
    for (unsigned i = 0; i < o->count; i++)
        if (o->cells[i].offset <= byte && byte < o->cells[i].offset + o->cells[i].size)
            return true;
    return o->many;
}

/* The parts of an initializer that lie in the source and that no cell hides. */
static void copy_init(struct sim *sim, const struct state *state, object_id object,
                      const struct init *init, struct copy *copy)
{
    int64_t start = (int64_t)init->offset, end = start + init->size;
    const struct global *g = &sim->program->globals[sim->objects.items[object].a];
    struct overlap o;
    bool ok = false;
    value_id v;
    if (end <= copy->start || start >= copy->end)
        return;
    find_overlap(sim, state, object, start, end, &o);
    if (start >= copy->start && end <= copy->end && !o.count && init->size <= MAX_CELL) {
        v = read_initializer(sim, g, start, init->size, &ok);
        push_copied(copy, start, init->size, ok ? v : 0);
        return;
    }
    for (int64_t byte = start; byte < end; byte++)
        if (byte >= copy->start && byte < copy->end && !is_covered(&o, byte)) {
            v = read_initializer(sim, g, byte, 1, &ok);
            push_copied(copy, byte, 1, ok ? v : 0);
        }
}

/* The fill under [start, end) of the source as a fill of the destination. */
static struct fill copied_fill(struct sim *sim, const struct state *state, const struct target *from,
                               const struct target *to, int64_t n, struct copy *copy)
{
    struct fill f = {.start = to->offset, .end = to->offset + n, .kind = FILL_COPY,
                     .object = from->object, .delta = from->offset - to->offset};
    for (uint32_t id = fill_of(sim, state, from->object); id; id = sim->fills.items[id].prev) {
        const struct fill *s = &sim->fills.items[id];
        if (s->end <= from->offset || s->start >= from->offset + n)
            continue;
        if (s->start <= from->offset && s->end >= from->offset + n) {
            f.kind = s->kind == FILL_ZERO ? FILL_ZERO : FILL_COPY;
            f.version = s->version;
            if (s->kind == FILL_COPY) {
                f.object = s->object;
                f.delta += s->delta;
            }
            return f;
        }
        f.kind = FILL_UNKNOWN;
        f.version = state_fresh_here(sim, state, 8);
        return f;
    }
    const struct object *o = &sim->objects.items[from->object];
    if ((o->kind == OBJECT_HEAP || o->kind == OBJECT_ONCE) && o->zeroed)
        f.kind = FILL_ZERO;
    if (o->kind == OBJECT_GLOBAL && sim->program->globals[o->a].defined) {
        const struct global *g = &sim->program->globals[o->a];
        f.kind = FILL_ZERO;
        for (uint32_t i = 0; i < g->ninits; i++)
            copy_init(sim, state, from->object, &g->inits[i], copy);
    }
    return f;
}

enum access state_copy(struct sim *sim, struct state *state, value_id to, value_id from,
                       value_id length)
{
    struct target t, s;
    uint64_t n = 0;
    enum access access = state_resolve(sim, state, to, &t);
    if (access != ACCESS_OK)
        return access;
    struct range r = length ? range_of(sim, state, length) : range_full(64);
    bool known = range_is_single(&r, &n) && n < INT32_MAX;
    access = state_resolve(sim, state, from, &s);
    if (access == ACCESS_NULL)
        return ACCESS_NULL;
    if ((t.rest && split_small_index(sim, state, t.rest)) ||
        (access == ACCESS_OK && s.rest && split_small_index(sim, state, s.rest)))
        return ACCESS_SPLIT;
    if (!known || t.rest || access != ACCESS_OK || s.rest) {
        value_id version = state_fresh_here(sim, state, 8);
        struct fill f = {.start = t.rest ? 0 : t.offset, .kind = FILL_UNKNOWN, .version = version,
                         .end = known && !t.rest ? t.offset + (int64_t)n : INT64_MAX};
        remove_span(sim, state, t.object, f.start, f.end);
        add_fill(sim, state, t.object, f);
        return ACCESS_OK;
    }
    if (n == 0)
        return ACCESS_OK;
    struct copy copy = {.sim = sim, .start = s.offset, .end = s.offset + (int64_t)n};
    struct fill f = copied_fill(sim, state, &s, &t, (int64_t)n, &copy);
    pmap_each(sim, state->store, cell_key(s.object, s.offset - MAX_CELL + 1),
              cell_key(s.object, s.offset + (int64_t)n - 1), copy_cell, &copy);
    remove_span(sim, state, t.object, f.start, f.end);
    add_fill(sim, state, t.object, f);
    for (size_t i = 0; i < copy.cells.len; i++)
        if (copy.cells.items[i].value)
            set_cell(sim, state, cell_key(t.object, t.offset + copy.cells.items[i].offset),
                     copy.cells.items[i].size, copy.cells.items[i].value, 0);
    for (size_t i = 0; i < copy.cells.len; i++) {
        struct copied c = copy.cells.items[i];
        if (!c.value)
            add_fill(sim, state, t.object,
                     (struct fill){.start = t.offset + c.offset, .kind = FILL_UNKNOWN,
                                   .end = t.offset + c.offset + c.size,
                                   .version = state_fresh_here(sim, state, 8)});
    }
    return ACCESS_OK;
}

void state_havoc(struct sim *sim, struct state *state, value_id address, uint64_t size)
{
    struct target t;
    if (state_resolve(sim, state, address, &t) != ACCESS_OK)
        return;
    struct fill f = {.start = size && !t.rest ? t.offset : 0, .kind = FILL_UNKNOWN,
                     .end = size && !t.rest ? t.offset + (int64_t)size : INT64_MAX};
    f.version = state_fresh_here(sim, state, 8);
    remove_span(sim, state, t.object, f.start, f.end);
    add_fill(sim, state, t.object, f);
}

void state_fill_unknown(struct sim *sim, struct state *state, object_id object, value_id version)
{
    remove_span(sim, state, object, 0, INT64_MAX);
    add_fill(sim, state, object,
             (struct fill){.start = 0, .end = INT64_MAX, .kind = FILL_UNKNOWN, .version = version});
}

void state_forget_object(struct sim *sim, struct state *state, object_id object)
{
    uint64_t base = (uint64_t)object << 32;
    state->store = pmap_remove_range(sim, state->store, base, base | FILL_KEY);
}

void state_begin_contents(struct sim *sim, struct state *state, object_id object)
{
    struct fill f = {.start = 0, .end = INT64_MAX, .kind = FILL_ZERO};
    if (!sim->objects.items[object].zeroed) {
        f.kind = FILL_UNKNOWN;
        f.version = state_fresh_symbol(sim, state, SYMBOL_CHOICE, 8, 0, object);
    }
    add_fill(sim, state, object, f);
}
