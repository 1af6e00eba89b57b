/* States against concrete memory: random steps are done on both, and random joins on the states.
 * Whatever memory a state stands for is found again in the state behind the step, and in the join
 * of two states whichever of the two it came from. */
#include "engine/internal.h"
#include "engine/test_sim.h"
#include "test/check.h"

#include <stdlib.h>

/* Two variables, unknown and zero at first; and an array of bytes that is indexed. */
enum { UNKNOWN, ZERO, ARRAY, NGLOBALS };
enum { BYTES = 8, NREGS = 4, MAX_SYMBOLS = 256 };
static struct global globals[NGLOBALS] = {{.name = "unknown", .size = BYTES},
                                          {.name = "zero", .defined = true, .size = BYTES},
                                          {.name = "array", .size = BYTES}};
static const struct program program = {
    .globals = globals, .nglobals = NGLOBALS, .pointer_bits = 64};

struct twin { /* a state, and something that it stands for */
    struct state s;
    uint8_t mem[NGLOBALS][BYTES], regs[NREGS];
};

static uint64_t seed = 7;
static uint64_t checked, unsure;

static uint64_t rnd(uint64_t below)
{
    return random_below(&seed, below);
}

/* ---- what the symbols must be --- */

struct solution {
    struct sim *sim;
    unsigned n;
    struct known {
        value_id symbol;
        uint64_t mask, bits; /* what is known of it */
    } items[MAX_SYMBOLS];
    unsigned nlater;
    struct later { /* to be looked at when all symbols are known */
        value_id value;
        uint64_t want, mask;
    } later[64];
    bool wrong;
};

static struct known *known_of(struct solution *sol, value_id symbol)
{
    for (unsigned i = 0; i < sol->n; i++)
        if (sol->items[i].symbol == symbol)
            return &sol->items[i];
    BUG_ON(sol->n == MAX_SYMBOLS);
    sol->items[sol->n] = (struct known){.symbol = symbol};
    return &sol->items[sol->n++];
}

static uint64_t evaluate(struct solution *sol, value_id id, bool *ok)
{
    const struct value v = *value_get(sol->sim, id);
    uint64_t m = width_mask(v.width), a, b;
    if (v.kind == VALUE_CONST)
        return v.imm;
    if (v.kind == VALUE_SYMBOL) {
        const struct known *k = known_of(sol, id);
        *ok &= (k->mask & m) == m;
        return k->bits & m;
    }
    if (v.kind != VALUE_BINARY && v.kind != VALUE_COMPARE && v.kind != VALUE_CAST) {
        *ok = false;
        return 0;
    }
    unsigned wa = value_get(sol->sim, v.a)->width;
    a = evaluate(sol, v.a, ok);
    if (v.kind == VALUE_CAST)
        return (v.sub == CAST_SEXT ? (uint64_t)sign_extend(a, wa) : a) & m;
    b = evaluate(sol, v.b, ok);
    if (v.kind == VALUE_COMPARE)
        return v.sub == CMP_EQ    ? a == b
               : v.sub == CMP_ULT ? a < b
                                  : sign_extend(a, wa) < sign_extend(b, wa);
    switch ((enum binary_op)v.sub) {
    case BIN_ADD:
        return (a + b) & m;
    case BIN_SUB:
        return (a - b) & m;
    case BIN_AND:
        return a & b;
    case BIN_OR:
        return a | b;
    case BIN_XOR:
        return a ^ b;
    case BIN_SHL:
        return b < v.width ? (a << b) & m : 0;
    case BIN_LSHR:
        return b < v.width ? a >> b : 0;
    default:
        *ok = false;
        return 0;
    }
}

/* The bits of a value that need not be 0, whatever its symbols are. */
static uint64_t possible_bits(struct sim *sim, value_id id)
{
    struct state nothing = {0};
    return ~range_of(sim, &nothing, id).zeros & width_mask(value_get(sim, id)->width);
}

static void solve(struct solution *sol, value_id id, uint64_t want, uint64_t mask);

