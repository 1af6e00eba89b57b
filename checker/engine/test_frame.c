/* Splitting a state at a call and putting it together again; what summaries may be used for; and
 * the maps that this is done with. */
#include "engine/internal.h"
#include "engine/test_programs.h"
#include "engine/test_sim.h"
#include "test/check.h"

static uint64_t seed = 3;

static uint64_t rnd(uint64_t below)
{
    return random_below(&seed, below);
}

/* ---- maps against arrays --- */

enum { KEYS = 40 };

/* Keys that differ in low, middle and high bits, as those of stores do. */
static uint64_t key_at(unsigned i)
{
    return (uint64_t)(i % 3) << 62 | (uint64_t)(i % 5) << 32 | (uint64_t)(i % 7) << 28 | i;
}

static pmap_id random_map(struct sim *sim, uint64_t *ret_plain, unsigned chance)
{
    pmap_id map = 0;
    for (unsigned i = 0; i < KEYS; i++) {
        ret_plain[i] = rnd(chance) ? 0 : 1 + rnd(3);
        if (ret_plain[i])
            map = pmap_set(sim, map, key_at(i), ret_plain[i], UINT64_C(1) << i);
    }
    return map;
}

static pmap_id map_of(struct sim *sim, const uint64_t *plain)
{
    pmap_id map = 0;
    for (unsigned i = KEYS; i-- > 0;) /* in another order */
        if (plain[i])
            map = pmap_set(sim, map, key_at(i), plain[i], UINT64_C(1) << i);
    return map;
}

static void test_maps(void)
{
    struct program program = {.pointer_bits = 64};
    struct sim sim;
    sim_begin(&sim, &program, false);
    for (int round = 0; round < 3000; round++) {
        uint64_t a[KEYS], b[KEYS], both[KEYS], left[KEYS], mask = 0;
        unsigned dense = 2 + (unsigned)rnd(12);
        pmap_id ma = random_map(&sim, a, dense), mb = random_map(&sim, b, 2 + (unsigned)rnd(12));
        if (rnd(3) == 0) { /* maps that have much in common */
            mb = ma;
            memcpy(b, a, sizeof b);
            for (unsigned i = 0; i < 3; i++) {
                unsigned k = (unsigned)rnd(KEYS);
                b[k] = rnd(3);
                mb = b[k] ? pmap_set(&sim, mb, key_at(k), b[k], UINT64_C(1) << k)
                          : pmap_remove(&sim, mb, key_at(k));
            }
        }
        for (unsigned i = 0; i < KEYS; i++) {
            both[i] = a[i] ? a[i] : b[i];
            left[i] = b[i] ? 0 : a[i];
            mask |= both[i] ? UINT64_C(1) << i : 0;
        }
        CHECK(pmap_union(&sim, ma, mb) == map_of(&sim, both), "union");
        CHECK(pmap_without(&sim, ma, mb) == map_of(&sim, left), "difference");
        CHECK(pmap_mask(&sim, pmap_union(&sim, ma, mb)) == mask, "masks are united");
        CHECK(pmap_union(&sim, pmap_without(&sim, ma, mb), mb) == pmap_union(&sim, mb, ma),
              "what is taken away and put back");
        if (check_failures > 5)
            return;
    }
    arena_finish(&sim.arena);
}

/* Entries of different maps that look alike mention different things. */
static void test_masks(void)
{
    struct program program = {.pointer_bits = 64};
    struct sim sim;
    sim_begin(&sim, &program, false);
    value_id first = value_symbol(&sim, SYMBOL_CHOICE, 8, 0, 0, 0, 0);
    value_id second = value_symbol(&sim, SYMBOL_CHOICE, 8, 0, 1, 0, 0);
    CHECK(value_get(&sim, first)->mask != value_get(&sim, second)->mask, "two bits of the filter");
    pmap_id fact = pmap_set(&sim, 0, first, second, value_get(&sim, first)->mask);
    pmap_id reg_map = pmap_set(&sim, 0, first, second, value_get(&sim, second)->mask);
    CHECK(pmap_mask(&sim, fact) == value_get(&sim, first)->mask, "a fact on the first");
    CHECK(pmap_mask(&sim, reg_map) == value_get(&sim, second)->mask, "a register with the second");
    arena_finish(&sim.arena);
}

