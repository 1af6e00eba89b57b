/* Joins of states that know different objects: what exists in one of them only, what memory was
 * filled with, and who has the object that is watched. */
#include "engine/internal.h"
#include "engine/test_sim.h"
#include "test/check.h"

enum { VARIABLE, NGLOBALS };
static struct global globals[NGLOBALS] = {{.name = "variable", .size = 32}};

/* Registers of a function: 0 and 1 are results of calls, 2 counts a loop's rounds, 3 is computed.
 */
static struct instr instrs[] = {{.op = INSTR_CALL, .block = 0},
                                {.op = INSTR_CALL, .block = 0},
                                {.op = INSTR_PHI, .block = 1},
                                {.op = INSTR_BINARY, .block = 1}};
static struct function functions[] = {
    {.name = "Make", .display = "Make"},
    {.name = "Use", .display = "Use"},
    {.name = "Work", .display = "Work", .instrs = instrs, .ninstrs = ARRAY_LEN(instrs)}};
enum { MAKE, USE, WORK, NFUNCTIONS };
static struct flow_block blocks[] = {{.loop_head = false}, {.loop_head = true}};
static const struct flow flows[NFUNCTIONS] = {[WORK] = {.blocks = blocks}};
static struct loc locs[2] = {{0}, {.file = "driver.c", .line = 1}};

static const struct program program = {.globals = globals,
                                       .nglobals = NGLOBALS,
                                       .functions = functions,
                                       .nfunctions = NFUNCTIONS,
                                       .locs = locs,
                                       .nlocs = 2,
                                       .pointer_bits = 64};

static const char rules[] = "rule Once\n"
                            "title \"t\"\n"
                            "sets  A\n"
                            "watch thing\n"
                            "states none, made, used\n"
                            "on return Make = thing\n"
                            "    * -> made\n"
                            "on call Use(thing)\n"
                            "    made -> used\n"
                            "    used -> error \"used again\"\n";

struct bench {
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct rule_pack pack;
    struct sim sim;
};

static void bench_begin(struct bench *b)
{
    memset(b, 0, sizeof *b);
    arena_init(&b->arena, NULL, NULL);
    interner_init(&b->names, &b->arena);
    diag_init(&b->diag, &b->arena);
    for (func_id f = 0; f < NFUNCTIONS; f++)
        functions[f].name = intern(&b->names, functions[f].display);
    CHECK(rule_parse("once.rule", rules, &b->names, &b->pack, &b->diag), "rules");
    sim_begin(&b->sim, &program, true);
    b->sim.flow = flows;
    for (uint32_t call = 0; call < 2; call++)
        vec_push(&b->sim.arena, &b->sim.contexts,
                 (struct context){.caller = WORK, .instr = call, .func = MAKE, .depth = 1});
    vec_push(&b->sim.arena, &b->sim.parts, &b->pack.rules.items[0]);
    events_init(&b->sim);
}

static void bench_end(struct bench *b)
{
    arena_finish(&b->sim.arena);
    arena_finish(&b->arena);
}

/* An object that the call at instruction `instr` of Work made. */
static object_id make_object(struct bench *b, struct state *state, uint32_t instr)
{
    struct sim *sim = &b->sim;
    sim->at_context = 1 + instr;
    sim->at_instr = 0;
    return state_fresh_object(sim, state, false, false);
}

/* ---- objects that one state does not have --- */

/* The life of the object that exists once begins. */
static value_id begin_once(struct bench *b, struct state *state)
{
    object_id object = object_get(&b->sim, OBJECT_ONCE, 0, 0, 0, 0);
    state_begin_contents(&b->sim, state, object);
    return value_addr(&b->sim, object, 0);
}

static void test_absent_object(void)
{
    struct bench b;
    bench_begin(&b);
    struct sim *sim = &b.sim;
    struct state without = {0}, with = {0};
    store_number(sim, &without, at(sim, VARIABLE, 0), 8, 0);
    value_id thing = begin_once(&b, &with);
    value_id member = value_addr(sim, value_root(sim, thing), 8);
    value_id unknown = value_symbol(sim, SYMBOL_CHOICE, 32, 0, 1, 0, 0);
    state_store(sim, &with, at(sim, VARIABLE, 0), 8, thing);
    store_number(sim, &with, thing, 4, 7);
    state_store(sim, &with, member, 4, unknown);
    for (int order = 0; order < 2; order++) {
        struct state joined = order ? with : without;
        state_merge(sim, &joined, order ? &without : &with, false);
        CHECK(load(sim, &joined, thing, 4) == value_const(sim, 32, 7),
              "it is as it is where it exists");
        CHECK(load(sim, &joined, member, 4) == unknown, "all of it");
        value_id pointer = load(sim, &joined, at(sim, VARIABLE, 0), 8);
        CHECK(value_get(sim, pointer)->kind == VALUE_SYMBOL, "the pointer may be NULL");
    }

    /* where both have it, one having written nothing, its contents are not known */
    struct state fresh = {0};
    begin_once(&b, &fresh);
    state_store(sim, &fresh, at(sim, VARIABLE, 0), 8, thing);
    struct state joined = with;
    state_merge(sim, &joined, &fresh, false);
    value_id first = load(sim, &joined, thing, 4);
    CHECK(may_be(sim, &joined, first, 7) && may_be(sim, &joined, first, 8),
          "new memory is not what other memory was");
    bench_end(&b);
}

