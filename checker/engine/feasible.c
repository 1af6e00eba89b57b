/* Candidates are taken to the judge: replay/ follows the path of one exactly, by code that shares nothing
 * with the explorer, and asks the solver whether any input takes it. */
#include "engine/internal.h"

#include "replay/replay.h"
#include <stdio.h>
#include <stdlib.h>

/* A path of a candidate, from the start to the error, without summaries. */
struct route {
    trace_id *nodes;
    size_t len;
};

static struct route route_of(struct sim *sim, trace_id last)
{
    struct route route = {0};
    struct trace_cursor c;
    for (c = trace_begin(sim, last, &sim->arena); c.at; trace_next(&c))
        route.len++;
    route.nodes = arena_new_array(&sim->arena, route.len + 1, trace_id);
    size_t at = route.len;
    for (c = trace_begin(sim, last, &sim->arena); c.at; trace_next(&c))
        route.nodes[--at] = c.at;
    return route;
}

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

/* Follows the route; positions: of the steps in it. */
static struct replay_result judge(struct sim *sim, uint32_t part, const struct route *route,
                                  size_t **ret_positions)
{
    struct replay_step *steps = arena_new_array(&sim->arena, route->len + 1, struct replay_step);
    size_t *positions = arena_new_array(&sim->arena, route->len + 1, size_t);
    struct replay_path path = {.program = sim->program, .model = sim->model,
                               .rule = sim->parts.items[part],
                               .start = sim->contexts.items[0].func,
                               .decided = sim->slice.instrs, .entered = entered_functions(sim),
                               .steps = steps};
    for (size_t i = 0; i < route->len; i++) {
        if (!to_step(sim, part, &sim->traces.items[route->nodes[i]], &steps[path.nsteps]))
            continue;
        positions[path.nsteps++] = i;
    }
    struct replay_result result;
    replay_follow(&sim->arena, &path, 0, false, &result);
    sim->stats.paths++;
    *ret_positions = positions;
    return result;
}

enum feasibility candidate_judge(struct sim *sim, struct candidate *c)
{
    if (c->answer != NOT_ASKED)
        return c->answer;
    struct route route = route_of(sim, c->trace);
    size_t *positions;
    struct replay_result result = judge(sim, c->part, &route, &positions);
    c->answer = result.answer == REPLAY_FEASIBLE     ? FEASIBLE
                : result.answer == REPLAY_INFEASIBLE ? INFEASIBLE
                                                     : UNDECIDED;
    c->why = result.reason;
    if (getenv("DBG")) fprintf(stderr, "JUDGE %s %d %s steps %zu cond %zu exec %llu effort %llu line %u core %zu\n", sim->parts.items[c->part]->id, c->answer, result.reason?result.reason:"", route.len, result.conditions, (unsigned long long)result.executed,(unsigned long long)result.effort, sim->program->locs[c->loc].line, result.ncore);
    return c->answer;
}
