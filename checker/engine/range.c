/* What is known of a value: an unsigned interval, bits, and a small set of values that it is one of
 * or none of. All three refine each other in range_normalize(). */
#include "engine/internal.h"

#include <string.h>

struct range range_full(unsigned width)
{
    return (struct range){.width = (uint8_t)width, .hi = width_mask(width)};
}

struct range range_single(unsigned width, uint64_t value)
{
    value &= width_mask(width);
    return (struct range){.width = (uint8_t)width, .lo = value, .hi = value,
                          .zeros = ~value & width_mask(width), .ones = value};
}

static bool in_bounds(const struct range *r, uint64_t v)
{
    return v >= r->lo && v <= r->hi && !(v & r->zeros) && (v & r->ones) == r->ones;
}

bool range_contains(const struct range *r, uint64_t v)
{
    bool listed = false;
    if (!in_bounds(r, v))
        return false;
    for (unsigned i = 0; i < r->nset; i++)
        listed |= r->set[i] == v;
    return r->kind == 0 || (r->kind == 1) == listed;
}

bool range_is_single(const struct range *r, uint64_t *ret_value)
{
    if (r->lo != r->hi)
        return false;
    if (ret_value)
        *ret_value = r->lo;
    return true;
}

/* Keeps in the set only what the bounds allow, and tightens the bounds by the set. */
static bool normalize_set(struct range *r)
{
    unsigned n = 0;
    for (unsigned i = 0; i < r->nset; i++)
        if (in_bounds(r, r->set[i]))
            r->set[n++] = r->set[i];
    memset(r->set + n, 0, (RANGE_SET - n) * sizeof r->set[0]);
    r->nset = (uint8_t)n;
    if (r->kind == 1) {
        if (n == 0)
            return false;
        r->lo = r->set[0];
        r->hi = r->set[n - 1];
        uint64_t ones = width_mask(r->width), zeros = ones;
        for (unsigned i = 0; i < n; i++) {
            ones &= r->set[i];
            zeros &= ~r->set[i];
        }
        r->ones |= ones;
        r->zeros |= zeros;
    } else if (r->kind == 2) {
        for (unsigned i = 0; i < n && r->set[i] == r->lo; i++)
            r->lo++;
        for (unsigned i = n; i-- > 0 && r->set[i] == r->hi && r->hi;)
            r->hi--;
        unsigned m = 0;
        for (unsigned i = 0; i < n; i++)
            if (in_bounds(r, r->set[i]))
                r->set[m++] = r->set[i];
        memset(r->set + m, 0, (RANGE_SET - m) * sizeof r->set[0]);
        r->nset = (uint8_t)m;
        if (m == 0)
            r->kind = 0;
    }
    return r->lo <= r->hi;
}

bool range_normalize(struct range *r)
{
    for (int round = 0; round < 3; round++) {
        uint64_t max = width_mask(r->width) & ~r->zeros;
        if ((r->zeros & r->ones) || r->lo > r->hi)
            return false;
        if (r->lo < r->ones)
            r->lo = r->ones;
        if (r->hi > max)
            r->hi = max;
        if (r->lo > r->hi)
            return false;
        uint64_t differ = r->lo ^ r->hi; /* bits above the highest differing one are known */
        uint64_t known = differ ? ~((UINT64_C(2) << (63 - __builtin_clzll(differ))) - 1)
                                : UINT64_MAX;
        if (differ >> 63)
            known = 0;
        known &= width_mask(r->width);
        r->ones |= r->lo & known;
        r->zeros |= ~r->lo & known;
        if (r->zeros & r->ones)
            return false;
        if (!normalize_set(r))
            return false;
    }
    if (r->lo == r->hi) {
        if (!range_contains(r, r->lo))
            return false;
        *r = range_single(r->width, r->lo);
    }
    return true;
}

static void exclude(struct range *r, uint64_t v)
{
    unsigned i = 0;
    if (r->nset >= RANGE_SET)
        return; /* forgetting an exclusion is safe */
    while (i < r->nset && r->set[i] < v)
        i++;
    if (i < r->nset && r->set[i] == v)
        return;
    memmove(r->set + i + 1, r->set + i, (r->nset - i) * sizeof r->set[0]);
    r->set[i] = v;
    r->nset++;
    r->kind = 2;
}