/* What is known of the contents is kept with them. */
static void test_absent_facts(void)
{
    struct bench b;
    bench_begin(&b);
    struct sim *sim = &b.sim;
    struct state without = {0}, one = {0}, two = {0};
    value_id thing = begin_once(&b, &one);
    begin_once(&b, &two);
    store_number(sim, &one, thing, 4, 1);
    store_number(sim, &two, thing, 4, 2);
    state_merge(sim, &one, &two, false);
    for (int order = 0; order < 2; order++) {
        struct state joined = order ? one : without;
        state_merge(sim, &joined, order ? &without : &one, false);
        value_id v = load(sim, &joined, thing, 4);
        CHECK(may_be(sim, &joined, v, 1) && may_be(sim, &joined, v, 2), "both values");
        CHECK(!may_be(sim, &joined, v, 3), "and no other");
    }
    bench_end(&b);
}

/* ---- fills --- */

static void zero(struct sim *sim, struct state *s, value_id address, uint64_t size)
{
    state_fill(sim, s, address, value_const(sim, 8, 0), value_const(sim, 64, size));
}

static void test_filled_again(void)
{
    struct bench b;
    bench_begin(&b);
    struct sim *sim = &b.sim;
    struct state before = {0};
    value_id start = at(sim, VARIABLE, 0), middle = at(sim, VARIABLE, 16);
    zero(sim, &before, start, 32);
    struct state filled = before;
    sim->at_instr = 1;
    state_havoc(sim, &filled, middle, 8);
    for (int order = 0; order < 2; order++) {
        struct state joined = order ? filled : before;
        state_merge(sim, &joined, order ? &before : &filled, false);
        struct state again = joined;
        state_merge(sim, &again, &filled, false);
        CHECK(state_same(&again, &joined), "once is enough");
        value_id hit = load(sim, &joined, middle, 4);
        CHECK(may_be(sim, &joined, hit, 0) && may_be(sim, &joined, hit, 1),
              "unknown in one of them");
        CHECK(load(sim, &joined, start, 4) == value_const(sim, 32, 0), "zero below");
        CHECK(load(sim, &joined, at(sim, VARIABLE, 24), 4) == value_const(sim, 32, 0), "and above");
    }
    bench_end(&b);
}

/* ---- who has the watched object --- */

static struct state_list fire(struct bench *b, enum event_kind kind, func_id function,
                              uint32_t instr, value_id thing, const struct state *state)
{
    struct state_list ret = {0};
    struct call_site site = {.func = WORK,
                             .instr = instr,
                             .name = functions[function].name,
                             .args = &thing,
                             .nargs = 1,
                             .result = thing,
                             .loc = 1};
    events_fire(&b->sim, &b->sim.by_function[function], kind, &site, state, &ret);
    return ret;
}

/* Watches the object that Make has just made; *ret_thing: its address. */
static struct state watch_new(struct bench *b, const struct state *state, value_id *ret_thing)
{
    struct state s = *state;
    *ret_thing = value_addr(&b->sim, make_object(b, &s, 0), 0);
    struct state_list l = fire(b, EVENT_RETURN, MAKE, 0, *ret_thing, &s);
    CHECK(l.len == 2, "to watch or to let pass");
    return l.items[0];
}

static void test_holders(void)
{
    struct bench b;
    bench_begin(&b);
    struct sim *sim = &b.sim;
    struct state start = {0};
    value_id thing;
    struct state watched = watch_new(&b, &start, &thing), held = watched, elsewhere = watched;
    struct state member = watched, in_register = watched, number = watched;
    state_store(sim, &held, at(sim, VARIABLE, 0), 8, thing);
    state_store(sim, &elsewhere, at(sim, VARIABLE, 8), 8, thing);
    state_store(sim, &member, at(sim, VARIABLE, 0), 8, value_addr(sim, value_root(sim, thing), 8));
    state_set_reg(sim, &in_register, 0, 3, thing);
    store_number(sim, &number, at(sim, VARIABLE, 0), 8, 1);
    const struct state *apart[] = {&watched, &held, &elsewhere, &member, &in_register};
    for (size_t i = 0; i < ARRAY_LEN(apart); i++)
        for (size_t k = 0; k < i; k++)
            CHECK(merge_key(sim, apart[i]) != merge_key(sim, apart[k]),
                  "who has it keeps states apart");
    CHECK(merge_key(sim, &watched) == merge_key(sim, &number), "other values do not");
    bench_end(&b);
}

