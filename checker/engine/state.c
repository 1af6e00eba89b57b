/* Facts of a state: deciding conditions and assuming them; names for new symbols and objects. */
#include "engine/internal.h"

/* Looking through a state is effort, too: so many entries count as one step. */
enum { VISITS_PER_STEP = 16 };
enum { MAX_OBJECTS_PER_SITE = 64, MAX_SYMBOLS_PER_SITE = 64 };

/* ---- deciding ----------------------------------------------------------------------------- */

static enum truth negate(enum truth t)
{
    return t == MAYBE_ ? MAYBE_ : t == TRUE_ ? FALSE_ : TRUE_;
}

static enum truth fact_truth(const struct sim *sim, const struct state *state, value_id condition)
{
    const uint64_t *fact = pmap_get(sim, state->facts, condition);
    uint64_t v;
    if (!fact || !range_is_single(&sim->ranges.items[*fact], &v))
        return MAYBE_;
    return v ? TRUE_ : FALSE_;
}

/* Do the sets of two ranges have a value in common? */
static bool may_be_equal(const struct range *a, const struct range *b)
{
    struct range met = *a;
    return range_meet(&met, b);
}

static enum truth compare_truth(struct sim *sim, const struct state *state, const struct value *v)
{
    struct range a = range_of(sim, state, v->a), b = range_of(sim, state, v->b);
    uint64_t ca, cb, sign = UINT64_C(1) << (a.width - 1);
    switch (v->sub) {
    case CMP_EQ:
        if (range_is_single(&a, &ca) && range_is_single(&b, &cb))
            return ca == cb ? TRUE_ : FALSE_;
        if (!may_be_equal(&a, &b))
            return FALSE_;
        for (int swap = 0; swap < 2; swap++) { /* a < b was established */
            value_id less = value_compare(sim, CMP_ULT, swap ? v->b : v->a, swap ? v->a : v->b);
            if (value_get(sim, less)->kind == VALUE_COMPARE && fact_truth(sim, state, less) == TRUE_)
                return FALSE_;
        }
        return MAYBE_;
    case CMP_SLT:
        if ((a.ones & sign) && (b.zeros & sign))
            return TRUE_;
        if ((a.zeros & sign) && (b.ones & sign))
            return FALSE_;
        if (!((a.zeros & b.zeros & sign) || (a.ones & b.ones & sign)))
            return MAYBE_;
        break; /* same sign: as unsigned */
    case CMP_ULT:
        break;
    }
    if (a.hi < b.lo)
        return TRUE_;
    if (a.lo >= b.hi)
        return FALSE_;
    value_id back = value_compare(sim, (enum compare_op)v->sub, v->b, v->a);
    if (value_get(sim, back)->kind == VALUE_COMPARE && fact_truth(sim, state, back) == TRUE_)
        return FALSE_;
    return MAYBE_;
}

enum truth state_truth(struct sim *sim, const struct state *state, value_id condition)
{
    const struct value v = *value_get(sim, condition);
    uint64_t c;
    if (v.kind == VALUE_CONST)
        return v.imm ? TRUE_ : FALSE_;
    if (v.kind == VALUE_TOP)
        return MAYBE_;
    if (v.kind == VALUE_ADDR || v.kind == VALUE_FUNC)
        return TRUE_;
    enum truth known = fact_truth(sim, state, condition);
    if (known != MAYBE_)
        return known;
    if (v.kind == VALUE_BINARY && v.width == 1) {
        if (v.sub == BIN_XOR && value_is_const(sim, v.b, &c))
            return c ? negate(state_truth(sim, state, v.a)) : state_truth(sim, state, v.a);
        enum truth a = state_truth(sim, state, v.a), b = state_truth(sim, state, v.b);
        if (v.sub == BIN_AND)
            return a == FALSE_ || b == FALSE_ ? FALSE_ : a == TRUE_ && b == TRUE_ ? TRUE_ : MAYBE_;
        if (v.sub == BIN_OR)
            return a == TRUE_ || b == TRUE_ ? TRUE_ : a == FALSE_ && b == FALSE_ ? FALSE_ : MAYBE_;
        if (v.sub == BIN_XOR && a != MAYBE_ && b != MAYBE_)
            return a == b ? FALSE_ : TRUE_;
        return MAYBE_;
    }
    if (v.kind == VALUE_COMPARE)
        return compare_truth(sim, state, &v);
    struct range r = range_of(sim, state, condition);
    if (r.hi == 0)
        return FALSE_;
    return range_contains(&r, 0) ? MAYBE_ : TRUE_;
}

