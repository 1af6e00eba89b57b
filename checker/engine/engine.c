/* Rule groups, their simulation, and verdicts. */
#include "engine/internal.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_BUDGET = 400000, MAX_RUNS = 16 };

struct group {
    VEC(uint32_t) parts;       /* indices into the pack's rules */
    struct arena arena;        /* of the thread that runs it */
    struct sim *sims[MAX_RUNS];
    size_t certain[MAX_RUNS];  /* candidates of that run that are defects; they come first */
    unsigned nsims;
    bool unknown;
    uint64_t passed;           /* parts that surely have no error */
    uint64_t undecided;        /* parts with a candidate that could not be decided */
};

struct engine {
    struct arena *arena;
    const struct program *program;
    const struct model *model;
    const struct flow *flow;
    const struct rule_pack *pack;
    const struct engine_options *options;
    func_id harness;
    struct group *groups;
    size_t ngroups;
    const char **not_applicable; /* [rule]: reason or NULL */
    size_t next;
    pthread_mutex_t lock;
};

/* ---- applicability ------------------------------------------------------------------------ */

static bool driver_calls(const struct engine *e, const char *name)
{
    func_id f = program_find_function(e->program, name);
    for (uint32_t i = 0; f != ID_NONE && i < e->model->nedges; i++)
        if (e->model->edges[i].callee == f &&
            !e->program->functions[e->model->edges[i].caller].from_model)
            return true;
    return false;
}

static bool has_role(const struct engine *e, const char *role)
{
    if (!strcmp(role, "DRIVER_INITIALIZE") &&
        program_find_function(e->program, "DriverEntry") != ID_NONE)
        return true;
    for (uint32_t i = 0; i < e->model->ncallbacks; i++)
        if (!strcmp(e->model->callbacks[i].role, role))
            return true;
    return false;
}

static const char *why_not_applicable(const struct engine *e, const struct rule *rule)
{
    bool found = rule->needs.len == 0, calls = false, called = false;
    for (size_t i = 0; i < rule->needs.len; i++)
        found |= has_role(e, rule->needs.items[i]);
    if (!found)
        return arena_printf(e->arena, "the driver has no callback with the role %s",
                            rule->needs.items[0]);
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *ev = &rule->events.items[i];
        if (ev->kind != EVENT_CALL && ev->kind != EVENT_RETURN)
            continue;
        calls = true;
        for (size_t n = 0; n < ev->names.len && !called; n++)
            called = driver_calls(e, ev->names.items[n]);
    }
    if (calls && !called)
        return "the driver calls none of the functions that the rule is about";
    return NULL;
}

/* ---- groups ------------------------------------------------------------------------------- */

static bool stateless(const struct rule *rule)
{
    return rule->states.len == 0 && rule->watches.len == 0;
}

/* Functions whose events make an object leave the initial state: where watching begins. */
static bool binds_at(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < rule->events.len; i++) {
        const struct event *ev = &rule->events.items[i];
        bool named = false, binds = false;
        for (size_t n = 0; n < ev->names.len; n++)
            named |= !strcmp(ev->names.items[n], name);
        for (size_t t = 0; t < ev->transitions.len; t++)
            binds |= (ev->transitions.items[t].from & 1) && ev->transitions.items[t].to > 0;
        if (named && binds)
            return true;
    }
    return false;
}

static bool binds_where(const struct rule *a, const struct rule *b)
{
    for (size_t i = 0; i < a->events.len; i++)
        for (size_t n = 0; n < a->events.items[i].names.len; n++) {
            const char *name = a->events.items[i].names.items[n];
            if (binds_at(a, name) && !binds_at(b, name))
                return false;
        }
    return true;
}

/* Rules that begin to watch at the same calls make the same choices and share a run; so do those
 * without states. Others would only multiply each other's states. */
static bool belongs(const struct engine *e, const struct group *g, const struct rule *rule)
{
    const struct rule *first = &e->pack->rules.items[g->parts.items[0]];
    if (stateless(rule) || stateless(first))
        return stateless(rule) && stateless(first);
    return rule->watches.len && rule->watches.len == first->watches.len &&
           binds_where(rule, first) && binds_where(first, rule);
}

