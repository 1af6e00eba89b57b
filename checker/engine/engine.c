/* The engine: rule groups, each with its runs, in as many threads as there are to be. */
#include "engine/group.h"

#include <pthread.h>

/* Rules that are run together count as the first of them. */
static void tell(const struct engine *e, size_t group)
{
    size_t nth = 1, total = 0;
    for (size_t g = 0; g < e->ngroups; g++) {
        total += e->groups[g].parts.len;
        nth += g < group ? e->groups[g].parts.len : 0;
    }
    progress_tell(e->options->progress, "checking",
                  e->pack->rules.items[e->groups[group].parts.items[0]].id, nth, total);
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
        tell(e, mine);
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
