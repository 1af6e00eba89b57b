/* Which object a rule watches: objects told apart by their places, what was let pass, and values
 * that may be the watched object or another one. */
#include "engine/internal.h"
#include "engine/test_sim.h"
#include "test/check.h"

static const char rules[] = "rule First\n"
                            "title \"t\"\n"
                            "sets  A\n"
                            "watch lock\n"
                            "states free, held, gone\n"
                            "on call Acquire(lock)\n"
                            "    free -> held\n"
                            "    held -> error \"acquired again\"\n"
                            "on call Release(lock)\n"
                            "    held -> free\n"
                            "    free -> error \"released though free\"\n"
                            "on call Delete(lock)\n"
                            "    held -> gone\n";

/* The same objects, and one more word on them. */
static const char second[] = "rule Second\n"
                             "title \"t\"\n"
                             "sets  A\n"
                             "watch lock\n"
                             "states none, seen\n"
                             "on call Acquire(lock)\n"
                             "    none -> seen\n"
                             "on call Delete(lock)\n"
                             "    seen -> error \"deleted\"\n";

enum { ACQUIRE, RELEASE, DELETE, NFUNCTIONS };
enum { OBJECT, OTHER, NGLOBALS };

struct bench {
    struct arena arena;
    struct interner names;
    struct diag diag;
    struct rule_pack pack;
    struct program program;
    struct function functions[NFUNCTIONS];
    struct global globals[NGLOBALS];
    struct loc locs[2];
    struct sim sim;
};

static void bench_begin(struct bench *b, bool join, bool both)
{
    static const char *const names[] = {"Acquire", "Release", "Delete"};
    memset(b, 0, sizeof *b);
    arena_init(&b->arena, NULL, NULL);
    interner_init(&b->names, &b->arena);
    diag_init(&b->diag, &b->arena);
    CHECK(rule_parse("first.rule", rules, &b->names, &b->pack, &b->diag), "rules");
    if (both)
        CHECK(rule_parse("second.rule", second, &b->names, &b->pack, &b->diag), "rules");
    for (func_id f = 0; f < NFUNCTIONS; f++)
        b->functions[f].name = b->functions[f].display = intern(&b->names, names[f]);
    b->globals[OBJECT] = (struct global){.name = "object", .size = 64};
    b->globals[OTHER] = (struct global){.name = "other", .size = 64};
    b->locs[1] = (struct loc){.file = "driver.c", .line = 1};
    b->program = (struct program){.functions = b->functions,
                                  .nfunctions = NFUNCTIONS,
                                  .globals = b->globals,
                                  .nglobals = NGLOBALS,
                                  .pointer_bits = 64,
                                  .locs = b->locs,
                                  .nlocs = 2};
    sim_begin(&b->sim, &b->program, join);
    for (size_t i = 0; i < b->pack.rules.len; i++)
        vec_push(&b->sim.arena, &b->sim.parts, &b->pack.rules.items[i]);
    events_init(&b->sim);
}

static void bench_end(struct bench *b)
{
    arena_finish(&b->sim.arena);
    arena_finish(&b->arena);
}

/* The states behind a call of the function with that argument. */
static struct state_list fire(struct bench *b, func_id function, value_id argument,
                              const struct state *state)
{
    struct state_list ret = {0};
    struct call_site site = {
        .name = b->functions[function].name, .args = &argument, .nargs = 1, .loc = 1};
    events_fire(&b->sim, &b->sim.by_function[function], EVENT_CALL, &site, state, &ret);
    return ret;
}

static const char *name_in(struct bench *b, const struct state *s, uint32_t part)
{
    return prop_state_name(&b->sim, s->prop, part);
}

static bool watches(struct bench *b, const struct state *s)
{
    return prop_mask(&b->sim, s->prop) != 0;
}

/* Acquires something new: [0] watches it, [1] lets it pass. */
static struct state_list acquire(struct bench *b, value_id lock, const struct state *state)
{
    struct state_list l = fire(b, ACQUIRE, lock, state);
    CHECK(l.len == 2, "to watch or to let pass");
    CHECK(l.len == 2 && watches(b, &l.items[0]) && l.items[1].prop == state->prop, "in that order");
    return l;
}

/* ---- places of one object --- */

static void test_places(void)
{
    for (int join = 0; join < 2; join++) {
        struct bench b;
        bench_begin(&b, join, false);
        struct sim *sim = &b.sim;
        struct state start = {0};
        value_id one = at(sim, OBJECT, 0), two = at(sim, OBJECT, 8);
        struct state_list l = acquire(&b, one, &start);
        struct state watched = l.items[0], passed = l.items[1];
        CHECK_TEXT(name_in(&b, &watched, 0), "held", "the watched lock");
        CHECK(watched.store == start.store, "who watches needs no mark");

        l = fire(&b, RELEASE, one, &passed);
        CHECK(l.len == 1 && !sim->candidates.len, "what was let pass is not asked about");
        l = fire(&b, ACQUIRE, one, &passed);
        CHECK(l.len == 1 && !watches(&b, &l.items[0]) && !sim->candidates.len,
              "nor is it chosen again");

        l = acquire(&b, two, &passed);
        CHECK_TEXT(name_in(&b, &l.items[0], 0), "held",
                   "another place of the object is another lock");
        CHECK(l.items[1].store != passed.store, "with a mark of its own");
        l = fire(&b, RELEASE, two, &watched);
        CHECK(l.len == 1 && !sim->candidates.len, "a watched lock is not the one beside it");
        CHECK_TEXT(name_in(&b, &l.items[0], 0), "held", "which is not released");
        l = fire(&b, RELEASE, one, &watched);
        CHECK(l.len == 1, "the watched lock");
        CHECK_TEXT(name_in(&b, &l.items[0], 0), "free", "is released");
        CHECK(!sim->candidates.len && !sim->doubtful, "no error so far");

        fire(&b, RELEASE, two, &passed);
        CHECK(sim->candidates.len == 1,
              "a lock that nobody acquired, beside one that was let pass");
        bench_end(&b);
    }
}