bool range_meet(struct range *r, const struct range *o)
{
    if (o->lo > r->lo)
        r->lo = o->lo;
    if (o->hi < r->hi)
        r->hi = o->hi;
    r->zeros |= o->zeros;
    r->ones |= o->ones;
    if (o->kind == 1 || r->kind == 1) {
        const struct range *in = r->kind == 1 ? r : o, *other = r->kind == 1 ? o : r;
        struct range met = *in;
        unsigned n = 0;
        for (unsigned i = 0; i < in->nset; i++)
            if (range_contains(other, in->set[i]))
                met.set[n++] = in->set[i];
        memset(met.set + n, 0, (RANGE_SET - n) * sizeof met.set[0]);
        memcpy(r->set, met.set, sizeof r->set);
        r->nset = (uint8_t)n;
        r->kind = 1;
        if (n == 0)
            return false;
    } else if (o->kind == 2) {
        for (unsigned i = 0; i < o->nset; i++)
            exclude(r, o->set[i]);
    }
    return range_normalize(r);
}

/* The values of a range as a list, if there are few. */
static bool enumerate(const struct range *r, uint64_t *values, unsigned *ret_n)
{
    if (r->kind == 1) {
        memcpy(values, r->set, r->nset * sizeof *values);
        *ret_n = r->nset;
        return true;
    }
    if (r->hi - r->lo >= RANGE_SET)
        return false;
    *ret_n = 0;
    for (uint64_t v = r->lo;; v++) {
        if (range_contains(r, v))
            values[(*ret_n)++] = v;
        if (v == r->hi)
            break;
    }
    return true;
}

struct range range_join(const struct range *a, const struct range *b)
{
    uint64_t va[RANGE_SET], vb[RANGE_SET];
    unsigned na, nb;
    struct range r = {.width = a->width, .lo = a->lo < b->lo ? a->lo : b->lo,
                      .hi = a->hi > b->hi ? a->hi : b->hi, .zeros = a->zeros & b->zeros,
                      .ones = a->ones & b->ones};
    if (enumerate(a, va, &na) && enumerate(b, vb, &nb)) {
        uint64_t all[2 * RANGE_SET];
        unsigned n = 0, i = 0, j = 0;
        while (i < na || j < nb) {
            uint64_t v = j >= nb || (i < na && va[i] <= vb[j]) ? va[i] : vb[j];
            i += i < na && va[i] == v;
            j += j < nb && vb[j] == v;
            all[n++] = v;
        }
        if (n > 0 && n <= RANGE_SET) { /* n is 0 if both are empty and nobody noticed */
            r.kind = 1;
            r.nset = (uint8_t)n;
            memcpy(r.set, all, n * sizeof *all);
        }
    }
    if (r.kind == 0) { /* keep what both exclude */
        for (unsigned i = 0; a->kind == 2 && i < a->nset; i++)
            if (!range_contains(b, a->set[i]))
                exclude(&r, a->set[i]);
        for (unsigned i = 0; b->kind == 2 && i < b->nset; i++)
            if (!range_contains(a, b->set[i]))
                exclude(&r, b->set[i]);
    }
    BUG_ON(!range_normalize(&r));
    return r;
}

range_id range_intern(struct sim *sim, const struct range *r)
{
    struct range clean;
    memset(&clean, 0, sizeof clean);
    clean.lo = r->lo, clean.hi = r->hi, clean.zeros = r->zeros, clean.ones = r->ones;
    clean.width = r->width, clean.kind = r->kind, clean.nset = r->nset;
    memcpy(clean.set, r->set, r->nset * sizeof clean.set[0]);
    if (clean.lo == 0 && clean.hi == width_mask(clean.width) && !clean.zeros && !clean.ones &&
        !clean.kind)
        return 0;
    for (uint64_t key = hash_bytes(&clean, sizeof clean);; key++) {
        uint64_t *slot = map_slot(&sim->range_index, &sim->arena, key);
        if (!*slot) {
            if (sim->ranges.len == 0)
                vec_push(&sim->arena, &sim->ranges, (struct range){0});
            *slot = sim->ranges.len;
            vec_push(&sim->arena, &sim->ranges, clean);
            return (range_id)*slot;
        }
        if (!memcmp(&sim->ranges.items[*slot], &clean, sizeof clean))
            return (range_id)*slot;
    }
}

/* ---- ranges of expressions ------------------------------------------------------------------ */

static struct range shift_interval(struct range r, uint64_t by)
{
    uint64_t mask = width_mask(r.width), lo = (r.lo + by) & mask, hi = (r.hi + by) & mask;
    struct range out = range_full(r.width);
    if (lo <= hi && hi - lo == r.hi - r.lo) {
        out.lo = lo;
        out.hi = hi;
    }
    if (r.kind) {
        out.kind = r.kind;
        for (unsigned i = 0; i < r.nset; i++) { /* insertion keeps the order after a wrap */
            uint64_t v = (r.set[i] + by) & mask;
            unsigned j = out.nset;
            for (; j > 0 && out.set[j - 1] > v; j--)
                out.set[j] = out.set[j - 1];
            out.set[j] = v;
            out.nset++;
        }
    }
    return out;
}

