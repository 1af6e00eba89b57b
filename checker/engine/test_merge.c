/* Joins of whole states: what both states can be the joined one can be, loops end, and what is to
 * be kept apart is. */
#include "engine/internal.h"
#include "engine/test_sim.h"
#include "test/check.h"

/* Two variables whose first contents are not known, and one that is zero. */
enum { VARIABLE, OTHER, ZERO, NGLOBALS };
static struct global globals[NGLOBALS] = {{.name = "variable", .size = 16},
                                          {.name = "other", .size = 16},
                                          {.name = "zero", .defined = true, .size = 16}};

static const struct program program = {
    .globals = globals, .nglobals = NGLOBALS, .pointer_bits = 64};

static void begin(struct sim *sim)
{
    sim_begin(sim, &program, true);
    events_init(sim);
}

/* ---- what differs --- */

static void test_differences(void)
{
    struct sim sim;
    begin(&sim);
    struct state a = {0}, b = {0};
    store_number(&sim, &a, at(&sim, VARIABLE, 0), 4, 1);
    store_number(&sim, &b, at(&sim, VARIABLE, 0), 4, 4);
    store_number(&sim, &a, at(&sim, VARIABLE, 4), 4, 7);
    store_number(&sim, &b, at(&sim, VARIABLE, 4), 4, 7);
    state_set_reg(&sim, &a, 0, 0, value_const(&sim, 8, 2));
    state_set_reg(&sim, &b, 0, 0, value_const(&sim, 8, 3));
    state_set_reg(&sim, &a, 0, 1, value_const(&sim, 8, 9));
    state_set_reg(&sim, &b, 0, 1, value_const(&sim, 8, 9));
    state_set_reg(&sim, &a, 0, 2, value_const(&sim, 8, 9));
    struct state joined = a;
    state_merge(&sim, &joined, &b, false);
    value_id cell = load(&sim, &joined, at(&sim, VARIABLE, 0), 4), r = reg(&sim, &joined, 0, 0);
    CHECK(value_get(&sim, cell)->kind == VALUE_SYMBOL, "a cell that differs is a symbol");
    CHECK(may_be(&sim, &joined, cell, 1) && may_be(&sim, &joined, cell, 4), "both values");
    CHECK(!may_be(&sim, &joined, cell, 2) && !may_be(&sim, &joined, cell, 0), "and no other");
    CHECK(value_get(&sim, r)->kind == VALUE_SYMBOL, "a register that differs is a symbol");
    CHECK(may_be(&sim, &joined, r, 2) && may_be(&sim, &joined, r, 3) &&
              !may_be(&sim, &joined, r, 4),
          "both values of a register");
    CHECK(load(&sim, &joined, at(&sim, VARIABLE, 4), 4) == value_const(&sim, 32, 7), "equal cells");
    CHECK(reg(&sim, &joined, 0, 1) == value_const(&sim, 8, 9), "equal registers");
    CHECK(reg(&sim, &joined, 0, 2) == 0, "what only one state knows is not known");
    struct state again = joined;
    state_merge(&sim, &again, &a, false);
    state_merge(&sim, &again, &b, false);
    CHECK(state_same(&again, &joined), "what is in the join already changes nothing");
    arena_finish(&sim.arena);
}

/* A cell that only one of the states has is compared with what the other one finds there. */
static void test_initial_contents(void)
{
    struct sim sim;
    begin(&sim);
    struct state a = {0}, b = {0};
    store_number(&sim, &a, at(&sim, ZERO, 0), 4, 5);
    store_number(&sim, &a, at(&sim, VARIABLE, 0), 4, 5);
    struct state joined = b;
    state_merge(&sim, &joined, &a, false);
    value_id v = load(&sim, &joined, at(&sim, ZERO, 0), 4);
    CHECK(may_be(&sim, &joined, v, 0) && may_be(&sim, &joined, v, 5) &&
              !may_be(&sim, &joined, v, 1),
          "zero at first");
    v = load(&sim, &joined, at(&sim, VARIABLE, 0), 4);
    CHECK(may_be(&sim, &joined, v, 77), "first contents are not known");
    CHECK(v != load(&sim, &b, at(&sim, VARIABLE, 0), 4), "it need not be the first contents");
    arena_finish(&sim.arena);
}

/* ---- copies of what has a new meaning --- */