static void make_groups(struct engine *e, const bool *selected)
{
    e->groups = arena_new_array(e->arena, e->pack->rules.len + 1, struct group);
    for (uint32_t r = 0; r < e->pack->rules.len; r++) {
        const struct rule *rule = &e->pack->rules.items[r];
        size_t g = 0;
        if (!selected[r] || rule->failed || e->not_applicable[r])
            continue;
        while (g < e->ngroups && !belongs(e, &e->groups[g], rule))
            g++;
        if (g == e->ngroups)
            arena_init(&e->groups[e->ngroups++].arena, e->arena->on_fail, e->arena->context);
        vec_push(e->arena, &e->groups[g].parts, r);
    }
}

/* ---- runs --------------------------------------------------------------------------------- */

static struct sim *sim_create(struct engine *e, const struct group *g, const struct policy *policy)
{
    struct sim *sim = calloc(1, sizeof *sim);
    if (!sim)
        e->arena->on_fail(e->arena->context, sizeof *sim);
    arena_init(&sim->arena, e->arena->on_fail, e->arena->context);
    sim->policy = *policy;
    sim->left_out = g->passed;
    sim->program = e->program;
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

static void sim_destroy(struct sim *sim)
{
    if (!sim)
        return;
    arena_finish(&sim->arena);
    free(sim);
}

static struct sim *run(struct engine *e, struct group *g, struct policy policy, uint64_t budget)
{
    struct sim *sim = sim_create(e, g, &policy);
    BUG_ON(g->nsims >= MAX_RUNS);
    g->sims[g->nsims++] = sim;
    sim->budget = budget;
    explore(sim, e->harness);
    return sim;
}

/* How far runs look whose whole slice was too much: near first; most rules pass there. */
static const uint32_t horizons[] = {1, 2, 4, 7, 13, 0};

static bool same_error(const struct candidate *a, const struct candidate *b)
{
    return a->part == b->part && a->loc == b->loc && a->event == b->event &&
           a->transition == b->transition;
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
        if (known || c.inexact || !witness_consistent(sim, &c))
            continue;
        sim->candidates.items[i] = sim->candidates.items[certain];
        sim->candidates.items[certain++] = c;
    }
    return certain;
}

/* Candidates of which no path is certain, one per error, to the front of the list. */
static size_t doubtful(struct sim *sim, size_t certain)
{
    size_t kept = certain;
    for (size_t i = certain; i < sim->candidates.len; i++) {
        bool known = false;
        for (size_t k = 0; k < kept && !known; k++) {
            known = same_error(&sim->candidates.items[k], &sim->candidates.items[i]);
            if (known && k >= certain)
                join_traces(sim, sim->candidates.items[k].trace, sim->candidates.items[i].trace);
        }
        if (!known)
            sim->candidates.items[kept++] = sim->candidates.items[i];
    }
    return kept;
}

/* Moves what is certain to the front of the run's candidates and into the group's result. */
static size_t accept(struct group *g, struct sim *sim)
{
    size_t certain = certain_first(sim);
    sim->candidates.len = doubtful(sim, certain);
    g->certain[g->nsims - 1] = certain;
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
    uint64_t used = 0;
    for (unsigned i = 0; i < g->nsims; i++)
        if (!g->sims[i]->policy.join)
            used += g->sims[i]->steps;
    return used < budget ? budget - used : 1;
}

/* Follows what is in doubt after a run once more, joining nothing. */
static void replay(struct engine *e, struct group *g, struct sim *sim, struct map *allowed,
                   uint64_t budget)
{
    size_t certain = g->certain[g->nsims - 1];
    struct policy policy = along(sim, certain, allowed, (struct policy){.drop = true});
    struct sim *next = run(e, g, policy, budget);
    if (accept(g, next) || next->exhausted || next->dropped)
        give_up(g, sim, certain);
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
        struct sim *next = run(e, g, policy, rest_of_budget(g, budget));
        doubt = accept(g, next);
        g->unknown |= next->exhausted;
        if (next->exhausted)
            return;
        sim = next;
    }
    if (doubt)
        replay(e, g, sim, &allowed[ARRAY_LEN(horizons)], rest_of_budget(g, budget));
}

/* Cheap runs first: blurred, joined, and looking not far. A part in which they find no error has none;
 * what else they find says nothing. Near ones see less and join less, so that neither is always better. */
static const uint32_t glances[] = {2, 3, 5};

