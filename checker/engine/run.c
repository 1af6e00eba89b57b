/* The runs of a group: cheap ones that may show that there is no error, exact ones that find errors, and
 * those that decide what is in doubt. */
#include "engine/group.h"

#include <stdlib.h>

static struct sim *sim_create(struct engine *e, const struct group *g, const struct policy *policy)
{
    struct sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        e->arena->on_fail(e->arena->context, sizeof *sim);
    arena_init(&sim->arena, e->arena->on_fail, e->arena->context);
    sim->policy = *policy;
    sim->left_out = g->passed;
    sim->program = e->program;
    sim->unsaved = e->options->unsaved;
    sim->model = e->model;
    sim->flow = e->flow;
    sim->pack = e->pack;
    sim->names = arena_new(&sim->arena, struct interner);
    interner_init(sim->names, &sim->arena);
    sim->irql_name = intern(sim->names, "irql");
    sim->irql_global = program_find_global(e->program, "model_irql");
    vec_push(&sim->arena, &sim->reasons, "");
    for (size_t i = 0; i < g->parts.len; i++)
        vec_push(&sim->arena, &sim->parts, &e->pack->rules.items[g->parts.items[i]]);
    values_init(sim);
    events_init(sim);
    slice_build(sim);
    return sim;
}

void sim_destroy(struct sim *sim)
{
    if (!sim)
        return;
    arena_finish(&sim->arena);
    free(sim);
}

/* A driver of this size has too many states to follow them all. */
static bool is_large(const struct sim *sim)
{
    enum { LARGE = 1000 }; /* instructions of the driver's that matter to the group */
    uint32_t count = 0;
    for (func_id f = 0; f < sim->program->nfunctions; f++) {
        const struct function *fn = &sim->program->functions[f];
        for (instr_id i = 0; fn->defined && !fn->from_model && i < fn->ninstrs; i++)
            count += sim->slice.instrs[f][i] != 0;
    }
    return count > LARGE;
}

/* Which callbacks that begin a life matter to the group, and which of them a run that finished has entered. */
static void note_reached(struct engine *e, struct group *g, const struct sim *sim)
{
    const struct model *model = e->model;
    if (!g->reached)
        g->reached = arena_new_array(&g->arena, model->ncallbacks + 1, uint8_t);
    for (uint32_t i = 0; i < model->ncallbacks; i++) {
        func_id f = model->callbacks[i].function;
        if (!sim->eventful[f] || !model->is_setup[f])
            continue;
        g->reached[i] |= REACH_MATTERS;
        if (map_get(&sim->visited, f))
            g->reached[i] |= REACH_DONE;
    }
}

static struct sim *run(struct engine *e, struct group *g, struct policy policy, uint64_t budget)
{
    struct sim *sim = sim_create(e, g, &policy);
    BUG_ON(g->nsims >= MAX_RUNS);
    g->sims[g->nsims++] = sim;
    sim->budget = budget;
    if (policy.only_if_small && is_large(sim))
        g->large = sim->exhausted = true;
    else
        explore(sim, e->harness);
    g->holed |= policy.join ? 0 : sim->holed;
    if (sim->first_hole < g->first_hole)
        g->first_hole = sim->first_hole;
    if (!sim->exhausted)
        note_reached(e, g, sim);
    return sim;
}

/* A run that found nothing and that no other one needs gives its memory back. */
static void release(struct engine *e, struct group *g, unsigned i)
{
    struct sim *sim = g->sims[i];
    if (!sim || g->certain[i] > 0)
        return;
    add_run(e, g, i);
    sim_destroy(sim);
    g->sims[i] = NULL;
}

/* How far runs look whose whole slice was too much: near first; most rules pass there. */
static const uint32_t horizons[] = {1, 2, 4, 7, 13, 0};

static bool same_error(const struct candidate *a, const struct candidate *b)
{
    return a->part == b->part && a->loc == b->loc && a->event == b->event &&
           a->transition == b->transition;
}

/* What is inexact is judged only where nothing was joined; beyond a horizon nothing is. */
static enum feasibility judge(struct sim *sim, struct candidate *c)
{
    bool consistent = witness_consistent(sim, c);
    if (sim->policy.horizon ? c->inexact || !consistent : c->inexact && !sim->policy.drop)
        return NOT_ASKED;
    enum feasibility answer = candidate_judge(sim, c);
    if (answer == INFEASIBLE && !sim->policy.horizon) {
        answer = candidate_judge_others(sim, c);
        consistent = witness_consistent(sim, c);
    }
    if (answer == FEASIBLE && (c->inexact || !consistent))
        c->answer = answer = sim->policy.drop ? UNDECIDED : NOT_ASKED;
    return answer;
}