static void test_copies(void)
{
    struct sim sim;
    begin(&sim);
    value_id here = at(&sim, VARIABLE, 0), copy = at(&sim, OTHER, 0);
    struct state s = {0}, t = {0};
    store_number(&sim, &s, here, 1, 1);
    store_number(&sim, &t, here, 1, 4);
    state_merge(&sim, &s, &t, false);
    value_id old = load(&sim, &s, here, 1);
    state_store(&sim, &s, copy, 1, old);
    state_set_reg(&sim, &s, 0, 0, old);
    state_set_reg(&sim, &s, 0, 1, value_binary(&sim, BIN_ADD, 8, old, value_const(&sim, 8, 1)));
    state_set_reg(&sim, &s, 0, 2, value_compare(&sim, CMP_EQ, old, value_const(&sim, 8, 1)));
    struct state u = s;
    store_number(&sim, &u, here, 1, 9);
    state_merge(&sim, &s, &u, false);
    value_id now = load(&sim, &s, here, 1), was = load(&sim, &s, copy, 1);
    CHECK(may_be(&sim, &s, now, 9) && may_be(&sim, &s, now, 1), "the joined cell");
    CHECK(now != was, "the copy has not changed with it");
    CHECK(!may_be(&sim, &s, was, 9) && may_be(&sim, &s, was, 4), "the copy is what it was");
    CHECK(reg(&sim, &s, 0, 0) != now && !may_be(&sim, &s, reg(&sim, &s, 0, 0), 9), "in a register");
    CHECK(!value_mentions(&sim, reg(&sim, &s, 0, 1), now), "inside an expression");
    CHECK(may_be(&sim, &s, reg(&sim, &s, 0, 1), 5) && !may_be(&sim, &s, reg(&sim, &s, 0, 1), 10),
          "the expression is what it was");
    CHECK(!value_mentions(&sim, reg(&sim, &s, 0, 2), now), "inside a comparison");
    arena_finish(&sim.arena);
}

/* What was known of the symbol's old meaning together with something else is not true of the new
 * one. */
static void test_stale_facts(void)
{
    struct sim sim;
    begin(&sim);
    value_id here = at(&sim, VARIABLE, 0), other = at(&sim, OTHER, 0);
    value_id limit = value_symbol(&sim, SYMBOL_CHOICE, 8, 0, 1, 0, 0);
    struct state s = {0}, t = {0};
    store_number(&sim, &s, here, 1, 1);
    store_number(&sim, &t, here, 1, 4);
    state_store(&sim, &s, other, 1, limit);
    state_store(&sim, &t, other, 1, limit);
    state_merge(&sim, &s, &t, false);
    value_id less = value_compare(&sim, CMP_ULT, load(&sim, &s, here, 1), limit);
    CHECK(state_assume(&sim, &s, less, true), "possible");
    struct state u = s;
    store_number(&sim, &u, here, 1, 200);
    state_merge(&sim, &s, &u, false);
    CHECK(value_compare(&sim, CMP_ULT, load(&sim, &s, here, 1), limit) == less, "the same name");
    CHECK(state_truth(&sim, &s, less) == MAYBE_, "a fact on the old meaning is gone");
    CHECK(!may_be(&sim, &s, limit, 0), "a fact on something else stays");
    arena_finish(&sim.arena);
}

/* A symbol that says where a cell is. */
static void test_symbolic_place(void)
{
    struct sim sim;
    begin(&sim);
    value_id here = at(&sim, VARIABLE, 0);
    struct state s = {0}, t = {0};
    store_number(&sim, &s, here, 8, 16);
    store_number(&sim, &t, here, 8, 4096);
    state_merge(&sim, &s, &t, false);
    value_id index = load(&sim, &s, here, 8);
    struct state unknown =
        s; /* an index of which too little is known to take its values one by one */
    state_havoc(&sim, &unknown, here, 0);
    state_merge(&sim, &s, &unknown, false);
    CHECK(load(&sim, &s, here, 8) == index, "the name of a joined cell is that of its place");
    value_id place = value_binary(&sim, BIN_ADD, 64, at(&sim, OTHER, 0),
                                  value_binary(&sim, BIN_MUL, 64, index, value_const(&sim, 64, 8)));
    CHECK(state_store(&sim, &s, place, 8, value_const(&sim, 64, 3)) == ACCESS_OK, "store");
    CHECK(load(&sim, &s, place, 8) == value_const(&sim, 64, 3), "load");
    struct state u = s;
    store_number(&sim, &u, here, 8, 24);
    state_merge(&sim, &s, &u, false);
    CHECK(load(&sim, &s, here, 8) == index, "the index has a new meaning");
    CHECK(load(&sim, &s, place, 8) != value_const(&sim, 64, 3), "the cell is not at the new index");
    arena_finish(&sim.arena);
}

/* ---- fills --- */