/* ---- assuming ------------------------------------------------------------------------------ */

static void set_fact(struct sim *sim, struct state *state, value_id value, const struct range *r)
{
    range_id id = range_intern(sim, r);
    if (id)
        state->facts = pmap_set(sim, state->facts, value, id, value_get(sim, value)->mask);
}

static bool narrow_operand(struct sim *sim, struct state *state, const struct value *v,
                           const struct range *r)
{
    struct range in = range_full(v->width);
    uint64_t c = 0;
    if (v->kind == VALUE_CAST) {
        unsigned inner = value_get(sim, v->a)->width;
        uint64_t low = width_mask(inner < v->width ? inner : v->width);
        in = range_full(inner);
        in.zeros = r->zeros & low;
        in.ones = r->ones & low;
        if (v->sub == CAST_ZEXT) {
            in.lo = r->lo;
            in.hi = r->hi < low ? r->hi : low;
            if (in.lo > in.hi)
                return false;
            in.kind = r->kind;
            for (unsigned i = 0; i < r->nset; i++)
                if (r->set[i] <= low)
                    in.set[in.nset++] = r->set[i];
            if (in.kind == 1 && in.nset == 0)
                return false;
            if (in.nset == 0)
                in.kind = 0;
        } else if (v->sub == CAST_SEXT) {
            uint64_t sign = UINT64_C(1) << (inner - 1);
            if (r->zeros & sign && r->hi <= low) {
                in.lo = r->lo;
                in.hi = r->hi;
            }
        }
        return state_narrow(sim, state, v->a, &in);
    }
    if (!value_is_const(sim, v->b, &c))
        return true;
    uint64_t mask = width_mask(v->width);
    switch ((enum binary_op)v->sub) {
    case BIN_ADD: {
        uint64_t lo = (r->lo - c) & mask, hi = (r->hi - c) & mask;
        if (lo <= hi) {
            in.lo = lo;
            in.hi = hi;
        }
        break;
    }
    case BIN_AND:
        in.zeros = r->zeros & c;
        in.ones = r->ones & c;
        break;
    case BIN_OR:
        in.zeros = r->zeros;
        in.ones = r->ones & ~c;
        break;
    case BIN_XOR:
        in.zeros = (r->zeros & ~c) | (r->ones & c);
        in.ones = (r->ones & ~c) | (r->zeros & c);
        break;
    case BIN_MUL:
        if (c && range_of(sim, state, v->a).hi <= mask / c) {
            in.lo = r->lo / c + (r->lo % c != 0);
            in.hi = r->hi / c;
            if (in.lo > in.hi)
                return false;
        }
        break;
    default:
        return true;
    }
    return state_narrow(sim, state, v->a, &in);
}

bool state_narrow(struct sim *sim, struct state *state, value_id value, const struct range *range)
{
    const struct value v = *value_get(sim, value);
    struct range have = range_of(sim, state, value), want = have, now;
    if (v.kind == VALUE_TOP)
        return true;
    if (!range_meet(&want, range))
        return false;
    if (range_intern(sim, &want) == range_intern(sim, &have))
        return true;
    if (v.kind == VALUE_COMPARE) /* a decided comparison says more than its own value */
        return state_assume(sim, state, value, want.lo != 0);
    if (v.kind == VALUE_BINARY || v.kind == VALUE_CAST) {
        if (!narrow_operand(sim, state, &v, &want))
            return false;
        now = range_of(sim, state, value); /* what the operand's facts already imply */
        if (range_intern(sim, &now) == range_intern(sim, &want))
            return true;
    }
    if (v.kind != VALUE_CONST && v.kind != VALUE_ADDR && v.kind != VALUE_FUNC)
        set_fact(sim, state, value, &want);
    return true;
}

static bool exclude_value(struct sim *sim, struct state *state, value_id value, uint64_t c)
{
    struct range r = range_full(value_get(sim, value)->width);
    r.kind = 2;
    r.nset = 1;
    r.set[0] = c;
    const struct value v = *value_get(sim, value);
    uint64_t k;
    if (!range_normalize(&r))
        return false;
    /* x + k != c is x != c - k; the like for xor: keep such facts on x, where others meet them */
    if (v.kind == VALUE_BINARY && v.sub == BIN_ADD && value_is_const(sim, v.b, &k))
        return exclude_value(sim, state, v.a, (c - k) & width_mask(v.width));
    if (v.kind == VALUE_BINARY && v.sub == BIN_XOR && value_is_const(sim, v.b, &k))
        return exclude_value(sim, state, v.a, c ^ k);
    if (v.kind == VALUE_BINARY && v.sub == BIN_AND && value_is_const(sim, v.b, &k) && c == 0 &&
        k && (k & (k - 1)) == 0) { /* the one bit is set */
        r = range_full(v.width);
        r.ones = k;
    }
    return state_narrow(sim, state, value, &r);
}

