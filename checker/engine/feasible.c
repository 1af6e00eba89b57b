/* Candidates are taken to the judge: replay/ follows the path of one exactly, by code that shares nothing
 * with the explorer, and asks the solver whether any input takes it. */
#include "engine/internal.h"

#include "replay/replay.h"

/* A path of a candidate, from the start to the error, without summaries. */
struct route {
    trace_id *nodes;
    struct splice **splices; /* [node]: summaries around it */
    size_t len;
    size_t first, last;      /* infeasible: where what contradicts itself begins and ends */
};

static void add_node(struct sim *sim, struct route *route, const struct trace_cursor *c)
{
    size_t n = route->len;
    if ((n & (n - 1)) == 0) { /* grows at powers of two */
        size_t cap = n ? n * 2 : 1;
        route->nodes = arena_grow(&sim->arena, route->nodes, n * sizeof *route->nodes,
                                  cap * sizeof *route->nodes);
        route->splices = arena_grow(&sim->arena, route->splices, n * sizeof *route->splices,
                                    cap * sizeof *route->splices);
    }
    route->nodes[n] = c->at;
    route->splices[n] = c->splices;
    route->len++;
}

static void reverse(struct route *route)
{
    for (size_t i = 0, k = route->len; i + 1 < k--; i++) {
        trace_id node = route->nodes[i];
        struct splice *splices = route->splices[i];
        route->nodes[i] = route->nodes[k];
        route->splices[i] = route->splices[k];
        route->nodes[k] = node;
        route->splices[k] = splices;
    }
}

static struct route route_of(struct sim *sim, trace_id last)
{
    struct route route = {0};
    struct trace_cursor c;
    for (c = trace_begin(sim, last, &sim->arena); c.at; trace_next(&c))
        add_node(sim, &route, &c);
    reverse(&route);
    return route;
}

/* The route that comes to node number `at` of `base` another way: from behind `chain`, which is in the list
 * of a join's others. Those of an error are errors themselves. */
static struct route detour(struct sim *sim, const struct route *base, size_t at, trace_id chain)
{
    struct route route = {0};
    struct trace_cursor c = trace_begin(sim, 0, &sim->arena);
    bool ends = sim->traces.items[base->nodes[at]].kind == TRACE_ERROR;
    c.splices = base->splices[at];
    for (size_t i = base->len; i-- > at && !ends;) {
        c.at = base->nodes[i];
        c.splices = base->splices[i];
        add_node(sim, &route, &c);
    }
    c.at = chain;
    for (trace_next(&c); c.at; trace_next(&c))
        add_node(sim, &route, &c);
    reverse(&route);
    return route;
}

/* ---- the judge ------------------------------------------------------------------------------ */

/* What the replay has to know of a step of the trace; false: nothing. */
static bool to_step(const struct sim *sim, uint32_t part, const struct trace *tr,
                    struct replay_step *ret_step)
{
    struct replay_step step = {.func = tr->func, .instr = tr->instr, .data = tr->data};
    const struct firing *f;
    switch (tr->kind) {
    case TRACE_BRANCH:
        step.kind = REPLAY_BRANCH;
        break;
    case TRACE_CALL:
        step.kind = REPLAY_CALL;
        break;
    case TRACE_EVENT:
    case TRACE_ERROR:
        f = &sim->firings.items[tr->data];
        if (f->part != part)
            return false;
        step.kind = REPLAY_EVENT;
        step.data = f->event;
        step.transition = f->transition;
        step.from = f->from;
        break;
    case TRACE_START:
    case TRACE_RETURN:
    case TRACE_ENTER:
    case TRACE_LEAVE:
    case TRACE_RESULT:
    case TRACE_JOIN:
    case TRACE_SUMMARY:
        return false;
    }
    *ret_step = step;
    return true;
}

static uint8_t *entered_functions(struct sim *sim)
{
    uint32_t n = sim->program->nfunctions;
    uint8_t *entered = arena_new_array(&sim->arena, n + 1, uint8_t);
    for (func_id f = 0; f < n; f++)
        entered[f] = sim->slice.funcs[f] || sim->slice.results[f];
    return entered;
}

/* What contradicts itself tells where the route went wrong, and which decisions keep others apart. */
static void read_core(struct sim *sim, const struct replay_result *result,
                      const struct replay_step *steps, const size_t *positions, struct route *route)
{
    route->first = 0;
    route->last = route->len - 1; /* a contradiction in the values themselves: all of it */
    for (size_t i = 0; i < result->ncore; i++) {
        const struct replay_step *s = &steps[result->core[i]];
        if (s->kind == REPLAY_BRANCH)
            map_set(&sim->separators, &sim->arena, decision_key(s->func, s->instr, 0), 1);
    }
    if (result->ncore == 0)
        return;
    route->first = positions[result->core[0]];
    route->last = positions[result->core[result->ncore - 1]];
}

uint64_t candidate_key(const struct candidate *c)
{
    return hash_u64(hash_u64((uint64_t)c->part << 32 | c->loc) ^
                    ((uint64_t)c->event << 32 | c->transition));
}