/* Keeps the candidates whose path is certain; the rest is to be replayed. Returns how many. */
static size_t certain_first(struct sim *sim)
{
    size_t certain = 0;
    for (size_t i = 0; i < sim->candidates.len; i++) {
        struct candidate c = sim->candidates.items[i];
        bool known = false;
        for (size_t k = 0; k < certain; k++)
            known |= same_error(&sim->candidates.items[k], &c);
        if (known || judge(sim, &c) != FEASIBLE) {
            sim->candidates.items[i] = c;
            continue;
        }
        sim->candidates.items[i] = sim->candidates.items[certain];
        sim->candidates.items[certain++] = c;
    }
    return certain;
}

/* Two paths of one error: it is infeasible if both are. */
static void add_answer(struct candidate *to, const struct candidate *c)
{
    if (to->answer == INFEASIBLE || (to->answer == NOT_ASKED && c->answer == UNDECIDED)) {
        to->answer = c->answer;
        to->why = c->why;
    }
}

/* Candidates of which no path is certain, one per error, to the front of the list. */
static size_t doubtful(struct sim *sim, size_t certain)
{
    size_t kept = certain;
    for (size_t i = certain; i < sim->candidates.len; i++) {
        bool known = false;
        for (size_t k = 0; k < kept && !known; k++) {
            known = same_error(&sim->candidates.items[k], &sim->candidates.items[i]);
            if (known && k >= certain) {
                join_traces(sim, sim->candidates.items[k].trace, sim->candidates.items[i].trace);
                add_answer(&sim->candidates.items[k], &sim->candidates.items[i]);
            }
        }
        if (!known)
            sim->candidates.items[kept++] = sim->candidates.items[i];
    }
    return kept;
}

/* Takes away errors to which no path is possible. */
static size_t feasible_only(struct group *g, struct sim *sim, size_t certain)
{
    size_t kept = certain;
    for (size_t i = certain; i < sim->candidates.len; i++) {
        struct candidate c = sim->candidates.items[i];
        if (c.answer == INFEASIBLE)
            map_set(&g->infeasible, &g->arena, candidate_key(&c), 1);
        else
            sim->candidates.items[kept++] = c;
    }
    return kept;
}

/* Moves what is certain to the front of the run's candidates and into the group's result. Returns how many
 * errors are in doubt. */
static size_t accept(struct group *g, struct sim *sim)
{
    size_t certain = certain_first(sim);
    sim->candidates.len = doubtful(sim, certain);
    sim->candidates.len = feasible_only(g, sim, certain);
    g->certain[g->nsims - 1] = certain;
    for (size_t i = 0; i < sim->separators.len; i++)
        map_set(&g->apart, &g->arena, sim->separators.entries[i].key, 1);
    return sim->candidates.len - certain;
}

/* The parts whose candidates are still in doubt and cannot be decided. */
static void give_up(struct group *g, const struct sim *sim, size_t certain)
{
    for (size_t i = certain; i < sim->candidates.len; i++)
        g->undecided |= UINT64_C(1) << (sim->candidates.items[i].part & 63);
}

/* What is in doubt in one run decides where the next one goes. */
static struct policy along(struct sim *sim, size_t certain, struct map *allowed, struct policy policy)
{
    VEC(struct candidate) all = {sim->candidates.items, sim->candidates.len, sim->candidates.cap};
    sim->candidates.items += certain;
    sim->candidates.len -= certain;
    witness_decisions(sim, &sim->arena, allowed);
    sim->candidates.items = all.items;
    sim->candidates.len = all.len;
    policy.allowed = allowed;
    policy.known = &sim->slice;
    return policy;
}

/* The runs of a group share one budget. */
static uint64_t rest_of_budget(const struct group *g, uint64_t budget)
{
    uint64_t used = g->steps;
    for (unsigned i = 0; i < g->nsims; i++)
        if (g->sims[i] && !g->sims[i]->policy.join)
            used += g->sims[i]->steps;
    return used < budget ? budget - used : 1;
}