static void solve_binary(struct solution *sol, value_id id, uint64_t want, uint64_t mask)
{
    const struct value v = *value_get(sol->sim, id);
    uint64_t c = 0, low = mask & -mask, pa, pb;
    bool has_const = value_is_const(sol->sim, v.b, &c);
    bool contiguous = mask && low == 1 && ((mask + 1) & mask) == 0;
    if (v.sub == BIN_SHL && has_const && c < v.width) {
        sol->wrong |= (want & mask & width_mask((unsigned)c)) != 0 && c > 0;
        solve(sol, v.a, want >> c, mask >> c);
    } else if (v.sub == BIN_LSHR && has_const && c < v.width) {
        solve(sol, v.a, want << c, (mask << c) & width_mask(v.width));
    } else if (v.sub == BIN_AND && has_const) {
        sol->wrong |= (want & mask & ~c) != 0;
        solve(sol, v.a, want, mask & c);
    } else if (v.sub == BIN_OR && has_const) {
        sol->wrong |= (~want & mask & c) != 0;
        solve(sol, v.a, want, mask & ~c);
    } else if (v.sub == BIN_OR &&
               ((pa = possible_bits(sol->sim, v.a)) & (pb = possible_bits(sol->sim, v.b))) == 0) {
        sol->wrong |= (want & mask & ~(pa | pb)) != 0;
        solve(sol, v.a, want, mask & pa);
        solve(sol, v.b, want, mask & pb);
    } else if (v.sub == BIN_XOR && has_const) {
        solve(sol, v.a, want ^ c, mask);
    } else if (v.sub == BIN_ADD && has_const && contiguous) {
        solve(sol, v.a, want - c, mask);
    } else if (sol->nlater < ARRAY_LEN(sol->later)) {
        sol->later[sol->nlater++] = (struct later){id, want, mask};
    }
}

/* The bits `mask` of the value are `want`: what follows for its symbols. */
static void solve(struct solution *sol, value_id id, uint64_t want, uint64_t mask)
{
    const struct value v = *value_get(sol->sim, id);
    mask &= width_mask(v.width);
    if (!mask)
        return;
    switch ((enum value_kind)v.kind) {
    case VALUE_CONST:
        sol->wrong |= ((v.imm ^ want) & mask) != 0;
        return;
    case VALUE_SYMBOL: {
        struct known *k = known_of(sol, id);
        sol->wrong |= ((k->bits ^ want) & mask & k->mask) != 0;
        k->bits |= want & mask & ~k->mask;
        k->mask |= mask;
        return;
    }
    case VALUE_CAST: {
        uint64_t inner = width_mask(value_get(sol->sim, v.a)->width);
        if (v.sub == CAST_SEXT)
            break;
        sol->wrong |= v.sub == CAST_ZEXT && (want & mask & ~inner) != 0;
        solve(sol, v.a, want, mask & inner);
        return;
    }
    case VALUE_BINARY:
        solve_binary(sol, id, want, mask);
        return;
    case VALUE_COMPARE:
    case VALUE_TOP:
    case VALUE_ADDR:
    case VALUE_FUNC:
        break;
    }
    if (sol->nlater < ARRAY_LEN(sol->later))
        sol->later[sol->nlater++] = (struct later){id, want, mask};
}

/* ---- does the state stand for the memory? --- */

static bool decide(struct solution *sol, struct state *state)
{
    bool ok = true;
    uint64_t truth = evaluate(sol, sol->sim->split, &ok);
    return ok && state_assume(sol->sim, state, sol->sim->split, truth != 0);
}

static void solve_byte(struct solution *sol, struct twin *t, uint32_t global, uint32_t offset)
{
    struct sim *sim = sol->sim;
    struct state copy = t->s;
    value_id v = 0;
    enum access access;
    while ((access = state_load(sim, &copy, at(sim, global, offset), 1, 8, &v)) == ACCESS_SPLIT)
        if (!decide(sol, &copy)) {
            unsure++;
            return;
        }
    CHECK(access == ACCESS_OK, "a variable can be read");
    const struct value *value = value_get(sim, v);
    if (!v || (value->kind == VALUE_SYMBOL && value->sub == SYMBOL_CHOICE &&
               !state_mentions(sim, &t->s, v)))
        return; /* anything */
    solve(sol, v, t->mem[global][offset], 0xff);
}

static void check_fact(void *context, uint64_t key, uint64_t entry)
{
    struct solution *sol = context;
    bool ok = true;
    uint64_t v = evaluate(sol, (value_id)key, &ok);
    if (ok)
        sol->wrong |= !range_contains(&sol->sim->ranges.items[entry], v);
    else
        unsure++;
}