static struct range range_of_binary(struct sim *sim, const struct state *state,
                                    const struct value *v)
{
    struct range a = range_of(sim, state, v->a), b = range_of(sim, state, v->b);
    struct range r = range_full(v->width);
    uint64_t mask = width_mask(v->width), c = 0;
    bool known = range_is_single(&b, &c);
    switch ((enum binary_op)v->sub) {
    case BIN_AND:
        r.zeros = a.zeros | b.zeros;
        r.ones = a.ones & b.ones;
        r.hi = a.hi < b.hi ? a.hi : b.hi;
        break;
    case BIN_OR:
        r.zeros = a.zeros & b.zeros;
        r.ones = a.ones | b.ones;
        r.lo = a.lo > b.lo ? a.lo : b.lo;
        break;
    case BIN_XOR:
        r.zeros = (a.zeros & b.zeros) | (a.ones & b.ones);
        r.ones = (a.zeros & b.ones) | (a.ones & b.zeros);
        break;
    case BIN_ADD:
        if (known)
            r = shift_interval(a, c);
        else if (a.hi + b.hi >= a.hi && a.hi + b.hi <= mask) {
            r.lo = a.lo + b.lo;
            r.hi = a.hi + b.hi;
        }
        break;
    case BIN_SUB:
        if (a.lo >= b.hi) {
            r.lo = a.lo - b.hi;
            r.hi = a.hi - b.lo;
        }
        break;
    case BIN_MUL:
        if (known && c && a.hi <= mask / c) {
            r.lo = a.lo * c;
            r.hi = a.hi * c;
        }
        break;
    case BIN_UDIV:
        if (known && c) {
            r.lo = a.lo / c;
            r.hi = a.hi / c;
        }
        break;
    case BIN_UREM:
        if (b.lo > 0)
            r.hi = b.hi - 1 < a.hi ? b.hi - 1 : a.hi;
        break;
    case BIN_LSHR:
        if (known && c < v->width) {
            r.lo = a.lo >> c;
            r.hi = a.hi >> c;
        }
        break;
    case BIN_SHL:
        if (known && c < v->width && a.hi <= mask >> c) {
            r.lo = a.lo << c;
            r.hi = a.hi << c;
        }
        break;
    case BIN_SDIV:
    case BIN_SREM:
    case BIN_ASHR:
        break;
    }
    return r;
}

static struct range range_of_cast(struct sim *sim, const struct state *state, const struct value *v)
{
    struct range a = range_of(sim, state, v->a), r = range_full(v->width);
    uint64_t high = width_mask(v->width) & ~width_mask(a.width);
    if (v->sub == CAST_ZEXT) {
        r.lo = a.lo, r.hi = a.hi, r.zeros = a.zeros | high, r.ones = a.ones;
        r.kind = a.kind, r.nset = a.nset;
        memcpy(r.set, a.set, sizeof r.set);
    } else if (v->sub == CAST_TRUNC) {
        r.zeros = a.zeros & width_mask(v->width);
        r.ones = a.ones & width_mask(v->width);
        if (a.hi <= width_mask(v->width)) {
            r.lo = a.lo;
            r.hi = a.hi;
        }
    } else {
        uint64_t sign = UINT64_C(1) << (a.width - 1);
        r.zeros = a.zeros & ~sign & width_mask(a.width);
        r.ones = a.ones & ~sign;
        if (a.zeros & sign) {
            r.zeros |= high | sign;
            r.lo = a.lo, r.hi = a.hi, r.kind = a.kind, r.nset = a.nset;
            memcpy(r.set, a.set, sizeof r.set);
        }
        if (a.ones & sign)
            r.ones |= high | sign;
    }
    return r;
}

struct range range_of(struct sim *sim, const struct state *state, value_id id)
{
    const struct value v = *value_get(sim, id);
    struct range r = range_full(v.width);
    switch ((enum value_kind)v.kind) {
    case VALUE_CONST:
        return range_single(v.width, v.imm);
    case VALUE_TOP:
        return range_full(64);
    case VALUE_FUNC:
    case VALUE_ADDR:
        r.lo = 1;
        return r;
    case VALUE_SYMBOL:
        break;
    case VALUE_COMPARE:
        switch (state_truth(sim, state, id)) {
        case FALSE_:
            return range_single(1, 0);
        case TRUE_:
            return range_single(1, 1);
        case MAYBE_:
            break;
        }
        break;
    case VALUE_BINARY:
        r = range_of_binary(sim, state, &v);
        break;
    case VALUE_CAST:
        r = range_of_cast(sim, state, &v);
        break;
    }
    const uint64_t *fact = pmap_get(sim, state->facts, id);
    struct range before = r;
    if (!range_normalize(&r))
        r = range_full(v.width); /* an impossible state; the next assumption finds it */
    if (fact && !range_meet(&r, &sim->ranges.items[*fact]))
        return before;
    return r;
}