/* `c`: the candidate of which this is a path. */
static enum feasibility judge(struct sim *sim, const struct candidate *c, struct route *route,
                              const char **ret_why)
{
    enum { MOST_UNDECIDED = 3 }; /* of one error: each has cost as much as is allowed */
    uint64_t *undecided = map_slot(&sim->undecided, &sim->arena, candidate_key(c));
    uint32_t part = c->part;
    struct replay_step *steps = arena_new_array(&sim->arena, route->len + 1, struct replay_step);
    size_t *positions = arena_new_array(&sim->arena, route->len + 1, size_t);
    struct replay_path path = {.program = sim->program, .model = sim->model,
                               .rule = sim->parts.items[part],
                               .start = sim->contexts.items[0].func,
                               .decided = sim->slice.instrs, .entered = entered_functions(sim),
                               .steps = steps};
    if (*undecided >= MOST_UNDECIDED) {
        *ret_why = "too many paths to the error could not be decided";
        return UNDECIDED;
    }
    for (size_t i = 0; i < route->len; i++)
        if (to_step(sim, part, &sim->traces.items[route->nodes[i]], &steps[path.nsteps]))
            positions[path.nsteps++] = i;
    struct replay_result result;
    replay_follow(&sim->arena, &path, 0, false, &result);
    sim->stats.paths++;
    *ret_why = result.reason;
    *undecided += result.answer == REPLAY_UNDECIDED;
    if (result.answer == REPLAY_INFEASIBLE)
        read_core(sim, &result, steps, positions, route);
    return result.answer == REPLAY_FEASIBLE     ? FEASIBLE
           : result.answer == REPLAY_INFEASIBLE ? INFEASIBLE
                                                : UNDECIDED;
}

enum feasibility candidate_judge(struct sim *sim, struct candidate *c)
{
    if (c->answer == NOT_ASKED) {
        struct route route = route_of(sim, c->trace);
        c->answer = judge(sim, c, &route, &c->why);
    }
    return c->answer;
}

/* ---- other paths ---------------------------------------------------------------------------- */

/* The candidate's path is that route from now on: a trace of its own, without joins and summaries. */
static void take_route(struct sim *sim, struct candidate *c, const struct route *route)
{
    trace_id last = 0;
    for (size_t i = 0; i < route->len; i++) {
        struct trace copy = sim->traces.items[route->nodes[i]];
        copy.parent = last;
        copy.other = 0;
        vec_push(&sim->arena, &sim->traces, copy);
        last = (trace_id)sim->traces.len - 1;
    }
    c->trace = last;
}

/* Does the route go along `base` up to where that has contradicted itself? */
static bool is_refuted(const struct route *route, const struct route *base)
{
    size_t i = 0;
    while (i < route->len && i <= base->last && route->nodes[i] == base->nodes[i])
        i++;
    return i > base->last;
}

struct trying {
    struct sim *sim;
    struct candidate *candidate;
    VEC(struct route) refuted;  /* in the order in which they were tried */
    struct map tried;           /* entries in lists of others */
    bool open;                  /* some were not tried, or not decided */
};

/* Another way to come to node number `at` of the base. True: a possible path. */
static bool try_detour(struct trying *t, size_t base, size_t at, trace_id chain)
{
    enum { MOST_ROUTES = 32 }; /* to one error */
    struct sim *sim = t->sim;
    struct route route = detour(sim, &t->refuted.items[base], at, chain);
    const char *why;
    if (is_refuted(&route, &t->refuted.items[base]) || *map_slot(&t->tried, &sim->arena, chain))
        return false;
    map_set(&t->tried, &sim->arena, chain, 1);
    if (++*map_slot(&sim->routes_tried, &sim->arena, candidate_key(t->candidate)) > MOST_ROUTES) {
        t->open = true;
        return false;
    }
    switch (judge(sim, t->candidate, &route, &why)) {
    case FEASIBLE:
        take_route(sim, t->candidate, &route);
        return true;
    case INFEASIBLE:
        vec_push(&sim->arena, &t->refuted, route);
        return false;
    case UNDECIDED:
    case NOT_ASKED:
        t->open = true;
        t->candidate->why = why;
        return false;
    }
    BUG_ON(true);
}

/* What lies before the contradiction does not matter: it cannot be avoided behind that. The latest are
 * tried first. Each way into each join is tried once, however many combinations there are. */
enum feasibility candidate_judge_others(struct sim *sim, struct candidate *c)
{
    struct trying t = {.sim = sim, .candidate = c};
    struct route own = route_of(sim, c->trace);
    const char *why;
    c->answer = judge(sim, c, &own, &why);
    if (c->answer != INFEASIBLE)
        return c->answer;
    vec_push(&sim->arena, &t.refuted, own);
    for (size_t base = 0; base < t.refuted.len; base++) {
        size_t first = t.refuted.items[base].first;
        for (size_t at = t.refuted.items[base].len; at-- > first + 1;) {
            trace_id chain = sim->traces.items[t.refuted.items[base].nodes[at]].other;
            for (; chain; chain = sim->traces.items[chain].other)
                if (try_detour(&t, base, at, chain))
                    return c->answer = FEASIBLE;
        }
    }
    return c->answer = t.open ? UNDECIDED : INFEASIBLE;
}