static bool stands_for(struct sim *sim, struct twin *t, struct solution *sol)
{
    memset(sol, 0, sizeof *sol);
    sol->sim = sim;
    checked++;
    for (uint32_t r = 0; r < NREGS; r++)
        if (reg(sim, &t->s, 0, r))
            solve(sol, reg(sim, &t->s, 0, r), t->regs[r], 0xff);
    for (uint32_t g = 0; g < NGLOBALS; g++)
        for (uint32_t offset = 0; offset < BYTES; offset++)
            solve_byte(sol, t, g, offset);
    for (unsigned i = 0; i < sol->nlater; i++) {
        bool ok = true;
        uint64_t v = evaluate(sol, sol->later[i].value, &ok);
        sol->wrong |= ok && ((v ^ sol->later[i].want) & sol->later[i].mask) != 0;
        unsure += !ok;
    }
    pmap_each(sim, t->s.facts, 0, UINT64_MAX, check_fact, sol);
    return !sol->wrong;
}

/* ---- steps --- */

static value_id byte_const(struct sim *sim, uint64_t v)
{
    return value_const(sim, 8, v);
}

/* A register's value; one that is not known becomes a new symbol. */
static value_id take(struct sim *sim, struct twin *t, uint32_t r)
{
    if (!reg(sim, &t->s, 0, r))
        state_set_reg(sim, &t->s, 0, r, state_fresh_here(sim, &t->s, 8));
    return reg(sim, &t->s, 0, r);
}

static value_id element(struct sim *sim, value_id index)
{
    value_id i = value_binary(sim, BIN_AND, 8, index, byte_const(sim, BYTES - 1));
    return value_binary(sim, BIN_ADD, 64, at(sim, ARRAY, 0), value_cast(sim, CAST_ZEXT, 64, i));
}

static void assume_something(struct sim *sim, struct twin *t)
{
    uint32_t r = (uint32_t)rnd(NREGS), q = (uint32_t)rnd(NREGS);
    enum compare_op ops[] = {CMP_EQ, CMP_ULT, CMP_SLT}, op = ops[rnd(ARRAY_LEN(ops))];
    bool with_const = rnd(2);
    uint64_t b = with_const ? rnd(6) : t->regs[q], a = t->regs[r];
    value_id va = take(sim, t, r), vb = with_const ? byte_const(sim, b) : take(sim, t, q);
    bool truth = op == CMP_EQ    ? a == b
                 : op == CMP_ULT ? a < b
                                 : sign_extend(a, 8) < sign_extend(b, 8);
    CHECK(state_assume(sim, &t->s, value_compare(sim, op, va, vb), truth),
          "what is true is possible");
}

/* An element of the array is read or written, if the engine's questions can be answered. */
static void index_array(struct sim *sim, struct twin *t, struct solution *sol, bool write)
{
    uint32_t r = (uint32_t)rnd(NREGS), q = (uint32_t)rnd(NREGS);
    value_id address = element(sim, take(sim, t, r)), v = take(sim, t, q);
    uint8_t *byte = &t->mem[ARRAY][t->regs[r] % BYTES];
    if (!stands_for(sim, t, sol)) /* the symbols that were taken are new */
        return;
    for (;;) {
        enum access access = write ? state_store(sim, &t->s, address, 1, v)
                                   : state_load(sim, &t->s, address, 1, 8, &v);
        if (access == ACCESS_OK)
            break;
        if (access != ACCESS_SPLIT || !decide(sol, &t->s))
            return;
    }
    if (write) {
        *byte = t->regs[q];
    } else {
        t->regs[q] = *byte;
        state_set_reg(sim, &t->s, 0, q, v);
    }
}

static void copy_bytes(struct sim *sim, struct twin *t, uint32_t from, uint32_t to)
{
    uint32_t length = (uint32_t)rnd(BYTES) + 1, so = (uint32_t)rnd(BYTES + 1 - length);
    uint32_t d = (uint32_t)rnd(BYTES + 1 - length);
    CHECK(state_copy(sim, &t->s, at(sim, to, d), at(sim, from, so), value_const(sim, 64, length)) ==
              ACCESS_OK,
          "copy");
    memmove(t->mem[to] + d, t->mem[from] + so, length);
}

static void fill_bytes(struct sim *sim, struct twin *t, uint32_t global)
{
    uint32_t length = (uint32_t)rnd(BYTES) + 1, d = (uint32_t)rnd(BYTES + 1 - length);
    CHECK(state_fill(sim, &t->s, at(sim, global, d), byte_const(sim, 0),
                     value_const(sim, 64, length)) == ACCESS_OK,
          "fill");
    memset(t->mem[global] + d, 0, length);
}

