/* Values, ranges and maps against the plain meaning of what they stand for. */
#include "engine/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

static void fail(const char *what, uint64_t a, uint64_t b, uint64_t c)
{
    printf("%s: %llu %llu %llu\n", what, (unsigned long long)a, (unsigned long long)b,
           (unsigned long long)c);
    failures++;
}

static uint64_t seed = 1;

static uint64_t rnd(uint64_t below)
{
    seed = hash_u64(seed + 0x9e3779b97f4a7c15u);
    return seed % below;
}

static void sim_start(struct sim *sim, struct program *program)
{
    memset(sim, 0, sizeof *sim);
    memset(program, 0, sizeof *program);
    program->pointer_bits = 64;
    arena_init(&sim->arena, NULL, NULL);
    sim->program = program;
    sim->irql_global = ID_NONE;
    vec_push(&sim->arena, &sim->reasons, "");
    values_init(sim);
    events_init(sim);
}

/* ---- maps against an array ---- */

struct visit {
    uint64_t seen[64];
    unsigned count;
};

static void count_entry(void *context, uint64_t key, uint64_t value)
{
    struct visit *v = context;
    (void)value;
    v->seen[v->count++ % 64] = key;
}

static void count_diff(void *context, uint64_t key, const uint64_t *a, const uint64_t *b)
{
    uint64_t *diffs = context;
    diffs[key] = (a ? *a : 99) << 8 | (b ? *b : 99);
}

static void test_maps(void)
{
    struct sim sim;
    struct program program;
    sim_start(&sim, &program);
    uint64_t model[2][32] = {{0}};
    pmap_id map[2] = {0, 0};
    for (int round = 0; round < 4000; round++) {
        unsigned which = (unsigned)rnd(2);
        uint64_t key = rnd(32), value = rnd(5);
        if (value) {
            map[which] = pmap_set(&sim, map[which], key, value, 0);
            model[which][key] = value;
        } else {
            uint64_t last = key + rnd(4);
            map[which] = pmap_remove_range(&sim, map[which], key, last);
            for (uint64_t k = key; k <= last && k < 32; k++)
                model[which][k] = 0;
        }
        unsigned size = 0;
        for (uint64_t k = 0; k < 32; k++) {
            const uint64_t *got = pmap_get(&sim, map[which], k);
            if ((got ? *got : 0) != model[which][k])
                fail("map entry", k, got ? *got : 0, model[which][k]);
            size += model[which][k] != 0;
        }
        struct visit v = {.count = 0};
        pmap_each(&sim, map[which], 0, UINT64_MAX, count_entry, &v);
        if (v.count != size)
            fail("map size", v.count, size, 0);
        uint64_t diffs[32] = {0};
        pmap_diff(&sim, map[0], map[1], count_diff, diffs);
        bool equal = true;
        for (uint64_t k = 0; k < 32; k++) {
            uint64_t a = model[0][k] ? model[0][k] : 99, b = model[1][k] ? model[1][k] : 99;
            equal &= a == b;
            if (diffs[k] != (a == b ? 0 : a << 8 | b))
                fail("map difference", k, diffs[k], a << 8 | b);
        }
        if (equal != (map[0] == map[1]))
            fail("equal maps are one node", map[0], map[1], equal);
    }
    arena_finish(&sim.arena);
}

/* ---- ranges against sets of 4-bit numbers ---- */

static unsigned members(const struct range *r)
{
    unsigned set = 0;
    for (uint64_t v = 0; v < 16; v++)
        set |= range_contains(r, v) ? 1u << v : 0;
    return set;
}

static struct range random_range(void)
{
    for (;;) {
        struct range r = range_full(4);
        r.lo = rnd(16);
        r.hi = rnd(16);
        r.zeros = rnd(16) & rnd(16);
        r.ones = rnd(16) & rnd(16) & ~r.zeros;
        r.kind = (uint8_t)rnd(3);
        for (uint64_t v = 0; r.kind && v < 16 && r.nset < 5; v++)
            if (rnd(3) == 0)
                r.set[r.nset++] = v;
        if (r.nset == 0)
            r.kind = 0;
        struct range before = r;
        if (range_normalize(&r)) {
            if (members(&r) != members(&before))
                fail("normalize changes the set", members(&before), members(&r), 0);
            return r;
        }
        if (before.lo <= before.hi && members(&before))
            fail("normalize says empty", members(&before), 0, 0);
    }
}

static void test_ranges(void)
{
    for (int round = 0; round < 20000; round++) {
        struct range a = random_range(), b = random_range(), met = a;
        unsigned sa = members(&a), sb = members(&b);
        if (range_meet(&met, &b)) {
            if ((sa & sb) & ~members(&met))
                fail("meet loses", sa, sb, members(&met));
            if (members(&met) & ~sa)
                fail("meet adds", sa, sb, members(&met));
        } else if (sa & sb) {
            fail("meet is not empty", sa, sb, 0);
        }
        struct range joined = range_join(&a, &b);
        if ((sa | sb) & ~members(&joined))
            fail("join loses", sa, sb, members(&joined));
    }
}

/* ---- simplified expressions against evaluation ---- */

