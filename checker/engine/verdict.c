/* From runs to verdicts, findings and dumps. */
#include "base/path.h"
#include "engine/group.h"

#include <stdlib.h>
#include <string.h>

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

/* Why code that was left out leaves a rule undecided. */
static const char *hole_reason(struct engine *e, const struct group *g)
{
    if (g->first_hole == ID_NONE)
        return "a function that nothing declares is called";
    const struct hole *hole = &e->model->holes[g->first_hole];
    const struct function *f = &e->program->functions[hole->function];
    const struct loc *l = &e->program->locs[f->instrs[hole->at].loc];
    return arena_printf(e->arena, "a part of '%s' is left out (%s:%u)", f->display,
                        l->file ? path_base(l->file) : "?", l->line);
}

/* A callback that begins the life of a device, a filter module or a binding, that the driver registers, and that no
 * path has come to: then the rest was not looked at either. NULL: all were entered. */
static const char *not_reached(struct engine *e, const struct group *g)
{
    for (uint32_t i = 0; g->reached && i < e->model->ncallbacks; i++) {
        const struct callback *c = &e->model->callbacks[i];
        if (g->reached[i] == REACH_MATTERS && c->registered.file)
            return arena_printf(e->arena, "no path that was followed comes to the callback '%s'",
                                e->program->functions[c->function].display);
    }
    return NULL;
}

/* No error was found. */
static void pass(struct engine *e, const struct group *g, struct rule_result *r)
{
    const char *reason = not_reached(e, g);
    worsen(r, reason ? VERDICT_UNKNOWN : VERDICT_PASS, reason);
}

static void collect_part(struct engine *e, struct group *g, uint32_t part, struct rule_result *r)
{
    r->steps += g->stats.steps;
    if (g->passed >> (part & 63) & 1)
        pass(e, g, r);
    else if (g->unknown)
        worsen(r, VERDICT_UNKNOWN, "the step budget is used up");
    else if (g->undecided >> (part & 63) & 1)
        worsen(r, VERDICT_UNKNOWN,
               g->first_hole != ID_NONE ? hole_reason(e, g)
               : g->why[part & 63]
                   ? g->why[part & 63]
                   : "the paths to a possible defect could not all be followed exactly");
    else if (g->holed >> (part & 63) & 1)
        worsen(r, VERDICT_UNKNOWN, hole_reason(e, g));
    else
        pass(e, g, r);
    for (unsigned i = 0; i < g->nsims; i++) {
        if (g->sims[i])
            collect_candidates(e, g->sims[i], g->certain[i], part, r);
    }
}

static char *dump_candidate(struct engine *e, struct group *g, const struct sim *sim,
                            const struct candidate *c, char *text)
{
    const struct rule *rule = sim->parts.items[c->part];
    const struct loc *l = &e->program->locs[c->loc];
    return arena_printf(&g->arena, "%s    candidate of %s%s%s: event %u in %s, %s:%u\n", text, rule->id,
                        rule->part ? "." : "", rule->part ? rule->part : "", c->event,
                        c->func == ID_NONE ? "?" : e->program->functions[c->func].name,
                        l->file ? l->file : "?", l->line);
}

/* For --dump=engine: what a run executed, how often, and what it found. */
static char *dump_run(struct engine *e, struct group *g, unsigned number, char *text)
{
    const struct sim *sim = g->sims[number];
    text = arena_printf(&g->arena,
                        "%s\n  run %u: %s%s, %llu steps, %llu states, %llu merges, %llu joins, "
                        "%llu calls, %llu by summary, %zu candidates\n  slice: %zu instructions\n",
                        text, number, sim->policy.join ? "joined, " : "",
                        sim->exhausted ? "out of budget" : "complete",
                        (unsigned long long)sim->steps, (unsigned long long)sim->stats.states,
                        (unsigned long long)sim->stats.merges, (unsigned long long)sim->stats.joins,
                        (unsigned long long)sim->stats.calls,
                        (unsigned long long)sim->stats.summary_hits, sim->candidates.len,
                        sim->slice.count);
    for (size_t i = 0; i < sim->candidates.len; i++)
        text = dump_candidate(e, g, sim, &sim->candidates.items[i], text);
    for (func_id f = 0; f < e->program->nfunctions; f++) {
        const uint64_t *states = map_get(&sim->states_in, f);
        uint32_t marked = 0;
        for (instr_id i = 0; i < e->program->functions[f].ninstrs && sim->slice.instrs[f]; i++)
            marked += sim->slice.instrs[f][i] != 0;
        if (marked)
            text = arena_printf(&g->arena, "%s    %-40s %5u of %5u  %8llu states\n", text,
                                e->program->functions[f].name, marked,
                                e->program->functions[f].ninstrs,
                                (unsigned long long)(states ? *states : 0));
    }
    return text;
}

static void add_stats(struct engine_stats *to, const struct engine_stats *s)
{
    to->steps += s->steps;
    to->states += s->states;
    to->merges += s->merges;
    to->joins += s->joins;
    to->calls += s->calls;
    to->summary_hits += s->summary_hits;
    to->candidates += s->candidates;
    to->replays += s->replays;
    to->paths += s->paths;
    to->infeasible += s->infeasible;
    to->bytes += s->bytes;
}

void add_run(struct engine *e, struct group *g, unsigned i)
{
    const struct sim *sim = g->sims[i];
    struct engine_stats stats = sim->stats;
    stats.candidates = sim->candidates.len;
    stats.replays = i > 0;
    stats.bytes = sim->arena.reserved;
    add_stats(&g->stats, &stats);
    if (!sim->policy.join)
        g->steps += sim->steps;
    if (e->options->trace)
        g->dump = dump_run(e, g, i, g->dump ? g->dump : arena_strdup(&g->arena, ""));
}

char *dump_group(struct engine *e, const struct group *g, char *text)
{
    text = arena_printf(e->arena, "%sgroup", text);
    for (size_t i = 0; i < g->parts.len; i++) {
        const struct rule *rule = &e->pack->rules.items[g->parts.items[i]];
        text = arena_printf(e->arena, "%s %s%s%s", text, rule->id, rule->part ? "." : "",
                            rule->part ? rule->part : "");
    }
    return arena_printf(e->arena, "%s%s", text, g->dump ? g->dump : "\n");
}

void collect(struct engine *e, const bool *selected, struct results *results,
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
        for (unsigned i = 0; i < e->groups[g].nsims; i++)
            if (e->groups[g].sims[i])
                add_run(e, &e->groups[g], i);
        e->groups[g].stats.infeasible = e->groups[g].infeasible.len;
        add_stats(stats, &e->groups[g].stats);
    }
    for (size_t i = 0; i < results->rules.len; i++) {
        struct rule_result *r = &results->rules.items[i];
        if (r->findings.len > 1)
            qsort(r->findings.items, r->findings.len, sizeof *r->findings.items, finding_compare);
    }
}

void no_harness(struct engine *e, const bool *selected, struct results *results)
{
    for (uint32_t r = 0; r < e->pack->rules.len; r++)
        if (selected[r])
            worsen(result_of(e, results, &e->pack->rules.items[r]), VERDICT_UNKNOWN,
                   "the rule pack's OS model has no drvlint_harness()");
}