static bool assume_equal(struct sim *sim, struct state *state, const struct value *v, bool holds)
{
    struct range a = range_of(sim, state, v->a), b = range_of(sim, state, v->b);
    uint64_t c;
    if (holds)
        return state_narrow(sim, state, v->a, &b) &&
               (a = range_of(sim, state, v->a), state_narrow(sim, state, v->b, &a));
    if (range_is_single(&b, &c))
        return exclude_value(sim, state, v->a, c);
    if (range_is_single(&a, &c))
        return exclude_value(sim, state, v->b, c);
    return true;
}

static bool assume_less(struct sim *sim, struct state *state, value_id small, value_id big,
                        bool strict)
{
    struct range s = range_of(sim, state, small), b = range_of(sim, state, big);
    struct range limit = range_full(s.width);
    if (strict && b.hi == 0)
        return false;
    limit.hi = b.hi - strict;
    if (!state_narrow(sim, state, small, &limit))
        return false;
    s = range_of(sim, state, small);
    limit = range_full(s.width);
    if (strict && s.lo == width_mask(s.width))
        return false;
    limit.lo = s.lo + strict;
    return state_narrow(sim, state, big, &limit);
}

static bool assume_signed_less(struct sim *sim, struct state *state, const struct value *v,
                               bool holds)
{
    struct range a = range_of(sim, state, v->a), b = range_of(sim, state, v->b), r;
    uint64_t sign = UINT64_C(1) << (a.width - 1);
    value_id small = holds ? v->a : v->b, big = holds ? v->b : v->a;
    struct range rs = holds ? a : b, rb = holds ? b : a;
    if (!(rb.ones & sign) && (rb.zeros & sign) && (rs.zeros & sign))
        return assume_less(sim, state, small, big, holds);
    if ((rb.ones & sign) || (holds && rb.hi == 0)) { /* below a negative number, or below 0 */
        r = range_full(a.width);
        r.ones = sign;
        if (!state_narrow(sim, state, small, &r))
            return false;
        if (rb.ones & sign)
            return assume_less(sim, state, small, big, holds);
    }
    if (rs.zeros & sign) { /* above a number that is not negative */
        r = range_full(a.width);
        r.zeros = sign;
        return state_narrow(sim, state, big, &r) && assume_less(sim, state, small, big, holds);
    }
    return true;
}

static bool assume_parts(struct sim *sim, struct state *state, const struct value *v, bool holds)
{
    uint64_t c;
    if (v->kind == VALUE_COMPARE) {
        if (v->sub == CMP_EQ)
            return assume_equal(sim, state, v, holds);
        if (v->sub == CMP_SLT)
            return assume_signed_less(sim, state, v, holds);
        return holds ? assume_less(sim, state, v->a, v->b, true)
                     : assume_less(sim, state, v->b, v->a, false);
    }
    if (v->kind == VALUE_BINARY && v->width == 1) {
        if (v->sub == BIN_XOR && value_is_const(sim, v->b, &c))
            return state_assume(sim, state, v->a, holds != (c != 0));
        if ((v->sub == BIN_AND && holds) || (v->sub == BIN_OR && !holds))
            return state_assume(sim, state, v->a, holds) && state_assume(sim, state, v->b, holds);
    }
    return true;
}

bool state_assume(struct sim *sim, struct state *state, value_id condition, bool holds)
{
    const struct value v = *value_get(sim, condition);
    enum truth t = state_truth(sim, state, condition);
    if (v.kind == VALUE_TOP)
        return true;
    if (t != MAYBE_)
        return (t == TRUE_) == holds;
    if (!assume_parts(sim, state, &v, holds))
        return false;
    t = state_truth(sim, state, condition);
    if (t != MAYBE_)
        return (t == TRUE_) == holds;
    if (v.width == 1) {
        struct range r = range_single(1, holds);
        set_fact(sim, state, condition, &r);
        return true;
    }
    struct range r = range_full(v.width);
    if (!holds) {
        r.hi = 0;
        return state_narrow(sim, state, condition, &r);
    }
    return exclude_value(sim, state, condition, 0);
}