/* ---- splitting --- */

struct bench {
    struct frame_program made;
    struct sim sim;
};

static void slice_everything(struct sim *sim)
{
    const struct program *p = sim->program;
    sim->slice.instrs = arena_new_array(&sim->arena, p->nfunctions, uint8_t *);
    for (func_id f = 0; f < p->nfunctions; f++) {
        sim->slice.instrs[f] = arena_new_array(&sim->arena, p->functions[f].ninstrs + 1, uint8_t);
        memset(sim->slice.instrs[f], NEED_VALUE, p->functions[f].ninstrs);
    }
}

/* `events`: functions at whose calls there is an event. */
static void bench_begin(struct bench *b, bool join, func_id events)
{
    memset(b, 0, sizeof *b);
    frame_program_make(&b->made);
    sim_begin(&b->sim, b->made.program, join);
    b->sim.model = &b->made.model;
    events_init(&b->sim);
    slice_everything(&b->sim);
    if (events != ID_NONE)
        vec_push(&b->sim.arena, &b->sim.by_function[events], (struct binding){0});
    frames_init(&b->sim);
}

static void bench_end(struct bench *b)
{
    arena_finish(&b->sim.arena);
    arena_finish(&b->made.arena);
}

static value_id adapter_at(struct bench *b, uint64_t offset)
{
    return value_addr(&b->sim, once_object(&b->sim, b->made.object), offset);
}

static object_id local_at_depth(struct bench *b, uint32_t depth)
{
    return object_get(&b->sim, OBJECT_LOCAL, depth, b->made.entry, 5, 8);
}

static value_id fresh(struct bench *b, uint32_t number, unsigned width)
{
    return value_symbol(&b->sim, SYMBOL_CHOICE, width, 0, 100 + number, 0, 0);
}

/* A state in DriverEntry, about to call Outer() at depth 1. */
static struct state busy_state(struct bench *b)
{
    struct sim *sim = &b->sim;
    struct state s = {.inexact = 0};
    value_id local = value_addr(sim, local_at_depth(b, 0), 0);
    store_number(sim, &s, at(sim, b->made.inside, 0), 8, 11);
    store_number(sim, &s, at(sim, b->made.outside, 0), 8, 12);
    store_number(sim, &s, adapter_at(b, 0), 8, 13);
    store_number(sim, &s, adapter_at(b, 8), 8, 14);
    store_number(sim, &s, local, 8, 15);
    state_store(sim, &s, at(sim, b->made.adapter, 0), 8, adapter_at(b, 0));
    state_set_reg(sim, &s, 0, 5, local);
    state_set_reg(sim, &s, 1, sim->program->functions[b->made.outer].ninstrs, local);
    return s;
}

static bool has_cell(struct sim *sim, const struct state *s, value_id address)
{
    const struct value *v = value_get(sim, address);
    return pmap_get(sim, s->store,
                    (uint64_t)v->a << 32 | (uint64_t)((int64_t)v->imm + CELL_BIAS)) != NULL;
}