static uint64_t evaluate(const struct sim *sim, value_id id, value_id x, uint64_t vx, value_id y,
                         uint64_t vy)
{
    const struct value *v = value_get(sim, id);
    if (id == x)
        return vx;
    if (id == y)
        return vy;
    if (v->kind == VALUE_CONST)
        return v->imm;
    uint64_t a = evaluate(sim, v->a, x, vx, y, vy), m = width_mask(v->width);
    unsigned wa = value_get(sim, v->a)->width;
    if (v->kind == VALUE_CAST)
        return (v->sub == CAST_SEXT ? (uint64_t)sign_extend(a, wa) : a) & m;
    uint64_t b = evaluate(sim, v->b, x, vx, y, vy);
    if (v->kind == VALUE_COMPARE)
        return v->sub == CMP_EQ   ? a == b
               : v->sub == CMP_ULT ? a < b
                                   : sign_extend(a, wa) < sign_extend(b, wa);
    switch ((enum binary_op)v->sub) {
    case BIN_ADD:
        return (a + b) & m;
    case BIN_SUB:
        return (a - b) & m;
    case BIN_MUL:
        return (a * b) & m;
    case BIN_AND:
        return a & b;
    case BIN_OR:
        return a | b;
    case BIN_XOR:
        return a ^ b;
    case BIN_LSHR:
        return b < v->width ? a >> b : 0;
    case BIN_SHL:
        return b < v->width ? (a << b) & m : 0;
    default:
        return 0;
    }
}

static void test_values(void)
{
    static const enum binary_op ops[] = {BIN_ADD, BIN_SUB, BIN_MUL, BIN_AND, BIN_OR, BIN_XOR};
    for (int round = 0; round < 3000; round++) {
        struct sim sim;
        struct program program;
        sim_start(&sim, &program);
        value_id x = value_symbol(&sim, SYMBOL_CHOICE, 4, 1, 1, 0, 0);
        value_id y = value_symbol(&sim, SYMBOL_CHOICE, 4, 1, 2, 0, 0);
        uint64_t vx = rnd(16), vy = rnd(16);
        value_id pool[24] = {x, y, value_const(&sim, 4, rnd(16)), value_const(&sim, 4, rnd(16))};
        uint64_t truth[24] = {vx, vy, value_get(&sim, pool[2])->imm, value_get(&sim, pool[3])->imm};
        unsigned n = 4;
        while (n < 24) {
            unsigned i = (unsigned)rnd(n), j = (unsigned)rnd(n), w = value_get(&sim, pool[i])->width;
            unsigned choice = (unsigned)rnd(4);
            if (choice == 0 && value_get(&sim, pool[j])->width == w) {
                enum compare_op op = (enum compare_op)rnd(10);
                int64_t sa = sign_extend(truth[i], w), sb = sign_extend(truth[j], w);
                uint64_t a = truth[i], b = truth[j];
                const bool results[] = {a == b, a != b, a < b,   a <= b,  a > b,
                                        a >= b, sa < sb, sa <= sb, sa > sb, sa >= sb};
                pool[n] = value_compare(&sim, op, pool[i], pool[j]);
                truth[n++] = results[op];
            } else if (choice == 1) {
                unsigned to = w == 4 ? (rnd(2) ? 8 : 2) : 4;
                enum cast_op op = to < w ? CAST_TRUNC : rnd(2) ? CAST_ZEXT : CAST_SEXT;
                uint64_t t = op == CAST_SEXT ? (uint64_t)sign_extend(truth[i], w) : truth[i];
                pool[n] = value_cast(&sim, op, to, pool[i]);
                truth[n++] = t & width_mask(to);
            } else if (value_get(&sim, pool[j])->width == w) {
                enum binary_op op = ops[rnd(ARRAY_LEN(ops))];
                uint64_t a = truth[i], b = truth[j];
                const uint64_t results[] = {a + b, a - b, a * b, a & b, a | b, a ^ b};
                unsigned k = 0;
                while (ops[k] != op)
                    k++;
                pool[n] = value_binary(&sim, op, w, pool[i], pool[j]);
                truth[n++] = results[k] & width_mask(w);
            } else {
                pool[n] = pool[i];
                truth[n++] = truth[i];
            }
            uint64_t got = evaluate(&sim, pool[n - 1], x, vx, y, vy);
            if (got != truth[n - 1])
                fail("simplified value", got, truth[n - 1], (uint64_t)round);
        }
        /* assuming what is true keeps the state possible, and ranges contain the truth */
        struct state state = {0};
        for (unsigned i = 0; i < 24; i++)
            if (value_get(&sim, pool[i])->width == 1 &&
                !state_assume(&sim, &state, pool[i], truth[i] != 0))
                fail("a true condition is impossible", i, truth[i], (uint64_t)round);
        for (unsigned i = 0; i < 24; i++) {
            struct range r = range_of(&sim, &state, pool[i]);
            if (!range_contains(&r, truth[i]))
                fail("range without the truth", i, truth[i], (uint64_t)round);
            if (value_get(&sim, pool[i])->width == 1 &&
                state_truth(&sim, &state, pool[i]) != (truth[i] ? TRUE_ : FALSE_))
                fail("what was assumed is not known", i, truth[i], (uint64_t)round);
        }
        arena_finish(&sim.arena);
        if (failures > 20)
            return;
    }
}

int main(void)
{
    test_maps();
    test_ranges();
    test_values();
    return failures != 0;
}