static void test_fills(void)
{
    struct sim sim;
    begin(&sim);
    value_id start = at(&sim, VARIABLE, 0), behind = at(&sim, VARIABLE, 8);
    value_id four = value_const(&sim, 64, 4), zero = value_const(&sim, 8, 0);
    struct state a = {0}, b = {0};
    state_havoc(&sim, &a, start, 0); /* below: unknown in one, the first contents in the other */
    value_id in_a = load(&sim, &a, behind, 4), in_b = load(&sim, &b, behind, 4);
    CHECK(in_a != in_b, "they differ below");
    CHECK(state_fill(&sim, &a, start, zero, four) == ACCESS_OK, "fill");
    CHECK(state_fill(&sim, &b, start, zero, four) == ACCESS_OK, "fill");
    struct state joined = a;
    state_merge(&sim, &joined, &b, false);
    CHECK(load(&sim, &joined, start, 4) == value_const(&sim, 32, 0), "what both have on top stays");
    value_id below = load(&sim, &joined, behind, 4);
    CHECK(below != in_a && below != in_b, "what is below is neither of the two");
    CHECK(may_be(&sim, &joined, below, 12345), "and unknown");

    struct state equal = a, same = a;
    store_number(&sim, &same, behind, 4, 1);
    state_merge(&sim, &equal, &same, false);
    CHECK(load(&sim, &equal, start, 4) == value_const(&sim, 32, 0), "equal fills stay");

    struct state tops = b, none = {0};
    state_merge(&sim, &tops, &none, false);
    value_id top = load(&sim, &tops, start, 4);
    CHECK(top != value_const(&sim, 32, 0) && may_be(&sim, &tops, top, 8), "filled in one only");
    CHECK(may_be(&sim, &tops, top, 0), "it may be what was filled in");
    arena_finish(&sim.arena);
}

/* Cells of different sizes at one place: nothing is known of the object. */
static void test_sizes(void)
{
    struct sim sim;
    begin(&sim);
    struct state a = {0}, b = {0};
    store_number(&sim, &a, at(&sim, VARIABLE, 0), 1, 1);
    store_number(&sim, &b, at(&sim, VARIABLE, 0), 2, 0x101);
    store_number(&sim, &a, at(&sim, VARIABLE, 8), 1, 3);
    store_number(&sim, &b, at(&sim, VARIABLE, 8), 1, 3);
    store_number(&sim, &a, at(&sim, OTHER, 0), 1, 3);
    store_number(&sim, &b, at(&sim, OTHER, 0), 1, 3);
    state_merge(&sim, &a, &b, false);
    value_id second = load(&sim, &a, at(&sim, VARIABLE, 1), 1);
    CHECK(may_be(&sim, &a, second, 1) && may_be(&sim, &a, second, 99), "its bytes are not known");
    CHECK(load(&sim, &a, at(&sim, OTHER, 0), 1) == value_const(&sim, 8, 3), "other objects are");
    arena_finish(&sim.arena);
}

/* ---- loops --- */

/* Merges the state behind `step` again and again; how often until nothing changes. */
static unsigned rounds_to_end(struct sim *sim, struct state *state,
                              void (*step)(struct sim *, struct state *), unsigned most)
{
    for (unsigned round = 1; round <= most; round++) {
        struct state next = *state, joined = *state;
        step(sim, &next);
        state_collect(sim, &next);
        state_merge(sim, &joined, &next, round > 3);
        if (state_same(&joined, state))
            return round;
        *state = joined;
    }
    return most + 1;
}

static void add_to(struct sim *sim, struct state *s, value_id place, uint64_t number)
{
    value_id v = load(sim, s, place, 4);
    state_store(sim, s, place, 4, value_binary(sim, BIN_ADD, 32, v, value_const(sim, 32, number)));
}

static void count_up(struct sim *sim, struct state *s)
{
    add_to(sim, s, at(sim, VARIABLE, 0), 1);
}

static void count_down(struct sim *sim, struct state *s)
{
    add_to(sim, s, at(sim, VARIABLE, 0), UINT32_MAX);
}

static void count_in_register(struct sim *sim, struct state *s)
{
    state_set_reg(sim, s, 0, 0,
                  value_binary(sim, BIN_ADD, 32, reg(sim, s, 0, 0), value_const(sim, 32, 4)));
}

/* The last three numbers, each copied from the one before. */
static void shift(struct sim *sim, struct state *s)
{
    state_store(sim, s, at(sim, VARIABLE, 8), 4, load(sim, s, at(sim, VARIABLE, 4), 4));
    state_store(sim, s, at(sim, VARIABLE, 4), 4, load(sim, s, at(sim, VARIABLE, 0), 4));
    count_up(sim, s);
}