static void test_split(void)
{
    struct bench b;
    bench_begin(&b, false, ID_NONE);
    struct sim *sim = &b.sim;
    CHECK(b.made.model.nobjects == 1, "the adapter exists once");
    struct state s = busy_state(&b), inner, rest;
    frame_split(sim, b.made.outer, 1, &s, &inner, &rest);
    CHECK(has_cell(sim, &inner, at(sim, b.made.inside, 0)), "what is read is inside");
    CHECK(has_cell(sim, &inner, adapter_at(&b, 0)), "and the member that is written");
    CHECK(!has_cell(sim, &inner, adapter_at(&b, 8)), "another member of the object is not");
    CHECK(!has_cell(sim, &inner, at(sim, b.made.outside, 0)), "nor another variable");
    CHECK(has_cell(sim, &inner, value_addr(sim, local_at_depth(&b, 0), 0)),
          "what an argument leads to");
    CHECK(has_cell(sim, &rest, adapter_at(&b, 8)), "the rest has the member");
    CHECK(has_cell(sim, &rest, at(sim, b.made.outside, 0)), "the rest has the variable");
    CHECK(!has_cell(sim, &rest, at(sim, b.made.inside, 0)), "nothing is in both");
    CHECK(reg(sim, &inner, 0, 5) == 0 && reg(sim, &rest, 0, 5), "the callers' registers wait");

    struct state back = inner;
    frame_join(sim, b.made.outer, &back, &rest);
    CHECK(back.store == s.store && back.facts == s.facts, "nothing is lost");
    CHECK(back.regs == pmap_remove_range(sim, s.regs, UINT64_C(1) << 32, (UINT64_C(2) << 32) - 1),
          "the caller's registers come back");

    state_store(sim, &inner, at(sim, b.made.inside, 0), 8, value_const(sim, 64, 99));
    back = inner;
    frame_join(sim, b.made.outer, &back, &rest);
    CHECK(load(sim, &back, at(sim, b.made.inside, 0), 8) == value_const(sim, 64, 99),
          "what the function wrote counts");

    struct state idle_inner, idle_rest;
    frame_split(sim, b.made.idle, 1, &s, &idle_inner, &idle_rest);
    CHECK(has_cell(sim, &idle_inner, at(sim, b.made.inside, 0)), "what Idle() reads");
    CHECK(!has_cell(sim, &idle_inner, adapter_at(&b, 0)) &&
              has_cell(sim, &idle_rest, adapter_at(&b, 0)),
          "each function has its own footprint");
    bench_end(&b);
}

/* Marks, variables that guards read and what the automaton is in. */
static void test_rules_in_frames(void)
{
    struct bench b;
    bench_begin(&b, false, ID_NONE);
    struct sim *sim = &b.sim;
    struct state s = busy_state(&b), inner, rest;
    value_id mark = at(sim, b.made.outside, (uint64_t)GHOST_OFFSET);
    store_number(sim, &s, mark, 1, 1);
    store_number(sim, &s, at(sim, b.made.guard, 0), 1, 2);
    s.prop = 0;
    s.roles = 1;
    frame_split(sim, b.made.idle, 1, &s, &inner, &rest);
    CHECK(has_cell(sim, &inner, mark), "marks go with the state, wherever the object is");
    CHECK(!has_cell(sim, &inner, at(sim, b.made.guard, 0)), "no guard asks for it");
    CHECK(inner.roles == 0 && rest.roles == 1, "no guard asks for the role");
    frame_join(sim, b.made.idle, &inner, &rest);
    CHECK(inner.roles == 1, "the role comes back");
    bench_end(&b);

    bench_begin(&b, false, b.made.event);
    vec_push(&sim->arena, &sim->guards, b.made.guard);
    sim->guards_ask_role = true;
    s = busy_state(&b);
    store_number(sim, &s, at(sim, b.made.guard, 0), 1, 2);
    s.roles = 1;
    frame_split(sim, b.made.idle, 1, &s, &inner, &rest);
    CHECK(has_cell(sim, &inner, at(sim, b.made.guard, 0)), "guards ask for the variable");
    CHECK(inner.roles == 1, "guards ask for the role");
    bench_end(&b);
}

