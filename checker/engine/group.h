/* A group of rules and its runs; shared by engine.c, group.c, run.c and verdict.c. */
#ifndef DRVLINT_ENGINE_GROUP_H
#define DRVLINT_ENGINE_GROUP_H

#include "engine/place.h"

#include <pthread.h>

enum { DEFAULT_BUDGET = 400000, MAX_TRAILS = 4,
       MAX_RUNS = 20 + 4 * MAX_TRAILS + 2 * (MAX_PLACES + 1) };

enum { REACH_MATTERS = 1, REACH_DONE = 2 };

struct group {
    VEC(uint32_t) parts;       /* indices into the pack's rules */
    struct arena arena;        /* of the thread that runs it */
    struct sim *sims[MAX_RUNS]; /* NULL: its memory is free again, for it found nothing */
    size_t certain[MAX_RUNS];  /* candidates of that run that are defects; they come first */
    unsigned nsims;
    struct engine_stats stats;
    uint64_t steps;            /* without those of runs that join states */
    char *dump;                /* with options.trace: what the runs did */
    bool large;                /* too many instructions matter to follow all states */
    bool unknown;
    struct places places;      /* to be watched one at a time */
    struct map *trails[MAX_TRAILS]; /* decisions on the way to errors that glances saw */
    unsigned ntrails;
    uint8_t *reached;          /* [callback]: REACH_*; NULL: no run has finished */
    uint64_t passed;           /* parts that surely have no error: bit number modulo 64 */
    uint64_t holed;            /* parts for which code that was left out matters; see sim.holed */
    uint32_t first_hole;       /* the first in model.holes that was met; ID_NONE: none */
    uint64_t undecided;        /* parts with a candidate that could not be decided */
    const char *why[64];       /* for these: the reason, if there is a special one */
    struct map infeasible;     /* candidate_key() of errors to which no path is possible */
    struct map apart;          /* branches whose decisions made paths infeasible */
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

/* group.c: which rules do not apply to the driver, and which of the others share runs. */
const char *why_not_applicable(const struct engine *e, const struct rule *rule);
void make_groups(struct engine *e, const bool *selected);

/* run.c: all runs that a group needs for its verdicts. In any thread. */
void run_group(struct engine *e, struct group *g);
void sim_destroy(struct sim *sim);

/* verdict.c: verdicts and findings of all groups; what was met in the driver; text for --dump. */
void collect(struct engine *e, const bool *selected, struct results *results,
             struct engine_stats *stats);
void no_harness(struct engine *e, const bool *selected, struct results *results);
char *dump_group(struct engine *e, const struct group *g, char *text);
/* Adds what run `i` did to the group's stats and dump; once for each run. */
void add_run(struct engine *e, struct group *g, unsigned i);

#endif