/* ---- new names ---------------------------------------------------------------------------- */

struct search {
    struct sim *sim;
    value_id symbol;
    object_id object; /* instead of a symbol, if not 0 */
    uint64_t mask;
    uint64_t visits;
    bool found, keys_are_values;
};

static bool object_mentions(struct search *s, object_id object)
{
    const struct object *o = &s->sim->objects.items[object];
    if (s->object && object == s->object)
        return true;
    if (o->kind != OBJECT_POINTEE)
        return false;
    return s->object ? value_mentions_object(s->sim, o->a, s->object)
                     : value_mentions(s->sim, o->a, s->symbol);
}

static bool id_mentions(struct search *s, value_id id)
{
    if (!mention_first_visit(s->sim, id))
        return false;
    return s->object ? value_mentions_object(s->sim, id, s->object)
                     : value_mentions(s->sim, id, s->symbol);
}

static void search_store(void *context, uint64_t key, uint64_t entry)
{
    struct search *s = context;
    s->visits++;
    if (s->found)
        return;
    if (object_mentions(s, (object_id)(key >> 32)))
        s->found = true;
    else if ((key & 0xffffffff) == 0xffffffff)
        for (uint32_t id = (uint32_t)entry; id && !s->found; id = s->sim->fills.items[id].prev) {
            const struct fill *f = &s->sim->fills.items[id];
            s->found = (f->version && id_mentions(s, f->version)) ||
                       (f->object && object_mentions(s, f->object));
        }
    else if (key & 0x80000000)
        s->found = id_mentions(s, s->sim->rest_cells.items[key & 0x7fffffff].rest) ||
                   id_mentions(s, (value_id)entry);
    else
        s->found = id_mentions(s, (value_id)entry);
}

static void search_values(void *context, uint64_t key, uint64_t entry)
{
    struct search *s = context;
    s->visits++;
    if (!s->found)
        s->found = id_mentions(s, (value_id)(s->keys_are_values ? key : entry));
}

static void search_prop(void *context, value_id id)
{
    struct search *s = context;
    if (!s->found)
        s->found = id_mentions(s, id);
}

static bool search(struct sim *sim, const struct state *state, struct search *s)
{
    mention_search_begins(sim);
    pmap_each_masked(sim, state->regs, s->mask, search_values, s);
    if (!s->found)
        pmap_each_masked(sim, state->store, s->mask, search_store, s);
    s->keys_are_values = true;
    if (!s->found)
        pmap_each_masked(sim, state->facts, s->mask, search_values, s);
    if (!s->found)
        prop_each_value(sim, state->prop, search_prop, s);
    sim->steps += s->visits / VISITS_PER_STEP;
    return s->found;
}

static uint64_t state_mask(struct sim *sim, const struct state *state)
{
    return pmap_mask(sim, state->store) | pmap_mask(sim, state->regs) |
           pmap_mask(sim, state->facts) | prop_mask(sim, state->prop);
}

bool state_mentions(struct sim *sim, const struct state *state, value_id symbol)
{
    struct search s = {.sim = sim, .symbol = symbol, .mask = value_get(sim, symbol)->mask};
    if (!(state_mask(sim, state) & value_get(sim, symbol)->mask))
        return false;
    return search(sim, state, &s);
}

bool state_mentions_object(struct sim *sim, const struct state *state, object_id object)
{
    uint64_t mask = UINT64_C(1) << (hash_u64(UINT64_C(0x9e3700000000) + object) & 63);
    struct search s = {.sim = sim, .object = object, .mask = mask};
    if (!(state_mask(sim, state) & mask))
        return false;
    return search(sim, state, &s);
}

value_id state_fresh_symbol(struct sim *sim, const struct state *state, enum symbol_kind kind,
                            unsigned width, context_id context, uint32_t instr)
{
    for (uint32_t n = 0; n < MAX_SYMBOLS_PER_SITE; n++) {
        value_id symbol = value_symbol(sim, kind, width, context, instr, n, 0);
        if (!state_mentions(sim, state, symbol))
            return symbol;
    }
    /* a name that no state has had: correct, but such states will never be equal to others */
    return value_symbol(sim, kind, width, context, instr, MAX_SYMBOLS_PER_SITE, ++sim->unique);
}