/* Who cannot see events does not see the automaton; whose callees can does. */
static void test_eventful(void)
{
    struct bench b;
    struct frame_program ids;
    frame_program_make(&ids);
    bench_begin(&b, false, ids.event);
    CHECK(b.sim.eventful[b.made.touch] && b.sim.eventful[b.made.outer], "callers of the event");
    CHECK(!b.sim.eventful[b.made.idle], "no event");
    uint32_t words[4] = {1};
    CHECK(b.sim.prop_words == 0, "no parts"); /* a second automaton state, by hand */
    uint32_t *copy = arena_new_array(&b.sim.arena, 4, uint32_t);
    memcpy(copy, words, sizeof words);
    vec_push(&b.sim.arena, &b.sim.props, copy);
    struct state s = busy_state(&b), inner, rest;
    s.prop = (uint32_t)b.sim.props.len - 1;
    frame_split(&b.sim, b.made.idle, 1, &s, &inner, &rest);
    CHECK(inner.prop == 0 && rest.prop == s.prop, "it waits in the rest");
    frame_join(&b.sim, b.made.idle, &inner, &rest);
    CHECK(inner.prop == s.prop, "and comes back");
    frame_split(&b.sim, b.made.outer, 1, &s, &inner, &rest);
    CHECK(inner.prop == s.prop, "an event may move it");
    inner.prop = 0;
    frame_join(&b.sim, b.made.outer, &inner, &rest);
    CHECK(inner.prop == 0, "and what the function made of it counts");
    bench_end(&b);

    bench_begin(&b, false, ids.event);
    struct state t = busy_state(&b);
    store_number(&b.sim, &t, at(&b.sim, b.made.watched, 0), 8, 5);
    frame_split(&b.sim, b.made.locks, 1, &t, &inner, &rest);
    CHECK(!has_cell(&b.sim, &inner, at(&b.sim, b.made.watched, 0)), "no event looks there");
    bench_end(&b);

    bench_begin(&b, false, ids.lock);
    t = busy_state(&b);
    store_number(&b.sim, &t, at(&b.sim, b.made.watched, 0), 8, 5);
    frame_split(&b.sim, b.made.locks, 1, &t, &inner, &rest);
    CHECK(has_cell(&b.sim, &inner, at(&b.sim, b.made.watched, 0)),
          "an event looks at what its arguments point at");
    bench_end(&b);
    arena_finish(&ids.arena);
}

/* ---- what both parts mention --- */

static void test_shared(void)
{
    struct bench b;
    bench_begin(&b, false, ID_NONE);
    struct sim *sim = &b.sim;
    struct state s = busy_state(&b), inner, rest;
    value_id x = fresh(&b, 0, 64), y = fresh(&b, 1, 64), z = fresh(&b, 2, 64);
    state_store(sim, &s, at(sim, b.made.inside, 0), 8, x);
    state_store(sim, &s, at(sim, b.made.outside, 0), 8, y);
    state_store(sim, &s, adapter_at(&b, 8), 8, x);
    state_store(sim, &s, adapter_at(&b, 0), 8, z);
    value_id less = value_compare(sim, CMP_ULT, x, y);
    struct range r = range_full(64);
    r.hi = 7;
    CHECK(state_assume(sim, &s, less, true) && state_narrow(sim, &s, z, &r), "possible");
    pmap_id kept = frame_split(sim, b.made.outer, 1, &s, &inner, &rest);
    CHECK(pmap_get(sim, kept, x) && !pmap_get(sim, kept, z), "both parts mention x, and only x");
    CHECK(state_truth(sim, &inner, less) != TRUE_, "y is not known inside");
    CHECK(state_truth(sim, &rest, less) == TRUE_, "a fact on both parts is in the rest");
    CHECK(!may_be(sim, &inner, z, 8), "a fact on the frame is inside");
    state_store(sim, &inner, at(sim, b.made.inside, 0), 8, value_const(sim, 64, 1));
    struct range small = range_full(64);
    small.hi = 3;
    CHECK(state_narrow(sim, &inner, x, &small), "the function learns of x");
    state_collect(sim, &inner);
    CHECK(!may_be(sim, &inner, x, 4), "and does not forget it, as the caller still has x");
    CHECK(!pmap_get(sim, inner.facts, y), "what is not there is not known");
    frame_join(sim, b.made.outer, &inner, &rest);
    CHECK(state_truth(sim, &inner, less) == TRUE_, "facts on both parts come back");
    CHECK(load(sim, &inner, adapter_at(&b, 8), 8) == x && !may_be(sim, &inner, x, 4),
          "what was learned is known of the caller's x");
    bench_end(&b);
}