/* Marks of what was let pass count where a rule may ask whether an unknown value is one of these. */
static void test_let_pass(void)
{
    struct bench b;
    bench_begin(&b);
    struct sim *sim = &b.sim;
    struct state none = {0}, one = {0};
    value_id thing = value_addr(sim, make_object(&b, &one, 0), 0);
    state_store(sim, &one, at(sim, VARIABLE, 0), 8, thing);
    struct state passed = fire(&b, EVENT_RETURN, MAKE, 0, thing, &one).items[1];
    CHECK(passed.store != one.store, "it has a mark");
    CHECK(merge_key(sim, &passed) == merge_key(sim, &none), "which no rule asks about");
    sim->asks_of_unwatched = true;
    sim->ghost_memo = (struct map){0};
    CHECK(merge_key(sim, &passed) != merge_key(sim, &none), "or does");
    bench_end(&b);
}

static bool is_asked_about(struct bench *b, value_id value, const struct state *state)
{
    struct state_list l = fire(b, EVENT_CALL, USE, 1, value, state);
    return l.len != 1 || l.items[0].prop != state->prop;
}

static void test_another_value(void)
{
    struct bench b;
    bench_begin(&b);
    struct sim *sim = &b.sim;
    struct state start = {0};
    value_id thing, unknown = value_symbol(sim, SYMBOL_CHOICE, 64, 0, 1, 0, 0);
    struct state a = watch_new(&b, &start, &thing), other = a, c = a;
    store_number(sim, &a, at(sim, VARIABLE, 0), 8, 0);
    state_store(sim, &other, at(sim, VARIABLE, 0), 8,
                value_addr(sim, make_object(&b, &other, 1), 0));
    store_number(sim, &c, at(sim, VARIABLE, 0), 8, 0);
    state_store(sim, &c, at(sim, VARIABLE, 8), 8, unknown);
    store_number(sim, &a, at(sim, VARIABLE, 8), 8, 0);
    store_number(sim, &other, at(sim, VARIABLE, 8), 8, 0);
    state_merge(sim, &a, &other, false);
    value_id either = load(sim, &a, at(sim, VARIABLE, 0), 8);
    CHECK(value_get(sim, either)->kind == VALUE_SYMBOL, "NULL or the other one");
    CHECK(!is_asked_about(&b, either, &a), "is not the one that is watched");
    CHECK(is_asked_about(&b, thing, &a), "which is itself");
    state_merge(sim, &a, &c, false);
    value_id joined = load(sim, &a, at(sim, VARIABLE, 8), 8);
    CHECK(is_asked_about(&b, joined, &a), "what is unknown may be it");

    /* who begins to watch what was there before cannot know who has it */
    struct state late = {0};
    value_id old = value_addr(sim, make_object(&b, &late, 0), 0);
    CHECK(!is_asked_about(&b, either, &a), "still another one");
    fire(&b, EVENT_RETURN, MAKE, 1, old, &late);
    CHECK(is_asked_about(&b, either, &a), "now nobody knows");
    bench_end(&b);
}

/* ---- what a function has decided --- */

static void test_decided(void)
{
    struct bench b;
    bench_begin(&b);
    struct sim *sim = &b.sim;
    for (int alike = 0; alike < 2; alike++) {
        sim->policy.join_alike = alike;
        for (uint32_t r = 0; r < ARRAY_LEN(instrs); r++) {
            struct state none = {0}, one = {0}, two = {0}, unknown = {0};
            state_set_reg(sim, &one, 1, r, value_const(sim, 32, 1));
            state_set_reg(sim, &two, 1, r, value_const(sim, 32, 2));
            state_set_reg(sim, &unknown, 1, r, value_symbol(sim, SYMBOL_CHOICE, 32, 0, 1, 0, 0));
            bool apart = merge_key_in(sim, &one, WORK, 1) != merge_key_in(sim, &two, WORK, 1);
            CHECK(apart == (alike && r < 2), "results are, counters and computed values are not");
            CHECK(merge_key_in(sim, &none, WORK, 1) == merge_key_in(sim, &unknown, WORK, 1),
                  "nor is what is not known");
            CHECK(merge_key_in(sim, &one, WORK, 0) == merge_key_in(sim, &two, WORK, 0),
                  "nor what a caller has");
        }
    }
    bench_end(&b);
}

int main(void)
{
    test_absent_object();
    test_absent_facts();
    test_filled_again();
    test_holders();
    test_let_pass();
    test_another_value();
    test_decided();
    return check_status();
}