/* What a complete run without joins leaves in doubt. */
static void settle(struct group *g, const struct sim *sim, size_t certain)
{
    for (size_t i = certain; i < sim->candidates.len; i++)
        g->why[sim->candidates.items[i].part & 63] = sim->candidates.items[i].why;
    give_up(g, sim, certain);
}

/* Follows what is in doubt after a run once more, joining nothing. If there are more paths to an infeasible
 * error than can be tried, what made those infeasible that were keeps states apart in another round. */
static void replay(struct engine *e, struct group *g, struct sim *sim, struct map *allowed,
                   uint64_t budget)
{
    enum { MOST_ROUNDS = 3 };
    size_t certain = g->certain[g->nsims - 1];
    struct policy policy = along(sim, certain, allowed, (struct policy){.drop = true});
    policy.apart = &g->apart;
    for (unsigned round = 1;; round++) {
        size_t separators = g->apart.len;
        struct sim *next = run(e, g, policy, budget);
        unsigned index = g->nsims - 1;
        size_t doubt = accept(g, next);
        if (next->exhausted || next->dropped) {
            give_up(g, sim, certain);
            return;
        }
        if (!doubt || round == MOST_ROUNDS || g->apart.len == separators) {
            settle(g, next, g->certain[index]);
            return;
        }
        release(e, g, index);
    }
}

/* The whole slice was too much: near ones first, then farther ones along the paths in doubt. */
static void run_by_horizon(struct engine *e, struct group *g, uint64_t budget)
{
    struct map *allowed = arena_new_array(&g->arena, ARRAY_LEN(horizons) + 1, struct map);
    struct policy policy = {.merge_facts = true};
    struct sim *sim = NULL;
    size_t doubt = 1;
    for (size_t h = 0; h < ARRAY_LEN(horizons) && doubt; h++) {
        size_t certain = sim ? g->certain[g->nsims - 1] : 0;
        if (sim)
            policy = along(sim, certain, &allowed[h], (struct policy){.merge_facts = true});
        policy.horizon = horizons[h];
        unsigned before = g->nsims - 1;
        struct sim *next = run(e, g, policy, rest_of_budget(g, budget));
        doubt = accept(g, next);
        g->unknown |= next->exhausted;
        if (sim)
            release(e, g, before);
        if (next->exhausted)
            return;
        sim = next;
    }
    if (doubt)
        replay(e, g, sim, &allowed[ARRAY_LEN(horizons)], rest_of_budget(g, budget));
}

/* Cheap runs first: blurred, joined, and looking not far. A part in which they find no error has none;
 * what else they find says nothing. Near ones see less and join more, so that neither is always better.
 * `share`: of the budget. */
static const struct glance {
    struct policy policy;
    unsigned share;
} glances[] = {
    {{.merge_facts = true, .blur = true, .join = true, .join_early = true, .horizon = 2}, 3},
    {{.merge_facts = true, .blur = true, .join = true, .join_alike = true, .horizon = 3}, 2},
};

static uint64_t all_parts(const struct group *g)
{
    return g->parts.len >= 64 ? UINT64_MAX : (UINT64_C(1) << g->parts.len) - 1;
}

/* One glance for one place, or with others for what is none. Adds to `ret_passed`. */
static bool glance_at(struct engine *e, struct group *g, struct policy policy, uint64_t *budget,
                      uint64_t *ret_passed)
{
    uint64_t all = all_parts(g);
    uint64_t before = g->passed;
    g->passed |= *ret_passed; /* is left out */
    struct sim *sim = run(e, g, policy, *budget);
    g->passed = before;
    bool lost = sim->slice.lost;
    *budget -= sim->steps < *budget ? sim->steps : *budget;
    if (!sim->exhausted && !lost)
        *ret_passed |= all & ~sim->doubtful & ~sim->holed;
    if (sim->candidates.len && g->ntrails < MAX_TRAILS) {
        struct map *trail = arena_new(&g->arena, struct map);
        witness_trail(sim, &g->arena, trail);
        g->trails[g->ntrails++] = trail;
    }
    release(e, g, g->nsims - 1);
    return !lost;
}

/* What is to be watched is split by places if there are several. */
static void find_places(struct engine *e, struct group *g)
{
    struct places *places = &g->places;
    for (size_t i = 0; i < g->parts.len; i++) {
        const struct rule *rule = &e->pack->rules.items[g->parts.items[i]];
        if (!place_rule(rule)) {
            places->known.len = 0;
            return;
        }
        places_add(places, e->program, e->model, rule, &g->arena);
    }
    if (places->known.len + places->others < 2)
        places->known.len = 0;
}