static bool passes_at_a_glance(struct engine *e, struct group *g, uint64_t budget)
{
    uint64_t all = g->parts.len >= 64 ? UINT64_MAX : (UINT64_C(1) << g->parts.len) - 1;
    for (size_t i = 0; i < ARRAY_LEN(glances) && g->passed != all; i++) {
        struct policy policy = {.merge_facts = true, .blur = true, .join = true,
                                .horizon = glances[i]};
        struct sim *sim = run(e, g, policy, budget);
        if (sim->slice.lost)
            return false;
        if (!sim->exhausted)
            g->passed |= all & ~sim->doubtful;
    }
    return g->passed == all;
}

/* Follows all there is, exactly; what is in doubt then is replayed. false: the budget was not enough. */
static bool run_exactly(struct engine *e, struct group *g, uint64_t budget)
{
    struct sim *sim = run(e, g, (struct policy){.merge_facts = true}, budget);
    size_t doubt = accept(g, sim);
    if (sim->exhausted)
        return false;
    if (doubt)
        replay(e, g, sim, arena_new(&g->arena, struct map), budget);
    return true;
}

/* Most drivers of one file are done with little effort. Of larger ones most rules are shown to hold
 * without looking at each path; the rest gets what is left. */
static void run_group(struct engine *e, struct group *g)
{
    uint64_t budget = e->options->budget ? e->options->budget : DEFAULT_BUDGET;
    if (run_exactly(e, g, budget / 20) || passes_at_a_glance(e, g, budget / 4) ||
        run_exactly(e, g, budget / 2))
        return;
    run_by_horizon(e, g, budget);
}

static void *work(void *context)
{
    struct engine *e = context;
    for (;;) {
        pthread_mutex_lock(&e->lock);
        size_t mine = e->next++;
        pthread_mutex_unlock(&e->lock);
        if (mine >= e->ngroups)
            return NULL;
        run_group(e, &e->groups[mine]);
    }
}

static void run_groups(struct engine *e)
{
    unsigned jobs = e->options->jobs ? e->options->jobs : 1;
    pthread_t threads[64];
    unsigned started = 0;
    if (jobs > ARRAY_LEN(threads))
        jobs = ARRAY_LEN(threads);
    if (jobs > e->ngroups)
        jobs = (unsigned)e->ngroups;
    pthread_mutex_init(&e->lock, NULL);
    while (started + 1 < jobs && pthread_create(&threads[started], NULL, work, e) == 0)
        started++;
    work(e);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&e->lock);
}

/* ---- results ------------------------------------------------------------------------------ */

static struct rule_result *result_of(struct engine *e, struct results *results,
                                     const struct rule *rule)
{
    for (size_t i = 0; i < results->rules.len; i++)
        if (!strcmp(results->rules.items[i].rule, rule->id))
            return &results->rules.items[i];
    vec_push(e->arena, &results->rules,
             (struct rule_result){.rule = rule->id, .title = rule->title,
                                  .verdict = VERDICT_NOT_APPLICABLE});
    return &vec_last(&results->rules);
}

static bool known_finding(const struct rule_result *r, const struct finding *f)
{
    for (size_t i = 0; i < r->findings.len; i++) {
        const struct finding *o = &r->findings.items[i];
        if (o->place.line == f->place.line && o->place.column == f->place.column &&
            o->place.file && f->place.file && !strcmp(o->place.file, f->place.file))
            return true;
    }
    return false;
}

/* unknown beats pass, defect beats both, not applicable loses to all. */
static void worsen(struct rule_result *r, enum verdict verdict, const char *reason)
{
    static const int rank[] = {[VERDICT_NOT_APPLICABLE] = 0, [VERDICT_PASS] = 1,
                               [VERDICT_UNKNOWN] = 2, [VERDICT_DEFECT] = 3};
    if (rank[verdict] < rank[r->verdict] || (rank[verdict] == rank[r->verdict] && r->reason))
        return;
    r->verdict = verdict;
    r->reason = verdict == VERDICT_UNKNOWN || verdict == VERDICT_NOT_APPLICABLE ? reason : NULL;
}

static void collect_candidates(struct engine *e, struct sim *sim, size_t count, uint32_t part,
                               struct rule_result *r)
{
    for (size_t i = 0; i < count; i++) {
        struct finding f;
        if (sim->candidates.items[i].part != part)
            continue;
        witness_build(sim, &sim->candidates.items[i], e->arena, &f);
        if (!known_finding(r, &f))
            vec_push(e->arena, &r->findings, f);
        worsen(r, VERDICT_DEFECT, NULL);
    }
}