/* A counter that is compared with a limit: facts on more than one symbol. */
static void count_to_limit(struct sim *sim, struct state *s)
{
    value_id v = load(sim, s, at(sim, VARIABLE, 0), 4), limit = load(sim, s, at(sim, OTHER, 0), 4);
    CHECK(state_assume(sim, s, value_compare(sim, CMP_ULT, v, limit), true), "below the limit");
    count_up(sim, s);
}

static void test_loops(void)
{
    static const struct {
        const char *why;
        void (*step)(struct sim *, struct state *);
    } loops[] = {{"up", count_up},
                 {"down", count_down},
                 {"in a register", count_in_register},
                 {"shifted", shift},
                 {"to a limit", count_to_limit}};
    for (size_t i = 0; i < ARRAY_LEN(loops); i++) {
        struct sim sim;
        begin(&sim);
        struct state s = {0};
        for (uint64_t offset = 0; offset < 12; offset += 4)
            store_number(&sim, &s, at(&sim, VARIABLE, offset), 4, 5);
        state_set_reg(&sim, &s, 0, 0, value_const(&sim, 32, 5));
        unsigned rounds = rounds_to_end(&sim, &s, loops[i].step, 20);
        CHECK(rounds <= 20, loops[i].why);
        value_id v = loops[i].step == count_in_register ? reg(&sim, &s, 0, 0)
                                                        : load(&sim, &s, at(&sim, VARIABLE, 0), 4);
        uint64_t far = loops[i].step == count_down ? 2 : 1001;
        CHECK(may_be(&sim, &s, v, 5) && may_be(&sim, &s, v, far), loops[i].why);
        arena_finish(&sim.arena);
    }
}

/* ---- ranges --- */

static uint64_t seed = 1;

static uint64_t rnd(uint64_t below)
{
    return random_below(&seed, below);
}

static struct range random_range(unsigned width)
{
    for (;;) {
        struct range r = range_full(width);
        uint64_t a = hash_u64(rnd(UINT64_MAX)) & width_mask(width);
        uint64_t b = hash_u64(rnd(UINT64_MAX)) & width_mask(width);
        r.lo = a < b ? a : b;
        r.hi = a < b ? b : a;
        r.ones = rnd(3) ? 0 : r.lo & r.hi & rnd(16);
        r.kind = (uint8_t)rnd(3);
        for (uint64_t v = r.lo; r.kind && v <= r.hi && r.nset < 5 && v - r.lo < 40; v++)
            if (rnd(3) == 0)
                r.set[r.nset++] = v;
        if (r.nset == 0)
            r.kind = 0;
        if (range_normalize(&r))
            return r;
    }
}

static void test_widening(void)
{
    for (int round = 0; round < 20000; round++) {
        struct range a = random_range(4), b = random_range(4), joined = range_join(&a, &b);
        struct range wide = range_widen(&a, &joined);
        for (uint64_t v = 0; v < 16; v++)
            if (range_contains(&joined, v) && !range_contains(&wide, v)) {
                CHECK(false, "widening loses a value");
                return;
            }
        CHECK(joined.lo >= a.lo || wide.lo == 0, "a lower bound that falls is given up");
        CHECK(joined.hi <= a.hi || wide.hi == 15, "an upper bound that grows is given up");
        if (check_failures > 5)
            return;
    }
    for (int round = 0; round < 300; round++) { /* any sequence of 64-bit ranges comes to an end */
        struct range r = random_range(64);
        unsigned changes = 0;
        for (int step = 0; step < 2000; step++) {
            struct range next = rnd(2) ? random_range(64) : range_single(64, rnd(1000));
            struct range joined = range_join(&r, &next), wide = range_widen(&r, &joined);
            changes += memcmp(&wide, &r, sizeof r) != 0;
            r = wide;
        }
        CHECK(changes < 100, "widened ranges go on changing");
    }
}

/* ---- which states meet --- */