static bool passes_at_a_glance(struct engine *e, struct group *g, uint64_t budget)
{
    uint64_t all = all_parts(g);
    find_places(e, g);
    size_t known = g->places.known.len, nviews = known ? known + g->places.others : 1;
    uint64_t passed[MAX_PLACES + 1] = {0};
    for (size_t i = 0; i < ARRAY_LEN(glances) && g->passed != all; i++) {
        g->ntrails = 0; /* of the last glance: it knows best */
        uint64_t left = budget / glances[i].share, every = all;
        for (size_t v = 0; v < nviews; v++) {
            struct policy policy = glances[i].policy;
            if (known) {
                policy.others = v == known;
                policy.places = g->places.known.items + (policy.others ? 0 : v);
                policy.nplaces = policy.others ? known : 1;
            }
            if (passed[v] != all && left && !glance_at(e, g, policy, &left, &passed[v]))
                return false;
            every &= passed[v];
        }
        g->passed |= every;
    }
    return g->passed == all;
}

/* Follows all there is, exactly; what is in doubt then is replayed. false: the budget was not enough. */
static bool run_exactly(struct engine *e, struct group *g, struct policy policy, uint64_t budget)
{
    enum { SMALL_REPLAY = 5 }; /* times what the small run has */
    struct sim *sim = run(e, g, policy, budget);
    unsigned first = g->nsims - 1;
    size_t doubt = accept(g, sim);
    bool done = !sim->exhausted && !sim->dropped;
    if (!sim->exhausted && doubt)
        replay(e, g, sim, arena_new(&g->arena, struct map),
               policy.only_if_small ? SMALL_REPLAY * budget : budget);
    g->unknown |= !done && policy.beam;
    for (unsigned i = first; i < g->nsims; i++)
        release(e, g, i);
    return done;
}

static bool is_settled(const struct group *g)
{
    uint64_t known = g->passed;
    for (unsigned i = 0; i < g->nsims; i++)
        for (size_t c = 0; g->sims[i] && c < g->certain[i]; c++)
            known |= UINT64_C(1) << (g->sims[i]->candidates.items[c].part & 63);
    return !(all_parts(g) & ~known);
}

/* Follows paths that decide like the one to an error that a glance has seen. */
static bool follow_trails(struct engine *e, struct group *g, uint64_t budget)
{
    for (unsigned i = 0; i < g->ntrails && !is_settled(g); i++) {
        struct policy policy = {.merge_facts = true, .rounds = 3, .beam = 3,
                                .allowed = g->trails[i], .trail = true};
        run_exactly(e, g, policy, budget / 12 / g->ntrails);
    }
    return is_settled(g);
}

/* A driver with too many paths: trails, then few others. */
static void search_errors(struct engine *e, struct group *g, uint64_t budget)
{
    static const struct policy narrow = {.merge_facts = true, .rounds = 1, .beam = 4,
                                         .failures = 1};
    if (!follow_trails(e, g, budget))
        run_exactly(e, g, narrow, budget / 4);
}

/* A small driver in which a loop kept the exact run from coming to all errors. Trails go past such loops;
 * what they leave open, the runs with a horizon have to say. */
static void search_farther(struct engine *e, struct group *g, uint64_t budget)
{
    bool unknown = g->unknown;
    uint64_t undecided = g->undecided;
    follow_trails(e, g, budget);
    g->unknown = unknown;
    g->undecided = undecided;
    run_by_horizon(e, g, budget);
}

/* Most drivers of one file are done with little effort. Of larger ones most rules are shown to hold
 * without looking at each path; what is left then is looked for along few paths only, and not to find an
 * error there shows nothing. */
void run_group(struct engine *e, struct group *g)
{
    static const struct policy at_first = {.merge_facts = true, .only_if_small = true};
    static const struct policy exact = {.merge_facts = true};
    uint64_t budget = e->options->budget ? e->options->budget : DEFAULT_BUDGET;
    g->first_hole = ID_NONE;
    if (run_exactly(e, g, at_first, budget / 20) || passes_at_a_glance(e, g, budget))
        return;
    if (g->large)
        search_errors(e, g, budget);
    else if (!run_exactly(e, g, exact, budget / 2))
        search_farther(e, g, budget);
    for (unsigned i = 0; i < g->nsims; i++)
        release(e, g, i);
}