static void collect_part(struct engine *e, struct group *g, uint32_t part, struct rule_result *r)
{
    if (g->passed >> (part & 63) & 1)
        worsen(r, VERDICT_PASS, NULL);
    else if (g->unknown)
        worsen(r, VERDICT_UNKNOWN, "the step budget is used up");
    else if (g->undecided >> (part & 63) & 1)
        worsen(r, VERDICT_UNKNOWN,
               "the paths to a possible defect could not all be followed exactly");
    else
        worsen(r, VERDICT_PASS, NULL);
    for (unsigned i = 0; i < g->nsims; i++) {
        r->steps += g->sims[i]->steps;
        collect_candidates(e, g->sims[i], g->certain[i], part, r);
    }
}

static void add_stats(struct engine_stats *to, const struct group *g)
{
    for (unsigned i = 0; i < g->nsims; i++) {
        const struct engine_stats *s = &g->sims[i]->stats;
        to->steps += s->steps;
        to->states += s->states;
        to->merges += s->merges;
        to->joins += s->joins;
        to->calls += s->calls;
        to->candidates += g->sims[i]->candidates.len;
        to->replays += i > 0;
        to->bytes += g->sims[i]->arena.reserved;
    }
}

static void collect(struct engine *e, const bool *selected, struct results *results,
                    struct engine_stats *stats)
{
    for (uint32_t r = 0; r < e->pack->rules.len; r++) {
        const struct rule *rule = &e->pack->rules.items[r];
        if (!selected[r])
            continue;
        struct rule_result *res = result_of(e, results, rule);
        if (rule->failed)
            worsen(res, VERDICT_UNKNOWN, "the rule file has errors");
        else if (e->not_applicable[r])
            worsen(res, VERDICT_NOT_APPLICABLE, e->not_applicable[r]);
    }
    for (size_t g = 0; g < e->ngroups; g++) {
        for (uint32_t p = 0; p < e->groups[g].parts.len; p++) {
            const struct rule *rule = &e->pack->rules.items[e->groups[g].parts.items[p]];
            collect_part(e, &e->groups[g], p, result_of(e, results, rule));
        }
        add_stats(stats, &e->groups[g]);
    }
    for (size_t i = 0; i < results->rules.len; i++) {
        struct rule_result *r = &results->rules.items[i];
        if (r->findings.len > 1)
            qsort(r->findings.items, r->findings.len, sizeof *r->findings.items, finding_compare);
    }
}

static char *dump_candidate(struct engine *e, const struct sim *sim, const struct candidate *c,
                            char *text)
{
    const struct rule *rule = sim->parts.items[c->part];
    const struct loc *l = &e->program->locs[c->loc];
    return arena_printf(e->arena, "%s    candidate of %s%s%s: event %u in %s, %s:%u\n", text, rule->id,
                        rule->part ? "." : "", rule->part ? rule->part : "", c->event,
                        c->func == ID_NONE ? "?" : e->program->functions[c->func].name,
                        l->file ? l->file : "?", l->line);
}

/* For --dump=engine: what each group executes, how often, and what it found. */
static char *dump_group(struct engine *e, const struct group *g, char *text)
{
    text = arena_printf(e->arena, "%sgroup", text);
    for (size_t i = 0; i < g->parts.len; i++) {
        const struct rule *rule = &e->pack->rules.items[g->parts.items[i]];
        text = arena_printf(e->arena, "%s %s%s%s", text, rule->id, rule->part ? "." : "",
                            rule->part ? rule->part : "");
    }
    for (unsigned r = 0; r < g->nsims; r++) {
        const struct sim *sim = g->sims[r];
        text = arena_printf(e->arena,
                            "%s\n  run %u: %s, %llu steps, %llu states, %llu merges, %llu joins, "
                            "%llu calls, %llu by summary, %zu candidates\n  slice: %zu instructions\n",
                            text, r, sim->exhausted ? "out of budget" : "complete",
                            (unsigned long long)sim->steps, (unsigned long long)sim->stats.states,
                            (unsigned long long)sim->stats.merges,
                            (unsigned long long)sim->stats.joins,
                            (unsigned long long)sim->stats.calls,
                            (unsigned long long)sim->stats.summary_hits, sim->candidates.len,
                            sim->slice.count);
        for (size_t i = 0; i < sim->candidates.len; i++)
            text = dump_candidate(e, sim, &sim->candidates.items[i], text);
        for (func_id f = 0; f < e->program->nfunctions; f++) {
            const uint64_t *states = map_get(&sim->states_in, f);
            uint32_t marked = 0;
            for (instr_id i = 0; i < e->program->functions[f].ninstrs && sim->slice.instrs[f]; i++)
                marked += sim->slice.instrs[f][i] != 0;
            if (marked)
                text = arena_printf(e->arena, "%s    %-40s %5u of %5u  %8llu states\n", text,
                                    e->program->functions[f].name, marked,
                                    e->program->functions[f].ninstrs,
                                    (unsigned long long)(states ? *states : 0));
        }
    }
    return text;
}