/* Memory from the heap that both parts lead to: the function may drop its pointer, not the object.
 */
static void test_shared_objects(void)
{
    for (int join = 0; join < 2; join++) {
        struct bench b;
        bench_begin(&b, join, ID_NONE);
        struct sim *sim = &b.sim;
        struct state s = busy_state(&b), inner, rest;
        object_id shared = object_get(sim, OBJECT_HEAP, 0, 1, 0, 0);
        object_id own = object_get(sim, OBJECT_HEAP, 0, 1, 1, 0);
        value_id shared_at = value_addr(sim, shared, 0), own_at = value_addr(sim, own, 0);
        state_store(sim, &s, at(sim, b.made.inside, 0), 8, shared_at);
        state_store(sim, &s, at(sim, b.made.outside, 0), 8, shared_at);
        state_store(sim, &s, adapter_at(&b, 0), 8, own_at);
        store_number(sim, &s, shared_at, 4, 1);
        store_number(sim, &s, own_at, 4, 2);
        frame_split(sim, b.made.outer, 1, &s, &inner, &rest);
        CHECK(has_cell(sim, &inner, shared_at) && has_cell(sim, &inner, own_at),
              "both lead inside");
        store_number(sim, &inner, shared_at, 4, 3);
        store_number(sim, &inner, at(sim, b.made.inside, 0), 8, 0);
        store_number(sim, &inner, adapter_at(&b, 0), 8, 0);
        state_collect(sim, &inner);
        CHECK(has_cell(sim, &inner, shared_at), "the caller can still reach it");
        CHECK(!has_cell(sim, &inner, own_at), "nobody can reach this one");
        frame_join(sim, b.made.outer, &inner, &rest);
        CHECK(load(sim, &inner, load(sim, &inner, at(sim, b.made.outside, 0), 8), 4) ==
                  value_const(sim, 32, 3),
              "what the function wrote is there");
        bench_end(&b);
    }
}

/* Random states: nothing is lost or invented by a split and a join. */
static void test_round_trip(void)
{
    struct bench b;
    bench_begin(&b, false, ID_NONE);
    struct sim *sim = &b.sim;
    const func_id functions[] = {b.made.outer, b.made.touch, b.made.idle, b.made.locks};
    for (int round = 0; round < 2000; round++) {
        struct state s = {0}, inner, rest;
        const value_id places[] = {at(sim, b.made.inside, 0),  at(sim, b.made.outside, 0),
                                   at(sim, b.made.watched, 0), adapter_at(&b, 0),
                                   adapter_at(&b, 8),          at(sim, b.made.adapter, 0)};
        for (unsigned i = 0; i < 6; i++) {
            object_id heap = object_get(sim, OBJECT_HEAP, 0, 2, (uint32_t)rnd(3), 0);
            value_id v = rnd(2) ? fresh(&b, (uint32_t)rnd(4), 64) : value_addr(sim, heap, 0);
            value_id to = rnd(3) ? places[rnd(6)] : value_addr(sim, heap, 8 * rnd(2));
            if (rnd(6) == 0)
                state_fill(sim, &s, to, value_const(sim, 8, rnd(2)), value_const(sim, 64, 8));
            else
                state_store(sim, &s, to, 8, v);
        }
        for (unsigned i = 0; i < 3; i++)
            state_assume(sim, &s,
                         value_compare(sim, rnd(2) ? CMP_ULT : CMP_EQ,
                                       fresh(&b, (uint32_t)rnd(4), 64),
                                       rnd(2) ? fresh(&b, (uint32_t)rnd(4), 64)
                                              : value_const(sim, 64, rnd(5))),
                         rnd(2));
        state_set_reg(sim, &s, 0, 7, fresh(&b, (uint32_t)rnd(4), 64));
        state_collect(sim, &s);
        func_id f = functions[rnd(ARRAY_LEN(functions))];
        frame_split(sim, f, 1, &s, &inner, &rest);
        frame_join(sim, f, &inner, &rest);
        CHECK(state_same(&inner, &s), "split and joined");
        if (check_failures > 5)
            break;
    }
    bench_end(&b);
}