/* Marks say in which state of the rule an object is, so that joins keep such states apart. */
static void test_marks(void)
{
    struct bench b;
    bench_begin(&b, true, false);
    struct sim *sim = &b.sim;
    struct state start = {0};
    value_id one = at(sim, OBJECT, 0);
    struct state held = acquire(&b, one, &start).items[1];
    struct state gone = fire(&b, DELETE, one, &held).items[0];
    struct state released = fire(&b, RELEASE, one, &held).items[0];
    uint64_t keys[] = {merge_key(sim, &start), merge_key(sim, &held), merge_key(sim, &gone),
                       merge_key(sim, &released)};
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        for (size_t k = 0; k < i; k++)
            CHECK(keys[i] != keys[k], "another state of the rule");
    struct state again = fire(&b, ACQUIRE, one, &released).items[0];
    CHECK(again.store == held.store, "held as before");
    bench_end(&b);

    bench_begin(&b, false, false);
    held = acquire(&b, at(&b.sim, OBJECT, 0), &start).items[1];
    released = fire(&b, RELEASE, at(&b.sim, OBJECT, 0), &held).items[0];
    CHECK(released.store == held.store, "who follows paths has the mark and no more");
    bench_end(&b);
}

/* ---- what may be the watched object --- */

static void test_unknown_value(void)
{
    struct bench b;
    bench_begin(&b, false, false);
    struct sim *sim = &b.sim;
    struct state start = {0};
    value_id one = at(sim, OBJECT, 0);
    value_id unknown = value_symbol(sim, SYMBOL_CHOICE, 64, 0, 1, 0, 0);
    struct state held = acquire(&b, one, &start).items[0];

    struct state_list l = fire(&b, ACQUIRE, unknown, &held);
    CHECK(sim->candidates.len == 0, "what may be the watched lock is no error");
    CHECK(l.len == 1 && state_same(&l.items[0], &held), "and says nothing");

    l = fire(&b, RELEASE, unknown, &held);
    CHECK(l.len == 2 && sim->candidates.len == 0, "it was the watched lock, or another one");
    const struct state *was = &l.items[0], *other = &l.items[1];
    CHECK(l.len == 2 && name_in(&b, was, 0) == NULL, "then watching ends");
    CHECK_TEXT(name_in(&b, other, 0), "held", "it was another one");
    value_id same = value_compare(sim, CMP_EQ, unknown, one);
    CHECK(state_truth(sim, was, same) == TRUE_ && state_truth(sim, other, same) == FALSE_,
          "and this is known from now on");
    struct state_list later = fire(&b, RELEASE, one, was);
    CHECK(later.len == 1 && sim->candidates.len == 0, "nothing more is asked of it");
    later = fire(&b, RELEASE, unknown, other);
    CHECK(later.len == 1 && state_same(&later.items[0], other),
          "nor is the other one doubted again");
    fire(&b, ACQUIRE, one, other);
    CHECK(sim->candidates.len == 1, "the watched lock is watched still");
    struct state known = held;
    CHECK(state_assume(sim, &known, same, true), "possible");
    fire(&b, ACQUIRE, unknown, &known);
    CHECK(sim->candidates.len == 2, "what surely is the watched lock is an error");
    bench_end(&b);
}

/* Whatever rule assumes it, no rule goes on with that object, and all do with others. */
static void test_all_rules_end(void)
{
    struct bench b;
    bench_begin(&b, false, true);
    struct sim *sim = &b.sim;
    struct state start = {0};
    value_id one = at(sim, OBJECT, 0);
    value_id unknown = value_symbol(sim, SYMBOL_CHOICE, 64, 0, 1, 0, 0);
    struct state held = acquire(&b, one, &start).items[0];
    CHECK_TEXT(name_in(&b, &held, 1), "seen", "both rules watch it");
    struct state_list l = fire(&b, RELEASE, unknown, &held);
    CHECK(l.len == 2, "the watched lock, or another one");
    CHECK(l.len == 2 && !name_in(&b, &l.items[0], 0) && !name_in(&b, &l.items[0], 1), "both end");
    CHECK_TEXT(name_in(&b, &l.items[1], 1), "seen", "both go on");
    bench_end(&b);
}

/* Who only asks whether there may be an error takes what may be the object for it. */
static void test_joined_runs_doubt(void)
{
    struct bench b;
    bench_begin(&b, true, false);
    struct sim *sim = &b.sim;
    struct state start = {0};
    value_id one = at(sim, OBJECT, 0);
    value_id unknown = value_symbol(sim, SYMBOL_CHOICE, 64, 0, 1, 0, 0);
    struct state held = acquire(&b, one, &start).items[0];
    struct state_list l = fire(&b, RELEASE, unknown, &held);
    bool released = false, still = false;
    for (size_t i = 0; i < l.len; i++) {
        const char *name = name_in(&b, &l.items[i], 0);
        released |= name && !strcmp(name, "free");
        still |= name && !strcmp(name, "held");
    }
    CHECK(released && still && !sim->doubtful, "both are followed");
    fire(&b, ACQUIRE, unknown, &held);
    CHECK(sim->doubtful == 1, "an error of what may be the lock is a doubt");
    CHECK(sim->exhausted, "there is nothing left to be shown");
    bench_end(&b);
}

int main(void)
{
    test_places();
    test_marks();
    test_unknown_value();
    test_all_rules_end();
    test_joined_runs_doubt();
    return check_status();
}