static void describe_driver(struct engine *e, struct results *results)
{
    uint8_t *said = arena_new_array(e->arena, e->program->nfunctions + 1, uint8_t);
    for (uint32_t i = 0; i < e->model->ncallbacks; i++) {
        const struct callback *c = &e->model->callbacks[i];
        const struct function *f = &e->program->functions[c->function];
        const struct loc *l = &e->program->locs[f->loc];
        vec_push(e->arena, &results->callbacks,
                 (struct callback_info){.function = f->display, .role = c->role,
                                        .place = {.file = f->loc ? l->file : NULL, .line = l->line,
                                                  .column = l->column},
                                        .how = c->registered.file ? "registered" : "declared"});
    }
    for (uint32_t i = 0; i < e->model->nedges; i++) {
        const struct call_edge *edge = &e->model->edges[i];
        const struct function *f = &e->program->functions[edge->callee];
        const struct function *caller = &e->program->functions[edge->caller];
        if (caller->from_model || f->defined || said[edge->callee] ||
            !strncmp(f->name, "drvlint_", 8))
            continue;
        said[edge->callee] = 1;
        const struct loc *l = &e->program->locs[caller->instrs[edge->call].loc];
        vec_push(e->arena, &results->left_out,
                 (struct left_out){.place = {.file = l->file, .line = l->line, .column = l->column},
                                   .what = arena_printf(e->arena,
                                                        "no model for '%s': any result is assumed",
                                                        f->display)});
    }
    for (func_id f = 0; f < e->program->nfunctions; f++)
        if (e->program->functions[f].defined && !e->program->functions[f].from_model) {
            results->functions++;
            results->functions_analysed++;
        }
}

static void no_harness(struct engine *e, const bool *selected, struct results *results)
{
    for (uint32_t r = 0; r < e->pack->rules.len; r++)
        if (selected[r])
            worsen(result_of(e, results, &e->pack->rules.items[r]), VERDICT_UNKNOWN,
                   "the rule pack's OS model has no drvlint_harness()");
}

void engine_run(struct arena *arena, const struct program *program, const struct model *model,
                const struct rule_pack *pack, const bool *selected,
                const struct engine_options *options, struct results *results,
                struct engine_stats *ret_stats, char **ret_dump)
{
    struct arena own;
    struct engine e = {.arena = arena, .program = program, .model = model, .pack = pack,
                       .options = options};
    struct engine_stats stats = {0};
    if (ret_dump)
        *ret_dump = arena_strdup(arena, "");
    e.harness = program_find_function(program, "drvlint_harness");
    if (e.harness == ID_NONE || !program->functions[e.harness].defined) {
        no_harness(&e, selected, results);
        return;
    }
    arena_init(&own, arena->on_fail, arena->context);
    e.flow = flow_build(&own, program);
    e.not_applicable = arena_new_array(arena, pack->rules.len + 1, const char *);
    for (uint32_t r = 0; r < pack->rules.len; r++)
        e.not_applicable[r] = why_not_applicable(&e, &pack->rules.items[r]);
    make_groups(&e, selected);
    run_groups(&e);
    collect(&e, selected, results, &stats);
    describe_driver(&e, results);
    for (size_t g = 0; ret_dump && options->trace && g < e.ngroups; g++)
        *ret_dump = dump_group(&e, &e.groups[g], *ret_dump);
    for (size_t g = 0; g < e.ngroups; g++) {
        for (unsigned i = 0; i < e.groups[g].nsims; i++)
            sim_destroy(e.groups[g].sims[i]);
        arena_finish(&e.groups[g].arena);
    }
    arena_finish(&own);
    if (ret_stats)
        *ret_stats = stats;
}