/* ---- summaries --- */

static const struct summary *summary_of(struct bench *b, const struct state *entry,
                                        const struct state *exit, value_id result, size_t renamed)
{
    struct summary made = {0};
    vec_push(&b->sim.arena, &made.exits, (struct exit_state){.state = *exit, .result = result});
    return summary_add(&b->sim, b->made.outer, entry, 1, 0, &made, renamed);
}

static void test_clashes(void)
{
    struct bench b;
    bench_begin(&b, false, ID_NONE);
    struct sim *sim = &b.sim;
    value_id old = fresh(&b, 0, 64), new_one = fresh(&b, 1, 64), other = fresh(&b, 2, 64);
    object_id heap = object_get(sim, OBJECT_HEAP, 0, 3, 0, 0);
    struct state entry = {0}, out = {0}, rest = {0};
    value_id inside = at(sim, b.made.inside, 0), outside = at(sim, b.made.outside, 0);
    state_store(sim, &entry, inside, 8, old);
    out = entry;
    state_store(sim, &out, inside, 8, new_one);
    const struct summary *s = summary_of(&b, &entry, &out, value_addr(sim, heap, 0), 0);
    CHECK(summary_find(sim, b.made.outer, &entry, 1, 0) == s, "the summary of that frame");
    CHECK(summary_find(sim, b.made.outer, &out, 1, 0) == NULL, "another frame has none");
    pmap_id kept = pmap_set(sim, 0, 1, 1, 0);
    CHECK(summary_find(sim, b.made.outer, &entry, 1, kept) == NULL, "nor who shares more with it");
    CHECK(summary_find(sim, b.made.idle, &entry, 1, 0) == NULL, "nor has another function");

    state_store(sim, &rest, outside, 8, other);
    CHECK(!summary_clashes(sim, s, &rest), "names that the function does not give");
    state_store(sim, &rest, outside, 8, old);
    CHECK(!summary_clashes(sim, s, &rest), "a name that it was given");
    struct state in_cell = rest, in_expression = rest, in_fact = rest, in_register = rest;
    state_store(sim, &in_cell, outside, 8, new_one);
    CHECK(summary_clashes(sim, s, &in_cell), "a name that it gives, in a cell");
    state_store(sim, &in_expression, outside, 8,
                value_binary(sim, BIN_ADD, 64, new_one, value_const(sim, 64, 1)));
    CHECK(summary_clashes(sim, s, &in_expression), "in an expression");
    state_assume(sim, &in_fact, value_compare(sim, CMP_ULT, old, new_one), true);
    CHECK(summary_clashes(sim, s, &in_fact), "in a fact");
    state_set_reg(sim, &in_register, 0, 3, new_one);
    CHECK(summary_clashes(sim, s, &in_register), "in a register");
    struct state leads = rest;
    state_store(sim, &leads, outside, 8, value_addr(sim, heap, 8));
    CHECK(summary_clashes(sim, s, &leads), "a new object that the caller has already");

    /* joins inside gave a symbol another meaning, though no exit has it */
    size_t before = sim->renamed.len;
    vec_push(&sim->arena, &sim->renamed, other);
    struct state second = entry;
    state_store(sim, &second, inside, 8, value_const(sim, 64, 1));
    const struct summary *joined = summary_of(&b, &second, &second, 0, before);
    state_store(sim, &rest, outside, 8, other);
    CHECK(summary_clashes(sim, joined, &rest), "a name that joins gave");
    CHECK(!summary_clashes(sim, s, &rest), "which another summary has nothing to do with");
    bench_end(&b);
}

int main(void)
{
    test_maps();
    test_masks();
    test_split();
    test_rules_in_frames();
    test_eventful();
    test_shared();
    test_shared_objects();
    test_round_trip();
    test_clashes();
    return check_status();
}