static void test_keys(void)
{
    struct sim sim;
    begin(&sim);
    struct state a = {0}, b = {0};
    store_number(&sim, &b, at(&sim, VARIABLE, 0), 4, 3);
    CHECK(merge_key(&sim, &a) == merge_key(&sim, &b), "states that differ in memory meet");
    b.facts = pmap_set(&sim, b.facts, 1, 1, 0);
    CHECK(merge_key(&sim, &a) == merge_key(&sim, &b), "states that differ in facts meet");
    struct state ghost = a, elsewhere = a, later = a;
    store_number(&sim, &ghost, at(&sim, OTHER, (uint64_t)GHOST_OFFSET), 1, 1);
    store_number(&sim, &elsewhere, at(&sim, OTHER, (uint64_t)(GHOST_OFFSET + 8)), 1, 1);
    store_number(&sim, &later, at(&sim, OTHER, (uint64_t)GHOST_OFFSET), 1, 2);
    CHECK(merge_key(&sim, &a) != merge_key(&sim, &ghost), "a mark keeps states apart");
    CHECK(merge_key(&sim, &elsewhere) != merge_key(&sim, &ghost), "marks are of places");
    CHECK(merge_key(&sim, &later) != merge_key(&sim, &ghost), "marks tell the rule's state");
    struct state role = a, prop = a;
    role.roles = 1;
    prop.prop = 1;
    CHECK(merge_key(&sim, &a) != merge_key(&sim, &role), "roles");
    CHECK(merge_key(&sim, &a) != merge_key(&sim, &prop), "automaton states");
    CHECK(merge_key(&sim, &prop) != merge_key(&sim, &role), "which are not mixed up");

    struct state one = {0}, two = {0}, unknown = {0}, still = {0};
    store_number(&sim, &one, at(&sim, ZERO, 0), 1, 1);
    store_number(&sim, &two, at(&sim, ZERO, 0), 1, 2);
    store_number(&sim, &still, at(&sim, ZERO, 0), 1, 1);
    store_number(&sim, &still, at(&sim, VARIABLE, 0), 4, 1);
    state_store(&sim, &unknown, at(&sim, ZERO, 0), 1,
                value_symbol(&sim, SYMBOL_CHOICE, 8, 0, 0, 0, 0));
    CHECK(merge_key(&sim, &one) == merge_key(&sim, &two), "no guard asks for the variable");
    globals[ZERO].size = 1; /* as small as variables of the OS model that guards read */
    vec_push(&sim.arena, &sim.guards, (uint32_t)ZERO);
    CHECK(merge_key(&sim, &one) != merge_key(&sim, &two), "a guard asks for the variable");
    CHECK(merge_key(&sim, &one) != merge_key(&sim, &a), "it is zero at first");
    CHECK(merge_key(&sim, &one) != merge_key(&sim, &unknown), "a value that is not known");
    CHECK(merge_key(&sim, &one) == merge_key(&sim, &still), "nothing else counts");
    struct state decided = unknown;
    state_assume(&sim, &decided,
                 value_compare(&sim, CMP_EQ, load(&sim, &unknown, at(&sim, ZERO, 0), 1),
                               value_const(&sim, 8, 1)),
                 true);
    CHECK(merge_key(&sim, &one) == merge_key(&sim, &decided), "facts tell the value");
    globals[ZERO].size = 16;
    arena_finish(&sim.arena);
}

/* ---- watched values --- */

static void test_watched_name(void)
{
    struct sim sim;
    begin(&sim);
    value_id here = at(&sim, VARIABLE, 0);
    value_id handle = value_symbol(&sim, SYMBOL_CHOICE, 64, 0, 3, 0, 0);
    struct state s = {0};
    state_store(&sim, &s, here, 8, handle);
    state_set_reg(&sim, &s, 0, 0, handle);
    struct range r = range_full(64);
    r.lo = 1;
    CHECK(state_narrow(&sim, &s, handle, &r), "not NULL");
    value_id name = merge_watch(&sim, &s, handle, 0);
    CHECK(name != handle, "a name of its own");
    CHECK(load(&sim, &s, here, 8) == name && reg(&sim, &s, 0, 0) == name, "what holds it has it");
    CHECK(!may_be(&sim, &s, name, 0), "what is known of it stays");
    CHECK(merge_watch(&sim, &s, at(&sim, OTHER, 0), 1) == at(&sim, OTHER, 0), "addresses stay");
    struct state t = s;
    store_number(&sim, &t, here, 8, 0);
    state_merge(&sim, &s, &t, false);
    CHECK(load(&sim, &s, here, 8) != name && reg(&sim, &s, 0, 0) == name &&
              !may_be(&sim, &s, name, 0),
          "a join leaves the name alone");
    CHECK(!sim.exhausted, "nothing is lost");
    merge_watch(&sim, &s, value_symbol(&sim, SYMBOL_CHOICE, 64, 0, 4, 0, 0), 0);
    CHECK(sim.exhausted && sim.slice.lost, "one name for two objects: the run gives up");
    arena_finish(&sim.arena);
}

int main(void)
{
    test_differences();
    test_initial_contents();
    test_copies();
    test_stale_facts();
    test_symbolic_place();
    test_fills();
    test_sizes();
    test_loops();
    test_widening();
    test_keys();
    test_watched_name();
    return check_status();
}