static void step_registers(struct sim *sim, struct twin *t, uint64_t choice)
{
    uint32_t r = (uint32_t)rnd(NREGS), global = (uint32_t)rnd(2), offset = (uint32_t)rnd(BYTES);
    uint64_t number = rnd(4);
    bool add = rnd(3);
    switch (choice) {
    case 0:
        t->regs[r] = (uint8_t)number;
        state_set_reg(sim, &t->s, 0, r, byte_const(sim, number));
        return;
    case 1:
        state_set_reg(sim, &t->s, 0, r,
                      value_binary(sim, add ? BIN_ADD : BIN_XOR, 8, take(sim, t, r),
                                   byte_const(sim, number)));
        t->regs[r] = (uint8_t)(add ? t->regs[r] + number : t->regs[r] ^ number);
        return;
    case 2:
        t->regs[r] = (uint8_t)rnd(8);
        state_set_reg(sim, &t->s, 0, r, state_fresh_here(sim, &t->s, 8));
        return;
    case 3:
        t->regs[r] = t->mem[global][offset];
        state_set_reg(sim, &t->s, 0, r, load(sim, &t->s, at(sim, global, offset), 1));
        return;
    default:
        state_set_reg(sim, &t->s, 0, r, 0);
        return;
    }
}

static void step(struct sim *sim, struct twin *t, struct solution *sol)
{
    uint32_t global = (uint32_t)rnd(2), offset = (uint32_t)rnd(BYTES - 1), r = (uint32_t)rnd(NREGS);
    uint64_t number = rnd(4);
    sim->at_instr = (uint32_t)rnd(3);
    switch (rnd(14)) {
    case 0:
    case 1:
        t->mem[global][offset] = (uint8_t)number;
        store_number(sim, &t->s, at(sim, global, offset), 1, number);
        return;
    case 2:
        t->mem[global][offset] = (uint8_t)number;
        t->mem[global][offset + 1] = 1;
        store_number(sim, &t->s, at(sim, global, offset), 2, number | 0x100);
        return;
    case 3:
    case 4:
        state_store(sim, &t->s, at(sim, global, offset), 1, take(sim, t, r));
        t->mem[global][offset] = t->regs[r];
        return;
    case 5:
        fill_bytes(sim, t, global);
        return;
    case 6:
        copy_bytes(sim, t, global, 1 - global);
        return;
    case 7:
    case 8:
        index_array(sim, t, sol, true);
        return;
    case 9:
        index_array(sim, t, sol, false);
        return;
    case 10:
        assume_something(sim, t);
        return;
    default:
        step_registers(sim, t, rnd(5));
        return;
    }
}

static bool walk(struct sim *sim, struct twin *t, unsigned steps, struct solution *sol)
{
    for (unsigned i = 0; i < steps; i++) {
        step(sim, t, sol);
        state_collect(sim, &t->s);
        if (!stands_for(sim, t, sol)) {
            CHECK(false, "a step loses the memory that was there");
            return false;
        }
    }
    return true;
}

/* Two ways from one state, which then meet; what is joined goes on. */
static bool one_life(struct sim *sim, struct solution *sol)
{
    struct twin now = {0};
    for (uint32_t i = 0; i < BYTES; i++) {
        now.mem[UNKNOWN][i] = (uint8_t)rnd(256);
        now.mem[ARRAY][i] = (uint8_t)rnd(256);
    }
    for (int round = 0; round < 8; round++) {
        struct twin a = now, b = now;
        if (!walk(sim, &a, (unsigned)rnd(8), sol) || !walk(sim, &b, (unsigned)rnd(8), sol))
            return false;
        struct state joined = a.s;
        state_merge(sim, &joined, &b.s, rnd(3) == 0);
        a.s = b.s = joined;
        if (!stands_for(sim, &a, sol) || !stands_for(sim, &b, sol)) {
            CHECK(false, "the join loses what one of the states was");
            return false;
        }
        now = rnd(2) ? a : b;
    }
    return true;
}

int main(void)
{
    struct solution *sol = calloc(1, sizeof *sol);
    for (int life = 0; life < 600 && check_failures < 3; life++) {
        struct sim sim;
        seed = (uint64_t)life;
        sim_begin(&sim, &program, true);
        events_init(&sim);
        if (!one_life(&sim, sol))
            fprintf(stderr, "life %d\n", life);
        CHECK(!sim.exhausted, "nothing is watched");
        arena_finish(&sim.arena);
    }
    CHECK(unsure < checked, "nearly all is decided");
    free(sol);
    return check_status();
}