value_id state_fresh_here(struct sim *sim, const struct state *state, unsigned width)
{
    context_id at = sim->at_context;
    if (sim->policy.join) /* fewer names: more states are equal */
        at = sim->contexts.items[at].func;
    return state_fresh_symbol(sim, state, SYMBOL_CHOICE, width, at, sim->at_instr);
}

object_id state_fresh_object(struct sim *sim, struct state *state, bool zeroed, bool device)
{
    object_id object = 0;
    for (uint32_t n = 0; n < MAX_OBJECTS_PER_SITE; n++) {
        object = object_get(sim, OBJECT_HEAP, sim->at_context, sim->at_instr, n, 0);
        sim->objects.items[object].zeroed = zeroed;
        sim->objects.items[object].device = device;
        if (!state_mentions_object(sim, state, object)) {
            if (sim->policy.join)
                state_begin_contents(sim, state, object);
            return object;
        }
    }
    if (!state->inexact)
        state->inexact = sim_reason(sim, "one place allocates more objects than are told apart");
    return object;
}

object_id once_object(struct sim *sim, uint32_t index)
{
    object_id object = object_get(sim, OBJECT_ONCE, index, 0, 0, 0);
    sim->objects.items[object].zeroed = sim->model->objects[index].zeroed;
    return object;
}

object_id state_begin_once(struct sim *sim, struct state *state, uint32_t index)
{
    object_id object = once_object(sim, index);
    bool lived = state_mentions_object(sim, state, object);
    state_forget_object(sim, state, object);
    if (prop_mask(sim, state->prop) & object_bloom(object)) /* who is watched is another one */
        state->prop = prop_with_object(sim, state->prop, object,
                                       object_get(sim, OBJECT_ONCE, index, 1, 0, 0));
    if (sim->policy.join)
        state_begin_contents(sim, state, object);
    else if (lived && !sim->objects.items[object].zeroed) /* its first contents are others now */
        state_havoc(sim, state, value_addr(sim, object, 0), 0);
    return object;
}

/* ---- small services ----------------------------------------------------------------------- */

bool state_same(const struct state *a, const struct state *b)
{
    return a->store == b->store && a->regs == b->regs && a->facts == b->facts &&
           a->prop == b->prop && a->roles == b->roles && a->inexact == b->inexact &&
           a->apart == b->apart && a->holes == b->holes;
}

uint64_t state_hash(const struct state *s, bool with_facts)
{
    uint64_t h = hash_u64((uint64_t)s->store << 32 | s->regs);
    h = hash_u64(h ^ ((uint64_t)s->prop << 32 | s->roles));
    h ^= s->apart ^ s->holes;
    return hash_u64(h ^ ((uint64_t)(with_facts ? s->facts : 0) << 32 | s->inexact));
}

uint32_t sim_reason(struct sim *sim, const char *text)
{
    for (uint32_t i = 1; i < sim->reasons.len; i++)
        if (sim->reasons.items[i] == text)
            return i;
    vec_push(&sim->arena, &sim->reasons, text);
    return (uint32_t)sim->reasons.len - 1;
}

static uint8_t irql_now(struct sim *sim, const struct state *state)
{
    if (sim->irql_global == ID_NONE)
        return 255;
    object_id object = object_get(sim, OBJECT_GLOBAL, sim->irql_global, 0, 0,
                                  sim->program->globals[sim->irql_global].size);
    struct state copy = *state;
    value_id v;
    uint64_t c;
    if (state_load(sim, &copy, value_addr(sim, object, 0), 1, 8, &v) != ACCESS_OK)
        return 255;
    struct range r = range_of(sim, state, v);
    return range_is_single(&r, &c) ? (uint8_t)c : 255;
}

trace_id sim_trace(struct sim *sim, struct state *state, enum trace_kind kind, uint32_t func,
                   uint32_t instr, context_id context, uint32_t data)
{
    bool decides = kind == TRACE_BRANCH || kind == TRACE_SUMMARY || kind == TRACE_ERROR;
    if (sim->policy.join && !decides)
        return 0; /* nobody will ask for more of the path */
    struct trace t = {.parent = state->trace, .kind = kind, .func = func, .instr = instr,
                      .context = context, .data = data, .prop = state->prop,
                      .irql = sim->policy.join ? 255 : irql_now(sim, state)};
    vec_push(&sim->arena, &sim->traces, t);
    return state->trace = (trace_id)sim->traces.len - 1;
}
